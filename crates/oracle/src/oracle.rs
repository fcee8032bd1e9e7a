//! The oracle: all runs of some feeds, ready for questions.

use crate::query::{ChangeTime, Query, Row, StopRef, TripRef};
use crate::rules::{self, Ruling, Side};
use crate::runs::{self, Run, Vehicle};
use crate::search::{Search, Start};
use crate::{carriages, links};
use std::collections::HashMap;
use tumen_base::Date;
use tumen_feed::Feed;

/// Answers by definition. See the crate's documentation for the rules.
pub struct Oracle {
    pub(crate) feeds: Vec<Feed>,
    pub(crate) runs: Vec<Run>,
    /// The number of each run's first call, counting the calls of all runs.
    pub(crate) first_call: Vec<usize>,
    /// Every (stop, trip) at which somebody might alight or board.
    pub(crate) sides: Vec<Side>,
    /// What the rules say of the change from one side to another.
    rulings: Vec<Ruling>,
    /// The boardings at each side, by departure.
    pub(crate) boardings: Vec<Vec<Boarding>>,
    /// The sides at which each call of each run may be left.
    pub(crate) alight_sides: Vec<Vec<Option<usize>>>,
}

/// A run that may be boarded at one of its calls.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Boarding {
    pub(crate) departure: i64,
    pub(crate) run: usize,
    pub(crate) call: usize,
}

impl Oracle {
    /// Expands all runs of the service days `first..=last`; other days do not run.
    pub fn new(feeds: &[Feed], first: Date, last: Date) -> Self {
        let mut runs = runs::expand(feeds, first, last);
        links::link(feeds, &mut runs);
        runs.extend(carriages::expand(feeds, &runs, first, last));

        let ends = runs.iter().scan(0, |end, run| Some(std::mem::replace(end, *end + run.calls.len())));
        let first_call = ends.collect();
        let mut numbers: HashMap<Side, usize> = HashMap::new();
        let mut sides = Vec::new();
        let mut number = |stop: StopRef, trip| {
            let side = Side { stop, trip };
            *numbers.entry(side).or_insert_with(|| {
                sides.push(side);
                sides.len() - 1
            })
        };
        let mut boardings: Vec<Vec<Boarding>> = Vec::new();
        let mut alight_sides = Vec::new();
        for (index, run) in runs.iter().enumerate() {
            let alights = run.calls.iter().map(|call| Some(number(call.stop, call.alight?)));
            alight_sides.push(alights.collect());
            // Nobody boards at the last call.
            let last = run.calls.len() - 1;
            for (position, call) in run.calls[..last].iter().enumerate() {
                let Some(trip) = call.board else { continue };
                let side = number(call.stop, trip);
                boardings.resize(boardings.len().max(side + 1), Vec::new());
                boardings[side].push(Boarding { departure: call.departure, run: index, call: position });
            }
        }
        boardings.resize(sides.len(), Vec::new());
        for boardings in &mut boardings {
            boardings.sort_by_key(|boarding| boarding.departure);
        }
        let rulings = sides.iter().flat_map(|&from| sides.iter().map(move |&to| (from, to)));
        let rulings = rulings.map(|(from, to)| rules::between(feeds, from, to)).collect();
        Self { feeds: feeds.to_vec(), runs, first_call, sides, rulings, boardings, alight_sides }
    }

    /// "For a fixed departure time, report every pair (arrival, trips) that no other beats in both." Departing at the
    /// query's time or later; the rows' departure is the query's time. Sorted.
    pub fn earliest(&self, query: &Query) -> Vec<Row> {
        let latest = query.time + query.horizon_s;
        let starts = self.starts(query).into_iter().filter(|start| start.departure >= query.time);
        let starts = starts.map(|start| Start { departure: query.time, ..start }).collect();
        let mut rows = Search::new(self, query).run(starts, |_| latest);
        rows.extend(self.walk(query).filter(|&walk| walk <= query.horizon_s).map(|walk| Row {
            departure: query.time,
            arrival: query.time + walk,
            trips: 0,
        }));
        best(&rows)
    }

