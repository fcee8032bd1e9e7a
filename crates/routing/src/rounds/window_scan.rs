//! Riding the runs of one pattern where a window holds them all: by far the most of what searches do.
//!
//! Runs are numbered, their times lie next to each other, and for every hop of a pattern it is remembered which run was ridden
//! across it first: whoever boards that run there, or a later one, comes too late for all the calls behind.

use super::guarantees::NO_WAIT;
use super::labels::{Best, Carried, Exit, NEVER, NO_CHAIN, Value};
use super::search::Workspace;
use crate::access::Start;
use crate::mirror::{Mirror, MirroredRow, RunKey, Runs};
use crate::window::{Link, Window};
use std::ops::Range;
use tumen_base::{PatternId, Time};

/// So many numbers of trips are told apart when rides are remembered; a ride with more is not remembered.
const RIDES_REMEMBERED: usize = 8;

/// What is remembered of the runs of a window.
#[derive(Default)]
pub(super) struct WindowScan {
    /// Earliest run ridden from a call (of the call columns, mirrored within its pattern) to the next.
    ridden: Best<Ridden>,
    /// Call columns of the patterns that were ridden.
    ridden_calls: Vec<Range<usize>>,
    /// Fewest trips with which a link was followed.
    followed: Vec<u8>,
    touched_links: Vec<u32>,
    /// Links that are being followed, with the run before in the list of carried runs.
    pending: Vec<(Link, u32)>,
}

/// The earliest run that was ridden across a hop.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Ridden {
    run: u32,
    /// When the run before it can be entered: whoever comes later finds none that is earlier.
    before: Time,
}

impl Value for Ridden {
    const WORST: Self = Self { run: u32::MAX, before: NEVER };
}

/// Being aboard runs of one pattern.
#[derive(Clone, Copy)]
struct Ride<'n, const BACK: bool> {
    number: usize,
    /// Trips of a journey that rides them, at least.
    fewest: usize,
    pattern: PatternId,
    first_call: usize,
    runs: Runs<'n, BACK>,
}

impl<const BACK: bool> Ride<'_, BACK> {
    /// The stop of the last call.
    fn last_stop(&self, mirror: Mirror<'_, '_, BACK>) -> u32 {
        let calls = self.runs.calls();
        mirror.network.columns.call_stop[self.first_call + Mirror::<BACK>::call(calls, calls - 1)]
    }
}

/// Being aboard a run.
#[derive(Clone, Copy)]
struct Aboard<'n, const BACK: bool> {
    run: u32,
    row: MirroredRow<'n, BACK>,
    /// The times of the run before it.
    before: Option<MirroredRow<'n, BACK>>,
}

impl<'n, const BACK: bool> Aboard<'n, BACK> {
    fn of(runs: &Runs<'n, BACK>, run: u32) -> Self {
        Self { run, row: runs.row(run), before: run.checked_sub(1).map(|before| runs.row(before)) }
    }

    /// Riding on from a call.
    fn across(&self, call: usize) -> Ridden {
        Ridden { run: self.run, before: self.before.map_or(Time::MIN, |row| row.entry_time(call)) }
    }
}

impl WindowScan {
    /// Makes room for a window, for all calls of the network, and for so many numbers of trips.
    pub(super) fn fit(&mut self, window: &Window, calls: usize, width: usize) {
        self.ridden.fit(calls, width.min(RIDES_REMEMBERED));
        let links = window.links::<false>().len().max(window.links::<true>().len());
        if self.followed.len() < links {
            self.followed.resize(links, u8::MAX);
        }
    }

    /// Forgets the rides of the last query.
    pub(super) fn forget(&mut self) {
        for calls in self.ridden_calls.drain(..) {
            self.ridden.forget(calls);
        }
        for link in self.touched_links.drain(..) {
            self.followed[link as usize] = u8::MAX;
        }
    }

    /// Notes that a run is ridden on from a call; answers whether none as early was.
    fn ride<const BACK: bool>(&mut self, slot: usize, number: usize, aboard: &Aboard<'_, BACK>, call: usize) -> bool {
        // Most are not: do not even look at the times of the run then.
        self.ridden.get(slot, number - 1).run > aboard.run && self.ridden.improve(slot, number - 1, aboard.across(call))
    }

