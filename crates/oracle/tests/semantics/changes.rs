//! transfers.txt: types 0 to 3, stations, precedence.

use crate::world::World;
use tumen_oracle::{ChangeTime, Footpath, text};

/// Trip `in` reaches B at 09:00; trips leave B at 09:00, 09:05 and 09:10 and C at 09:02, 09:07 and 09:12, for Z, each
/// one hour on the way. Every trip has a route of its own, named like it in capitals.
fn junction(rules: &str) -> World {
    World::in_moscow(&format!(
        "stops A Z
         station S
         stop B in S
         stop C in S
         trip in route IN: A 08:00 | B 09:00
         trip b0 route B0: B 09:00 | Z 10:00
         trip b5 route B5: B 09:05 | Z 10:05
         trip b10 route B10: B 09:10 | Z 10:10
         trip c2 route C2: C 09:02 | Z 10:02
         trip c7 route C7: C 09:07 | Z 10:07
         trip c12 route C12: C 09:12 | Z 10:12
         {rules}"
    ))
}

/// When one is at Z, leaving A at eight; all answers of these tests take two trips.
fn arrival(world: &World) -> Option<String> {
    let rows = world.ask("A", "Z", "2026-01-01 08:00").with(|query| query.horizon_s = 4 * 3600).earliest();
    assert!(rows.len() <= 1, "{rows:?}");
    rows.first().map(|row| row.trim_start_matches("08:00-").trim_end_matches(" (2)").to_owned())
}

#[track_caller]
fn assert_arrival(rules: &str, expected: &str) {
    assert_eq!(arrival(&junction(rules)).as_deref(), Some(expected), "{rules}");
}

#[test]
fn changing_at_one_stop_takes_what_the_rules_say_else_nothing() {
    assert_arrival("", "10:00");
    assert_arrival("transfer B B type 2 min 300", "10:05");
    assert_arrival("transfer B B type 2 min 301", "10:10");
    assert_arrival("transfer B B type 0 min 301", "10:10");
    assert_arrival("transfer B B type 1 min 301", "10:10");
    assert_arrival("transfer B B type 1", "10:00");
    assert_arrival("transfer B B type 2", "10:00");
}

#[test]
fn changing_between_stops_needs_a_rule() {
    // Without boarding at B nothing is left but a rule to C.
    let only_c = "transfer B B type 3\n";
    assert_eq!(arrival(&junction(only_c)), None, "type 3 at one stop forbids changing there");
    assert_arrival(&format!("{only_c} transfer B C"), "10:02");
    assert_arrival(&format!("{only_c} transfer B C type 1"), "10:02");
    assert_arrival(&format!("{only_c} transfer B C type 2 min 120"), "10:02");
    assert_arrival(&format!("{only_c} transfer B C type 2 min 121"), "10:07");
    assert_eq!(arrival(&junction(&format!("{only_c} transfer B C type 3"))), None);
    assert_eq!(arrival(&junction(&format!("{only_c} transfer C B"))), None, "rules have a direction");
}

#[test]
fn rules_are_never_chained() {
    let world = World::in_moscow(
        "stops A B C D Z
         trip t: A 08:00 | B 09:00
         trip u: D 10:00 | Z 11:00
         transfer B C
         transfer C D",
    );
    assert!(world.ask("A", "Z", "2026-01-01 00:00").profile(24).is_empty());
}

#[test]
fn a_rule_on_a_station_covers_its_children_and_one_on_the_stops_beats_it() {
    assert_arrival("transfer S S type 2 min 300", "10:05");
    assert_arrival("transfer B B type 3\n transfer S S type 2 min 300", "10:07");
    assert_arrival("transfer S S type 2 min 300\n transfer B B type 2 min 0", "10:00");
    assert_arrival("transfer S S type 3\n transfer B C type 2 min 420", "10:07");
    // Exact on one stop only is not exact on both: the first row counts.
    assert_arrival("transfer S S type 2 min 300\n transfer B S type 2 min 0", "10:05");
    assert_arrival("transfer B S type 2 min 0\n transfer S S type 2 min 300", "10:00");
}

#[test]
fn the_first_of_equal_rows_counts() {
    assert_arrival("transfer B B type 2 min 300\n transfer B B type 2 min 0", "10:05");
    assert_arrival("transfer B B type 3\n transfer B B type 2 min 0\n transfer B C type 2 min 0", "10:02");
}

#[test]
fn precedence_goes_from_trips_over_routes_to_stops() {
    // From the most to the least specific; every rule but the one tested forbids, and rows come in both orders.
    let classes = [
        "from trip in to trip b5",
        "from trip in to route B5",
        "from trip in",
        "from route IN to route B5",
        "from route IN",
        "",
    ];
    for (rank, class) in classes.iter().enumerate() {
        let open = format!("transfer B B type 1 {class}");
        let closed: Vec<String> =
            classes[rank + 1..].iter().map(|class| format!("transfer B B type 3 {class}")).collect();
        // Rules that name b5 leave the other departures to the rules below; those that name none open 09:00 as well.
        let expected = if class.contains("B5") || class.contains("b5") { "10:05" } else { "10:00" };
        let closed_or_stops = if closed.is_empty() { String::new() } else { closed.join("\n") };
        assert_arrival(&format!("{open}\n{closed_or_stops}"), expected);
        assert_arrival(&format!("{closed_or_stops}\n{open}"), expected);
    }
    // The same with the roles of the two trips exchanged.
    assert_arrival("transfer B B type 3\n transfer B B type 1 from route IN to trip b5", "10:05");
    assert_arrival(
        "transfer B B type 3 from route IN to route B5\n transfer B B type 1 to trip b5\n transfer B B type 3",
        "10:05",
    );
    assert_arrival("transfer B B type 3\n transfer B B type 1 to route B5", "10:05");
}

