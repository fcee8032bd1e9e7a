//! How many more trips it takes at least from a run to the destination, whatever the hour (a lower bound as in A*; Hart, Nilsson,
//! Raphael 1968): what needs many is put off until nothing quicker is left, and what leads nowhere is not ridden.
//!
//! The patterns to which one can change at all are kept as sets of bits, so that working the numbers out for a destination
//! costs little beside a search. Where the patterns are very many, neighbours share a bit: the numbers stay lower bounds.

use crate::mirror::Runs;
use crate::network::{Edges, Network};
use crate::window::Window;
use tumen_base::PatternId;

/// More trips than any journey has.
const TOO_MANY: u8 = u8::MAX;

/// The most groups of patterns that are told apart: their bits take 8 MiB.
const MOST_GROUPS: usize = 8192;

/// From which pattern one gets to which others: by a change, which boards one trip more, or staying seated.
#[derive(Default)]
pub(crate) struct Ways {
    /// Patterns whose numbers are equal but for so many bits are one group.
    shift: u32,
    groups: usize,
    /// For every group those from which it is changed to.
    changed_from: Vec<u64>,
    /// The same for staying seated.
    carried_from: Edges,
}

/// Ways being gathered.
pub(crate) struct WaysBeingMade {
    ways: Ways,
    carried: Vec<(u32, u32, i32)>,
}

impl WaysBeingMade {
    /// No ways yet between so many patterns.
    pub(crate) fn between(patterns: usize) -> Self {
        let shift = (0..u32::BITS).find(|shift| patterns >> shift <= MOST_GROUPS).unwrap_or(0);
        let groups = patterns.div_ceil(1 << shift);
        let changed_from = vec![0; groups * groups.div_ceil(64)];
        Self { ways: Ways { shift, groups, changed_from, ..Ways::default() }, carried: Vec::new() }
    }

    /// One can change from a pattern to another.
    pub(crate) fn change(&mut self, from: u32, to: u32) {
        let from = self.ways.group(from);
        self.ways.row_mut(to)[from / 64] |= 1 << (from % 64);
    }

    /// One can change from some patterns, as bits by group, to another.
    fn change_from_all(&mut self, from: &[u64], to: u32) {
        self.ways.row_mut(to).iter_mut().zip(from).for_each(|(known, more)| *known |= more);
    }

    /// One is carried from a pattern into another.
    pub(crate) fn carry(&mut self, from: u32, to: u32) {
        self.carried.push((self.ways.group(to) as u32, self.ways.group(from) as u32, 0));
    }

    /// All of them.
    pub(crate) fn made(mut self) -> Ways {
        self.carried.sort_unstable();
        self.carried.dedup();
        self.ways.carried_from = Edges::from_sorted(self.ways.groups, &self.carried);
        self.ways
    }
}

impl Ways {
    /// The ways between the patterns that have runs in a window.
    pub(crate) fn of(network: &Network<'_>, window: &Window) -> Self {
        let patterns = network.calendar.patterns();
        let mut making = WaysBeingMade::between(patterns);
        let mut from = vec![0; making.ways.words()];
        for board in 0..network.columns.board_stop.len() as u32 {
            from.fill(0);
            for &(alight, _) in network.changes_back.of(board) {
                for &(pattern, _) in window.calls_at::<true>(alight) {
                    let group = making.ways.group(pattern);
                    from[group / 64] |= 1 << (group % 64);
                }
            }
            for &(pattern, _) in window.calls_at::<false>(board) {
                making.change_from_all(&from, pattern);
            }
        }
        for pattern in 0..patterns as u32 {
            let Some(runs) = Runs::<false>::of(window, PatternId(pattern)) else { continue };
            for link in &window.links::<false>()[runs.all_links()] {
                making.carry(pattern, link.pattern.0);
            }
        }
        making.made()
    }

    fn group(&self, pattern: u32) -> usize {
        (pattern >> self.shift) as usize
    }

    fn words(&self) -> usize {
        self.groups.div_ceil(64)
    }

    fn row(&self, group: usize) -> &[u64] {
        &self.changed_from[group * self.words()..(group + 1) * self.words()]
    }

