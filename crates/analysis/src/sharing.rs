//! Work on several cores at once, its results in order.

use std::sync::mpsc::sync_channel;
use std::thread;

/// How work is shared out.
#[derive(Clone, Copy, Debug)]
pub struct Sharing {
    /// How many threads work.
    pub threads: usize,
    /// How many items there are.
    pub items: usize,
    /// How many results each thread may be ahead of whoever takes them: what bounds the memory.
    pub ahead: usize,
}

impl Sharing {
    /// The threads asked for, or as many as the machine has cores; never more than there are items.
    pub fn threads(asked: Option<usize>, items: usize) -> usize {
        let all = || thread::available_parallelism().map_or(1, usize::from);
        asked.unwrap_or_else(all).clamp(1, items.max(1))
    }

    /// Lets each thread work with a state of its own, and hands the results to `take` in the order of the items.
    ///
    /// Thread `k` of `n` does the items `k`, `k + n`, `k + 2n` and so on, so no two wait for the same lock.
    ///
    /// # Errors
    /// The first that `take` answers; the threads then stop.
    pub fn work<S, R: Send, E>(
        self,
        state: impl Fn() -> S + Sync,
        work: impl Fn(&mut S, usize) -> R + Sync,
        mut take: impl FnMut(usize, R) -> Result<(), E>,
    ) -> Result<(), E> {
        let Self { threads, items, ahead } = self;
        thread::scope(|scope| {
            let mut results = Vec::with_capacity(threads);
            for thread in 0..threads {
                let (sender, receiver) = sync_channel(ahead);
                results.push(receiver);
                let (state, work) = (&state, &work);
                scope.spawn(move || {
                    let mut state = state();
                    for item in (thread..items).step_by(threads) {
                        if sender.send(work(&mut state, item)).is_err() {
                            return;
                        }
                    }
                });
            }
            for item in 0..items {
                // Only a thread that panicked stops early; the scope passes that on.
                let Ok(result) = results[item % threads].recv() else { break };
                take(item, result)?;
            }
            Ok(())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_order_whoever_is_slow() {
        for threads in 1..5 {
            let mut taken = Vec::new();
            let sharing = Sharing { threads, items: 100, ahead: 2 };
            let slow = |(): &mut (), item: usize| {
                if item.is_multiple_of(7) {
                    thread::yield_now();
                }
                item * item
            };
            let done = sharing.work(
                || (),
                slow,
                |item, square| {
                    taken.push((item, square));
                    Ok::<(), ()>(())
                },
            );
            assert!(done.is_ok());
            assert!(taken.into_iter().eq((0..100).map(|item| (item, item * item))));
        }
    }

    #[test]
    fn the_first_error_ends_the_work() {
        let sharing = Sharing { threads: 3, items: usize::MAX, ahead: 1 };
        let stopped = sharing.work(|| (), |(), item| item, |item, _| if item == 10 { Err("enough") } else { Ok(()) });
        assert_eq!(stopped, Err("enough"));
        assert_eq!(Sharing::threads(Some(8), 3), 3);
        assert_eq!(Sharing::threads(Some(8), 0), 1);
    }
}
