//! `make bench`: import, opening, memory, and 1,000 queries of each kind of work on every timetable.

mod sparse;
mod walking;

use crate::builds::BUILDS;
use crate::child;
use crate::feeds::{self, Feed};
use crate::pairs::{self, Draw, Pair};
use crate::report::{self, Table, grouped};
use crate::spread::{Spread, milliseconds};
use crate::work::{self, Asked, Measured, Work};
use anyhow::{Context, bail};
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};
use tumen_base::{Date, SECONDS_PER_DAY};
use tumen_routing::{Network, Settings};
use tumen_timetable::{OpenOptions, Timetable, TimetableFile};

const QUERIES: usize = 1000;
const OPENINGS: usize = 21;
/// After so much time no further query of a kind is asked.
const BUDGET: Duration = Duration::from_mins(8);
/// After so long `tumen next` is asked for no further pair.
const NEXT_BUDGET: Duration = Duration::from_secs(15);
const RESULTS: &str = "bench/RESULTS.md";

/// What is aimed at on New York (and, for one row, on its subway): median and p99 of nigiri as it was measured beside this
/// project, and of this project, milliseconds.
const MARKS: [(&str, Work, &str, &str); 6] = [
    ("us-nyc-mta-all-2026", Work::Earliest, "26 / 63", "5 / 13, precomputed 1.0 / 2.5"),
    ("us-nyc-mta-all-2026", Work::Hour, "107 / 483", "6 / 25"),
    ("us-nyc-mta-all-2026", Work::NextFive, "139–151 / 434–497", "8 / 30"),
    ("us-nyc-mta-all-2026", Work::Day, "–", "25 / 80"),
    ("us-nyc-mta-subway-2026", Work::Day, "121", "15"),
    ("us-nyc-mta-all-2026", Work::OneToAll, "–", "6"),
];

/// Measures everything and writes its section of bench/RESULTS.md; where only some timetables are measured, prints it.
///
/// # Errors
/// When a feed is absent or a run fails.
pub fn run(only: &[String]) -> anyhow::Result<()> {
    let mut tables = Tables {
        marks: Table::new(&["timetable", "work", "file", "nigiri", "mark", "median", "p99", "max"]),
        files: Table::new(&[
            "timetable",
            "file",
            "import",
            "peak memory",
            "size",
            "opens in",
            "checked in",
            "resident",
            "of it mapped",
        ]),
        queries: Table::new(&["timetable", "work", "file", "median", "p99", "max", "queries", "answered"]),
        sparse: Table::new(&["work", "mark", "median", "p99", "max"]),
        next: Table::new(&["timetable", "pairs", "median", "p99", "max", "found"]),
        walking: Table::new(&["timetable", "work", "file", "median", "p99", "max", "queries", "answered"]),
    };
    let wanted = |feed: &&Feed| only.is_empty() || only.iter().any(|name| name == feed.name);
    for feed in feeds::MEASURED.iter().filter(wanted) {
        eprintln!("measuring {}", feed.name);
        tables.measure(feed).with_context(|| feed.name)?;
        if only.is_empty() {
            // A run that is stopped keeps what it measured.
            report::publish_section(RESULTS, "speed", &tables.page())?;
        }
    }
    if !only.is_empty() {
        println!("{}", tables.page());
    }
    Ok(())
}

/// The tables so far.
struct Tables {
    marks: Table,
    files: Table,
    queries: Table,
    sparse: Table,
    next: Table,
    walking: Table,
}

