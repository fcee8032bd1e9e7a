//! Through carriages: each combination of hosts and stands that occurs is a way, a trip of its own.
//!
//! Read from the extension files through_carriages.txt and through_carriage_hosts.txt; SEMANTICS calls what follows "the
//! carriage's service day", "host k" and "hole".

mod hosts;
mod ways;

use super::drafts::{Draft, Drafts, Origin};
use super::intern::{DaySets, Strings};
use super::report::Remark;
use super::span::Span;
use super::tables::Bases;
use super::zones::Zones;
use crate::TimetableData;
use hosts::{Directory, Host};
use std::ops::Range;
use tumen_base::Certainty;
use tumen_feed::{Call, CallDetails, Feed, Severity, Table, TableRow};

/// File of the carriages.
pub(crate) const CARRIAGES: &str = "through_carriages.txt";
/// File of their hosts.
pub(crate) const HOSTS: &str = "through_carriage_hosts.txt";

/// A through carriage.
pub(super) struct Carriage {
    pub id: String,
    pub name: String,
    pub number: String,
    pub feed: u32,
    /// Service, counted over all feeds.
    pub service: u32,
    pub source: String,
    pub certainty_days: Certainty,
    pub certainty_times: Certainty,
    /// Day set of the days on which a host is missing.
    pub holes: u32,
}

/// A combination of hosts and stands.
pub(super) struct Way {
    pub carriage: u32,
    /// Name of the last stop.
    pub headsign: String,
    /// The worst that the rows of carriage and hosts say.
    pub certainty_days: Certainty,
    pub hosts: Range<usize>,
    /// Its calls in `Ways::calls`.
    pub calls: Range<u32>,
    /// Day set of its runs.
    pub days: u32,
}

/// A host of a way.
pub(super) struct WayHost {
    /// Host trip, counted over all feeds.
    pub trip: u32,
    /// Route of the host, counted over all feeds.
    pub route: u32,
    /// Service day of the host's run minus that of the carriage.
    pub shift: i32,
    /// The host trip's calls at which the carriage is attached and detached.
    pub carried: (u32, u32),
    /// The same calls, counted in the way.
    pub in_way: (u32, u32),
}

/// All carriages and ways.
#[derive(Default)]
pub(super) struct Ways {
    pub carriages: Vec<Carriage>,
    pub all: Vec<Way>,
    pub hosts: Vec<WayHost>,
    /// Calls of the ways; their stops are counted over all feeds.
    pub calls: Vec<Call>,
    pub details: CallDetails,
}

/// What carriages are found in.
pub(super) struct Surroundings<'a> {
    pub feeds: &'a [Feed],
    pub bases: &'a Bases,
    pub span: &'a Span,
    pub zones: &'a Zones,
    pub data: &'a TimetableData,
}

impl Ways {
    /// Finds the ways of all carriages; carriages and hosts that cannot be found are remarked on and left out.
    pub(super) fn find(around: &Surroundings, sets: &mut DaySets, remarks: &mut Vec<Remark>) -> Self {
        let mut ways = Self::default();
        let mut directory = Directory::new(around.feeds);
        for (index, feed) in around.feeds.iter().enumerate() {
            let Some(table) = feed.extension.get(CARRIAGES) else { continue };
            for row in &table.rows {
                let Some(carriage) = ways.carriage(around, index, (table, row), remarks) else { continue };
                let hosts = hosts::of_carriage(around, &mut directory, index, &carriage.id, remarks);
                ways.add(around, sets, carriage, &hosts, remarks);
            }
        }
        ways
    }

