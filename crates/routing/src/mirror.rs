//! One search for both directions: a backward search is a forward one over a mirrored network.
//!
//! In the mirror times are negated, calls are numbered from the end, boarding and alighting change places, and links and
//! changes are followed from their far end. `BACK` chooses at compile time; `false` leaves everything as it is.

use crate::calendar::PatternView;
use crate::journey::Run;
use crate::network::{Edges, Network};
use crate::timeline::{Around, Located, Timeline};
use crate::window::{PatternWindow, Row, Window};
use std::ops::Range;
use tumen_base::{PatternId, Time, TripId};
use tumen_timetable::entries;

/// A run as an integer that grows with (mirrored) time among the runs of one pattern.
pub(crate) type RunKey = i64;

/// A network seen forwards or backwards.
#[derive(Clone, Copy)]
pub(crate) struct Mirror<'n, 'a, const BACK: bool> {
    pub(crate) network: &'n Network<'a>,
    /// The runs of the days that the search is about.
    pub(crate) around: &'n Around,
}

/// A run of a pattern in the mirror, and its times.
#[derive(Clone, Copy)]
pub(crate) struct Entered<'n, const BACK: bool> {
    pub(crate) run: RunKey,
    located: Located<'n>,
}

impl<const BACK: bool> Entered<'_, BACK> {
    /// When the run can be entered at a call, in the mirror.
    pub(crate) fn entry_time(&self, call: usize) -> Time {
        let times = &self.located.times;
        if BACK { times.arrival(call).wrapping_neg() } else { times.departure(call) }
    }

    /// When the run is left at a call, in the mirror.
    pub(crate) fn exit_time(&self, call: usize) -> Time {
        let times = &self.located.times;
        if BACK { times.departure(call).wrapping_neg() } else { times.arrival(call) }
    }
}

/// The runs of one pattern in a window, numbered in the order of the mirror; so are their calls.
#[derive(Clone, Copy)]
pub(crate) struct Runs<'w, const BACK: bool> {
    all: &'w Window,
    window: PatternWindow<'w>,
}

impl<'w, const BACK: bool> Runs<'w, BACK> {
    /// The runs of a pattern.
    pub(crate) fn of(all: &'w Window, pattern: PatternId) -> Option<Self> {
        Some(Self { all, window: all.pattern(pattern)? })
    }

    /// All of them as they really are, from the first to the last.
    pub(crate) fn in_order(&self) -> &'w [Run] {
        self.window.runs
    }

    /// How many there are.
    pub(crate) fn count(&self) -> usize {
        self.window.runs.len()
    }

    /// How many calls each has.
    pub(crate) fn calls(&self) -> usize {
        self.window.calls()
    }

    fn position(&self, run: u32) -> usize {
        Mirror::<BACK>::call(self.count(), run as usize)
    }

    /// The number of a run, if it is there.
    pub(crate) fn find(&self, run: Run) -> Option<u32> {
        let position = self.window.runs.binary_search(&run).ok()?;
        Some(Mirror::<BACK>::call(self.count(), position) as u32)
    }

    /// The numbers of the links of a run.
    pub(crate) fn links(&self, run: u32) -> Range<usize> {
        let run = self.window.first_run + self.position(run);
        self.all.links_of::<BACK>(run..run + 1)
    }

    /// The numbers of the links of all of them.
    pub(crate) fn all_links(&self) -> Range<usize> {
        self.all.links_of::<BACK>(self.window.first_run..self.window.first_run + self.count())
    }

    /// The times of a run.
    pub(crate) fn row(&self, run: u32) -> MirroredRow<'w, BACK> {
        MirroredRow { row: self.window.row(self.position(run)) }
    }

    /// The key of a run.
    pub(crate) fn key(&self, run: u32) -> RunKey {
        Mirror::<BACK>::key(self.window.runs[self.position(run)])
    }

    /// The first run below a number that can be entered at a call at or after a time.
    pub(crate) fn first_entering(&self, call: usize, time: Time, below: u32) -> Option<u32> {
        let count = self.count();
        let call = Mirror::<BACK>::call(self.calls(), call);
        let first = if BACK {
            count - self.window.reaching(call, time.wrapping_neg())
        } else {
            self.window.first_leaving(call, time, count.min(below as usize))
        };
        (first < count.min(below as usize)).then_some(first as u32)
    }
}

