//! `tumen compare`: what restoring the railway changed, what closing it would break, and the files in which that is told.

mod common;

use common::{Compiled, tumen};
use serde_json::Value;
use std::collections::BTreeMap;

/// Before the regular train and after the first through car.
const DATES: [&str; 4] = ["--before", "2024-10-01", "--after", "2025-07-15"];
const ENDS: [&str; 7] = ["--from", "Vladivostok", "Ussuriysk", "Khasan", "--to", "Tumangang", "Pyongyang"];

#[test]
fn what_restoring_the_railway_changed() {
    insta::assert_snapshot!(tumen(&[&["compare"][..], &DATES, &ENDS].concat()).all());
}

#[test]
fn what_closing_it_again_would_break() {
    let args = ["compare", "--before", "2025-07-15", "--without", "post:khasan", "--modes", "rail"];
    insta::assert_snapshot!(tumen(&[&args[..], &ENDS].concat()).all());
}

/// Irregular trains ran from June 2024 and only the first is dated, so the data cannot say that nothing ran in October.
#[test]
fn before_the_regular_train_there_is_no_data_and_the_note_says_why() {
    let said = tumen(&[&["compare", "--json"][..], &DATES, &ENDS].concat()).json();
    assert_eq!(said["pairs"]["newlyConnected"], 0);
    let pairs = said["named"]["noDataBefore"].as_array().expect("pairs");
    let khasan = pairs.iter().find(|pair| pair["from"] == "Khasan" && pair["to"] == "Tumangang").expect("the border");
    assert_eq!(khasan["before"]["noData"], true);
    assert!(khasan["after"]["departures"].as_u64().is_some_and(|departures| departures > 20));
    let lines = said["linesWithoutData"]["before"].as_array().expect("lines");
    assert!(lines.iter().any(|line| line["id"] == "KHASAN_TUMANGANG" && line["daysWithoutData"] == 60));
    let records = said["records"].as_array().expect("records");
    let irregular = records.iter().find(|record| {
        record["text"].as_str().is_some_and(|text| {
            text.contains("irregular trains") && text.contains("only 1 dated record of that time: 2024-06-06")
        })
    });
    assert_eq!(irregular.expect("the note")["sources"], serde_json::json!(["RIA0606", "UNI1216"]));
}

/// While passenger trains were suspended the border was closed, and that is known.
#[test]
fn a_suspension_is_no_silence() {
    let args = ["compare", "--json", "--before", "2024-02-01", "--after", "2025-07-15", "--modes", "rail"];
    let said = tumen(&[&args[..], &["--from", "Khasan", "--to", "Tumangang"]].concat()).json();
    assert_eq!(said["pairs"]["newlyConnected"], 1);
    let records = said["records"].to_string();
    assert!(records.contains("post B1 in the first window: no passenger service"), "{records}");
}

/// A ferry that was suspended, a train that is not known any more, and one that goes on.
const NETWORK: &str = "
    feed zone Europe/Moscow days 2026-01-01..2026-04-30
    stops A B C
    service winter: 2026-01-01..2026-01-31 daily
    trip t1 route R1: A 08:00 | B 10:00
    trip t2 route R1: A 09:00 | B 12:00 | C 14:00
    trip t3 route R2 service winter: C 15:00 | A 20:00
";

fn rows(path: &std::path::Path) -> BTreeMap<String, String> {
    let mut reader = csv::Reader::from_path(path).expect("a table");
    let row = |row: csv::StringRecord| {
        let cells: Vec<&str> = row.iter().skip(4).collect();
        (format!("{}{}", &row[0], &row[2]), cells.join(","))
    };
    reader.records().map(|it| row(it.expect("a row"))).collect()
}

#[test]
fn every_file_tells_the_same_pairs() {
    let timetable = Compiled::of_text(NETWORK);
    let files = ["r.csv", "r.json", "r.html"].map(|name| timetable.beside(name));
    let paths = files.each_ref().map(|file| file.display().to_string());
    let mut args =
        vec!["compare", "--before", "2026-01-05", "--after", "2026-03-02", "--window", "10d", "--without", "trip:t1"];
    args.extend(paths.iter().flat_map(|path| ["--out", path.as_str()]));
    let said = timetable.ask(&args);
    assert_eq!(said.code, 0, "{}", said.all());
    let expected = [
        ("AB", "connected,slower,less_often,20,10,7200,10800,"),
        ("AC", "connected,same,same,10,10,18000,18000,"),
        ("BC", "connected,same,same,10,10,7200,7200,"),
        ("CA", "no_data_after,,,10,,18000,,after"),
        ("CB", "no_data_after,,,10,,68400,,after"),
        ("BA", "no_data_after,,,10,,28800,,after"),
    ];
    let expected: BTreeMap<String, String> =
        expected.into_iter().map(|(pair, row)| (pair.to_owned(), row.to_owned())).collect();
    assert_eq!(rows(&files[0]), expected.clone());
    let json: Value = serde_json::from_str(&std::fs::read_to_string(&files[1]).expect("a file")).expect("JSON");
    assert_eq!(json["pairs"].as_array().map(Vec::len), Some(expected.len()));
    assert_eq!(json["found"]["pairs"]["slower"], 1);
    assert_eq!(json["found"]["largest"]["slower"][0]["after"]["fastest"], 10_800);
    assert_eq!(json["asked"]["scenario"]["edits"][0], "closed: trip t1");
    let page = std::fs::read_to_string(&files[2]).expect("a page");
    for outside in ["http:", "https:", "src=", "<script", "@import", "url("] {
        assert!(!page.contains(outside), "the page asks for {outside}");
    }
    assert!(page.contains("R2") && page.contains("<svg") && page.contains("no data"));
}

#[test]
fn a_wrong_scenario_names_its_file_line_and_key() {
    let timetable = Compiled::of_text(NETWORK);
    let file = timetable.beside("what-if.toml");
    let path = file.display().to_string();
    let ask = |text: &str| {
        std::fs::write(&file, text).expect("a file");
        let said = timetable.ask(&["compare", "--before", "2026-01-05", "--scenario", &path]);
        assert_eq!(said.code, 2, "{}", said.all());
        said.err.replace(&path, "what-if.toml")
    };
    assert_eq!(ask("[[close]]\npost = 7"), "tumen: what-if.toml:2: close.post: expected a text in quotation marks\n");
    assert_eq!(
        ask("\n[[suspend]]\nroute = \"R9\""),
        "tumen: what-if.toml:2: suspend: there is no route R9 in the timetable, or it has no trips\n"
    );
    let said = timetable.ask(&["compare", "--before", "2026-01-05", "--without", "khasan"]);
    assert_eq!(said.code, 2);
    assert!(said.err.contains("expected post:ID, route:ID, agency:ID, trip:ID or carriage:ID"), "{}", said.err);
    let said = timetable.ask(&["compare", "--before", "2026-01-05"]);
    assert!(said.err.contains("--after"), "{}", said.err);
}

#[test]
fn plan_and_next_answer_as_if() {
    let ask = |command: &str, more: &[&str]| {
        tumen(&[&[command, "Ussuriysk", "Tumangang", "--modes", "rail"][..], more].concat())
    };
    for command in ["plan", "next"] {
        assert_eq!(ask(command, &[]).code, 0);
        let closed = ask(command, &["--without", "post:B1"]);
        assert_eq!(closed.code, 1, "{}", closed.all());
        assert_eq!(closed.err, "As if closed: border post B1 (Khasan–Tumangang (rail)).\n");
    }
}
