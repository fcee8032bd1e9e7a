//! Riding the runs of one pattern where a window holds them all: by far the most of what searches do.
//!
//! Runs are numbered, their times lie next to each other, and for every hop of a pattern it is remembered which run was ridden
//! across it first: whoever boards that run there, or a later one, comes too late for all the calls behind.

use super::guarantees::NO_WAIT;
use super::labels::{Best, Carried, Exit, NEVER, NO_CHAIN};
use super::search::Workspace;
use crate::access::Start;
use crate::mirror::{Mirror, Row, RunKey, Runs};
use crate::window::Window;
use std::ops::Range;
use tumen_base::{PatternId, Time};

/// So many numbers of trips are told apart when rides are remembered; a ride with more is not remembered.
const RIDES_REMEMBERED: usize = 8;

/// What is remembered of the runs of a window.
#[derive(Default)]
pub(super) struct WindowScan {
    /// Earliest run ridden from a call (of the call columns, mirrored within its pattern) to the next.
    ridden: Best<u32>,
    /// Call columns of the patterns that were ridden.
    ridden_calls: Vec<Range<usize>>,
    /// Fewest trips with which a run was entered in-seat.
    seated: Vec<u8>,
    touched_seats: Vec<u32>,
    pending: Vec<CarriedInto>,
}

/// A run that passengers are carried into.
#[derive(Clone, Copy)]
struct CarriedInto {
    pattern: PatternId,
    run: u32,
    /// When the run before ended, in the mirror.
    not_before: Time,
    /// The run before, in the list of carried runs.
    chain: u32,
}

/// Being aboard runs of one pattern.
#[derive(Clone, Copy)]
struct Ride<'n, const BACK: bool> {
    number: usize,
    pattern: PatternId,
    first_call: usize,
    runs: Runs<'n, BACK>,
}

impl WindowScan {
    /// Makes room for a window, for all calls of the network, and for so many numbers of trips.
    pub(super) fn fit(&mut self, window: &Window, calls: usize, width: usize) {
        self.ridden.fit(calls, width.min(RIDES_REMEMBERED));
        if self.seated.len() < window.runs() {
            self.seated.resize(window.runs(), u8::MAX);
        }
    }

    /// Forgets the rides of the last query.
    pub(super) fn forget(&mut self) {
        for calls in self.ridden_calls.drain(..) {
            self.ridden.forget(calls);
        }
        for run in self.touched_seats.drain(..) {
            self.seated[run as usize] = u8::MAX;
        }
    }

    fn remember_pattern(&mut self, calls: Range<usize>) {
        self.ridden_calls.push(calls);
    }

    /// Whether a run was not entered in-seat with so many trips yet.
    fn enter(&mut self, run: usize, number: usize) -> bool {
        let known = &mut self.seated[run];
        let new = usize::from(*known) > number;
        if new {
            if *known == u8::MAX {
                self.touched_seats.push(run as u32);
            }
            *known = number as u8;
        }
        new
    }
}

