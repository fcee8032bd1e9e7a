//! What leaves a stop, or arrives there, from a time on.

use std::collections::BTreeMap;
use std::ops::{Range, RangeInclusive};
use tumen_base::{SECONDS_PER_DAY, StopId, Time, TripId};
use tumen_routing::Run;
use tumen_timetable::Columns;

/// Windows in days that are looked through until enough is found.
const WINDOWS: [i32; 4] = [1, 7, 62, 366];

/// A run at a stop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// Departure or arrival.
    pub time: Time,
    /// Where.
    pub stop: StopId,
    /// The run.
    pub run: Run,
    /// Its call there.
    pub position: usize,
    /// Through carriages that it carries away from there, or brings there.
    pub carriages: Vec<Run>,
}

/// What is listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Departures where passengers may board.
    Departures,
    /// Arrivals where passengers may alight.
    Arrivals,
}

/// What is listed where.
#[derive(Clone, Debug)]
pub struct Listing {
    /// The stops, in order.
    stops: Vec<StopId>,
    /// Departures or arrivals.
    kind: Kind,
    /// Also where nobody may board, or leave.
    passed: bool,
}

impl Listing {
    /// Departures or arrivals of passengers at some stops.
    pub fn new(stops: impl IntoIterator<Item = StopId>, kind: Kind) -> Self {
        let mut stops: Vec<StopId> = stops.into_iter().collect();
        stops.sort_unstable();
        stops.dedup();
        Self { stops, kind, passed: false }
    }

    /// The same with trains that call without taking passengers there.
    #[must_use]
    pub fn with_passed(self, passed: bool) -> Self {
        Self { passed, ..self }
    }
}

/// The first `count` events at some stops from a time on, in order; through carriages stand with the train that hosts them.
pub fn at(columns: &Columns<'_>, stops: &[StopId], kind: Kind, from: Time, count: usize) -> Vec<Event> {
    let listing = Listing::new(stops.iter().copied(), kind);
    let mut found = Vec::new();
    for days in WINDOWS {
        let until = from.saturating_add(days * SECONDS_PER_DAY);
        found = within(columns, &listing, from..until);
        if found.len() >= count {
            break;
        }
    }
    found.truncate(count);
    found
}

/// All events in a window of time, in order.
pub fn within(columns: &Columns<'_>, listing: &Listing, window: Range<Time>) -> Vec<Event> {
    let &Listing { ref stops, kind, passed } = listing;
    let mut events: BTreeMap<(Time, StopId, TripId, i32, usize), Event> = BTreeMap::new();
    let mut carried: Vec<Event> = Vec::new();
    for pattern in columns.patterns() {
        let calls = columns.calls_of(pattern);
        for (position, call) in calls.clone().enumerate() {
            let node = if kind == Kind::Departures { columns.call_board[call] } else { columns.call_alight[call] };
            let end = if kind == Kind::Departures { position + 1 == calls.len() } else { position == 0 };
            let stop = StopId(columns.call_stop[call]);
            if (node == u32::MAX && !passed) || end || stops.binary_search(&stop).is_err() {
                continue;
            }
            for trip in columns.trips_of(pattern).map(TripId::from_index) {
                let seconds = match kind {
                    Kind::Departures => columns.departure(trip, position),
                    Kind::Arrivals => columns.arrival(trip, position),
                };
                for day in days(columns, trip, seconds, &window) {
                    let time = columns.base_of_run(trip, day).saturating_add(seconds);
                    let event = Event { time, stop, run: Run { day, trip }, position, carriages: Vec::new() };
                    match columns.way_of_trip(trip) {
                        Some(_) => carried.push(event),
                        None => drop(events.insert((time, stop, trip, day, position), event)),
                    }
                }
            }
        }
    }
    for event in carried {
        let Some((host, position)) = host_at(columns, &event, kind) else { continue };
        if let Some(train) = events.get_mut(&(event.time, event.stop, host.trip, host.day, position)) {
            train.carriages.push(event.run);
        }
    }
    events.into_values().collect()
}

/// The service days on which a trip's call may fall into a window.
fn days<'a>(
    columns: &Columns<'a>,
    trip: TripId,
    seconds: i32,
    window: &Range<Time>,
) -> impl Iterator<Item = i32> + use<'a> {
    let (columns, window) = (*columns, window.clone());
    let set = columns.days_of_trip(trip);
    // Bases are at most a day and a half from the multiple of 86,400 s of their day.
    let earliest = (window.start.saturating_sub(seconds)).div_euclid(SECONDS_PER_DAY) - 2;
    let latest = (window.end.saturating_sub(seconds)).div_euclid(SECONDS_PER_DAY) + 2;
    let mut next = set.next_from(earliest);
    let all = std::iter::from_fn(move || {
        let day = next.filter(|&day| day <= latest)?;
        next = set.next_from(day + 1);
        Some(day)
    });
    all.filter(move |&day| {
        day < columns.days() && window.contains(&columns.base_of_run(trip, day).saturating_add(seconds))
    })
}

/// The host of a carriage at one of its calls: the one that takes it away, or that brings it.
fn host_at(columns: &Columns<'_>, event: &Event, kind: Kind) -> Option<(Run, usize)> {
    let way = columns.way_of_trip(event.run.trip)?;
    let carries = |calls: &RangeInclusive<usize>| match kind {
        Kind::Departures => (*calls.start()..*calls.end()).contains(&event.position),
        Kind::Arrivals => (calls.start() + 1..=*calls.end()).contains(&event.position),
    };
    let host = columns.hosts(way).find(|host| carries(&host.way_calls))?;
    let position = host.calls.start() + (event.position - host.way_calls.start());
    Some((Run { day: event.run.day + host.shift, trip: host.trip }, position))
}
