//! How a pair of places stands in a window, and how two windows differ.

/// What there is to ride between two places.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ride {
    /// Different times in the window at which a journey leaves that no other beats.
    pub departures: u32,
    /// Seconds of the fastest of them.
    pub fastest: i32,
}

/// How a pair of places stands in a window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// There are journeys.
    Ride(Ride),
    /// Nobody needs a ride: one walk leads there.
    OnFoot,
    /// There is no journey, and the data would know of one.
    Unconnected,
    /// There is no journey in the data, but the data is silent on a line that could serve the pair.
    NoData,
}

/// How the journeys of a pair changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// Seconds of the fastest journey after, less before: negative is faster.
    pub seconds: i32,
    /// Departures after, less before: positive is more often.
    pub departures: i64,
}

/// How two windows differ for a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// Journeys after, none before.
    NewlyConnected,
    /// Journeys before, none after.
    Disconnected,
    /// Journeys in both windows.
    Connected(Change),
    /// Journeys after; before, the data is silent.
    NoDataBefore,
    /// Journeys before; after, the data is silent.
    NoDataAfter,
    /// No journeys, and the data is silent in one window or both.
    NoData,
    /// No journeys in either window.
    Unconnected,
    /// One walk leads there.
    OnFoot,
}

impl Relation {
    /// The word for it in files.
    pub const fn word(self) -> &'static str {
        match self {
            Self::NewlyConnected => "newly_connected",
            Self::Disconnected => "disconnected",
            Self::Connected(_) => "connected",
            Self::NoDataBefore => "no_data_before",
            Self::NoDataAfter => "no_data_after",
            Self::NoData => "no_data",
            Self::Unconnected => "unconnected",
            Self::OnFoot => "on_foot",
        }
    }
}

/// A destination as it stands before and after, seen from one origin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair {
    /// Position among the origins.
    pub from: u32,
    /// Position among the destinations.
    pub to: u32,
    /// In the first window.
    pub before: Standing,
    /// In the second window.
    pub after: Standing,
    /// Whether in a window, before and after, a line that serves the pair is silent: a change may only be that the data begins or
    /// ends.
    pub silent: [bool; 2],
}

impl Pair {
    /// How the windows differ.
    pub fn relation(&self) -> Relation {
        use Standing::{NoData, OnFoot, Ride, Unconnected};
        match (self.before, self.after) {
            (OnFoot, _) | (_, OnFoot) => Relation::OnFoot,
            (Ride(before), Ride(after)) => Relation::Connected(Change {
                seconds: after.fastest.saturating_sub(before.fastest),
                departures: i64::from(after.departures) - i64::from(before.departures),
            }),
            (Unconnected, Ride(_)) => Relation::NewlyConnected,
            (NoData, Ride(_)) => Relation::NoDataBefore,
            (Ride(_), Unconnected) => Relation::Disconnected,
            (Ride(_), NoData) => Relation::NoDataAfter,
            (Unconnected, Unconnected) => Relation::Unconnected,
            (NoData, _) | (_, NoData) => Relation::NoData,
        }
    }
}

impl Standing {
    /// What there is to ride, if anything.
    pub fn ride(self) -> Option<Ride> {
        match self {
            Self::Ride(ride) => Some(ride),
            _ => None,
        }
    }
}
