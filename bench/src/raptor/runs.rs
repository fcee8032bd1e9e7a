//! The runs of some days, pattern by pattern, in absolute times.

use std::ops::Range;
use tumen_base::{PatternId, Time, TripId};
use tumen_timetable::Columns;

/// A run by the numbers of its pattern and within it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RunRef {
    pub pattern: u32,
    pub run: u32,
}

/// Every run that is under way at some time of an interval.
pub struct Runs<'a> {
    pub columns: Columns<'a>,
    patterns: Vec<Pattern>,
}

/// The runs of a pattern (a "route" in the paper).
struct Pattern {
    /// Its calls in the call columns.
    calls: Range<usize>,
    /// Service day and trip of each run; sorted, and in this order no run overtakes another.
    runs: Vec<(i32, TripId)>,
    /// Arrival and departure at each call, run by run.
    times: Vec<(Time, Time)>,
    /// Whether any of its trips continues in another.
    linked: bool,
}

impl<'a> Runs<'a> {
    /// Expands the calendar: for every pattern, as many service days back as its own longest time reaches.
    pub fn new(columns: &Columns<'a>, under_way: Range<Time>) -> Self {
        let patterns = columns.patterns().map(|pattern| expand(columns, pattern, &under_way)).collect();
        Self { columns: *columns, patterns }
    }

    /// How many patterns there are, with or without runs.
    pub fn patterns(&self) -> usize {
        self.patterns.len()
    }

    /// The calls of a pattern in the call columns.
    pub fn calls(&self, pattern: u32) -> Range<usize> {
        self.patterns[pattern as usize].calls.clone()
    }

    /// How many runs a pattern has.
    pub fn count(&self, pattern: u32) -> u32 {
        self.patterns[pattern as usize].runs.len() as u32
    }

    /// Whether any trip of a pattern continues in another.
    pub fn linked(&self, pattern: u32) -> bool {
        self.patterns[pattern as usize].linked
    }

    /// When a run reaches one of its calls.
    pub fn arrival(&self, run: RunRef, call: usize) -> Time {
        self.times(run, call).0
    }

    /// When a run leaves one of its calls.
    pub fn departure(&self, run: RunRef, call: usize) -> Time {
        self.times(run, call).1
    }

    /// The first run of a pattern that leaves a call at or after a time; its number is that of no run where there is none.
    pub fn first_leaving(&self, pattern: u32, call: usize, time: Time) -> u32 {
        let (mut low, mut high) = (0, self.count(pattern));
        while low < high {
            let run = low.midpoint(high);
            if self.departure(RunRef { pattern, run }, call) < time {
                low = run + 1;
            } else {
                high = run;
            }
        }
        low
    }

    /// The runs in which a run continues for who stays seated.
    pub fn continuations(&self, run: RunRef) -> Vec<RunRef> {
        let (day, trip) = self.patterns[run.pattern as usize].runs[run.run as usize];
        let links = self.columns.links_from(trip).filter(|link| link.days.contains(day));
        let found = links.filter_map(|link| {
            let pattern = self.columns.pattern_of(link.trip).0;
            let run = self.patterns[pattern as usize].runs.binary_search(&(day + link.shift, link.trip)).ok()?;
            Some(RunRef { pattern, run: run as u32 })
        });
        found.collect()
    }

    fn times(&self, run: RunRef, call: usize) -> (Time, Time) {
        let pattern = &self.patterns[run.pattern as usize];
        pattern.times[run.run as usize * pattern.calls.len() + call]
    }
}

fn expand(columns: &Columns<'_>, pattern: PatternId, under_way: &Range<Time>) -> Pattern {
    let calls = columns.calls_of(pattern);
    let trips = columns.trips_of(pattern).map(TripId::from_index);
    let last = calls.len() - 1;
    let begin = trips.clone().map(|trip| columns.arrival(trip, 0).min(columns.departure(trip, 0))).min();
    let end = trips.clone().map(|trip| columns.arrival(trip, last).max(columns.departure(trip, last))).max();
    let zone = columns.pattern_zone[pattern.index()];
    let touches = |day: &i32| {
        let base = columns.day_base(zone, *day);
        base + begin.unwrap_or(0) < under_way.end && base + end.unwrap_or(0) >= under_way.start
    };
    let days = columns.day_set(columns.pattern_days[pattern.index()]).iter().filter(touches);
    let runs = days.flat_map(|day| trips.clone().map(move |trip| (day, trip)));
    let runs: Vec<_> = runs.filter(|&(day, trip)| columns.days_of_trip(trip).contains(day)).collect();
    let times = runs.iter().flat_map(|&(day, trip)| {
        let times = move |call| (columns.arrival_of_run(trip, day, call), columns.departure_of_run(trip, day, call));
        (0..=last).map(times)
    });
    let times = times.collect();
    let linked = runs.iter().any(|&(_, trip)| columns.links_from(trip).next().is_some());
    Pattern { calls, runs, times, linked }
}
