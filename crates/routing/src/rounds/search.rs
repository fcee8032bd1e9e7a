//! Rounds over patterns: RAPTOR (Delling, Pajor, Werneck 2012) on totally ordered patterns, in either direction.
//!
//! Round `k` scans the patterns whose entry nodes round `k - 1` improved, and finds the best time at every exit node with `k`
//! trips. Three things differ from the textbook, each because SEMANTICS.md makes it necessary: times after a ride and times
//! after a change are kept apart (a walk must not prune a later ride that may still walk on); stops are nodes by rule class; and
//! the runs that follow the earliest one matter too where passengers are carried on in-seat.

use super::guarantees::{NO_WAIT, Wait};
use super::in_seat::{Continuation, Seated};
use super::labels::{Best, Carried, Entry, Exit, Marks, NEVER, Round};
use super::scan::Scan;
use super::window_scan::WindowScan;
use crate::access::{Access, Start, for_each_access};
use crate::forbidden::Forbidden;
use crate::hash::HashedMap;
use crate::mirror::{Mirror, RunKey};
use crate::needed::Needed;
use crate::query::{MAX_TRIPS, Place, Query};
use crate::reach::Remaining;
use tumen_base::{PatternId, Time};

/// Patterns are scanned in batches of so many between two looks at the deadline.
const PATTERNS_BETWEEN_CANCEL_CHECKS: usize = 256;

/// Everything a search keeps between queries, so that answering allocates nothing once it has grown.
#[derive(Default)]
pub(crate) struct Workspace {
    pub(crate) rounds: Vec<Round>,
    /// Best time at which an exit node is reached.
    exits: Best<Time>,
    touched_exits: Vec<u32>,
    /// Best time from which a run can be entered at an entry node.
    pub(super) entries: Best<Time>,
    touched_entries: Vec<u32>,
    /// Earliest run of a pattern whose links, and those of all later runs, were followed.
    pub(super) followed: Best<RunKey>,
    /// Earliest run of a pattern that was entered in-seat.
    pub(super) carried_from: Best<RunKey>,
    /// Patterns of which something is remembered.
    pub(super) touched_patterns: Marks,
    /// What is remembered where all runs lie in a window.
    pub(super) window: WindowScan,
    pub(crate) carried: Vec<Carried>,
    /// Runs that wait for passengers, in the order of the rounds that found them.
    pub(crate) waits: Vec<Wait>,
    /// The round in which the guarantees of a run at a mirrored call were taken.
    pub(super) taken: HashedMap<(RunKey, u32), u8>,
    pub(super) least_change_time: i32,
    pub(super) extra_change_time: i32,
    pub(super) entered: HashedMap<RunKey, u8>,
    pub(super) pending: Vec<Continuation>,
    /// Mirrored call from which a pattern is to be scanned, `u32::MAX` where it is not.
    queued_from: Vec<u32>,
    queue: Vec<u32>,
    scanning: Vec<u32>,
    /// Seconds from an exit node to the destination, negative where it does not lie there.
    target_seconds: Vec<i32>,
    /// The stop of the destination that those seconds lead to.
    pub(crate) target_stop: Vec<u32>,
    targets: Vec<u32>,
    /// Best time at the destination with at most so many trips.
    pub(super) target_time: Vec<Time>,
    /// Exit node from which this sweep reached the destination with so many trips.
    pub(crate) reached: Vec<Option<u32>>,
    pub(crate) forbidden: Forbidden,
    remaining: Remaining,
    needed: Needed,
    /// Trips of a journey, at least; more than a journey has where there are no ways to the destination.
    fewest_of_all: usize,
    /// Patterns that only journeys of more trips ride are left out.
    most_fewest: usize,
    /// Something lay beyond the limit before the destination was reached.
    pub(super) cut: bool,
    /// Times from here on are of no use (the horizon, or walking all the way).
    pub(super) limit: Time,
    /// Whether a window holds every run that the search may use, and the earliest one of a pattern answers for the later ones unless the
    /// pattern is [apart](crate::network::Network::is_apart).
    in_window: bool,
}

