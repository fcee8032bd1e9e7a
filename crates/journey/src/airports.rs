//! Time at airports, so that flights and trains stand fairly beside one another: before a flight for check-in and control, after it for
//! control. No timetable says how much; it is an assumption with an option.

use tumen_base::{Certainty, PatternId, StopId, Time};
use tumen_timetable::Columns;

use crate::itinerary::{End, Itinerary, Leg, Walk, WalkKind};
use crate::modes::Mode;
use crate::search::Usable;

/// The airports of a timetable, and what is assumed of them.
#[derive(Clone, Debug)]
pub struct Airports {
    /// Stops at which nothing but flights calls, in order.
    stops: Vec<StopId>,
    /// Seconds before a departure.
    check_in: i32,
    /// Seconds after an arrival.
    control: i32,
}

impl Airports {
    /// Finds them.
    pub fn of(columns: &Columns<'_>, usable: &Usable) -> Self {
        let is_flight = |pattern: &PatternId| {
            let route = columns.pattern_route[pattern.index()] as usize;
            Mode::of(columns.route_kind[route]) == Mode::Air
        };
        let (flights, others): (Vec<_>, Vec<_>) = columns.patterns().partition(is_flight);
        let mut stops = Vec::new();
        if !flights.is_empty() {
            let calls = |patterns: &[PatternId]| {
                let calls = patterns.iter().flat_map(|&pattern| columns.calls_of(pattern));
                let mut stops: Vec<StopId> = calls.map(|call| StopId(columns.call_stop[call])).collect();
                stops.sort_unstable();
                stops.dedup();
                stops
            };
            let elsewhere = calls(&others);
            stops = calls(&flights);
            stops.retain(|stop| elsewhere.binary_search(stop).is_err());
        }
        Self { stops, check_in: usable.check_in, control: usable.control }
    }

    /// Seconds at each before a first flight.
    pub fn before(&self) -> Vec<(StopId, i32)> {
        self.stops.iter().map(|&stop| (stop, self.check_in)).collect()
    }

    /// Seconds at each after a last flight.
    pub fn after(&self) -> Vec<(StopId, i32)> {
        self.stops.iter().map(|&stop| (stop, self.control)).collect()
    }

    /// Puts the time at airports into a journey that begins or ends with a flight.
    pub fn add_to(&self, itinerary: &mut Itinerary) {
        let legs = itinerary.legs.iter().enumerate();
        let mut rides = legs.filter_map(|(at, leg)| if let Leg::Ride(ride) = leg { Some((at, ride)) } else { None });
        let Some((first, ride)) = rides.next() else { return };
        let begin = *ride.first();
        let (last, end) = rides.next_back().map_or((first, *ride.last()), |(last, ride)| (last, *ride.last()));
        if self.has(end.stop) && self.control > 0 {
            let times = [end.arrival, end.arrival.saturating_add(self.control)];
            itinerary.legs.insert(last + 1, at_airport(end.stop, times, WalkKind::Control));
        }
        if self.has(begin.stop) && self.check_in > 0 {
            let times = [begin.departure.saturating_sub(self.check_in), begin.departure];
            itinerary.legs.insert(first, at_airport(begin.stop, times, WalkKind::CheckIn));
        }
    }

    fn has(&self, stop: StopId) -> bool {
        self.stops.binary_search(&stop).is_ok()
    }
}

fn at_airport(stop: StopId, [departure, arrival]: [Time; 2], kind: WalkKind) -> Leg {
    let at = End::Stop(stop);
    Leg::Walk(Walk { from: at, to: at, departure, arrival, certainty: Certainty::Assumed, kind })
}
