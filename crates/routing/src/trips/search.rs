//! The search by trips: rides, and the changes between them, breadth first (Witt 2015, section 3.1).

use super::blocks::Block;
use super::graph::Graph;
use super::in_seat::Into;
use super::leads::Leading;
use super::reached::{Known, Reached};
use super::{LONGEST, NOWHERE};
use crate::access::{Access, Start, for_each_access};
use crate::mirror::Mirror;
use crate::network::Network;
use crate::query::{Cancel, MAX_TRIPS, Query};
use crate::timeline::Around;
use std::ops::Range;
use tumen_base::{PatternId, Time};

/// A time that nothing reaches.
const NEVER: Time = Time::MAX;

/// Rides between two looks at the deadline.
const RIDES_BETWEEN_CANCEL_CHECKS: usize = 1024;

/// A ride in a run, as far as nobody rode it before.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ride {
    pub(crate) run: u32,
    /// The block of the run.
    pub(crate) block: Block,
    /// The pattern of the run.
    pub(crate) pattern: u32,
    /// The first call at which stepping off counts: the one after the call boarded.
    pub(crate) first: u16,
    /// From this call on the run had been ridden.
    pub(crate) until: u16,
    /// How the run was entered.
    pub(crate) how: How,
    /// The ride before: the one changed from, or the one that carries the passenger on.
    pub(crate) before: u32,
}

/// How a run was entered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum How {
    /// From this stop of the origin.
    Origin(u32),
    /// By the change at this place of the blocks.
    Change(u32),
    /// By a change at the first call of the ride before.
    AtFirstCall,
    /// In-seat: from the run that the ride before boarded, or from a later one of its pattern.
    InSeat {
        /// When its first call is reached.
        first: Time,
    },
}

/// Where a pattern reaches the destination.
#[derive(Clone, Copy, Debug)]
struct Target {
    call: u32,
    seconds: i32,
    stop: u32,
}

/// How the destination was reached.
#[derive(Clone, Copy, Debug)]
pub(crate) struct End {
    /// The last ride.
    pub(crate) ride: u32,
    /// The call at which it is left.
    pub(crate) left: u32,
    /// The stop of the destination.
    pub(crate) stop: u32,
}

/// How a sweep is bounded.
#[derive(Clone, Copy)]
pub(crate) struct Bounds<'q> {
    /// Times from here on are of no use.
    pub(crate) limit: Time,
    /// Most trips.
    pub(crate) max_trips: u8,
    /// When to give up.
    pub(crate) cancel: Option<Cancel<'q>>,
}

/// What a search keeps between queries.
#[derive(Default)]
pub(crate) struct Workspace<R> {
    reached: R,
    pub(crate) rides: Vec<Ride>,
    /// Rides whose first call is reached later than the run arrives there, for the run before ended later; and when.
    late: Vec<(u32, Time)>,
    /// Targets of a pattern, by pattern.
    targets: Vec<Vec<Target>>,
    patterns_with_targets: Vec<u32>,
    has_targets: Vec<bool>,
    /// Patterns that lead to the destination.
    leading: Leading,
    /// Best time at the destination with at most so many trips.
    best: Vec<Time>,
    /// Whoever leaves a run from here on is too late.
    bound: Time,
    /// How this sweep reached it with so many trips.
    pub(crate) ends: Vec<Option<End>>,
    /// Something may lie beyond the limit that would use fewer trips.
    pub(crate) cut: bool,
}

impl<R: Reached> Workspace<R> {
    /// Prepares for a query.
    pub(crate) fn start(&mut self, network: &Network<'_>, graph: &Graph, query: &Query<'_>) {
        let patterns = network.calendar.patterns();
        self.reached.forget(graph);
        for pattern in self.patterns_with_targets.drain(..) {
            self.targets[pattern as usize].clear();
            self.has_targets[pattern as usize] = false;
        }
        self.targets.resize_with(patterns.max(self.targets.len()), Vec::new);
        self.has_targets.resize(self.targets.len(), false);
        self.best.clear();
        self.best.resize(usize::from(MAX_TRIPS) + 2, NEVER);
        self.cut = false;
        self.leading.forget(&graph.leads);
        let around = Around::default();
        let back = Mirror::<true> { network, around: &around };
        for_each_access(&network.walks_back, &query.to, |Access { place_stop, stop, seconds }| {
            for node in network.exit_nodes_of::<false>(stop) {
                for (pattern, call) in back.calls_at(node) {
                    self.patterns_with_targets.push(pattern.0);
                    self.has_targets[pattern.index()] = true;
                    self.leading.add(&graph.leads, pattern);
                    self.targets[pattern.index()].push(Target { call: call as u32, seconds, stop: place_stop });
                }
            }
        });
    }

