//! Through carriages.

use crate::world::World;
use tumen_oracle::{CarriageRef, text};

/// A coach from A to D: `t` carries it to B, `u` from there to D; nobody may change at B.
const COACH: &str = "service car: dates 2026-01-01
    stops A B C D
    trip t: A 08:00 | B 09:00
    trip u: B 12:00 | C 13:00 | D 14:00
    transfer B B type 3
    carriage k service car: t A..B, u B..D";

fn profile(lines: &str, from: &str, to: &str) -> Vec<String> {
    World::in_moscow(lines).ask(from, to, "2026-01-01 00:00").profile(48)
}

#[test]
fn a_carriage_is_one_trip_over_all_its_hosts() {
    assert_eq!(profile(COACH, "A", "D"), ["08:00-14:00 (1)"]);
    assert_eq!(profile(COACH, "A", "C"), ["08:00-13:00 (1)"]);
    // To B any coach of the host will do, on any day it runs.
    assert_eq!(profile(COACH, "A", "B"), ["08:00-09:00 (1)", "08:00+1-09:00+1 (1)"]);
}

#[test]
fn a_host_carries_from_the_first_attach_with_a_later_detach_to_the_first_such_detach() {
    let lines = "stops A B C D
        trip t: A 08:00 | C 09:00 | B 10:00 | C 11:00 | B 12:00
        trip u: C 13:00 | D 14:00
        transfer B B type 3
        transfer C C type 3
        carriage k service daily: t B..C, u C..D";
    // B at 10:00, C at 11:00: not A, not the C before, not the B after.
    let world = World::in_moscow(lines);
    assert_eq!(world.ask("B", "D", "2026-01-01 00:00").profile(24), ["10:00-14:00 (1)"]);
    assert!(world.ask("A", "D", "2026-01-01 00:00").profile(24).is_empty());
}

#[test]
fn the_day_of_a_carriage_is_that_of_its_first_host_by_the_clock_at_the_attach_stop() {
    // The host leaves A on 31 December and B at 33:00, that is on 1 January at 09:00: the carriage's day.
    let lines = "service car: dates 2026-01-01
        service eve: dates 2025-12-31
        service day: dates 2026-01-01
        stops A B C D
        trip t service eve: A 08:00 | B 33:00 | C 34:00
        trip u service day: C 11:00 | D 12:00
        transfer C C type 3
        carriage k service car: t B..C, u C..D";
    assert_eq!(profile(lines, "B", "D"), ["09:00-12:00 (1)"]);
    assert!(profile(&lines.replace("car: dates 2026-01-01", "car: dates 2025-12-31"), "B", "D").is_empty());
}

#[test]
fn the_stand_is_bounded_and_by_default_a_day() {
    // Three hours at B.
    assert_eq!(profile(&COACH.replace("u B..D", "u B..D stand 3:00..3:00"), "A", "D"), ["08:00-14:00 (1)"]);
    // After 3 h and 1 s the next run of u is tomorrow's, 27 h after the arrival.
    assert_eq!(profile(&COACH.replace("u B..D", "u B..D stand 3:00:01..27:00"), "A", "D"), ["08:00-14:00+1 (1)"]);
    assert!(profile(&COACH.replace("u B..D", "u B..D stand 3:00:01..24:00"), "A", "D").is_empty());
    assert!(profile(&COACH.replace("u B..D", "u B..D stand 0:00..2:59"), "A", "D").is_empty());
    // By default from 0 s to 24 h: at 09:00 at once, at 09:00 of the next day still, at 08:59 of the day after not.
    assert_eq!(profile(&COACH.replace("B 12:00", "B 09:00"), "A", "D"), ["08:00-14:00 (1)"]);
    let tomorrow = |time| {
        COACH
            .replace("trip u", "service next: dates 2026-01-02 2026-01-03\n trip u service next")
            .replace("B 12:00", time)
    };
    assert_eq!(profile(&tomorrow("B 09:00"), "A", "D"), ["08:00-14:00+1 (1)"]);
    assert!(profile(&tomorrow("B 09:01"), "A", "D").is_empty());
}

#[test]
fn the_earliest_alternative_carries_on() {
    let lines = COACH.replace("u B..D", "u B..D | v B..C") + "\n transfer C C type 3";
    // v leaves at 11:00 with the coach and takes it to C; it never reaches D.
    let early = lines.replace("trip u", "trip v: B 11:00 | C 11:30\n trip u");
    assert_eq!(profile(&early, "A", "C"), ["08:00-11:30 (1)"]);
    assert!(profile(&early, "A", "D").is_empty());
    // At the same time the first row counts.
    let same = lines.replace("trip u", "trip v: B 12:00 | C 12:30\n trip u");
    assert_eq!(profile(&same, "A", "D"), ["08:00-14:00 (1)"]);
    assert_eq!(profile(&same, "A", "C"), ["08:00-13:00 (1)"]);
    let swapped = same.replace("u B..D | v B..C", "v B..C | u B..D");
    assert_eq!(profile(&swapped, "A", "C"), ["08:00-12:30 (1)"]);
}

#[test]
fn a_carriage_ends_at_a_hole_and_does_not_exist_without_its_first_host() {
    let lines = "service car: dates 2026-01-01 2026-01-02
        service first: dates 2026-01-01
        stops A B C D E
        trip t: A 08:00 | B 09:00
        trip u: B 10:00 | C 11:00
        trip v service first: C 12:00 | D 13:00
        trip w: D 14:00 | E 15:00
        transfer B B type 3
        transfer C C type 3
        transfer D D type 3
        carriage k service car: t A..B, u B..C, v C..D, w D..E";
    assert_eq!(profile(lines, "A", "E"), ["08:00-15:00 (1)"]);
    assert_eq!(profile(lines, "A", "C"), ["08:00-11:00 (1)", "08:00+1-11:00+1 (1)"]);
    let without_first = lines.replace("trip t", "trip t service first");
    assert_eq!(profile(&without_first, "A", "C"), ["08:00-11:00 (1)"]);
}

