//! Staying seated while one run becomes another.
//!
//! The earliest run of a pattern answers for the pattern's own calls, but not for what lies behind its links: a later run may
//! continue elsewhere. So the links of every later run are followed too, each once in a query and never beyond the bound.

use super::guarantees::NO_WAIT;
use super::labels::{Carried, Exit, NO_CHAIN};
use super::scan::{Aboard, Scan};
use super::search::Workspace;
use crate::journey::Run;
use crate::mirror::{Mirror, RunKey};
use tumen_base::{PatternId, Time};

/// A run that a passenger is to board, and where.
#[derive(Clone, Copy)]
pub(super) struct Seated {
    pub(super) run: Run,
    /// Mirrored call at which it is boarded.
    pub(super) entered: u32,
    /// The guarantee by which it is boarded, or none.
    pub(super) wait: u32,
}

/// A run that passengers are carried into.
#[derive(Clone, Copy)]
pub(super) struct Continuation {
    run: Run,
    /// When the run before ended, in the mirror.
    not_before: Time,
    /// The run before, in the list of carried runs.
    chain: u32,
}

impl Workspace {
    /// Follows the links of a run and of every later run of the pattern, all boarded at the same call.
    pub(super) fn follow<'n, 'a, const BACK: bool>(
        &mut self,
        mirror: Mirror<'n, 'a, BACK>,
        scan: &Scan<'a>,
        aboard: &Aboard<'n, BACK>,
    ) {
        let index = scan.pattern.index();
        let until = self.followed.get(index, scan.number - 1);
        if !self.followed.improve(index, scan.number - 1, aboard.run.run) {
            return;
        }
        self.touched_patterns.insert(scan.pattern.0);
        self.follow_until(mirror, scan, aboard, until, None);
    }

    /// Follows the links of one run.
    pub(super) fn follow_one<'n, 'a, const BACK: bool>(
        &mut self,
        mirror: Mirror<'n, 'a, BACK>,
        scan: &Scan<'a>,
        aboard: &Aboard<'n, BACK>,
    ) {
        self.follow_until(mirror, scan, aboard, aboard.run.run + 1, None);
    }

    /// Backwards only: the traveller steps off at the very first call of a run, having been carried into it.
    ///
    /// That call is reached no earlier than the run before ended, so the run before bounds which links count.
    pub(super) fn follow_from_first_call<'n, 'a, const BACK: bool>(
        &mut self,
        mirror: Mirror<'n, 'a, BACK>,
        scan: &Scan<'a>,
        aboard: &Aboard<'n, BACK>,
        until: RunKey,
        time: Time,
    ) {
        self.follow_until(mirror, scan, aboard, until, Some(time));
    }

    fn follow_until<'n, 'a, const BACK: bool>(
        &mut self,
        mirror: Mirror<'n, 'a, BACK>,
        scan: &Scan<'a>,
        aboard: &Aboard<'n, BACK>,
        until: RunKey,
        not_before: Option<Time>,
    ) {
        let last = Mirror::<BACK>::call(scan.view.calls, scan.view.calls - 1);
        let stop = mirror.network.columns.call_stop[scan.view.first_call + last];
        let mut next = Some(aboard.run);
        while let Some(run) = next.filter(|next| next.run < until) {
            let end = run.exit_time(last);
            if self.is_too_late(scan.number, stop, end) {
                break;
            }
            if !self.forbidden.run(Mirror::<BACK>::run(run.run)) {
                let carried = Carried {
                    pattern: scan.pattern.0,
                    run: run.run,
                    entered: aboard.entered,
                    chain: NO_CHAIN,
                    wait: aboard.wait,
                };
                self.continue_from(mirror, carried, end, not_before);
                self.enter_pending(mirror, scan.number);
            }
            next = mirror.following(scan.pattern, &scan.view, &run);
        }
    }

    /// Queues the runs in which a run continues.
    fn continue_from<const BACK: bool>(
        &mut self,
        mirror: Mirror<'_, '_, BACK>,
        carried: Carried,
        end: Time,
        not_before: Option<Time>,
    ) {
        let mut chain = None;
        for run in mirror.links(carried.run) {
            let pattern = PatternId(mirror.network.columns.trip_pattern[run.trip.index()]);
            if self.forbidden.pattern(pattern) || self.forbidden.run(run) {
                continue;
            }
            if let Some(bound) = not_before {
                let view = mirror.network.calendar.pattern(pattern);
                let first = Mirror::<BACK>::call(view.calls, 0);
                if mirror.locate(pattern, &view, run).entry_time(first) < bound {
                    continue;
                }
            }
            let chain = *chain.get_or_insert_with(|| {
                self.carried.push(carried);
                self.carried.len() as u32 - 1
            });
            self.pending.push(Continuation { run, not_before: end, chain });
        }
    }

    /// Carries passengers into every queued run, and on from there.
    fn enter_pending<const BACK: bool>(&mut self, mirror: Mirror<'_, '_, BACK>, number: usize) {
        let exits = mirror.call_exits();
        while let Some(Continuation { run, not_before, chain }) = self.pending.pop() {
            let key = Mirror::<BACK>::key(run);
            let pattern = PatternId(mirror.network.columns.trip_pattern[run.trip.index()]);
            let view = mirror.network.calendar.pattern(pattern);
            let index = pattern.index();
            let entered = mirror.locate(pattern, &view, run);
            // Forwards the first call is an exit too, and depends on the run before, so it counts even where the run was
            // entered already. (Backwards it is the last call, at which nobody boards.)
            let first = entered.exit_time(0).max(not_before);
            let exit = Exit { time: first, pattern: pattern.0, run: key, entered: 0, left: 0, chain, wait: NO_WAIT };
            let node = exits[view.first_call];
            if !BACK && node != u32::MAX && first < self.bound(number) {
                self.improve_exit(mirror, number, node, exit);
            }
            if mirror.network.guarantees_matter {
                let (left, first) = if BACK { (1, None) } else { (0, Some(first)) };
                self.take_guarantees_of(mirror, number, &entered, Exit { left, ..exit }, first);
            }
            if self.entered.get(&key).is_some_and(|&round| usize::from(round) <= number) {
                continue;
            }
            self.entered.insert(key, number as u8);
            if self.carried_from.improve(index, number - 1, key) {
                self.touched_patterns.insert(pattern.0);
                for position in 1..view.calls {
                    let call = Mirror::<BACK>::call(view.calls, position);
                    let time = entered.exit_time(call);
                    if time >= self.bound(number) {
                        break;
                    }
                    let node = exits[view.first_call + call];
                    if node != u32::MAX {
                        self.improve_exit(mirror, number, node, Exit { time, left: position as u32, ..exit });
                    }
                }
            }
            let last = Mirror::<BACK>::call(view.calls, view.calls - 1);
            let end = entered.exit_time(last);
            if end < self.bound(number) {
                self.continue_from(
                    mirror,
                    Carried { pattern: pattern.0, run: key, entered: 0, chain, wait: NO_WAIT },
                    end,
                    None,
                );
            }
        }
    }
}
