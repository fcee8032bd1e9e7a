//! Which changes of a run can ever be of use (Witt 2015, section 3.2): those that reach some stop earlier than staying seated,
//! or than a change at a later call.

use super::changes::Change;
use super::expanded::Expanded;
use super::in_seat::{InSeat, Into};
use super::{LONGEST, NOWHERE};
use crate::network::Network;
use tumen_base::{PatternId, Time};

/// A value for each node or pattern, forgotten all at once.
struct Stamped<T> {
    of: Vec<(u32, T)>,
    stamp: u32,
}

impl<T: Copy> Stamped<T> {
    fn new(length: usize, value: T) -> Self {
        Self { of: vec![(0, value); length], stamp: 0 }
    }

    fn forget(&mut self) {
        self.stamp = self.stamp.wrapping_add(1);
        if self.stamp == 0 {
            self.of.iter_mut().for_each(|(stamp, _)| *stamp = 0);
            self.stamp = 1;
        }
    }

    fn get(&self, index: u32) -> Option<T> {
        let (stamp, value) = self.of[index as usize];
        (stamp == self.stamp).then_some(value)
    }

    fn set(&mut self, index: u32, value: T) {
        self.of[index as usize] = (self.stamp, value);
    }
}

/// Reduces the changes of one run after another.
pub(crate) struct Reducer<'e, 'n, 'a> {
    network: &'n Network<'a>,
    expanded: &'e Expanded,
    in_seat: &'e InSeat,
    /// When an alight node is reached at the earliest so far.
    reached: Stamped<Time>,
    /// The earliest run of a pattern that passengers were carried into so far.
    carried: Stamped<u32>,
}

impl<'e, 'n, 'a> Reducer<'e, 'n, 'a> {
    /// A reducer for the runs of some days.
    pub(crate) fn new(network: &'n Network<'a>, expanded: &'e Expanded, in_seat: &'e InSeat) -> Self {
        let nodes = network.columns.alight_stop.len();
        let patterns = network.calendar.patterns();
        Self { network, expanded, in_seat, reached: Stamped::new(nodes, 0), carried: Stamped::new(patterns, 0) }
    }

    /// Keeps of a run's changes those that can be of use; `changes` go from its last call to its first.
    pub(crate) fn reduce(&mut self, run: u32, changes: &mut Vec<Change>) {
        self.reached.forget();
        self.carried.forget();
        for &into in self.in_seat.own(run) {
            self.carry(into, Time::MAX);
        }
        let mut below = self.expanded.events(run).len() as u32;
        changes.retain(|change| {
            while below > change.left {
                below -= 1;
                self.reach(run, below, self.expanded.arrival_at(run, below as usize));
            }
            let limit = self.expanded.arrival_at(run, change.left as usize).saturating_add(LONGEST);
            let mut useful = self.ride(change.run, change.boarded + 1, limit);
            for &into in self.in_seat.onward(change.run) {
                if into.first <= limit {
                    useful |= self.carry(into, limit);
                }
            }
            useful
        });
    }

    /// Steps off at a call of a run at a time; answers whether that was never done so early.
    fn reach(&mut self, run: u32, call: u32, time: Time) -> bool {
        let pattern = PatternId(self.expanded.info[run as usize].pattern);
        let node = self.network.columns.call_alight[self.network.columns.calls_of(pattern).start + call as usize];
        if node == NOWHERE || self.reached.get(node).is_some_and(|known| known <= time) {
            return false;
        }
        self.reached.set(node, time);
        true
    }

    /// Steps off at every call of a run from one on that is reached by a time.
    fn ride(&mut self, run: u32, from: u32, limit: Time) -> bool {
        let arrivals = &self.expanded.arrival[self.expanded.events(run)];
        let pattern = PatternId(self.expanded.info[run as usize].pattern);
        let nodes = &self.network.columns.call_alight[self.network.columns.calls_of(pattern)];
        let mut useful = false;
        for (&node, &time) in nodes.iter().zip(arrivals).skip(from as usize) {
            if time > limit {
                break;
            }
            if node != NOWHERE && self.reached.get(node).is_none_or(|known| time < known) {
                self.reached.set(node, time);
                useful = true;
            }
        }
        useful
    }

    /// The same in a run that passengers are carried into.
    fn carry(&mut self, Into { run, first, .. }: Into, limit: Time) -> bool {
        let pattern = self.expanded.info[run as usize].pattern;
        let mut useful = self.reach(run, 0, first);
        if self.carried.get(pattern).is_none_or(|known| run < known) {
            self.carried.set(pattern, run);
            useful |= self.ride(run, 1, limit);
        }
        useful
    }
}
