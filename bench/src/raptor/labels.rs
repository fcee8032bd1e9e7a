//! What a search remembers: the best time at every node for every number of trips.

use super::runs::RunRef;
use std::collections::HashMap;
use tumen_base::Time;

/// A time that nothing reaches.
pub const NEVER: Time = Time::MAX;

/// The labels of one number of trips.
#[derive(Clone)]
struct Round {
    /// Earliest arrival of a ride, by alight node.
    exit: Vec<Time>,
    /// Earliest readiness to board the next, by board node.
    entry: Vec<Time>,
    /// The first run from which on in-seat links were followed, by pattern.
    followed: Vec<u32>,
}

/// The labels of a search, kept through the departures of a profile.
pub struct Labels {
    blank: Round,
    rounds: Vec<Round>,
    /// Earliest arrival at the destination with at most so many trips.
    pub target: Vec<Time>,
    /// The fewest trips with which a run was entered in-seat.
    seated: HashMap<RunRef, usize>,
    /// Times from here on are of no use.
    pub limit: Time,
}

impl Labels {
    /// Labels for so many nodes and patterns.
    pub fn new(alight_nodes: usize, board_nodes: usize, patterns: usize) -> Self {
        let blank = Round {
            exit: vec![NEVER; alight_nodes],
            entry: vec![NEVER; board_nodes],
            followed: vec![u32::MAX; patterns],
        };
        Self { blank, rounds: Vec::new(), target: Vec::new(), seated: HashMap::new(), limit: NEVER }
    }

    /// Forgets everything.
    pub fn clear(&mut self, most_trips: u8) {
        self.rounds.clear();
        self.begin_round(0);
        self.seated.clear();
        self.target = vec![NEVER; usize::from(most_trips) + 1];
    }

    /// Makes room for a number of trips; those below it have theirs.
    pub fn begin_round(&mut self, trips: usize) {
        if self.rounds.len() == trips {
            self.rounds.push(self.blank.clone());
        }
    }

    /// Times from here on are of no use with so many trips.
    pub fn bound(&self, trips: usize) -> Time {
        self.limit.min(self.target[trips])
    }

    /// When one is ready to board after exactly so many trips.
    pub fn entry(&self, trips: usize, node: u32) -> Time {
        self.rounds[trips].entry[node as usize]
    }

    /// When one steps off the last of exactly so many trips.
    pub fn exit(&self, trips: usize, node: u32) -> Time {
        self.rounds[trips].exit[node as usize]
    }

    /// Notes an arrival; whether it is better than with as many trips or fewer.
    pub fn improve_exit(&mut self, trips: usize, node: u32, time: Time) -> bool {
        let node = node as usize;
        let better = time < self.bound(trips) && self.rounds[..=trips].iter().all(|round| time < round.exit[node]);
        if better {
            self.rounds[trips].exit[node] = time;
        }
        better
    }

    /// Notes a readiness to board; whether it is better than with as many trips or fewer.
    pub fn improve_entry(&mut self, trips: usize, node: u32, time: Time) -> bool {
        let node = node as usize;
        let better = time < self.bound(trips) && self.rounds[..=trips].iter().all(|round| time < round.entry[node]);
        if better {
            self.rounds[trips].entry[node] = time;
        }
        better
    }

    /// Notes an arrival at the destination.
    pub fn improve_target(&mut self, trips: usize, time: Time) {
        if time < self.limit {
            self.target[trips..].iter_mut().for_each(|best| *best = time.min(*best));
        }
    }

    /// Notes that links are followed from a run of a pattern on; from which run on they were already.
    pub fn follow(&mut self, trips: usize, pattern: u32, run: u32) -> u32 {
        let until =
            self.rounds[..=trips].iter().map(|round| round.followed[pattern as usize]).min().unwrap_or(u32::MAX);
        let followed = &mut self.rounds[trips].followed[pattern as usize];
        *followed = run.min(*followed);
        until
    }

    /// Notes that a run is entered in-seat; whether it was not with as many trips or fewer.
    pub fn sit(&mut self, trips: usize, run: RunRef) -> bool {
        let fewest = self.seated.entry(run).or_insert(usize::MAX);
        let fewer = trips < *fewest;
        *fewest = trips.min(*fewest);
        fewer
    }
}
