//! suspensions.txt: what does not run for a time, and the runs that this hinders.
//!
//! A suspended agency, route, trip or carriage does not run at all on service days in the period. A carriage that a suspended
//! train would carry comes no farther than the stop where it is attached to that train; a suspended carriage leaves the
//! trains that carry it. A suspended post is not passed at instants whose date, by the clock there, lies in the period; the
//! ride up to it stays.

use std::ops::RangeInclusive;
use tumen_base::{AgencyId, Date, FeedId, RouteId, TripId};
use tumen_timetable::{CarriageId, Columns, Row, Rows, Timetable};

use crate::Borders;
use crate::crossings::Crossing;
use crate::hindrance::{Cause, Hindrance};
use crate::period::Period;
use crate::posts::PostId;

/// A suspension, by its place among all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SuspensionId(u32);

impl SuspensionId {
    /// The place among all suspensions.
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// What is suspended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Affected {
    /// All that an agency runs.
    Agency(AgencyId),
    /// All trips of a route.
    Route(RouteId),
    /// A trip; several where it was expanded from a frequency.
    Trips(Vec<TripId>),
    /// A through carriage.
    Carriage(CarriageId),
    /// A border post.
    Post(PostId),
}

/// A row of suspensions.txt.
#[derive(Clone, Debug)]
pub struct Suspension {
    /// suspension_id.
    pub id: String,
    /// Its feed.
    pub feed: FeedId,
    /// The id that it names.
    pub affected_id: String,
    /// What is suspended.
    pub affected: Affected,
    /// When.
    pub period: Period,
    /// Why.
    pub reason: String,
    /// Sources, as written.
    pub sources: String,
    /// Anything else that is known.
    pub note: String,
}

/// Every suspension of a timetable.
#[derive(Clone, Debug, Default)]
pub struct Suspensions {
    rows: Vec<Suspension>,
}

impl Suspensions {
    /// Reads the rows of suspensions.txt; those whose id names nothing in the timetable are passed over, as the import said.
    pub fn read(timetable: &Timetable, borders: &Borders, rows: &Rows) -> Self {
        Self { rows: rows.iter().filter_map(|row| read(timetable, borders, &row)).collect() }
    }

    /// All of them, in the order of the rows.
    pub fn iter(&self) -> impl Iterator<Item = (SuspensionId, &Suspension)> {
        self.rows.iter().zip(0..).map(|(suspension, place)| (SuspensionId(place), suspension))
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// One of them.
    pub fn get(&self, id: SuspensionId) -> &Suspension {
        &self.rows[id.index()]
    }

    /// Those in force on a day.
    pub fn on(&self, date: Date) -> impl Iterator<Item = (SuspensionId, &Suspension)> {
        self.iter().filter(move |(_, suspension)| suspension.period.contains(date))
    }

    /// The runs that they hinder; nothing for days on which nothing runs anyway.
    pub fn hindrances(&self, columns: &Columns<'_>, borders: &Borders) -> Vec<Hindrance> {
        let mut found = Found { columns, hindrances: Vec::new() };
        if self.rows.iter().any(|suspension| !matches!(suspension.affected, Affected::Post(_))) {
            self.of_trips(&mut found);
        }
        if self.rows.iter().any(|suspension| matches!(suspension.affected, Affected::Post(_))) {
            for (pattern, crossings) in borders.of_patterns(columns) {
                for crossing in &crossings {
                    self.of_crossing(&mut found, borders, columns.trips_of(pattern).map(TripId::from_index), crossing);
                }
            }
        }
        found.hindrances
    }

    fn of_trips(&self, found: &mut Found<'_, '_>) {
        let columns = found.columns;
        for trip in columns.trips() {
            let Some(way) = columns.way_of_trip(trip) else {
                for (id, suspension) in
                    self.iter().filter(|(_, suspension)| suspension.affected.includes(columns, trip))
                {
                    found.add(trip, WHOLE, found.days(&suspension.period), id);
                }
                continue;
            };
            let carriage = Affected::Carriage(columns.carriage_of_way(way));
            for (id, suspension) in self.iter().filter(|(_, suspension)| suspension.affected == carriage) {
                found.add(trip, WHOLE, found.days(&suspension.period), id);
            }
            let last_hop = columns.call_count(trip).saturating_sub(2) as u32;
            for host in columns.hosts(way) {
                let first_hop = *host.way_calls.start() as u32;
                for (id, suspension) in
                    self.iter().filter(|(_, suspension)| suspension.affected.includes(columns, host.trip))
                {
                    let days = found.days(&suspension.period);
                    let own = days.start().saturating_sub(host.shift)..=days.end().saturating_sub(host.shift);
                    found.add(trip, [first_hop, last_hop], own, id);
                }
            }
        }
    }

    fn of_crossing(
        &self,
        found: &mut Found<'_, '_>,
        borders: &Borders,
        trips: impl Iterator<Item = TripId>,
        crossing: &Crossing<'_>,
    ) {
        let Some(passage) = crossing.passage else { return };
        let post = Affected::Post(passage.post);
        let own: Vec<_> = self.iter().filter(|(_, suspension)| suspension.affected == post).collect();
        if own.is_empty() {
            return;
        }
        let hop = crossing.hop() as u32;
        for trip in trips {
            for (id, suspension) in &own {
                let date = |day| borders.date_of_crossing(found.columns, trip, day, crossing);
                let days = days_on(found.columns, &suspension.period, date);
                found.add(trip, [hop, hop], days, *id);
            }
        }
    }
}

/// Hops of runs that do not run.
const WHOLE: [u32; 2] = [0, u32::MAX];

impl Affected {
    /// Whether a trip, or the way of a carriage, is part of what is suspended; whatever passes a post is not.
    pub fn includes(&self, columns: &Columns<'_>, trip: TripId) -> bool {
        match self {
            Self::Agency(agency) => columns.agency_of(columns.route_of(trip)) == *agency,
            Self::Route(route) => columns.route_of(trip) == *route,
            Self::Trips(trips) => trips.contains(&trip),
            Self::Carriage(carriage) => {
                columns.way_of_trip(trip).is_some_and(|way| columns.carriage_of_way(way) == *carriage)
            }
            Self::Post(_) => false,
        }
    }
}

/// Hindrances as they are found.
struct Found<'f, 'a> {
    columns: &'f Columns<'a>,
    hindrances: Vec<Hindrance>,
}

impl Found<'_, '_> {
    /// The service days of a period.
    fn days(&self, period: &Period) -> RangeInclusive<i32> {
        days_on(self.columns, period, |day| self.columns.date_of(day))
    }

