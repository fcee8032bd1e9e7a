//! `tumen diagram`: a time–distance diagram as a file.

use anyhow::{Context as _, Result};
use serde_json::json;
use tumen_journey::present::View;
use tumen_journey::status::today;
use tumen_track::diagram::{Diagram, DiagramOptions};
use tumen_track::{Asked, Network, track_of};

use super::Context;
use crate::args::DiagramArgs;
use crate::exit::Exit;
use crate::sheet::Format;
use crate::{opened, png, terminal};

/// Draws, writes, and says what was drawn.
///
/// # Errors
/// When the name cannot be resolved, the timetable cannot be used, or the file cannot be written.
pub fn run(context: &Context, args: &DiagramArgs) -> Result<Exit> {
    let format = Format::of(&args.out, &[Format::Svg, Format::Png])?;
    let world = opened::world(&args.timetable)?;
    let view = View::new(&world, context.style, args.language.as_deref());
    let track = track_of(&world)?;
    let network = Network::new(&world.columns(), &track);
    let asked = Asked::resolve(&world, &track, &network, &args.line)?;
    let from = args.from.map_or_else(|| today(&world, context.now()), Ok)?;
    let options = DiagramOptions { from, days: args.days, paper: args.paper };
    let diagram = Diagram::of(&view, &track, &network, &asked, options)?;
    let content = match format {
        Format::Png => png::of_svg(&diagram.svg, args.dpi)?,
        _ => diagram.svg.into_bytes(),
    };
    std::fs::write(&args.out, content).with_context(|| format!("{} cannot be written", args.out.display()))?;
    let runs = diagram.graph.traces.len();
    if context.global.json {
        terminal::print_json(&json!({
            "written": args.out.display().to_string(),
            "line": { "id": asked.id, "name": asked.name },
            "from": from.to_string(),
            "days": diagram.days,
            "runs": runs,
            "caption": diagram.caption,
        }))?;
    } else {
        let mut text =
            format!("{}: {}, {} from {from}, {runs} runs\n", args.out.display(), asked.name, days(diagram.days));
        for sentence in &diagram.caption {
            line!(text, "  {}", context.style.dim(sentence));
        }
        terminal::print(&text)?;
    }
    Ok(if runs == 0 { Exit::Nothing } else { Exit::Found })
}

fn days(number: u16) -> String {
    if number == 1 { "1 day".to_owned() } else { format!("{number} days") }
}
