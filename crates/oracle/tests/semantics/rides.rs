//! Times, calendars, frequencies, boarding and alighting.

use crate::world::World;

#[test]
fn a_service_day_begins_at_noon_minus_twelve_hours() {
    // Berlin, Sunday 29 March 2026: 02:00 becomes 03:00. Noon minus 12 h is 23:00 on Saturday's clock, so 01:30 of the
    // service day shows as 00:30, and 04:00 as 04:00.
    let world = World::new(
        "feed zone Europe/Berlin
         service sunday: dates 2026-03-29
         stops A B
         trip t service sunday: A 01:30 | B 04:00",
    );
    assert_eq!(world.ask("A", "B", "2026-03-29 00:00").profile(24), ["00:30-04:00 (1)"]);
    // Pyongyang, 15 August 2015: the clock went back from 00:00 (+9) to 23:30 (+8:30) of the day before. Noon of the
    // 15th minus 12 h is 00:00 at +8:30.
    let world = World::new(
        "feed zone Asia/Pyongyang
         service liberation: dates 2015-08-14 2015-08-15
         stops A B
         trip t service liberation: A 23:50 | B 24:50",
    );
    // 23:50 of the 14th is ten minutes before midnight at +9; an hour later it is 00:50 at +9, 00:20 at +8:30.
    assert_eq!(world.ask("A", "B", "2015-08-14 12:00").earliest(), ["12:00-00:20+1 (1)"]);
}

#[test]
fn hours_beyond_24_reach_into_later_days_and_runs_of_earlier_days_count() {
    let world = World::in_moscow(
        "service first: dates 2026-01-01
         stops A B C
         trip t service first: A 08:00 | B 60:00 | C 61:00",
    );
    // 60:00 of 1 January is noon of the 3rd.
    assert_eq!(world.ask("B", "C", "2026-01-03 00:00").profile(24), ["12:00-13:00 (1)"]);
    assert_eq!(world.ask("A", "C", "2026-01-01 00:00").profile(24), ["08:00-13:00+2 (1)"]);
}

#[test]
fn a_trip_runs_on_the_days_of_its_service_and_on_no_others() {
    let world = World::in_moscow(
        "service week: 2026-01-05..2026-01-11 mon,wed dates 2026-01-09 except 2026-01-07
         stops A B
         trip t service week: A 08:00 | B 09:00",
    );
    // Monday the 5th and Friday the 9th.
    assert_eq!(
        world.ask("A", "B", "2026-01-01 00:00").profile(24 * 31),
        ["08:00+4-09:00+4 (1)", "08:00+8-09:00+8 (1)"]
    );
}

#[test]
fn pickup_and_drop_off_type_1_forbid() {
    let world = World::in_moscow(
        "stops A B C
         trip t: A 08:00 | B 09:00 (no pickup, no drop-off) | C 10:00",
    );
    assert!(world.ask("A", "B", "2026-01-01 00:00").profile(24).is_empty());
    assert!(world.ask("B", "C", "2026-01-01 00:00").profile(24).is_empty());
    assert_eq!(world.ask("A", "C", "2026-01-01 00:00").profile(24), ["08:00-10:00 (1)"]);
}

#[test]
fn a_trip_may_call_at_a_stop_twice() {
    let world = World::in_moscow(
        "stops A B C
         trip t: A 08:00 | B 09:00 | A 10:00 | C 11:00",
    );
    // Boarding at the second call is later and arrives as early.
    assert_eq!(world.ask("A", "C", "2026-01-01 00:00").profile(24), ["10:00-11:00 (1)"]);
    assert_eq!(world.ask("B", "A", "2026-01-01 00:00").profile(24), ["09:00-10:00 (1)"]);
    assert_eq!(world.ask("A", "B", "2026-01-01 00:00").profile(24), ["08:00-09:00 (1)"]);
}

#[test]
fn frequencies_depart_at_start_and_every_headway_before_the_end() {
    let world = World::in_moscow(
        "service first: dates 2026-01-01
         stops A B C
         trip t service first: A 00:00 | B 00:10-00:11 | C 00:30
         frequency t 08:00..08:20 every 600
         frequency t 25:00..25:01 every 3600 exact",
    );
    // 08:20 is the end and does not depart; 25:00 is 01:00 of the next day; the template itself does not run.
    let day = world.ask("A", "C", "2026-01-01 00:00").profile(48);
    assert_eq!(day, ["08:00-08:30 (1)", "08:10-08:40 (1)", "01:00+1-01:30+1 (1)"]);
    assert_eq!(world.ask("B", "C", "2026-01-01 00:00").profile(24), ["08:11-08:30 (1)", "08:21-08:40 (1)"]);
}

#[test]
fn feeds_of_different_zones_keep_their_own_clocks() {
    let world = World::new(
        "feed west zone Europe/Moscow days 2026-01-01..2026-01-01
         stops A B
         trip t: A 08:00 | B 09:00
         feed east zone Asia/Vladivostok days 2026-01-01..2026-01-01
         stops C D
         trip u: C 16:00 | D 16:30",
    );
    // Vladivostok is at +10, Moscow at +3: 16:00 there is 09:00 here.
    assert_eq!(world.ask("C", "D", "2026-01-01 00:00").profile(24), ["09:00-09:30 (1)"]);
}

#[test]
fn overtaking_within_and_across_days_is_seen() {
    let world = World::in_moscow(
        "stops A B
         service first: dates 2026-01-01
         service second: dates 2026-01-02
         trip slow service first: A 08:00 | B 60:00
         trip quick service second: A 09:00 | B 10:00
         trip late service first: A 25:00 | B 26:00
         trip early service second: A 00:30 | B 03:00",
    );
    // slow 08:00 → 12:00+2; late 01:00+1 → 02:00+1; early 00:30+1 → 03:00+1; quick 09:00+1 → 10:00+1. Late leaves after
    // early and arrives before it.
    let profile = world.ask("A", "B", "2026-01-01 00:00").profile(72);
    assert_eq!(profile, ["01:00+1-02:00+1 (1)", "09:00+1-10:00+1 (1)"]);
    assert_eq!(world.ask("A", "B", "2026-01-01 00:00").earliest(), ["00:00-02:00+1 (1)"]);
    // With a window of a day only slow, early and none of the next morning's are inside.
    let day = world.ask("A", "B", "2026-01-01 00:00").profile(25);
    assert_eq!(day, ["00:30+1-03:00+1 (1)"], "slow is beaten by early inside the window");
}