    /// Starts a sweep: what sweeps before rode stays ridden.
    pub(crate) fn start_sweep(&mut self) {
        self.rides.clear();
        self.late.clear();
        self.ends.clear();
        self.bound = NEVER;
        self.ends.resize(usize::from(MAX_TRIPS) + 2, None);
    }

    /// Boards at the origin: of every pattern the first run.
    pub(crate) fn board_first(&mut self, network: &Network<'_>, graph: &Graph, query: &Query<'_>) {
        let around = Around::default();
        let mirror = Mirror::<false> { network, around: &around };
        for_each_access(&network.walks, &query.from, |Access { place_stop, stop, seconds }| {
            let time = query.time.saturating_add(seconds);
            for node in network.entry_nodes_of::<false>(stop) {
                for (pattern, call) in mirror.calls_at(node) {
                    if let Some(run) = first_leaving(network, graph, pattern, (call, time)) {
                        self.board(graph, (run, call as u32), 1, How::Origin(place_stop), u32::MAX);
                    }
                }
            }
        });
    }

    /// Boards exactly the runs that leave at a start of a profile.
    pub(crate) fn board_starts(&mut self, graph: &Graph, starts: &[Start]) {
        for start in starts {
            let Some(run) = graph.expanded.find(start.pattern, start.run) else { continue };
            let (first, calls) = (start.call + 1, graph.expanded.events(run).len() as u32);
            let known = self.reached.get(run, 1).call().min(calls);
            let own = graph.in_seat.own(run);
            if first < known || !own.is_empty() {
                let ride = self.rides.len() as u32;
                self.ride(graph, run, first..known.max(first), How::Origin(u32::MAX), u32::MAX);
                // Later runs of the pattern have starts of their own, or leave after the window and must hide nothing: in which
                // run one sits matters, so nobody looked where they lead.
                self.reached.add(run..graph.expanded.info[run as usize].end, 1, Known::from(first, false));
                for &into in own {
                    self.carry(graph, into, 1, ride);
                }
            }
        }
    }

    fn ride(&mut self, graph: &Graph, run: u32, calls: Range<u32>, how: How, before: u32) {
        let block = graph.blocks.of(run);
        let pattern = graph.blocks.pattern(block);
        let (first, until) = (calls.start as u16, calls.end as u16);
        self.rides.push(Ride { run, block, pattern, first, until, how, before });
    }

    /// Boards a run at a call.
    fn board(&mut self, graph: &Graph, (run, call): (u32, u32), trips: usize, how: How, before: u32) {
        let known = self.reached.get(run, trips);
        let first = call + 1;
        let ridden = known.call() <= first;
        if ridden && known.looked() {
            return;
        }
        let blocks = &graph.blocks;
        let block = blocks.of(run);
        let too_late = blocks.arrival(block, first) >= self.bound;
        if too_late || !self.leading.contains(&graph.leads, blocks.pattern(block)) {
            return;
        }
        let calls = blocks.calls(block);
        let ride = self.rides.len() as u32;
        self.ride(graph, run, first..if ridden { first } else { known.call().min(calls) }, how, before);
        self.reached.add(run..blocks.end(block), trips, Known::from(first, true));
        if !known.looked() {
            for place in blocks.onward(block).step_by(2) {
                self.carry(graph, blocks.into(place), trips, ride);
            }
        }
    }

    /// Carries the passenger of a ride into another run.
    fn carry(&mut self, graph: &Graph, Into { run, first, late }: Into, trips: usize, ride: u32) {
        let known = self.reached.get(run, trips).call();
        let from = u32::from(late);
        if known > from {
            let block = graph.blocks.of(run);
            let calls = graph.blocks.calls(block);
            self.ride(graph, run, from..known.min(calls), How::InSeat { first }, ride);
            self.reached.add(run..graph.blocks.end(block), trips, Known::from(from, false));
        }
        if late {
            self.late.push((self.rides.len() as u32, first));
            self.ride(graph, run, 0..0, How::InSeat { first }, ride);
        }
    }

    /// Rides round after round; answers whether the search gave up.
    pub(crate) fn sweep(&mut self, network: &Network<'_>, graph: &Graph, bounds: Bounds<'_>) -> bool {
        self.sweep_noting(network, graph, bounds, |_, _, _| {})
    }

    /// Without a destination: looks everywhere.
    pub(crate) fn look_everywhere(&mut self) {
        self.leading.add_all();
    }

