//! The search by trips: rides, and the changes between them, fewest trips first (after Witt 2015, section 3.1).

use super::blocks::Block;
use super::graph::Graph;
use super::in_seat::Into;
use super::reached::{Known, Reached};
use super::{LONGEST, NOWHERE};
use crate::access::{Access, Start, for_each_access};
use crate::agenda::Agenda;
use crate::mirror::Mirror;
use crate::needed::Needed;
use crate::network::Network;
use crate::query::{Cancel, MAX_TRIPS, Query};
use crate::timeline::Around;
use std::hint::black_box;
use std::ops::Range;
use tumen_base::{PatternId, Time};

/// A time that nothing reaches.
const NEVER: Time = Time::MAX;

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
    /// From the origin at a start of a profile: in exactly this run, so that it answers for no later one.
    Start,
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

/// A run to be ridden.
#[derive(Clone, Copy, Debug)]
struct Offer {
    run: u32,
    /// The first call at which stepping off counts: the one after the call boarded.
    first: u32,
    how: How,
    /// The ride before.
    before: u32,
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

/// Offers looked at together: their memory is asked for at once, and most of the time goes into waiting for it.
const TOGETHER: usize = 32;

/// What a search keeps between queries.
#[derive(Default)]
pub(crate) struct Workspace<R> {
    reached: R,
    pub(crate) rides: Vec<Ride>,
    agenda: Agenda<Offer>,
    needed: Needed,
    /// The days of the graph and the patterns for which trips needed were worked out.
    needed_for: (Range<i32>, Vec<u32>),
    /// Targets of a pattern, by pattern.
    targets: Vec<Vec<Target>>,
    patterns_with_targets: Vec<u32>,
    /// Best time at the destination with at most so many trips.
    pub(crate) best: Vec<Time>,
    /// How this sweep reached it with so many trips.
    pub(crate) ends: Vec<Option<End>>,
    /// Something may lie beyond the limit that would use fewer trips.
    pub(crate) cut: bool,
    /// Offers being looked at.
    together: Vec<(Offer, Block)>,
    /// Changes of the rides being looked at.
    leaving: Vec<(u32, Range<usize>)>,
}

/// Where a sweep is.
#[derive(Clone, Copy)]
struct Round {
    /// Trips boarded.
    trips: usize,
    /// Trips of the journey, at least.
    fewest: usize,
    /// Times from here on are of no use.
    limit: Time,
}

impl<R: Reached> Workspace<R> {
    /// Prepares for a query.
    pub(crate) fn start(&mut self, network: &Network<'_>, graph: &Graph, query: &Query<'_>) {
        let patterns = network.calendar.patterns();
        self.reached.forget(graph);
        for pattern in self.patterns_with_targets.drain(..) {
            self.targets[pattern as usize].clear();
        }
        self.targets.resize_with(patterns.max(self.targets.len()), Vec::new);
        self.best.clear();
        self.best.resize(usize::from(MAX_TRIPS) + 1, NEVER);
        self.cut = false;
        let around = Around::default();
        let back = Mirror::<true> { network, around: &around };
        for_each_access(&network.walks_back, &query.to, |Access { place_stop, stop, seconds, .. }| {
            for node in network.exit_nodes_of::<false>(stop) {
                for (pattern, call) in back.calls_at(node) {
                    self.patterns_with_targets.push(pattern.0);
                    self.targets[pattern.index()].push(Target { call: call as u32, seconds, stop: place_stop });
                }
            }
        });
        if self.needed_for.0 != graph.expanded.days || self.needed_for.1 != self.patterns_with_targets {
            self.needed.find(&graph.ways, self.patterns_with_targets.iter().map(|&pattern| PatternId(pattern)));
            self.needed_for.0 = graph.expanded.days.clone();
            self.needed_for.1.clone_from(&self.patterns_with_targets);
        }
    }

    /// Without a destination: looks everywhere.
    pub(crate) fn look_everywhere(&mut self) {
        self.needed.clear();
        self.needed_for.0 = 0..0;
    }

    /// Starts a sweep: what sweeps before rode stays ridden.
    pub(crate) fn start_sweep(&mut self) {
        self.rides.clear();
        self.agenda.forget();
        self.ends.clear();
        self.ends.resize(usize::from(MAX_TRIPS) + 1, None);
    }

    /// Boards at the origin: of every pattern the first run.
    pub(crate) fn board_first(&mut self, network: &Network<'_>, graph: &Graph, query: &Query<'_>) {
        let around = Around::default();
        let mirror = Mirror::<false> { network, around: &around };
        for_each_access(&network.walks, &query.from, |Access { place_stop, stop, seconds, .. }| {
            let time = query.time.saturating_add(seconds);
            for node in network.entry_nodes_of::<false>(stop) {
                for (pattern, call) in mirror.calls_at(node) {
                    if let Some(run) = first_leaving(network, graph, pattern, (call, time)) {
                        let how = How::Origin(place_stop);
                        self.offer(graph, 1, Offer { run, first: call as u32 + 1, how, before: u32::MAX });
                    }
                }
            }
        });
    }

