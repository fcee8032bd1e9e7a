//! The runs of a few service days, next to each other: what a search reads instead of the whole calendar.
//!
//! A feed of a year holds every trip of every season, and on one day a small part of them runs. A window is made when a search
//! first asks for its days, and shared by all threads. What lies outside is read from the calendar.

use crate::journey::Run;
use crate::mirror::{Mirror, Runs};
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
    /// Arrivals at a call, run by run.
    arrival: Vec<Time>,
    /// The quickest ways between stops by its runs.
    pub(crate) graph: Graph,
    /// What leads on, forwards and backwards.
    sides: [Side; 2],
}

/// Where nodes and runs lead in one direction, in mirrored positions.
#[derive(Default)]
struct Side {
    /// Pattern and call of every call at which an entry node is entered, if the pattern has runs.
    calls: Lists,
    /// Whether a pattern without runs that is entered at an entry node has runs beyond the window.
    beyond: Vec<bool>,
    /// Where the links of a run begin.
    link_offset: Vec<u32>,
    links: Vec<Link>,
}

/// The run in which a run continues in-seat, in the mirror.
#[derive(Clone, Copy)]
pub(crate) struct Link {
    /// Pattern of the run that passengers are carried into.
    pub(crate) pattern: PatternId,
    /// Its number.
    pub(crate) run: u32,
    /// When the run before ends.
    pub(crate) end: Time,
    /// When passengers can step off at the first call: not before the run before ends.
    pub(crate) first_exit: Time,
}

/// Lists of pairs, one after the other.
#[derive(Default)]
struct Lists {
    offset: Vec<u32>,
    pair: Vec<(u32, u32)>,
}

impl Lists {
    fn of(lists: impl Iterator<Item = impl Iterator<Item = (u32, u32)>>) -> Self {
        let mut made = Self { offset: vec![0], pair: Vec::new() };
        for list in lists {
            made.pair.extend(list);
            made.offset.push(made.pair.len() as u32);
        }
        made
    }

    fn get(&self, index: usize) -> &[(u32, u32)] {
        &self.pair[self.offset[index] as usize..self.offset[index + 1] as usize]
    }

    fn bytes(&self) -> usize {
        4 * self.offset.len() + 8 * self.pair.len()
    }
}

impl Side {
    fn of<const BACK: bool>(network: &Network<'_>, window: &Window) -> Self {
        let mirror = Mirror::<BACK> { network, around: &Around::default() };
        let has_runs = |pattern: PatternId| window.pattern(pattern).is_some_and(|pattern| !pattern.runs.is_empty());
        let nodes = 0..mirror.entry_nodes() as u32;
        let calls = Lists::of(nodes.clone().map(|node| {
            let calls = mirror.calls_at(node).filter(|&(pattern, _)| has_runs(pattern));
            calls.map(|(pattern, call)| (pattern.0, mirror.queue_position(pattern, call)))
        }));
        let runs_beyond = |pattern: PatternId| {
            let running = network.calendar.pattern(pattern).running;
            let beyond =
                if BACK { running.previous_from(window.days.start - 1) } else { running.next_from(window.days.end) };
            !has_runs(pattern) && beyond.is_some()
        };
        let beyond = nodes.map(|node| mirror.calls_at(node).any(|(pattern, _)| runs_beyond(pattern))).collect();
        let (mut link_offset, mut links) = (vec![0], Vec::new());
        for pattern in 0..network.calendar.patterns() {
            let Some(before) = Runs::<BACK>::of(window, PatternId::from_index(pattern)) else { continue };
            for &run in before.in_order() {
                let next = mirror.links(Mirror::<BACK>::key(run));
                links.extend(next.filter_map(|next| {
                    let pattern = PatternId(network.columns.trip_pattern[next.trip.index()]);
                    let end = before.row(before.find(run)?).exit_time(before.calls() - 1);
                    let runs = Runs::<BACK>::of(window, pattern)?;
                    let run = runs.find(next)?;
                    let first_exit = runs.row(run).exit_time(0).max(end);
                    Some(Link { pattern, run, end, first_exit })
                }));
                link_offset.push(links.len() as u32);
            }
        }
        Self { calls, beyond, link_offset, links }
    }

