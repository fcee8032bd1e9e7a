//! What is suspended is not offered, but shown.

mod common;

use common::{Compiled, tumen};
use insta::assert_snapshot;
use serde_json::Value;

/// A night train over a border from Alpha to Omega, a slower way around it, and a local train to the border.
const TRAINS: &str = r#"
    feed zone Europe/Moscow days 2026-12-01..2027-01-31
    stop ALPHA "Alpha" 43.80,131.97 zone Asia/Vladivostok
    stop WEST "Westgate" 42.428,130.645 zone Asia/Vladivostok
    stop EAST "Eastgate" 42.4137,130.602 zone Asia/Pyongyang
    stop OMEGA "Omega" 39.005,125.735 zone Asia/Pyongyang
    agency around "Around and Co"
    route N "Night train"
    route W "The long way" agency around
    route L "Local"
    trip night route N: ALPHA 08:00 | WEST 15:00-16:30 | EAST 17:00 | OMEGA 25:00
    trip long route W: ALPHA 07:00 | OMEGA 40:00
    trip local route L: ALPHA 09:00 | WEST 14:00
"#;

const POSTS: &str = "border_post_id,name,from_stop_id,to_stop_id,mode,from_country,to_country\n\
    GATE,Westgate–Eastgate,WEST,EAST,rail,RU,KP\n";

const SOURCES: &str = "source_id,title,publisher,date\nGAZETTE,Notice to travellers,The Gazette,2026-12\n";

const FLOOD: &str = "FLOOD,post,GATE,20261210,20261220,the bridge is flooded,2026-12-10,2026-12-20,GAZETTE\n";
const STRIKE: &str = "STRIKE,route,N,20261201,,a strike,2026-12,,GAZETTE\n";

fn world(suspensions: &str) -> Compiled {
    let head = "suspension_id,affects,id,valid_from,valid_to,reason,valid_from_text,valid_to_text,source_id\n";
    let suspensions = format!("{head}{suspensions}");
    let files = [("border_posts.txt", POSTS), ("suspensions.txt", &suspensions), ("sources.txt", SOURCES)];
    Compiled::of_text_with(TRAINS, &files)
}

fn trips(answer: &Value) -> Vec<&str> {
    let itineraries = answer["itineraries"].as_array().expect("itineraries");
    itineraries.iter().map(|journey| journey["legs"][0]["tripId"].as_str().expect("a ride")).collect()
}

/// Lifting the suspension makes the journey appear.
#[test]
fn a_suspended_train_is_not_planned_and_a_running_one_is() {
    let ask = |world: &Compiled| world.ask(&["plan", "Alpha", "Omega", "--depart", "2026-12-12", "--json"]).json();
    assert_eq!(trips(&ask(&world(""))), ["20261212_15:00__night"]);
    assert_eq!(trips(&ask(&world(STRIKE))), ["20261212_14:00__long"]);
    assert_eq!(trips(&ask(&world(FLOOD))), ["20261212_14:00__long"]);
    let answer = ask(&world(FLOOD));
    assert_eq!(answer["tumen"]["suspended"][0]["id"], "FLOOD");
    assert_eq!(answer["tumen"]["suspended"][0]["sources"], serde_json::json!(["GAZETTE"]));
}

#[test]
fn the_ride_up_to_a_closed_post_stays() {
    let flooded = world(FLOOD);
    let answer = flooded.ask(&["plan", "Alpha", "Westgate", "--depart", "2026-12-12T13:00", "--json"]).json();
    assert_eq!(trips(&answer), ["20261212_16:00__local"], "the earlier arrival");
    let answer =
        flooded.ask(&["plan", "Alpha", "Westgate", "--depart", "2026-12-12T13:00", "--ban-trip", "local", "--json"]);
    assert_eq!(trips(&answer.json()), ["20261212_15:00__night"]);
}

