//! Golden journeys of the corridor.

mod common;

use common::tumen;
use insta::assert_snapshot;
use serde_json::Value;

/// The rides of the first itinerary.
fn rides(answer: &Value, itinerary: usize) -> Vec<&Value> {
    let legs = answer["itineraries"][itinerary]["legs"].as_array().expect("legs");
    legs.iter().filter(|leg| leg["mode"] != "WALK").collect()
}

/// N1: the car of 26 February 2026 is one ride and arrives on 6 March.
#[test]
fn the_car_is_one_ride_and_arrives_eight_days_later() {
    let said = tumen(&["plan", "Moscow", "Pyongyang", "--depart", "2026-02-20", "--modes", "rail"]);
    assert_snapshot!(said.all());
    let answer = tumen(&["plan", "Moscow", "Pyongyang", "--depart", "2026-02-20", "--modes", "rail", "--json"]).json();
    let rides = rides(&answer, 0);
    assert_eq!(rides.len(), 1);
    assert_eq!(rides[0]["startTime"], "2026-02-26T00:35:00+03:00");
    assert_eq!(rides[0]["endTime"], "2026-03-06T21:25:00+09:00");
    assert_eq!(rides[0]["tumen"]["hosts"].as_array().map(Vec::len), Some(4));
}

#[test]
fn the_car_back_arrives_eight_days_later_too() {
    assert_snapshot!(tumen(&["plan", "Pyongyang", "Moscow", "--depart", "2026-03-01", "--modes", "rail"]).all());
}

/// N4: whoever misses the 12th hears of the 26th and of what follows, from one query.
#[test]
fn after_the_twelfth_comes_the_twenty_sixth() {
    assert_snapshot!(tumen(&["next", "Moscow", "Pyongyang", "--from", "2026-12-13"]).all());
}

#[test]
fn stations_on_the_way_ride_the_same_car() {
    for (station, departure) in [
        ("Kirov", "2026-12-12T16:20:00+03:00"),
        ("Omsk", "2026-12-14T00:51:00+06:00"),
        ("Chita", "2026-12-16T18:19:00+09:00"),
        ("Khabarovsk", "2026-12-18T16:45:00+10:00"),
    ] {
        let args = ["plan", station, "Pyongyang", "--depart", "2026-12-12", "--modes", "rail", "--json"];
        let answer = tumen(&args).json();
        let rides = rides(&answer, 0);
        assert_eq!(rides.len(), 1, "{station}");
        assert_eq!(rides[0]["startTime"], departure, "{station}");
        assert_eq!(rides[0]["endTime"], "2026-12-20T21:25:00+09:00", "{station}");
        assert_eq!(rides[0]["tumen"]["carriage"]["id"], "MOW_PYG", "{station}");
        assert_eq!(rides[0]["tripId"], "20261212_00:35_corridor_MOW_PYG", "{station}");
    }
}

#[test]
fn a_ride_within_one_host_is_told_as_the_plain_train() {
    let answer = tumen(&["plan", "Kirov", "Omsk", "--depart", "2026-12-12", "--json"]).json();
    let rides = rides(&answer, 0);
    assert_eq!(rides[0]["tumen"]["carriage"], Value::Null);
    assert_eq!(rides[0]["tripId"], "20261212_00:35_corridor_R2");
}

#[test]
fn the_border_takes_seventeen_minutes_and_an_hour_of_clock() {
    let said = tumen(&["plan", "Khasan", "Tumangang", "--depart", "2026-11-23"]);
    assert!(said.out.contains("Khasan 15:30~ → Tumangang 14:47~, 17 min, clock back 1 h"), "{}", said.out);
    let answer = tumen(&["plan", "Khasan", "Tumangang", "--depart", "2026-11-23", "--json"]).json();
    let journey = &answer["itineraries"][0];
    assert_eq!(journey["startTime"], "2026-11-23T15:30:00+10:00");
    assert_eq!(journey["endTime"], "2026-11-23T14:47:00+09:00");
    assert_eq!(journey["duration"], 17 * 60);
    assert_snapshot!(said.all());
}

