//! On which days a service runs: the little grammar of the `days` column.
//!
//! | text | days |
//! |---|---|
//! | `daily` | every day |
//! | `Mon,Wed,Fri` | these weekdays |
//! | `day 12,26` | these days of the month |
//! | `2025-07-27,2025-08-03` | these dates |
//! | `MOW_PYG+7 KHV_PYG+1 except T646` | so many days after another service's days, but not when a third one runs |
//!
//! All are local dates of the first departure.

use anyhow::{Result, bail};
use tumen_base::Date;

const WEEKDAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/// What the `days` column says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Days {
    /// A bit for each weekday, Monday the lowest.
    Weekly(u8),
    /// Days of the month, 1–31.
    Monthly(Vec<i8>),
    /// These dates.
    Dates(Vec<Date>),
    /// Days after those of other services.
    After {
        /// Service and days after it.
        services: Vec<(String, i32)>,
        /// Not on the days of this service.
        except: Option<String>,
    },
}

impl Days {
    /// Reads the `days` column.
    pub fn parse(text: &str) -> Result<Self> {
        if text == "daily" {
            return Ok(Self::Weekly(0b111_1111));
        }
        if let Some(days) = text.strip_prefix("day ") {
            let days: Vec<i8> = days.split(',').map(str::parse).collect::<Result<_, _>>()?;
            if days.iter().any(|day| !(1..=28).contains(day)) {
                bail!("days of the month from 1 to 28 are expected, found `{text}`");
            }
            return Ok(Self::Monthly(days));
        }
        if text.contains('+') {
            return Self::parse_after(text);
        }
        if text.starts_with(|first: char| first.is_ascii_digit()) {
            let dates = text.split(',').map(Date::parse_typed).collect::<Result<_, _>>()?;
            return Ok(Self::Dates(dates));
        }
        let mut mask = 0;
        for part in text.split(',') {
            match WEEKDAYS.iter().position(|weekday| *weekday == part) {
                Some(weekday) => mask |= 1 << weekday,
                None => bail!("expected `daily`, weekdays, `day N`, dates or `SERVICE+N`, found `{text}`"),
            }
        }
        Ok(Self::Weekly(mask))
    }

    fn parse_after(text: &str) -> Result<Self> {
        let (list, except) = match text.split_once(" except ") {
            Some((list, except)) => (list, Some(except.to_owned())),
            None => (text, None),
        };
        let mut services = Vec::new();
        for part in list.split(' ') {
            let Some((service, offset)) = part.split_once('+') else { bail!("expected `SERVICE+N`, found `{part}`") };
            services.push((service.to_owned(), offset.parse()?));
        }
        Ok(Self::After { services, except })
    }

    /// Whether the date is one of a weekly or monthly pattern or of a list of dates.
    pub fn pattern_covers(&self, date: Date) -> bool {
        match self {
            Self::Weekly(mask) => mask >> date.weekday() & 1 == 1,
            Self::Monthly(days) => days.contains(&date.civil().day()),
            Self::Dates(dates) => dates.contains(&date),
            Self::After { .. } => false,
        }
    }
}

/// The weekday bits moved so many days later.
pub fn rotate_weekdays(mask: u8, days: i32) -> u8 {
    let days = days.rem_euclid(7);
    (mask << days | mask >> (7 - days)) & 0b111_1111
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_is_read() {
        assert_eq!(Days::parse("daily").expect("daily"), Days::Weekly(127));
        assert_eq!(Days::parse("Mon,Wed,Fri").expect("weekdays"), Days::Weekly(0b001_0101));
        assert_eq!(Days::parse("day 12,26").expect("days of the month"), Days::Monthly(vec![12, 26]));
        let after =
            Days::After { services: vec![("MOW_PYG".into(), 7), ("KHV_PYG".into(), 1)], except: Some("T646".into()) };
        assert_eq!(Days::parse("MOW_PYG+7 KHV_PYG+1 except T646").expect("days after"), after);
    }

    #[test]
    fn what_is_no_rule_is_refused() {
        for text in ["every second day", "Mon;Wed", "day 31", "MOW_PYG+x", "2025-02-30", ""] {
            assert!(Days::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn weekdays_move_with_the_date() {
        assert_eq!(rotate_weekdays(0b000_0001, -1), 0b100_0000, "the day before Monday is Sunday");
        assert_eq!(rotate_weekdays(0b111_1111, -1), 0b111_1111);
        assert_eq!(rotate_weekdays(0b100_0001, 1), 0b000_0011);
    }
}
