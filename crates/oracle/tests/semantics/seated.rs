//! Staying seated: transfer_type 4 and 5, blocks.

use crate::world::World;

fn profile(lines: &str, from: &str, to: &str) -> Vec<String> {
    World::in_moscow(&format!("service first: dates 2026-01-01\n service second: dates 2026-01-02\n {lines}"))
        .ask(from, to, "2026-01-01 00:00")
        .profile(48)
}

#[test]
fn a_continuation_is_the_same_trip_boarded_once() {
    // No change would be possible: B forbids it.
    let lines = "stops A B C
         trip t service first: A 08:00 | B 09:00
         trip u service first: B 09:00 | C 10:00
         transfer B B type 3";
    assert!(profile(lines, "A", "C").is_empty());
    assert_eq!(profile(&format!("{lines}\n continue t -> u"), "A", "C"), ["08:00-10:00 (1)"]);
    assert!(profile(&format!("{lines}\n continue u -> t"), "A", "C").is_empty());
}

#[test]
fn riding_through_needs_neither_pickup_nor_drop_off_nor_one_stop() {
    let lines = "stops A B C D
         trip t service first: A 08:00 | B 09:00 (no pickup, no drop-off)
         trip u service first: C 09:30 (no pickup) | D 10:00
         continue t -> u";
    assert_eq!(profile(lines, "A", "D"), ["08:00-10:00 (1)"]);
}

#[test]
fn a_continuation_departs_on_the_same_day_else_on_the_next() {
    let lines = "stops A B C
         trip t service first: A 08:00 | B 23:00
         trip u service SERVICE: B 06:00 | C 07:00
         transfer B B type 3
         continue t -> u";
    // 06:00 of the first day is before the arrival, so it is that of the second.
    assert_eq!(profile(&lines.replace("SERVICE", "second"), "A", "C"), ["08:00-07:00+1 (1)"]);
    assert_eq!(profile(&lines.replace("SERVICE", "daily"), "A", "C"), ["08:00-07:00+1 (1)"]);
    // "no further": neither the day after nor a next day that leaves too early.
    let third = format!("service third: dates 2026-01-03\n {}", lines.replace("SERVICE", "third"));
    assert!(profile(&third, "A", "C").is_empty());
    let long = lines.replace("SERVICE", "daily").replace("B 23:00", "B 30:01");
    assert!(profile(&long, "A", "C").is_empty());
}

#[test]
fn splits_and_joins_are_several_rules() {
    let split = "stops A B C D
         trip t service first: A 08:00 | B 09:00
         trip u service first: B 09:10 | C 10:00
         trip v service first: B 09:20 | D 10:00
         transfer B B type 3
         continue t -> u
         continue t -> v";
    assert_eq!(profile(split, "A", "C"), ["08:00-10:00 (1)"]);
    assert_eq!(profile(split, "A", "D"), ["08:00-10:00 (1)"]);
    let join = "stops A B C D
         trip t service first: A 08:00 | C 09:00
         trip u service first: B 08:10 | C 09:10
         trip v service first: C 09:20 | D 10:00
         transfer C C type 3
         continue t -> v
         continue u -> v";
    assert_eq!(profile(join, "A", "D"), ["08:00-10:00 (1)"]);
    assert_eq!(profile(join, "B", "D"), ["08:10-10:00 (1)"]);
}

#[test]
fn a_carried_passenger_reaches_the_first_call_no_earlier_than_the_run_before_ended() {
    // u stands at B from 08:30 to 09:30; whoever comes with t reaches B with it at 09:00.
    let lines = "stops A B C B2
         trip t service first: A 08:00 | B2 09:00 (no drop-off)
         trip u service first: B 08:30-09:30 | C 10:00
         continue t -> u";
    assert_eq!(profile(lines, "A", "B"), ["08:00-09:00 (1)"]);
    assert_eq!(profile(&lines.replace("08:30-09:30", "09:20-09:30"), "A", "B"), ["08:00-09:20 (1)"]);
}

const BLOCK: &str = "stops A B C
    trip t service first block b: A 08:00 | B 09:00
    trip u service first block b: B 09:00 | C 10:00
    transfer B B type 3";

