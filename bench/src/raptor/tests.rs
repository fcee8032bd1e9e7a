//! The yardstick against the oracle, which answers by definition.

use super::{Changes, Plain, Question, Row, Runs};
use fastrand::Rng;
use tumen_base::{Date, FeedId, StopId};
use tumen_oracle::{ChangeTime, Oracle, Query, StopRef, generate};
use tumen_timetable::Timetable;
use tumen_timetable::compile::{CompileOptions, WalkOptions, compile};

/// Random networks, and random questions put to each.
const NETWORKS: u64 = 2000;
const QUESTIONS: usize = 20;

fn timetable(network: &generate::Network) -> Option<Timetable> {
    let options = CompileOptions {
        from: Some(network.first),
        until: Some(network.last),
        walk: WalkOptions::none(),
        ..CompileOptions::on(Date(0))
    };
    let (data, _) = compile(&network.feeds, &options, &mut |_| {}).ok()?;
    Some(Timetable::from_data(data).expect("compiled columns are valid"))
}

/// A question in the strict mode without filters.
fn plain(query: &Query) -> Query {
    let plain = Query::new(query.from, query.to, query.time);
    Query { horizon_s: query.horizon_s, max_trips: query.max_trips, change_time: ChangeTime::Strict(0), ..plain }
}

fn stops(timetable: &Timetable, network: &generate::Network, place: StopRef) -> Vec<StopId> {
    let id = &network.feeds[place.feed as usize].stops[place.stop as usize].id;
    let columns = timetable.columns();
    columns.stop_and_descendants(timetable.stops_with_id(Some(FeedId(place.feed)), id)[0])
}

#[test]
fn answers_equal_the_oracle() {
    let mut journeys = 0;
    for seed in 0..NETWORKS {
        let network = generate::network(seed);
        let Some(timetable) = timetable(&network) else { continue };
        let oracle = Oracle::new(&network.feeds, network.first, network.last);
        let columns = timetable.columns();
        let (runs, changes) = (Runs::new(&columns, i32::MIN..i32::MAX), Changes::new(&columns));
        let mut yardstick = Plain::new(&runs, &changes);
        let mut random = Rng::with_seed(seed);
        for _ in 0..QUESTIONS {
            let asked = generate::question(&mut random, &network);
            let query = plain(&asked.query);
            let question = Question {
                from: stops(&timetable, &network, query.from),
                to: stops(&timetable, &network, query.to),
                time: columns.from_unix(query.time).expect("a time near the timetable"),
                horizon: query.horizon_s as i32,
                most_trips: query.max_trips,
            };
            let rows = |rows: Vec<tumen_oracle::Row>| -> Vec<Row> {
                let time = |unix| columns.from_unix(unix).expect("a time near the timetable");
                let row = |row: tumen_oracle::Row| (time(row.departure), time(row.arrival), row.trips);
                let rows = rows.into_iter().map(row);
                rows.map(|(departure, arrival, trips)| Row { departure, arrival, trips }).collect()
            };
            let case = format!("seed {seed}, {question:?}\n{}", network.text);
            let profile = rows(oracle.profile(&query, asked.window_s));
            assert_eq!(yardstick.profile(&question, asked.window_s as i32), profile, "profile, {case}");
            let mut earliest = rows(oracle.earliest(&query));
            earliest.sort_unstable_by_key(|row| row.trips);
            assert_eq!(yardstick.earliest(&question), earliest, "departing, {case}");
            let latest = rows(oracle.latest(&query));
            assert_eq!(yardstick.latest(&question, &latest), latest, "arriving, with the truth claimed, {case}");
            // What is claimed must not matter: nothing, too little, a second too late.
            assert_eq!(sorted(yardstick.latest(&question, &[])), latest, "arriving, with nothing claimed, {case}");
            let late: Vec<Row> = latest.iter().map(|row| Row { departure: row.departure + 1, ..*row }).collect();
            for wrong in [&late, latest.get(1..).unwrap_or_default()] {
                assert_eq!(sorted(yardstick.latest(&question, wrong)), latest, "arriving, {wrong:?} claimed, {case}");
            }
            journeys += profile.len() + earliest.len() + latest.len();
        }
    }
    assert!(journeys > 50_000, "only {journeys} journeys were compared");
}

fn sorted(mut rows: Vec<Row>) -> Vec<Row> {
    rows.sort_unstable();
    rows
}
