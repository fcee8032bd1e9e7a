//! Patterns: trips with the same calls, divided until no run overtakes another on any pair of service days.

use super::drafts::{Draft, Drafts};
use super::rules::Nodes;
use super::zones::Zones;
use hashbrown::HashTable;
use std::hash::{BuildHasher, Hasher, RandomState};

/// How many patterns of the same stops are tried before another one is begun: a bound on hostile feeds only.
const PATTERNS_TRIED: usize = 512;

/// The drafts in the order of the patterns.
pub(super) struct Patterns {
    /// Drafts, pattern by pattern, each in its order.
    pub order: Vec<u32>,
    /// The drafts of pattern `p` are `order[offset[p]..offset[p + 1]]`.
    pub offset: Vec<u32>,
}

impl Patterns {
    /// Divides drafts into patterns.
    pub(super) fn divide(drafts: &Drafts, nodes: &Nodes, zones: &Zones) -> Self {
        let shortest: Vec<i32> =
            (0..zones.of_feed.iter().max().map_or(0, |zone| zone + 1)).map(|zone| zones.shortest_day(zone)).collect();
        let (groups, mut members) = groups_of_same_calls(drafts, nodes);
        let mut patterns = Self { order: Vec::with_capacity(drafts.all.len()), offset: vec![0] };
        for group in groups.windows(2) {
            let members = &mut members[group[0] as usize..group[1] as usize];
            members.sort_by_key(|&draft| (drafts.first_departure(draft), drafts.last_arrival(draft), draft));
            let zone = drafts.all[members[0] as usize].zone;
            for pattern in without_overtaking(drafts, members, shortest[zone as usize]) {
                patterns.order.extend(pattern);
                patterns.offset.push(patterns.order.len() as u32);
            }
        }
        patterns
    }

    /// The trip that each draft becomes.
    pub(super) fn numbers(&self) -> Vec<u32> {
        let mut numbers = vec![0; self.order.len()];
        for (trip, &draft) in (0..).zip(&self.order) {
            numbers[draft as usize] = trip;
        }
        numbers
    }
}

/// Groups drafts of the same route, zone and calls: offsets of the groups, and their members.
fn groups_of_same_calls(drafts: &Drafts, nodes: &Nodes) -> (Vec<u32>, Vec<u32>) {
    let hasher = RandomState::new();
    // A group is named by its first draft; `rank` numbers the groups in the order in which they are met.
    let mut firsts: HashTable<(u64, u32, u32)> = HashTable::new();
    let mut sizes: Vec<u32> = Vec::new();
    let mut group_of = Vec::with_capacity(drafts.all.len());
    for draft in 0..drafts.all.len() as u32 {
        let hash = hash_of_calls(&hasher, drafts, nodes, draft);
        let found = firsts
            .find(hash, |&(other_hash, other, _)| other_hash == hash && have_same_calls(drafts, nodes, draft, other));
        let group = if let Some(&(_, _, group)) = found {
            group
        } else {
            let group = sizes.len() as u32;
            firsts.insert_unique(hash, (hash, draft, group), |entry| entry.0);
            sizes.push(0);
            group
        };
        sizes[group as usize] += 1;
        group_of.push(group);
    }
    let pairs: Vec<(u32, u32)> = group_of.into_iter().zip(0..).collect();
    super::tables::group_by_owner(sizes.len(), &pairs)
}

fn hash_of_calls(hasher: &RandomState, drafts: &Drafts, nodes: &Nodes, draft: u32) -> u64 {
    let mut state = hasher.build_hasher();
    let Draft { route, zone, .. } = drafts.all[draft as usize];
    state.write_u64(u64::from(route) << 32 | u64::from(zone));
    for call in drafts.calls(draft) {
        let kinds = u64::from(call.pickup) << 40 | u64::from(call.drop_off) << 32;
        state.write_u64(u64::from(call.stop) ^ kinds ^ u64::from(call.headsign) << 48);
    }
    for node in nodes.special_of(draft) {
        state.write_u64(u64::from(node.alight) << 32 | u64::from(node.board));
    }
    state.finish()
}

fn have_same_calls(drafts: &Drafts, nodes: &Nodes, draft: u32, other: u32) -> bool {
    let key = |draft: u32| (drafts.all[draft as usize].route, drafts.all[draft as usize].zone);
    let calls = |draft| drafts.calls(draft).map(|call| (call.stop, call.pickup, call.drop_off, call.headsign));
    key(draft) == key(other)
        && nodes.special_of(draft) == nodes.special_of(other)
        && calls(draft).len() == calls(other).len()
        && calls(draft).eq(calls(other))
}

/// Divides drafts with the same calls, sorted by departure, so that within each part every run is nowhere earlier than
/// the runs before it, where runs are ordered by service day and then as the part is.
fn without_overtaking(drafts: &Drafts, sorted: &[u32], shortest_day: i32) -> Vec<Vec<u32>> {
    let mut parts: Vec<Vec<u32>> = Vec::new();
    for &draft in sorted {
        let tried = parts.len().saturating_sub(PATTERNS_TRIED);
        let fitting = parts[tried..].iter_mut().find(|part| {
            is_nowhere_later(drafts, part[part.len() - 1], draft, 0)
                && is_nowhere_later(drafts, draft, part[0], shortest_day)
        });
        match fitting {
            Some(part) => part.push(draft),
            None => parts.push(vec![draft]),
        }
    }
    parts
}

/// Whether `one` is at every call no later than `other` that runs so many seconds later than it says.
fn is_nowhere_later(drafts: &Drafts, one: u32, other: u32, later: i32) -> bool {
    let (calls, other_calls) = (drafts.raw(one), drafts.raw(other));
    let slack = drafts.all[other as usize].shift + later - drafts.all[one as usize].shift;
    let last = calls.len() - 1;
    calls[last].arrival <= other_calls[last].arrival + slack
        && calls
            .iter()
            .zip(other_calls)
            .all(|(call, other)| call.arrival <= other.arrival + slack && call.departure <= other.departure + slack)
}
