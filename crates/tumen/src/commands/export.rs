//! `tumen export`: a compiled timetable back to a feed.

use anyhow::{Context as _, Result};
use serde_json::json;
use tumen_feed::{Feed, write_feed};
use tumen_journey::Failure;
use tumen_journey::world::refused;
use tumen_timetable::export::to_feeds;
use tumen_timetable::{OpenOptions, Timetable};

use super::Context;
use crate::args::ExportArgs;
use crate::clock;
use crate::exit::Exit;
use crate::terminal;

/// Writes a feed.
///
/// # Errors
/// When the timetable is refused, or the feed cannot be written.
pub fn run(context: &Context, args: &ExportArgs) -> Result<Exit> {
    let timetable = match &args.timetable {
        Some(path) => Timetable::open(path, OpenOptions { verify: true, ..OpenOptions::default() })
            .map_err(|error| refused(&error))?,
        None => tumen_journey::world::corridor(clock::today())?,
    };
    let feeds =
        to_feeds(&timetable.columns()).map_err(|error| Failure::refused("timetable_refused", error.to_string()))?;
    let feed = choose(&feeds, args.feed.as_deref())?;
    write_feed(feed, &args.output).with_context(|| format!("{} cannot be written", args.output.display()))?;
    let (stops, trips, calls) = (feed.stops.len(), feed.trips.len(), feed.calls.len());
    if context.global.json {
        terminal::print_json(&json!({
            "file": args.output.display().to_string(), "stops": stops, "trips": trips, "calls": calls,
        }))?;
    } else {
        let wrote = context.style.bold("Wrote");
        terminal::print(&format!("{wrote} {}: {stops} stops, {trips} trips, {calls} calls", args.output.display()))?;
    }
    Ok(Exit::Found)
}

fn choose<'a>(feeds: &'a [Feed], name: Option<&str>) -> Result<&'a Feed> {
    let names = || feeds.iter().map(|feed| feed.name.as_str()).collect::<Vec<_>>().join(", ");
    match (feeds, name) {
        ([only], None) => Ok(only),
        (_, None) => {
            let message = format!("the timetable holds several feeds: choose one with --feed, of {}", names());
            Err(Failure::usage("several_feeds", message).into())
        }
        (feeds, Some(name)) => feeds.iter().find(|feed| feed.name == name).ok_or_else(|| {
            Failure::usage("unknown_feed", format!("no feed is called `{name}`; there is {}", names())).into()
        }),
    }
}
