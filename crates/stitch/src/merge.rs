//! Trains that are one on some days become one row of calls: each feed leads inside its own network.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use tumen_base::SECONDS_PER_DAY;
use tumen_feed::Call;

use crate::align::{TOLERANCE_S, Timed, align, is_possible, timed};
use crate::edges::Edge;
use crate::report::JoinKind;
use crate::resolve::Group;
use crate::trains::{Train, World};

/// Two halves may stand so long at their joint.
const LONGEST_JOINT_S: i64 = 60 * 60;

/// A joined train.
#[derive(Clone, Debug)]
pub(crate) struct Merged {
    /// The part in whose feed it stands.
    pub lead: usize,
    pub calls: Vec<MergedCall>,
    /// The largest difference in seconds between two parts at one call.
    pub largest_difference: i64,
}

/// A call of a joined train, in seconds of the service day of its leading part.
#[derive(Clone, Debug)]
pub(crate) struct MergedCall {
    /// The calls it is made of: part and position among the part's calls.
    pub sources: Vec<(usize, usize)>,
    /// The part that leads here, by position in `sources`.
    pub leads: usize,
    pub arrival: i64,
    pub departure: i64,
    pub pickup: u8,
    pub drop_off: u8,
    pub interpolated: bool,
    timed: Timed,
}

/// A call laid down, with the calls it is made of: part and position among the part's calls.
type Laid = (Timed, Vec<(usize, usize)>);

/// How often each feed calls at places, on the days that all feeds of the place cover.
#[derive(Default)]
pub(crate) struct Networks {
    runs: HashMap<u32, BTreeMap<u32, usize>>,
}

impl Networks {
    pub(crate) fn of(world: &World) -> Self {
        let mut spans: BTreeMap<u32, (i32, i32)> = BTreeMap::new();
        for train in &world.trains {
            let (Some(first), Some(last)) = (train.days.bits().next_from(0), train.days.bits().previous_from(i32::MAX))
            else {
                continue;
            };
            let span = spans.entry(train.feed).or_insert((first, last));
            *span = (span.0.min(first), span.1.max(last));
        }
        let (first, last) =
            spans.values().fold((i32::MIN, i32::MAX), |both, span| (both.0.max(span.0), both.1.min(span.1)));
        // Feeds that never run together are compared over all their days.
        let (first, last) = if first <= last { (first, last) } else { (0, i32::MAX) };
        let mut networks = Self::default();
        for train in &world.trains {
            let days = train.days.iter().skip_while(|day| *day < first).take_while(|day| *day <= last).count();
            for call in world.calls(train) {
                let place = world.place(train, call);
                if world.stations.is_shared(place) {
                    *networks.runs.entry(place).or_default().entry(train.feed).or_default() += days;
                }
            }
        }
        networks
    }

    /// The feed whose network a place belongs to: the one that calls there most; the earlier of two that call as often.
    fn leader(&self, place: u32) -> Option<u32> {
        let runs = self.runs.get(&place)?;
        runs.iter().max_by_key(|(feed, runs)| (**runs, std::cmp::Reverse(**feed))).map(|(feed, _)| *feed)
    }
}

/// What trains are merged with.
pub(crate) struct Merging<'a> {
    pub world: &'a World<'a>,
    pub networks: &'a Networks,
    /// The usual differences of clocks, by feeds.
    pub usual: &'a HashMap<(u32, u32), i64>,
}