    fn bytes(&self) -> usize {
        let links = size_of::<Link>() * self.links.len() + 4 * self.link_offset.len();
        self.calls.bytes() + self.beyond.len() + links
    }
}

/// The runs of one pattern in a window.
#[derive(Clone, Copy)]
pub(crate) struct PatternWindow<'w> {
    /// The runs in order.
    pub(crate) runs: &'w [Run],
    rows: &'w [CallTimes],
    columns: &'w [Time],
    arrivals: &'w [Time],
    /// Number of calls of each; 0 where there are no runs.
    pub(crate) calls: usize,
    /// The number of the first run among those of all patterns.
    pub(crate) first_run: usize,
}

impl<'w> PatternWindow<'w> {
    /// The times of the run at a position.
    pub(crate) fn row(&self, position: usize) -> &'w [CallTimes] {
        &self.rows[position * self.calls..(position + 1) * self.calls]
    }

    /// The departures of all runs at a call.
    pub(crate) fn departures(&self, call: usize) -> &'w [Time] {
        let count = self.runs.len();
        &self.columns[call * count..(call + 1) * count]
    }

    /// The arrivals of all runs at a call.
    pub(crate) fn arrivals(&self, call: usize) -> &'w [Time] {
        let count = self.runs.len();
        &self.arrivals[call * count..(call + 1) * count]
    }

    /// The first run that leaves a call at or after a time.
    pub(crate) fn first_leaving(&self, call: usize, time: Time) -> usize {
        self.departures(call).partition_point(|&leaves| leaves < time)
    }

    /// The number of runs that reach a call at or before a time.
    pub(crate) fn reaching(&self, call: usize, time: Time) -> usize {
        self.arrivals(call).partition_point(|&arrives| arrives <= time)
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
                window.arrival.extend(runs.iter().map(|&run| view.arrival(run, call)));
            }
            window.run_offset.push(window.run.len() as u32);
            window.time_offset.push(window.column.len() as u32);
        }
        window.graph = Graph::of(network.columns.stop_id.len(), edges);
        window.sides = [Side::of::<false>(network, &window), Side::of::<true>(network, &window)];
        window
    }

    fn bytes(&self) -> usize {
        let words = self.run_offset.len() + self.time_offset.len() + self.column.len() + self.arrival.len();
        let sides: usize = self.sides.iter().map(Side::bytes).sum();
        4 * words + 8 * (self.run.len() + self.row.len()) + sides
    }

    /// Pattern and mirrored call of every call at which an entry node is entered, of the patterns with runs.
    pub(crate) fn calls_at<const BACK: bool>(&self, node: u32) -> &[(u32, u32)] {
        self.sides[usize::from(BACK)].calls.get(node as usize)
    }

    /// Whether a pattern without runs that is entered at an entry node has runs beyond the window.
    pub(crate) fn runs_beyond<const BACK: bool>(&self, node: u32) -> bool {
        self.sides[usize::from(BACK)].beyond[node as usize]
    }

    /// All links, in the order of the runs.
    pub(crate) fn links<const BACK: bool>(&self) -> &[Link] {
        &self.sides[usize::from(BACK)].links
    }

    /// The numbers of the links of some runs that follow each other.
    pub(crate) fn links_of<const BACK: bool>(&self, runs: Range<usize>) -> Range<usize> {
        let offset = &self.sides[usize::from(BACK)].link_offset;
        offset[runs.start] as usize..offset[runs.end] as usize
    }

    /// The runs of a pattern; `None` where the window is empty.
    pub(crate) fn pattern(&self, pattern: PatternId) -> Option<PatternWindow<'_>> {
        let index = pattern.index();
        let &[from, until] = self.run_offset.get(index..index + 2)? else { return None };
        let times = self.time_offset[index] as usize..self.time_offset[index + 1] as usize;
        Some(PatternWindow {
            runs: &self.run[from as usize..until as usize],
            rows: &self.row[times.clone()],
            columns: &self.column[times.clone()],
            calls: times.len().checked_div((until - from) as usize).unwrap_or(0),
            arrivals: &self.arrival[times],
            first_run: from as usize,
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