/// The train leaves Westgate at 16:30 in Moscow, 23:30 there: the last closed day is its service day, too.
#[test]
fn the_days_of_a_closure_are_exact_on_both_sides() {
    let flooded = world(FLOOD);
    for (day, expected) in [("09", "night"), ("10", "long"), ("20", "long"), ("21", "night")] {
        let depart = format!("2026-12-{day}");
        let answer = flooded.ask(&["plan", "Alpha", "Omega", "--depart", &depart, "--json"]).json();
        assert!(trips(&answer)[0].ends_with(expected), "{day}: {:?}", trips(&answer));
    }
}

#[test]
fn nothing_left_but_the_next_possible_date() {
    let flooded = world(FLOOD);
    let ask = ["plan", "Alpha", "Omega", "--depart", "2026-12-12", "--horizon", "40h", "--ban-trip", "long"];
    let said = flooded.ask(&ask);
    assert_eq!(said.code, 1, "{}", said.all());
    assert_snapshot!(said.all());
    let answer = flooded.ask(&[&ask[..], &["--json"]].concat()).json();
    assert_eq!(answer["tumen"]["removed"][0]["reasons"][0]["id"], "FLOOD");
    assert_eq!(answer["tumen"]["nextPossible"]["startTime"], "2026-12-21T15:00:00+10:00");
}

#[test]
fn suspended_runs_are_shown_struck_out() {
    let flooded = world(FLOOD);
    assert_snapshot!(
        flooded.ask(&["next", "Alpha", "Omega", "--from", "2026-12-08", "--count", "3", "--horizon", "20h"]).all()
    );
    assert_snapshot!(flooded.ask(&["board", "Westgate", "--at", "2026-12-20", "--count", "2"]).all());
    let board =
        flooded.ask(&["board", "Eastgate", "--at", "2026-12-20", "--count", "1", "--arrivals", "--json"]).json();
    assert_eq!(board["stopTimes"][0]["tumen"]["suspended"]["suspensions"][0]["id"], "FLOOD");
    let origin = flooded.ask(&["board", "Alpha", "--at", "2026-12-20T15:00", "--count", "1"]);
    assert!(origin.out.contains("only to Westgate, suspended: the bridge is flooded"), "{}", origin.out);
    let end = flooded.ask(&["board", "Omega", "--at", "2026-12-21T06:00", "--count", "1", "--arrivals"]);
    assert!(end.out.contains("only from Eastgate, suspended: the bridge is flooded"), "{}", end.out);
    let trip = flooded.ask(&["trip", "night", "--date", "2026-12-20"]);
    assert!(
        trip.out.contains("suspended: the bridge is flooded, since 10 December 2026, until 20 December 2026 (GAZETTE)"),
        "{}",
        trip.out
    );
    let striking = world(STRIKE);
    let trip = striking.ask(&["trip", "night", "--date", "2026-12-20", "--json"]).json();
    assert_eq!(trip["tumen"]["suspended"][0]["id"], "STRIKE");
    assert_eq!(trip["tumen"]["suspended"][0]["until"], Value::Null);
}

/// A closed post is no suspension of the trains that would pass it, but their state says so.
#[test]
fn the_state_of_a_train_names_the_post_that_it_cannot_pass() {
    let flooded = world(FLOOD);
    let routes = flooded.ask(&["status", "--date", "2026-12-20", "--json"]).json()["routes"].clone();
    let night = routes.as_array().expect("routes").iter().find(|route| route["id"] == "N").expect("the night train");
    assert_eq!((&night["state"], &night["hindered"][0]["id"]), (&"runs".into(), &"FLOOD".into()));
    let said = flooded.ask(&["status", "--date", "2026-12-21"]);
    assert!(!said.out.contains("the bridge is flooded"), "{}", said.out);
}

