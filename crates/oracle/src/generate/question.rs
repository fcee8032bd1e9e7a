//! Random questions about a random network.

use super::Network;
use crate::query::{AgencyRef, BannedRuns, CarriageRef, ChangeTime, Closure, Filters, Gate, Query, StopRef, TripRef};
use crate::runs::Vehicle;
use fastrand::Rng;
use std::fmt;
use tumen_base::Date;
use tumen_feed::Feed;

const HOUR: i64 = 3600;
const DAY: i64 = 24 * HOUR;

/// A question for all three searches.
#[derive(Clone, Debug)]
pub struct Question {
    /// What is asked; for a search by arrival the time is the latest arrival.
    pub query: Query,
    /// The window of the profile.
    pub window_s: i64,
}

/// A random question in the strict mode, or, one in eight, in the ordinary mode with the network's footpaths.
pub fn question(random: &mut Rng, network: &Network) -> Question {
    let (from, mut to) = (stop(random, network), stop(random, network));
    for _ in 0..3 {
        if to == from {
            to = stop(random, network);
        }
    }
    let mut query = Query::new(from, to, 0);
    let day = i64::from(random.i32(network.first.0 - 1..=network.last.0));
    query.time = day * DAY + random.i64(0..24 * 12) * 300;
    query.horizon_s = pick(random, &[6 * HOUR, DAY, 3 * DAY, 3 * DAY, 10 * DAY, 10 * DAY, 30 * DAY]);
    if random.u8(..10) < 3 {
        query.max_wait = Some(pick(random, &[0, 600, HOUR, 6 * HOUR, DAY, 5 * DAY]));
    }
    if random.u8(..4) == 0 {
        query.max_trips = random.u8(1..5);
    }
    match random.u8(..16) {
        0 => query.change_time = ChangeTime::Strict(300),
        1 | 2 => {
            query.change_time = ChangeTime::Ordinary(pick(random, &[0, 120, 600]));
            query.footpaths.clone_from(&network.footpaths);
        }
        _ => {}
    }
    match random.u8(..16) {
        0 => query.extra_change_s = pick(random, &[300, 1800]),
        1 => query.least_change_s = pick(random, &[120, 600, 1800]),
        _ => {}
    }
    if random.u8(..12) == 0 {
        query.check_in.extend((0..2).map(|_| (stop(random, network), 3600)));
        query.control.extend((0..2).map(|_| (stop(random, network), 1800)));
    }
    if random.u8(..4) == 0 {
        query.filters = filters(random, network);
    }
    let window_s = pick(random, &[HOUR, 6 * HOUR, 6 * HOUR, DAY, DAY, 3 * DAY]);
    Question { query, window_s }
}

fn pick<T: Copy>(random: &mut Rng, values: &[T]) -> T {
    values[random.usize(..values.len())]
}

fn feed<'a>(random: &mut Rng, network: &'a Network) -> (u32, &'a Feed) {
    let feed = random.usize(..network.feeds.len());
    (feed as u32, &network.feeds[feed])
}

/// A stop, mostly one that a trip serves.
fn stop(random: &mut Rng, network: &Network) -> StopRef {
    let (index, feed) = feed(random, network);
    let stop = if random.u8(..10) < 8 {
        feed.calls[random.usize(..feed.calls.len())].stop
    } else {
        random.u32(..feed.stops.len() as u32)
    };
    StopRef { feed: index, stop }
}

fn filters(random: &mut Rng, network: &Network) -> Filters {
    let mut filters = Filters::default();
    for _ in 0..random.u8(1..4) {
        let (feed_index, feed) = feed(random, network);
        match random.u8(..17) {
            0..3 => {
                filters.banned_stops.insert(stop(random, network));
            }
            3..6 => {
                let trip = random.u32(..feed.trips.len() as u32);
                filters.banned_trips.insert(TripRef { feed: feed_index, trip });
            }
            6 => {
                let carriages = feed.extension.get("through_carriages.txt").map_or(0, |table| table.rows.len() as u32);
                filters.banned_carriages.extend((0..carriages.min(1)).map(|row| CarriageRef { feed: feed_index, row }));
            }
            15 | 16 => {
                let gate = gate(random, network);
                filters.gates.extend(gate.filter(|gate| filters.gate(gate.from, gate.to).is_none()));
            }
            7 | 8 => filters.closures.push(closure(random, network)),
            9..12 => filters.banned_runs.push(banned_runs(random, network)),
            12 | 13 => filters.modes = Some([pick(random, &[2, 3]), 1100].into()),
            _ => {
                let agency = random.u32(..feed.agencies.len() as u32);
                filters.agencies = Some([AgencyRef { feed: feed_index, agency }].into());
            }
        }
    }
    filters
}

