//! How many more trips it takes at least to reach the destination from a stop, whatever the hour.
//!
//! A profile knows from later departures when the destination is reached with so many trips. Whoever has boarded one trip and
//! needs two more has to beat what is known of three, not of one.

use crate::mirror::{Mirror, Runs};
use tumen_base::PatternId;

/// Nothing leads to the destination.
const NEVER: u8 = u8::MAX;

/// Trips to the destination of a query, at least.
#[derive(Default)]
pub(crate) struct Fewest {
    /// By stop; empty where nothing is known.
    trips: Vec<u8>,
    /// Whether somebody boards at a board node.
    boarded: Vec<bool>,
    /// Earliest call of a pattern, counted from its end, from which it was followed.
    followed: Vec<u32>,
    /// Stops of the last number of trips, and of the next.
    stops: [Vec<u32>; 2],
    /// Patterns to follow, and from which call counted from the end.
    patterns: Vec<(PatternId, u32)>,
}

impl Fewest {
    /// Forgets what was known.
    pub(crate) fn clear(&mut self) {
        self.trips.clear();
    }

    /// Trips from a stop to the destination, at least.
    pub(crate) fn from(&self, stop: u32) -> usize {
        self.trips.get(stop as usize).map_or(0, |&trips| usize::from(trips))
    }

    /// Works out the numbers for a destination that can be walked to from some stops, from the runs of a window.
    pub(crate) fn find(&mut self, mirror: Mirror<'_, '_, false>, targets: impl Iterator<Item = u32>) {
        let columns = &mirror.network.columns;
        self.trips.resize(columns.stop_id.len(), NEVER);
        self.boarded.clear();
        self.boarded.resize(columns.board_stop.len(), false);
        self.followed.clear();
        self.followed.resize(columns.pattern_route.len(), u32::MAX);
        self.stops.iter_mut().for_each(Vec::clear);
        targets.for_each(|stop| self.reach(stop, 0));
        for trips in 1..NEVER {
            self.stops.swap(0, 1);
            if self.stops[0].is_empty() {
                break;
            }
            for index in 0..self.stops[0].len() {
                for node in mirror.network.entry_nodes_of::<true>(self.stops[0][index]) {
                    let calls = mirror.around.window.calls_at::<true>(node);
                    self.patterns.extend(calls.iter().map(|&(pattern, call)| (PatternId(pattern), call)));
                }
                while let Some((pattern, call)) = self.patterns.pop() {
                    self.follow(mirror, pattern, call, trips);
                }
            }
            self.stops[0].clear();
        }
    }

    /// Boards a pattern at every call before one, and every pattern from which passengers are carried into it.
    fn follow(&mut self, mirror: Mirror<'_, '_, false>, pattern: PatternId, call: u32, trips: u8) {
        let Some(runs) = Runs::<true>::of(&mirror.around.window, pattern) else { return };
        let columns = &mirror.network.columns;
        let known = self.followed[pattern.index()];
        let until = known.min(runs.calls() as u32);
        if call >= known {
            return;
        }
        self.followed[pattern.index()] = call;
        let first_call = columns.pattern_call_offset[pattern.index()] as usize;
        for position in call + 1..until {
            let column = first_call + Mirror::<true>::call(runs.calls(), position as usize);
            let (stop, node) = (columns.call_stop[column], columns.call_board[column]);
            if node == u32::MAX {
                continue;
            }
            self.reach(stop, trips);
            if !std::mem::replace(&mut self.boarded[node as usize], true) {
                for &(alight, _) in mirror.network.changes_back.of(node) {
                    self.reach(columns.alight_stop[alight as usize], trips);
                }
            }
        }
        if known == u32::MAX {
            let links = &mirror.around.window.links::<true>()[runs.all_links()];
            self.patterns.extend(links.iter().map(|link| (link.pattern, 0)));
        }
    }

    fn reach(&mut self, stop: u32, trips: u8) {
        let known = &mut self.trips[stop as usize];
        if trips < *known {
            *known = trips;
            self.stops[1].push(stop);
        }
    }
}
