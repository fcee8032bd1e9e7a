//! One to all: when every destination is reached, with how many trips. No journey is put together.
//!
//! The searches are those for one destination, without one: nothing is cut off but what lies beyond the horizon. Wherever they
//! step off, each destination that is there, or one walk away, notes what nothing noted before beats.

use crate::access::{Access, by_time, for_each_access, starts};
use crate::forbidden::Forbidden;
use crate::journey::{Engine, Limit};
use crate::network::{Network, RoutingError};
use crate::query::{Direction, Place, Query};
use crate::rounds::{self, Alighting, SweepEnd};
use crate::router::Router;
use crate::runs::{self, First};
use crate::trips;
use tumen_base::{StopId, Time};

/// A way from a stop where a ride may end to a destination.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Way {
    stop: u32,
    destination: u32,
    /// The stop of the destination that it leads to.
    place_stop: u32,
    /// Seconds of it all, and those of them spent where the ride ends.
    seconds: i32,
    dwell: i32,
}

/// Places to which a one-to-all search leads: worked out once for a network, shared by all threads.
pub struct Destinations {
    count: usize,
    /// Ways by the stop where they begin.
    offset: Vec<u32>,
    ways: Vec<Way>,
}

impl Destinations {
    /// Every stop of the network, each a destination of its own with the number of the stop.
    pub fn every_stop(network: &Network<'_>) -> Self {
        let stops = (0..network.columns.stop_id.len()).map(StopId::from_index);
        Self::of(network, stops.map(|stop| Place::at([stop])))
    }

    /// Some places, numbered in their order.
    ///
    /// # Errors
    /// When a place names a stop that does not exist, or seconds outside their limits.
    pub fn places(network: &Network<'_>, places: &[Place]) -> Result<Self, RoutingError> {
        places.iter().try_for_each(|place| place.check(network.columns.stop_id.len()))?;
        Ok(Self::of(network, places.iter().cloned()))
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.count
    }

    fn of(network: &Network<'_>, places: impl Iterator<Item = Place>) -> Self {
        let mut ways = Vec::new();
        let mut count = 0;
        for place in places {
            for_each_access(&network.walks_back, &place, |access| {
                let Access { place_stop, stop, seconds, dwell, .. } = access;
                ways.push(Way { stop, destination: count as u32, place_stop, seconds, dwell });
            });
            count += 1;
        }
        ways.sort_unstable();
        let stops = network.columns.stop_id.len() as u32;
        let offset = (0..=stops).map(|stop| ways.partition_point(|way| way.stop < stop) as u32).collect();
        Self { count, offset, ways }
    }

    fn ways_from(&self, stop: u32) -> &[Way] {
        &self.ways[self.offset[stop as usize] as usize..self.offset[stop as usize + 1] as usize]
    }
}

/// A journey to a destination without its legs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Arrival {
    /// In a profile as [`crate::Journey::departure`]; otherwise the query's time.
    pub departure: Time,
    /// As [`crate::Journey::arrival`].
    pub arrival: Time,
    /// Trips boarded.
    pub trips: u8,
}

/// The answer to a one-to-all query.
#[derive(Clone, Debug)]
pub struct Reached {
    /// Where the arrivals of a destination begin.
    offset: Vec<u32>,
    arrivals: Vec<Arrival>,
    /// Limits that were reached, each once. The horizon is named if anything lay beyond it.
    pub limits: Vec<Limit>,
    /// Which search answered.
    pub engine: Engine,
}

impl Reached {
    /// The Pareto-optimal arrivals at a destination, in the order of [`crate::Answer::journeys`].
    ///
    /// # Panics
    /// When the number is not below [`Destinations::count`].
    pub fn at(&self, destination: usize) -> &[Arrival] {
        &self.arrivals[self.offset[destination] as usize..self.offset[destination + 1] as usize]
    }
}

/// What a one-to-all search notes, kept for its memory.
#[derive(Default)]
pub(crate) struct Workspace {
    /// Best arrival at every destination with at most so many trips, from the departures noted so far.
    best: Vec<Vec<Time>>,
    /// Seconds to every destination on foot.
    on_foot: Vec<i32>,
    /// The last row of every destination.
    last: Vec<u32>,
    rows: Vec<(u32, Arrival)>,
}

/// Walking never gets there.
const NEVER: i32 = i32::MAX;

/// No row yet.
const NONE: u32 = u32::MAX;

impl Workspace {
    /// Forgets the last query, and notes who walks all the way; in a profile they are not listed.
    pub(crate) fn start(
        &mut self,
        query: &Query<'_>,
        profile: bool,
        destinations: &Destinations,
        forbidden: &Forbidden,
    ) {
        self.rows.clear();
        self.best.clear();
        self.on_foot.clear();
        self.on_foot.resize(destinations.count, NEVER);
        self.last.clear();
        self.last.resize(destinations.count, NONE);
        for &(from, seconds) in &query.from.stops {
            for way in destinations.ways_from(from.0) {
                let there = way.place_stop == from.0;
                let may_walk = query.from.walks && forbidden.gates.between(from.0, way.place_stop).is_none();
                if (there || may_walk) && !forbidden.stop(from.0) && !forbidden.stop(way.place_stop) {
                    let on_foot = &mut self.on_foot[way.destination as usize];
                    *on_foot = seconds.saturating_add(way.seconds - way.dwell).min(*on_foot);
                }
            }
        }
        self.best.push(vec![Time::MAX; destinations.count]);
        if profile {
            return;
        }
        for (destination, &seconds) in self.on_foot.iter().enumerate() {
            if seconds <= query.horizon {
                let arrival = query.time.saturating_add(seconds);
                self.best[0][destination] = arrival;
                self.last[destination] = self.rows.len() as u32;
                self.rows.push((destination as u32, Arrival { departure: query.time, arrival, trips: 0 }));
            }
        }
    }

