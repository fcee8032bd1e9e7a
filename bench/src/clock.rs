//! How long work takes, told in processor time: other programs on the machine do not count.

use rustix::time::{ClockId, clock_gettime};

/// A clock that runs while the calling thread does.
#[derive(Clone, Copy, Debug)]
pub struct ThreadClock(u64);

impl ThreadClock {
    /// Starts now.
    pub fn start() -> Self {
        Self(now())
    }

    /// Nanoseconds of processor time since the start.
    pub fn nanoseconds(self) -> u64 {
        now() - self.0
    }
}

fn now() -> u64 {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    time.tv_sec as u64 * 1_000_000_000 + time.tv_nsec as u64
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn sleeping_takes_no_time_and_counting_does() {
        let clock = ThreadClock::start();
        std::thread::sleep(Duration::from_millis(50));
        let asleep = clock.nanoseconds();
        assert!(asleep < 20_000_000, "{asleep}");
        let counted = (0..5_000_000_u64).fold(0, |sum, number| std::hint::black_box(sum + number));
        assert!(counted > 0 && clock.nanoseconds() > asleep);
    }
}
