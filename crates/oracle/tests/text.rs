//! Text timetables: every statement, and errors that say where.

use tumen_base::Date;
use tumen_oracle::text::{feeds, instant, parse, stop, trip};

fn date(text: &str) -> Date {
    Date::parse_typed(text).expect("a date")
}

#[test]
fn a_feed_has_a_zone_days_and_a_daily_service() {
    let feeds = feeds(
        "feed north zone Europe/Oslo days 2026-01-01..2026-01-31
         feed zone Asia/Pyongyang # the second feed has neither a name nor days",
    );
    assert_eq!((feeds[0].name.as_str(), feeds[0].zone.as_str()), ("north", "Europe/Oslo"));
    let daily = &feeds[0].services[0];
    assert_eq!(daily.id, "daily");
    assert!(daily.runs_on(date("2026-01-01")) && daily.runs_on(date("2026-01-31")));
    assert!(!daily.runs_on(date("2026-02-01")));
    assert_eq!((feeds[1].name.as_str(), feeds[1].services.len()), ("", 0));
    assert_eq!(feeds[1].agencies.len(), 1);
}

#[test]
fn stops_have_names_positions_stations_and_zones() {
    let feeds = feeds(
        r#"feed zone Europe/Moscow
           station S "Central Station" 55.5,37.25
           stop S1 "Track 1" in S platform 1
           stop B zone Asia/Yekaterinburg
           stops C D"#,
    );
    let stops = &feeds[0].stops;
    assert_eq!(stops.iter().map(|stop| stop.id.as_str()).collect::<Vec<_>>(), ["S", "S1", "B", "C", "D"]);
    assert_eq!((stops[0].name.as_str(), stops[0].position), ("Central Station", Some((55.5, 37.25))));
    assert_eq!(stops[0].kind, tumen_feed::StopKind::Station);
    assert_eq!((stops[1].parent, stops[1].platform.as_str()), (Some(0), "1"));
    assert_eq!((stops[2].name.as_str(), stops[2].zone.as_str(), stops[2].position), ("B", "Asia/Yekaterinburg", None));
}

#[test]
fn routes_and_agencies_are_declared_or_made_by_trips() {
    let feeds = feeds(
        r#"feed zone Europe/Moscow days 2026-01-01..2026-01-31
           agency rail "Railway"
           agency air
           route SU "Flights" kind 1100 agency air
           stops A B
           trip t1 route SU: A 8:00 | B 9:00
           trip t2: A 8:00 | B 9:00"#,
    );
    let feed = &feeds[0];
    assert_eq!(feed.agencies.iter().map(|agency| agency.id.as_str()).collect::<Vec<_>>(), ["rail", "air"]);
    assert_eq!((feed.routes[0].kind, feed.routes[0].agency, feed.routes[0].short_name.as_str()), (1100, 1, "Flights"));
    assert_eq!((feed.routes[1].id.as_str(), feed.routes[1].kind, feed.routes[1].agency), ("R", 2, 0));
    assert_eq!(feed.trips.iter().map(|trip| trip.route).collect::<Vec<_>>(), [0, 1]);
}

#[test]
fn services_run_on_weekdays_and_dates() {
    let feeds = feeds(
        "feed zone Europe/Moscow days 2026-01-01..2026-01-31
         service workdays: mon-fri except 2026-01-01
         service week: 2026-02-02..2026-02-08 sat,sun dates 2026-02-04
         service car: dates 2026-01-12 2026-01-26",
    );
    let days = |service: &str| {
        let service = feeds[0].services.iter().find(|known| known.id == service).expect("a service");
        (0..50).map(|day| date("2026-01-01").plus(day)).filter(|&day| service.runs_on(day)).collect::<Vec<_>>()
    };
    assert_eq!(days("car"), [date("2026-01-12"), date("2026-01-26")]);
    assert_eq!(days("week"), [date("2026-02-04"), date("2026-02-07"), date("2026-02-08")]);
    assert_eq!(days("workdays").len(), 21, "22 workdays less New Year");
    assert_eq!(days("daily").len(), 31);
}

