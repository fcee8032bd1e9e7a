//! Journeys as a traveller would read them, on worlds small enough to work out by hand.

use crate::world::{depart, stop, text, trip, world, world_with};
use tumen_routing::{BannedRuns, Direction, Engine, Limit, Mask, Network, Query, Router, Settings, Walk};
use tumen_timetable::Timetable;
use tumen_timetable::compile::WalkOptions;

const DAY: i32 = 86_400;

fn ask(timetable: &Timetable, query: &Query<'_>) -> Vec<String> {
    let network = Network::new(timetable.columns(), Settings::STRICT).expect("a network");
    let answer = Router::new(&network).journeys(query).expect("an answer");
    text(timetable, &answer)
}

fn ask_profile(timetable: &Timetable, query: &Query<'_>, window: i32) -> Vec<String> {
    let network = Network::new(timetable.columns(), Settings::STRICT).expect("a network");
    let answer = Router::new(&network).profile(query, window).expect("an answer");
    text(timetable, &answer)
}

const CARRIAGE: &str = "
    feed zone Europe/Moscow days 2026-01-01..2026-03-31
    stops M U V K T P
    service car: dates 2026-01-12 2026-01-26
    service tail: dates 2026-01-19 2026-02-02
    trip rossiya: M 00:35 | U 164:00-164:10 | V 166:00
    trip khasan service tail: U 06:45 | K 12:25
    trip bridge service tail: K 15:30 | T 15:47
    trip kp8 service tail: T 17:50 | P 45:25
    carriage sleeper service car: rossiya M..U, khasan U..K, bridge K..T, kp8 T..P
";

#[test]
fn the_sleeping_car_is_one_ride_over_four_trains() {
    let world = world(CARRIAGE);
    let query = depart(&world, "M", "P", "2026-01-02T00:00");
    assert_eq!(
        ask(&world, &query),
        ["11 21:35 M -sleeper-> P 20 18:25 (1)"],
        "the Rossiya of an earlier day, then a wait for the same tail, arrives no earlier with more trips"
    );
    let window = ask_profile(&world, &query, 60 * DAY);
    assert_eq!(window.iter().filter(|line| line.contains("sleeper")).count(), 2);
}

/// Trains at six and eight, a slow one at nine, the next at noon; nothing in the afternoon.
const MORNING: &str = "
    feed zone UTC days 2026-01-01..2026-03-31
    stops A B
    trip six: A 06:00 | B 07:00
    trip eight: A 08:00 | B 09:00
    trip slow: A 09:00 | B 15:00
    trip noon: A 12:00 | B 13:00
";

fn ask_connections(timetable: &Timetable, query: &Query<'_>, count: usize, longest: i32) -> Vec<String> {
    let network = Network::new(timetable.columns(), Settings::STRICT).expect("a network");
    let answer = Router::new(&network).connections(query, count, longest).expect("an answer");
    text(timetable, &answer)
}

#[test]
fn the_next_connections_are_found_however_long_one_waits() {
    let world = world(MORNING);
    let query = depart(&world, "A", "B", "2026-01-03T05:30");
    assert_eq!(
        ask_connections(&world, &query, 4, 60 * DAY),
        [
            "03 06:00 A -six-> B 03 07:00 (1)",
            "03 08:00 A -eight-> B 03 09:00 (1)",
            "03 12:00 A -noon-> B 03 13:00 (1)",
            "04 06:00 A -six-> B 04 07:00 (1)",
        ],
        "who takes the slow train arrives after those who leave at noon"
    );
    assert_eq!(ask_connections(&world, &query, 4, 2 * 3600), ["03 06:00 A -six-> B 03 07:00 (1)"], "no longer window");
    assert_eq!(ask_connections(&world, &query, 0, DAY), [] as [&str; 0]);
    assert_eq!(ask_connections(&world, &query, 1_000, 5 * DAY), ask_profile(&world, &query, 5 * DAY));
}

