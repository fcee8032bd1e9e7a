//! Changes of gauge on a ride, as events with place and time.

use serde_json::{Value, json};
use tumen_base::{StopId, format_duration};
use tumen_border::GaugeChange;

use super::{View, words};
use crate::itinerary::{Call, Leg, Ride};
use crate::trust;

/// The changes of a leg's vehicle, in order.
pub fn of_leg(view: &View<'_>, leg: &Leg) -> Vec<GaugeChange> {
    let Leg::Ride(ride) = leg else { return Vec::new() };
    let stops: Vec<StopId> = ride.calls.iter().map(|call| call.stop).collect();
    view.world.borders().sections().changes(&view.columns(), &stops)
}

/// A line for each: `Gauge 1520 → 1435 mm at Tumangang, in the stand of 3 h 3 min (14:47~–17:50~)`.
pub fn lines(view: &View<'_>, leg: &Leg) -> String {
    let Leg::Ride(ride) = leg else { return String::new() };
    let mut text = String::new();
    for change in of_leg(view, leg) {
        line!(text, "   {} {}", view.style.bold("Gauge"), sentence(view, ride, &change));
    }
    text
}

fn sentence(view: &View<'_>, ride: &Ride, change: &GaugeChange) -> String {
    let gauges = format!("{} → {} mm", change.from, change.to);
    let [place] = change.places[..] else {
        let names: Vec<String> = change.places.iter().map(|stop| view.name(*stop)).collect();
        let reason = if change.stated { "the calls do not tell where" } else { "no post says where" };
        return format!("{gauges} at {}; {reason}", names.join(" or "));
    };
    let name = view.name(place);
    if !change.stated {
        return format!("{gauges} at {name}, where both gauges meet; no source says how or how long");
    }
    match stand(view, ride, change) {
        Some(call) => {
            let mark = trust::mark(call.certainty);
            let clock = |time| words::clock(&view.local(time, call.stop));
            format!(
                "{gauges} at {name}, in the stand of {} ({}{mark}–{}{mark})",
                format_duration(seconds(call)),
                clock(call.arrival),
                clock(call.departure)
            )
        }
        None => format!("{gauges} at {name}; the feed has no stand there"),
    }
}

/// The call at which the gauge is changed, where the ride stands there.
fn stand<'r>(view: &View<'_>, ride: &'r Ride, change: &GaugeChange) -> Option<&'r Call> {
    let columns = view.columns();
    let [place] = change.places[..] else { return None };
    let inner = ride.calls.get(1..ride.calls.len() - 1)?;
    inner.iter().find(|call| columns.station(call.stop) == place && call.departure > call.arrival)
}

fn seconds(call: &Call) -> i64 {
    i64::from(call.departure) - i64::from(call.arrival)
}

/// The changes of a leg as JSON.
pub fn json(view: &View<'_>, leg: &Leg) -> Value {
    let Leg::Ride(ride) = leg else { return Value::Array(Vec::new()) };
    let change = |change: &GaugeChange| {
        let places: Vec<Value> = change
            .places
            .iter()
            .map(|stop| json!({ "name": view.name(*stop), "stopId": view.world.written_stop_id(*stop) }))
            .collect();
        json!({
            "fromMm": change.from,
            "toMm": change.to,
            "places": places,
            "stated": change.stated,
            "duration": stand(view, ride, change).map(seconds),
            "text": sentence(view, ride, change),
        })
    };
    of_leg(view, leg).iter().map(change).collect()
}
