//! A second opinion for the tests.

mod query;
pub mod text;

pub use query::{AgencyRef, CarriageRef, ChangeTime, Filters, Footpath, Query, Row, StopRef, TripRef};
