//! Calendars from day sets.

use super::{certainty, text};
use crate::columns::Columns;
use crate::view::entries;
use std::collections::{BTreeMap, BTreeSet};
use tumen_base::Date;
use tumen_feed::{Exception, Service};

/// Rebuilds a service.
pub(super) fn rebuild(columns: &Columns, index: usize) -> Service {
    let first = columns.first_date();
    let days = columns.day_set(columns.service_days[index]).iter();
    let mut plain: BTreeSet<Date> = days.map(|day| first.plus(day)).collect();
    let mut said = BTreeMap::new();
    // Days of which more is said than that they are published have a row each.
    for statement in entries(columns.service_statement_offset, index) {
        for day in columns.day_set(columns.statement_days[statement]).iter() {
            let date = first.plus(day);
            if plain.remove(&date) {
                let certainty = certainty(columns.statement_certainty[statement]);
                let source = text(columns, columns.statement_source[statement]);
                said.insert(date, Exception { runs: true, certainty, source });
            }
        }
    }
    let mut service = Service::of_dates(text(columns, columns.service_id[index]), &plain);
    for (date, exception) in said {
        service.exceptions.insert(date, exception);
    }
    service
}
