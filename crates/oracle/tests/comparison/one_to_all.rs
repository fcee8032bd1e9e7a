//! One search to every stop at once against the oracle's answer, and the router's own, for each of them.

use crate::compiled::{Case, settings};
use crate::{simplify, stored_settings};
use fastrand::Rng;
use tumen_base::Time;
use tumen_oracle::generate::{self, Question};
use tumen_oracle::{ChangeTime, Query, Row};
use tumen_routing::{Answer, Arrival, Destinations, Direction, Engine, Network, Place, Router};
use tumen_timetable::Timetable;

/// Questions put to each network; each is one for every stop.
const QUESTIONS: u64 = 6;

#[test]
fn one_search_to_every_stop_answers_as_one_for_each() {
    let mut answered = 0;
    for seed in 20_000..20_400 {
        let case = Case::new(generate::network(seed), None);
        let Some(timetable) = case.timetable() else { continue };
        let mut random = Rng::with_seed(seed);
        for number in 0..QUESTIONS {
            let mut question = generate::question(&mut random, case.network());
            let change_time = [0, 120, 600][random.usize(..3)];
            (question.query.change_time, question.query.footpaths) = match number % 2 {
                0 => (ChangeTime::Strict(change_time), Vec::new()),
                _ => (ChangeTime::Ordinary(change_time), case.footpaths(change_time)),
            };
            answered += compare(&case, timetable, &question, seed);
        }
    }
    assert!(answered > 20_000, "only {answered} stops were reached");
}

#[test]
fn one_search_over_stored_changes_answers_as_one_for_each() {
    let mut answered = 0;
    for seed in 20_400..20_800 {
        let mut random = Rng::with_seed(seed);
        let wanted = stored_settings(&mut random);
        let case = Case::new(generate::network(seed), Some(wanted));
        let Some(timetable) = case.timetable() else { continue };
        for _ in 0..QUESTIONS {
            let mut question = generate::question(&mut random, case.network());
            simplify(&mut question, &case, wanted, &mut random);
            answered += compare(&case, timetable, &question, seed);
        }
    }
    assert!(answered > 10_000, "only {answered} stops were reached");
}

/// Compares every stop, from a departure and over a window; answers how many arrivals there were.
fn compare(case: &Case, timetable: &Timetable, Question { query, window_s }: &Question, seed: u64) -> usize {
    let columns = timetable.columns();
    let network = Network::new(columns, settings(query)).expect("a network");
    let mut router = Router::new(&network);
    let stops: Vec<_> = columns.stops().collect();
    let asked = case.routed(timetable, query, Direction::DepartAt);
    let station = |&stop| Place { dwell: asked.to.dwell.clone(), ..Place::at(columns.stop_and_descendants(stop)) };
    let places: Vec<Place> = stops.iter().map(station).collect();
    let stations = Destinations::places(&network, &places).expect("stops of the timetable");
    let alone = Destinations::every_stop(&network);
    let mut on_the_way = asked.clone();
    on_the_way.from.walks = seed.is_multiple_of(2);
    on_the_way.from.stops.iter_mut().zip(0..).for_each(|((_, seconds), number)| *seconds = 200 * (number % 3));
    let window = *window_s as i32;
    let mut arrivals = 0;
    for profile in [false, true] {
        let mut reach = |asked, destinations| {
            let reached = if profile {
                router.reach_profile(asked, window, destinations)
            } else {
                router.reach(asked, destinations)
            };
            reached.expect("a query within its limits")
        };
        // Windows and stored changes are put to use when the same days are asked for again.
        for (asked, destinations) in [(&asked, &stations), (&on_the_way, &alone)] {
            let engine = [(); 2].map(|()| reach(asked, destinations).engine)[1];
            assert!(profile || !case.answers_over_stored_changes(query) || engine == Engine::Trips);
        }
        let (to_stations, to_stops) = (reach(&asked, &stations), reach(&on_the_way, &alone));
        for (destination, &stop) in stops.iter().enumerate() {
            let told = || {
                let question = Question { query: query.clone(), window_s: *window_s };
                let question = question.describe(case.network()).to_string();
                format!("seed {seed}, profile {profile}, to {stop:?}\n{}\n{question}", case.network().text)
            };
            let to = Query { to: case.reference(timetable, stop), ..query.clone() };
            let oracle = if profile { case.oracle().profile(&to, *window_s) } else { case.oracle().earliest(&to) };
            let mut rows: Vec<Row> = to_stations.at(destination).iter().map(|row| as_row(timetable, row)).collect();
            rows.sort_unstable();
            assert_eq!(rows, oracle, "{}", told());
            let from = (!profile).then_some(asked.time);
            let single = tumen_routing::Query { to: Place::at([stop]), ..on_the_way.clone() };
            let answer = if profile { router.profile(&single, window) } else { router.journeys(&single) };
            assert_eq!(to_stops.at(destination), without_legs(&answer.expect("an answer"), from), "{}", told());
            arrivals += rows.len();
        }
    }
    arrivals
}

fn as_row(timetable: &Timetable, &Arrival { departure, arrival, trips }: &Arrival) -> Row {
    let columns = timetable.columns();
    Row { departure: columns.to_unix(departure), arrival: columns.to_unix(arrival), trips }
}

/// The journeys of an answer; those from a fixed departure all count from there.
fn without_legs(answer: &Answer, from: Option<Time>) -> Vec<Arrival> {
    let journeys = answer.journeys.iter();
    journeys
        .map(|it| Arrival { departure: from.unwrap_or(it.departure), arrival: it.arrival, trips: it.trips })
        .collect()
}
