//! Two halves at a border: a train that ends where another begins, within minutes, on the same days.

use std::collections::HashMap;
use tumen_base::SECONDS_PER_DAY;

use crate::align::{Timed, timed};
use crate::borders::Ends;
use crate::edges::{Edge, agency_evidence, common_days, number_evidence};
use crate::report::{Doubt, Evidence, JoinKind, score};
use crate::stations::StopAt;
use crate::trains::{Train, World};

/// The score from which two trains are halves of one.
pub(crate) const NEEDED: f64 = 7.0;
/// The score from which a pair is listed as a suspect.
const SUSPECT: f64 = 5.0;
/// The longest stand between two halves: at an invented stop, and at a station.
const LONGEST_AT_BORDER_S: i64 = 60 * 60;
const LONGEST_S: i64 = 30 * 60;
/// Width of the buckets of time, in seconds.
const BUCKET_S: i64 = 60 * 60;

/// Where trains end and begin: an invented stop of one feed, or a place that several feeds have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Spot {
    Border(StopAt),
    Place(u32),
}

/// What was found.
#[derive(Default)]
pub(crate) struct Found {
    pub edges: Vec<Edge>,
    pub suspects: Vec<Doubt>,
    pub refusals: Vec<Doubt>,
}

/// Finds the pairs of halves; `invented` are the stops that may be invented ones.
pub(crate) fn find(world: &World, invented: &HashMap<StopAt, Ends>) -> Found {
    let spot = |train: &Train, stop: u32| {
        let at = StopAt { feed: train.feed, stop };
        let place = world.stations.place(at);
        if invented.contains_key(&at) {
            Some(Spot::Border(at))
        } else {
            world.stations.is_shared(place).then_some(Spot::Place(place))
        }
    };
    let mut beginning: HashMap<(Spot, i64), Vec<u32>> = HashMap::new();
    let mut ending: HashMap<(Spot, i64), Vec<u32>> = HashMap::new();
    for (index, train) in (0_u32..).zip(&world.trains) {
        let calls = world.calls(train);
        let (first, last) = (&calls[0], &calls[calls.len() - 1]);
        for (list, stop, time) in
            [(&mut beginning, first.stop, first.departure), (&mut ending, last.stop, last.arrival)]
        {
            let Some(spot) = spot(train, stop) else { continue };
            for second in world.clock(train).offsets(&train.days) {
                let list = list.entry((spot, bucket(second + i64::from(time)))).or_default();
                if list.last() != Some(&index) {
                    list.push(index);
                }
            }
        }
    }
    let mut spots: Vec<(&(Spot, i64), &Vec<u32>)> = ending.iter().collect();
    spots.sort();
    let mut found = Found::default();
    for (&(spot, here), ends) in spots {
        let next = (here + 1).rem_euclid(i64::from(SECONDS_PER_DAY) / BUCKET_S);
        let begins = [here, next].into_iter().filter_map(|bucket| beginning.get(&(spot, bucket))).flatten();
        let begins: Vec<u32> = begins.copied().collect();
        for &one in ends {
            for &other in begins.iter().filter(|&&other| other != one) {
                // Within a feed only an invented stop says that a train was cut.
                let within = world.trains[one as usize].feed == world.trains[other as usize].feed;
                if !within || matches!(spot, Spot::Border(_)) {
                    weigh(world, spot, (one, other), &mut found);
                }
            }
        }
    }
    found.edges.sort_by_key(|edge| (edge.one, edge.other, edge.shift));
    found.edges.dedup_by(|one, other| {
        (one.one, one.other, one.shift) == (other.one, other.other, other.shift) && one.days == other.days
    });
    add_lonely(world, found)
}

fn bucket(second: i64) -> i64 {
    second.rem_euclid(i64::from(SECONDS_PER_DAY)) / BUCKET_S
}

