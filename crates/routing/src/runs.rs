//! The patient engine: run by run, with every arrival kept.
//!
//! Where a wait is bounded, an early arrival may be worth less than a later one; where a hop is masked on some days, a later run
//! may pass where the earliest does not; where a guarantee names two trips, it matters which trip brings a passenger. So
//! this engine reaches single calls of single runs, each once, in rounds of boarded trips. It follows SEMANTICS.md directly and
//! works in either direction over a [`Mirror`].

use crate::access::{Access, for_each_access};
use crate::assemble::{Ends, assemble};
use crate::calendar::PatternView;
use crate::forbidden::Forbidden;
use crate::hash::{HashedMap, HashedSet};
use crate::journey::{Journey, RidePart, Run};
use crate::mirror::{Entered, Mirror, RunKey};
use crate::network::Network;
use crate::query::Query;
use crate::rounds::{self, Found, SweepEnd, around};
use std::ops::{Range, RangeInclusive};
use tumen_base::{PatternId, StopId, Time};

/// Being aboard a run, and how that came about.
#[derive(Clone, Copy)]
struct Ride {
    run: RunKey,
    pattern: PatternId,
    /// Mirrored call at which it was entered.
    entered: u32,
    /// The ride from which the passenger was carried into this one, in `rides`.
    carried_from: Option<u32>,
    before: Before,
}

/// What came before a boarding.
#[derive(Clone, Copy)]
enum Before {
    /// An alighting, in `alightings`.
    Alighting(u32),
    /// Nothing: the journey starts at this stop of the origin.
    Origin(u32),
}

/// Boarding at a call, from a time on.
#[derive(Clone, Copy)]
struct Boarding {
    from: Time,
    latest: Time,
    before: Before,
    /// Whether whoever came earlier has boarded every later run already (no bounded wait).
    patient: bool,
}

/// Leaving a run.
#[derive(Clone, Copy)]
struct Alighting {
    node: u32,
    time: Time,
    ride: u32,
    left: u32,
}

/// What the engine remembers during a query; kept between queries for its memory.
#[derive(Default)]
pub(crate) struct Workspace {
    forbidden: Forbidden,
    rides: Vec<Ride>,
    alightings: Vec<Alighting>,
    /// (run, mirrored call) pairs at which somebody is aboard on arrival.
    aboard: HashedSet<(RunKey, u32)>,
    /// (node, time) pairs at which somebody alighted.
    alighted: HashedSet<(u32, Time)>,
    /// Where waits are not bounded: best time at an exit node.
    best: HashedMap<u32, Time>,
    /// Where waits are not bounded: first run of a pattern from which all were boarded at a mirrored call.
    boarded: HashedMap<(u32, u32), RunKey>,
    targets: HashedMap<u32, (i32, u32)>,
    /// Nodes from which the destination is reached through a gate.
    gated_targets: Vec<(u32, Access)>,
    pending: Vec<Ride>,
    limit: Time,
    best_arrival: Time,
    /// The alighting of this round that is best at the destination, and the stop it leads to.
    reached: Option<(u32, u32)>,
    cut: bool,
}

/// Which departures a journey may begin with.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum First {
    /// Those at or after the query's time (before, backwards).
    AnyTime,
    /// Only those exactly then: one start of a profile.
    Exactly,
}

/// Every Pareto-optimal (time, trips) pair from the query's time on, or back from it.
pub(crate) fn journeys<const BACK: bool>(
    workspace: &mut Workspace,
    network: &Network<'_>,
    query: &Query<'_>,
    first: First,
    walking: Option<i32>,
) -> Found {
    let around = around(network, query, 0);
    let mirror = Mirror::<BACK> { network, around: &around };
    let start = Mirror::<BACK>::time(query.time);
    workspace.start(mirror, query, start, walking);
    let mut journeys = Vec::new();
    let end = workspace.rounds(mirror, query, first, |workspace, _, _| {
        if let Some((alighting, destination)) = workspace.reached.take() {
            journeys.push(workspace.trace(mirror, query, alighting, destination));
        }
    });
    Found { journeys, cut: end.cut, cancelled: end.cancelled }
}

