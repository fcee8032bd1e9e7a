//! Hash tables keyed by runs and nodes: keys are spread already, so one multiplication mixes them.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};

/// A map keyed by small integers.
pub(crate) type HashedMap<K, V> = HashMap<K, V, BuildHasherDefault<Multiplying>>;

/// A set of small integers.
pub(crate) type HashedSet<K> = HashSet<K, BuildHasherDefault<Multiplying>>;

/// One multiplication a word.
#[derive(Default)]
pub(crate) struct Multiplying(u64);

impl Hasher for Multiplying {
    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 32)
    }

    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.write_u64(u64::from(byte));
        }
    }

    fn write_u32(&mut self, value: u32) {
        self.write_u64(u64::from(value));
    }

    fn write_i32(&mut self, value: i32) {
        self.write_u64(value as u64);
    }

    fn write_i64(&mut self, value: i64) {
        self.write_u64(value as u64);
    }

    fn write_u64(&mut self, value: u64) {
        self.0 = (self.0.rotate_left(5) ^ value).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
}

/// Spreads every bit of a number over all of them (the finaliser of SplitMix64; Steele, Lea, Flood 2014).
pub(crate) fn mix(number: u64) -> u64 {
    let number = (number ^ number >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let number = (number ^ number >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ number >> 31
}

/// A hash of a sequence of numbers, good enough to take equal hashes for equal sequences.
#[derive(Default)]
pub(crate) struct Sequence(u64);

impl Sequence {
    /// Adds a number.
    pub(crate) fn add(&mut self, number: u64) {
        self.0 = mix(self.0.wrapping_add(0x9e37_79b9_7f4a_7c15) ^ number);
    }

    /// The hash.
    pub(crate) fn value(&self) -> u64 {
        self.0
    }
}
