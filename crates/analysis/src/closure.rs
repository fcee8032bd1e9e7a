//! Hops of trips that nobody can ride on some dates: a suspension, a closed border post, a scenario.

use std::collections::HashMap;
use std::ops::Range;
use tumen_base::{Date, SECONDS_PER_DAY, TripId};
use tumen_timetable::{CarriageId, Columns};

/// Dates from the first to the last; either end may be open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Days {
    /// First date.
    pub first: Date,
    /// Last date.
    pub last: Date,
}

impl Days {
    /// Every date.
    pub const ALWAYS: Self = Self { first: Date(i32::MIN), last: Date(i32::MAX) };

    /// From a date to a date, an absent one being open.
    pub fn between(first: Option<Date>, last: Option<Date>) -> Self {
        Self { first: first.unwrap_or(Self::ALWAYS.first), last: last.unwrap_or(Self::ALWAYS.last) }
    }

    /// Whether a date is among them.
    pub fn contains(self, date: Date) -> bool {
        (self.first..=self.last).contains(&date)
    }

    /// Whether any date is in both.
    pub fn overlaps(self, other: Self) -> bool {
        self.first.max(other.first) <= self.last.min(other.last)
    }

    /// What is left of them without those of `other`: at most two stretches.
    pub fn without(self, other: Self) -> impl Iterator<Item = Self> {
        let before = Self { last: self.last.min(other.first.plus(-1)), ..self };
        let after = Self { first: self.first.max(other.last.plus(1)), ..self };
        let parts = if self.overlaps(other) { [Some(before), Some(after)] } else { [Some(self), None] };
        parts.into_iter().flatten().filter(|days| days.first <= days.last)
    }
}

/// Hops of a trip, by the call before each: `0..n - 1` for a trip of `n` calls is all of it.
pub type Hops = Range<u32>;

/// Hops of a trip that nobody can ride across in its runs of some service days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Closure {
    /// Trip, or the way of a through carriage.
    pub trip: TripId,
    /// Its hops.
    pub hops: Hops,
    /// Its service days, which may lie outside the timetable's.
    pub days: Days,
}

/// What is closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// Whole trips.
    Trips(Vec<TripId>),
    /// Through carriages; the trains that haul them run on.
    Carriages(Vec<CarriageId>),
    /// Single hops: those across a border post. The dates are those on the clock at the call before the hop.
    Hops(Vec<(TripId, u32)>),
}

impl Target {
    /// Whether there is nothing.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Trips(trips) => trips.is_empty(),
            Self::Carriages(carriages) => carriages.is_empty(),
            Self::Hops(hops) => hops.is_empty(),
        }
    }

    /// The closures for some dates.
    pub fn closures(&self, columns: &Columns<'_>, days: Days) -> Vec<Closure> {
        let whole = |trip: TripId| Closure { trip, hops: 0..columns.call_count(trip) as u32 - 1, days };
        match self {
            Self::Trips(trips) => trips.iter().copied().map(whole).collect(),
            Self::Carriages(carriages) => {
                let ways = carriages.iter().flat_map(|&carriage| columns.ways_of(carriage));
                ways.map(|way| whole(columns.trip_of_way(way))).collect()
            }
            Self::Hops(hops) => {
                let hop =
                    |&(trip, hop)| Closure { trip, hops: hop..hop + 1, days: service_days(columns, trip, hop, days) };
                hops.iter().map(hop).collect()
            }
        }
    }
}

/// The service days of the runs of a trip that leave a call on some dates of the clock there.
fn service_days(columns: &Columns<'_>, trip: TripId, call: u32, dates: Days) -> Days {
    let stop = columns.stop_at(trip, call as usize);
    let local =
        |day: i32| Date::from(columns.local_time(columns.departure_of_run(trip, day, call as usize), stop).date());
    // Dates grow with service days, so both ends are found next to where a run that keeps its clock would have them.
    let later = columns.departure(trip, call as usize).div_euclid(SECONDS_PER_DAY) + 2;
    let service_day = |date: Date| {
        let near = date.0.checked_sub(columns.first_date().0)?;
        let (from, until) = (near.saturating_sub(later).max(0), near.saturating_add(3).min(columns.days()));
        (from..until).find(|&day| local(day) >= date)
    };
    let first = match service_day(dates.first) {
        Some(day) => columns.date_of(day),
        None => dates.first,
    };
    let last = match dates.last {
        Date(i32::MAX) => dates.last,
        last => service_day(last.plus(1)).map_or(last, |day| columns.date_of(day).plus(-1)),
    };
    Days { first, last }
}

/// Closures by trip; those of a host are those of the carriages that it hauls, too.
#[derive(Clone, Debug, Default)]
pub(crate) struct ByTrip(HashMap<TripId, Vec<Closure>>);

impl ByTrip {
    pub(crate) fn new(columns: &Columns<'_>, closures: &[Closure]) -> Self {
        let mut all: HashMap<TripId, Vec<Closure>> = HashMap::new();
        for closure in closures {
            all.entry(closure.trip).or_default().push(closure.clone());
        }
        let ways = columns.carriages().flat_map(|carriage| columns.ways_of(carriage));
        for way in ways {
            for host in columns.hosts(way) {
                let (attach, detach) = (*host.calls.start() as u32, *host.calls.end() as u32);
                let in_way = *host.way_calls.start() as u32;
                let hauled: Vec<Closure> = all
                    .get(&host.trip)
                    .into_iter()
                    .flatten()
                    .filter_map(|closure| {
                        let hops = closure.hops.start.max(attach)..closure.hops.end.min(detach);
                        let hops = (hops.start < hops.end)
                            .then(|| hops.start - attach + in_way..hops.end - attach + in_way)?;
                        let days = Days {
                            first: closure.days.first.plus(-host.shift),
                            last: closure.days.last.plus(-host.shift),
                        };
                        Some(Closure { trip: columns.trip_of_way(way), hops, days })
                    })
                    .collect();
                all.entry(columns.trip_of_way(way)).or_default().extend(hauled);
            }
        }
        Self(all)
    }

    /// The closures of a trip.
    pub(crate) fn of(&self, trip: TripId) -> &[Closure] {
        self.0.get(&trip).map_or(&[], Vec::as_slice)
    }

    /// Whether a hop of a trip is closed on every one of some days.
    pub(crate) fn closed_throughout(&self, trip: TripId, hop: u32, days: Days) -> bool {
        let mut open = vec![days];
        for closure in self.of(trip).iter().filter(|closure| closure.hops.contains(&hop)) {
            open = open.into_iter().flat_map(|days| days.without(closure.days)).collect();
        }
        open.is_empty()
    }

    /// Whether a hop of a trip is closed on any of some days.
    pub(crate) fn closed_sometimes(&self, trip: TripId, hop: u32, days: Days) -> bool {
        self.of(trip).iter().any(|closure| closure.hops.contains(&hop) && closure.days.overlaps(days))
    }
}