    fn carriage(
        &self,
        around: &Surroundings,
        feed: usize,
        (table, row): (&Table, &TableRow),
        remarks: &mut Vec<Remark>,
    ) -> Option<Carriage> {
        let value = |column: &str| table.value(row, column);
        let remark = |code: &'static str, message: String| Remark {
            feed: around.feeds[feed].name.clone(),
            file: CARRIAGES,
            line: row.line,
            severity: Severity::Error,
            code,
            message,
        };
        let id = value("through_carriage_id");
        if self.carriages.iter().any(|other| other.feed as usize == feed && other.id == id) {
            remarks.push(remark("carriage_twice", format!("carriage '{id}' stands in an earlier row, which is used")));
            return None;
        }
        let service = around.feeds[feed].services.iter().position(|service| service.id == value("service_id"));
        let Some(service) = service else {
            let message = format!("carriage '{id}': there is no service '{}'; it is left out", value("service_id"));
            remarks.push(remark("carriage_service_unknown", message));
            return None;
        };
        Some(Carriage {
            id: id.to_owned(),
            name: value("name").to_owned(),
            number: value("carriage_number").to_owned(),
            feed: feed as u32,
            service: around.bases.service[feed] + service as u32,
            source: value("source_id").to_owned(),
            certainty_days: Certainty::parse(value("certainty_days")).unwrap_or_default(),
            certainty_times: Certainty::parse(value("certainty_times")).unwrap_or_default(),
            holes: 0,
        })
    }

    /// Adds a carriage with the ways it takes over its hosts.
    fn add(
        &mut self,
        around: &Surroundings,
        sets: &mut DaySets,
        mut carriage: Carriage,
        hosts: &[Vec<Host>],
        remarks: &mut Vec<Remark>,
    ) {
        let found = ways::find(around, sets, &carriage, hosts);
        carriage.holes = found.holes;
        let holes: Vec<i32> = sets.days(found.holes).iter().collect();
        if let [first, .., last] | [first @ last] = holes[..] {
            remarks.push(Remark {
                feed: around.feeds[carriage.feed as usize].name.clone(),
                file: CARRIAGES,
                line: 0,
                severity: Severity::Warning,
                code: "carriage_hole",
                message: format!(
                    "carriage '{}' lacks a host on {} of its days, {} to {}; it is offered only as far as it is carried",
                    carriage.id,
                    holes.len(),
                    around.span.date(first),
                    around.span.date(last)
                ),
            });
        }
        let number = self.carriages.len() as u32;
        for combination in found.combinations {
            ways::assemble(self, around, number, &carriage, &combination);
        }
        self.carriages.push(carriage);
    }

    /// The ways as drafts, behind those of the feeds. Call it once the call source of the ways has been pushed.
    pub(super) fn push_drafts(&self, around: &Surroundings, drafts: &mut Drafts) {
        let source = drafts.sources.len() as u32 - 1;
        for (index, way) in self.all.iter().enumerate() {
            drafts.all.push(Draft {
                source,
                calls: way.calls.clone(),
                shift: 0,
                route: self.hosts[way.hosts.start].route,
                zone: around.zones.of_feed[self.carriages[way.carriage as usize].feed as usize],
                days: way.days,
                origin: Origin::Way(index as u32),
            });
        }
    }

    /// Fills the columns of carriages, ways and hosts; `number` gives a draft its trip.
    pub(super) fn fill(&self, data: &mut TimetableData, strings: &mut Strings, drafts: &Drafts, number: &[u32]) {
        for carriage in &self.carriages {
            data.carriage_id.push(strings.intern(&carriage.id));
            data.carriage_name.push(strings.intern(&carriage.name));
            data.carriage_number.push(strings.intern(&carriage.number));
            data.carriage_feed.push(carriage.feed);
            data.carriage_service.push(carriage.service);
            data.carriage_holes.push(carriage.holes);
            data.carriage_source.push(strings.intern(&carriage.source));
        }
        let first_way = drafts.all.len() - self.all.len();
        data.way_host_offset.push(0);
        for (index, way) in self.all.iter().enumerate() {
            data.way_trip.push(number[first_way + index]);
            data.way_carriage.push(way.carriage);
            for host in &self.hosts[way.hosts.clone()] {
                data.host_trip.push(number[drafts.of(host.trip).start as usize]);
                data.host_shift.push(host.shift);
                data.host_attach.push(host.carried.0);
                data.host_detach.push(host.carried.1);
                data.host_way_attach.push(host.in_way.0);
                data.host_way_detach.push(host.in_way.1);
            }
            data.way_host_offset.push(data.host_trip.len() as u32);
        }
    }
}
