//! How few boardings a journey may have at best, whatever the hour: where a search for the fewest begins.

use tumen_base::{PatternId, StopId, TripId};
use tumen_timetable::Columns;

use crate::names::Spot;

/// A lower bound of the trips boarded between two ends, from the order of stops alone; `None` where no sequence of trips
/// leads there. Every change and walk that any setting allows is allowed.
pub fn fewest_boardings(columns: &Columns<'_>, from: &Spot, to: &Spot) -> Option<u8> {
    let mut reach = Reach::new(columns);
    for (stop, _) in &from.stops {
        reach.arrive(*stop);
    }
    reach.walk();
    let there = |reach: &Reach<'_>| to.stops.iter().any(|(stop, _)| reach.stops[stop.index()]);
    let mut boardings = 0;
    while !there(&reach) {
        boardings += 1;
        if boardings > tumen_routing::MAX_TRIPS || !reach.ride() {
            return None;
        }
        reach.walk();
    }
    Some(boardings)
}

/// What is reached so far.
struct Reach<'a> {
    columns: &'a Columns<'a>,
    stops: Vec<bool>,
    /// Stops reached since the last boarding.
    fresh: Vec<StopId>,
    /// The earliest call from which a pattern was ridden already.
    ridden: Vec<usize>,
}

impl<'a> Reach<'a> {
    fn new(columns: &'a Columns<'a>) -> Self {
        Self {
            columns,
            stops: vec![false; columns.stop_id.len()],
            fresh: Vec::new(),
            ridden: vec![usize::MAX; columns.pattern_route.len()],
        }
    }

    fn arrive(&mut self, stop: StopId) {
        if !std::mem::replace(&mut self.stops[stop.index()], true) {
            self.fresh.push(stop);
        }
    }

    /// One walk, rule or change within a station from every fresh stop.
    fn walk(&mut self) {
        let columns = self.columns;
        for index in 0..self.fresh.len() {
            let stop = self.fresh[index];
            for offsets in [(columns.walk_offset, columns.walk_stop), (columns.stop_rule_offset, columns.stop_rule_to)]
            {
                for &to in &offsets.1[tumen_timetable::entries(offsets.0, stop.index())] {
                    self.arrive(StopId(to));
                }
            }
            let family = columns.stop_and_descendants(columns.station(stop));
            for stop in family {
                self.arrive(stop);
            }
        }
        // Rules of trips and routes lead further than those of stops.
        for node in 0..columns.alight_stop.len() {
            if self.stops[columns.alight_stop[node] as usize] {
                for &board in &columns.rule_board[tumen_timetable::entries(columns.rule_offset, node)] {
                    self.arrive(StopId(columns.board_stop[board as usize]));
                }
            }
        }
    }

    /// One boarding at every reached stop, in-seat continuations included; whether anything new was reached.
    fn ride(&mut self) -> bool {
        let columns = self.columns;
        self.fresh.clear();
        let before = self.stops.clone();
        let mut queue: Vec<(PatternId, usize)> = Vec::new();
        for pattern in columns.patterns() {
            let calls = columns.calls_of(pattern);
            if let Some(first) = calls.clone().position(|call| before[columns.call_stop[call] as usize]) {
                queue.push((pattern, first));
            }
        }
        while let Some((pattern, first)) = queue.pop() {
            if self.ridden[pattern.index()] <= first {
                continue;
            }
            self.ridden[pattern.index()] = first;
            for call in columns.calls_of(pattern).skip(first + 1) {
                self.arrive(StopId(columns.call_stop[call]));
            }
            for trip in columns.trips_of(pattern).map(TripId::from_index) {
                queue.extend(columns.links_from(trip).map(|link| (columns.pattern_of(link.trip), 0)));
            }
        }
        !self.fresh.is_empty()
    }
}
