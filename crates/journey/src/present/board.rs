//! A board of departures or arrivals.

use super::{View, suspensions, words};
use crate::departures::{Event, Kind};
use crate::modes::Mode;
use crate::style::left;
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

/// What is suspended of a run, as somebody at the stop of an event sees it.
pub struct Suspended {
    /// What keeps it from leaving the stop, or from reaching it; else from riding a part of its way beyond, or before.
    pub suspensions: Vec<SuspensionId>,
    /// Where that part begins, or ends, if it does not at this stop.
    pub elsewhere: Option<StopId>,
}

impl Suspended {
    /// What is suspended of an event's run: the nearest hop on the way ahead, or on the way there. `None` where nothing is.
    pub fn of(view: &View<'_>, event: &Event, kind: Kind) -> Option<Self> {
        let (columns, suspended) = (view.columns(), view.world.suspended());
        let trip = event.run.trip;
        if suspended.of_trip(trip).is_empty() {
            return None;
        }
        let of_hop = |hop: usize| suspended.of_ride(event.run, hop as u32..hop as u32 + 1);
        let is_suspended = |hop: &usize| !of_hop(*hop).is_empty();
        let hop = match kind {
            Kind::Departures => (event.position..columns.call_count(trip) - 1).find(is_suspended),
            Kind::Arrivals => (0..event.position).rev().find(is_suspended),
        }?;
        let call = if kind == Kind::Departures { hop } else { hop + 1 };
        let elsewhere = (call != event.position).then(|| columns.stop_at(trip, call));
        Some(Self { suspensions: of_hop(hop), elsewhere })
    }

    fn words(&self, view: &View<'_>, kind: Kind) -> String {
        let mark = suspensions::mark(view.world, &self.suspensions);
        let only = if kind == Kind::Departures { "only to" } else { "only from" };
        self.elsewhere.map_or_else(|| mark.clone(), |stop| format!("{only} {}, {mark}", view.name(stop)))
    }
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
        remarks.extend(view.world.runs().words(event.run.trip));
        if let Some(suspended) = Suspended::of(view, event, kind) {
            remarks.insert(0, suspended.words(view, kind));
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
