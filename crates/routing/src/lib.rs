//! Exact Pareto-optimal journeys from a compiled timetable: no files, no sockets, no clock.

mod journey;
mod query;

pub use journey::{Answer, Engine, Journey, Leg, Limit, RidePart, Run};
pub use query::{Cancel, DEFAULT_HORIZON, Direction, Filter, MAX_TRIPS, Mask, Place, Query, Settings, Walk};
