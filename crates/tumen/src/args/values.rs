//! Values as typed: dates, walks, durations within their limits.

use tumen_base::Date;
use tumen_journey::search::LONGEST_HORIZON;
use tumen_journey::when::parse_duration;
use tumen_routing::Walk;

/// The longest window that can be asked for: a year.
const LONGEST_WINDOW: i32 = 366 * 86_400;
/// More threads than this are a slip of the finger.
const MOST_THREADS: usize = 1024;
/// Farther than this nobody walks.
const LONGEST_WALK: u32 = 20_000;

/// A date, in the forms that [`Date::parse_typed`] reads.
///
/// # Errors
/// With a sentence that shows the form or the limit.
pub fn parse_date(text: &str) -> Result<Date, String> {
    Date::parse_typed(text).map_err(|error| format!("{error}, or as 2026-12-12"))
}

/// `none` or metres.
///
/// # Errors
/// With a sentence that shows the form or the limit.
pub fn parse_walk(text: &str) -> Result<Walk, String> {
    if text.eq_ignore_ascii_case("none") {
        return Ok(Walk::None);
    }
    match text.strip_suffix('m').unwrap_or(text).trim().parse() {
        Ok(metres) if metres <= LONGEST_WALK => Ok(Walk::Metres(metres)),
        Ok(_) => Err(format!("at most {LONGEST_WALK} metres")),
        Err(_) => Err("expected `none` or metres, such as 800".to_owned()),
    }
}

/// Up to a day, in seconds.
///
/// # Errors
/// With a sentence that shows the form or the limit.
pub fn parse_seconds(text: &str) -> Result<i32, String> {
    match parse_duration(text)? {
        seconds @ 0..=86_400 => Ok(seconds),
        _ => Err("at most a day".to_owned()),
    }
}

/// The longest journey, in seconds.
///
/// # Errors
/// With a sentence that shows the form or the limit.
pub fn parse_horizon(text: &str) -> Result<i32, String> {
    match parse_duration(text)? {
        0 => Err("longer than nothing, such as 30d".to_owned()),
        seconds @ 1..=LONGEST_HORIZON => Ok(seconds),
        _ => Err("at most 60d".to_owned()),
    }
}

/// A window of departures, in seconds.
///
/// # Errors
/// With a sentence that shows the form or the limit.
pub fn parse_window(text: &str) -> Result<i32, String> {
    match parse_duration(text)? {
        0 => Err("longer than nothing, such as 60d".to_owned()),
        seconds @ 1..=LONGEST_WINDOW => Ok(seconds),
        _ => Err("at most 366d".to_owned()),
    }
}

/// A window of whole days.
///
/// # Errors
/// With a sentence that shows the form or the limit.
pub fn parse_window_days(text: &str) -> Result<i32, String> {
    match parse_window(text)? {
        seconds if seconds % 86_400 == 0 => Ok(seconds / 86_400),
        _ => Err("expected whole days, such as 60d".to_owned()),
    }
}

/// How many threads, as typed.
///
/// # Errors
/// With a sentence that shows the limit.
pub fn parse_threads(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(threads) if (1..=MOST_THREADS).contains(&threads) => Ok(threads),
        _ => Err(format!("expected a number from 1 to {MOST_THREADS}")),
    }
}
