//! What is wrong with sections.txt and lines.txt.

use std::fmt;
use thiserror::Error;
use tumen_base::FeedId;
use tumen_timetable::KeptError;

/// Why the track cannot be read at all.
#[derive(Debug, Error)]
pub enum TrackError {
    /// A kept file of the timetable is damaged.
    #[error(transparent)]
    Kept(#[from] KeptError),
}

/// A value that cannot be understood. What it would have said counts as unknown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Complaint {
    /// sections.txt or lines.txt.
    pub file: &'static str,
    /// Its feed.
    pub feed: FeedId,
    /// The line of the file, 1 being the header's.
    pub line: u64,
    /// The column.
    pub column: &'static str,
    /// The value as written.
    pub value: String,
    /// What was expected there, or what is wrong with it.
    pub expected: &'static str,
}

impl fmt::Display for Complaint {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { file, line, column, value, expected, .. } = self;
        write!(out, "{file}, line {line}, {column}: `{value}`: {expected}")
    }
}
