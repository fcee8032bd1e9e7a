//! `make bench`: import, opening, and 1,000 queries of each kind on four timetables.

use crate::child::{self, Usage};
use crate::feeds;
use crate::pairs::{self, Draw, Pair};
use crate::report::{self, Table, grouped};
use crate::spread::Spread;
use anyhow::{Context, bail};
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};
use tumen_base::Date;
use tumen_timetable::{OpenOptions, Timetable};

const QUERIES: usize = 1000;
const OPENINGS: usize = 21;
/// After so long `tumen next` is asked for no further pair.
const NEXT_BUDGET: Duration = Duration::from_mins(15);
const RESULTS: &str = "bench/RESULTS.md";

/// The kinds of queries that `tumen batch` answers: name and arguments.
const KINDS: [(&str, &[&str]); 2] = [("earliest arrival", &[]), ("24-hour profile", &["--profile", "24h"])];

/// The ride that Tumen is named for, as a row of a query file.
const CAR: &str = "RU_MOW_YAR,KP_PYONGYANG,2026-12-01T00:00:00\n";

/// Measures everything and writes bench/RESULTS.md.
///
/// # Errors
/// When a feed is absent or a run fails.
pub fn run() -> anyhow::Result<()> {
    let mut measured = Measured {
        files: Table::new(&["timetable", "import", "peak memory", "file size", "open, median"]),
        queries: Table::new(&["timetable", "query", "median", "p99", "max", "reached", "memory", "of it mapped"]),
        next: Table::new(&["timetable", "pairs", "median", "p99", "max", "found"]),
    };
    for feed in &feeds::MEASURED {
        eprintln!("measuring {}", feed.name);
        let timetable = feeds::scratch(&format!("{}.tumen", feed.name))?;
        let import = import(&feeds::source(feed.name)?, &timetable)?;
        measured.files.row(&[
            feed.name.into(),
            format!("{:.2} s", import.elapsed.as_secs_f64()),
            report::size(import.peak_kib << 10),
            report::size(std::fs::metadata(&timetable)?.len()),
            format!("{:.2} ms", opening(&timetable)? as f64 / 1000.0),
        ]);
        let asked = feeds::scratch(&format!("{}.csv", feed.name))?;
        let date = Date::parse_typed(feed.date)?;
        let drawn =
            pairs::prepare(&timetable, &asked, Draw { date, days: feed.days, count: QUERIES, seed: pairs::SEED })?;
        for (kind, arguments) in KINDS {
            let batch = Batch { timetable: &timetable, queries: &asked, horizon: feed.horizon, arguments };
            measured.queries.row(&[feed.name.into(), kind.into(), batch.run()?]);
            // A run that is stopped keeps what it measured.
            measured.publish()?;
        }
        if feed.name == "corridor" {
            measured.queries.row(&[feed.name.into(), "Moscow–Pyongyang, profile of a year".into(), car(&timetable)?]);
        }
        measured.next.row(&[feed.name.into(), next_departures(&timetable, feed.date, &drawn)?]);
        measured.publish()?;
    }
    Ok(())
}

/// The year's profile of the car, asked a hundred times.
fn car(timetable: &Path) -> anyhow::Result<String> {
    let asked = feeds::scratch("corridor-car.csv")?;
    std::fs::write(&asked, format!("from_stop_id,to_stop_id,departure\n{}", CAR.repeat(100)))?;
    Batch { timetable, queries: &asked, horizon: "30d", arguments: &["--profile", "365d"] }.run()
}

/// The tables so far.
struct Measured {
    files: Table,
    queries: Table,
    next: Table,
}

impl Measured {
    fn publish(&self) -> anyhow::Result<()> {
        let page = format!(
            "# What was measured\n\n\
         By `make bench` on {}; {}. Other work on the machine shows in the tails.\n\n\
         ## Import and opening\n\n{}\n\
         Import is `tumen import`; its peak is the kernel's `VmHWM`. Opening verifies what docs/timetable-format.md says it\n\
         verifies; the file is in the page cache.\n\n\
         ## {} seeded random queries, one thread\n\n{}\n\
         `tumen batch --walk none`, timed around each query. Origins and destinations are drawn uniformly from the stops that\n\
         are served, departures uniformly from the day; *reached* is the share of pairs with a journey. Memory is that of the\n\
         whole run, *mapped* the part of it that is the timetable's file and the program.\n\n\
         ## `tumen next` for the same pairs\n\n{}\n\
         The whole command: start, opening, finding both stops, the search, and the next six dates as JSON; as many pairs as fit into a quarter of an hour.\n\n\
         ## The queries\n\n\
         | timetable | day | stops served within | horizon |\n|---|---|---|---|\n{}",
            report::today(),
            report::machine(),
            self.files.text(),
            grouped(QUERIES as u64),
            self.queries.text(),
            self.next.text(),
            feeds::MEASURED
                .map(|feed| format!("| {} | {} | {} d | {} |\n", feed.name, feed.date, feed.days, feed.horizon))
                .concat(),
        );
        report::publish_section(RESULTS, "speed", &page)
    }
}

