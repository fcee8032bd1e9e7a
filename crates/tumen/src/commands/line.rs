//! `tumen line`: what is known of a railway line.

use anyhow::Result;
use tumen_journey::present::View;
use tumen_journey::status::today;
use tumen_track::text::{self, PageOptions};
use tumen_track::{Asked, Network, Profile, json, track_of};

use super::Context;
use crate::args::LineArgs;
use crate::exit::Exit;
use crate::{opened, terminal};

/// Prints a line, or the list of all.
///
/// # Errors
/// When the name cannot be resolved or the timetable cannot be used.
pub fn run(context: &Context, args: &LineArgs) -> Result<Exit> {
    let world = opened::world(&args.timetable)?;
    let view = View::new(&world, context.style, args.show.language.as_deref());
    let track = track_of(&world)?;
    let Some(name) = &args.line else {
        if context.global.json {
            terminal::print_json(&json::list(&view, &track))?;
        } else {
            terminal::print(&text::list(&view, &track))?;
        }
        return Ok(Exit::Found);
    };
    let network = Network::new(&world.columns(), &track);
    let asked = Asked::resolve(&world, &track, &network, name)?;
    let from = args.date.map_or_else(|| today(&world, context.now()), Ok)?;
    let profile = Profile::of(&world, &track, &network, &asked.way, from);
    if context.global.json {
        terminal::print_json(&json::line(&view, &asked, &profile))?;
    } else {
        let options = PageOptions { sections: args.sections, sources: args.show.sources };
        terminal::print(&text::page(&view, &asked, &profile, options))?;
    }
    Ok(Exit::Found)
}
