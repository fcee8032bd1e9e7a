//! One search for both directions: a backward search is a forward one over a mirrored network.
//!
//! In the mirror times are negated, calls are numbered from the end, boarding and alighting change places, and links and
//! changes are followed from their far end. `BACK` chooses at compile time; `false` leaves everything as it is.

use crate::calendar::PatternView;
use crate::journey::Run;
use crate::network::{Edges, Network};
use crate::timeline::RunTimes;
use tumen_base::{PatternId, Time, TripId};
use tumen_timetable::entries;

/// A run as an integer that grows with (mirrored) time among the runs of one pattern.
pub(crate) type RunKey = i64;

/// A network seen forwards or backwards.
#[derive(Clone, Copy)]
pub(crate) struct Mirror<'n, 'a, const BACK: bool> {
    pub(crate) network: &'n Network<'a>,
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

    /// The first run that can be entered at a call at or after a (mirrored) time, with its times.
    pub(crate) fn first_run(
        self,
        pattern: PatternId,
        view: &PatternView<'a>,
        call: usize,
        time: Time,
        allowed: impl Fn(Run) -> bool,
    ) -> Option<(RunKey, RunTimes<'n>)> {
        let found = if BACK {
            self.network.last_reaching(pattern, view, call, Self::time(time), allowed)
        } else {
            self.network.first_leaving(pattern, view, call, time, allowed)
        };
        found.map(|(run, times)| (Self::key(run), times))
    }

    /// The next run after one, in the mirror.
    pub(crate) fn following(
        self,
        view: &PatternView<'a>,
        run: RunKey,
        allowed: impl Fn(Run) -> bool,
    ) -> Option<RunKey> {
        let calendar = &self.network.calendar;
        let run = Self::run(run);
        let next = if BACK { calendar.preceding(view, run, allowed) } else { calendar.following(view, run, allowed) };
        next.map(Self::key)
    }

    /// When a run can be entered at a call, in the mirror.
    pub(crate) fn entry_time(times: &RunTimes<'_>, call: usize) -> Time {
        Self::time(if BACK { times.arrival(call) } else { times.departure(call) })
    }

    /// When a run is left at a call, in the mirror.
    pub(crate) fn exit_time(times: &RunTimes<'_>, call: usize) -> Time {
        Self::time(if BACK { times.departure(call) } else { times.arrival(call) })
    }

    /// The times of a run of a pattern.
    pub(crate) fn times(view: &PatternView<'a>, run: RunKey) -> RunTimes<'a> {
        RunTimes::Columns(*view, Self::run(run))
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
