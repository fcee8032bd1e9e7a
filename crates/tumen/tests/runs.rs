//! Runs added and cancelled without an import.

mod common;
mod http;

use common::tumen;
use http::Server;
use serde_json::{Value, json};
use std::path::Path;

const AGENCY: &str = "agency_id,agency_name,agency_url,agency_timezone\nX,X,https://example.org,UTC\n";
const STOPS: [&str; 5] = ["A", "B", "C", "D", "E"];
const DATES: [&str; 4] = ["2026-12-01", "2026-12-02", "2026-12-03", "2026-12-04"];

/// A trip: its id, the days it runs, and its calls as stop and minute of the day.
#[derive(Clone)]
struct Trip {
    id: String,
    days: Vec<usize>,
    calls: Vec<(usize, u32)>,
}

fn clock(minute: u32) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

fn random_calls(random: &mut fastrand::Rng) -> Vec<(usize, u32)> {
    let mut stops: Vec<usize> = (0..STOPS.len()).collect();
    random.shuffle(&mut stops);
    stops.truncate(random.usize(2..=4));
    let mut minute = random.u32(0..900);
    stops
        .into_iter()
        .map(|stop| {
            (stop, {
                minute += random.u32(5..90);
                minute
            })
        })
        .collect()
}

/// Compiles trips, each with dates of its own, into a folder.
fn compiled(folder: &Path, name: &str, trips: &[Trip]) -> String {
    let mut files = [
        ("agency.txt", AGENCY.to_owned()),
        ("stops.txt", "stop_id,stop_name,stop_lat,stop_lon\n".to_owned()),
        ("routes.txt", "route_id,agency_id,route_short_name,route_type\nR,X,R,2\n".to_owned()),
        ("trips.txt", "route_id,service_id,trip_id\n".to_owned()),
        ("calendar_dates.txt", "service_id,date,exception_type\n".to_owned()),
        ("stop_times.txt", "trip_id,arrival_time,departure_time,stop_id,stop_sequence\n".to_owned()),
    ];
    // Places so far apart that nobody walks.
    for (number, stop) in STOPS.iter().enumerate() {
        files[1].1.extend([format!("{stop},{stop}{stop},0,{number}\n")]);
    }
    for Trip { id, days, calls } in trips {
        files[3].1.extend([format!("R,S{id},{id}\n")]);
        for day in days {
            files[4].1.extend([format!("S{id},{},1\n", DATES[*day].replace('-', ""))]);
        }
        for (number, (stop, minute)) in calls.iter().enumerate() {
            let time = clock(*minute);
            files[5].1.extend([format!("{id},{time}:00,{time}:00,{},{}\n", STOPS[*stop], number + 1)]);
        }
    }
    let feed = folder.join(name);
    std::fs::create_dir(&feed).expect("a folder");
    for (file, text) in files {
        std::fs::write(feed.join(file), text).expect("written");
    }
    let out = folder.join(format!("{name}.tumen"));
    let out = out.to_str().expect("UTF-8");
    let said = tumen(&["import", feed.to_str().expect("UTF-8"), "--walk", "none", "--precompute", "-o", out]);
    assert_eq!(said.code, 0, "{}", said.all());
    out.to_owned()
}

/// The journeys of an answer: the times of the ends and what is ridden.
fn journeys(timetable: &str, from: &str, to: &str, day: &str) -> Vec<String> {
    let said =
        tumen(&["plan", from, to, "--depart", day, "--window", "36h", "--walk", "none", "--json", "-t", timetable]);
    let answer: Value = said.json();
    let of = |one: &Value| format!("{} {} {}", one["startTime"], one["endTime"], one["transfers"]);
    let mut all: Vec<String> = answer["itineraries"].as_array().into_iter().flatten().map(of).collect();
    all.sort();
    all
}

