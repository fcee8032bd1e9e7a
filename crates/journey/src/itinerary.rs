//! A journey with what people need to know of it: calls, hosts and stands, kilometres, how far it can be trusted.

use std::ops::RangeInclusive;
use tumen_base::{Certainty, RouteId, StopId, Time, TripId};
use tumen_routing::{Journey, Leg as RoutedLeg, RidePart, Run};
use tumen_timetable::{CarriageId, Columns, Host};

use crate::distance::Distances;
use crate::geography::Position;
use crate::modes::Mode;
use crate::names::Spot;
use crate::world::World;

/// A journey from end to end.
#[derive(Clone, Debug, PartialEq)]
pub struct Itinerary {
    /// Leaving the origin.
    pub departure: Time,
    /// Reaching the destination.
    pub arrival: Time,
    /// Trips boarded.
    pub trips: u8,
    /// The stops whose clocks show departure and arrival.
    pub ends: (StopId, StopId),
    /// Its parts, the walks to the first and from the last stop included.
    pub legs: Vec<Leg>,
}

/// A part of a journey.
#[derive(Clone, Debug, PartialEq)]
pub enum Leg {
    /// One boarding.
    Ride(Ride),
    /// A walk, or a transfer that the feed states.
    Walk(Walk),
}

/// An end of a walk.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum End {
    /// A stop.
    Stop(StopId),
    /// A point on the map.
    Point(Position),
}

/// On foot, or by whatever transfer the feed states without a timetable.
#[derive(Clone, Debug, PartialEq)]
pub struct Walk {
    /// Where from.
    pub from: End,
    /// Where to.
    pub to: End,
    /// Start.
    pub departure: Time,
    /// End.
    pub arrival: Time,
    /// How far its time can be trusted.
    pub certainty: Certainty,
    /// What it is.
    pub kind: WalkKind,
}

/// What passes between rides, before the first one or after the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WalkKind {
    /// A walk estimated from a straight line.
    Estimated,
    /// A way that transfers.txt states.
    Stated,
    /// Check-in and control before a flight.
    CheckIn,
    /// Control after a flight.
    Control,
}

/// One boarding, whatever carries the passenger afterwards.
#[derive(Clone, Debug, PartialEq)]
pub struct Ride {
    /// Its calls in order, at least two.
    pub calls: Vec<Call>,
    /// The runs that carry it, each with its calls; neighbours share the call at which they meet.
    pub carriers: Vec<Carrier>,
    /// The through carriage, where the passenger stays in it from one host to the next.
    pub carriage: Option<Carriage>,
}

/// A run that carries a passenger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Carrier {
    /// The run.
    pub run: Run,
    /// Positions in [`Ride::calls`].
    pub calls: RangeInclusive<usize>,
}

/// A through carriage on a service day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Carriage {
    /// Which.
    pub id: CarriageId,
    /// The way it takes and the day.
    pub run: Run,
}

/// A stop of a ride.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Call {
    /// Where.
    pub stop: StopId,
    /// Arrival; at the first call, that of the train.
    pub arrival: Time,
    /// Departure; at the last call, that of the train.
    pub departure: Time,
    /// How far the times can be trusted.
    pub certainty: Certainty,
    /// The trip whose row of the timetable says it, and the position of its call.
    pub row: (TripId, usize),
    /// Kilometres from the first call, as far as every hop's is known.
    pub kilometres: Option<f64>,
}

impl Itinerary {
    /// Adds to a routed journey what is known of it.
    pub fn of(world: &World, distances: &Distances, journey: &Journey, from: &Spot, to: &Spot) -> Self {
        let mut legs: Vec<Leg> = journey.legs.iter().map(|leg| of_leg(world, distances, leg)).collect();
        // Whoever is at a station is at its platforms: no time is walked there.
        legs.retain(|leg| !leg.is_within(from) && !leg.is_within(to));
        if let (Some(position), Some(first)) = (from.coordinate, legs.first().map(Leg::origin)) {
            legs.insert(
                0,
                Leg::Walk(Walk {
                    from: End::Point(position),
                    to: first,
                    departure: journey.departure,
                    arrival: journey.legs[0]
                        .departure()
                        .min(journey.departure.saturating_add(first.seconds_from(from))),
                    certainty: Certainty::Estimated,
                    kind: WalkKind::Estimated,
                }),
            );
        }
        if let (Some(position), Some(last)) = (to.coordinate, legs.last().map(Leg::destination)) {
            legs.push(Leg::Walk(Walk {
                from: last,
                to: End::Point(position),
                departure: journey.arrival.saturating_sub(last.seconds_from(to)),
                arrival: journey.arrival,
                certainty: Certainty::Estimated,
                kind: WalkKind::Estimated,
            }));
        }
        let stop = |end: Option<End>, spot: &Spot| match end {
            Some(End::Stop(stop)) => stop,
            _ => spot.first_stop(),
        };
        let first = legs.iter().map(Leg::origin).find(|end| matches!(end, End::Stop(_)));
        let last = legs.iter().rev().map(Leg::destination).find(|end| matches!(end, End::Stop(_)));
        let ends = (stop(first, from), stop(last, to));
        Self { departure: journey.departure, arrival: journey.arrival, trips: journey.trips, ends, legs }
    }

