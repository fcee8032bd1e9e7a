//! What a report tells of all pairs, in memory that does not grow with their number.

use crate::distribution::Distribution;
use crate::standing::{Pair, Relation};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// So many changes are told each way.
const LARGEST: usize = 10;
/// So many pairs of a kind are kept by name; their number is exact all the same.
const NAMED: usize = 1000;

/// A pair of a list, ranked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Listed {
    /// What it is ranked by: seconds or departures, never negative.
    pub amount: i64,
    /// The pair.
    pub pair: Pair,
}

/// The pairs with the largest amounts, of equal ones the first in the order of places.
#[derive(Clone, Debug)]
pub struct Top {
    most: usize,
    order: BTreeSet<(Reverse<i64>, u32, u32)>,
    pairs: BTreeMap<(u32, u32), Pair>,
    total: u64,
}

impl Top {
    /// A list of at most so many.
    pub fn of(most: usize) -> Self {
        Self { most, order: BTreeSet::new(), pairs: BTreeMap::new(), total: 0 }
    }

    /// Offers a pair.
    pub fn offer(&mut self, amount: i64, pair: Pair) {
        self.total += 1;
        self.order.insert((Reverse(amount), pair.from, pair.to));
        self.pairs.insert((pair.from, pair.to), pair);
        if self.order.len() > self.most
            && let Some((_, from, to)) = self.order.pop_last()
        {
            self.pairs.remove(&(from, to));
        }
    }

    /// How many were offered.
    pub fn total(&self) -> u64 {
        self.total
    }

    /// Those that are kept, the largest first.
    pub fn iter(&self) -> impl Iterator<Item = Listed> + '_ {
        self.order.iter().map(|&(Reverse(amount), from, to)| Listed { amount, pair: self.pairs[&(from, to)] })
    }
}

/// The sum of a comparison.
#[derive(Clone, Debug)]
pub struct Tally {
    /// Pairs looked at.
    pub pairs: u64,
    /// Journeys after, none before.
    pub newly_connected: Top,
    /// Journeys before, none after: the broken connections, those that ran most often first.
    pub disconnected: Top,
    /// Journeys after; before, the data is silent.
    pub no_data_before: Top,
    /// Journeys before; after, the data is silent.
    pub no_data_after: Top,
    /// No journeys, and the data is silent in one window or both.
    pub no_data: u64,
    /// No journeys in either window.
    pub unconnected: u64,
    /// One walk leads there.
    pub on_foot: u64,
    /// Connected in both windows.
    pub connected: u64,
    /// Of these, changed, and served by a line that is silent in either window.
    pub partly_silent: u64,
    /// Of these, neither faster nor slower, neither more nor less often.
    pub unchanged: u64,
    /// The fastest journey is faster.
    pub faster: Top,
    /// The fastest journey is slower.
    pub slower: Top,
    /// More departures.
    pub more_often: Top,
    /// Fewer departures.
    pub less_often: Top,
    /// Changes of the fastest journey in seconds, of pairs connected in both windows.
    pub seconds: Distribution,
    /// Changes of the number of departures, of the same pairs.
    pub departures: Distribution,
    /// Departures before, of every pair that is connected in either window.
    pub departures_before: Distribution,
    /// Departures after, of the same pairs.
    pub departures_after: Distribution,
}

impl Default for Tally {
    fn default() -> Self {
        let (named, largest) = (|| Top::of(NAMED), || Top::of(LARGEST));
        Self {
            pairs: 0,
            newly_connected: named(),
            disconnected: named(),
            no_data_before: named(),
            no_data_after: named(),
            no_data: 0,
            unconnected: 0,
            on_foot: 0,
            connected: 0,
            partly_silent: 0,
            unchanged: 0,
            faster: largest(),
            slower: largest(),
            more_often: largest(),
            less_often: largest(),
            seconds: Distribution::default(),
            departures: Distribution::default(),
            departures_before: Distribution::default(),
            departures_after: Distribution::default(),
        }
    }
}

impl Tally {
    /// Adds a pair.
    pub fn add(&mut self, pair: Pair) {
        self.pairs += 1;
        let departures = [pair.before, pair.after].map(|side| side.ride().map_or(0, |ride| i64::from(ride.departures)));
        let relation = pair.relation();
        match relation {
            Relation::NewlyConnected => self.newly_connected.offer(departures[1], pair),
            Relation::Disconnected => self.disconnected.offer(departures[0], pair),
            Relation::NoDataBefore => self.no_data_before.offer(departures[1], pair),
            Relation::NoDataAfter => self.no_data_after.offer(departures[0], pair),
            Relation::NoData => self.no_data += 1,
            Relation::Unconnected => self.unconnected += 1,
            Relation::OnFoot => self.on_foot += 1,
            Relation::Connected(change) => {
                self.connected += 1;
                let changed = (change.seconds, change.departures) != (0, 0);
                self.unchanged += u64::from(!changed);
                self.partly_silent += u64::from(changed && pair.silent != [false, false]);
                self.seconds.add(change.seconds.into());
                self.departures.add(change.departures);
                match change.seconds {
                    0 => {}
                    1.. => self.slower.offer(change.seconds.into(), pair),
                    _ => self.faster.offer(-i64::from(change.seconds), pair),
                }
                match change.departures {
                    0 => {}
                    1.. => self.more_often.offer(change.departures, pair),
                    _ => self.less_often.offer(-change.departures, pair),
                }
            }
        }
        // Where the data is silent, zero departures would be a statement.
        if matches!(relation, Relation::NewlyConnected | Relation::Disconnected | Relation::Connected(_)) {
            self.departures_before.add(departures[0]);
            self.departures_after.add(departures[1]);
        }
    }
}
