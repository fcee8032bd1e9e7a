//! Journeys from rides: times read from the timetable, walks put between, plain trains named where a coach is not needed.

use crate::calendar::PatternView;
use crate::forbidden::Forbidden;
use crate::journey::{Journey, Leg, RidePart, Run};
use crate::network::Network;
use crate::query::{Place, Query};
use tumen_base::{PatternId, StopId, Time, TripId};
use tumen_timetable::entries;

/// The stops of origin and destination between which a journey was found.
#[derive(Clone, Copy)]
pub(crate) struct Ends {
    pub(crate) from: StopId,
    pub(crate) to: StopId,
}

/// A journey from its rides: times read from the timetable, walks put between.
pub(crate) fn assemble(
    network: &Network<'_>,
    query: &Query<'_>,
    forbidden: &Forbidden,
    Ends { from, to }: Ends,
    mut rides: Vec<Vec<RidePart>>,
) -> Journey {
    for part in rides.iter_mut().flatten() {
        plain_train(network, forbidden, part);
    }
    if let Some(last) = rides.last_mut() {
        drop_needless_end(network, last);
    }
    let gate = |from: StopId, to: StopId| forbidden.gates.between(from.0, to.0);
    let onward = |from, to, time: Time, seconds| {
        let departure = gate(from, to).map_or(time, |gate| gate.first_from(time).unwrap_or(time));
        Leg::Walk { from, to, departure, arrival: departure.saturating_add(seconds) }
    };
    let trips = rides.len() as u8;
    let mut legs: Vec<Leg> = Vec::with_capacity(rides.len() * 2 + 1);
    for parts in rides {
        let (first, last) = (parts[0], parts[parts.len() - 1]);
        let departure = departure_of(network, first);
        let mut arrival = arrival_of(network, last);
        if let [.., before, _] = parts[..] {
            arrival = arrival.max(arrival_of(network, before));
        }
        let stop = stop_of(network, first, first.from_call);
        match legs.last() {
            None if stop != from => {
                let walk = walk_seconds(network, from, stop);
                let begin = departure.saturating_sub(walk).saturating_sub(query.from.dwell_at(stop));
                let begin = gate(from, stop).map_or(begin, |gate| gate.last_until(begin).unwrap_or(begin));
                legs.push(Leg::Walk { from, to: stop, departure: begin, arrival: begin.saturating_add(walk) });
            }
            Some(Leg::Ride { parts, arrival: alighted, .. }) => {
                let before = parts[parts.len() - 1];
                let here = stop_of(network, before, before.to_call);
                if here != stop {
                    let walk = change_seconds(network, before, first);
                    legs.push(onward(here, stop, *alighted, walk));
                }
            }
            _ => {}
        }
        legs.push(Leg::Ride { parts, departure, arrival });
    }
    if let Some(Leg::Ride { parts, arrival, .. }) = legs.last() {
        let last = parts[parts.len() - 1];
        let here = stop_of(network, last, last.to_call);
        if here != to {
            let leaves = arrival.saturating_add(query.to.dwell_at(here));
            legs.push(onward(here, to, leaves, walk_seconds(network, here, to)));
        }
    }
    let departure = legs.first().map_or(query.time, |leg| leg.departure().saturating_sub(before(query, leg, from)));
    let arrival = legs.last().map_or(query.time, |leg| leg.arrival().saturating_add(after(query, leg, to)));
    Journey { departure, arrival, trips, legs }
}

/// Drops a run that was entered in-seat only to be left at its first call, where the run before could have been left as well.
/// Only at a journey's end: before a change, which run is left decides the change that is allowed.
fn drop_needless_end(network: &Network<'_>, parts: &mut Vec<RidePart>) {
    if let [.., before, last] = parts[..] {
        let end = view_of(network, before).first_call + before.to_call as usize;
        let same_stop = stop_of(network, before, before.to_call) == stop_of(network, last, last.to_call);
        let in_time = arrival_of(network, last) <= arrival_of(network, before);
        let leaves = network.columns.call_alight[end] != u32::MAX;
        if last.from_call == last.to_call && same_stop && in_time && leaves {
            parts.pop();
        }
    }
}

/// Seconds between the traveller's place and one of its stops.
fn seconds_to(place: &Place, stop: StopId) -> i32 {
    place.stops.iter().filter(|(other, _)| *other == stop).map(|&(_, seconds)| seconds).min().unwrap_or(0)
}

/// Seconds from where the traveller is to the first leg.
fn before(query: &Query<'_>, first: &Leg, from: StopId) -> i32 {
    let dwell = if matches!(first, Leg::Ride { .. }) { query.from.dwell_at(from) } else { 0 };
    seconds_to(&query.from, from).saturating_add(dwell)
}

/// Seconds from the last leg to where the traveller is going.
fn after(query: &Query<'_>, last: &Leg, to: StopId) -> i32 {
    let dwell = if matches!(last, Leg::Ride { .. }) { query.to.dwell_at(to) } else { 0 };
    seconds_to(&query.to, to).saturating_add(dwell)
}

fn walk_seconds(network: &Network<'_>, from: StopId, to: StopId) -> i32 {
    network.walks.of(from.0).iter().find(|(stop, _)| *stop == to.0).map_or(0, |&(_, seconds)| seconds)
}

/// Seconds from where one run is left to where the next is boarded.
fn change_seconds(network: &Network<'_>, before: RidePart, after: RidePart) -> i32 {
    let node = |part: RidePart, call: u32, nodes: &[u32]| nodes[view_of(network, part).first_call + call as usize];
    let alight = node(before, before.to_call, network.columns.call_alight);
    let board = node(after, after.from_call, network.columns.call_board);
    network.changes.of(alight).iter().find(|(to, _)| *to == board).map_or(0, |&(_, seconds)| seconds)
}

fn stop_of(network: &Network<'_>, part: RidePart, call: u32) -> StopId {
    StopId(network.columns.call_stop[view_of(network, part).first_call + call as usize])
}

fn departure_of(network: &Network<'_>, part: RidePart) -> Time {
    view_of(network, part).departure(part.run, part.from_call as usize)
}

fn arrival_of(network: &Network<'_>, part: RidePart) -> Time {
    view_of(network, part).arrival(part.run, part.to_call as usize)
}

fn view_of<'a>(network: &Network<'a>, part: RidePart) -> PatternView<'a> {
    network.calendar.pattern(PatternId(network.columns.trip_pattern[part.run.trip.index()]))
}

/// The ride in the plain train where a through carriage is ridden only as far as one host goes.
fn plain_train(network: &Network<'_>, forbidden: &Forbidden, part: &mut RidePart) {
    let columns = &network.columns;
    let Some(way) = columns.way_of_trip(part.run.trip) else { return };
    for host in entries(columns.way_host_offset, way.0 as usize) {
        let (attach, detach) = (columns.host_way_attach[host], columns.host_way_detach[host]);
        if part.from_call < attach || detach < part.to_call {
            continue;
        }
        let day = part.run.day.saturating_add(columns.host_shift[host]);
        let run = Run { day, trip: TripId(columns.host_trip[host]) };
        let call = |call: u32| columns.host_attach[host] + (call - attach);
        let plain = RidePart { run, from_call: call(part.from_call), to_call: call(part.to_call) };
        // A file may be damaged: the host must really run then, and reach so far.
        if network.calendar.runs(run.trip, day) && plain.to_call <= columns.host_detach[host] && !forbidden.part(&plain)
        {
            *part = plain;
            return;
        }
    }
}
