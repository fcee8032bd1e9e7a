//! Rounds over patterns: RAPTOR (Delling, Pajor, Werneck 2012) on totally ordered patterns, in either direction.
//!
//! Round `k` scans the patterns whose entry nodes round `k - 1` improved, and finds the best time at every exit node with `k`
//! trips. Three things differ from the textbook, each because SEMANTICS.md makes it necessary: times after a ride and times
//! after a change are kept apart (a walk must not prune a later ride that may still walk on); stops are nodes by rule class; and
//! the runs that follow the earliest one matter too where passengers are carried on in-seat.

use super::guarantees::{NO_WAIT, Wait};
use super::in_seat::{Continuation, Seated};
use super::labels::{Carried, Entry, Exit, NEVER, NO_CHAIN, Round};
use crate::access::{Access, Start, for_each_access};
use crate::calendar::PatternView;
use crate::forbidden::Forbidden;
use crate::hash::HashedMap;
use crate::mirror::{Entered, Mirror, RunKey};
use crate::query::{Cancel, MAX_TRIPS, Place, Query};
use crate::reach::Remaining;
use tumen_base::{PatternId, Time};

/// Patterns are scanned in batches of so many between two looks at the deadline.
const PATTERNS_BETWEEN_CANCEL_CHECKS: usize = 256;

/// Everything a search keeps between queries, so that answering allocates nothing once it has grown.
#[derive(Default)]
pub(crate) struct Workspace {
    pub(crate) rounds: Vec<Round>,
    pub(crate) carried: Vec<Carried>,
    /// Runs that wait for passengers, in the order of the rounds that found them.
    pub(crate) waits: Vec<Wait>,
    /// The round in which the guarantees of a run at a mirrored call were taken.
    pub(super) taken: HashedMap<(RunKey, u32), u8>,
    pub(super) extra_change_time: i32,
    pub(super) entered: HashedMap<RunKey, u8>,
    pub(super) pending: Vec<Continuation>,
    /// Mirrored call from which a pattern is to be scanned, `u32::MAX` where it is not.
    queued_from: Vec<u32>,
    queue: Vec<u32>,
    scanning: Vec<u32>,
    exit_mark: Vec<u32>,
    /// Seconds from an exit node to the destination, negative where it does not lie there.
    target_seconds: Vec<i32>,
    /// The stop of the destination that those seconds lead to.
    pub(crate) target_stop: Vec<u32>,
    targets: Vec<u32>,
    /// Best time at the destination with at most so many trips.
    target_time: Vec<Time>,
    /// Exit node from which this sweep reached the destination with so many trips.
    pub(crate) reached: Vec<Option<u32>>,
    pub(crate) forbidden: Forbidden,
    remaining: Remaining,
    /// Something lay beyond the limit before the destination was reached.
    cut: bool,
    limit: Time,
    sweep: u32,
    marks: u32,
}

/// The scan of one pattern in one round.
pub(super) struct Scan<'a> {
    /// Trips boarded by whoever enters a run in this scan.
    pub(super) number: usize,
    pub(super) pattern: PatternId,
    pub(super) view: PatternView<'a>,
    /// Times from here on are of no use.
    pub(super) limit: Time,
}

/// How one sweep is bounded.
#[derive(Clone, Copy)]
pub(crate) struct Bounds<'q> {
    /// Times from here on are of no use (the horizon, or walking all the way).
    pub(crate) limit: Time,
    /// Most trips.
    pub(crate) max_trips: u8,
    /// Seconds added to every change.
    pub(crate) extra_change_time: i32,
    /// When to give up.
    pub(crate) cancel: Option<Cancel<'q>>,
}

/// What a sweep says besides its labels.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct SweepEnd {
    /// Something lay at or beyond the limit before the destination was reached.
    pub(crate) cut: bool,
    /// The search gave up.
    pub(crate) cancelled: bool,
}

impl Workspace {
    /// Prepares for a query: forgets the last one, looks up filter and destination. Without a destination, nothing is too late
    /// but what lies beyond the horizon.
    pub(crate) fn start<const BACK: bool>(&mut self, mirror: Mirror<'_, '_, BACK>, query: &Query<'_>) {
        for round in &mut self.rounds {
            round.reset();
        }
        self.carried.clear();
        self.waits.clear();
        self.taken.clear();
        self.entered.clear();
        for &node in &self.targets {
            self.target_seconds[node as usize] = -1;
        }
        self.targets.clear();
        self.forbidden.set(&query.filter, &mirror.network.columns);
        let patterns = mirror.network.columns.pattern_route.len();
        grow(&mut self.queued_from, patterns, u32::MAX);
        grow(&mut self.target_seconds, mirror.exit_nodes(), -1);
        grow(&mut self.target_stop, mirror.exit_nodes(), 0);
        grow(&mut self.exit_mark, mirror.exit_nodes(), 0);
        self.target_time.clear();
        self.target_time.resize(usize::from(MAX_TRIPS) + 1, NEVER);
        self.reached.clear();
        self.reached.resize(usize::from(MAX_TRIPS) + 1, None);
        self.sweep = 0;
        let destination = if BACK { &query.from } else { &query.to };
        for_each_access(mirror.walks_to(), destination, |access| self.add_target(mirror, access));
        self.limit = NEVER;
        self.remaining.clear();
        if mirror.around.complete && !destination.stops.is_empty() {
            let stops = mirror.network.columns.stop_id.len();
            self.remaining.find::<BACK>(&mirror.around.window.graph, mirror.walks_to(), destination, stops);
        }
    }

