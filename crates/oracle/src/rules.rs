//! What transfers.txt says of a change.

use crate::query::{StopRef, TripRef};
use tumen_feed::{Feed, Transfer};

/// What the one rule says that a change uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ruling {
    /// No rule matches.
    Unruled,
    /// The rule is of type 3.
    Forbidden,
    /// The change takes so many seconds.
    Takes(i64),
    /// The rule is of type 0 and has no time.
    Untimed,
}

/// One end of a change: a stop, and the trip one leaves or takes there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Side {
    pub(crate) stop: StopRef,
    pub(crate) trip: TripRef,
}

/// How closely one end of a rule says which trip it means; the route is ignored where a trip is named.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Stop,
    Route,
    Trip,
}

/// The rule for a change between two trips.
pub(crate) fn between(feeds: &[Feed], from: Side, to: Side) -> Ruling {
    if from.stop.feed != to.stop.feed {
        return Ruling::Unruled;
    }
    let feed = &feeds[from.stop.feed as usize];
    let route = |side: Side| feed.trips[side.trip.trip as usize].route;
    best(feed, from.stop, to.stop, |rule| {
        matches_end(rule.from_trip, rule.from_route, from.trip.trip, route(from))
            && matches_end(rule.to_trip, rule.to_route, to.trip.trip, route(to))
    })
}

/// The rule for a walk before the first or after the last ride: "Walks before the first and after the last ride use
/// stop-level rules only".
pub(crate) fn stop_level(feeds: &[Feed], from: StopRef, to: StopRef) -> Ruling {
    if from.feed != to.feed {
        return Ruling::Unruled;
    }
    best(&feeds[from.feed as usize], from, to, |rule| classes(rule) == (Class::Stop, Class::Stop))
}

/// "Transfers, in full: the specificity class decides first; within it a rule exact on both stops beats any other; then
/// the first row of the file."
fn best(feed: &Feed, from: StopRef, to: StopRef, matches_trips: impl Fn(&Transfer) -> bool) -> Ruling {
    let rules = feed.transfers.iter().filter(|rule| {
        let (Some(rule_from), Some(rule_to)) = (rule.from_stop, rule.to_stop) else { return false };
        // Types 4 and 5 say who stays seated, not who may change.
        rule.kind <= 3 && covers(feed, rule_from, from.stop) && covers(feed, rule_to, to.stop) && matches_trips(rule)
    });
    let is_exact = |rule: &Transfer| (rule.from_stop, rule.to_stop) == (Some(from.stop), Some(to.stop));
    // `min_by_key` keeps the first of equal rows.
    rules.min_by_key(|rule| (rank(classes(rule)), !is_exact(rule))).map_or(Ruling::Unruled, ruling)
}

/// "A rule on a station covers its children".
fn covers(feed: &Feed, rule_stop: u32, stop: u32) -> bool {
    lineage(feed, stop).any(|ancestor| ancestor == rule_stop)
}

/// The stop, its parent, and so on up.
pub(crate) fn lineage(feed: &Feed, stop: u32) -> impl Iterator<Item = u32> {
    // A damaged feed might have a circle of parents.
    std::iter::successors(Some(stop), |&stop| feed.stops[stop as usize].parent).take(feed.stops.len())
}

fn classes(rule: &Transfer) -> (Class, Class) {
    let class = |trip: Option<u32>, route: Option<u32>| match (trip, route) {
        (Some(_), _) => Class::Trip,
        (None, Some(_)) => Class::Route,
        (None, None) => Class::Stop,
    };
    (class(rule.from_trip, rule.from_route), class(rule.to_trip, rule.to_route))
}

/// "Precedence: trip+trip, trip+route, trip alone, route+route, route alone, stops alone."
fn rank(classes: (Class, Class)) -> u8 {
    match classes {
        (Class::Trip, Class::Trip) => 0,
        (Class::Trip, Class::Route) | (Class::Route, Class::Trip) => 1,
        (Class::Trip, Class::Stop) | (Class::Stop, Class::Trip) => 2,
        (Class::Route, Class::Route) => 3,
        (Class::Route, Class::Stop) | (Class::Stop, Class::Route) => 4,
        (Class::Stop, Class::Stop) => 5,
    }
}

fn matches_end(rule_trip: Option<u32>, rule_route: Option<u32>, trip: u32, route: u32) -> bool {
    match rule_trip {
        Some(rule_trip) => rule_trip == trip,
        None => rule_route.is_none_or(|rule_route| rule_route == route),
    }
}

/// "Types 0, 1 and 2 cost min_transfer_time, else 0, also at one stop"; "type 3 forbids".
fn ruling(rule: &Transfer) -> Ruling {
    match (rule.kind, rule.min_time) {
        (3, _) => Ruling::Forbidden,
        (0, None) => Ruling::Untimed,
        (_, time) => Ruling::Takes(time.map_or(0, i64::from)),
    }
}
