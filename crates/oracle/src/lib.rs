//! The oracle: a second, independent opinion on every journey, for the tests of the whole project.
//!
//! It answers by definition, not by speed, and shares nothing with the compiler and the router but the feed model:
//! [`Oracle::new`] expands all runs of some days, [`Oracle::earliest`], [`Oracle::latest`] and [`Oracle::profile`]
//! follow every way of riding them. The comments that are quotations are the rules they implement, from the project's
//! routing semantics. [`text`] draws the tiny timetables that tests ask about,
//! [`generate`] makes random ones.
//!
//! # Decisions where the rules leave room
//!
//! *Transfers.* A rule covers its stops and everything below them, grandchildren included; it is exact only on the
//! stops it names. A rule that names a trip and a route at one end means the trip. Rules of type 0 to 3 without a
//! trip or route are the stop-level rules of walks before the first and after the last ride; such a walk costs what the
//! rule costs as a change (so a type 0 rule without a time takes the default change time in the ordinary mode).
//! A footpath counts only for a pair that no rule matches: for a change, none of those that fit its two trips; for a
//! first or last walk, none at stop level. It never competes with the change at one stop.
//!
//! *Staying seated.* For a run on day d a type 4 rule leads to the other trip's run on day d if that exists and first
//! departs at or after the run's last arrival, else to the run on day d + 1 under the same condition, else nowhere; it
//! applies from the last call to the first call whatever stops it names. Rules of type 4 and 5 that do not name two
//! trips mean nothing. Runs of a block with equal first departures and last arrivals stand in the order of trips.txt.
//! Type 5 removes the link between neighbours of a block and leaves type 4 alone. Links are computed on the unfiltered
//! calendar; a run that is filtered out is neither boarded nor entered. Nobody boards at a last call, even of a run that
//! continues.
//!
//! *Through carriages.* A carriage's day D takes, of each alternative for its first host, the run of day D minus
//! ⌊departure_time at attach / 24 h⌋, and of those that run the earliest to leave (then the first row). Later hosts
//! are taken from the runs of any day by their stand. A host attaches at its first call at attach_stop that has a later call at
//! detach_stop, and detaches at the first such. Where detach and attach stops are the same the joint is one call, with
//! the arrival and drop_off of the host before and the departure and pickup of the next; where they differ it is two
//! calls, one only for alighting and one only for boarding. For transfer rules a carriage is the host that brings it
//! when one alights and the host that takes it when one boards. Where a host is missing it ends at the detach before;
//! without its first host it does not exist. Days of different feeds are matched by date. A frequency trip is no host. A
//! carriage has no links; a ban on it is by its own id; modes and agencies are those of its first host's route.
//!
//! *Questions.* Banned stops are exactly those listed; they vanish from a station that is an origin or destination. A
//! journey from a station may use any first walk of any of its stops, and each has its own departure in a profile. A
//! row of [`Oracle::latest`] has the query's time as its arrival. Days outside the oracle's range do not run.

mod carriages;
#[cfg(test)]
mod exhaustive;
pub mod generate;
mod links;
mod oracle;
mod query;
mod rules;
mod runs;
mod search;
pub mod text;

pub use oracle::Oracle;
pub use query::{
    AgencyRef, BannedRuns, CarriageRef, ChangeTime, Closure, Filters, Footpath, Gate, Query, Row, StopRef, TripRef,
};
pub use runs::Vehicle;
