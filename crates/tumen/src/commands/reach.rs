//! `tumen reach`: when every stop is reached from one place.

use anyhow::Result;
use serde_json::{Value, json};
use tumen_base::StopId;
use tumen_journey::clock::{self, DayEnd};
use tumen_journey::present::{View, words};
use tumen_journey::search::{self, Extent, Search};
use tumen_journey::when::When;
use tumen_journey::{names, trust};
use tumen_routing::{Destinations, Direction, Limit, Place, Query, Router};

use super::Context;
use crate::args::ReachArgs;
use crate::exit::Exit;
use crate::reached::{self, Row, Told};
use crate::sheet::Format;
use crate::terminal;

/// Searches once, and tells of every stop.
///
/// # Errors
/// When a name cannot be resolved, the timetable cannot be used, or the file cannot be written.
pub fn run(context: &Context, args: &ReachArgs) -> Result<Exit> {
    let formats = [Format::Csv, Format::GeoJson, Format::Parquet];
    let format = args.output.as_deref().map(|path| Format::of(path, &formats)).transpose()?;
    let world = crate::opened::world(&args.timetable)?;
    let view = View::new(&world, context.style, args.language.as_deref());
    let told = search(context, args, &view)?;
    if let (Some(path), Some(format)) = (args.output.as_deref(), format) {
        told.write(&view, path, format)?;
        if context.global.json {
            let mut summary = told.head(&view);
            summary.insert("file".to_owned(), json!(path.display().to_string()));
            summary.insert("rows".to_owned(), json!(told.rows.len()));
            terminal::print_json(&Value::Object(summary))?;
        } else {
            let rows = words::count(told.rows.len(), "row");
            terminal::print(&format!("{}: {rows}. {}", path.display(), told.heading(&view)))?;
            if let Some(caution) = trust::of_timetable(&view.world.columns()) {
                terminal::print(caution)?;
            }
        }
    } else if context.global.json {
        terminal::print_json(&told.json(&view))?;
    } else {
        terminal::print(&told.page(&view, args.count))?;
    }
    let anywhere = told.rows.iter().any(|row| row.reached.trips > 0);
    Ok(if anywhere { Exit::Found } else { Exit::Nothing })
}

fn search(context: &Context, args: &ReachArgs, view: &View<'_>) -> Result<Told> {
    let world = view.world;
    let columns = world.columns();
    let from = names::resolve(world, &args.from, search::footwork(&columns, args.usable.walk))?;
    let when = args.depart.unwrap_or(When::Now);
    let time = clock::resolve(&columns, when, context.now(), from.first_stop(), DayEnd::First)?;
    let extent = Extent { horizon: args.extent.within, timeout: args.patience.timeout };
    let search = Search::of(world, from.clone(), from.clone(), extent, &args.usable.usable())?;
    let settings = search::settings(&columns, args.usable.walk, args.usable.change_time);
    let network = search::network(&columns, settings)?;
    // Entrances and the like are no places to arrive at.
    let stops: Vec<StopId> = columns.stops().filter(|stop| columns.stop_kind[stop.index()] <= 1).collect();
    let places: Vec<Place> = stops.iter().map(|&stop| Place::at(columns.stop_and_descendants(stop))).collect();
    let destinations = Destinations::places(&network, &places).map_err(|error| search::refused(&error))?;
    let expired = || search.is_expired();
    let window = args.extent.window.unwrap_or(0);
    let query = Query { cancel: Some(&expired), ..search.query(&columns, time, Direction::DepartAt, window) };
    let mut answer = reached::ask(&mut Router::new(&network), &query, &args.extent, &destinations)?;
    let rows_of = |(number, &stop): (usize, &StopId)| {
        let arrivals = reached::chosen(answer.at(number), args.extent.all);
        arrivals.map(|reached| Row { stop, reached }).collect::<Vec<_>>()
    };
    let mut rows: Vec<Row> = stops.iter().enumerate().flat_map(rows_of).collect();
    let stops = rows.chunk_by(|one, next| one.stop == next.stop).count();
    if !args.extent.all {
        rows.sort_by_key(|row| (reached::seconds(&row.reached), row.reached.departure));
    }
    // What lies beyond the horizon was not asked for.
    answer.limits.retain(|limit| *limit != Limit::Horizon);
    let (limits, engine) = (answer.limits, answer.engine);
    Ok(Told { from, time, extent: args.extent.clone(), stops, rows, limits, engine })
}
