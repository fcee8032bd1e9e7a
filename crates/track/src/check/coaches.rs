//! Through carriages: stands, hosts that miss each other, and how many carriages it takes.

use std::collections::{BTreeMap, BTreeSet};
use tumen_base::{Certainty, StopId, TripId};
use tumen_timetable::{CarriageId, Host, WayId};

use super::report::{Fleet, Lack, Rule, Violation};
use super::{Checker, rounding, words};
use crate::cover::{Run, vehicles};

/// Checks every through carriage.
pub fn check(checker: &mut Checker<'_>) {
    for rule in [Rule::Stand, Rule::Hosts, Rule::Carriages] {
        checker.found.begin(rule);
    }
    let columns = checker.columns;
    for carriage in columns.carriages() {
        for way in columns.ways_of(carriage) {
            stands(checker, way);
        }
        hosts(checker, carriage);
    }
    fleets(checker);
}

/// Stands between two hosts that are too short to shunt a coach.
fn stands(checker: &mut Checker<'_>, way: WayId) {
    let columns = checker.columns;
    let trip = columns.trip_of_way(way);
    let Some(day) = checker.days(trip).next() else { return };
    let hosts: Vec<Host> = columns.hosts(way).collect();
    for pair in hosts.windows(2) {
        let (detach, attach) = (*pair[0].way_calls.end(), *pair[1].way_calls.start());
        let (arrival, departure) =
            (columns.arrival_of_run(trip, day, detach), columns.departure_of_run(trip, day, attach));
        let stand = departure.saturating_sub(arrival);
        let needed = checker.options.shunting;
        if stand.saturating_add(rounding(arrival, departure)) >= needed {
            checker.found.passed(Rule::Stand, 1);
            continue;
        }
        let Some(days) = checker.span(checker.days(trip)) else { continue };
        let stop = columns.stop_at(trip, detach);
        let why = format!(
            "{} between {} and {} at {}; no coach is shunted from train to train in less than {}{}",
            words(f64::from(stand)),
            checker.written(pair[0].trip),
            checker.written(pair[1].trip),
            checker.stop_name(stop),
            words(f64::from(needed)),
            if stand == 0 { "; if both are one train, its arrival there is missing" } else { "" }
        );
        let violation = Violation {
            rule: Rule::Stand,
            trips: vec![checker.written(trip), checker.written(pair[0].trip), checker.written(pair[1].trip)],
            names: vec![checker.name(trip), checker.name(pair[0].trip), checker.name(pair[1].trip)],
            stops: vec![stop],
            at: arrival,
            days,
            short_by: i64::from(needed) - i64::from(stand),
            certainty: columns.certainty_of_time(trip, detach).max(columns.certainty_of_time(trip, attach)),
            why,
        };
        checker.found.violates(Rule::Stand, 1, violation);
    }
}

/// Days on which a carriage finds no host where the one before leaves it.
fn hosts(checker: &mut Checker<'_>, carriage: CarriageId) {
    let columns = checker.columns;
    let service = columns.service_of_carriage(carriage);
    let asked = |day: &i32| checker.options.days.contains(&columns.date_of(*day));
    let days = columns.day_set(columns.service_days[service.index()]).iter().filter(asked).count();
    let holes: Vec<i32> = columns.day_set(columns.carriage_holes[carriage.0 as usize]).iter().filter(asked).collect();
    checker.found.passed(Rule::Hosts, days.saturating_sub(holes.len()) as u64);
    // Days on which it is left at the same place belong together.
    let mut left_at: BTreeMap<Option<(StopId, WayId)>, Vec<i32>> = BTreeMap::new();
    for day in holes {
        let way = columns.ways_of(carriage).find(|way| columns.days_of_trip(columns.trip_of_way(*way)).contains(day));
        let end = way.map(|way| {
            let trip = columns.trip_of_way(way);
            (columns.stop_at(trip, columns.call_count(trip) - 1), way)
        });
        left_at.entry(end).or_default().push(day);
    }
    for (end, days) in left_at {
        let (Some(span), Some(&first)) = (checker.span(days.iter().copied()), days.first()) else { continue };
        let (stops, at, why) = if let Some((stop, way)) = end {
            let trip = columns.trip_of_way(way);
            let last = columns.call_count(trip) - 1;
            let why = format!("no train takes it on from {} in time", checker.stop_name(stop));
            (vec![stop], columns.arrival_of_run(trip, first, last), why)
        } else {
            let zone = columns.feed_zone[columns.carriage_feed[carriage.0 as usize] as usize];
            (Vec::new(), columns.day_base(zone, first), "no train takes it on where it begins".to_owned())
        };
        let violation = Violation {
            rule: Rule::Hosts,
            trips: vec![checker.written_carriage(carriage)],
            names: vec![checker.name_of_carriage(carriage)],
            stops,
            at,
            days: span,
            short_by: 0,
            certainty: Certainty::Published,
            why,
        };
        checker.found.violates(Rule::Hosts, days.len() as u64, violation);
    }
}

