//! How far every run has been ridden already: what a search by trips need not ride again (Witt 2015, section 3.1).
//!
//! Riding a run answers for the later runs of its pattern too, so along a pattern what is known only grows.

use super::graph::Graph;
use crate::query::MAX_TRIPS;
use std::ops::Range;

/// What is known of a run: twice the call from which on stepping off it is of no more use, plus 1 as long as nobody looked
/// where it and the later runs of its pattern lead in-seat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Known(u8);

/// The first call that cannot be noted: runs are ridden again beyond it.
const NEVER: u32 = 127;

impl Known {
    /// Nobody rode the run.
    pub(crate) const NOTHING: Self = Self(u8::MAX);
    /// Nobody rode the run, and neither it nor a later one of its pattern leads anywhere in-seat.
    pub(crate) const LEADS_NOWHERE: Self = Self(u8::MAX - 1);

    /// The run was ridden from a call on; `looked` says whether somebody looked where it and later ones lead.
    pub(crate) fn from(call: u32, looked: bool) -> Self {
        Self((call.min(NEVER) as u8) << 1 | u8::from(!looked))
    }

    /// The call from which on the run was ridden.
    pub(crate) fn call(self) -> u32 {
        match u32::from(self.0 >> 1) {
            NEVER => u32::MAX,
            call => call,
        }
    }

    /// Whether somebody looked where the run and the later ones of its pattern lead in-seat.
    pub(crate) fn looked(self) -> bool {
        self.0 & 1 == 0
    }

    fn with(self, other: Self) -> Self {
        Self((self.0 & !1).min(other.0 & !1) | (self.0 & other.0 & 1))
    }
}

/// What one search, or the sweeps of a profile, know of every run.
pub(crate) trait Reached {
    /// Forgets everything.
    fn forget(&mut self, graph: &Graph);

    /// What is known of a run with so many trips or fewer.
    fn get(&self, run: u32, trips: usize) -> Known;

    /// Adds what is known of a run and those that follow it in its pattern with so many trips.
    fn add(&mut self, runs: Range<u32>, trips: usize, known: Known);
}

/// Runs to which what is known is added at once.
const AT_ONCE: usize = 32;

/// For one departure: rounds come in the order of their trips, so one number for each run says it.
#[derive(Default)]
pub(crate) struct Once {
    known: Vec<Known>,
}

impl Reached for Once {
    fn forget(&mut self, graph: &Graph) {
        self.known.clear();
        self.known.extend_from_slice(&graph.nothing_known);
    }

    fn get(&self, run: u32, _: usize) -> Known {
        self.known[run as usize]
    }

    fn add(&mut self, runs: Range<u32>, _: usize, new: Known) {
        // What is known only grows along a pattern: once nothing is new, nothing after it is. Looking at many at once is quicker
        // than stopping at the very first.
        for chunk in self.known[runs.start as usize..runs.end as usize].chunks_mut(AT_ONCE) {
            let last = chunk[chunk.len() - 1];
            for known in chunk.iter_mut() {
                *known = known.with(new);
            }
            if chunk[chunk.len() - 1] == last {
                break;
            }
        }
    }
}

/// Trips told apart in one [`Block`].
const LANES: usize = 16;

/// What is known with each of so many trips.
type Block = [Known; LANES];

/// For the departures of a profile, last to first: what a later departure rode with so many trips need not be ridden again.
#[derive(Default)]
pub(crate) struct Kept {
    /// For 1 to 16 trips.
    few: Vec<Block>,
    /// For 17 to 32 trips, filled when first needed.
    many: Vec<Block>,
}

const _: () = assert!(MAX_TRIPS as usize <= 2 * LANES, "two blocks tell all trips apart");

impl Reached for Kept {
    fn forget(&mut self, graph: &Graph) {
        self.few.clear();
        self.few.extend(graph.nothing_known.iter().map(|&known| [known; LANES]));
        self.many.clear();
    }

    fn get(&self, run: u32, trips: usize) -> Known {
        let few = &self.few[run as usize];
        if trips <= LANES {
            return few[trips - 1];
        }
        let many = self.many.get(run as usize).map_or(Known::NOTHING, |many| many[trips - LANES - 1]);
        many.with(few[LANES - 1])
    }

    fn add(&mut self, runs: Range<u32>, trips: usize, new: Known) {
        let lane = (trips - 1) % LANES;
        let mut least = [Known::NOTHING; LANES];
        least[lane..].fill(new);
        if trips > LANES && self.many.is_empty() {
            self.many.resize(self.few.len(), [Known::NOTHING; LANES]);
        }
        let blocks = if trips <= LANES { &mut self.few } else { &mut self.many };
        for block in &mut blocks[runs.start as usize..runs.end as usize] {
            if block[lane].with(new) == block[lane] {
                break;
            }
            for (known, least) in block.iter_mut().zip(&least) {
                *known = known.with(*least);
            }
        }
    }
}
