//! A search that leaves out what is in the way, keeps apart what is not known to be allowed, and remembers what it left out.

use std::collections::BTreeSet;
use tumen_border::Cause;
use tumen_routing::{Answer, Journey};

use crate::Result;
use crate::hindrances::{Hindrances, Strictness};
use crate::search::Search;

/// Journeys by whether they may be taken.
#[derive(Clone, Debug)]
pub struct Permitted<F> {
    /// The best journeys among those with nothing in the way.
    pub known: F,
    /// Those of the best journeys with nothing known to be in the way of which it is not known whether they are allowed.
    pub doubtful: Vec<Journey>,
    /// Those of the best journeys that would be there if nothing were in the way, with what is.
    pub removed: Vec<(Journey, BTreeSet<Cause>)>,
}

/// What a search finds.
pub trait Found {
    /// The journeys.
    fn journeys(&self) -> &[Journey];

    /// The journeys, to take some out.
    fn journeys_mut(&mut self) -> &mut Vec<Journey>;
}

impl Found for Answer {
    fn journeys(&self) -> &[Journey] {
        &self.journeys
    }

    fn journeys_mut(&mut self) -> &mut Vec<Journey> {
        &mut self.journeys
    }
}

/// Looks without hindrances first: where nothing that is found is hindered, nothing that is hindered would be among the best, and
/// the fast search has answered. Only else `find` is asked again with masks. Walks over borders know no masks: journeys with one are
/// taken out afterwards, and what only they beat is not found.
///
/// # Errors
/// Those of `find`.
pub fn look<F: Found>(
    search: &Search,
    hindrances: &Hindrances<'_>,
    find: &mut dyn FnMut(&Search) -> Result<F>,
) -> Result<Permitted<F>> {
    let all = find(search)?;
    if hindrances.is_empty() {
        return Ok(Permitted { known: all, doubtful: Vec::new(), removed: Vec::new() });
    }
    let is_barred = |causes: &BTreeSet<Cause>| causes.iter().any(|cause| !cause.is_doubt());
    let with_causes = all.journeys().iter().map(|journey| (journey.clone(), hindrances.of_journey(journey)));
    let removed: Vec<(Journey, BTreeSet<Cause>)> = with_causes.filter(|(_, causes)| is_barred(causes)).collect();
    let mut masked = |strictness| {
        let mut search = search.clone();
        hindrances.forbid(strictness, &mut search.filter);
        find(&search)
    };
    let mut possible = if removed.is_empty() { all } else { masked(Strictness::Bars)? };
    possible.journeys_mut().retain(|journey| !is_barred(&hindrances.of_journey(journey)));
    let is_doubtful = |journey: &Journey| !hindrances.of_journey(journey).is_empty();
    let doubtful: Vec<Journey> = possible.journeys().iter().filter(|journey| is_doubtful(journey)).cloned().collect();
    let mut known = if doubtful.is_empty() { possible } else { masked(Strictness::BarsAndDoubts)? };
    known.journeys_mut().retain(|journey| !is_doubtful(journey));
    Ok(Permitted { known, doubtful, removed })
}