/// The carriages that run between the same two places, and those whose pairs of places touch.
fn fleets(checker: &mut Checker<'_>) {
    let columns = checker.columns;
    let mut between: BTreeMap<[StopId; 2], Vec<(CarriageId, [StopId; 2])>> = BTreeMap::new();
    for carriage in columns.carriages() {
        let Some(ends) = ends(checker, carriage) else { continue };
        let mut pair = ends;
        pair.sort_unstable();
        between.entry(pair).or_default().push((carriage, ends));
    }
    let mut rounds: Vec<(BTreeSet<StopId>, Vec<CarriageId>)> = Vec::new();
    for (pair, carriages) in between {
        let leads = |from: StopId| carriages.iter().any(|(_, ends)| ends[0] == from);
        let ids: Vec<CarriageId> = carriages.iter().map(|(carriage, _)| *carriage).collect();
        if leads(pair[0]) && leads(pair[1]) {
            checker.found.passed(Rule::Carriages, ids.len() as u64);
            rounds.push((pair.into(), ids));
        } else {
            let names: Vec<String> = ids.iter().map(|carriage| checker.written_carriage(*carriage)).collect();
            checker.found.lacks(Rule::Carriages, Lack::Return, ids.len() as u64, names);
        }
    }
    let mut pools: Vec<(BTreeSet<StopId>, Vec<CarriageId>, usize)> = Vec::new();
    for (ends, carriages) in &rounds {
        let (touching, apart): (Vec<_>, Vec<_>) = pools.into_iter().partition(|(places, ..)| !places.is_disjoint(ends));
        let mut pool = (ends.clone(), carriages.clone(), 1);
        for (places, others, rounds) in touching {
            pool.0.extend(places);
            pool.1.splice(0..0, others);
            pool.2 += rounds;
        }
        pools = apart;
        pools.push(pool);
    }
    let pools = pools.into_iter().filter(|(.., rounds)| *rounds > 1).map(|(places, carriages, _)| (places, carriages));
    for (places, carriages) in rounds.into_iter().chain(pools) {
        let runs: Vec<Run<StopId>> = carriages.iter().flat_map(|carriage| runs(checker, *carriage)).collect();
        checker.found.fleets.push(Fleet {
            carriages: carriages.iter().map(|carriage| checker.written_carriage(*carriage)).collect(),
            ends: places.into_iter().collect(),
            runs: runs.len(),
            vehicles: vehicles(&runs, i64::from(checker.options.turn)),
        });
    }
}

/// The stations at both ends of a carriage's longest way.
fn ends(checker: &Checker<'_>, carriage: CarriageId) -> Option<[StopId; 2]> {
    let columns = checker.columns;
    let trips = columns.ways_of(carriage).map(|way| columns.trip_of_way(way));
    let longest =
        trips.filter(|trip| checker.days(*trip).next().is_some()).max_by_key(|trip| columns.call_count(*trip))?;
    Some(stations(checker, longest))
}

fn stations(checker: &Checker<'_>, trip: TripId) -> [StopId; 2] {
    let columns = checker.columns;
    [0, columns.call_count(trip) - 1].map(|call| columns.station(columns.stop_at(trip, call)))
}

/// Every run of a carriage.
fn runs(checker: &Checker<'_>, carriage: CarriageId) -> Vec<Run<StopId>> {
    let columns = checker.columns;
    let mut runs = Vec::new();
    for trip in columns.ways_of(carriage).map(|way| columns.trip_of_way(way)) {
        let [from, to] = stations(checker, trip);
        let last = columns.call_count(trip) - 1;
        for day in checker.days(trip) {
            let departure = i64::from(columns.departure_of_run(trip, day, 0));
            let arrival = i64::from(columns.arrival_of_run(trip, day, last));
            runs.push(Run { from, departure, to, arrival });
        }
    }
    runs
}
