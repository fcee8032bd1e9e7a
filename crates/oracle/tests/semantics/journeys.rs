//! Journeys: origins and destinations, walking, dominance, windows, horizons, waits, filters.

use crate::world::World;
use tumen_oracle::{AgencyRef, Closure, text};

const HOUR: i64 = 3600;

fn one_day(lines: &str) -> World {
    World::new(&format!("feed zone Europe/Moscow days 2026-01-01..2026-01-01\n{lines}"))
}

#[test]
fn a_station_means_itself_and_everything_in_it() {
    let world = one_day(
        "stops A Z
         station S
         stop S1 in S
         stop S1a in S1
         trip t: A 08:00 | S1 09:00
         trip u: S1a 10:00 | Z 11:00",
    );
    assert_eq!(world.ask("A", "S", "2026-01-01 08:00").earliest(), ["08:00-09:00 (1)"]);
    assert_eq!(world.ask("S", "Z", "2026-01-01 08:00").earliest(), ["08:00-11:00 (1)"]);
    assert!(world.ask("A", "S1a", "2026-01-01 08:00").earliest().is_empty(), "a stop is itself alone");
}

#[test]
fn from_a_stop_to_itself_is_one_row_of_no_trips() {
    let world = one_day(
        "stops B
         station S
         stop A in S
         trip t: A 08:00 | B 09:00 | A 10:00",
    );
    for to in ["A", "S"] {
        assert_eq!(world.ask("A", to, "2026-01-01 07:00").earliest(), ["07:00-07:00 (0)"]);
        assert_eq!(world.ask("A", to, "2026-01-01 12:00").latest(), ["12:00-12:00 (0)"]);
        assert!(world.ask("A", to, "2026-01-01 00:00").profile(24).is_empty());
    }
}

#[test]
fn walking_alone_has_no_trips_and_drops_rides_that_are_no_earlier() {
    // Ten minutes on foot; the first train is quicker, the second exactly as quick, the third slower.
    let world = one_day(
        "stops A B
         trip t: A 08:00 | B 08:09
         trip u: A 09:00 | B 09:10
         trip v: A 10:00 | B 10:11
         transfer A B type 2 min 600",
    );
    assert_eq!(world.ask("A", "B", "2026-01-01 08:00").earliest(), ["08:00-08:09 (1)", "08:00-08:10 (0)"]);
    assert_eq!(world.ask("A", "B", "2026-01-01 09:00").earliest(), ["09:00-09:10 (0)"]);
    assert_eq!(
        world.ask("A", "B", "2026-01-01 08:00").with(|query| query.horizon_s = 599).earliest(),
        ["08:00-08:09 (1)"]
    );
    assert_eq!(world.ask("A", "B", "2026-01-01 00:00").profile(24), ["08:00-08:09 (1)"]);
    assert_eq!(world.ask("A", "B", "2026-01-01 08:09").latest(), ["07:59-08:09 (0)", "08:00-08:09 (1)"]);
}

#[test]
fn every_pair_that_no_other_beats_is_reported() {
    // One trip at 12:00, two at 11:00, three at 10:00; another with three at 10:30 is beaten.
    let world = one_day(
        "stops A B C Z
         trip direct: A 08:00 | Z 12:00
         trip t: A 08:00 | B 08:30
         trip u: B 08:30 | Z 11:00
         trip v: B 08:30 | C 09:00
         trip w: C 09:00 | Z 10:00
         trip x: C 09:00 | Z 10:30",
    );
    let ask = || world.ask("A", "Z", "2026-01-01 07:00");
    assert_eq!(ask().earliest(), ["07:00-10:00 (3)", "07:00-11:00 (2)", "07:00-12:00 (1)"]);
    assert_eq!(ask().profile(24), ["08:00-10:00 (3)", "08:00-11:00 (2)", "08:00-12:00 (1)"]);
    assert_eq!(ask().with(|query| query.max_trips = 2).earliest(), ["07:00-11:00 (2)", "07:00-12:00 (1)"]);
    assert!(ask().with(|query| query.max_trips = 0).earliest().is_empty());
}

