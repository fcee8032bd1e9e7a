//! Times of one zone told in another.

use jiff::tz::TimeZone;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::RangeInclusive;
use tumen_base::{Date, SECONDS_PER_DAY};

use crate::model::{Exception, Feed, Frequency, Service, Transfer, Trip};
use crate::table::TableRow;

/// 1970-01-01 to 2099-12-31.
const DAYS: RangeInclusive<i32> = 0..=47_481;

/// Tells all times of a feed in a zone, without changing any moment.
pub(super) fn tell_in(feed: &mut Feed, zone: &str) {
    if feed.zone == zone {
        return;
    }
    let own = feed.own_stops();
    for stop in feed.stops[..own].iter_mut().filter(|stop| stop.zone.is_empty() && stop.parent.is_none()) {
        stop.zone.clone_from(&feed.zone);
    }
    feed.agencies.iter_mut().for_each(|agency| zone.clone_into(&mut agency.zone));
    let clocks = Clocks::of(&feed.zone, zone, feed);
    zone.clone_into(&mut feed.zone);
    if clocks.differences.iter().any(|&difference| difference != 0) {
        Moving { clocks, running: feed.services.iter().map(running).collect() }.all(feed);
    }
}

/// By how much the times of a feed grow, by service day.
struct Clocks {
    differences: Vec<i32>,
    /// Whole days by which service days move back, so that no time is negative.
    back: i32,
}

impl Clocks {
    fn of(from: &str, to: &str, feed: &Feed) -> Self {
        let [from, to] = [from, to].map(|zone| TimeZone::get(zone).unwrap_or(TimeZone::UTC));
        let base = |zone: &TimeZone, day: i32| {
            let noon = zone.to_ambiguous_timestamp(Date(day).civil().at(12, 0, 0, 0)).compatible();
            noon.map_or(i64::from(day) * i64::from(SECONDS_PER_DAY), |noon| noon.as_second() - 43_200)
        };
        let difference = |back: i32| {
            let (from, to) = (&from, &to);
            DAYS.map(move |day| (base(from, day) - base(to, day - back)) as i32).collect::<Vec<i32>>()
        };
        let earliest = feed.calls.iter().map(|call| call.arrival).min().unwrap_or(0);
        let plain = difference(0);
        let least = plain.iter().min().copied().unwrap_or(0);
        if earliest + least >= 0 {
            return Self { differences: plain, back: 0 };
        }
        // Zones are never as much as two days apart.
        let back = if earliest + least + SECONDS_PER_DAY - 7200 >= 0 { 1 } else { 2 };
        Self { differences: difference(back), back }
    }

    fn on(&self, day: Date) -> i32 {
        self.differences.get(day.0 as usize).copied().unwrap_or(0)
    }

    /// Days by what is added to times on them.
    fn groups(&self, days: &BTreeSet<Date>) -> BTreeMap<i32, BTreeSet<Date>> {
        let mut groups: BTreeMap<i32, BTreeSet<Date>> = BTreeMap::new();
        for &day in days {
            groups.entry(self.on(day)).or_default().insert(day);
        }
        groups
    }
}

/// The days on which a service runs.
fn running(service: &Service) -> BTreeSet<Date> {
    let weekly = service.weekly.as_ref().and_then(|weekly| Some((weekly.first?.0, weekly.last?.0)));
    let range = weekly.map(|(first, last)| first.max(*DAYS.start())..=last.min(*DAYS.end()));
    let added = service.exceptions.keys().copied().filter(|date| DAYS.contains(&date.0));
    let days = range.into_iter().flatten().map(Date).chain(added);
    days.filter(|&date| service.runs_on(date)).collect()
}

struct Moving {
    clocks: Clocks,
    running: Vec<BTreeSet<Date>>,
}

