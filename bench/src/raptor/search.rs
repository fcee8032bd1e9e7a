//! The rounds.

use super::changes::Changes;
use super::labels::{Labels, NEVER};
use super::runs::{RunRef, Runs};
use super::{Question, Row};
use std::collections::{BTreeMap, HashMap};
use tumen_base::Time;
use tumen_timetable::entries;

/// Answers questions about the days whose runs were expanded.
pub struct Plain<'p, 'a> {
    runs: &'p Runs<'a>,
    changes: &'p Changes,
    labels: Labels,
    /// Seconds from an alight node to the destination.
    to_target: HashMap<u32, i32>,
    /// Alight nodes that the round improved.
    exits: Vec<u32>,
    /// Board nodes that the round improved.
    entries: Vec<u32>,
}

/// A first ride of a profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Start {
    /// Departure of the run minus the walk before it.
    time: Time,
    run: RunRef,
    /// The call at which it is boarded.
    call: usize,
}

impl<'p, 'a> Plain<'p, 'a> {
    /// A search over the runs of some days.
    pub fn new(runs: &'p Runs<'a>, changes: &'p Changes) -> Self {
        let labels = Labels::new(changes.from_alight.len(), runs.columns.board_stop.len(), runs.patterns());
        Self { runs, changes, labels, to_target: HashMap::new(), exits: Vec::new(), entries: Vec::new() }
    }

    /// Every (arrival, trips) that no other beats, departing at the question's time or later. Sorted.
    pub fn earliest(&mut self, question: &Question) -> Vec<Row> {
        self.begin(question);
        self.labels.limit = question.time + question.horizon + 1;
        if let Some(walk) = self.changes.on_foot(&question.from, &question.to) {
            self.labels.improve_target(0, question.time + walk);
        }
        let changes = self.changes;
        for &(stop, walk) in question.from.iter().flat_map(|stop| &changes.walks[stop.index()]) {
            for &node in &changes.boards[stop as usize] {
                self.improve_entry(0, node, question.time + walk);
            }
        }
        self.ride_on(1);
        self.rows(question.time, &[])
    }

    /// Every (departure, arrival, trips) that no other beats, departing in a window of so many seconds. Sorted.
    ///
    /// Departures from the last to the first (rRAPTOR): labels of later departures stay, since who leaves later and arrives
    /// no later with no more trips is never worse.
    pub fn profile(&mut self, question: &Question, window: i32) -> Vec<Row> {
        let mut rows = Vec::new();
        if question.from.iter().any(|stop| question.to.contains(stop)) {
            return rows;
        }
        self.begin(question);
        let walk = self.changes.on_foot(&question.from, &question.to).unwrap_or(NEVER);
        let starts = self.starts(question, window);
        for group in starts.chunk_by(|one, other| one.time == other.time).rev() {
            let time = group[0].time;
            self.labels.limit = (time + question.horizon + 1).min(time.saturating_add(walk));
            let before = self.labels.target.clone();
            if question.most_trips > 0 {
                self.labels.begin_round(1);
                for start in group {
                    self.ride(1, start.run, start.call);
                }
                self.change(1);
                self.ride_on(2);
            }
            rows.extend(self.rows(time, &before));
        }
        rows.sort_unstable();
        rows
    }

    /// Every (departure, trips) that no other beats, arriving at the question's time or earlier. Sorted.
    ///
    /// What is `claimed` is proved by searches forward if it is right: each departure claimed arrives in time, and a second
    /// after it (or from the horizon on, before the first) nothing with fewer trips than the next one does. If it is
    /// wrong, the answer is read off the profile of the whole horizon.
    pub fn latest(&mut self, question: &Question, claimed: &[Row]) -> Vec<Row> {
        let mut claimed = claimed.to_vec();
        claimed.sort_unstable();
        if self.proves(question, &claimed) {
            return claimed;
        }
        let from = Question { time: question.time - question.horizon, ..question.clone() };
        let arrives = |row: &Row| row.arrival <= question.time;
        let mut rows: Vec<Row> = self.profile(&from, question.horizon + 1).into_iter().filter(arrives).collect();
        let walk = self.changes.on_foot(&question.from, &question.to).filter(|&walk| walk <= question.horizon);
        rows.extend(walk.map(|walk| Row { departure: question.time - walk, arrival: question.time, trips: 0 }));
        for row in &mut rows {
            row.arrival = question.time;
        }
        rows.sort_unstable_by_key(|row| (row.trips, -row.departure));
        let mut latest = Time::MIN;
        rows.retain(|row| {
            let later = row.departure > latest;
            latest = latest.max(row.departure);
            later
        });
        rows
    }