/// Calls `alighted` with wherever a search without a destination steps off, from the query's time on, by trips.
pub(crate) fn explore(
    workspace: &mut Workspace,
    network: &Network<'_>,
    query: &Query<'_>,
    first: First,
    mut alighted: impl FnMut(rounds::Alighting),
) -> SweepEnd {
    let around = around(network, query, 0);
    let mirror = Mirror::<false> { network, around: &around };
    workspace.start(mirror, query, query.time, None);
    workspace.rounds(mirror, query, first, |workspace, trips, round| {
        for &Alighting { node, time, .. } in &workspace.alightings[round] {
            let stop = mirror.exit_stops()[node as usize];
            alighted(rounds::Alighting { departure: query.time, trips, stop, time });
        }
    })
}

impl Workspace {
    fn start<const BACK: bool>(
        &mut self,
        mirror: Mirror<'_, '_, BACK>,
        query: &Query<'_>,
        start: Time,
        walking: Option<i32>,
    ) {
        self.forbidden.set(&query.filter, &mirror.network.columns);
        self.rides.clear();
        self.alightings.clear();
        self.aboard.clear();
        self.alighted.clear();
        self.best.clear();
        self.boarded.clear();
        self.targets.clear();
        self.gated_targets.clear();
        self.cut = false;
        self.limit = query.limit(start, walking);
        self.best_arrival = self.limit;
        let destination = if BACK { &query.from } else { &query.to };
        for_each_access(mirror.walks_to(), destination, |access| {
            let Access { place_stop, stop, seconds, .. } = access;
            if self.forbidden.stop(place_stop) || self.forbidden.stop(stop) {
                return;
            }
            let [from, to] = if BACK { [place_stop, stop] } else { [stop, place_stop] };
            let is_gated = self.forbidden.gates.between(from, to).is_some();
            for node in mirror.network.exit_nodes_of::<BACK>(stop) {
                if is_gated {
                    self.gated_targets.push((node, access));
                    continue;
                }
                let known = self.targets.entry(node).or_insert((seconds, place_stop));
                if seconds < known.0 {
                    *known = (seconds, place_stop);
                }
            }
        });
    }

    /// Boards and rides, one trip more each round, after which `ended` is called with its trips and alightings.
    fn rounds<const BACK: bool>(
        &mut self,
        mirror: Mirror<'_, '_, BACK>,
        query: &Query<'_>,
        first: First,
        mut ended: impl FnMut(&mut Self, u8, Range<usize>),
    ) -> SweepEnd {
        let mut from = 0;
        for trips in 1..=query.max_trips {
            let until = self.alightings.len();
            self.reached = None;
            if trips == 1 {
                self.board_first(mirror, query, first, Mirror::<BACK>::time(query.time));
            } else {
                self.note_best(from..until);
                for alighting in from..until {
                    self.change(mirror, query, alighting as u32);
                    if alighting % 64 == 0 && query.cancel.is_some_and(|cancel| cancel()) {
                        return SweepEnd { cut: false, cancelled: true };
                    }
                }
                from = until;
            }
            let known = self.alightings.len();
            ended(self, trips, until..known);
            if from == known {
                break;
            }
        }
        SweepEnd { cut: self.cut, cancelled: false }
    }

    fn board_first<const BACK: bool>(
        &mut self,
        mirror: Mirror<'_, '_, BACK>,
        query: &Query<'_>,
        first: First,
        start: Time,
    ) {
        let origin = if BACK { &query.to } else { &query.from };
        for_each_access(mirror.walks(), origin, |access| {
            let Access { place_stop, stop, .. } = access;
            if self.forbidden.stop(place_stop) {
                return;
            }
            let Some(from) = access.at_stop::<BACK>(&self.forbidden.gates, start) else { return };
            let (latest, patient) = match first {
                First::AnyTime => (Time::MAX, query.max_wait.is_none()),
                // Who has to set out just before a gate closes can still board until somebody comes who set out when it opens.
                First::Exactly => {
                    let next = access.at_stop::<BACK>(&self.forbidden.gates, start.saturating_add(1));
                    (next.map_or(Time::MAX, |next| next - 1), false)
                }
            };
            let boarding = Boarding { from, latest, before: Before::Origin(place_stop), patient };
            for node in mirror.network.entry_nodes_of::<BACK>(stop) {
                self.board(mirror, node, boarding);
            }
        });
    }

    /// Notes the best times of a finished round: what it reached later than another is not worth changing from.
    fn note_best(&mut self, round: Range<usize>) {
        for &Alighting { node, time, .. } in &self.alightings[round] {
            let best = self.best.entry(node).or_insert(Time::MAX);
            *best = time.min(*best);
        }
    }

