//! `tumen batch`: a file of queries, answered row by row.

use anyhow::{Context as _, Result};
use csv::Writer;
use serde_json::json;
use std::fs::File;
use std::io::BufWriter;
use std::path::Path;
use std::time::{Duration, Instant};
use tumen_base::{StopId, Time};
use tumen_journey::motis::rfc3339;
use tumen_journey::present::words;
use tumen_journey::search;
use tumen_journey::world::World;
use tumen_routing::{Direction, Filter, MAX_TRIPS, Place, Query, Router};
use tumen_timetable::Columns;

use super::Context;
use crate::args::BatchArgs;
use crate::exit::Exit;
use crate::input::{self, List};
use crate::{sheet, terminal};
use tumen_analysis::Sharing;

/// Answers that a thread may be ahead of the file.
const AHEAD: usize = 256;

/// Answers the queries.
///
/// # Errors
/// When a file cannot be read or written, or a query is wrong; its row is named.
pub fn run(context: &Context, args: &BatchArgs) -> Result<Exit> {
    let world = crate::opened::world(&args.timetable)?;
    let columns = world.columns();
    let network = search::network(&columns, search::settings(&columns, args.walk, args.change_time))?;
    let questions = read(&world, &args.queries)?;
    let mut out = Writer::from_writer(sheet::create(&args.out)?);
    out.write_record(["query", "departure", "arrival", "trips", "duration_s"])?;
    let timing = args.timing.as_deref().map(sheet::create).transpose()?;
    let mut timing = timing.map(Writer::from_writer);
    if let Some(timing) = &mut timing {
        timing.write_record(["query", "microseconds"])?;
    }
    let threads = Sharing::threads(args.threads.or(args.timing.is_some().then_some(1)), questions.len());
    let bar = terminal::progress(questions.len());
    let (mut rows, mut unreachable, mut spent) = (0_u64, 0_u64, Duration::ZERO);
    let sharing = Sharing { threads, items: questions.len(), ahead: AHEAD };
    sharing.work(
        || Router::new(&network),
        |router, number| answer(router, &world, &questions[number], args),
        |number, answered| {
            let (answers, elapsed) = answered.with_context(|| format!("{}: query {number}", args.queries.display()))?;
            spent += elapsed;
            rows += answers.len() as u64;
            unreachable += u64::from(answers.is_empty());
            write_rows(&mut out, &columns, number, &questions[number], &answers)?;
            if let Some(timing) = &mut timing {
                timing.write_record([number.to_string(), elapsed.as_micros().to_string()])?;
            }
            bar.inc(1);
            anyhow::Ok(())
        },
    )?;
    bar.finish_and_clear();
    out.flush()?;
    if let Some(mut timing) = timing {
        timing.flush()?;
    }
    if context.global.json {
        terminal::print_json(&json!({
            "queries": questions.len(), "journeys": rows, "unreachable": unreachable, "seconds": spent.as_secs_f64(),
            "threads": threads,
        }))?;
    } else {
        let (file, queries) = (args.out.display(), questions.len());
        terminal::print(&format!(
            "{file}: {queries} queries, {rows} journeys, {unreachable} without any; {:.3} s of search on {}",
            spent.as_secs_f64(),
            words::count(threads, "thread")
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
    world: &World,
    question: &Question,
    args: &BatchArgs,
) -> Result<(Vec<Triple>, Duration)> {
    let columns = world.columns();
    let [from, to] = [question.from, question.to].map(|stop| Place::at(columns.stop_and_descendants(stop)));
    let direction = if args.arrive { Direction::ArriveBy } else { Direction::DepartAt };
    let mut filter = Filter::default();
    let span = search::span(question.time, direction, args.profile.unwrap_or(0), args.horizon);
    world.suspended().forbid(&columns, span, &mut filter);
    let query = Query {
        direction,
        filter,
        horizon: args.horizon,
        max_trips: args.max_transfers.map_or(MAX_TRIPS, |transfers| transfers + 1),
        max_wait: args.max_wait,
        ..Query::depart_at(from, to, question.time)
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
    out: &mut Writer<BufWriter<File>>,
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
    let mut list = List::open(path)?;
    let expected = "from_stop_id, to_stop_id and departure";
    let from = list.column("from_stop_id", expected)?;
    let to = list.column("to_stop_id", expected)?;
    let departure = list.column("departure", expected)?;
    let mut questions = Vec::new();
    list.each(|row| {
        let stop = |index: usize| stop(world, row.get(index));
        let question = stop(from)
            .and_then(|from| Ok(Question { from, to: stop(to)?, time: input::time(world, from, row.get(departure))? }));
        questions.push(question.map_err(|reason| row.wrong(&format!("query {}: {reason}", questions.len())))?);
        Ok(())
    })?;
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
