//! The wall clock: the only place that reads it.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use tumen_base::Date;
use tumen_journey::when::When;

/// This moment as a number.
#[expect(clippy::disallowed_methods, reason = "the binary is where the clock is read, and here is the place")]
pub fn timestamp() -> Timestamp {
    Timestamp::now()
}

/// Today's date in UTC: it only bounds calendars without an end.
pub fn today() -> Date {
    timestamp().to_zoned(TimeZone::UTC).date().into()
}

/// This moment.
pub fn now() -> When {
    When::Instant(timestamp())
}