    fn change<const BACK: bool>(&mut self, mirror: Mirror<'_, '_, BACK>, query: &Query<'_>, index: u32) {
        let Alighting { node, time, .. } = self.alightings[index as usize];
        let boarding = Boarding {
            from: time.saturating_add(query.least_change_time).saturating_add(query.extra_change_time),
            latest: query.max_wait.map_or(Time::MAX, |wait| time.saturating_add(wait)),
            before: Before::Alighting(index),
            patient: query.max_wait.is_none(),
        };
        if query.max_wait.is_some() || self.best.get(&node).is_none_or(|&best| time <= best) {
            for &(entry, seconds) in mirror.changes().of(node) {
                if let Some(from) = self.changed(mirror, query, (node, time), (entry, seconds)) {
                    self.board(mirror, entry, Boarding { from, ..boarding });
                }
            }
        }
        if mirror.network.guarantees_matter {
            self.board_guaranteed(mirror, query, index, boarding);
        }
    }

    /// When a change from a node at a time to another one is made.
    fn changed<const BACK: bool>(
        &self,
        mirror: Mirror<'_, '_, BACK>,
        query: &Query<'_>,
        (node, time): (u32, Time),
        (entry, seconds): (u32, i32),
    ) -> Option<Time> {
        let way = [mirror.exit_stops()[node as usize], mirror.entry_stops()[entry as usize]];
        let (seconds, extra) = (query.change_time(seconds), query.extra_change_time);
        let gates = &self.forbidden.gates;
        if BACK {
            gates.walk::<BACK>(way, time.saturating_add(extra), seconds)
        } else {
            Some(gates.walk::<BACK>(way, time, seconds)?.saturating_add(extra))
        }
    }

    /// Boards the trips that wait for the one that was left: no change time is due.
    fn board_guaranteed<const BACK: bool>(
        &mut self,
        mirror: Mirror<'_, '_, BACK>,
        query: &Query<'_>,
        index: u32,
        boarding: Boarding,
    ) {
        let network = mirror.network;
        let Alighting { ride, left, time, .. } = self.alightings[index as usize];
        let Ride { run, pattern, .. } = self.rides[ride as usize];
        let view = network.calendar.pattern(pattern);
        let call = Mirror::<BACK>::call(view.calls, left as usize);
        let stop = network.columns.call_stop[view.first_call + call];
        let usual = query.change_time(network.settings.change_time);
        let until = time.saturating_add(usual).saturating_add(query.extra_change_time);
        for trip in network.guaranteed::<BACK>(Mirror::<BACK>::run(run).trip, stop) {
            let pattern = PatternId(network.columns.trip_pattern[trip.index()]);
            let view = network.calendar.pattern(pattern);
            for position in 0..view.calls {
                let call = Mirror::<BACK>::call(view.calls, position);
                let column = view.first_call + call;
                let ends = !BACK && call + 1 == view.calls;
                if ends || network.columns.call_stop[column] != stop || mirror.call_entries()[column] == u32::MAX {
                    continue;
                }
                let carried = BACK && position + 1 == view.calls;
                let only = |run: Run| run.trip == trip;
                let mut next = mirror.first_run(pattern, &view, call, boarding.from, only);
                while let Some(run) = next {
                    let leaves = if carried { run.exit_time(call) } else { run.entry_time(call) };
                    if leaves >= until || leaves > boarding.latest {
                        break;
                    }
                    if only(Mirror::<BACK>::run(run.run)) {
                        self.enter(mirror, run.run, pattern, position as u32, boarding);
                    }
                    next = mirror.following(pattern, &view, &run);
                }
            }
        }
    }

    /// Boards, at an entry node, every run that leaves in time.
    fn board<const BACK: bool>(&mut self, mirror: Mirror<'_, '_, BACK>, node: u32, boarding: Boarding) {
        if self.forbidden.stop(mirror.entry_stops()[node as usize]) {
            return;
        }
        for (pattern, call) in mirror.calls_at(node) {
            if self.forbidden.pattern(pattern) {
                continue;
            }
            let view = mirror.network.calendar.pattern(pattern);
            let position = Mirror::<BACK>::call(view.calls, call) as u32;
            if !BACK && call + 1 == view.calls {
                continue;
            }
            let Some(first) = mirror.first_run(pattern, &view, call, boarding.from, |_| true) else { continue };
            // Backwards, stepping off at the very first call: whoever is carried in is there no earlier than the run before
            // ended, so the bounds hold for the departure, and other times see other runs before.
            let carried = BACK && position as usize + 1 == view.calls;
            let mut until = RunKey::MAX;
            if boarding.patient && !carried {
                let known = self.boarded.entry((pattern.0, position)).or_insert(RunKey::MAX);
                until = std::mem::replace(known, first.run.min(*known));
            }
            let mut next = Some(first);
            while let Some(run) = next.filter(|next| next.run < until) {
                let leaves = if carried { run.exit_time(call) } else { run.entry_time(call) };
                if leaves >= self.best_arrival || leaves > boarding.latest {
                    self.cut |= leaves >= self.limit && self.best_arrival == self.limit;
                    break;
                }
                self.enter(mirror, run.run, pattern, position, boarding);
                next = mirror.following(pattern, &view, &run);
            }
        }
    }