#[test]
fn no_journey_has_more_than_32_trips() {
    // Trip n goes from stop n to stop n + 1 at minute n of eight o'clock.
    let stops: Vec<String> = (0..35).map(|n| format!("s{n}")).collect();
    let trips: Vec<String> =
        (0..34).map(|n| format!("trip t{n}: s{n} 08:{n:02} | s{} 08:{:02}", n + 1, n + 1)).collect();
    let world = one_day(&format!("stops {}\n{}", stops.join(" "), trips.join("\n")));
    assert_eq!(world.ask("s0", "s32", "2026-01-01 08:00").earliest(), ["08:00-08:32 (32)"]);
    let ask = || world.ask("s0", "s33", "2026-01-01 08:00");
    assert!(ask().earliest().is_empty());
    assert!(ask().with(|query| query.max_trips = 40).earliest().is_empty());
}

#[test]
fn a_profile_holds_the_departures_of_its_window_end_exclusive() {
    let world = one_day(
        "stops A B Z
         trip t: A 08:00 | Z 12:00
         trip u: A 09:00 | Z 12:00
         trip v: A 10:00 | Z 11:00
         trip w: B 08:30 | Z 11:30
         transfer A B type 2 min 1800",
    );
    let profile = |from, hours| world.ask("A", "Z", from).profile(hours);
    // The walk belongs to the departure: w at 08:30 means leaving at 08:00, and beats t.
    assert_eq!(profile("2026-01-01 08:00", 1), ["08:00-11:30 (1)"], "only departures inside the window dominate");
    assert_eq!(profile("2026-01-01 08:00", 2), ["08:00-11:30 (1)", "09:00-12:00 (1)"]);
    assert_eq!(profile("2026-01-01 08:00", 3), ["10:00-11:00 (1)"]);
    assert!(profile("2026-01-01 07:00", 1).is_empty(), "the end is not inside");
}

#[test]
fn the_horizon_is_inclusive_and_counts_from_the_departure_or_the_query() {
    let world = one_day(
        "stops A Z
         trip t: A 08:00 | Z 12:00",
    );
    let ask = |time, horizon_s| world.ask("A", "Z", time).with(|query| query.horizon_s = horizon_s);
    assert_eq!(ask("2026-01-01 07:00", 5 * HOUR).earliest(), ["07:00-12:00 (1)"]);
    assert!(ask("2026-01-01 07:00", 5 * HOUR - 1).earliest().is_empty());
    assert_eq!(ask("2026-01-01 00:00", 4 * HOUR).profile(24), ["08:00-12:00 (1)"]);
    assert!(ask("2026-01-01 00:00", 4 * HOUR - 1).profile(24).is_empty());
    assert_eq!(ask("2026-01-01 13:00", 5 * HOUR).latest(), ["08:00-13:00 (1)"]);
    assert!(ask("2026-01-01 13:00", 5 * HOUR - 1).latest().is_empty());
}

#[test]
fn arriving_by_a_time_gives_every_latest_departure() {
    let world = one_day(
        "stops A B Z
         trip t: A 08:00 | Z 12:00
         trip u: A 09:00 | B 10:00
         trip v: B 10:00 | Z 11:00
         trip w: A 09:30 | Z 12:01",
    );
    assert_eq!(world.ask("A", "Z", "2026-01-01 12:00").latest(), ["08:00-12:00 (1)", "09:00-12:00 (2)"]);
    assert_eq!(world.ask("A", "Z", "2026-01-01 12:01").latest(), ["09:30-12:01 (1)"]);
    assert_eq!(world.ask("A", "Z", "2026-01-01 11:59").latest(), ["09:00-11:59 (2)"]);
}

#[test]
fn max_wait_bounds_changing_and_nothing_else() {
    let world = one_day(
        "stops A B C Z
         trip t: A 08:00 | B 09:00
         trip u: C 10:00 | Z 12:00-18:00 | A 19:00
         transfer B C type 2 min 600",
    );
    let ask = |to, max_wait| world.ask("A", to, "2026-01-01 00:00").with(|query| query.max_wait = Some(max_wait));
    // An hour from alighting at 09:00 to boarding at 10:00, the walk included; eight hours before the first ride and
    // six hours aboard do not count.
    assert_eq!(ask("Z", HOUR).earliest(), ["00:00-12:00 (2)"]);
    assert!(ask("Z", HOUR - 1).earliest().is_empty());
    let ask = |max_wait| world.ask("B", "A", "2026-01-01 00:00").with(|query| query.max_wait = Some(max_wait));
    assert_eq!(ask(0).earliest(), ["00:00-19:00 (1)"]);
}

