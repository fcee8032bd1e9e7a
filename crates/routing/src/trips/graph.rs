//! The runs of a few service days with the useful changes between them: what a search by trips walks over.

use super::expanded::Expanded;
use super::in_seat::InSeat;
use super::leads::Leads;
use super::packed::Packed;
use super::reached::Known;
use crate::network::Network;
use std::ops::Range;
use tumen_base::{DayBits, PatternId};

/// Runs and changes.
pub(crate) struct Graph {
    pub(crate) expanded: Expanded,
    pub(crate) in_seat: InSeat,
    /// Which patterns lead to which.
    pub(crate) leads: Leads,
    /// What is known of every run before anybody rode it.
    pub(crate) nothing_known: Vec<Known>,
    /// Run and call boarded, in one number.
    change: Vec<u32>,
    /// Bits of the call in such a number.
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
            Self { expanded, in_seat, leads: Leads::default(), nothing_known, change: Vec::new(), call_bits };
        graph.fill(network)?;
        graph.leads = Leads::of(network, &graph);
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
        for index in 0..self.expanded.run.len() {
            let run = self.expanded.run[index];
            let events = self.expanded.events(index as u32);
            let calls = events.len() as u32;
            let mut lists = owned(columns.trip_list_offset, run.trip.index(), columns.list_days.len())?;
            let list = lists.find(|&list| days_of(list).is_some_and(|days| days.contains(run.day)))?;
            let changes = owned(columns.list_change_offset, list, columns.change.len())?;
            let mut call = 0;
            for &packed in &columns.change[changes] {
                let Packed { trip, shift, left, boarded } = Packed::unpack(packed);
                if left < call || left >= calls {
                    return None;
                }
                while call < left {
                    call += 1;
                    self.expanded.event[events.start + call as usize].changes = self.change.len() as u32;
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
                self.change.push(other << self.call_bits | boarded);
            }
            while call < calls {
                call += 1;
                self.expanded.event[events.start + call as usize].changes = self.change.len() as u32;
            }
            u32::try_from(self.change.len()).ok()?;
        }
        Some(())
    }

    /// The changes of consecutive events.
    pub(crate) fn changes(&self, events: Range<usize>) -> Range<usize> {
        self.expanded.event[events.start].changes as usize..self.expanded.event[events.end].changes as usize
    }

    /// The run and the call that a change boards.
    pub(crate) fn boarded(&self, change: usize) -> (u32, u32) {
        let packed = self.change[change];
        (packed >> self.call_bits, packed & ((1 << self.call_bits) - 1))
    }

    /// The event of a run that a change belongs to.
    pub(crate) fn left(&self, run: u32, change: usize) -> u32 {
        let events = self.expanded.events(run);
        let after = &self.expanded.event[events.start + 1..=events.end];
        after.partition_point(|event| event.changes as usize <= change) as u32
    }

    /// Its memory in bytes.
    pub(crate) fn bytes(&self) -> usize {
        self.expanded.bytes()
            + self.in_seat.bytes()
            + self.leads.bytes()
            + self.nothing_known.len()
            + 4 * self.change.len()
    }
}

/// The entries of an owner among so many; `None` where the file is damaged: stored changes are not checked at opening.
fn owned(offset: &[u32], owner: usize, entries: usize) -> Option<Range<usize>> {
    let &[from, until] = offset.get(owner..owner + 2)? else { return None };
    let range = from as usize..until as usize;
    (range.start <= range.end && range.end <= entries).then_some(range)
}
