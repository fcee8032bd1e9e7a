//! Trains that meet, or overtake, where there is one track.
//!
//! When a train is where between two calls is known within bounds only: it is nowhere earlier than the quickest run from the call
//! before, and leaves nowhere later than the quickest run to the call behind. Two trains are in conflict where no movement within
//! these bounds brings them past each other at an end of the section or at a loop. Trains may wait at loops as long as they like.

/// The times between which something happens, in seconds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bounds {
    /// Not before.
    pub earliest: f64,
    /// Not after.
    pub latest: f64,
}

/// A train on a section of one track.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Passage {
    /// From the section's first end to its second.
    pub forward: bool,
    /// When it comes onto the section.
    pub enters: Bounds,
    /// When it has left it.
    pub leaves: Bounds,
}

impl Passage {
    /// When it may be at a loop so many seconds from either end at the quickest.
    fn at(&self, [from_first, to_second]: [f64; 2]) -> Bounds {
        let [before, after] = if self.forward { [from_first, to_second] } else { [to_second, from_first] };
        Bounds { earliest: self.enters.earliest + before, latest: self.leaves.latest - after }
    }
}

/// A section of one track: where trains can pass each other between its ends, as the quickest seconds from its first end and to
/// its second.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SingleTrack {
    /// Loops, in any order.
    pub loops: Vec<[f64; 2]>,
}

/// What two trains do to each other that one track does not allow.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Conflict {
    /// Whether they come from opposite ends; else one overtakes the other.
    pub opposing: bool,
    /// Seconds by which one of them would have to be earlier, or the other later.
    pub short_by: f64,
    /// When both are on the section at the latest.
    pub from: f64,
}

impl SingleTrack {
    /// The conflict of two trains, if they have any that is longer than `rounding` seconds.
    pub fn conflict(&self, one: &Passage, other: &Passage, rounding: f64) -> Option<Conflict> {
        let opposing = one.forward != other.forward;
        let at_the_ends = if opposing { opposing_at_ends(one, other) } else { following(one, other) };
        let at_loops = self.loops.iter().map(|place| both(one.at(*place), other.at(*place)));
        let short_by = at_loops.fold(at_the_ends, f64::min);
        let from = one.enters.latest.max(other.enters.latest);
        (short_by > rounding).then_some(Conflict { opposing, short_by, from })
    }
}

/// How much time is missing for both to be at a place together.
fn both(one: Bounds, other: Bounds) -> f64 {
    (one.earliest - other.latest).max(other.earliest - one.latest)
}

/// How much time is missing for one to have left before the other comes.
fn opposing_at_ends(one: &Passage, other: &Passage) -> f64 {
    (one.leaves.earliest - other.enters.latest).min(other.leaves.earliest - one.enters.latest)
}

