//! Lines, and from when to when the data knows them. Outside its period of coverage the data on a line is silent: that is no
//! statement that it did not run.

use crate::closure::Days;
use tumen_base::{RouteId, TripId};
use tumen_timetable::{CarriageId, Columns};

/// What has a period of coverage of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Line {
    /// A route, without the carriages that its trains haul.
    Route(RouteId),
    /// A through carriage.
    Carriage(CarriageId),
}

/// A line with the dates that its calendar speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Coverage {
    /// The line.
    pub line: Line,
    /// From the first service day of any of its trips to the last.
    pub days: Days,
}

/// All lines of a timetable that run on some day.
#[derive(Clone, Debug, Default)]
pub struct Lines {
    routes: Vec<Option<Days>>,
    carriages: Vec<Option<Days>>,
}

impl Lines {
    /// Reads the calendars of all trips.
    pub fn of(columns: &Columns<'_>) -> Self {
        let mut lines =
            Self { routes: vec![None; columns.route_id.len()], carriages: vec![None; columns.carriage_id.len()] };
        for trip in columns.trips() {
            let running = columns.days_of_trip(trip);
            let (Some(first), Some(last)) = (running.next_from(0), running.previous_from(columns.days() - 1)) else {
                continue;
            };
            let days = Days { first: columns.date_of(first), last: columns.date_of(last) };
            let known = match Self::line(columns, trip) {
                Line::Route(route) => &mut lines.routes[route.index()],
                Line::Carriage(carriage) => &mut lines.carriages[carriage.0 as usize],
            };
            *known =
                Some(known.map_or(days, |known| Days {
                    first: known.first.min(days.first),
                    last: known.last.max(days.last),
                }));
        }
        lines
    }

    /// The line that a trip belongs to.
    pub fn line(columns: &Columns<'_>, trip: TripId) -> Line {
        match columns.way_of_trip(trip) {
            Some(way) => Line::Carriage(columns.carriage_of_way(way)),
            None => Line::Route(columns.route_of(trip)),
        }
    }

    /// The period of coverage of a line; `None` for one that never runs.
    pub fn days(&self, line: Line) -> Option<Days> {
        match line {
            Line::Route(route) => self.routes.get(route.index()).copied().flatten(),
            Line::Carriage(carriage) => self.carriages.get(carriage.0 as usize).copied().flatten(),
        }
    }
}
