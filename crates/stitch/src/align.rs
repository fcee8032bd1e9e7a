//! Two trains side by side: where both call, and how their clocks differ there.

use tumen_base::metres_between;

use crate::trains::{Train, World};

/// Calls of one train in two feeds differ by no more seconds than this, the feeds' usual difference apart.
pub(crate) const TOLERANCE_S: i64 = 15 * 60;
/// Faster than any train: metres a second.
const FASTEST: f64 = 111.0;
/// Positions of one station differ by so much in two feeds.
const LOOSE_M: f64 = 3_000.0;

/// A call on a common axis.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Timed {
    pub place: u32,
    pub arrival: i64,
    pub departure: i64,
    /// At an invented stop.
    pub is_border: bool,
    pub position: Option<(f64, f64)>,
}

/// The calls of a train, so many seconds later than they stand.
pub(crate) fn timed(world: &World, train: &Train, offset: i64) -> Vec<Timed> {
    let call = |call: &tumen_feed::Call| {
        let place = world.place(train, call);
        Timed {
            place,
            arrival: offset + i64::from(call.arrival),
            departure: offset + i64::from(call.departure),
            is_border: world.is_border(train, call),
            position: world.stations.position(place),
        }
    };
    world.calls(train).iter().map(call).collect()
}

/// A call of either train at one place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Shared {
    pub one: usize,
    pub other: usize,
    /// Seconds by which the other is later.
    pub later: i64,
}

/// Where both call in the same order, with times that differ from the usual difference by no more than the tolerance.
pub(crate) fn align(one: &[Timed], other: &[Timed], usual: i64, tolerance: i64) -> Vec<Shared> {
    let mut shared = Vec::new();
    let mut from = 0;
    for (index, here) in one.iter().enumerate() {
        let found = other.iter().enumerate().skip(from).find_map(|(position, there)| {
            let later = difference((one.len(), index, here), (other.len(), position, there), usual);
            let meets = (later - usual).abs() <= tolerance && stand_alike(here, there, usual, tolerance);
            (here.place == there.place && meets).then_some((position, later))
        });
        if let Some((position, later)) = found {
            shared.push(Shared { one: index, other: position, later });
            from = position + 1;
        }
    }
    shared
}

/// How much later the other is at a call. A train that ends has no departure, one that begins no arrival; of what both have, what
/// differs less counts: feeds disagree about long stands.
fn difference(one: (usize, usize, &Timed), other: (usize, usize, &Timed), usual: i64) -> i64 {
    let ends = |(calls, index, _): (usize, usize, &Timed)| index + 1 == calls;
    let begins = |(_, index, _): (usize, usize, &Timed)| index == 0;
    let arrival = other.2.arrival - one.2.arrival;
    let departure = other.2.departure - one.2.departure;
    match (begins(one) || begins(other), ends(one) || ends(other)) {
        (true, false) => departure,
        (false, true) => arrival,
        _ if (arrival - usual).abs() < (departure - usual).abs() => arrival,
        _ => departure,
    }
}

/// Whether two calls can be one: a feed may say only one time of a stand, but where both say two they do not differ by hours.
fn stand_alike(one: &Timed, other: &Timed, usual: i64, tolerance: i64) -> bool {
    let stands = |call: &Timed| call.departure > call.arrival;
    let arrival = (other.arrival - one.arrival - usual).abs();
    let departure = (other.departure - one.departure - usual).abs();
    !(stands(one) && stands(other)) || arrival.max(departure) <= 2 * tolerance
}

/// How the calls that only one of the two has lie around those they share.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Shape {
    /// Before the first, or behind the last shared call each has calls of its own that the other's go between, or they call at one
    /// place at different times: two trains that share a part of the way.
    pub forks: bool,
    /// Each has calls of its own before the first, or behind the last shared call, one after the other's.
    pub prolongs: bool,
    /// Pairs of neighbouring shared calls between which both call elsewhere.
    pub detours: usize,
    /// Calls at one place at other times.
    pub conflicts: usize,
    /// Calls between the first and the last shared one: of the train that has fewer.
    pub within: usize,
}

impl Shape {
    pub(crate) fn of(one: &[Timed], other: &[Timed], shared: &[Shared]) -> Self {
        let (Some(first), Some(last)) = (shared.first(), shared.last()) else { return Self::default() };
        let mut shape = Self::default();
        for (here, there) in
            [(&one[..first.one], &other[..first.other]), (&one[last.one + 1..], &other[last.other + 1..])]
        {
            let real = |calls: &[Timed]| calls.iter().filter(|call| !call.is_border).copied().collect::<Vec<_>>();
            let (here, there) = (real(here), real(there));
            if here.is_empty() || there.is_empty() {
                continue;
            }
            let meet = here.iter().any(|call| there.iter().any(|other| other.place == call.place));
            if !meet && (follows(&here, &there) || follows(&there, &here)) {
                shape.prolongs = true;
            } else {
                shape.forks = true;
            }
        }
        let inner = |calls: &[Timed], from: usize, to: usize| calls[from + 1..to].iter().any(|call| !call.is_border);
        shape.detours = shared
            .windows(2)
            .filter(|pair| inner(one, pair[0].one, pair[1].one) && inner(other, pair[0].other, pair[1].other))
            .count();
        shape.within = (last.one - first.one + 1).min(last.other - first.other + 1);
        let unshared = one
            .iter()
            .enumerate()
            .filter(|(index, call)| !call.is_border && shared.iter().all(|both| both.one != *index));
        let elsewhen = |place: u32| {
            let at = other.iter().enumerate().filter(|(_, call)| call.place == place);
            at.into_iter().any(|(index, _)| shared.iter().all(|both| both.other != index))
        };
        shape.conflicts = unshared.filter(|(_, call)| elsewhen(call.place)).count();
        shape
    }
}

/// Whether a train can go on with the one calls after the others.
fn follows(before: &[Timed], after: &[Timed]) -> bool {
    let (end, start) = (before[before.len() - 1], after[0]);
    start.arrival >= end.departure && is_possible(&end, &start)
}

/// Whether a train can be at one call after another.
pub(crate) fn is_possible(from: &Timed, to: &Timed) -> bool {
    let seconds = to.arrival - from.departure;
    let (Some(here), Some(there)) = (from.position, to.position) else { return seconds >= 0 };
    seconds >= 0 && metres_between(here, there) <= LOOSE_M + FASTEST * seconds as f64
}

/// The middle of some differences, and how far they lie from it on average.
pub(crate) fn middle(shared: &[Shared]) -> (i64, i64) {
    let mut later: Vec<i64> = shared.iter().map(|both| both.later).collect();
    later.sort_unstable();
    let median = later.get(later.len() / 2).copied().unwrap_or(0);
    let sum: i64 = later.iter().map(|one| (one - median).abs()).sum();
    (median, sum / later.len().max(1) as i64)
}
