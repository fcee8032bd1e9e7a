//! The times that people type, on the clocks of stops.

use jiff::{ToSpan, civil};
use tumen_base::{StopId, Time};
use tumen_timetable::Columns;

use crate::when::When;
use crate::{Failure, Result};

/// Whether a date alone means its first or its last second.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayEnd {
    /// Depart from 00:00:00 on.
    First,
    /// Arrive until 23:59:59.
    Last,
}

/// The time of the timetable that was typed, on the clocks at `stop`; `now` is what [`When::Now`] stands for, and itself a moment.
///
/// # Errors
/// When it lies too far from the timetable's days.
pub fn resolve(columns: &Columns<'_>, when: When, now: When, stop: StopId, end: DayEnd) -> Result<Time> {
    let zone = columns.zone_of_stop(stop);
    let local = |local: civil::DateTime| columns.from_local(local, &zone);
    let time = match when {
        When::Now => match now {
            When::Now => None,
            moment => return resolve(columns, moment, now, stop, DayEnd::First),
        },
        When::Instant(instant) => columns.from_unix(instant.as_second()),
        When::Local(civil) => local(civil),
        When::Day(date) => match end {
            DayEnd::First => local(date.at(0, 0, 0, 0)),
            DayEnd::Last => {
                let midnight = date.checked_add(1.day()).ok().and_then(|next| local(next.at(0, 0, 0, 0)));
                midnight.map(|midnight| midnight - 1)
            }
        },
    };
    time.ok_or_else(|| {
        let (first, last) = (columns.first_date(), columns.last_date());
        let message = format!("that time is too far from the timetable, which has the days {first} to {last}");
        Failure::usage("time_out_of_range", message)
    })
}