    /// The rides.
    pub fn rides(&self) -> impl Iterator<Item = &Ride> {
        self.legs.iter().filter_map(|leg| match leg {
            Leg::Ride(ride) => Some(ride),
            Leg::Walk(_) => None,
        })
    }

    /// Changes between rides.
    pub fn transfers(&self) -> u8 {
        self.trips.saturating_sub(1)
    }

    /// The modes of its rides, each once.
    pub fn modes(&self, columns: &Columns<'_>) -> Vec<Mode> {
        let mut modes: Vec<Mode> = self.rides().map(|ride| ride.mode(columns)).collect();
        modes.sort_unstable();
        modes.dedup();
        modes
    }

    /// Seconds from door to door.
    pub fn duration(&self) -> i64 {
        i64::from(self.arrival) - i64::from(self.departure)
    }
}

impl Leg {
    /// Whether it is a walk of no time between the stops of a spot.
    fn is_within(&self, spot: &Spot) -> bool {
        let Self::Walk(walk) = self else { return false };
        let of_spot = |end| matches!(end, End::Stop(stop) if spot.stops.iter().any(|(own, _)| *own == stop));
        walk.departure == walk.arrival && of_spot(walk.from) && of_spot(walk.to)
    }

    fn origin(&self) -> End {
        match self {
            Self::Ride(ride) => End::Stop(ride.first().stop),
            Self::Walk(walk) => walk.from,
        }
    }

    fn destination(&self) -> End {
        match self {
            Self::Ride(ride) => End::Stop(ride.last().stop),
            Self::Walk(walk) => walk.to,
        }
    }
}

impl End {
    fn seconds_from(self, spot: &Spot) -> i32 {
        match self {
            Self::Stop(stop) => spot.seconds_to(stop),
            Self::Point(_) => 0,
        }
    }
}

impl Call {
    /// A call of a run.
    pub fn of(columns: &Columns<'_>, run: Run, position: usize) -> Self {
        Self {
            stop: columns.stop_at(run.trip, position),
            arrival: columns.arrival_of_run(run.trip, run.day, position),
            departure: columns.departure_of_run(run.trip, run.day, position),
            certainty: columns.certainty_of_time(run.trip, position),
            row: (run.trip, position),
            kilometres: None,
        }
    }
}

impl Ride {
    /// Where the passenger boards.
    pub fn first(&self) -> &Call {
        &self.calls[0]
    }

    /// Where the passenger leaves.
    pub fn last(&self) -> &Call {
        &self.calls[self.calls.len() - 1]
    }

    /// The run that is boarded.
    pub fn boarded(&self) -> Run {
        self.carriers[0].run
    }

    /// The route of the run that is boarded.
    pub fn route(&self, columns: &Columns<'_>) -> RouteId {
        columns.route_of(self.boarded().trip)
    }

    /// The mode of the run that is boarded.
    pub fn mode(&self, columns: &Columns<'_>) -> Mode {
        Mode::of(columns.route_kind[self.route(columns).index()])
    }

    /// Seconds of the ride.
    pub fn duration(&self) -> i64 {
        i64::from(self.last().arrival) - i64::from(self.first().departure)
    }

    /// The calls between two carriers, at which a carriage stands or a train changes its number.
    pub fn joints(&self) -> impl Iterator<Item = (&Carrier, &Call, &Carrier)> {
        self.carriers.windows(2).map(|pair| (&pair[0], &self.calls[*pair[0].calls.end()], &pair[1]))
    }
}

fn of_leg(world: &World, distances: &Distances, leg: &RoutedLeg) -> Leg {
    match leg {
        RoutedLeg::Ride { parts, .. } => Leg::Ride(ride(world, distances, parts)),
        RoutedLeg::Walk { from, to, departure, arrival } => {
            let stated = certainty_of_rule(&world.columns(), *from, *to);
            Leg::Walk(Walk {
                from: End::Stop(*from),
                to: End::Stop(*to),
                departure: *departure,
                arrival: *arrival,
                certainty: stated.unwrap_or(Certainty::Estimated),
                kind: if stated.is_some() { WalkKind::Stated } else { WalkKind::Estimated },
            })
        }
    }
}

