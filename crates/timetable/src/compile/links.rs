//! In-seat links: transfer_type 4 and blocks (SEMANTICS: "transfer_type 4", "block_id").

use super::blocks;
use super::drafts::Drafts;
use super::error::CompileError;
use super::intern::{DaySets, insert_day, unite};
use super::tables::{Bases, group_by_owner};
use super::zones::Zones;
use crate::TimetableData;
use std::collections::{BTreeMap, HashSet};
use tumen_base::DayBits;
use tumen_feed::{Feed, Transfer};

/// What links are found in.
pub(super) struct Surroundings<'a> {
    pub feeds: &'a [Feed],
    pub bases: &'a Bases,
    pub zones: &'a Zones,
    pub drafts: &'a Drafts<'a>,
}

/// What transfers.txt says of staying seated in a feed, its trips counted in the feed.
pub(super) struct SeatRules {
    /// Type 4: pairs of trips, each once.
    continues: Vec<(u32, u32)>,
    /// Trips with an outgoing type 4 rule: they have no outgoing block link.
    pub directed: HashSet<u32>,
    /// Type 5: pairs of trips that a block does not join.
    pub broken: HashSet<(u32, u32)>,
}

impl SeatRules {
    fn of(feed: &Feed) -> Self {
        let pairs = |kind: u8| {
            let rules = feed.transfers.iter().filter(move |rule| rule.kind == kind);
            rules.filter_map(|rule: &Transfer| Some((rule.from_trip?, rule.to_trip?)))
        };
        let mut continues: Vec<(u32, u32)> = pairs(4).collect();
        continues.sort_unstable();
        continues.dedup();
        let directed = continues.iter().map(|pair| pair.0).collect();
        Self { continues, directed, broken: pairs(5).collect() }
    }
}

/// The links being gathered: day sets by drafts and shift.
#[derive(Default)]
pub(super) struct Links {
    found: BTreeMap<(u32, u32, i32), u32>,
}

impl Links {
    /// Adds a link on the days of a set of service days of `from`.
    pub(super) fn add(&mut self, sets: &mut DaySets, (from, to): (u32, u32), shift: i32, days: u32) {
        if DaySets::is_empty(days) {
            return;
        }
        let known = self.found.entry((from, to, shift)).or_insert(days);
        if *known != days {
            let mut words = sets.set(*known).to_vec();
            unite(&mut words, sets.set(days));
            *known = sets.intern(&words);
        }
    }
}

/// Fills the columns of links; `number` gives a draft its trip.
pub(super) fn fill(
    data: &mut TimetableData,
    sets: &mut DaySets,
    around: &Surroundings,
    number: &[u32],
) -> Result<(), CompileError> {
    let mut links = Links::default();
    let mut steps = 0;
    for (index, feed) in around.feeds.iter().enumerate() {
        let rules = SeatRules::of(feed);
        let repeated: HashSet<u32> = feed.frequencies.iter().map(|frequency| frequency.trip).collect();
        for &(from, to) in &rules.continues {
            if !repeated.contains(&from) && !repeated.contains(&to) {
                continuation(around, sets, &mut links, index, (from, to));
            }
        }
        blocks::link(
            around,
            sets,
            &mut links,
            &blocks::Blocks { index, rules: &rules, repeated: &repeated },
            &mut steps,
        )?;
    }
    let mut rows: Vec<(u32, (u32, i32, u32))> = links
        .found
        .into_iter()
        .map(|((from, to, shift), days)| (number[from as usize], (number[to as usize], shift, days)))
        .collect();
    rows.sort_unstable();
    let back: Vec<(u32, (u32, i32, u32))> =
        rows.iter().map(|&(from, (to, shift, days))| (to, (from, shift, days))).collect();
    let (offsets, items) = group_by_owner(number.len(), &rows);
    data.trip_link_offset = offsets;
    for (to, shift, days) in items {
        data.link_to.push(to);
        data.link_shift.push(shift);
        data.link_days.push(days);
    }
    let (offsets, items) = group_by_owner(number.len(), &back);
    data.trip_link_back_offset = offsets;
    for (from, shift, days) in items {
        data.link_back_from.push(from);
        data.link_back_shift.push(shift);
        data.link_back_days.push(days);
    }
    Ok(())
}

/// One rule of type 4: the run of `to` on the same service day if it departs at or after the arrival, else that of the
/// next service day.
fn continuation(around: &Surroundings, sets: &mut DaySets, links: &mut Links, feed: usize, (from, to): (u32, u32)) {
    let draft = |trip: u32| around.drafts.of(around.bases.trip[feed] + trip).next();
    let (Some(from), Some(to)) = (draft(from), draft(to)) else { return };
    let arrival = around.drafts.last_arrival(from);
    let departure = around.drafts.first_departure(to);
    let bases = around.zones.bases_of(around.zones.of_feed[feed]);
    let days = |draft: u32| DayBits::new(sets.set(around.drafts.all[draft as usize].days));
    let mut same_day = vec![0_u64; sets.width];
    let mut next_day = vec![0_u64; sets.width];
    for day in days(from).iter() {
        // A run does not continue in itself.
        if from != to && days(to).contains(day) && departure >= arrival {
            insert_day(&mut same_day, day as usize);
        } else if days(to).contains(day + 1) && bases[day as usize + 1] + departure >= bases[day as usize] + arrival {
            insert_day(&mut next_day, day as usize);
        }
    }
    for (shift, words) in [(0, same_day), (1, next_day)] {
        let days = sets.intern(&words);
        links.add(sets, (from, to), shift, days);
    }
}
