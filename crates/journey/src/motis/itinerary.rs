//! A journey and its legs.

use serde_json::{Value, json};
use tumen_base::{StopId, Time};

use super::place::{Side, call_place, is_passed, place, point, position_of};
use super::{Form, Saved, rfc3339, trip_id};
use crate::geography::{self, Position};
use crate::itinerary::{Carriage, Carrier, End, Itinerary, Leg, Ride, Walk, WalkKind};
use crate::modes::motis_mode;
use crate::present::{View, border, gauge, page, verdicts, words};
use crate::runs::Row;
use crate::trust;

/// Decimals of polylines in the present version of the API.
const POLYLINE_DECIMALS: u32 = 6;
/// wheelchair_accessible and bikes_allowed: yes, no.
const YES: u8 = 1;
const NO: u8 = 2;

/// A journey.
pub fn itinerary(view: &View<'_>, itinerary: &Itinerary, notes: &[trust::Note]) -> Value {
    itinerary_in(view, itinerary, notes, Form::default())
}

/// A journey in a form.
pub fn itinerary_in(view: &View<'_>, itinerary: &Itinerary, notes: &[trust::Note], form: Form) -> Value {
    let (days, times) = trust::weakest(view.world, itinerary);
    let notes: Vec<Value> = notes
        .iter()
        .map(|note| json!({ "about": note.about, "certainty": note.certainty.word(), "text": note.text }))
        .collect();
    let mut legs = Vec::new();
    for leg in &itinerary.legs {
        match leg {
            Leg::Ride(ride) if form.joined || ride.carriers.len() < 2 => {
                legs.push(ride_leg(view, ride, ride.carriage, leg, form));
            }
            Leg::Ride(ride) => {
                for (number, part) in by_carrier(ride).into_iter().enumerate() {
                    let leg = Leg::Ride(part.clone());
                    let mut value = ride_leg(view, &part, ride.carriage, &leg, form);
                    value["interlineWithPreviousLeg"] = json!(number > 0);
                    legs.push(value);
                }
            }
            Leg::Walk(walk) => legs.push(walk_leg(view, walk, itinerary, &border::json(view, leg), form)),
        }
    }
    json!({
        "duration": itinerary.duration(),
        "startTime": rfc3339(&view.local(itinerary.departure, itinerary.ends.0)),
        "endTime": rfc3339(&view.local(itinerary.arrival, itinerary.ends.1)),
        "transfers": itinerary.transfers(),
        "id": Saved::of(view, itinerary).written(),
        "legs": legs,
        "tumen": {
            "restrictions": verdicts::is_ruled(view, itinerary).then_some(page::RESTRICTIONS),
            "trips": itinerary.trips,
            "countries": border::countries_json(view, itinerary),
            "certainty": { "days": days.word(), "times": times.word() },
            "notes": notes,
        },
    })
}

/// A ride for each train of a ride that carries the passenger.
fn by_carrier(ride: &Ride) -> Vec<Ride> {
    // Who steps off at the very first call of a run they were carried into rides no hop of it.
    let ridden = ride.carriers.iter().filter(|carrier| carrier.calls.start() < carrier.calls.end());
    let part = |carrier: &Carrier| {
        let mut calls = ride.calls[carrier.calls.clone()].to_vec();
        let begin = calls[0].kilometres;
        for call in &mut calls {
            call.kilometres = call.kilometres.zip(begin).map(|(there, begin)| there - begin);
        }
        // The call at which two trains meet is told in the words of the first.
        let second = calls[1].row;
        calls[0].row = (second.0, second.1 - 1);
        let carriers = vec![Carrier { run: carrier.run, calls: 0..=calls.len() - 1 }];
        Ride { calls, carriers, carriage: None }
    };
    ridden.map(part).collect()
}

/// An encoded line.
fn line(points: &[Position]) -> Value {
    json!({
        "points": geography::polyline(points, POLYLINE_DECIMALS),
        "precision": POLYLINE_DECIMALS,
        "length": points.len(),
    })
}

