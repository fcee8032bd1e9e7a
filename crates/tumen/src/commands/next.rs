//! `tumen next`: when the journeys with the fewest boardings leave.

use anyhow::Result;
use tumen_journey::next::{self, NextQuestion};
use tumen_journey::present::View;
use tumen_journey::present::next::{NextPage, next as page};
use tumen_journey::search;
use tumen_journey::when::When;
use tumen_routing::Router;

use super::Context;
use crate::args::NextArgs;
use crate::exit::Exit;
use crate::{scenarios, terminal};

/// Finds departure dates and prints them.
///
/// # Errors
/// When a name cannot be resolved or the timetable cannot be used.
pub fn run(context: &Context, args: &NextArgs) -> Result<Exit> {
    let world = scenarios::open(&args.search.timetable, &args.search.scenario)?;
    let crosser = args.search.traveller.crosser()?;
    let view = View::new(&world, context.style, args.show.language.as_deref()).of_crosser(&crosser);
    let columns = world.columns();
    let asked = NextQuestion {
        question: args.search.question(&args.from, &args.to),
        start: args.start.unwrap_or(When::Now),
        count: args.count,
        days: next::LONGEST_DAYS,
        any: args.any,
        now: context.now(),
    };
    let network = search::network(&columns, asked.question.settings(&columns))?;
    let answer = next::answer(&view, &mut Router::new(&network), &crosser, &asked)?;
    if context.global.json {
        terminal::print_json(&answer.json(&view))?;
    } else {
        terminal::print(&page(&view, &answer, NextPage { any: args.any, sources: args.show.sources }))?;
    }
    Ok(if answer.answered.found() { Exit::Found } else { Exit::Nothing })
}
