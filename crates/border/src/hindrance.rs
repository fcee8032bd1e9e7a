//! What may not be ridden, and why: from these the command line makes the masks of a query.

use tumen_base::TripId;

use crate::country::CountryCode;
use crate::posts::PostId;
use crate::rules::RuleId;

/// Hops of a trip that are not to be ridden across by its runs of some service days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hindrance {
    /// Trip.
    pub trip: TripId,
    /// The first hop; that from call `hop` to call `hop + 1`.
    pub first_hop: u32,
    /// The last hop.
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
    /// A suspension: its position among the rows of suspensions.txt.
    Suspension(u32),
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
}

impl Cause {
    /// Whether the journey may be taken for all that is known, so that it is shown apart.
    pub fn is_doubt(self) -> bool {
        self == Self::NotKnown
    }
}
