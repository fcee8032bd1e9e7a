//! Calendars from day sets: a weekly row where that is the shorter way to say it, dates otherwise.

use super::{certainty, text};
use crate::columns::Columns;
use crate::view::entries;
use std::collections::{BTreeMap, BTreeSet};
use tumen_base::{Certainty, Date};
use tumen_feed::{Exception, Service, Weekly};

/// Rebuilds a service.
pub(super) fn rebuild(columns: &Columns, index: usize) -> Service {
    let first = columns.first_date();
    let days = columns.day_set(columns.service_days[index]).iter();
    let mut plain: BTreeSet<Date> = days.map(|day| first.plus(day)).collect();
    let mut exceptions = BTreeMap::new();
    // Days of which more is said than that they are published have a row each.
    for statement in entries(columns.service_statement_offset, index) {
        for day in columns.day_set(columns.statement_days[statement]).iter() {
            let date = first.plus(day);
            if plain.remove(&date) {
                let certainty = certainty(columns.statement_certainty[statement]);
                let source = text(columns, columns.statement_source[statement]);
                exceptions.insert(date, Exception { runs: true, certainty, source });
            }
        }
    }
    let weekly = weekly(&plain);
    let covered = |date: Date| weekly.as_ref().is_some_and(|weekly| weekly.covers(date));
    let added = plain.iter().copied().filter(|&date| !covered(date));
    let removed = span(&plain).filter(|&date| covered(date) && !plain.contains(&date));
    let exception = |runs: bool| Exception { runs, certainty: Certainty::Published, source: String::new() };
    for (date, runs) in added.map(|date| (date, true)).chain(removed.map(|date| (date, false))) {
        exceptions.entry(date).or_insert_with(|| exception(runs));
    }
    Service { id: text(columns, columns.service_id[index]), weekly, exceptions }
}

/// Every date from the first to the last.
fn span(dates: &BTreeSet<Date>) -> impl Iterator<Item = Date> + use<> {
    let range = dates.first().zip(dates.last()).map(|(first, last)| first.0..=last.0);
    range.into_iter().flatten().map(Date)
}

/// The weekly row that needs the fewest exceptions, where that is fewer rows than a row for each date.
fn weekly(dates: &BTreeSet<Date>) -> Option<Weekly> {
    let mut running = [0_usize; 7];
    let mut resting = [0_usize; 7];
    for date in span(dates) {
        let count = if dates.contains(&date) { &mut running } else { &mut resting };
        count[date.weekday() as usize] += 1;
    }
    let is_regular = |weekday: &usize| running[*weekday] > resting[*weekday];
    let weekdays = (0..7).filter(is_regular).fold(0_u8, |bits, weekday| bits | 1 << weekday);
    let rows: usize = (0..7).map(|weekday| running[weekday].min(resting[weekday])).sum();
    (weekdays != 0 && rows + 1 < dates.len()).then(|| Weekly {
        weekdays,
        first: dates.first().copied(),
        last: dates.last().copied(),
        ..Weekly::default()
    })
}
