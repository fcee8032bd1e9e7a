//! How many vehicles a set of runs needs: a minimum path cover.
//!
//! A vehicle that ends a run at a place takes another run from there once it is turned round. Every run needs one vehicle
//! unless it follows another, so the fewest vehicles are the runs less the most runs that can be matched to one before them
//! (Dilworth; Fulkerson 1956). Vehicles are not moved empty.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

/// A run of a vehicle from one place to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run<P> {
    /// Where it begins.
    pub from: P,
    /// When, in seconds.
    pub departure: i64,
    /// Where it ends.
    pub to: P,
    /// When, in seconds.
    pub arrival: i64,
}

/// The run that follows each run with the same vehicle, where one does; as many runs are followed as can be.
///
/// At a place a vehicle that came earlier can take whatever one that came later can. So serving departures in order, each with
/// the vehicle that has waited longest, leaves out none that any other matching would serve: whoever cannot be given to a
/// departure now could not have been given to it by swapping.
pub fn matched<P: Copy + Ord>(runs: &[Run<P>], turn: i64) -> Vec<Option<usize>> {
    let mut arrivals: BTreeMap<P, BinaryHeap<Reverse<(i64, usize)>>> = BTreeMap::new();
    for (index, run) in runs.iter().enumerate() {
        arrivals.entry(run.to).or_default().push(Reverse((run.arrival.saturating_add(turn), index)));
    }
    let mut departures: Vec<usize> = (0..runs.len()).collect();
    departures.sort_by_key(|run| runs[*run].departure);
    let mut follower = vec![None; runs.len()];
    for next in departures {
        let Some(waiting) = arrivals.get_mut(&runs[next].from) else { continue };
        if waiting.peek().is_some_and(|Reverse((ready, _))| *ready <= runs[next].departure)
            && let Some(Reverse((_, before))) = waiting.pop()
        {
            follower[before] = Some(next);
        }
    }
    follower
}

/// The fewest vehicles for all runs, if turning one round takes `turn` seconds.
pub fn vehicles<P: Copy + Ord>(runs: &[Run<P>], turn: i64) -> usize {
    runs.len() - matched(runs, turn).iter().flatten().count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn run(from: char, departure: i64, to: char, arrival: i64) -> Run<char> {
        Run { from, departure, to, arrival }
    }

    /// A week's journey each way, in days: out on 0 and 14, back on 9 and 23, out again on 28. The car that arrives on day 7 goes
    /// back on 9 and is home on 16: too late for the 14th, which needs a second car; that one is there on 21, back on 23, home on 30.
    /// The first car, home since 16, takes the 28th. Two cars.
    #[test]
    fn two_cars_where_the_first_is_not_back_in_time() {
        let runs = [
            run('M', 0, 'P', 7),
            run('P', 9, 'M', 16),
            run('M', 14, 'P', 21),
            run('P', 23, 'M', 30),
            run('M', 28, 'P', 35),
        ];
        assert_eq!(matched(&runs, 1), [Some(1), Some(4), Some(3), None, None]);
        assert_eq!(vehicles(&runs, 1), 2);
        // Two days to turn round just do. With three the car there since 7 misses the 9th and takes the 23rd, the 9th needs one of its
        // own, which takes the 28th, and the run of the 14th a third.
        assert_eq!(vehicles(&runs, 2), 2);
        assert_eq!(vehicles(&runs, 3), 3);
    }

    #[test]
    fn a_car_is_turned_round_no_faster_than_it_can_be() {
        let runs = [run('A', 0, 'B', 10), run('B', 14, 'A', 20)];
        assert_eq!((vehicles(&runs, 4), vehicles(&runs, 5)), (1, 2));
        assert_eq!(vehicles::<char>(&[], 4), 0);
    }

    /// The largest matching by augmenting paths (Kuhn), over every pair of runs that can follow one another.
    fn largest(runs: &[Run<u8>], turn: i64) -> usize {
        fn augment(
            run: usize,
            follows: &dyn Fn(usize, usize) -> bool,
            seen: &mut [bool],
            taken: &mut [Option<usize>],
        ) -> bool {
            for next in 0..seen.len() {
                if !follows(run, next) || std::mem::replace(&mut seen[next], true) {
                    continue;
                }
                let free = match taken[next] {
                    None => true,
                    Some(other) => augment(other, follows, seen, taken),
                };
                if free {
                    taken[next] = Some(run);
                    return true;
                }
            }
            false
        }
        let follows = |one: usize, other: usize| {
            runs[one].to == runs[other].from && runs[one].arrival + turn <= runs[other].departure
        };
        let mut taken = vec![None; runs.len()];
        (0..runs.len()).filter(|run| augment(*run, &follows, &mut vec![false; runs.len()], &mut taken)).count()
    }

    proptest! {
        #[test]
        fn no_matching_is_larger(
            drawn in proptest::collection::vec((0_u8..3, 0_i64..40, 0_u8..3, 1_i64..15), 0..14),
            turn in 0_i64..6,
        ) {
            let runs: Vec<Run<u8>> = drawn
                .into_iter()
                .map(|(from, departure, to, takes)| Run { from, departure, to, arrival: departure + takes })
                .collect();
            prop_assert_eq!(vehicles(&runs, turn), runs.len() - largest(&runs, turn));
            for (before, next) in matched(&runs, turn).iter().enumerate() {
                let Some(next) = next else { continue };
                prop_assert!(runs[before].to == runs[*next].from);
                prop_assert!(runs[before].arrival + turn <= runs[*next].departure);
            }
        }
    }
}
