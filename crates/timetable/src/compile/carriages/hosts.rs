//! The rows of through_carriage_hosts.txt, with what they name found.

use super::super::report::Remark;
use super::{HOSTS, Surroundings};
use std::collections::{BTreeMap, HashMap};
use tumen_base::{Certainty, SECONDS_PER_DAY, ServiceTime};
use tumen_feed::{Feed, Severity, Table, TableRow, Trip};

/// One alternative for one host of a carriage.
pub(super) struct Host {
    pub feed: usize,
    /// Position in the trips of its feed.
    pub trip: usize,
    /// Positions of the calls at which the carriage is put on and taken off.
    pub attach: usize,
    pub detach: usize,
    /// departure_time at the attach stop.
    pub departure: i32,
    /// The least and the most seconds between the arrival with the host before and the departure with this one.
    pub stand: (i64, i64),
    /// certainty_days of the row and of the host trip, the worse.
    pub certainty_days: Certainty,
}

/// Trips by id, made for a feed when it is first asked for.
pub(super) struct Directory<'a> {
    feeds: &'a [Feed],
    trips: HashMap<usize, HashMap<&'a str, usize>>,
}

impl<'a> Directory<'a> {
    pub(super) fn new(feeds: &'a [Feed]) -> Self {
        Self { feeds, trips: HashMap::new() }
    }

    /// A trip of the feed itself, else the one that `feed:id` names.
    fn trip(&mut self, own: usize, id: &str) -> Option<(usize, usize)> {
        self.trip_of(own, id).or_else(|| {
            let (name, id) = id.split_once(':')?;
            let feed = self.feeds.iter().position(|feed| feed.name == name)?;
            self.trip_of(feed, id)
        })
    }

    fn trip_of(&mut self, feed: usize, id: &str) -> Option<(usize, usize)> {
        let trips = &self.feeds[feed].trips;
        let index = self
            .trips
            .entry(feed)
            .or_insert_with(|| trips.iter().enumerate().rev().map(|(index, trip)| (trip.id.as_str(), index)).collect());
        index.get(id).map(|&trip| (feed, trip))
    }
}

/// The hosts of a carriage in order, each with its alternatives in the order of the file.
pub(super) fn of_carriage(
    around: &Surroundings,
    directory: &mut Directory,
    own: usize,
    carriage: &str,
    remarks: &mut Vec<Remark>,
) -> Vec<Vec<Host>> {
    let Some(table) = around.feeds[own].extension.get(HOSTS) else { return Vec::new() };
    let mut hosts: BTreeMap<u32, Vec<Host>> = BTreeMap::new();
    for row in table.rows.iter().filter(|row| table.value(row, "through_carriage_id") == carriage) {
        let sequence = table.value(row, "sequence").parse();
        let host = match sequence {
            // An alternative that cannot be used leaves its place in the order: without another one it is a hole.
            Ok(sequence) => {
                let alternatives = hosts.entry(sequence).or_default();
                find(around.feeds, directory, own, (table, row)).map(|host| alternatives.push(host))
            }
            Err(_) => Err(("carriage_sequence", "sequence is not a whole number".to_owned())),
        };
        if let Err((code, message)) = host {
            remarks.push(Remark {
                feed: around.feeds[own].name.clone(),
                file: HOSTS,
                line: row.line,
                severity: Severity::Error,
                code,
                message: format!("carriage '{carriage}': {message}; this host is left out"),
            });
        }
    }
    hosts.into_values().collect()
}

/// Finds what a row names; the error is a code and what is wrong.
fn find(
    feeds: &[Feed],
    directory: &mut Directory,
    own: usize,
    (table, row): (&Table, &TableRow),
) -> Result<Host, (&'static str, String)> {
    let value = |column: &str| table.value(row, column);
    let id = value("trip_id");
    let Some((feed, index)) = directory.trip(own, id) else {
        return Err(("carriage_host_unknown", format!("there is no trip '{id}' with two calls or more")));
    };
    let (of, trip) = (&feeds[feed], &feeds[feed].trips[index]);
    if of.frequencies.iter().any(|frequency| frequency.trip as usize == index) {
        let message = format!("trip '{id}' is repeated by frequencies.txt and cannot carry a coach");
        return Err(("carriage_host_frequency", message));
    }
    let (attach_stop, detach_stop) = (value("attach_stop_id"), value("detach_stop_id"));
    let Some((attach, detach)) = stretch(of, trip, attach_stop, detach_stop) else {
        let message = format!("trip '{id}' does not call at '{attach_stop}' and later at '{detach_stop}'");
        return Err(("carriage_host_stops", message));
    };
    let stand = |column: &str, default: i32| {
        if value(column).is_empty() {
            return Ok(i64::from(default));
        }
        ServiceTime::parse(value(column).as_bytes())
            .map(|time| i64::from(time.0))
            .map_err(|error| ("carriage_stand", format!("{column} '{}': {error}", value(column))))
    };
    Ok(Host {
        feed,
        trip: index,
        attach,
        detach,
        departure: of.calls[trip.calls.start as usize + attach].departure,
        stand: (stand("min_stand_time", 0)?, stand("max_stand_time", SECONDS_PER_DAY)?),
        certainty_days: Certainty::parse(value("certainty_days")).unwrap_or_default().max(trip.certainty_days),
    })
}

/// The first call at the attach stop that has a later one at the detach stop, and the first such later one.
fn stretch(feed: &Feed, trip: &Trip, attach_stop: &str, detach_stop: &str) -> Option<(usize, usize)> {
    let calls = &feed.calls[trip.calls.start as usize..trip.calls.end as usize];
    let own_id = |id: &str| id.strip_prefix(feed.name.as_str()).and_then(|id| id.strip_prefix(':')).map(str::to_owned);
    let is_at = |call: usize, id: &str| {
        let stop = &feed.stops[calls[call].stop as usize].id;
        stop == id || own_id(id).is_some_and(|id| *stop == id)
    };
    let attach = (0..calls.len()).filter(|&call| is_at(call, attach_stop));
    let mut stretches = attach.filter_map(|attach| {
        let detach = (attach + 1..calls.len()).find(|&call| is_at(call, detach_stop))?;
        Some((attach, detach))
    });
    stretches.next()
}
