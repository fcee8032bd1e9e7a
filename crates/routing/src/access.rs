//! The ends of a journey: where the first ride may begin, where the last may end, when a profile's journeys may start.

use crate::forbidden::Forbidden;
use crate::gates::Gates;
use crate::journey::Run;
use crate::mirror::Mirror;
use crate::network::{Edges, Network};
use crate::query::{Place, Query};
use crate::timeline::Around;
use tumen_base::{PatternId, StopId, Time};

/// A way between a place and a stop where a ride begins or ends.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Access {
    /// The stop of the place.
    pub(crate) place_stop: u32,
    /// Where the ride begins or ends.
    pub(crate) stop: u32,
    /// Seconds between, the traveller's own walk to the stop of the place and the time spent where the ride begins or ends included.
    pub(crate) seconds: i32,
    /// The seconds of them between the two stops.
    pub(crate) walk: i32,
    /// The seconds of them spent where the ride begins or ends.
    pub(crate) dwell: i32,
}

impl Access {
    /// When somebody who sets out from the place at a time is at the stop (backwards: has to be there to arrive at that time); `None`
    /// where the way is never open again.
    pub(crate) fn at_stop<const BACK: bool>(&self, gates: &Gates, time: Time) -> Option<Time> {
        let own = self.seconds - self.walk - self.dwell;
        let there = gates.walk::<BACK>([self.place_stop, self.stop], time.saturating_add(own), self.walk)?;
        Some(there.saturating_add(self.dwell))
    }

    /// When somebody who is at the stop at a time is at the destination (backwards: has to set out).
    pub(crate) fn at_place<const BACK: bool>(&self, gates: &Gates, time: Time) -> Option<Time> {
        let own = self.seconds - self.walk - self.dwell;
        let leaves = time.saturating_add(self.dwell);
        Some(gates.walk::<BACK>([self.stop, self.place_stop], leaves, self.walk)?.saturating_add(own))
    }
}

/// Calls `reach` with every stop of a place, and with those one walk (of `walks`) away from it.
pub(crate) fn for_each_access(walks: &Edges, place: &Place, mut reach: impl FnMut(Access)) {
    for &(place_stop, own) in &place.stops {
        let access = |stop: StopId, walk: i32| {
            let dwell = place.dwell_at(stop);
            let seconds = own.saturating_add(walk).saturating_add(dwell);
            Access { place_stop: place_stop.0, stop: stop.0, seconds, walk, dwell }
        };
        reach(access(place_stop, 0));
        if place.walks {
            for &(to, walk) in walks.of(place_stop.0) {
                reach(access(StopId(to), walk));
            }
        }
    }
}

/// The quickest way on foot from origin to destination.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct OnFoot {
    /// Seconds in all.
    pub(crate) seconds: i32,
    /// The stop of the origin.
    pub(crate) from: StopId,
    /// The stop of the destination.
    pub(crate) to: StopId,
}

/// The quickest way on foot from origin to destination, if there is one.
pub(crate) fn walk_all_the_way(network: &Network<'_>, query: &Query<'_>, forbidden: &Forbidden) -> Option<OnFoot> {
    let mut best: Option<OnFoot> = None;
    for &(from, before) in &query.from.stops {
        for &(to, after) in &query.to.stops {
            if forbidden.stop(from.0) || forbidden.stop(to.0) || forbidden.gates.between(from.0, to.0).is_some() {
                continue;
            }
            let ends = before.saturating_add(after);
            let walks = network.walks.of(from.0).iter().filter(|_| query.from.walks && query.to.walks);
            let walk = walks.filter(|(stop, _)| *stop == to.0).map(|&(_, seconds)| seconds.saturating_add(ends)).min();
            let seconds = if from == to { Some(ends) } else { walk };
            best = seconds.map(|seconds| OnFoot { seconds, from, to }).into_iter().chain(best).min();
        }
    }
    best
}

/// A run with which a journey may begin in a profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Start {
    /// When the journey starts: departure of the run minus the seconds before it.
    pub(crate) time: Time,
    pub(crate) pattern: PatternId,
    /// The call at which the run is boarded.
    pub(crate) call: u32,
    pub(crate) run: Run,
}

/// Every departure of a run that a journey may begin with in a window of so many seconds, in order.
pub(crate) fn starts(network: &Network<'_>, query: &Query<'_>, forbidden: &Forbidden, window: i32) -> Vec<Start> {
    let mut starts = Vec::new();
    let mirror = Mirror::<false> { network, around: &Around::default() };
    let end = query.time.saturating_add(window);
    for_each_access(&network.walks, &query.from, |access| {
        if forbidden.stop(access.place_stop) || forbidden.stop(access.stop) {
            return;
        }
        let Some(from) = access.at_stop::<false>(&forbidden.gates, query.time) else { return };
        for node in network.entry_nodes_of::<false>(access.stop) {
            for (pattern, call) in mirror.calls_at(node) {
                let view = network.calendar.pattern(pattern);
                if forbidden.pattern(pattern) || call + 1 == view.calls {
                    continue;
                }
                let mut next = network.calendar.first_leaving(&view, 0, (call, from), |_| true);
                while let Some(run) = next {
                    let departure = Mirror::<true>::time(view.departure(run, call));
                    let start = access.at_place::<true>(&forbidden.gates, departure);
                    let Some(time) = start.map(Mirror::<true>::time).filter(|&time| time < end) else { break };
                    if !forbidden.run(run) {
                        starts.push(Start { time, pattern, call: call as u32, run });
                    }
                    next = network.calendar.following(&view, run);
                }
            }
        }
    });
    starts.sort_unstable();
    starts.dedup();
    starts
}

/// The starts of each time, the last time first.
pub(crate) fn by_time(starts: &[Start]) -> impl Iterator<Item = (Time, &[Start])> {
    starts.chunk_by(|a, b| a.time == b.time).rev().map(|group| (group[0].time, group))
}

/// The stop of the origin from which a journey that starts at a time boards at a stop at another.
pub(crate) fn origin_of(network: &Network<'_>, query: &Query<'_>, start: Time, board: (u32, Time)) -> u32 {
    let mut origin = board.0;
    for_each_access(&network.walks, &query.from, |access| {
        if access.stop == board.0 && board.1.saturating_sub(access.seconds) == start {
            origin = access.place_stop;
        }
    });
    origin
}
