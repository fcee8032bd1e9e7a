//! Files of queries and of answers, to the letter.

mod common;

use common::{Compiled, tumen};
use std::fs;

const LINE: &str = r#"
    feed zone Europe/Moscow days 2026-12-01..2026-12-10
    stop A "Alpha"
    stop B "Beta" zone Asia/Yekaterinburg
    stop C "Gamma"
    stop D "Lonely"
    trip slow: A 08:00 | B 12:00
    trip t1: A 09:00 | C 09:30
    trip t2: C 09:40 | B 11:00
"#;

fn answers(timetable: &Compiled, queries: &str, more: &[&str]) -> String {
    let (from, to) = (timetable.beside("q.csv"), timetable.beside("a.csv"));
    fs::write(&from, queries).expect("the queries are written");
    let (from, to) = (from.display().to_string(), to.display().to_string());
    let said = timetable.ask(&[&["batch", "--queries", &from, "--out", &to], more].concat());
    assert_eq!(said.code, 0, "{}", said.all());
    fs::read_to_string(to).expect("the answers")
}

#[test]
fn one_row_for_each_optimal_journey() {
    let line = Compiled::of_text(LINE);
    let queries =
        "from_stop_id,to_stop_id,departure\nA,B,2026-12-02T07:00:00\nA,D,2026-12-02 07:00\nB,B,2026-12-02T07:00:00\n";
    assert_eq!(
        answers(&line, queries, &["--walk", "none"]),
        "query,departure,arrival,trips,duration_s\n\
         0,2026-12-02T07:00:00+03:00,2026-12-02T13:00:00+05:00,2,14400\n\
         0,2026-12-02T07:00:00+03:00,2026-12-02T14:00:00+05:00,1,18000\n\
         1,2026-12-02T07:00:00+03:00,,,\n\
         2,2026-12-02T07:00:00+03:00,2026-12-02T09:00:00+05:00,0,0\n"
    );
}

#[test]
fn profiles_and_arrivals_tell_the_journeys_own_departure() {
    let line = Compiled::of_text(LINE);
    let queries = "from_stop_id,to_stop_id,departure\nA,B,2026-12-02T07:00:00\n";
    let profile = answers(&line, queries, &["--walk", "none", "--profile", "24h"]);
    let mut rows: Vec<&str> = profile.lines().skip(1).collect();
    rows.sort_unstable();
    assert_eq!(
        rows,
        [
            "0,2026-12-02T08:00:00+03:00,2026-12-02T14:00:00+05:00,1,14400",
            "0,2026-12-02T09:00:00+03:00,2026-12-02T13:00:00+05:00,2,7200",
        ]
    );
    let queries = "from_stop_id,to_stop_id,departure\nA,B,2026-12-02T12:00:00\n";
    let arrive = answers(&line, queries, &["--walk", "none", "--arrive"]);
    let mut rows: Vec<&str> = arrive.lines().skip(1).collect();
    rows.sort_unstable();
    assert_eq!(
        rows,
        [
            "0,2026-12-02T08:00:00+03:00,2026-12-02T14:00:00+05:00,1,14400",
            "0,2026-12-02T09:00:00+03:00,2026-12-02T13:00:00+05:00,2,7200",
        ]
    );
}

#[test]
fn timing_has_a_row_for_each_query() {
    let line = Compiled::of_text(LINE);
    let timing = line.beside("t.csv").display().to_string();
    answers(&line, "from_stop_id,to_stop_id,departure\nA,B,2026-12-02\nB,A,2026-12-02\n", &["--timing", &timing]);
    let text = fs::read_to_string(timing).expect("the times");
    let rows: Vec<Vec<&str>> = text.lines().map(|line| line.split(',').collect()).collect();
    assert_eq!(rows[0], ["query", "microseconds"]);
    assert_eq!((rows.len(), rows[1][0], rows[2][0]), (3, "0", "1"));
    assert!(rows[1][1].parse::<u64>().is_ok());
}

#[test]
fn what_is_wrong_in_a_file_of_queries_is_named() {
    let line = Compiled::of_text(LINE);
    let (from, to) = (line.beside("q.csv"), line.beside("a.csv").display().to_string());
    for (queries, reason) in [
        ("from,to,departure\nA,B,2026-12-02\n", "no column from_stop_id"),
        ("from_stop_id,to_stop_id,departure\nA,B,2026-12-02\nA,X,2026-12-02\n", "query 1: no stop has the id `X`"),
        ("from_stop_id,to_stop_id,departure\nA,B,noon\n", "query 0: `noon` is no local time"),
        ("from_stop_id,to_stop_id,departure\nA\n", "q.csv"),
    ] {
        fs::write(&from, queries).expect("the queries are written");
        let said = line.ask(&["batch", "--queries", &from.display().to_string(), "--out", &to]);
        assert_eq!(said.code, 2, "{queries}");
        assert!(said.err.contains(reason), "{}", said.err);
    }
    let none = tumen(&["batch", "--queries", "no-such.csv", "--out", &to]);
    assert_eq!(none.code, 2);
}