/// How much time is missing for two trains of one direction to leave in the order in which they came.
fn following(one: &Passage, other: &Passage) -> f64 {
    let order = |first: &Passage, second: &Passage| {
        (first.enters.earliest - second.enters.latest).max(first.leaves.earliest - second.leaves.latest)
    };
    order(one, other).min(order(other, one))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn passage(forward: bool, enters: f64, leaves: f64) -> Passage {
        let at = |time: f64| Bounds { earliest: time, latest: time };
        Passage { forward, enters: at(enters), leaves: at(leaves) }
    }

    /// Out from 0 to 30, back from 20 to 50: at 20 the first has ten more minutes to go on the one track. Sent off at 30, the second
    /// would meet it in the station.
    #[test]
    fn opposing_trains_wait_for_each_other_in_stations() {
        let line = SingleTrack::default();
        let (out, back) = (passage(true, 0.0, 30.0), passage(false, 20.0, 50.0));
        let conflict = line.conflict(&out, &back, 0.0).expect("they meet head on");
        assert_eq!(conflict, Conflict { opposing: true, short_by: 10.0, from: 20.0 });
        assert_eq!(line.conflict(&out, &passage(false, 30.0, 60.0), 0.0), None);
        assert_eq!(line.conflict(&out, &back, 10.0), None, "times that are rounded so far say nothing surer");
    }

    /// A loop in the middle, 10 from either end at the quickest. Out 0–30: there between 10 and 20. Back 15–45: there between 25 and
    /// 35, five too late. Back 5–35: there between 15 and 25, and so both at once from 15 to 20.
    #[test]
    fn a_loop_helps_those_who_can_be_there_together() {
        let line = SingleTrack { loops: vec![[10.0, 10.0]] };
        let out = passage(true, 0.0, 30.0);
        assert_eq!(line.conflict(&out, &passage(false, 5.0, 35.0), 0.0), None);
        let missed = line.conflict(&out, &passage(false, 15.0, 45.0), 0.0).expect("no meeting");
        assert_eq!(missed, Conflict { opposing: true, short_by: 5.0, from: 15.0 });
    }

    /// 0–60 and 10–40: the second comes later and leaves earlier. It would have to leave at 60, or come at 0 with the other at 10.
    #[test]
    fn nobody_overtakes_on_one_track() {
        let line = SingleTrack::default();
        let conflict = line.conflict(&passage(true, 0.0, 60.0), &passage(true, 10.0, 40.0), 0.0).expect("overtakes");
        assert_eq!(conflict, Conflict { opposing: false, short_by: 10.0, from: 10.0 });
        assert_eq!(line.conflict(&passage(true, 0.0, 60.0), &passage(true, 10.0, 70.0), 0.0), None);
        let siding = SingleTrack { loops: vec![[10.0, 10.0]] };
        assert_eq!(siding.conflict(&passage(true, 0.0, 60.0), &passage(true, 10.0, 40.0), 0.0), None);
    }

    /// Whether two trains can pass, found by trying: both come and leave on time, move a cell or wait in every step between, and are
    /// in one cell together nowhere but at loops and ends, nor change places. A train is (forward, enters, leaves).
    fn can_pass(cells: usize, loops: &[usize], one: (bool, usize, usize), other: (bool, usize, usize)) -> bool {
        use std::collections::HashSet;
        let begin = one.1.min(other.1);
        let end = one.2.max(other.2);
        let progress = |(_, enters, leaves): (bool, usize, usize), time: usize, at: usize| match time {
            _ if time < enters => vec![0],
            _ if time == enters => vec![1],
            _ if time >= leaves => vec![cells],
            _ => [at, at + 1].into_iter().filter(|to| (*to == cells) == (time + 1 == leaves) && *to <= cells).collect(),
        };
        let place = |(forward, ..): (bool, usize, usize), at: usize| if forward { at } else { cells - at };
        let free = |place: usize| place == 0 || place == cells || loops.contains(&place);
        let mut states = HashSet::from([(0_usize, 0_usize)]);
        for time in begin..end {
            let mut next = HashSet::new();
            for &(a, b) in &states {
                for to_a in progress(one, time, a) {
                    for to_b in progress(other, time, b) {
                        let (from, to) = ((place(one, a), place(other, b)), (place(one, to_a), place(other, to_b)));
                        let collide = to.0 == to.1 && !free(to.0);
                        let swap = from.0 == to.1 && from.1 == to.0 && from.0 != from.1;
                        if !collide && !swap {
                            next.insert((to_a, to_b));
                        }
                    }
                }
            }
            states = next;
        }
        states.contains(&(cells, cells))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        /// Every conflict that trying all movements finds, and no other.
        #[test]
        fn opposing_trains_conflict_where_no_movement_brings_them_past(
            cells in 2_usize..9,
            drawn in proptest::collection::vec(1_usize..8, 0..3),
            enters in (0_usize..14, 0_usize..14),
            slack in (0_usize..8, 0_usize..8),
        ) {
            let loops: Vec<usize> = drawn.into_iter().filter(|place| *place < cells).collect();
            let one = (true, enters.0, enters.0 + cells + slack.0);
            let other = (false, enters.1, enters.1 + cells + slack.1);
            let line = SingleTrack { loops: loops.iter().map(|at| [*at as f64, (cells - at) as f64]).collect() };
            let made = |(forward, enters, leaves): (bool, usize, usize)| passage(forward, enters as f64, leaves as f64);
            let conflict = line.conflict(&made(one), &made(other), 0.0);
            prop_assert_eq!(conflict.is_none(), can_pass(cells, &loops, one, other), "{:?}", conflict);
        }
    }
}
