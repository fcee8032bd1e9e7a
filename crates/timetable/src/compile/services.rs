//! Services: their days, and how far these can be trusted.

use super::intern::{DaySets, Strings, insert_day};
use super::span::Span;
use crate::TimetableData;
use std::collections::BTreeMap;
use tumen_base::Certainty;
use tumen_feed::{Feed, Service};

/// Fills the columns of services.
pub(super) fn fill(data: &mut TimetableData, strings: &mut Strings, sets: &mut DaySets, feeds: &[Feed], span: &Span) {
    data.service_statement_offset.push(0);
    let mut words = vec![0_u64; sets.width];
    for (index, feed) in feeds.iter().enumerate() {
        for service in &feed.services {
            words.fill(0);
            span.running_days(index, service).for_each(|day| insert_day(&mut words, day));
            let days = sets.intern(&words);
            data.service_id.push(strings.intern(&service.id));
            data.service_feed.push(index as u32);
            data.service_days.push(days);
            for ((certainty, source), words) in statements(service, sets, days, span) {
                data.statement_certainty.push(certainty as u8);
                data.statement_source.push(strings.intern(source));
                data.statement_days.push(sets.intern(&words));
            }
            data.service_statement_offset.push(data.statement_days.len() as u32);
        }
    }
}

/// What is said of a service's days, beyond that they are published.
fn statements<'s>(
    service: &'s Service,
    sets: &DaySets,
    days: u32,
    span: &Span,
) -> BTreeMap<(Certainty, &'s str), Vec<u64>> {
    let mut said: BTreeMap<_, Vec<u64>> = BTreeMap::new();
    if service.is_plain() {
        return said;
    }
    for day in sets.days(days).iter() {
        let date = span.date(day);
        let source = match (service.exceptions.get(&date), &service.weekly) {
            (Some(exception), _) => exception.source.as_str(),
            (None, Some(weekly)) => weekly.source.as_str(),
            (None, None) => "",
        };
        let certainty = service.certainty_on(date);
        if certainty != Certainty::Published || !source.is_empty() {
            insert_day(said.entry((certainty, source)).or_insert_with(|| vec![0; sets.width]), day as usize);
        }
    }
    said
}
