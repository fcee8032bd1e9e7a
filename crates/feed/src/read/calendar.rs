//! calendar.txt and calendar_dates.txt: the last row of a service wins, removal beats addition on one date.

use std::collections::btree_map::Entry;

use super::{IdTable, Reader};
use crate::complaint::Code;
use crate::csv::{Column, Row, certainty, choice, date, id, short, text};
use crate::error::Refusal;
use crate::model::{Exception, Service, Weekly};

const WEEKLY: &str = "calendar.txt";
const DATES: &str = "calendar_dates.txt";

impl Reader<'_> {
    pub(super) fn read_calendar(&mut self) -> Result<(), Refusal> {
        let has_weekly = self.read_weekly()?;
        let has_dates = self.read_dates()?;
        if !has_weekly && !has_dates {
            self.missing_file(WEEKLY, "and calendar_dates.txt too: no trip runs on any date");
        }
        self.order_services();
        Ok(())
    }

    fn read_weekly(&mut self) -> Result<bool, Refusal> {
        let Some(mut sheet) = self.sheet(WEEKLY)? else { return Ok(false) };
        let [service, first, last, certainty_days, last_evidence, source] =
            sheet.columns(["service_id", "start_date", "end_date", "certainty_days", "last_evidence", "source_id"]);
        let weekdays = sheet.columns(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]);
        if !sheet.has_all([service, first, last], self.report) {
            return Ok(false);
        }
        let mut seen = IdTable::default();
        while let Some(row) = sheet.next(self.report)? {
            let Some(id) = id(&row, service, self.report) else { continue };
            let (Some(from), Some(until)) = (self.needed_date(&row, first), self.needed_date(&row, last)) else {
                continue;
            };
            if seen.insert(id).is_err() {
                self.report.add(Code::DuplicateCalendar, row.here(), || {
                    format!("service `{}` stands in an earlier row; this one counts", short(id))
                });
            }
            let weekly = Weekly {
                weekdays: weekdays
                    .iter()
                    .enumerate()
                    .map(|(day, column)| choice(&row, *column, 1, self.report) << day)
                    .sum(),
                first: Some(from),
                last: Some(until),
                certainty: certainty(&row, certainty_days, self.report),
                last_evidence: date(&row, last_evidence, self.report),
                source: text(&row, source),
            };
            let covers_days = weekly.weekdays != 0 && from <= until;
            if from > until {
                self.report.add(Code::EmptyCalendar, row.place(last), || {
                    format!("end_date {until} lies before start_date {from}; the row covers no day")
                });
            }
            let service = self.service(id);
            self.feed.services[service].weekly = covers_days.then_some(weekly);
        }
        sheet.finish(self.report);
        Ok(true)
    }

    fn read_dates(&mut self) -> Result<bool, Refusal> {
        let Some(mut sheet) = self.sheet(DATES)? else { return Ok(false) };
        let [service, day, kind, certainty_days, source] =
            sheet.columns(["service_id", "date", "exception_type", "certainty_days", "source_id"]);
        if !sheet.has_all([service, day, kind], self.report) {
            return Ok(false);
        }
        while let Some(row) = sheet.next(self.report)? {
            let Some(id) = id(&row, service, self.report) else { continue };
            let Some(date) = self.needed_date(&row, day) else { continue };
            let runs = match row.get(kind) {
                "1" => true,
                "2" => false,
                other => {
                    self.report.add(Code::BadExceptionType, row.place(kind), || {
                        format!("`{}` is neither 1 (added) nor 2 (removed); the row was ignored", short(other))
                    });
                    continue;
                }
            };
            let certainty = certainty(&row, certainty_days, self.report);
            let exception = Exception { runs, certainty, source: text(&row, source) };
            let service = self.service(id);
            match self.feed.services[service].exceptions.entry(date) {
                Entry::Vacant(entry) => {
                    entry.insert(exception);
                }
                Entry::Occupied(mut entry) => {
                    self.report.add(Code::DuplicateException, row.here(), || {
                        format!("service `{}` has an earlier row for {date}; removal beats addition", short(id))
                    });
                    if entry.get().runs {
                        entry.insert(exception);
                    }
                }
            }
        }
        sheet.finish(self.report);
        Ok(true)
    }

    fn needed_date(&mut self, row: &Row<'_>, column: Column) -> Option<tumen_base::Date> {
        if row.get(column).is_empty() {
            self.report.add(Code::MissingValue, row.place(column), || {
                format!("{} is empty; the row was left out", column.name)
            });
        }
        date(row, column, self.report)
    }

    /// The position of a service, new or known.
    pub(super) fn service(&mut self, id: &str) -> usize {
        if let Some(known) = self.services.get(id) {
            return known as usize;
        }
        self.feed.services.push(Service { id: id.to_owned(), ..Service::default() });
        self.services.insert(id).map_or(0, |number| number as usize)
    }

    /// Weekly services first, then those of single dates; services without any day are forgotten. So a feed that is
    /// written and read again keeps its order.
    fn order_services(&mut self) {
        self.feed.services.retain(|service| service.weekly.is_some() || !service.exceptions.is_empty());
        self.feed.services.sort_by_key(|service| service.weekly.is_none());
        self.services = IdTable::default();
        for service in &self.feed.services {
            // The ids were distinct before.
            let _ = self.services.insert(&service.id);
        }
    }
}
