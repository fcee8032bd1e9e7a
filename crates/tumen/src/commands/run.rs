//! `tumen run`: single runs added and cancelled.

use anyhow::{Result, bail};
use serde_json::json;
use std::fmt::Write as _;
use std::path::PathBuf;
use tumen_analysis::{Departure, clock};
use tumen_journey::Failure;
use tumen_journey::facts;
use tumen_journey::present::View;
use tumen_journey::runs::{self, Action, Overlay, Row};
use tumen_journey::world::World;

use super::Context;
use crate::args::{AddArgs, CancelArgs, ListArgs, RowArgs, RunArgs, RunCommand, TimetableArg};
use crate::exit::Exit;
use crate::{opened, terminal};

/// Changes or lists the overlay.
///
/// # Errors
/// When a row is wrong or does not fit, or the file cannot be read or written.
pub fn run(context: &Context, args: &RunArgs) -> Result<Exit> {
    match &args.what {
        RunCommand::Add(args) => add(context, args),
        RunCommand::Cancel(args) => cancel(context, args),
        RunCommand::Remove(args) => {
            let (path, overlay) = file(&args.timetable)?;
            let Some(less) = overlay.without(&args.id) else {
                let message = format!("{} has no row `{}`; `tumen run list` shows those it has", overlay.name, args.id);
                return Err(Failure::nothing("unknown_run", message).into());
            };
            runs::replace(&path, &less)?;
            told(context, &format!("{} removed from {}", args.id, path.display()))
        }
        RunCommand::List(args) => list(context, args),
    }
}

fn file(named: &TimetableArg) -> Result<(PathBuf, Overlay)> {
    let Some(path) = named.runs_file() else {
        bail!(
            "the corridor that the program brings along has no file of runs beside it: name one with --runs X.runs.txt"
        );
    };
    let overlay = runs::read(&path)?;
    Ok((path, overlay))
}

fn add(context: &Context, args: &AddArgs) -> Result<Exit> {
    let time = |text: &str| {
        clock(text).ok_or_else(|| {
            Failure::usage("bad_time", format!("--departure: expected a time such as 10:30, not `{text}`"))
        })
    };
    let call = |text: &String| {
        Departure::parse(text).ok_or_else(|| {
            Failure::usage("bad_call", format!("--call: expected STOP_ID HH:MM or STOP_ID HH:MM-HH:MM, not `{text}`"))
        })
    };
    let action = match (&args.like, &args.route) {
        (Some(trip), _) => {
            Action::Like { trip: trip.clone(), departure: args.departure.as_deref().map(time).transpose()? }
        }
        (None, Some(route)) => {
            let calls: std::result::Result<Vec<Departure>, Failure> = args.call.iter().map(call).collect();
            Action::Calls { route: route.clone(), calls: calls? }
        }
        (None, None) => bail!("expected --like TRIP_ID, or --route ROUTE_ID and --call"),
    };
    put(context, args.id.clone(), action, &args.row)
}

fn cancel(context: &Context, args: &CancelArgs) -> Result<Exit> {
    let id = format!("cancel-{}-{}", args.trip, args.row.date);
    put(context, id, Action::Cancel { trip: args.trip.clone() }, &args.row)
}

/// Writes the overlay with a row more, once the timetable has taken all of it.
fn put(context: &Context, id: String, action: Action, row: &RowArgs) -> Result<Exit> {
    let (path, overlay) = file(&row.timetable)?;
    let row_of = Row { line: 0, id, date: row.date, action, source: row.source.clone(), note: row.note.clone() };
    let more = overlay.with(row_of).map_err(|complaints| runs::refused(&complaints))?;
    let words = more.rows.last().map(|row| format!("{} on {}: {}", row.id, row.date, row.words())).unwrap_or_default();
    opened::bare(row.timetable.timetable.as_deref())?.with_runs(more.clone())?;
    runs::replace(&path, &more)?;
    told(context, &format!("{words}\nwritten to {}", path.display()))
}

fn told(context: &Context, text: &str) -> Result<Exit> {
    if context.global.json {
        terminal::print_json(&json!({ "done": text }))?;
    } else {
        terminal::print(&format!("{text}\n"))?;
    }
    Ok(Exit::Found)
}

fn list(context: &Context, args: &ListArgs) -> Result<Exit> {
    let world: World = opened::world(&args.timetable)?;
    let view = View::new(&world, context.style, None);
    let overlay = &world.runs().overlay;
    let known = facts::known_services(&world, None, None);
    if context.global.json {
        terminal::print_json(&runs::json(&view, overlay))?;
    } else {
        let mut text = format!("{}\n", context.style.bold("Added and cancelled runs"));
        if overlay.rows.is_empty() {
            text.push_str("  none\n");
        }
        for row in &overlay.rows {
            let _ = writeln!(text, "  {}  {}  {}", row.date, row.id, row.words());
        }
        if !known.is_empty() {
            let _ = writeln!(text, "\n{}", context.style.bold("Runs, days not published"));
        }
        for service in &known {
            let _ = writeln!(text, "  {}  {}: {} ({})", service.id, service.name, service.known, service.sources);
        }
        terminal::print(&text)?;
    }
    Ok(if overlay.rows.is_empty() && known.is_empty() { Exit::Nothing } else { Exit::Found })
}
