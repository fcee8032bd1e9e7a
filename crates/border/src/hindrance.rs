//! What may not be ridden, and why: from these the command line makes the masks of a query.

use tumen_base::PatternId;

use crate::country::CountryCode;
use crate::posts::PostId;

/// A hop of a pattern that is not to be ridden across by runs of some service days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hindrance {
    /// Pattern.
    pub pattern: PatternId,
    /// The hop from call `hop` to call `hop + 1`.
    pub hop: u32,
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
    /// A rule: its position among the rows of border_rules.txt.
    Rule(u32),
    /// A suspension: its position among the rows of suspensions.txt.
    Suspension(u32),
    /// The traveller avoids the country.
    Avoided(CountryCode),
    /// The post is closed at the time.
    Closed(PostId),
}
