//! Typed indices: a stop can never be used where a trip is meant.

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(transparent)]
        pub struct $name(pub u32);

        impl $name {
            /// "No such thing": the value that columns store for an absent reference.
            pub const NONE: Self = Self(u32::MAX);

            /// Wraps a position in a table.
            ///
            /// # Panics
            /// When the table has more than `u32::MAX - 1` rows, which every reader refuses long before.
            pub fn from_index(index: usize) -> Self {
                let value = u32::try_from(index).ok().filter(|&value| value != u32::MAX);
                Self(value.expect("a table holds fewer than u32::MAX rows"))
            }

            /// The position in its table.
            pub const fn index(self) -> usize {
                self.0 as usize
            }

            /// Whether this names something, that is, whether it is not [`Self::NONE`].
            pub const fn is_some(self) -> bool {
                self.0 != u32::MAX
            }

            /// The id, or `None` where the column said "absent".
            pub const fn get(self) -> Option<Self> {
                if self.is_some() { Some(self) } else { None }
            }
        }
    )*};
}

ids! {
    /// A feed among those compiled together.
    FeedId,
    /// An agency.
    AgencyId,
    /// A GTFS stop, station or platform.
    StopId,
    /// A GTFS route.
    RouteId,
    /// A trip: one row of trips.txt, one departure of a frequency, or one way of a through carriage.
    TripId,
    /// A set of service days.
    ServiceId,
    /// Trips with the same stops in order that never overtake one another (the "route" of the RAPTOR papers).
    PatternId,
    /// Where a passenger steps off: a stop, divided by what transfer rules say of the trip that brought them.
    AlightNode,
    /// Where a passenger steps on: a stop, divided by what transfer rules say of the trip they take.
    BoardNode,
}
