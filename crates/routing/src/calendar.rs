//! Runs of a pattern in time: the next one, the previous one, their absolute times.
//!
//! The runs of a pattern are totally ordered by (service day, position of the trip in the pattern), and nowhere does a later
//! run overtake an earlier one (ARCHITECTURE.md). So searching needs no look-back over days.

use crate::journey::Run;
use std::ops::Range;
use tumen_base::{DayBits, PatternId, Time, TripId};
use tumen_timetable::Columns;

/// Reads runs from the columns of a timetable.
#[derive(Clone, Copy)]
pub struct Calendar<'a> {
    columns: Columns<'a>,
    days: usize,
    words: usize,
    /// No departure of any run is earlier in its service day.
    earliest: i32,
    /// No departure of any run is later in its service day.
    latest: i32,
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
        let mut calendar = Self { columns, days: number(2), words: number(3), earliest: 0, latest: 0 };
        for pattern in 0..calendar.patterns() {
            let view = calendar.pattern(PatternId::from_index(pattern));
            // Trips are ordered at every call, so the first trip's first times and the last trip's last ones bound all.
            let first = view.arrivals.first().copied().unwrap_or(0);
            let last = view.departures.last().copied().unwrap_or(0);
            calendar.earliest = calendar.earliest.min(first);
            calendar.latest = calendar.latest.max(last);
        }
        calendar
    }

    /// Number of patterns.
    pub fn patterns(&self) -> usize {
        self.columns.pattern_route.len()
    }

    /// Number of zones in which service days are counted.
    pub(crate) fn zones(&self) -> usize {
        self.columns.zone_day_base.len() / self.days.max(1)
    }

    /// When a service day starts in a zone.
    pub(crate) fn start_of(&self, zone: usize, day: i32) -> Time {
        self.columns.zone_day_base[zone * self.days + day as usize]
    }

    /// Seconds of the service day between which all departures are.
    pub(crate) fn times(&self) -> Range<i32> {
        self.earliest..self.latest
    }

    /// Words of a day set.
    pub(crate) fn words(&self) -> usize {
        self.words
    }

    /// Number of day sets.
    pub(crate) fn day_sets(&self) -> u32 {
        (self.columns.day_set_words.len() / self.words.max(1)) as u32
    }

    /// Number of service days in the timetable.
    pub fn days(&self) -> usize {
        self.days
    }

    /// A day set; empty where the file is damaged.
    pub fn day_set(&self, set: u32) -> DayBits<'a> {
        let from = set as usize * self.words;
        DayBits::new(self.columns.day_set_words.get(from..from + self.words).unwrap_or_default())
    }

    /// Whether a trip runs on a service day.
    pub fn runs(&self, trip: TripId, day: i32) -> bool {
        self.day_set(self.columns.trip_days[trip.index()]).contains(day)
    }

    /// Number of runs of all trips on all days.
    pub(crate) fn runs_in_all(&self) -> usize {
        let sets = self.columns.day_set_words.len() / self.words.max(1);
        let counts: Vec<usize> = (0..sets).map(|set| self.day_set(set as u32).count()).collect();
        self.columns.trip_days.iter().filter_map(|&set| counts.get(set as usize)).sum()
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

    /// The first run of the pattern on or after service day `from_day` that leaves a call at or after a time and that
    /// `allowed` admits.
    pub fn first_leaving(
        &self,
        view: &PatternView<'a>,
        from_day: i32,
        (call, time): (usize, Time),
        allowed: impl Fn(Run) -> bool,
    ) -> Option<Run> {
        let times = view.column(view.departures, call);
        let mut day = first_day_from(view.bases, time.wrapping_sub(*times.last()?)).max(from_day);
        loop {
            day = view.running.next_from(day)?;
            let need = time.wrapping_sub(*view.bases.get(day as usize)?);
            let from = times.partition_point(|&leaves| leaves < need);
            let mut runs = (from..times.len()).map(|position| view.run(day, position));
            let found = runs.find(|&run| self.runs(run.trip, day) && allowed(run));
            if found.is_some() {
                return found;
            }
            day += 1;
        }
    }

    /// The last run of the pattern on or before service day `until_day` that reaches a call at or before a time and that
    /// `allowed` admits.
    pub fn last_reaching(
        &self,
        view: &PatternView<'a>,
        until_day: i32,
        (call, time): (usize, Time),
        allowed: impl Fn(Run) -> bool,
    ) -> Option<Run> {
        let times = view.column(view.arrivals, call);
        let after = time.wrapping_sub(*times.first()?).wrapping_add(1);
        let mut day = (first_day_from(view.bases, after) - 1).min(until_day);
        loop {
            day = view.running.previous_from(day)?;
            let most = time.wrapping_sub(*view.bases.get(day as usize)?);
            let until = times.partition_point(|&arrives| arrives <= most);
            let mut runs = (0..until).rev().map(|position| view.run(day, position));
            let found = runs.find(|&run| self.runs(run.trip, day) && allowed(run));
            if found.is_some() {
                return found;
            }
            day -= 1;
        }
    }

    /// The run of the pattern after this one.
    pub fn following(&self, view: &PatternView<'a>, run: Run) -> Option<Run> {
        let mut day = run.day;
        let mut from = (run.trip.0 - view.first_trip) as usize + 1;
        loop {
            let mut runs = (from..view.trips).map(|position| view.run(day, position));
            let found = runs.find(|next| self.runs(next.trip, day));
            if found.is_some() {
                return found;
            }
            day = view.running.next_from(day + 1)?;
            from = 0;
        }
    }

    /// The run of the pattern before this one.
    pub fn preceding(&self, view: &PatternView<'a>, run: Run) -> Option<Run> {
        let mut day = run.day;
        let mut until = (run.trip.0 - view.first_trip) as usize;
        loop {
            let mut runs = (0..until).rev().map(|position| view.run(day, position));
            let found = runs.find(|previous| self.runs(previous.trip, day));
            if found.is_some() {
                return found;
            }
            day = view.running.previous_from(day - 1)?;
            until = view.trips;
        }
    }

    /// The runs of a pattern on some service days, in order.
    pub(crate) fn runs_on(&self, view: &PatternView<'a>, days: Range<i32>) -> impl Iterator<Item = Run> {
        days.filter(|&day| view.running.contains(day)).flat_map(move |day| {
            let runs = (0..view.trips).map(move |position| view.run(day, position));
            runs.filter(move |run| self.runs(run.trip, day))
        })
    }

    /// Service days such that every run that is under way between two times is of one of them.
    pub(crate) fn days_with_runs_between(&self, from: Time, until: Time) -> Range<i32> {
        let (mut first, mut end) = (i32::MAX, 0);
        for bases in self.columns.zone_day_base.chunks_exact(self.days.max(1)) {
            first = first.min(first_day_from(bases, from.wrapping_sub(self.latest)));
            end = end.max(first_day_from(bases, until.wrapping_sub(self.earliest).saturating_add(1)));
        }
        first.min(end)..end
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