impl Merging<'_> {
    /// Merges the parts of a group; `offsets` say how many seconds after the axis' zero each part's service day begins.
    pub(crate) fn merge(&self, group: &Group, edges: &[Edge], offsets: &[i64]) -> Result<Merged, String> {
        let world = self.world;
        let trains: Vec<&Train> = group.parts.iter().map(|(train, _)| &world.trains[*train as usize]).collect();
        let named: Vec<usize> = (0..trains.len()).filter(|&part| world.is_named(trains[part])).collect();
        if named.len() > 1 {
            return Err("rules of transfers.txt or blocks name more than one of its trips".to_owned());
        }
        let calls: Vec<Vec<Timed>> =
            trains.iter().zip(offsets).map(|(train, offset)| timed(world, train, *offset)).collect();
        // Halves are laid one after the other, then the whole over them.
        let halves: BTreeSet<u32> = group
            .edges
            .iter()
            .map(|&edge| &edges[edge])
            .filter(|edge| edge.kind == JoinKind::Halves)
            .flat_map(|edge| [edge.one, edge.other])
            .collect();
        let mut order: Vec<usize> = (0..calls.len()).collect();
        order.sort_by_key(|&part| (!halves.contains(&group.parts[part].0), calls[part][0].departure, part));
        let mut row: Vec<Laid> = Vec::new();
        for &part in &order {
            row = self.lay(row, (part, &calls[part]), &trains)?;
        }
        let dominant = |feed: u32| move |_: u32| Some(feed);
        let by_place = |place: u32| self.networks.leader(place);
        let mut feeds: Vec<u32> = trains.iter().map(|train| train.feed).collect();
        feeds.sort_unstable();
        feeds.dedup();
        let mut tries = vec![self.time(&row, &trains, &calls, &by_place)];
        tries.extend(feeds.iter().map(|feed| self.time(&row, &trains, &calls, &dominant(*feed))));
        let Some(made) = tries.into_iter().find_map(in_order) else {
            return Err("their times cannot be brought into one order".to_owned());
        };
        check_speeds(&made)?;
        if let Some(&part) = named.first().filter(|&&part| world.is_seated(trains[part])) {
            let (first, last) = ((part, 0), (part, calls[part].len() - 1));
            if !made[0].sources.contains(&first) || !made[made.len() - 1].sources.contains(&last) {
                return Err("passengers stay seated before its first or behind its last call".to_owned());
            }
        }
        let mut leading: BTreeMap<u32, usize> = BTreeMap::new();
        for call in &made {
            *leading.entry(trains[call.sources[call.leads].0].feed).or_default() += 1;
        }
        let most =
            leading.iter().max_by_key(|(feed, calls)| (**calls, std::cmp::Reverse(**feed))).map(|(feed, _)| *feed);
        let of_feed = (0..trains.len()).filter(|&part| Some(trains[part].feed) == most);
        let longest = of_feed.max_by_key(|&part| (calls[part].len(), std::cmp::Reverse(part))).unwrap_or(0);
        let lead = named.first().copied().unwrap_or(longest);
        let mut largest = 0;
        for call in &made {
            for (part, at) in &call.sources {
                let own = calls[*part][*at];
                let (first, last) = (*at == 0, *at + 1 == calls[*part].len());
                let arrival = if first { 0 } else { (own.arrival - call.arrival).abs() };
                let departure = if last { 0 } else { (own.departure - call.departure).abs() };
                largest = largest.max(arrival).max(departure);
            }
        }
        Ok(Merged { lead, calls: made, largest_difference: largest })
    }

    /// Lays the calls of a part over those that are there.
    fn lay(&self, row: Vec<Laid>, (part, calls): (usize, &[Timed]), trains: &[&Train]) -> Result<Vec<Laid>, String> {
        let entry = |at: usize| (calls[at], vec![(part, at)]);
        if row.is_empty() {
            return Ok((0..calls.len()).map(entry).collect());
        }
        let here: Vec<Timed> = row.iter().map(|(call, _)| *call).collect();
        let feeds = (trains[row[0].1[0].0].feed, trains[part].feed);
        let usual = self.usual.get(&feeds).copied().or_else(|| self.usual.get(&(feeds.1, feeds.0)).map(|usual| -usual));
        let mut shared: Vec<(usize, usize)> =
            align(&here, calls, usual.unwrap_or(0), TOLERANCE_S).iter().map(|both| (both.one, both.other)).collect();
        let joint = here.len() - 1;
        let stand = calls[0].departure - here[joint].arrival;
        if here[joint].place == calls[0].place && (0..=LONGEST_JOINT_S).contains(&stand) {
            shared = vec![(joint, 0)];
        }
        if shared.is_empty() {
            return Err("no call is common to all of them".to_owned());
        }
        let mut laid = Vec::with_capacity(here.len() + calls.len());
        let (mut from, mut start) = (0, 0);
        let mut row: Vec<Option<Laid>> = row.into_iter().map(Some).collect();
        for (one, other) in shared.into_iter().chain([(here.len(), calls.len())]) {
            // Between two common calls: by time.
            while from < one || start < other {
                let earlier = from < one && (start >= other || here[from].arrival <= calls[start].arrival);
                if earlier {
                    laid.extend(row[from].take());
                    from += 1;
                } else {
                    laid.push(entry(start));
                    start += 1;
                }
            }
            if let Some(Some(mut both)) = row.get_mut(one).map(Option::take) {
                both.1.push((part, other));
                if both.0.departure < calls[other].departure && one + 1 == here.len() {
                    both.0.departure = calls[other].departure;
                }
                laid.push(both);
                (from, start) = (one + 1, other + 1);
            }
        }
        Ok(laid)
    }

    /// Gives every call the times of the feed that leads there: a train that begins has no arrival to give, one that ends no departure.
    fn time(
        &self,
        row: &[Laid],
        trains: &[&Train],
        calls: &[Vec<Timed>],
        leader: &dyn Fn(u32) -> Option<u32>,
    ) -> Vec<MergedCall> {
        let made = |(timed, sources): &Laid| {
            let published = |(part, at): (usize, usize)| -> &Call { &self.world.calls(trains[part])[at] };
            let leading = leader(timed.place);
            let begins = |source: &(usize, usize)| source.1 == 0;
            let ends = |source: &(usize, usize)| source.1 + 1 == calls[source.0].len();
            // The leading feed first; of one feed the part that goes through.
            let mut ranked: Vec<usize> = (0..sources.len()).collect();
            ranked.sort_by_key(|&index| {
                let source = &sources[index];
                let leads = Some(trains[source.0].feed) == leading;
                (!leads, begins(source) || ends(source), source.0)
            });
            let best = |fits: &dyn Fn(&(usize, usize)) -> bool| {
                let found = ranked.iter().copied().find(|&index| fits(&sources[index]));
                sources[found.unwrap_or(ranked[0])]
            };
            let (arriving, leaving) = (best(&|source| !begins(source)), best(&|source| !ends(source)));
            let arrival = calls[arriving.0][arriving.1].arrival;
            let departure = calls[leaving.0][leaving.1].departure.max(arrival);
            let allowed = |fits: &dyn Fn(&(usize, usize)) -> bool, kind: &dyn Fn(&Call) -> u8| {
                let kinds = sources.iter().filter(|source| fits(source)).map(|source| kind(published(*source)));
                kinds.min_by_key(|kind| (*kind == 1, *kind)).unwrap_or_else(|| kind(published(sources[0])))
            };
            let (pickup, drop_off) = if timed.is_border {
                (1, 1)
            } else {
                (
                    allowed(&|source| !ends(source), &|call| call.pickup),
                    allowed(&|source| !begins(source), &|call| call.drop_off),
                )
            };
            MergedCall {
                sources: sources.clone(),
                leads: ranked[0],
                arrival,
                departure,
                pickup,
                drop_off,
                interpolated: sources.iter().all(|source| published(*source).interpolated),
                timed: Timed { arrival, departure, ..*timed },
            }
        };
        row.iter().map(made).collect()
    }
}

