//! Changes that one trip guarantees to another, where everybody else needs a change time.
//!
//! Such a change belongs to a run, as an in-seat link does: the earliest run of a pattern does not answer for it. So wherever
//! a pattern has trips that somebody waits for, the guarantees of every later run are taken too, each once. The run that waits
//! is ridden on its own in the next round.

use super::in_seat::Seated;
use super::labels::{Exit, NO_CHAIN};
use super::scan::{Aboard, Scan};
use super::search::Workspace;
use crate::journey::Run;
use crate::mirror::{Entered, Mirror, RunKey};
use tumen_base::{PatternId, Time, TripId};

/// A run that waits for whoever leaves another one.
#[derive(Clone, Copy)]
pub(crate) struct Wait {
    /// How the passenger comes.
    pub(crate) exit: Exit,
    pattern: PatternId,
    run: Run,
    /// Mirrored call at which it is entered.
    call: u32,
    /// When the passenger is there, in the mirror.
    from: Time,
}

/// Nobody waited: the run was boarded at a board node.
pub(crate) const NO_WAIT: u32 = u32::MAX;

impl Workspace {
    /// Takes the guarantees of a run and of every later one before `until`, all boarded at the same call.
    pub(super) fn take_guarantees<'n, 'a, const BACK: bool>(
        &mut self,
        mirror: Mirror<'n, 'a, BACK>,
        scan: &Scan<'a>,
        aboard: &Aboard<'n, BACK>,
        until: RunKey,
    ) {
        let mut next = Some(aboard.run);
        while let Some(run) = next.filter(|next| next.run < until) {
            let position = aboard.entered + 1;
            let first = Mirror::<BACK>::call(scan.view.calls, position as usize);
            if run.exit_time(first) >= self.bound(scan.number) {
                break;
            }
            let Aboard { entered, wait, .. } = *aboard;
            let (pattern, time) = (scan.pattern.0, run.exit_time(first));
            let exit = Exit { time, pattern, run: run.run, entered, left: position, chain: NO_CHAIN, wait };
            self.take_guarantees_of(mirror, scan.number, &run, exit, None);
            next = mirror.following(scan.pattern, &scan.view, &run);
        }
    }

    /// Takes the guarantees of one run from the mirrored call `exit.left` on, where the passenger is at `first` if that is given.
    pub(super) fn take_guarantees_of<'n, const BACK: bool>(
        &mut self,
        mirror: Mirror<'n, '_, BACK>,
        number: usize,
        run: &Entered<'n, BACK>,
        exit: Exit,
        first: Option<Time>,
    ) {
        let network = mirror.network;
        let trip = Mirror::<BACK>::run(run.run).trip;
        if self.forbidden.run(Mirror::<BACK>::run(run.run)) || !network.has_guarantees::<BACK>(trip) {
            return;
        }
        let view = network.calendar.pattern(PatternId(exit.pattern));
        for position in exit.left..view.calls as u32 {
            let call = Mirror::<BACK>::call(view.calls, position as usize);
            let column = view.first_call + call;
            let stop = network.columns.call_stop[column];
            let time = first.filter(|_| position == exit.left).unwrap_or_else(|| run.exit_time(call));
            if mirror.call_exits()[column] == u32::MAX || self.forbidden.stop(stop) {
                continue;
            }
            if self.is_too_late(number, stop, time) {
                continue;
            }
            let known = self.taken.entry((run.run, position)).or_insert(u8::MAX);
            if usize::from(*known) <= number {
                continue;
            }
            *known = number as u8;
            for waiting in network.guaranteed::<BACK>(trip, stop) {
                self.wait(mirror, waiting, (stop, time), Exit { time, left: position, ..exit });
            }
        }
    }

    /// Lets every run of a trip wait that leaves so soon that others could not change to it.
    fn wait<const BACK: bool>(
        &mut self,
        mirror: Mirror<'_, '_, BACK>,
        trip: TripId,
        (stop, time): (u32, Time),
        exit: Exit,
    ) {
        let network = mirror.network;
        let pattern = PatternId(network.columns.trip_pattern[trip.index()]);
        if self.forbidden.pattern(pattern) {
            return;
        }
        let view = network.calendar.pattern(pattern);
        let others = network.settings.change_time.max(self.least_change_time);
        let from = time.saturating_add(self.least_change_time).saturating_add(self.extra_change_time);
        let until = time.saturating_add(others).saturating_add(self.extra_change_time);
        for position in 0..view.calls {
            let call = Mirror::<BACK>::call(view.calls, position);
            let column = view.first_call + call;
            let last = position + 1 == view.calls;
            if network.columns.call_stop[column] != stop || mirror.call_entries()[column] == u32::MAX || (last && !BACK)
            {
                continue;
            }
            let only = |run: Run| run.trip == trip;
            let mut next = mirror.first_run(pattern, &view, call, from, only);
            while let Some(run) = next {
                // Who steps off at a first call, backwards, was carried in: what counts is when the run leaves it.
                let leaves = if last { run.exit_time(call) } else { run.entry_time(call) };
                if leaves >= until {
                    break;
                }
                let run_there = Mirror::<BACK>::run(run.run);
                if only(run_there) && !self.forbidden.run(run_there) {
                    self.waits.push(Wait { exit, pattern, run: run_there, call: position as u32, from });
                }
                next = mirror.following(pattern, &view, &run);
            }
        }
    }

    /// Rides what the round before let wait.
    pub(super) fn ride_waiting<const BACK: bool>(
        &mut self,
        mirror: Mirror<'_, '_, BACK>,
        number: usize,
        waits: std::ops::Range<usize>,
    ) -> bool {
        let mut cut = false;
        for index in waits {
            let Wait { pattern, run, call, from, .. } = self.waits[index];
            let view = mirror.network.calendar.pattern(pattern);
            let scan = Scan { number, pattern, view, limit: self.limit };
            let seated = Seated { run, entered: call, wait: index as u32 };
            if BACK && call as usize + 1 == view.calls {
                let run = mirror.locate(pattern, &view, run);
                let aboard = Aboard { run, entered: call, wait: index as u32 };
                self.follow_from_first_call(mirror, &scan, &aboard, run.run + 1, from);
            } else {
                cut |= self.ride(mirror, &scan, seated);
            }
        }
        cut
    }
}
