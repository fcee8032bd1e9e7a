//! `make bench-peers`: the same queries on the same feeds through routers that the registries carry, beside ours.

mod drivers;
mod ours;

use crate::builds::BUILDS;
use crate::feeds;
use crate::pairs::{self, Draw};
use crate::report::{self, Table, grouped};
use crate::spread::{Spread, milliseconds};
use anyhow::Context;
use drivers::{Driver, Job};
use ours::Variant;
use std::collections::BTreeSet;
use std::fmt::Write;
use std::time::Duration;
use tumen_base::{Date, SECONDS_PER_DAY};
use tumen_timetable::{OpenOptions, Timetable};

/// Pairs of each feed.
const PAIRS: usize = 1000;
/// After so much wall time a peer is asked no further query of a feed.
const BUDGET: Duration = Duration::from_mins(2);
/// Longest journey, seconds.
const HORIZON: i32 = SECONDS_PER_DAY;

/// The feeds, and the days of the queries.
const FEEDS: [(&str, &str); 5] = [
    ("us-amtrak-2024", "2024-01-02"),
    ("fr-strasbourg-cts-2026", "2026-01-20"),
    ("us-nyc-mta-subway-2026", "2026-09-22"),
    ("es-renfe-all-2026-04", "2026-04-28"),
    ("us-nyc-mta-all-2026", "2026-09-22"),
];

/// Arrival (Unix seconds) and trips of the journeys that no other beats.
pub type Pareto = BTreeSet<(i64, u32)>;

/// What a router took and answered, query by query, as far as it was asked.
#[derive(Debug, Default)]
pub struct Answers {
    /// Processor time, nanoseconds.
    pub times: Vec<u64>,
    /// Journeys.
    pub journeys: Vec<Pareto>,
    /// What reading the feed and making it ready took, as the table shows it.
    pub loading: String,
    /// Most memory held.
    pub memory: String,
}

/// Measures every router on every feed and writes its section of bench/RESULTS.md.
///
/// # Errors
/// When a feed is absent or our own router fails; a peer that fails has a row that says so.
pub fn run(only: &[String]) -> anyhow::Result<()> {
    let mut sections = String::new();
    for (feed, date) in FEEDS.iter().filter(|(feed, _)| only.is_empty() || only.iter().any(|name| name == feed)) {
        eprintln!("measuring {feed}");
        let table = measure(feed, Date::parse_typed(date)?).with_context(|| (*feed).to_owned())?;
        // Writing to a string does not fail.
        let _ = write!(sections, "### {feed}, {date}\n\n{table}\n");
    }
    let page = page(&sections);
    if only.is_empty() {
        return report::publish_section("bench/RESULTS.md", "peers", &page);
    }
    println!("{page}");
    Ok(())
}

/// The table of one feed.
fn measure(feed: &str, date: Date) -> anyhow::Result<String> {
    let source = feeds::source(feed)?;
    let path = BUILDS[0].path(feed)?;
    let import = BUILDS[0].import(&source, &path)?;
    let timetable = Timetable::open(&path, OpenOptions::default())?;
    let columns = timetable.columns();
    let mut pairs = pairs::draw(&columns, Draw { date, days: 1, count: PAIRS, seed: pairs::SEED })?;
    for pair in &mut pairs {
        // Some peers know whole minutes only.
        pair.seconds = pair.seconds / 60 * 60;
    }
    let asked = ours::Asked { timetable: &timetable, pairs: &pairs, date };
    let mut strict = asked.answer(Variant { change_time: 0, walk_first: true })?;
    strict.loading = format!("{:.1} s", import.elapsed.as_secs_f64());
    let change_time = drivers::NIGIRI_CHANGE_SECONDS;
    let as_nigiri = asked.answer(Variant { change_time, walk_first: true })?;
    let as_cafein = asked.answer(Variant { change_time: 0, walk_first: false })?;
    let yardstick = asked.plain(BUDGET)?;

    let mut rows = Rows {
        table: Table::new(&[
            "router",
            "queries",
            "median",
            "p99",
            "median / ours",
            "equal arrivals",
            "equal arrivals and trips",
            "loading",
            "memory",
        ]),
        ours: Spread::of(strict.times.clone()).context("no pairs")?.median,
    };
    rows.add("Tumen", &strict, (&strict, Clock::Seconds));
    for build in &BUILDS[1..] {
        let path = build.path(feed)?;
        let import = build.import(&source, &path)?;
        let timetable = Timetable::open(&path, OpenOptions::default())?;
        let asked = ours::Asked { timetable: &timetable, pairs: &pairs, date };
        let mut answers = asked.answer(Variant { change_time: 0, walk_first: true })?;
        answers.loading = format!("{:.1} s", import.elapsed.as_secs_f64());
        rows.add(&format!("Tumen, {}", build.name), &answers, (&strict, Clock::Seconds));
    }
    rows.add("plain RAPTOR (bench/src/raptor)", &yardstick, (&strict, Clock::Seconds));
    rows.add("Tumen with changes of 2 min", &as_nigiri, (&strict, Clock::Seconds));
    let job = Job::write(feed, &source, &timetable, date, &pairs)?;
    let mut failures = String::new();
    for driver in Driver::ALL {
        eprintln!("  {}", driver.name());
        match driver.run(&job) {
            Ok(answers) => {
                let (clock, like) = match driver {
                    Driver::Nigiri => (Clock::Minutes, Some((&as_nigiri, "Tumen with changes of 2 min"))),
                    Driver::Vulture => (Clock::Seconds, None),
                    Driver::Cafein => (Clock::Seconds, Some((&as_cafein, "Tumen without a walk at first"))),
                };
                rows.add(driver.name(), &answers, (&strict, clock));
                if let Some((like, name)) = like {
                    rows.add(&format!("the same, equal to {name}"), &answers, (like, clock));
                }
            }
            Err(error) => {
                eprintln!("{error:#}");
                let reason = error.to_string();
                let reason = reason.lines().last().unwrap_or_default();
                let _ = write!(failures, "\n{} failed: {reason}.\n", driver.name());
            }
        }
    }
    Ok(rows.table.text().to_owned() + &failures)
}

