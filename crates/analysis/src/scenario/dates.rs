//! Days on which something runs, as sets of dates and in words.

use super::RunDays;
use crate::closure::Days;
use std::collections::BTreeSet;
use tumen_base::{Date, SECONDS_PER_DAY};

impl RunDays {
    /// Its first and its last date, whether or not it runs then.
    pub(super) fn bounds(&self) -> (Date, Date) {
        match self {
            Self::Weekly { first, last, .. } => (*first, *last),
            Self::Dates(dates) => {
                let bounds = dates.iter().min().zip(dates.iter().max());
                bounds.map_or((Date(0), Date(0)), |(first, last)| (*first, *last))
            }
        }
    }

    /// The dates.
    pub(super) fn dates(&self) -> BTreeSet<Date> {
        match self {
            Self::Weekly { weekdays, first, last } => {
                (first.0..=last.0).map(Date).filter(|date| weekdays >> date.weekday() & 1 == 1).collect()
            }
            Self::Dates(dates) => dates.iter().copied().collect(),
        }
    }
}

/// ` from 2026-01-01 to 2026-03-31`; nothing for all days.
pub(super) fn told(days: Days) -> String {
    let from = if days.first == Days::ALWAYS.first { String::new() } else { format!(" from {}", days.first) };
    let until = if days.last == Days::ALWAYS.last { String::new() } else { format!(" to {}", days.last) };
    from + &until
}

/// Seconds of a service day as `10:30` or `26:10:05`.
pub(super) fn clock(seconds: i32) -> String {
    format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

/// The longest time of a service day: 60 days, as in feeds.
pub(super) const LATEST: i32 = 60 * SECONDS_PER_DAY;
