//! Countries that a traveller keeps out of.

use tumen_base::{StopId, TripId};
use tumen_timetable::Columns;

use crate::Borders;
use crate::country::CountryCode;
use crate::hindrance::{Cause, Hindrance};

impl Borders {
    /// The stops that stand in a country, or may: nobody boards or alights there.
    pub fn stops_in(&self, columns: &Columns<'_>, country: CountryCode) -> Vec<StopId> {
        columns.stops().filter(|stop| self.is_in(*stop, country)).collect()
    }

    /// Every hop that leads into a country or onward in it, whether or not the doors open there. A train that passes through
    /// without a call in the country cannot be told.
    pub fn hops_into(&self, columns: &Columns<'_>, country: CountryCode) -> Vec<Hindrance> {
        let crossings = self.of_patterns(columns);
        let mut crossings = crossings.iter().peekable();
        let last_day = columns.days().saturating_sub(1);
        let mut hindrances = Vec::new();
        for pattern in columns.patterns() {
            let stops = &columns.call_stop[columns.calls_of(pattern)];
            let inside: Vec<bool> = stops.iter().map(|stop| self.is_in(StopId(*stop), country)).collect();
            let of_pattern = crossings.next_if(|(of, _)| *of == pattern).map_or(&[][..], |(_, found)| found);
            let enters = |hop: usize| {
                of_pattern.iter().any(|crossing| crossing.hop() == hop && crossing.to.claims().contains(&country))
            };
            // Whoever is carried into a train that begins in the country is in it from the first hop on.
            let is_barred = |hop: usize| inside[hop + 1] || hop == 0 && inside[0] || enters(hop);
            let mut hop = 0;
            while hop + 1 < stops.len() {
                let end = (hop..stops.len() - 1).find(|&hop| !is_barred(hop)).unwrap_or(stops.len() - 1);
                if hop < end {
                    let hindrance = |trip| Hindrance {
                        trip,
                        first_hop: hop as u32,
                        last_hop: end as u32 - 1,
                        first_day: 0,
                        last_day,
                        cause: Cause::Avoided(country),
                    };
                    hindrances.extend(columns.trips_of(pattern).map(TripId::from_index).map(hindrance));
                }
                hop = end + 1;
            }
        }
        hindrances
    }

    fn is_in(&self, stop: StopId, country: CountryCode) -> bool {
        self.countries.of_stop(stop).claims().contains(&country)
    }
}
