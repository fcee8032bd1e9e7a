//! `tumen trip`: every stop of a trip or of a through carriage.

use anyhow::Result;
use tumen_journey::present::View;
use tumen_journey::present::page::{self, Detail, PageOptions};
use tumen_journey::trip::{Trip, TripQuestion};

use super::Context;
use crate::args::TripArgs;
use crate::exit::Exit;
use crate::{opened, terminal};

/// Prints a trip.
///
/// # Errors
/// When no trip has the id, or several have, or the timetable cannot be used.
pub fn run(context: &Context, args: &TripArgs) -> Result<Exit> {
    let world = opened::world(&args.timetable)?;
    let view = View::new(&world, context.style, args.show.language.as_deref());
    let asked = TripQuestion { id: args.trip_id.clone(), date: args.date, now: context.now() };
    let trip = Trip::of(&view, &asked)?;
    if context.global.json {
        terminal::print_json(&trip.json(&view))?;
        return Ok(Exit::Found);
    }
    let answered = trip.answered(&view);
    let options = PageOptions { detail: Detail::Full, sources: args.show.sources };
    terminal::print(&page::plan(&view, &answered, options))?;
    Ok(Exit::Found)
}