    fn proves(&mut self, question: &Question, claimed: &[Row]) -> bool {
        if !claimed.is_sorted_by(|one, next| one.departure < next.departure && one.trips < next.trips) {
            return false;
        }
        let mut reached = |from: Time, trips: Option<u8>| match trips {
            Some(most_trips) if from <= question.time => {
                let horizon = question.time - from;
                !self.earliest(&Question { time: from, horizon, most_trips, ..question.clone() }).is_empty()
            }
            _ => false,
        };
        let mut from = question.time - question.horizon;
        for row in claimed {
            if row.departure < from
                || reached(from, row.trips.checked_sub(1))
                || !reached(row.departure, Some(row.trips))
            {
                return false;
            }
            from = row.departure + 1;
        }
        !reached(from, Some(question.most_trips))
    }

    fn begin(&mut self, question: &Question) {
        self.labels.clear(question.most_trips);
        self.exits.clear();
        self.entries.clear();
        self.to_target.clear();
        for &(stop, walk) in question.to.iter().flat_map(|stop| &self.changes.walks_back[stop.index()]) {
            for &node in &self.changes.alights[stop as usize] {
                let seconds = self.to_target.entry(node).or_insert(walk);
                *seconds = walk.min(*seconds);
            }
        }
    }

    /// Arrivals for the fewest trips that allow them, where they are better than before.
    fn rows(&self, departure: Time, before: &[Time]) -> Vec<Row> {
        let target = &self.labels.target;
        let better = (0..target.len()).filter(|&trips| {
            let fewer = trips.checked_sub(1).map_or(NEVER, |fewer| target[fewer]);
            target[trips] < fewer && before.get(trips).is_none_or(|&before| target[trips] < before)
        });
        better.map(|trips| Row { departure, arrival: target[trips], trips: trips as u8 }).collect()
    }

    /// Every boarding of a first ride that leaves within the window, sorted.
    fn starts(&self, question: &Question, window: i32) -> Vec<Start> {
        let columns = &self.runs.columns;
        let mut starts = Vec::new();
        for &(stop, walk) in question.from.iter().flat_map(|stop| &self.changes.walks[stop.index()]) {
            for &node in &self.changes.boards[stop as usize] {
                for place in entries(columns.board_call_offset, node as usize) {
                    let (pattern, call) =
                        (columns.board_call_pattern[place], columns.board_call_position[place] as usize);
                    if call + 1 == self.runs.calls(pattern).len() {
                        continue;
                    }
                    let first = self.runs.first_leaving(pattern, call, question.time + walk);
                    let runs = (first..self.runs.count(pattern)).map(|run| RunRef { pattern, run });
                    let leave = runs.map(|run| Start { time: self.runs.departure(run, call) - walk, run, call });
                    starts.extend(leave.take_while(|start| start.time < question.time + window));
                }
            }
        }
        starts.sort_unstable();
        starts
    }

    /// Rounds from a number of trips on, until nothing improves.
    fn ride_on(&mut self, first: usize) {
        for trips in first..self.labels.target.len() {
            if self.entries.is_empty() {
                return;
            }
            self.labels.begin_round(trips);
            for (pattern, call) in self.queue() {
                self.scan(trips, pattern, call);
            }
            self.change(trips);
        }
        self.entries.clear();
    }

    /// The patterns that call where an entry was improved, each with the first such call.
    fn queue(&mut self) -> BTreeMap<u32, usize> {
        let columns = &self.runs.columns;
        let mut queue = BTreeMap::new();
        for node in self.entries.drain(..) {
            for place in entries(columns.board_call_offset, node as usize) {
                let call = columns.board_call_position[place] as usize;
                let first = queue.entry(columns.board_call_pattern[place]).or_insert(call);
                *first = call.min(*first);
            }
        }
        queue
    }