    /// Rides a run from a call on, and whatever it continues in.
    fn enter<const BACK: bool>(
        &mut self,
        mirror: Mirror<'_, '_, BACK>,
        run: RunKey,
        pattern: PatternId,
        position: u32,
        boarding: Boarding,
    ) {
        if self.forbidden.run(Mirror::<BACK>::run(run)) || self.forbidden.pattern(pattern) {
            return;
        }
        let ride = Ride { run, pattern, entered: position, carried_from: None, before: boarding.before };
        let view = mirror.network.calendar.pattern(pattern);
        if BACK && position as usize + 1 == view.calls {
            // Stepping off at the first call of a run: it is reached no earlier than the run before ended.
            self.rides.push(ride);
            self.carry_on(mirror, &view, self.rides.len() as u32 - 1, Some(&(boarding.from..=boarding.latest)));
        } else {
            self.ride(mirror, &view, ride, position + 1);
        }
        while let Some(ride) = self.pending.pop() {
            let view = mirror.network.calendar.pattern(ride.pattern);
            self.ride_carried(mirror, &view, ride);
        }
    }

    /// Rides on from a mirrored call, alighting wherever nobody aboard this run alighted before.
    fn ride<const BACK: bool>(&mut self, mirror: Mirror<'_, '_, BACK>, view: &PatternView<'_>, ride: Ride, from: u32) {
        let mut index = None;
        let entered = located(mirror, &ride);
        for position in from..view.calls as u32 {
            if self.masked::<BACK>(view, ride.run, position) || !self.aboard.insert((ride.run, position)) {
                return;
            }
            let index = *index.get_or_insert_with(|| {
                self.rides.push(ride);
                self.rides.len() as u32 - 1
            });
            let call = Mirror::<BACK>::call(view.calls, position as usize);
            let time = entered.exit_time(call);
            if time >= self.best_arrival {
                self.cut |= time >= self.limit && self.best_arrival == self.limit;
                return;
            }
            self.alight(mirror, view, index, position, time);
        }
        let index = index.unwrap_or_else(|| {
            self.rides.push(ride);
            self.rides.len() as u32 - 1
        });
        self.carry_on(mirror, view, index, None);
    }

    /// Rides a run that the passenger was carried into: forwards its first call is an exit too.
    fn ride_carried<const BACK: bool>(&mut self, mirror: Mirror<'_, '_, BACK>, view: &PatternView<'_>, ride: Ride) {
        if let Some(before) = ride.carried_from.filter(|_| !BACK) {
            let before = self.rides[before as usize];
            let last = mirror.network.calendar.pattern(before.pattern).calls - 1;
            let time = located(mirror, &before).exit_time(last).max(located(mirror, &ride).exit_time(0));
            if time < self.best_arrival {
                self.rides.push(ride);
                self.alight(mirror, view, self.rides.len() as u32 - 1, 0, time);
            }
        }
        if self.aboard.insert((ride.run, 0)) {
            self.ride(mirror, view, ride, 1);
        }
    }

