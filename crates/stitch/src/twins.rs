//! The same train in two feeds, with different stops: found by place and minute, weighed by what both say.

use std::collections::{BTreeMap, HashMap, HashSet};
use tumen_base::SECONDS_PER_DAY;

use crate::align::{Shape, Shared, TOLERANCE_S, align, middle, timed};
use crate::days::DaySet;
use crate::edges::{Edge, agency_evidence, category_evidence, common_days, number_evidence};
use crate::report::{ClockDifference, Doubt, Evidence, JoinKind, score};
use crate::trains::World;

/// The score from which two trains are one.
pub(crate) const NEEDED: f64 = 6.0;
/// The score from which a pair is listed as a suspect.
const SUSPECT: f64 = 4.0;
/// Trains without numbers share so many calls at least; with the same number two are enough, and with the same letters two at the
/// same minute.
const LEAST_SHARED: usize = 3;
const EXACT_S: i64 = 60;
/// Width of the buckets of time, in seconds.
const BUCKET_S: i64 = 20 * 60;
/// A usual difference is learnt from so many pairs, and below so many seconds there is none.
const LEAST_PAIRS: usize = 5;
const LEAST_DIFFERENCE_S: i64 = 120;

/// A pair of trains side by side, on days with the same difference between their service days.
struct Look {
    one: u32,
    other: u32,
    shift: i32,
    /// Seconds from the beginning of the one's service day to that of the other's.
    apart: i64,
    days: DaySet,
    shared: Vec<Shared>,
}

/// What was found.
#[derive(Default)]
pub(crate) struct Found {
    pub edges: Vec<Edge>,
    pub suspects: Vec<Doubt>,
    pub refusals: Vec<Doubt>,
    pub clocks: Vec<ClockDifference>,
    /// The same, by the positions of the feeds.
    pub usual: HashMap<(u32, u32), i64>,
}

/// Finds the pairs that are one train, learning from the sure ones how clocks differ and which stations are the same.
pub(crate) fn find(world: &mut World) -> Found {
    let mut usual: BTreeMap<(u32, u32), (i64, usize)> = BTreeMap::new();
    let mut looks = look(world, &usual);
    usual = usual_differences(world, &looks);
    if !usual.is_empty() {
        looks = look(world, &usual);
    }
    let witnesses = witnesses(world, &looks, &usual);
    if world.stations.settle(&witnesses) {
        looks = look(world, &usual);
    }
    let mut found = Found::default();
    for ((one, other), (seconds, pairs)) in &usual {
        let name = |feed: &u32| world.feeds[*feed as usize].name.clone();
        found.usual.insert((*one, *other), *seconds);
        let seconds = *seconds as i32;
        found.clocks.push(ClockDifference { one: name(one), other: name(other), seconds, pairs: *pairs });
    }
    for look in looks {
        weigh(world, &usual, look, &mut found);
    }
    found
}

fn usual_of(world: &World, usual: &BTreeMap<(u32, u32), (i64, usize)>, one: u32, other: u32) -> i64 {
    let feeds = (world.trains[one as usize].feed, world.trains[other as usize].feed);
    usual.get(&feeds).map_or(0, |usual| usual.0)
}

/// A call as far as timetables are told apart: stop, arrival, departure.
type Moment = (u32, i32, i32);

/// Trains of a feed with the same calls and times: one timetable on different days.
struct Timetable {
    trains: Vec<u32>,
    days: DaySet,
}

/// The timetables of trains that call at a place which another feed has too.
fn timetables(world: &World) -> Vec<Timetable> {
    let mut known: HashMap<(u32, Vec<Moment>), usize> = HashMap::new();
    let mut timetables: Vec<Timetable> = Vec::new();
    for (index, train) in (0_u32..).zip(&world.trains) {
        let calls = world.calls(train);
        if !calls.iter().any(|call| world.stations.is_shared(world.place(train, call))) {
            continue;
        }
        let key = calls.iter().map(|call| (call.stop, call.arrival, call.departure)).collect();
        let at = *known.entry((train.feed, key)).or_insert_with(|| {
            timetables.push(Timetable { trains: Vec::new(), days: DaySet::default() });
            timetables.len() - 1
        });
        timetables[at].trains.push(index);
        timetables[at].days.unite(&train.days);
    }
    timetables
}

