//! Through carriages and their hosts as values.

use std::collections::HashMap;
use tumen_base::{Certainty, SECONDS_PER_DAY, ServiceTime};

use super::names::{InFeed, Names};
use crate::model::{Call, Feed};
use crate::table::{Table, TableRow};

/// A row of through_carriages.txt with its hosts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ThroughCarriage {
    /// through_carriage_id.
    pub id: String,
    /// name.
    pub name: String,
    /// carriage_number, as painted on the coach.
    pub number: String,
    /// Position in `Feed::services` of the carriage's own feed.
    pub service: u32,
    /// carriage_type_id, or empty.
    pub carriage_type: String,
    /// agency_id, or empty.
    pub agency: String,
    /// certainty_days of the row; the calendar may say worse.
    pub certainty_days: Certainty,
    /// certainty_times of the row; hosts and calls may say worse.
    pub certainty_times: Certainty,
    /// Sources of the row, as written.
    pub source: String,
    /// Position of the row in its table.
    pub row: usize,
    /// The hosts in order of sequence; each time the alternatives, in the order of the file.
    pub hosts: Vec<Vec<Host>>,
}

/// A row of through_carriage_hosts.txt whose trip calls at both stops in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Host {
    /// sequence.
    pub sequence: u32,
    /// Position among the feeds.
    pub feed: usize,
    /// Position in `Feed::trips` of that feed.
    pub trip: u32,
    /// Position among the trip's calls at which the carriage is put on: the first at attach_stop_id that has a later
    /// call at detach_stop_id.
    pub attach: u32,
    /// Position among the trip's calls at which it is taken off: the first such later call.
    pub detach: u32,
    /// min_stand_time in seconds, 0 where absent: no less passes between the host before and this one.
    pub min_stand: i32,
    /// max_stand_time in seconds, 24 hours where absent.
    pub max_stand: i32,
    /// certainty_days of the row.
    pub certainty_days: Certainty,
    /// certainty_times of the row.
    pub certainty_times: Certainty,
    /// Sources of the row, as written.
    pub source: String,
    /// The row's line in its file.
    pub line: u64,
}

impl Host {
    /// The call at which the carriage is put on.
    pub fn attach_call(&self, feeds: &[Feed]) -> Call {
        calls_of(&feeds[self.feed], self.trip)[self.attach as usize]
    }

    /// The call at which it is taken off.
    pub fn detach_call(&self, feeds: &[Feed]) -> Call {
        calls_of(&feeds[self.feed], self.trip)[self.detach as usize]
    }
}

/// Why a row of through_carriage_hosts.txt is no host.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NoHost {
    /// An id that no feed has, complained of as such.
    Dangling,
    /// The trip does not call at the two stops in that order.
    NotInOrder,
    /// The trip has no fixed times.
    Frequency,
}

/// The through carriages of the feed at a position among the feeds read together. Carriages of unknown services and
/// hosts that the report complains of are left out.
pub fn through_carriages(feeds: &[Feed], feed: usize) -> Vec<ThroughCarriage> {
    carriages(&Names::new(feeds), feeds, feed, &mut |_, _| ())
}

/// As [`through_carriages`], telling of each row that is no host.
pub(super) fn carriages(
    names: &Names<'_>,
    feeds: &[Feed],
    feed: usize,
    complain: &mut dyn FnMut(&TableRow, NoHost),
) -> Vec<ThroughCarriage> {
    let Some(table) = feeds[feed].extension.get("through_carriages.txt") else { return Vec::new() };
    let mut found: Vec<ThroughCarriage> = Vec::new();
    let mut numbers = HashMap::new();
    for (index, row) in table.rows.iter().enumerate() {
        let id = table.value(row, "through_carriage_id");
        let Some(service) = names.service(feed, table.value(row, "service_id")) else { continue };
        numbers.entry(id).or_insert_with(|| {
            found.push(carriage(table, row, index, service));
            found.len() - 1
        });
    }
    let Some(table) = feeds[feed].extension.get("through_carriage_hosts.txt") else { return found };
    let mut hosts: Vec<Vec<Host>> = vec![Vec::new(); found.len()];
    let mut lookup = Lookup { names, feeds, own: feed, calls: HashMap::new() };
    for row in &table.rows {
        let Some(carriage) = numbers.get(table.value(row, "through_carriage_id")) else { continue };
        match lookup.host(table, row) {
            Ok(host) => hosts[*carriage].push(host),
            Err(reason) => complain(row, reason),
        }
    }
    for (carriage, mut hosts) in found.iter_mut().zip(hosts) {
        hosts.sort_by_key(|host| host.sequence);
        carriage.hosts = hosts.chunk_by(|one, other| one.sequence == other.sequence).map(<[Host]>::to_vec).collect();
    }
    found
}