impl Tables {
    fn measure(&mut self, feed: &Feed) -> anyhow::Result<()> {
        let source = feeds::source(feed.name)?;
        let date = Date::parse_typed(feed.date)?;
        for build in &BUILDS {
            let path = build.path(feed.name)?;
            let import = build.import(&source, &path)?;
            let queries = feeds::scratch(&format!("{}.csv", feed.name))?;
            let how = Draw { date, days: feed.days, count: QUERIES, seed: pairs::SEED };
            let drawn = pairs::prepare(&path, &queries, how)?;
            let resident = batch(&path, &queries, feed)?;
            let opening = opening(&path)?;
            self.files.row(&[
                feed.name.into(),
                build.name.into(),
                format!("{:.2} s", import.elapsed.as_secs_f64()),
                report::size(import.peak_kib << 10),
                report::size(std::fs::metadata(&path)?.len()),
                milliseconds(opening.0),
                milliseconds(opening.1),
                report::size(resident.peak_kib << 10),
                report::size(resident.peak_kib.saturating_sub(resident.private_kib) << 10),
            ]);
            let timetable = Timetable::open(&path, OpenOptions::default())?;
            let network = Network::new(timetable.columns(), Settings::STRICT)?;
            let asked = Asked { pairs: &drawn, date, horizon: feed.horizon_days * SECONDS_PER_DAY, budget: BUDGET };
            for work in Work::ALL {
                eprintln!("  {}, {}", work.name(), build.name);
                self.add(feed, build.name, work, work::measure(&network, work, asked)?);
            }
        }
        let path = BUILDS[0].path(feed.name)?;
        let timetable = Timetable::open(&path, OpenOptions::default())?;
        match feed.name {
            "corridor" => sparse::car(&mut self.sparse, feed, &timetable)?,
            "us-amtrak-2024" => sparse::horizons(&mut self.sparse, feed, &timetable)?,
            "us-nyc-mta-all-2026" => walking::measure(&mut self.walking, feed)?,
            _ => {}
        }
        let columns = timetable.columns();
        let drawn = pairs::draw(&columns, Draw { date, days: feed.days, count: QUERIES, seed: pairs::SEED })?;
        let next = next_departures(&path, &timetable, feed, &drawn)?;
        self.next.row(&[feed.name.into(), next]);
        Ok(())
    }

    fn add(&mut self, feed: &Feed, build: &str, work: Work, measured: Measured) {
        let spread = measured.spread;
        self.queries.row(&row(feed, build, work, measured));
        for (_, _, nigiri, mark) in MARKS.iter().filter(|mark| (mark.0, mark.1) == (feed.name, work)) {
            let names = [feed.name, work.name(), build, nigiri, mark].map(str::to_owned);
            self.marks.row(&[names.as_slice(), &[spread.to_string()]].concat());
        }
    }

    fn page(&self) -> String {
        format!(
            "## Speed\n\n\
             By `make bench` on {}; {}; commit {}.\n\n\
             ### The marks\n\n{}\n\
             Marks and nigiri's figures are median / p99 in ms; nigiri's were measured elsewhere on a machine of this kind.\n\n\
             ### Every timetable\n\n{}\n\
             {} seeded random pairs, `--walk none`, one thread, warm, asked of the library and timed by the thread's processor\n\
             time, so that other work on the machine does not count; as many of them as fit into {} s. Origins and destinations are\n\
             drawn uniformly from the stops that are served, departures uniformly from the day; *answered* is the share with a journey.\n\
             The *next 5 connections* are `Router::connections`: the first five journeys of the 24-hour profile, of which only as much is\n\
             searched as it takes. *Next* is one `Router::next`: the journey with the fewest boardings, of up to 30 days,\n\
             that arrives first and leaves last. *One to all* finds every Pareto-optimal (arrival, trips) at every stop.\n\n\
             ### With walks of 500 m\n\n{}\n\
             The same pairs with `--walk 500 --change-time 0`, as many as fit into {} s; stored changes are bound to one way of walking,\n\
             so both files are asked in the same way.\n\n\
             ### Files and memory\n\n{}\n\
             Import is `tumen import`, wall time; its peak is the kernel's `VmHWM`. Opening and checking verify what\n\
             docs/timetable-format.md says they verify; the file is in the page cache. *Resident* is the peak of `tumen batch` with the earliest arrivals\n\
             above, *mapped* the part of it that is the timetable's file and the program.\n\n\
             ### Long and sparse\n\n{}\n\
             *Next* repeats `Router::next` from just after each departure until 365 days have passed. Both of the corridor are asked\n\
             1,000 times.\n\n\
             ### `tumen next`\n\n{}\n\
             The whole command, wall time: start, opening, finding both stops, the search, and the next six dates as JSON; as many\n\
             of the pairs as fit into {} s.\n\n\
             ### The queries\n\n\
             | timetable | day | stops served within | horizon |\n|---|---|---|---|\n{}",
            report::today(),
            report::machine(),
            report::commit(),
            self.marks.text(),
            self.queries.text(),
            grouped(QUERIES as u64),
            BUDGET.as_secs(),
            self.walking.text(),
            (BUDGET / 4).as_secs(),
            self.files.text(),
            self.sparse.text(),
            self.next.text(),
            NEXT_BUDGET.as_secs(),
            feeds::MEASURED
                .map(|feed| format!("| {} | {} | {} d | {} d |\n", feed.name, feed.date, feed.days, feed.horizon_days))
                .concat(),
        )
    }
}

