//! Dates that keep their precision: `2020` is a year, `2020-02` a month, `2020-02-05` a day.

use anyhow::{Result, bail};
use jiff::civil;
use tumen_base::Date;

/// The days that a date of some precision may mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// Its first possible day.
    pub first: Date,
    /// Its last possible day.
    pub last: Date,
}

impl Span {
    /// Reads a year, a month or a day.
    pub fn parse(text: &str) -> Result<Self> {
        let day = |text: String| Date::parse_typed(&text).map_err(|error| anyhow::anyhow!("{error}, found `{text}`"));
        match text.len() {
            4 => Ok(Self { first: day(format!("{text}-01-01"))?, last: day(format!("{text}-12-31"))? }),
            7 => {
                let first = day(format!("{text}-01"))?;
                Ok(Self { first, last: Date::from(first.civil().last_of_month()) })
            }
            10 => {
                let first = day(text.to_owned())?;
                Ok(Self { first, last: first })
            }
            _ => bail!("expected YYYY, YYYY-MM or YYYY-MM-DD, found `{text}`"),
        }
    }

    /// As [`Self::parse`]; `None` where the text is empty.
    pub fn parse_optional(text: &str) -> Result<Option<Self>> {
        if text.is_empty() { Ok(None) } else { Self::parse(text).map(Some) }
    }
}

/// The day of the month, 1–31.
pub fn day_of_month(date: Date) -> i8 {
    civil::Date::day(date.civil())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_is_all_its_days() {
        let span = Span::parse("2020-02").expect("a month");
        assert_eq!((span.first.to_string(), span.last.to_string()), ("2020-02-01".into(), "2020-02-29".into()));
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for text in ["2024-25", "~2020", "2020-13", "2025-02-29", ""] {
            assert!(Span::parse(text).is_err(), "{text}");
        }
    }
}
