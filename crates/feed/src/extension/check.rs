//! Checks of the extension files against their schema and against the feeds.

use std::collections::HashSet;
use tumen_base::{Certainty, Date, DateSpan, ServiceTime};

use super::carriages::NoHost;
use super::connections::check_connections;
use super::names::Names;
use super::schema::{ColumnSchema, Kind, SUBJECTS, Target};
use super::{carriages, schema};
use crate::complaint::Code;
use crate::csv::short;
use crate::model::Feed;
use crate::report::{Place, Report};
use crate::table::{Table, TableRow};

const SOURCES: Target = Target::Extension("sources.txt", "source_id");
const HOSTS: &str = "through_carriage_hosts.txt";

/// Checks the extension files of feeds that were read together.
pub(crate) fn check_extension(feeds: &[Feed], report: &mut Report) {
    if feeds.iter().all(|feed| feed.extension.is_empty()) {
        return;
    }
    let names = Names::new(feeds);
    for (index, feed) in feeds.iter().enumerate() {
        report.enter(&feed.name);
        for (file, table) in &feed.extension {
            let Some(schema) = schema(file) else { continue };
            for column in schema.columns {
                let check = ColumnCheck { names: &names, feed: index, has_sources: has_sources(feed), table, column };
                check.run(schema.file, report);
            }
        }
        check_sources_of_rows(feed, index, &names, report);
        let found = carriages::carriages(&names, feeds, index, &mut |row, reason| {
            complain_of_host(&feed.extension[HOSTS], row, reason, report);
        });
        check_connections(feeds, index, &found, report);
    }
}

fn has_sources(feed: &Feed) -> bool {
    feed.extension.contains_key("sources.txt")
}

fn complain_of_host(table: &Table, row: &TableRow, reason: NoHost, report: &mut Report) {
    let value = |column| short(table.value(row, column));
    let place = Place { file: HOSTS, line: row.line, column: "trip_id" };
    match reason {
        // Complained of where the column is checked.
        NoHost::Dangling => {}
        NoHost::NotInOrder => report.add(Code::HostsDoNotConnect, place, || {
            let (trip, from, to) = (value("trip_id"), value("attach_stop_id"), value("detach_stop_id"));
            format!("trip `{trip}` does not call at `{from}` and later at `{to}`; the host was left out")
        }),
        NoHost::Frequency => report.add(Code::HostsDoNotConnect, place, || {
            let trip = value("trip_id");
            format!("trip `{trip}` runs by frequencies.txt and cannot carry a carriage; the host was left out")
        }),
    }
}

/// The check of one column of one table.
struct ColumnCheck<'a> {
    names: &'a Names<'a>,
    feed: usize,
    has_sources: bool,
    table: &'a Table,
    column: &'a ColumnSchema,
}

impl ColumnCheck<'_> {
    fn run(&self, file: &str, report: &mut Report) {
        let Some(index) = self.table.column(self.column.name) else { return };
        let mut seen = HashSet::new();
        for row in &self.table.rows {
            let value = row.values.get(index).map_or("", String::as_str);
            if value.is_empty() {
                continue;
            }
            let place = Place { file, line: row.line, column: self.column.name };
            if self.column.kind == Kind::Id && !seen.insert(value) {
                report.add(Code::DuplicateId, place, || {
                    format!("`{}` stands in an earlier row too; that one counts", short(value))
                });
            } else if let Some((code, message)) = self.fault(row, value) {
                report.add(code, place, || format!("`{}` {message}", short(value)));
            }
        }
    }

    fn fault(&self, row: &TableRow, value: &str) -> Option<(Code, String)> {
        let fault = |fine: bool, code, message: &str| (!fine).then(|| (code, message.to_owned()));
        match self.column.kind {
            Kind::Text | Kind::Id | Kind::Group => None,
            Kind::Reference(target) => self.dangling(target, value),
            Kind::Affected => {
                let affects = self.table.value(row, "affects");
                self.dangling(target_of(affects)?, value)
            }
            Kind::Subjects => list(value).find_map(|subject| self.fault_of_subject(subject)),
            Kind::Sources => {
                let known = |source: &str| self.names.has(self.feed, SOURCES, source);
                let unknown = list(value).find(|source| self.has_sources && !known(source))?;
                Some((Code::UnknownSource, format!("names `{}`, which sources.txt does not have", short(unknown))))
            }
            Kind::Time => fault(
                ServiceTime::parse(value.as_bytes()).is_ok(),
                Code::BadTime,
                "is no time or duration of the form HH:MM:SS; the default was taken",
            ),
            Kind::Date => fault(
                Date::parse(value.as_bytes()).is_ok(),
                Code::BadDate,
                "is no date of the form YYYYMMDD; read as if it were absent",
            )
            .or_else(|| self.backwards(row, value)),
            Kind::DateSpan => DateSpan::parse(value).err().map(|error| (Code::BadDate, format!("is no date; {error}"))),
            Kind::Number => fault(
                value.parse::<f64>().is_ok_and(|number| number >= 0.0 && number.is_finite()),
                Code::BadNumber,
                "is no number, 0 or above; read as if it were absent",
            ),
            Kind::Certainty => fault(
                Certainty::parse(value).is_some(),
                Code::BadCertainty,
                "is not one of published, derived, estimated, assumed, unknown; unknown was taken",
            ),
            Kind::Word(words) => {
                (!words.contains(&value)).then(|| (Code::BadWord, format!("is not one of {}", words.join(", "))))
            }
        }
    }

    /// A last day that lies before the first one.
    fn backwards(&self, row: &TableRow, value: &str) -> Option<(Code, String)> {
        let first = Date::parse(self.table.value(row, "valid_from").as_bytes()).ok()?;
        let last = Date::parse(value.as_bytes()).ok()?;
        (self.column.name == "valid_to" && last < first)
            .then(|| (Code::BadDate, format!("lies before valid_from, {first}; the row never holds")))
    }

    fn fault_of_subject(&self, subject: &str) -> Option<(Code, String)> {
        let named = subject.split_once(':').and_then(|(kind, id)| Some((target_of(kind)?, id)));
        let Some((target, id)) = named else {
            let kinds: Vec<&str> = SUBJECTS.iter().map(|(kind, _)| *kind).collect();
            let message = format!("names `{}`, which is not KIND:ID with one of {}", short(subject), kinds.join(", "));
            return Some((Code::BadWord, message));
        };
        self.dangling(target, id)
    }

    fn dangling(&self, target: Target, value: &str) -> Option<(Code, String)> {
        let message = || (Code::DanglingReference, format!("is no id of {}", target.file()));
        (!self.names.has(self.feed, target, value)).then(message)
    }
}

