//! Where the data is silent in a window: what it does not know to have run is not known to have been closed.
//!
//! A line is silent on the days outside its period of coverage that nothing closes. A pair of places without a journey is "no
//! data" where all lines at one of its ends are silent throughout the window, or where a silent line calls at both in this order.

use crate::closure::{ByTrip, Days};
use crate::coverage::{Coverage, Line, Lines};
use crate::survey::{Site, Window};
use std::collections::{BTreeSet, HashSet};
use tumen_base::{PatternId, StopId, TripId};
use tumen_timetable::Columns;

/// A line that the data is silent on in a window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SilentLine {
    /// The line, with the dates that it is known for.
    pub coverage: Coverage,
    /// Days of the window outside them.
    pub days: u32,
}

/// What the data does not know of in a window.
#[derive(Clone, Debug, Default)]
pub struct Silence {
    /// What is known of lines from each origin.
    from: Vec<Knowledge>,
    /// What is known of lines to each destination.
    to: Vec<Knowledge>,
    /// Origins and destinations that a silent line serves.
    served: HashSet<(u32, u32)>,
    /// The silent lines.
    pub lines: Vec<SilentLine>,
}

/// What is known of the lines at an end of pairs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Knowledge {
    /// There are no lines, in no period.
    #[default]
    NoLines,
    /// There are lines, and all of them are silent throughout.
    Silent,
    /// There is a line that is known to run or not to run.
    Known,
}

/// What silence is looked for in.
pub(crate) struct Surroundings<'s, 'a> {
    pub columns: &'s Columns<'a>,
    pub lines: &'s Lines,
    pub closures: &'s ByTrip,
    pub route_kinds: &'s [u16],
    pub origins: &'s Ends,
    pub destinations: &'s Ends,
}

/// The places that each stop belongs to.
pub(crate) struct Ends {
    by_stop: Vec<Vec<u32>>,
    count: usize,
}

impl Ends {
    pub(crate) fn new(stops: usize, sites: &[Site]) -> Self {
        let mut by_stop = vec![Vec::new(); stops];
        for (number, site) in sites.iter().enumerate() {
            for (stop, _) in &site.place.stops {
                by_stop[stop.index()].push(number as u32);
            }
        }
        Self { by_stop, count: sites.len() }
    }

    fn at(&self, stop: StopId) -> &[u32] {
        &self.by_stop[stop.index()]
    }
}

impl Silence {
    /// Finds the silent lines of a window, and the places they leave unknown; `unscheduled` are the ends of services that are
    /// known to run on days that are not published.
    pub(crate) fn of(around: &Surroundings<'_, '_>, window: Window, unscheduled: &[(StopId, StopId)]) -> Self {
        let columns = around.columns;
        let mut silence = Self {
            from: vec![Knowledge::NoLines; around.origins.count],
            to: vec![Knowledge::NoLines; around.destinations.count],
            ..Self::default()
        };
        let mut lines = BTreeSet::new();
        let mut silent = Vec::new();
        let asked = |pattern: &PatternId| {
            let kind = columns.route_kind[columns.pattern_route[pattern.index()] as usize];
            around.route_kinds.is_empty() || around.route_kinds.contains(&kind)
        };
        for pattern in columns.patterns().filter(asked) {
            // Trips of a pattern differ only where they are of several lines, or closed.
            let mut seen: Option<Line> = None;
            for trip in columns.trips_of(pattern).map(TripId::from_index) {
                let line = Lines::line(columns, trip);
                if around.closures.of(trip).is_empty() && seen == Some(line) {
                    continue;
                }
                let Some(known) = around.lines.days(line) else { continue };
                let open = silence.know(around, trip, known, window);
                if !open.is_empty() {
                    lines.insert(line);
                    silent.push((trip, open));
                }
                if around.closures.of(trip).is_empty() {
                    seen = Some(line);
                }
            }
        }
        for (trip, stretches) in &silent {
            for stretch in stretches {
                silence.serve(around, *trip, stretch.clone());
            }
        }
        for &(from, to) in unscheduled {
            for &origin in around.origins.at(from) {
                silence.served.extend(around.destinations.at(to).iter().map(|&destination| (origin, destination)));
            }
        }
        let line = |line| {
            let days = around.lines.days(line)?;
            let unknown: u32 = window.dates().without(days).map(|days| (days.last.0 - days.first.0 + 1) as u32).sum();
            Some(SilentLine { coverage: Coverage { line, days }, days: unknown })
        };
        silence.lines = lines.into_iter().filter_map(line).collect();
        silence
    }

    /// Notes the places where a trip's line is known of; answers the stretches of calls between which it is silent.
    fn know(
        &mut self,
        around: &Surroundings<'_, '_>,
        trip: TripId,
        known: Days,
        window: Window,
    ) -> Vec<std::ops::Range<usize>> {
        let columns = around.columns;
        let unknown: Vec<Days> = window.dates().without(known).collect();
        let covered = known.overlaps(window.dates());
        let mut stretches: Vec<std::ops::Range<usize>> = Vec::new();
        for hop in 0..columns.call_count(trip).saturating_sub(1) {
            let number = hop as u32;
            let sure = covered || around.closures.closed_sometimes(trip, number, window.dates());
            let knowledge = if sure { Knowledge::Known } else { Knowledge::Silent };
            let [here, there] = [hop, hop + 1].map(|call| columns.stop_at(trip, call));
            for &origin in around.origins.at(here) {
                self.from[origin as usize] = self.from[origin as usize].max(knowledge);
            }
            for &end in around.destinations.at(there) {
                self.to[end as usize] = self.to[end as usize].max(knowledge);
            }
            if unknown.iter().all(|&days| around.closures.closed_throughout(trip, number, days)) {
                continue;
            }
            match stretches.last_mut() {
                Some(last) if last.end == hop + 1 => last.end = hop + 2,
                _ => stretches.push(hop..hop + 2),
            }
        }
        stretches
    }

    /// Notes the pairs that a silent stretch of a trip may serve; those with an end where all is silent need no note.
    fn serve(&mut self, around: &Surroundings<'_, '_>, trip: TripId, stretch: std::ops::Range<usize>) {
        let columns = around.columns;
        let calls = columns.calls_of_trip(trip);
        let mut boarded: Vec<u32> = Vec::new();
        for position in stretch {
            let (call, stop) = (calls.start + position, columns.stop_at(trip, position));
            if columns.call_alight[call] != u32::MAX {
                for &end in
                    around.destinations.at(stop).iter().filter(|&&end| self.to[end as usize] == Knowledge::Known)
                {
                    self.served.extend(boarded.iter().map(|&origin| (origin, end)));
                }
            }
            if columns.call_board[call] != u32::MAX {
                boarded.extend(
                    around.origins.at(stop).iter().filter(|&&origin| self.from[origin as usize] == Knowledge::Known),
                );
            }
        }
    }

    /// Whether the data is silent on journeys from an origin to a destination.
    pub fn covers(&self, origin: u32, destination: u32) -> bool {
        self.from[origin as usize] == Knowledge::Silent
            || self.to[destination as usize] == Knowledge::Silent
            || self.served.contains(&(origin, destination))
    }
}