    /// "Arrive by: every (latest departure, trips) pair, horizon backwards." The rows' arrival is the query's time.
    /// Sorted.
    pub fn latest(&self, query: &Query) -> Vec<Row> {
        let earliest = query.time - query.horizon_s;
        let starts = self.starts(query).into_iter().filter(|start| start.departure >= earliest).collect();
        let mut rows = Search::new(self, query).run(starts, |_| query.time);
        rows.extend(self.walk(query).filter(|&walk| walk <= query.horizon_s).map(|walk| Row {
            departure: query.time - walk,
            arrival: query.time,
            trips: 0,
        }));
        for row in &mut rows {
            row.arrival = query.time;
        }
        best(&rows)
    }

    /// "Profile over [t, t+W), end exclusive": "every (departure, arrival, trips) that none beats in all three". Sorted.
    pub fn profile(&self, query: &Query, window_s: i64) -> Vec<Row> {
        // "only departures inside the window dominate one another."
        let window = query.time..query.time + window_s;
        let starts = self.starts(query).into_iter().filter(|start| window.contains(&start.departure)).collect();
        // "The horizon counts from each departure, inclusive".
        let mut rows = Search::new(self, query).run(starts, |departure| departure + query.horizon_s);
        // "Journeys of walking alone are not listed in a profile, but a ride that arrives no earlier than walking from
        // the same departure is dropped."
        if let Some(walk) = self.walk(query) {
            rows.retain(|row| row.arrival < row.departure + walk);
        }
        best(&rows)
    }

    /// Every boarding of a first ride, with the departure that it means: "departure is the first boarding minus the walk
    /// before it".
    fn starts(&self, query: &Query) -> Vec<Start> {
        let origins = self.members(query, query.from);
        let mut starts = Vec::new();
        for (side, boardings) in self.sides.iter().zip(&self.boardings) {
            for &origin in &origins {
                let Some(walk) = self.first_or_last_walk(query, origin, side.stop) else { continue };
                starts.extend(boardings.iter().filter_map(|boarding| {
                    let there = boarding.departure - query.check_in.get(&side.stop).copied().unwrap_or(0);
                    let departure = query.filters.sets_out_by(origin, side.stop, there - walk)?;
                    Some(Start { departure, run: boarding.run, call: boarding.call })
                }));
            }
        }
        starts
    }

    /// The shortest journey of walking alone: "a journey of walking alone has 0 trips", "from a stop to itself: one row,
    /// 0 trips, 0 s".
    fn walk(&self, query: &Query) -> Option<i64> {
        let destinations = self.members(query, query.to);
        let walks = self.members(query, query.from).into_iter().flat_map(|origin| {
            let free = destinations.iter().filter(move |&&stop| query.filters.gate(origin, stop).is_none());
            free.filter_map(move |&destination| self.first_or_last_walk(query, origin, destination))
        });
        walks.min()
    }

    /// "Origin and destination are the stop itself; a station means all its children": and itself. Without banned stops.
    pub(crate) fn members(&self, query: &Query, place: StopRef) -> Vec<StopRef> {
        let stops = self.feeds[place.feed as usize].stops.len() as u32;
        let all = (0..stops).map(|stop| StopRef { stop, ..place });
        all.filter(|stop| !query.filters.banned_stops.contains(stop))
            .filter(|stop| rules::lineage(&self.feeds[place.feed as usize], stop.stop).any(|above| above == place.stop))
            .collect()
    }

    /// "Before the first and after the last ride one stop-level rule may be walked."
    pub(crate) fn first_or_last_walk(&self, query: &Query, from: StopRef, to: StopRef) -> Option<i64> {
        let is_banned = |stop| query.filters.banned_stops.contains(stop);
        if is_banned(&from) || is_banned(&to) {
            None
        } else if from == to {
            Some(0)
        } else {
            cost(query, rules::stop_level(&self.feeds, from, to), from, to)
        }
    }