#[test]
fn riding_only_as_far_as_one_host_goes_names_the_plain_train() {
    let world = world(CARRIAGE);
    let query = depart(&world, "M", "U", "2026-01-11T12:00");
    assert_eq!(ask(&world, &query), ["11 21:35 M -rossiya-> U 18 17:00 (1)"]);
}

#[test]
fn a_coach_is_needed_where_the_journey_crosses_a_joint() {
    let world = world(CARRIAGE);
    let query = depart(&world, "U", "T", "2026-01-19T00:00");
    assert_eq!(ask(&world, &query), ["19 03:45 U -sleeper-> T 19 12:47 (1)"]);
}

const WAITS: &str = "
    feed zone UTC days 2026-01-01..2026-03-31
    stops A B C
    service monthly: dates 2026-01-12
    trip early: A 08:00 | B 10:00
    trip rare service monthly: B 12:00 | C 14:00
";

#[test]
fn a_nine_day_wait_is_found_and_rejected_under_a_day_of_patience() {
    let world = world(WAITS);
    let mut query = depart(&world, "A", "C", "2026-01-03T00:00");
    assert_eq!(ask(&world, &query), ["03 08:00 A -early-> B -rare-> C 12 14:00 (2)"]);
    query.max_wait = Some(DAY);
    assert_eq!(
        ask(&world, &query),
        ["12 08:00 A -early-> B -rare-> C 12 14:00 (2)"],
        "the early train of the day itself"
    );
    query.horizon = 5 * DAY;
    let network = Network::new(world.columns(), Settings::STRICT).expect("a network");
    let answer = Router::new(&network).journeys(&query).expect("an answer");
    assert!(answer.journeys.is_empty());
    assert_eq!(answer.limits, [Limit::Horizon], "the limit is named");
    assert_eq!(answer.engine, Engine::Runs);
}

#[test]
fn arriving_by_takes_the_latest_departure() {
    let world = world(WAITS);
    let mut query = depart(&world, "A", "C", "2026-01-13T00:00");
    query.direction = Direction::ArriveBy;
    assert_eq!(ask(&world, &query), ["12 08:00 A -early-> B -rare-> C 12 14:00 (2)"]);
}

#[test]
fn a_night_train_is_boarded_before_the_clock_springs_forward_and_left_after() {
    let world = world(
        "feed zone Europe/Berlin days 2026-03-27..2026-03-31
         stops A B
         trip night: A 22:00 | B 30:00",
    );
    let query = depart(&world, "A", "B", "2026-03-28T12:00");
    // Times count from noon minus twelve hours: on 28 March that is midnight of winter time, so 30:00 is 7:00 of summer time.
    assert_eq!(ask(&world, &query), ["28 21:00 A -night-> B 29 05:00 (1)"]);
}

#[test]
fn a_later_train_is_taken_for_where_it_continues() {
    // The first train ends at B; only the second becomes the train to C, and the passenger stays in the seat.
    let world = world(
        "feed zone UTC days 2026-01-01..2026-01-03
         stops A B C
         trip first: A 08:00 | B 09:00
         trip second: A 08:30 | B 09:30
         trip onward: B 09:40 | C 10:00
         continue second -> onward",
    );
    let query = depart(&world, "A", "C", "2026-01-01T07:00");
    assert_eq!(ask(&world, &query), ["01 08:30 A -second=onward-> C 01 10:00 (1)"]);
    assert_eq!(ask_profile(&world, &query, DAY), ["01 08:30 A -second=onward-> C 01 10:00 (1)"]);
}

