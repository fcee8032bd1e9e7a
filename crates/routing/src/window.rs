//! The runs of a few service days, next to each other: what a search reads instead of the whole calendar.
//!
//! A feed of a year holds every trip of every season, and on one day a small part of them runs. A window is made when a search
//! first asks for its days, and shared by all threads. What lies outside is read from the calendar.

use crate::journey::Run;
use crate::network::Network;
use crate::query::Direction;
use crate::reach::Graph;
use crate::timeline::Around;
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};
use tumen_base::{PatternId, SECONDS_PER_DAY, Time, TripId};

/// Departure and arrival at a call, absolute.
pub(crate) type CallTimes = [Time; 2];

/// The longest stretch of departures that a window covers; searches beyond it are sparse enough for the calendar.
const MOST_SECONDS: i32 = 2 * SECONDS_PER_DAY;

/// The most memory that windows take; those used longest ago give way.
const MOST_BYTES: usize = 192 << 20;

/// The runs of consecutive service days, pattern by pattern.
#[derive(Default)]
pub(crate) struct Window {
    /// Days whose runs it holds, all of them.
    pub(crate) days: Range<i32>,
    /// Runs of a pattern, in its order; empty if the window is.
    run_offset: Vec<u32>,
    /// Where the times of a pattern begin.
    time_offset: Vec<u32>,
    run: Vec<Run>,
    /// Times of a run, call by call.
    row: Vec<CallTimes>,
    /// Departures at a call, run by run.
    column: Vec<Time>,
    /// The quickest ways between stops by its runs.
    pub(crate) graph: Graph,
}

/// The runs of one pattern in a window.
#[derive(Clone, Copy)]
pub(crate) struct PatternWindow<'w> {
    /// The runs in order.
    pub(crate) runs: &'w [Run],
    rows: &'w [CallTimes],
    columns: &'w [Time],
}

impl<'w> PatternWindow<'w> {
    /// The times of the run at a position.
    pub(crate) fn row(&self, position: usize) -> &'w [CallTimes] {
        let calls = self.rows.len() / self.runs.len();
        &self.rows[position * calls..(position + 1) * calls]
    }

    /// The first run that leaves a call at or after a time.
    pub(crate) fn first_leaving(&self, call: usize, time: Time) -> usize {
        let count = self.runs.len();
        self.columns[call * count..(call + 1) * count].partition_point(|&leaves| leaves < time)
    }

    /// The number of runs that reach a call at or before a time.
    pub(crate) fn reaching(&self, call: usize, time: Time) -> usize {
        let (mut from, mut until) = (0, self.runs.len());
        while from < until {
            let middle = usize::midpoint(from, until);
            if self.row(middle)[call][1] <= time {
                from = middle + 1;
            } else {
                until = middle;
            }
        }
        from
    }
}

impl Window {
    fn of(network: &Network<'_>, days: Range<i32>) -> Self {
        let calendar = &network.calendar;
        let mut edges = network.between_stops();
        let mut window = Self { days: days.clone(), run_offset: vec![0], time_offset: vec![0], ..Self::default() };
        for pattern in 0..calendar.patterns() {
            let view = calendar.pattern(PatternId::from_index(pattern));
            let from = window.run.len();
            for day in days.clone().filter(|&day| view.running.contains(day)) {
                let trips = (view.first_trip..view.first_trip + view.trips as u32).map(TripId);
                let running = trips.filter(|&trip| calendar.runs(trip, day));
                window.run.extend(running.map(|trip| Run { day, trip }));
            }
            let runs = &window.run[from..];
            for &run in runs {
                let times = |call| [view.departure(run, call), view.arrival(run, call)];
                window.row.extend((0..view.calls).map(times));
            }
            let stops = &network.columns.call_stop[view.first_call..view.first_call + view.calls];
            let rows = &window.row[window.row.len() - runs.len() * view.calls..];
            for call in 1..view.calls {
                let hop = |row: &[CallTimes]| row[call][1].saturating_sub(row[call - 1][0]).max(0);
                let quickest = rows.chunks_exact(view.calls).map(hop).min();
                edges.extend(quickest.map(|seconds| (stops[call - 1], stops[call], seconds)));
            }
            for call in 0..view.calls {
                window.column.extend(runs.iter().map(|&run| view.departure(run, call)));
            }
            window.run_offset.push(window.run.len() as u32);
            window.time_offset.push(window.column.len() as u32);
        }
        window.graph = Graph::of(network.columns.stop_id.len(), edges);
        window
    }

    fn bytes(&self) -> usize {
        4 * (self.run_offset.len() + self.time_offset.len() + self.column.len()) + 8 * (self.run.len() + self.row.len())
    }

    /// The runs of a pattern; `None` where the window is empty.
    pub(crate) fn pattern(&self, pattern: PatternId) -> Option<PatternWindow<'_>> {
        let index = pattern.index();
        let &[from, until] = self.run_offset.get(index..index + 2)? else { return None };
        let times = self.time_offset[index] as usize..self.time_offset[index + 1] as usize;
        Some(PatternWindow {
            runs: &self.run[from as usize..until as usize],
            rows: &self.row[times.clone()],
            columns: &self.column[times],
        })
    }
}

/// How many spans of days are remembered until a second search asks for them.
const MOST_ASKED: usize = 64;

/// The windows made so far, the one used last at the end.
#[derive(Default)]
struct Kept {
    windows: Vec<Arc<Window>>,
    /// Days that one search asked for: a window pays only from the second search on.
    asked: Vec<Range<i32>>,
}

/// The windows that searches share.
#[derive(Default)]
pub(crate) struct Windows {
    kept: Mutex<Kept>,
}

impl Windows {
    /// The window for a search between two times, or for as much of it from its start as a window covers.
    ///
    /// A forward search may meet later days than the window's but no earlier ones; a backward search the other way round.
    pub(crate) fn around(&self, network: &Network<'_>, direction: Direction, times: Range<Time>) -> Around {
        let calendar = &network.calendar;
        let Range { start, end } = times;
        let complete = end.saturating_sub(start) <= MOST_SECONDS;
        let days = match direction {
            Direction::DepartAt => calendar.days_with_runs_between(start, end.min(start.saturating_add(MOST_SECONDS))),
            Direction::ArriveBy => calendar.days_with_runs_between(start.max(end.saturating_sub(MOST_SECONDS)), end),
        };
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(at) = kept.windows.iter().position(|window| window.days == days) {
            let window = kept.windows.remove(at);
            kept.windows.push(Arc::clone(&window));
            return Around { window, complete };
        }
        if !kept.asked.contains(&days) {
            if kept.asked.len() == MOST_ASKED {
                kept.asked.remove(0);
            }
            kept.asked.push(days);
            return Around::default();
        }
        let window = Arc::new(Window::of(network, days));
        let mut bytes = window.bytes();
        if bytes > MOST_BYTES {
            return Around::default();
        }
        // Keep the latest that fit beside the new one.
        let keep = kept.windows.iter().rev().take_while(|other| {
            bytes += other.bytes();
            bytes <= MOST_BYTES
        });
        let drop = kept.windows.len() - keep.count();
        kept.windows.drain(..drop);
        kept.windows.push(Arc::clone(&window));
        Around { window, complete }
    }
}
