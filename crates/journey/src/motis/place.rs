//! Stops, and the points between which people walk.

use serde_json::{Value, json};
use tumen_base::StopId;

use super::rfc3339;
use crate::geography::Position;
use crate::itinerary::{Call, End};
use crate::present::View;

/// pickup_type and drop_off_type: not at all.
const NOT_ALLOWED: u8 = 1;

/// Which times of a call are a passenger's.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Board,
    Alight,
    Pass,
}

/// A call of a ride.
pub(super) fn call_place(view: &View<'_>, call: &Call, side: Side) -> Value {
    let mut value = place(view, call.stop, None);
    if side != Side::Board {
        let time = json!(rfc3339(&view.local(call.arrival, call.stop)));
        value["arrival"] = time.clone();
        value["scheduledArrival"] = time;
    }
    if side != Side::Alight {
        let time = json!(rfc3339(&view.local(call.departure, call.stop)));
        value["departure"] = time.clone();
        value["scheduledDeparture"] = time;
    }
    let [pickup, drop_off] = changes(view, call);
    value["pickupType"] = json!(allowed(pickup));
    value["dropoffType"] = json!(allowed(drop_off));
    value["tumen"] = json!({ "certainty": call.certainty.word(), "kilometres": call.kilometres });
    value
}

/// Whether nobody may board or leave there.
pub(super) fn is_passed(view: &View<'_>, call: &Call) -> bool {
    changes(view, call) == [NOT_ALLOWED; 2]
}

/// pickup_type and drop_off_type of a call.
fn changes(view: &View<'_>, call: &Call) -> [u8; 2] {
    let columns = view.columns();
    let (trip, position) = call.row;
    let row = columns.calls_of_trip(trip).start + position;
    [columns.call_pickup[row], columns.call_drop_off[row]]
}

/// The word for a pickup_type or drop_off_type.
pub(super) const fn allowed(kind: u8) -> &'static str {
    if kind == NOT_ALLOWED { "NOT_ALLOWED" } else { "NORMAL" }
}

/// A stop; latitude and longitude are 0 where the feed has none, for the API requires numbers.
pub fn place(view: &View<'_>, stop: StopId, name: Option<&str>) -> Value {
    let columns = view.columns();
    let (lat, lon) = columns.position_of_stop(stop).unwrap_or_default();
    let mut value = json!({
        "name": name.map_or_else(|| view.name(stop), str::to_owned),
        "stopId": view.world.written_stop_id(stop),
        "lat": lat,
        "lon": lon,
        "tz": columns.text(columns.zone_name[columns.stop_zone[stop.index()] as usize]),
        "vertexType": "TRANSIT",
    });
    let station = columns.station(stop);
    if station != stop {
        value["parentId"] = json!(view.world.written_stop_id(station));
    }
    let text = |column: &[u32]| Some(columns.text(column[stop.index()])).filter(|text| !text.is_empty());
    for (key, text) in [
        ("track", text(columns.stop_platform)),
        ("scheduledTrack", text(columns.stop_platform)),
        ("stopCode", text(columns.stop_code)),
        ("description", text(columns.stop_description)),
    ] {
        if let Some(text) = text {
            value[key] = json!(text);
        }
    }
    value
}

/// A point on the map that is no stop.
pub(super) fn point((lat, lon): Position, name: &str) -> Value {
    json!({ "name": name, "lat": lat, "lon": lon, "vertexType": "NORMAL" })
}

/// Where an end of a walk is.
pub fn position_of(view: &View<'_>, end: End) -> Option<Position> {
    match end {
        End::Stop(stop) => view.columns().position_of_stop(stop),
        End::Point(position) => Some(position),
    }
}
