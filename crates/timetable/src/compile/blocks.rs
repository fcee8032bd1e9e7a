//! Blocks: on each service day the runs of a block follow one another, across service_ids.

use super::error::{CompileError, Limit, bound};
use super::intern::{DaySets, insert_day};
use super::links::{Links, SeatRules, Surroundings};
use std::collections::{BTreeMap, HashMap, HashSet};
use tumen_base::metres_between;
use tumen_feed::Feed;

/// Stops this close to one another are one place for a vehicle.
const SAME_PLACE_M: f64 = 200.0;

const STEPS: Limit = Limit {
    what: "combinations of services within blocks",
    most: 2_000_000_000,
    advice: "check block_id in trips.txt",
};

/// The blocks of a feed.
pub(super) struct Blocks<'a> {
    /// Position of the feed.
    pub index: usize,
    pub rules: &'a SeatRules,
    /// Trips that frequencies.txt repeats: they are in no block.
    pub repeated: &'a HashSet<u32>,
}

/// A trip of a block.
#[derive(Clone, Copy)]
struct Member {
    /// Position in the trips of the feed.
    trip: u32,
    draft: u32,
    days: u32,
    departure: i32,
    arrival: i32,
}

/// Links the trips of every block of a feed; `steps` counts the work done.
pub(super) fn link(
    around: &Surroundings,
    sets: &mut DaySets,
    links: &mut Links,
    blocks: &Blocks,
    steps: &mut u64,
) -> Result<(), CompileError> {
    let feed = &around.feeds[blocks.index];
    let mut members: BTreeMap<&str, Vec<Member>> = BTreeMap::new();
    for (index, trip) in feed.trips.iter().enumerate() {
        let trip_index = index as u32;
        let draft = around.drafts.of(around.bases.trip[blocks.index] + trip_index).next();
        let Some(draft) = draft.filter(|_| !trip.block.is_empty() && !blocks.repeated.contains(&trip_index)) else {
            continue;
        };
        members.entry(&trip.block).or_default().push(Member {
            trip: trip_index,
            draft,
            days: around.drafts.all[draft as usize].days,
            departure: around.drafts.first_departure(draft),
            arrival: around.drafts.last_arrival(draft),
        });
    }
    for block in members.values_mut() {
        // Equal keys keep the order of trips.txt.
        block.sort_by_key(|member| (member.departure, member.arrival));
        for (running, days) in running_together(sets, block) {
            *steps += block.len() as u64;
            bound(*steps, &STEPS)?;
            let mut before: Option<&Member> = None;
            for member in block.iter().filter(|member| running.binary_search(&member.days).is_ok()) {
                if let Some(before) =
                    before.replace(member).filter(|before| stays_seated(feed, blocks.rules, before, member))
                {
                    links.add(sets, (before.draft, member.draft), 0, days);
                }
            }
        }
    }
    Ok(())
}

/// The sets of trips of a block that run on the same days: the day sets of these trips, and the days.
fn running_together(sets: &mut DaySets, block: &[Member]) -> Vec<(Vec<u32>, u32)> {
    let mut calendars: Vec<u32> = block.iter().map(|member| member.days).collect();
    calendars.sort_unstable();
    calendars.dedup();
    if let [only] = calendars[..] {
        return vec![(calendars, only)];
    }
    let mut running_on: BTreeMap<i32, Vec<u32>> = BTreeMap::new();
    for &calendar in &calendars {
        for day in sets.days(calendar).iter() {
            running_on.entry(day).or_default().push(calendar);
        }
    }
    let mut days_of: HashMap<Vec<u32>, Vec<u64>> = HashMap::new();
    for (day, running) in running_on {
        insert_day(days_of.entry(running).or_insert_with(|| vec![0; sets.width]), day as usize);
    }
    let mut together: Vec<(Vec<u32>, u32)> =
        days_of.into_iter().map(|(running, days)| (running, sets.intern(&days))).collect();
    together.sort_unstable();
    together
}

/// Whether passengers of a run stay seated when the next one of its block begins.
fn stays_seated(feed: &Feed, rules: &SeatRules, before: &Member, next: &Member) -> bool {
    let last = feed.trips[before.trip as usize].calls.end as usize - 1;
    let first = feed.trips[next.trip as usize].calls.start as usize;
    next.departure >= before.arrival
        && !rules.directed.contains(&before.trip)
        && !rules.broken.contains(&(before.trip, next.trip))
        && are_one_place(feed, feed.calls[last].stop, feed.calls[first].stop)
}

/// Whether two stops are the same, share a parent, or lie within 200 m.
fn are_one_place(feed: &Feed, one: u32, other: u32) -> bool {
    let (stop, other_stop) = (&feed.stops[one as usize], &feed.stops[other as usize]);
    let share_parent = stop.parent.is_some() && stop.parent == other_stop.parent;
    let are_near = || match (stop.position, other_stop.position) {
        (Some(here), Some(there)) => metres_between(here, there) <= SAME_PLACE_M,
        _ => false,
    };
    one == other || share_parent || are_near()
}
