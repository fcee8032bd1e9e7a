//! How often each value occurred: exact, in memory that grows with the number of different values alone.

use std::collections::BTreeMap;

/// Values with how often each occurred.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Distribution {
    counts: BTreeMap<i64, u64>,
    total: u64,
}

impl Distribution {
    /// Adds a value.
    pub fn add(&mut self, value: i64) {
        *self.counts.entry(value).or_default() += 1;
        self.total += 1;
    }

    /// How many values there are.
    pub fn total(&self) -> u64 {
        self.total
    }

    /// The middle value, of two middle ones the lower; `None` where there is none.
    pub fn median(&self) -> Option<i64> {
        let middle = self.total.checked_sub(1)? / 2;
        let mut seen = 0;
        let reached = |(_, count): &(&i64, &u64)| {
            seen += **count;
            seen > middle
        };
        self.counts.iter().find(reached).map(|(value, _)| *value)
    }

    /// How many values lie from `least` up to, but without, `end`.
    pub fn between(&self, least: i64, end: i64) -> u64 {
        if least < end { self.counts.range(least..end).map(|(_, count)| count).sum() } else { 0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_the_middle_one() {
        let of = |values: &[i64]| {
            let mut distribution = Distribution::default();
            for &value in values {
                distribution.add(value);
            }
            distribution
        };
        assert_eq!(of(&[]).median(), None);
        assert_eq!(of(&[5]).median(), Some(5));
        assert_eq!(of(&[-3, 7, 7, 1]).median(), Some(1));
        assert_eq!(of(&[9, -3, 7, 7, 1]).median(), Some(7));
        assert_eq!(of(&[0, 0, 0, 60]).between(0, 60), 3);
        assert_eq!(of(&[1]).between(2, 1), 0);
    }
}
