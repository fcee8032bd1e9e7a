//! The oracle's own check: all journeys one by one, without remembering or skipping anything, on networks so small that
//! this ends.

use crate::oracle::{best, cost};
use crate::rules::{self, Side};
use crate::search::is_closed;
use crate::{Oracle, Query, Row, generate};
use fastrand::Rng;
use std::ops::RangeInclusive;

/// All journeys that depart in a range and arrive by a time.
struct Enumeration<'a> {
    oracle: &'a Oracle,
    query: &'a Query,
    usable: Vec<bool>,
    latest: i64,
    journeys: Vec<Row>,
    /// The runs of the journey so far and where they were boarded. Runs that take no time may follow one another in a
    /// circle: it is ridden once.
    ridden: Vec<(usize, usize)>,
    /// Rides still allowed, so that the check ends on any network.
    rides_left: usize,
}

/// `None` where there are too many to count.
fn journeys(oracle: &Oracle, query: &Query, departures: RangeInclusive<i64>, latest: i64) -> Option<Vec<Row>> {
    let usable = oracle.usable(query);
    let mut all =
        Enumeration { oracle, query, usable, latest, journeys: Vec::new(), ridden: Vec::new(), rides_left: 200_000 };
    let origins = oracle.members(query, query.from);
    for (index, run) in oracle.runs.iter().enumerate().filter(|&(index, _)| all.usable[index]).collect::<Vec<_>>() {
        for (position, call) in run.calls[..run.calls.len() - 1].iter().enumerate() {
            let set_out = origins.iter().filter_map(|&origin| {
                let walk = oracle.first_or_last_walk(query, origin, call.stop)?;
                let there = call.departure - query.check_in.get(&call.stop).copied().unwrap_or(0);
                query.filters.sets_out_by(origin, call.stop, there - walk)
            });
            for departure in set_out {
                if call.board.is_some() && call.departure <= latest && departures.contains(&departure) {
                    all.ride(index, position, Row { departure, arrival: 0, trips: 1 });
                }
            }
        }
    }
    (all.rides_left > 0).then_some(all.journeys)
}

impl Enumeration<'_> {
    fn ride(&mut self, run: usize, boarded: usize, journey: Row) {
        let calls = &self.oracle.runs[run].calls;
        self.rides_left = self.rides_left.saturating_sub(1);
        if self.rides_left == 0 || calls[boarded].departure > self.latest || self.ridden.contains(&(run, boarded)) {
            return;
        }
        self.ridden.push((run, boarded));
        for (call, at) in calls.iter().enumerate().skip(boarded + 1) {
            if is_closed(self.query, &self.oracle.runs[run], call) {
                self.ridden.pop();
                return;
            }
            self.alight(run, call, Row { arrival: at.arrival, ..journey });
        }
        for &next in self.oracle.runs[run].next.iter().filter(|&&next| self.usable[next]).collect::<Vec<_>>() {
            let arrival = self.oracle.runs[next].calls[0].arrival.max(self.oracle.runs[run].last_arrival());
            self.alight(next, 0, Row { arrival, ..journey });
            self.ride(next, 0, journey);
        }
        self.ridden.pop();
    }

    fn alight(&mut self, run: usize, call: usize, journey: Row) {
        let call = self.oracle.runs[run].calls[call];
        let Some(trip) = call.alight else { return };
        let from = Side { stop: call.stop, trip };
        let is_banned = |stop| self.query.filters.banned_stops.contains(&stop);
        if journey.arrival > self.latest || is_banned(call.stop) {
            return;
        }
        let destinations = self.oracle.members(self.query, self.query.to);
        let filters = &self.query.filters;
        let arrivals = destinations.iter().filter_map(|&to| {
            let walk = self.oracle.first_or_last_walk(self.query, call.stop, to)?;
            let leaves = journey.arrival + self.query.control.get(&call.stop).copied().unwrap_or(0);
            Some(filters.sets_out(call.stop, to, leaves)? + walk)
        });
        let arrivals = arrivals.filter(|&arrival| arrival <= self.latest);
        self.journeys.extend(arrivals.map(|arrival| Row { arrival, ..journey }));
        if journey.trips >= self.query.max_trips {
            return;
        }
        for (index, run) in self.oracle.runs.iter().enumerate() {
            for (position, call) in run.calls[..run.calls.len() - 1].iter().enumerate() {
                let wait = call.departure - journey.arrival;
                let in_time = wait >= 0 && self.query.max_wait.is_none_or(|most| wait <= most);
                if !in_time || call.departure > self.latest || !self.usable[index] || is_banned(call.stop) {
                    continue;
                }
                let Some(trip) = call.board else { continue };
                let ruling = rules::between(&self.oracle.feeds, from, Side { stop: call.stop, trip });
                let change = cost(self.query, ruling, from.stop, call.stop);
                let leaves = filters.sets_out(from.stop, call.stop, journey.arrival);
                let there = leaves.zip(change).map(|(leaves, change)| leaves + self.query.change(change));
                if there.is_some_and(|there| there <= call.departure) {
                    self.ride(index, position, Row { trips: journey.trips + 1, ..journey });
                }
            }
        }
    }
}