#[test]
fn a_block_links_runs_of_one_day_across_services() {
    assert_eq!(profile(BLOCK, "A", "C"), ["08:00-10:00 (1)"]);
    // u runs on two days: only the run of the first continues t.
    assert_eq!(profile(&BLOCK.replace("u service first", "u service daily"), "A", "C"), ["08:00-10:00 (1)"]);
    // Runs of different service days have no link, even where the clock says the same day.
    let across = BLOCK.replace("t service first", "t service second").replace("09:00 | C 10:00", "33:00 | C 34:00");
    assert!(profile(&across, "A", "C").is_empty());
}

#[test]
fn a_block_continues_only_in_the_next_run_of_its_order() {
    // v departs between t and u, before t has arrived: t's next is v, which it does not reach; v's next is u.
    let between = format!("{BLOCK}\n stops X\n trip v service first block b: X 08:30 | B 08:40");
    assert!(profile(&between, "A", "C").is_empty());
    assert_eq!(profile(&between, "X", "C"), ["08:30-10:00 (1)"]);
    // Where the first departures are equal, the earlier last arrival comes first: v (08:00 to 08:10), t, u.
    let equal = format!("{BLOCK}\n stops X\n trip v service first block b: X 08:00 | A 08:10");
    assert_eq!(profile(&equal, "A", "C"), ["08:00-10:00 (1)"]);
    assert!(profile(&equal, "X", "B").iter().all(|row| row.ends_with("(2)")), "v arrives after t left");
}

#[test]
fn a_block_needs_one_stop_one_parent_or_200_metres() {
    let apart = |first: &str, second: &str| {
        let lines = format!(
            "stops A C
             station S
             {first}
             {second}
             trip t service first block b: A 08:00 | B1 09:00
             trip u service first block b: B2 09:00 | C 10:00"
        );
        profile(&lines, "A", "C")
    };
    assert!(apart("stop B1", "stop B2").is_empty());
    assert_eq!(apart("stop B1 in S", "stop B2 in S"), ["08:00-10:00 (1)"]);
    // A thousandth of a degree of latitude is 111.2 m.
    assert_eq!(apart("stop B1 55.0000,37", "stop B2 55.0017,37"), ["08:00-10:00 (1)"]);
    assert!(apart("stop B1 55.0000,37", "stop B2 55.0019,37").is_empty());
    // At 60 degrees north a degree of longitude is half as long.
    assert_eq!(apart("stop B1 60,37.000", "stop B2 60,37.003"), ["08:00-10:00 (1)"]);
}

#[test]
fn type_5_breaks_a_block() {
    assert!(profile(&format!("{BLOCK}\n break t -> u"), "A", "C").is_empty());
    assert_eq!(profile(&format!("{BLOCK}\n break u -> t"), "A", "C"), ["08:00-10:00 (1)"]);
}

#[test]
fn a_trip_with_an_outgoing_rule_has_no_outgoing_block_link_on_any_day() {
    let lines = format!("{BLOCK}\n stops D\n trip v service second: B 09:00 | D 10:00\n continue v -> u\n");
    assert_eq!(profile(&lines, "A", "C"), ["08:00-10:00 (1)"], "the rule is another trip's");
    // v does not run within a day of t's run on 1 January, and still there is no block link.
    let lines = format!(
        "service late: dates 2026-01-20\n {BLOCK}\n stops D\n trip v service late: B 09:00 | D 10:00\n continue t -> v\n"
    );
    assert!(profile(&lines, "A", "C").is_empty());
}

#[test]
fn frequency_trips_have_no_links_of_either_kind() {
    let frequency = "\n frequency u 09:00..09:01 every 600";
    assert!(profile(&format!("{BLOCK}{frequency}"), "A", "C").is_empty());
    assert!(profile(&format!("{BLOCK}\n continue t -> u{frequency}"), "A", "C").is_empty());
    // Nor does a frequency trip stand between two others of its block.
    let between = format!(
        "{BLOCK}\n stops X\n trip v service first block b: X 08:30 | B 08:40\n frequency v 08:30..08:31 every 60"
    );
    assert_eq!(profile(&between, "A", "C"), ["08:00-10:00 (1)"]);
}

#[test]
fn chains_of_runs_are_one_trip_and_changing_is_still_possible() {
    let lines = "stops A B C D
         trip t service first block b: A 08:00 | B 09:00
         trip u service first block b: B 09:10 | C 10:00
         trip v service first block b: C 10:10 | D 11:00
         trip w service first: B 09:00 | D 10:00";
    // Seated one trip at 11:00; changing into w two trips at 10:00.
    assert_eq!(profile(lines, "A", "D"), ["08:00-10:00 (2)", "08:00-11:00 (1)"]);
}