/// The times of one run, its calls numbered in the order of the mirror.
#[derive(Clone, Copy)]
pub(crate) struct MirroredRow<'w, const BACK: bool> {
    row: Row<'w>,
}

impl<const BACK: bool> MirroredRow<'_, BACK> {
    /// When the run can be entered at a call, in the mirror.
    pub(crate) fn entry_time(&self, call: usize) -> Time {
        let call = Mirror::<BACK>::call(self.row.calls(), call);
        if BACK { self.row.arrival(call).wrapping_neg() } else { self.row.departure(call) }
    }

    /// When the run is left at a call, in the mirror.
    pub(crate) fn exit_time(&self, call: usize) -> Time {
        let call = Mirror::<BACK>::call(self.row.calls(), call);
        if BACK { self.row.departure(call).wrapping_neg() } else { self.row.arrival(call) }
    }
}

impl<'n, 'a, const BACK: bool> Mirror<'n, 'a, BACK> {
    /// A time in the mirror, and back.
    pub(crate) fn time(time: Time) -> Time {
        if BACK { time.wrapping_neg() } else { time }
    }

    /// A call in the mirror, and back.
    pub(crate) fn call(calls: usize, call: usize) -> usize {
        if BACK { calls - 1 - call } else { call }
    }

    /// A call of a pattern in the mirror.
    pub(crate) fn queue_position(self, pattern: PatternId, call: usize) -> u32 {
        if BACK {
            let calls = &self.network.columns.pattern_call_offset[pattern.index()..pattern.index() + 2];
            calls[1] - calls[0] - 1 - call as u32
        } else {
            call as u32
        }
    }

    /// The order of runs in the mirror.
    pub(crate) fn key(run: Run) -> RunKey {
        let key = i64::from(run.day) << 32 | i64::from(run.trip.0);
        if BACK { -key } else { key }
    }

    /// The run of a key.
    pub(crate) fn run(key: RunKey) -> Run {
        let key = if BACK { -key } else { key };
        Run { day: (key >> 32) as i32, trip: TripId((key & 0xffff_ffff) as u32) }
    }

    /// Nodes at which runs are left, in the mirror.
    pub(crate) fn exit_nodes(self) -> usize {
        let columns = &self.network.columns;
        if BACK { columns.board_stop.len() } else { columns.alight_stop.len() }
    }

    /// Nodes at which runs are entered, in the mirror.
    pub(crate) fn entry_nodes(self) -> usize {
        let columns = &self.network.columns;
        if BACK { columns.alight_stop.len() } else { columns.board_stop.len() }
    }

