//! Runs of a pattern in time: the next one, the previous one, their absolute times.
//!
//! The runs of a pattern are totally ordered by (service day, position of the trip in the pattern), and nowhere does a later
//! run overtake an earlier one (ARCHITECTURE.md). So searching needs no look-back over days.

use crate::journey::Run;
use tumen_base::{DayBits, PatternId, Time, TripId};
use tumen_timetable::Columns;

/// Reads runs from the columns of a timetable.
#[derive(Clone, Copy)]
pub struct Calendar<'a> {
    columns: Columns<'a>,
    days: usize,
    words: usize,
}

/// The columns of one pattern that a scan needs again and again.
#[derive(Clone, Copy)]
pub struct PatternView<'a> {
    /// Its first trip; the others follow.
    pub first_trip: u32,
    /// Number of trips.
    pub trips: usize,
    /// Number of calls.
    pub calls: usize,
    /// Position of its first call in the call columns.
    pub first_call: usize,
    /// Departures, call by call.
    pub departures: &'a [i32],
    /// Arrivals, call by call.
    pub arrivals: &'a [i32],
    /// Start of each service day.
    pub bases: &'a [i32],
    /// Days on which any of its trips runs.
    pub running: DayBits<'a>,
}

impl<'a> Calendar<'a> {
    /// Wraps the columns.
    pub fn new(columns: Columns<'a>) -> Self {
        let number = |index: usize| columns.span.get(index).map_or(0, |&value| value.max(0) as usize);
        Self { columns, days: number(2), words: number(3) }
    }

    /// Number of patterns.
    pub fn patterns(&self) -> usize {
        self.columns.pattern_route.len()
    }

    /// Number of service days in the timetable.
    pub fn days(&self) -> usize {
        self.days
    }

    /// A day set.
    pub fn day_set(&self, set: u32) -> DayBits<'a> {
        let from = set as usize * self.words;
        DayBits::new(&self.columns.day_set_words[from..from + self.words])
    }

    /// Whether a trip runs on a service day.
    pub fn runs(&self, trip: TripId, day: i32) -> bool {
        self.day_set(self.columns.trip_days[trip.index()]).contains(day)
    }

    /// The columns of a pattern.
    pub fn pattern(&self, pattern: PatternId) -> PatternView<'a> {
        let columns = &self.columns;
        let index = pattern.index();
        let first_trip = columns.pattern_trip_offset[index];
        let trips = (columns.pattern_trip_offset[index + 1] - first_trip) as usize;
        let first_call = columns.pattern_call_offset[index] as usize;
        let calls = columns.pattern_call_offset[index + 1] as usize - first_call;
        let times = columns.pattern_time_offset[index] as usize;
        let zone = columns.pattern_zone[index] as usize * self.days;
        PatternView {
            first_trip,
            trips,
            calls,
            first_call,
            departures: &columns.time_departure[times..times + trips * calls],
            arrivals: &columns.time_arrival[times..times + trips * calls],
            bases: &columns.zone_day_base[zone..zone + self.days],
            running: self.day_set(columns.pattern_days[index]),
        }
    }

    /// The first run of the pattern that leaves call `call` at or after `time` and that `allowed` admits.
    pub fn first_leaving(
        &self,
        view: &PatternView<'a>,
        call: usize,
        time: Time,
        allowed: impl Fn(Run) -> bool,
    ) -> Option<Run> {
        let mut day = view.first_day_leaving(call, time)?;
        loop {
            day = view.running.next_from(day)?;
            let found = self.first_leaving_on(view, day, call, time, &allowed);
            if found.is_some() {
                return found;
            }
            day += 1;
        }
    }

    /// The same among the runs of one service day.
    pub(crate) fn first_leaving_on(
        &self,
        view: &PatternView<'a>,
        day: i32,
        call: usize,
        time: Time,
        allowed: impl Fn(Run) -> bool,
    ) -> Option<Run> {
        let times = view.column(view.departures, call);
        let need = time.wrapping_sub(*view.bases.get(day as usize)?);
        let from = times.partition_point(|&leaves| leaves < need);
        (from..times.len())
            .map(|position| view.run(day, position))
            .find(|&run| self.runs(run.trip, day) && allowed(run))
    }

    /// The last run of a service day that reaches call `call` at or before `time` and that `allowed` admits.
    pub(crate) fn last_reaching_on(
        &self,
        view: &PatternView<'a>,
        day: i32,
        call: usize,
        time: Time,
        allowed: impl Fn(Run) -> bool,
    ) -> Option<Run> {
        let times = view.column(view.arrivals, call);
        let most = time.wrapping_sub(*view.bases.get(day as usize)?);
        let until = times.partition_point(|&arrives| arrives <= most);
        (0..until).rev().map(|position| view.run(day, position)).find(|&run| self.runs(run.trip, day) && allowed(run))
    }

    /// The run of the pattern after this one that `allowed` admits.
    pub fn following(&self, view: &PatternView<'a>, run: Run, allowed: impl Fn(Run) -> bool) -> Option<Run> {
        let mut day = run.day;
        let mut position = (run.trip.0 - view.first_trip) as usize + 1;
        loop {
            while position < view.trips {
                let next = view.run(day, position);
                if self.runs(next.trip, day) && allowed(next) {
                    return Some(next);
                }
                position += 1;
            }
            day = view.running.next_from(day + 1)?;
            position = 0;
        }
    }

    /// The run of the pattern before this one that `allowed` admits.
    pub fn preceding(&self, view: &PatternView<'a>, run: Run, allowed: impl Fn(Run) -> bool) -> Option<Run> {
        let mut day = run.day;
        let mut position = (run.trip.0 - view.first_trip) as usize;
        loop {
            while position > 0 {
                position -= 1;
                let previous = view.run(day, position);
                if self.runs(previous.trip, day) && allowed(previous) {
                    return Some(previous);
                }
            }
            day = view.running.previous_from(day - 1)?;
            position = view.trips;
        }
    }
}

