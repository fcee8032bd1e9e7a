//! Exact Pareto-optimal journeys from a compiled timetable: no files, no sockets, no clock.
//!
//! [`Network::new`] works out changes and walks for one way of changing; a [`Router`] for each thread answers queries over
//! it. What a correct answer is stands in docs/routing.md.

mod access;
mod agenda;
mod assemble;
mod calendar;
mod connections;
mod day_cache;
mod forbidden;
mod gates;
mod hash;
mod journey;
mod mirror;
mod needed;
mod network;
mod one_to_all;
mod query;
mod reach;
mod rounds;
mod router;
mod runs;
mod staircase;
mod timeline;
mod trips;
mod window;

pub use calendar::{Calendar, PatternView};
pub use journey::{Answer, Engine, Journey, Leg, Limit, RidePart, Run};
pub use network::{Network, RoutingError};
pub use one_to_all::{Arrival, Destinations, Reached};
pub use query::{
    BannedRuns, Cancel, DEFAULT_HORIZON, Direction, Filter, Gate, MAX_TRIPS, Mask, Place, Query, Settings, Walk,
};
pub use router::Router;
pub use trips::{PrecomputeOptions, Unsuited, precompute};
