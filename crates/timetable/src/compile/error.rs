//! Why feeds cannot be compiled.

use crate::walks::TooManyWalks;
use thiserror::Error;
use tumen_base::Date;

/// Why feeds cannot be compiled.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum CompileError {
    /// There is no feed.
    #[error("there is no feed to compile")]
    NoFeeds,
    /// No trip runs on any day.
    #[error("no trip of the feed runs on any day: calendar.txt and calendar_dates.txt name none")]
    NoServiceDays,
    /// Trips run, but not on the days asked for.
    #[error(
        "no trip runs between {from} and {until}: the feed's service days are {first} to {last}; choose --from and --until among them"
    )]
    NothingInSpan {
        /// First day asked for.
        from: Date,
        /// Last day asked for.
        until: Date,
        /// First day on which a trip runs.
        first: Date,
        /// Last day on which a trip runs.
        last: Date,
    },
    /// The zone of a feed is unknown.
    #[error("feed '{feed}': there is no time zone '{zone}'; give an IANA name such as Europe/Moscow with --zone")]
    UnknownZone {
        /// Name of the feed.
        feed: String,
        /// The zone as given.
        zone: String,
    },
    /// Generated walks beyond their limit.
    #[error(transparent)]
    Walks(#[from] TooManyWalks),
    /// A limit that keeps hostile or broken feeds from exhausting memory.
    #[error("too many {what}: the limit is {limit}; {advice}")]
    Limit {
        /// What there is too much of.
        what: &'static str,
        /// The limit.
        limit: u64,
        /// What to do about it.
        advice: &'static str,
    },
}

/// Refuses a count above its limit.
pub(super) fn bound(count: u64, limit: &Limit) -> Result<(), CompileError> {
    if count <= limit.most {
        return Ok(());
    }
    Err(CompileError::Limit { what: limit.what, limit: limit.most, advice: limit.advice })
}

/// A limit and how to speak of it.
pub(super) struct Limit {
    pub what: &'static str,
    pub most: u64,
    pub advice: &'static str,
}
