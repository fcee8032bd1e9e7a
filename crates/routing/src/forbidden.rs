//! A query's filter as tables that the search looks up.

use crate::gates::Gates;
use crate::journey::{RidePart, Run};
use crate::query::{BannedRuns, Filter, Mask};
use tumen_base::{PatternId, TripId};
use tumen_timetable::Columns;

/// What a query forbids; empty tables forbid nothing.
#[derive(Default)]
pub(crate) struct Forbidden {
    patterns: Vec<bool>,
    stops: Vec<bool>,
    trips: Vec<TripId>,
    runs: Vec<BannedRuns>,
    masks: Vec<Mask>,
    /// Ways that are open at certain times only.
    pub(crate) gates: Gates,
}

impl Forbidden {
    /// Looks up what the filter says, once a query.
    pub(crate) fn set(&mut self, filter: &Filter, columns: &Columns<'_>) {
        self.patterns.clear();
        self.stops.clear();
        self.trips.clear();
        self.runs.clear();
        self.masks.clear();
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
        self.runs.extend_from_slice(&filter.banned_runs);
        self.runs.sort_unstable();
        self.masks.extend_from_slice(&filter.masks);
        self.masks.sort_unstable();
        self.gates.set(&filter.gates);
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
        !self.trips.is_empty() || !self.runs.is_empty()
    }

    /// Whether the run may not be used (its pattern is looked up apart).
    pub(crate) fn run(&self, run: Run) -> bool {
        let of_trip = || self.trips.binary_search(&run.trip).is_ok();
        let of_day = || {
            let from = self.runs.partition_point(|banned| banned.trip < run.trip);
            let mut own = self.runs[from..].iter().take_while(|banned| banned.trip == run.trip);
            own.any(|banned| (banned.first_day..=banned.last_day).contains(&run.day))
        };
        !self.trips.is_empty() && of_trip() || !self.runs.is_empty() && of_day()
    }

    /// Whether the run may not be ridden from a call to the next.
    pub(crate) fn hop(&self, run: Run, hop: u32) -> bool {
        if self.masks.is_empty() {
            return false;
        }
        let from = self.masks.partition_point(|mask| mask.trip < run.trip);
        let mut own = self.masks[from..].iter().take_while(|mask| mask.trip == run.trip);
        own.any(|mask| {
            (mask.first_hop..=mask.last_hop).contains(&hop) && (mask.first_day..=mask.last_day).contains(&run.day)
        })
    }

    /// Whether a run may not be ridden from one of its calls to another.
    pub(crate) fn part(&self, part: &RidePart) -> bool {
        self.run(part.run)
            || !self.masks.is_empty() && (part.from_call..part.to_call).any(|hop| self.hop(part.run, hop))
    }
}