#[test]
fn trips_call_with_times_beyond_midnight_and_forbidden_boardings() {
    let feeds = feeds(
        "feed zone Europe/Moscow days 2026-01-01..2026-01-31
         service car: dates 2026-01-12
         stops A B C
         trip t1 route R2 service car block b1: A 8:00 | B 09:00-09:05 (no pickup) | C 33:10:30 (no pickup, no drop-off)
         frequency t1 06:00..09:00 every 600 exact",
    );
    let feed = &feeds[0];
    let trip = &feed.trips[0];
    assert_eq!((trip.block.as_str(), trip.service, trip.calls.clone()), ("b1", 1, 0..3));
    let calls: Vec<_> = feed.calls.iter().map(|c| (c.stop, c.arrival, c.departure, c.pickup, c.drop_off)).collect();
    assert_eq!(calls, [(0, 28_800, 28_800, 0, 0), (1, 32_400, 32_700, 1, 0), (2, 119_430, 119_430, 1, 1)]);
    let frequency = feed.frequencies[0];
    assert_eq!((frequency.start, frequency.end, frequency.headway, frequency.exact), (21_600, 32_400, 600, true));
}

#[test]
fn transfers_have_types_times_and_specificity() {
    let feeds = feeds(
        "feed zone Europe/Moscow days 2026-01-01..2026-01-31
         stops A B
         trip t1 route R1: A 8:00 | B 9:00
         trip t2: A 8:00 | B 9:00
         transfer A B
         transfer A B type 2 min 300 from trip t1 to route R1
         transfer B B type 3 from route R1 to trip t2
         continue t1 -> t2
         break t2 -> t1 at B A",
    );
    let rows: Vec<_> = feeds[0]
        .transfers
        .iter()
        .map(|t| ((t.from_stop, t.to_stop), t.kind, t.min_time, (t.from_trip, t.to_trip), (t.from_route, t.to_route)))
        .collect();
    let none = (None, None);
    assert_eq!(
        rows,
        [
            ((Some(0), Some(1)), 0, None, none, none),
            ((Some(0), Some(1)), 2, Some(300), (Some(0), None), (None, Some(0))),
            ((Some(1), Some(1)), 3, None, (None, Some(1)), (Some(0), None)),
            (none, 4, None, (Some(0), Some(1)), none),
            ((Some(1), Some(0)), 5, None, (Some(1), Some(0)), none),
        ]
    );
}

#[test]
fn carriages_have_hosts_alternatives_and_stands() {
    let feeds = feeds(
        r#"feed zone Europe/Moscow days 2026-01-01..2026-01-31
           stops A B C D
           trip t1: A 8:00 | B 9:00
           carriage k1 "Sleeping car" service daily: t1 A..B, t2 B..C stand 0:10..24:00 | x:t3 B..C, t4 C..D"#,
    );
    let table = |file: &str| {
        let table = &feeds[0].extension[file];
        std::iter::once(&table.columns)
            .chain(table.rows.iter().map(|row| &row.values))
            .map(|row| row.join(","))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        table("through_carriages.txt"),
        ["through_carriage_id,name,carriage_number,service_id,carriage_type_id,agency_id", "k1,Sleeping car,,daily,,"]
    );
    assert_eq!(
        table("through_carriage_hosts.txt"),
        [
            "through_carriage_id,sequence,trip_id,attach_stop_id,detach_stop_id,min_stand_time,max_stand_time",
            "k1,1,t1,A,B,,",
            "k1,2,t2,B,C,00:10:00,24:00:00",
            "k1,2,x:t3,B,C,,",
            "k1,3,t4,C,D,,",
        ]
    );
}

