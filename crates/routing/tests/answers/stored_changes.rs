//! Searches over changes that were worked out beforehand: what they answer, and when they leave a question to the other searches.

use crate::world::{depart, stop, text, world, world_with_changes};
use tumen_base::Date;
use tumen_routing::{
    Answer, Direction, Engine, Network, PrecomputeOptions, Query, Router, Settings, Unsuited, precompute,
};
use tumen_timetable::Timetable;
use tumen_timetable::compile::{CompileOptions, compile};

const DAY: i32 = 86_400;

/// Asks twice: changes are put to use when the same days are asked for again.
fn ask_under(settings: Settings, world: &Timetable, query: &Query<'_>) -> Answer {
    let network = Network::new(world.columns(), settings).expect("a network");
    let mut router = Router::new(&network);
    router.journeys(query).expect("an answer");
    router.journeys(query).expect("an answer")
}

fn ask(world: &Timetable, query: &Query<'_>) -> Vec<String> {
    let answer = ask_under(Settings::STRICT, world, query);
    assert_eq!(answer.engine, Engine::Trips);
    text(world, &answer)
}

fn within_a_day<'q>(world: &Timetable, from: &str, to: &str, time: &str) -> Query<'q> {
    Query { horizon: DAY, ..depart(world, from, to, time) }
}

const LINE: &str = "
    feed zone UTC days 2026-01-01..2026-03-31
    stops A B C
    trip slow: A 08:00 | B 09:00 | C 12:00
    trip fast: B 09:10 | C 10:00
";

#[test]
fn a_change_is_found_within_a_day() {
    let world = world_with_changes(LINE);
    let query = within_a_day(&world, "A", "C", "2026-01-03T00:00");
    assert_eq!(
        ask(&world, &query),
        ["03 08:00 A -slow-> C 03 12:00 (1)", "03 08:00 A -slow-> B -fast-> C 03 10:00 (2)"]
    );
}

#[test]
fn other_questions_are_answered_by_the_other_searches() {
    let world = world_with_changes(LINE);
    let query = || within_a_day(&world, "A", "C", "2026-01-03T00:00");
    let engine = |query: Query<'_>| ask_under(Settings::STRICT, &world, &query).engine;
    let mut banned = query();
    banned.filter.banned_stops.push(stop(&world, "B"));
    assert_eq!(engine(query()), Engine::Trips);
    assert_eq!(engine(banned), Engine::Rounds, "a filter");
    assert_eq!(engine(Query { horizon: DAY + 1, ..query() }), Engine::Rounds, "longer than a day");
    assert_eq!(engine(Query { direction: Direction::ArriveBy, ..query() }), Engine::Rounds, "an arrival");
    assert_eq!(engine(Query { extra_change_time: 60, ..query() }), Engine::Rounds, "more time for every change");
    assert_eq!(engine(Query { max_wait: Some(DAY), ..query() }), Engine::Runs, "a bound on waits");
    let hurried = Settings { change_time: 900, ..Settings::STRICT };
    let answer = ask_under(hurried, &world, &query());
    assert_eq!(answer.engine, Engine::Rounds, "the changes were worked out for another change time");
    assert_eq!(text(&world, &answer), ["03 08:00 A -slow-> C 03 12:00 (1)"]);
}

/// Whoever was carried into a run has not boarded it: boarding it as the second trip, he may wait for a later run of its pattern,
/// and that one may continue where this one does not.
#[test]
fn a_run_that_one_was_carried_into_can_still_be_boarded_to_wait_for_the_next() {
    let world = world_with_changes(
        "feed zone UTC days 2026-01-01..2026-01-31
         stops A B C D
         trip first block one: A 08:00 | B 09:00
         trip short block one: B 09:10 | C 10:00
         trip later block two: B 11:10 | C 12:00
         trip onward block two: C 12:10 (no pickup) | D 13:00",
    );
    let query = within_a_day(&world, "A", "D", "2026-01-03T00:00");
    assert_eq!(ask(&world, &query), ["03 08:00 A -first-> B -later=onward-> D 03 13:00 (2)"]);
}

/// In the night in which the clocks spring forward, the first bus of the morning overtakes the last one of the evening, which in
/// every other night arrives before it. What is no use in all other nights must not be dropped in this one.
#[test]
fn the_night_in_which_the_clocks_spring_forward_has_changes_of_its_own() {
    let world = world_with_changes(
        "feed zone Europe/Berlin days 2026-03-20..2026-03-31
         stops A B C
         trip home: A 23:30 | B 24:30
         trip last: B 24:40 | C 27:00
         trip first: B 02:00 | C 03:10",
    );
    let night = |day: &str| ask(&world, &within_a_day(&world, "A", "C", &format!("2026-03-{day}T20:00")));
    assert_eq!(night("26"), ["26 22:30 A -home-> B -last-> C 27 02:00 (2)"]);
    assert_eq!(night("28"), ["28 22:30 A -home-> B -first-> C 29 01:10 (2)"]);
}

/// A bus that waits for the one before to end: its first stop is left by whoever stays seated no earlier than that.
#[test]
fn the_first_call_of_a_run_counts_from_when_the_run_before_ended() {
    let world = world_with_changes(
        "feed zone UTC days 2026-01-01..2026-01-31
         stops A B C D
         stop B1 in B
         stop B2 in B
         trip in block b: A 08:00 | B1 09:00 (no drop-off)
         trip on block b: B2 08:50-09:10 | C 10:00
         trip too_soon: B2 08:55 | D 09:30
         trip next: B2 09:05 | D 09:40",
    );
    let query = within_a_day(&world, "A", "D", "2026-01-03T00:00");
    assert_eq!(ask(&world, &query), ["03 08:00 A -in=on-> B2 -next-> D 03 09:40 (2)"]);
}

#[test]
fn where_trips_wait_for_trips_and_changes_take_time_nothing_can_be_worked_out() {
    let world = world(
        "feed zone UTC days 2026-01-01..2026-01-31
         stops A B C
         trip bringing: A 08:00 | B 09:00
         trip waiting: B 09:00 | C 10:00
         transfer B B type 1 from trip bringing to trip waiting",
    );
    let work_out = |settings| {
        let network = Network::new(world.columns(), settings).expect("a network");
        precompute(&network, &mut PrecomputeOptions { threads: 1, progress: &mut |_, _| {} })
            .map(|changes| changes.change.len())
    };
    assert_eq!(work_out(Settings::STRICT), Ok(1));
    assert_eq!(work_out(Settings { change_time: 120, ..Settings::STRICT }), Err(Unsuited::Guarantees));
}

#[test]
fn a_timetable_without_days_has_no_changes() {
    let feeds =
        tumen_oracle::text::feeds("feed zone UTC days 2026-01-01..2026-01-31\nstops A B\ntrip t: A 08:00 | B 09:00");
    let mut options = CompileOptions::on(Date::parse(b"20260101").expect("a date"));
    (options.from, options.until) = (Date::parse(b"20250101").ok(), Date::parse(b"20250102").ok());
    let Ok((data, _)) = compile(&feeds, &options, &mut |_| {}) else { return };
    let world = Timetable::from_data(data).expect("what was compiled is valid");
    let network = Network::new(world.columns(), Settings::STRICT).expect("a network");
    let changes = precompute(&network, &mut PrecomputeOptions { threads: 1, progress: &mut |_, _| {} });
    assert_eq!(changes.map(|changes| changes.change), Ok(Vec::new()));
}