/// Pairs of trains of two feeds that are at two places or more at nearly the same time of the day, side by side.
fn look(world: &World, usual: &BTreeMap<(u32, u32), (i64, usize)>) -> Vec<Look> {
    let timetables = timetables(world);
    // The moments at which trains call at shared places: place and bucket of time, and the call.
    let moments = |timetable: &Timetable| -> Vec<((u32, i64), u32)> {
        let train = &world.trains[timetable.trains[0] as usize];
        let seconds: Vec<i64> = world.clock(train).offsets(&timetable.days).collect();
        let calls =
            (0_u32..).zip(world.calls(train)).map(|(position, call)| (position, world.place(train, call), call));
        let shared = calls.filter(|(_, place, _)| world.stations.is_shared(*place));
        let at = |(position, place, call): (u32, u32, &tumen_feed::Call)| {
            let second = |second: &i64| ((place, bucket(second + i64::from(call.departure))), position);
            seconds.iter().map(second).collect::<Vec<_>>()
        };
        shared.flat_map(at).collect()
    };
    let mut buckets: HashMap<(u32, i64), Vec<(u32, u32)>> = HashMap::new();
    for (index, timetable) in (0_u32..).zip(&timetables) {
        for (moment, position) in moments(timetable) {
            buckets.entry(moment).or_default().push((index, position));
        }
    }
    let mut looks = Vec::new();
    let buckets_a_day = i64::from(SECONDS_PER_DAY) / BUCKET_S;
    for timetable in &timetables {
        let feed = world.trains[timetable.trains[0] as usize].feed;
        // By the other timetable: the first calls that fall together, and whether others do.
        let mut met: BTreeMap<u32, ((u32, u32), bool)> = BTreeMap::new();
        for ((place, here), position) in moments(timetable) {
            for near in [-1, 0, 1].map(|step| (here + step).rem_euclid(buckets_a_day)) {
                for &(other, at) in buckets.get(&(place, near)).into_iter().flatten() {
                    if world.trains[timetables[other as usize].trains[0] as usize].feed > feed {
                        let (anchor, again) = met.entry(other).or_insert(((position, at), false));
                        *again |= anchor.0 != position;
                    }
                }
            }
        }
        for (other, (anchor, _)) in met.into_iter().filter(|(_, (_, again))| *again) {
            for &one in &timetable.trains {
                for &twin in &timetables[other as usize].trains {
                    look_at(world, usual, (one, twin, anchor), &mut looks);
                }
            }
        }
    }
    looks.sort_by_key(|look| (look.one, look.other, look.shift, look.apart));
    looks
}

fn bucket(second: i64) -> i64 {
    second.rem_euclid(i64::from(SECONDS_PER_DAY)) / BUCKET_S
}

fn look_at(
    world: &World,
    usual: &BTreeMap<(u32, u32), (i64, usize)>,
    (one, other, anchor): (u32, u32, (u32, u32)),
    looks: &mut Vec<Look>,
) {
    let (train, twin) = (&world.trains[one as usize], &world.trains[other as usize]);
    let (calls, twin_calls) = (world.calls(train), world.calls(twin));
    let (at, there) = (calls[anchor.0 as usize].departure, twin_calls[anchor.1 as usize].departure);
    // Buckets are wider than the tolerance, and stands differ.
    let within = -3 * BUCKET_S..=3 * BUCKET_S;
    let mut classes: Vec<((i32, i64), DaySet)> =
        common_days(world, (train, at), (twin, there), within).into_iter().collect();
    classes.sort();
    for ((shift, apart), days) in classes {
        let (here, other_calls) = (timed(world, train, 0), timed(world, twin, apart));
        let shared = align(&here, &other_calls, usual_of(world, usual, one, other), TOLERANCE_S);
        if shared.len() >= 2 {
            looks.push(Look { one, other, shift, apart, days, shared });
        }
    }
}

/// The constant differences between the clocks of two feeds: where at least three in five of the pairs with four common calls and
/// steady differences agree within a minute.
fn usual_differences(world: &World, looks: &[Look]) -> BTreeMap<(u32, u32), (i64, usize)> {
    let mut medians: BTreeMap<(u32, u32), Vec<i64>> = BTreeMap::new();
    for look in looks {
        let (median, spread) = middle(&look.shared);
        if look.shared.len() > LEAST_SHARED && spread <= 60 {
            let feeds = (world.trains[look.one as usize].feed, world.trains[look.other as usize].feed);
            medians.entry(feeds).or_default().push(median);
        }
    }
    let mut usual = BTreeMap::new();
    for (feeds, mut medians) in medians {
        medians.sort_unstable();
        let median = medians[medians.len() / 2];
        let agreeing = medians.iter().filter(|one| (*one - median).abs() <= 60).count();
        if agreeing >= LEAST_PAIRS && agreeing * 5 >= medians.len() * 3 && median.abs() >= LEAST_DIFFERENCE_S {
            usual.insert(feeds, (median, agreeing));
        }
    }
    usual
}

/// Pairs of places at which trains that are surely the same call at the same time, by how many pairs of trains.
fn witnesses(world: &World, looks: &[Look], usual: &BTreeMap<(u32, u32), (i64, usize)>) -> BTreeMap<(u32, u32), usize> {
    let unsure = world.stations.unsure();
    let mut seen: BTreeMap<(u32, u32), HashSet<(u32, u32)>> = BTreeMap::new();
    if unsure.is_empty() {
        return BTreeMap::new();
    }
    for look in looks.iter().filter(|look| look.shared.len() > LEAST_SHARED && middle(&look.shared).1 <= 120) {
        let (train, twin) = (&world.trains[look.one as usize], &world.trains[look.other as usize]);
        let usual = usual_of(world, usual, look.one, look.other);
        let (here, there) = (timed(world, train, 0), timed(world, twin, look.apart));
        for one in &here {
            for other in there.iter().filter(|other| unsure.contains(&(one.place, other.place))) {
                if (other.departure - one.departure - usual).abs() <= 300
                    || (other.arrival - one.arrival - usual).abs() <= 300
                {
                    seen.entry((one.place, other.place)).or_default().insert((look.one, look.other));
                }
            }
        }
    }
    seen.into_iter().map(|(pair, trains)| (pair, trains.len())).collect()
}

