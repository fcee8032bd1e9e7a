//! Plain RAPTOR, the yardstick: slow, simple, exact.
//!
//! Delling, Pajor, Werneck: Round-Based Public Transit Routing (2012), with what the strict mode makes necessary and no
//! more: runs of the service days that matter, transfer rules of every class, in-seat links, through carriages (which are
//! trips of the compiled timetable already). Profiles are rRAPTOR of the same paper. It reads the compiled columns and
//! shares no code with the router that it judges.

mod changes;
mod labels;
mod runs;
mod search;
#[cfg(test)]
mod tests;

use tumen_base::{StopId, Time};

pub use changes::Changes;
pub use runs::Runs;
pub use search::Plain;

/// A question, as far as the yardstick understands any.
#[derive(Clone, Debug)]
pub struct Question {
    /// Stops of the origin.
    pub from: Vec<StopId>,
    /// Stops of the destination.
    pub to: Vec<StopId>,
    /// Departure, or the latest arrival, or the start of the window.
    pub time: Time,
    /// Longest journey, seconds, inclusive.
    pub horizon: i32,
    /// Most trips boarded.
    pub most_trips: u8,
}

/// A journey, as far as journeys are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Row {
    /// The question's time where it asks for a departure.
    pub departure: Time,
    /// The question's time where it asks for an arrival.
    pub arrival: Time,
    /// Trips boarded.
    pub trips: u8,
}
