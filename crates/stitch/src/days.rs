//! Days: sets of them, the axis they are counted on, and the instants at which service days begin.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use std::collections::HashMap;
use std::sync::Arc;
use tumen_base::{Date, DayBits, SECONDS_PER_DAY};
use tumen_feed::{Feed, Service};

use crate::report::Days;

/// Days outside these dates are never joined.
const FIRST: Date = Date(0);
const LAST: Date = Date(47_481);

/// A set of days of an [`Axis`].
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct DaySet(Vec<u64>);

impl DaySet {
    pub(crate) fn insert(&mut self, day: i32) {
        let word = day as usize / 64;
        if self.0.len() <= word {
            self.0.resize(word + 1, 0);
        }
        self.0[word] |= 1 << (day as usize % 64);
    }

    pub(crate) fn bits(&self) -> DayBits<'_> {
        DayBits::new(&self.0)
    }

    pub(crate) fn contains(&self, day: i32) -> bool {
        self.bits().contains(day)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = i32> + '_ {
        self.bits().iter()
    }

    pub(crate) fn count(&self) -> usize {
        self.bits().count()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.iter().all(|&word| word == 0)
    }

    pub(crate) fn intersects(&self, other: &Self) -> bool {
        self.0.iter().zip(&other.0).any(|(one, other)| one & other != 0)
    }

    /// The days of this set that are not in the other one.
    pub(crate) fn without(&self, other: &Self) -> Self {
        let words = self.0.iter().enumerate();
        Self(words.map(|(index, word)| word & !other.0.get(index).copied().unwrap_or(0)).collect())
    }

    /// The days that are in both sets.
    pub(crate) fn within(&self, other: &Self) -> Self {
        Self(self.0.iter().zip(&other.0).map(|(one, other)| one & other).collect())
    }

    pub(crate) fn unite(&mut self, other: &Self) {
        if self.0.len() < other.0.len() {
            self.0.resize(other.0.len(), 0);
        }
        self.0.iter_mut().zip(&other.0).for_each(|(word, other)| *word |= other);
    }
}

impl FromIterator<i32> for DaySet {
    fn from_iter<I: IntoIterator<Item = i32>>(days: I) -> Self {
        let mut set = Self::default();
        days.into_iter().for_each(|day| set.insert(day));
        set
    }
}

/// The dates of some feeds, counted from the first.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Axis {
    first: Date,
    days: i32,
}

impl Axis {
    pub(crate) fn of(feeds: &[Feed]) -> Self {
        let services = feeds.iter().flat_map(|feed| &feed.services);
        let dates = services.flat_map(|service| {
            let weekly = service.weekly.iter().flat_map(|weekly| [weekly.first, weekly.last]).flatten();
            weekly.chain(service.exceptions.keys().copied())
        });
        let (mut first, mut last) = (LAST, FIRST);
        for date in dates {
            first = first.min(date);
            last = last.max(date);
        }
        let (first, last) = (first.max(FIRST), last.min(LAST));
        Self { first, days: (last.0 - first.0 + 1).max(0) }
    }

    pub(crate) fn contains(self, date: Date) -> bool {
        (self.first.0..self.first.0 + self.days).contains(&date.0)
    }

    pub(crate) fn date(self, day: i32) -> Date {
        self.first.plus(day)
    }

    /// The days on which a service runs.
    pub(crate) fn running(self, service: &Service) -> DaySet {
        let mut days = DaySet::default();
        if let Some(weekly) = &service.weekly
            && let (Some(first), Some(last)) = (weekly.first, weekly.last)
        {
            let (first, last) = (first.0.max(self.first.0), last.0.min(self.first.0 + self.days - 1));
            let covered = (first..=last).map(Date).filter(|date| weekly.weekdays >> date.weekday() & 1 == 1);
            covered
                .filter(|date| !service.exceptions.contains_key(date))
                .for_each(|date| days.insert(date.0 - self.first.0));
        }
        let added = service.exceptions.iter().filter(|(date, exception)| exception.runs && self.contains(**date));
        added.for_each(|(date, _)| days.insert(date.0 - self.first.0));
        days
    }

    /// A set in words for a report.
    pub(crate) fn said(self, set: &DaySet) -> Days {
        let mut ranges: Vec<(i32, i32)> = Vec::new();
        for day in set.iter() {
            match ranges.last_mut() {
                Some((_, last)) if *last + 1 == day => *last = day,
                _ => ranges.push((day, day)),
            }
        }
        let said = |(first, last): &(i32, i32)| {
            let (first, last) = (self.date(*first), self.date(*last));
            if first == last { first.to_string() } else { format!("{first}..{last}") }
        };
        Days {
            count: set.count(),
            first: ranges.first().map(|range| self.date(range.0).to_string()),
            last: ranges.last().map(|range| self.date(range.1).to_string()),
            ranges: ranges.iter().map(said).collect(),
        }
    }
}

/// When the service days of a zone begin: local noon minus twelve hours, in seconds of UTC since 1970.
#[derive(Clone, Debug)]
pub(crate) struct Clock {
    bases: Arc<Vec<i64>>,
    /// The days by the second of the UTC day at which they begin.
    classes: Arc<Vec<(i64, DaySet)>>,
}

impl Clock {
    /// The clocks of feeds. A zone that is unknown counts as UTC: compiling will refuse it.
    pub(crate) fn of(feeds: &[Feed], axis: Axis) -> Vec<Self> {
        let mut known: HashMap<&str, Self> = HashMap::new();
        let clock = |feed: &Feed| {
            let zone = TimeZone::get(&feed.zone).unwrap_or(TimeZone::UTC);
            let begins = |day: i32| {
                let noon = zone.to_ambiguous_timestamp(axis.date(day).civil().at(12, 0, 0, 0)).compatible();
                let plain = || (i64::from(axis.date(day).0) * 2 + 1) * i64::from(SECONDS_PER_DAY / 2);
                noon.map_or_else(|_| plain(), Timestamp::as_second) - i64::from(SECONDS_PER_DAY / 2)
            };
            let bases: Vec<i64> = (0..axis.days).map(begins).collect();
            let mut classes: Vec<(i64, DaySet)> = Vec::new();
            for (day, base) in (0..).zip(&bases) {
                let second = base.rem_euclid(i64::from(SECONDS_PER_DAY));
                match classes.iter_mut().find(|class| class.0 == second) {
                    Some((_, days)) => days.insert(day),
                    None => classes.push((second, DaySet::from_iter([day]))),
                }
            }
            Self { bases: Arc::new(bases), classes: Arc::new(classes) }
        };
        let mut clocks = Vec::new();
        for feed in feeds {
            clocks.push(known.entry(&feed.zone).or_insert_with(|| clock(feed)).clone());
        }
        clocks
    }

    /// When a service day begins; days beyond the axis are counted on as days of 24 hours.
    pub(crate) fn base(&self, day: i32) -> i64 {
        let inside = day.clamp(0, (self.bases.len() as i32 - 1).max(0));
        let beyond = i64::from(day - inside) * i64::from(SECONDS_PER_DAY);
        self.bases.get(inside as usize).copied().unwrap_or(0) + beyond
    }

    /// The seconds of the UTC day at which the service days of a set begin.
    pub(crate) fn offsets<'a>(&'a self, days: &'a DaySet) -> impl Iterator<Item = i64> + 'a {
        self.classes.iter().filter(|(_, class)| class.intersects(days)).map(|(second, _)| *second)
    }
}
