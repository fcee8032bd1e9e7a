//! What a search remembers: the best time at every node after every round, and where it came from.

use super::guarantees::NO_WAIT;
use crate::mirror::RunKey;
use std::ops::Range;
use tumen_base::{PatternId, Time};

/// A time that nothing reaches.
pub(crate) const NEVER: Time = Time::MAX;

/// How an exit node was reached.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Exit {
    /// When.
    pub(crate) time: Time,
    /// Pattern of the run that was left.
    pub(crate) pattern: u32,
    /// The run.
    pub(crate) run: RunKey,
    /// Mirrored call at which the run was entered, if `chain` is [`NO_CHAIN`].
    pub(crate) entered: u32,
    /// Mirrored call at which it was left.
    pub(crate) left: u32,
    /// The runs before it that the passenger was carried through, or [`NO_CHAIN`].
    pub(crate) chain: u32,
    /// The guarantee by which it was boarded, or [`NO_WAIT`].
    pub(crate) wait: u32,
}

impl Exit {
    /// A run boarded at a mirrored call, before it is known where it is left.
    pub(crate) fn aboard(pattern: PatternId, run: RunKey, entered: u32) -> Self {
        Self { pattern: pattern.0, run, entered, ..Self::UNREACHED }
    }

    const UNREACHED: Self =
        Self { time: NEVER, pattern: 0, run: 0, entered: 0, left: 0, chain: NO_CHAIN, wait: NO_WAIT };
}

/// The run was boarded, not entered in-seat.
pub(crate) const NO_CHAIN: u32 = u32::MAX;

/// A run that a passenger was carried through to its end.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Carried {
    /// Pattern of the run.
    pub(crate) pattern: u32,
    /// The run.
    pub(crate) run: RunKey,
    /// Mirrored call at which it was entered, if `chain` is [`NO_CHAIN`].
    pub(crate) entered: u32,
    /// The runs before it.
    pub(crate) chain: u32,
    /// The guarantee by which it was boarded, or [`NO_WAIT`].
    pub(crate) wait: u32,
}

/// How an entry node was reached: the exit node of the round before, or an origin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Entry {
    /// From this exit node.
    From(u32),
    /// From this stop of the origin.
    Origin(u32),
}

/// How the nodes were reached in one round.
#[derive(Default)]
pub(crate) struct Round {
    /// How an exit node was reached with so many trips.
    pub(crate) exit: Vec<Exit>,
    /// Exit nodes that the sweep improved in this round.
    pub(crate) improved_exits: Marks,
    /// How an entry node was reached after so many trips.
    pub(crate) entry: Vec<Entry>,
    /// Entry nodes that the sweep improved in this round: only these are scanned.
    pub(crate) improved_entries: Marks,
}

impl Round {
    /// Makes room; allocates only when the network is larger than any before.
    pub(crate) fn fit(&mut self, exits: usize, entries: usize) {
        if self.exit.len() < exits {
            self.exit.resize(exits, Exit::UNREACHED);
        }
        if self.entry.len() < entries {
            self.entry.resize(entries, Entry::Origin(0));
        }
        self.improved_exits.fit(exits);
        self.improved_entries.fit(entries);
    }
}

/// A set of small integers that remembers their order.
#[derive(Default)]
pub(crate) struct Marks {
    words: Vec<u64>,
    /// The members, in the order in which they came.
    pub(crate) list: Vec<u32>,
}

impl Marks {
    /// Makes room for integers below `count`.
    pub(crate) fn fit(&mut self, count: usize) {
        let words = count.div_ceil(64);
        if self.words.len() < words {
            self.words.resize(words, 0);
            self.list.reserve(count);
        }
    }

    /// Adds a member; answers whether it is new.
    pub(crate) fn insert(&mut self, member: u32) -> bool {
        let (word, bit) = (&mut self.words[member as usize / 64], 1 << (member % 64));
        let new = *word & bit == 0;
        if new {
            *word |= bit;
            self.list.push(member);
        }
        new
    }

    /// Whether it is a member.
    pub(crate) fn contains(&self, member: u32) -> bool {
        self.words[member as usize / 64] & 1 << (member % 64) != 0
    }

    /// Removes all members.
    pub(crate) fn clear(&mut self) {
        for &member in &self.list {
            self.words[member as usize / 64] = 0;
        }
        self.list.clear();
    }
}

/// What [`Best`] keeps: the less the better.
pub(crate) trait Value: Copy + Ord {
    /// What a slot holds that nothing reached.
    const WORST: Self;
}

impl Value for Time {
    const WORST: Self = NEVER;
}

impl Value for u32 {
    const WORST: Self = Self::MAX;
}

impl Value for RunKey {
    const WORST: Self = Self::MAX;
}

/// The best value of every slot with at most so many trips.
///
/// The values of a slot lie next to each other and never grow with the number of trips, so one look says whether a value is
/// beaten. A search of a single sweep takes its rounds in order, and one value a slot is enough for it.
#[derive(Default)]
pub(crate) struct Best<T> {
    width: usize,
    values: Vec<T>,
}

impl<T: Value> Best<T> {
    /// Makes room for so many slots and numbers of trips; forgets all if the latter is another than before.
    pub(crate) fn fit(&mut self, slots: usize, width: usize) {
        if self.width != width {
            self.width = width;
            self.values.clear();
        }
        if self.values.len() < slots * width {
            self.values.resize(slots * width, T::WORST);
        }
    }

    /// The best value with at most so many trips. Where more are asked for than there is room for, it may miss the best.
    pub(crate) fn get(&self, slot: usize, trips: usize) -> T {
        self.values[slot * self.width + trips.min(self.width - 1)]
    }

    /// Whether any number of trips has a value.
    pub(crate) fn is_known(&self, slot: usize) -> bool {
        self.values[slot * self.width + self.width - 1] != T::WORST
    }

    /// Takes a value if it beats those with at most so many trips; answers whether it does.
    pub(crate) fn improve(&mut self, slot: usize, trips: usize, value: T) -> bool {
        let slots = &mut self.values[slot * self.width..(slot + 1) * self.width];
        let from = trips.min(slots.len() - 1);
        if slots[from] <= value {
            return false;
        }
        if from == trips || slots.len() == 1 {
            for known in &mut slots[from..] {
                if *known <= value {
                    break;
                }
                *known = value;
            }
        }
        true
    }

    /// Forgets what is known of some slots.
    pub(crate) fn forget(&mut self, slots: Range<usize>) {
        self.values[slots.start * self.width..slots.end * self.width].fill(T::WORST);
    }
}
