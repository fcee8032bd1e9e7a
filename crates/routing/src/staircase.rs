//! What one departure reaches: the earliest arrival with at most so many trips.

use crate::journey::Journey;
use crate::query::MAX_TRIPS;
use tumen_base::Time;

/// The earliest arrival at the destination by the most trips boarded; `Time::MAX` where it is not reached. It never grows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Staircase([Time; MAX_TRIPS as usize + 1]);

impl Staircase {
    /// The destination is not reached.
    pub(crate) const NOWHERE: Self = Self([Time::MAX; MAX_TRIPS as usize + 1]);

    /// What some journeys reach; walking alone is none of them.
    pub(crate) fn of(journeys: &[Journey]) -> Self {
        let mut stairs = Self::NOWHERE;
        for journey in journeys.iter().filter(|journey| journey.trips > 0) {
            for arrival in &mut stairs.0[usize::from(journey.trips)..] {
                *arrival = journey.arrival.min(*arrival);
            }
        }
        stairs
    }

    /// Arrivals by trips.
    pub(crate) fn arrivals(&self) -> &[Time; MAX_TRIPS as usize + 1] {
        &self.0
    }

    /// The earliest arrival of all.
    pub(crate) fn first_arrival(&self) -> Time {
        self.0[usize::from(MAX_TRIPS)]
    }

    /// The fewest trips with which the destination is reached.
    pub(crate) fn fewest_trips(&self) -> Option<u8> {
        self.0.iter().position(|&arrival| arrival != Time::MAX).map(|trips| trips as u8)
    }
}