    /// Boards exactly the runs that leave at a start of a profile.
    pub(crate) fn board_starts(&mut self, graph: &Graph, starts: &[Start]) {
        for start in starts {
            if let Some(run) = graph.expanded.find(start.pattern, start.run) {
                self.offer(graph, 1, Offer { run, first: start.call + 1, how: How::Start, before: u32::MAX });
            }
        }
    }

    /// Puts a run on the agenda, unless nothing comes of it.
    fn offer(&mut self, graph: &Graph, trips: usize, offer: Offer) {
        if self.is_new(graph, trips, &offer) {
            let fewest = trips + self.needed.from(graph.blocks.pattern(offer.run));
            self.agenda.add(trips, fewest, offer);
        }
    }

    /// Whether an offered run was not ridden yet, or nobody looked where it leads.
    fn is_new(&self, graph: &Graph, trips: usize, offer: &Offer) -> bool {
        let known = self.reached.get(offer.run, trips);
        let leads_on = match offer.how {
            How::InSeat { .. } => false,
            How::Start => !graph.in_seat.own(offer.run).is_empty(),
            _ => !known.looked(),
        };
        offer.first < known.call() || leads_on
    }

    /// Rides what is on the agenda, and what comes of it; answers whether the search gave up.
    pub(crate) fn sweep(&mut self, network: &Network<'_>, graph: &Graph, bounds: Bounds<'_>) -> bool {
        self.sweep_noting(network, graph, bounds, |_, _, _| {})
    }

    /// The same, and calls `ridden` with the trips boarded, every ride and, where it only counts at its first call, when.
    pub(crate) fn sweep_noting(
        &mut self,
        network: &Network<'_>,
        graph: &Graph,
        bounds: Bounds<'_>,
        mut ridden: impl FnMut(usize, Ride, Option<Time>),
    ) -> bool {
        let most = usize::from(bounds.max_trips.min(MAX_TRIPS));
        for fewest in 1..=most {
            if !self.agenda.has(fewest) {
                continue;
            }
            for trips in 1..=fewest {
                let round = Round { trips, fewest, limit: bounds.limit };
                let mut done = 0;
                while done < self.agenda.rides(trips, fewest).len() {
                    let first_ride = self.rides.len();
                    done += self.ride_together(network, graph, round, done, &mut ridden);
                    if trips < most {
                        self.change(graph, round, first_ride);
                    }
                    if bounds.cancel.is_some_and(|cancel| cancel()) {
                        return true;
                    }
                }
            }
            self.cut |= self.best[fewest] == NEVER;
        }
        false
    }

    /// Rides some offers, from one on; answers how many.
    fn ride_together(
        &mut self,
        network: &Network<'_>,
        graph: &Graph,
        round: Round,
        from: usize,
        ridden: &mut impl FnMut(usize, Ride, Option<Time>),
    ) -> usize {
        let offers = &self.agenda.rides(round.trips, round.fewest)[from..];
        let count = offers.len().min(TOGETHER);
        let bound = self.best[round.fewest].min(round.limit);
        let mut together = std::mem::take(&mut self.together);
        together.clear();
        let new = offers[..count].iter().filter(|offer| self.is_new(graph, round.trips, offer));
        together.extend(new.map(|&offer| (offer, graph.blocks.of(offer.run))));
        // Nothing waits for what is read here, so the memory of all of them is asked for at once; so it is below.
        black_box(together.iter().fold(0, |all, &(_, block)| all ^ graph.blocks.calls(block)));
        together.retain(|&(offer, block)| graph.blocks.arrival(block, offer.first) < bound);
        for &(offer, block) in &together {
            self.ride(network, graph, round, (offer, block), ridden);
        }
        self.together = together;
        count
    }

    /// Rides a run, and puts on the agenda what it leads into.
    fn ride(
        &mut self,
        network: &Network<'_>,
        graph: &Graph,
        round: Round,
        (offer, block): (Offer, Block),
        ridden: &mut impl FnMut(usize, Ride, Option<Time>),
    ) {
        if !self.is_new(graph, round.trips, &offer) {
            return;
        }
        let Offer { run, first, how, before } = offer;
        let (blocks, trips) = (&graph.blocks, round.trips);
        let known = self.reached.get(run, trips);
        let until = known.call().min(blocks.calls(block)).max(first);
        let number = self.rides.len() as u32;
        let pattern = blocks.pattern(run);
        let ride = Ride { run, block, pattern, first: first as u16, until: until as u16, how, before };
        self.rides.push(ride);
        ridden(trips, ride, None);
        if round.trips == round.fewest {
            self.look_for_targets(graph, round, number);
        }
        // In a profile, later runs of the pattern have starts of their own, or leave after the window and must hide nothing: in
        // which run one sits matters, so nobody looked where they lead.
        let looks = !matches!(how, How::Start | How::InSeat { .. });
        self.reached.add(run..blocks.end(block), trips, Known::from(first, looks));
        match how {
            How::InSeat { .. } => {}
            How::Start => {
                for &into in graph.in_seat.own(run) {
                    self.carry(network, graph, round, (into, number), ridden);
                }
            }
            _ if known.looked() => {}
            _ => {
                for place in blocks.onward(block).step_by(2) {
                    self.carry(network, graph, round, (blocks.into(place), number), ridden);
                }
            }
        }
    }