    /// Adds a hindrance, if the trip runs on any of its days.
    fn add(&mut self, trip: TripId, [first_hop, last_hop]: [u32; 2], days: RangeInclusive<i32>, id: SuspensionId) {
        let (first_day, last_day) = days.into_inner();
        if self.columns.days_of_trip(trip).next_from(first_day).is_some_and(|day| day <= last_day) {
            let cause = Cause::Suspension(id);
            self.hindrances.push(Hindrance { trip, first_hop, last_hop, first_day, last_day, cause });
        }
    }
}

/// The service days whose date, which never goes back from day to day, lies in a period.
fn days_on(columns: &Columns<'_>, period: &Period, date: impl Fn(i32) -> Date) -> RangeInclusive<i32> {
    let first_where = |holds: &dyn Fn(Date) -> bool| {
        let (mut from, mut until) = (0, columns.days());
        while from < until {
            let middle = i32::midpoint(from, until);
            if holds(date(middle)) { until = middle } else { from = middle + 1 }
        }
        from
    };
    let first = period.first.map_or(0, |first| first_where(&|date| date >= first));
    let end = period.last.map_or(columns.days(), |last| first_where(&|date| date > last));
    first..=end - 1
}

fn read(timetable: &Timetable, borders: &Borders, row: &Row<'_>) -> Option<Suspension> {
    let columns = timetable.columns();
    let id = row.get("id");
    let affected = match row.get("affects") {
        "agency" => {
            let mut all = (0..columns.agency_id.len()).map(AgencyId::from_index);
            Affected::Agency(all.find(|agency| {
                columns.agency_feed[agency.index()] == row.feed.0
                    && columns.text(columns.agency_id[agency.index()]) == id
            })?)
        }
        "route" => {
            let mut all = (0..columns.route_id.len()).map(RouteId::from_index);
            Affected::Route(all.find(|route| {
                columns.agency_feed[columns.agency_of(*route).index()] == row.feed.0
                    && columns.text(columns.route_id[route.index()]) == id
            })?)
        }
        "trip" => {
            let mut trips = timetable.trips_with_id(Some(row.feed), id);
            if trips.is_empty() {
                trips = timetable.trips_with_written_id(id);
            }
            trips.retain(|trip| columns.way_of_trip(*trip).is_none());
            Affected::Trips(Some(trips).filter(|trips| !trips.is_empty())?)
        }
        "carriage" => Affected::Carriage(columns.carriages().find(|carriage| {
            let index = carriage.0 as usize;
            columns.carriage_feed[index] == row.feed.0 && columns.text(columns.carriage_id[index]) == id
        })?),
        "post" => {
            let mut posts = borders.posts();
            Affected::Post(posts.find(|(_, post)| post.feed == row.feed && post.id == id)?.0)
        }
        _ => return None,
    };
    Some(Suspension {
        id: row.get("suspension_id").to_owned(),
        feed: row.feed,
        affected_id: id.to_owned(),
        affected,
        period: Period::of(row),
        reason: row.get("reason").to_owned(),
        sources: row.get("source_id").to_owned(),
        note: row.get("note").to_owned(),
    })
}