#[test]
fn the_class_decides_before_exact_stops() {
    // A trip rule on the station beats a stop rule on the stops.
    assert_arrival("transfer B B type 3\n transfer S S type 2 min 300 from trip in", "10:05");
    assert_arrival("transfer B B type 2 min 0\n transfer S S type 2 min 300 to route B0\n", "10:05");
}

#[test]
fn walks_before_the_first_and_after_the_last_ride_use_stop_level_rules_only() {
    let world = |rule: &str| {
        World::in_moscow(&format!(
            "stops A B C D
             trip t route R: B 09:00 | C 10:00
             {rule}"
        ))
    };
    let profile = |rule: &str, from, to| world(rule).ask(from, to, "2026-01-01 00:00").profile(24);
    assert_eq!(profile("transfer A B type 2 min 600", "A", "C"), ["08:50-10:00 (1)"]);
    assert_eq!(profile("transfer C D type 2 min 600", "B", "D"), ["09:00-10:10 (1)"]);
    assert_eq!(profile("transfer A B type 2 min 600\n transfer C D", "A", "D"), ["08:50-10:00 (1)"]);
    assert!(profile("transfer A B type 2 min 600 to trip t", "A", "C").is_empty());
    assert!(profile("transfer C D type 2 min 600 from route R", "B", "D").is_empty());
    assert!(profile("transfer A B type 3", "A", "C").is_empty());
    // A rule at one stop says nothing about boarding first or alighting last there.
    assert_eq!(profile("transfer B B type 3\n transfer C C type 2 min 600", "B", "C"), ["09:00-10:00 (1)"]);
}

#[test]
fn the_default_change_time_holds_where_no_rule_says_and_not_after_a_walk() {
    let arrival = |rules: &str, change_time| {
        let world = junction(rules);
        let rows = world.ask("A", "Z", "2026-01-01 08:00").with(|query| query.change_time = change_time).earliest();
        rows[0].clone()
    };
    assert_eq!(arrival("", ChangeTime::Strict(300)), "08:00-10:05 (2)");
    assert_eq!(arrival("", ChangeTime::Ordinary(300)), "08:00-10:05 (2)");
    // "Types 0, 1 and 2 cost min_transfer_time, else 0, also at one stop and whatever the default change time is."
    assert_eq!(arrival("transfer B B", ChangeTime::Strict(300)), "08:00-10:00 (2)");
    assert_eq!(arrival("transfer B B type 1", ChangeTime::Ordinary(300)), "08:00-10:00 (2)");
    assert_eq!(arrival("transfer B B type 2", ChangeTime::Ordinary(300)), "08:00-10:00 (2)");
    // "Ordinary mode: a type 0 rule without a time takes the default change time."
    assert_eq!(arrival("transfer B B", ChangeTime::Ordinary(300)), "08:00-10:05 (2)");
    // "after a walk no change time is due."
    assert_eq!(
        arrival("transfer B B type 3\n transfer B C type 2 min 120", ChangeTime::Strict(300)),
        "08:00-10:02 (2)"
    );
}

#[test]
fn footpaths_count_where_no_rule_matches() {
    let arrival = |rules: &str| {
        let world = junction(rules);
        let (from, to) = (text::stop(&world.feeds, "B"), text::stop(&world.feeds, "C"));
        let rows = world
            .ask("A", "Z", "2026-01-01 08:00")
            .with(|query| query.footpaths.push(Footpath { from, to, seconds: 120 }))
            .with(|query| query.horizon_s = 4 * 3600)
            .earliest();
        rows.first().cloned()
    };
    let closed = "transfer B B type 3\n";
    assert_eq!(arrival(closed).as_deref(), Some("08:00-10:02 (2)"));
    assert_eq!(arrival(&format!("{closed} transfer B C type 2 min 300")).as_deref(), Some("08:00-10:07 (2)"));
    assert_eq!(arrival(&format!("{closed} transfer B C type 3 from trip in")), None);
    assert_eq!(
        arrival(&format!("{closed} transfer B C type 3 to trip c2")).as_deref(),
        Some("08:00-10:07 (2)"),
        "the rule matches changes to one trip only"
    );
}

#[test]
fn a_walk_does_not_hide_a_later_arrival_that_may_still_walk_on() {
    // By walk one is at C at 09:01, by train at 09:10; only who came by train may walk from C to D.
    let world = World::in_moscow(
        "stops A B C D Z
         trip t: A 08:00 | B 09:00 | C 09:10
         trip u: D 09:20 | Z 10:00
         transfer B C type 2 min 60
         transfer C D type 2 min 60",
    );
    assert_eq!(world.ask("A", "Z", "2026-01-01 08:00").earliest(), ["08:00-10:00 (2)"]);
}
