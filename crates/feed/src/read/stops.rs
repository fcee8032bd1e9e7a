//! stops.txt.

use super::{Reader, parents, zones};
use crate::complaint::Code;
use crate::csv::{Column, Row, choice, id, short, text};
use crate::error::Refusal;
use crate::model::{Stop, StopKind};
use crate::report::Report;

const FILE: &str = "stops.txt";

impl Reader<'_> {
    pub(super) fn read_stops(&mut self) -> Result<(), Refusal> {
        let Some(mut sheet) = self.sheet(FILE)? else {
            self.missing_file(FILE, "no call can be placed");
            return Ok(());
        };
        let [stop_id, name, code, description, lat, lon] =
            sheet.columns(["stop_id", "stop_name", "stop_code", "stop_desc", "stop_lat", "stop_lon"]);
        let [kind, parent, zone, platform, wheelchair, country, source] = sheet.columns([
            "location_type",
            "parent_station",
            "stop_timezone",
            "platform_code",
            "wheelchair_boarding",
            "country",
            "source_id",
        ]);
        if !sheet.has_all([stop_id], self.report) {
            return Ok(());
        }
        let mut parents = Vec::new();
        let mut extra = sheet.extra_columns(self.cells.left);
        while let Some(row) = sheet.next(self.report)? {
            let Some(id) = id(&row, stop_id, self.report) else { continue };
            if self.stops.insert(id).is_err() {
                self.duplicate_id(&row, "stop", id);
                continue;
            }
            let kind = stop_kind(choice(&row, kind, 4, self.report));
            self.feed.stops.push(Stop {
                id: id.to_owned(),
                name: text(&row, name),
                code: text(&row, code),
                description: text(&row, description),
                position: position(&row, lat, lon, kind, self.report),
                kind,
                parent: None,
                zone: stop_zone(&row, zone, self.report),
                platform: text(&row, platform),
                wheelchair: choice(&row, wheelchair, 2, self.report),
                country: stop_country(&row, country, self.report),
                source: text(&row, source),
            });
            extra.push(&row);
            parents.push((row.line(), text(&row, parent)));
        }
        sheet.finish(self.report);
        self.keep_columns(FILE, extra);
        parents::resolve(&mut self.feed.stops, &parents, &self.stops, self.report);
        Ok(())
    }
}

const fn stop_kind(number: u8) -> StopKind {
    match number {
        1 => StopKind::Station,
        2 => StopKind::Entrance,
        3 => StopKind::Node,
        4 => StopKind::BoardingArea,
        _ => StopKind::Stop,
    }
}

/// Degrees north and east. Nodes and boarding areas need none; 0,0 is what empty cells become in careless exports.
fn position(row: &Row<'_>, lat: Column, lon: Column, kind: StopKind, report: &mut Report) -> Option<(f64, f64)> {
    let (north, east) = (row.get(lat), row.get(lon));
    if north.is_empty() && east.is_empty() && matches!(kind, StopKind::Node | StopKind::BoardingArea) {
        return None;
    }
    let found = parse_position(north, east);
    if found.is_none() {
        report.add(Code::BadPosition, row.place(lat), || {
            format!("`{},{}` is no position in degrees; the stop has none", short(north), short(east))
        });
    }
    found
}

/// A position within the bounds of the earth, other than 0,0.
pub(super) fn parse_position(north: &str, east: &str) -> Option<(f64, f64)> {
    let (north, east): (f64, f64) = (north.parse().ok()?, east.parse().ok()?);
    let on_earth = (-90.0..=90.0).contains(&north) && (-180.0..=180.0).contains(&east);
    (on_earth && (north, east) != (0.0, 0.0)).then_some((north, east))
}

/// Codes of two capital letters, separated by `;`; empty where it is anything else.
fn stop_country(row: &Row<'_>, column: Column, report: &mut Report) -> String {
    let value = row.get(column);
    let is_code = |part: &str| matches!(part.trim().as_bytes(), [one, two] if one.is_ascii_uppercase() && two.is_ascii_uppercase());
    if value.is_empty() || value.split(';').all(is_code) {
        return value.to_owned();
    }
    report.add(Code::BadCountry, row.place(column), || {
        format!(
            "`{}` is no ISO 3166-1 code of two capital letters, nor several separated by `;`; ignored",
            short(value)
        )
    });
    String::new()
}

fn stop_zone(row: &Row<'_>, column: Column, report: &mut Report) -> String {
    let value = row.get(column);
    if value.is_empty() {
        return String::new();
    }
    zones::canonical(value).unwrap_or_else(|| {
        report.add(Code::BadZone, row.place(column), || {
            format!("`{}` is no IANA time zone; the parent's or the feed's is used", short(value))
        });
        String::new()
    })
}