impl<'a> PatternView<'a> {
    /// The times of all trips at a call.
    fn column(&self, times: &'a [i32], call: usize) -> &'a [i32] {
        &times[call * self.trips..(call + 1) * self.trips]
    }

    /// The run of the trip at a position of the pattern.
    fn run(&self, day: i32, position: usize) -> Run {
        Run { day, trip: TripId(self.first_trip + position as u32) }
    }

    /// The first service day on which the last trip leaves a call at or after a time; runs of earlier days leave before it.
    pub(crate) fn first_day_leaving(&self, call: usize, time: Time) -> Option<i32> {
        let last = *self.column(self.departures, call).last()?;
        Some(first_day_from(self.bases, time.wrapping_sub(last)))
    }

    /// The last service day on which the first trip reaches a call at or before a time.
    pub(crate) fn last_day_reaching(&self, call: usize, time: Time) -> Option<i32> {
        let first = *self.column(self.arrivals, call).first()?;
        Some(first_day_from(self.bases, time.wrapping_sub(first).wrapping_add(1)) - 1)
    }

    /// When a run of the pattern leaves a call.
    pub fn departure(&self, run: Run, call: usize) -> Time {
        self.at(self.departures, run, call)
    }

    /// When a run of the pattern reaches a call.
    pub fn arrival(&self, run: Run, call: usize) -> Time {
        self.at(self.arrivals, run, call)
    }

    fn at(&self, times: &[i32], run: Run, call: usize) -> Time {
        let position = (run.trip.0 - self.first_trip) as usize;
        self.bases[run.day as usize].wrapping_add(times[call * self.trips + position])
    }
}

/// The first day that starts at or after `time`: a guess by division, mended by a step or two (days have 23 to 25 hours).
fn first_day_from(bases: &[i32], time: Time) -> i32 {
    let Some(&first) = bases.first() else { return 0 };
    let guess = time.wrapping_sub(first).div_euclid(tumen_base::SECONDS_PER_DAY);
    let mut day = guess.clamp(0, bases.len() as i32) as usize;
    while day > 0 && bases[day - 1] >= time {
        day -= 1;
    }
    while day < bases.len() && bases[day] < time {
        day += 1;
    }
    day as i32
}

#[cfg(test)]
mod tests {
    use super::first_day_from;

    #[test]
    fn the_first_day_is_found_across_clock_changes() {
        let bases = [-3600, 82_800, 165_600, 252_000, 342_000];
        for time in (-100_000..500_000).step_by(1_800) {
            let expected = bases.iter().position(|&base| base >= time).unwrap_or(bases.len());
            assert_eq!(first_day_from(&bases, time), expected as i32, "{time}");
        }
        assert_eq!(first_day_from(&[], 5), 0);
    }
}
