//! The rules by what they name, and the one that decides a change.

use super::Stations;
use crate::columns::{RULE_DEFAULT, RULE_FORBIDDEN};
use std::collections::{HashMap, HashSet};
use tumen_feed::{Feed, Transfer};

use super::super::tables::Bases;

/// Whom one end of a rule means; routes and trips are counted over all feeds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(in super::super) enum Whom {
    /// Everybody at the stop.
    Any,
    /// The trips of a route.
    Route(u32),
    /// One trip.
    Trip(u32),
}

/// What a rule names: stops and whom it means at either end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(in super::super) struct RuleKey {
    pub from: u32,
    pub to: u32,
    pub from_whom: Whom,
    pub to_whom: Whom,
}

impl RuleKey {
    /// Whether it names no trip and no route.
    pub(super) fn is_of_stops(&self) -> bool {
        (self.from_whom, self.to_whom) == (Whom::Any, Whom::Any)
    }
}

/// What a rule says: its place in the files, and seconds, `RULE_DEFAULT` or `RULE_FORBIDDEN`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Ruling {
    row: u32,
    pub seconds: i32,
}

/// One end of a change: a stop, and the ways in which rules see whoever arrives or leaves there.
#[derive(Clone, Copy, Debug)]
pub(super) struct End {
    pub stop: u32,
    pub trip: Option<u32>,
    pub route: Option<u32>,
}

impl End {
    pub(super) const fn plain(stop: u32) -> Self {
        Self { stop, trip: None, route: None }
    }

    fn whom(&self, level: Level) -> Option<Whom> {
        match level {
            Level::Trip => self.trip.map(Whom::Trip),
            Level::Route => self.route.map(Whom::Route),
            Level::Any => Some(Whom::Any),
        }
    }
}

#[derive(Clone, Copy)]
enum Level {
    Trip,
    Route,
    Any,
}

/// The classes of rules, the first that has any decides: trip and trip, trip and route, trip alone, route and route,
/// route alone, stops alone.
const CLASSES: [&[(Level, Level)]; 6] = [
    &[(Level::Trip, Level::Trip)],
    &[(Level::Trip, Level::Route), (Level::Route, Level::Trip)],
    &[(Level::Trip, Level::Any), (Level::Any, Level::Trip)],
    &[(Level::Route, Level::Route)],
    &[(Level::Route, Level::Any), (Level::Any, Level::Route)],
    &[(Level::Any, Level::Any)],
];

/// The rules of types 0 to 3 of all feeds.
#[derive(Default)]
pub(in super::super) struct RuleBook {
    pub(super) rules: HashMap<RuleKey, Ruling>,
    /// Pairs of stops that any rule names.
    pairs: HashSet<(u32, u32)>,
}

impl RuleBook {
    /// Reads the rules; of those that name the same the first stays.
    pub(in super::super) fn read(feeds: &[Feed], bases: &Bases) -> Self {
        let mut book = Self::default();
        let mut row = 0;
        for (index, feed) in feeds.iter().enumerate() {
            let whom = |route: Option<u32>, trip: Option<u32>| match (trip, route) {
                (Some(trip), _) => Whom::Trip(bases.trip[index] + trip),
                (None, Some(route)) => Whom::Route(bases.route[index] + route),
                (None, None) => Whom::Any,
            };
            for rule in &feed.transfers {
                row += 1;
                let (Some(from), Some(to), Some(seconds)) = (rule.from_stop, rule.to_stop, seconds(rule)) else {
                    continue;
                };
                let (from, to) = (bases.stop.number(index, from), bases.stop.number(index, to));
                let from_whom = whom(rule.from_route, rule.from_trip);
                let to_whom = whom(rule.to_route, rule.to_trip);
                book.pairs.insert((from, to));
                book.rules.entry(RuleKey { from, to, from_whom, to_whom }).or_insert(Ruling { row, seconds });
            }
        }
        book
    }

    /// What decides a change; `None` where no rule speaks of it. A rule to be left out of account may be named.
    pub(super) fn decide(&self, stations: &Stations, from: End, to: End, without: Option<&RuleKey>) -> Option<i32> {
        let lineage = stations.lineage(to.stop);
        let pairs = stations.lineage(from.stop).flat_map(|from| lineage.clone().map(move |to| (from, to)));
        let mut known = pairs.filter(|pair| self.pairs.contains(pair)).peekable();
        known.peek()?;
        let known: Vec<(u32, u32)> = known.collect();
        CLASSES.into_iter().find_map(|class| {
            let candidates = class.iter().filter_map(|&(left, right)| Some((from.whom(left)?, to.whom(right)?)));
            let rulings = candidates.flat_map(|(from_whom, to_whom)| {
                known.iter().filter_map(move |&(from_stop, to_stop)| {
                    let key = RuleKey { from: from_stop, to: to_stop, from_whom, to_whom };
                    let ruling = self.rules.get(&key).filter(|_| without != Some(&key))?;
                    let is_exact = (from_stop, to_stop) == (from.stop, to.stop);
                    Some((!is_exact, ruling.row, ruling.seconds))
                })
            });
            rulings.min().map(|(.., seconds)| seconds)
        })
    }
}

/// What a row of transfers.txt says of a change; `None` for types 4 and 5, which say who stays seated.
fn seconds(rule: &Transfer) -> Option<i32> {
    match (rule.kind, rule.min_time) {
        (0, None) => Some(RULE_DEFAULT),
        (0..=2, time) => Some(time.unwrap_or(0).max(0)),
        (3, _) => Some(RULE_FORBIDDEN),
        _ => None,
    }
}
