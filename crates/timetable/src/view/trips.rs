//! Routes, trips, patterns: where a trip calls, when, and how far that can be trusted.

use std::ops::Range;
use tumen_base::{AgencyId, Certainty, DayBits, FeedId, PatternId, RouteId, ServiceId, StopId, Time, TripId};

use super::entries;
use crate::columns::Columns;

/// An in-seat link between the runs of two trips.
#[derive(Clone, Copy, Debug)]
pub struct Link<'a> {
    /// The trip at the other end: the continuation, or the trip it comes from.
    pub trip: TripId,
    /// Service day of the later run minus that of the earlier one: 0 or 1.
    pub shift: i32,
    /// Service days of the earlier run on which the link holds.
    pub days: DayBits<'a>,
}

impl<'a> Columns<'a> {
    /// All trips.
    pub fn trips(&self) -> impl Iterator<Item = TripId> + use<> {
        (0..self.trip_id.len()).map(TripId::from_index)
    }

    /// All patterns.
    pub fn patterns(&self) -> impl Iterator<Item = PatternId> + use<> {
        (0..self.pattern_route.len()).map(PatternId::from_index)
    }

    /// The pattern of a trip.
    pub fn pattern_of(&self, trip: TripId) -> PatternId {
        PatternId(self.trip_pattern[trip.index()])
    }

    /// The trips of a pattern in its order, as positions in the trip columns.
    pub fn trips_of(&self, pattern: PatternId) -> Range<usize> {
        entries(self.pattern_trip_offset, pattern.index())
    }

    /// The calls of a pattern, as positions in the call columns.
    pub fn calls_of(&self, pattern: PatternId) -> Range<usize> {
        entries(self.pattern_call_offset, pattern.index())
    }

    /// The calls of a trip, as positions in the call columns.
    pub fn calls_of_trip(&self, trip: TripId) -> Range<usize> {
        self.calls_of(self.pattern_of(trip))
    }

    /// How many calls a trip has.
    pub fn call_count(&self, trip: TripId) -> usize {
        self.calls_of_trip(trip).len()
    }

    /// The stop of a trip's call; `position` counts from 0 within the trip.
    pub fn stop_at(&self, trip: TripId, position: usize) -> StopId {
        StopId(self.call_stop[self.calls_of_trip(trip)][position])
    }

    /// Where the times of a trip's call are in the `time_*` columns.
    pub fn time_index(&self, trip: TripId, position: usize) -> usize {
        let pattern = self.pattern_of(trip);
        let trips = self.trips_of(pattern);
        self.pattern_time_offset[pattern.index()] as usize + position * trips.len() + (trip.index() - trips.start)
    }

    /// Arrival at a call, seconds of the service day.
    pub fn arrival(&self, trip: TripId, position: usize) -> i32 {
        self.time_arrival[self.time_index(trip, position)]
    }

    /// Departure from a call, seconds of the service day.
    pub fn departure(&self, trip: TripId, position: usize) -> i32 {
        self.time_departure[self.time_index(trip, position)]
    }

    /// Midnight (noon minus twelve hours) of a trip's service day.
    pub fn base_of_run(&self, trip: TripId, day: i32) -> Time {
        self.day_base(self.pattern_zone[self.pattern_of(trip).index()], day)
    }

    /// Arrival of the run of service day `day` at a call.
    pub fn arrival_of_run(&self, trip: TripId, day: i32, position: usize) -> Time {
        self.base_of_run(trip, day).saturating_add(self.arrival(trip, position))
    }

    /// Departure of the run of service day `day` from a call.
    pub fn departure_of_run(&self, trip: TripId, day: i32, position: usize) -> Time {
        self.base_of_run(trip, day).saturating_add(self.departure(trip, position))
    }

