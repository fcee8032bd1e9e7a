//! The runs of a few service days with the useful changes between them: what a search by trips walks over.

use super::blocks::{Blocks, Draft};
use super::expanded::{Expanded, RunInfo};
use super::in_seat::InSeat;
use super::packed::Packed;
use super::reached::Known;
use crate::needed::{Ways, WaysBeingMade};
use crate::network::Network;
use std::ops::Range;
use tumen_base::{DayBits, PatternId, Time};

/// Runs and changes.
pub(crate) struct Graph {
    pub(crate) expanded: Expanded,
    pub(crate) in_seat: InSeat,
    pub(crate) ways: Ways,
    /// What is known of every run before anybody rode it.
    pub(crate) nothing_known: Vec<Known>,
    pub(crate) blocks: Blocks,
    /// Bits of the call in the number of a change: run and call boarded.
    call_bits: u32,
}

impl Graph {
    /// The runs of some days with the changes that the timetable stores for them; `None` where it stores none for these
    /// settings, where they do not fit together, or where the runs are too many.
    pub(crate) fn of(network: &Network<'_>, days: Range<i32>) -> Option<Self> {
        if !super::is_stored(network) || super::precompute::suits(network).is_err() {
            return None;
        }
        let expanded = Expanded::of(network, days)?;
        let in_seat = InSeat::of(network, &expanded)?;
        let calls = (0..network.calendar.patterns())
            .map(|pattern| network.calendar.pattern(PatternId::from_index(pattern)).calls);
        let call_bits = usize::BITS - calls.max().unwrap_or(0).leading_zeros();
        if expanded.run.len() >> (u32::BITS - call_bits) != 0 {
            return None;
        }
        let nothing = |run| if in_seat.onward(run).is_empty() { Known::LEADS_NOWHERE } else { Known::NOTHING };
        let nothing_known = (0..expanded.run.len() as u32).map(nothing).collect();
        let mut graph =
            Self { expanded, in_seat, ways: Ways::default(), nothing_known, blocks: Blocks::default(), call_bits };
        graph.fill(network)?;
        graph.in_seat.forget_onward();
        graph.ways = graph.ways(network.calendar.patterns());
        Some(graph)
    }

    fn fill(&mut self, network: &Network<'_>) -> Option<()> {
        let columns = &network.columns;
        let trips = columns.trip_pattern.len();
        let days = self.expanded.days.clone();
        let mut number = vec![u32::MAX; days.len() * trips];
        for (index, run) in self.expanded.run.iter().enumerate() {
            number[(run.day - days.start) as usize * trips + run.trip.index()] = index as u32;
        }
        let words = network.calendar.words();
        let days_of = |list: usize| {
            let from = (*columns.list_days.get(list)? as usize).checked_mul(words)?;
            columns.list_day_words.get(from..from.checked_add(words)?).map(DayBits::new)
        };
        let mut changes = Vec::new();
        for (run, number_of_run) in self.expanded.run.iter().zip(0_u32..) {
            let arrivals = &self.expanded.arrival[self.expanded.events(number_of_run)];
            let mut lists = owned(columns.trip_list_offset, run.trip.index(), columns.list_days.len())?;
            let list = lists.find(|&list| days_of(list).is_some_and(|days| days.contains(run.day)))?;
            let packed = owned(columns.list_change_offset, list, columns.change.len())?;
            changes.clear();
            for &packed in &columns.change[packed] {
                let Packed { trip, shift, left, boarded } = Packed::unpack(packed);
                if left as usize >= arrivals.len() || changes.last().is_some_and(|&(call, _)| left < call) {
                    return None;
                }
                let day = run.day + shift;
                if !days.contains(&day) {
                    continue;
                }
                let at = (day - days.start) as usize * trips + trip.index();
                let &other = number.get(at).filter(|_| trip.index() < trips)?;
                if other == u32::MAX || boarded as usize + 1 >= self.expanded.events(other).len() {
                    return None;
                }
                changes.push((left, other << self.call_bits | boarded));
            }
            let RunInfo { end, pattern, .. } = self.expanded.info[number_of_run as usize];
            let onward = self.in_seat.onward(number_of_run);
            self.blocks.push(&Draft { end, pattern, arrivals, changes: &changes, onward })?;
        }
        Some(())
    }

    /// The ways that changes and in-seat links make. Changes that are looked up (at the first call of a run one was carried into,
    /// reached late) lead where stored ones of the same call lead, or where something better does.
    fn ways(&self, patterns: usize) -> Ways {
        let mut making = WaysBeingMade::between(patterns);
        for run in 0..self.expanded.run.len() as u32 {
            let (block, from) = (self.blocks.of(run), self.blocks.pattern(run));
            for place in self.blocks.changes(block, 0..self.blocks.calls(block), Time::MAX) {
                making.change(from, self.blocks.pattern(self.boarded(place).0));
            }
            self.in_seat.own(run).iter().for_each(|into| making.carry(from, self.blocks.pattern(into.run)));
        }
        making.made()
    }

    /// The run and the call that the change at a place of the blocks boards.
    pub(crate) fn boarded(&self, place: usize) -> (u32, u32) {
        let change = self.blocks.change(place);
        (change >> self.call_bits, change & ((1 << self.call_bits) - 1))
    }

    /// Its memory in bytes.
    pub(crate) fn bytes(&self) -> usize {
        let parts = [self.expanded.bytes(), self.in_seat.bytes(), self.ways.bytes(), self.blocks.bytes()];
        parts.iter().sum::<usize>() + self.nothing_known.len()
    }
}

/// The entries of an owner among so many; `None` where the file is damaged: stored changes are not checked at opening.
fn owned(offset: &[u32], owner: usize, entries: usize) -> Option<Range<usize>> {
    let &[from, until] = offset.get(owner..owner + 2)? else { return None };
    let range = from as usize..until as usize;
    (range.start <= range.end && range.end <= entries).then_some(range)
}
