//! On which days trips run: grouped where they run on the same ones.

use std::collections::{BTreeMap, BTreeSet};
use tumen_base::{Certainty, Date, TripId};
use tumen_timetable::Columns;

use crate::world::World;

/// So many days ahead are looked through for the pattern of days.
const AHEAD: i32 = 183;

/// Trips that run on the same days.
#[derive(Clone, Debug)]
pub struct Service {
    /// What the trips are called, each name once.
    pub names: Vec<String>,
    /// How many trips there are.
    pub trips: usize,
    /// The days, by the clock at their first stop, on which they leave it, from the day asked about on; suspended runs apart.
    pub days: BTreeSet<Date>,
    /// The first and the last such day in the timetable, whenever that is.
    pub span: (Date, Date),
    /// How far the first of the days can be trusted.
    pub certainty: Certainty,
    /// Sources of the days, as written.
    pub sources: BTreeSet<String>,
}

impl Service {
    /// Whether they leave on a day.
    pub fn runs_on(&self, date: Date) -> bool {
        self.days.contains(&date)
    }
}

/// What trips that run on the same days share.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Days {
    day_set: u32,
    /// How many days the date on which they leave lies behind the service day.
    shift: i32,
    /// Service days on which they are suspended: from, to.
    suspended: Vec<(i32, i32)>,
}

/// Groups trips by the days on which they run.
pub fn of_trips(world: &World, trips: impl IntoIterator<Item = TripId>, date: Date) -> Vec<Service> {
    let columns = world.columns();
    let mut groups: BTreeMap<Days, Vec<TripId>> = BTreeMap::new();
    for trip in trips {
        let Some(shift) = shift(&columns, trip) else { continue };
        let suspended = world.suspended().days_without(trip).collect();
        let days = Days { day_set: columns.trip_days[trip.index()], shift, suspended };
        groups.entry(days).or_default().push(trip);
    }
    let service = |(Days { shift, suspended, .. }, trips): (Days, Vec<TripId>)| {
        let first = trips[0];
        let days = columns.days_of_trip(first);
        let asked = date.0 - shift - columns.first_date().0;
        let mut upcoming = Vec::new();
        let mut next = days.next_from(asked);
        while let Some(day) = next.filter(|day| *day <= asked.saturating_add(AHEAD)) {
            if !suspended.iter().any(|&(from, until)| (from..=until).contains(&day)) {
                upcoming.push(day);
            }
            next = days.next_from(day + 1);
        }
        let local = |day: i32| columns.date_of(day).plus(shift);
        let ends = days.next_from(0).zip(days.previous_from(columns.days() - 1));
        let known = upcoming.first().copied().or(ends.map(|(_, last)| last)).unwrap_or(0);
        let mut names: Vec<String> = Vec::new();
        for name in trips.iter().map(|&trip| world.trip_name(trip)) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        Service {
            names,
            trips: trips.len(),
            days: upcoming.into_iter().map(local).collect(),
            span: ends.map_or((date, date), |(first, last)| (local(first), local(last))),
            certainty: columns.certainty_of_run(first, known),
            sources: columns.sources_of_run(first, known).map(str::to_owned).collect(),
        }
    };
    groups.into_iter().map(service).collect()
}

/// How many days the local date of a trip's first departure lies behind its service day; `None` where it never runs.
fn shift(columns: &Columns<'_>, trip: TripId) -> Option<i32> {
    let day = columns.days_of_trip(trip).next_from(0)?;
    let left = columns.local_time(columns.departure_of_run(trip, day, 0), columns.stop_at(trip, 0));
    Some(Date::from(left.date()).0 - columns.date_of(day).0)
}
