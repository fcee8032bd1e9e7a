//! What is still to be ridden, by the trips boarded and by those still needed.

use super::search::How;
use crate::query::MAX_TRIPS;

/// A run to be ridden.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Offer {
    /// The run.
    pub(crate) run: u32,
    /// The first call at which stepping off counts: the one after the call boarded.
    pub(crate) first: u32,
    /// How the run is entered.
    pub(crate) how: How,
    /// The ride before.
    pub(crate) before: u32,
}

/// Most trips of a journey.
const MOST: usize = MAX_TRIPS as usize;

/// Offers by trips boarded, and by the fewest trips of a journey that takes them.
///
/// Whoever rides what such a journey of few trips needs, before anything else, knows early when the destination is reached, and
/// what comes later needs no more than a look. Along a journey the fewest trips never become fewer.
#[derive(Default)]
pub(crate) struct Agenda {
    offers: Vec<Vec<Offer>>,
    /// How many offers there were, by the fewest trips.
    count: Vec<usize>,
}

impl Agenda {
    /// Forgets all.
    pub(crate) fn forget(&mut self) {
        self.offers.resize_with((MOST + 1) * (MOST + 1), Vec::new);
        self.count.resize(MOST + 1, 0);
        for fewest in 0..=MOST {
            if std::mem::take(&mut self.count[fewest]) > 0 {
                (1..=fewest).for_each(|trips| self.offers[slot(trips, fewest)].clear());
            }
        }
    }

    /// Adds an offer after so many trips, to a journey of at least so many; more than a journey has are refused.
    pub(crate) fn add(&mut self, trips: usize, fewest: usize, offer: Offer) {
        if fewest <= MOST {
            self.count[fewest] += 1;
            self.offers[slot(trips, fewest)].push(offer);
        }
    }

    /// Whether there were any for journeys of at least so many trips.
    pub(crate) fn has(&self, fewest: usize) -> bool {
        self.count[fewest] > 0
    }

    /// Those after so many trips, to journeys of at least so many.
    pub(crate) fn offers(&self, trips: usize, fewest: usize) -> &[Offer] {
        &self.offers[slot(trips, fewest)]
    }
}

fn slot(trips: usize, fewest: usize) -> usize {
    fewest * (MOST + 1) + trips
}