    /// The service days on which a trip runs.
    pub fn days_of_trip(&self, trip: TripId) -> DayBits<'a> {
        self.day_set(self.trip_days[trip.index()])
    }

    /// The service of a trip; absent for ways of through carriages.
    pub fn service_of(&self, trip: TripId) -> Option<ServiceId> {
        let service = self.trip_service[trip.index()];
        ((service as usize) < self.service_id.len()).then_some(ServiceId(service))
    }

    /// The route of a trip (of the first host for a through carriage).
    pub fn route_of(&self, trip: TripId) -> RouteId {
        RouteId(self.pattern_route[self.pattern_of(trip).index()])
    }

    /// The agency of a route.
    pub fn agency_of(&self, route: RouteId) -> AgencyId {
        AgencyId(self.route_agency[route.index()])
    }

    /// The feed of a trip.
    pub fn feed_of_trip(&self, trip: TripId) -> FeedId {
        FeedId(self.agency_feed[self.agency_of(self.route_of(trip)).index()])
    }

    /// The headsign shown at a call: the call's own, else the trip's.
    pub fn headsign_at(&self, trip: TripId, position: usize) -> &'a str {
        match self.text(self.call_headsign[self.calls_of_trip(trip)][position]) {
            "" => self.text(self.trip_headsign[trip.index()]),
            own => own,
        }
    }

    /// In-seat links out of a trip's last call.
    pub fn links_from(&self, trip: TripId) -> impl Iterator<Item = Link<'a>> + use<'_, 'a> {
        entries(self.trip_link_offset, trip.index()).map(move |link| Link {
            trip: TripId(self.link_to[link]),
            shift: self.link_shift[link],
            days: self.day_set(self.link_days[link]),
        })
    }

    /// In-seat links into a trip's first call.
    pub fn links_into(&self, trip: TripId) -> impl Iterator<Item = Link<'a>> + use<'_, 'a> {
        entries(self.trip_link_back_offset, trip.index()).map(move |link| Link {
            trip: TripId(self.link_back_from[link]),
            shift: self.link_back_shift[link],
            days: self.day_set(self.link_back_days[link]),
        })
    }

    /// How far it can be trusted that a service runs on a day, the worst of what its feed says.
    pub fn certainty_of_day(&self, service: ServiceId, day: i32) -> Certainty {
        self.statements(service, day).map(|row| certainty(self.statement_certainty[row])).max().unwrap_or_default()
    }

    /// How far it can be trusted that a trip runs on a day: its service's days and its own row together.
    pub fn certainty_of_run(&self, trip: TripId, day: i32) -> Certainty {
        let own = certainty(self.trip_certainty_days[trip.index()]);
        self.service_of(trip).map_or(own, |service| own.max(self.certainty_of_day(service, day)))
    }

    /// How far the times of a trip's call can be trusted.
    pub fn certainty_of_time(&self, trip: TripId, position: usize) -> Certainty {
        let own = certainty(self.trip_certainty_times[trip.index()]);
        if self.time_certainty.is_empty() {
            return own;
        }
        own.max(certainty(self.time_certainty[self.time_index(trip, position)]))
    }

    /// Whether the times of a call were filled in between its neighbours.
    pub fn is_interpolated(&self, trip: TripId, position: usize) -> bool {
        !self.time_interpolated.is_empty() && self.time_interpolated[self.time_index(trip, position)] != 0
    }

    /// Sources of what is said of a run's day, as written: of the calendar's statements, then of the trip's row.
    pub fn sources_of_run(&self, trip: TripId, day: i32) -> impl Iterator<Item = &'a str> + use<'_, 'a> {
        let calendar = self.service_of(trip).into_iter().flat_map(move |service| {
            self.statements(service, day).map(move |row| self.text(self.statement_source[row]))
        });
        let own = self.text(self.trip_source[trip.index()]);
        calendar.chain(std::iter::once(own)).filter(|text| !text.is_empty())
    }

    /// Sources of the times of a call, as written; empty where the feed says none.
    pub fn source_of_time(&self, trip: TripId, position: usize) -> &'a str {
        if self.time_source.is_empty() { "" } else { self.text(self.time_source[self.time_index(trip, position)]) }
    }

    fn statements(&self, service: ServiceId, day: i32) -> impl Iterator<Item = usize> + use<'_, 'a> {
        entries(self.service_statement_offset, service.index())
            .filter(move |&row| self.day_set(self.statement_days[row]).contains(day))
    }
}

/// Bytes that are no certainty are only possible in damaged columns.
fn certainty(byte: u8) -> Certainty {
    Certainty::from_byte(byte).unwrap_or(Certainty::Unknown)
}
