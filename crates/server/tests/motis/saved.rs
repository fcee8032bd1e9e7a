//! Saved journeys in a newer timetable.

use serde_json::Value;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use tumen_base::Date;
use tumen_feed::{FeedSource, ReadOptions, read_feeds};
use tumen_timetable::Timetable;
use tumen_timetable::compile::{CompileOptions, compile};

use crate::asked::{Asked, escaped, server};

/// Two trains with a change at B: `(leaves A, reaches B, leaves B, reaches C)`, and whether the second one runs.
struct Day {
    times: [&'static str; 4],
    second: bool,
}

fn timetable(folder: &Path, name: &str, day: &Day) -> PathBuf {
    let [leaves, there, on, ends] = day.times;
    let mut stop_times = String::from("trip_id,arrival_time,departure_time,stop_id,stop_sequence\n");
    write!(stop_times, "T1,{leaves},{leaves},A,1\nT1,{there},{there},B,2\n").expect("written");
    if day.second {
        write!(stop_times, "T2,{on},{on},B,1\nT2,{ends},{ends},C,2\n").expect("written");
    }
    let trips = if day.second { "R,D,T1\nR,D,T2\n" } else { "R,D,T1\n" };
    let files = [
        (
            "agency.txt",
            "agency_id,agency_name,agency_url,agency_timezone\nX,X,https://example.org,Europe/Berlin\n".to_owned(),
        ),
        (
            "stops.txt",
            "stop_id,stop_name,stop_lat,stop_lon\nA,Aach,47.8,8.8\nB,Bonn,50.7,7.1\nC,Celle,52.6,10.1\n".to_owned(),
        ),
        ("routes.txt", "route_id,agency_id,route_short_name,route_long_name,route_type\nR,X,R,,2\n".to_owned()),
        ("trips.txt", format!("route_id,service_id,trip_id\n{trips}")),
        ("stop_times.txt", stop_times),
        ("calendar_dates.txt", "service_id,date,exception_type\nD,20261212,1\n".to_owned()),
    ];
    // A feed's name may have the line in it that stands between the parts of a tripId.
    let source = FeedSource::from_files("the_feed", files.into_iter().map(|(name, text)| (name, text.into_bytes())));
    let (feeds, _) = read_feeds(&[source], &ReadOptions::default()).expect("a feed");
    let day_of_travel = Date::parse_typed("2026-12-12").expect("a date");
    let (data, _) = compile(&feeds, &CompileOptions::on(day_of_travel), &mut |_| {}).expect("a timetable");
    let path = folder.join(name);
    Timetable::from_data(data).expect("a timetable").write(&path).expect("written");
    path
}

fn refresh(asked: &Asked, id: &str) -> (u16, Value) {
    let answer = asked.get(&format!("/api/v6/refresh-itinerary?itineraryId={}", escaped(id)));
    (answer.status, answer.body)
}

#[test]
fn a_saved_journey_has_the_times_of_the_newer_timetable_or_says_what_is_gone() {
    let folder = tempfile::tempdir().expect("a folder");
    let usual = Day { times: ["08:00:00", "09:00:00", "09:30:00", "11:00:00"], second: true };
    let of = |name: &str, day: &Day| {
        let server = server(Some(timetable(folder.path(), name, day)));
        let asked = Asked::of(&server);
        (server, asked)
    };
    let (_first, asked) = of("usual.tumen", &usual);
    let page = asked.found("/api/v6/plan?fromPlace=A&toPlace=C&time=2026-12-12&numItineraries=1");
    let id = page["itineraries"][0]["id"].as_str().expect("an id").to_owned();
    let trip = page["itineraries"][0]["legs"][0]["tripId"].as_str().expect("a trip").to_owned();
    assert_eq!(trip, "20261212_08:00_the_feed_T1");
    assert_eq!(asked.found(&format!("/api/v6/trip?tripId={trip}"))["legs"][0]["tripId"], Value::from(trip.clone()));
    assert_eq!(
        refresh(&asked, &id),
        (200, {
            let mut same = page["itineraries"][0].clone();
            same["tumen"].as_object_mut().expect("an object").remove("notKnownWhetherAllowed");
            same["tumen"]["warnings"] = Value::Array(Vec::new());
            same
        })
    );

    let (_second, asked) = of("later.tumen", &Day { times: ["08:05:00", "09:05:00", "09:45:00", "11:15:00"], ..usual });
    let (status, journey) = refresh(&asked, &id);
    assert_eq!((status, journey["startTime"].as_str()), (200, Some("2026-12-12T08:05:00+01:00")));
    assert_eq!(journey["endTime"], Value::from("2026-12-12T11:15:00+01:00"));
    assert_eq!(journey["duration"], Value::from(11_400));

    let (_third, asked) = of("missed.tumen", &Day { times: ["08:00:00", "09:40:00", "09:30:00", "11:00:00"], ..usual });
    let (status, problem) = refresh(&asked, &id);
    assert_eq!((status, problem["gone"][0]["code"].as_str()), (404, Some("missed_change")), "{problem}");
    assert!(problem["detail"].as_str().is_some_and(|text| text.contains("Bonn")), "{problem}");

    let (_fourth, asked) = of("gone.tumen", &Day { second: false, ..usual });
    let (status, problem) = refresh(&asked, &id);
    assert_eq!((status, problem["gone"][0]["code"].as_str()), (404, Some("unknown_trip")), "{problem}");
    assert_eq!(problem["gone"][0]["tripId"], Value::from("20261212_09:30_the_feed_T2"));
}
