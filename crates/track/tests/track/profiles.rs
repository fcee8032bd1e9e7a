//! What is known of a line: sums, regions, speeds.

use crate::world::{Railway, date};
use tumen_journey::present::View;
use tumen_journey::style::Style;
use tumen_track::text::{self, PageOptions};
use tumen_track::words::kilometres;
use tumen_track::{Basis, Profile, json};

const PLAIN: Style = Style { color: false, width: None };

#[test]
fn unknown_lengths_are_counted_and_never_summed() {
    let railway = Railway::border();
    let asked = railway.ask("MAIN").expect("the line");
    let profile = Profile::of(&railway.world, &railway.track, &railway.network(), &asked.way, date("2026-03-01"));
    assert_eq!(kilometres(profile.total.known_metres), "75", "60 + 15 km; S3 and S4 are unknown");
    assert_eq!(profile.total.unknown, [2, 3]);
    let countries: Vec<(String, f64, usize)> = profile
        .countries
        .iter()
        .map(|area| (area.countries.join("-"), area.within.known_metres, area.within.unknown.len()))
        .collect();
    assert_eq!(
        countries,
        [("XA".into(), 60_000.0, 0), ("XA-XB".into(), 15_000.0, 0), ("XB".into(), 0.0, 2)],
        "the border section stands apart"
    );
    let [sum] = &profile.check_sums[..] else { panic!("one check sum") };
    assert_eq!((sum.of.known_metres, sum.left_metres), (0.0, Some(150_000.0)));
}

#[test]
fn what_lies_in_two_regions_stands_under_both_and_is_no_part_of_either() {
    let railway = Railway::border();
    let asked = railway.ask("MAIN").expect("the line");
    let profile = Profile::of(&railway.world, &railway.track, &railway.network(), &asked.way, date("2026-03-01"));
    let regions: Vec<(&str, &str, f64, f64, usize)> = profile
        .regions
        .iter()
        .map(|area| {
            let within = &area.within;
            (
                &area.name[..],
                &area.countries[0][..],
                within.known_metres,
                area.shared.known_metres,
                within.unknown.len(),
            )
        })
        .collect();
    assert_eq!(
        regions,
        [("North", "XA", 0.0, 60_000.0, 0), ("South", "XA", 0.0, 75_000.0, 0), ("West", "XB", 0.0, 15_000.0, 2),]
    );
}

/// ALPHA–BETA: 60 km in 60 minutes by `fast`, in 2 hours by `slow`, which calls at HALT on the way. BETA–GAMMA: 15 km in 30 minutes.
/// GAMMA–EPSILON: the check sum's 150 km in 3 hours.
#[test]
fn scheduled_speeds_are_from_call_to_call() {
    let railway = Railway::border();
    let asked = railway.ask("MAIN").expect("the line");
    let profile = Profile::of(&railway.world, &railway.track, &railway.network(), &asked.way, date("2026-03-01"));
    let stretches: Vec<(usize, usize, f64, f64, usize)> = profile
        .stretches
        .iter()
        .map(|stretch| {
            let kmh = |train| stretch.kmh(train).expect("a length");
            (stretch.steps.start, stretch.steps.end, kmh(stretch.quickest), kmh(stretch.slowest), stretch.trips)
        })
        .collect();
    assert_eq!(stretches, [(0, 1, 60.0, 30.0, 2), (1, 2, 30.0, 30.0, 1), (2, 4, 50.0, 50.0, 1)]);
    let sum = railway.track.sections.iter().position(|section| section.id == "ALL").expect("the check sum");
    assert_eq!(profile.stretches[2].metres, Some((150_000.0, Basis::CheckSum(sum))));
    let slowest: Vec<f64> = profile.slowest().iter().map(|(_, kmh)| *kmh).collect();
    assert_eq!(slowest, [30.0, 50.0, 60.0]);
    let later = Profile::of(&railway.world, &railway.track, &railway.network(), &asked.way, date("2026-04-01"));
    assert!(later.stretches.is_empty(), "nothing runs any more");
}

#[test]
fn text_and_json_say_what_is_unknown() {
    let railway = Railway::border();
    let asked = railway.ask("MAIN").expect("the line");
    let profile = Profile::of(&railway.world, &railway.track, &railway.network(), &asked.way, date("2026-03-01"));
    let view = View::new(&railway.world, PLAIN, None);
    let page = text::page(&view, &asked, &profile, PageOptions { sections: true, sources: false });
    for line in [
        "75 km on 2 of 4 sections; the length of 2 more is unknown and not in this sum.",
        "Check sum ALL Gamma–Epsilon: 150 km stated for 2 sections; 0 km of them are known, which leaves 150 km for the other 2.",
        "length: unknown on 2 of 4: S3, S4",
        "line speed: unknown on every section",
        "gauge: known on every section",
    ] {
        assert!(page.contains(line), "{line}\n{page}");
    }
    let answer = json::line(&view, &asked, &profile);
    assert_eq!(answer["total"]["knownKilometres"], 75.0);
    assert_eq!(answer["total"]["lengthUnknown"], serde_json::json!(["S3", "S4"]));
    assert_eq!(answer["sections"][2]["kilometres"], serde_json::Value::Null);
    assert_eq!(answer["sections"][2]["scheduled"]["checkSum"], "ALL");
    assert_eq!(answer["unknown"]["power"], serde_json::json!(["S4"]));
}