    /// Carries the passenger of a ride into another run.
    fn carry(
        &mut self,
        network: &Network<'_>,
        graph: &Graph,
        round: Round,
        (Into { run, first, late }, before): (Into, u32),
        ridden: &mut impl FnMut(usize, Ride, Option<Time>),
    ) {
        let how = How::InSeat { first };
        self.offer(graph, round.trips, Offer { run, first: u32::from(late), how, before });
        if late {
            let (block, pattern) = (graph.blocks.of(run), graph.blocks.pattern(run));
            let number = self.rides.len() as u32;
            let ride = Ride { run, block, pattern, first: 0, until: 0, how, before };
            self.rides.push(ride);
            ridden(round.trips, ride, Some(first));
            self.step_off_at_first_call(network, graph, round, (number, first));
        }
    }

    /// Steps off and changes at the first call of a run, where the run before ended after this one had arrived there.
    fn step_off_at_first_call(
        &mut self,
        network: &Network<'_>,
        graph: &Graph,
        round: Round,
        (before, time): (u32, Time),
    ) {
        let pattern = self.rides[before as usize].pattern;
        for target in 0..self.targets[pattern as usize].len() {
            let target = self.targets[pattern as usize][target];
            if target.call == 0 {
                self.arrive(round, before, target, time);
            }
        }
        let node = network.columns.call_alight[network.columns.calls_of(PatternId(pattern)).start];
        if node == NOWHERE {
            return;
        }
        let around = Around::default();
        let mirror = Mirror::<false> { network, around: &around };
        for &(board, seconds) in network.changes.of(node) {
            for (other, call) in mirror.calls_at(board) {
                if let Some(run) = first_leaving(network, graph, other, (call, time.saturating_add(seconds))) {
                    let offer = Offer { run, first: call as u32 + 1, how: How::AtFirstCall, before };
                    self.offer(graph, round.trips + 1, offer);
                }
            }
        }
    }

    fn look_for_targets(&mut self, graph: &Graph, round: Round, number: u32) {
        let ride = self.rides[number as usize];
        let calls = u32::from(ride.first)..u32::from(ride.until);
        for target in 0..self.targets[ride.pattern as usize].len() {
            let target = self.targets[ride.pattern as usize][target];
            if calls.contains(&target.call) {
                self.arrive(round, number, target, graph.blocks.arrival(ride.block, target.call));
            }
        }
    }

    fn arrive(&mut self, Round { trips, limit, .. }: Round, ride: u32, target: Target, time: Time) {
        let arrival = time.saturating_add(target.seconds);
        if arrival < limit && arrival < self.best[trips] {
            for later in &mut self.best[trips..] {
                *later = arrival.min(*later);
            }
            self.ends[trips] = Some(End { ride, left: target.call, stop: target.stop });
        }
    }

    /// Changes wherever the latest rides are left in time.
    fn change(&mut self, graph: &Graph, round: Round, first_ride: usize) {
        let bound = self.best[round.fewest].min(round.limit);
        let mut leaving = std::mem::take(&mut self.leaving);
        leaving.clear();
        leaving.extend(self.rides[first_ride..].iter().zip(first_ride as u32..).map(|(ride, number)| {
            let calls = u32::from(ride.first)..u32::from(ride.until);
            (number, graph.blocks.changes(ride.block, calls, bound))
        }));
        black_box(leaving.iter().fold(0, |all, (_, changes)| all ^ graph.blocks.touch(changes)));
        for &(before, ref changes) in &leaving {
            for place in changes.clone() {
                let (run, call) = graph.boarded(place);
                let how = How::Change(place as u32);
                self.offer(graph, round.trips + 1, Offer { run, first: call + 1, how, before });
            }
        }
        self.leaving = leaving;
    }
}

/// The first run of a pattern that leaves a call (not its last) at or after a time, within a day.
fn first_leaving(network: &Network<'_>, graph: &Graph, pattern: PatternId, (call, time): (usize, Time)) -> Option<u32> {
    let view = network.calendar.pattern(pattern);
    let run = network.calendar.first_leaving(&view, 0, (call, time), |_| true).filter(|_| call + 1 < view.calls)?;
    let soon = view.departure(run, call) <= time.saturating_add(LONGEST);
    graph.expanded.find(pattern, run).filter(|_| soon)
}
