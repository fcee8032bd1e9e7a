//! A query's filter as tables that the search looks up.

use crate::journey::Run;
use crate::query::Filter;
use tumen_base::{PatternId, TripId};
use tumen_timetable::Columns;

/// What a query forbids; empty tables forbid nothing.
#[derive(Default)]
pub(crate) struct Forbidden {
    patterns: Vec<bool>,
    stops: Vec<bool>,
    trips: Vec<TripId>,
}

impl Forbidden {
    /// Looks up what the filter says, once a query.
    pub(crate) fn set(&mut self, filter: &Filter, columns: &Columns<'_>) {
        self.patterns.clear();
        self.stops.clear();
        self.trips.clear();
        if !filter.route_kinds.is_empty() || !filter.agencies.is_empty() {
            self.patterns.extend(columns.pattern_route.iter().map(|&route| {
                let kind = columns.route_kind[route as usize];
                let agency = columns.route_agency[route as usize];
                let kind_allowed = filter.route_kinds.is_empty() || filter.route_kinds.contains(&kind);
                let agency_allowed =
                    filter.agencies.is_empty() || filter.agencies.iter().any(|allowed| allowed.0 == agency);
                !(kind_allowed && agency_allowed)
            }));
        }
        if !filter.banned_stops.is_empty() {
            self.stops.resize(columns.stop_id.len(), false);
            for stop in &filter.banned_stops {
                if let Some(banned) = self.stops.get_mut(stop.index()) {
                    *banned = true;
                }
            }
        }
        self.trips.extend_from_slice(&filter.banned_trips);
        self.trips.sort_unstable();
    }

    /// Whether no run of the pattern may be used.
    pub(crate) fn pattern(&self, pattern: PatternId) -> bool {
        self.patterns.get(pattern.index()).is_some_and(|&banned| banned)
    }

    /// Whether nobody may board, alight or walk at the stop.
    pub(crate) fn stop(&self, stop: u32) -> bool {
        self.stops.get(stop as usize).is_some_and(|&banned| banned)
    }

    /// Whether some runs of a pattern may be used and others not.
    pub(crate) fn some_runs(&self) -> bool {
        !self.trips.is_empty()
    }

    /// Whether the run may not be used (its pattern is looked up apart).
    pub(crate) fn run(&self, run: Run) -> bool {
        !self.trips.is_empty() && self.trips.binary_search(&run.trip).is_ok()
    }
}