    /// Rides a pattern: the earliest run that can be boarded, exchanged for an earlier one wherever that can be caught.
    fn scan(&mut self, trips: usize, pattern: u32, first: usize) {
        let calls = self.runs.calls(pattern);
        let mut aboard: Option<u32> = None;
        for call in first..calls.len() {
            if let Some(run) = aboard {
                let time = self.runs.arrival(RunRef { pattern, run }, call);
                self.improve_exit(trips, self.runs.columns.call_alight[calls.start + call], time);
            }
            let node = self.runs.columns.call_board[calls.start + call];
            if node == u32::MAX || call + 1 == calls.len() {
                continue;
            }
            let ready = self.labels.entry(trips - 1, node);
            let leaves = |run| self.runs.departure(RunRef { pattern, run }, call) >= ready;
            aboard = match aboard {
                _ if ready == NEVER => aboard,
                Some(run) => Some((0..run).rev().take_while(|&run| leaves(run)).last().unwrap_or(run)),
                None => {
                    Some(self.runs.first_leaving(pattern, call, ready)).filter(|&run| run < self.runs.count(pattern))
                }
            };
        }
        if let Some(run) = aboard.filter(|_| self.runs.linked(pattern)) {
            self.follow(trips, pattern, run);
        }
    }

    /// Follows the in-seat links of a run and of every later one of its pattern: each of them can be boarded as well, and may
    /// continue elsewhere.
    fn follow(&mut self, trips: usize, pattern: u32, first: u32) {
        let until = self.labels.follow(trips, pattern, first).min(self.runs.count(pattern));
        for run in first..until {
            let run = RunRef { pattern, run };
            let end = self.runs.arrival(run, self.runs.calls(pattern).len() - 1);
            if end >= self.labels.bound(trips) {
                return;
            }
            self.stay_seated(trips, run);
        }
    }

    /// Rides one run from a call to its end, and what it continues in.
    fn ride(&mut self, trips: usize, run: RunRef, boarded: usize) {
        let calls = self.runs.calls(run.pattern);
        for call in boarded + 1..calls.len() {
            let time = self.runs.arrival(run, call);
            self.improve_exit(trips, self.runs.columns.call_alight[calls.start + call], time);
        }
        self.stay_seated(trips, run);
    }

    /// Rides whatever a run continues in.
    fn stay_seated(&mut self, trips: usize, run: RunRef) {
        let mut ended = vec![run];
        while let Some(run) = ended.pop() {
            let end = self.runs.arrival(run, self.runs.calls(run.pattern).len() - 1);
            for next in self.runs.continuations(run) {
                // The first call is reached no earlier than the run before ended, so it depends on that run.
                let calls = self.runs.calls(next.pattern);
                let first = self.runs.arrival(next, 0).max(end);
                self.improve_exit(trips, self.runs.columns.call_alight[calls.start], first);
                if self.labels.sit(trips, next) {
                    for call in 1..calls.len() {
                        let time = self.runs.arrival(next, call);
                        self.improve_exit(trips, self.runs.columns.call_alight[calls.start + call], time);
                    }
                    ended.push(next);
                }
            }
        }
    }

    /// Changes from every node that the round improved.
    fn change(&mut self, trips: usize) {
        let mut exits = std::mem::take(&mut self.exits);
        exits.sort_unstable();
        exits.dedup();
        for node in exits {
            let time = self.labels.exit(trips, node);
            for &(board, seconds) in &self.changes.from_alight[node as usize] {
                self.improve_entry(trips, board, time + seconds);
            }
        }
    }

    fn improve_exit(&mut self, trips: usize, node: u32, time: Time) {
        if node != u32::MAX && self.labels.improve_exit(trips, node, time) {
            self.exits.push(node);
            if let Some(walk) = self.to_target.get(&node) {
                self.labels.improve_target(trips, time + walk);
            }
        }
    }

    fn improve_entry(&mut self, trips: usize, node: u32, time: Time) {
        if self.labels.improve_entry(trips, node, time) {
            self.entries.push(node);
        }
    }
}
