//! `tumen counts`: what was reported beside what the timetable offers.

use anyhow::{Context as _, Result, bail};
use tumen_counts::{Counts, Question, json, months, svg, text};
use tumen_journey::search;

use super::Context;
use crate::args::CountsArgs;
use crate::exit::Exit;
use crate::{opened, terminal};

/// Prints the counts, and writes the plot.
///
/// # Errors
/// When the name or the months cannot be understood, or the plot cannot be written.
pub fn run(context: &Context, args: &CountsArgs) -> Result<Exit> {
    if let Some(path) = &args.output
        && path.extension().is_none_or(|ending| !ending.eq_ignore_ascii_case("svg"))
    {
        bail!("{}: expected a name that ends with .svg", path.display());
    }
    let months = months(&args.from, &args.to)?;
    let world = opened::world(&args.timetable)?;
    let footwork = search::footwork(&world.columns(), None);
    let counts = Counts::of(&world, &Question { subject: args.subject.clone(), months, footwork })?;
    if let Some(path) = &args.output {
        std::fs::write(path, svg::plot(&counts)).with_context(|| format!("{} cannot be written", path.display()))?;
    }
    if context.global.json {
        terminal::print_json(&json::counts(&world, &counts))?;
    } else {
        terminal::print(&text::counts(&world, context.style, &counts))?;
    }
    Ok(if counts.is_empty() { Exit::Nothing } else { Exit::Found })
}