/// How many sweeps a query takes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sweeps {
    /// One: a departure or an arrival.
    One,
    /// One for each departure, which keep the labels of those before.
    Many,
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
    /// Prepares for a query of one sweep or of many: forgets the last one, looks up filter and destination. Without a
    /// destination, nothing is too late but what lies beyond the horizon.
    pub(crate) fn start<const BACK: bool>(&mut self, mirror: Mirror<'_, '_, BACK>, query: &Query<'_>, sweeps: Sweeps) {
        self.forget();
        self.forget_rides();
        for &node in &self.targets {
            self.target_seconds[node as usize] = -1;
        }
        self.targets.clear();
        self.forbidden.set(&query.filter, &mirror.network.columns);
        self.least_change_time = query.least_change_time;
        self.extra_change_time = query.extra_change_time;
        let patterns = mirror.network.columns.pattern_route.len();
        grow(&mut self.queued_from, patterns, u32::MAX);
        grow(&mut self.target_seconds, mirror.exit_nodes(), -1);
        grow(&mut self.target_stop, mirror.exit_nodes(), 0);
        self.in_window = mirror.around.complete && !self.forbidden.some_runs();
        let width = match sweeps {
            Sweeps::One => 1,
            Sweeps::Many => usize::from(MAX_TRIPS),
        };
        self.exits.fit(mirror.exit_nodes(), width);
        self.entries.fit(mirror.entry_nodes(), width);
        self.followed.fit(patterns, width);
        self.carried_from.fit(patterns, width);
        self.touched_patterns.fit(patterns);
        if self.in_window {
            self.window.fit(&mirror.around.window, mirror.network.columns.call_stop.len(), width);
        }
        self.target_time.clear();
        self.target_time.resize(usize::from(MAX_TRIPS) + 1, NEVER);
        self.reached.clear();
        self.reached.resize(usize::from(MAX_TRIPS) + 1, None);
        let destination = if BACK { &query.from } else { &query.to };
        for_each_access(mirror.walks_to(), destination, |access| self.add_target(mirror, access));
        self.limit = NEVER;
        self.remaining.clear();
        self.needed.clear();
        self.most_fewest = usize::from(MAX_TRIPS);
        self.fewest_of_all = 1;
        if mirror.around.complete && !destination.stops.is_empty() {
            if !BACK && self.in_window {
                self.find_needed(mirror, &query.from);
            }
            if self.fewest_of_all <= usize::from(MAX_TRIPS) {
                let stops = mirror.network.columns.stop_id.len();
                self.remaining.find::<BACK>(&mirror.around.window.graph, mirror.walks_to(), destination, stops);
            }
        }
    }

    fn find_needed<const BACK: bool>(&mut self, mirror: Mirror<'_, '_, BACK>, origin: &Place) {
        let window = &mirror.around.window;
        let left_at = |&node: &u32| window.calls_at::<true>(node).iter().map(|&(pattern, _)| PatternId(pattern));
        self.needed.find(&window.ways, self.targets.iter().flat_map(left_at));
        self.fewest_of_all = usize::MAX;
        for_each_access(mirror.walks(), origin, |access| {
            for node in mirror.network.entry_nodes_of::<BACK>(access.stop) {
                let calls = window.calls_at::<BACK>(node).iter().map(|&(pattern, _)| 1 + self.needed.from(pattern));
                self.fewest_of_all = calls.fold(self.fewest_of_all, usize::min);
            }
        });
    }

    /// Whether there are ways to the destination at all, whatever the hour.
    pub(crate) fn leads_there(&self) -> bool {
        self.fewest_of_all <= usize::from(MAX_TRIPS)
    }

    /// Leaves out what only journeys of many trips ride: those of the fewest trips and of one more stay. Answers whether anything
    /// is left out.
    pub(crate) fn keep_to_fewest(&mut self) -> bool {
        // Where nothing is known, everything seems to need one trip.
        let leaves_out = self.fewest_of_all > 1;
        if leaves_out {
            self.most_fewest = self.fewest_of_all + 1;
        }
        leaves_out
    }

    /// Begins anew, knowing when the destination was reached: only what is better counts.
    pub(crate) fn start_again(&mut self) {
        self.forget();
        self.forget_rides();
        self.most_fewest = usize::from(MAX_TRIPS);
    }

    /// Forgets which runs the last query entered one by one.
    fn forget_rides(&mut self) {
        self.carried.clear();
        self.waits.clear();
        self.taken.clear();
        self.entered.clear();
    }

    /// Forgets the labels of the last query.
    fn forget(&mut self) {
        for round in &mut self.rounds {
            round.improved_exits.clear();
            round.improved_entries.clear();
        }
        for node in self.touched_exits.drain(..) {
            self.exits.forget(node as usize..node as usize + 1);
        }
        for node in self.touched_entries.drain(..) {
            self.entries.forget(node as usize..node as usize + 1);
        }
        for &pattern in &self.touched_patterns.list {
            let pattern = pattern as usize;
            self.followed.forget(pattern..pattern + 1);
            self.carried_from.forget(pattern..pattern + 1);
        }
        self.window.forget();
        self.touched_patterns.clear();
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
        for round in &mut self.rounds {
            round.improved_exits.clear();
            round.improved_entries.clear();
        }
        self.reached.fill(None);
        self.round::<BACK>(mirror, 0);
    }

    fn round<const BACK: bool>(&mut self, mirror: Mirror<'_, '_, BACK>, number: usize) {
        while self.rounds.len() <= number {
            self.rounds.push(Round::default());
        }
        self.rounds[number].fit(mirror.exit_nodes(), mirror.entry_nodes());
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

    /// Runs the rounds of a sweep; its first round rides the given starts, and what was seeded. Times from `limit` on are of no use.
    pub(crate) fn sweep<const BACK: bool>(
        &mut self,
        mirror: Mirror<'_, '_, BACK>,
        query: &Query<'_>,
        limit: Time,
        starts: &[Start],
    ) -> SweepEnd {
        let mut end = SweepEnd::default();
        self.limit = limit;
        self.cut = false;
        let mut waits = self.waits.len()..self.waits.len();
        for number in 1..=usize::from(query.max_trips.min(MAX_TRIPS)) {
            if self.queue.is_empty() && waits.is_empty() && (number > 1 || starts.is_empty()) {
                break;
            }
            self.round::<BACK>(mirror, number);
            let known = self.waits.len();
            for start in if number == 1 { starts } else { &[] } {
                if self.in_window && !mirror.network.is_apart(start.pattern) {
                    self.ride_start(mirror, start);
                    continue;
                }
                let view = mirror.network.calendar.pattern(start.pattern);
                let scan = Scan { number, pattern: start.pattern, view, limit };
                end.cut |= self.ride(mirror, &scan, Seated { run: start.run, entered: start.call, wait: NO_WAIT });
            }
            end.cut |= self.ride_waiting(mirror, number, waits);
            std::mem::swap(&mut self.queue, &mut self.scanning);
            for index in 0..self.scanning.len() {
                let pattern = self.scanning[index];
                let from = std::mem::replace(&mut self.queued_from[pattern as usize], u32::MAX);
                if index % PATTERNS_BETWEEN_CANCEL_CHECKS == 0 && query.cancel.is_some_and(|cancel| cancel()) {
                    end.cancelled = true;
                }
                if end.cancelled {
                    continue;
                }
                let pattern = PatternId(pattern);
                if self.in_window && !mirror.network.is_apart(pattern) {
                    self.scan_window(mirror, number, pattern, from as usize);
                    continue;
                }
                let view = mirror.network.calendar.pattern(pattern);
                let scan = Scan { number, pattern, view, limit };
                end.cut |= self.scan(mirror, &scan, None, from as usize);
            }
            waits = known..self.waits.len();
            self.scanning.clear();
            if end.cancelled {
                break;
            }
            if number < usize::from(query.max_trips) {
                self.change(mirror, number);
            }
        }
        for &pattern in &self.queue {
            self.queued_from[pattern as usize] = u32::MAX;
        }
        self.queue.clear();
        end.cut |= self.cut;
        end
    }

    /// The exit nodes that the sweep improved, with the number of trips and the time, by trips.
    pub(crate) fn improved(&self) -> impl Iterator<Item = (u8, u32, Time)> + '_ {
        let rounds = self.rounds.iter().zip(0..);
        rounds.flat_map(|(round, trips)| {
            round.improved_exits.list.iter().map(move |&node| (trips, node, round.exit[node as usize].time))
        })
    }

    /// Notes a better time at an exit node, and at the destination if it lies there.
    pub(super) fn improve_exit<const BACK: bool>(
        &mut self,
        mirror: Mirror<'_, '_, BACK>,
        number: usize,
        node: u32,
        exit: Exit,
    ) {
        let (index, time) = (node as usize, exit.time);
        if self.exits.get(index, number - 1) <= time {
            return;
        }
        let stop = mirror.exit_stops()[index];
        if self.is_too_late(self.fewest(number, exit.pattern), stop, time) || self.forbidden.stop(stop) {
            return;
        }
        if !self.exits.is_known(index) {
            self.touched_exits.push(node);
        }
        self.exits.improve(index, number - 1, time);
        let round = &mut self.rounds[number];
        round.exit[index] = exit;
        round.improved_exits.insert(node);
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
        if self.entries.get(index, number) <= time {
            return;
        }
        let stop = mirror.entry_stops()[index];
        if self.is_too_late(number, stop, time) || self.forbidden.stop(stop) {
            return;
        }
        if !self.entries.is_known(index) {
            self.touched_entries.push(node);
        }
        self.entries.improve(index, number, time);
        let round = &mut self.rounds[number];
        round.entry[index] = entry;
        if round.improved_entries.insert(node) {
            self.queue_calls(mirror, number, node);
        }
    }

    /// Queues the patterns that are entered at a node.
    fn queue_calls<const BACK: bool>(&mut self, mirror: Mirror<'_, '_, BACK>, number: usize, node: u32) {
        if mirror.around.complete {
            let window = &mirror.around.window;
            for &(pattern, position) in window.calls_at::<BACK>(node) {
                self.queue(number + 1, PatternId(pattern), position);
            }
            self.cut |= self.target_time[number] == NEVER && window.runs_beyond::<BACK>(node);
        } else {
            for (pattern, call) in mirror.calls_at(node) {
                self.queue(number + 1, pattern, mirror.queue_position(pattern, call));
            }
        }
    }

    fn queue(&mut self, number: usize, pattern: PatternId, position: u32) {
        let queued = &mut self.queued_from[pattern.index()];
        if *queued == u32::MAX {
            if self.forbidden.pattern(pattern) || number + self.needed.from(pattern.0) > self.most_fewest {
                return;
            }
            self.queue.push(pattern.0);
        }
        *queued = (*queued).min(position);
    }

    /// Changes from every exit node that the round improved.
    fn change<const BACK: bool>(&mut self, mirror: Mirror<'_, '_, BACK>, number: usize) {
        for index in 0..self.rounds[number].improved_exits.list.len() {
            let node = self.rounds[number].improved_exits.list[index];
            let left = self.rounds[number].exit[node as usize].time;
            for &(entry, seconds) in mirror.changes().of(node) {
                let seconds = seconds.max(self.least_change_time);
                let time = left.saturating_add(seconds).saturating_add(self.extra_change_time);
                self.improve_entry(mirror, number, entry, time, Entry::From(node));
            }
        }
    }

    /// The fewest trips of a journey that rides a pattern as the trip of a number.
    pub(super) fn fewest(&self, number: usize, pattern: u32) -> usize {
        (number + self.needed.from(pattern)).min(usize::from(MAX_TRIPS))
    }

    /// Whether whoever is at a stop at a time cannot reach the destination while that is of use to a journey of so many trips.
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

fn grow<T: Clone>(column: &mut Vec<T>, length: usize, value: T) {
    if column.len() < length {
        column.resize(length, value);
    }
}
