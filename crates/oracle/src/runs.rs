//! Trips on their days: every run with its calls at absolute times.

use crate::query::{CarriageRef, StopRef, TripRef};
use jiff::tz::TimeZone;
use tumen_base::Date;
use tumen_feed::{Feed, Trip};

/// What is boarded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Vehicle {
    /// A trip of trips.txt.
    Trip(TripRef),
    /// A through carriage.
    Carriage(CarriageRef),
}

/// A call of a run, at seconds of UTC.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RunCall {
    pub(crate) stop: StopRef,
    pub(crate) arrival: i64,
    pub(crate) departure: i64,
    /// The trip that transfer rules see when one alights here, or `None` where one may not.
    pub(crate) alight: Option<TripRef>,
    /// The trip that transfer rules see when one boards here, or `None` where one may not.
    pub(crate) board: Option<TripRef>,
}

/// A trip, a departure of a frequency, or a through carriage, on one service day.
#[derive(Clone, Debug)]
pub(crate) struct Run {
    pub(crate) vehicle: Vehicle,
    /// The trip whose route has the mode and the agency that filters see: for a carriage its first host.
    pub(crate) trip: TripRef,
    pub(crate) day: Date,
    pub(crate) calls: Vec<RunCall>,
    /// The runs into which passengers may stay seated.
    pub(crate) next: Vec<usize>,
}

impl Run {
    /// When it leaves its first call.
    pub(crate) fn first_departure(&self) -> i64 {
        self.calls[0].departure
    }

    /// When it reaches its last call.
    pub(crate) fn last_arrival(&self) -> i64 {
        self.calls[self.calls.len() - 1].arrival
    }
}

/// Every run of every trip on the service days `first..=last`. In-seat transfers and carriages come later.
pub(crate) fn expand(feeds: &[Feed], first: Date, last: Date) -> Vec<Run> {
    let mut runs = Vec::new();
    for (feed_index, feed) in feeds.iter().enumerate() {
        let zone = TimeZone::get(&feed.zone).unwrap_or(TimeZone::UTC);
        let midnights: Vec<(Date, i64)> =
            (first.0..=last.0).map(|day| (Date(day), service_midnight(&zone, Date(day)))).collect();
        for (trip_index, trip) in feed.trips.iter().enumerate() {
            let reference = TripRef { feed: feed_index as u32, trip: trip_index as u32 };
            // calendar plus calendar_dates.
            let service = &feed.services[trip.service as usize];
            for &(day, midnight) in midnights.iter().filter(|(day, _)| service.runs_on(*day)) {
                for shift in shifts(feed, trip, reference.trip) {
                    runs.push(Run {
                        vehicle: Vehicle::Trip(reference),
                        trip: reference,
                        day,
                        calls: calls(feed, trip, reference, midnight + shift),
                        next: Vec::new(),
                    });
                }
            }
        }
    }
    runs
}

/// "Time t of service day d is local noon of d minus 12 h plus t, in the agency's zone": the instant of t = 0.
fn service_midnight(zone: &TimeZone, day: Date) -> i64 {
    let noon = day.civil().at(12, 0, 0, 0).to_zoned(zone.clone()).expect("a noon between the years 1 and 9998");
    noon.timestamp().as_second() - 12 * 3600
}

/// "frequencies.txt: departures at start, start + h, … before end; the template's times shifted; exact_times 0 is
/// treated alike": by how many seconds. A trip without frequencies runs once, unshifted.
fn shifts(feed: &Feed, trip: &Trip, index: u32) -> Vec<i64> {
    if !is_frequency(feed, index) {
        return vec![0];
    }
    let template = feed.calls[trip.calls.start as usize].departure;
    let rows = feed.frequencies.iter().filter(|row| row.trip == index);
    let departures = rows.flat_map(|row| (row.start..row.end).step_by(row.headway as usize));
    departures.map(|departure| i64::from(departure - template)).collect()
}

/// Whether frequencies.txt says when a trip runs.
pub(crate) fn is_frequency(feed: &Feed, trip: u32) -> bool {
    feed.frequencies.iter().any(|row| row.trip == trip)
}

fn calls(feed: &Feed, trip: &Trip, reference: TripRef, midnight: i64) -> Vec<RunCall> {
    let calls = feed.calls[trip.calls.start as usize..trip.calls.end as usize].iter();
    let calls = calls.map(|call| RunCall {
        stop: StopRef { feed: reference.feed, stop: call.stop },
        // "hours beyond 24 reach into later days."
        arrival: midnight + i64::from(call.arrival),
        departure: midnight + i64::from(call.departure),
        // "pickup_type / drop_off_type 1 forbids; 0, 2, 3 allow."
        alight: (call.drop_off != 1).then_some(reference),
        board: (call.pickup != 1).then_some(reference),
    });
    calls.collect()
}