impl Workspace {
    fn ride_in_window<'n, const BACK: bool>(
        &mut self,
        mirror: Mirror<'n, '_, BACK>,
        number: usize,
        pattern: PatternId,
    ) -> Option<Ride<'n, BACK>> {
        let runs = mirror.runs(pattern)?;
        let first_call = mirror.network.columns.pattern_call_offset[pattern.index()] as usize;
        if self.touched_patterns.insert(pattern.0) {
            self.window.remember_pattern(first_call..first_call + runs.calls());
        }
        Some(Ride { number, pattern, first_call, runs })
    }

    /// Rides the run with which a journey of a profile starts.
    pub(super) fn ride_start<const BACK: bool>(&mut self, mirror: Mirror<'_, '_, BACK>, start: &Start) {
        let Some(ride) = self.ride_in_window(mirror, 1, start.pattern) else { return };
        let Some(run) = ride.runs.find(start.run) else { return };
        let exit = Exit {
            time: NEVER,
            pattern: start.pattern.0,
            run: ride.runs.key(run),
            entered: start.call,
            left: 0,
            chain: NO_CHAIN,
            wait: NO_WAIT,
        };
        self.ride_on(mirror, &ride, run, exit);
        if ride.runs.linked() {
            self.follow_runs(mirror, &ride, run..run + 1, start.call, None);
        }
    }

    /// Scans a pattern from a call on.
    pub(super) fn scan_window<const BACK: bool>(
        &mut self,
        mirror: Mirror<'_, '_, BACK>,
        number: usize,
        pattern: PatternId,
        from: usize,
    ) {
        let Some(ride) = self.ride_in_window(mirror, number, pattern) else { return };
        let Ride { first_call, runs, .. } = ride;
        let calls = runs.calls();
        let columns = first_call..first_call + calls;
        let (exits, entries) = (&mirror.call_exits()[columns.clone()], &mirror.call_entries()[columns]);
        let linked = runs.linked();
        let followed = if linked { self.followed.get(pattern.index(), number - 1) } else { 0 };
        // The earliest run so far, and whether it is still of use.
        let none = runs.count() as u32;
        let (mut run, mut riding) = (none, false);
        let mut row = None;
        let mut exit =
            Exit { time: NEVER, pattern: pattern.0, run: 0, entered: 0, left: 0, chain: NO_CHAIN, wait: NO_WAIT };
        for position in from..calls {
            let call = Mirror::<BACK>::call(calls, position);
            if let Some(row) = row.as_ref().filter(|_| riding && exits[call] != u32::MAX) {
                let row: &Row<'_, BACK> = row;
                exit.time = row.exit_time(position);
                exit.left = position as u32;
                riding = self.alight(mirror, number, exits[call], exit);
            }
            let last = position + 1 == calls;
            let node = entries[call];
            if node != u32::MAX && self.rounds[number - 1].improved_entries.contains(node) && (!last || BACK && linked)
            {
                let time = self.entries.get(node as usize, number - 1);
                let known = if last { none } else { self.window.ridden.get(first_call + position, number - 1) };
                let known = if linked { known.max(followed.min(RunKey::from(none)) as u32) } else { known };
                let below = known.min(run);
                match runs.first_entering(position, time, below) {
                    Some(found) if last => self.follow_runs(mirror, &ride, found..run, position as u32, Some(time)),
                    Some(found) => {
                        let found_row = runs.row(found);
                        if found_row.entry_time(position) < self.limit {
                            (run, riding, row) = (found, true, Some(found_row));
                            exit.run = runs.key(found);
                            exit.entered = position as u32;
                        } else {
                            self.cut |= self.target_time[number] == NEVER;
                        }
                    }
                    None if below == none => {
                        self.cut |= self.target_time[number] == NEVER
                            && mirror.runs_beyond(&mirror.network.calendar.pattern(pattern));
                    }
                    None => {}
                }
            }
            riding = riding && !last && self.window.ridden.improve(first_call + position, number - 1, run);
        }
        if linked && run < none {
            let until = followed.min(RunKey::from(none)) as u32;
            if self.followed.improve(pattern.index(), number - 1, RunKey::from(run)) {
                self.follow_runs(mirror, &ride, run..until, exit.entered, None);
            }
        }
    }

    /// Leaves a run at an exit node; answers whether later calls of the run are of any use.
    fn alight<const BACK: bool>(&mut self, mirror: Mirror<'_, '_, BACK>, number: usize, node: u32, exit: Exit) -> bool {
        if exit.time >= self.bound(number) {
            self.cut |= self.target_time[number] == NEVER;
            return false;
        }
        self.improve_exit(mirror, number, node, exit);
        true
    }

    /// Rides one run from the call `exit.entered` on, as long as no run as early was ridden there.
    fn ride_on<'n, const BACK: bool>(
        &mut self,
        mirror: Mirror<'n, '_, BACK>,
        ride: &Ride<'n, BACK>,
        run: u32,
        exit: Exit,
    ) {
        let row = ride.runs.row(run);
        let calls = ride.runs.calls();
        let exits = &mirror.call_exits()[ride.first_call..ride.first_call + calls];
        for position in exit.entered as usize + 1..calls {
            if !self.window.ridden.improve(ride.first_call + position - 1, ride.number - 1, run) {
                break;
            }
            let node = exits[Mirror::<BACK>::call(calls, position)];
            if node != u32::MAX {
                let exit = Exit { time: row.exit_time(position), left: position as u32, ..exit };
                if !self.alight(mirror, ride.number, node, exit) {
                    break;
                }
            }
        }
    }

    /// Follows the links of some runs, all boarded at the same call.
    ///
    /// Backwards the traveller may step off at the very first call of a run, having been carried into it: no earlier than the run
    /// before ended, so that one has to come `not_before` a time.
    fn follow_runs<'n, const BACK: bool>(
        &mut self,
        mirror: Mirror<'n, '_, BACK>,
        ride: &Ride<'n, BACK>,
        followed: Range<u32>,
        entered: u32,
        not_before: Option<Time>,
    ) {
        let last = ride.runs.calls() - 1;
        let stop = mirror.network.columns.call_stop[ride.first_call + Mirror::<BACK>::call(last + 1, last)];
        for run in followed {
            let links = ride.runs.links(run);
            if links.is_empty() {
                continue;
            }
            let end = ride.runs.row(run).exit_time(last);
            if self.is_too_late(ride.number, stop, end) {
                break;
            }
            let carried =
                Carried { pattern: ride.pattern.0, run: ride.runs.key(run), entered, chain: NO_CHAIN, wait: NO_WAIT };
            self.continue_in_window(mirror, links, carried, end, not_before);
            self.enter_pending_in_window(mirror, ride.number);
        }
    }

    /// Queues the runs in which a run continues.
    fn continue_in_window<const BACK: bool>(
        &mut self,
        mirror: Mirror<'_, '_, BACK>,
        links: &[(u32, u32)],
        carried: Carried,
        end: Time,
        not_before: Option<Time>,
    ) {
        let mut chain = None;
        for &(pattern, run) in links {
            let pattern = PatternId(pattern);
            if self.forbidden.pattern(pattern) {
                continue;
            }
            if let Some(bound) = not_before
                && mirror.runs(pattern).is_none_or(|runs| runs.row(run).entry_time(0) < bound)
            {
                continue;
            }
            let chain = *chain.get_or_insert_with(|| {
                self.carried.push(carried);
                self.carried.len() as u32 - 1
            });
            self.window.pending.push(CarriedInto { pattern, run, not_before: end, chain });
        }
    }

    /// Carries passengers into every queued run, and on from there.
    fn enter_pending_in_window<const BACK: bool>(&mut self, mirror: Mirror<'_, '_, BACK>, number: usize) {
        while let Some(CarriedInto { pattern, run, not_before, chain }) = self.window.pending.pop() {
            let Some(ride) = self.ride_in_window(mirror, number, pattern) else { continue };
            let (runs, key) = (ride.runs, ride.runs.key(run));
            let row = runs.row(run);
            // Forwards the first call is an exit too, and depends on the run before, so it counts even where the run was
            // entered already. (Backwards it is the last call, at which nobody boards.)
            let time = row.exit_time(0).max(not_before);
            let exit = Exit { time, pattern: pattern.0, run: key, entered: 0, left: 0, chain, wait: NO_WAIT };
            let node = mirror.call_exits()[ride.first_call];
            if !BACK && node != u32::MAX && time < self.bound(number) {
                self.improve_exit(mirror, number, node, exit);
            }
            if !self.window.enter(runs.index(run), number) {
                continue;
            }
            self.ride_on(mirror, &ride, run, exit);
            let links = runs.links(run);
            let end = row.exit_time(runs.calls() - 1);
            if !links.is_empty() && end < self.bound(number) {
                let carried = Carried { pattern: pattern.0, run: key, entered: 0, chain, wait: NO_WAIT };
                self.continue_in_window(mirror, links, carried, end, None);
            }
        }
    }
}
