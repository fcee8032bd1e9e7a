//! Riding the runs of one pattern, whatever the query asks and wherever the runs are.

use super::guarantees::NO_WAIT;
use super::in_seat::Seated;
use super::labels::{Exit, NEVER, NO_CHAIN};
use super::search::Workspace;
use crate::calendar::PatternView;
use crate::mirror::{Entered, Mirror, RunKey};
use tumen_base::{PatternId, Time};

/// The scan of one pattern in one round.
pub(super) struct Scan<'a> {
    /// Trips boarded by whoever enters a run in this scan.
    pub(super) number: usize,
    pub(super) pattern: PatternId,
    pub(super) view: PatternView<'a>,
    /// Times from here on are of no use.
    pub(super) limit: Time,
}

/// The run that a scan rides.
#[derive(Clone, Copy)]
pub(super) struct Aboard<'n, const BACK: bool> {
    pub(super) run: Entered<'n, BACK>,
    /// Mirrored call at which it was entered.
    pub(super) entered: u32,
    /// The guarantee by which it was boarded, or none.
    pub(super) wait: u32,
}

impl Workspace {
    /// Rides one run from the call at which it is boarded, and no other.
    pub(super) fn ride<'a, const BACK: bool>(
        &mut self,
        mirror: Mirror<'_, 'a, BACK>,
        scan: &Scan<'a>,
        Seated { run, entered, wait }: Seated,
    ) -> bool {
        let run = mirror.locate(scan.pattern, &scan.view, run);
        let aboard = Aboard { run, entered, wait };
        let cut = self.scan(mirror, scan, Some(aboard), entered as usize + 1);
        if mirror.network.guarantees_matter {
            self.take_guarantees(mirror, scan, &aboard, run.run + 1);
        }
        if mirror.has_links(&scan.view) {
            self.follow_one(mirror, scan, &aboard);
        }
        cut
    }

    /// Scans a pattern from a call on; answers whether something lay beyond the limit.
    pub(super) fn scan<'n, 'a, const BACK: bool>(
        &mut self,
        mirror: Mirror<'n, 'a, BACK>,
        scan: &Scan<'a>,
        mut aboard: Option<Aboard<'n, BACK>>,
        from: usize,
    ) -> bool {
        let Scan { number, pattern, view, limit } = scan;
        let (exits, entries) = (mirror.call_exits(), mirror.call_entries());
        let linked = mirror.has_links(view);
        let seeded = aboard.is_some();
        let guaranteeing = mirror.network.pattern_has_guarantees::<BACK>(*pattern);
        let mut cut = false;
        for position in from..view.calls {
            let call = Mirror::<BACK>::call(view.calls, position);
            let column = view.first_call + call;
            if let Some(aboard) = &aboard
                && exits[column] != u32::MAX
            {
                let time = aboard.run.exit_time(call);
                if time >= *limit {
                    cut |= self.target_time[*number] == NEVER;
                } else {
                    let left = position as u32;
                    let Aboard { run, entered, wait } = *aboard;
                    let exit = Exit { time, pattern: pattern.0, run: run.run, entered, left, chain: NO_CHAIN, wait };
                    self.improve_exit(mirror, *number, exits[column], exit);
                }
            }
            let node = entries[column];
            let last = position + 1 == view.calls;
            if seeded || node == u32::MAX || (last && !(BACK && linked)) {
                continue;
            }
            if !self.rounds[*number - 1].improved_entries.contains(node) {
                continue;
            }
            let time = self.entries.get(node as usize, *number - 1);
            if aboard.as_ref().is_some_and(|aboard| time > aboard.run.entry_time(call)) {
                continue;
            }
            let forbidden = &self.forbidden;
            let allowed = |run| !forbidden.run(run);
            let found = match &aboard {
                Some(aboard) => mirror.first_run_before(*pattern, view, &aboard.run, (call, time), allowed),
                None => mirror.first_run(*pattern, view, call, time, allowed),
            };
            let current = aboard.map_or(RunKey::MAX, |aboard| aboard.run.run);
            let Some(run) = found else {
                // Outside a window that holds all of the search, runs only lie beyond its horizon.
                cut |= aboard.is_none() && self.target_time[*number] == NEVER && mirror.runs_beyond(view);
                continue;
            };
            let boarded = Aboard { run, entered: position as u32, wait: NO_WAIT };
            if last {
                self.follow_from_first_call(mirror, scan, &boarded, current, time);
            } else if run.entry_time(call) < *limit {
                if let Some(before) = aboard.filter(|_| guaranteeing) {
                    self.take_guarantees(mirror, scan, &before, RunKey::MAX);
                }
                aboard = Some(boarded);
            } else {
                cut |= self.target_time[*number] == NEVER;
            }
        }
        if let Some(aboard) = aboard.filter(|_| !seeded) {
            if guaranteeing {
                self.take_guarantees(mirror, scan, &aboard, RunKey::MAX);
            }
            if linked {
                self.follow(mirror, scan, &aboard);
            }
        }
        cut
    }
}