#[test]
fn standing_in_a_carriage_is_no_wait() {
    let world = one_day(
        "stops A B C
         trip t: A 08:00 | B 09:00
         trip u: B 15:00 | C 16:00
         carriage k service daily: t A..B, u B..C",
    );
    let ask = world.ask("A", "C", "2026-01-01 00:00").with(|query| query.max_wait = Some(0));
    assert_eq!(ask.earliest(), ["00:00-16:00 (1)"]);
}

#[test]
fn under_max_wait_an_earlier_arrival_does_not_hide_a_later_one() {
    // t is at B at 09:00, u (the same route, the same stop) at 10:00; v leaves at 10:30 and waits are 45 minutes at most.
    let world = one_day(
        "stops A B Z
         trip t: A 08:00 | B 09:00
         trip u: A 08:00 | B 10:00
         trip v: B 10:30 | Z 11:00",
    );
    let ask = || world.ask("A", "Z", "2026-01-01 08:00").with(|query| query.max_wait = Some(45 * 60));
    assert_eq!(ask().earliest(), ["08:00-11:00 (2)"]);
    assert_eq!(ask().profile(1), ["08:00-11:00 (2)"]);
    // A wait of nine days is found, and rejected under a day (the trips run on different days).
    let world = World::new(
        "feed zone Europe/Moscow
         service early: dates 2026-01-01
         service late: dates 2026-01-10
         stops A B Z
         trip t service early: A 08:00 | B 09:00
         trip v service late: B 09:00 | Z 10:00",
    );
    let ask = || world.ask("A", "Z", "2026-01-01 08:00");
    assert_eq!(ask().earliest(), ["08:00-10:00+9 (2)"]);
    assert!(ask().with(|query| query.max_wait = Some(24 * HOUR)).earliest().is_empty());
}

#[test]
fn banned_stops_are_ridden_through_only() {
    let world = one_day(
        "stops A B C Z
         trip t: A 08:00 | B 09:00 | Z 13:00
         trip u: B 09:00 | Z 11:00
         trip v: C 09:10 | Z 10:00
         transfer B C
         transfer B Z type 2 min 7200",
    );
    let ban = |from, to, stop: &str| {
        let stop = text::stop(&world.feeds, stop);
        world.ask(from, to, "2026-01-01 08:00").with(|query| query.filters.banned_stops = [stop].into()).earliest()
    };
    assert_eq!(ban("A", "Z", "B"), ["08:00-13:00 (1)"]);
    assert_eq!(ban("A", "Z", "C"), ["08:00-11:00 (1)"], "on foot from B as early as with u");
    assert!(ban("A", "Z", "Z").is_empty());
    assert!(ban("A", "Z", "A").is_empty());
    assert!(ban("A", "A", "A").is_empty());
}

#[test]
fn banned_trips_are_neither_boarded_nor_entered() {
    let world = one_day(
        "stops A B C
         trip t block b: A 08:00 | B 09:00
         trip u block b: B 09:00 | C 10:00
         trip v: B 09:00 | C 11:00",
    );
    let ban = |trip: &str| {
        let trip = text::trip(&world.feeds, trip);
        world.ask("A", "C", "2026-01-01 08:00").with(|query| query.filters.banned_trips = [trip].into()).earliest()
    };
    assert_eq!(ban("v"), ["08:00-10:00 (1)"]);
    assert_eq!(ban("u"), ["08:00-11:00 (2)"]);
    assert!(ban("t").is_empty());
}

