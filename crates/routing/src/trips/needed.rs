//! How many more trips it takes at least from a run to the destination, whatever the hour (a lower bound as in A*; Hart, Nilsson,
//! Raphael 1968): what needs many is put off until nothing quicker is left, and what leads nowhere is not ridden.

use super::graph::Graph;
use crate::network::{Edges, Network};
use tumen_base::{PatternId, Time};

/// More trips than any journey has.
const TOO_MANY: u8 = u8::MAX;

/// From which pattern one gets to which others, with the trips boarded on the way: one for a change, none for staying seated.
#[derive(Default)]
pub(crate) struct Ways {
    back: Edges,
}

impl Ways {
    /// The ways that a graph's changes and in-seat links make. Changes that are looked up (at the first call of a run one was
    /// carried into, reached late) lead where stored ones of the same call lead, or where something better does.
    pub(crate) fn of(network: &Network<'_>, graph: &Graph) -> Self {
        let patterns = network.calendar.patterns();
        let mut ways = Vec::new();
        let mut known = vec![[u32::MAX; 2]; patterns];
        for from in 0..patterns as u32 {
            let mut add = |to: u32, trips: usize| {
                if std::mem::replace(&mut known[to as usize][trips], from) != from {
                    ways.push((from, to, trips as i32));
                }
            };
            for run in graph.expanded.of_pattern(PatternId(from)) {
                let block = graph.blocks.of(run);
                for place in graph.blocks.changes(block, 0..graph.blocks.calls(block), Time::MAX) {
                    add(graph.blocks.pattern(graph.boarded(place).0), 1);
                }
                for into in graph.in_seat.own(run) {
                    add(graph.blocks.pattern(into.run), 0);
                }
            }
        }
        ways.sort_unstable();
        ways.dedup_by_key(|way| (way.0, way.1));
        Self { back: Edges::from_sorted(patterns, &ways).reversed(patterns) }
    }

    /// Their memory in bytes.
    pub(crate) fn bytes(&self) -> usize {
        self.back.bytes()
    }
}

/// Trips still needed from every pattern.
#[derive(Default)]
pub(crate) struct Needed {
    trips: Vec<u8>,
    /// Patterns that need as many trips as those looked at now, and those that need one more.
    now: Vec<u32>,
    next: Vec<u32>,
}

impl Needed {
    /// Forgets what was known: so far nothing leads to the destination.
    pub(crate) fn forget(&mut self, patterns: usize) {
        self.trips.clear();
        self.trips.resize(patterns, TOO_MANY);
    }

    /// Without a destination: nothing needs any more trips.
    pub(crate) fn need_nothing(&mut self) {
        self.trips.fill(0);
    }

    /// A pattern reaches the destination.
    pub(crate) fn add(&mut self, pattern: PatternId) {
        self.trips[pattern.index()] = 0;
        self.now.push(pattern.0);
    }

    /// Works out what the other patterns need, breadth first.
    pub(crate) fn find(&mut self, ways: &Ways) {
        for trips in 0..TOO_MANY - 1 {
            while let Some(pattern) = self.now.pop() {
                if self.trips[pattern as usize] < trips {
                    continue;
                }
                for &(from, more) in ways.back.of(pattern) {
                    let known = &mut self.trips[from as usize];
                    if trips + (more as u8) < *known {
                        *known = trips + more as u8;
                        if more == 0 { &mut self.now } else { &mut self.next }.push(from);
                    }
                }
            }
            if self.next.is_empty() {
                return;
            }
            std::mem::swap(&mut self.now, &mut self.next);
        }
    }

    /// Trips still needed from a pattern; more than any journey has where it does not lead to the destination.
    pub(crate) fn from(&self, pattern: u32) -> usize {
        usize::from(self.trips[pattern as usize])
    }
}
