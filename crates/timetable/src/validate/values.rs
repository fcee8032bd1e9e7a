//! Values: what accessors read safely whatever it is, and what only an export looks at.

use super::Invalid;
use super::checks::{all, may_refer, offsets, refers, refuse};
use super::tables::column;
use crate::columns::Columns;

/// Checks every day set and every other reference and value that [`super::positions`] leaves alone.
pub(super) fn values(c: &Columns) -> Result<(), Invalid> {
    let day_sets = c.day_set_words.len() / c.words();
    for column in [
        column!(c.service_days),
        column!(c.statement_days),
        column!(c.trip_days),
        column!(c.link_days),
        column!(c.link_back_days),
        column!(c.pattern_days),
        column!(c.carriage_holes),
    ] {
        refers(column, day_sets)?;
    }
    for (column, limit) in [
        (column!(c.trip_service), c.service_id.len()),
        (column!(c.trip_shape), c.shape_id.len()),
        (column!(c.trip_frequency), c.frequency_start.len()),
        (column!(c.transfer_from_stop), c.stop_id.len()),
        (column!(c.transfer_to_stop), c.stop_id.len()),
        (column!(c.transfer_from_route), c.route_id.len()),
        (column!(c.transfer_to_route), c.route_id.len()),
        (column!(c.transfer_from_trip), c.trip_id.len()),
        (column!(c.transfer_to_trip), c.trip_id.len()),
    ] {
        may_refer(column, limit)?;
    }
    for (trip, &way) in c.trip_way.iter().enumerate() {
        if way != u32::MAX && c.way_trip.get(way as usize).is_none_or(|&of| of as usize != trip) {
            return Err(refuse("trip_way", trip, way, "a way that is this trip"));
        }
    }
    for column in [
        column!(c.statement_certainty),
        column!(c.trip_certainty_days),
        column!(c.trip_certainty_times),
        column!(c.transfer_certainty),
    ] {
        all(column, "a certainty (0 to 4)", |byte| byte <= 4)?;
    }
    all(column!(c.stop_kind), "a location_type (0 to 4)", |kind| kind <= 4)
}

/// The string table is whole, and every text is one of its strings.
pub(super) fn texts(c: &Columns) -> Result<(), Invalid> {
    let texts = c.string_offset.len().saturating_sub(1);
    offsets(column!(c.string_offset), texts, c.string_bytes.len())?;
    if texts == 0 || c.string_offset[1] != 0 {
        return Err(refuse("string_offset", 1, "this", "the end of an empty string 0"));
    }
    for column in [
        column!(c.zone_name),
        column!(c.feed_name),
        column!(c.feed_publisher),
        column!(c.feed_url),
        column!(c.feed_language),
        column!(c.feed_version),
        column!(c.feed_source),
        column!(c.agency_id),
        column!(c.agency_name),
        column!(c.agency_url),
        column!(c.agency_language),
        column!(c.agency_phone),
        column!(c.stop_id),
        column!(c.stop_name),
        column!(c.stop_code),
        column!(c.stop_description),
        column!(c.stop_platform),
        column!(c.stop_country),
        column!(c.stop_source),
        column!(c.route_id),
        column!(c.route_short_name),
        column!(c.route_long_name),
        column!(c.route_description),
        column!(c.route_color),
        column!(c.route_text_color),
        column!(c.route_source),
        column!(c.service_id),
        column!(c.statement_source),
        column!(c.trip_id),
        column!(c.trip_headsign),
        column!(c.trip_short_name),
        column!(c.trip_block),
        column!(c.trip_source),
        column!(c.call_headsign),
        column!(c.time_source),
        column!(c.carriage_id),
        column!(c.carriage_name),
        column!(c.carriage_number),
        column!(c.carriage_source),
        column!(c.shape_id),
        column!(c.kept_name),
    ] {
        may_refer(column, texts)?;
    }
    Ok(())
}