    fn row_mut(&mut self, pattern: u32) -> &mut [u64] {
        let (group, words) = (self.group(pattern), self.words());
        &mut self.changed_from[group * words..(group + 1) * words]
    }

    /// Their memory in bytes.
    pub(crate) fn bytes(&self) -> usize {
        8 * self.changed_from.len() + self.carried_from.bytes()
    }
}

/// Trips still needed from every pattern.
#[derive(Default)]
pub(crate) struct Needed {
    /// By group; empty where nothing is known.
    trips: Vec<u8>,
    shift: u32,
    /// Groups that need as many trips as those looked at now.
    now: Vec<u32>,
    /// Groups from which those are changed to.
    next: Vec<u64>,
}

impl Needed {
    /// Forgets what was known, and assumes that nothing more is needed.
    pub(crate) fn clear(&mut self) {
        self.trips.clear();
    }

    /// Works out what is needed to leave a run of one of some patterns at the destination.
    pub(crate) fn find(&mut self, ways: &Ways, destination: impl Iterator<Item = PatternId>) {
        self.trips.clear();
        self.trips.resize(ways.groups, TOO_MANY);
        self.shift = ways.shift;
        self.now.clear();
        destination.for_each(|pattern| self.need(ways.group(pattern.0), 0));
        for trips in 0..TOO_MANY - 1 {
            let mut done = 0;
            self.next.clear();
            self.next.resize(ways.words(), 0);
            while let Some(&group) = self.now.get(done) {
                done += 1;
                self.next.iter_mut().zip(ways.row(group as usize)).for_each(|(next, from)| *next |= from);
                for &(from, _) in ways.carried_from.of(group) {
                    self.need(from as usize, trips);
                }
            }
            self.now.clear();
            for word in 0..self.next.len() {
                let mut bits = self.next[word];
                while bits != 0 {
                    self.need(word * 64 + bits.trailing_zeros() as usize, trips + 1);
                    bits &= bits - 1;
                }
            }
            if self.now.is_empty() {
                return;
            }
        }
    }

    fn need(&mut self, group: usize, trips: u8) {
        if trips < self.trips[group] {
            self.trips[group] = trips;
            self.now.push(group as u32);
        }
    }

    /// Trips still needed from a pattern; more than any journey has where it does not lead to the destination.
    pub(crate) fn from(&self, pattern: u32) -> usize {
        self.trips.get((pattern >> self.shift) as usize).map_or(0, |&trips| usize::from(trips))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What each pattern needs to get to the last one.
    fn needed(making: WaysBeingMade, patterns: u32) -> Vec<usize> {
        let mut needed = Needed::default();
        needed.find(&making.made(), std::iter::once(PatternId(patterns - 1)));
        (0..patterns).map(|pattern| needed.from(pattern)).collect()
    }

    #[test]
    fn a_change_boards_a_trip_and_staying_seated_does_not() {
        let mut making = WaysBeingMade::between(7);
        for (from, to) in [(0, 1), (1, 2), (3, 6), (2, 5)] {
            making.change(from, to);
        }
        making.carry(2, 3);
        making.carry(0, 2);
        let never = usize::from(TOO_MANY);
        assert_eq!(needed(making, 7), [1, 2, 1, 1, never, never, 0]);
    }

    #[test]
    fn of_very_many_patterns_the_numbers_are_lower_bounds() {
        let patterns = 20_000;
        let mut making = WaysBeingMade::between(patterns as usize);
        (patterns - 100..patterns - 1).for_each(|pattern| making.change(pattern, pattern + 1));
        let needed = needed(making, patterns);
        let right = |pattern: u32| (patterns - 1 - pattern) as usize;
        assert!((patterns - 100..patterns).all(|pattern| needed[pattern as usize] <= right(pattern)));
        assert_eq!(needed[patterns as usize - 1], 0);
        assert!(
            needed[patterns as usize - 100] >= 24,
            "four neighbours share a bit: {}",
            needed[patterns as usize - 100]
        );
        assert_eq!(needed[0], usize::from(TOO_MANY));
    }

    #[test]
    fn nothing_known_needs_nothing() {
        assert_eq!(Needed::default().from(3), 0);
    }
}
