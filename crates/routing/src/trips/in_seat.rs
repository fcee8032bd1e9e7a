//! Which runs a passenger can be carried into, staying seated: worked out once for the runs of some days.
//!
//! Whoever boards a run may as well wait for a later run of its pattern, for that may continue elsewhere. So what matters of a
//! boarding is the earliest run of every pattern that this run or any later one leads into.

use super::LONGEST;
use super::expanded::Expanded;
use crate::journey::Run;
use crate::mirror::Mirror;
use crate::network::Network;
use crate::timeline::Around;
use std::ops::Range;
use tumen_base::{PatternId, Time};

/// A run that a passenger is carried into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Into {
    /// The run.
    pub(crate) run: u32,
    /// When its first call is reached: no earlier than the run before ended.
    pub(crate) first: Time,
    /// Whether that is later than the run itself arrives there.
    pub(crate) late: bool,
}

/// Where passengers are carried, by run.
#[derive(Default)]
pub(crate) struct InSeat {
    /// Reached from the run itself.
    own: Lists,
    /// Reached from the run or a later one of its pattern: the earliest of each pattern.
    onward: Lists,
}

/// Lists of runs, by run.
#[derive(Default)]
struct Lists {
    offset: Vec<u32>,
    into: Vec<Into>,
}

impl Lists {
    fn of(&self, run: u32) -> &[Into] {
        match self.offset.get(run as usize..run as usize + 2) {
            Some(&[from, until]) => &self.into[from as usize..until as usize],
            _ => &[],
        }
    }
}

impl InSeat {
    /// Follows the links of all runs; `None` where they are too many to be numbered.
    pub(crate) fn of(network: &Network<'_>, expanded: &Expanded) -> Option<Self> {
        if network.columns.link_to.is_empty() {
            return Some(Self::default());
        }
        let mut own = Lists { offset: vec![0], into: Vec::new() };
        let mut follower = Follower::new(network, expanded);
        for run in 0..expanded.run.len() as u32 {
            follower.follow(run);
            own.into.extend_from_slice(&follower.found);
            own.offset.push(u32::try_from(own.into.len()).ok()?);
        }
        Some(Self { onward: onward(network, expanded, &own)?, own })
    }

    /// Runs that a passenger in a run is carried into, directly or through others.
    pub(crate) fn own(&self, run: u32) -> &[Into] {
        self.own.of(run)
    }

    /// The same for a passenger who boards the run or a later one of its pattern at the same call: of each pattern the
    /// earliest, several where one of them is entered earlier and another one is reached earlier.
    pub(crate) fn onward(&self, run: u32) -> &[Into] {
        self.onward.of(run)
    }

    /// Drops those lists.
    pub(crate) fn forget_onward(&mut self) {
        self.onward = Lists::default();
    }

    /// Its memory in bytes.
    pub(crate) fn bytes(&self) -> usize {
        let bytes = |lists: &Lists| 4 * lists.offset.len() + size_of::<Into>() * lists.into.len();
        bytes(&self.own) + bytes(&self.onward)
    }
}

/// Follows links from one run after another.
struct Follower<'e, 'n, 'a> {
    network: &'n Network<'a>,
    expanded: &'e Expanded,
    around: Around,
    found: Vec<Into>,
    /// Position in `found`, by run, if `found` holds the run there.
    position: Vec<u32>,
}

impl<'e, 'n, 'a> Follower<'e, 'n, 'a> {
    fn new(network: &'n Network<'a>, expanded: &'e Expanded) -> Self {
        let position = vec![0; expanded.run.len()];
        Self { network, expanded, around: Around::default(), found: Vec::new(), position }
    }

    /// Finds what a run leads into, nearest first.
    fn follow(&mut self, run: u32) {
        self.found.clear();
        self.step(run);
        let mut next = 0;
        while next < self.found.len() {
            self.step(self.found[next].run);
            next += 1;
        }
    }

    fn step(&mut self, run: u32) {
        let mirror = Mirror::<false> { network: self.network, around: &self.around };
        let end = self.expanded.last_arrival(run);
        let from = self.expanded.run[run as usize];
        for to in mirror.links(Mirror::<false>::key(from)) {
            let Some(to) = number_of(self.network, self.expanded, to) else { continue };
            let arrival = self.expanded.arrival_at(to, 0);
            let position = &mut self.position[to as usize];
            if let Some(known) = self.found.get_mut(*position as usize).filter(|known| known.run == to) {
                known.first = known.first.min(arrival.max(end));
                known.late = known.first > arrival;
            } else {
                *position = self.found.len() as u32;
                self.found.push(Into { run: to, first: arrival.max(end), late: end > arrival });
            }
        }
    }
}

/// The number of a run, if the days hold it.
fn number_of(network: &Network<'_>, expanded: &Expanded, run: Run) -> Option<u32> {
    expanded.find(PatternId(network.columns.trip_pattern[run.trip.index()]), run)
}

/// From the last run of every pattern to the first: what a run leads into takes the place of what later ones lead into, if it
/// is no later.
fn onward(network: &Network<'_>, expanded: &Expanded, own: &Lists) -> Option<Lists> {
    let mut offset = vec![0_u32; expanded.run.len() + 1];
    let mut into = Vec::new();
    let mut ends: Vec<Range<usize>> = vec![0..0; expanded.run.len()];
    for pattern in 0..network.calendar.patterns() {
        let mut best: Vec<Into> = Vec::new();
        for run in expanded.of_pattern(PatternId::from_index(pattern)).rev() {
            // A journey of a day is over before it would get there.
            let end = expanded.last_arrival(run).saturating_add(LONGEST);
            best.retain(|into| into.first <= end);
            for &new in own.of(run) {
                let pattern = |other: &Into| expanded.info[other.run as usize].pattern;
                let same = |other: &Into| pattern(other) == pattern(&new);
                if !best.iter().any(|old| same(old) && old.run <= new.run && old.first <= new.first) {
                    best.retain(|old| !(same(old) && new.run <= old.run && new.first <= old.first));
                    best.push(new);
                }
            }
            ends[run as usize] = into.len()..into.len() + best.len();
            into.extend_from_slice(&best);
        }
    }
    // The lists were made backwards; in the order of the runs they are found by one offset each.
    let mut ordered = Vec::with_capacity(into.len());
    for (run, range) in ends.into_iter().enumerate() {
        ordered.extend_from_slice(&into[range]);
        offset[run + 1] = u32::try_from(ordered.len()).ok()?;
    }
    Some(Lists { offset, into: ordered })
}

/// The runs through which a passenger who is in a run is carried into another one by a time, both included; empty where there is
/// no way.
pub(crate) fn way(network: &Network<'_>, expanded: &Expanded, from: u32, (to, first): (u32, Time)) -> Vec<u32> {
    let around = Around::default();
    let mirror = Mirror::<false> { network, around: &around };
    // Each run found, and the position of the one before it.
    let mut found: Vec<(u32, usize)> = vec![(from, 0)];
    let mut next = 0;
    while let Some(&(run, _)) = found.get(next) {
        let end = expanded.last_arrival(run);
        for link in mirror.links(Mirror::<false>::key(expanded.run[run as usize])) {
            let Some(link) = number_of(network, expanded, link) else { continue };
            if link == to && expanded.arrival_at(link, 0).max(end) <= first {
                let mut way = vec![link, run];
                let mut at = next;
                while at != 0 {
                    at = found[at].1;
                    way.push(found[at].0);
                }
                way.reverse();
                return way;
            }
            if !found.iter().any(|&(known, _)| known == link) {
                found.push((link, next));
            }
        }
        next += 1;
    }
    Vec::new()
}