/// The walk of all from origin to destination.
fn walk(oracle: &Oracle, query: &Query) -> Option<i64> {
    let (origins, destinations) = (oracle.members(query, query.from), oracle.members(query, query.to));
    let pairs = origins.iter().flat_map(|&from| destinations.iter().map(move |&to| (from, to)));
    let free = pairs.filter(|&(from, to)| query.filters.gate(from, to).is_none());
    free.filter_map(|(from, to)| oracle.first_or_last_walk(query, from, to)).min()
}

#[test]
fn the_search_finds_what_counting_all_journeys_finds() {
    let mut compared = 0;
    let mut with_changes = 0;
    for seed in 0..600 {
        let network = generate::network(seed);
        let oracle = Oracle::new(&network.feeds, network.first, network.last);
        let mut random = Rng::with_seed(seed);
        for _ in 0..4 {
            let mut question = generate::question(&mut random, &network);
            question.query.max_trips = question.query.max_trips.min(3);
            question.query.horizon_s = question.query.horizon_s.min(18 * 3600);
            question.window_s = question.window_s.min(6 * 3600);
            let query = &question.query;
            let (time, horizon) = (query.time, query.horizon_s);
            let walked = walk(&oracle, query);
            let on_foot = |departure: i64, arrival: i64| {
                walked.filter(|&walk| walk <= horizon).map(|_| Row { departure, arrival, trips: 0 })
            };
            let foot = walked.unwrap_or_default();

            let Some(mut forward) = journeys(&oracle, query, time..=time + horizon, time + horizon) else { continue };
            let Some(mut backward) = journeys(&oracle, query, time - horizon..=time, time) else { continue };
            let window = time..=time + question.window_s - 1;
            let Some(mut profile) = journeys(&oracle, query, window, time + question.window_s + horizon) else {
                continue;
            };
            compared += 1;
            with_changes += usize::from(profile.iter().chain(&forward).any(|row| row.trips > 1));

            for row in &mut forward {
                row.departure = time;
            }
            forward.extend(on_foot(time, time + foot));
            let context = || format!("seed {seed}\n{}\n{}", network.text, question.describe(&network));
            assert_eq!(oracle.earliest(query), best(&forward), "departing\n{}", context());

            for row in &mut backward {
                row.arrival = time;
            }
            backward.extend(on_foot(time - foot, time));
            assert_eq!(oracle.latest(query), best(&backward), "arriving\n{}", context());

            profile.retain(|row| row.arrival <= row.departure + horizon);
            profile.retain(|row| walked.is_none_or(|walk| row.arrival < row.departure + walk));
            assert_eq!(oracle.profile(query, question.window_s), best(&profile), "profile\n{}", context());
        }
    }
    assert!(compared > 1500 && with_changes > 300, "{compared} compared, {with_changes} with changes");
}
