//! The search: everything that can be reached, by number of trips boarded.
//!
//! What a passenger can still do depends only on the run they are aboard, from which call on, and how many trips they
//! boarded: all later times are those of the run. So a search follows every (run, call, trips) once and skips only what
//! cannot show anything new:
//! - riding on to a call that somebody aboard with as few trips reached before: every way on from there is known;
//! - where waiting is unbounded, leaving the same trip at the same stop later than known with as few trips: every
//!   change possible then was possible before.
//!
//! Departures are followed from the last to the first, and what later ones reached stays known: an earlier departure
//! that reaches the same can at best arrive at the same time with as many trips, which the later departure beats (and
//! the limit on arrivals does not fall with later departures). There is no pruning at stops and none at the destination.

use crate::oracle::{Boarding, Oracle};
use crate::query::{Query, Row, StopRef};
use crate::runs::Run;

/// "At most 32 trips."
const TRIPS_MAX: u8 = 32;

/// A first boarding, and when the journey that begins with it departs.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Start {
    pub(crate) departure: i64,
    pub(crate) run: usize,
    pub(crate) call: usize,
}

/// A run that somebody is aboard since a call.
struct Ride {
    run: usize,
    boarded: usize,
}

/// One question being answered.
pub(crate) struct Search<'a> {
    oracle: &'a Oracle,
    query: &'a Query,
    trips_max: usize,
    usable: Vec<bool>,
    /// By side: the last walks from there to the destination, with where they end.
    last_walks: Vec<Vec<(StopRef, i64)>>,
    /// By side: the changes from there, once they were asked for.
    changes: Vec<Option<Vec<(usize, i64)>>>,
    /// By trips boarded and call of all runs: whether somebody aboard is known to reach it with so many trips or fewer.
    reached: Vec<Vec<bool>>,
    /// By trips boarded and side: the earliest arrival there with so many trips or fewer whose changes are known.
    alighted: Vec<Vec<i64>>,
    /// Rides with the number of trips that is being followed, and with one more.
    now: Vec<Ride>,
    next: Vec<Ride>,
    /// The latest arrival of journeys with the departure that is being followed.
    latest: i64,
    /// By trips boarded: the earliest arrival at the destination from that departure.
    arrivals: Vec<Option<i64>>,
}

impl<'a> Search<'a> {
    pub(crate) fn new(oracle: &'a Oracle, query: &'a Query) -> Self {
        let trips_max = usize::from(query.max_trips.min(TRIPS_MAX));
        let destinations = oracle.members(query, query.to);
        let last_walks = |stop| {
            let walks = destinations.iter().map(|&to| Some((to, oracle.first_or_last_walk(query, stop, to)?)));
            walks.flatten().collect()
        };
        Self {
            oracle,
            query,
            trips_max,
            usable: oracle.usable(query),
            last_walks: oracle.sides.iter().map(|side| last_walks(side.stop)).collect(),
            changes: vec![None; oracle.sides.len()],
            reached: vec![vec![false; oracle.calls()]; trips_max + 1],
            alighted: vec![vec![i64::MAX; oracle.sides.len()]; trips_max + 1],
            now: Vec::new(),
            next: Vec::new(),
            latest: i64::MIN,
            arrivals: Vec::new(),
        }
    }

    /// Follows all starts; `latest` gives the latest arrival for a departure and must not fall as departures grow.
    /// Of each departure and number of trips the earliest arrival is returned, unless a later departure matches it.
    pub(crate) fn run(mut self, mut starts: Vec<Start>, latest: impl Fn(i64) -> i64) -> Vec<Row> {
        starts.sort_by_key(|start| std::cmp::Reverse(start.departure));
        let mut rows = Vec::new();
        for starts in starts.chunk_by(|left, right| left.departure == right.departure) {
            let departure = starts[0].departure;
            self.latest = latest(departure);
            self.arrivals = vec![None; self.trips_max + 1];
            for start in starts {
                if self.oracle.runs[start.run].calls[start.call].departure <= self.latest {
                    self.board(1, start.run, start.call);
                }
            }
            for trips in 1..=self.trips_max {
                std::mem::swap(&mut self.now, &mut self.next);
                while let Some(ride) = self.now.pop() {
                    self.ride(trips, &ride);
                }
            }
            let arrivals = self.arrivals.iter().enumerate();
            rows.extend(
                arrivals.filter_map(|(trips, &arrival)| Some(Row { departure, arrival: arrival?, trips: trips as u8 })),
            );
        }
        rows
    }

