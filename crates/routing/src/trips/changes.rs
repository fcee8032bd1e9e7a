//! Every change that a run offers within a day: at each call, the first run of every pattern that can be boarded.

use super::expanded::Expanded;
use super::{LONGEST, NOWHERE};
use crate::mirror::Mirror;
use crate::network::Network;
use crate::timeline::Around;
use std::ops::Range;
use tumen_base::{PatternId, Time};

/// A change from one run to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Change {
    /// The call at which the run is left.
    pub(crate) left: u32,
    /// When the other run leaves.
    pub(crate) departure: Time,
    /// The other run.
    pub(crate) run: u32,
    /// The call at which it is boarded.
    pub(crate) boarded: u32,
}

/// The departures at every call of every pattern, in the order of its runs.
#[derive(Default)]
pub(crate) struct Departures {
    column: Vec<Time>,
}

impl Departures {
    /// The departures of some runs.
    pub(crate) fn of(network: &Network<'_>, expanded: &Expanded) -> Self {
        let calendar = &network.calendar;
        let mut column = Vec::with_capacity(expanded.arrival.len());
        for pattern in 0..calendar.patterns() {
            let pattern = PatternId::from_index(pattern);
            let view = calendar.pattern(pattern);
            let runs = expanded.of_pattern(pattern);
            let runs = &expanded.run[runs.start as usize..runs.end as usize];
            for call in 0..view.calls {
                column.extend(runs.iter().map(|&run| view.departure(run, call)));
            }
        }
        Self { column }
    }

    /// The departures of a pattern's runs at a call.
    fn at(&self, expanded: &Expanded, pattern: PatternId, call: usize) -> &[Time] {
        let runs = expanded.of_pattern(pattern);
        let Some(first) = expanded.info.get(runs.start as usize).filter(|_| !runs.is_empty()) else { return &[] };
        let count = runs.len();
        let from = first.event as usize + call * count;
        &self.column[from..from + count]
    }
}

/// The changes of some runs of a pattern.
pub(crate) struct Offers {
    /// Of each run, by its position among those asked for: from its last call to its first, at each the earliest first.
    pub(crate) of: Vec<Vec<Change>>,
}

impl Offers {
    /// No changes.
    pub(crate) fn new() -> Self {
        Self { of: Vec::new() }
    }

    /// Finds the changes of runs that are next to each other in a pattern.
    pub(crate) fn find(
        &mut self,
        network: &Network<'_>,
        expanded: &Expanded,
        departures: &Departures,
        runs: &Range<u32>,
    ) {
        let around = Around::default();
        let mirror = Mirror::<false> { network, around: &around };
        self.of.iter_mut().for_each(Vec::clear);
        self.of.resize_with(self.of.len().max(runs.len()), Vec::new);
        let Some(first) = expanded.info.get(runs.start as usize) else { return };
        let pattern = PatternId(first.pattern);
        let view = network.calendar.pattern(pattern);
        // Only whoever was carried into a run can step off at its first call.
        let carried_into = Mirror::<true> { network, around: &around }.has_links(&view);
        for call in (usize::from(!carried_into)..view.calls).rev() {
            let node = network.columns.call_alight[view.first_call + call];
            if node == NOWHERE {
                continue;
            }
            for &(board, seconds) in network.changes.of(node) {
                for (other, boarded) in mirror.calls_at(board) {
                    if boarded + 1 == network.calendar.pattern(other).calls {
                        continue;
                    }
                    let column = departures.at(expanded, other, boarded);
                    let first_other = expanded.of_pattern(other).start;
                    let start = expanded.arrival_at(runs.start, call).saturating_add(seconds);
                    let mut next = column.partition_point(|&leaves| leaves < start);
                    for (position, run) in runs.clone().enumerate() {
                        // Runs are ordered at every call, so the first one to board only moves on.
                        let arrival = expanded.arrival_at(run, call);
                        let ready = arrival.saturating_add(seconds);
                        while column.get(next).is_some_and(|&leaves| leaves < ready) {
                            next += 1;
                        }
                        let Some(&departure) = column.get(next) else { break };
                        if departure <= arrival.saturating_add(LONGEST) {
                            let run = first_other + next as u32;
                            let (left, boarded) = (call as u32, boarded as u32);
                            self.of[position].push(Change { left, departure, run, boarded });
                        }
                    }
                }
            }
        }
        for changes in &mut self.of[..runs.len()] {
            changes.sort_unstable_by(|a, b| b.left.cmp(&a.left).then(a.cmp(b)));
        }
    }
}
