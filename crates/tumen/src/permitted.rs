//! A search that leaves out what is in the way, keeps apart what is not known to be allowed, and remembers what it left out.

use anyhow::Result;
use std::collections::BTreeSet;
use tumen_border::Cause;
use tumen_routing::{Answer, Journey, Router};
use tumen_timetable::Columns;

use crate::hindrances::{Hindrances, Strictness};
use crate::search::{self, Ask, Search};

/// Journeys by whether they may be taken.
#[derive(Clone, Debug)]
pub struct Permitted {
    /// The best journeys among those with nothing in the way.
    pub known: Answer,
    /// Those of the best journeys with nothing known to be in the way of which it is not known whether they are allowed.
    pub doubtful: Vec<Journey>,
    /// Those of the best journeys that would be there if nothing were in the way, with what is.
    pub removed: Vec<(Journey, BTreeSet<Cause>)>,
}

/// Asks without hindrances first: where nothing that is found is hindered, nothing that is hindered would be among the best, and
/// the fast search has answered. Only else the router is asked again with masks.
///
/// # Errors
/// When the router refuses the query.
pub fn ask(
    router: &mut Router<'_, '_>,
    columns: &Columns<'_>,
    search: &Search,
    ask: Ask,
    hindrances: &Hindrances,
) -> Result<Permitted> {
    let all = search::ask(router, columns, search, ask)?;
    if hindrances.is_empty() {
        return Ok(Permitted { known: all, doubtful: Vec::new(), removed: Vec::new() });
    }
    let causes = |journey: &Journey| hindrances.of_journey(columns, journey);
    let is_barred = |causes: &BTreeSet<Cause>| causes.iter().any(|cause| !cause.is_doubt());
    let with_causes = all.journeys.iter().map(|journey| (journey.clone(), causes(journey)));
    let removed: Vec<(Journey, BTreeSet<Cause>)> = with_causes.filter(|(_, causes)| is_barred(causes)).collect();
    let mut masked = |strictness| {
        let mut search = search.clone();
        hindrances.forbid(columns, strictness, &mut search.filter);
        search::ask(router, columns, &search, ask)
    };
    let possible = if removed.is_empty() { all } else { masked(Strictness::Bars)? };
    let doubtful: Vec<Journey> =
        possible.journeys.iter().filter(|journey| !causes(journey).is_empty()).cloned().collect();
    let known = if doubtful.is_empty() { possible } else { masked(Strictness::BarsAndDoubts)? };
    Ok(Permitted { known, doubtful, removed })
}
