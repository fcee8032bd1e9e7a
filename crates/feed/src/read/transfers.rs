//! transfers.txt, types 0 to 5 with stops, routes and trips.

use super::{Reader, TripPositions};
use crate::complaint::Code;
use crate::csv::{Column, Row, certainty, choice, number, short};
use crate::error::Refusal;
use crate::model::Transfer;
use crate::report::Report;

const FILE: &str = "transfers.txt";

/// A rule that names something the feed does not have.
struct Dangling;

impl Reader<'_> {
    pub(super) fn read_transfers(&mut self) -> Result<(), Refusal> {
        let Some(mut sheet) = self.sheet(FILE)? else { return Ok(()) };
        let stops = sheet.columns(["from_stop_id", "to_stop_id"]);
        let routes = sheet.columns(["from_route_id", "to_route_id"]);
        let trips = sheet.columns(["from_trip_id", "to_trip_id"]);
        let [kind, min_time, certainty_times] =
            sheet.columns(["transfer_type", "min_transfer_time", "certainty_times"]);
        let mut extra = sheet.extra_columns(self.cells.left);
        while let Some(row) = sheet.next(self.report)? {
            let Ok([from_stop, to_stop]) = resolve(&row, stops, |id| self.stops.get(id), self.report) else { continue };
            let Ok([from_route, to_route]) = resolve(&row, routes, |id| self.routes.get(id), self.report) else {
                continue;
            };
            let positions = TripPositions { ids: &self.trips, positions: &self.trip_positions };
            let Ok([from_trip, to_trip]) = resolve(&row, trips, |id| positions.get(id), self.report) else { continue };
            let transfer = Transfer {
                from_stop,
                to_stop,
                from_route,
                to_route,
                from_trip,
                to_trip,
                kind: choice(&row, kind, 5, self.report),
                min_time: number(&row, min_time, 0, i32::MAX, self.report),
                certainty: certainty(&row, certainty_times, self.report),
            };
            if is_complete(&transfer) {
                extra.push(&row);
                self.feed.transfers.push(transfer);
            } else {
                self.report.add(Code::IncompleteTransfer, row.place(kind), || {
                    let needs =
                        if transfer.kind < 4 { "from_stop_id and to_stop_id" } else { "from_trip_id and to_trip_id" };
                    format!("a rule of type {} needs {needs}; ignored", transfer.kind)
                });
            }
        }
        sheet.finish(self.report);
        self.keep_columns(FILE, extra);
        Ok(())
    }
}

const fn is_complete(transfer: &Transfer) -> bool {
    if transfer.kind < 4 {
        transfer.from_stop.is_some() && transfer.to_stop.is_some()
    } else {
        transfer.from_trip.is_some() && transfer.to_trip.is_some()
    }
}

/// The positions of two ids that may be empty.
fn resolve(
    row: &Row<'_>,
    columns: [Column; 2],
    known: impl Fn(&str) -> Option<u32>,
    report: &mut Report,
) -> Result<[Option<u32>; 2], Dangling> {
    let mut found = [None, None];
    for (column, found) in columns.into_iter().zip(&mut found) {
        let id = row.get(column);
        if id.is_empty() {
            continue;
        }
        *found = known(id);
        if found.is_none() {
            report.add(Code::UnknownInTransfer, row.place(column), || {
                format!("`{}` is unknown or was left out; the rule was ignored", short(id))
            });
            return Err(Dangling);
        }
    }
    Ok(found)
}
