//! Feeds being edited: closures, further days, moved times.

use super::cut::Cut;
use super::dates;
use super::{Addition, RunDays, add};
use crate::closure::{Closure, Days};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use tumen_base::{Date, TripId};
use tumen_feed::{Exception, Feed, Service};
use tumen_timetable::Columns;

/// File of the carriages.
const CARRIAGES: &str = "through_carriages.txt";

/// File of the suspensions.
const SUSPENSIONS: &str = "suspensions.txt";

/// Feeds of one timetable that are edited.
pub(super) struct Editor {
    pub(super) feeds: Vec<Feed>,
    /// By feed, trips by trip_id.
    trips: Vec<HashMap<String, u32>>,
    /// Services that were made, by feed, the service they come from, and their dates.
    services: HashMap<(usize, u32, Vec<Date>), u32>,
    /// The last date that was added.
    last: Option<Date>,
}

impl Editor {
    /// Takes the feeds of a timetable, as they are exported from it.
    pub(super) fn new(feeds: Vec<Feed>) -> Self {
        let by_id = |feed: &Feed| feed.trips.iter().zip(0..).map(|(trip, index)| (trip.id.clone(), index)).collect();
        Self { trips: feeds.iter().map(by_id).collect(), feeds, services: HashMap::new(), last: None }
    }

    /// The feeds, and the last date that was added to them.
    pub(super) fn finish(self) -> (Vec<Feed>, Option<Date>) {
        (self.feeds, self.last)
    }

    /// Feed and position of a trip of the timetable; several trips of a frequency are one.
    fn place(&self, columns: &Columns<'_>, trip: TripId) -> Option<(usize, u32)> {
        let feed = columns.feed_of_trip(trip).index();
        self.find(feed, columns.text(columns.trip_id[trip.index()])).map(|index| (feed, index))
    }

    /// The position of a trip of a feed.
    pub(super) fn find(&self, feed: usize, id: &str) -> Option<u32> {
        self.trips[feed].get(id).copied()
    }

    /// Adds a trip to the directory.
    pub(super) fn register(&mut self, feed: usize, id: String, index: u32) {
        self.trips[feed].insert(id, index);
    }

    /// Takes closures out of what runs.
    pub(super) fn close(&mut self, columns: &Columns<'_>, closures: &[Closure]) {
        let mut trips: BTreeMap<(usize, u32), (TripId, Vec<Closure>)> = BTreeMap::new();
        let mut carriages: BTreeMap<u32, Vec<Days>> = BTreeMap::new();
        for closure in closures {
            if let Some(way) = columns.way_of_trip(closure.trip) {
                // A carriage follows its hosts; only where all of it is closed it is suspended itself.
                if closure.hops.len() + 1 == columns.call_count(closure.trip) {
                    carriages.entry(columns.carriage_of_way(way).0).or_default().push(closure.days);
                }
            } else if let Some(place) = self.place(columns, closure.trip) {
                let (first, closures) = trips.entry(place).or_insert_with(|| (closure.trip, Vec::new()));
                if *first == closure.trip {
                    closures.push(closure.clone());
                }
            }
        }
        for ((feed, index), (trip, closures)) in trips {
            let days = columns.days_of_trip(trip).iter().map(|day| columns.date_of(day));
            let cut = Cut::of(&closures, days, columns.call_count(trip) as u32);
            self.cut(feed, index, &cut);
        }
        for (carriage, closed) in carriages {
            self.suspend_carriage(columns, carriage as usize, &closed);
        }
    }

    /// A service that runs on some of another's dates only, or on more of them.
    pub(super) fn service(&mut self, feed: usize, like: u32, dates: &BTreeSet<Date>) -> u32 {
        let key = (feed, like, dates.iter().copied().collect());
        if let Some(&known) = self.services.get(&key) {
            return known;
        }
        let services = &mut self.feeds[feed].services;
        let position = services.len() as u32;
        let old = &services[like as usize];
        let id = format!("{}@{position}", old.id);
        let service = if old.is_plain() {
            Service::of_dates(id, dates)
        } else {
            let exception = |&date: &Date| {
                let source = old.exceptions.get(&date).map_or_else(
                    || old.weekly.as_ref().map(|weekly| weekly.source.clone()).unwrap_or_default(),
                    |exception| exception.source.clone(),
                );
                (date, Exception { runs: true, certainty: old.certainty_on(date), source })
            };
            Service { id, weekly: None, exceptions: dates.iter().map(exception).collect() }
        };
        services.push(service);
        self.services.insert(key, position);
        position
    }

    fn suspend_carriage(&mut self, columns: &Columns<'_>, carriage: usize, closed: &[Days]) {
        let feed = columns.carriage_feed[carriage] as usize;
        let id = columns.text(columns.carriage_id[carriage]);
        let service = tumen_base::ServiceId(columns.carriage_service[carriage]);
        let days = columns.day_set(columns.service_days[service.index()]).iter().map(|day| columns.date_of(day));
        let left: BTreeSet<Date> = days.filter(|&date| !closed.iter().any(|days| days.contains(date))).collect();
        let name = columns.text(columns.service_id[service.index()]);
        let Some(like) = self.feeds[feed].services.iter().position(|service| service.id == name) else { return };
        let made = self.service(feed, like as u32, &left);
        let made = self.feeds[feed].services[made as usize].id.clone();
        let Some(table) = self.feeds[feed].extension.get_mut(CARRIAGES) else { return };
        let (Some(own), Some(column)) = (table.column("through_carriage_id"), table.column("service_id")) else {
            return;
        };
        for row in table.rows.iter_mut().filter(|row| row.values.get(own).is_some_and(|value| value == id)) {
            if let Some(value) = row.values.get_mut(column) {
                value.clone_from(&made);
            }
        }
    }

