//! Every rule of the routing semantics on a timetable small enough to be worked by hand.
//!
//! Answers read `08:00-10:00 (2)`: departure, arrival, trips boarded; `+1` after a time counts days from the query's.

mod carriages;
mod changes;
mod journeys;
mod rides;
mod seated;
mod world;