fn carriage(table: &Table, row: &TableRow, index: usize, service: u32) -> ThroughCarriage {
    let text = |column| table.value(row, column).to_owned();
    ThroughCarriage {
        id: text("through_carriage_id"),
        name: text("name"),
        number: text("carriage_number"),
        service,
        carriage_type: text("carriage_type_id"),
        agency: text("agency_id"),
        certainty_days: certainty(table.value(row, "certainty_days")),
        certainty_times: certainty(table.value(row, "certainty_times")),
        source: text("source_id"),
        row: index,
        hosts: Vec::new(),
    }
}

/// What a host row is resolved with.
struct Lookup<'a> {
    names: &'a Names<'a>,
    feeds: &'a [Feed],
    /// The feed of the row.
    own: usize,
    /// Where each trip that is a host calls at each stop, in order: a long trip may be the host of many rows.
    calls: HashMap<InFeed, HashMap<u32, Vec<u32>>>,
}

impl Lookup<'_> {
    fn host(&mut self, table: &Table, row: &TableRow) -> Result<Host, NoHost> {
        let value = |column| table.value(row, column);
        let trip = self.names.trip(self.own, value("trip_id")).ok_or(NoHost::Dangling)?;
        if self.names.is_repeated(trip) {
            return Err(NoHost::Frequency);
        }
        let stop = |column| self.names.stop(self.own, value(column)).ok_or(NoHost::Dangling);
        let (from, to) = (stop("attach_stop_id")?, stop("detach_stop_id")?);
        let (attach, detach) = self.attach_and_detach(trip, from, to).ok_or(NoHost::NotInOrder)?;
        let stand = |column, default| ServiceTime::parse(value(column).as_bytes()).map_or(default, |time| time.0);
        Ok(Host {
            sequence: value("sequence").parse().map_err(|_| NoHost::Dangling)?,
            feed: trip.feed,
            trip: trip.position,
            attach,
            detach,
            min_stand: stand("min_stand_time", 0),
            max_stand: stand("max_stand_time", SECONDS_PER_DAY),
            certainty_days: certainty(value("certainty_days")),
            certainty_times: certainty(value("certainty_times")),
            source: value("source_id").to_owned(),
            line: row.line,
        })
    }

    /// The first call at one stop that has a later call at the other, and the first such later call.
    fn attach_and_detach(&mut self, trip: InFeed, from: InFeed, to: InFeed) -> Option<(u32, u32)> {
        if from.feed != trip.feed || to.feed != trip.feed {
            return None;
        }
        let feed = &self.feeds[trip.feed];
        let calls = self.calls.entry(trip).or_insert_with(|| {
            let mut at_stop: HashMap<u32, Vec<u32>> = HashMap::new();
            for (position, call) in (0..).zip(calls_of(feed, trip.position)) {
                at_stop.entry(call.stop).or_default().push(position);
            }
            at_stop
        });
        let attach = *calls.get(&from.position)?.first()?;
        let later = calls.get(&to.position)?;
        Some((attach, *later.get(later.partition_point(|call| *call <= attach))?))
    }
}

fn calls_of(feed: &Feed, trip: u32) -> &[Call] {
    let calls = &feed.trips[trip as usize].calls;
    &feed.calls[calls.start as usize..calls.end as usize]
}

/// As for GTFS files: published where absent, unknown where unreadable.
fn certainty(word: &str) -> Certainty {
    if word.is_empty() { Certainty::Published } else { Certainty::parse(word).unwrap_or(Certainty::Unknown) }
}
