//! Rules of transfers.txt become nodes, edges and guarantees that say for every change what the one rule says.

use crate::drawn::{compile_reporting, compile_text, stop_id, trip_id};
use proptest::prelude::*;
use std::collections::HashMap;
use tumen_feed::{Feed, Transfer};
use tumen_timetable::{Columns, RULE_DEFAULT, RULE_FORBIDDEN, entries};

/// What a query brings along: seconds of the default change, and of a walk between any two stops.
#[derive(Clone, Copy)]
struct Mode {
    change_time: i32,
    walk: Option<i32>,
}

const STRICT: Mode = Mode { change_time: 0, walk: None };
const ORDINARY: Mode = Mode { change_time: 120, walk: Some(90) };

/// Seconds of a change as ARCHITECTURE.md defines it over nodes.
fn effective(columns: &Columns, mode: Mode, alight: usize, board: usize) -> Option<i32> {
    let (from, to) = (columns.alight_stop[alight], columns.board_stop[board]);
    let explicit = |board: usize| {
        let edges = entries(columns.rule_offset, alight);
        edges
            .into_iter()
            .find(|&edge| columns.rule_board[edge] as usize == board)
            .map(|edge| columns.rule_seconds[edge])
    };
    let implicit = if from == to { Some(mode.change_time) } else { mode.walk };
    let seconds = |ruling: Option<i32>| match ruling {
        None => implicit,
        Some(RULE_DEFAULT) => Some(mode.change_time),
        Some(RULE_FORBIDDEN) => None,
        Some(seconds) => Some(seconds),
    };
    if columns.board_inherits[board] == 0 {
        return seconds(explicit(board));
    }
    let plain = seconds(explicit(to as usize));
    let own = explicit(board).and_then(|ruling| seconds(Some(ruling)));
    [plain, own].into_iter().flatten().min()
}

/// One end of a change: a stop and a trip of the feed.
#[derive(Clone, Copy)]
struct Side {
    stop: u32,
    trip: u32,
}

/// The same as SEMANTICS.md says it of rows.
fn by_the_rows(feed: &Feed, mode: Mode, from: Side, to: Side) -> Option<i32> {
    let matches = |rule: &&Transfer| {
        rule.kind <= 3
            && rule.from_stop.is_some_and(|stop| covers(feed, stop, from.stop))
            && rule.to_stop.is_some_and(|stop| covers(feed, stop, to.stop))
            && means(feed, (rule.from_trip, rule.from_route), from.trip)
            && means(feed, (rule.to_trip, rule.to_route), to.trip)
    };
    let class = |rule: &Transfer| {
        let named = |trip: Option<u32>, route: Option<u32>| {
            if trip.is_some() {
                't'
            } else if route.is_some() {
                'r'
            } else {
                '-'
            }
        };
        match (named(rule.from_trip, rule.from_route), named(rule.to_trip, rule.to_route)) {
            ('t', 't') => 0,
            ('t', 'r') | ('r', 't') => 1,
            ('t', _) | (_, 't') => 2,
            ('r', 'r') => 3,
            ('r', _) | (_, 'r') => 4,
            _ => 5,
        }
    };
    let is_exact = |rule: &Transfer| rule.from_stop == Some(from.stop) && rule.to_stop == Some(to.stop);
    let rule = feed.transfers.iter().filter(matches).min_by_key(|rule| (class(rule), !is_exact(rule)));
    match rule {
        None if from.stop == to.stop => Some(mode.change_time),
        None => mode.walk,
        Some(rule) if rule.kind == 3 => None,
        Some(rule) if rule.kind == 0 && rule.min_time.is_none() => Some(mode.change_time),
        Some(rule) => Some(rule.min_time.unwrap_or(0)),
    }
}

fn covers(feed: &Feed, rule: u32, stop: u32) -> bool {
    rule == stop || feed.stops[stop as usize].parent.is_some_and(|parent| covers(feed, rule, parent))
}

fn means(feed: &Feed, (rule_trip, rule_route): (Option<u32>, Option<u32>), trip: u32) -> bool {
    match (rule_trip, rule_route) {
        (Some(rule), _) => rule == trip,
        (None, Some(rule)) => rule == feed.trips[trip as usize].route,
        (None, None) => true,
    }
}