/// The parts of a list separated by `;`.
fn list(value: &str) -> impl Iterator<Item = &str> {
    value.split(';').map(str::trim).filter(|part| !part.is_empty())
}

/// Where the ids of a kind of subject point.
fn target_of(kind: &str) -> Option<Target> {
    SUBJECTS.iter().find(|(word, _)| *word == kind).map(|(_, target)| *target)
}

/// source_id in GTFS files: each unknown source is told once a file, with the first row that names it.
fn check_sources_of_rows(feed: &Feed, index: usize, names: &Names<'_>, report: &mut Report) {
    if !has_sources(feed) {
        return;
    }
    let mut told = HashSet::new();
    let mut check = |file: &'static str, row: &str, value: &str| {
        for source in list(value) {
            if !names.has(index, SOURCES, source) && told.insert((file, source.to_owned())) {
                let place = Place { file, line: 0, column: "source_id" };
                report.add(Code::UnknownSource, place, || {
                    format!("`{}` of {} is not in sources.txt", short(source), short(row))
                });
            }
        }
    };
    for stop in &feed.stops {
        check("stops.txt", &stop.id, &stop.source);
    }
    for route in &feed.routes {
        check("routes.txt", &route.id, &route.source);
    }
    for trip in &feed.trips {
        check("trips.txt", &trip.id, &trip.source);
    }
    for service in &feed.services {
        if let Some(weekly) = &service.weekly {
            check("calendar.txt", &service.id, &weekly.source);
        }
        for exception in service.exceptions.values() {
            check("calendar_dates.txt", &service.id, &exception.source);
        }
    }
    let mut call_sources: Vec<u32> = feed.call_details.source.clone();
    call_sources.sort_unstable();
    call_sources.dedup();
    for text in call_sources.iter().filter_map(|source| feed.call_details.texts.get(*source as usize)) {
        check("stop_times.txt", "a call", text);
    }
    for (file, table) in &feed.extra_columns {
        let Some(file) = ["agency.txt", "transfers.txt", "translations.txt"].into_iter().find(|known| known == file)
        else {
            continue;
        };
        for row in &table.rows {
            check(file, &format!("line {}", row.line), table.value(row, "source_id"));
        }
    }
}

impl Target {
    /// The file whose ids are meant.
    const fn file(self) -> &'static str {
        match self {
            Self::Stop => "stops.txt, nor `feed:id` of another feed",
            Self::Trip => "trips.txt (or the trip was left out), nor `feed:id` of another feed",
            Self::Route => "routes.txt",
            Self::Agency => "agency.txt",
            Self::Service => "calendar.txt or calendar_dates.txt",
            Self::Extension(file, _) => file,
        }
    }
}

impl super::FileSchema {
    /// The column that holds the ids of the rows.
    pub(super) fn id_column(&self) -> Option<&'static str> {
        let id = self.columns.iter().find(|column| matches!(column.kind, Kind::Id | Kind::Group));
        id.map(|column| column.name)
    }
}

#[cfg(test)]
mod tests {
    use super::super::EXTENSION_FILES;
    use super::super::schema::AFFECTS;
    use super::*;

    #[test]
    fn whatever_can_be_suspended_is_a_kind_of_subject() {
        assert!(AFFECTS.iter().all(|affects| target_of(affects).is_some()));
    }

    #[test]
    fn every_reference_points_to_the_ids_of_its_file() {
        for column in EXTENSION_FILES.iter().flat_map(|schema| schema.columns) {
            if let Kind::Reference(Target::Extension(file, id)) = column.kind {
                assert_eq!(schema(file).and_then(super::super::FileSchema::id_column), Some(id), "{}", column.name);
            }
        }
    }
}