#[test]
fn a_timetable_with_an_overlay_answers_as_the_same_rows_imported_afresh() {
    let mut random = fastrand::Rng::with_seed(646);
    for round in 0..6 {
        let folder = tempfile::tempdir().expect("a folder");
        let mut trips: Vec<Trip> = (0..random.usize(4..9))
            .map(|number| Trip {
                id: format!("T{number}"),
                days: (0..DATES.len()).collect(),
                calls: random_calls(&mut random),
            })
            .collect();
        let base = compiled(folder.path(), "base", &trips);
        let mut rows = String::from("run_id,action,date,trip_id,departure,route_id,calls,source,note\n");
        let old = trips.clone();
        for number in 0..random.usize(1..7) {
            let (trip, day) = (random.usize(0..old.len()), random.usize(0..DATES.len()));
            match random.u8(0..3) {
                0 if trips[trip].days.contains(&day) => {
                    trips[trip].days.retain(|other| *other != day);
                    rows.extend([format!("c{number},cancel,{},{},,,,S1,\n", DATES[day], old[trip].id)]);
                }
                1 => {
                    let calls = random_calls(&mut random);
                    let written: Vec<String> =
                        calls.iter().map(|(stop, minute)| format!("{} {}", STOPS[*stop], clock(*minute))).collect();
                    rows.extend([format!("X{number},add,{},,,R,{},S1,\n", DATES[day], written.join("; "))]);
                    trips.push(Trip { id: format!("X{number}"), days: vec![day], calls });
                }
                _ => {
                    let begin = random.u32(0..600);
                    let first = old[trip].calls[0].1;
                    let calls = old[trip].calls.iter().map(|(stop, minute)| (*stop, minute - first + begin)).collect();
                    rows.extend([format!("X{number},add,{},{},{},,,S1,\n", DATES[day], old[trip].id, clock(begin))]);
                    trips.push(Trip { id: format!("X{number}"), days: vec![day], calls });
                }
            }
        }
        let afresh = compiled(folder.path(), "afresh", &trips);
        std::fs::write(folder.path().join("base.runs.txt"), &rows).expect("written");
        for from in STOPS {
            for to in STOPS.into_iter().filter(|to| *to != from).take(2) {
                for day in [DATES[0], DATES[2]] {
                    let (with, fresh) = (journeys(&base, from, to, day), journeys(&afresh, from, to, day));
                    assert_eq!(with, fresh, "round {round}, {from} to {to} on {day}\n{rows}");
                }
            }
        }
    }
}

#[test]
fn mistakes_name_file_line_and_column() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("x.runs.txt");
    let path = path.to_str().expect("UTF-8");
    for (row, expected) in [
        ("a,cancel,2026-12-14,T646,,,,,", "x.runs.txt:2:source it is empty; expected who says so"),
        ("a,cancel,2026-12-15,T646,,,,S1,", "x.runs.txt:2:date trip T646 does not run on the service day 2026-12-15"),
        ("a,cancel,soon,T646,,,,S1,", "x.runs.txt:2:date "),
        ("a,cancel,2026-12-14,NONE,,,,S1,", "x.runs.txt:2:trip_id there is no trip `NONE`"),
        ("a,skip,2026-12-14,T646,,,,S1,", "x.runs.txt:2:action expected add or cancel, not `skip`"),
        ("a,add,2026-12-14,,,NONE,A 10:00; B 11:00,S1,", "x.runs.txt:2:route_id there is no route `NONE`"),
        ("a,add,2026-12-14,,,KHASAN_TUMANGANG,RU_KHASAN; B 11:00,S1,", "x.runs.txt:2:calls expected calls such as"),
        ("a,add,2026-12-14,T646,late,,,S1,", "x.runs.txt:2:departure expected a time such as 10:30"),
        ("T646,add,2026-12-14,T645,,,,S1,", "x.runs.txt:2:run_id the feed has a trip `T646` already"),
        ("a,add,2099-12-14,T645,,,,S1,", "x.runs.txt:2:date expected dates at most ten years"),
    ] {
        std::fs::write(path, format!("run_id,action,date,trip_id,departure,route_id,calls,source,note\n{row}\n"))
            .expect("written");
        let said = tumen(&["run", "list", "--runs", path]);
        assert_eq!(said.code, 3, "{}", said.all());
        assert!(said.all().contains(expected), "{row}: {}", said.all());
    }
}