fn ride_leg(view: &View<'_>, ride: &Ride, carriage: Option<Carriage>, leg: &Leg, form: Form) -> Value {
    let columns = view.columns();
    let route = ride.route(&columns);
    let agency = columns.agency_of(route);
    let text = |column: &[u32], index: usize| columns.text(column[index]);
    let (first, last) = (ride.first(), ride.last());
    let middle = ride.calls[1..ride.calls.len() - 1].iter();
    let shown = middle.filter(|call| form.passed_stops || !is_passed(view, call));
    let drawn = ride.calls.iter().filter(|_| form.lines);
    let points: Vec<Position> = drawn.filter_map(|call| columns.position_of_stop(call.stop)).collect();
    let trip = ride.boarded().trip;
    let ridden = ride.carriage.map_or(ride.boarded(), |carriage| carriage.run);
    let ends =
        [0, columns.call_count(ridden.trip) - 1].map(|call| place(view, columns.stop_at(ridden.trip, call), None));
    let (start, end) = (view.local(first.departure, first.stop), view.local(last.arrival, last.stop));
    let mut leg = json!({
        "mode": motis_mode(columns.route_kind[route.index()]),
        "from": call_place(view, first, Side::Board),
        "to": call_place(view, last, Side::Alight),
        "duration": ride.duration(),
        "startTime": rfc3339(&start),
        "endTime": rfc3339(&end),
        "scheduledStartTime": rfc3339(&start),
        "scheduledEndTime": rfc3339(&end),
        "realTime": false,
        "scheduled": true,
        "interlineWithPreviousLeg": false,
        "cancelled": false,
        "headsign": columns.headsign_at(first.row.0, first.row.1),
        "tripFrom": ends[0],
        "tripTo": ends[1],
        "routeId": text(columns.route_id, route.index()),
        "routeShortName": text(columns.route_short_name, route.index()),
        "routeLongName": text(columns.route_long_name, route.index()),
        "routeType": columns.route_kind[route.index()],
        "agencyId": text(columns.agency_id, agency.index()),
        "agencyName": text(columns.agency_name, agency.index()),
        "agencyUrl": text(columns.agency_url, agency.index()),
        "tripId": trip_id(view, ridden),
        "tripShortName": text(columns.trip_short_name, trip.index()),
        "displayName": view.world.trip_name(trip),
        "intermediateStops": shown.map(|call| call_place(view, call, Side::Pass)).collect::<Vec<_>>(),
        "legGeometry": line(&points),
        "tumen": ride_tumen(view, ride, carriage, [border::json(view, leg), gauge::json(view, leg)]),
    });
    for (key, column) in [("routeColor", columns.route_color), ("routeTextColor", columns.route_text_color)] {
        let color = text(column, route.index());
        if !color.is_empty() {
            leg[key] = json!(color);
        }
    }
    if columns.trip_direction[trip.index()] < 2 {
        leg["directionId"] = json!(columns.trip_direction[trip.index()].to_string());
    }
    if let Some(accessible) = stated(columns.trip_wheelchair[trip.index()], "ACCESSIBLE", "NOT_ACCESSIBLE") {
        leg["wheelchairAccessible"] = json!(accessible);
    }
    if let Some(bikes) = stated(columns.trip_bikes[trip.index()], true, false) {
        leg["bikesAllowed"] = json!(bikes);
    }
    if let Some(kilometres) = last.kilometres.filter(|km| *km > 0.0) {
        leg["distance"] = json!((kilometres * 1000.0).round());
    }
    leg
}

/// What a feed says with 1 for yes and 2 for no; `None` where it says nothing.
fn stated<T>(value: u8, yes: T, no: T) -> Option<T> {
    match value {
        YES => Some(yes),
        NO => Some(no),
        _ => None,
    }
}

