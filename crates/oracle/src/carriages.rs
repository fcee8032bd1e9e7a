//! Through carriages: the runs of coaches that several trips carry in turn.

use crate::query::{CarriageRef, StopRef, TripRef};
use crate::runs::{Run, RunCall, Vehicle, is_frequency};
use std::ops::RangeInclusive;
use tumen_base::{Date, SECONDS_PER_DAY, ServiceTime};
use tumen_feed::{Feed, Table, TableRow};

/// One alternative for one host of a carriage: a row of `through_carriage_hosts.txt`.
struct Host {
    trip: TripRef,
    /// Positions of the calls at which the carriage is put on and taken off.
    attach: usize,
    detach: usize,
    /// Whole days in the departure_time at which it is put on.
    attach_days: i32,
    /// The least and the longest time between the arrival with the host before and the departure with this one.
    stand: RangeInclusive<i64>,
}

/// The runs of all carriages on the service days `first..=last`, given the runs of all trips.
pub(crate) fn expand(feeds: &[Feed], runs: &[Run], first: Date, last: Date) -> Vec<Run> {
    let mut carriages = Vec::new();
    for (feed_index, feed) in feeds.iter().enumerate() {
        let Some(table) = feed.extension.get("through_carriages.txt") else { continue };
        for (row_index, row) in table.rows.iter().enumerate() {
            let carriage = CarriageRef { feed: feed_index as u32, row: row_index as u32 };
            let service = feed.services.iter().find(|service| service.id == table.value(row, "service_id"));
            let Some(service) = service else { continue };
            let hosts = hosts(feeds, feed_index, table.value(row, "through_carriage_id"));
            let days = (first.0..=last.0).map(Date).filter(|&day| service.runs_on(day));
            carriages.extend(days.filter_map(|day| run(runs, &hosts, carriage, day)));
        }
    }
    carriages
}

/// The hosts of a carriage in order; "rows that share a sequence are alternatives".
fn hosts(feeds: &[Feed], feed: usize, carriage: &str) -> Vec<Vec<Host>> {
    let Some(table) = feeds[feed].extension.get("through_carriage_hosts.txt") else { return Vec::new() };
    let own = table.rows.iter().filter(|row| table.value(row, "through_carriage_id") == carriage);
    let mut rows: Vec<(u32, &TableRow)> =
        own.filter_map(|row| Some((table.value(row, "sequence").parse().ok()?, row))).collect();
    rows.sort_by_key(|&(sequence, _)| sequence);
    let groups = rows.chunk_by(|left, right| left.0 == right.0);
    groups.map(|group| group.iter().filter_map(|&(_, row)| host(feeds, feed, table, row)).collect()).collect()
}

fn host(feeds: &[Feed], own: usize, table: &Table, row: &TableRow) -> Option<Host> {
    let trip = find_trip(feeds, own, table.value(row, "trip_id"))?;
    let feed = &feeds[trip.feed as usize];
    if is_frequency(feed, trip.trip) {
        return None;
    }
    let calls = feed.trips[trip.trip as usize].calls.clone();
    let calls = &feed.calls[calls.start as usize..calls.end as usize];
    let is_at = |column: &str, call: usize| feed.stops[calls[call].stop as usize].id == table.value(row, column);
    // The attach position is the first call at attach_stop that has a later call at detach_stop; the detach position
    // is the first such later call.
    let (attach, detach) = (0..calls.len())
        .filter(|&attach| is_at("attach_stop_id", attach))
        .find_map(|attach| Some((attach, (attach + 1..calls.len()).find(|&later| is_at("detach_stop_id", later))?)))?;
    let stand = |column: &str, default: i32| {
        i64::from(ServiceTime::parse(table.value(row, column).as_bytes()).map_or(default, |time| time.0))
    };
    Some(Host {
        trip,
        attach,
        detach,
        attach_days: calls[attach].departure.div_euclid(SECONDS_PER_DAY),
        stand: stand("min_stand_time", 0)..=stand("max_stand_time", SECONDS_PER_DAY),
    })
}

/// "trip_id (may be feed:id)": a trip of the carriage's own feed first.
fn find_trip(feeds: &[Feed], own: usize, id: &str) -> Option<TripRef> {
    let of = |feed: usize, id: &str| {
        let trip = feeds[feed].trips.iter().position(|trip| trip.id == id)?;
        Some(TripRef { feed: feed as u32, trip: trip as u32 })
    };
    of(own, id).or_else(|| {
        let (name, id) = id.split_once(':')?;
        of(feeds.iter().position(|feed| feed.name == name)?, id)
    })
}

/// The carriage of one day, as far as its hosts carry it; `None` where the first host is missing.
fn run(runs: &[Run], hosts: &[Vec<Host>], carriage: CarriageRef, day: Date) -> Option<Run> {
    let (first, others) = hosts.split_first()?;
    // "A carriage's service day is that of its first host minus the whole days in the departure_time at which it is
    // attached": the host's run is that of the carriage's day minus those days.
    let starts = candidates(runs, first).filter(|&(host, run)| run.day == day.plus(-host.attach_days));
    let (host, found) = earliest(starts)?;
    let trip = host.trip;
    let mut calls = carried(host, found);
    for alternatives in others {
        let arrival = calls[calls.len() - 1].arrival;
        // "Host k is the earliest run among its alternatives that leaves the attach stop within [arrival + min_stand,
        // arrival + max_stand]; if there is none, that day's carriage is a reported hole and is not offered beyond it."
        let next = earliest(
            candidates(runs, alternatives)
                .filter(|(host, run)| host.stand.contains(&(run.calls[host.attach].departure - arrival))),
        );
        let Some((host, found)) = next else { break };
        join(&mut calls, carried(host, found));
    }
    Some(Run { vehicle: Vehicle::Carriage(carriage), trip, day, calls, next: Vec::new() })
}

fn candidates<'a>(runs: &'a [Run], hosts: &'a [Host]) -> impl Iterator<Item = (&'a Host, &'a Run)> {
    hosts
        .iter()
        .flat_map(|host| runs.iter().filter(|run| run.vehicle == Vehicle::Trip(host.trip)).map(move |run| (host, run)))
}

/// The earliest departure from the attach stop; of equal ones the first row's.
fn earliest<'a>(candidates: impl Iterator<Item = (&'a Host, &'a Run)>) -> Option<(&'a Host, &'a Run)> {
    candidates.min_by_key(|(host, run)| run.calls[host.attach].departure)
}

/// The calls from attach to detach. Nobody alights where the carriage is put on, nobody boards where it is taken off.
fn carried(host: &Host, run: &Run) -> Vec<RunCall> {
    let mut calls = run.calls[host.attach..=host.detach].to_vec();
    let last = calls.len() - 1;
    calls[0].alight = None;
    calls[0].arrival = calls[0].departure;
    calls[last].board = None;
    calls[last].departure = calls[last].arrival;
    calls
}

/// "At attach and detach it arrives and leaves with its hosts; both are calls." At one stop they are one call: the
/// host before brings it (arrival, drop_off, rules for alighting), the next takes it (departure, pickup, rules for
/// boarding). At two stops they are two.
fn join(calls: &mut Vec<RunCall>, next: Vec<RunCall>) {
    let last = calls.len() - 1;
    let stop: StopRef = calls[last].stop;
    if stop == next[0].stop {
        calls[last].departure = next[0].departure;
        calls[last].board = next[0].board;
        calls.extend_from_slice(&next[1..]);
    } else {
        calls.extend(next);
    }
}
