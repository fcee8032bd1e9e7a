//! Times of a service day, times inside a timetable, durations for people.

use std::fmt;
use thiserror::Error;

/// Seconds of UTC since the timetable's epoch (see `tumen_timetable::Timetable::epoch`). Never local, never rounded.
pub type Time = i32;

/// Seconds in a day without a clock change.
pub const SECONDS_PER_DAY: i32 = 86_400;

/// A GTFS time: seconds since local noon minus twelve hours of the service day; hours beyond 24 reach into later days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ServiceTime(pub i32);

/// Why a text is not a GTFS time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum ServiceTimeError {
    /// Not of the form `H:MM:SS`.
    #[error("expected a time as HH:MM:SS")]
    Form,
    /// Minutes or seconds above 59.
    #[error("minutes and seconds go up to 59")]
    Range,
    /// Later than the sixtieth day.
    #[error("times reach at most 60 days (1440:00:00)")]
    TooLate,
}

impl ServiceTime {
    /// The latest time that is accepted: 60 days.
    pub const MAX: Self = Self(60 * SECONDS_PER_DAY);

    /// Reads `H:MM:SS`, `HH:MM:SS` or `HHH:MM:SS` (GTFS "Time"); surrounding blanks are ignored.
    ///
    /// # Errors
    /// When the text has another form, or lies beyond [`Self::MAX`].
    pub fn parse(text: &[u8]) -> Result<Self, ServiceTimeError> {
        let text = text.trim_ascii();
        let mut parts = [0_i32; 3];
        let mut digits = [0_u8; 3];
        let mut part = 0;
        for &byte in text {
            match byte {
                b'0'..=b'9' => {
                    digits[part] += 1;
                    if digits[part] > 4 {
                        return Err(ServiceTimeError::Form);
                    }
                    parts[part] = parts[part] * 10 + i32::from(byte - b'0');
                }
                b':' if part < 2 && digits[part] > 0 => part += 1,
                _ => return Err(ServiceTimeError::Form),
            }
        }
        if part != 2 || digits[1] != 2 || digits[2] != 2 {
            return Err(ServiceTimeError::Form);
        }
        if parts[1] > 59 || parts[2] > 59 {
            return Err(ServiceTimeError::Range);
        }
        let seconds = parts[0] * 3600 + parts[1] * 60 + parts[2];
        if seconds > Self::MAX.0 {
            return Err(ServiceTimeError::TooLate);
        }
        Ok(Self(seconds))
    }
}

impl fmt::Display for ServiceTime {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = self.0.max(0);
        let (hours, minutes) = (seconds / 3600, seconds / 60 % 60);
        write!(out, "{hours:02}:{minutes:02}:{:02}", seconds % 60)
    }
}

/// A duration for people: `17 min`, `23 h 41 min`, `8 d 14 h 50 min`, with seconds only where there are any.
pub fn format_duration(seconds: i64) -> String {
    let sign = if seconds < 0 { "-" } else { "" };
    let total = seconds.unsigned_abs();
    let units = [(total / 86_400, "d"), (total / 3600 % 24, "h"), (total / 60 % 60, "min"), (total % 60, "s")];
    let words: Vec<String> =
        units.iter().filter(|(count, _)| *count > 0).map(|(count, unit)| format!("{count} {unit}")).collect();
    if words.is_empty() { "0 min".to_owned() } else { format!("{sign}{}", words.join(" ")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_beyond_a_day_are_read() {
        assert_eq!(ServiceTime::parse(b"211:00:05"), Ok(ServiceTime(211 * 3600 + 5)));
        assert_eq!(ServiceTime::parse(b" 9:55:00 "), Ok(ServiceTime(9 * 3600 + 55 * 60)));
        assert_eq!(ServiceTime(211 * 3600 + 5).to_string(), "211:00:05");
    }

    #[test]
    fn what_is_no_time_is_refused_with_the_reason() {
        for text in ["", "12", "12:00", "12:0:00", "-1:00:00", "a:00:00", "12:00:00:00", ":00:00", "12345:00:00"] {
            assert_eq!(ServiceTime::parse(text.as_bytes()), Err(ServiceTimeError::Form), "{text}");
        }
        assert_eq!(ServiceTime::parse(b"12:60:00"), Err(ServiceTimeError::Range));
        assert_eq!(ServiceTime::parse(b"1440:00:01"), Err(ServiceTimeError::TooLate));
        assert_eq!(ServiceTime::parse(b"1440:00:00"), Ok(ServiceTime::MAX));
    }

    #[test]
    fn durations_read_like_a_timetable() {
        assert_eq!(format_duration(206 * 3600 + 50 * 60), "8 d 14 h 50 min");
        assert_eq!(format_duration(17 * 60), "17 min");
        assert_eq!(format_duration(0), "0 min");
        assert_eq!(format_duration(-61), "-1 min 1 s");
    }
}
