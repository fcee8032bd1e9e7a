//! Before and after: `tumen compare` over all pairs of us-amtrak-2024, with a suspended route and between two dates.

use crate::builds::BUILDS;
use crate::report::{self, Table, grouped};
use crate::{child, feeds};
use anyhow::Context;
use std::process::Command;

const FEED: &str = "us-amtrak-2024";

/// What is compared, as on the command line.
const RUNS: [(&str, &[&str]); 3] = [
    ("two dates", &["--before", "2024-02-01", "--after", "2024-06-01"]),
    ("without a route", &["--before", "2024-02-01", "--without", "route:California Zephyr"]),
    (
        "without a route, one thread",
        &["--before", "2024-02-01", "--without", "route:California Zephyr", "--threads", "1"],
    ),
];

/// Compares all pairs and writes the section.
///
/// # Errors
/// When the feed or the binary is absent, or a run fails.
pub fn run() -> anyhow::Result<()> {
    let (binary, timetable) = (feeds::binary()?, feeds::scratch("compare.tumen")?);
    BUILDS[0].import(&feeds::source(FEED)?, &timetable)?;
    let columns =
        ["pairs of places", "pairs", "connected before", "wall time", "processor time", "peak memory", "pairs.csv"];
    let mut table = Table::new(&columns);
    for (name, arguments) in RUNS {
        eprintln!("comparing: {name}");
        let out = feeds::scratch("compare.csv")?;
        let mut command = Command::new(&binary);
        command.arg("compare").args(arguments).arg("--json").arg("--timetable").arg(&timetable).arg("--out").arg(&out);
        let (usage, printed) = child::hear(&mut command)?;
        let number = |key: &str| -> anyhow::Result<u64> {
            let (_, rest) =
                printed.split_once(&format!("\"{key}\": ")).with_context(|| format!("no {key} in the answer"))?;
            let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
            Ok(digits.parse()?)
        };
        let connected = number("connected")? + number("disconnected")? + number("noDataAfter")?;
        table.row(&[
            name.into(),
            grouped(number("all")?),
            grouped(connected),
            format!("{:.1} s", usage.elapsed.as_secs_f64()),
            format!("{:.1} s", usage.processor.as_secs_f64()),
            report::size(usage.peak_kib << 10),
            report::size(out.metadata()?.len()),
        ]);
    }
    let text = format!(
        "## Before and after\n\n\
         By `cargo run --release -p tumen-bench -- compare` on {}; {}; commit {}.\n\n\
         `tumen compare --timetable us-amtrak-2024.tumen` over all pairs of places: for each the departures of 60 days and the fastest \
         journey of up to 15 days, in two windows, every pair written to a CSV file; once between {}, else {}. Memory is the \
         kernel's `VmHWM`; two threads unless stated.\n\n{}",
        report::today(),
        report::machine(),
        report::commit(),
        RUNS[0].1.join(" "),
        RUNS[1].1.join(" "),
        table.text()
    );
    report::publish_section("bench/RESULTS.md", "compare", &text)
}
