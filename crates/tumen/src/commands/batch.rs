//! `tumen batch`: a file of queries, answered row by row.

use anyhow::{Context as _, Result};
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::json;
use std::fs::File;
use std::io::{self, BufReader, BufWriter, IsTerminal};
use std::path::Path;
use std::time::{Duration, Instant};
use tumen_base::{StopId, Time};
use tumen_routing::{Direction, Filter, MAX_TRIPS, Place, Query, Router};
use tumen_timetable::Columns;

use super::Context;
use crate::args::BatchArgs;
use crate::exit::{Exit, Failure};
use crate::motis::rfc3339;
use crate::when::When;
use crate::world::World;
use crate::{search, terminal};

/// Answers the queries.
///
/// # Errors
/// When a file cannot be read or written, or a query is wrong; its row is named.
pub fn run(context: &Context, args: &BatchArgs) -> Result<Exit> {
    let world = World::open(args.timetable.timetable.as_deref())?;
    let columns = world.columns();
    let network = search::network(&columns, search::settings(&columns, args.walk, args.change_time))?;
    let mut router = Router::new(&network);
    let questions = read(&world, &args.queries)?;
    let mut out = writer(&args.out)?;
    out.write_record(["query", "departure", "arrival", "trips", "duration_s"])?;
    let mut timing = args.timing.as_deref().map(writer).transpose()?;
    if let Some(timing) = &mut timing {
        timing.write_record(["query", "microseconds"])?;
    }
    let bar = progress(questions.len());
    let (mut rows, mut unreachable, mut spent) = (0_u64, 0_u64, Duration::ZERO);
    for (number, question) in questions.iter().enumerate() {
        let (answers, elapsed) = answer(&mut router, &columns, question, args)
            .with_context(|| format!("{}: query {number}", args.queries.display()))?;
        spent += elapsed;
        rows += answers.len() as u64;
        unreachable += u64::from(answers.is_empty());
        write_rows(&mut out, &columns, number, question, &answers)?;
        if let Some(timing) = &mut timing {
            timing.write_record([number.to_string(), elapsed.as_micros().to_string()])?;
        }
        bar.inc(1);
    }
    bar.finish_and_clear();
    out.flush()?;
    if let Some(mut timing) = timing {
        timing.flush()?;
    }
    if context.global.json {
        terminal::print_json(&json!({
            "queries": questions.len(), "journeys": rows, "unreachable": unreachable, "seconds": spent.as_secs_f64(),
        }))?;
    } else {
        let (file, queries) = (args.out.display(), questions.len());
        terminal::print(&format!(
            "{file}: {queries} queries, {rows} journeys, {unreachable} without any; {:.3} s of search",
            spent.as_secs_f64()
        ))?;
    }
    Ok(Exit::Found)
}

/// A row of the queries.
#[derive(Clone, Copy, Debug)]
struct Question {
    from: StopId,
    to: StopId,
    time: Time,
}

/// A row of the answers: departure, arrival, trips.
type Triple = (Time, Time, u8);

fn answer(
    router: &mut Router<'_, '_>,
    columns: &Columns<'_>,
    question: &Question,
    args: &BatchArgs,
) -> Result<(Vec<Triple>, Duration)> {
    let query = Query {
        from: Place::at(columns.stop_and_descendants(question.from)),
        to: Place::at(columns.stop_and_descendants(question.to)),
        time: question.time,
        direction: if args.arrive { Direction::ArriveBy } else { Direction::DepartAt },
        horizon: args.horizon,
        max_trips: args.max_transfers.map_or(MAX_TRIPS, |transfers| transfers + 1),
        max_wait: args.max_wait,
        extra_change_time: 0,
        filter: Filter::default(),
        cancel: None,
    };
    let begin = Instant::now();
    let answer = match args.profile {
        Some(window) => router.profile(&query, window),
        None => router.journeys(&query),
    };
    let elapsed = begin.elapsed();
    let own = args.arrive || args.profile.is_some();
    let triple = |journey: &tumen_routing::Journey| {
        (if own { journey.departure } else { question.time }, journey.arrival, journey.trips)
    };
    let answer = answer.map_err(|error| search::refused(&error))?;
    let mut triples: Vec<Triple> = answer.journeys.iter().map(triple).collect();
    triples.sort_unstable();
    triples.dedup();
    Ok((triples, elapsed))
}

