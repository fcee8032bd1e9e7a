//! `tumen compare`: what changed between two dates, and what a scenario would change.

use anyhow::Result;
use std::collections::BTreeSet;
use tumen_analysis::{Inspector, Known, Side, Site, Survey, Tally, Window};
use tumen_journey::present::View;
use tumen_journey::scenarios::{Stage, Surroundings, WhatIf};
use tumen_journey::search;
use tumen_routing::{Filter, Limit, MAX_TRIPS, Place, Query};

use super::Context;
use crate::args::CompareArgs;
use crate::compared::{Basis, Report, records, sinks::Sinks};
use crate::exit::Exit;
use crate::parallel::{self, Sharing};
use crate::scenarios;
use crate::sites;
use crate::terminal;

/// Rows that a thread may be ahead of the files.
const AHEAD: usize = 2;

/// Compares, and tells.
///
/// # Errors
/// When a name cannot be resolved, the scenario cannot be applied, or a file cannot be written.
pub fn run(context: &Context, args: &CompareArgs) -> Result<Exit> {
    let world = crate::opened::world(args.timetable.timetable.as_deref())?;
    let columns = world.columns();
    let view = View::new(&world, context.style, args.language.as_deref());
    let what_if = scenarios::read(&args.scenario)?;
    let mut sinks = Sinks::check(&args.out)?;
    let around = Surroundings::of(&world);
    let stages = [Stage::of(&world, &around, &WhatIf::default())?, Stage::of(&world, &around, &what_if)?];
    let windows = [args.before, args.after.unwrap_or(args.before)].map(|first| Window { first, days: args.window });

    let footwork = search::footwork(&columns, args.walk);
    let places = |names: &[String]| -> Result<Vec<Site>> {
        if names.is_empty() { Ok(sites::all(&view)) } else { sites::named(&view, names, footwork) }
    };
    let (from, to) = (places(&args.from)?, places(&args.to)?);
    let survey = Survey { from: &from, to: &to };
    let settings = search::settings(&columns, args.walk, args.change_time);
    let [before, after] = [&stages[0], &stages[1]].map(|stage| stage.timetable(&world).columns());
    let networks = [search::network(&before, settings)?, search::network(&after, settings)?];
    let unscheduled = windows.map(|window| records::unscheduled(&world, window, &args.modes));
    let route_kinds = if args.modes.is_empty() { Vec::new() } else { search::route_kinds(&columns, &args.modes) };
    let side = |number: usize| {
        let ends: Vec<_> = unscheduled[number].iter().filter_map(|service| service.ends).collect();
        let closures = &stages[number].applied.closures;
        let known = Known { columns: &columns, closures, route_kinds: &route_kinds, unscheduled: &ends };
        Side::new(&networks[number], windows[number], survey, &known).map_err(|error| search::refused(&error))
    };
    let sides = [side(0)?, side(1)?];

    let basis = Basis {
        view: &view,
        windows,
        scenario: &what_if.scenario,
        told: &stages[1].applied.told,
        within: args.within,
        from: &from,
        to: &to,
        silence: [&sides[0].silence, &sides[1].silence],
        unscheduled: &unscheduled,
    };
    sinks.begin(&basis)?;
    let filter = Filter { route_kinds: route_kinds.clone(), ..Filter::default() };
    let query = || Query {
        horizon: args.within,
        max_trips: args.max_transfers.map_or(MAX_TRIPS, |transfers| transfers + 1),
        filter: filter.clone(),
        ..Query::depart_at(Place::default(), Place::default(), 0)
    };
    let (mut tally, mut limits) = (Tally::default(), BTreeSet::<Limit>::new());
    let threads = Sharing::threads(args.threads, from.len());
    let bar = parallel::progress(from.len());
    Sharing { threads, items: from.len(), ahead: AHEAD }.work(
        || Inspector::new(survey, [&sides[0], &sides[1]], query()),
        |inspector, origin| inspector.origin(origin as u32),
        |_, row| {
            let row = row.map_err(|error| search::refused(&error))?;
            limits.extend(row.limits);
            for pair in row.pairs {
                tally.add(pair);
                sinks.pair(&basis, pair)?;
            }
            bar.inc(1);
            Ok(())
        },
    )?;
    bar.finish_and_clear();
    let report = Report::of(basis, tally, &limits);
    let files = sinks.finish(&report)?;
    if context.global.json {
        terminal::print_json(&report.json())?;
    } else {
        terminal::print(&report.page(&files))?;
    }
    Ok(if report.is_empty() { Exit::Nothing } else { Exit::Found })
}
