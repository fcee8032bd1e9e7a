//! docs/data.md: every feed of ../shared/feeds, imported.

use crate::builds::BUILDS;
use crate::feeds;
use crate::report::{self, Table, grouped};
use anyhow::Context;
use tumen_timetable::{OpenOptions, Timetable};

/// Imports every feed and writes the table.
///
/// # Errors
/// When a feed does not import: after the others were tried.
pub fn run() -> anyhow::Result<()> {
    let mut sources = Vec::new();
    for entry in std::fs::read_dir(feeds::shared_feeds()?)? {
        let path = entry?.path();
        sources.extend(path.extension().is_some_and(|extension| extension == "zip").then_some(path));
    }
    sources.sort();
    sources.push(feeds::source("corridor")?);

    let columns = ["feed", "stops", "trips", "stop times", "source", "compiled", "import", "peak memory"];
    let mut table = Table::new(&columns);
    let mut failed = Vec::new();
    for source in &sources {
        let name = source.file_stem().and_then(|name| name.to_str()).context("a feed's name is not UTF-8")?;
        eprintln!("importing {name}");
        let compiled = feeds::scratch(&format!("{name}.tumen"))?;
        let usage = match BUILDS[0].import(source, &compiled) {
            Ok(usage) => usage,
            Err(error) => {
                failed.push(format!("{name}: {error:#}"));
                continue;
            }
        };
        let timetable = Timetable::open(&compiled, OpenOptions::default())?;
        let columns = timetable.columns();
        let calls = |pattern| columns.trips_of(pattern).len() * columns.calls_of(pattern).len();
        table.row(&[
            name.into(),
            grouped(columns.stop_id.len() as u64),
            grouped(columns.trip_id.len() as u64),
            grouped(columns.patterns().map(calls).sum::<usize>() as u64),
            report::size(bytes(source)?),
            report::size(bytes(&compiled)?),
            format!("{:.2} s", usage.elapsed.as_secs_f64()),
            report::size(usage.peak_kib << 10),
        ]);
    }
    let page = format!(
        "# Timetables that Tumen is built and measured with\n\n\
         Public feeds as their agencies or archives published them; they are not in this repository, all but the corridor\n\
         (feeds/corridor). Written by `cargo run --release -p tumen-bench -- data` on {}; {}.\n\n\
         Trips and stop times are those of the compiled timetable: a frequency is as many trips as it has departures, each\n\
         combination of hosts of a through carriage is one more trip, and trips without two usable calls or without a day are\n\
         left out.\n\n{}",
        report::today(),
        report::machine(),
        table.text()
    );
    report::publish("docs/data.md", &page)?;
    anyhow::ensure!(failed.is_empty(), "feeds that do not import:\n{}", failed.join("\n"));
    Ok(())
}

/// Bytes of a file, or of the files of a folder.
fn bytes(path: &std::path::Path) -> anyhow::Result<u64> {
    if path.is_file() {
        return Ok(path.metadata()?.len());
    }
    std::fs::read_dir(path)?.map(|entry| Ok(entry?.metadata()?.len())).sum()
}
