//! Changes between runs that were worked out beforehand, on their way into a timetable.

use crate::columns::TimetableData;
use thiserror::Error;

/// Why a timetable takes no changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("the timetable comes from a file, which is only read; compile the feeds again")]
pub struct ReadOnly;

/// Useful changes of every trip, list by list; see the columns of the same names in docs/timetable-format.md.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StoredChanges {
    /// `change_setting`.
    pub setting: Vec<i64>,
    /// `trip_list_offset`.
    pub trip_list_offset: Vec<u32>,
    /// `list_days`.
    pub list_days: Vec<u32>,
    /// `list_day_words`.
    pub list_day_words: Vec<u64>,
    /// `list_change_offset`.
    pub list_change_offset: Vec<u32>,
    /// `change`.
    pub change: Vec<u64>,
}

impl StoredChanges {
    /// Puts the changes into the columns.
    pub(crate) fn store(self, data: &mut TimetableData) {
        data.change_setting = self.setting;
        data.trip_list_offset = self.trip_list_offset;
        data.list_days = self.list_days;
        data.list_day_words = self.list_day_words;
        data.list_change_offset = self.list_change_offset;
        data.change = self.change;
    }
}
