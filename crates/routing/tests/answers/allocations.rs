//! Answering allocates only the answer: the search itself lives in memory that the router keeps.

use crate::world::{depart, world, world_with_changes};
use std::fmt::Write as _;
use tumen_routing::{Answer, DEFAULT_HORIZON, Engine, Network, Query, Router, Settings};
use tumen_timetable::Timetable;

/// A line of so many stations with a train every half hour, which ends one station before the terminus.
fn line(stations: usize) -> String {
    let mut text = String::from("feed zone UTC days 2026-01-01..2026-02-28\nstops Terminus");
    (0..stations).for_each(|station| write!(text, " S{station}").expect("memory"));
    text.push('\n');
    for train in 0..40 {
        write!(text, "trip t{train}:").expect("memory");
        for station in 0..stations {
            let minutes = train * 30 + station * 7;
            let bar = if station == 0 { "" } else { " |" };
            write!(text, "{bar} S{station} {:02}:{:02}", minutes / 60, minutes % 60).expect("memory");
        }
        text.push('\n');
    }
    text.push_str("trip terminus: Terminus 10:00 | S0 11:00\n");
    text
}

#[test]
fn the_search_allocates_nothing_once_its_memory_has_grown() {
    only_the_answer_is_allocated(world, DEFAULT_HORIZON, Engine::Rounds);
}

#[test]
fn nor_does_the_search_over_stored_changes() {
    only_the_answer_is_allocated(world_with_changes, 86_400, Engine::Trips);
}

fn only_the_answer_is_allocated(world: impl Fn(&str) -> Timetable, horizon: i32, engine: Engine) {
    let mut counts = Vec::new();
    for stations in [5, 80] {
        let world = world(&line(stations));
        let network = Network::new(world.columns(), Settings::STRICT).expect("a network");
        let mut router = Router::new(&network);
        let end = format!("S{}", stations - 1);
        for (from, to) in [("S0", "Terminus"), ("S0", end.as_str())] {
            let query = Query { horizon, ..depart(&world, from, to, "2026-01-03T00:00") };
            let mut answer: Option<Answer> = None;
            let mut ask = |router: &mut Router<'_, '_>| answer = Some(router.journeys(&query).expect("an answer"));
            // The first query grows the memory; the second one, about the same days, makes their window.
            ask(&mut router);
            ask(&mut router);
            let counted = allocation_counter::measure(|| ask(&mut router)).count_total;
            counts.push(counted);
            let answer = answer.expect("an answer");
            assert_eq!((answer.journeys.len(), answer.engine), (usize::from(to != "Terminus"), engine));
        }
    }
    assert_eq!(counts[..2], counts[2..], "a network sixteen times as large needs no more allocations");
    assert!(counts[0] <= 2, "nothing found: only the list of limits, not {} allocations", counts[0]);
    assert!(counts[1] <= 8, "one journey: its legs and their lists, not {} allocations", counts[1]);
}
