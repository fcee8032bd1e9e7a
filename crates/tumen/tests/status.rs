//! The state of the network, and the story of its borders.

mod common;

use common::{Compiled, tumen};
use insta::assert_snapshot;
use serde_json::Value;

#[test]
fn the_network_on_three_days() {
    assert_snapshot!(tumen(&["status"]).all());
    assert_snapshot!(tumen(&["status", "--date", "2022-03-01"]).all());
    let autumn = tumen(&["status", "--date", "2024-09-01", "--json"]).json();
    let state = |list: &str, id: &str| {
        let entries = autumn[list].as_array().expect("a list").iter();
        entries.filter(|entry| entry["id"] == id).map(|entry| entry["state"].clone()).next().expect("an entry")
    };
    assert_eq!(
        state("posts", "B1"),
        "noData",
        "between the suspension and the regular trains nothing is known day by day"
    );
    assert_eq!(state("routes", "K3_K4"), "suspended");
    assert_eq!(state("routes", "PYONGYANG_VLADIVOSTOK_AIR"), "runs");
}

/// Outside the days that it covers a line has no data; it is not called closed.
#[test]
fn what_is_not_covered_is_not_called_closed() {
    let before = tumen(&["status", "--date", "2018-05-01"]);
    assert_eq!(before.code, 0);
    assert!(!before.out.replace("\"No data\" is not \"closed\"", "").contains("closed"), "{}", before.out);
    let answer = tumen(&["status", "--date", "2018-05-01", "--json"]).json();
    for list in ["routes", "carriages", "posts", "lines"] {
        for entry in answer[list].as_array().expect("a list") {
            assert_eq!(entry["state"], "noData", "{entry:#}");
        }
    }
}

/// The halt of February 2020, freight in November 2022, and what came after it, each with its source.
#[test]
fn the_story_of_khasan() {
    assert_snapshot!(tumen(&["status", "--history", "Khasan"]).all());
    let story = tumen(&["status", "--history", "Khasan", "--json"]).json();
    let months: Vec<&str> = story["items"]
        .as_array()
        .expect("items")
        .iter()
        .map(|item| item["date"]["first"].as_str().expect("a day").get(..7).expect("a month"))
        .collect();
    for month in ["2020-02", "2022-11", "2024-06", "2024-12", "2025-06", "2026-03"] {
        assert!(months.contains(&month), "{month} in {months:?}");
    }
    assert!(months.is_sorted(), "{months:?}");
}

#[test]
fn the_story_is_found_by_any_name() {
    let story = |name: &str| tumen(&["status", "--history", name, "--json"]).json();
    let khasan = story("Khasan");
    for name in ["Хасан", "하산", "RU_KHASAN"] {
        let same = story(name);
        assert_eq!(same["items"], khasan["items"], "{name}");
    }
    let line = story("KHASAN");
    assert!(line["items"].as_array().is_some_and(|items| items.len() > 5), "{line:#}");
    let unknown = tumen(&["status", "--history", "Atlantis"]);
    assert_eq!(unknown.code, 2);
    assert!(unknown.err.contains("there are Khasan–Tumangang (rail)"), "{}", unknown.err);
    assert_eq!(tumen(&["status", "--history", "Kazan"]).code, 2, "Kazan is not Khasan");
}

/// Every source that a state or a story names is one of sources.txt.
#[test]
fn every_source_resolves() {
    for args in [
        &["status", "--json"][..],
        &["status", "--history", "Khasan", "--json"],
        &["status", "--date", "2022-03-01", "--json"],
    ] {
        let answer = tumen(args).json();
        let sources = answer["sources"].as_object().expect("sources").clone();
        let mut named = Vec::new();
        collect(&answer, &mut named);
        assert!(named.len() > 5, "{named:?}");
        for id in named {
            let line = sources.get(&id).and_then(Value::as_str).unwrap_or_else(|| panic!("{id} is not explained"));
            assert!(line.starts_with(&format!("{id}: ")), "{id} does not resolve: {line}");
        }
    }
}

/// The ids in every `sources` list.
fn collect(value: &Value, ids: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            for (name, field) in fields {
                match field {
                    Value::Array(list) if name == "sources" => {
                        ids.extend(list.iter().filter_map(Value::as_str).map(str::to_owned));
                    }
                    other => collect(other, ids),
                }
            }
        }
        Value::Array(list) => list.iter().for_each(|value| collect(value, ids)),
        _ => {}
    }
}

#[test]
fn names_stand_in_the_language_that_is_asked_for() {
    let said = tumen(&["status", "--language", "ko"]);
    assert!(said.out.contains("Khasan–Tumangang (rail) [하산–두만강]"), "{}", said.out);
}

/// A plain GTFS feed has routes that run, and days that it does not cover.
#[test]
fn any_feed_has_a_state() {
    let plain = Compiled::of_text(
        "
        feed zone Europe/Berlin days 2026-12-01..2026-12-31
        stops A B
        service weekdays: 2026-12-01..2026-12-31 mon-fri
        trip t route R service weekdays: A 08:00 | B 09:00
        ",
    );
    let state = |date: &str| plain.ask(&["status", "--date", date, "--json"]).json()["routes"][0].clone();
    assert_eq!(state("2026-12-05")["state"], "runs");
    assert_eq!(state("2026-12-05")["services"][0]["runsOnDate"], false);
    assert_eq!(state("2026-12-05")["services"][0]["next"], "2026-12-07");
    assert_eq!(state("2027-01-01")["state"], "noData");
    assert_eq!(plain.ask(&["status", "--history", "A"]).code, 1, "a stop, but no story");
}