    /// How long the change from one side to another takes, if it is allowed. "One change uses one rule: rules are never
    /// chained."
    pub(crate) fn change(&self, query: &Query, from: usize, to: usize) -> Option<i64> {
        let ruling = self.rulings[from * self.sides.len() + to];
        Some(query.change(cost(query, ruling, self.sides[from].stop, self.sides[to].stop)?))
    }

    /// How many seconds the change from one trip to another takes, each at a stop, extra change time included; `None` where
    /// it is not allowed. For a carriage the trip is the host that brings or takes it.
    pub fn change_between(&self, query: &Query, from: (StopRef, TripRef), to: (StopRef, TripRef)) -> Option<i64> {
        let [from, to] = [from, to].map(|(stop, trip)| Side { stop, trip });
        Some(query.change(cost(query, rules::between(&self.feeds, from, to), from.stop, to.stop)?))
    }

    /// How many calls all runs make.
    pub(crate) fn calls(&self) -> usize {
        self.runs.iter().map(|run| run.calls.len()).sum()
    }

    /// Which runs the filters leave. A run that is filtered out can neither be boarded nor entered by staying seated.
    pub(crate) fn usable(&self, query: &Query) -> Vec<bool> {
        let filters = &query.filters;
        let is_usable = |run: &Run| {
            let feed = run.trip.feed;
            let trips = &self.feeds[feed as usize];
            let route = &trips.routes[trips.trips[run.trip.trip as usize].route as usize];
            let agency = crate::AgencyRef { feed, agency: route.agency };
            let is_banned = match run.vehicle {
                Vehicle::Trip(trip) => filters.banned_trips.contains(&trip),
                Vehicle::Carriage(carriage) => filters.banned_carriages.contains(&carriage),
            };
            let is_banned_that_day = filters
                .banned_runs
                .iter()
                .any(|banned| banned.of == run.vehicle && (banned.first..=banned.last).contains(&run.day));
            !is_banned
                && !is_banned_that_day
                && filters.modes.as_ref().is_none_or(|modes| modes.contains(&route.kind))
                && filters.agencies.as_ref().is_none_or(|agencies| agencies.contains(&agency))
        };
        self.runs.iter().map(is_usable).collect()
    }
}

/// "Changing at one stop takes what transfers.txt says, else 0 s (an option sets another default). Between two stops
/// only a transfers.txt rule of type 0, 1 or 2 allows it"; in the ordinary mode a footpath does where no rule matches.
pub(crate) fn cost(query: &Query, ruling: Ruling, from: StopRef, to: StopRef) -> Option<i64> {
    let (ChangeTime::Strict(default) | ChangeTime::Ordinary(default)) = query.change_time;
    match ruling {
        Ruling::Forbidden => None,
        Ruling::Takes(seconds) => Some(seconds),
        // "(Ordinary mode: a type 0 rule without a time takes the default change time.)"
        Ruling::Untimed => Some(if matches!(query.change_time, ChangeTime::Ordinary(_)) { default } else { 0 }),
        Ruling::Unruled if from == to => Some(default),
        Ruling::Unruled => {
            let paths = query.footpaths.iter().filter(|path| (path.from, path.to) == (from, to));
            paths.map(|path| path.seconds).min()
        }
    }
}

/// The rows that no other beats: (later or equal departure, earlier or equal arrival, fewer or equal trips). "Equal
/// triples are one row."
pub(crate) fn best(rows: &[Row]) -> Vec<Row> {
    let beats = |left: &Row, right: &Row| {
        left != right && left.departure >= right.departure && left.arrival <= right.arrival && left.trips <= right.trips
    };
    let mut best: Vec<Row> = rows.iter().filter(|row| !rows.iter().any(|other| beats(other, row))).copied().collect();
    best.sort_unstable();
    best.dedup();
    best
}