    /// Notes that a link is followed.
    fn follow(&mut self, link: usize, number: usize) {
        if self.followed[link] == u8::MAX {
            self.touched_links.push(link as u32);
        }
        self.followed[link] = number as u8;
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
            self.window.ridden_calls.push(first_call..first_call + runs.calls());
        }
        let fewest = self.fewest(number, pattern.0);
        Some(Ride { number, fewest, pattern, first_call, runs })
    }

    /// Rides the run with which a journey of a profile starts.
    pub(super) fn ride_start<const BACK: bool>(&mut self, mirror: Mirror<'_, '_, BACK>, start: &Start) {
        let Some(ride) = self.ride_in_window(mirror, 1, start.pattern) else { return };
        let Some(run) = ride.runs.find(start.run) else { return };
        let exit = Exit::aboard(start.pattern, ride.runs.key(run), start.call);
        self.ride_on(mirror, &ride, run, exit);
        if !ride.runs.all_links().is_empty() {
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
        let linked = !runs.all_links().is_empty();
        let followed = if linked { self.followed.get(pattern.index(), number - 1) } else { 0 };
        let followed = followed.min(RunKey::from(runs.count() as u32)) as u32;
        // The earliest run so far, and being aboard it as long as that is of use.
        let none = runs.count() as u32;
        let mut run = none;
        let mut aboard: Option<Aboard<'_, BACK>> = None;
        let mut exit = Exit::aboard(pattern, 0, 0);
        for position in from..calls {
            let call = Mirror::<BACK>::call(calls, position);
            if let Some(riding) = aboard.filter(|_| exits[call] != u32::MAX) {
                exit.time = riding.row.exit_time(position);
                exit.left = position as u32;
                if !self.alight(mirror, &ride, exits[call], exit) {
                    aboard = None;
                }
            }
            let last = position + 1 == calls;
            let node = entries[call];
            if node != u32::MAX && self.rounds[number - 1].improved_entries.contains(node) && (!last || BACK && linked)
            {
                let time = self.entries.get(node as usize, number - 1);
                let mut known =
                    if last { Ridden::WORST } else { self.window.ridden.get(first_call + position, number - 1) };
                if let Some(riding) = aboard {
                    known = known.min(riding.across(position));
                }
                // Of the runs that were ridden already, those whose links were not followed still count.
                let followed = followed.min(run);
                let below =
                    if time <= known.before || followed > known.run { followed.max(known.run).min(run) } else { 0 };
                match runs.first_entering(position, time, below) {
                    Some(found) if last => self.follow_runs(mirror, &ride, found..run, position as u32, Some(time)),
                    Some(found) => {
                        let boarded = Aboard::of(&runs, found);
                        if boarded.row.entry_time(position) < self.bound(ride.fewest) {
                            run = found;
                            aboard = Some(boarded);
                            exit.run = runs.key(found);
                            exit.entered = position as u32;
                        } else {
                            self.cut |= self.target_time[ride.fewest] == NEVER;
                        }
                    }
                    None if below == none => {
                        let view = mirror.network.calendar.pattern(pattern);
                        self.cut |= self.target_time[number] == NEVER && mirror.runs_beyond(&view);
                    }
                    None => {}
                }
            }
            aboard = aboard.filter(|riding| !last && self.window.ride(first_call + position, number, riding, position));
        }
        if run < none && linked && self.followed.improve(pattern.index(), number - 1, RunKey::from(run)) {
            self.follow_runs(mirror, &ride, run..followed, exit.entered, None);
        }
    }

    /// Leaves a run at an exit node; answers whether later calls of the run are of any use.
    fn alight<const BACK: bool>(
        &mut self,
        mirror: Mirror<'_, '_, BACK>,
        ride: &Ride<'_, BACK>,
        node: u32,
        exit: Exit,
    ) -> bool {
        if exit.time >= self.bound(ride.fewest) {
            self.cut |= self.target_time[ride.fewest] == NEVER;
            return false;
        }
        self.improve_exit(mirror, ride.number, node, exit);
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
        let aboard = Aboard::of(&ride.runs, run);
        let calls = ride.runs.calls();
        let exits = &mirror.call_exits()[ride.first_call..ride.first_call + calls];
        for position in exit.entered as usize + 1..calls {
            let hop = position - 1;
            if !self.window.ride(ride.first_call + hop, ride.number, &aboard, hop) {
                break;
            }
            let node = exits[Mirror::<BACK>::call(calls, position)];
            if node != u32::MAX {
                let exit = Exit { time: aboard.row.exit_time(position), left: position as u32, ..exit };
                if !self.alight(mirror, ride, node, exit) {
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
        let stop = ride.last_stop(mirror);
        for run in followed {
            let from =
                Carried { pattern: ride.pattern.0, run: ride.runs.key(run), entered, chain: NO_CHAIN, wait: NO_WAIT };
            if !self.follow_links(mirror, (ride.number, ride.fewest, stop), ride.runs.links(run), from, not_before) {
                break;
            }
            while let Some((link, chain)) = self.window.pending.pop() {
                self.carry(mirror, ride.number, link, chain);
            }
        }
    }

    /// Queues the links of a run that were not followed yet; answers whether the run ends in time.
    fn follow_links<const BACK: bool>(
        &mut self,
        mirror: Mirror<'_, '_, BACK>,
        (number, fewest, stop): (usize, usize, u32),
        links: Range<usize>,
        from: Carried,
        not_before: Option<Time>,
    ) -> bool {
        let all = mirror.around.window.links::<BACK>();
        let mut chain = None;
        for index in links {
            if usize::from(self.window.followed[index]) <= number {
                continue;
            }
            let link = all[index];
            if self.is_too_late(fewest, stop, link.end) {
                return false;
            }
            let too_early =
                |bound| mirror.runs(link.pattern).is_none_or(|runs| runs.row(link.run).entry_time(0) < bound);
            if self.forbidden.pattern(link.pattern) || not_before.is_some_and(too_early) {
                continue;
            }
            self.window.follow(index, number);
            let chain = *chain.get_or_insert_with(|| {
                self.carried.push(from);
                self.carried.len() as u32 - 1
            });
            self.window.pending.push((link, chain));
        }
        true
    }

    /// Carries passengers into a run, and queues the links of that one.
    fn carry<const BACK: bool>(&mut self, mirror: Mirror<'_, '_, BACK>, number: usize, link: Link, chain: u32) {
        let Link { pattern, run, first_exit: time, .. } = link;
        let Some(ride) = self.ride_in_window(mirror, number, pattern) else { return };
        let exit = Exit { time, chain, ..Exit::aboard(pattern, ride.runs.key(run), 0) };
        // Forwards the first call is an exit too. (Backwards it is the last call, at which nobody boards.)
        let node = mirror.call_exits()[ride.first_call];
        if !BACK && node != u32::MAX && time < self.bound(ride.fewest) {
            self.improve_exit(mirror, number, node, exit);
        }
        self.ride_on(mirror, &ride, run, exit);
        let from = Carried { pattern: pattern.0, run: exit.run, entered: 0, chain, wait: NO_WAIT };
        let last = (number, ride.fewest, ride.last_stop(mirror));
        self.follow_links(mirror, last, ride.runs.links(run), from, None);
    }
}
