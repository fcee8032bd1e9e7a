//! Searching for runs through the day tables where there are any, through the whole calendar elsewhere.

use crate::calendar::PatternView;
use crate::day_table::CallTimes;
use crate::journey::Run;
use crate::network::Network;
use tumen_base::{PatternId, Time, TripId};

/// The times of one run.
#[derive(Clone, Copy)]
pub(crate) enum RunTimes<'n> {
    /// From the table of its day.
    Row(&'n [CallTimes]),
    /// From the columns of the timetable.
    Columns(PatternView<'n>, Run),
}

impl RunTimes<'_> {
    /// When the run leaves a call.
    pub(crate) fn departure(&self, call: usize) -> Time {
        match self {
            Self::Row(row) => row[call][0],
            Self::Columns(view, run) => view.departure(*run, call),
        }
    }

    /// When the run reaches a call.
    pub(crate) fn arrival(&self, call: usize) -> Time {
        match self {
            Self::Row(row) => row[call][1],
            Self::Columns(view, run) => view.arrival(*run, call),
        }
    }
}

impl<'a> Network<'a> {
    /// The first run of a pattern that leaves a call at or after a time and that `allowed` admits, with its times.
    pub(crate) fn first_leaving(
        &self,
        pattern: PatternId,
        view: &PatternView<'a>,
        call: usize,
        time: Time,
        allowed: impl Fn(Run) -> bool,
    ) -> Option<(Run, RunTimes<'_>)> {
        let mut day = view.first_day_leaving(call, time)?;
        loop {
            day = view.running.next_from(day)?;
            if let Some(table) = self.tables.day(&self.calendar, day) {
                let runs = table.pattern(pattern, view.calls);
                for position in runs.first_leaving(call, time)..runs.trips.len() {
                    let run = Run { day, trip: TripId(runs.trips[position]) };
                    if allowed(run) {
                        return Some((run, RunTimes::Row(runs.row(position))));
                    }
                }
            } else if let Some(run) = self.calendar.first_leaving_on(view, day, call, time, &allowed) {
                return Some((run, RunTimes::Columns(*view, run)));
            }
            day += 1;
        }
    }

    /// The last run of a pattern that reaches a call at or before a time and that `allowed` admits, with its times.
    pub(crate) fn last_reaching(
        &self,
        pattern: PatternId,
        view: &PatternView<'a>,
        call: usize,
        time: Time,
        allowed: impl Fn(Run) -> bool,
    ) -> Option<(Run, RunTimes<'_>)> {
        let mut day = view.last_day_reaching(call, time)?;
        loop {
            day = view.running.previous_from(day)?;
            if let Some(table) = self.tables.day(&self.calendar, day) {
                let runs = table.pattern(pattern, view.calls);
                for position in (0..runs.reaching(call, time)).rev() {
                    let run = Run { day, trip: TripId(runs.trips[position]) };
                    if allowed(run) {
                        return Some((run, RunTimes::Row(runs.row(position))));
                    }
                }
            } else if let Some(run) = self.calendar.last_reaching_on(view, day, call, time, &allowed) {
                return Some((run, RunTimes::Columns(*view, run)));
            }
            day -= 1;
        }
    }
}
