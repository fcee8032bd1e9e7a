//! Dates that keep their precision: `2020` is a year, `2020-02` a month, `2020-02-05` a day, `2025-09-15..2025-09-25` one of these days.

use crate::date::{Date, DateError};
use thiserror::Error;

/// The days that a date of some precision may mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct DateSpan {
    /// Its first possible day.
    pub first: Date,
    /// Its last possible day.
    pub last: Date,
}

/// Why a text is not a date of any precision.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum DateSpanError {
    /// None of the forms.
    #[error("expected YYYY, YYYY-MM, YYYY-MM-DD or two of them joined by `..`, found `{0}`")]
    Form(String),
    /// One of the forms, but no date.
    #[error("{1}, found `{0}`")]
    Date(String, DateError),
    /// The end lies before the start.
    #[error("`{0}` ends before it begins")]
    Backwards(String),
}

impl DateSpan {
    /// A single day.
    pub const fn day(date: Date) -> Self {
        Self { first: date, last: date }
    }

    /// Reads a year, a month, a day, or two of these with `..` between them.
    ///
    /// # Errors
    /// When the text has another form, or names no day of the calendar.
    pub fn parse(text: &str) -> Result<Self, DateSpanError> {
        if let Some((from, to)) = text.split_once("..") {
            let (first, last) = (Self::parse(from)?.first, Self::parse(to)?.last);
            if last < first {
                return Err(DateSpanError::Backwards(text.to_owned()));
            }
            return Ok(Self { first, last });
        }
        let day = |text: String| Date::parse_typed(&text).map_err(|error| DateSpanError::Date(text, error));
        match text.len() {
            4 => Ok(Self { first: day(format!("{text}-01-01"))?, last: day(format!("{text}-12-31"))? }),
            7 => {
                let first = day(format!("{text}-01"))?;
                Ok(Self { first, last: Date::from(first.civil().last_of_month()) })
            }
            10 => day(text.to_owned()).map(Self::day),
            _ => Err(DateSpanError::Form(text.to_owned())),
        }
    }

    /// Whether it is a single day.
    pub fn is_day(self) -> bool {
        self.first == self.last
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_is_all_its_days() {
        let span = DateSpan::parse("2020-02").expect("a month");
        assert_eq!((span.first.to_string(), span.last.to_string()), ("2020-02-01".into(), "2020-02-29".into()));
        let span = DateSpan::parse("2025-09-15..2025-09-25").expect("eleven days");
        assert_eq!((span.last.0 - span.first.0, span.is_day()), (10, false));
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for text in ["2024-25", "~2020", "2020-13", "2025-02-29", "", "2025..2024", "..2024", "2020-é"] {
            assert!(DateSpan::parse(text).is_err(), "{text}");
        }
    }
}