    /// Boards a run as the trip with this number, to be followed later.
    fn board(&mut self, trips: usize, run: usize, boarded: usize) {
        if trips <= self.trips_max
            && self.usable[run]
            && !self.reached[trips][self.oracle.first_call[run] + boarded + 1]
        {
            self.next.push(Ride { run, boarded });
        }
    }

    /// Alights wherever that is new, and stays seated at the end. "Staying seated is the same trip boarded once."
    fn ride(&mut self, trips: usize, ride: &Ride) {
        let run = &self.oracle.runs[ride.run];
        for call in ride.boarded + 1..run.calls.len() {
            let number = self.oracle.first_call[ride.run] + call;
            if self.reached[trips][number] || is_closed(self.query, run, call) {
                return;
            }
            for reached in &mut self.reached[trips..] {
                reached[number] = true;
            }
            self.alight(trips, ride.run, call, run.calls[call].arrival);
        }
        for &next in &run.next {
            if !self.usable[next] {
                continue;
            }
            // "A passenger carried into a run reaches its first call no earlier than the run before ended."
            let arrival = self.oracle.runs[next].calls[0].arrival.max(run.last_arrival());
            self.alight(trips, next, 0, arrival);
            self.now.push(Ride { run: next, boarded: 0 });
        }
    }

    /// Leaves a run: for the destination, or for another run.
    fn alight(&mut self, trips: usize, run: usize, call: usize, arrival: i64) {
        let Some(side) = self.oracle.alight_sides[run][call] else { return };
        let stop = self.oracle.sides[side].stop;
        let filters = &self.query.filters;
        if arrival > self.latest || filters.banned_stops.contains(&stop) {
            return;
        }
        let leaves = arrival + self.query.control.get(&stop).copied().unwrap_or(0);
        let arrivals = self.last_walks[side].iter().map(|&(to, walk)| Some(filters.sets_out(stop, to, leaves)? + walk));
        if let Some(arrival) = arrivals.flatten().filter(|arrival| *arrival <= self.latest).min() {
            let known = &mut self.arrivals[trips];
            *known = Some(known.map_or(arrival, |known| known.min(arrival)));
        }
        let mut known_from = i64::MAX;
        if self.query.max_wait.is_none() {
            known_from = self.alighted[trips][side];
            if arrival >= known_from {
                return;
            }
            for known in &mut self.alighted[trips..] {
                known[side] = known[side].min(arrival);
            }
        }
        // "max_wait bounds the time from alighting to the next boarding, walk included".
        let latest = self.query.max_wait.map_or(self.latest, |wait| self.latest.min(arrival + wait));
        let changes = self.changes[side].take().unwrap_or_else(|| self.changes_from(side));
        for &(to, change) in &changes {
            let there = self.oracle.sides[to].stop;
            let Some(leaves) = filters.sets_out(stop, there, arrival) else { continue };
            let known = filters.sets_out(stop, there, known_from).unwrap_or(i64::MAX).saturating_add(change);
            for boarding in departing(&self.oracle.boardings[to], leaves + change) {
                if boarding.departure > latest || boarding.departure >= known {
                    break;
                }
                self.board(trips + 1, boarding.run, boarding.call);
            }
        }
        self.changes[side] = Some(changes);
    }

    /// The sides to which one may change from a side, and how long that takes.
    fn changes_from(&self, side: usize) -> Vec<(usize, i64)> {
        let sides = self.oracle.sides.iter().enumerate();
        let open = sides.filter(|(_, to)| !self.query.filters.banned_stops.contains(&to.stop));
        open.filter_map(|(to, _)| Some((to, self.oracle.change(self.query, side, to)?))).collect()
    }
}

/// Whether the way to a call from the one before is closed to a run.
pub(crate) fn is_closed(query: &Query, run: &Run, call: usize) -> bool {
    let hop = (run.calls[call - 1].stop, run.calls[call].stop);
    let mut closures = query.filters.closures.iter();
    closures.any(|closure| (closure.from, closure.to) == hop && (closure.first..=closure.last).contains(&run.day))
}

/// The boardings at a time or later.
fn departing(boardings: &[Boarding], time: i64) -> &[Boarding] {
    &boardings[boardings.partition_point(|boarding| boarding.departure < time)..]
}
