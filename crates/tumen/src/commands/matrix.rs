//! `tumen matrix`: when many places are reached from many others, one search a row.

use anyhow::{Context as _, Result};
use jiff::tz::TimeZone;
use serde_json::json;
use std::path::Path;
use tumen_base::Time;
use tumen_journey::Failure;
use tumen_journey::clock::{self, DayEnd};
use tumen_journey::names::{self, Footwork, Spot};
use tumen_journey::present::words;
use tumen_journey::search::{self, Extent, Search};
use tumen_journey::trust;
use tumen_journey::when::When;
use tumen_journey::world::World;
use tumen_routing::{Arrival, Destinations, Direction, Place, Query, Reached, Router};
use tumen_timetable::Columns;

use super::Context;
use crate::args::MatrixArgs;
use crate::exit::Exit;
use crate::input::{self, List};
use crate::sheet::{Cell, Column, Format, Kind, Moment, Sheet};
use crate::{reached, terminal};
use tumen_analysis::Sharing;

const COLUMNS: &[Column] = &[
    ("from", Kind::Text),
    ("to", Kind::Text),
    ("departure", Kind::Moment),
    ("arrival", Kind::Moment),
    ("trips", Kind::Whole),
    ("duration_s", Kind::Whole),
];

/// Rows of the matrix that a thread may be ahead of the file.
const AHEAD: usize = 2;

/// Answers every pair.
///
/// # Errors
/// When a file cannot be read or written, or one of its rows is wrong: its line is named.
pub fn run(context: &Context, args: &MatrixArgs) -> Result<Exit> {
    let format = Format::of(&args.output, &[Format::Csv, Format::Parquet])?;
    let world = crate::opened::world(&args.timetable)?;
    let columns = world.columns();
    let footwork = search::footwork(&columns, args.usable.walk);
    let from = read(&world, &args.from, footwork)?;
    let to = read(&world, &args.to, footwork)?;
    let origins: Vec<Origin> = from.iter().map(|end| origin(context, args, &columns, end)).collect::<Result<_>>()?;
    let targets: Vec<Target<'_>> = to.iter().map(|end| Target::of(&columns, end)).collect();

    let settings = search::settings(&columns, args.usable.walk, args.usable.change_time);
    let network = search::network(&columns, settings)?;
    let extent = Extent { horizon: args.extent.within, timeout: i32::MAX };
    let search = Search::of(&world, from[0].spot.clone(), to[0].spot.clone(), extent, &args.usable.usable())?;
    let place = |end: &End| Place { dwell: search.airports.after(), ..search::place(&columns, &end.spot) };
    let places: Vec<Place> = to.iter().map(place).collect();
    let destinations = Destinations::places(&network, &places).map_err(|error| search::refused(&error))?;

    let mut sheet = Sheet::create(&args.output, format, COLUMNS)?;
    let threads = Sharing::threads(args.threads, origins.len());
    let bar = terminal::progress(origins.len());
    let (mut rows, mut unreachable) = (0_u64, 0_u64);
    Sharing { threads, items: origins.len(), ahead: AHEAD }.work(
        || Router::new(&network),
        |router, number| {
            let time = origins[number].time;
            let query = search.query(&columns, time, Direction::DepartAt, args.extent.window.unwrap_or(0));
            let from = Place { dwell: search.airports.before(), ..search::place(&columns, &from[number].spot) };
            let query = Query { from, ..query };
            reached::ask(router, &query, &args.extent, &destinations)
        },
        |number, answer| {
            let answer = answer.with_context(|| format!("{}: {}", args.from.display(), from[number].text))?;
            let row = MatrixRow { from: &from[number].text, origin: &origins[number], answer, all: args.extent.all };
            let (written, missing) = row.write(&mut sheet, &columns, &targets)?;
            rows += written;
            unreachable += missing;
            bar.inc(1);
            anyhow::Ok(())
        },
    )?;
    bar.finish_and_clear();
    sheet.finish()?;
    if context.global.json {
        terminal::print_json(&json!({
            "origins": from.len(), "destinations": to.len(), "rows": rows, "unreachable": unreachable, "threads": threads,
        }))?;
    } else {
        let (file, pairs) = (args.output.display(), from.len() * to.len());
        let threads = words::count(threads, "thread");
        terminal::print(&format!("{file}: {pairs} pairs, {rows} journeys, {unreachable} without any; {threads}"))?;
        if let Some(caution) = trust::of_timetable(&columns) {
            terminal::print(caution)?;
        }
    }
    Ok(Exit::Found)
}

