//! Ordinary feeds become patterns, and no run of a pattern overtakes another on any pair of service days.

use crate::drawn::{TODAY, compile_text, runs};
use proptest::prelude::*;
use tumen_timetable::compile::{CompileOptions, compile};
use tumen_timetable::{Columns, entries};

/// Every run of a pattern in its order: absolute arrivals and departures at each call.
fn runs_in_order(columns: &Columns, pattern: usize) -> Vec<Vec<(i32, i32)>> {
    let trips = entries(columns.pattern_trip_offset, pattern);
    let calls = entries(columns.pattern_call_offset, pattern).len();
    let (days, zone) = (columns.span[2] as usize, columns.pattern_zone[pattern] as usize);
    let mut runs = Vec::new();
    for day in 0..days {
        let base = columns.zone_day_base[zone * days + day];
        for (position, trip) in trips.clone().enumerate() {
            if columns.day_set(columns.trip_days[trip]).contains(day as i32) {
                let time = |call: usize| {
                    let at = columns.pattern_time_offset[pattern] as usize + call * trips.len() + position;
                    (base + columns.time_arrival[at], base + columns.time_departure[at])
                };
                runs.push((0..calls).map(time).collect());
            }
        }
    }
    runs
}

/// The first pair of runs of which the later is somewhere earlier.
fn overtaking(columns: &Columns) -> Option<String> {
    (0..columns.pattern_route.len()).find_map(|pattern| {
        let runs = runs_in_order(columns, pattern);
        let pairs = (0..runs.len()).flat_map(|one| (one + 1..runs.len()).map(move |other| (one, other)));
        pairs
            .into_iter()
            .find(|&(one, other)| {
                runs[one].iter().zip(&runs[other]).any(|(before, after)| before.0 > after.0 || before.1 > after.1)
            })
            .map(|(one, other)| format!("pattern {pattern}: {:?} and {:?}", runs[one], runs[other]))
    })
}

#[test]
fn trips_that_follow_one_another_share_a_pattern_and_those_that_overtake_do_not() {
    let timetable = compile_text(
        "feed zone Europe/Berlin days 2026-03-01..2026-04-30
         stops A B C
         trip slow: A 08:00 | B 10:00 | C 12:00
         trip later: A 08:30 | B 10:30-10:40 | C 12:30
         trip express: A 09:00 | B 09:50 | C 10:50",
    );
    let columns = timetable.columns();
    assert_eq!(columns.pattern_route.len(), 2);
    let names: Vec<&str> = columns.trip_id.iter().map(|&id| columns.text(id)).collect();
    assert_eq!(names, ["slow", "later", "express"]);
    assert_eq!(columns.pattern_trip_offset, [0, 2, 3]);
}

#[test]
fn a_day_of_twenty_three_hours_parts_the_first_trip_from_the_last() {
    let text = |days: &str| {
        format!(
            "feed zone Europe/Berlin days {days}
             stops A B
             trip first: A 00:10 | B 01:00
             trip last: A 23:40 | B 24:30"
        )
    };
    let winter = compile_text(&text("2026-01-01..2026-01-31"));
    assert_eq!(winter.columns().pattern_route.len(), 1, "no run overtakes another within 24 hours");
    let spring = compile_text(&text("2026-03-01..2026-04-30"));
    assert_eq!(spring.columns().pattern_route.len(), 2, "on 29 March the last run would end after the next first one");
}

#[test]
fn noon_minus_twelve_hours_follows_the_zone_through_its_history() {
    let timetable = compile_text(
        "feed zone Asia/Pyongyang days 2018-05-04..2018-05-06
         stops A B
         trip t: A 12:00 | B 13:00",
    );
    let columns = timetable.columns();
    let noons: Vec<i32> = columns.zone_day_base.iter().map(|base| base + 12 * 3600).collect();
    // On 5 May 2018 clocks went from UTC+8:30 to UTC+9.
    assert_eq!(noons, [12_600, 86_400 + 10_800, 2 * 86_400 + 10_800]);
    assert_eq!(columns.span, [1_525_392_000, 17_655, 3, 1]);
}

#[test]
fn frequencies_become_trips_until_before_the_end() {
    let timetable = compile_text(
        "feed zone UTC days 2026-01-01..2026-01-01
         stops A B
         trip shuttle: A 00:00-00:01 | B 00:20
         frequency shuttle 06:00..07:00 every 1200",
    );
    assert_eq!(
        runs(&timetable.columns()),
        [
            "shuttle 2026-01-01: A 05:59-06:00 | B 06:19",
            "shuttle 2026-01-01: A 06:19-06:20 | B 06:39",
            "shuttle 2026-01-01: A 06:39-06:40 | B 06:59",
        ]
    );
}

#[test]
fn a_frequency_that_repeats_absurdly_often_is_refused_by_name() {
    let feeds = tumen_oracle::text::feeds(
        "feed zone UTC days 2026-01-01..2026-01-01
         stops A B C D
         trip t: A 00:00 | B 00:01 | C 00:02 | D 00:03
         frequency t 00:00..1440:00 every 1",
    );
    let error = compile(&feeds, &CompileOptions::on(TODAY), &mut |_| {}).expect_err("20,736,000 calls");
    assert_eq!(
        error.to_string(),
        "too many calls of trips that frequencies.txt repeats: the limit is 20000000; check headway_secs, start_time and \
         end_time in frequencies.txt"
    );
}

#[derive(Clone, Debug)]
struct RandomTrip {
    start: i32,
    hops: [(i32, i32); 3],
}

fn random_trip() -> impl Strategy<Value = RandomTrip> {
    let hop = (0..30 * 3600, 0..4 * 3600);
    (0..40 * 3600, [hop.clone(), hop.clone(), hop]).prop_map(|(start, hops)| RandomTrip { start, hops })
}

fn time(seconds: i32) -> String {
    format!("{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn no_run_of_a_pattern_overtakes_another(
        trips in prop::collection::vec(random_trip(), 1..24),
        zone in prop::sample::select(vec!["Europe/Berlin", "Australia/Lord_Howe", "Pacific/Apia", "UTC"]),
        span in prop::sample::select(vec![
            "2011-12-26..2012-01-04", "2026-03-25..2026-04-07", "2026-10-01..2026-10-28", "2026-07-01..2026-07-03",
        ]),
    ) {
        let mut lines = vec![format!("feed zone {zone} days {span}"), "stops A B C D".to_owned()];
        for (index, trip) in trips.iter().enumerate() {
            let mut at = trip.start;
            let mut calls = vec![format!("A {}", time(at))];
            for (name, (ride, stay)) in ["B", "C", "D"].iter().zip(trip.hops) {
                calls.push(format!("{name} {}-{}", time(at + ride), time(at + ride + stay)));
                at += ride + stay;
            }
            lines.push(format!("trip t{index}: {}", calls.join(" | ")));
        }
        let timetable = compile_text(&lines.join("\n"));
        prop_assert_eq!(timetable.columns().trip_id.len(), trips.len());
        prop_assert_eq!(overtaking(&timetable.columns()), None);
    }
}
