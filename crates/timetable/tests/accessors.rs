//! What the accessors say of a small timetable (drawn in `common`).

mod common;

use common::{small, walk::walk};
use tumen_base::{Certainty, Date, FeedId, ServiceId, StopId, TripId};
use tumen_timetable::{KeptError, StopNames, Timetable};

#[test]
fn a_run_arrives_in_the_local_time_of_each_stop() {
    let timetable = Timetable::from_data(small()).expect("valid columns");
    let columns = timetable.columns();
    let car = TripId(1);
    let day = columns.day_of(Date::parse(b"20260315").expect("a date")).expect("inside the span");
    let calls = (0..columns.call_count(car)).map(|position| {
        let stop = columns.stop_at(car, position);
        let arrival = columns.local_time(columns.arrival_of_run(car, day, position), stop);
        let departure = columns.local_time(columns.departure_of_run(car, day, position), stop);
        format!("{} {} {}", columns.stop_name(stop), arrival.strftime("%F %H:%M%:z"), departure.strftime("%H:%M"))
    });
    assert_eq!(
        calls.collect::<Vec<_>>(),
        [
            "West 2026-03-15 08:00+03:00 08:00",
            "Bridge platform 1 2026-03-15 10:00+03:00 11:00",
            "East 2026-03-15 22:00+10:00 22:00",
        ]
    );
}

#[test]
fn local_times_become_times_and_back() {
    let timetable = Timetable::from_data(small()).expect("valid columns");
    let columns = timetable.columns();
    let local = jiff::civil::date(2026, 3, 15).at(22, 0, 0, 0);
    let east = StopId(3);
    let time = columns.from_local(local, &columns.zone_of_stop(east)).expect("near the epoch");
    assert_eq!(columns.local_time(time, east).datetime(), local);
    assert_eq!(columns.from_unix(columns.to_unix(time)), Some(time));
    assert_eq!(columns.from_unix(i64::MAX), None);
    assert_eq!(columns.day_of(columns.first_date().plus(-1)), None);
    assert_eq!(columns.day_of(columns.last_date().plus(1)), None);
}

#[test]
fn the_car_names_its_hosts() {
    let timetable = Timetable::from_data(small()).expect("valid columns");
    let columns = timetable.columns();
    let way = columns.way_of_trip(TripId(1)).expect("the car is a way");
    let hosts: Vec<_> = columns
        .hosts(way)
        .map(|host| {
            let stops: Vec<_> =
                host.calls.map(|position| columns.stop_name(columns.stop_at(host.trip, position))).collect();
            format!("{}: {}", columns.text(columns.trip_id[host.trip.index()]), stops.join(" → "))
        })
        .collect();
    assert_eq!(hosts, ["1: West → Bridge platform 1", "2: Bridge platform 1 → East"]);
    assert_eq!(columns.ways_of(columns.carriage_of_way(way)).collect::<Vec<_>>(), [way]);
}

#[test]
fn stations_know_their_platforms() {
    let timetable = Timetable::from_data(small()).expect("valid columns");
    let columns = timetable.columns();
    let (station, platform) = (StopId(1), StopId(2));
    assert_eq!(columns.station(platform), station);
    assert_eq!(columns.stop_and_descendants(station), [station, platform]);
    assert_eq!(columns.siblings(platform).count(), 0);
    assert_eq!(columns.position_of_stop(station), None);
}

#[test]
fn the_worst_certainty_counts() {
    let timetable = Timetable::from_data(small()).expect("valid columns");
    let columns = timetable.columns();
    assert_eq!(
        columns.certainty_of_day(ServiceId(0), 14),
        Certainty::Assumed,
        "the statement speaks of every 14th day"
    );
    assert_eq!(columns.certainty_of_day(ServiceId(0), 15), Certainty::Published);
    assert_eq!(columns.certainty_of_run(TripId(1), 0), Certainty::Derived, "a way has no service, only its own row");
    assert_eq!(columns.certainty_of_time(TripId(2), 0), Certainty::Estimated, "the row says worse than the call");
    assert_eq!(columns.certainty_of_time(TripId(2), 1), Certainty::Assumed, "the call says worse than the row");
    assert_eq!(columns.sources_of_run(TripId(0), 14).collect::<Vec<_>>(), ["book;page"]);
}

#[test]
fn links_are_seen_from_both_ends() {
    let timetable = Timetable::from_data(small()).expect("valid columns");
    let columns = timetable.columns();
    let out: Vec<_> = columns.links_from(TripId(0)).map(|link| (link.trip, link.shift, link.days.count())).collect();
    let back: Vec<_> = columns.links_into(TripId(2)).map(|link| (link.trip, link.shift, link.days.count())).collect();
    assert_eq!(out, [(TripId(2), 0, 5)]);
    assert_eq!(back, [(TripId(0), 0, 5)]);
}

#[test]
fn everything_can_be_read() {
    let timetable = Timetable::from_data(small()).expect("valid columns");
    assert!(walk(&timetable) > 0);
}

#[test]
fn kept_files_give_the_names_of_stops_in_other_languages() {
    let timetable = Timetable::from_data(small()).expect("valid columns");
    let columns = timetable.columns();
    assert_eq!(columns.kept_files().collect::<Vec<_>>(), [(FeedId(0), "translations.txt")]);
    assert_eq!(columns.kept_file(FeedId(0), "fares.txt").expect("nothing to inflate"), None);
    let names = StopNames::read(&columns).expect("whole bytes");
    let east = StopId(3);
    assert_eq!(names.in_language(east, "KO"), Some("동"));
    assert_eq!(names.in_language(east, "ru"), None);
    assert_eq!(names.of(StopId(1)).collect::<Vec<_>>(), [("ru", "Мост")], "named by its value");
    assert_eq!(names.of(StopId(0)).count(), 0);
}

#[test]
fn damaged_kept_files_are_errors() {
    let mut data = small();
    data.kept_length[0] += 1;
    let timetable = Timetable::from_data(data).expect("lengths are no positions");
    let error = timetable.columns().kept_file(FeedId(0), "translations.txt").expect_err("shorter than said");
    assert!(matches!(error, KeptError::Length { .. }), "{error}");

    let mut data = small();
    data.kept_length[0] = 10;
    let timetable = Timetable::from_data(data).expect("lengths are no positions");
    let error = timetable.columns().kept_file(FeedId(0), "translations.txt").expect_err("longer than said");
    assert!(matches!(error, KeptError::Length { .. }), "{error}");

    let mut data = small();
    data.kept_bytes[0] ^= 0xFF;
    let timetable = Timetable::from_data(data).expect("kept bytes are no positions");
    let error = StopNames::read(&timetable.columns()).expect_err("no zlib header").to_string();
    assert!(error.starts_with("translations.txt cannot be inflated"), "{error}");
}
