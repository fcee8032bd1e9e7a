//! Stops, the places that group them, the ways between station and airport, and names in other languages.

use super::sheet::{Files, Sheet};
use super::world::World;
use anyhow::{Context, Result};
use std::collections::BTreeSet;
use tumen_base::Certainty;

/// Stations that something in the feed names, in the order of `stations.csv`.
fn used_stations<'a>(world: &World<'a>) -> Result<Vec<&'a str>> {
    let mut used = BTreeSet::new();
    for service in &world.services {
        used.extend(service.calls.iter().map(|call| call.station));
        used.extend([service.row.text("from_station")?, service.row.text("to_station")?]);
    }
    let columns = [
        ("places", "station_id"),
        ("borders", "station_from"),
        ("borders", "station_to"),
        ("segments", "from_station"),
        ("segments", "to_station"),
        ("terminals", "station"),
    ];
    for (table, column) in columns {
        for row in world.tables.rows(table) {
            used.insert(row.text(column)?);
        }
    }
    for row in world.tables.rows("observations") {
        used.extend(row.text("subject")?.strip_prefix("stop:"));
    }
    let in_order = world.tables.rows("stations").map(|row| row.required("station_id"));
    in_order.filter(|id| id.as_ref().is_ok_and(|id| used.contains(id)) || id.is_err()).collect()
}

/// Writes stops.txt and translations.txt.
pub fn write_stops(world: &World, files: &mut Files) -> Result<()> {
    let mut stops = Sheet::new([
        "stop_id",
        "stop_code",
        "stop_name",
        "stop_lat",
        "stop_lon",
        "stop_timezone",
        "country",
        "codes",
        "position",
        "source_id",
        "note",
    ])?;
    let columns = ["table_name", "field_name", "language", "translation", "record_id", "source_id"];
    let mut translations = Sheet::new(columns)?;
    for id in used_stations(world)? {
        let station = world.stations[id];
        let row = station.row;
        let source = super::sheet::join_sources([row.text("coord_source_id")?, row.required("source_id")?]);
        stops.push([
            id,
            stop_code(row.text("codes")?),
            station.name,
            row.required("lat")?,
            row.required("lon")?,
            row.required("iana_tz")?,
            row.required("country")?,
            row.text("codes")?,
            row.required("coord_type")?,
            &source,
            row.text("notes")?,
        ])?;
        let native = match row.required("country")? {
            "RU" => None,
            "KP" => Some("ko"),
            "CN" => Some("zh"),
            "MN" => Some("mn"),
            other => return Err(row.error("country", &format!("expected RU, KP, CN or MN, found `{other}`"))),
        };
        let names = [("ru", row.text("name_ru")?), (native.unwrap_or_default(), row.text("name_native")?)];
        for (language, name) in names {
            if !language.is_empty() && !name.is_empty() {
                translations.push(["stops", "stop_name", language, name, id, row.required("source_id")?])?;
            }
        }
    }
    for row in world.tables.rows("translations") {
        let text = |column| row.required(column);
        translations.push([
            text("table_name")?,
            text("field_name")?,
            text("language")?,
            text("translation")?,
            text("record_id")?,
            text("source_id")?,
        ])?;
    }
    stops.finish("stops.txt", files)?;
    translations.finish("translations.txt", files)
}

/// The code passengers or railways know best: IATA, then UIC, then Express-3.
fn stop_code(codes: &str) -> &str {
    let with = |prefix| codes.split(';').find_map(|code| code.strip_prefix(prefix));
    with("iata:").or_else(|| with("uic_ref(OSM):")).or_else(|| with("express3:")).unwrap_or_default()
}

