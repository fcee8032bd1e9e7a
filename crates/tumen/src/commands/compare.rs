//! `tumen compare`: what changed between two dates, and what a scenario would change.

use anyhow::Result;
use indicatif::ProgressBar;
use std::path::Path;
use tumen_analysis::{Pair, Site, Window};
use tumen_compare::sites::{self, Named};
use tumen_compare::{Basis, CompareQuestion, Listener, compare};
use tumen_journey::present::View;
use tumen_journey::search;

use super::Context;
use crate::args::CompareArgs;
use crate::compared::Sinks;
use crate::exit::Exit;
use crate::input::List;
use crate::{opened, scenarios, terminal};

/// Compares, and tells.
///
/// # Errors
/// When a name cannot be resolved, the scenario cannot be applied, or a file cannot be written.
pub fn run(context: &Context, args: &CompareArgs) -> Result<Exit> {
    let world = opened::world(&args.timetable)?;
    let columns = world.columns();
    let view = View::new(&world, context.style, args.language.as_deref());
    let what_if = scenarios::read(&args.scenario)?;
    let sinks = Sinks::check(&args.out)?;
    let windows = [args.before, args.after.unwrap_or(args.before)].map(|first| Window { first, days: args.window });
    let (from, to) = (places(&view, args, &args.from)?, places(&view, args, &args.to)?);
    let bar = terminal::progress(from.len());
    let question = CompareQuestion {
        windows,
        what_if,
        from,
        to,
        within: args.within,
        max_transfers: args.max_transfers,
        modes: args.modes.clone(),
        settings: search::settings(&columns, args.walk, args.change_time),
        threads: args.threads,
    };
    compare(&view, &question, &mut Files { sinks: Some(sinks), bar }, |files, report| {
        files.bar.finish_and_clear();
        let written = files.sinks.take().map(|sinks| sinks.finish(report)).transpose()?.unwrap_or_default();
        if context.global.json {
            terminal::print_json(&report.json())?;
        } else {
            terminal::print(&report.page(&written))?;
        }
        Ok(if report.is_empty() { Exit::Nothing } else { Exit::Found })
    })
}

/// The places that are named, each once, or every place; `.csv` names a file with a column `stop_id`.
fn places(view: &View<'_>, args: &CompareArgs, names: &[String]) -> Result<Vec<Site>> {
    if names.is_empty() {
        return Ok(sites::all(view));
    }
    let footwork = search::footwork(&view.columns(), args.walk);
    let mut named = Named::default();
    for name in names {
        let path = Path::new(name);
        if !path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("csv")) {
            named.add(view, name, footwork)?;
            continue;
        }
        let mut list = List::open(path)?;
        let id = list.column("stop_id", "stop_id")?;
        list.each(|row| {
            let added = named.add(view, row.get(id), footwork);
            added.map_err(|failure| row.wrong(&failure.message).into())
        })?;
    }
    Ok(named.sites()?)
}

/// Files that are written while pairs are compared, and a bar that shows how far it is.
struct Files {
    sinks: Option<Sinks>,
    bar: ProgressBar,
}

impl Listener for Files {
    type Error = anyhow::Error;

    fn begin(&mut self, basis: &Basis<'_>) -> Result<()> {
        self.sinks.iter_mut().try_for_each(|sinks| sinks.begin(basis))
    }

    fn pair(&mut self, basis: &Basis<'_>, pair: Pair) -> Result<()> {
        self.sinks.iter_mut().try_for_each(|sinks| sinks.pair(basis, pair))
    }

    fn origin_done(&mut self) -> Result<()> {
        self.bar.inc(1);
        Ok(())
    }
}
