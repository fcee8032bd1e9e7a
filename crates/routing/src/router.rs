//! The door: checks a query, chooses the engine, names the limits that were reached.

use crate::access::{OnFoot, by_time, starts, walk_all_the_way};
use crate::forbidden::Forbidden;
use crate::journey::{Answer, Engine, Journey, Leg, Limit};
use crate::network::{Network, RoutingError};
use crate::query::{Direction, MAX_TRIPS, Place, Query};
use crate::rounds::{Departures, SweepEnd};
use crate::runs::First;
use crate::staircase::Staircase;
use crate::{one_to_all, rounds, runs, trips};
use tumen_base::SECONDS_PER_DAY;

/// The longest horizon and the longest window: 60 years fit into a timetable, and sums must fit into a `Time`.
pub(crate) const MAX_SECONDS: i32 = 20 * 366 * SECONDS_PER_DAY;

/// Answers queries over a network; one for each thread, reused so that answering allocates nothing.
pub struct Router<'n, 'a> {
    pub(crate) network: &'n Network<'a>,
    pub(crate) rounds: rounds::Workspace,
    pub(crate) runs: runs::Workspace,
    pub(crate) one_to_all: one_to_all::Workspace,
    pub(crate) trips: trips::Workspace,
}

impl<'n, 'a> Router<'n, 'a> {
    /// A router over the network.
    pub fn new(network: &'n Network<'a>) -> Self {
        Self {
            network,
            rounds: rounds::Workspace::default(),
            runs: runs::Workspace::default(),
            trips: trips::Workspace::default(),
            one_to_all: one_to_all::Workspace::default(),
        }
    }

    /// The network that is searched.
    pub fn network(&self) -> &'n Network<'a> {
        self.network
    }

    /// Every Pareto-optimal journey from the query's time on (arrival, trips), or up to it (departure, trips).
    ///
    /// A journey of walking alone has 0 trips; from a stop to itself there is one journey of 0 s.
    ///
    /// # Errors
    /// When the query names stops that do not exist, or numbers outside their limits.
    pub fn journeys(&mut self, query: &Query<'_>) -> Result<Answer, RoutingError> {
        self.check(query, 0)?;
        let forbidden = self.forbidden(query);
        let on_foot = walk_all_the_way(self.network, query, &forbidden).filter(|walk| walk.seconds <= query.horizon);
        let walking = on_foot.map(|walk| walk.seconds);
        let patient = Self::needs_runs(query);
        let graph = trips::graph_for(self.network, query, 0);
        let engine = if graph.is_some() { Engine::Trips } else { Self::engine(query) };
        let found = match (patient, query.direction) {
            (false, Direction::DepartAt) if let Some(graph) = &graph => {
                trips::journeys(&mut self.trips, self.network, graph, query, walking)
            }
            (false, Direction::DepartAt) => rounds::journeys::<false>(&mut self.rounds, self.network, query, walking),
            (false, Direction::ArriveBy) => rounds::journeys::<true>(&mut self.rounds, self.network, query, walking),
            (true, Direction::DepartAt) => {
                runs::journeys::<false>(&mut self.runs, self.network, query, First::AnyTime, walking)
            }
            (true, Direction::ArriveBy) => {
                runs::journeys::<true>(&mut self.runs, self.network, query, First::AnyTime, walking)
            }
        };
        let mut answer = self.answer(query, 0, found, engine);
        if let Some(walk) = on_foot {
            answer.journeys.insert(0, walked(query, walk));
        }
        Ok(answer)
    }

    /// Every Pareto-optimal (departure, arrival, trips) triple that departs in `window` seconds from the query's time,
    /// end exclusive; the horizon counts from each departure. Walking alone is not listed, but hides what arrives no earlier.
    ///
    /// # Errors
    /// As [`Self::journeys`], and when the query arrives by a time: a profile is asked by departure.
    pub fn profile(&mut self, query: &Query<'_>, window: i32) -> Result<Answer, RoutingError> {
        self.profile_before(query, window, &Staircase::NOWHERE)
    }

    /// The same without what is not worth it for somebody who can leave after the window.
    pub(crate) fn profile_before(
        &mut self,
        query: &Query<'_>,
        window: i32,
        later: &Staircase,
    ) -> Result<Answer, RoutingError> {
        self.check_profile(query, window)?;
        let forbidden = self.forbidden(query);
        let walking = walk_all_the_way(self.network, query, &forbidden).map(|walk| walk.seconds);
        let departures = Departures { window, walking, later };
        let graph = trips::graph_for(self.network, query, window);
        let engine = if graph.is_some() { Engine::Trips } else { Self::engine(query) };
        let found = if query.from.stops.iter().any(|from| query.to.stops.contains(from)) {
            rounds::Found::default()
        } else if Self::needs_runs(query) {
            self.profile_by_runs(query, departures, &forbidden)
        } else if let Some(graph) = &graph {
            trips::profile(&mut self.trips, self.network, graph, query, departures)
        } else {
            rounds::profile(&mut self.rounds, self.network, query, departures)
        };
        Ok(self.answer(query, window, found, engine))
    }

    /// The journey with the fewest boardings, within the query's horizon and most trips, that arrives first; of its kind the one
    /// that leaves last. Asking again from just after its departure finds the next one.
    ///
    /// # Errors
    /// As [`Self::journeys`], and when the query arrives by a time.
    pub fn next(&mut self, query: &Query<'_>) -> Result<Option<Journey>, RoutingError> {
        if query.direction == Direction::ArriveBy {
            return Err(RoutingError::ProfileByArrival);
        }
        let journeys = self.journeys(query)?.journeys;
        let first = journeys.into_iter().filter(|journey| journey.trips > 0).min_by_key(|journey| journey.trips);
        let Some(first) = first else { return Ok(None) };
        let back = Query {
            time: first.arrival,
            direction: Direction::ArriveBy,
            horizon: first.arrival.saturating_sub(query.time),
            max_trips: first.trips,
            ..query.clone()
        };
        let last = self.journeys(&back)?.journeys.into_iter().find(|journey| journey.trips == first.trips);
        Ok(Some(last.unwrap_or(first)))
    }

