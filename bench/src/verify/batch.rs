//! The queries of one day, put to plain RAPTOR and to the router.

use super::{BATCH, BUILDS, ENOUGH, Options, Search, Tally, WINDOW};
use crate::pairs::{self, Draw, SplitMix};
use crate::raptor::{Changes, Plain, Question, Row, Runs};
use indicatif::ProgressBar;
use std::fmt::Write;
use std::sync::Mutex;
use tumen_base::{Date, SECONDS_PER_DAY, StopId, Time};
use tumen_routing::{Direction, Network, Place, Query, Router};
use tumen_timetable::Columns;

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
        let date = random_day(columns, seed);
        let first = self.number * BATCH;
        let count = BATCH.min(self.options.queries - first);
        let pairs = pairs::draw(columns, Draw { date, days: 1, count, seed })?;
        let Some(midnight) = pairs.first().map(|pair| pairs::Pair { seconds: 0, ..*pair }.departure(columns, date))
        else {
            return Ok(());
        };
        // Clocks of other feeds are at most a day away.
        let midnight = midnight?;
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
                horizon: self.horizon,
                most_trips: tumen_routing::MAX_TRIPS,
            };
            let mut searches = vec![Search::Earliest, Search::Latest];
            // Spreads the profiles evenly over the queries.
            let profiles = |queries: usize| queries * self.options.profiles / self.options.queries;
            if profiles(index + 1) > profiles(index) {
                searches.push(Search::Profile);
            }
            for search in searches {
                self.ask(search, &question, &mut plain, &mut routers, tally)?;
            }
            bar.inc(1);
        }
        Ok(())
    }

    fn ask(
        &self,
        search: Search,
        question: &Question,
        plain: &mut Plain<'_, '_>,
        routers: &mut [Router<'_, '_>],
        tally: &Mutex<Tally>,
    ) -> anyhow::Result<()> {
        let mut known: Option<Vec<Row>> = None;
        for (build, router) in routers.iter_mut().enumerate() {
            let (answer, engine) = routed(router, search, question)?;
            let truth = match (search, known.take()) {
                // What is claimed is proved, so each answer is put to it.
                (Search::Latest, _) => plain.latest(question, &answer),
                (_, Some(truth)) => truth,
                (Search::Earliest, None) => plain.earliest(question),
                (Search::Profile, None) => plain.profile(question, WINDOW),
            };
            let truth = known.insert(truth);
            truth.sort_unstable();
            let mut tally = tally.lock().expect("no thread panicked");
            let count = tally.counts.entry((search, build, engine)).or_default();
            count.queries += 1;
            count.journeys += truth.len() as u64;
            if answer != *truth {
                count.differences += 1;
                if tally.shown.len() < ENOUGH {
                    tally.shown.push(self.describe(search, build, question, [truth, &answer]));
                }
            }
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

/// The router's answer, sorted, and the engine that found it.
fn routed(router: &mut Router<'_, '_>, search: Search, question: &Question) -> anyhow::Result<(Vec<Row>, String)> {
    let place = |stops: &[StopId]| Place::at(stops.iter().copied());
    let query = Query {
        direction: if search == Search::Latest { Direction::ArriveBy } else { Direction::DepartAt },
        horizon: question.horizon,
        max_trips: question.most_trips,
        ..Query::depart_at(place(&question.from), place(&question.to), question.time)
    };
    let answer = match search {
        Search::Profile => router.profile(&query, WINDOW)?,
        Search::Earliest | Search::Latest => router.journeys(&query)?,
    };
    let row = |journey: &tumen_routing::Journey| Row {
        departure: if search == Search::Earliest { question.time } else { journey.departure },
        arrival: if search == Search::Latest { question.time } else { journey.arrival },
        trips: journey.trips,
    };
    let mut rows: Vec<Row> = answer.journeys.iter().map(row).collect();
    rows.sort_unstable();
    Ok((rows, format!("{:?}", answer.engine).to_lowercase()))
}

/// A random day on which something runs.
fn random_day(columns: &Columns<'_>, seed: u64) -> Date {
    let runs = |day: &i32| {
        columns.patterns().any(|pattern| columns.day_set(columns.pattern_days[pattern.index()]).contains(*day))
    };
    let days: Vec<i32> = (0..columns.days()).filter(runs).collect();
    let chosen = SplitMix(seed).below(days.len().max(1) as u64) as usize;
    columns.date_of(days.get(chosen).copied().unwrap_or(0))
}
