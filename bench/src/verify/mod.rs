//! `make verify`: plain RAPTOR and every fast path, query by query.

mod batch;

use crate::builds::BUILDS;
use crate::feeds;
use crate::pairs;
use crate::raptor::Changes;
use crate::report::{self, Table, grouped};
use anyhow::Context;
use batch::Batch;
use indicatif::{ProgressBar, ProgressStyle};
use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use tumen_base::SECONDS_PER_DAY;
use tumen_routing::{Network, Settings};
use tumen_timetable::{OpenOptions, Timetable};

/// What to compare.
#[derive(clap::Args)]
pub struct Options {
    /// Feeds of ../shared/feeds
    #[arg(long, value_delimiter = ',', default_values = ["us-nyc-mta-all-2026", "us-amtrak-2024"])]
    feeds: Vec<String>,
    /// Queries of each feed: forward and backward
    #[arg(long, default_value_t = 10_000)]
    queries: usize,
    /// How many of them are asked as 24-hour profiles too
    #[arg(long, default_value_t = 500)]
    profiles: usize,
    /// Same seed, same queries
    #[arg(long, default_value_t = pairs::SEED)]
    seed: u64,
    /// Write the figures to bench/RESULTS.md
    #[arg(long)]
    record: bool,
}

/// A way of asking.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Search {
    Earliest,
    Latest,
    Profile,
    Reach,
    ReachProfile,
}

impl Search {
    fn name(self) -> &'static str {
        match self {
            Self::Earliest => "earliest arrival",
            Self::Latest => "latest departure",
            Self::Profile => "24-hour profile",
            Self::Reach => "one to all",
            Self::ReachProfile => "one to all, 24-hour profile",
        }
    }
}

/// Departures of a profile.
const WINDOW: i32 = SECONDS_PER_DAY;
/// Queries of one random day, for which the calendar is expanded once.
const BATCH: usize = 50;
/// After so many differences a feed is given up.
const ENOUGH: usize = 5;

/// Journeys of a feed last at most so long.
fn horizon(feed: &str) -> i32 {
    // Trains across the continent take three days.
    if feed.starts_with("us-amtrak") { 3 * SECONDS_PER_DAY } else { SECONDS_PER_DAY }
}

/// Compares, prints every difference.
///
/// # Errors
/// When there is a difference, or a timetable cannot be read.
pub fn run(options: &Options) -> anyhow::Result<()> {
    let mut table = Table::new(&["timetable", "search", "file", "engine", "queries", "journeys", "differences"]);
    let mut differences = 0;
    for feed in &options.feeds {
        let Ok(source) = feeds::source(feed) else {
            println!("skipped: {feed}: ../shared/feeds is absent");
            continue;
        };
        let mut timetables = Vec::new();
        for build in &BUILDS {
            let path = build.path(feed)?;
            build.import(&source, &path)?;
            timetables.push(Timetable::open(&path, OpenOptions::default())?);
        }
        let tally = compare(options, feed, &timetables).with_context(|| feed.clone())?;
        for ((search, build, engine), count) in &tally.counts {
            let counts = [count.queries, count.journeys, count.differences].map(grouped);
            let names = [feed.as_str(), search.name(), BUILDS[*build].name, engine].map(str::to_owned);
            table.row(&[names.as_slice(), &counts].concat());
            differences += count.differences;
        }
        tally.shown.iter().for_each(|text| println!("{text}"));
    }
    println!("{}", table.text());
    anyhow::ensure!(differences == 0, "{differences} answers differ from plain RAPTOR");
    if options.record {
        let section = format!(
            "## Compared with plain RAPTOR\n\n\
             By `make verify` on {}; {}; commit {}; seed {}.\n\n{}\n\
             Every answer of the router against bench/src/raptor, which shares no code with it: seeded random pairs of stops (every\n\
             fourth of stations), each {BATCH} of them on a random day of the calendar, `--walk none`, horizon 24 h (every second\n\
             one of Amtrak: 72 h); Pareto sets must be equal.\n",
            report::today(),
            report::machine(),
            report::commit(),
            options.seed,
            table.text()
        );
        report::publish_section("bench/RESULTS.md", "verify", &section)?;
    }
    Ok(())
}

/// What was compared.
#[derive(Default)]
struct Tally {
    /// By search, build and engine.
    counts: BTreeMap<(Search, usize, String), Count>,
    /// Differences in words.
    shown: Vec<String>,
}

#[derive(Clone, Copy, Default)]
struct Count {
    queries: u64,
    journeys: u64,
    differences: u64,
}

/// Asks every query of a feed, on all cores.
fn compare(options: &Options, feed: &str, timetables: &[Timetable]) -> anyhow::Result<Tally> {
    let networks: Result<Vec<Network<'_>>, _> =
        timetables.iter().map(|timetable| Network::new(timetable.columns(), Settings::STRICT)).collect();
    let networks = networks?;
    let changes = Changes::new(networks[0].columns());
    let bar = progress(feed, options.queries);
    let (next, tally) = (AtomicUsize::new(0), Mutex::new(Tally::default()));
    let work = || -> anyhow::Result<()> {
        loop {
            let batch = next.fetch_add(1, Ordering::Relaxed);
            let enough = tally.lock().expect("no thread panicked").shown.len() >= ENOUGH;
            if batch * BATCH >= options.queries || enough {
                return Ok(());
            }
            let batch =
                Batch { number: batch, options, horizon: horizon(feed), networks: &networks, changes: &changes };
            batch.compare(&tally, &bar)?;
        }
    };
    std::thread::scope(|scope| {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let threads: Vec<_> = (0..cores).map(|_| scope.spawn(work)).collect();
        threads.into_iter().try_for_each(|thread| thread.join().expect("no thread panicked"))
    })?;
    bar.finish_and_clear();
    Ok(tally.into_inner().expect("no thread panicked"))
}

fn progress(feed: &str, queries: usize) -> ProgressBar {
    let style = ProgressStyle::with_template("{prefix} {elapsed} {wide_bar} {pos}/{len} {eta}");
    let bar = ProgressBar::new(queries as u64).with_prefix(feed.to_owned());
    style.map_or_else(|_| bar.clone(), |style| bar.clone().with_style(style))
}
