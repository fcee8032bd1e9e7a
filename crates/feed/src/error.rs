//! Why a feed is refused.

use std::fmt;
use thiserror::Error;

use crate::report::Report;

/// A refused feed: the reason, and what was complained of until then.
#[derive(Debug)]
pub struct FeedError {
    /// The feed's name; empty for a single unnamed feed.
    pub feed: String,
    /// Why it is refused.
    pub reason: Refusal,
    /// The complaints until then.
    pub report: Box<Report>,
}

impl fmt::Display for FeedError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.feed.as_str() {
            "" => write!(out, "feed refused: {}", self.reason),
            name => write!(out, "feed {name} refused: {}", self.reason),
        }
    }
}

impl std::error::Error for FeedError {}

/// Why a feed is refused.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Refusal {
    /// The path cannot be opened.
    #[error("{path} cannot be opened ({reason}); give a GTFS zip file or a folder of GTFS files")]
    Open {
        /// The path as given.
        path: String,
        /// What the system said.
        reason: String,
    },
    /// The bytes are no zip archive, or a damaged one.
    #[error("{path} is no readable zip archive ({reason}); fetch it again, or unpack it and give the folder")]
    NotAZip {
        /// The path as given.
        path: String,
        /// What is wrong.
        reason: String,
    },
    /// A file of the feed cannot be read to its end.
    #[error("{file} cannot be read ({reason}); the archive is damaged: fetch it again")]
    Damaged {
        /// The file in the feed.
        file: String,
        /// What is wrong.
        reason: String,
    },
    /// A size limit was exceeded.
    #[error("{file}: above the limit `{limit}` of {allowed}; if the feed is genuine, raise that limit")]
    Limit {
        /// The file in the feed, or the archive.
        file: String,
        /// The field of [`Limits`](crate::Limits).
        limit: &'static str,
        /// Its value.
        allowed: u64,
    },
    /// No trip of the feed ever runs.
    #[error("nothing in it can be used: {reason}")]
    NothingUsable {
        /// What is missing.
        reason: String,
    },
    /// Neither the feed, nor the options, nor another feed names a zone.
    #[error("no agency names a time zone; give one, such as --zone Europe/Moscow")]
    NoZone,
    /// The zone of the options does not exist.
    #[error("`{zone}` is no IANA time zone, such as Europe/Moscow")]
    UnknownZone {
        /// The zone as given.
        zone: String,
    },
    /// Two feeds share a name.
    #[error("two feeds are named `{name}`; give each its own, as NAME=path")]
    DuplicateName {
        /// The shared name.
        name: String,
    },
}