#[test]
fn between_two_stops_the_carriage_makes_two_calls() {
    let lines = COACH.replace("u B..D", "v E..D").replace("trip u", "stops E\n trip v: E 11:00 | D 14:30\n trip u");
    assert_eq!(profile(&lines, "A", "D"), ["08:00-14:30 (1)"]);
    // Nobody boards where it is only taken off, nobody alights where it is only put on.
    let sealed =
        lines.replace("trip v: E 11:00", "trip v: E 11:00 (no pickup)").replace("B 09:00", "B 09:00 (no drop-off)");
    assert_eq!(profile(&sealed, "A", "D"), ["08:00-14:30 (1)"]);
    assert!(profile(&sealed, "A", "B").is_empty());
    assert!(profile(&sealed, "A", "E").is_empty());
    assert!(profile(&sealed, "E", "D").is_empty());
}

#[test]
fn pickup_and_drop_off_of_the_hosts_hold() {
    // At B the coach arrives with t and leaves with u: t's drop_off and u's pickup count.
    let lines = COACH.replace("B 09:00", "B 09:00 (no drop-off)");
    assert!(profile(&lines, "A", "B").is_empty());
    let lines = COACH.replace("B 12:00", "B 12:00 (no pickup)");
    assert!(profile(&lines, "B", "D").is_empty());
    assert_eq!(profile(&lines, "A", "D"), ["08:00-14:00 (1)"]);
    assert_eq!(profile(&COACH.replace("C 13:00", "C 13:00 (no drop-off)"), "A", "C"), Vec::<String>::new());
}

#[test]
fn rules_see_the_host_that_brings_or_takes_the_carriage() {
    let lines = "service car: dates 2026-01-01
        stops A B C X
        trip t: A 08:00 | B 09:00
        trip u route U: B 12:00 | C 13:00
        trip x: X 07:00 | A 08:00
        trip y service car: C 13:00 | X 14:00
        transfer B B type 3
        transfer A A type 3 from trip x
        transfer C C type 3 from route U
        carriage k service car: t A..B, u B..C";
    // From x into the coach only if a rule for trip t opens it; from the coach into y only if one for u does.
    assert!(profile(lines, "X", "C").is_empty());
    assert_eq!(profile(&format!("{lines}\n transfer A A type 1 from trip x to trip t"), "X", "C"), ["07:00-13:00 (2)"]);
    assert!(profile(&format!("{lines}\n transfer A A type 1 from trip x to trip u"), "X", "C").is_empty());
    assert!(profile(lines, "A", "X").is_empty());
    assert_eq!(profile(&format!("{lines}\n transfer C C type 1 from trip u"), "A", "X"), ["08:00-14:00 (2)"]);
    assert!(profile(&format!("{lines}\n transfer C C type 1 from trip t"), "A", "X").is_empty());
}

#[test]
fn a_host_may_run_in_another_feed_on_another_clock() {
    let world = World::new(
        "feed west zone Europe/Moscow days 2026-01-01..2026-01-31
         service car: dates 2026-01-12
         stops A B
         trip t: A 08:00 | B 12:00
         carriage k service car: t A..B, east:u F..G stand 1:00..2:00
         feed east zone Asia/Vladivostok days 2026-01-01..2026-01-31
         stops F G
         trip u: F 20:00 | G 22:00",
    );
    // 20:00 in Vladivostok is 13:00 in Moscow, one hour after the arrival.
    assert_eq!(world.ask("A", "east:G", "2026-01-12 00:00").profile(24), ["08:00-15:00 (1)"]);
    assert!(world.ask("A", "east:G", "2026-01-13 00:00").profile(24).is_empty());
}

#[test]
fn filters_see_the_carriage_itself_and_the_route_of_its_first_host() {
    let lines = COACH.replace("trip t", "route bus kind 3\n trip t route bus");
    let world = World::in_moscow(&lines);
    let ask = || world.ask("A", "D", "2026-01-01 00:00");
    assert_eq!(ask().profile(24), ["08:00-14:00 (1)"]);
    let (t, u) = (text::trip(&world.feeds, "t"), text::trip(&world.feeds, "u"));
    assert_eq!(ask().with(|query| query.filters.banned_trips = [t, u].into()).profile(24), ["08:00-14:00 (1)"]);
    let carriage = CarriageRef { feed: 0, row: 0 };
    assert!(ask().with(|query| query.filters.banned_carriages = [carriage].into()).profile(24).is_empty());
    assert_eq!(ask().with(|query| query.filters.modes = Some([3].into())).profile(24), ["08:00-14:00 (1)"]);
    assert!(ask().with(|query| query.filters.modes = Some([2].into())).profile(24).is_empty());
}

#[test]
fn a_carriage_has_no_links_and_its_hosts_keep_theirs() {
    let lines = format!(
        "{COACH}\n stops E\n trip e service car: D 15:00 | E 16:00\n transfer C C type 3\n transfer D D type 3\n continue u -> e"
    );
    assert!(profile(&lines, "A", "E").is_empty());
    assert_eq!(profile(&lines, "C", "E"), ["13:00-16:00 (1)"]);
}