#[test]
fn a_closed_hop_may_be_ridden_up_to_but_not_across() {
    let world = World::new(
        "feed zone Europe/Moscow days 2026-01-01..2026-01-02
         stops A B C D
         trip t: A 08:00 | B 09:00 | C 10:00 | D 11:00
         trip u: C 12:00 | D 13:00",
    );
    let [b, c] = ["B", "C"].map(|id| text::stop(&world.feeds, id));
    let first = tumen_base::Date::parse_typed("2026-01-01").expect("a date");
    let closure = Closure { from: b, to: c, first, last: first };
    let ask = |from, to| {
        world.ask(from, to, "2026-01-01 00:00").with(|query| query.filters.closures = vec![closure]).profile(24)
    };
    assert_eq!(ask("A", "B"), ["08:00-09:00 (1)"]);
    assert_eq!(ask("C", "D"), ["10:00-11:00 (1)", "12:00-13:00 (1)"]);
    assert!(ask("B", "C").is_empty());
    assert_eq!(ask("A", "D"), ["08:00-11:00+1 (2)"], "out at B, on with the next day's run");
    let tomorrow = world.ask("A", "D", "2026-01-01 00:00").with(|query| query.filters.closures = vec![closure]);
    assert_eq!(tomorrow.earliest(), ["00:00-11:00+1 (1)"], "it is closed to the runs of one day");
}

#[test]
fn extra_change_time_is_added_to_every_change_and_to_nothing_else() {
    let world = one_day(
        "stops A A2 B Z Z2
         trip t: A2 08:00 | B 09:00
         trip u: B 09:05 | Z 10:05
         trip v: B 09:10 | Z 10:10
         transfer A A2 type 2 min 60
         transfer Z Z2 type 2 min 60",
    );
    let ask = |seconds| {
        let ask = world.ask("A", "Z2", "2026-01-01 07:59").with(|query| query.extra_change_s = seconds);
        ask.profile(1)
    };
    assert_eq!(ask(300), ["07:59-10:06 (2)"]);
    assert_eq!(ask(301), ["07:59-10:11 (2)"]);
}

#[test]
fn a_change_takes_no_less_than_the_least_change_time() {
    let world = one_day(
        "stops A B B2 Z
         trip t: A 08:00 | B 09:00
         trip u: B 09:05 | Z 10:05
         trip v: B 09:10 | Z 10:10
         trip w: B2 09:15 | Z 10:15
         transfer B B2 type 2 min 900
         transfer B B type 1 from trip t to trip u",
    );
    let ask = |least, extra| {
        let ask = world.ask("A", "Z", "2026-01-01 08:00").with(|query| {
            query.least_change_s = least;
            query.extra_change_s = extra;
        });
        ask.profile(1)
    };
    assert_eq!(ask(300, 0), ["08:00-10:05 (2)"]);
    assert_eq!(ask(301, 0), ["08:00-10:10 (2)"], "a guaranteed change takes as long as any other");
    assert_eq!(ask(601, 0), ["08:00-10:15 (2)"], "the rule of fifteen minutes is longer anyway");
    assert_eq!(ask(300, 300), ["08:00-10:10 (2)"]);
    assert!(ask(601, 300).is_empty());
}

#[test]
fn modes_and_agencies_are_those_of_the_route() {
    let world = one_day(
        "agency rail
         agency air
         route SU kind 1100 agency air
         route R kind 2 agency rail
         stops A B
         trip plane route SU: A 08:00 | B 09:00
         trip train route R: A 08:00 | B 20:00",
    );
    let ask = || world.ask("A", "B", "2026-01-01 08:00");
    assert_eq!(ask().earliest(), ["08:00-09:00 (1)"]);
    assert_eq!(ask().with(|query| query.filters.modes = Some([2, 3].into())).earliest(), ["08:00-20:00 (1)"]);
    assert_eq!(ask().with(|query| query.filters.modes = Some([1100].into())).earliest(), ["08:00-09:00 (1)"]);
    let agency = |agency| AgencyRef { feed: 0, agency };
    assert_eq!(ask().with(|query| query.filters.agencies = Some([agency(0)].into())).earliest(), ["08:00-20:00 (1)"]);
    assert!(ask().with(|query| query.filters.agencies = Some([].into())).earliest().is_empty());
}
