//! stop_times.txt, streamed. Most feeds keep the rows of a trip together, and each trip is finished where its rows end;
//! a feed that scatters them is read a second time, all rows collected and sorted.

use super::calls::{ABSENT, Calls, NO_TEXT, RawCall};
use super::{IdTable, Reader};
use crate::complaint::Code;
use crate::csv::{Column, Row, Sheet, SheetLimits, certainty, choice, number, short, time};
use crate::error::Refusal;
use crate::model::StopKind;
use crate::report::{Place, Report};

const FILE: &str = "stop_times.txt";

struct Columns {
    trip: Column,
    sequence: Column,
    stop: Column,
    arrival: Column,
    departure: Column,
    pickup: Column,
    drop_off: Column,
    headsign: Column,
    distance: Column,
    certainty: Column,
    source: Column,
    flexible: [Column; 3],
    continuous: [Column; 2],
}

impl Columns {
    fn of(sheet: &mut Sheet<'_>) -> Self {
        let [trip, sequence, stop, arrival, departure] =
            sheet.columns(["trip_id", "stop_sequence", "stop_id", "arrival_time", "departure_time"]);
        let [pickup, drop_off, headsign, distance, certainty, source] = sheet.columns([
            "pickup_type",
            "drop_off_type",
            "stop_headsign",
            "shape_dist_traveled",
            "certainty_times",
            "source_id",
        ]);
        let flexible = sheet.columns(["location_id", "location_group_id", "start_pickup_drop_off_window"]);
        let continuous = sheet.columns(["continuous_pickup", "continuous_drop_off"]);
        Self {
            trip,
            sequence,
            stop,
            arrival,
            departure,
            pickup,
            drop_off,
            headsign,
            distance,
            certainty,
            source,
            flexible,
            continuous,
        }
    }
}

/// What one pass over the file leaves.
struct Pass {
    calls: Calls,
    texts: IdTable,
    /// For each trip: its calls, and whether it had any row.
    ranges: Vec<std::ops::Range<u32>>,
    had_rows: Vec<bool>,
    report: Report,
}

/// How the rows of a trip lie in the file.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Layout {
    Together,
    Scattered,
}

