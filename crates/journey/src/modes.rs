//! Modes for people and for the MOTIS API, from route types.

/// A group of route types that people name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mode {
    /// Trains.
    Rail,
    /// Flights.
    Air,
    /// Buses and coaches.
    Bus,
    /// Ships.
    Ferry,
    /// Trams.
    Tram,
    /// Underground and metro.
    Subway,
    /// Funiculars, cable cars, monorails.
    Cable,
    /// Taxis and everything else.
    Other,
}

impl Mode {
    /// All modes.
    pub const ALL: [Self; 8] =
        [Self::Rail, Self::Air, Self::Bus, Self::Ferry, Self::Tram, Self::Subway, Self::Cable, Self::Other];

    /// Reads its word, or another that is common for it.
    ///
    /// # Errors
    /// With a sentence that lists the words.
    pub fn parse(text: &str) -> Result<Self, String> {
        let word = match text {
            "coach" => "bus",
            "ship" | "water" => "ferry",
            "metro" => "subway",
            "funicular" => "cable",
            word => word,
        };
        let words = || Self::ALL.map(Self::word).join(", ");
        Self::ALL.into_iter().find(|mode| mode.word() == word).ok_or_else(|| format!("expected one of {}", words()))
    }

    /// The mode of a GTFS route type, extended types included.
    pub const fn of(route_kind: u16) -> Self {
        match route_kind {
            2 | 100..=199 => Self::Rail,
            1100..=1199 => Self::Air,
            3 | 11 | 200..=299 | 700..=899 => Self::Bus,
            4 | 1000..=1099 | 1200..=1299 => Self::Ferry,
            0 | 900..=999 => Self::Tram,
            1 | 400..=499 | 500..=699 => Self::Subway,
            5 | 6 | 7 | 12 | 1300..=1499 => Self::Cable,
            _ => Self::Other,
        }
    }

    /// `rail`, `air`, …
    pub const fn word(self) -> &'static str {
        match self {
            Self::Rail => "rail",
            Self::Air => "air",
            Self::Bus => "bus",
            Self::Ferry => "ferry",
            Self::Tram => "tram",
            Self::Subway => "subway",
            Self::Cable => "cable",
            Self::Other => "other",
        }
    }

    /// What carries passengers: `train`, `flight`, …
    pub const fn vehicle(self) -> &'static str {
        match self {
            Self::Rail => "train",
            Self::Air => "flight",
            Self::Bus => "bus",
            Self::Ferry => "ferry",
            Self::Tram => "tram",
            Self::Subway => "subway",
            Self::Cable => "cable car",
            Self::Other => "service",
        }
    }
}

/// The mode word of the MOTIS API for a route type.
pub const fn motis_mode(route_kind: u16) -> &'static str {
    match route_kind {
        0 | 900..=999 => "TRAM",
        1 | 400..=404 | 500..=699 => "SUBWAY",
        101 => "HIGHSPEED_RAIL",
        2 | 100 | 102 | 110..=199 => "LONG_DISTANCE",
        103 => "REGIONAL_FAST_RAIL",
        105 => "NIGHT_RAIL",
        104 | 106..=108 => "REGIONAL_RAIL",
        109 => "SUBURBAN",
        3 | 11 | 700..=899 => "BUS",
        200..=299 => "COACH",
        4 | 1000..=1099 | 1200..=1299 => "FERRY",
        1100..=1199 => "AIRPLANE",
        7 | 1400..=1499 => "FUNICULAR",
        5 | 6 | 1300..=1399 => "AERIAL_LIFT",
        _ => "OTHER",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn extended_types_belong_to_the_mode_people_would_name() {
        assert_eq!(Mode::of(102), Mode::Rail);
        assert_eq!(Mode::of(1100), Mode::Air);
        assert_eq!(Mode::of(715), Mode::Bus);
        assert_eq!(motis_mode(105), "NIGHT_RAIL");
        assert_eq!(motis_mode(1100), "AIRPLANE");
        assert_eq!(motis_mode(9999), "OTHER");
    }
}
