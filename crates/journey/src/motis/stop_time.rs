//! Departures and arrivals.

use serde_json::{Value, json};
use std::ops::Range;
use tumen_routing::Run;

use super::place::{Side, allowed, call_place};
use super::{place, rfc3339, suspension, trip_id};
use crate::departures::{Event, Kind};
use crate::itinerary::Call;
use crate::modes::motis_mode;
use crate::present::View;
use crate::present::board::{Suspended, far_end};
use crate::runs::Row;

/// wheelchair_accessible and bikes_allowed: yes.
const YES: u8 = 1;

/// A departure or an arrival.
pub fn stop_time(view: &View<'_>, event: &Event, kind: Kind) -> Value {
    let columns = view.columns();
    let trip = event.run.trip;
    let route = columns.route_of(trip);
    let agency = columns.agency_of(route).index();
    let mut there = place(view, event.stop, None);
    let time = rfc3339(&view.local(event.time, event.stop));
    let [key, scheduled] =
        if kind == Kind::Departures { ["departure", "scheduledDeparture"] } else { ["arrival", "scheduledArrival"] };
    there[key] = json!(time);
    there[scheduled] = json!(time);
    let row = columns.calls_of_trip(trip).start + event.position;
    let change = if kind == Kind::Departures { columns.call_pickup[row] } else { columns.call_drop_off[row] };
    let ends = [0, columns.call_count(trip) - 1].map(|call| place(view, columns.stop_at(trip, call), None));
    let direction = columns.trip_direction[trip.index()];
    let feed = columns.text(columns.feed_name[columns.feed_of_trip(trip).index()]);
    let is_accessible = columns.trip_wheelchair[trip.index()] == YES;
    let carriages: Vec<String> = event.carriages.iter().map(|run| trip_id(view, *run)).collect();
    let suspended = Suspended::of(view, event, kind).map(|suspended| {
        let suspensions: Vec<Value> = suspended.suspensions.iter().map(|&id| suspension(view, id)).collect();
        json!({ "elsewhere": suspended.elsewhere.map(|stop| view.name(stop)), "suspensions": suspensions })
    });
    let mut value = json!({
        "place": there,
        "mode": motis_mode(columns.route_kind[route.index()]),
        "realTime": false,
        "headsign": columns.headsign_at(trip, event.position),
        "tripFrom": ends[0],
        "tripTo": ends[1],
        "agencyId": columns.text(columns.agency_id[agency]),
        "agencyName": columns.text(columns.agency_name[agency]),
        "agencyUrl": columns.text(columns.agency_url[agency]),
        "routeId": columns.text(columns.route_id[route.index()]),
        "directionId": if direction < 2 { direction.to_string() } else { String::new() },
        "tripId": trip_id(view, event.run),
        "routeType": columns.route_kind[route.index()],
        "routeShortName": columns.text(columns.route_short_name[route.index()]),
        "routeLongName": columns.text(columns.route_long_name[route.index()]),
        "tripShortName": columns.text(columns.trip_short_name[trip.index()]),
        "displayName": view.world.trip_name(trip),
        "pickupDropoffType": allowed(change),
        "cancelled": false,
        "tripCancelled": false,
        "bikesAllowed": columns.trip_bikes[trip.index()] == YES,
        "wheelchairAccessible": if is_accessible { "ACCESSIBLE" } else { "NOT_ACCESSIBLE" },
        "reservation": "NONE",
        "source": format!("{feed}/trips.txt"),
        "tumen": {
            "farEnd": view.name(far_end(view, event, kind)),
            "carriages": carriages,
            "suspended": suspended,
            "addedRun": view.world.runs().of_trip(trip).map(Row::json),
            "certainty": {
                "days": columns.certainty_of_run(trip, event.run.day).word(),
                "times": columns.certainty_of_time(trip, event.position).word(),
            },
        },
    });
    for (key, column) in [("routeColor", columns.route_color), ("routeTextColor", columns.route_text_color)] {
        let color = columns.text(column[route.index()]);
        if !color.is_empty() {
            value[key] = json!(color);
        }
    }
    value
}

/// Some calls of a run.
pub fn calls(view: &View<'_>, run: Run, positions: Range<usize>) -> Vec<Value> {
    let columns = view.columns();
    positions.map(|position| call_place(view, &Call::of(&columns, run, position), Side::Pass)).collect()
}
