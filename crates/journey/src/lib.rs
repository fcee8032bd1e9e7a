//! From questions of travellers to answers: names become stops, papers become borders that may be crossed, journeys get all that is
//! known beside them, as JSON or as text for people. Command line and server ask here, so that both say the same.
//!
//! Nothing here reads the wall clock (a search's time limit apart), a terminal or a socket.

#[macro_use(line, part)]
extern crate tumen_base;

pub mod airports;
pub mod answer;
pub mod board;
pub mod boardings;
pub mod borders;
pub mod claims;
pub mod clock;
pub mod crosser;
pub mod departures;
pub mod distance;
mod embedded;
pub mod facts;
mod failure;
pub mod gates;
pub mod geography;
pub mod hindrances;
pub mod itinerary;
pub mod modes;
pub mod motis;
pub mod names;
pub mod next;
pub mod permitted;
pub mod plan;
pub mod present;
pub mod removed;
pub mod runs;
pub mod scenarios;
pub mod search;
pub mod status;
pub mod stitched;
pub mod style;
pub mod suspended;
pub mod trip;
pub mod trust;
pub mod when;
pub mod world;

pub use failure::{Failure, Kind};

/// What journeys are asked for with, or why there is no answer.
pub type Result<T, E = Failure> = std::result::Result<T, E>;
