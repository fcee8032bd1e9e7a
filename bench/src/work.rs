//! The kinds of work that are measured, asked of the library.

use crate::clock::ThreadClock;
use crate::pairs::Pair;
use crate::spread::Spread;
use anyhow::Context;
use std::time::{Duration, Instant};
use tumen_base::{Date, SECONDS_PER_DAY};
use tumen_routing::{DEFAULT_HORIZON, Destinations, Network, Place, Query, Router};

/// A kind of work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Work {
    /// Every Pareto-optimal (arrival, trips) from a time on.
    Earliest,
    /// A profile of an hour.
    Hour,
    /// The next five connections that leave within a day.
    NextFive,
    /// A profile of a day.
    Day,
    /// The next journey with the fewest boardings, of all that take up to thirty days.
    Next,
    /// Every stop from one.
    OneToAll,
    /// A profile of a day to every stop.
    OneToAllDay,
}

impl Work {
    /// All of it, in the order of tables.
    pub const ALL: [Self; 7] =
        [Self::Earliest, Self::Hour, Self::NextFive, Self::Day, Self::Next, Self::OneToAll, Self::OneToAllDay];

    /// Its name in tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Earliest => "earliest arrival",
            Self::Hour => "60-minute window",
            Self::NextFive => "next 5 connections",
            Self::Day => "24-hour profile",
            Self::Next => "next",
            Self::OneToAll => "one to all",
            Self::OneToAllDay => "one to all, 24-hour profile",
        }
    }
}

/// Queries that are not measured: they copy the runs of the day.
const WARM_UP: usize = 20;

/// Which queries are asked.
#[derive(Clone, Copy)]
pub struct Asked<'a> {
    /// The pairs.
    pub pairs: &'a [Pair],
    /// The day.
    pub date: Date,
    /// Longest journey, seconds.
    pub horizon: i32,
    /// After so much wall time no further query of a kind is asked.
    pub budget: Duration,
}

/// What one kind of work took.
#[derive(Clone, Copy, Debug)]
pub struct Measured {
    /// Processor time of a query.
    pub spread: Spread,
    /// How many queries were asked.
    pub queries: usize,
    /// How many of them had an answer.
    pub answered: usize,
}

/// Asks as many of the pairs as fit into the budget.
///
/// # Errors
/// When a query is refused.
pub fn measure(network: &Network<'_>, work: Work, asked: Asked<'_>) -> anyhow::Result<Measured> {
    let mut router = Router::new(network);
    let everywhere = Destinations::every_stop(network);
    let (mut times, mut answered) = (Vec::with_capacity(asked.pairs.len()), 0);
    let mut began = Instant::now();
    for (number, pair) in asked.pairs.iter().take(WARM_UP).chain(asked.pairs).enumerate() {
        let measured = number.checked_sub(WARM_UP.min(asked.pairs.len()));
        match measured {
            Some(0) => began = Instant::now(),
            Some(_) if began.elapsed() > asked.budget => break,
            // Work that takes seconds needs no more warming up.
            None if began.elapsed() > asked.budget / 10 => continue,
            _ => {}
        }
        let query = query(network, pair, asked.date, asked.horizon)?;
        let clock = ThreadClock::start();
        let found = ask(&mut router, work, &query, &everywhere)?;
        let elapsed = clock.nanoseconds();
        if measured.is_some() {
            times.push(elapsed);
            answered += usize::from(found);
        }
    }
    let queries = times.len();
    Ok(Measured { spread: Spread::of(times).context("nothing was asked")?, queries, answered })
}

/// A pair as a query from its stops and what lies below them.
///
/// # Errors
/// When the day is too far from those of the timetable.
pub fn query(network: &Network<'_>, pair: &Pair, date: Date, horizon: i32) -> anyhow::Result<Query<'static>> {
    let columns = network.columns();
    let place = |stop| Place::at(columns.stop_and_descendants(stop));
    Ok(Query { horizon, ..Query::depart_at(place(pair.from), place(pair.to), pair.departure(columns, date)?) })
}

/// Whether there is an answer.
fn ask(router: &mut Router<'_, '_>, work: Work, query: &Query<'_>, everywhere: &Destinations) -> anyhow::Result<bool> {
    Ok(match work {
        Work::Earliest => !router.journeys(query)?.journeys.is_empty(),
        Work::Hour => !router.profile(query, 3600)?.journeys.is_empty(),
        Work::NextFive => !router.connections(query, 5, SECONDS_PER_DAY)?.journeys.is_empty(),
        Work::Day => !router.profile(query, SECONDS_PER_DAY)?.journeys.is_empty(),
        Work::Next => router.next(&Query { horizon: DEFAULT_HORIZON, ..query.clone() })?.is_some(),
        Work::OneToAll => is_made(&router.reach(query, everywhere)?),
        Work::OneToAllDay => is_made(&router.reach_profile(query, SECONDS_PER_DAY, everywhere)?),
    })
}

/// An answer that always exists must be made all the same.
fn is_made<T>(answer: &T) -> bool {
    std::hint::black_box(answer);
    true
}
