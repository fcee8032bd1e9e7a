//! Through carriages become ways: one trip for each combination of hosts and stands.

use crate::drawn::{TODAY, calls, compile_reporting, compile_text, dates, trip_id};
use tumen_base::{Certainty, TripId};
use tumen_timetable::compile::{CompileOptions, compile};
use tumen_timetable::{Columns, entries};

/// Ways as text: days, calls, and hosts with the days between them.
fn ways(columns: &Columns) -> Vec<String> {
    let way = |way: usize| {
        let trip = columns.way_trip[way];
        let hosts = entries(columns.way_host_offset, way).map(|host| {
            let id = trip_id(columns, columns.host_trip[host]);
            let (attach, detach) = (columns.host_way_attach[host], columns.host_way_detach[host]);
            format!("{id}{:+} {attach}-{detach}", columns.host_shift[host])
        });
        format!(
            "{} on {}: {} by {}",
            trip_id(columns, trip),
            dates(columns, columns.trip_days[trip as usize]),
            calls(columns, trip as usize).join(" | "),
            hosts.collect::<Vec<_>>().join(", ")
        )
    };
    (0..columns.way_trip.len()).map(way).collect()
}

#[test]
fn a_coach_changes_hosts_waits_and_keeps_its_service_day() {
    let timetable = compile_text(
        "feed zone Europe/Moscow days 2026-01-01..2026-02-10
         stops M P U K T
         service car: dates 2026-01-12 2026-01-26
         service sat: 2026-01-01..2026-02-10 sat
         trip t2: M 08:00 | P 26:00-26:20 | U 150:00
         trip t652 service sat: U 18:00 | K 23:00
         trip t646: K 02:00 | T 02:17
         carriage k1 service car: t2 P..U, t652 U..K, t646 K..T",
    );
    // Put on at 26:20 of the train's day: the car's service day is the day after the train's.
    assert_eq!(
        ways(&timetable.columns()),
        [
            "k1 on 01-12 01-26: P 02:20 | U 126:00-138:00 | K 143:00-146:00 | T 146:17 by t2-1 0-1, t652+5 1-2, t646+6 2-3"
        ]
    );
    let columns = timetable.columns();
    let trip = columns.way_trip[0] as usize;
    assert_eq!(columns.text(columns.trip_headsign[trip]), "T");
    assert_eq!(columns.trip_service[trip], u32::MAX);
}

#[test]
fn alternatives_are_tried_by_departure_and_stands_bound_them() {
    let timetable = compile_text(
        "feed zone UTC days 2026-01-05..2026-01-11
         stops A B C
         service monday: 2026-01-05..2026-01-11 mon
         trip in: A 08:00 | B 10:00
         trip soon service monday: B 10:05 | C 11:00
         trip express service monday: B 10:30 | C 10:50
         trip slow: B 12:00 | C 15:00
         carriage k service daily: in A..B, slow B..C stand 0:10..24:00 | soon B..C stand 0:10..24:00 | express B..C stand 0:10..24:00",
    );
    assert_eq!(
        ways(&timetable.columns()),
        [
            "k on 01-05: A 08:00 | B 10:00-10:30 | C 10:50 by in+0 0-1, express+0 1-2",
            "k on 01-06..01-11: A 08:00 | B 10:00-12:00 | C 15:00 by in+0 0-1, slow+0 1-2",
        ]
    );
}

#[test]
fn a_day_without_a_host_is_a_hole_and_the_coach_goes_only_so_far() {
    let (timetable, report) = compile_reporting(
        "feed zone UTC days 2026-01-01..2026-01-04
         stops A B C
         service even: dates 2026-01-02
         service first: dates 2026-01-01 2026-01-02
         trip in service first: A 08:00 | B 10:00
         trip out service even: B 12:00 | C 15:00
         carriage k service daily: in A..B, out B..C stand 0:00..12:00",
    );
    let columns = timetable.columns();
    assert_eq!(
        ways(&columns),
        [
            "k on 01-01: A 08:00 | B 10:00 by in+0 0-1",
            "k on 01-02: A 08:00 | B 10:00-12:00 | C 15:00 by in+0 0-1, out+0 1-2",
        ]
    );
    assert_eq!(dates(&columns, columns.carriage_holes[0]), "01-01 01-03..01-04");
    assert_eq!(report.counts.holes, 3);
    assert_eq!(
        report.remarks[0].to_string(),
        "through_carriages.txt carriage_hole carriage 'k' lacks a host on 3 of its days, 2026-01-01 to 2026-01-04; \
         it is offered only as far as it is carried"
    );
}

