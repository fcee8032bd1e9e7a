//! Many measurements in three numbers.

use std::fmt;

/// Median, 99th percentile and maximum of times, microseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spread {
    pub median: u64,
    pub p99: u64,
    pub max: u64,
}

impl Spread {
    /// `None` where nothing was measured.
    pub fn of(mut microseconds: Vec<u64>) -> Option<Self> {
        microseconds.sort_unstable();
        // The nearest rank: the smallest value that so many per cent of all do not exceed.
        let rank = |percent: usize| (microseconds.len() * percent).div_ceil(100).saturating_sub(1);
        Some(Self {
            median: *microseconds.get(rank(50))?,
            p99: *microseconds.get(rank(99))?,
            max: *microseconds.last()?,
        })
    }
}

/// The cells of a table.
impl fmt::Display for Spread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let milliseconds = |microseconds: u64| format!("{:.2} ms", microseconds as f64 / 1000.0);
        write!(f, "{} | {} | {}", milliseconds(self.median), milliseconds(self.p99), milliseconds(self.max))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranks_are_the_nearest() {
        let spread = Spread::of((1..=1000).rev().collect());
        assert_eq!(spread, Some(Spread { median: 500, p99: 990, max: 1000 }));
        assert_eq!(Spread::of(vec![7]), Some(Spread { median: 7, p99: 7, max: 7 }));
        assert_eq!(Spread::of(Vec::new()), None);
    }

    #[test]
    fn a_table_shows_milliseconds() {
        let spread = Spread { median: 1234, p99: 20_000, max: 1_000_000 };
        assert_eq!(spread.to_string(), "1.23 ms | 20.00 ms | 1000.00 ms");
    }
}
