//! The runs of one service day, next to each other: what a search reads instead of the whole calendar.
//!
//! A feed of a year holds every trip of every season, and on one day a small part of them runs. A table is made when a search
//! first asks for its day, kept as long as the memory allows, and shared by all threads.

use crate::calendar::Calendar;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use tumen_base::{PatternId, Time};

/// Departure and arrival at a call, absolute.
pub(crate) type CallTimes = [Time; 2];

/// The runs of a service day, pattern by pattern.
#[derive(Default)]
pub(crate) struct DayTable {
    /// Runs of a pattern, in its order.
    runs: Vec<u32>,
    /// Where the times of a pattern begin.
    times: Vec<u32>,
    /// Trip of every run.
    trip: Vec<u32>,
    /// Times of a run, call by call.
    row: Vec<CallTimes>,
    /// Departures at a call, run by run.
    column: Vec<Time>,
}

/// The runs of one pattern on one day.
#[derive(Clone, Copy)]
pub(crate) struct PatternDay<'t> {
    /// Trips that run, in order.
    pub(crate) trips: &'t [u32],
    rows: &'t [CallTimes],
    columns: &'t [Time],
    calls: usize,
}

impl<'t> PatternDay<'t> {
    /// The times of the run at a position.
    pub(crate) fn row(&self, position: usize) -> &'t [CallTimes] {
        &self.rows[position * self.calls..(position + 1) * self.calls]
    }

    /// The first run that leaves a call at or after a time.
    pub(crate) fn first_leaving(&self, call: usize, time: Time) -> usize {
        let count = self.trips.len();
        self.columns[call * count..(call + 1) * count].partition_point(|&leaves| leaves < time)
    }

    /// The number of runs that reach a call at or before a time.
    pub(crate) fn reaching(&self, call: usize, time: Time) -> usize {
        let (mut from, mut until) = (0, self.trips.len());
        while from < until {
            let middle = usize::midpoint(from, until);
            if self.rows[middle * self.calls + call][1] <= time {
                from = middle + 1;
            } else {
                until = middle;
            }
        }
        from
    }
}

impl DayTable {
    fn of(calendar: &Calendar<'_>, day: i32) -> Self {
        let patterns = calendar.patterns();
        let mut table = Self { runs: vec![0], times: vec![0], ..Self::default() };
        for pattern in 0..patterns {
            let view = calendar.pattern(PatternId::from_index(pattern));
            let from = table.trip.len();
            if view.running.contains(day) {
                let trips = view.first_trip..view.first_trip + view.trips as u32;
                table.trip.extend(trips.filter(|&trip| calendar.runs(tumen_base::TripId(trip), day)));
            }
            let base = view.bases[day as usize];
            let position = |trip: u32| (trip - view.first_trip) as usize;
            for &trip in &table.trip[from..] {
                table.row.extend((0..view.calls).map(|call| {
                    let at = call * view.trips + position(trip);
                    [base.wrapping_add(view.departures[at]), base.wrapping_add(view.arrivals[at])]
                }));
            }
            for call in 0..view.calls {
                let leaves = |&trip: &u32| base.wrapping_add(view.departures[call * view.trips + position(trip)]);
                table.column.extend(table.trip[from..].iter().map(leaves));
            }
            table.runs.push(table.trip.len() as u32);
            table.times.push(table.column.len() as u32);
        }
        table
    }

    fn bytes(&self) -> usize {
        4 * (self.runs.len() + self.times.len() + self.trip.len() + self.column.len()) + 8 * self.row.len()
    }

    /// The runs of a pattern.
    pub(crate) fn pattern(&self, pattern: PatternId, calls: usize) -> PatternDay<'_> {
        let index = pattern.index();
        let times = self.times[index] as usize..self.times[index + 1] as usize;
        PatternDay {
            trips: &self.trip[self.runs[index] as usize..self.runs[index + 1] as usize],
            rows: &self.row[times.clone()],
            columns: &self.column[times],
            calls,
        }
    }
}

/// The tables made so far.
pub(crate) struct DayTables {
    days: Vec<OnceLock<DayTable>>,
    bytes: AtomicUsize,
    most_bytes: usize,
}

impl DayTables {
    /// Room for the tables of so many days, and so many bytes.
    pub(crate) fn new(days: usize, most_bytes: usize) -> Self {
        Self { days: (0..days).map(|_| OnceLock::new()).collect(), bytes: AtomicUsize::new(0), most_bytes }
    }

    /// The table of a day, made now if there was none; `None` once the memory is used up.
    pub(crate) fn day(&self, calendar: &Calendar<'_>, day: i32) -> Option<&DayTable> {
        let cell = self.days.get(usize::try_from(day).ok()?)?;
        if let Some(table) = cell.get() {
            return Some(table);
        }
        if self.bytes.load(Ordering::Relaxed) >= self.most_bytes {
            return None;
        }
        Some(cell.get_or_init(|| {
            let table = DayTable::of(calendar, day);
            self.bytes.fetch_add(table.bytes(), Ordering::Relaxed);
            table
        }))
    }
}
