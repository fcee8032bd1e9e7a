//! Staying seated while one run becomes another.
//!
//! The earliest run of a pattern answers for the pattern's own calls, but not for what lies behind its links: a later run may
//! continue elsewhere. So the links of every later run are followed too, each once in a query and never beyond the bound.

use super::labels::{Carried, Exit, NO_CHAIN};
use super::search::{Scan, Workspace};
use crate::journey::Run;
use crate::mirror::{Mirror, RunKey};
use tumen_base::{PatternId, Time};

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
    /// Follows the links of `from` and of every later run of the pattern, all boarded at the same call.
    pub(super) fn follow<'a, const BACK: bool>(
        &mut self,
        mirror: Mirror<'_, 'a, BACK>,
        scan: &Scan<'a>,
        from: RunKey,
        entered: u32,
    ) {
        let index = scan.pattern.index();
        let until = self.rounds[1..=scan.number].iter().map(|round| round.followed[index]).min();
        let until = until.unwrap_or(RunKey::MAX);
        if from >= until {
            return;
        }
        let round = &mut self.rounds[scan.number];
        round.followed[index] = from;
        round.touched_patterns.push(scan.pattern.0);
        self.follow_range(mirror, scan, from..until, entered, None);
    }

    /// Follows the links of one run.
    pub(super) fn follow_one<'a, const BACK: bool>(
        &mut self,
        mirror: Mirror<'_, 'a, BACK>,
        scan: &Scan<'a>,
        run: RunKey,
        entered: u32,
    ) {
        self.follow_range(mirror, scan, run..run + 1, entered, None);
    }

    /// Backwards only: the traveller steps off at the very first call of a run, having been carried into it.
    ///
    /// That call is reached no earlier than the run before ended, so the run before bounds which links count.
    pub(super) fn follow_from_first_call<'a, const BACK: bool>(
        &mut self,
        mirror: Mirror<'_, 'a, BACK>,
        scan: &Scan<'a>,
        runs: std::ops::Range<RunKey>,
        time: Time,
    ) {
        let entered = scan.view.calls as u32 - 1;
        self.follow_range(mirror, scan, runs, entered, Some(time));
    }

    fn follow_range<'a, const BACK: bool>(
        &mut self,
        mirror: Mirror<'_, 'a, BACK>,
        scan: &Scan<'a>,
        runs: std::ops::Range<RunKey>,
        entered: u32,
        not_before: Option<Time>,
    ) {
        let last = Mirror::<BACK>::call(scan.view.calls, scan.view.calls - 1);
        let mut run = runs.start;
        while run < runs.end {
            let end = Mirror::<BACK>::exit_time(&Mirror::<BACK>::times(&scan.view, run), last);
            if end >= self.bound(scan.number) {
                break;
            }
            let carried = Carried { pattern: scan.pattern.0, run, entered, chain: NO_CHAIN };
            self.continue_from(mirror, carried, end, not_before);
            self.enter_pending(mirror, scan.number);
            let forbidden = &self.forbidden;
            match mirror.following(&scan.view, run, |run| !forbidden.run(run)) {
                Some(next) => run = next,
                None => break,
            }
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
                let times = Mirror::<BACK>::times(&view, Mirror::<BACK>::key(run));
                if Mirror::<BACK>::entry_time(&times, first) < bound {
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
            let exit = Exit { pattern: pattern.0, run: key, entered: 0, left: 0, chain };
            let times = Mirror::<BACK>::times(&view, key);
            // Forwards the first call is an exit too, and depends on the run before, so it counts even where the run was
            // entered already. (Backwards it is the last call, at which nobody boards.)
            let first = Mirror::<BACK>::exit_time(&times, 0).max(not_before);
            let node = exits[view.first_call];
            if !BACK && node != u32::MAX && first < self.bound(number) {
                self.improve_exit(mirror, number, node, first, exit);
            }
            if self.entered.get(&key).is_some_and(|&round| usize::from(round) <= number) {
                continue;
            }
            self.entered.insert(key, number as u8);
            if self.rounds[1..=number].iter().all(|round| key < round.carried[index]) {
                let round = &mut self.rounds[number];
                round.carried[index] = key;
                round.touched_patterns.push(pattern.0);
                for position in 1..view.calls {
                    let call = Mirror::<BACK>::call(view.calls, position);
                    let time = Mirror::<BACK>::exit_time(&times, call);
                    if time >= self.bound(number) {
                        break;
                    }
                    let node = exits[view.first_call + call];
                    if node != u32::MAX {
                        self.improve_exit(mirror, number, node, time, Exit { left: position as u32, ..exit });
                    }
                }
            }
            let last = Mirror::<BACK>::call(view.calls, view.calls - 1);
            let end = Mirror::<BACK>::exit_time(&times, last);
            if end < self.bound(number) {
                self.continue_from(mirror, Carried { pattern: pattern.0, run: key, entered: 0, chain }, end, None);
            }
        }
    }
}