/// Every change of a feed compared with what its rows say; the first difference.
fn difference(feed: &Feed, columns: &Columns, mode: Mode) -> Option<String> {
    let trips: HashMap<&str, u32> = (0_u32..).zip(&feed.trips).map(|(index, trip)| (trip.id.as_str(), index)).collect();
    let mut sides = Vec::new();
    for number in 0..columns.trip_id.len() as u32 {
        for call in entries(columns.pattern_call_offset, columns.trip_pattern[number as usize] as usize) {
            let side = Side { stop: columns.call_stop[call], trip: trips[trip_id(columns, number)] };
            sides.push((number, side, columns.call_alight[call], columns.call_board[call]));
        }
    }
    for &(from_trip, from, alight, _) in sides.iter().filter(|side| side.2 != u32::MAX) {
        for &(to_trip, to, _, board) in sides.iter().filter(|side| side.3 != u32::MAX) {
            let guaranteed = (0..columns.guarantee_from.len()).any(|row| {
                columns.guarantee_from[row] == from_trip
                    && columns.guarantee_to[row] == to_trip
                    && columns.guarantee_stop[row] == from.stop
                    && from.stop == to.stop
            });
            let found = effective(columns, mode, alight as usize, board as usize);
            let found = if guaranteed { Some(0) } else { found };
            let expected = by_the_rows(feed, mode, from, to);
            if found != expected {
                return Some(format!(
                    "{} at {} to {} at {}: {found:?} instead of {expected:?}",
                    trip_id(columns, from_trip),
                    stop_id(columns, from.stop),
                    trip_id(columns, to_trip),
                    stop_id(columns, to.stop)
                ));
            }
        }
    }
    None
}

const NETWORK: &str = "feed zone UTC days 2026-01-01..2026-01-02
    station S
    stop S1 in S
    stop S2 in S
    stops A B
    trip t1 route R1: A 08:00 | S1 09:00 | B 10:00
    trip t2 route R1: A 09:00 | S1 10:00 | B 11:00
    trip t3 route R2: B 08:00 | S2 09:00 | A 10:00 (no pickup)
    trip t4 route R2: B 09:00 | S2 10:00 | A 11:00 (no pickup)
    trip t5 route R3: S1 07:00 (no drop-off) | A 08:00 | S1 09:00 | S2 10:00
    frequency t5 07:00..09:00 every 3600
";

fn differences(rules: &str) -> Option<String> {
    let text = format!("{NETWORK}{rules}");
    let timetable = compile_text(&text);
    let feed = &tumen_oracle::text::feeds(&text)[0];
    [STRICT, ORDINARY].into_iter().find_map(|mode| difference(feed, &timetable.columns(), mode))
}

