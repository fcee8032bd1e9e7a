//! Guarantees: rules between two trips at one stop that could only shorten a default change time.
//!
//! In the strict mode they change nothing, so they do not divide stops into nodes (and patterns with them).

use super::super::error::{CompileError, Limit, bound};
use super::book::{End, RuleBook, RuleKey, Whom};
use super::{Stations, Surroundings};
use crate::TimetableData;
use crate::columns::RULE_DEFAULT;
use std::collections::{BTreeSet, HashMap};

const GUARANTEES: Limit = Limit {
    what: "guaranteed changes between trips that frequencies.txt repeats",
    most: 5_000_000,
    advice: "check the rules between trips in transfers.txt",
};

/// A change that is guaranteed: trips are counted over all feeds.
pub(in super::super) struct Guarantee {
    from_trip: u32,
    to_trip: u32,
    stop: u32,
}

/// Takes the guarantees out of the rules.
pub(in super::super) fn take_out(book: &mut RuleBook, stations: &Stations, around: &Surroundings) -> Vec<Guarantee> {
    let mut found = BTreeSet::new();
    for (&key, ruling) in &book.rules {
        let RuleKey { from, to, from_whom: Whom::Trip(from_trip), to_whom: Whom::Trip(to_trip) } = key else {
            continue;
        };
        if from != to || ruling.seconds != 0 || stations.has_children(from) {
            continue;
        }
        let end = |trip: u32| End { stop: from, trip: Some(trip), route: Some(around.route_of(trip)) };
        let otherwise = book.decide(stations, end(from_trip), end(to_trip), Some(&key));
        if matches!(otherwise, None | Some(RULE_DEFAULT)) {
            found.insert(key);
        }
    }
    let mut guarantees = Vec::new();
    for key in found {
        book.rules.remove(&key);
        if let (Whom::Trip(from_trip), Whom::Trip(to_trip)) = (key.from_whom, key.to_whom) {
            guarantees.push(Guarantee { from_trip, to_trip, stop: key.from });
        }
    }
    guarantees
}

/// Fills the columns of guarantees; `number` gives a draft its trip.
pub(in super::super) fn fill(
    data: &mut TimetableData,
    guarantees: &[Guarantee],
    around: &Surroundings,
    number: &[u32],
) -> Result<(), CompileError> {
    let ways = WaysByHost::of(around);
    let mut rows = Vec::new();
    for guarantee in guarantees {
        let bringing = bringing(around, &ways, guarantee.from_trip, guarantee.stop);
        let taking = taking(around, &ways, guarantee.to_trip, guarantee.stop);
        bound((rows.len() + bringing.len() * taking.len()) as u64, &GUARANTEES)?;
        for &from in &bringing {
            let from = number[from as usize];
            rows.extend(taking.iter().map(|&to| (from, number[to as usize], guarantee.stop)));
        }
    }
    rows.sort_unstable();
    rows.dedup();
    for (from, to, stop) in rows {
        data.guarantee_from.push(from);
        data.guarantee_to.push(to);
        data.guarantee_stop.push(stop);
    }
    Ok(())
}

/// The drafts of ways with the position of a host, by host trip.
struct WaysByHost(HashMap<u32, Vec<(u32, usize)>>);

impl WaysByHost {
    fn of(around: &Surroundings) -> Self {
        let first = around.drafts.all.len() - around.ways.all.len();
        let mut by_host: HashMap<u32, Vec<(u32, usize)>> = HashMap::new();
        for (index, way) in around.ways.all.iter().enumerate() {
            for host in way.hosts.clone() {
                by_host.entry(around.ways.hosts[host].trip).or_default().push(((first + index) as u32, host));
            }
        }
        Self(by_host)
    }

    fn of_trip(&self, trip: u32) -> &[(u32, usize)] {
        self.0.get(&trip).map_or(&[], Vec::as_slice)
    }
}

/// The drafts, and ways, that a trip brings to a stop where passengers may step off.
fn bringing(around: &Surroundings, ways: &WaysByHost, trip: u32, stop: u32) -> Vec<u32> {
    let alights = |draft: u32, within: std::ops::RangeInclusive<usize>| {
        let mut calls = around.drafts.calls(draft).enumerate();
        calls.any(|(at, call)| within.contains(&at) && call.stop == stop && call.drop_off != 1)
    };
    let plain = around.drafts.of(trip).filter(|&draft| alights(draft, 0..=usize::MAX));
    let carried = ways.of_trip(trip).iter().filter(|&&(draft, host)| {
        let (attach, detach) = around.ways.hosts[host].in_way;
        alights(draft, attach as usize + 1..=detach as usize)
    });
    plain.chain(carried.map(|&(draft, _)| draft)).collect()
}

/// The drafts, and ways, that a trip takes from a stop where passengers may step on.
fn taking(around: &Surroundings, ways: &WaysByHost, trip: u32, stop: u32) -> Vec<u32> {
    let boards = |draft: u32, within: std::ops::Range<usize>| {
        let mut calls = around.drafts.calls(draft).enumerate();
        calls.any(|(at, call)| within.contains(&at) && call.stop == stop && call.pickup != 1)
    };
    let plain = around.drafts.of(trip).filter(|&draft| boards(draft, 0..usize::MAX));
    let carried = ways.of_trip(trip).iter().filter(|&&(draft, host)| {
        let (attach, detach) = around.ways.hosts[host].in_way;
        boards(draft, attach as usize..detach as usize)
    });
    plain.chain(carried.map(|&(draft, _)| draft)).collect()
}
