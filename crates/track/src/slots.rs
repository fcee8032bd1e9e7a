//! Whether vehicles that stand somewhere can all be worked on in time, where few can be at once: changing bogies on the tracks
//! that there are.

/// A vehicle that must be worked on without interruption while it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stand {
    /// From when on it stands, in seconds.
    pub arrival: i64,
    /// Until when.
    pub departure: i64,
}

/// What is known of the work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Work {
    /// How many can be worked on at once.
    pub tracks: usize,
    /// Seconds that each takes.
    pub duration: i64,
}

/// More vehicles whose stands overlap are not tried in every order.
const MOST_TRIED: usize = 9;

/// Whether all stands of a group are long enough for the work, one after another on the tracks; `None` where there are too many to
/// try.
///
/// If any plan works, so does one that takes the vehicles in some order and begins with each as early as possible; so the orders
/// are tried. A stand that is too short by itself fits nowhere.
pub fn fits(stands: &[Stand], work: Work) -> Option<bool> {
    if stands.len() <= work.tracks {
        return Some(stands.iter().all(|stand| stand.arrival + work.duration <= stand.departure));
    }
    if stands.len() > MOST_TRIED {
        return None;
    }
    let mut sorted = stands.to_vec();
    sorted.sort_by_key(|stand| (stand.departure, stand.arrival));
    Some(placed(&sorted, &mut vec![false; stands.len()], &mut vec![i64::MIN; work.tracks], work.duration))
}

/// Places the vehicles that are left, given when each track becomes free.
fn placed(stands: &[Stand], done: &mut [bool], free: &mut [i64], duration: i64) -> bool {
    if done.iter().all(|done| *done) {
        return true;
    }
    let Some(track) = (0..free.len()).min_by_key(|track| free[*track]) else { return false };
    let was_free = free[track];
    for vehicle in 0..stands.len() {
        if done[vehicle] {
            continue;
        }
        let ends = was_free.max(stands[vehicle].arrival) + duration;
        if ends > stands[vehicle].departure {
            continue;
        }
        done[vehicle] = true;
        free[track] = ends;
        if placed(stands, done, free, duration) {
            return true;
        }
        done[vehicle] = false;
        free[track] = was_free;
    }
    false
}

/// The stands in groups that do not touch one another in time, as positions; each in the order of arrival.
pub fn groups(stands: &[Stand]) -> Vec<Vec<usize>> {
    let mut order: Vec<usize> = (0..stands.len()).collect();
    order.sort_by_key(|stand| stands[*stand].arrival);
    let mut groups: Vec<Vec<usize>> = Vec::new();
    let mut until = i64::MIN;
    for stand in order {
        match groups.last_mut() {
            Some(group) if stands[stand].arrival < until => group.push(stand),
            _ => groups.push(vec![stand]),
        }
        until = until.max(stands[stand].departure);
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn stand(arrival: i64, departure: i64) -> Stand {
        Stand { arrival, departure }
    }

    /// Two coaches, two hours each, one track: from 10 to 13 and from 11 to 14 there are four hours in all, and both fit (10–12,
    /// 12–14). From 11 to 13 the second must be on the track from 11, when the first is.
    #[test]
    fn two_coaches_on_one_track_need_the_time_of_both() {
        let work = Work { tracks: 1, duration: 2 };
        assert_eq!(fits(&[stand(10, 13), stand(11, 14)], work), Some(true));
        assert_eq!(fits(&[stand(10, 13), stand(11, 13)], work), Some(false));
        assert_eq!(fits(&[stand(10, 13), stand(11, 13)], Work { tracks: 2, ..work }), Some(true));
        assert_eq!(fits(&[stand(10, 11)], work), Some(false), "too short by itself");
    }

    /// Taking them by arrival fails: the long stand from 0 would hold the track when the short one comes at 1. It waits.
    #[test]
    fn who_came_first_may_wait() {
        assert_eq!(fits(&[stand(0, 20), stand(1, 6)], Work { tracks: 1, duration: 5 }), Some(true));
    }

    #[test]
    fn more_than_can_be_tried_are_not_decided() {
        let many = vec![stand(0, 100); MOST_TRIED + 1];
        assert_eq!(fits(&many, Work { tracks: 1, duration: 1 }), None);
    }

    #[test]
    fn groups_are_apart_in_time() {
        let stands = [stand(5, 9), stand(0, 3), stand(2, 4), stand(9, 12)];
        assert_eq!(groups(&stands), [vec![1, 2], vec![0], vec![3]]);
    }

    /// Whether all fit, hour by hour: in every hour each vehicle goes on being worked on, begins, or waits.
    fn simulated(stands: &[Stand], work: Work) -> bool {
        let end = stands.iter().map(|stand| stand.departure).max().unwrap_or(0);
        let mut states = vec![vec![0_i64; stands.len()]];
        for hour in 0..end {
            let mut next: Vec<Vec<i64>> = Vec::new();
            for state in &states {
                let must: Vec<usize> =
                    (0..stands.len()).filter(|at| (1..work.duration).contains(&state[*at])).collect();
                let may: Vec<usize> = (0..stands.len())
                    .filter(|at| state[*at] == 0 && stands[*at].arrival <= hour && hour < stands[*at].departure)
                    .collect();
                for choice in 0_u32..1 << may.len() {
                    let begun = may.iter().enumerate().filter(|(bit, _)| choice >> bit & 1 == 1).map(|(_, at)| *at);
                    let busy: Vec<usize> = must.iter().copied().chain(begun).collect();
                    if busy.len() > work.tracks || busy.iter().any(|at| hour >= stands[*at].departure) {
                        continue;
                    }
                    let mut then = state.clone();
                    for at in busy {
                        then[at] += 1;
                    }
                    next.push(then);
                }
            }
            next.sort();
            next.dedup();
            states = next;
        }
        states.iter().any(|state| state.iter().all(|done| *done == work.duration))
    }

    proptest! {
        #[test]
        fn what_fits_is_what_a_simulation_finds(
            drawn in proptest::collection::vec((0_i64..6, 1_i64..8), 1..5),
            tracks in 1_usize..3,
            duration in 1_i64..4,
        ) {
            let stands: Vec<Stand> = drawn.into_iter().map(|(arrival, long)| stand(arrival, arrival + long)).collect();
            let work = Work { tracks, duration };
            prop_assert_eq!(fits(&stands, work), Some(simulated(&stands, work)));
        }
    }
}