/// A row of the tables of queries.
fn row(feed: &Feed, build: &str, work: Work, Measured { spread, queries, answered }: Measured) -> [String; 6] {
    [
        feed.name.into(),
        work.name().into(),
        build.into(),
        spread.to_string(),
        grouped(queries as u64),
        format!("{:.0} %", 100.0 * answered as f64 / queries as f64),
    ]
}

/// The median times to open a timetable's file and to check it, nanoseconds of wall time.
fn opening(timetable: &Path) -> anyhow::Result<(u64, u64)> {
    let (mut openings, mut checks) = (Vec::with_capacity(OPENINGS), Vec::with_capacity(OPENINGS));
    for _ in 0..OPENINGS {
        let began = Instant::now();
        let file = TimetableFile::open(timetable, OpenOptions::default())?;
        openings.push(began.elapsed().as_nanos() as u64);
        let began = Instant::now();
        let checked = file.check()?;
        checks.push(began.elapsed().as_nanos() as u64);
        drop(checked);
    }
    let median = |times| Spread::of(times).map(|spread| spread.median).context("nothing was opened");
    Ok((median(openings)?, median(checks)?))
}

/// A process that answers every query once: what memory it takes.
fn batch(timetable: &Path, queries: &Path, feed: &Feed) -> anyhow::Result<child::Usage> {
    let horizon = format!("{}d", feed.horizon_days);
    let mut command = Command::new(feeds::binary()?);
    command.args(["batch", "--walk", "none", "--horizon", &horizon, "--timetable"]).arg(timetable);
    child::run(command.arg("--queries").arg(queries).arg("--out").arg(feeds::scratch("answers.csv")?))
}

/// Runs `tumen next` for each pair; gives the cells of a row: pairs asked, spread, share answered.
fn next_departures(path: &Path, timetable: &Timetable, feed: &Feed, pairs: &[Pair]) -> anyhow::Result<String> {
    let (mut times, mut found) = (Vec::new(), 0_usize);
    let columns = timetable.columns();
    let began = Instant::now();
    for pair in pairs.iter().take_while(|_| began.elapsed() < NEXT_BUDGET) {
        let [from, to] = [pair.from, pair.to].map(|stop| pairs::id(&columns, stop));
        let mut command = Command::new(feeds::binary()?);
        command.args(["next", from, to, "--walk", "none", "--from", feed.date, "--json", "--timetable"]).arg(path);
        let asked = Instant::now();
        let output = command.output().context("tumen next")?;
        times.push(asked.elapsed().as_nanos() as u64);
        // 1 says that there is no journey.
        match output.status.code() {
            Some(0) => found += 1,
            Some(1) => {}
            _ => bail!("{command:?}: {}", String::from_utf8_lossy(&output.stderr)),
        }
    }
    let asked = times.len();
    let spread = Spread::of(times).context("there are no pairs")?;
    Ok(format!("{} | {spread} | {:.0} %", grouped(asked as u64), 100.0 * found as f64 / asked as f64))
}