/// Carriage, hosts, stands, borders, sources of a ride.
fn ride_tumen(view: &View<'_>, ride: &Ride, carriage: Option<Carriage>, [borders, gauge_changes]: [Value; 2]) -> Value {
    let columns = view.columns();
    let hosts: Vec<Value> = ride
        .carriers
        .iter()
        .map(|carrier| {
            let (first, last) = (&ride.calls[*carrier.calls.start()], &ride.calls[*carrier.calls.end()]);
            json!({
                "tripId": trip_id(view, carrier.run),
                "tripShortName": columns.text(columns.trip_short_name[carrier.run.trip.index()]),
                "route": view.world.route_name(columns.route_of(carrier.run.trip)),
                "from": { "name": view.name(first.stop), "stopId": view.world.written_stop_id(first.stop),
                    "departure": rfc3339(&view.local(first.departure, first.stop)) },
                "to": { "name": view.name(last.stop), "stopId": view.world.written_stop_id(last.stop),
                    "arrival": rfc3339(&view.local(last.arrival, last.stop)) },
                "addedRun": view.world.runs().of_trip(carrier.run.trip).map(Row::json),
                "certaintyOfDay": columns.certainty_of_run(carrier.run.trip, carrier.run.day).word(),
            })
        })
        .collect();
    let stands: Vec<Value> = ride
        .joints()
        .map(|(_, call, _)| {
            json!({ "name": view.name(call.stop), "stopId": view.world.written_stop_id(call.stop),
                "duration": i64::from(call.departure) - i64::from(call.arrival) })
        })
        .collect();
    let carriage = carriage.map(|carriage| {
        let index = carriage.id.0 as usize;
        json!({
            "id": columns.text(columns.carriage_id[index]),
            "name": columns.text(columns.carriage_name[index]),
            "number": columns.text(columns.carriage_number[index]),
        })
    });
    let board = view.local(ride.first().departure, ride.first().stop);
    json!({
        "carriage": carriage,
        "hosts": hosts,
        "stands": stands,
        "borders": borders,
        "gaugeChanges": gauge_changes,
        "boardInTheNight": words::night_of(&board),
    })
}

fn walk_leg(view: &View<'_>, walk: &Walk, itinerary: &Itinerary, borders: &Value, form: Form) -> Value {
    let end = |end: End, time: Time, key: &str, stop: StopId| {
        let local = rfc3339(&view.local(time, stop));
        let mut value = match end {
            End::Stop(stop) => place(view, stop, None),
            End::Point(position) => point(position, &view.end_name(end)),
        };
        value[key] = json!(local);
        value
    };
    let stop = |end: End, other: StopId| match end {
        End::Stop(stop) => stop,
        End::Point(_) => other,
    };
    let kind = match walk.kind {
        WalkKind::Estimated => "walk",
        WalkKind::Stated => "transfer",
        WalkKind::CheckIn => "checkIn",
        WalkKind::Control => "control",
    };
    let (from_stop, to_stop) = (stop(walk.from, itinerary.ends.0), stop(walk.to, itinerary.ends.1));
    let drawn = [walk.from, walk.to].into_iter().filter(|_| form.walks && walk.from != walk.to);
    let points: Vec<Position> = drawn.filter_map(|end| position_of(view, end)).collect();
    let (start, finish) = (view.local(walk.departure, from_stop), view.local(walk.arrival, to_stop));
    json!({
        "mode": "WALK",
        "from": end(walk.from, walk.departure, "departure", from_stop),
        "to": end(walk.to, walk.arrival, "arrival", to_stop),
        "duration": i64::from(walk.arrival) - i64::from(walk.departure),
        "startTime": rfc3339(&start),
        "endTime": rfc3339(&finish),
        "scheduledStartTime": rfc3339(&start),
        "scheduledEndTime": rfc3339(&finish),
        "realTime": false,
        "scheduled": true,
        "legGeometry": line(&points),
        "tumen": { "certainty": walk.certainty.word(), "borders": borders, "kind": kind },
    })
}
