//! Runs that are suspended, as what a query may not use.

use std::collections::BTreeSet;
use std::ops::Range;
use tumen_base::{SECONDS_PER_DAY, Time, TripId};
use tumen_border::{Hindrance, SuspensionId};
use tumen_routing::{Filter, Journey, Leg, Run};
use tumen_timetable::Columns;

use crate::hindrances;

/// Suspended by trip.
#[derive(Clone, Debug, Default)]
pub struct Suspended {
    sorted: Vec<Hindrance>,
}

impl Suspended {
    /// Sorts hindrances by trip.
    pub fn new(mut hindrances: Vec<Hindrance>) -> Self {
        hindrances.sort_unstable();
        Self { sorted: hindrances }
    }

    /// All of them.
    pub fn all(&self) -> impl Iterator<Item = Hindrance> {
        self.sorted.iter().copied()
    }

    /// Those of a trip.
    pub fn of_trip(&self, trip: TripId) -> &[Hindrance] {
        let first = self.sorted.partition_point(|hindrance| hindrance.trip < trip);
        let count = self.sorted[first..].partition_point(|hindrance| hindrance.trip == trip);
        &self.sorted[first..first + count]
    }

    /// The service days on which a trip does not run at all.
    pub fn days_without(&self, trip: TripId) -> impl Iterator<Item = (i32, i32)> {
        let whole = self.of_trip(trip).iter().filter(|hindrance| hindrance.is_of_whole_runs());
        whole.map(|hindrance| (hindrance.first_day, hindrance.last_day))
    }

    /// What keeps a run from being ridden over some hops, the end exclusive; each suspension once.
    pub fn of_ride(&self, run: Run, hops: Range<u32>) -> Vec<SuspensionId> {
        let own = self.of_trip(run.trip).iter().filter(|hindrance| hindrance.concerns(run.day, hops.clone()));
        let ids: BTreeSet<SuspensionId> = own.filter_map(|hindrance| hindrance.cause.suspension()).collect();
        ids.into_iter().collect()
    }

    /// What keeps a journey from being taken.
    pub fn of_journey(&self, journey: &Journey) -> Vec<SuspensionId> {
        let parts = journey.legs.iter().flat_map(|leg| match leg {
            Leg::Ride { parts, .. } => &parts[..],
            Leg::Walk { .. } => &[],
        });
        let ids: BTreeSet<SuspensionId> =
            parts.flat_map(|part| self.of_ride(part.run, part.from_call..part.to_call)).collect();
        ids.into_iter().collect()
    }

    /// Forbids what is hindered to runs that are under way in a span of time. The rest is left out, so that searches about
    /// other days stay with the fast engines.
    pub fn forbid(&self, columns: &Columns<'_>, span: Range<Time>, filter: &mut Filter) {
        for hindrance in self.sorted.iter().filter(|hindrance| touches(columns, hindrance, &span)) {
            hindrances::forbid(columns, hindrance, filter);
        }
    }
}

/// Whether a run that a hindrance concerns may be under way in a span of time.
fn touches(columns: &Columns<'_>, hindrance: &Hindrance, span: &Range<Time>) -> bool {
    let trip = hindrance.trip;
    let last_call = columns.call_count(trip) - 1;
    let days = columns.days_of_trip(trip);
    // Service days begin at most a day and a half from the multiple of 86,400 s of their number.
    let from = span.start.saturating_sub(columns.arrival(trip, last_call)).div_euclid(SECONDS_PER_DAY) - 2;
    let mut next = days.next_from(hindrance.first_day.max(from));
    while let Some(day) = next.filter(|&day| day <= hindrance.last_day) {
        if columns.departure_of_run(trip, day, 0) > span.end {
            return false;
        }
        if columns.arrival_of_run(trip, day, last_call) >= span.start {
            return true;
        }
        next = days.next_from(day + 1);
    }
    false
}