#[test]
fn errors_say_line_column_and_what_was_expected() {
    let feed = "feed zone Europe/Moscow days 2026-01-01..2026-01-31\nstops A B\ntrip t: A 8:00 | B 9:00\n";
    let error = |line: &str| parse(&format!("{feed}{line}")).expect_err(line).to_string();
    assert_eq!(parse("stop A").expect_err("no feed").to_string(), "1:1: the first statement is `feed`");
    assert_eq!(parse("feed zone Moon").expect_err("no zone").to_string(), "1:11: there is no zone `Moon`");
    assert_eq!(error("train 2"), "4:1: there is no statement `train`");
    assert_eq!(error("stop A"), "4:6: `A` is declared twice");
    assert_eq!(error("stop C \"See"), "4:8: this quote is never closed");
    assert_eq!(error("stop C in S"), "4:11: expected a stop of this feed, found `S`");
    assert_eq!(error("trip u: A 8:00"), "4:11: a trip calls at two stops at least");
    assert_eq!(error("trip u: A 8:00 | B 7:00"), "4:20: the trip arrives here before it left the stop before");
    assert_eq!(error("trip u: A 9:00-8:00 | B 9:00"), "4:11: the departure is before the arrival");
    assert_eq!(error("trip u: A 8h | B 9:00"), "4:11: expected a time as HH:MM, or two as HH:MM-HH:MM, found `8h`");
    assert_eq!(error("trip u: A 8:00 (no dropoff)"), "4:20: expected `pickup` or `drop-off`, found `dropoff`");
    assert_eq!(error("trip u A 8:00"), "4:8: expected `route`, `service`, `block` or `:`, found `A`");
    assert_eq!(error("transfer A B type 4"), "4:19: expected a type of 0 to 3, found `4`");
    assert_eq!(error("transfer A"), "4:11: the line ends where a stop of this feed was expected");
    assert_eq!(error("continue t t"), "4:12: expected `->`, found `t`");
    assert_eq!(error("frequency t 6:00..7:00 every 0"), "4:30: expected seconds, found `0`");
    assert_eq!(
        error("service s: 2026-02-30..2026-03-01 daily"),
        "4:12: expected weekdays, `dates` or `except`, found `2026-02-30..2026-03-01`"
    );
    assert_eq!(error("trip u: A 8:00 | B 9:00 C 10:00"), "4:25: `C` does not belong here");
    assert_eq!(error("stops C D | E"), "4:11: expected an id, found `|`");
}

#[test]
fn things_are_looked_up_by_id_in_the_first_feed_or_in_a_named_one() {
    let feeds = feeds(
        "feed a zone Europe/Moscow days 2026-01-01..2026-01-31
         stops A B
         trip t: A 8:00 | B 9:00
         feed b zone Europe/Moscow days 2026-01-01..2026-01-31
         stops B A
         trip u: A 8:00 | B 9:00
         trip t: A 8:00 | B 9:00",
    );
    let place = |id| (stop(&feeds, id).feed, stop(&feeds, id).stop);
    assert_eq!([place("B"), place("a:B"), place("b:B")], [(0, 1), (0, 1), (1, 0)]);
    assert_eq!((trip(&feeds, "b:t").feed, trip(&feeds, "b:t").trip), (1, 1));
}

#[test]
fn a_time_in_a_fold_is_the_earlier_instant_and_in_a_gap_one_hour_later() {
    // 25 October 2026, Berlin: 03:00 becomes 02:00. The first 02:30 is still at +2, that is 00:30 UTC.
    assert_eq!(instant("Europe/Berlin", "2026-10-25 02:30"), instant("UTC", "2026-10-25 00:30"));
    // 29 March 2026, Berlin: 02:00 becomes 03:00. 02:30 is read as 03:30 at +2, that is 01:30 UTC.
    assert_eq!(instant("Europe/Berlin", "2026-03-29 02:30"), instant("UTC", "2026-03-29 01:30"));
}