/// How far the rule of transfers.txt between two stops can be trusted; `None` where there is none.
fn certainty_of_rule(columns: &Columns<'_>, from: StopId, to: StopId) -> Option<Certainty> {
    let stated = (0..columns.transfer_from_stop.len()).find(|&row| {
        let ends = (columns.transfer_from_stop[row], columns.transfer_to_stop[row]);
        let is = |stated: u32, stop: StopId| stated == stop.0 || columns.station(stop).0 == stated;
        is(ends.0, from) && is(ends.1, to)
    });
    stated.map(|row| Certainty::from_byte(columns.transfer_certainty[row]).unwrap_or(Certainty::Unknown))
}

/// A ride from the runs that a journey names.
pub fn ride(world: &World, distances: &Distances, parts: &[RidePart]) -> Ride {
    let columns = world.columns();
    let mut ride = Ride { calls: Vec::new(), carriers: Vec::new(), carriage: None };
    for part in parts {
        match columns.way_of_trip(part.run.trip) {
            Some(way) => {
                let hosts = ridden_hosts(&columns, part);
                for (host, calls) in &hosts {
                    let run = Run { day: part.run.day + host.shift, trip: host.trip };
                    append(&columns, &mut ride, run, calls.clone());
                }
                if hosts.len() > 1 {
                    ride.carriage = Some(Carriage { id: columns.carriage_of_way(way), run: part.run });
                }
            }
            None => append(&columns, &mut ride, part.run, part.from_call as usize..=part.to_call as usize),
        }
    }
    measure(&columns, distances, &mut ride);
    ride
}

/// The hosts that carry a part of a ride in a way, with the calls of each that are ridden.
fn ridden_hosts(columns: &Columns<'_>, part: &RidePart) -> Vec<(Host, RangeInclusive<usize>)> {
    let Some(way) = columns.way_of_trip(part.run.trip) else { return Vec::new() };
    let (from, to) = (part.from_call as usize, part.to_call as usize);
    let clip = |host: Host| {
        let first = from.max(*host.way_calls.start());
        let last = to.min(*host.way_calls.end());
        let shifted = |call: usize| host.calls.start() + (call - host.way_calls.start());
        (first < last).then(|| (host.clone(), shifted(first)..=shifted(last)))
    };
    columns.hosts(way).filter_map(clip).collect()
}

/// Adds the calls of a run; the first is joined to the call at which the run before ended.
fn append(columns: &Columns<'_>, ride: &mut Ride, run: Run, positions: RangeInclusive<usize>) {
    let mut calls = positions.map(|position| Call::of(columns, run, position));
    let mut start = ride.calls.len();
    if let Some(last) = ride.calls.last_mut()
        && let Some(next) = calls.next()
    {
        if last.stop == next.stop {
            last.departure = next.departure;
            last.certainty = last.certainty.max(next.certainty);
            start -= 1;
        } else {
            ride.calls.push(next);
        }
    }
    ride.calls.extend(calls);
    ride.carriers.push(Carrier { run, calls: start..=ride.calls.len() - 1 });
}

/// Kilometres along the ride, until a hop whose length is unknown.
fn measure(columns: &Columns<'_>, distances: &Distances, ride: &mut Ride) {
    let mut total = Some(0.0);
    let mut lengths = Vec::with_capacity(ride.calls.len());
    // Who steps off at the very first call of a run they were carried into rides no hop of it.
    for carrier in ride.carriers.iter().filter(|carrier| carrier.calls.start() < carrier.calls.end()) {
        let first_row = columns.calls_of_trip(carrier.run.trip);
        let offset = position_of(columns, carrier, &ride.calls);
        for index in carrier.calls.clone().skip(1) {
            let position = offset + (index - carrier.calls.start());
            let length = distances.of_hop(columns, first_row.start + position - 1);
            total = total.zip(length).map(|(total, length)| total + length);
            lengths.push((index, total));
        }
    }
    ride.calls[0].kilometres = Some(0.0);
    for (index, kilometres) in lengths {
        ride.calls[index].kilometres = kilometres;
    }
}

/// The position of a carrier's first ridden call in its own trip.
fn position_of(columns: &Columns<'_>, carrier: &Carrier, calls: &[Call]) -> usize {
    // The second call of a carrier is always its own; the first may be shared with the carrier before.
    let second = calls[carrier.calls.start() + 1];
    debug_assert_eq!(second.row.0, carrier.run.trip);
    debug_assert!(second.row.1 > 0 && second.row.1 < columns.call_count(carrier.run.trip));
    second.row.1 - 1
}
