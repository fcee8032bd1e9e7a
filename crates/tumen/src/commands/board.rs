//! `tumen board`: what leaves a stop, or arrives there.

use anyhow::Result;
use tumen_journey::board::{Board, BoardQuestion};
use tumen_journey::departures::Kind;
use tumen_journey::present::{View, board, page, words};
use tumen_journey::when::When;

use super::Context;
use crate::args::BoardArgs;
use crate::exit::Exit;
use crate::{opened, terminal};

/// Prints a board.
///
/// # Errors
/// When the name cannot be resolved or the timetable cannot be used.
pub fn run(context: &Context, args: &BoardArgs) -> Result<Exit> {
    let world = opened::world(&args.timetable)?;
    let view = View::new(&world, context.style, args.show.language.as_deref());
    let asked = BoardQuestion {
        place: args.stop.clone(),
        at: args.at.unwrap_or(When::Now),
        kind: if args.arrivals { Kind::Arrivals } else { Kind::Departures },
        count: usize::from(args.count),
        now: context.now(),
    };
    let found = Board::of(&view, &asked)?;
    let exit = if found.events.is_empty() { Exit::Nothing } else { Exit::Found };
    if context.global.json {
        terminal::print_json(&found.json(&view))?;
        return Ok(exit);
    }
    let what = if args.arrivals { "arrivals" } else { "departures" };
    let from = words::moment(&view.local(found.time, found.spot.first_stop()));
    let mut text = format!("{}, {what} from {from}\n\n", context.style.bold(&found.spot.name));
    if found.events.is_empty() {
        line!(text, "  {}", context.style.warn("Nothing within a year."));
    } else {
        text.push_str(&board::table(&view, &found.events, found.kind));
    }
    let known = found.known(&view);
    if !known.is_empty() {
        line!(text, "\n{}", context.style.bold("Also runs; days or times are not published"));
        for known in &known {
            line!(text, "  - {}: {}", known.name, known.known);
        }
    }
    line!(text, "\n{}", context.style.dim(page::NOTICE));
    if args.show.sources {
        text.push_str(&page::sources(&view, &found.sources(&view)));
    }
    terminal::print(&text)?;
    Ok(exit)
}
