//! What a search remembers: the best time at every node after every round, and where it came from.

use super::guarantees::NO_WAIT;
use crate::mirror::RunKey;
use tumen_base::Time;

/// A time that nothing reaches.
pub(crate) const NEVER: Time = Time::MAX;

/// How an exit node was reached.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Exit {
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

const UNREACHED: Exit = Exit { pattern: 0, run: 0, entered: 0, left: 0, chain: NO_CHAIN, wait: NO_WAIT };

/// The labels of one round.
#[derive(Default)]
pub(crate) struct Round {
    /// Best time at which an exit node is reached with so many trips.
    pub(crate) exit_time: Vec<Time>,
    /// How.
    pub(crate) exit: Vec<Exit>,
    /// Exit nodes that this round touched since the last reset.
    pub(crate) touched_exits: Vec<u32>,
    /// Exit nodes that this round improved in the sweep.
    pub(crate) improved_exits: Vec<u32>,
    /// Best time from which a run can be entered at an entry node after so many trips.
    pub(crate) entry_time: Vec<Time>,
    /// How.
    pub(crate) entry: Vec<Entry>,
    /// Entry nodes that this round touched since the last reset.
    pub(crate) touched_entries: Vec<u32>,
    /// The sweep in which an entry node was last improved: only improvements of this sweep are scanned.
    pub(crate) entry_sweep: Vec<u32>,
    /// Earliest run of a pattern whose links, and those of all later runs, were followed in this round.
    pub(crate) followed: Vec<RunKey>,
    /// Earliest run of a pattern that was entered in-seat in this round.
    pub(crate) carried: Vec<RunKey>,
    /// Patterns that the two columns above touched since the last reset.
    pub(crate) touched_patterns: Vec<u32>,
}

impl Round {
    /// Makes room; allocates only when the network is larger than any before.
    pub(crate) fn fit(&mut self, exits: usize, entries: usize, patterns: usize) {
        if self.exit_time.len() < exits {
            self.exit_time.resize(exits, NEVER);
            self.exit.resize(exits, UNREACHED);
            self.touched_exits.reserve(exits);
        }
        if self.entry_time.len() < entries {
            self.entry_time.resize(entries, NEVER);
            self.entry.resize(entries, Entry::Origin(0));
            self.entry_sweep.resize(entries, 0);
            self.touched_entries.reserve(entries);
        }
        if self.followed.len() < patterns {
            self.followed.resize(patterns, RunKey::MAX);
            self.carried.resize(patterns, RunKey::MAX);
            self.touched_patterns.reserve(2 * patterns);
        }
    }

    /// Forgets what the last query left.
    pub(crate) fn reset(&mut self) {
        for &node in &self.touched_exits {
            self.exit_time[node as usize] = NEVER;
        }
        self.touched_exits.clear();
        for &node in &self.touched_entries {
            self.entry_time[node as usize] = NEVER;
            self.entry_sweep[node as usize] = 0;
        }
        self.touched_entries.clear();
        for &pattern in &self.touched_patterns {
            self.followed[pattern as usize] = RunKey::MAX;
            self.carried[pattern as usize] = RunKey::MAX;
        }
        self.touched_patterns.clear();
    }
}
