//! What is answered.

use tumen_base::{StopId, Time, TripId};

/// A run: a trip on a service day (day number of the timetable).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Run {
    /// Service day.
    pub day: i32,
    /// Trip.
    pub trip: TripId,
}

/// A stretch of a ride in one run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RidePart {
    /// The run.
    pub run: Run,
    /// The call at which the passenger boards it, or 0 where carried into it.
    pub from_call: u32,
    /// The call at which the passenger leaves it, or its last call where carried on.
    pub to_call: u32,
}

/// A part of a journey.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Leg {
    /// One boarding: in one run, or in several without leaving the seat.
    Ride {
        /// Runs in order.
        parts: Vec<RidePart>,
        /// Departure at the first call.
        departure: Time,
        /// Arrival at the last call.
        arrival: Time,
    },
    /// On foot from stop to stop.
    Walk {
        /// Where from.
        from: StopId,
        /// Where to.
        to: StopId,
        /// Start.
        departure: Time,
        /// End.
        arrival: Time,
    },
}

/// A journey: Pareto-optimal in departure, arrival and trips boarded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Journey {
    /// First boarding minus the walk before it.
    pub departure: Time,
    /// Last alighting plus the walk after it.
    pub arrival: Time,
    /// Trips boarded.
    pub trips: u8,
    /// Its parts in order; the walks to and from the stops of a [`crate::Place`] are not among them.
    pub legs: Vec<Leg>,
}

/// A limit that was reached: the answer may be incomplete beyond it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Limit {
    /// Runs were left out because they end after the horizon.
    Horizon,
    /// The horizon reaches beyond the days of the timetable.
    TimetableEnd,
    /// The search was cancelled, for instance by a deadline.
    Cancelled,
}

/// Which search answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// Rounds over patterns ([`crate::Router`], RAPTOR).
    Rounds,
    /// Trip by trip over changes worked out beforehand (Witt 2015).
    Trips,
    /// Run by run, with every arrival kept: where an earlier arrival does not dominate a later one.
    Runs,
}

/// The answer to a query.
#[derive(Clone, Debug)]
pub struct Answer {
    /// Every Pareto-optimal journey: by arrival in a search from a departure, by departure otherwise.
    pub journeys: Vec<Journey>,
    /// Limits that were reached, each once.
    pub limits: Vec<Limit>,
    /// Which search answered.
    pub engine: Engine,
}

impl Leg {
    /// Start of the leg.
    pub fn departure(&self) -> Time {
        match self {
            Self::Ride { departure, .. } | Self::Walk { departure, .. } => *departure,
        }
    }

    /// End of the leg.
    pub fn arrival(&self) -> Time {
        match self {
            Self::Ride { arrival, .. } | Self::Walk { arrival, .. } => *arrival,
        }
    }
}