    /// Stop of every exit node.
    pub(crate) fn exit_stops(self) -> &'a [u32] {
        if BACK { self.network.columns.board_stop } else { self.network.columns.alight_stop }
    }

    /// Stop of every entry node.
    pub(crate) fn entry_stops(self) -> &'a [u32] {
        if BACK { self.network.columns.alight_stop } else { self.network.columns.board_stop }
    }

    /// Exit node of every call, by position in the call columns.
    pub(crate) fn call_exits(self) -> &'a [u32] {
        if BACK { self.network.columns.call_board } else { self.network.columns.call_alight }
    }

    /// Entry node of every call, by position in the call columns.
    pub(crate) fn call_entries(self) -> &'a [u32] {
        if BACK { self.network.columns.call_alight } else { self.network.columns.call_board }
    }

    /// Pattern and (unmirrored) position of every call at which an entry node is entered.
    pub(crate) fn calls_at(self, entry: u32) -> impl Iterator<Item = (PatternId, usize)> + use<'a, BACK> {
        let columns = &self.network.columns;
        let (offset, pattern, position) = if BACK {
            (columns.alight_call_offset, columns.alight_call_pattern, columns.alight_call_position)
        } else {
            (columns.board_call_offset, columns.board_call_pattern, columns.board_call_position)
        };
        let calls = entries(offset, entry as usize);
        pattern[calls.clone()]
            .iter()
            .zip(&position[calls])
            .map(|(&pattern, &position)| (PatternId(pattern), position as usize))
    }

    /// Changes from exit to entry nodes.
    pub(crate) fn changes(self) -> &'n Edges {
        if BACK { &self.network.changes_back } else { &self.network.changes }
    }

    /// Walks at the start of the (mirrored) journey.
    pub(crate) fn walks(self) -> &'n Edges {
        if BACK { &self.network.walks_back } else { &self.network.walks }
    }

    /// Walks at the end of the (mirrored) journey, by where they end.
    pub(crate) fn walks_to(self) -> &'n Edges {
        if BACK { &self.network.walks } else { &self.network.walks_back }
    }

    /// The runs of a pattern in a window that holds all of the search.
    pub(crate) fn runs(self, pattern: PatternId) -> Option<Runs<'n, BACK>> {
        Runs::of(&self.around.window, pattern)
    }

    fn timeline(self) -> Timeline<'n, 'a> {
        Timeline { calendar: &self.network.calendar, around: self.around }
    }

    fn entered(located: Located<'n>) -> Entered<'n, BACK> {
        Entered { run: Self::key(located.run), located }
    }

    /// The first run that can be entered at a call at or after a (mirrored) time.
    pub(crate) fn first_run(
        self,
        pattern: PatternId,
        view: &PatternView<'a>,
        call: usize,
        time: Time,
        allowed: impl Fn(Run) -> bool,
    ) -> Option<Entered<'n, BACK>> {
        let at = (call, Self::time(time));
        self.timeline().first::<BACK>(pattern, view, at, allowed).map(Self::entered)
    }

    /// Whether runs of the pattern lie beyond a window that holds all of the search.
    pub(crate) fn runs_beyond(self, view: &PatternView<'a>) -> bool {
        self.around.complete && Self::runs_after(&self.around.window.days, view)
    }

    /// Whether runs of the pattern lie after some days, in the mirror.
    pub(crate) fn runs_after(days: &Range<i32>, view: &PatternView<'_>) -> bool {
        let next = if BACK { view.running.previous_from(days.start - 1) } else { view.running.next_from(days.end) };
        next.is_some()
    }

    /// The first run before a known one that can be entered at a call at or after a (mirrored) time.
    pub(crate) fn first_run_before(
        self,
        pattern: PatternId,
        view: &PatternView<'a>,
        known: &Entered<'n, BACK>,
        (call, time): (usize, Time),
        allowed: impl Fn(Run) -> bool,
    ) -> Option<Entered<'n, BACK>> {
        let (timeline, known, time) = (self.timeline(), &known.located, Self::time(time));
        let found = if BACK {
            timeline.last_while::<false>(pattern, view, known, |run| run.arrival(call) <= time, allowed)
        } else {
            timeline.last_while::<true>(pattern, view, known, |run| run.departure(call) >= time, allowed)
        };
        found.map(Self::entered)
    }

    /// The next run after one.
    pub(crate) fn following(
        self,
        pattern: PatternId,
        view: &PatternView<'a>,
        entered: &Entered<'n, BACK>,
    ) -> Option<Entered<'n, BACK>> {
        self.timeline().beside::<BACK>(pattern, view, &entered.located).map(Self::entered)
    }

    /// A run of a pattern.
    pub(crate) fn locate(self, pattern: PatternId, view: &PatternView<'a>, run: Run) -> Entered<'n, BACK> {
        Self::entered(self.timeline().locate(pattern, view, run))
    }

    /// Whether any trip of the pattern has links onward, in the mirror.
    pub(crate) fn has_links(self, view: &PatternView<'a>) -> bool {
        let offset = self.link_offset();
        let first = view.first_trip as usize;
        match (offset.get(first), offset.get(first + view.trips)) {
            (Some(from), Some(until)) => from < until,
            _ => false,
        }
    }

    /// The runs in which a run continues, in the mirror.
    pub(crate) fn links(self, run: RunKey) -> impl Iterator<Item = Run> + use<'n, 'a, BACK> {
        let network = self.network;
        let columns = &network.columns;
        let run = Self::run(run);
        let (other, shift, days) = if BACK {
            (columns.link_back_from, columns.link_back_shift, columns.link_back_days)
        } else {
            (columns.link_to, columns.link_shift, columns.link_days)
        };
        entries(self.link_offset(), run.trip.index()).filter_map(move |link| {
            let (from_day, to_day) =
                if BACK { (run.day - shift[link], run.day - shift[link]) } else { (run.day, run.day + shift[link]) };
            let next = Run { day: to_day, trip: TripId(other[link]) };
            let holds = network.calendar.day_set(days[link]).contains(from_day)
                && (0..network.calendar.days() as i32).contains(&to_day);
            holds.then_some(next)
        })
    }

    fn link_offset(self) -> &'a [u32] {
        let columns = &self.network.columns;
        if BACK { columns.trip_link_back_offset } else { columns.trip_link_offset }
    }
}