/// The clock by which arrivals are compared.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Clock {
    Seconds,
    /// For peers that know whole minutes.
    Minutes,
}

/// The rows of a feed's table.
struct Rows {
    table: Table,
    /// Our median, nanoseconds.
    ours: u64,
}

impl Rows {
    fn add(&mut self, name: &str, answers: &Answers, truth: (&Answers, Clock)) {
        let Some(spread) = Spread::of(answers.times.clone()) else { return };
        let [arrivals, both] = equal_shares(answers, truth);
        self.table.row(&[
            name.to_owned(),
            grouped(answers.times.len() as u64),
            milliseconds(spread.median),
            milliseconds(spread.p99),
            format!("{:.1}", spread.median as f64 / self.ours.max(1) as f64),
            arrivals,
            both,
            answers.loading.clone(),
            answers.memory.clone(),
        ]);
    }
}

/// How many per cent of the answers have the same earliest arrival, and how many the same set of arrivals and trips.
fn equal_shares(answers: &Answers, (truth, clock): (&Answers, Clock)) -> [String; 2] {
    let pairs = || answers.journeys.iter().zip(&truth.journeys).map(|(one, other)| (on(clock, one), on(clock, other)));
    let share = |count: usize| format!("{:.1} %", 100.0 * count as f64 / answers.journeys.len().max(1) as f64);
    let earliest = |journeys: &Pareto| journeys.first().map(|journey| journey.0);
    let arrivals = pairs().filter(|(one, other)| earliest(one) == earliest(other)).count();
    let both = pairs().filter(|(one, other)| one == other).count();
    [share(arrivals), share(both)]
}

/// The journeys that no other beats by a clock.
fn on(clock: Clock, journeys: &Pareto) -> Pareto {
    let unit = if clock == Clock::Minutes { 60 } else { 1 };
    let mut fewest = u32::MAX;
    let mut best = Pareto::new();
    let journeys: Pareto = journeys.iter().map(|&(arrival, trips)| (arrival.div_euclid(unit), trips)).collect();
    for (arrival, trips) in journeys {
        if trips < fewest {
            fewest = trips;
            best.insert((arrival, trips));
        }
    }
    best
}

fn page(sections: &str) -> String {
    format!(
        "## Beside other routers\n\n\
         By `make bench-peers` on {}; {}; commit {}.\n\n\
         {} seeded random pairs a feed, departures at whole minutes, one thread, warm, processor time of each query; earliest\n\
         arrivals with a horizon of 24 h. As many pairs as a router answers in {} s. *Equal* are answers with the same earliest\n\
         arrival, and with the same Pareto set of arrivals and trips, as Tumen's; *loading* is wall time from the feed to the\n\
         first query (for Tumen, the import), *memory* the peak of a peer's process.\n\n\
         | router | its settings |\n|---|---|\n{}\n{sections}",
        report::today(),
        report::machine(),
        report::commit(),
        grouped(PAIRS as u64),
        BUDGET.as_secs(),
        drivers::SETTINGS,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answers(journeys: &[&[(i64, u32)]]) -> Answers {
        Answers { journeys: journeys.iter().map(|one| one.iter().copied().collect()).collect(), ..Answers::default() }
    }

    #[test]
    fn shares_are_of_what_was_asked() {
        let truth = answers(&[&[(100, 2), (200, 1)], &[(300, 1)], &[], &[(400, 1)]]);
        // The same; later; nothing as well; the last was not asked.
        let peer = answers(&[&[(100, 2)], &[(301, 1)], &[]]);
        assert_eq!(equal_shares(&peer, (&truth, Clock::Seconds)), ["66.7 %", "33.3 %"]);
        assert_eq!(equal_shares(&peer, (&truth, Clock::Minutes)), ["100.0 %", "66.7 %"]);
    }

    #[test]
    fn in_minutes_some_journeys_beat_others_that_are_seconds_earlier() {
        let journeys = Pareto::from([(61, 3), (65, 2), (130, 1)]);
        assert_eq!(on(Clock::Minutes, &journeys), Pareto::from([(1, 2), (2, 1)]));
        assert_eq!(on(Clock::Seconds, &journeys), journeys);
    }
}
