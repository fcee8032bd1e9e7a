//! Our own answers, and those of plain RAPTOR.

use super::{Answers, HORIZON, Pareto};
use crate::clock::ThreadClock;
use crate::pairs::Pair;
use crate::raptor::{Changes, Plain, Question, Runs};
use std::time::{Duration, Instant};
use tumen_base::Date;
use tumen_routing::{Network, Place, Query, Router, Settings, Walk};
use tumen_timetable::Timetable;

/// Queries that are not measured.
const WARM_UP: usize = 20;

/// How Tumen is asked.
#[derive(Clone, Copy, Debug)]
pub struct Variant {
    /// Seconds of a change at one stop where no rule says otherwise.
    pub change_time: i32,
    /// Whether one may walk before the first ride.
    pub walk_first: bool,
}

/// The queries of a feed.
pub struct Asked<'a> {
    pub timetable: &'a Timetable,
    pub pairs: &'a [Pair],
    pub date: Date,
}

impl Asked<'_> {
    /// What Tumen answers.
    ///
    /// # Errors
    /// When a query is refused.
    pub fn answer(&self, Variant { change_time, walk_first }: Variant) -> anyhow::Result<Answers> {
        let columns = self.timetable.columns();
        let network = Network::new(columns, Settings { walk: Walk::None, change_time })?;
        let mut router = Router::new(&network);
        let mut answers = Answers::default();
        for (number, pair) in self.pairs.iter().take(WARM_UP).chain(self.pairs).enumerate() {
            let time = pair.departure(&columns, self.date)?;
            let from = Place { walks: walk_first, ..Place::at([pair.from]) };
            let query = Query { horizon: HORIZON, ..Query::depart_at(from, Place::at([pair.to]), time) };
            let clock = ThreadClock::start();
            let answer = router.journeys(&query)?;
            let elapsed = clock.nanoseconds();
            if number >= WARM_UP.min(self.pairs.len()) {
                answers.times.push(elapsed);
                let journeys = answer.journeys.iter();
                let journeys = journeys.map(|journey| (columns.to_unix(journey.arrival), u32::from(journey.trips)));
                answers.journeys.push(journeys.collect());
            }
        }
        Ok(answers)
    }

    /// What plain RAPTOR answers, as far as it gets in some wall time.
    ///
    /// # Errors
    /// When the day is too far from those of the timetable.
    pub fn plain(&self, budget: Duration) -> anyhow::Result<Answers> {
        let columns = self.timetable.columns();
        let mut answers = Answers::default();
        let Some(first) = self.pairs.first() else { return Ok(answers) };
        let midnight = Pair { seconds: 0, ..*first }.departure(&columns, self.date)?;
        let runs = Runs::new(&columns, midnight..midnight + 2 * HORIZON + 3600);
        let changes = Changes::new(&columns);
        let mut plain = Plain::new(&runs, &changes);
        let began = Instant::now();
        for pair in self.pairs.iter().take_while(|_| began.elapsed() < budget) {
            let question = Question {
                from: vec![pair.from],
                to: vec![pair.to],
                time: pair.departure(&columns, self.date)?,
                horizon: HORIZON,
                most_trips: tumen_routing::MAX_TRIPS,
            };
            let clock = ThreadClock::start();
            let rows = plain.earliest(&question);
            answers.times.push(clock.nanoseconds());
            let journeys: Pareto =
                rows.iter().map(|row| (columns.to_unix(row.arrival), u32::from(row.trips))).collect();
            answers.journeys.push(journeys);
        }
        Ok(answers)
    }
}
