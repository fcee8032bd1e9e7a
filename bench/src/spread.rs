//! Many measurements in three numbers.

use std::fmt;

/// Median, 99th percentile and maximum of times, nanoseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spread {
    pub median: u64,
    pub p99: u64,
    pub max: u64,
}

impl Spread {
    /// `None` where nothing was measured.
    pub fn of(mut nanoseconds: Vec<u64>) -> Option<Self> {
        nanoseconds.sort_unstable();
        // The nearest rank: the smallest value that so many per cent of all do not exceed.
        let rank = |percent: usize| (nanoseconds.len() * percent).div_ceil(100).saturating_sub(1);
        Some(Self { median: *nanoseconds.get(rank(50))?, p99: *nanoseconds.get(rank(99))?, max: *nanoseconds.last()? })
    }
}

/// Nanoseconds as milliseconds, with as many digits as a reader needs to compare them.
pub fn milliseconds(nanoseconds: u64) -> String {
    let milliseconds = nanoseconds as f64 / 1e6;
    match milliseconds {
        0.0..1.0 => format!("{milliseconds:.3} ms"),
        1.0..100.0 => format!("{milliseconds:.2} ms"),
        _ => format!("{milliseconds:.0} ms"),
    }
}

/// The cells of a table.
impl fmt::Display for Spread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
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
        let spread = Spread { median: 43_210, p99: 20_000_000, max: 1_000_400_000 };
        assert_eq!(spread.to_string(), "0.043 ms | 20.00 ms | 1000 ms");
    }
}