/// Closes two to four hops, as borders may be closed to a traveller.
pub fn close_hops(random: &mut Rng, network: &Network, query: &mut Query) {
    query.filters.closures = (0..random.usize(2..5)).map(|_| closure(random, network)).collect();
}

/// A hop of some trip, closed to the runs of some days.
fn closure(random: &mut Rng, network: &Network) -> Closure {
    let (index, feed) = feed(random, network);
    let calls = feed.trips[random.usize(..feed.trips.len())].calls.clone();
    let call = random.usize(calls.start as usize..calls.end as usize - 1);
    let [from, to] = [call, call + 1].map(|call| StopRef { feed: index, stop: feed.calls[call].stop });
    let (first, last) = days(random, network);
    Closure { from, to, first, last }
}

/// A way between two stops, open for some hours of every day.
fn gate(random: &mut Rng, network: &Network) -> Option<Gate> {
    let (index, feed) = feed(random, network);
    let rule = feed.transfers.get(random.usize(..feed.transfers.len().max(1)));
    let ends = rule.and_then(|rule| Some([rule.from_stop?, rule.to_stop?]));
    let path = network.footpaths.get(random.usize(..network.footpaths.len().max(1)));
    let ruled = ends.filter(|[from, to]| from != to).map(|ends| ends.map(|stop| StopRef { feed: index, stop }));
    let [from, to] = ruled.or(path.map(|path| [path.from, path.to]))?;
    let (first, last) = days(random, network);
    let (opens, hours) = (random.i64(0..24) * HOUR, random.i64(1..12));
    let days = i64::from(first.0)..=i64::from(last.0);
    let open = days.map(|day| day * DAY + opens..day * DAY + opens + hours * HOUR).collect();
    Some(Gate { from, to, open })
}

/// A trip, or the first carriage of its feed, that does not run on some days.
fn banned_runs(random: &mut Rng, network: &Network) -> BannedRuns {
    let (index, feed) = feed(random, network);
    let has_carriages = feed.extension.get("through_carriages.txt").is_some_and(|table| !table.rows.is_empty());
    let of = if has_carriages && random.u8(..3) == 0 {
        Vehicle::Carriage(CarriageRef { feed: index, row: 0 })
    } else {
        Vehicle::Trip(TripRef { feed: index, trip: random.u32(..feed.trips.len() as u32) })
    };
    let (first, last) = days(random, network);
    BannedRuns { of, first, last }
}

/// Some days in a row, half the time all of them.
fn days(random: &mut Rng, network: &Network) -> (Date, Date) {
    let days = network.first.0..=network.last.0;
    let first = Date(random.i32(days.clone()));
    let last = Date(random.i32(first.0..=network.last.0));
    if random.bool() { (first, last) } else { (Date(*days.start()), Date(*days.end())) }
}

impl Question {
    /// The question for people, with the ids of the network.
    pub fn describe(&self, network: &Network) -> impl fmt::Display {
        let Query { from, to, time, horizon_s, max_wait, max_trips, .. } = &self.query;
        let Query { change_time, least_change_s, extra_change_s, footpaths, filters, check_in, control, .. } =
            &self.query;
        let id = |stop: &StopRef| {
            let feed = &network.feeds[stop.feed as usize];
            format!("{}:{}", feed.name, feed.stops[stop.stop as usize].id)
        };
        let when = jiff::Timestamp::from_second(*time).unwrap_or_default();
        let footpaths = footpaths.iter().map(|path| format!("{} {} {} s", id(&path.from), id(&path.to), path.seconds));
        let footpaths: Vec<String> = footpaths.collect();
        format!(
            "{} -> {} at {when} ({time}), window {} s, horizon {horizon_s} s, max_wait {max_wait:?}, \
             max_trips {max_trips}, {change_time:?} at least {least_change_s} + {extra_change_s} s, footpaths {footpaths:?}, {filters:?}, check-in {check_in:?}, control {control:?}, days {}..{}",
            id(from),
            id(to),
            self.window_s,
            network.first,
            network.last
        )
    }
}
