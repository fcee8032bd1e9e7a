//! `tumen plan`: journeys from one place to another.

use anyhow::Result;
use tumen_journey::plan::{self, PlanQuestion, Wanted};
use tumen_journey::present::View;
use tumen_journey::present::page::{self, Detail, PageOptions};
use tumen_journey::when::When;
use tumen_journey::{motis, search};
use tumen_routing::Router;

use super::Context;
use crate::args::PlanArgs;
use crate::exit::Exit;
use crate::{scenarios, terminal};

/// Finds journeys and prints them.
///
/// # Errors
/// When a name cannot be resolved or the timetable cannot be used.
pub fn run(context: &Context, args: &PlanArgs) -> Result<Exit> {
    let world = scenarios::open(&args.search.timetable, &args.search.scenario)?;
    let crosser = args.search.traveller.crosser()?;
    let view = View::new(&world, context.style, args.show.language.as_deref()).of_crosser(&crosser);
    let columns = world.columns();
    let depart = args.depart.unwrap_or(When::Now);
    let wanted = match (args.arrive, args.window, args.connections) {
        (Some(arrive), ..) => Wanted::Arrive(arrive),
        (None, Some(window), _) => Wanted::Window(depart, window),
        (None, None, Some(count)) => Wanted::Connections(depart, count),
        (None, None, None) => Wanted::Depart(depart),
    };
    let question = args.search.question(&args.from, &args.to);
    let asked = PlanQuestion { question, wanted, per_mode: args.per_mode, now: context.now() };
    let network = search::network(&columns, asked.question.settings(&columns))?;
    let answered = plan::answer(&view, &mut Router::new(&network), &crosser, &asked)?;
    if context.global.json {
        terminal::print_json(&motis::plan(&view, &answered, &plan::parameters(&asked)))?;
    } else {
        let detail = match (args.brief, args.full) {
            (true, _) => Detail::Brief,
            (_, true) => Detail::Full,
            _ => Detail::Usual,
        };
        terminal::print(&page::plan(&view, &answered, PageOptions { detail, sources: args.show.sources }))?;
    }
    Ok(if answered.found() { Exit::Found } else { Exit::Nothing })
}
