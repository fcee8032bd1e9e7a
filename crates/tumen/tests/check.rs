//! Whether timetables are possible: the corridor as it is shipped, the corridor with planted faults, ordinary feeds.

mod common;

use common::{Compiled, shared_feed, tumen};
use insta::assert_snapshot;
use serde_json::Value;
use std::path::Path;

#[test]
fn the_corridor_explains_its_complaints_and_counts_what_is_not_checkable() {
    assert_snapshot!(tumen(&["check"]).all());
}

/// Moscow–Pyongyang takes two cars, with Khabarovsk three, each turned round in four hours.
#[test]
fn the_cars_of_the_corridor() {
    let answer = tumen(&["check", "--turn", "4h", "--json"]).json();
    let fleet = |carriages: &[&str]| {
        let mut fleets = answer["fleets"].as_array().expect("fleets").iter();
        let named = fleets.find(|fleet| fleet["carriages"] == serde_json::json!(carriages));
        named.expect("such a fleet")["vehicles"].clone()
    };
    assert_eq!(fleet(&["MOW_PYG", "PYG_MOW"]), 2);
    assert_eq!(fleet(&["MOW_PYG", "PYG_MOW", "KHV_PYG", "PYG_KHV"]), 3);
}

/// The corridor in a folder of its own, with texts in one of its files replaced.
fn planted(file: &str, replaced: &[(&str, &str)]) -> tempfile::TempDir {
    let corridor = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../feeds/corridor");
    let folder = tempfile::tempdir().expect("a folder");
    for entry in std::fs::read_dir(corridor).expect("the corridor") {
        let path = entry.expect("a file").path();
        let name = path.file_name().expect("a name").to_owned();
        let mut text = std::fs::read_to_string(&path).expect("text");
        if name.to_str() == Some(file) {
            for (before, after) in replaced {
                assert!(text.contains(before), "{before}");
                text = text.replace(before, after);
            }
        }
        std::fs::write(folder.path().join(name), text).expect("a file");
    }
    folder
}

fn checked(folder: &tempfile::TempDir, more: &[&str]) -> Value {
    let path = folder.path().display().to_string();
    tumen(&[&["check", &path, "--json"], more].concat()).json()
}

fn of_rule<'a>(answer: &'a Value, rule: &str) -> Vec<&'a Value> {
    answer["violations"].as_array().expect("a list").iter().filter(|found| found["rule"] == rule).collect()
}

/// 645 and 646 in two minutes over the five kilometres between Khasan and Tumangang: the post states 17.
#[test]
fn the_border_train_in_two_minutes() {
    let folder = planted(
        "stop_times.txt",
        &[("T645,06:17:00,06:17:00", "T645,06:02:00,06:02:00"), ("T646,08:47:00,08:47:00", "T646,08:32:00,08:32:00")],
    );
    let answer = checked(&folder, &[]);
    let found = of_rule(&answer, "post-run-time");
    assert_eq!(found.len(), 2, "{answer:#}");
    for (trip, from, time) in
        [("T645", "KP_TUMANGANG", "2024-12-16T12:00:00+09:00"), ("T646", "RU_KHASAN", "2024-12-16T15:30:00+10:00")]
    {
        let fault = found.iter().find(|found| found["trips"][0] == trip).expect("the trip");
        assert_eq!(
            (&fault["stops"][0]["id"], &fault["time"], &fault["shortBy"]),
            (&from.into(), &time.into(), &900.into())
        );
        assert_eq!(
            fault["why"],
            "2 min scheduled; border_posts.txt states 17 min between the two stations of Khasan–Tumangang (rail)"
        );
    }
}

/// Nobody publishes the hours of Khasan. If they were 8 to 15 there, 646 would leave half an hour late for them; 645 would not.
#[test]
fn hours_that_are_stated_are_kept() {
    let folder = planted(
        "border_posts.txt",
        &[("RU_KHASAN,KP_TUMANGANG,,KP_TUMANGANG,rail", "RU_KHASAN,KP_TUMANGANG,08:00-15:00,KP_TUMANGANG,rail")],
    );
    let answer = checked(&folder, &["--from", "2026-11-23", "--until", "2026-11-29"]);
    let found = of_rule(&answer, "border-hours");
    let trips: Vec<&Value> = found.iter().map(|found| &found["trips"][0]).collect();
    assert_eq!(trips, ["T646"], "{answer:#}");
    assert_eq!(found[0]["serviceDays"]["count"], 3);
    assert_eq!(found[0]["time"], "2026-11-23T15:30:00+10:00");
}

/// At 40 to 70 km/h the 41 km from Makhalino are not run in the five hours less that are planted.
#[test]
fn a_train_too_fast_for_a_believed_line_speed() {
    let folder = planted("stop_times.txt", &[("T652,29:25:00,29:25:00,RU_KHASAN", "T652,26:00:00,26:00:00,RU_KHASAN")]);
    let answer = checked(&folder, &[]);
    let found = of_rule(&answer, "running-time");
    assert_eq!(found.len(), 1, "{answer:#}");
    assert_eq!(found[0]["trips"][0], "T652");
    assert!(found[0]["why"].as_str().is_some_and(|why| why.contains("S23 197.0 km at 70 km/h")), "{answer:#}");
}

#[test]
fn exit_codes_say_what_was_asked_for() {
    let feed = "feed zone Europe/Berlin days 2026-03-02..2026-03-08\nstop A 50.0,10.0\nstop B 50.0,11.0\n";
    let code = |arrival: &str, args: &[&str]| {
        let timetable = Compiled::of_text(&format!("{feed}trip t: A 8:00 | B {arrival}\n"));
        let path = timetable.path.display().to_string();
        tumen(&[&["check", &path], args].concat()).code
    };
    assert_eq!(code("9:00", &[]), 0);
    assert_eq!(code("8:05", &[]), 1);
    assert_eq!(code("8:05", &["--fail-on", "never"]), 0);
    assert_eq!(code("9:00", &["--fail-on", "not-checkable"]), 1);
    assert_eq!(code("9:00", &["--from", "2026-03-08", "--until", "2026-03-02"]), 2);
    assert_eq!(tumen(&["check", "--margin", "much"]).code, 2);
    assert_eq!(tumen(&["check", "nowhere.zip"]).code, 3);
    assert_eq!(tumen(&["check", "a.tumen", "b.tumen"]).code, 2);
}

/// Ordinary feeds have no tables of track; everything else is checked.
#[test]
fn ordinary_feeds_are_checked_without_sections() {
    for name in ["us-amtrak-2024.zip", "es-renfe-all-2026-04.zip"] {
        let Some(feed) = shared_feed(name) else { continue };
        let said = tumen(&["check", &feed.display().to_string(), "--json"]);
        assert!(said.code < 2, "{}", said.err);
        let answer = said.json();
        let rule = |word: &str| {
            let mut rules = answer["rules"].as_array().expect("rules").iter();
            rules.find(|rule| rule["rule"] == word).expect("the rule").clone()
        };
        let straight = rule("straight-line");
        assert!(straight["checked"].as_u64().is_some_and(|checked| checked > 1000), "{name}: {straight:#}");
        assert_eq!(rule("running-time")["checked"], 0);
        assert_eq!(rule("running-time")["reasons"][0]["reason"], "no feed has sections.txt");
        assert_eq!(answer["violated"], straight["violated"], "{name}: {answer:#}");
    }
}