    /// Notes what stepping off there is worth to every destination.
    ///
    /// Departures come from the last to the first, those of one departure by trips.
    pub(crate) fn note(
        &mut self,
        horizon: i32,
        destinations: &Destinations,
        forbidden: &Forbidden,
        alighting: Alighting,
    ) {
        let Alighting { departure, trips, stop, time } = alighting;
        let latest = departure.saturating_add(horizon);
        while self.best.len() <= usize::from(trips) {
            self.best.push(self.best[self.best.len() - 1].clone());
        }
        for way in destinations.ways_from(stop) {
            let destination = way.destination as usize;
            let gate = forbidden.gates.between(stop, way.place_stop);
            let Some(leaves) = gate.map_or(Some(time), |gate| gate.first_from(time)) else { continue };
            let arrival = leaves.saturating_add(way.seconds);
            if arrival > latest
                || arrival >= self.best[usize::from(trips)][destination]
                || arrival >= departure.saturating_add(self.on_foot[destination])
                || forbidden.stop(way.place_stop)
            {
                continue;
            }
            for best in &mut self.best[usize::from(trips)..] {
                best[destination] = arrival.min(best[destination]);
            }
            let row = (way.destination, Arrival { departure, arrival, trips });
            let last = self.rows.get_mut(self.last[destination] as usize);
            if let Some(last) = last.filter(|(_, last)| (last.departure, last.trips) == (departure, trips)) {
                *last = row;
            } else {
                self.last[destination] = self.rows.len() as u32;
                self.rows.push(row);
            }
        }
    }

    /// The rows by destination.
    pub(crate) fn finish(&mut self, profile: bool, destinations: &Destinations) -> (Vec<u32>, Vec<Arrival>) {
        if profile {
            self.rows.reverse();
        }
        let mut offset = vec![0; destinations.count + 1];
        for &(destination, _) in &self.rows {
            offset[destination as usize + 1] += 1;
        }
        for destination in 0..destinations.count {
            offset[destination + 1] += offset[destination];
        }
        let mut fill = offset.clone();
        let mut arrivals = vec![Arrival { departure: 0, arrival: 0, trips: 0 }; self.rows.len()];
        for &(destination, arrival) in &self.rows {
            let next: &mut u32 = &mut fill[destination as usize];
            arrivals[*next as usize] = arrival;
            *next += 1;
        }
        (offset, arrivals)
    }
}

impl Router<'_, '_> {
    /// Every Pareto-optimal (arrival, trips) at every destination from the query's time on; the query's own destination does
    /// not count. For each it is what [`Self::journeys`] answers, without legs.
    ///
    /// # Errors
    /// As [`Self::journeys`], and when the query arrives by a time.
    pub fn reach(&mut self, query: &Query<'_>, destinations: &Destinations) -> Result<Reached, RoutingError> {
        self.explore(query, None, destinations)
    }

    /// Every Pareto-optimal (departure, arrival, trips) at every destination that departs in `window` seconds from the query's
    /// time, end exclusive: for each what [`Self::profile`] answers, without legs.
    ///
    /// # Errors
    /// As [`Self::reach`].
    pub fn reach_profile(
        &mut self,
        query: &Query<'_>,
        window: i32,
        destinations: &Destinations,
    ) -> Result<Reached, RoutingError> {
        self.explore(query, Some(window), destinations)
    }

    fn explore(
        &mut self,
        query: &Query<'_>,
        window: Option<i32>,
        destinations: &Destinations,
    ) -> Result<Reached, RoutingError> {
        let query = &Query { to: Place::default(), ..query.clone() };
        self.check(query, window.unwrap_or(0))?;
        if query.direction == Direction::ArriveBy {
            return Err(RoutingError::ReachByArrival);
        }
        let forbidden = self.forbidden(query);
        let network = self.network;
        self.one_to_all.start(query, window.is_some(), destinations, &forbidden);
        let mut note = |alighting| self.one_to_all.note(query.horizon, destinations, &forbidden, alighting);
        // A profile from everywhere to everywhere is left to the rounds: it keeps the best times of every stop.
        let graph = if window.is_none() { trips::graph_for(network, query, 0) } else { None };
        let end = if let Some(graph) = &graph {
            trips::explore(&mut self.trips, network, graph, query, note)
        } else if !Self::needs_runs(query) {
            rounds::explore(&mut self.rounds, network, query, window, note)
        } else if let Some(window) = window {
            let mut all = SweepEnd::default();
            for (time, _) in by_time(&starts(network, query, &forbidden, window)) {
                let at = Query { time, ..query.clone() };
                let end = runs::explore(&mut self.runs, network, &at, First::Exactly, &mut note);
                all = SweepEnd { cut: all.cut || end.cut, cancelled: end.cancelled };
                if end.cancelled {
                    break;
                }
            }
            all
        } else {
            runs::explore(&mut self.runs, network, query, First::AnyTime, note)
        };
        let (offset, arrivals) = self.one_to_all.finish(window.is_some(), destinations);
        let limits = self.limits(query, window.unwrap_or(0), end, true);
        let engine = if graph.is_some() { Engine::Trips } else { Self::engine(query) };
        Ok(Reached { offset, arrivals, limits, engine })
    }
}
