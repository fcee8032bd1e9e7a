//! Before and after: what changed between two dates for pairs of places, and what a scenario would change.
//!
//! A [`Survey`] asks one-to-all profiles over a window of departures on two [`Side`]s and says of each pair of places how it
//! stands; a [`Tally`] keeps what a report tells of all pairs. A [`Scenario`] says what runs otherwise than the feeds say;
//! [`rebuild`] compiles the timetable that it describes, in memory. docs/compare.md says what the words mean.
//!
//! No files, no clock, no names: callers bring places, dates and text.

mod closure;
mod coverage;
mod distribution;
mod scenario;
mod sharing;
mod silence;
mod standing;
mod survey;
mod tally;

pub use closure::{Closure, Days, Hops, Target};
pub use coverage::{Coverage, Line, Lines};
pub use distribution::Distribution;
pub use scenario::{
    Addition, Applied, Departure, Edit, Found, Post, RebuildError, Retiming, RunDays, Scenario, ScenarioError, Stretch,
    Subject, Written, clock, find, rebuild,
};
pub use sharing::Sharing;
pub use silence::{Silence, SilentLine};
pub use standing::{Change, Pair, Relation, Ride, Standing};
pub use survey::{Inspector, Known, Row, Side, Site, Survey, Window};
pub use tally::{Listed, Tally, Top};
