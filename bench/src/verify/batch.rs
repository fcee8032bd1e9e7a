//! The queries of one day, put to plain RAPTOR and to the router.

use super::{BATCH, ENOUGH, Options, Search, Tally, WINDOW};
use crate::builds::BUILDS;
use crate::pairs::{self, Draw, SplitMix};
use crate::raptor::{Changes, Plain, Question, Row, Runs};
use indicatif::ProgressBar;
use std::fmt::Write;
use std::sync::Mutex;
use tumen_base::{Date, PatternId, SECONDS_PER_DAY, StopId, Time};
use tumen_routing::{Arrival, Destinations, Direction, Journey, Network, Place, Query, Router};
use tumen_timetable::Columns;

/// So many days are tried for one on which pairs can be drawn.
const TRIES: usize = 100;

/// The queries of one day.
pub struct Batch<'n> {
    /// Which one: draws the day and the queries.
    pub number: usize,
    pub options: &'n Options,
    /// Longest journey, seconds.
    pub horizon: i32,
    /// The timetable, as each build compiled it.
    pub networks: &'n [Network<'n>],
    /// Changes of the timetable.
    pub changes: &'n Changes,
}

impl Batch<'_> {
    /// Asks every query in every way.
    ///
    /// # Errors
    /// When a query cannot be put.
    pub fn compare(&self, tally: &Mutex<Tally>, bar: &ProgressBar) -> anyhow::Result<()> {
        let columns = self.networks[0].columns();
        let seed = self.options.seed.wrapping_add(self.number as u64);
        let first = self.number * BATCH;
        let count = BATCH.min(self.options.queries - first);
        let days = random_days(columns, seed).take(TRIES);
        let mut drawn = days.map(|date| Ok((date, pairs::draw(columns, Draw { date, days: 1, count, seed })?)));
        // On some days of a calendar hardly anything runs.
        let (date, pairs) = drawn.find(anyhow::Result::is_ok).unwrap_or_else(|| anyhow::bail!("nothing runs"))?;
        let midnight = pairs::Pair { seconds: 0, ..pairs[0] }.departure(columns, date)?;
        // Clocks of other feeds are at most a day away.
        let around = midnight - self.horizon - SECONDS_PER_DAY..midnight + WINDOW + self.horizon + 2 * SECONDS_PER_DAY;
        let runs = Runs::new(columns, around);
        let mut plain = Plain::new(&runs, self.changes);
        let mut routers: Vec<Router<'_, '_>> = self.networks.iter().map(Router::new).collect();
        for (pair, index) in pairs.iter().zip(first..) {
            let stops =
                |stop| if index % 4 == 0 { columns.stop_and_descendants(columns.station(stop)) } else { vec![stop] };
            let question = Question {
                from: stops(pair.from),
                to: stops(pair.to),
                time: pair.departure(columns, date)?,
                // Some engines answer for a day only.
                horizon: if index % 2 == 0 { self.horizon } else { self.horizon.min(SECONDS_PER_DAY) },
                most_trips: tumen_routing::MAX_TRIPS,
            };
            let mut asker = Asker { batch: self, question: &question, plain: &mut plain, routers: &mut routers, tally };
            asker.ask(&[Search::Earliest, Search::Reach])?;
            asker.ask(&[Search::Latest])?;
            // Spreads the profiles evenly over the queries.
            let profiles = |queries: usize| queries * self.options.profiles / self.options.queries;
            if profiles(index + 1) > profiles(index) {
                asker.ask(&[Search::Profile, Search::ReachProfile])?;
            }
            bar.inc(1);
        }
        Ok(())
    }

    /// A difference in words.
    fn describe(&self, search: Search, build: usize, question: &Question, answers: [&[Row]; 2]) -> String {
        let columns = self.networks[0].columns();
        let name = |stop: Option<&StopId>| {
            stop.map_or(String::new(), |&stop| format!("{} ({})", columns.stop_name(stop), pairs::id(columns, stop)))
        };
        let time = |time: Time| columns.local_time(time, question.from[0]).to_string();
        let mut text = format!(
            "{}, {}: from {} and {} more stops to {} and {} more, at {}",
            search.name(),
            BUILDS[build].name,
            name(question.from.first()),
            question.from.len() - 1,
            name(question.to.first()),
            question.to.len() - 1,
            time(question.time)
        );
        for (who, rows, others) in [("plain RAPTOR", answers[0], answers[1]), ("router", answers[1], answers[0])] {
            for row in rows {
                let alone = if others.contains(row) { "" } else { "  <- only here" };
                let (departure, arrival) = (time(row.departure), time(row.arrival));
                // Writing to a string does not fail.
                let _ = write!(text, "\n  {who}: {departure} to {arrival}, {} trips{alone}", row.trips);
            }
        }
        text
    }
}