/// Lists of stops and files of queries leave out what is suspended, too.
#[test]
fn whoever_asks_many_questions_is_told_of_no_suspended_train() {
    let flooded = world(FLOOD);
    let reach = flooded.ask(&["reach", "Alpha", "--depart", "2026-12-12", "--within", "60h", "--json"]).json();
    let omega = |answer: &Value| {
        let rows = answer["stops"].as_array().expect("stops").iter();
        rows.filter(|row| row["stopId"] == "OMEGA").map(|row| row["duration"].clone()).next()
    };
    let running = world("").ask(&["reach", "Alpha", "--depart", "2026-12-12", "--within", "60h", "--json"]).json();
    assert_ne!(omega(&reach), omega(&running), "{reach:#}");
    assert!(omega(&reach).is_some());

    let (queries, answers) = (flooded.beside("q.csv"), flooded.beside("a.csv"));
    std::fs::write(&queries, "from_stop_id,to_stop_id,departure\nALPHA,OMEGA,2026-12-12T00:00:00\n").expect("written");
    let paths = [&queries, &answers].map(|path| path.display().to_string());
    let said = flooded.ask(&["batch", "--queries", &paths[0], "--out", &paths[1]]);
    assert_eq!(said.code, 0, "{}", said.all());
    let rows = std::fs::read_to_string(&answers).expect("answers");
    assert!(rows.contains("2026-12-13T22:00:00+09:00"), "{rows}");

    let (from, to, matrix) = (flooded.beside("f.csv"), flooded.beside("t.csv"), flooded.beside("m.csv"));
    std::fs::write(&from, "stop_id\nALPHA\n").expect("written");
    std::fs::write(&to, "stop_id\nOMEGA\n").expect("written");
    let paths = [&from, &to, &matrix].map(|path| path.display().to_string());
    let said =
        flooded.ask(&["matrix", "--from", &paths[0], "--to", &paths[1], "-o", &paths[2], "--depart", "2026-12-12"]);
    assert_eq!(said.code, 0, "{}", said.all());
    let rows = std::fs::read_to_string(&matrix).expect("a matrix");
    assert!(rows.contains("2026-12-13T22:00:00+09:00"), "{rows}");
}

/// Far from the days of a suspension the fast engines answer; a suspended route does not need the slow one at all.
#[test]
fn searches_about_other_days_stay_fast() {
    let engine = |world: &Compiled, day: &str| {
        let answer = world.ask(&["plan", "Alpha", "Omega", "--depart", day, "--horizon", "3d", "--json"]).json();
        answer["tumen"]["engine"].as_str().expect("an engine").to_owned()
    };
    let flooded = world(FLOOD);
    assert_eq!(engine(&flooded, "2026-12-12"), "runs");
    assert_ne!(engine(&flooded, "2027-01-10"), "runs");
    assert_ne!(engine(&world(STRIKE), "2026-12-12"), "runs");
}

#[test]
fn no_train_before_june_2024() {
    let said = tumen(&["plan", "Moscow", "Pyongyang", "--depart", "2022-03-01"]);
    assert_eq!(said.code, 1);
    assert_snapshot!(said.all());
}

#[test]
fn hostile_rows_are_complained_of() {
    let folder = tempfile::tempdir().expect("a folder");
    let feed = folder.path().join("feed.zip");
    let mut hostile = tumen_oracle::text::feeds(TRAINS).remove(0);
    let rows = "suspension_id,affects,id,valid_from,valid_to,reason,valid_from_text\n\
        A,planet,P,20260101,,flood,\nB,post,P,20260101,,flood,\nC,route,N,2026-01,20260101,flood,soon\n\
        D,route,N,20260105,20260101,flood,2026-01-05\nD,route,N,,,flood,\nE,route,N,,,,\n";
    let events =
        "event_id,date,subject,event\nX,yesterday,post:P,flood\nY,2026-01,planet:P,flood\nZ,2026-01,route:N,ok\n";
    for (name, text) in [("suspensions.txt", rows), ("events.txt", events)] {
        hostile.extension.insert(name.to_owned(), tumen_feed::Table::parse(text.as_bytes()));
    }
    tumen_feed::write_feed(&hostile, &feed).expect("written");
    let said = tumen(&["validate", &feed.display().to_string()]);
    assert_snapshot!(said.all().replace(&feed.display().to_string(), "feed.zip"));
}