#[test]
fn a_masked_hop_is_not_crossed_but_ridden_up_to() {
    let world = world(
        "feed zone UTC days 2026-01-01..2026-01-10
         stops A B C
         trip t: A 08:00 | B 09:00 | C 10:00",
    );
    let mut query = depart(&world, "A", "C", "2026-01-01T00:00");
    let mask = Mask { trip: trip(&world, "t"), first_hop: 1, last_hop: 1, first_day: 0, last_day: 2 };
    query.filter.masks.push(mask);
    assert_eq!(ask(&world, &query), ["04 08:00 A -t-> C 04 10:00 (1)"], "the first day after the mask");
    let mut to_b = depart(&world, "A", "B", "2026-01-01T00:00");
    to_b.filter.masks.push(mask);
    assert_eq!(ask(&world, &to_b), ["01 08:00 A -t-> B 01 09:00 (1)"]);
    to_b.filter.masks[0].first_hop = 0;
    assert_eq!(ask(&world, &to_b), ["04 08:00 A -t-> B 04 09:00 (1)"], "both hops are closed");
}

/// Two trips with the same stops cross a border on different dates: a mask is about one of them.
#[test]
fn a_mask_closes_a_hop_to_one_trip_and_not_to_the_next() {
    let world = world(
        "feed zone UTC days 2026-01-01..2026-01-10
         stops A B
         trip early: A 23:00 | B 23:30
         trip late: A 23:50 | B 24:20",
    );
    let mut query = depart(&world, "A", "B", "2026-01-01T12:00");
    query.filter.masks.push(Mask { trip: trip(&world, "early"), first_hop: 0, last_hop: 0, first_day: 0, last_day: 0 });
    assert_eq!(ask(&world, &query), ["01 23:50 A -late-> B 02 00:20 (1)"]);
}

/// A suspended service is left out by the fast engine, on its days and no others.
#[test]
fn banned_runs_are_left_out_on_their_days() {
    let world = world(
        "feed zone UTC days 2026-01-01..2026-01-10
         stops A B C
         trip t block b: A 08:00 | B 09:00
         trip u block b: B 09:00 | C 10:00",
    );
    let mut query = depart(&world, "A", "C", "2026-01-01T00:00");
    query.filter.banned_runs.push(BannedRuns { trip: trip(&world, "u"), first_day: 0, last_day: 1 });
    assert_eq!(ask(&world, &query), ["03 08:00 A -t=u-> C 03 10:00 (1)"]);
    let network = Network::new(world.columns(), Settings::STRICT).expect("a network");
    assert_eq!(Router::new(&network).journeys(&query).expect("an answer").engine, Engine::Rounds);
}

#[test]
fn banned_stops_may_be_ridden_through() {
    let world = world(
        "feed zone UTC days 2026-01-01..2026-01-10
         stops A B C
         trip t: A 08:00 | B 09:00 | C 10:00",
    );
    let mut query = depart(&world, "A", "C", "2026-01-01T00:00");
    query.filter.banned_stops.push(stop(&world, "B"));
    assert_eq!(ask(&world, &query), ["01 08:00 A -t-> C 01 10:00 (1)"]);
    let mut to_b = depart(&world, "A", "B", "2026-01-01T00:00");
    to_b.filter.banned_stops.push(stop(&world, "B"));
    assert!(ask(&world, &to_b).is_empty());
}

const PLATFORMS: &str = "
    feed zone UTC days 2026-01-01..2026-01-10
    station S 50,10
    stop S1 50,10 in S
    stop S2 50,10.0005 in S
    stop A 51,10
    stop B 52,10
    trip in: A 08:00 | S1 09:00
    trip soon: S2 09:01 | B 10:00
    trip later: S2 09:10 | B 11:00
";

#[test]
fn platforms_are_changed_between_only_in_the_ordinary_mode() {
    let world = world_with(PLATFORMS, WalkOptions::default());
    let query = depart(&world, "A", "B", "2026-01-01T00:00");
    assert!(ask(&world, &query).is_empty(), "the strict mode knows transfers.txt only");
    let ordinary = Settings { walk: Walk::Metres(500), change_time: 120 };
    let network = Network::new(world.columns(), ordinary).expect("a network");
    let answer = Router::new(&network).journeys(&query).expect("an answer");
    assert_eq!(text(&world, &answer), ["01 08:00 A -in-> S1 ~> S2 -later-> B 01 11:00 (2)"]);
}