impl Reader<'_> {
    pub(super) fn read_stop_times(&mut self) -> Result<(), Refusal> {
        let pass = match self.pass(Layout::Together)? {
            Some(pass) => Some(pass),
            None => self.pass(Layout::Scattered)?,
        };
        let Some(mut pass) = pass else { return Ok(()) };
        pass.calls.settle_details(&pass.texts);
        *self.report = pass.report;
        self.feed.calls = pass.calls.rows;
        self.feed.call_details = pass.calls.details;
        for (trip, range) in self.feed.trips.iter_mut().zip(pass.ranges) {
            trip.calls = range;
        }
        self.drop_trips_without_calls(&pass.had_rows);
        Ok(())
    }

    /// Reads the file once; `None` where the rows of a trip turn out not to lie together.
    fn pass(&mut self, layout: Layout) -> Result<Option<Pass>, Refusal> {
        let limits = &self.source.options.limits;
        let limits = SheetLimits {
            rows: limits.calls,
            rows_name: "calls",
            bytes: limits.total_bytes,
            ..SheetLimits::ordinary(limits)
        };
        // Complaints go to a copy, so that a second pass does not repeat them.
        let mut pass = self.empty_pass();
        let Some(mut sheet) = self.source.open(FILE, limits, &mut pass.report)? else {
            pass.report
                .add(Code::MissingFile, Place::file(FILE), || "absent or empty; no trip calls anywhere".to_owned());
            return Ok(Some(pass));
        };
        let columns = Columns::of(&mut sheet);
        if !sheet.has_all([columns.trip, columns.stop, columns.arrival, columns.departure], &mut pass.report) {
            return Ok(Some(pass));
        }
        let mut rows: Vec<RawCall> = Vec::new();
        let mut current = Current::default();
        while let Some(row) = sheet.next(&mut pass.report)? {
            let trip_id = row.get(columns.trip);
            if current.line == 0 || trip_id != current.id {
                if layout == Layout::Together {
                    self.finish(&mut rows, &mut pass);
                }
                current.start(trip_id, row.line(), self.trip_of_row(&row, &columns, &mut pass.report));
                if let Some(trip) = current.trip {
                    let seen = std::mem::replace(&mut pass.had_rows[trip as usize], true);
                    if seen && layout == Layout::Together {
                        return Ok(None);
                    }
                }
            }
            if let Some(trip) = current.trip {
                rows.extend(self.call(&row, &columns, trip, &mut current, &mut pass));
            }
        }
        if layout == Layout::Scattered {
            rows.sort_by_key(|row| (row.trip, row.sequence));
            for rows in rows.chunk_by_mut(|one, other| one.trip == other.trip) {
                self.finish_trip(rows, &mut pass);
            }
        } else {
            self.finish(&mut rows, &mut pass);
        }
        sheet.finish(&mut pass.report);
        Ok(Some(pass))
    }

    fn empty_pass(&self) -> Pass {
        let trips = self.feed.trips.len();
        Pass {
            calls: Calls::default(),
            texts: IdTable::default(),
            ranges: vec![0..0; trips],
            had_rows: vec![false; trips],
            report: self.report.clone(),
        }
    }

    fn finish(&self, rows: &mut Vec<RawCall>, pass: &mut Pass) {
        self.finish_trip(rows, pass);
        rows.clear();
    }

    fn finish_trip(&self, rows: &mut [RawCall], pass: &mut Pass) {
        let Some(first) = rows.first() else { return };
        let trip = first.trip as usize;
        if let Some(range) = pass.calls.add_trip(&self.feed.trips[trip].id, rows, &mut pass.report) {
            pass.ranges[trip] = range;
        }
    }

    /// The trip that a row names; a trip that trips.txt lost was complained of there.
    fn trip_of_row(&self, row: &Row<'_>, columns: &Columns, report: &mut Report) -> Option<u32> {
        let id = row.get(columns.trip);
        let Some(number) = self.trips.get(id) else {
            report.add(Code::UnknownTrip, row.place(columns.trip), || {
                format!("`{}` is no trip_id of trips.txt; its rows were ignored", short(id))
            });
            return None;
        };
        self.trip_positions[number as usize]
    }

    fn call(
        &self,
        row: &Row<'_>,
        columns: &Columns,
        trip: u32,
        current: &mut Current,
        pass: &mut Pass,
    ) -> Option<RawCall> {
        let report = &mut pass.report;
        let stop_id = row.get(columns.stop);
        let sequence = current.sequence(row, columns.sequence, report);
        let Some(stop) = self.stops.get(stop_id) else {
            complain_of_stop(row, columns, stop_id, report);
            return None;
        };
        if !matches!(self.feed.stops[stop as usize].kind, StopKind::Stop | StopKind::BoardingArea) {
            report.add(Code::CallAtStation, row.place(columns.stop), || {
                format!("`{}` is a station, entrance or node; it is called at like a stop", short(stop_id))
            });
        }
        if columns.continuous.iter().any(|column| !matches!(row.get(*column), "" | "1")) {
            report.add(Code::ContinuousStopping, row.here(), || {
                "boarding or alighting between stops is allowed here; only the stops themselves are used".to_owned()
            });
        }
        let mut text = |column| match row.get(column) {
            "" => NO_TEXT,
            text => pass.texts.get(text).or_else(|| pass.texts.insert(text).ok()).unwrap_or(NO_TEXT),
        };
        Some(RawCall {
            trip,
            sequence,
            line: row.line() as u32,
            stop,
            headsign: text(columns.headsign),
            source: text(columns.source),
            arrival: time(row, columns.arrival, report).unwrap_or(ABSENT),
            departure: time(row, columns.departure, report).unwrap_or(ABSENT),
            distance: number(row, columns.distance, 0.0, f32::MAX, report).unwrap_or(f32::NAN),
            certainty: certainty(row, columns.certainty, report),
            pickup: choice(row, columns.pickup, 3, report),
            drop_off: choice(row, columns.drop_off, 3, report),
        })
    }
}

/// The trip whose rows are being read.
#[derive(Default)]
struct Current {
    id: String,
    trip: Option<u32>,
    /// The line of its first row; 0 before the first row of the file.
    line: u64,
    last_sequence: u32,
}

impl Current {
    fn start(&mut self, id: &str, line: u64, trip: Option<u32>) {
        id.clone_into(&mut self.id);
        (self.trip, self.line, self.last_sequence) = (trip, line, 0);
    }

    /// stop_sequence; where it is absent or unreadable the call keeps its place after the row before.
    fn sequence(&mut self, row: &Row<'_>, column: Column, report: &mut Report) -> u32 {
        let sequence = row.get(column).parse().unwrap_or_else(|_| {
            report.add(Code::BadNumber, row.place(column), || {
                format!("`{}` is no stop_sequence; the call keeps its place in the file", short(row.get(column)))
            });
            self.last_sequence.saturating_add(1)
        });
        self.last_sequence = sequence;
        sequence
    }
}

fn complain_of_stop(row: &Row<'_>, columns: &Columns, stop_id: &str, report: &mut Report) {
    if stop_id.is_empty() && columns.flexible.iter().any(|column| !row.get(*column).is_empty()) {
        report.add(Code::FlexibleCall, Place { column: "location_id", ..row.here() }, || {
            "a call on demand in an area or group of stops; the call was left out".to_owned()
        });
    } else {
        report.add(Code::UnknownStop, row.place(columns.stop), || {
            format!("`{}` is no stop_id of stops.txt; the call was left out", short(stop_id))
        });
    }
}
