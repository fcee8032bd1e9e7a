//! Texts and day sets, each kept once.

use super::error::{CompileError, Limit, bound};
use hashbrown::HashTable;
use std::hash::{BuildHasher, RandomState};
use tumen_base::DayBits;

const STRINGS: Limit =
    Limit { what: "bytes of distinct texts", most: u32::MAX as u64, advice: "compile fewer feeds together" };

/// The string table being built; string 0 is empty.
pub(super) struct Strings {
    pub offsets: Vec<u32>,
    pub bytes: Vec<u8>,
    index: HashTable<u32>,
    hasher: RandomState,
}

impl Strings {
    pub(super) fn new() -> Self {
        let mut strings =
            Self { offsets: vec![0], bytes: Vec::new(), index: HashTable::new(), hasher: RandomState::new() };
        strings.append("", strings.hasher.hash_one(b"".as_slice()));
        strings
    }

    /// The number of a text.
    pub(super) fn intern(&mut self, text: &str) -> u32 {
        if text.is_empty() {
            return 0;
        }
        let hash = self.hasher.hash_one(text.as_bytes());
        let same = |&at: &u32| Self::slice(&self.offsets, &self.bytes, at) == text.as_bytes();
        match self.index.find(hash, same) {
            Some(&at) => at,
            None => self.append(text, hash),
        }
    }

    fn append(&mut self, text: &str, hash: u64) -> u32 {
        let at = self.offsets.len() as u32 - 1;
        self.bytes.extend_from_slice(text.as_bytes());
        // A table beyond 4 GiB saturates here and is refused by `check` before anybody reads it.
        self.offsets.push(u32::try_from(self.bytes.len()).unwrap_or(u32::MAX));
        let Self { offsets, bytes, index, hasher } = self;
        index.insert_unique(hash, at, |&other| hasher.hash_one(Self::slice(offsets, bytes, other)));
        at
    }

    fn slice<'s>(offsets: &[u32], bytes: &'s [u8], at: u32) -> &'s [u8] {
        &bytes[offsets[at as usize] as usize..offsets[at as usize + 1] as usize]
    }

    /// Refuses a table that its offsets cannot reach.
    pub(super) fn check(&self) -> Result<(), CompileError> {
        bound(self.bytes.len() as u64, &STRINGS)
    }
}

/// The day sets being built; day set 0 is empty.
pub(super) struct DaySets {
    pub words: Vec<u64>,
    pub width: usize,
    index: HashTable<u32>,
    hasher: RandomState,
}

impl DaySets {
    /// For a span of so many days.
    pub(super) fn new(days: usize) -> Self {
        let width = DayBits::words_for(days);
        let mut sets = Self { words: Vec::new(), width, index: HashTable::new(), hasher: RandomState::new() };
        sets.intern(&vec![0; width]);
        sets
    }

    /// The number of a day set of `width` words.
    pub(super) fn intern(&mut self, set: &[u64]) -> u32 {
        debug_assert_eq!(set.len(), self.width, "a day set has as many words as the span needs");
        let hash = self.hasher.hash_one(set);
        if let Some(&at) = self.index.find(hash, |&at| Self::slice(&self.words, self.width, at) == set) {
            return at;
        }
        let at = (self.words.len() / self.width) as u32;
        self.words.extend_from_slice(set);
        let Self { words, width, index, hasher } = self;
        index.insert_unique(hash, at, |&other| hasher.hash_one(Self::slice(words, *width, other)));
        at
    }

    fn slice(words: &[u64], width: usize, at: u32) -> &[u64] {
        &words[at as usize * width..(at as usize + 1) * width]
    }

    /// The words of a set.
    pub(super) fn set(&self, at: u32) -> &[u64] {
        Self::slice(&self.words, self.width, at)
    }

    /// The days of a set.
    pub(super) fn days(&self, at: u32) -> DayBits<'_> {
        DayBits::new(self.set(at))
    }

    /// Whether a set has no day.
    pub(super) const fn is_empty(at: u32) -> bool {
        at == 0
    }
}

/// Puts a day into the words of a set.
pub(super) fn insert_day(words: &mut [u64], day: usize) {
    words[day / 64] |= 1 << (day % 64);
}

/// Adds the days of `other` to `words`.
pub(super) fn unite(words: &mut [u64], other: &[u64]) {
    for (word, more) in words.iter_mut().zip(other) {
        *word |= more;
    }
}
