//! Feeds rebuilt from a timetable say the same runs as those it was compiled from.

use crate::drawn::{TODAY, runs};
use tumen_base::{Certainty, Date};
use tumen_feed::{Feed, KeptFile, Translation};
use tumen_timetable::Timetable;
use tumen_timetable::compile::{CompileOptions, WalkOptions, compile};
use tumen_timetable::export::to_feeds;

fn compiled(feeds: &[Feed]) -> Timetable {
    let options = CompileOptions { walk: WalkOptions::none(), ..CompileOptions::on(TODAY) };
    let (data, _) = compile(feeds, &options, &mut |_| {}).expect("the feeds compile");
    Timetable::from_data(data).expect("what the compiler wrote is valid")
}

fn rebuilt(feeds: &[Feed]) -> Vec<Feed> {
    to_feeds(&compiled(feeds).columns()).expect("what the compiler wrote can be rebuilt")
}

const TWO_FEEDS: &str = "feed ru zone Europe/Moscow days 2026-01-01..2026-02-28
    agency RZD \"Railways\"
    station S \"Central\" 55.1,37.2
    stop S1 \"Track 1\" in S platform 1
    stop A \"Alpha\" 55.7,37.6 zone Asia/Yekaterinburg
    stops B C
    service work: 2026-01-01..2026-02-28 mon-fri except 2026-01-07
    service car: dates 2026-01-12 2026-01-26
    trip t1 route R2 block b1 service work: A 08:00 | B 09:00-09:05 (no pickup) | C 33:10
    trip t2 route R2 block b1: C 34:00 | S1 40:00:30
    trip shuttle: A 00:00-00:01 | B 00:20
    frequency shuttle 06:00..07:00 every 1200
    frequency shuttle 09:00..09:30 every 600 exact
    transfer B S1 type 2 min 300 to route R2
    transfer B B type 1 from trip t1 to trip shuttle
    continue t1 -> t2
    carriage k1 service car: t1 A..C, t2 C..S1 stand 0:10..24:00
    feed de zone Europe/Berlin days 2026-01-01..2026-01-31
    stops A B
    trip t1: A 10:00 | B 12:00";

#[test]
fn a_rebuilt_feed_runs_as_the_first_did() {
    let feeds = tumen_oracle::text::feeds(TWO_FEEDS);
    let rebuilt = rebuilt(&feeds);
    let (before, after) = (compiled(&feeds), compiled(&rebuilt));
    assert_eq!(runs(&before.columns()), runs(&after.columns()));
    assert_eq!(rebuilt.iter().map(|feed| feed.name.as_str()).collect::<Vec<_>>(), ["ru", "de"]);
    assert_eq!(before.columns().link_to.len(), after.columns().link_to.len());
    assert_eq!(before.columns().way_trip.len(), after.columns().way_trip.len());
    assert_eq!(before.columns().rule_seconds, after.columns().rule_seconds);
    assert_eq!(before.columns().guarantee_stop, after.columns().guarantee_stop);
}

#[test]
fn rows_come_back_as_they_were() {
    let mut feeds = tumen_oracle::text::feeds(TWO_FEEDS);
    feeds[0].translations.push(Translation {
        table: "stops".to_owned(),
        field: "stop_name".to_owned(),
        language: "ru".to_owned(),
        text: "Альфа, \"главный\"\nвокзал".to_owned(),
        value: "Alpha".to_owned(),
        ..Translation::default()
    });
    feeds[0].kept.push(KeptFile { name: "levels.txt".to_owned(), content: b"level_id\r\n1\r\n".to_vec() });
    let trips = feeds[0].trips.len();
    feeds[0].trips[trips - 1].certainty_days = Certainty::Estimated;
    let rebuilt = rebuilt(&feeds);
    let (before, after) = (&feeds[0], &rebuilt[0]);
    assert_eq!(before.stops, after.stops);
    assert_eq!(before.routes, after.routes);
    assert_eq!(before.agencies.len(), after.agencies.len());
    assert_eq!(before.translations, after.translations);
    assert_eq!(before.kept, after.kept);
    assert_eq!(before.frequencies.len(), after.frequencies.len());
    let values = |feed: &Feed, file: &str| -> Vec<Vec<String>> {
        feed.extension[file].rows.iter().map(|row| row.values.clone()).collect()
    };
    for file in before.extension.keys() {
        assert_eq!(values(before, file), values(after, file), "{file}");
    }
    let ids = |feed: &Feed| {
        let mut ids: Vec<(String, Certainty)> =
            feed.trips.iter().map(|trip| (trip.id.clone(), trip.certainty_days)).collect();
        ids.sort();
        ids
    };
    assert_eq!(ids(before), ids(after));
}

#[test]
fn calendars_become_weekly_rows_where_these_are_shorter() {
    let feeds = tumen_oracle::text::feeds(TWO_FEEDS);
    let rebuilt = rebuilt(&feeds);
    let service = |id: &str| rebuilt[0].services.iter().find(|service| service.id == id).expect("a service");
    let work = service("work");
    assert_eq!(work.weekly.as_ref().map(|weekly| weekly.weekdays), Some(0b1_1111));
    let except: Vec<String> = work.exceptions.keys().map(Date::to_string).collect();
    assert_eq!(except, ["2026-01-07"]);
    let car = service("car");
    assert!(car.weekly.is_none() && car.exceptions.len() == 2);
}

#[test]
fn what_is_said_of_certain_days_is_said_again() {
    let mut feeds = tumen_oracle::text::feeds(TWO_FEEDS);
    let work = feeds[0].services.iter().position(|service| service.id == "work").expect("a service");
    let weekly = feeds[0].services[work].weekly.as_mut().expect("a weekly service");
    weekly.last_evidence = Date::parse(b"20260210").ok();
    weekly.source = "S1".to_owned();
    let rebuilt = rebuilt(&feeds);
    let (before, after) = (&feeds[0].services[work], &rebuilt[0].services[work]);
    for day in 0..59 {
        let date = Date::parse(b"20260101").expect("a date").plus(day);
        assert_eq!(before.runs_on(date), after.runs_on(date), "{date}");
        if before.runs_on(date) {
            assert_eq!(before.certainty_on(date), after.certainty_on(date), "{date}");
        }
    }
}
