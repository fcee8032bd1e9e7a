//! What columns mean: accessors by subject, so that nobody else computes offsets.
//!
//! All of them take ids of the same timetable and never panic on the columns of a [`crate::Timetable`], whatever the columns
//! hold that are not checked at opening ([`crate::TimetableFile::check`]).

mod carriages;
mod kept;
mod rows;
mod stops;
mod time;
mod translations;
mod trips;

use std::ops::Range;
use tumen_base::{DayBits, FeedId};

use crate::columns::Columns;

pub use carriages::{CarriageId, Host, WayId};
pub use kept::{KEPT_LIMIT, KeptError};
pub use rows::{Row, Rows};
pub use translations::StopNames;
pub use trips::Link;

/// The entries of an owner, by an `*_offset` column.
pub fn entries(offsets: &[u32], owner: usize) -> Range<usize> {
    offsets[owner] as usize..offsets[owner + 1] as usize
}

/// `None` where a column says "absent".
pub(crate) fn present(reference: u32) -> Option<u32> {
    (reference != u32::MAX).then_some(reference)
}

impl<'a> Columns<'a> {
    /// A text of the string table; empty where absent, a replacement character where the file is damaged.
    pub fn text(&self, text: u32) -> &'a str {
        self.text_bytes(text).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or("\u{FFFD}")
    }

    /// The bytes of a text, as they stand in the file; `None` where there is no such text.
    pub(crate) fn text_bytes(&self, text: u32) -> Option<&'a [u8]> {
        if text == u32::MAX {
            return Some(&[]);
        }
        let [from, until] = *self.string_offset.get(text as usize..)?.first_chunk()?;
        self.string_bytes.get(from as usize..until as usize)
    }

    /// A set of days by the number that columns ending in `_days` hold; empty where the file is damaged.
    pub fn day_set(&self, day_set: u32) -> DayBits<'a> {
        let words = self.words();
        let from = day_set as usize * words;
        DayBits::new(self.day_set_words.get(from..from + words).unwrap_or_default())
    }

    /// The feeds, in the order in which they were given to the compiler.
    pub fn feeds(&self) -> impl Iterator<Item = FeedId> + use<> {
        (0..self.feed_name.len()).map(FeedId::from_index)
    }

    /// The feed with this prefix.
    pub fn feed_named(&self, name: &str) -> Option<FeedId> {
        self.feeds().find(|feed| self.text(self.feed_name[feed.index()]) == name)
    }
}
