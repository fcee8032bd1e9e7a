//! What every other crate of Tumen shares: typed ids, dates and times, day bitsets, certainty.
//!
//! No I/O and no wall clock: everything here is a value.

mod bitset;
mod certainty;
mod date;
mod date_span;
mod globe;
mod ids;
mod spelling;
mod text;
mod time;

pub use bitset::DayBits;
pub use certainty::Certainty;
pub use date::{Date, DateError};
pub use date_span::{DateSpan, DateSpanError};
pub use globe::{EARTH_RADIUS_M, metres_between};
pub use ids::{AgencyId, AlightNode, BoardNode, FeedId, PatternId, RouteId, ServiceId, StopId, TripId};
pub use spelling::folded;
pub use time::{SECONDS_PER_DAY, ServiceTime, ServiceTimeError, Time, format_duration};
