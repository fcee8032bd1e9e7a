//! Changes of gauge: how long vehicles stand for them, and how many at once.

use std::collections::BTreeMap;
use tumen_base::{PatternId, StopId, Time, TripId};
use tumen_timetable::WayId;

use super::report::{Lack, Rule, Violation};
use super::{Checker, words};
use crate::slots::{Stand, Work, fits, groups};

const RULE: Rule = Rule::GaugeChange;

/// A vehicle whose gauge is changed while it stands at a call.
#[derive(Clone, Copy)]
struct Changed {
    trip: TripId,
    call: usize,
    day: i32,
    stand: Stand,
}

/// Checks every change of gauge: whether there is time for it, and a track.
pub fn check(checker: &mut Checker<'_>) {
    checker.found.begin(RULE);
    let mut at: BTreeMap<StopId, Vec<Changed>> = BTreeMap::new();
    for pattern in checker.columns.patterns() {
        changes_of(checker, pattern, &mut at);
    }
    for (place, changed) in at {
        change(checker, place, &changed);
    }
}

/// The vehicles of a pattern at the places where they change gauge.
fn changes_of(checker: &mut Checker<'_>, pattern: PatternId, at: &mut BTreeMap<StopId, Vec<Changed>>) {
    let columns = checker.columns;
    let stops: Vec<StopId> = columns.call_stop[columns.calls_of(pattern)].iter().map(|stop| StopId(*stop)).collect();
    let changes = checker.subject.borders.sections().changes(&columns, &stops);
    if changes.is_empty() {
        return;
    }
    for trip in columns.trips_of(pattern).map(TripId::from_index) {
        let days: Vec<i32> = checker.days(trip).collect();
        if days.is_empty() {
            continue;
        }
        for change in &changes {
            let place = change.places.first().copied().filter(|_| change.stated && change.places.len() == 1);
            let Some(place) = place else {
                let names: Vec<String> = change.places.iter().map(|stop| checker.stop_name(*stop)).collect();
                checker.found.lacks(RULE, Lack::ChangePlace, 1, [names.join(" or ")]);
                continue;
            };
            let calls = (1..stops.len().saturating_sub(1)).filter(|call| columns.station(stops[*call]) == place);
            let calls: Vec<usize> = calls.collect();
            if columns.way_of_trip(trip).is_some_and(|way| rides_inside(checker, way, &calls)) {
                continue;
            }
            // Where a carriage is put from train to train it may be two calls: one to arrive, one to leave.
            let (Some(&first), Some(&last)) = (calls.first(), calls.last()) else {
                checker.found.lacks(RULE, Lack::ChangeStand, 1, [checker.stop_name(place)]);
                continue;
            };
            for day in &days {
                let arrival = i64::from(columns.arrival_of_run(trip, *day, first));
                let departure = i64::from(columns.departure_of_run(trip, *day, last));
                let stand = Stand { arrival, departure };
                at.entry(place).or_default().push(Changed { trip, call: first, day: *day, stand });
            }
        }
    }
}

/// Whether a carriage only rides along in a train that changes gauge itself: that is counted as the train's.
fn rides_inside(checker: &Checker<'_>, way: WayId, calls: &[usize]) -> bool {
    let mut hosts = checker.columns.hosts(way);
    hosts.any(|host| calls.iter().all(|call| host.way_calls.start() < call && call < host.way_calls.end()))
}

/// The vehicles at one place, day after day: those whose stands overlap share the tracks.
fn change(checker: &mut Checker<'_>, place: StopId, changed: &[Changed]) {
    let columns = checker.columns;
    let borders = checker.subject.borders;
    let posts = borders.posts().filter(|(_, post)| post.gauge_change.map(|stop| columns.station(stop)) == Some(place));
    let mut facts = posts.filter_map(|(id, _)| checker.subject.facts.posts.get(&id));
    let work = facts.find_map(|facts| Some(Work { tracks: facts.change_tracks?, duration: facts.change? }));
    let mut trips: Vec<TripId> = changed.iter().map(|vehicle| vehicle.trip).collect();
    trips.sort_unstable();
    trips.dedup();
    let Some(work) = work else {
        checker.found.lacks(RULE, Lack::ChangeWork, trips.len() as u64, [checker.stop_name(place)]);
        return;
    };
    let stands: Vec<Stand> = changed.iter().map(|vehicle| vehicle.stand).collect();
    let mut failed: BTreeMap<Vec<TripId>, Vec<Vec<usize>>> = BTreeMap::new();
    let mut undecided: Vec<TripId> = Vec::new();
    for group in groups(&stands) {
        let these: Vec<Stand> = group.iter().map(|index| stands[*index]).collect();
        match fits(&these, work) {
            Some(true) => {}
            Some(false) => {
                let trips = group.iter().map(|index| changed[*index].trip).collect();
                failed.entry(trips).or_default().push(group);
            }
            None => undecided.extend(group.iter().map(|index| changed[*index].trip)),
        }
    }
    undecided.sort_unstable();
    undecided.dedup();
    let involved: Vec<TripId> = failed.keys().flatten().copied().chain(undecided.iter().copied()).collect();
    let passed = trips.iter().filter(|trip| !involved.contains(trip)).count();
    checker.found.passed(RULE, passed as u64);
    checker.found.lacks(RULE, Lack::TooMany, undecided.len() as u64, [checker.stop_name(place)]);
    for (trips, times) in failed {
        let first: Vec<Changed> = times[0].iter().map(|index| changed[*index]).collect();
        let days = checker.span(times.iter().map(|group| changed[group[0]].day));
        let Some(days) = days else { continue };
        let told: Vec<String> = first
            .iter()
            .map(|vehicle| {
                let [arrival, departure] = [vehicle.stand.arrival, vehicle.stand.departure].map(|time| time as Time);
                let clock = |time| checker.clock(time, place);
                format!("{} stands from {} to {}", checker.written(vehicle.trip), clock(arrival), clock(departure))
            })
            .collect();
        let why = format!(
            "changing the gauge at {} takes {} for each vehicle, {} at once; {}",
            checker.stop_name(place),
            words(work.duration as f64),
            work.tracks,
            told.join(", ")
        );
        let certainty = |vehicle: &Changed| columns.certainty_of_time(vehicle.trip, vehicle.call);
        let violation = Violation {
            rule: RULE,
            trips: trips.iter().map(|trip| checker.written(*trip)).collect(),
            names: trips.iter().map(|trip| checker.name(*trip)).collect(),
            stops: vec![place],
            at: first[0].stand.arrival as Time,
            days,
            short_by: missing(&first, work),
            certainty: first.iter().map(certainty).max().unwrap_or_default(),
            why,
        };
        checker.found.violates(RULE, 1, violation);
    }
}

/// The least seconds by which all departures would have to be later.
fn missing(changed: &[Changed], work: Work) -> i64 {
    let later = |seconds: i64| -> Vec<Stand> {
        changed.iter().map(|vehicle| Stand { departure: vehicle.stand.departure + seconds, ..vehicle.stand }).collect()
    };
    let (mut too_few, mut enough) = (0, work.duration * changed.len() as i64);
    while enough - too_few > 1 {
        let middle = i64::midpoint(too_few, enough);
        if fits(&later(middle), work) == Some(true) {
            enough = middle;
        } else {
            too_few = middle;
        }
    }
    enough
}