    /// Takes days out of what suspensions.txt says, so that whoever reads the new timetable does not find them there.
    pub(super) fn lift(&mut self, kind: &str, ids: &[String], days: Days) {
        for feed in &mut self.feeds {
            let own = |id: &str| ids.iter().any(|other| other == id || *other == format!("{}:{id}", feed.name));
            let Some(table) = feed.extension.get_mut(SUSPENSIONS) else { continue };
            let columns = ["valid_from", "valid_to"].map(|column| table.column(column));
            let mut rows = Vec::with_capacity(table.rows.len());
            for row in std::mem::take(&mut table.rows) {
                if table.value(&row, "affects") != kind || !own(table.value(&row, "id")) {
                    rows.push(row);
                    continue;
                }
                let date = |column: &str| Date::parse(table.value(&row, column).as_bytes()).ok();
                let suspended = Days::between(date("valid_from"), date("valid_to"));
                for left in suspended.without(days) {
                    let mut row = row.clone();
                    let dates = [(left.first, Days::ALWAYS.first), (left.last, Days::ALWAYS.last)];
                    for (column, (date, open)) in columns.into_iter().zip(dates) {
                        if let Some(value) = column.and_then(|column| row.values.get_mut(column)) {
                            *value = if date == open { String::new() } else { date.compact() };
                        }
                    }
                    rows.push(row);
                }
            }
            table.rows = rows;
        }
    }

    /// Lets trips run on more days.
    pub(super) fn run(&mut self, columns: &Columns<'_>, trips: &[TripId], days: &RunDays) {
        let more = days.dates();
        self.last = self.last.max(more.last().copied());
        let places: BTreeSet<(usize, u32)> = trips.iter().filter_map(|&trip| self.place(columns, trip)).collect();
        for (feed, index) in places {
            let service = self.feeds[feed].trips[index as usize].service;
            let mut all = running(&self.feeds[feed].services[service as usize]);
            all.extend(&more);
            let service = self.service(feed, service, &all);
            self.feeds[feed].trips[index as usize].service = service;
        }
    }

    /// Moves the times of trips, from the departure at a stop on.
    pub(super) fn retime(
        &mut self,
        columns: &Columns<'_>,
        trips: &[TripId],
        seconds: i32,
        from_stop: Option<&str>,
    ) -> Result<(), String> {
        let places: BTreeSet<(usize, u32)> = trips.iter().filter_map(|&trip| self.place(columns, trip)).collect();
        for (feed, index) in places {
            let Feed { stops, calls, trips, frequencies, .. } = &mut self.feeds[feed];
            let trip = &trips[index as usize];
            let calls = &mut calls[trip.calls.start as usize..trip.calls.end as usize];
            let first = match from_stop {
                None => 0,
                Some(id) => {
                    let at = calls.iter().position(|call| stops[call.stop as usize].id == id);
                    at.ok_or_else(|| format!("trip {} does not call at a stop with the id `{id}`", trip.id))?
                }
            };
            for (position, call) in calls.iter_mut().enumerate().skip(first) {
                // At the stop from which on times move the train waits longer, or shorter; at the first one it comes with them.
                if position > first || first == 0 {
                    call.arrival += seconds;
                }
                call.departure += seconds;
            }
            let late =
                |call: &tumen_feed::Call| !(0..=dates::LATEST).contains(&call.arrival) || call.departure < call.arrival;
            if let Some(call) = calls.iter().find(|call| late(call)) {
                let (stop, arrival, departure) = (&stops[call.stop as usize].id, call.arrival, call.departure);
                return Err(format!(
                    "trip {} would arrive at {stop} at {} and leave it at {}; expected times of a service day that do not run \
                     backwards",
                    trip.id,
                    dates::clock(arrival),
                    dates::clock(departure)
                ));
            }
            if first == 0 {
                let early =
                    |frequency: &&tumen_feed::Frequency| frequency.trip == index && frequency.start + seconds < 0;
                if frequencies.iter().any(|frequency| early(&frequency)) {
                    return Err(format!("trip {} would begin before its service day; expected fewer seconds", trip.id));
                }
                for frequency in frequencies.iter_mut().filter(|frequency| frequency.trip == index) {
                    frequency.start += seconds;
                    frequency.end += seconds;
                }
            }
        }
        Ok(())
    }

    /// Adds a trip.
    pub(super) fn add(&mut self, addition: &Addition) -> Result<(), String> {
        let dates = addition.days.dates();
        self.last = self.last.max(dates.last().copied());
        add::add(self, addition, &dates)
    }
}

/// The dates on which a service of an exported feed runs: its calendar has an end.
fn running(service: &Service) -> BTreeSet<Date> {
    let weekly = service.weekly.as_ref().and_then(|weekly| Some((weekly.first?, weekly.last?)));
    let regular = weekly.into_iter().flat_map(|(first, last)| (first.0..=last.0).map(Date));
    let said = service.exceptions.keys().copied();
    regular.chain(said).filter(|&date| service.runs_on(date)).collect()
}
