//! `--json` everywhere: the MOTIS shape for journeys, local offsets in every time.

mod common;

use common::{Compiled, tumen};
use serde_json::Value;

/// Calls `visit` with every text of a JSON value and its key.
fn texts<'a>(key: &'a str, value: &'a Value, visit: &mut impl FnMut(&'a str, &'a str)) {
    match value {
        Value::String(text) => visit(key, text),
        Value::Array(items) => items.iter().for_each(|item| texts(key, item, visit)),
        Value::Object(fields) => fields.iter().for_each(|(key, field)| texts(key, field, visit)),
        _ => {}
    }
}

#[test]
fn journeys_have_the_fields_that_clients_read() {
    let args = ["plan", "Moscow", "Pyongyang", "--depart", "2025-07-11", "--window", "21d", "--per-mode", "--json"];
    let answer = tumen(&args).json();
    for field in ["requestParameters", "debugOutput", "from", "to", "direct", "previousPageCursor", "nextPageCursor"] {
        assert!(answer.get(field).is_some(), "{field}");
    }
    let itineraries = answer["itineraries"].as_array().expect("itineraries");
    assert!(itineraries.len() > 3);
    for itinerary in itineraries {
        for field in ["duration", "startTime", "endTime", "transfers", "legs"] {
            assert!(itinerary.get(field).is_some(), "{field}");
        }
        for leg in itinerary["legs"].as_array().expect("legs") {
            for field in ["mode", "from", "to", "duration", "startTime", "endTime", "realTime", "legGeometry"] {
                assert!(leg.get(field).is_some(), "{field} in {leg:#}");
            }
            if leg["mode"] == "WALK" {
                continue;
            }
            for field in ["tripId", "routeShortName", "headsign", "agencyName", "intermediateStops"] {
                assert!(leg.get(field).is_some(), "{field} in {leg:#}");
            }
            for field in ["name", "stopId", "lat", "lon", "tz", "departure", "scheduledDeparture"] {
                assert!(leg["from"].get(field).is_some(), "{field} in {leg:#}");
            }
        }
    }
}

#[test]
fn every_time_has_the_offset_of_its_stop() {
    let answer = tumen(&["plan", "Moscow", "Pyongyang", "--depart", "2026-12-12", "--json"]).json();
    let (mut times, mut zones) = (0, std::collections::BTreeSet::new());
    texts("", &answer["itineraries"], &mut |key, text| {
        let names = ["startTime", "endTime", "departure", "arrival"];
        if names.iter().any(|name| key.ends_with(name)) || key.starts_with("scheduled") && key.len() > 9 {
            assert!(text.len() == 25 && !text.contains('Z'), "{key}: {text}");
            zones.insert(text[19..].to_owned());
            times += 1;
        }
    });
    assert!(times > 100, "{times}");
    assert!(zones.contains("+03:00") && zones.contains("+10:00") && zones.contains("+09:00"), "{zones:?}");
}

#[test]
fn greenwich_is_an_offset_too() {
    let london = Compiled::of_text(
        "feed zone Europe/London days 2026-11-20..2026-12-20
         stop A \"Dover\"
         stop B \"Calais\" zone Europe/Paris
         trip ferry: A 08:00 | B 09:30",
    );
    let answer = london.ask(&["plan", "Dover", "Calais", "--json"]).json();
    assert_eq!(answer["itineraries"][0]["startTime"], "2026-11-22T08:00:00+00:00");
    assert_eq!(answer["itineraries"][0]["endTime"], "2026-11-22T10:30:00+01:00");
}

#[test]
fn every_command_speaks_json() {
    let feed = concat!(env!("CARGO_MANIFEST_DIR"), "/../../feeds/corridor");
    for (args, field) in [
        (vec!["next", "Moscow", "Pyongyang"], "departures"),
        (vec!["board", "Khasan"], "stopTimes"),
        (vec!["trip", "R2"], "legs"),
        (vec!["claims"], "claims"),
        (vec!["info"], "feeds"),
        (vec!["validate", feed], "complaints"),
        (vec!["plan", "Atlantis", "Pyongyang"], "error"),
        (vec!["info", "no-such-file.tumen"], "error"),
    ] {
        let said = tumen(&[&args[..], &["--json"]].concat());
        assert!(said.json().get(field).is_some(), "{args:?}: {}", said.all());
        assert_eq!(said.err, "", "{args:?}");
    }
}

#[test]
fn the_pattern_of_dates_is_told_in_words() {
    let next = tumen(&["next", "Moscow", "Pyongyang", "--from", "2026-12-13", "--json"]).json();
    assert_eq!(next["pattern"], "on the 12th and 26th of each month");
    let dates: Vec<&str> =
        next["departures"].as_array().expect("dates").iter().filter_map(|row| row["date"].as_str()).collect();
    assert_eq!(dates, ["2026-12-26", "2027-01-12", "2027-01-26", "2027-02-12", "2027-02-26", "2027-03-12"]);
    let border =
        tumen(&["next", "Khasan", "Tumangang", "--from", "2026-12-01", "--json", "--ban-trip", "T646X"]).json();
    assert_eq!(border["pattern"], "every Monday, Wednesday and Friday");
    let daily = tumen(&["next", "Moscow", "Vladivostok", "--json"]).json();
    assert_eq!(daily["pattern"], "daily");
}
