//! trips.txt, stop_times.txt and shapes.txt, streamed: they are the large ones.

use std::borrow::Cow;
use std::io;
use tumen_base::{Certainty, ServiceTime};

use super::gtfs::certainty;
use super::rows::{Rows, unless_zero};
use super::target::Target;
use crate::model::{Call, CallDetails, Feed, Trip};

pub(super) fn write_trips(feed: &Feed, target: &mut dyn Target) -> io::Result<()> {
    let mut rows = Rows::new(
        3,
        &[
            "route_id",
            "service_id",
            "trip_id",
            "trip_headsign",
            "trip_short_name",
            "direction_id",
            "block_id",
            "shape_id",
            "wheelchair_accessible",
            "bikes_allowed",
            "certainty_days",
            "certainty_times",
            "source_id",
        ],
    );
    for trip in &feed.trips {
        let shape = trip.shape.map(|shape| feed.shapes[shape as usize].id.clone());
        rows.push([
            feed.routes[trip.route as usize].id.clone(),
            feed.services[trip.service as usize].id.clone(),
            trip.id.clone(),
            trip.headsign.clone(),
            trip.short_name.clone(),
            if trip.direction < 2 { trip.direction.to_string() } else { String::new() },
            trip.block.clone(),
            shape.unwrap_or_default(),
            unless_zero(trip.wheelchair),
            unless_zero(trip.bikes),
            certainty(trip.certainty_days),
            certainty(trip.certainty_times),
            trip.source.clone(),
        ]);
    }
    rows.extend(feed.extra_columns.get("trips.txt")).write("trips.txt", target)
}

/// A column of stop_times.txt beyond those every feed has.
struct Column {
    name: &'static str,
    is_used: fn(&Feed) -> bool,
    value: for<'a> fn(&'a CallDetails, usize, &Call) -> Cow<'a, str>,
}

const COLUMNS: [Column; 6] = [
    Column {
        name: "pickup_type",
        is_used: |feed| feed.calls.iter().any(|call| call.pickup != 0),
        value: |_, _, call| unless_zero(call.pickup).into(),
    },
    Column {
        name: "drop_off_type",
        is_used: |feed| feed.calls.iter().any(|call| call.drop_off != 0),
        value: |_, _, call| unless_zero(call.drop_off).into(),
    },
    Column {
        name: "stop_headsign",
        is_used: |feed| !feed.call_details.headsign.is_empty(),
        value: |details, call, _| text(details, details.headsign[call]),
    },
    Column {
        name: "shape_dist_traveled",
        is_used: |feed| !feed.call_details.distance.is_empty(),
        value: |details, call, _| {
            let distance = details.distance[call];
            if distance.is_nan() { Cow::Borrowed("") } else { distance.to_string().into() }
        },
    },
    Column {
        name: "certainty_times",
        is_used: |feed| !feed.call_details.certainty.is_empty(),
        value: |details, call, _| match details.certainty[call] {
            Certainty::Published => Cow::Borrowed(""),
            other => Cow::Borrowed(other.word()),
        },
    },
    Column {
        name: "source_id",
        is_used: |feed| !feed.call_details.source.is_empty(),
        value: |details, call, _| text(details, details.source[call]),
    },
];

fn text(details: &CallDetails, number: u32) -> Cow<'_, str> {
    Cow::Borrowed(details.texts.get(number as usize).map_or("", String::as_str))
}

/// Trips in the order in which their calls stand, so that what is read again stands there too.
pub(super) fn write_stop_times(feed: &Feed, target: &mut dyn Target) -> io::Result<()> {
    let used: Vec<&Column> = COLUMNS.iter().filter(|column| (column.is_used)(feed)).collect();
    let mut trips: Vec<&Trip> = feed.trips.iter().collect();
    trips.sort_by_key(|trip| trip.calls.start);
    let mut writer = csv::Writer::from_writer(target.start("stop_times.txt")?);
    let fixed = ["trip_id", "arrival_time", "departure_time", "stop_id", "stop_sequence"];
    writer.write_record(fixed.into_iter().chain(used.iter().map(|column| column.name)))?;
    for trip in trips {
        for (sequence, index) in (1_u32..).zip(trip.calls.clone()) {
            let call = &feed.calls[index as usize];
            // Times that were filled in are left to the reader again.
            let time = |seconds| if call.interpolated { String::new() } else { ServiceTime(seconds).to_string() };
            writer.write_field(&trip.id)?;
            writer.write_field(time(call.arrival))?;
            writer.write_field(time(call.departure))?;
            writer.write_field(&feed.stops[call.stop as usize].id)?;
            writer.write_field(sequence.to_string())?;
            for column in &used {
                writer.write_field((column.value)(&feed.call_details, index as usize, call).as_bytes())?;
            }
            writer.write_record(None::<&[u8]>)?;
        }
    }
    writer.flush()
}

pub(super) fn write_shapes(feed: &Feed, target: &mut dyn Target) -> io::Result<()> {
    if feed.shapes.is_empty() {
        return Ok(());
    }
    let mut writer = csv::Writer::from_writer(target.start("shapes.txt")?);
    writer.write_record(["shape_id", "shape_pt_lat", "shape_pt_lon", "shape_pt_sequence"])?;
    for shape in &feed.shapes {
        for (sequence, (lat, lon)) in (1_u32..).zip(&shape.points) {
            writer.write_record([&shape.id, &lat.to_string(), &lon.to_string(), &sequence.to_string()])?;
        }
    }
    writer.flush()
}