/// A row of A.csv or B.csv.
struct End {
    /// As it was written.
    text: String,
    spot: Spot,
    /// When to depart, where the file says.
    departure: Option<Time>,
}

/// When a row of the matrix departs, and on whose clock that is told.
struct Origin {
    time: Time,
    zone: TimeZone,
}

/// A destination, and its clock.
struct Target<'m> {
    text: &'m str,
    zone: TimeZone,
}

impl<'m> Target<'m> {
    fn of(columns: &Columns<'_>, end: &'m End) -> Self {
        Self { text: &end.text, zone: columns.zone_of_stop(end.spot.first_stop()) }
    }
}

fn origin(context: &Context, args: &MatrixArgs, columns: &Columns<'_>, end: &End) -> Result<Origin> {
    let stop = end.spot.first_stop();
    let when = args.depart.unwrap_or(When::Now);
    let asked = || clock::resolve(columns, when, context.now(), stop, DayEnd::First);
    Ok(Origin { time: end.departure.map_or_else(asked, Ok)?, zone: columns.zone_of_stop(stop) })
}

/// Reads a list of places, of which there is at least one; times in it are told by the clock of the place's feed.
fn read(world: &World, path: &Path, footwork: Footwork) -> Result<Vec<End>> {
    let mut list = List::open(path)?;
    let id = list.column("stop_id", "stop_id, and for origins perhaps departure")?;
    let departure = list.find("departure");
    let mut ends = Vec::new();
    list.each(|row| {
        let text = row.get(id);
        let spot = names::resolve(world, text, footwork).map_err(|failure| row.wrong(&failure.message))?;
        let written = departure.map(|column| row.get(column)).filter(|text| !text.is_empty());
        let time = written.map(|text| input::time(world, spot.first_stop(), text)).transpose();
        let departure = time.map_err(|reason| row.wrong(&reason))?;
        ends.push(End { text: text.to_owned(), spot, departure });
        Ok(())
    })?;
    if ends.is_empty() {
        return Err(Failure::usage("bad_list", format!("{}: no rows", path.display())).into());
    }
    Ok(ends)
}

/// The answers for one origin.
struct MatrixRow<'m> {
    from: &'m str,
    origin: &'m Origin,
    answer: Reached,
    all: bool,
}

impl MatrixRow<'_> {
    /// Writes a row for each journey, or for a pair that has none; answers how many there were of both.
    fn write(&self, sheet: &mut Sheet, columns: &Columns<'_>, targets: &[Target<'_>]) -> Result<(u64, u64)> {
        let (mut written, mut missing) = (0, 0);
        let told = |time: Time, zone: &TimeZone| Cell::Moment(Moment::of(&columns.in_zone(time, zone.clone())));
        let start = told(self.origin.time, &self.origin.zone);
        for (number, target) in targets.iter().enumerate() {
            let [from, to] = [self.from, target.text].map(Cell::Text);
            let arrivals = self.answer.at(number);
            if arrivals.is_empty() {
                missing += 1;
                sheet.row(&[from, to, start, Cell::Empty, Cell::Empty, Cell::Empty])?;
            }
            for it @ Arrival { departure, arrival, trips } in reached::chosen(arrivals, self.all) {
                written += 1;
                sheet.row(&[
                    from,
                    to,
                    told(departure, &self.origin.zone),
                    told(arrival, &target.zone),
                    Cell::Whole(trips.into()),
                    Cell::Whole(reached::seconds(&it)),
                ])?;
            }
        }
        Ok((written, missing))
    }
}
