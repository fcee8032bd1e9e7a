//! Trips that wait for other trips, where everybody else needs a change time: the router equals the oracle.
//!
//! Small dense lines, trains minutes apart and a change time longer than that: most answers hang on a guarantee.

use fastrand::Rng;
use std::fmt::Write as _;
use tumen_base::Date;
use tumen_oracle::{ChangeTime, Oracle, Query as Asked, Row, text};
use tumen_routing::{Direction, Network, Place, Query, Router, Settings, Walk};
use tumen_timetable::Timetable;
use tumen_timetable::compile::{CompileOptions, WalkOptions, compile};

const CHANGE: i32 = 900;
const STOPS: [&str; 6] = ["A", "B", "C", "D", "E", "F"];

/// Trips that share stops, and guarantees between those that do.
fn network(rng: &mut Rng) -> String {
    let mut text = String::from("feed zone Europe/Berlin days 2026-03-28..2026-03-30\nstops A B C D E F\n");
    let lines = [["A", "B", "C"], ["C", "B", "D"], ["B", "D", "E"], ["D", "E", "F"], ["C", "E", "F"]];
    let trips: Vec<(usize, [&str; 3])> = (0..rng.usize(6..16)).map(|trip| (trip, lines[rng.usize(..5)])).collect();
    for (trip, stops) in &trips {
        let mut minute = 480 + rng.u32(0..90);
        write!(text, "trip t{trip}: ").expect("memory");
        for (position, stop) in stops.iter().enumerate() {
            let bar = if position == 0 { "" } else { " | " };
            let dwell = rng.u32(0..4);
            let (arrives, leaves) = (minute, minute + dwell);
            let clock = |minute: u32| format!("{:02}:{:02}", minute / 60, minute % 60);
            write!(text, "{bar}{stop} {}-{}", clock(arrives), clock(leaves)).expect("memory");
            minute = leaves + rng.u32(4..20);
        }
        text.push('\n');
    }
    // Where few trips wait, most patterns are ridden as if none did.
    for _ in 0..if rng.bool() { rng.usize(1..3) } else { rng.usize(4..24) } {
        let ((from, from_stops), (to, to_stops)) = (trips[rng.usize(..trips.len())], trips[rng.usize(..trips.len())]);
        if let Some(stop) = from_stops.iter().find(|stop| to_stops.contains(stop)) {
            writeln!(text, "transfer {stop} {stop} type 1 from trip t{from} to trip t{to}").expect("memory");
        }
    }
    for (from, ends) in &trips {
        let others: Vec<_> = trips.iter().filter(|(to, begins)| to != from && ends[2] == begins[0]).collect();
        if !others.is_empty() && rng.bool() {
            writeln!(text, "continue t{from} -> t{}", others[rng.usize(..others.len())].0).expect("memory");
        }
    }
    text
}

#[test]
fn guaranteed_changes_equal_the_oracle() {
    let (mut guaranteed, mut linked) = (0, 0);
    for seed in 0..1_500 {
        let mut rng = Rng::with_seed(seed);
        let drawn = network(&mut rng);
        let feeds = text::feeds(&drawn);
        let day = |text: &str| Date::parse_typed(text).expect("a date");
        let oracle = Oracle::new(&feeds, day("2026-03-28"), day("2026-03-30"));
        let options = CompileOptions { walk: WalkOptions::none(), ..CompileOptions::on(day("2026-03-28")) };
        let (data, _) = compile(&feeds, &options, &mut |_| {}).expect("it compiles");
        guaranteed += data.guarantee_from.len();
        linked += data.link_to.len();
        let timetable = Timetable::from_data(data).expect("a valid timetable");
        let columns = timetable.columns();
        let settings = Settings { walk: Walk::None, change_time: CHANGE };
        let network = Network::new(columns, settings).expect("a network");
        let mut router = Router::new(&network);
        for _ in 0..12 {
            let (from, to) = (STOPS[rng.usize(..6)], STOPS[rng.usize(..6)]);
            let time = text::instant("Europe/Berlin", "2026-03-28T07:30") + i64::from(rng.u32(0..10_800));
            let asked = Asked {
                horizon_s: 40_000,
                change_time: ChangeTime::Strict(i64::from(CHANGE)),
                ..Asked::new(text::stop(&feeds, from), text::stop(&feeds, to), time)
            };
            let place = |id: &str| Place::at([timetable.stops_with_written_id(id)[0]]);
            let mut query = Query::depart_at(place(from), place(to), columns.from_unix(time).expect("a time"));
            query.horizon = 40_000;
            let rows = |answer: tumen_routing::Answer| -> Vec<Row> {
                let row = |journey: &tumen_routing::Journey| Row {
                    departure: columns.to_unix(journey.departure),
                    arrival: columns.to_unix(journey.arrival),
                    trips: journey.trips,
                };
                answer.journeys.iter().map(row).collect()
            };
            let pairs = |rows: &[Row], departures: bool| {
                let mut pairs: Vec<(i64, u8)> =
                    rows.iter().map(|row| (if departures { row.departure } else { row.arrival }, row.trips)).collect();
                pairs.sort_unstable();
                pairs
            };
            let told = || format!("seed {seed}, {from} to {to} at {time}:\n{drawn}");
            let forward = rows(router.journeys(&query).expect("an answer"));
            assert_eq!(pairs(&forward, false), pairs(&oracle.earliest(&asked), false), "forward, {}", told());
            let patient = Query { max_wait: Some(40_000), ..query.clone() };
            let patient = rows(router.journeys(&patient).expect("an answer"));
            assert_eq!(pairs(&patient, false), pairs(&forward, false), "run by run, {}", told());
            let mut profile = rows(router.profile(&query, 7_200).expect("an answer"));
            let mut expected = oracle.profile(&asked, 7_200);
            profile.sort_unstable();
            expected.sort_unstable();
            assert_eq!(profile, expected, "profile, {}", told());
            query.direction = Direction::ArriveBy;
            query.time += 7_200;
            let asked = Asked { time: time + 7_200, ..asked };
            let backward = rows(router.journeys(&query).expect("an answer"));
            assert_eq!(pairs(&backward, true), pairs(&oracle.latest(&asked), true), "backward, {}", told());
        }
    }
    assert!(
        guaranteed > 5_000 && linked > 1_500,
        "only {guaranteed} guarantees and {linked} links were drawn: the test shows nothing"
    );
}