fn weigh(world: &World, spot: Spot, (one, other): (u32, u32), found: &mut Found) {
    let (train, next) = (&world.trains[one as usize], &world.trains[other as usize]);
    let (calls, next_calls) = (world.calls(train), world.calls(next));
    let (arrival, departure) = (calls[calls.len() - 1].arrival, next_calls[0].departure);
    let is_border = matches!(spot, Spot::Border(_));
    let longest = if is_border { LONGEST_AT_BORDER_S } else { LONGEST_S };
    let classes = common_days(world, (train, arrival), (next, departure), 0..=longest);
    let mut classes: Vec<_> = classes.into_iter().collect();
    classes.sort();
    for ((shift, apart), days) in classes {
        let stand = apart + i64::from(departure) - i64::from(arrival);
        let mut evidence = Vec::new();
        if is_border {
            let stop = &world.feeds[train.feed as usize].stops[calls[calls.len() - 1].stop as usize];
            evidence.push(Evidence::new("border", format!("`{}` is a border, not a place", stop.name), 4.0));
        }
        evidence.extend(number_evidence(world, train, next, if is_border { -1.0 } else { -3.0 }));
        evidence.extend(agency_evidence(world, train, next));
        if train.feed == next.feed && world.trip(train).route == world.trip(next).route {
            evidence.push(Evidence::new("route", "the same route", 1.0));
        }
        let weight = [(300, 2.0), (900, 1.0)].iter().find(|(most, _)| stand <= *most).map_or(0.0, |one| one.1);
        evidence.push(Evidence::new("stand", format!("{:.0} min between them", stand as f64 / 60.0), weight));
        let fewer = train.days.count().min(next.days.count());
        if days.count() * 10 >= fewer * 9 {
            evidence.push(Evidence::new("days", format!("{} of {fewer} days in common", days.count()), 1.0));
        }
        let (here, there) = (timed(world, train, 0), timed(world, next, apart));
        let turns = turns_back(&here, &there);
        if is_sharp(&here, &there) {
            evidence.push(Evidence::new("direction", "it goes back in the direction it came from", -2.0));
        }
        let score = score(&evidence);
        let edge = Edge { one, other, shift, days: days.clone(), kind: JoinKind::Halves, evidence, score };
        if turns {
            if score >= SUSPECT {
                found.refusals.push(edge.doubt(
                    world,
                    &days,
                    NEEDED,
                    "the train turns back: it calls again where the other has called",
                ));
            }
        } else if score >= SUSPECT - 2.0 {
            found.edges.push(edge);
        }
    }
}

/// Whether the second train calls where the first has called before the joint.
fn turns_back(one: &[Timed], other: &[Timed]) -> bool {
    other[1..].iter().any(|call| one[..one.len() - 1].iter().any(|before| before.place == call.place))
}

/// Whether the way on lies in the direction of the way here.
fn is_sharp(one: &[Timed], other: &[Timed]) -> bool {
    let (Some(from), Some(at)) = (one[one.len() - 2].position, one[one.len() - 1].position) else { return false };
    let Some(to) = other[1].position else { return false };
    let narrow = at.0.to_radians().cos();
    let way = |end: (f64, f64)| ((end.1 - at.1) * narrow, end.0 - at.0);
    let (back, on) = (way(from), way(to));
    let lengths = back.0.hypot(back.1) * on.0.hypot(on.1);
    lengths > 0.0 && (back.0 * on.0 + back.1 * on.1) / lengths > 0.9
}

/// Adds what it counts that neither half has another partner, and parts what is enough from suspects.
fn add_lonely(world: &World, mut found: Found) -> Found {
    let mut partners: HashMap<(bool, u32), Vec<usize>> = HashMap::new();
    for (index, edge) in found.edges.iter().enumerate() {
        partners.entry((true, edge.one)).or_default().push(index);
        partners.entry((false, edge.other)).or_default().push(index);
    }
    let is_alone = |index: usize| {
        let edge = &found.edges[index];
        let others = |key: (bool, u32)| partners[&key].iter().filter(move |&&other| other != index);
        let meets = |other: &&usize| {
            let (mine, its) = (&found.edges[index], &found.edges[**other]);
            let shared = if mine.one == its.one { mine.one } else { mine.other };
            mine.days_of(shared).intersects(&its.days_of(shared))
        };
        !others((true, edge.one)).any(|other| meets(&other)) && !others((false, edge.other)).any(|other| meets(&other))
    };
    let lonely: Vec<bool> = (0..found.edges.len()).map(is_alone).collect();
    for (edge, lonely) in found.edges.iter_mut().zip(lonely) {
        if lonely {
            edge.evidence.push(Evidence::new("alone", "no other train ends or begins there at that time", 2.0));
            edge.score = score(&edge.evidence);
        }
    }
    let (edges, rest): (Vec<Edge>, Vec<Edge>) =
        std::mem::take(&mut found.edges).into_iter().partition(|edge| edge.score >= NEEDED);
    let doubts = rest.iter().filter(|edge| edge.score >= SUSPECT);
    found.suspects.extend(doubts.map(|edge| edge.doubt(world, &edge.days, NEEDED, "too little speaks for it")));
    Found { edges, ..found }
}
