//! Journeys that wait for days, cars on leap days, cars whose host does not run: on fixtures.

mod common;

use common::Compiled;
use insta::assert_snapshot;

/// N5: nine days on a platform are an answer, unless waiting is bounded.
#[test]
fn nine_days_are_waited_unless_waiting_is_bounded() {
    let patient = Compiled::of_text(
        r#"
        feed zone Europe/Moscow days 2026-12-01..2026-12-31
        stop A "Alpha"
        stop B "Beta"
        stop C "Gamma"
        service first: dates 2026-12-03
        service tenth: dates 2026-12-12
        trip t1 service first: A 08:00 | B 12:00
        trip t2 service tenth: B 12:00 | C 20:00
        "#,
    );
    let args = ["plan", "Alpha", "Gamma", "--depart", "2026-12-01"];
    let said = patient.ask(&args);
    assert!(said.out.contains("Wait 9 d in Beta"), "{}", said.out);
    assert_snapshot!(said.all());
    let bounded = patient.ask(&[&args[..], &["--max-wait", "24h"]].concat());
    assert_eq!(bounded.code, 1, "{}", bounded.out);
}

/// The car of 26 February 2028 passes the 29th and arrives on 5 March: day +8 all the same.
#[test]
fn the_car_over_a_leap_day() {
    let leap = Compiled::of_text(
        r#"
        feed zone Europe/Moscow days 2028-02-01..2028-03-31
        stop M "Moscow"
        stop U "Ussuriysk" zone Asia/Vladivostok
        stop P "Pyongyang" zone Asia/Pyongyang
        service car: dates 2028-02-12 2028-02-26
        trip rossiya: M 00:35 | U 164:55-165:13
        trip east: U 167:45 | P 207:25
        carriage sleeper "Sleeping car" service car: rossiya M..U, east U..P
        "#,
    );
    let said = leap.ask(&["plan", "Moscow", "Pyongyang", "--depart", "2028-02-20"]);
    assert!(said.out.contains("Sat 26 Feb 2028 00:35 (UTC+3) → Sun 5 Mar 2028 21:25 (UTC+9), day +8"), "{}", said.out);
    assert_snapshot!(said.all());
}

/// On a day without a host the car is a reported hole: it is offered as far as it comes, and not beyond.
#[test]
fn a_car_without_its_host_is_not_offered() {
    let holed = Compiled::of_text(
        r#"
        feed zone Europe/Moscow days 2026-12-01..2026-12-31
        stop A "Alpha"
        stop B "Beta"
        stop C "Gamma"
        service car: dates 2026-12-12 2026-12-26
        service once: dates 2026-12-12
        trip first: A 08:00 | B 12:00
        trip second service once: B 13:00 | C 18:00
        carriage k "The car" service car: first A..B, second B..C
        "#,
    );
    let whole = holed.ask(&["plan", "Alpha", "Gamma", "--depart", "2026-12-10", "--json"]).json();
    assert_eq!(whole["itineraries"][0]["legs"][0]["tumen"]["carriage"]["id"], "k");
    let hole = holed.ask(&["plan", "Alpha", "Gamma", "--depart", "2026-12-20"]);
    assert_eq!(hole.code, 1, "{}", hole.out);
    let dates = holed.ask(&["next", "Alpha", "Gamma", "--from", "2026-12-01", "--json"]).json();
    assert_eq!(dates["departures"].as_array().map(Vec::len), Some(1));
    assert_eq!(dates["departures"][0]["date"], "2026-12-12");
}

/// A search that is given no time says so instead of pretending that there is nothing.
#[test]
fn a_search_without_time_says_that_it_was_stopped() {
    let answer = common::tumen(&["plan", "Moscow", "Pyongyang", "--timeout", "0", "--json"]).json();
    assert_eq!(answer["itineraries"].as_array().map(Vec::len), Some(0));
    assert_eq!(answer["tumen"]["limits"][0]["limit"], "cancelled", "{:#}", answer["tumen"]["limits"]);
}

/// New York's buses end where nobody may step off and go on, in-seat, as the next trip from the same stop: `next` panicked on
/// a journey that ends at that trip's first call, for such a ride has no hop of its own.
#[test]
fn stepping_off_at_the_first_call_of_the_next_trip_is_told() {
    let bus = Compiled::of_text(
        r#"
        feed demo zone Europe/Berlin days 2026-03-02..2026-03-08
        stop A "Alpha" 52.5,13.4
        stop B "Beta" 52.6,13.4
        stop C "Gamma" 52.7,13.4
        trip in block b: A 08:00 | B 08:30 (no drop-off)
        trip on block b: B 08:40 | C 09:00
        "#,
    );
    for command in ["plan", "next"] {
        let said = bus.ask(&[command, "Alpha", "Beta", "--now", "2026-03-02T07:00"]);
        assert_eq!(said.code, 0, "{command}: {}", said.all());
        assert!(said.out.contains("08:00"), "{command}: {}", said.out);
    }
}