impl Moving {
    fn all(&self, feed: &mut Feed) {
        self.carriages(feed);
        let shifted: Vec<Vec<(i32, u32)>> = (0..self.running.len()).map(|index| self.service(feed, index)).collect();
        let trips = feed.trips.len();
        let mut copies: HashMap<u32, Vec<u32>> = HashMap::new();
        let mut seconds: Vec<i32> = vec![0; trips];
        for index in 0..trips {
            let mut groups = shifted[feed.trips[index].service as usize].iter();
            let Some(&(first, service)) = groups.next() else { continue };
            for (number, &(shift, service)) in (2..).zip(groups) {
                let copy = copy_trip(feed, index, number);
                feed.trips[copy as usize].service = service;
                seconds.push(shift);
                copies.entry(index as u32).or_default().push(copy);
            }
            feed.trips[index].service = service;
            seconds[index] = first;
        }
        for (trip, shift) in feed.trips.iter().zip(&seconds) {
            for call in &mut feed.calls[trip.calls.start as usize..trip.calls.end as usize] {
                call.arrival += shift;
                call.departure += shift;
            }
        }
        let frequencies = std::mem::take(&mut feed.frequencies);
        for frequency in frequencies {
            for trip in with_copies(&copies, frequency.trip) {
                let shift = seconds[trip as usize];
                let (start, end) = (frequency.start + shift, frequency.end + shift);
                feed.frequencies.push(Frequency { trip, start, end, ..frequency });
            }
        }
        copy_rules(feed, &copies);
        copy_extension_rows(feed, &copies);
    }

    /// The services that stand for one: what is added to times, and the service. The first keeps the place of the old one.
    fn service(&self, feed: &mut Feed, index: usize) -> Vec<(i32, u32)> {
        let days = &self.running[index];
        let groups = self.clocks.groups(days);
        if groups.len() == 1 && self.clocks.back == 0 {
            return groups.keys().map(|&shift| (shift, index as u32)).collect();
        }
        let old = feed.services[index].clone();
        let mut shifted = Vec::new();
        for (number, (shift, days)) in (1..).zip(groups) {
            let id = if number == 1 { old.id.clone() } else { format!("{}~{number}", old.id) };
            let service = Self::moved(&old, id, &days, |date| date.plus(-self.clocks.back));
            if number == 1 {
                feed.services[index] = service;
                shifted.push((shift, index as u32));
            } else {
                feed.services.push(service);
                shifted.push((shift, feed.services.len() as u32 - 1));
            }
        }
        shifted
    }

    /// Some days of a service, each on another day, with all that is said of them.
    fn moved(old: &Service, id: String, days: &BTreeSet<Date>, day: impl Fn(Date) -> Date) -> Service {
        if old.is_plain() {
            return Service::of_dates(id, &days.iter().map(|&date| day(date)).collect());
        }
        let weekly = old.weekly.as_ref().map(|weekly| weekly.source.clone()).unwrap_or_default();
        let exception = |&date: &Date| {
            let source = old.exceptions.get(&date).map_or_else(|| weekly.clone(), |row| row.source.clone());
            (day(date), Exception { runs: true, certainty: old.certainty_on(date), source })
        };
        Service { id, weekly: None, exceptions: days.iter().map(exception).collect() }
    }

    /// A carriage's service day is the date on which its first host puts it on: midnight may come sooner or later now.
    fn carriages(&self, feed: &mut Feed) {
        let firsts = first_hosts(feed);
        let Some(table) = feed.extension.get_mut("through_carriages.txt") else { return };
        let (Some(id), Some(service)) = (table.column("through_carriage_id"), table.column("service_id")) else {
            return;
        };
        let mut new: Vec<Service> = Vec::new();
        for row in &mut table.rows {
            let departure = row.values.get(id).and_then(|carriage| firsts.get(carriage)).copied();
            let Some((departure, named)) = departure.zip(row.values.get(service)) else { continue };
            let Some(index) = feed.services.iter().position(|service| service.id == *named) else { continue };
            let day = |date: Date| {
                let run = date.plus(-departure.div_euclid(SECONDS_PER_DAY));
                run.plus(-self.clocks.back).plus((departure + self.clocks.on(run)).div_euclid(SECONDS_PER_DAY))
            };
            let copy = format!("{named}~{}", row.values[id]);
            new.push(Self::moved(&feed.services[index], copy.clone(), &self.running[index], day));
            row.values[service] = copy;
        }
        // Behind those that trips use, which `running` counts.
        feed.services.extend(new);
    }
}

