//! `tumen import`: feeds to one timetable file.

use anyhow::{Context as _, Result};
use serde_json::{Value, json};
use std::num::NonZero;
use std::time::Instant;
use tumen_journey::Failure;
use tumen_journey::present::words;
use tumen_journey::search;
use tumen_journey::style::{left, right};
use tumen_routing::PrecomputeOptions;
use tumen_stitch::{JoinKind, StitchOptions, StitchReport, stitch};
use tumen_timetable::Timetable;
use tumen_timetable::compile::{CompileOptions, CompileReport, WalkOptions, compile};

use super::Context;
use crate::args::ImportArgs;
use crate::border_check;
use crate::clock;
use crate::exit::Exit;
use crate::reading::{self, Work};
use crate::terminal;
use tumen_routing::Walk;

/// Compiles feeds and prints a summary.
///
/// # Errors
/// When a feed is refused, or the file cannot be written.
pub fn run(context: &Context, args: &ImportArgs) -> Result<Exit> {
    let begin = Instant::now();
    let work = Work::begin();
    let (sources, feeds, mut report) = reading::read(&args.feeds, &args.reading, &work)?;
    let options = CompileOptions {
        from: args.from,
        until: args.until,
        today: clock::today(),
        walk: walk_options(args),
        sources: reading::stamps(&sources).context("reading a feed again for its hash")?,
    };
    let (feeds, stitched) = if args.no_stitch {
        (feeds, None)
    } else {
        work.say("trains that are one".to_owned());
        let (feeds, report) = stitch(feeds, StitchOptions::default());
        (feeds, Some(report))
    };
    let compiled = compile(&feeds, &options, &mut |step| work.say(step.to_string()));
    let (data, compiled) = compiled.map_err(|error| {
        work.end();
        Failure::refused("feed_refused", error.to_string())
    })?;
    drop(feeds);
    let mut timetable = Timetable::from_data(data).context("the compiled timetable does not fit together")?;
    work.say("borders".to_owned());
    border_check::of_timetable(&timetable, &mut report)?;
    let changes = if args.precompute { Some(precompute(&mut timetable, &work)?) } else { None };
    work.say(format!("writing {}", args.output.display()));
    let bytes = timetable.write(&args.output)?;
    work.end();

    if context.global.json {
        terminal::print_json(&json!({
            "file": args.output.display().to_string(),
            "bytes": bytes,
            "seconds": begin.elapsed().as_secs_f64(),
            "timetable": counts_json(&compiled),
            "stitched": stitched.as_ref().map(stitched_json),
            "storedChanges": changes,
            "cuts": compiled.cuts.iter().map(ToString::to_string).collect::<Vec<_>>(),
            "remarks": compiled.remarks.iter().map(ToString::to_string).collect::<Vec<_>>(),
            "complaints": reading::json(&report, args.reading.complaints),
        }))?;
        return Ok(Exit::Found);
    }
    let style = context.style;
    let mut text = format!(
        "{} {} ({:.1} MB) in {:.1} s\n\n",
        style.bold("Wrote"),
        args.output.display(),
        bytes as f64 / 1e6,
        begin.elapsed().as_secs_f64()
    );
    let stored = changes.map(|count| ("useful changes between runs", count.to_string()));
    let rows = rows(&compiled).into_iter().chain(stored).map(|(what, count)| vec![what.to_owned(), count]).collect();
    text.push_str(&style.table(2, &[left("What"), right("How many")], rows));
    if let Some(words) = stitched.as_ref().and_then(stitched_words) {
        line!(text, "\n{words}");
    }
    for cut in &compiled.cuts {
        line!(text, "\n{}", style.warn(&cut.to_string()));
    }
    if !compiled.remarks.is_empty() {
        line!(text, "\n{} remarks of the compiler", compiled.remarks.len());
        for remark in compiled.remarks.iter().take(args.reading.complaints) {
            line!(text, "  {remark}");
        }
    }
    line!(text, "\n{}", reading::heading(style, &report));
    text.push_str(&reading::list(&report, args.reading.complaints));
    terminal::print(&text)?;
    Ok(Exit::Found)
}

/// Works out the useful changes between runs and stores them; answers how many there are.
fn precompute(timetable: &mut Timetable, work: &Work) -> Result<usize> {
    let columns = timetable.columns();
    let network = search::network(&columns, search::settings(&columns, None, None))?;
    let threads = std::thread::available_parallelism().map_or(1, NonZero::get);
    let mut progress = |done: usize, days: usize| work.say(format!("changes between runs: day {done} of {days} kinds"));
    let changes = tumen_routing::precompute(&network, &mut PrecomputeOptions { threads, progress: &mut progress });
    let changes = changes.map_err(|error| {
        work.end();
        Failure::refused(
            "no_precomputation",
            format!("changes between runs cannot be worked out beforehand: {error}; import without --precompute"),
        )
    })?;
    drop(network);
    let count = changes.change.len();
    timetable.store_changes(changes)?;
    Ok(count)
}