    /// The same, and calls `ridden` with the trips boarded, every ride and, where it only counts at its first call, when.
    pub(crate) fn sweep_noting(
        &mut self,
        network: &Network<'_>,
        graph: &Graph,
        bounds: Bounds<'_>,
        mut ridden: impl FnMut(usize, Ride, Option<Time>),
    ) -> bool {
        let (mut from, mut from_late) = (0, 0);
        for trips in 1..=usize::from(bounds.max_trips.min(MAX_TRIPS)) {
            let (until, until_late) = (self.rides.len(), self.late.len());
            if from == until {
                break;
            }
            self.look_for_targets(graph, trips, from..until, bounds.limit);
            for late in from_late..until_late {
                let (ride, time) = self.late[late];
                ridden(trips, self.rides[ride as usize], Some(time));
                let pattern = self.rides[ride as usize].pattern;
                for target in 0..self.targets[pattern as usize].len() {
                    let target = self.targets[pattern as usize][target];
                    if target.call == 0 {
                        self.arrive(trips, ride, target, time, bounds.limit);
                    }
                }
            }
            self.cut |= self.best[trips] == NEVER;
            let bound = self.best[trips + 1].min(bounds.limit);
            self.bound = bound;
            let last = trips == usize::from(bounds.max_trips);
            for ride in from..until {
                ridden(trips, self.rides[ride], None);
                if last {
                    continue;
                }
                self.change(graph, trips, ride as u32, bound);
                if ride % RIDES_BETWEEN_CANCEL_CHECKS == 0 && bounds.cancel.is_some_and(|cancel| cancel()) {
                    return true;
                }
            }
            for late in (from_late..until_late).filter(|_| !last) {
                let (ride, time) = self.late[late];
                self.change_at_first_call(network, graph, trips, ride, time);
            }
            (from, from_late) = (until, until_late);
        }
        false
    }

    fn look_for_targets(&mut self, graph: &Graph, trips: usize, rides: Range<usize>, limit: Time) {
        for index in rides {
            let ride = self.rides[index];
            if !self.has_targets[ride.pattern as usize] {
                continue;
            }
            let calls = u32::from(ride.first)..u32::from(ride.until);
            for target in 0..self.targets[ride.pattern as usize].len() {
                let target = self.targets[ride.pattern as usize][target];
                if calls.contains(&target.call) {
                    let time = graph.blocks.arrival(ride.block, target.call);
                    self.arrive(trips, index as u32, target, time, limit);
                }
            }
        }
    }

    fn arrive(&mut self, trips: usize, ride: u32, target: Target, time: Time, limit: Time) {
        let arrival = time.saturating_add(target.seconds);
        if arrival < limit && arrival < self.best[trips] {
            for later in &mut self.best[trips..] {
                *later = arrival.min(*later);
            }
            self.ends[trips] = Some(End { ride, left: target.call, stop: target.stop });
        }
    }

    /// Changes wherever a ride is left in time.
    fn change(&mut self, graph: &Graph, trips: usize, ride: u32, bound: Time) {
        let Ride { block, first, until, .. } = self.rides[ride as usize];
        for place in graph.blocks.changes(block, u32::from(first)..u32::from(until), bound) {
            self.board(graph, graph.boarded(place), trips + 1, How::Change(place as u32), ride);
        }
    }

    /// Changes at the first call of a run, where the run before ended after this one had arrived there.
    fn change_at_first_call(&mut self, network: &Network<'_>, graph: &Graph, trips: usize, ride: u32, time: Time) {
        let around = Around::default();
        let mirror = Mirror::<false> { network, around: &around };
        let pattern = PatternId(self.rides[ride as usize].pattern);
        let node = network.columns.call_alight[network.columns.calls_of(pattern).start];
        if node == NOWHERE || time >= self.best[trips + 1] {
            return;
        }
        for &(board, seconds) in network.changes.of(node) {
            for (other, call) in mirror.calls_at(board) {
                let found = first_leaving(network, graph, other, (call, time.saturating_add(seconds)));
                if let Some(run) = found {
                    self.board(graph, (run, call as u32), trips + 1, How::AtFirstCall, ride);
                }
            }
        }
    }
}

/// The first run of a pattern that leaves a call (not its last) at or after a time, within a day.
fn first_leaving(network: &Network<'_>, graph: &Graph, pattern: PatternId, (call, time): (usize, Time)) -> Option<u32> {
    let view = network.calendar.pattern(pattern);
    let run = network.calendar.first_leaving(&view, 0, (call, time), |_| true).filter(|_| call + 1 < view.calls)?;
    let soon = view.departure(run, call) <= time.saturating_add(LONGEST);
    graph.expanded.find(pattern, run).filter(|_| soon)
}
