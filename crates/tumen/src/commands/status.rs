//! `tumen status`: the state of the network on a day, and the dated story of a post or line.

use anyhow::Result;
use tumen_journey::present::{View, status as present};
use tumen_journey::search;
use tumen_journey::status::{Status, json, story, today};

use super::Context;
use crate::args::StatusArgs;
use crate::exit::Exit;
use crate::{opened, terminal};

/// Prints the state, or the story.
///
/// # Errors
/// When the name cannot be resolved or the timetable cannot be used.
pub fn run(context: &Context, args: &StatusArgs) -> Result<Exit> {
    let world = opened::world(&args.timetable)?;
    let view = View::new(&world, context.style, args.show.language.as_deref());
    let date = args.date.map_or_else(|| today(&world, context.now()), Ok)?;
    if let Some(name) = &args.history {
        let story = story::of(&world, name, search::footwork(&world.columns(), None), date)?;
        if context.global.json {
            terminal::print_json(&json::story(&view, &story))?;
        } else {
            terminal::print(&present::story(&view, &story))?;
        }
        return Ok(if story.items.is_empty() && story.covered.is_empty() { Exit::Nothing } else { Exit::Found });
    }
    let status = Status::on(&world, date);
    if context.global.json {
        terminal::print_json(&json::status(&view, &status))?;
    } else {
        terminal::print(&present::status(&view, &status, args.show.sources))?;
    }
    Ok(Exit::Found)
}