/// Writes places.txt and the estimated ways between the stations and the airports of a place.
pub fn write_places(world: &World, files: &mut Files) -> Result<()> {
    let mut sheet = Sheet::new(["place_id", "name", "stop_id", "aliases", "source_id"])?;
    for row in world.tables.rows("places") {
        let (id, name) = (row.required("place_id")?, row.required("name")?);
        sheet.push([id, name, row.required("station_id")?, row.text("aliases")?, row.required("source_id")?])?;
    }
    sheet.finish("places.txt", files)?;

    let mut sheet = Sheet::new([
        "from_stop_id",
        "to_stop_id",
        "transfer_type",
        "min_transfer_time",
        "distance_m",
        "certainty_times",
        "source_id",
    ])?;
    let estimate = TransferEstimate::read(world)?;
    let members: Vec<_> = world.tables.rows("places").collect();
    for from in &members {
        for to in &members {
            let (from_stop, to_stop) = (from.required("station_id")?, to.required("station_id")?);
            let to_airport = is_airport(world, to_stop)?;
            if from.text("place_id")? != to.text("place_id")? || is_airport(world, from_stop)? == to_airport {
                continue;
            }
            let metres = distance_m(position(world, from_stop)?, position(world, to_stop)?);
            let seconds = estimate.seconds(metres, to_airport).to_string();
            let metres = format!("{:.0}", (metres / 100.0).round() * 100.0);
            let certainty = Certainty::Estimated.word();
            sheet.push([from_stop, to_stop, "2", &seconds, &metres, certainty, &estimate.source])?;
        }
    }
    sheet.finish("transfers.txt", files)
}

fn is_airport(world: &World, station: &str) -> Result<bool> {
    Ok(world.stations[station].row.text("mode")? == "air")
}

fn position(world: &World, station: &str) -> Result<(f64, f64)> {
    let row = world.stations[station].row;
    row.number("lat")?.zip(row.number("lon")?).ok_or_else(|| row.error("lat", "the position is unknown"))
}

/// Metres between two points in degrees, on a sphere.
fn distance_m(from: (f64, f64), to: (f64, f64)) -> f64 {
    let half = |a: f64, b: f64| ((b - a).to_radians() / 2.0).sin().powi(2);
    let chord = half(from.0, to.0) + from.0.to_radians().cos() * to.0.to_radians().cos() * half(from.1, to.1);
    2.0 * 6_371_000.0 * chord.sqrt().asin()
}

/// The row of `transfer_estimate.csv`.
struct TransferEstimate {
    detour_factor: f64,
    metres_per_minute: f64,
    to_airport_min: f64,
    from_airport_min: f64,
    round_up_to_min: f64,
    source: String,
}

impl TransferEstimate {
    fn read(world: &World) -> Result<Self> {
        let row = world.tables.rows("transfer_estimate").next().context("transfer_estimate.csv:2: a row is needed")?;
        let number = |column| row.number::<f64>(column)?.ok_or_else(|| row.error(column, "may not be empty"));
        Ok(Self {
            detour_factor: number("detour_factor")?,
            metres_per_minute: number("speed_kmh")? * 1000.0 / 60.0,
            to_airport_min: number("to_airport_fixed_min")?,
            from_airport_min: number("from_airport_fixed_min")?,
            round_up_to_min: number("round_up_to_min")?,
            source: row.required("source_id")?.to_owned(),
        })
    }

    fn seconds(&self, metres: f64, to_airport: bool) -> i64 {
        let fixed = if to_airport { self.to_airport_min } else { self.from_airport_min };
        let minutes = metres * self.detour_factor / self.metres_per_minute + fixed;
        ((minutes / self.round_up_to_min).ceil() * self.round_up_to_min * 60.0) as i64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_known_code_is_the_stop_code() {
        assert_eq!(stop_code("iata:VVO;icao:UHWW"), "VVO");
        assert_eq!(stop_code("uic_ref(OSM):3000250;osm_node:32539105"), "3000250");
        assert_eq!(stop_code("esr:987002;express3:2034195"), "2034195");
        assert_eq!(stop_code("osm_node:1"), "");
    }

    #[test]
    fn a_degree_of_latitude_is_111_km() {
        assert!((distance_m((55.0, 37.0), (56.0, 37.0)) - 111_195.0).abs() < 1.0);
    }
}