#[test]
fn a_charter_is_searched_and_marked_and_taken_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("x.runs.txt");
    let runs = ["--runs", path.to_str().expect("UTF-8")];
    let ask = |args: &[&str]| tumen(&[args, &runs].concat());
    let calls = ["--call", "AIR_SVO 19:00", "--call", "AIR_FNJ 27:30"];
    let add =
        ["run", "add", "CHARTER1", "--route", "MOSCOW_PYONGYANG_AIR", "--date", "2026-12-20", "--source", "NOTICE"];
    assert_eq!(ask(&[&add[..], &calls].concat()).code, 0);
    assert_eq!(ask(&["run", "cancel", "T646", "--date", "2026-12-14", "--source", "KSR"]).code, 0);
    let found = ask(&["next", "Moscow", "Pyongyang", "--modes", "air"]);
    assert!(found.all().contains("added run, source: NOTICE"), "{}", found.all());
    let board = ask(&["board", "Khasan", "--at", "2026-12-14"]);
    assert!(board.all().contains("cancelled on 14 December 2026"), "{}", board.all());
    let trip = ask(&["trip", "CHARTER1", "--date", "2026-12-20", "--json"]).json();
    assert_eq!(trip["legs"][0]["tumen"]["hosts"][0]["addedRun"]["source"], "NOTICE");
    let status = ask(&["status", "--date", "2026-12-01", "--json"]).json();
    assert_eq!(status["runs"].as_array().map(Vec::len), Some(2));
    let list = ask(&["run", "list"]);
    assert!(list.all().contains("CHARTER24") && list.all().contains("tour only"), "{}", list.all());
    assert_eq!(ask(&["run", "remove", "CHARTER1"]).code, 0);
    assert_eq!(ask(&["trip", "CHARTER1", "--date", "2026-12-20"]).code, 2, "it is gone");
    assert_eq!(ask(&["run", "remove", "CHARTER1"]).code, 1);
}

#[test]
fn the_server_changes_runs_for_whoever_has_the_token_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("x.runs.txt");
    let runs = path.to_str().expect("UTF-8");
    let body = json!({ "id": "c1", "action": "cancel", "date": "2026-12-14", "trip": "T646", "source": "KSR" });
    let closed = Server::start(&["--runs", runs]);
    let refused = closed.connect().post("/api/tumen/v1/runs", &body);
    assert_eq!((refused.status, refused.code().as_str()), (403, "runs_read_only"));
    drop(closed);
    let open = Server::start(&["--runs", runs, "--runs-token", "0123456789abcdef"]);
    let mut client = open.connect();
    let refused = client.post("/api/tumen/v1/runs", &body);
    assert_eq!((refused.status, refused.code().as_str()), (401, "wrong_token"));
    let mut send = |method: &str, path: &str, body: &str| {
        let head = format!(
            "{method} {path} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer 0123456789abcdef\r\n\
             content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        );
        client.send(head.as_bytes());
        client.read().expect("an answer")
    };
    let wrong = json!({ "id": "c1", "action": "cancel", "date": "2026-12-15", "trip": "T646", "source": "KSR" });
    let refused = send("POST", "/api/tumen/v1/runs", &wrong.to_string());
    assert_eq!((refused.status, refused.code().as_str()), (400, "runs_refused"), "{}", refused.text());
    assert!(!path.exists(), "nothing is written that does not fit");
    let added = send("POST", "/api/tumen/v1/runs", &body.to_string());
    assert_eq!(added.status, 200, "{}", added.text());
    let board = send("GET", "/api/tumen/v1/board?stop=Khasan&at=2026-12-14&count=1", "");
    assert!(board.text().contains("cancelled on 14 December 2026"), "at once: {}", board.text());
    let gone = send("DELETE", "/api/tumen/v1/runs?id=c1", "");
    assert_eq!(gone.json()["runs"], json!([]), "{}", gone.text());
    let unknown = send("DELETE", "/api/tumen/v1/runs?id=c1", "");
    assert_eq!((unknown.status, unknown.code().as_str()), (404, "unknown_run"));
}
