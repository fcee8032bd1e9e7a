//! What may not be ridden, and why: from these the command line makes the masks of a query.

use tumen_base::TripId;

use crate::country::CountryCode;
use crate::posts::PostId;
use crate::rules::RuleId;
use crate::suspensions::SuspensionId;

/// Hops of a trip that are not to be ridden across by its runs of some service days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hindrance {
    /// Trip, or the way of a through carriage.
    pub trip: TripId,
    /// The first hop; that from call `hop` to call `hop + 1`.
    pub first_hop: u32,
    /// The last hop; `u32::MAX` where the runs do not run at all.
    pub last_hop: u32,
    /// First service day (day number of the timetable).
    pub first_day: i32,
    /// Last such service day.
    pub last_day: i32,
    /// Why.
    pub cause: Cause,
}

/// Why a hop is not to be ridden.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cause {
    /// A rule of border_rules.txt: it forbids the crossing, or asks for what is not held.
    Rule(RuleId),
    /// The user's passport table, for entering a country.
    PassportTable(CountryCode),
    /// Nobody says whether the traveller may cross: a doubt, not a bar.
    NotKnown,
    /// A suspension.
    Suspension(SuspensionId),
    /// The traveller avoids the country.
    Avoided(CountryCode),
    /// The post is closed at the time.
    Closed(PostId),
}

impl Hindrance {
    /// Whether it concerns the run of a service day on some hop of a range, the end exclusive.
    pub fn concerns(&self, day: i32, hops: std::ops::Range<u32>) -> bool {
        (self.first_day..=self.last_day).contains(&day) && self.first_hop < hops.end && hops.start <= self.last_hop
    }

    /// Whether the runs do not run at all: they are neither boarded nor entered in-seat.
    pub const fn is_of_whole_runs(&self) -> bool {
        self.last_hop == u32::MAX
    }
}

impl Cause {
    /// Whether the journey may be taken for all that is known, so that it is shown apart.
    pub fn is_doubt(self) -> bool {
        self == Self::NotKnown
    }

    /// The suspension, where it is one.
    pub const fn suspension(self) -> Option<SuspensionId> {
        match self {
            Self::Suspension(id) => Some(id),
            _ => None,
        }
    }
}