fn rule() -> impl Strategy<Value = String> {
    let stop = || prop::sample::select(vec!["S", "S1", "S2", "A", "B"]);
    let whom =
        || prop::sample::select(vec!["", "", "trip t1", "trip t3", "trip t5", "route R1", "route R2", "route R3"]);
    let time = prop::sample::select(vec!["", "", " min 0", " min 60", " min 300"]);
    (stop(), stop(), 0..4, time, whom(), whom()).prop_map(|(from, to, kind, time, from_whom, to_whom)| {
        let end = |word: &str, whom: &str| if whom.is_empty() { String::new() } else { format!(" {word} {whom}") };
        format!("transfer {from} {to} type {kind}{time}{}{}\n", end("from", from_whom), end("to", to_whom))
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn every_change_is_what_the_rows_say(rules in prop::collection::vec(rule(), 0..10)) {
        prop_assert_eq!(differences(&rules.concat()), None);
    }
}

#[test]
fn a_feed_without_rules_on_trips_and_routes_has_plain_nodes_only() {
    let (timetable, report) = compile_reporting(&format!("{NETWORK}transfer S S type 2 min 300\ntransfer A A\n"));
    let columns = timetable.columns();
    assert_eq!(report.counts.special_nodes, 0);
    assert_eq!(columns.alight_stop.len(), columns.stop_id.len());
    let edges: Vec<String> = (0..columns.alight_stop.len())
        .flat_map(|alight| {
            entries(columns.rule_offset, alight).map(move |edge| {
                let to = columns.board_stop[columns.rule_board[edge] as usize];
                let from = columns.alight_stop[alight];
                format!("{} {} {}", stop_id(&columns, from), stop_id(&columns, to), columns.rule_seconds[edge])
            })
        })
        .collect();
    // An untimed rule at one stop is an edge too: only the ordinary mode lets it take the default change time.
    assert_eq!(edges, ["S1 S1 300", "S1 S2 300", "S2 S1 300", "S2 S2 300", "A A -1"]);
    let walks: Vec<String> = (0..columns.stop_id.len())
        .flat_map(|from| {
            entries(columns.stop_rule_offset, from).map(move |rule| {
                let to = columns.stop_rule_to[rule];
                format!(
                    "{} {} {}",
                    stop_id(&columns, from as u32),
                    stop_id(&columns, to),
                    columns.stop_rule_seconds[rule]
                )
            })
        })
        .collect();
    let expected = [
        "S S 300",
        "S S1 300",
        "S S2 300",
        "S1 S 300",
        "S1 S1 300",
        "S1 S2 300",
        "S2 S 300",
        "S2 S1 300",
        "S2 S2 300",
        "A A -1",
    ];
    assert_eq!(walks, expected);
}

#[test]
fn guarantees_between_trips_divide_nothing() {
    let rules = "transfer S1 S1 type 1 from trip t1 to trip t5\ntransfer S2 S2 type 1 from trip t3 to trip t1\n";
    let (timetable, report) = compile_reporting(&format!("{NETWORK}{rules}"));
    let columns = timetable.columns();
    assert_eq!((report.counts.special_nodes, report.counts.rule_edges), (0, 0));
    let guarantees: Vec<(&str, &str, &str)> = (0..columns.guarantee_from.len())
        .map(|row| {
            let trips = (columns.guarantee_from[row], columns.guarantee_to[row]);
            (trip_id(&columns, trips.0), trip_id(&columns, trips.1), stop_id(&columns, columns.guarantee_stop[row]))
        })
        .collect();
    assert_eq!(
        guarantees,
        [("t1", "t5", "S1"), ("t1", "t5", "S1")],
        "one for each departure of t5; t1 does not call at S2"
    );
}

#[test]
fn a_rule_that_forbids_a_route_divides_its_board_node_from_the_plain_one() {
    let timetable = compile_text(&format!("{NETWORK}transfer S1 S1 type 3 to route R1\n"));
    let columns = timetable.columns();
    let special: Vec<&str> =
        columns.board_stop[columns.stop_id.len()..].iter().map(|&s| stop_id(&columns, s)).collect();
    assert_eq!(special, ["S1"]);
    assert_eq!(columns.board_inherits[columns.stop_id.len()..], [0]);
}

#[test]
fn rules_see_the_host_that_brings_a_coach_and_the_one_that_takes_it() {
    let timetable = compile_text(
        "feed zone UTC days 2026-01-01..2026-01-02
         stops A B C
         trip in route R1: A 08:00 | B 10:00
         trip out route R2: B 12:00 | C 15:00
         trip feeder route R3: A 07:00 | B 09:00
         carriage k service daily: in A..B, out B..C
         transfer B B type 2 min 600 from route R1
         transfer B B type 3 to route R2",
    );
    let columns = timetable.columns();
    let way = columns.trip_pattern[columns.way_trip[0] as usize] as usize;
    let calls = entries(columns.pattern_call_offset, way);
    let node_of = |trip: &str, column: &[u32], position: usize| {
        let number = (0..columns.trip_id.len() as u32).find(|&number| trip_id(&columns, number) == trip);
        let pattern = columns.trip_pattern[number.expect("a trip") as usize];
        column[entries(columns.pattern_call_offset, pattern as usize).start + position]
    };
    assert_eq!(columns.call_alight[calls.start + 1], node_of("in", columns.call_alight, 1));
    assert_eq!(columns.call_board[calls.start + 1], node_of("out", columns.call_board, 0));
    assert_ne!(columns.call_alight[calls.start + 1], node_of("feeder", columns.call_alight, 1));
}