/// Runs `tumen import`.
///
/// # Errors
/// When it fails.
pub fn import(source: &Path, timetable: &Path) -> anyhow::Result<Usage> {
    import_with(&[], source, timetable)
}

/// Runs `tumen import` with further arguments.
///
/// # Errors
/// When it fails.
pub fn import_with(arguments: &[&str], source: &Path, timetable: &Path) -> anyhow::Result<Usage> {
    let mut command = Command::new(feeds::binary()?);
    child::run(command.arg("import").args(arguments).arg(source).arg("-o").arg(timetable))
}

/// The median time to open a timetable, microseconds.
fn opening(timetable: &Path) -> anyhow::Result<u64> {
    let mut times = Vec::with_capacity(OPENINGS);
    for _ in 0..OPENINGS {
        let began = Instant::now();
        let opened = Timetable::open(timetable, OpenOptions::default())?;
        times.push(began.elapsed().as_micros() as u64);
        drop(opened);
    }
    Spread::of(times).map(|spread| spread.median).context("nothing was opened")
}

/// A run of `tumen batch`.
struct Batch<'a> {
    timetable: &'a Path,
    queries: &'a Path,
    horizon: &'a str,
    arguments: &'a [&'a str],
}

impl Batch<'_> {
    /// Answers every query and gives the cells of a row: spread, share reached, memory.
    fn run(&self) -> anyhow::Result<String> {
        let (answers, timing) = (feeds::scratch("answers.csv")?, feeds::scratch("timing.csv")?);
        let usage = child::run(
            Command::new(feeds::binary()?)
                .args(["batch", "--walk", "none", "--horizon", self.horizon])
                .args(self.arguments)
                .arg("--timetable")
                .arg(self.timetable)
                .arg("--queries")
                .arg(self.queries)
                .arg("--out")
                .arg(&answers)
                .arg("--timing")
                .arg(&timing),
        )?;
        let microseconds = column(&timing, "microseconds")?;
        let times: Result<Vec<u64>, _> = microseconds.iter().map(|text| text.parse()).collect();
        let spread = Spread::of(times.context("--timing")?).context("--timing has no rows")?;
        let mut unreached = column(&answers, "arrival")?;
        unreached.retain(String::is_empty);
        let reached = 100.0 * (1.0 - unreached.len() as f64 / QUERIES as f64);
        let mapped_kib = usage.peak_kib.saturating_sub(usage.private_kib);
        Ok(format!(
            "{spread} | {reached:.0} % | {} | {}",
            report::size(usage.peak_kib << 10),
            report::size(mapped_kib << 10)
        ))
    }
}

/// Runs `tumen next` for each pair; gives the cells of a row: pairs asked, spread, share answered.
fn next_departures(timetable: &Path, date: &str, pairs: &[Pair]) -> anyhow::Result<String> {
    let (mut times, mut found) = (Vec::new(), 0_usize);
    let opened = Timetable::open(timetable, OpenOptions::default())?;
    let columns = opened.columns();
    let began = Instant::now();
    for pair in pairs.iter().take_while(|_| began.elapsed() < NEXT_BUDGET) {
        let mut command = Command::new(feeds::binary()?);
        command
            .args([
                "next",
                pairs::id(&columns, pair.from),
                pairs::id(&columns, pair.to),
                "--walk",
                "none",
                "--from",
                date,
                "--json",
                "--timetable",
            ])
            .arg(timetable);
        let asked = Instant::now();
        let output = command.output().context("tumen next")?;
        times.push(asked.elapsed().as_micros() as u64);
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

/// One column of a CSV file, by its name.
fn column(path: &Path, name: &str) -> anyhow::Result<Vec<String>> {
    let mut reader = csv::Reader::from_path(path).with_context(|| path.display().to_string())?;
    let header = reader.headers()?;
    let at = header.iter().position(|field| field == name).with_context(|| format!("{}: no {name}", path.display()))?;
    reader.records().map(|record| Ok(record?.get(at).unwrap_or_default().to_owned())).collect()
}
