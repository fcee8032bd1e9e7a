//! Asking: two timetables, two windows, every pair of places.

use std::collections::BTreeSet;
use tumen_analysis::{Inspector, Known, Pair, Sharing, Side, Site, Survey, Tally, Window};
use tumen_journey::modes::Mode;
use tumen_journey::present::View;
use tumen_journey::scenarios::{Stage, Surroundings, WhatIf};
use tumen_journey::{Failure, Result, search};
use tumen_routing::{Filter, Limit, MAX_TRIPS, Place, Query, Settings};

use crate::records;
use crate::report::{Basis, Report};

/// Rows of pairs that a thread may be ahead of whoever takes them.
const AHEAD: usize = 2;

/// What is compared.
#[derive(Clone, Debug)]
pub struct CompareQuestion {
    /// The two windows of departures.
    pub windows: [Window; 2],
    /// What runs otherwise in the second one.
    pub what_if: WhatIf,
    /// Origins.
    pub from: Vec<Site>,
    /// Destinations.
    pub to: Vec<Site>,
    /// Longest journey, in seconds.
    pub within: i32,
    /// Most changes.
    pub max_transfers: Option<u8>,
    /// Only these modes; empty allows all.
    pub modes: Vec<Mode>,
    /// Walks and changes.
    pub settings: Settings,
    /// How many threads search; as many as there are cores where not said.
    pub threads: Option<usize>,
}

/// Who hears of pairs while they are compared.
pub trait Listener {
    /// Why hearing ends early.
    type Error: From<Failure>;

    /// All is ready: so many origins are asked.
    ///
    /// # Errors
    /// When there is no use in going on.
    fn begin(&mut self, basis: &Basis<'_>) -> Result<(), Self::Error>;

    /// A pair is compared.
    ///
    /// # Errors
    /// When there is no use in going on.
    fn pair(&mut self, basis: &Basis<'_>, pair: Pair) -> Result<(), Self::Error>;

    /// All pairs of an origin are compared.
    ///
    /// # Errors
    /// When there is no use in going on.
    fn origin_done(&mut self) -> Result<(), Self::Error>;
}

/// Compares, and hands the report to whoever tells of it.
///
/// # Errors
/// When the scenario cannot be applied, the router refuses, or the listener has had enough.
pub fn compare<L: Listener, T>(
    view: &View<'_>,
    question: &CompareQuestion,
    listener: &mut L,
    tell: impl FnOnce(&mut L, &Report<'_>) -> Result<T, L::Error>,
) -> Result<T, L::Error> {
    let world = view.world;
    let columns = world.columns();
    let CompareQuestion { windows, what_if, from, to, within, max_transfers, modes, settings, threads } = question;
    let around = Surroundings::of(world);
    let stages = [Stage::of(world, &around, &WhatIf::default())?, Stage::of(world, &around, what_if)?];
    let survey = Survey { from, to };
    let [before, after] = [&stages[0], &stages[1]].map(|stage| stage.timetable(world).columns());
    let networks = [search::network(&before, *settings)?, search::network(&after, *settings)?];
    let unscheduled = windows.map(|window| records::unscheduled(world, window, modes));
    let route_kinds = if modes.is_empty() { Vec::new() } else { search::route_kinds(&columns, modes) };
    let side = |number: usize| {
        let ends: Vec<_> = unscheduled[number].iter().filter_map(|service| service.ends).collect();
        let closures = &stages[number].applied.closures;
        let known = Known { columns: &columns, closures, route_kinds: &route_kinds, unscheduled: &ends };
        Side::new(&networks[number], windows[number], survey, &known).map_err(|error| search::refused(&error))
    };
    let sides = [side(0)?, side(1)?];
    let basis = Basis {
        view,
        windows: *windows,
        scenario: &what_if.scenario,
        told: &stages[1].applied.told,
        within: *within,
        from,
        to,
        silence: [&sides[0].silence, &sides[1].silence],
        unscheduled: &unscheduled,
    };
    listener.begin(&basis)?;
    let filter = Filter { route_kinds: route_kinds.clone(), ..Filter::default() };
    let query = || Query {
        horizon: *within,
        max_trips: max_transfers.map_or(MAX_TRIPS, |transfers| transfers + 1),
        filter: filter.clone(),
        ..Query::depart_at(Place::default(), Place::default(), 0)
    };
    let (mut tally, mut limits) = (Tally::default(), BTreeSet::<Limit>::new());
    let threads = Sharing::threads(*threads, from.len());
    Sharing { threads, items: from.len(), ahead: AHEAD }.work(
        || Inspector::new(survey, [&sides[0], &sides[1]], query()),
        |inspector, origin| inspector.origin(origin as u32),
        |_, row| {
            let row = row.map_err(|error| search::refused(&error))?;
            limits.extend(row.limits);
            for pair in row.pairs {
                tally.add(pair);
                listener.pair(&basis, pair)?;
            }
            listener.origin_done()
        },
    )?;
    tell(listener, &Report::of(basis, tally, &limits))
}

impl CompareQuestion {
    /// How many pairs are compared.
    pub fn pairs(&self) -> usize {
        self.from.len().saturating_mul(self.to.len())
    }
}
