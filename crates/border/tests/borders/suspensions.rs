//! What suspensions hinder, day by day.

use crate::world::{World, with_file};
use tumen_border::Suspensions;
use tumen_timetable::Rows;

const POSTS: &str = "border_post_id,name,from_stop_id,to_stop_id,mode,from_country,to_country\n\
    P,Post,WEST,EAST,rail,RU,KP\n";

/// A timetable with a post from WEST to EAST and suspensions `id,affects,what,first,last`.
fn world(text: &str, rows: &[&str]) -> World {
    let head = "suspension_id,affects,id,valid_from,valid_to,reason";
    let rows: Vec<String> = rows.iter().map(|row| format!("{row},flood")).collect();
    let suspensions = format!("{head}\n{}\n", rows.join("\n"));
    World::new(text, |feed| {
        with_file(feed, "border_posts.txt", POSTS);
        with_file(feed, "suspensions.txt", &suspensions);
    })
}

/// Every hindrance as `trip all 2026-01-05..2026-01-09 S` or `trip 1-2 …` with its hops.
fn hindrances(world: &World) -> Vec<String> {
    let columns = world.timetable.columns();
    let rows = Rows::read(&columns, "suspensions.txt").expect("rows");
    let suspensions = Suspensions::read(&world.timetable, &world.borders, &rows);
    let mut words: Vec<String> = suspensions
        .hindrances(&columns, &world.borders)
        .iter()
        .map(|hindrance| {
            let trip = match columns.way_of_trip(hindrance.trip) {
                Some(way) => columns.text(columns.carriage_id[columns.carriage_of_way(way).0 as usize]),
                None => columns.text(columns.trip_id[hindrance.trip.index()]),
            };
            let hops = if hindrance.is_of_whole_runs() {
                "all".to_owned()
            } else {
                format!("{}-{}", hindrance.first_hop, hindrance.last_hop)
            };
            let [first, last] = [hindrance.first_day, hindrance.last_day].map(|day| columns.date_of(day));
            let id = suspensions.get(hindrance.cause.suspension().expect("a suspension")).id.clone();
            format!("{trip} {hops} {first}..{last} {id}")
        })
        .collect();
    words.sort();
    words
}

const TRAINS: &str = r#"
    feed zone Europe/Moscow days 2026-01-01..2026-01-31
    stop WEST "West" 42.428,130.645 zone Asia/Vladivostok
    stop EAST "East" 42.4137,130.602 zone Asia/Pyongyang
    stop A "Alpha" 43.80,131.97 zone Asia/Vladivostok
    stop Z "Omega" 39.005,125.735 zone Asia/Pyongyang
    service car: dates 2026-01-05 2026-01-12 2026-01-19
    route r1
    route r2
    trip t1 route r1: A 08:00 | WEST 15:00-16:00 | EAST 16:30
    trip t2 route r2: EAST 18:00 | Z 42:00
    trip t3 route r1: A 09:00 | WEST 12:00
    carriage k "The car" service car: t1 A..EAST, t2 EAST..Z
"#;

#[test]
fn a_route_a_trip_and_an_agency_do_not_run_on_service_days_in_the_period() {
    let route = world(TRAINS, &["S,route,r1,20260105,20260109"]);
    assert_eq!(
        hindrances(&route),
        ["k 0-2 2026-01-05..2026-01-09 S", "t1 all 2026-01-05..2026-01-09 S", "t3 all 2026-01-05..2026-01-09 S"],
        "a suspended host takes the carriage with it"
    );
    let trip = world(TRAINS, &["S,trip,t3,20260131,20260228"]);
    assert_eq!(hindrances(&trip), ["t3 all 2026-01-31..2026-01-31 S"]);
    let open = world(TRAINS, &["S,trip,t3,,"]);
    assert_eq!(hindrances(&open), ["t3 all 2026-01-01..2026-01-31 S"]);
}

#[test]
fn a_suspended_host_takes_the_carriage_from_where_it_would_be_attached() {
    let later = world(TRAINS, &["S,route,r2,20260112,20260112"]);
    assert_eq!(hindrances(&later), ["k 2-2 2026-01-12..2026-01-12 S", "t2 all 2026-01-12..2026-01-12 S"]);
    let car = world(TRAINS, &["S,carriage,k,20260106,20260131"]);
    assert_eq!(hindrances(&car), ["k all 2026-01-06..2026-01-31 S"], "its hosts run");
    let idle = world(TRAINS, &["S,carriage,k,20260106,20260111"]);
    assert!(hindrances(&idle).is_empty(), "it does not run on these days anyway");
}

/// The carriage's second host leaves on the day after: its service day is told by the carriage's own.
#[test]
fn the_days_of_a_host_are_told_as_the_days_of_the_carriage() {
    let overnight = r#"
        feed zone Europe/Moscow days 2026-01-01..2026-01-31
        stop A "Alpha"
        stop B "Beta"
        stop C "Gamma"
        service car: dates 2026-01-05 2026-01-06
        route r1
        route r2
        trip night route r1: A 20:00 | B 30:00
        trip day route r2: B 08:00 | C 12:00
        carriage k "The car" service car: night A..B, day B..C
    "#;
    let world = world(overnight, &["S,trip,day,20260106,20260106"]);
    assert_eq!(hindrances(&world), ["day all 2026-01-06..2026-01-06 S", "k 1-1 2026-01-05..2026-01-05 S"]);
}

/// The train leaves WEST at 16:00 in Moscow, which is 23:00 in Vladivostok; an hour later it is the day after there.
#[test]
fn a_post_is_closed_on_days_by_the_clock_there() {
    for (leaves, first, last) in [("16:59", "2026-01-10", "2026-01-12"), ("17:00", "2026-01-09", "2026-01-11")] {
        let text = TRAINS.replace("WEST 15:00-16:00 | EAST 16:30", &format!("WEST 15:00-{leaves} | EAST 17:30"));
        let ahead = world(&text, &["S,post,P,20260110,20260112"]);
        let own = format!("t1 1-1 {first}..{last} S");
        assert!(hindrances(&ahead).contains(&own), "leaving at {leaves}: {:?}", hindrances(&ahead));
    }
    // Behind: 01:59 in Moscow is 22:59 of the day before in London, and 03:00 is midnight.
    for (leaves, first, last) in [("02:59", "2026-01-11", "2026-01-13"), ("03:00", "2026-01-10", "2026-01-12")] {
        let text = r#"
            feed zone Europe/Moscow days 2026-01-01..2026-01-31
            stop WEST "West" 42.428,130.645 zone Europe/London
            stop EAST "East" 42.4137,130.602 zone Europe/London
            trip t: WEST LEAVES | EAST 04:00
        "#;
        let behind = world(&text.replace("LEAVES", leaves), &["S,post,P,20260110,20260112"]);
        assert_eq!(hindrances(&behind), [format!("t 0-0 {first}..{last} S")], "leaving at {leaves}");
    }
}

#[test]
fn a_closed_post_hinders_carriages_too_and_nothing_before_it() {
    let world = world(TRAINS, &["S,post,P,20260105,20260105"]);
    assert_eq!(hindrances(&world), ["k 1-1 2026-01-05..2026-01-05 S", "t1 1-1 2026-01-05..2026-01-05 S"]);
}

#[test]
fn rows_that_name_nothing_or_never_hold_hinder_nothing() {
    let rows = ["A,route,none,,", "B,post,Q,,", "C,planet,P,,", "D,trip,t3,20260110,20260105", "E,trip,t3,20270101,"];
    assert!(hindrances(&world(TRAINS, &rows)).is_empty());
}
