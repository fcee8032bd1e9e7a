//! In a city the default of 30 days for maxTravelTime cost New York half a second a question, and answered with journeys that wait until
//! Sunday for the bus that spares a change.

use crate::asked::{Asked, server};
use tumen_oracle::text;
use tumen_timetable::Timetable;
use tumen_timetable::compile::{CompileOptions, compile};

const CITY: &str = "
feed zone UTC days 2026-01-01..2026-01-31
stops A B C D
service sunday: sun
trip first: A 08:00 | C 09:00
trip second: C 09:30 | B 10:00
trip direct service sunday: A 12:00 | B 13:00
service tuesday: tue
trip rare service tuesday: C 09:45 | D 10:00
";

/// Departure and number of changes of every journey of all later pages of a question.
fn journeys(timetable: &str, question: &str) -> Vec<(String, u64)> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("city.tumen");
    let january = "2026-01-01".parse::<jiff::civil::Date>().expect("a date").into();
    let (data, _) = compile(&text::feeds(timetable), &CompileOptions::on(january), &mut |_| {}).expect("compiled");
    Timetable::from_data(data).expect("a timetable").write(&path).expect("written");
    let asked = Asked::of(&server(Some(path)));
    let base = format!("/api/v6/plan?{question}&time=2026-01-07T00:00:00Z&numItineraries=2");
    let mut found = Vec::new();
    let mut page = asked.found(&base);
    loop {
        for journey in page["itineraries"].as_array().expect("a list") {
            let start = journey["startTime"].as_str().expect("a time");
            found.push((start[5..16].to_owned(), journey["transfers"].as_u64().expect("a number")));
        }
        let cursor = page["nextPageCursor"].as_str().expect("a cursor").to_owned();
        if cursor.is_empty() || found.len() >= 6 {
            return found;
        }
        page = asked.found(&format!("{base}&pageCursor={cursor}"));
    }
}

fn written(journeys: &[(String, u64)]) -> String {
    journeys.iter().map(|(start, changes)| format!("{start} {changes}")).collect::<Vec<_>>().join(", ")
}

#[test]
fn where_no_trip_takes_longer_than_a_day_neither_does_a_journey_on_any_page() {
    let found = journeys(CITY, "fromPlace=A&toPlace=B");
    assert_eq!(
        written(&found),
        "01-07T08:00 1, 01-08T08:00 1, 01-09T08:00 1, 01-10T08:00 1, 01-11T08:00 1, 01-11T12:00 0"
    );
}

#[test]
fn longer_journeys_are_told_only_where_nobody_gets_there_within_a_day() {
    let found = journeys(CITY, "fromPlace=A&toPlace=D");
    assert_eq!(written(&found), "01-13T08:00 1, 01-20T08:00 1, 01-27T08:00 1");
    let weekly = "
feed zone UTC days 2026-01-01..2026-01-31
stops A C D
service friday: fri
service tuesday: tue
trip first service friday: A 18:00 | C 19:00
trip rare service tuesday: C 09:45 | D 10:00
";
    let found = journeys(weekly, "fromPlace=A&toPlace=D");
    assert_eq!(written(&found), "01-09T18:00 1, 01-16T18:00 1, 01-23T18:00 1");
}

#[test]
fn where_a_trip_takes_longer_than_a_day_journeys_may_too() {
    let found = journeys(&format!("{CITY}trip sleeper: D 08:00 | A 40:00\n"), "fromPlace=A&toPlace=B");
    assert_eq!(written(&found[..2]), "01-07T08:00 1, 01-08T08:00 1");
    let direct = found.iter().position(|(_, changes)| *changes == 0);
    assert_eq!(direct, found.iter().position(|(start, _)| start == "01-11T12:00"));
}

#[test]
fn a_limit_that_is_asked_for_is_kept() {
    let found = journeys(CITY, "fromPlace=A&toPlace=B&maxTravelTime=90");
    assert_eq!(written(&found), "01-11T12:00 0, 01-18T12:00 0, 01-25T12:00 0");
}
