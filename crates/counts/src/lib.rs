//! Counts: what was reported of passengers, tonnes and fares, what the timetable offers month by month, and how full it was
//! where both are known. docs/counts.md says what the words mean.
//!
//! Reported figures are kept as they were published and never averaged. No files, no clock.

mod counts;
mod figure;
pub mod json;
mod load;
mod month;
mod observation;
mod offered;
mod period;
pub mod svg;
pub mod text;

pub use counts::{Counts, Question, months};
pub use figure::{Figure, Range};
pub use load::{Load, Unknown};
pub use month::{MONTHS_AT_MOST, Month, Months, Standing};
pub use observation::Observation;
pub use offered::{Departures, Kind, Offered};
pub use period::Span;