#[test]
fn hosts_in_another_zone_give_other_ways_when_clocks_change() {
    let timetable = compile_text(
        "feed ru zone Europe/Moscow days 2026-03-27..2026-03-30
         stops A B
         trip in: A 08:00 | B 10:00
         carriage k service daily: in A..B, de:out X..Y
         feed de zone Europe/Berlin days 2026-03-27..2026-03-30
         stops X Y
         trip out: X 12:00 | Y 13:00",
    );
    // Two stops at the joint are two calls; Moscow is two hours ahead of Berlin until 28 March 2026, then one.
    assert_eq!(
        ways(&timetable.columns()),
        [
            "k on 03-27..03-28: A 08:00 | B 10:00 | X 14:00 | Y 15:00 by in+0 0-1, out+0 2-3",
            "k on 03-29..03-30: A 08:00 | B 10:00 | X 13:00 | Y 14:00 by in+0 0-1, out+0 2-3",
        ]
    );
    let columns = timetable.columns();
    let pattern = columns.trip_pattern[columns.way_trip[0] as usize] as usize;
    let range = entries(columns.pattern_call_offset, pattern);
    let (alight, board) = (&columns.call_alight[range.clone()], &columns.call_board[range]);
    let open = |node: &u32| *node != u32::MAX;
    assert_eq!(alight.iter().map(open).collect::<Vec<_>>(), [false, true, false, true]);
    assert_eq!(board.iter().map(open).collect::<Vec<_>>(), [true, false, true, false]);
}

#[test]
fn hosts_that_cannot_carry_are_remarked_on() {
    let (timetable, report) = compile_reporting(
        "feed zone UTC days 2026-01-01..2026-01-02
         stops A B C
         trip often: A 08:00 | B 10:00
         frequency often 08:00..10:00 every 3600
         trip in: A 08:00 | B 10:00
         carriage k service daily: in A..B | often A..B, in B..A",
    );
    let columns = timetable.columns();
    assert_eq!(ways(&columns), ["k on 01-01..01-02: A 08:00 | B 10:00 by in+0 0-1"]);
    let codes: Vec<&str> = report.remarks.iter().map(|remark| remark.code).collect();
    assert_eq!(codes, ["carriage_host_frequency", "carriage_host_stops", "carriage_hole"]);
}

#[test]
fn a_coach_is_as_certain_as_its_hosts_at_each_call() {
    let mut feeds = tumen_oracle::text::feeds(
        "feed zone UTC days 2026-01-01..2026-01-02
         stops A B C
         trip in: A 08:00 | B 10:00
         trip out: B 12:00 | C 15:00
         carriage k service daily: in A..B, out B..C",
    );
    let feed = &mut feeds[0];
    feed.trips[0].certainty_days = Certainty::Derived;
    feed.trips[1].certainty_times = Certainty::Estimated;
    feed.call_details.certainty =
        vec![Certainty::Published, Certainty::Derived, Certainty::Published, Certainty::Unknown];
    feed.call_details.texts = vec!["S1".to_owned(), "S2".to_owned()];
    feed.call_details.source = vec![0, 0, 1, 1];
    let (data, _) = compile(&feeds, &CompileOptions::on(TODAY), &mut |_| {}).expect("the feed compiles");
    let columns = data.columns();
    let way = TripId(columns.way_trip[0]);
    assert_eq!(columns.certainty_of_run(way, 0), Certainty::Derived);
    let times: Vec<_> = (0..3).map(|call| columns.certainty_of_time(way, call)).collect();
    assert_eq!(times, [Certainty::Published, Certainty::Estimated, Certainty::Unknown]);
    let sources: Vec<_> = (0..3).map(|call| columns.source_of_time(way, call)).collect();
    assert_eq!(sources, ["S1", "S1", "S2"], "what brings the coach comes first");
}
