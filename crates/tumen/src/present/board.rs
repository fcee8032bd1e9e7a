//! A board of departures or arrivals.

use super::{View, suspensions, words};
use crate::departures::{Event, Kind};
use crate::modes::Mode;
use crate::terminal::left;
use crate::trust;
use tumen_base::StopId;
use tumen_border::SuspensionId;

/// Where a run goes, or comes from: the name of its last or first stop.
pub fn far_end(view: &View<'_>, event: &Event, kind: Kind) -> StopId {
    let columns = view.columns();
    let trip = event.run.trip;
    match kind {
        Kind::Departures => columns.stop_at(trip, columns.call_count(trip) - 1),
        Kind::Arrivals => columns.stop_at(trip, 0),
    }
}

/// What keeps a run from leaving the stop, or from reaching it.
pub fn suspensions_of(view: &View<'_>, event: &Event, kind: Kind) -> Vec<SuspensionId> {
    let position = event.position as u32;
    let hops = match kind {
        Kind::Departures => position..position + 1,
        Kind::Arrivals => position.saturating_sub(1)..position,
    };
    view.world.suspended().of_ride(event.run, hops)
}

/// The table of a board.
pub fn table(view: &View<'_>, events: &[Event], kind: Kind) -> String {
    let columns = view.columns();
    let mut rows = Vec::new();
    let mut date = None;
    let several = events.iter().any(|event| event.stop != events[0].stop);
    for event in events {
        let local = view.local(event.time, event.stop);
        let day = if date == Some(local.date()) { String::new() } else { words::date(local.date()) };
        date = Some(local.date());
        let route = columns.route_of(event.run.trip);
        let mode = Mode::of(columns.route_kind[route.index()]);
        let time = columns.certainty_of_time(event.run.trip, event.position);
        let runs = columns.certainty_of_run(event.run.trip, event.run.day);
        let mut remarks: Vec<String> = event
            .carriages
            .iter()
            .map(|carriage| {
                let way = columns.way_of_trip(carriage.trip);
                let index = way.map_or(0, |way| columns.carriage_of_way(way).0 as usize);
                format!("with {}", columns.text(columns.carriage_name[index]))
            })
            .collect();
        if runs > tumen_base::Certainty::Published {
            remarks.insert(0, format!("day {runs}"));
        }
        let suspended = suspensions_of(view, event, kind);
        if !suspended.is_empty() {
            remarks.insert(0, suspensions::mark(view.world, &suspended));
        }
        let mut row = vec![
            day,
            format!("{}{}", words::clock(&local), trust::mark(time)),
            words::zone_mark(&local),
            format!("{} {}", mode.vehicle(), view.world.trip_name(event.run.trip)),
            view.name(far_end(view, event, kind)),
        ];
        if several {
            row.push(view.name(event.stop));
        }
        row.push(remarks.join("; "));
        rows.push(row);
    }
    let far = if kind == Kind::Departures { "To" } else { "From" };
    let mut headings = vec![left("Day"), left("Time"), left("Zone"), left("By"), left(far)];
    if several {
        headings.push(left("At"));
    }
    headings.push(left(""));
    view.style.table(2, &headings, rows)
}