/// Weighs a pair and puts it where it belongs.
fn weigh(world: &World, usual: &BTreeMap<(u32, u32), (i64, usize)>, look: Look, found: &mut Found) {
    let (train, twin) = (&world.trains[look.one as usize], &world.trains[look.other as usize]);
    let usual = usual_of(world, usual, look.one, look.other);
    let here = timed(world, train, 0);
    // By the same clock.
    let shape = Shape::of(&here, &timed(world, twin, look.apart - usual), &look.shared);
    let (median, spread) = middle(&look.shared);
    let minutes = |seconds: i64| format!("{:.0} min", seconds as f64 / 60.0);
    let shared = look.shared.len();
    let mut evidence = vec![Evidence::new("calls", format!("{shared} calls in common"), shared.min(5) as f64)];
    evidence.extend(number_evidence(world, train, twin, -3.0));
    let category = category_evidence(world, train, twin);
    let is_alike = category.is_some() && look.shared.iter().all(|both| (both.later - usual).abs() <= EXACT_S);
    evidence.extend(category);
    evidence.extend(agency_evidence(world, train, twin));
    let weight = [(60, 2.0), (120, 1.0), (180, 0.0)].iter().find(|(most, _)| spread <= *most).map_or(-2.0, |one| one.1);
    evidence.push(Evidence::new("spread", format!("differences lie {spread} s from their middle"), weight));
    let off = (median - usual).abs();
    let weight = [(120, 1.0), (300, 0.0)].iter().find(|(most, _)| off <= *most).map_or(-1.5, |one| one.1);
    let found_clock = if usual == 0 { String::new() } else { format!(", usually {}", minutes(usual)) };
    evidence.push(Evidence::new("clock", format!("{} apart{found_clock}", minutes(median)), weight));
    let weight = match shared as f64 / shape.within.max(1) as f64 {
        share if share >= 0.99 => 1.0,
        share if share >= 0.6 => 0.0,
        _ => -1.5,
    };
    evidence.push(Evidence::new(
        "within",
        format!("{shared} of {} calls between the first and the last common one", shape.within),
        weight,
    ));
    if shape.prolongs {
        evidence.push(Evidence::new("ends", "one goes on where the other has ended, beyond the common calls", -1.0));
    }
    if shape.detours > 0 {
        evidence.push(Evidence::new(
            "detours",
            format!("{} times both call elsewhere in between", shape.detours),
            -(shape.detours as f64),
        ));
    }
    if shape.conflicts > 0 {
        evidence.push(Evidence::new(
            "conflicts",
            format!("{} stations at other times", shape.conflicts),
            -2.0 * shape.conflicts as f64,
        ));
    }
    let score = score(&evidence);
    let has_number = evidence.iter().any(|one| one.kind == "number" && one.weight > 0.0);
    let Look { one, other, shift, days, .. } = look;
    let edge = Edge { one, other, shift, days: days.clone(), kind: JoinKind::SameTrain, evidence, score };
    let enough = shared >= LEAST_SHARED || has_number || is_alike;
    if shape.forks {
        if score >= NEEDED && enough {
            found.refusals.push(edge.doubt(
                world,
                &days,
                NEEDED,
                "they share a part of the way and come from, or go to, different places",
            ));
        }
    } else if score >= NEEDED && enough {
        found.edges.push(edge);
    } else if score >= SUSPECT && enough {
        found.suspects.push(edge.doubt(world, &days, NEEDED, "too little speaks for it"));
    }
}

/// Whether two trains of one feed can be the same train, or parts of it: they say the same where both call, or the one begins when the
/// other has ended.
pub(crate) fn agree(world: &World, one: u32, other: u32, shift: i32) -> bool {
    let (train, twin) = (&world.trains[one as usize], &world.trains[other as usize]);
    let (here, there) = (timed(world, train, 0), timed(world, twin, i64::from(shift) * i64::from(SECONDS_PER_DAY)));
    let before =
        |one: &[crate::align::Timed], other: &[crate::align::Timed]| one[one.len() - 1].arrival <= other[0].departure;
    if before(&here, &there) || before(&there, &here) {
        return true;
    }
    let shared = align(&here, &there, 0, 0);
    let shape = Shape::of(&here, &there, &shared);
    shared.len() >= 2 && !shape.forks && !shape.prolongs && shape.detours == 0 && shape.conflicts == 0
}
