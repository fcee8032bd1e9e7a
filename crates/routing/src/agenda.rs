//! What is still to be ridden: what a journey of few trips needs comes first.

use crate::query::MAX_TRIPS;

/// Most trips of a journey.
const MOST: usize = MAX_TRIPS as usize;

/// Rides to be taken, by the trips boarded with them, and by the fewest trips of a journey that takes them.
///
/// Whoever rides what such a journey of few trips needs, before anything else, knows early when the destination is reached, and
/// what comes later needs no more than a look. Along a journey the fewest trips never become fewer.
pub(crate) struct Agenda<T> {
    rides: Vec<Vec<T>>,
    /// Whether there were any, by the fewest trips.
    some: [bool; MOST + 1],
}

impl<T> Default for Agenda<T> {
    fn default() -> Self {
        let rides = std::iter::repeat_with(Vec::new).take((MOST + 1) * (MOST + 1)).collect();
        Self { rides, some: [false; MOST + 1] }
    }
}

impl<T> Agenda<T> {
    /// Forgets all.
    pub(crate) fn forget(&mut self) {
        for fewest in (0..=MOST).filter(|&fewest| std::mem::take(&mut self.some[fewest])) {
            (1..=fewest).for_each(|trips| self.rides[slot(trips, fewest)].clear());
        }
    }

    /// Adds a ride of a journey of at least so many trips; more than a journey has are refused.
    pub(crate) fn add(&mut self, trips: usize, fewest: usize, ride: T) {
        if fewest <= MOST {
            self.some[fewest] = true;
            self.rides[slot(trips, fewest)].push(ride);
        }
    }

    /// Whether there were any of journeys of at least so many trips.
    pub(crate) fn has(&self, fewest: usize) -> bool {
        self.some[fewest]
    }

    /// Those with so many trips boarded, of journeys of at least so many.
    pub(crate) fn rides(&self, trips: usize, fewest: usize) -> &[T] {
        &self.rides[slot(trips, fewest)]
    }
}

fn slot(trips: usize, fewest: usize) -> usize {
    fewest * (MOST + 1) + trips
}
