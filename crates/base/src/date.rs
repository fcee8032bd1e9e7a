//! Service dates as day numbers.

use jiff::civil;
use std::fmt;
use thiserror::Error;

/// A calendar date, kept as days since 1970-01-01 so that dates are indices.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(pub i32);

/// Why a text is not a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum DateError {
    /// Not eight digits, or not `YYYY-MM-DD`.
    #[error("expected a date as YYYYMMDD")]
    Form,
    /// No such day in the calendar, such as 30 February.
    #[error("there is no such day in the calendar")]
    NoSuchDay,
}

const EPOCH: civil::Date = civil::Date::constant(1970, 1, 1);

impl Date {
    /// Reads GTFS's `YYYYMMDD`; surrounding blanks are ignored.
    ///
    /// # Errors
    /// When the text is not eight digits or names no day between the years 1 and 9998.
    pub fn parse(text: &[u8]) -> Result<Self, DateError> {
        let text = text.trim_ascii();
        if text.len() != 8 || !text.iter().all(u8::is_ascii_digit) {
            return Err(DateError::Form);
        }
        let number = |range: std::ops::Range<usize>| {
            text[range].iter().fold(0_i16, |value, digit| value * 10 + i16::from(digit - b'0'))
        };
        let year = number(0..4);
        if !(1..=9998).contains(&year) {
            return Err(DateError::NoSuchDay);
        }
        civil::Date::new(year, number(4..6) as i8, number(6..8) as i8).map(Self::from).map_err(|_| DateError::NoSuchDay)
    }

    /// Reads `YYYY-MM-DD` as people type it, or `YYYYMMDD`.
    ///
    /// # Errors
    /// As [`Self::parse`].
    pub fn parse_typed(text: &str) -> Result<Self, DateError> {
        let text = text.trim();
        let parts: Vec<&str> = text.split('-').collect();
        match parts[..] {
            [year, month, day] if (year.len(), month.len(), day.len()) == (4, 2, 2) => {
                Self::parse(format!("{year}{month}{day}").as_bytes())
            }
            [_] => Self::parse(text.as_bytes()),
            _ => Err(DateError::Form),
        }
    }

    /// As a civil date.
    pub fn civil(self) -> civil::Date {
        let span = jiff::Span::new().try_days(self.0).unwrap_or_default();
        EPOCH.saturating_add(span)
    }

    /// GTFS's `YYYYMMDD`.
    pub fn compact(self) -> String {
        let date = self.civil();
        format!("{:04}{:02}{:02}", date.year(), date.month(), date.day())
    }

    /// Monday is 0, Sunday is 6.
    pub const fn weekday(self) -> u32 {
        (self.0 + 3).rem_euclid(7) as u32
    }

    /// The date so many days later.
    #[must_use]
    pub const fn plus(self, days: i32) -> Self {
        Self(self.0.saturating_add(days))
    }
}

impl From<civil::Date> for Date {
    fn from(date: civil::Date) -> Self {
        Self(EPOCH.until(date).map_or(0, |span| span.get_days()))
    }
}

impl fmt::Display for Date {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}", self.civil())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_round_trip_through_day_numbers() {
        for text in ["19700101", "20240229", "20261212", "19591231", "20000101"] {
            assert_eq!(Date::parse(text.as_bytes()).expect("a date").compact(), text);
        }
        assert_eq!(Date::parse_typed("2026-12-12"), Date::parse(b"20261212"));
    }

    #[test]
    fn weekdays_start_on_monday() {
        assert_eq!(Date::parse(b"20200125").expect("a date").weekday(), 5, "train 20 left on a Saturday");
        assert_eq!(Date(0).weekday(), 3, "1970 began on a Thursday");
    }

    #[test]
    fn days_that_do_not_exist_are_refused() {
        assert_eq!(Date::parse(b"20250229"), Err(DateError::NoSuchDay));
        assert_eq!(Date::parse(b"2025-02-28"), Err(DateError::Form));
        assert_eq!(Date::parse_typed("2025-2-28"), Err(DateError::Form));
        assert_eq!(Date::parse(b"00000101"), Err(DateError::NoSuchDay));
    }
}
