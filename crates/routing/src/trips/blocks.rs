//! What a search reads of a run, in one stretch of memory each: its time goes into waiting for memory, not into computing.
//!
//! A block is `[end of the pattern's runs, calls | count of onward runs << 16]`, then for every call its arrival and where its changes
//! end in the block, then the changes. Before the block comes every onward run, its number (times two, plus one if late) and time.

use super::in_seat::Into;
use std::ops::Range;
use tumen_base::Time;

/// Words before the calls.
const HEADER: usize = 2;

/// The blocks of all runs.
#[derive(Default)]
pub(crate) struct Blocks {
    words: Vec<u32>,
    /// The block and the pattern of a run.
    of_run: Vec<(Block, u32)>,
}

/// Where a block begins.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Block(u32);

/// A block being made.
pub(crate) struct Draft<'d> {
    pub(crate) end: u32,
    pub(crate) pattern: u32,
    pub(crate) arrivals: &'d [Time],
    /// Call left and change, in the order of the calls.
    pub(crate) changes: &'d [(u32, u32)],
    pub(crate) onward: &'d [Into],
}

impl Blocks {
    /// Adds the block of the next run; `None` where one of its numbers is too large.
    pub(crate) fn push(&mut self, Draft { end, pattern, arrivals, changes, onward }: &Draft<'_>) -> Option<()> {
        for into in *onward {
            self.words.extend([into.run << 1 | u32::from(into.late), into.first as u32]);
        }
        self.of_run.push((Block(u32::try_from(self.words.len()).ok()?), *pattern));
        let (calls, count) = (u16::try_from(arrivals.len()).ok()?, u16::try_from(onward.len()).ok()?);
        self.words.extend([*end, u32::from(calls) | u32::from(count) << 16]);
        let before = HEADER + 2 * arrivals.len();
        for (call, &arrival) in arrivals.iter().enumerate() {
            let until = changes.partition_point(|change| change.0 as usize <= call);
            self.words.extend([arrival as u32, u32::try_from(before + until).ok()?]);
        }
        self.words.extend(changes.iter().map(|&(_, change)| change));
        Some(())
    }

    /// The block of a run.
    pub(crate) fn of(&self, run: u32) -> Block {
        self.of_run[run as usize].0
    }

    /// The pattern of a run.
    pub(crate) fn pattern(&self, run: u32) -> u32 {
        self.of_run[run as usize].1
    }

    fn word(&self, Block(start): Block, word: usize) -> u32 {
        self.words[start as usize + word]
    }

    /// Where the runs of the pattern end.
    pub(crate) fn end(&self, block: Block) -> u32 {
        self.word(block, 0)
    }

    /// Number of calls.
    pub(crate) fn calls(&self, block: Block) -> u32 {
        self.word(block, 1) & 0xffff
    }

    /// When the run reaches a call.
    pub(crate) fn arrival(&self, block: Block, call: u32) -> Time {
        self.word(block, HEADER + 2 * call as usize) as Time
    }

    /// Changes at calls of a range that are reached before a time: their places.
    pub(crate) fn changes(&self, block: Block, calls: Range<u32>, bound: Time) -> Range<usize> {
        let begin = match calls.start {
            0 => HEADER + 2 * self.calls(block) as usize,
            call => self.word(block, HEADER + 2 * call as usize - 1) as usize,
        };
        // Mostly the last call is in time: no look at those before.
        let last = calls.rev().find(|&call| self.arrival(block, call) < bound);
        let end = last.map_or(begin, |call| self.word(block, HEADER + 2 * call as usize + 1) as usize);
        let start = block.0 as usize;
        start + begin..start + end
    }

    /// Reads where some changes begin and end: asks for their memory before it is needed.
    pub(crate) fn touch(&self, places: &Range<usize>) -> u32 {
        if places.is_empty() { 0 } else { self.words[places.start] ^ self.words[places.end - 1] }
    }

    /// The change at a place.
    pub(crate) fn change(&self, place: usize) -> u32 {
        self.words[place]
    }

    /// The call at which a run is left for the change at a place.
    pub(crate) fn left(&self, block: Block, place: usize) -> u32 {
        let end = |call: u32| block.0 as usize + self.word(block, HEADER + 2 * call as usize + 1) as usize;
        let calls = self.calls(block);
        (0..calls).find(|&call| place < end(call)).unwrap_or(calls)
    }

    /// The runs into which the run and the later ones of its pattern lead in-seat, one after the other.
    pub(crate) fn onward(&self, block: Block) -> Range<usize> {
        let start = block.0 as usize;
        start - 2 * (self.word(block, 1) >> 16) as usize..start
    }

    /// The run at a place of those.
    pub(crate) fn into(&self, place: usize) -> Into {
        let (run, first) = (self.words[place], self.words[place + 1]);
        Into { run: run >> 1, first: first as Time, late: run & 1 == 1 }
    }

    /// Their memory in bytes.
    pub(crate) fn bytes(&self) -> usize {
        4 * self.words.len() + size_of::<(Block, u32)>() * self.of_run.len()
    }
}