    fn add_target<const BACK: bool>(&mut self, mirror: Mirror<'_, '_, BACK>, access: Access) {
        if self.forbidden.stop(access.stop) || self.forbidden.stop(access.place_stop) {
            return;
        }
        for node in mirror.network.exit_nodes_of::<BACK>(access.stop) {
            let known = self.target_seconds[node as usize];
            if known < 0 || access.seconds < known {
                if known < 0 {
                    self.targets.push(node);
                }
                self.target_seconds[node as usize] = access.seconds;
                self.target_stop[node as usize] = access.place_stop;
            }
        }
    }

    /// Starts a sweep: labels of sweeps before stay, and only what improves on them is followed.
    pub(crate) fn start_sweep<const BACK: bool>(&mut self, mirror: Mirror<'_, '_, BACK>) {
        self.sweep += 1;
        self.reached.fill(None);
        for round in &mut self.rounds {
            round.improved_exits.clear();
        }
        self.round::<BACK>(mirror, 0);
    }

    fn round<const BACK: bool>(&mut self, mirror: Mirror<'_, '_, BACK>, number: usize) {
        while self.rounds.len() <= number {
            self.rounds.push(Round::default());
        }
        let patterns = mirror.network.columns.pattern_route.len();
        self.rounds[number].fit(mirror.exit_nodes(), mirror.entry_nodes(), patterns);
    }

    /// Lets the journey start: from every stop of the origin, and from those one walk away.
    pub(crate) fn seed<const BACK: bool>(&mut self, mirror: Mirror<'_, '_, BACK>, origin: &Place, time: Time) {
        for_each_access(mirror.walks(), origin, |access| {
            self.seed_stop(mirror, access.stop, access.place_stop, time.saturating_add(access.seconds));
        });
    }

    /// Lets the journey start at one stop, coming from a stop of the origin.
    pub(crate) fn seed_stop<const BACK: bool>(
        &mut self,
        mirror: Mirror<'_, '_, BACK>,
        stop: u32,
        origin: u32,
        time: Time,
    ) {
        if !self.forbidden.stop(stop) && !self.forbidden.stop(origin) {
            for node in mirror.network.entry_nodes_of::<BACK>(stop) {
                self.improve_entry(mirror, 0, node, time, Entry::Origin(origin));
            }
        }
    }