/// What was joined, in a sentence; nothing where nothing was and nothing is in doubt.
fn stitched_words(report: &StitchReport) -> Option<String> {
    let joins = |kind| report.joins_of(kind).count();
    let halves = joins(JoinKind::Halves);
    let same = joins(JoinKind::SameTrain) + joins(JoinKind::HalvesAndSameTrain);
    let counts = [
        (report.joined_stations(), "station of two feeds", "stations of two feeds"),
        (halves, "train of two halves", "trains of two halves"),
        (same, "train that stands in two feeds", "trains that stand in two feeds"),
        (
            joins(JoinKind::ThroughCarriage),
            "through carriage published as a trip",
            "through carriages published as trips",
        ),
    ];
    let said: Vec<String> = counts
        .iter()
        .filter(|(count, ..)| *count > 0)
        .map(|(count, one, many)| format!("{count} {}", if *count == 1 { one } else { many }))
        .collect();
    let suspects = report.suspects.len() + report.unlisted.suspects;
    if said.is_empty() && suspects == 0 {
        return None;
    }
    let joined = if said.is_empty() { "nothing".to_owned() } else { words::list(&said) };
    let doubts = if suspects > 0 { format!("; {} stay two", words::count(suspects, "suspect")) } else { String::new() };
    Some(format!("Joined: {joined}{doubts}. --no-stitch leaves everything as it was."))
}

fn stitched_json(report: &StitchReport) -> Value {
    json!({
        "stations": report.joined_stations(),
        "halves": report.joins_of(JoinKind::Halves).count(),
        "sameTrains": report.joins_of(JoinKind::SameTrain).count() + report.joins_of(JoinKind::HalvesAndSameTrain).count(),
        "throughCarriages": report.joins_of(JoinKind::ThroughCarriage).count(),
        "borderStops": report.border_stops.len(),
        "suspects": report.suspects.len() + report.unlisted.suspects,
        "refusals": report.refusals.len() + report.unlisted.refusals,
    })
}

fn walk_options(args: &ImportArgs) -> WalkOptions {
    let mut walk = match args.walk {
        None => WalkOptions::default(),
        Some(Walk::None) => WalkOptions::none(),
        Some(Walk::Metres(radius_m)) => WalkOptions { radius_m, ..WalkOptions::default() },
    };
    if let Some(seconds) = args.change_time {
        walk.change_time_s = seconds.unsigned_abs();
    }
    walk
}

/// The counts that are worth a line: what every timetable has, and what this one has.
fn rows(report: &CompileReport) -> Vec<(&'static str, String)> {
    let counts = &report.counts;
    let mut rows = vec![
        ("stops", counts.stops.to_string()),
        ("trips", counts.trips.to_string()),
        ("calls", counts.calls.to_string()),
        ("patterns", counts.patterns.to_string()),
        ("runs", counts.runs.to_string()),
    ];
    if let Some((first, last)) = report.span {
        rows.push(("service days", format!("{} ({first} to {last})", counts.days)));
    }
    let rare = [
        ("trips that run on no day, left out", counts.idle_trips),
        ("departures of frequencies", counts.frequency_trips),
        ("in-seat links", counts.links),
        ("through carriages", counts.carriages),
        ("ways of through carriages", counts.ways),
        ("days on which a carriage lacks a host", counts.holes),
        ("changes by rules", counts.rule_edges),
        ("generated walks", counts.walks),
    ];
    rows.extend(rare.into_iter().filter(|(_, count)| *count > 0).map(|(what, count)| (what, count.to_string())));
    rows
}

fn counts_json(report: &CompileReport) -> Value {
    let counts = &report.counts;
    json!({
        "stops": counts.stops,
        "trips": counts.trips,
        "idleTrips": counts.idle_trips,
        "calls": counts.calls,
        "runs": counts.runs,
        "days": counts.days,
        "firstDate": report.span.map(|span| span.0.to_string()),
        "lastDate": report.span.map(|span| span.1.to_string()),
        "patterns": counts.patterns,
        "frequencyTrips": counts.frequency_trips,
        "links": counts.links,
        "carriages": counts.carriages,
        "ways": counts.ways,
        "holes": counts.holes,
        "ruleEdges": counts.rule_edges,
        "walks": counts.walks,
    })
}
