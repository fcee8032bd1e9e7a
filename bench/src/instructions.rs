//! Instructions executed, counted by valgrind: the same on a busy machine as on an idle one, so CI can hold them to limits.

use crate::{feeds, pairs, report};
use anyhow::{Context, bail, ensure};
use serde::Deserialize;
use std::fmt::Write;
use std::path::Path;
use std::process::Command;
use tumen_base::Date;

const LIMITS: &str = "bench/limits.toml";

/// bench/limits.toml.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Limits {
    /// How much more than the limit passes, as a share of it.
    tolerance: f64,
    case: Vec<Case>,
}

/// One run of `tumen batch` on one timetable.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    /// As in [`feeds::Feed`].
    feed: String,
    date: String,
    days: i32,
    /// Arguments of `tumen import` beside its files.
    import: String,
    /// Arguments of `tumen batch` beside its files.
    arguments: String,
    queries: usize,
    /// Instructions counted when the limit was stored.
    instructions: u64,
}

/// Counts every case and compares it with its limit.
///
/// # Errors
/// When a case executes more instructions than its limit and the tolerance allow.
pub fn run(store: bool) -> anyhow::Result<()> {
    if Command::new("valgrind").arg("--version").output().is_err() {
        println!("skipped: valgrind is absent");
        return Ok(());
    }
    let path = feeds::root().join(LIMITS);
    let mut limits: Limits = toml::from_str(&std::fs::read_to_string(&path).context(LIMITS)?).context(LIMITS)?;
    let mut exceeded = Vec::new();
    for case in &mut limits.case {
        let Ok(source) = feeds::source(&case.feed) else {
            println!("skipped: {}: ../shared/feeds is absent", case.feed);
            continue;
        };
        let counted = count(case, &source).with_context(|| case.feed.clone())?;
        let ratio = counted as f64 / case.instructions.max(1) as f64;
        println!(
            "{} {} {}: {} instructions, {:.3} of the limit {}",
            case.feed,
            case.import,
            case.arguments,
            report::grouped(counted),
            ratio,
            report::grouped(case.instructions)
        );
        if store {
            case.instructions = counted;
        } else if ratio > 1.0 + limits.tolerance {
            exceeded.push(format!("{} {} {}: {ratio:.3} of its limit", case.feed, case.import, case.arguments));
        } else if ratio < 1.0 - limits.tolerance {
            println!(
                "  faster than stored: lower the limit with `cargo run --release -p tumen-bench -- instructions --store`"
            );
        }
    }
    if store {
        std::fs::write(&path, written(&limits)).context(LIMITS)?;
    }
    ensure!(exceeded.is_empty(), "more instructions than {LIMITS} allows:\n{}", exceeded.join("\n"));
    Ok(())
}

fn count(case: &Case, source: &Path) -> anyhow::Result<u64> {
    let timetable = feeds::scratch(&format!("{}.tumen", case.feed))?;
    let mut import = Command::new(feeds::binary()?);
    import.arg("import").arg(source).arg("-o").arg(&timetable).args(case.import.split_whitespace());
    crate::child::run(&mut import)?;
    let date = Date::parse_typed(&case.date)?;
    let queries = feeds::scratch("instructions.csv")?;
    pairs::prepare(
        &timetable,
        &queries,
        pairs::Draw { date, days: case.days, count: case.queries, seed: pairs::SEED },
    )?;
    let output = Command::new("valgrind")
        .args(["--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null"])
        .arg(feeds::binary()?)
        .args(["batch", "--threads", "1", "--timetable"])
        .arg(&timetable)
        .arg("--queries")
        .arg(&queries)
        .arg("--out")
        .arg(feeds::scratch("instructions-answers.csv")?)
        .args(case.arguments.split_whitespace())
        .output()?;
    let said = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "valgrind: {}\n{said}", output.status);
    match counted(&said) {
        Some(instructions) => Ok(instructions),
        None => bail!("valgrind said no count:\n{said}"),
    }
}

/// The number in valgrind's `==1== I refs: 1,234`.
fn counted(said: &str) -> Option<u64> {
    let line = said.lines().find(|line| line.contains("I ") && line.contains("refs:"))?;
    line.rsplit(':').next()?.trim().replace(',', "").parse().ok()
}

fn written(limits: &Limits) -> String {
    let mut text = format!(
        "# Instructions of `tumen batch`, counted by valgrind; `cargo run --release -p tumen-bench -- instructions --store`\n\
         # stores them anew. CI fails where a count exceeds its limit by more than the tolerance.\n\
         tolerance = {}\n",
        limits.tolerance
    );
    for Case { feed, date, days, import, arguments, queries, instructions } in &limits.case {
        // Writing to a string does not fail.
        let _ = write!(
            text,
            "\n[[case]]\nfeed = \"{feed}\"\ndate = \"{date}\"\ndays = {days}\nimport = \"{import}\"\narguments = \"{arguments}\"\n\
             queries = {queries}\ninstructions = {instructions}\n"
        );
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn valgrinds_count_is_read() {
        let said = "==7== Command: tumen batch\n==7== \n==7== I   refs:      1,234,567\n";
        assert_eq!(counted(said), Some(1_234_567));
        assert_eq!(counted("==7== killed\n"), None);
    }

    #[test]
    fn the_stored_limits_are_as_they_would_be_written() {
        let stored = std::fs::read_to_string(feeds::root().join(LIMITS)).expect("the limits are there");
        assert_eq!(written(&toml::from_str(&stored).expect("the limits are valid")), stored);
    }
}
