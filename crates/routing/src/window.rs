//! The runs of a few service days, next to each other: what a search reads instead of the whole calendar.
//!
//! A feed of a year holds every trip of every season, and on one day a small part of them runs. A window is made when a search
//! first asks for its days, and shared by all threads. What lies outside is read from the calendar.

use crate::calendar::PatternView;
use crate::day_cache::DayCache;
use crate::hash::{HashedMap, Multiplying};
use crate::journey::Run;
use crate::mirror::{Mirror, Runs};
use crate::needed::Ways;
use crate::network::Network;
use crate::query::Direction;
use crate::reach::Graph;
use crate::timeline::Around;
use std::hash::Hasher;
use std::ops::Range;
use std::sync::OnceLock;
use tumen_base::{PatternId, SECONDS_PER_DAY, Time};

/// Departure and arrival at a call, seconds from the start of a run.
type CallTimes = [Time; 2];

/// The longest stretch of departures that a window covers if not all of the timetable; searches beyond it are sparse enough for
/// the calendar.
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
    run: Vec<Run>,
    /// When a run starts, and where its shape begins.
    placed: Vec<Placed>,
    /// Times of runs call by call, as seconds from their start: most runs of a pattern share a few.
    shape: Vec<CallTimes>,
    /// Where the spreads of a pattern begin.
    spread_offset: Vec<u32>,
    /// How the shapes of a pattern differ at a call.
    spread: Vec<Spread>,
    /// The quickest ways between stops by its runs.
    pub(crate) graph: Graph,
    /// The ways between its patterns.
    pub(crate) ways: Ways,
    /// What leads on, forwards and backwards.
    sides: [Side; 2],
}

/// A run in time.
#[derive(Clone, Copy)]
struct Placed {
    /// Its first departure.
    start: Time,
    shape: u32,
}

/// The least and the most seconds from the start of a run to a call.
#[derive(Clone, Copy)]
struct Spread {
    departure: [i32; 2],
    arrival: [i32; 2],
}

/// The times of one run.
#[derive(Clone, Copy)]
pub(crate) struct Row<'w> {
    start: Time,
    shape: &'w [CallTimes],
}

impl Row<'_> {
    /// When the run leaves a call.
    pub(crate) fn departure(&self, call: usize) -> Time {
        self.start.wrapping_add(self.shape[call][0])
    }

    /// When the run reaches a call.
    pub(crate) fn arrival(&self, call: usize) -> Time {
        self.start.wrapping_add(self.shape[call][1])
    }

    /// Number of its calls.
    pub(crate) fn calls(&self) -> usize {
        self.shape.len()
    }
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
            !has_runs(pattern) && Mirror::<BACK>::runs_after(&window.days, &network.calendar.pattern(pattern))
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
    placed: &'w [Placed],
    shapes: &'w [CallTimes],
    spreads: &'w [Spread],
    /// The number of the first run among those of all patterns.
    pub(crate) first_run: usize,
}

impl<'w> PatternWindow<'w> {
    /// Number of calls of each run; 0 where there are no runs.
    pub(crate) fn calls(&self) -> usize {
        self.spreads.len()
    }

    /// The times of the run at a position.
    pub(crate) fn row(&self, position: usize) -> Row<'w> {
        let Placed { start, shape } = self.placed[position];
        Row { start, shape: &self.shapes[shape as usize..shape as usize + self.spreads.len()] }
    }

    /// The first of the runs before a position that leaves a call at or after a time; that position if none does.
    pub(crate) fn first_leaving(&self, call: usize, time: Time, before: usize) -> usize {
        let leaves_earlier = |run: &Placed| run.start.wrapping_add(self.shapes[run.shape as usize + call][0]) < time;
        self.spreads.get(call).map_or(0, |at| first_not(&self.placed[..before], time, at.departure, leaves_earlier))
    }

    /// The number of runs that reach a call at or before a time.
    pub(crate) fn reaching(&self, call: usize, time: Time) -> usize {
        let reaches = |run: &Placed| run.start.wrapping_add(self.shapes[run.shape as usize + call][1]) <= time;
        self.spreads.get(call).map_or(0, |at| first_not(self.placed, time, at.arrival, reaches))
    }
}

/// How many runs are at a call by a time, given that they need so many seconds at least and at most from their start.
///
/// Starts lie close together, so they are searched first; few runs lie so near the time that their shape counts.
fn first_not(runs: &[Placed], time: Time, [least, most]: [i32; 2], is_there: impl Fn(&Placed) -> bool) -> usize {
    let from = runs.partition_point(|run| run.start < time.saturating_sub(most));
    let until = from + runs[from..].partition_point(|run| run.start <= time.saturating_sub(least));
    from + runs[from..until].partition_point(is_there)
}

