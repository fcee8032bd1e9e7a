//! The legs of a journey: every ride exists and may be boarded and left where it is, every change is allowed and in time,
//! and together they are the journey that was promised.

use crate::compiled::Case;
use std::collections::HashMap;
use tumen_base::{StopId, Time, TripId};
use tumen_oracle::{Query, StopRef, TripRef};
use tumen_routing::{Journey, Leg, RidePart};
use tumen_timetable::{Columns, Timetable};

/// Where a ride was boarded or left: stop, the trip that rules see, and when.
#[derive(Clone, Copy)]
struct Event {
    stop: StopId,
    trip: TripId,
    time: Time,
}

/// What is wrong with the legs of a journey, if anything is.
pub fn fault(case: &Case, timetable: &Timetable, query: &Query, journey: &Journey) -> Option<String> {
    check(case, timetable, query, journey).err()
}

fn check(case: &Case, timetable: &Timetable, query: &Query, journey: &Journey) -> Result<(), String> {
    let columns = timetable.columns();
    let place = |stop| columns.stop_and_descendants(case.stop(timetable, stop));
    if journey.legs.is_empty() {
        return require(journey.trips == 0 && journey.departure == journey.arrival, "there are no legs");
    }
    let (first, last) = (&journey.legs[0], &journey.legs[journey.legs.len() - 1]);
    let dwell = |seconds: &HashMap<StopRef, i64>, part: RidePart, call: u32| {
        let stop = case.reference(timetable, columns.stop_at(part.run.trip, call as usize));
        seconds.get(&stop).map_or(0, |&seconds| seconds as i32)
    };
    let check_in = match first {
        Leg::Ride { parts, .. } => dwell(&query.check_in, parts[0], parts[0].from_call),
        Leg::Walk { .. } => 0,
    };
    let control = match last {
        Leg::Ride { parts, .. } => dwell(&query.control, parts[parts.len() - 1], parts[parts.len() - 1].to_call),
        Leg::Walk { .. } => 0,
    };
    require(
        first.departure() == journey.departure + check_in,
        "the first leg leaves at another time than the journey",
    )?;
    require(last.arrival() + control == journey.arrival, "the last leg arrives at another time than the journey")?;

    let rides = journey.legs.iter().filter(|leg| matches!(leg, Leg::Ride { .. })).count();
    require(rides == usize::from(journey.trips), "the rides are not as many as the trips")?;
    let mut at: Option<StopId> = None;
    let mut now = journey.departure;
    let mut left: Option<Event> = None;
    for leg in &journey.legs {
        let (from, to) = match leg {
            Leg::Walk { from, to, .. } => (*from, *to),
            Leg::Ride { parts, departure, arrival } => {
                let (boarding, alighting) = ride(&columns, parts)?;
                require(*departure == boarding.time, "a ride leaves at another time than its run")?;
                require(*arrival == alighting.time, "a ride arrives at another time than its run")?;
                if let Some(left) = left {
                    change(case, timetable, query, left, boarding)?;
                }
                left = Some(alighting);
                (boarding.stop, alighting.stop)
            }
        };
        require(leg.departure() >= now && leg.arrival() >= leg.departure(), "a leg goes back in time")?;
        require(at.map_or(place(query.from).contains(&from), |at| at == from), "a leg begins elsewhere")?;
        (at, now) = (Some(to), leg.arrival());
    }
    require(at.is_some_and(|at| place(query.to).contains(&at)), "the journey ends elsewhere")
}

fn require(holds: bool, fault: &str) -> Result<(), String> {
    if holds { Ok(()) } else { Err(fault.to_owned()) }
}

/// Where and when the runs of a ride are boarded and left.
fn ride(columns: &Columns, parts: &[RidePart]) -> Result<(Event, Event), String> {
    for part in parts {
        require(columns.days_of_trip(part.run.trip).contains(part.run.day), "a run does not run on its day")?;
    }
    for pair in parts.windows(2) {
        let (run, next) = (pair[0].run, pair[1].run);
        let mut links = columns.links_from(run.trip);
        let is_linked =
            links.any(|link| link.trip == next.trip && run.day + link.shift == next.day && link.days.contains(run.day));
        require(is_linked, "the passenger stays seated without a link")?;
        require(pair[0].to_call as usize + 1 == columns.call_count(run.trip), "a run continues before its end")?;
        require(pair[1].from_call == 0, "a run is entered after its beginning")?;
    }
    let (first, last) = (parts[0], parts[parts.len() - 1]);
    let [board, alight] = [first.from_call, last.to_call].map(|call| call as usize);
    let column = |trip: TripId, call: usize| columns.calls_of_trip(trip).start + call;
    require(columns.call_board[column(first.run.trip, board)] != u32::MAX, "nobody may board there")?;
    require(columns.call_alight[column(last.run.trip, alight)] != u32::MAX, "nobody may alight there")?;
    let mut arrival = columns.arrival_of_run(last.run.trip, last.run.day, alight);
    if let [.., before, _] = parts {
        let end = columns.call_count(before.run.trip) - 1;
        arrival = arrival.max(columns.arrival_of_run(before.run.trip, before.run.day, end));
    }
    let boarding = Event {
        stop: columns.stop_at(first.run.trip, board),
        trip: host(columns, first.run.trip, board, true),
        time: columns.departure_of_run(first.run.trip, first.run.day, board),
    };
    let alighting = Event {
        stop: columns.stop_at(last.run.trip, alight),
        trip: host(columns, last.run.trip, alight, false),
        time: arrival,
    };
    Ok((boarding, alighting))
}

/// The host that takes a carriage from a call, or brings it there; of any other trip the trip itself.
fn host(columns: &Columns, trip: TripId, call: usize, takes: bool) -> TripId {
    let Some(way) = columns.way_of_trip(trip) else { return trip };
    let mut hosts = columns.hosts(way);
    let carries = |calls: &std::ops::RangeInclusive<usize>| {
        if takes {
            (*calls.start()..*calls.end()).contains(&call)
        } else {
            (calls.start() + 1..=*calls.end()).contains(&call)
        }
    };
    hosts.find(|host| carries(&host.way_calls)).map_or(trip, |host| host.trip)
}

fn change(case: &Case, timetable: &Timetable, query: &Query, left: Event, boarding: Event) -> Result<(), String> {
    let columns = timetable.columns();
    let side = |event: Event| {
        let stop = case.reference(timetable, event.stop);
        let feed = columns.feed_of_trip(event.trip).0;
        let id = columns.text(columns.trip_id[event.trip.index()]);
        let trip = case.network().feeds[feed as usize].trips.iter().position(|trip| trip.id == id);
        (stop, TripRef { feed, trip: trip.expect("a trip of the feed") as u32 })
    };
    let wait = i64::from(boarding.time - left.time);
    let needed = case.oracle().change_between(query, side(left), side(boarding));
    require(needed.is_some(), "a change is not allowed")?;
    require(needed.is_some_and(|seconds| seconds <= wait), "a change is too short")?;
    require(query.max_wait.is_none_or(|most| wait <= most), "a wait is too long")
}