    /// Queues the runs in which a run continues.
    fn carry_on<const BACK: bool>(
        &mut self,
        mirror: Mirror<'_, '_, BACK>,
        view: &PatternView<'_>,
        index: u32,
        stepping_off: Option<&RangeInclusive<Time>>,
    ) {
        let ride = self.rides[index as usize];
        let last = Mirror::<BACK>::call(view.calls, view.calls - 1);
        if located(mirror, &ride).exit_time(last) >= self.best_arrival {
            return;
        }
        for run in mirror.links(ride.run) {
            let pattern = PatternId(mirror.network.columns.trip_pattern[run.trip.index()]);
            let view = mirror.network.calendar.pattern(pattern);
            let first = Mirror::<BACK>::call(view.calls, 0);
            let key = Mirror::<BACK>::key(run);
            let entered = mirror.locate(pattern, &view, run);
            let in_time = stepping_off.is_none_or(|times| {
                let end = entered.entry_time(first);
                let there = end.min(located(mirror, &ride).entry_time(last));
                end >= *times.start() && there <= *times.end()
            });
            if in_time && !self.forbidden.pattern(pattern) && !self.forbidden.run(run) {
                self.pending.push(Ride { run: key, pattern, entered: 0, carried_from: Some(index), ..ride });
            }
        }
    }

    /// Steps off at a call, if that is allowed and new.
    fn alight<const BACK: bool>(
        &mut self,
        mirror: Mirror<'_, '_, BACK>,
        view: &PatternView<'_>,
        ride: u32,
        left: u32,
        time: Time,
    ) {
        let call = Mirror::<BACK>::call(view.calls, left as usize);
        let node = mirror.call_exits()[view.first_call + call];
        if node == u32::MAX || self.forbidden.stop(mirror.exit_stops()[node as usize]) {
            return;
        }
        if !self.alighted.insert((node, time)) && !mirror.network.guarantees_matter {
            return;
        }
        self.alightings.push(Alighting { node, time, ride, left });
        let way = self.targets.get(&node).map(|&(seconds, destination)| (time.saturating_add(seconds), destination));
        let gated =
            self.gated_targets.iter().filter(|(target, _)| *target == node).filter_map(|(_, access)| {
                Some((access.at_place::<BACK>(&self.forbidden.gates, time)?, access.place_stop))
            });
        if let Some((arrival, destination)) = way.into_iter().chain(gated).min()
            && arrival < self.best_arrival
        {
            self.best_arrival = arrival;
            self.reached = Some((self.alightings.len() as u32 - 1, destination));
        }
    }

    /// Whether the hop that leads to a mirrored call may not be crossed by the run.
    fn masked<const BACK: bool>(&self, view: &PatternView<'_>, run: RunKey, position: u32) -> bool {
        let call = Mirror::<BACK>::call(view.calls, position as usize) as u32;
        let hop = if BACK { call } else { call - 1 };
        self.forbidden.hop(Mirror::<BACK>::run(run), hop)
    }

    fn trace<const BACK: bool>(
        &self,
        mirror: Mirror<'_, '_, BACK>,
        query: &Query<'_>,
        alighting: u32,
        destination: u32,
    ) -> Journey {
        let mut rides = Vec::new();
        let mut before = Before::Alighting(alighting);
        while let Before::Alighting(index) = before {
            let Alighting { ride, left, .. } = self.alightings[index as usize];
            let mut current = self.rides[ride as usize];
            let mut parts = vec![part(mirror, current, left)];
            while let Some(previous) = current.carried_from {
                current = self.rides[previous as usize];
                let calls = mirror.network.calendar.pattern(current.pattern).calls;
                parts.push(part(mirror, current, calls as u32 - 1));
            }
            if !BACK {
                parts.reverse();
            }
            rides.push(parts);
            before = current.before;
        }
        let Before::Origin(origin) = before else { unreachable!("the loop ends at an origin") };
        let (from, to) = if BACK { (destination, origin) } else { (origin, destination) };
        if !BACK {
            rides.reverse();
        }
        assemble(mirror.network, query, &self.forbidden, Ends { from: StopId(from), to: StopId(to) }, rides)
    }
}

/// The run of a ride and its times.
fn located<'n, const BACK: bool>(mirror: Mirror<'n, '_, BACK>, ride: &Ride) -> Entered<'n, BACK> {
    let view = mirror.network.calendar.pattern(ride.pattern);
    mirror.locate(ride.pattern, &view, Mirror::<BACK>::run(ride.run))
}

/// A ride up to a mirrored call, as it really is.
fn part<const BACK: bool>(mirror: Mirror<'_, '_, BACK>, ride: Ride, left: u32) -> RidePart {
    let calls = mirror.network.calendar.pattern(ride.pattern).calls;
    let real = |position: u32| Mirror::<BACK>::call(calls, position as usize) as u32;
    let (entered, left) = (real(ride.entered), real(left));
    let (from_call, to_call) = if BACK { (left, entered) } else { (entered, left) };
    RidePart { run: Mirror::<BACK>::run(ride.run), from_call, to_call }
}
