//! Days between which something holds, told as precisely as sources know them.

use tumen_base::{Date, DateSpan};
use tumen_timetable::Row;

/// The days of a row with `valid_from` and `valid_to`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Period {
    /// The first day; unbounded where nobody says.
    pub first: Option<Date>,
    /// The last day; it lasts where nobody says.
    pub last: Option<Date>,
    /// The first day as precisely as it is known: a month, a year.
    pub since: Option<DateSpan>,
    /// The last day, likewise.
    pub until: Option<DateSpan>,
}

impl Period {
    /// Reads `valid_from` and `valid_to`, and `valid_from_text` and `valid_to_text`, which may be less precise.
    pub fn of(row: &Row<'_>) -> Self {
        let day = |column| Date::parse(row.get(column).as_bytes()).ok();
        let told = |column, day: Option<Date>| DateSpan::parse(row.get(column)).ok().or(day.map(DateSpan::day));
        let (first, last) = (day("valid_from"), day("valid_to"));
        Self { first, last, since: told("valid_from_text", first), until: told("valid_to_text", last) }
    }

    /// Whether a day is one of them.
    pub fn contains(&self, date: Date) -> bool {
        self.first.is_none_or(|first| first <= date) && self.last.is_none_or(|last| date <= last)
    }
}
