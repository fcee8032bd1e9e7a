//! Which service days a timetable has.

use super::carriages::CARRIAGES;
use super::error::CompileError;
use super::options::CompileOptions;
use super::report::{Cut, CutReason};
use std::collections::HashSet;
use tumen_base::Date;
use tumen_feed::{Feed, Service};

/// Ten years, leap days included: how far open-ended calendars are followed.
const TEN_YEARS: i32 = 3_653;
/// Sixty years: seconds since the epoch fit an `i32` with room for the longest trips.
const SIXTY_YEARS: i32 = 21_915;

/// The service days of a timetable: every date from the first to the last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Span {
    pub first: Date,
    pub days: usize,
    /// Last service day that is kept of each feed.
    feed_last: Vec<Date>,
}

impl Span {
    /// Chooses the span of some feeds; every cut is pushed to `cuts`.
    pub(super) fn choose(feeds: &[Feed], options: &CompileOptions, cuts: &mut Vec<Cut>) -> Result<Self, CompileError> {
        let extents: Vec<Option<Extent>> = feeds.iter().map(Extent::of).collect();
        let natural_first = extents.iter().flatten().map(|extent| extent.first).min();
        let natural_last = extents.iter().flatten().map(|extent| extent.last).max();
        let (Some(natural_first), Some(natural_last)) = (natural_first, natural_last) else {
            return Err(CompileError::NoServiceDays);
        };
        let mut feed_last = Vec::with_capacity(feeds.len());
        for (feed, extent) in feeds.iter().zip(&extents) {
            let Some(extent) = extent else {
                feed_last.push(natural_last);
                continue;
            };
            let bound = sensible_end(feed, options.today);
            if options.until.is_none() && extent.last > bound {
                cuts.push(cut(feed, CutReason::OpenEnd, bound.plus(1), extent.last));
                feed_last.push(bound);
            } else {
                feed_last.push(extent.last);
            }
        }
        let kept_last = feed_last.iter().copied().max().unwrap_or(natural_last);
        let mut first = options.from.map_or(natural_first, |from| from.max(natural_first));
        let mut last = options.until.map_or(kept_last, |until| until.min(kept_last));
        if first > last {
            return Err(CompileError::NothingInSpan {
                from: options.from.unwrap_or(natural_first),
                until: options.until.unwrap_or(kept_last),
                first: natural_first,
                last: natural_last,
            });
        }
        for (feed, extent) in feeds.iter().zip(&extents) {
            let Some(extent) = extent else { continue };
            if extent.first < first {
                cuts.push(cut(feed, CutReason::From, extent.first, extent.last.min(first.plus(-1))));
            }
            if extent.last > last && options.until.is_some() {
                cuts.push(cut(feed, CutReason::Until, extent.first.max(last.plus(1)), extent.last));
            }
        }
        if last.0 - first.0 >= SIXTY_YEARS {
            let (cut_first, cut_last) = if options.from.is_some() && options.until.is_none() {
                let kept = first.plus(SIXTY_YEARS - 1);
                (kept.plus(1), std::mem::replace(&mut last, kept))
            } else {
                let kept = last.plus(1 - SIXTY_YEARS);
                (std::mem::replace(&mut first, kept), kept.plus(-1))
            };
            cuts.push(Cut { feed: String::new(), reason: CutReason::TooLong, first: cut_first, last: cut_last });
        }
        Ok(Self { first, days: (last.0 - first.0 + 1) as usize, feed_last })
    }

    /// Last service day.
    pub(super) fn last(&self) -> Date {
        self.first.plus(self.days as i32 - 1)
    }

    /// The date of a day.
    pub(super) fn date(&self, day: i32) -> Date {
        self.first.plus(day)
    }

    /// The days on which a service of a feed runs within the span.
    pub(super) fn running_days(&self, feed: usize, service: &Service) -> impl Iterator<Item = usize> {
        let last = self.feed_last[feed].min(self.last());
        let first = self.first;
        let weekly = service.weekly.as_ref().and_then(|weekly| {
            let from = weekly.first?.max(first);
            let until = weekly.last?.min(last);
            (weekly.weekdays != 0).then_some((weekly, from.0..=until.0))
        });
        let regular = weekly.into_iter().flat_map(|(weekly, dates)| {
            dates.map(Date).filter(|&date| weekly.covers(date) && !service.exceptions.contains_key(&date))
        });
        let added = (first <= last)
            .then(|| service.exceptions.range(first..=last))
            .into_iter()
            .flatten()
            .filter(|(_, exception)| exception.runs)
            .map(|(&date, _)| date);
        regular.chain(added).map(move |date| (date.0 - first.0) as usize)
    }
}

fn cut(feed: &Feed, reason: CutReason, first: Date, last: Date) -> Cut {
    Cut { feed: feed.name.clone(), reason, first, last }
}

/// The first and last day on which anything of a feed runs.
struct Extent {
    first: Date,
    last: Date,
}

impl Extent {
    fn of(feed: &Feed) -> Option<Self> {
        let bounds: Vec<(Date, Date)> = used_services(feed).filter_map(bounds).collect();
        Some(Self {
            first: bounds.iter().map(|bounds| bounds.0).min()?,
            last: bounds.iter().map(|bounds| bounds.1).max()?,
        })
    }
}

/// Ten years after today or after the feed's last date that is no stand-in for "for ever", whichever is later.
fn sensible_end(feed: &Feed, today: Date) -> Date {
    let horizon = today.plus(TEN_YEARS);
    let last = used_services(feed)
        .filter_map(bounds)
        .map(|bounds| bounds.1)
        .chain(feed.info.as_ref().and_then(|info| info.last))
        .filter(|&date| date <= horizon)
        .max();
    last.map_or(today, |last| last.max(today)).plus(TEN_YEARS)
}

/// The services that trips and through carriages name.
fn used_services(feed: &Feed) -> impl Iterator<Item = &Service> {
    let mut used = vec![false; feed.services.len()];
    for trip in &feed.trips {
        used[trip.service as usize] = true;
    }
    if let Some(table) = feed.extension.get(CARRIAGES) {
        let named: HashSet<&str> = table.rows.iter().map(|row| table.value(row, "service_id")).collect();
        for (service, used) in feed.services.iter().zip(&mut used) {
            *used |= named.contains(service.id.as_str());
        }
    }
    feed.services.iter().zip(used).filter(|(_, used)| *used).map(|(service, _)| service)
}

/// The first and last day on which a service runs.
fn bounds(service: &Service) -> Option<(Date, Date)> {
    let weekly = service.weekly.as_ref().and_then(|weekly| {
        let (first, last) = (weekly.first?, weekly.last?);
        let runs = |&date: &Date| service.runs_on(date);
        // A weekday comes round within a week; exceptions can remove a few more days at either end.
        let reach = 7 * (service.exceptions.len() as i32 + 1);
        let first = (first.0..=last.0.min(first.0.saturating_add(reach))).map(Date).find(runs)?;
        let last = (last.0.saturating_sub(reach).max(first.0)..=last.0).rev().map(Date).find(runs)?;
        Some((first, last))
    });
    let mut added = service.exceptions.iter().filter(|(_, exception)| exception.runs).map(|(&date, _)| date);
    let exceptional = added.next().map(|first| (first, added.next_back().unwrap_or(first)));
    match (weekly, exceptional) {
        (Some(one), Some(other)) => Some((one.0.min(other.0), one.1.max(other.1))),
        (one, other) => one.or(other),
    }
}