    /// A search for each departure; then only what no other journey beats in all three.
    fn profile_by_runs(
        &mut self,
        query: &Query<'_>,
        Departures { window, walking, later }: Departures<'_>,
        forbidden: &Forbidden,
    ) -> rounds::Found {
        let mut found = rounds::Found::default();
        let mut best = *later.arrivals();
        for (time, _) in by_time(&starts(self.network, query, forbidden, window)) {
            let at = Query { time, ..query.clone() };
            let single = runs::journeys::<false>(&mut self.runs, self.network, &at, First::Exactly, walking);
            found.cut |= single.cut;
            for journey in single.journeys {
                let trips = usize::from(journey.trips);
                if best[..=trips].iter().all(|&arrival| journey.arrival < arrival) {
                    best[trips] = journey.arrival;
                    found.journeys.push(journey);
                }
            }
            if single.cancelled {
                found.cancelled = true;
                break;
            }
        }
        found.journeys.reverse();
        found
    }

    /// Whether the earliest run does not answer for later ones.
    pub(crate) fn needs_runs(query: &Query<'_>) -> bool {
        query.max_wait.is_some() || !query.filter.masks.is_empty() || !query.filter.gates.is_empty()
    }

    pub(crate) fn forbidden(&self, query: &Query<'_>) -> Forbidden {
        let mut forbidden = Forbidden::default();
        forbidden.set(&query.filter, &self.network.columns);
        forbidden
    }

    fn answer(&self, query: &Query<'_>, window: i32, found: rounds::Found, engine: Engine) -> Answer {
        let end = SweepEnd { cut: found.cut, cancelled: found.cancelled };
        let limits = self.limits(query, window, end, found.journeys.is_empty() || window > 0);
        Answer { journeys: found.journeys, limits, engine }
    }

    /// The limits that a search reached; the end of the timetable counts if it may have hidden something.
    pub(crate) fn limits(&self, query: &Query<'_>, window: i32, end: SweepEnd, may_hide: bool) -> Vec<Limit> {
        let mut limits = Vec::new();
        if end.cut {
            limits.push(Limit::Horizon);
        }
        let columns = &self.network.columns;
        let days = self.network.calendar.days();
        let last = columns.zone_day_base.chunks(days.max(1)).filter_map(|zone| zone.last()).max();
        let asked = query.time.saturating_add(window).saturating_add(query.horizon);
        let beyond = last.is_none_or(|&last| asked > last.saturating_add(SECONDS_PER_DAY));
        if beyond && query.direction == Direction::DepartAt && may_hide {
            limits.push(Limit::TimetableEnd);
        }
        if end.cancelled {
            limits.push(Limit::Cancelled);
        }
        limits
    }

    pub(crate) fn engine(query: &Query<'_>) -> Engine {
        if Self::needs_runs(query) { Engine::Runs } else { Engine::Rounds }
    }

    pub(crate) fn check_profile(&self, query: &Query<'_>, window: i32) -> Result<(), RoutingError> {
        self.check(query, window)?;
        if query.direction == Direction::ArriveBy {
            return Err(RoutingError::ProfileByArrival);
        }
        Ok(())
    }

    pub(crate) fn check(&self, query: &Query<'_>, window: i32) -> Result<(), RoutingError> {
        let stops = self.network.columns.stop_id.len();
        query.from.check(stops)?;
        query.to.check(stops)?;
        in_range("the horizon in seconds", query.horizon, MAX_SECONDS)?;
        in_range("the window in seconds", window, MAX_SECONDS)?;
        in_range("the least change time in seconds", query.least_change_time, SECONDS_PER_DAY)?;
        in_range("the extra change time in seconds", query.extra_change_time, SECONDS_PER_DAY)?;
        in_range("the longest wait in seconds", query.max_wait.unwrap_or(0), MAX_SECONDS)?;
        in_range("the most trips", i32::from(query.max_trips), i32::from(MAX_TRIPS))
    }
}

impl Place {
    /// Whether its stops are among so many, and its seconds within their limits.
    pub(crate) fn check(&self, stops: usize) -> Result<(), RoutingError> {
        self.stops.iter().chain(&self.dwell).try_for_each(|&(stop, seconds)| {
            if stop.index() >= stops {
                return Err(RoutingError::NoSuchStop(stop.0, stops));
            }
            in_range("the seconds to a stop", seconds, MAX_SECONDS)
        })
    }
}

fn in_range(what: &'static str, value: i32, most: i32) -> Result<(), RoutingError> {
    if (0..=most).contains(&value) {
        return Ok(());
    }
    Err(RoutingError::OutOfRange { what, value: i64::from(value), most: i64::from(most) })
}

/// The journey of walking alone.
fn walked(query: &Query<'_>, OnFoot { seconds, from, to }: OnFoot) -> Journey {
    let (departure, arrival) = match query.direction {
        Direction::DepartAt => (query.time, query.time.saturating_add(seconds)),
        Direction::ArriveBy => (query.time.saturating_sub(seconds), query.time),
    };
    let legs = if from == to { Vec::new() } else { vec![Leg::Walk { from, to, departure, arrival }] };
    Journey { departure, arrival, trips: 0, legs }
}