/// The calls if their times run forward, invented stops left out where they do not.
fn in_order(mut calls: Vec<MergedCall>) -> Option<Vec<MergedCall>> {
    let is_forward = |calls: &[MergedCall]| calls.windows(2).all(|pair| pair[0].departure <= pair[1].arrival);
    if !is_forward(&calls) {
        calls.retain(|call| !call.timed.is_border);
    }
    (calls.len() > 1 && is_forward(&calls)).then_some(calls)
}

/// Refuses what would have to fly: where one part's calls follow another's.
fn check_speeds(calls: &[MergedCall]) -> Result<(), String> {
    let parts = |call: &MergedCall| call.sources.iter().map(|source| source.0).collect::<Vec<_>>();
    for pair in calls.windows(2) {
        let (before, after) = (parts(&pair[0]), parts(&pair[1]));
        if before.iter().all(|part| !after.contains(part)) && !is_possible(&pair[0].timed, &pair[1].timed) {
            return Err("between two of its calls it would have to be faster than any train".to_owned());
        }
    }
    Ok(())
}

/// Whole days by which service days must begin earlier so that no time is before their beginning.
pub(crate) fn days_before(earliest: i64) -> i32 {
    (-earliest).max(0).div_euclid(i64::from(SECONDS_PER_DAY)) as i32
        + i32::from((-earliest).max(0).rem_euclid(i64::from(SECONDS_PER_DAY)) > 0)
}
