//! In-seat transfers: into which runs the passengers of a run may stay seated.

use crate::runs::{Run, Vehicle, is_frequency};
use std::collections::BTreeMap;
use tumen_base::Date;
use tumen_feed::{Feed, Transfer};

/// Fills in `Run::next` of the runs of all trips. They are computed on the unfiltered calendar.
pub(crate) fn link(feeds: &[Feed], runs: &mut [Run]) {
    for (index, feed) in feeds.iter().enumerate() {
        // "Frequency trips have no links of either kind."
        let seated: Vec<usize> = (0..runs.len())
            .filter(|&run| match runs[run].vehicle {
                Vehicle::Trip(trip) => trip.feed as usize == index && !is_frequency(feed, trip.trip),
                Vehicle::Carriage(_) => false,
            })
            .collect();
        link_rules(feed, runs, &seated);
        link_blocks(feed, runs, &seated);
    }
}

/// Rules of one transfer_type, as pairs of trips.
fn pairs(feed: &Feed, kind: u8) -> impl Iterator<Item = (u32, u32)> {
    let rules = feed.transfers.iter().filter(move |rule| rule.kind == kind);
    rules.filter_map(|rule: &Transfer| Some((rule.from_trip?, rule.to_trip?)))
}

/// "transfer_type 4: each rule is a continuation of its own: from the last call of one trip to the first call of the
/// other's run on the same service day if it departs at or after the arrival, else of the next service day; no further.
/// 1-to-n and n-to-1 are several rules."
fn link_rules(feed: &Feed, runs: &mut [Run], seated: &[usize]) {
    let run_on =
        |trip: u32, day: Date| seated.iter().copied().find(|&run| (runs[run].trip.trip, runs[run].day) == (trip, day));
    let mut links = Vec::new();
    for (from, to) in pairs(feed, 4) {
        for &run in seated.iter().filter(|&&run| runs[run].trip.trip == from) {
            let in_time = |next: &usize| runs[*next].first_departure() >= runs[run].last_arrival();
            let same_day = run_on(to, runs[run].day).filter(in_time);
            let next_day = || run_on(to, runs[run].day.plus(1)).filter(in_time);
            links.extend(same_day.or_else(next_day).map(|next| (run, next)));
        }
    }
    for (run, next) in links {
        runs[run].next.push(next);
    }
}

/// "block_id: among the runs of one service day, across service_ids, in order of first departure then last arrival,
/// each continues in the next if that one departs no earlier than it arrives and the last and first stop are the same,
/// share a parent, or lie within 200 m; otherwise there is no link."
fn link_blocks(feed: &Feed, runs: &mut [Run], seated: &[usize]) {
    let mut blocks: BTreeMap<(&str, Date), Vec<usize>> = BTreeMap::new();
    for &run in seated {
        let block = feed.trips[runs[run].trip.trip as usize].block.as_str();
        if !block.is_empty() {
            blocks.entry((block, runs[run].day)).or_default().push(run);
        }
    }
    for block in blocks.values_mut() {
        // Equal keys keep the order of trips.txt: the sort is stable.
        block.sort_by_key(|&run| (runs[run].first_departure(), runs[run].last_arrival()));
        for neighbours in block.windows(2) {
            let (run, next) = (neighbours[0], neighbours[1]);
            let (from, to) = (runs[run].trip.trip, runs[next].trip.trip);
            let last = runs[run].calls[runs[run].calls.len() - 1].stop.stop;
            let first = runs[next].calls[0].stop.stop;
            let in_time = runs[next].first_departure() >= runs[run].last_arrival();
            // "A trip with an outgoing type 4 rule has no outgoing block link, also on days the target does not run."
            let has_rule = pairs(feed, 4).any(|rule| rule.0 == from);
            // "Type 5 breaks a block."
            let is_broken = pairs(feed, 5).any(|rule| rule == (from, to));
            if in_time && is_beside(feed, last, first) && !has_rule && !is_broken {
                runs[run].next.push(next);
            }
        }
    }
}

/// "the last and first stop are the same, share a parent, or lie within 200 m"
fn is_beside(feed: &Feed, left: u32, right: u32) -> bool {
    let [left_stop, right_stop] = [left, right].map(|stop| &feed.stops[stop as usize]);
    let shares_parent = left_stop.parent.is_some() && left_stop.parent == right_stop.parent;
    let is_near = match (left_stop.position, right_stop.position) {
        (Some(left), Some(right)) => great_circle_metres(left, right) <= 200.0,
        _ => false,
    };
    left == right || shares_parent || is_near
}

/// The distance of two points on a sphere of the mean radius of the earth, by the haversine formula.
fn great_circle_metres(left: (f64, f64), right: (f64, f64)) -> f64 {
    const EARTH_RADIUS_METRES: f64 = 6_371_000.0;
    let [north, east] = [right.0 - left.0, right.1 - left.1].map(f64::to_radians);
    let cosines = left.0.to_radians().cos() * right.0.to_radians().cos();
    let square = (north / 2.0).sin().powi(2) + cosines * (east / 2.0).sin().powi(2);
    2.0 * EARTH_RADIUS_METRES * square.sqrt().min(1.0).asin()
}