#[test]
fn beijing_to_pyongyang_takes_less_than_a_day() {
    let said = tumen(&["plan", "北京", "평양", "--depart", "2026-11-23"]);
    assert!(said.out.contains("23 h 41 min"), "{}", said.out);
    assert_snapshot!(said.all());
}

#[test]
fn july_2025_by_rail_and_by_air() {
    let args = ["plan", "Moscow", "Pyongyang", "--depart", "2025-07-11", "--window", "21d", "--per-mode", "--brief"];
    assert_snapshot!(tumen(&args).all());
}

#[test]
fn the_next_three_departures_of_a_car_that_runs_twice_a_month() {
    let args = ["plan", "Moscow", "Pyongyang", "--depart", "2026-12-01", "--connections", "3", "--modes", "rail"];
    assert_snapshot!(tumen(&[&args[..], &["--brief"]].concat()).all());
}

#[test]
fn a_flight_does_not_keep_the_car_from_being_mentioned() {
    let said = tumen(&["plan", "Moscow", "Pyongyang", "--depart", "2025-07-20", "--brief"]);
    assert!(said.out.contains("A through carriage also runs: Sat 26 Jul 2025 00:35 (UTC+3)"), "{}", said.out);
    let answer = tumen(&["plan", "Moscow", "Pyongyang", "--depart", "2025-07-20", "--json"]).json();
    assert_eq!(answer["itineraries"].as_array().map(Vec::len), Some(1), "the flight alone is optimal");
    assert_eq!(answer["tumen"]["hiddenCarriage"]["startTime"], "2025-07-26T00:35:00+03:00");
}

/// Train 20 ran on Saturdays until its suspension of 5 February 2020.
#[test]
fn train_twenty_ran_until_february_2020() {
    let before = tumen(&["plan", "Moscow", "Beijing", "--depart", "2020-01-25", "--horizon", "10d", "--brief"]);
    assert_snapshot!(before.all());
    let after = tumen(&["plan", "Moscow", "Beijing", "--depart", "2020-02-08", "--horizon", "60d", "--brief"]);
    assert_eq!(after.code, 1);
    assert_snapshot!(after.all());
}

#[test]
fn the_board_of_the_border_station_names_the_cars() {
    assert_snapshot!(tumen(&["board", "Хасан", "--at", "2026-12-02", "--count", "8"]).all());
    assert_snapshot!(tumen(&["board", "Pyongyang", "--at", "2026-12-04", "--arrivals", "--count", "4"]).all());
}

#[test]
fn a_trip_is_shown_with_its_sources() {
    assert_snapshot!(tumen(&["trip", "KHV_PYG", "--date", "2026-12-21", "--sources"]).all());
    let pasted = tumen(&["trip", "20261212_00:35_corridor_MOW_PYG", "--json"]).json();
    assert_eq!(pasted["endTime"], "2026-12-20T21:25:00+09:00");
    let never = tumen(&["trip", "MOW_PYG", "--date", "2026-12-13"]);
    assert_eq!(never.code, 1);
    assert!(never.err.contains("it runs on Sat 12 Dec 2026 and Sat 26 Dec 2026"), "{}", never.err);
}

#[test]
fn claims_set_the_press_right() {
    let said = tumen(&["claims"]);
    assert!(said.out.contains("the name Kazan never resolves to it"), "{}", said.out);
    assert_snapshot!(said.all());
}

/// A list of stops names no journey whose doubts could be told, so it says that there are some.
#[test]
fn what_is_reached_comes_with_a_caution() {
    let caution = "Not everything in this timetable is published";
    let asked = ["reach", "Moscow", "--depart", "2026-12-12"];
    assert!(tumen(&asked).out.contains(caution));
    let answer = tumen(&[&asked[..], &["--json"]].concat()).json();
    assert!(answer["notes"][0].as_str().is_some_and(|note| note.contains(caution)));
}
