//! Months, and what is offered in each of them.

use tumen_analysis::Days;
use tumen_base::{Date, DateSpan};

/// A question is about at most so many months: a hundred years.
pub const MONTHS_AT_MOST: usize = 1200;

/// The months of a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Months {
    /// All their days.
    pub days: Days,
}

/// How a month stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Standing {
    /// Nothing is known of any of its days, which is not the same as closed.
    NoData,
    /// It is suspended on all days of which something is known.
    Suspended,
    /// Trains a week, of the days that are known.
    Offered(f64),
}

/// A month of a service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Month {
    /// Its first day.
    pub first: Date,
    /// Its days.
    pub days: u32,
    /// Days within the period of coverage that nothing suspends.
    pub known: u32,
    /// Days on which it is suspended.
    pub suspended: u32,
    /// Departures.
    pub runs: u32,
    /// Those of them that are assumed: no source supports that day.
    pub assumed: u32,
}

impl Months {
    /// From the month of a day to the month of another.
    ///
    /// # Errors
    /// With a sentence, when they are the wrong way round or too many.
    pub fn between(from: DateSpan, to: DateSpan) -> Result<Self, String> {
        let (first, last) = (from.first.civil().first_of_month(), to.last.civil().last_of_month());
        let count = (i32::from(last.year()) - i32::from(first.year())) * 12 + i32::from(last.month())
            - i32::from(first.month());
        if count < 0 {
            return Err(format!(
                "{from} lies after {to}: expected the earlier month first",
                from = from.first,
                to = to.last
            ));
        }
        if count as usize >= MONTHS_AT_MOST {
            return Err(format!("expected at most {MONTHS_AT_MOST} months"));
        }
        Ok(Self { days: Days { first: first.into(), last: last.into() } })
    }

    /// The first day of each.
    pub fn firsts(self) -> impl Iterator<Item = Date> {
        std::iter::successors(Some(self.days.first), |first| Some(next(*first)))
            .take_while(move |first| *first <= self.days.last)
    }
}

/// The first day of the month after.
pub fn next(first: Date) -> Date {
    Date::from(first.civil().last_of_month()).plus(1)
}

impl Month {
    /// How it stands.
    pub fn standing(&self) -> Standing {
        match (self.known, self.suspended) {
            (0, 0) => Standing::NoData,
            (0, _) => Standing::Suspended,
            (known, suspended) => Standing::Offered(f64::from(self.runs) * 7.0 / f64::from(known + suspended)),
        }
    }

    /// Whether something is known of some of its days only.
    pub fn is_in_part(&self) -> bool {
        let known = self.known + self.suspended;
        known > 0 && known < self.days
    }

    /// `2024-12`.
    pub fn name(&self) -> String {
        let first = self.first.civil();
        format!("{:04}-{:02}", first.year(), first.month())
    }
}