impl Window {
    fn of(network: &Network<'_>, days: Range<i32>) -> Self {
        let calendar = &network.calendar;
        let mut edges = network.between_stops();
        let mut window = Self { days: days.clone(), run_offset: vec![0], spread_offset: vec![0], ..Self::default() };
        let mut shapes = Shapes::default();
        for pattern in 0..calendar.patterns() {
            let view = calendar.pattern(PatternId::from_index(pattern));
            shapes.start_pattern(&view);
            let first_shape = window.shape.len();
            for run in calendar.runs_on(&view, days.clone()) {
                let shape = shapes.find(&view, run, &mut window.shape);
                window.run.push(run);
                window.placed.push(Placed { start: view.departure(run, 0), shape });
            }
            let shapes = &window.shape[first_shape..];
            let stops = &network.columns.call_stop[view.first_call..view.first_call + view.calls];
            for call in if shapes.is_empty() { 0..0 } else { 0..view.calls } {
                let at = |row: &[CallTimes]| row[call];
                let rows = shapes.chunks_exact(view.calls).map(at);
                let none = [i32::MAX, i32::MIN];
                let widen = |[least, most]: [i32; 2], seconds: i32| [least.min(seconds), most.max(seconds)];
                let departure = rows.clone().fold(none, |spread, [departure, _]| widen(spread, departure));
                let arrival = rows.fold(none, |spread, [_, arrival]| widen(spread, arrival));
                window.spread.push(Spread { departure, arrival });
                if call > 0 {
                    let hop = |row: &[CallTimes]| row[call][1].saturating_sub(row[call - 1][0]).max(0);
                    let quickest = shapes.chunks_exact(view.calls).map(hop).min();
                    edges.extend(quickest.map(|seconds| (stops[call - 1], stops[call], seconds)));
                }
            }
            window.run_offset.push(window.run.len() as u32);
            window.spread_offset.push(window.spread.len() as u32);
        }
        window.graph = Graph::of(network.columns.stop_id.len(), edges);
        window.sides = [Side::of::<false>(network, &window), Side::of::<true>(network, &window)];
        window.ways = Ways::of(network, &window);
        window
    }

    fn bytes(&self) -> usize {
        let sides: usize = self.sides.iter().map(Side::bytes).sum();
        let offsets = 4 * (self.run_offset.len() + self.spread_offset.len());
        let runs = size_of::<Run>() + size_of::<Placed>();
        let calls = size_of_val(&*self.shape) + size_of_val(&*self.spread);
        runs * self.run.len() + calls + offsets + sides + self.ways.bytes()
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
        let runs = from as usize..until as usize;
        Some(PatternWindow {
            runs: &self.run[runs.clone()],
            placed: &self.placed[runs],
            shapes: &self.shape,
            spreads: &self.spread[self.spread_offset[index] as usize..self.spread_offset[index + 1] as usize],
            first_run: from as usize,
        })
    }
}

/// The shapes of a pattern, each once.
#[derive(Default)]
struct Shapes {
    /// By what is mixed from its times.
    known: HashedMap<u64, u32>,
    /// By trip; `u32::MAX` where not asked for yet.
    of_trip: Vec<u32>,
    row: Vec<CallTimes>,
}

impl Shapes {
    fn start_pattern(&mut self, view: &PatternView<'_>) {
        self.known.clear();
        self.of_trip.clear();
        self.of_trip.resize(view.trips, u32::MAX);
    }

    /// Where the shape of a run begins; adds it if it is new.
    fn find(&mut self, view: &PatternView<'_>, run: Run, shapes: &mut Vec<CallTimes>) -> u32 {
        let of_trip = &mut self.of_trip[(run.trip.0 - view.first_trip) as usize];
        if *of_trip == u32::MAX {
            let start = view.departure(run, 0);
            let since = |time: Time| time.wrapping_sub(start);
            let calls = 0..view.calls;
            self.row.clear();
            self.row.extend(calls.map(|call| [since(view.departure(run, call)), since(view.arrival(run, call))]));
            let mut mixed = Multiplying::default();
            self.row.iter().flatten().for_each(|&seconds| mixed.write_i32(seconds));
            let next = shapes.len() as u32;
            let known = *self.known.entry(mixed.finish()).or_insert(next);
            // Two shapes may mix to the same: then only the first is shared.
            let is_known = shapes.get(known as usize..known as usize + view.calls).is_some_and(|row| row == self.row);
            if !is_known {
                shapes.extend_from_slice(&self.row);
            }
            *of_trip = if is_known { known } else { next };
        }
        *of_trip
    }
}

/// The most runs of a timetable that are kept in one window for searches of any length.
const MOST_RUNS: usize = 1 << 20;

/// A window of so many runs more is made a search later: about as long as that takes is what searches save.
const RUNS_A_SEARCH: usize = 1 << 14;

/// The windows that searches share.
pub(crate) struct Windows {
    kept: DayCache<Window>,
    /// Number of runs in the whole timetable.
    runs: OnceLock<usize>,
}

impl Windows {
    /// No windows yet.
    pub(crate) fn new() -> Self {
        Self { kept: DayCache::new(MOST_BYTES, Window::bytes), runs: OnceLock::new() }
    }

    /// The window for a search between two times, or for as much of it from its start as a window covers.
    ///
    /// A forward search may meet later days than the window's but no earlier ones; a backward search the other way round.
    pub(crate) fn around(&self, network: &Network<'_>, direction: Direction, times: Range<Time>) -> Around {
        let calendar = &network.calendar;
        let Range { start, end } = times;
        let mut complete = end.saturating_sub(start) <= MOST_SECONDS;
        let mut days = match direction {
            Direction::DepartAt => calendar.days_with_runs_between(start, end.min(start.saturating_add(MOST_SECONDS))),
            Direction::ArriveBy => calendar.days_with_runs_between(start.max(end.saturating_sub(MOST_SECONDS)), end),
        };
        let mut before = 1;
        let runs = *self.runs.get_or_init(|| calendar.runs_in_all());
        if !complete && runs <= MOST_RUNS {
            (days, complete, before) = (0..calendar.days() as i32, true, 1 + runs / RUNS_A_SEARCH);
        }
        let window = self.kept.get(days, before, |days| Some(Window::of(network, days)));
        window.map_or_else(Around::default, |window| Around { window, complete })
    }
}