/// When each carriage is first put on, in seconds of the service day of its first host.
fn first_hosts(feed: &Feed) -> HashMap<String, i32> {
    let trips: HashMap<&str, &Trip> = feed.trips.iter().map(|trip| (trip.id.as_str(), trip)).collect();
    let mut firsts: HashMap<String, (u64, i32)> = HashMap::new();
    let Some(table) = feed.extension.get("through_carriage_hosts.txt") else { return HashMap::new() };
    for row in &table.rows {
        let value = |column| table.value(row, column);
        let Ok(sequence) = value("sequence").parse::<u64>() else { continue };
        let Some(trip) = trips.get(value("trip_id")) else { continue };
        let calls = &feed.calls[trip.calls.start as usize..trip.calls.end as usize];
        let attach = calls.iter().find(|call| feed.stops[call.stop as usize].id == value("attach_stop_id"));
        let Some(attach) = attach else { continue };
        let first = firsts.entry(value("through_carriage_id").to_owned()).or_insert((sequence, attach.departure));
        if sequence < first.0 {
            *first = (sequence, attach.departure);
        }
    }
    firsts.into_iter().map(|(carriage, (_, departure))| (carriage, departure)).collect()
}

/// Adds a copy of a trip with calls of its own.
fn copy_trip(feed: &mut Feed, index: usize, number: usize) -> u32 {
    let trip = feed.trips[index].clone();
    let calls = trip.calls.start as usize..trip.calls.end as usize;
    let start = feed.calls.len() as u32;
    feed.calls.extend_from_within(calls.clone());
    let details = &mut feed.call_details;
    extend(&mut details.distance, calls.clone());
    extend(&mut details.headsign, calls.clone());
    extend(&mut details.certainty, calls.clone());
    extend(&mut details.source, calls);
    let id = format!("{}~{number}", trip.id);
    feed.trips.push(Trip { id, calls: start..feed.calls.len() as u32, ..trip });
    if let Some(table) = feed.extra_columns.get_mut("trips.txt") {
        let row = table.rows.get(index).cloned().unwrap_or_default();
        table.rows.push(row);
    }
    feed.trips.len() as u32 - 1
}

fn extend<T: Copy>(column: &mut Vec<T>, range: std::ops::Range<usize>) {
    if !column.is_empty() {
        column.extend_from_within(range);
    }
}

fn with_copies(copies: &HashMap<u32, Vec<u32>>, trip: u32) -> impl Iterator<Item = u32> + '_ {
    std::iter::once(trip).chain(copies.get(&trip).into_iter().flatten().copied())
}

/// Rules that name a trip name its copies too.
fn copy_rules(feed: &mut Feed, copies: &HashMap<u32, Vec<u32>>) {
    let each = |trip: Option<u32>| match trip {
        Some(trip) => with_copies(copies, trip).map(Some).collect(),
        None => vec![None],
    };
    let mut new: Vec<(usize, Transfer)> = Vec::new();
    for (row, rule) in feed.transfers.iter().enumerate() {
        let pairs =
            each(rule.from_trip).into_iter().flat_map(|from| each(rule.to_trip).into_iter().map(move |to| (from, to)));
        new.extend(pairs.skip(1).map(|(from_trip, to_trip)| (row, Transfer { from_trip, to_trip, ..*rule })));
    }
    for (row, rule) in new {
        feed.transfers.push(rule);
        if let Some(table) = feed.extra_columns.get_mut("transfers.txt") {
            let copy = table.rows.get(row).cloned().unwrap_or_default();
            table.rows.push(copy);
        }
    }
}

/// Hosts and sources of a trip are those of its copies too: rows of one sequence are alternatives.
fn copy_extension_rows(feed: &mut Feed, copies: &HashMap<u32, Vec<u32>>) {
    let ids: HashMap<&str, Vec<&str>> = copies
        .iter()
        .map(|(&trip, copies)| {
            let id = |trip: u32| feed.trips[trip as usize].id.as_str();
            (id(trip), copies.iter().map(|&copy| id(copy)).collect())
        })
        .collect();
    for (file, column) in [("through_carriage_hosts.txt", "trip_id"), ("stitched_trips.txt", "stitched_trip_id")] {
        let Some(table) = feed.extension.get_mut(file) else { continue };
        let Some(column) = table.column(column) else { continue };
        let copied = table.rows.iter().flat_map(|row| {
            let copies = row.values.get(column).and_then(|id| ids.get(id.as_str())).into_iter().flatten();
            copies.map(|copy| {
                let mut row: TableRow = row.clone();
                (*copy).clone_into(&mut row.values[column]);
                row
            })
        });
        let copied: Vec<TableRow> = copied.collect();
        table.rows.extend(copied);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_end_with_the_century() {
        assert_eq!(Date(*DAYS.end()).to_string(), "2099-12-31");
    }
}
