//! Time zones by name.

use jiff::tz::TimeZone;

/// The zone's name as the tz database writes it; `None` where there is no such zone.
pub(super) fn canonical(name: &str) -> Option<String> {
    TimeZone::get(name.trim()).ok()?.iana_name().map(str::to_owned)
}