    /// Runs the rounds of a sweep; its first round rides the given starts, and what was seeded.
    pub(crate) fn sweep<const BACK: bool>(
        &mut self,
        mirror: Mirror<'_, '_, BACK>,
        bounds: Bounds<'_>,
        starts: &[Start],
    ) -> SweepEnd {
        let mut end = SweepEnd::default();
        self.limit = bounds.limit;
        self.cut = false;
        self.extra_change_time = bounds.extra_change_time;
        let mut waits = self.waits.len()..self.waits.len();
        for number in 1..=usize::from(bounds.max_trips.min(MAX_TRIPS)) {
            if self.queue.is_empty() && waits.is_empty() && (number > 1 || starts.is_empty()) {
                break;
            }
            self.round::<BACK>(mirror, number);
            self.marks = self.marks.wrapping_add(1);
            let known = self.waits.len();
            for start in if number == 1 { starts } else { &[] } {
                let view = mirror.network.calendar.pattern(start.pattern);
                let scan = Scan { number, pattern: start.pattern, view, limit: bounds.limit };
                end.cut |= self.ride(mirror, &scan, Seated { run: start.run, entered: start.call, wait: NO_WAIT });
            }
            end.cut |= self.ride_waiting(mirror, number, bounds, waits);
            std::mem::swap(&mut self.queue, &mut self.scanning);
            for index in 0..self.scanning.len() {
                let pattern = self.scanning[index];
                let from = std::mem::replace(&mut self.queued_from[pattern as usize], u32::MAX);
                if end.cancelled {
                    continue;
                }
                let pattern = PatternId(pattern);
                let view = mirror.network.calendar.pattern(pattern);
                let scan = Scan { number, pattern, view, limit: bounds.limit };
                end.cut |= self.scan(mirror, &scan, None, from as usize);
                if index % PATTERNS_BETWEEN_CANCEL_CHECKS == 0 && bounds.cancel.is_some_and(|cancel| cancel()) {
                    end.cancelled = true;
                }
            }
            waits = known..self.waits.len();
            self.scanning.clear();
            if end.cancelled {
                break;
            }
            if number < usize::from(bounds.max_trips) {
                self.change(mirror, number, bounds);
            }
        }
        for &pattern in &self.queue {
            self.queued_from[pattern as usize] = u32::MAX;
        }
        self.queue.clear();
        end.cut |= self.cut;
        end
    }

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
    fn scan<'n, 'a, const BACK: bool>(
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
                    let exit = Exit { pattern: pattern.0, run: run.run, entered, left, chain: NO_CHAIN, wait };
                    self.improve_exit(mirror, *number, exits[column], time, exit);
                }
            }
            let node = entries[column];
            let last = position + 1 == view.calls;
            if seeded || node == u32::MAX || (last && !(BACK && linked)) {
                continue;
            }
            let before = &self.rounds[*number - 1];
            if before.entry_sweep[node as usize] != self.sweep {
                continue;
            }
            let time = before.entry_time[node as usize];
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

    /// The exit nodes that the sweep improved, with the number of trips and the time, by trips.
    pub(crate) fn improved(&self) -> impl Iterator<Item = (u8, u32, Time)> + '_ {
        let rounds = self.rounds.iter().zip(0..);
        rounds.flat_map(|(round, trips)| {
            round.improved_exits.iter().map(move |&node| (trips, node, round.exit_time[node as usize]))
        })
    }

    /// Notes a better time at an exit node, and at the destination if it lies there.
    pub(super) fn improve_exit<const BACK: bool>(
        &mut self,
        mirror: Mirror<'_, '_, BACK>,
        number: usize,
        node: u32,
        time: Time,
        exit: Exit,
    ) {
        let index = node as usize;
        let stop = mirror.exit_stops()[index];
        if self.is_too_late(number, stop, time)
            || self.rounds[1..=number].iter().any(|round| round.exit_time[index] <= time)
            || self.forbidden.stop(stop)
        {
            return;
        }
        let round = &mut self.rounds[number];
        if round.exit_time[index] == NEVER {
            round.touched_exits.push(node);
        }
        round.exit_time[index] = time;
        round.exit[index] = exit;
        if self.exit_mark[index] != self.marks {
            self.exit_mark[index] = self.marks;
            round.improved_exits.push(node);
        }
        let seconds = self.target_seconds[index];
        if seconds >= 0 {
            let arrival = time.saturating_add(seconds);
            if arrival < self.limit && arrival < self.target_time[number] {
                for later in &mut self.target_time[number..] {
                    *later = arrival.min(*later);
                }
                self.reached[number] = Some(node);
            }
        }
    }

    /// Notes a better time at an entry node after so many trips, and queues the patterns that call there.
    fn improve_entry<const BACK: bool>(
        &mut self,
        mirror: Mirror<'_, '_, BACK>,
        number: usize,
        node: u32,
        time: Time,
        entry: Entry,
    ) {
        let index = node as usize;
        let stop = mirror.entry_stops()[index];
        if self.is_too_late(number, stop, time)
            || self.rounds[..=number].iter().any(|round| round.entry_time[index] <= time)
            || self.forbidden.stop(stop)
        {
            return;
        }
        let round = &mut self.rounds[number];
        if round.entry_time[index] == NEVER {
            round.touched_entries.push(node);
        }
        round.entry_time[index] = time;
        round.entry[index] = entry;
        if round.entry_sweep[index] == self.sweep {
            return;
        }
        round.entry_sweep[index] = self.sweep;
        for (pattern, call) in mirror.calls_at(node) {
            if self.forbidden.pattern(pattern) {
                continue;
            }
            let queued = &mut self.queued_from[pattern.index()];
            if *queued == u32::MAX {
                self.queue.push(pattern.0);
            }
            *queued = (*queued).min(mirror.queue_position(pattern, call));
        }
    }

    /// Changes from every exit node that the round improved.
    fn change<const BACK: bool>(&mut self, mirror: Mirror<'_, '_, BACK>, number: usize, bounds: Bounds<'_>) {
        for index in 0..self.rounds[number].improved_exits.len() {
            let node = self.rounds[number].improved_exits[index];
            let left = self.rounds[number].exit_time[node as usize];
            for &(entry, seconds) in mirror.changes().of(node) {
                let time = left.saturating_add(seconds).saturating_add(bounds.extra_change_time);
                self.improve_entry(mirror, number, entry, time, Entry::From(node));
            }
        }
    }

    /// Whether whoever is at a stop at a time cannot reach the destination while that is of use.
    pub(super) fn is_too_late(&mut self, number: usize, stop: u32, time: Time) -> bool {
        let earliest = self.remaining.earliest(stop, time);
        if earliest < self.bound(number) {
            return false;
        }
        self.cut |= self.target_time[number] == NEVER && self.remaining.possible(stop);
        true
    }

    /// Times from here on are of no use with so many trips.
    pub(super) fn bound(&self, number: usize) -> Time {
        self.target_time[number].min(self.limit)
    }
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

fn grow<T: Clone>(column: &mut Vec<T>, length: usize, value: T) {
    if column.len() < length {
        column.resize(length, value);
    }
}