fn write_rows(
    out: &mut csv::Writer<BufWriter<File>>,
    columns: &Columns<'_>,
    number: usize,
    question: &Question,
    answers: &[Triple],
) -> Result<()> {
    // Departures are told by the clock in which the queries are asked.
    let home = columns.zone_of_feed(columns.feed_of_stop(question.from));
    let leave = |time: Time| rfc3339(&columns.in_zone(time, home.clone()));
    let number = number.to_string();
    if answers.is_empty() {
        out.write_record([number.as_str(), &leave(question.time), "", "", ""])?;
    }
    for &(departure, arrival, trips) in answers {
        let reach = rfc3339(&columns.local_time(arrival, question.to));
        let duration = i64::from(arrival) - i64::from(departure);
        out.write_record([number.as_str(), &leave(departure), &reach, &trips.to_string(), &duration.to_string()])?;
    }
    Ok(())
}

fn read(world: &World, path: &Path) -> Result<Vec<Question>> {
    let file = File::open(path).with_context(|| format!("{} cannot be read", path.display()))?;
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(BufReader::new(file));
    let header = reader.headers().with_context(|| path.display().to_string())?.clone();
    let column = |name: &str| {
        let clean = |text: &str| text.trim_start_matches('\u{feff}') == name;
        header.iter().position(clean).ok_or_else(|| {
            let expected = "from_stop_id, to_stop_id and departure";
            Failure::usage("bad_queries", format!("{}: no column {name}; expected {expected}", path.display()))
        })
    };
    let (from, to, departure) = (column("from_stop_id")?, column("to_stop_id")?, column("departure")?);
    let mut questions = Vec::new();
    for record in reader.records() {
        let record = record.with_context(|| path.display().to_string())?;
        let row = questions.len();
        let wrong =
            |reason: String| Failure::usage("bad_queries", format!("{}: query {row}: {reason}", path.display()));
        let stop = |index: usize| stop(world, record.get(index).unwrap_or("")).map_err(wrong);
        let (from, to) = (stop(from)?, stop(to)?);
        let time = time(world, from, record.get(departure).unwrap_or("")).map_err(wrong)?;
        questions.push(Question { from, to, time });
    }
    Ok(questions)
}

fn stop(world: &World, id: &str) -> Result<StopId, String> {
    match world.stops_with_id(id)[..] {
        [stop] => Ok(stop),
        [] => Err(format!("no stop has the id `{id}`")),
        ref several => {
            let ids: Vec<String> = several.iter().map(|&stop| world.written_stop_id(stop)).collect();
            Err(format!("several feeds have a stop `{id}`: write one of {}", ids.join(", ")))
        }
    }
}

/// A time on the clock of the origin's feed.
fn time(world: &World, from: StopId, text: &str) -> Result<Time, String> {
    let columns = world.columns();
    let zone = columns.zone_of_feed(columns.feed_of_stop(from));
    let time = match When::parse(text) {
        Ok(When::Local(local)) => columns.from_local(local, &zone),
        Ok(When::Day(date)) => columns.from_local(date.at(0, 0, 0, 0), &zone),
        Ok(When::Instant(instant)) => columns.from_unix(instant.as_second()),
        Ok(When::Now) | Err(_) => return Err(format!("`{text}` is no local time such as 2026-12-12T10:30:00")),
    };
    time.ok_or_else(|| format!("`{text}` is too far from the days of the timetable"))
}

fn writer(path: &Path) -> Result<csv::Writer<BufWriter<File>>> {
    let file = File::create(path).with_context(|| format!("{} cannot be written", path.display()))?;
    Ok(csv::Writer::from_writer(BufWriter::new(file)))
}

fn progress(queries: usize) -> ProgressBar {
    if !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(queries as u64);
    match ProgressStyle::with_template("{elapsed} {wide_bar} {pos}/{len} {eta}") {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}