#[test]
fn a_query_may_walk_farther_than_the_timetable_was_imported_with() {
    let world = world_with(
        "feed zone UTC days 2026-01-01..2026-01-10
         stop A 50,10
         stop B 51,10
         stop C 51,10.01
         stop D 52,10
         trip in: A 08:00 | B 09:00
         trip out: C 10:00 | D 11:00",
        WalkOptions { radius_m: 100, detour_permille: 1_000, ..WalkOptions::default() },
    );
    let query = depart(&world, "A", "D", "2026-01-01T00:00");
    let ask = |metres| {
        let settings = Settings { walk: Walk::Metres(metres), change_time: 120 };
        let network = Network::new(world.columns(), settings).expect("a network");
        text(&world, &Router::new(&network).journeys(&query).expect("an answer"))
    };
    assert!(ask(600).is_empty());
    assert_eq!(ask(800), ["01 08:00 A -in-> B ~> C -out-> D 01 11:00 (2)"], "700 m along the parallel");
}

#[test]
fn the_next_journey_with_the_fewest_boardings_leaves_as_late_as_it_can() {
    let world = world(CARRIAGE);
    let network = Network::new(world.columns(), Settings::STRICT).expect("a network");
    let mut router = Router::new(&network);
    let mut query = depart(&world, "M", "P", "2026-01-02T00:00");
    query.horizon = 60 * DAY;
    let mut dates = Vec::new();
    while let Some(journey) = router.next(&query).expect("an answer") {
        dates.push((journey.departure - query.time).div_euclid(DAY));
        query.time = journey.departure + 1;
    }
    assert_eq!(dates, [9, 13], "the 12th, and two weeks after it the 26th");
}

#[test]
fn a_cancelled_search_says_so() {
    let world = world(CARRIAGE);
    let cancel = || true;
    let mut query = depart(&world, "M", "P", "2026-01-02T00:00");
    query.cancel = Some(&cancel);
    let network = Network::new(world.columns(), Settings::STRICT).expect("a network");
    let answer = Router::new(&network).journeys(&query).expect("an answer");
    assert_eq!(answer.limits, [Limit::Cancelled]);
}

#[test]
fn numbers_outside_their_limits_are_refused_by_name() {
    let world = world(WAITS);
    let network = Network::new(world.columns(), Settings::STRICT).expect("a network");
    let mut query = depart(&world, "A", "C", "2026-01-03T00:00");
    query.horizon = -1;
    let error = Router::new(&network).journeys(&query).expect_err("a negative horizon");
    assert_eq!(error.to_string(), "the horizon in seconds is -1, expected 0 to 632448000");
    query = depart(&world, "A", "C", "2026-01-03T00:00");
    query.direction = Direction::ArriveBy;
    assert!(Router::new(&network).profile(&query, DAY).is_err());
}

/// Once runs were numbered also where some trips wait for others, whoever stayed seated into a trip that is waited for missed the train
/// that waited.
#[test]
fn who_stays_seated_is_waited_for_too() {
    let world = world(
        "feed zone UTC days 2026-01-01..2026-01-31
         stops A B C D
         trip first: A 08:00 | B 09:00
         trip second: B 09:05 | C 10:00
         trip waiting: C 10:05 | D 11:00
         trip later: C 10:30 | D 12:00
         continue first -> second
         transfer C C type 1 from trip second to trip waiting",
    );
    let settings = Settings { change_time: 900, ..Settings::STRICT };
    let network = Network::new(world.columns(), settings).expect("a network");
    let mut router = Router::new(&network);
    let mut query = depart(&world, "A", "D", "2026-01-05T08:00");
    query.horizon = DAY;
    // The second question is answered from the runs of the first one's days.
    for _ in 0..3 {
        let answer = router.journeys(&query).expect("an answer");
        assert_eq!(text(&world, &answer), ["05 08:00 A -first=second-> C -waiting-> D 05 11:00 (2)"]);
    }
}