/// One question on its way.
struct Asker<'q, 'n, 'p> {
    batch: &'q Batch<'n>,
    question: &'q Question,
    plain: &'q mut Plain<'p, 'n>,
    routers: &'q mut [Router<'n, 'n>],
    tally: &'q Mutex<Tally>,
}

impl Asker<'_, '_, '_> {
    /// Asks every router in ways that must have the same answer.
    fn ask(&mut self, searches: &[Search]) -> anyhow::Result<()> {
        let mut known: Option<Vec<Row>> = None;
        for &search in searches {
            for (build, router) in self.routers.iter_mut().enumerate() {
                let (answer, engine) = routed(router, &self.batch.networks[build], search, self.question)?;
                let truth = match (search, known.take()) {
                    // What is claimed is proved, so each answer is put to it.
                    (Search::Latest, _) => self.plain.latest(self.question, &answer),
                    (_, Some(truth)) => truth,
                    (Search::Earliest | Search::Reach, None) => self.plain.earliest(self.question),
                    (Search::Profile | Search::ReachProfile, None) => self.plain.profile(self.question, WINDOW),
                };
                let truth = known.insert(truth);
                truth.sort_unstable();
                let mut tally = self.tally.lock().expect("no thread panicked");
                let count = tally.counts.entry((search, build, engine)).or_default();
                count.queries += 1;
                count.journeys += truth.len() as u64;
                if answer != *truth {
                    count.differences += 1;
                    if tally.shown.len() < ENOUGH {
                        tally.shown.push(self.batch.describe(search, build, self.question, [truth, &answer]));
                    }
                }
            }
        }
        Ok(())
    }
}

/// The router's answer, sorted, and the engine that found it.
fn routed(
    router: &mut Router<'_, '_>,
    network: &Network<'_>,
    search: Search,
    question: &Question,
) -> anyhow::Result<(Vec<Row>, String)> {
    let place = |stops: &[StopId]| Place::at(stops.iter().copied());
    let query = Query {
        direction: if search == Search::Latest { Direction::ArriveBy } else { Direction::DepartAt },
        horizon: question.horizon,
        max_trips: question.most_trips,
        ..Query::depart_at(place(&question.from), place(&question.to), question.time)
    };
    let journey = |journey: &Journey| (journey.departure, journey.arrival, journey.trips);
    let arrival = |arrival: &Arrival| (arrival.departure, arrival.arrival, arrival.trips);
    let destination = || Destinations::places(network, std::slice::from_ref(&query.to));
    let (found, engine): (Vec<_>, _) = match search {
        Search::Earliest | Search::Latest => {
            let answer = router.journeys(&query)?;
            (answer.journeys.iter().map(journey).collect(), answer.engine)
        }
        Search::Profile => {
            let answer = router.profile(&query, WINDOW)?;
            (answer.journeys.iter().map(journey).collect(), answer.engine)
        }
        Search::Reach => {
            let answer = router.reach(&query, &destination()?)?;
            (answer.at(0).iter().map(arrival).collect(), answer.engine)
        }
        Search::ReachProfile => {
            let answer = router.reach_profile(&query, WINDOW, &destination()?)?;
            (answer.at(0).iter().map(arrival).collect(), answer.engine)
        }
    };
    let row = |(departure, arrival, trips)| match search {
        Search::Earliest => Row { departure: question.time, arrival, trips },
        Search::Latest => Row { departure, arrival: question.time, trips },
        Search::Profile | Search::Reach | Search::ReachProfile => Row { departure, arrival, trips },
    };
    let mut rows: Vec<Row> = found.into_iter().map(row).collect();
    rows.sort_unstable();
    Ok((rows, format!("{engine:?}").to_lowercase()))
}

/// Random days on which something runs, one after another.
fn random_days(columns: &Columns<'_>, seed: u64) -> impl Iterator<Item = Date> {
    let runs =
        |day: i32| move |pattern: PatternId| columns.day_set(columns.pattern_days[pattern.index()]).contains(day);
    let days: Vec<i32> = (0..columns.days()).filter(|&day| columns.patterns().any(runs(day))).collect();
    let (mut random, first) = (SplitMix(seed), columns.first_date());
    let count = days.len() as u64;
    std::iter::from_fn(move || days.get(random.below(count) as usize).map(|&day| first.plus(day)))
}
