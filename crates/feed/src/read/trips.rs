//! trips.txt.

use super::{IdTable, Reader};
use crate::complaint::Code;
use crate::csv::{Column, Row, certainty, choice, id, short, text};
use crate::error::Refusal;
use crate::model::Trip;
use crate::report::Place;

const FILE: &str = "trips.txt";
const NO_DIRECTION: u8 = 2;

impl Reader<'_> {
    pub(super) fn read_trips(&mut self) -> Result<(), Refusal> {
        let Some(mut sheet) = self.sheet(FILE)? else {
            self.missing_file(FILE, "nothing runs");
            return Ok(());
        };
        let [trip_id, route, service, headsign, short_name, direction, block] = sheet.columns([
            "trip_id",
            "route_id",
            "service_id",
            "trip_headsign",
            "trip_short_name",
            "direction_id",
            "block_id",
        ]);
        let [shape, wheelchair, bikes, certainty_days, certainty_times, source] = sheet.columns([
            "shape_id",
            "wheelchair_accessible",
            "bikes_allowed",
            "certainty_days",
            "certainty_times",
            "source_id",
        ]);
        if !sheet.has_all([trip_id, route, service], self.report) {
            return Ok(());
        }
        let mut without_shapes = 0;
        let mut extra = sheet.extra_columns(self.cells.left);
        while let Some(row) = sheet.next(self.report)? {
            without_shapes += u64::from(self.feed.shapes.is_empty() && !row.get(shape).is_empty());
            let Some(id) = id(&row, trip_id, self.report) else { continue };
            if self.trips.insert(id).is_err() {
                self.duplicate_id(&row, "trip", id);
                continue;
            }
            let Some(route) = self.trip_route(&row, route) else {
                self.trip_positions.push(None);
                continue;
            };
            let trip = Trip {
                id: id.to_owned(),
                route,
                service: self.trip_service(&row, service),
                headsign: text(&row, headsign),
                short_name: text(&row, short_name),
                direction: match row.get(direction) {
                    "" => NO_DIRECTION,
                    _ => choice(&row, direction, 1, self.report),
                },
                block: text(&row, block),
                shape: self.trip_shape(&row, shape),
                wheelchair: choice(&row, wheelchair, 2, self.report),
                bikes: choice(&row, bikes, 2, self.report),
                calls: 0..0,
                certainty_days: certainty(&row, certainty_days, self.report),
                certainty_times: certainty(&row, certainty_times, self.report),
                source: text(&row, source),
            };
            extra.push(&row);
            self.trip_positions.push(Some(self.feed.trips.len() as u32));
            self.trip_lines.push(row.line() as u32);
            self.feed.trips.push(trip);
        }
        if without_shapes > 0 && !self.source.options.skip_shapes {
            self.report.add(Code::UnknownShape, Place { column: shape.name, ..Place::file(FILE) }, || {
                format!("{without_shapes} trips name a shape, but shapes.txt has none; ignored")
            });
        }
        sheet.finish(self.report);
        self.keep_columns(FILE, extra);
        Ok(())
    }

    fn trip_route(&mut self, row: &Row<'_>, column: Column) -> Option<u32> {
        let route = row.get(column);
        let found = self.routes.get(route);
        if found.is_none() {
            self.report.add(Code::UnknownRoute, row.place(column), || {
                format!("`{}` is no route_id of routes.txt; the trip was left out", short(route))
            });
        }
        found
    }

    /// A trip of a service without days is kept: it never runs, but rules may name it.
    fn trip_service(&mut self, row: &Row<'_>, column: Column) -> u32 {
        let service = row.get(column);
        let known = self.services.get(service).map(|known| known as usize);
        let position = known.unwrap_or_else(|| self.service(service));
        let has_days = {
            let service = &self.feed.services[position];
            service.weekly.is_some() || !service.exceptions.is_empty()
        };
        if !has_days {
            self.report.add(Code::UnknownService, row.place(column), || {
                format!(
                    "no row of calendar.txt or calendar_dates.txt gives `{}` a day; the trip never runs",
                    short(service)
                )
            });
        }
        position as u32
    }

    fn trip_shape(&mut self, row: &Row<'_>, column: Column) -> Option<u32> {
        let shape = row.get(column);
        if shape.is_empty() || self.feed.shapes.is_empty() {
            return None;
        }
        let found = self.shapes.get(shape);
        if found.is_none() {
            self.report.add(Code::UnknownShape, row.place(column), || {
                format!("`{}` is no shape_id of shapes.txt; ignored", short(shape))
            });
        }
        found
    }

    /// Drops the trips without calls and notes where the others went.
    pub(super) fn drop_trips_without_calls(&mut self, had_rows: &[bool]) {
        let mut kept = 0;
        for position in &mut self.trip_positions {
            let Some(trip) = *position else { continue };
            let has_calls = !self.feed.trips[trip as usize].calls.is_empty();
            *position = has_calls.then_some(kept);
            kept += u32::from(has_calls);
        }
        for ((trip, line), had_rows) in self.feed.trips.iter().zip(&self.trip_lines).zip(had_rows) {
            if !had_rows {
                let place = Place::row(FILE, u64::from(*line));
                self.report.add(Code::TripWithoutCalls, place, || {
                    format!("trip `{}` has no usable row in stop_times.txt; it was left out", short(&trip.id))
                });
            }
        }
        if let Some(extra) = self.feed.extra_columns.get_mut(FILE) {
            let mut trips = self.feed.trips.iter();
            extra.rows.retain(|_| trips.next().is_some_and(|trip| !trip.calls.is_empty()));
        }
        self.feed.trips.retain(|trip| !trip.calls.is_empty());
        self.trip_lines = Vec::new();
    }

    /// The position of a trip that was not left out.
    pub(super) fn known_trip(&self, id: &str) -> Option<u32> {
        TripPositions { ids: &self.trips, positions: &self.trip_positions }.get(id)
    }
}

/// From trip ids to the trips that were not left out.
pub(super) struct TripPositions<'a> {
    pub ids: &'a IdTable,
    pub positions: &'a [Option<u32>],
}

impl TripPositions<'_> {
    pub(super) fn get(&self, id: &str) -> Option<u32> {
        self.ids.get(id).and_then(|number| self.positions[number as usize])
    }
}
