//! A journey put together again from rides and walks that were looked up: its changes must still be possible.

use tumen_base::{StopId, Time};
use tumen_journey::airports::Airports;
use tumen_journey::geography::Position;
use tumen_journey::itinerary::Itinerary;
use tumen_journey::names::Spot;
use tumen_journey::present::View;
use tumen_journey::search::{self, Usable};
use tumen_routing::{Journey, Leg, MAX_TRIPS, RidePart};
use tumen_timetable::Columns;

use super::refresh::{Found, FoundEnd, FoundRide, FoundWalk};

/// Why legs make no journey.
pub struct Broken {
    /// The leg.
    pub leg: usize,
    /// Why.
    pub text: String,
}

/// A ride with the walk to it.
struct Step<'f> {
    leg: usize,
    walk: Option<&'f FoundWalk>,
    ride: &'f FoundRide,
}

/// The journey that the legs make.
///
/// # Errors
/// When a change is missed, or the legs are those of no journey.
pub fn itinerary(view: &View<'_>, found: &[Found]) -> Result<Itinerary, Broken> {
    let columns = view.columns();
    let (steps, last_walk) = steps(found)?;
    let Some(first) = steps.first() else { return Err(Broken { leg: 0, text: "it has no ride".to_owned() }) };
    let airports = Airports::of(&columns, &Usable::default());
    let mut ends = Ends { from: None, to: None };
    let from = columns.stop_at(first.ride.part.run.trip, first.ride.part.from_call as usize);
    let mut departure = leaves(&columns, first.ride.part).saturating_sub(seconds_at(&airports.before(), from));
    let mut legs = Vec::new();
    if let Some(walk) = first.walk {
        let begin = departure.saturating_sub(walk.seconds);
        match walk.ends[0] {
            FoundEnd::Point(point) => ends.from = Some(around(point, from, walk.seconds)),
            FoundEnd::Stop(stop) => legs.push(Leg::Walk { from: stop, to: from, departure: begin, arrival: departure }),
        }
        departure = begin;
    }
    for (number, step) in steps.iter().enumerate() {
        let before = number.checked_sub(1).map(|number| &steps[number]);
        ride(view, &mut legs, before, step)?;
    }
    let rides = || legs.iter().filter(|leg| matches!(leg, Leg::Ride { .. }));
    let trips = u8::try_from(rides().count()).unwrap_or(u8::MAX);
    if trips > MAX_TRIPS {
        return Err(Broken { leg: 0, text: "it has more rides than any journey".to_owned() });
    }
    let last = steps[steps.len() - 1].ride.part;
    let to = columns.stop_at(last.run.trip, last.to_call as usize);
    let mut arrival = arrives(&columns, last).saturating_add(seconds_at(&airports.after(), to));
    if let Some(walk) = last_walk {
        let end = arrival.saturating_add(walk.seconds);
        match walk.ends[1] {
            FoundEnd::Point(point) => ends.to = Some(around(point, to, walk.seconds)),
            FoundEnd::Stop(stop) => legs.push(Leg::Walk { from: to, to: stop, departure: arrival, arrival: end }),
        }
        arrival = end;
    }
    let here = |stop: StopId| Spot { name: view.name(stop), stops: vec![(stop, 0)], coordinate: None };
    let (begin, finish) = (ends.from.unwrap_or_else(|| here(from)), ends.to.unwrap_or_else(|| here(to)));
    let journey = Journey { departure, arrival, trips, legs };
    let mut itinerary = Itinerary::of(view.world, view.distances, &journey, &begin, &finish);
    airports.add_to(&mut itinerary);
    Ok(itinerary)
}

/// The points between which one walks, where there are any.
struct Ends {
    from: Option<Spot>,
    to: Option<Spot>,
}

/// Each ride with the walk before it, and the walk after the last one.
fn steps(found: &[Found]) -> Result<(Vec<Step<'_>>, Option<&FoundWalk>), Broken> {
    let mut steps = Vec::new();
    let mut walk: Option<&FoundWalk> = None;
    for (leg, found) in found.iter().enumerate() {
        match found {
            Found::Ride(ride) => steps.push(Step { leg, walk: walk.take(), ride }),
            Found::Walk(next) => {
                if walk.replace(next).is_some() {
                    return Err(Broken { leg, text: "two walks follow each other".to_owned() });
                }
            }
        }
    }
    Ok((steps, walk))
}

/// Adds a ride, with the walk to it where it is not the first.
fn ride(view: &View<'_>, legs: &mut Vec<Leg>, before: Option<&Step<'_>>, step: &Step<'_>) -> Result<(), Broken> {
    let columns = view.columns();
    let part = step.ride.part;
    let (departure, arrival) = (leaves(&columns, part), arrives(&columns, part));
    let Some(before) = before else {
        legs.push(Leg::Ride { parts: vec![part], departure, arrival });
        return Ok(());
    };
    let stop = columns.stop_at(part.run.trip, part.from_call as usize);
    let since = arrives(&columns, before.ride.part);
    let needed = match step.walk {
        Some(walk) => walk.seconds,
        None if step.ride.seated => 0,
        // As long as it was, or as the timetable takes for usual.
        None => {
            let slack = step.ride.was[0].saturating_sub(before.ride.was[1]).max(0);
            search::settings(&columns, None, None).change_time.min(i32::try_from(slack).unwrap_or(i32::MAX))
        }
    };
    if departure < since.saturating_add(needed) {
        let [arrives, leaves] = [since, departure].map(|time| view.short_moment(time, stop));
        let text =
            format!("the change at {} is missed: one arrives {arrives}, the next leaves {leaves}", view.name(stop));
        return Err(Broken { leg: step.leg, text });
    }
    if step.ride.seated
        && let Some(Leg::Ride { parts, arrival: end, .. }) = legs.last_mut()
    {
        parts.push(part);
        *end = arrival;
        return Ok(());
    }
    if let Some(FoundWalk { ends: [FoundEnd::Stop(from), _], seconds }) = step.walk {
        let end = since.saturating_add(*seconds);
        legs.push(Leg::Walk { from: *from, to: stop, departure: since, arrival: end });
    }
    legs.push(Leg::Ride { parts: vec![part], departure, arrival });
    Ok(())
}

fn leaves(columns: &Columns<'_>, part: RidePart) -> Time {
    columns.departure_of_run(part.run.trip, part.run.day, part.from_call as usize)
}

fn arrives(columns: &Columns<'_>, part: RidePart) -> Time {
    columns.arrival_of_run(part.run.trip, part.run.day, part.to_call as usize)
}

fn seconds_at(times: &[(StopId, i32)], stop: StopId) -> i32 {
    times.iter().find(|(other, _)| *other == stop).map_or(0, |(_, seconds)| *seconds)
}

/// A point from which one walks to a stop.
fn around(point: Position, stop: StopId, seconds: i32) -> Spot {
    let name = format!("{:.4},{:.4}", point.0, point.1);
    Spot { name, stops: vec![(stop, seconds)], coordinate: Some(point) }
}
