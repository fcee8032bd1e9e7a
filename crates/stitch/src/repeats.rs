//! Trips that repeat a joined train within its own feed: a train that is sold under two names stands in it twice.

use std::collections::{BTreeSet, HashMap};
use tumen_base::SECONDS_PER_DAY;
use tumen_feed::Call;

use crate::days::DaySet;
use crate::edges::Edge;
use crate::report::{Evidence, JoinKind};
use crate::resolve::{Group, groups};
use crate::trains::{Train, World};
use crate::twins;

/// So many calls a trip repeats at least.
const LEAST_CALLS: usize = 3;

/// Adds to the joined trains those of their feed of which every call is theirs, to the second: on days on which that is true of one
/// joined train only. Answers the groups with them.
pub(crate) fn add(world: &World, edges: &mut Vec<Edge>, joined: Vec<Group>) -> Vec<Group> {
    let mut group_of: HashMap<(u32, i32), usize> = HashMap::new();
    for (index, group) in joined.iter().enumerate() {
        for day in group.days.iter() {
            group_of.extend(group.parts.iter().map(|(train, shift)| ((*train, day + shift), index)));
        }
    }
    let members: BTreeSet<u32> = joined.iter().flat_map(|group| group.parts.iter().map(|part| part.0)).collect();
    let mut calling: HashMap<(u32, u32, i32), Vec<(u32, usize)>> = HashMap::new();
    for &member in &members {
        let train = &world.trains[member as usize];
        for (position, call) in world.calls(train).iter().enumerate() {
            let key = (train.feed, call.stop, call.departure.rem_euclid(SECONDS_PER_DAY));
            calling.entry(key).or_default().push((member, position));
        }
    }
    let mut found: Vec<Edge> = Vec::new();
    for (index, train) in (0_u32..).zip(&world.trains) {
        let calls = world.calls(train);
        let key = (train.feed, calls[0].stop, calls[0].departure.rem_euclid(SECONDS_PER_DAY));
        if calls.len() < LEAST_CALLS || members.contains(&index) || world.is_named(train) {
            continue;
        }
        let mut repeated: Vec<(u32, i32, DaySet)> = Vec::new();
        for &(member, from) in calling.get(&key).into_iter().flatten() {
            let other = &world.trains[member as usize];
            let other_calls = world.calls(other);
            let apart = calls[0].departure - other_calls[from].departure;
            if repeats(calls, &other_calls[from..], apart) {
                let shift = apart / SECONDS_PER_DAY;
                repeated.push((member, shift, common(world, train, member, shift, &group_of)));
            }
        }
        // Days on which it would bring two joined trains together are left alone.
        let groups_on = |day: i32| {
            let on = repeated.iter().filter(|(_, _, days)| days.contains(day));
            on.filter_map(|(member, shift, _)| group_of.get(&(*member, day + shift))).collect::<BTreeSet<_>>().len()
        };
        for (member, shift, days) in &repeated {
            let days: DaySet = days.iter().filter(|&day| groups_on(day) == 1).collect();
            if !days.is_empty() {
                found.push(edge(world, index, (*member, *shift), days));
            }
        }
    }
    if found.is_empty() {
        return joined;
    }
    edges.extend(found);
    groups(edges)
}

/// The days on which a train and a joined one both run.
fn common(world: &World, train: &Train, member: u32, shift: i32, group_of: &HashMap<(u32, i32), usize>) -> DaySet {
    let clock = world.clock(train);
    let apart = i64::from(shift) * i64::from(SECONDS_PER_DAY);
    let same = |day: &i32| clock.base(day + shift) - clock.base(*day) == apart;
    train.days.iter().filter(|day| group_of.contains_key(&(member, day + shift))).filter(same).collect()
}

/// Whether all calls of a trip are the first calls of what is left of another, at the same times.
fn repeats(calls: &[Call], other: &[Call], apart: i32) -> bool {
    calls.len() <= other.len()
        && calls.iter().zip(other).enumerate().all(|(index, (call, other))| {
            call.stop == other.stop
                && (index == 0 || call.arrival == other.arrival + apart)
                && (index + 1 == calls.len() || call.departure == other.departure + apart)
        })
}

fn edge(world: &World, train: u32, (member, shift): (u32, i32), days: DaySet) -> Edge {
    let calls = world.trains[train as usize].calls.len();
    let trip = &world.trip(&world.trains[member as usize]).id;
    let found = format!("all {calls} calls are those of trip {trip} of the same feed, to the second");
    let evidence = vec![Evidence::new("repeats", found, twins::NEEDED)];
    Edge { one: train, other: member, shift, days, kind: JoinKind::SameTrain, evidence, score: twins::NEEDED }
}
