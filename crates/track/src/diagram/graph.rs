//! What a diagram shows: runs as points in time and distance.

use std::collections::HashSet;
use tumen_base::{Certainty, StopId, Time, TripId};
use tumen_journey::modes::Mode;
use tumen_journey::present::View;
use tumen_routing::Run;
use tumen_timetable::Columns;

use super::axis::Axis;
use crate::asked::{Asked, Subject};
use crate::lines::Track;
use crate::network::Network;

/// More runs are no picture that anybody could read: the rest is left out, and the caption says so.
const MOST_TRACES: usize = 3000;

/// The days that a diagram shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// Its beginning: midnight at the first station.
    pub from: Time,
    /// Its end.
    pub until: Time,
}

/// How a run is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// A train, in the background.
    Train,
    /// A through carriage that was not asked for.
    Through,
    /// The through carriage that was asked for; every one where none was.
    Bold,
}

/// A run on the way.
#[derive(Clone, Debug, PartialEq)]
pub struct Trace {
    /// How it is drawn.
    pub weight: Weight,
    /// Its number, or the carriage's name.
    pub name: String,
    /// The run.
    pub run: Run,
    /// How far it can be trusted that it runs.
    pub days: Certainty,
    /// Arrivals and departures in order, at least two.
    pub points: Vec<Point>,
}

/// A moment of a run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// When.
    pub time: Time,
    /// Where, in metres along the axis.
    pub metres: f64,
    /// The station.
    pub stop: StopId,
    /// How far the time can be trusted.
    pub certainty: Certainty,
}

/// All that a diagram shows.
#[derive(Clone, Debug)]
pub struct Graph {
    /// The days.
    pub window: Window,
    /// Where stations lie.
    pub axis: Axis,
    /// The runs, those in the background first.
    pub traces: Vec<Trace>,
    /// Runs that are not shown because they are suspended.
    pub suspended: usize,
    /// Runs that are not shown because there are too many.
    pub left_out: usize,
}

impl Graph {
    /// The runs over a way within a window.
    pub fn of(view: &View<'_>, track: &Track, network: &Network<'_>, asked: &Asked, window: Window) -> Self {
        let columns = view.columns();
        let axis = Axis::of(&columns, track, network, &asked.way);
        let mut graph = Self { window, axis, traces: Vec::new(), suspended: 0, left_out: 0 };
        for pattern in columns.patterns() {
            let route = columns.pattern_route[pattern.index()] as usize;
            if Mode::of(columns.route_kind[route]) != Mode::Rail {
                continue;
            }
            let stops: Vec<StopId> = columns.call_stop[columns.calls_of(pattern)]
                .iter()
                .map(|&stop| columns.station(StopId(stop)))
                .collect();
            let pieces = pieces(&graph.axis, network, &stops);
            if !pieces.is_empty() {
                for trip in columns.trips_of(pattern).map(TripId::from_index) {
                    graph.add(view, asked, trip, &pieces);
                }
            }
        }
        graph.traces.sort_by_key(|trace| trace.weight);
        graph
    }

    /// The runs of the subject, or of every carriage.
    pub fn bold(&self) -> impl Iterator<Item = &Trace> {
        self.traces.iter().filter(|trace| trace.weight == Weight::Bold)
    }

    fn add(&mut self, view: &View<'_>, asked: &Asked, trip: TripId, pieces: &[Vec<usize>]) {
        let columns = view.columns();
        let last = columns.call_count(trip) - 1;
        let way = columns.way_of_trip(trip);
        let carriage = way.map(|way| columns.carriage_of_way(way));
        let weight = match (asked.subject, carriage) {
            (_, None) => Weight::Train,
            (Subject::Carriage(own, _), Some(other)) if own != other => Weight::Through,
            (_, Some(_)) => Weight::Bold,
        };
        for day in days(&columns, trip, self.window) {
            let run = Run { day, trip };
            let times = (columns.departure_of_run(trip, day, 0), columns.arrival_of_run(trip, day, last));
            if times.1 < self.window.from || times.0 > self.window.until {
                continue;
            }
            if !view.world.suspended().of_ride(run, 0..last as u32).is_empty() {
                self.suspended += 1;
                continue;
            }
            if self.traces.len() >= MOST_TRACES {
                self.left_out += 1;
                continue;
            }
            let name = match carriage {
                Some(carriage) => view.world.carriage_name(carriage).to_owned(),
                None => view.world.trip_name(trip),
            };
            let days = match way {
                None => columns.certainty_of_run(trip, day),
                Some(way) => {
                    let hosts = columns.hosts(way).map(|host| columns.certainty_of_run(host.trip, day + host.shift));
                    hosts.fold(
                        columns.certainty_of_day(columns.service_of_carriage(columns.carriage_of_way(way)), day),
                        Certainty::max,
                    )
                }
            };
            for calls in pieces {
                let points = points(&columns, &self.axis, run, calls);
                self.traces.push(Trace { weight, name: name.clone(), run, days, points });
            }
        }
    }
}

/// The service days whose runs of a trip may lie in a window.
fn days(columns: &Columns<'_>, trip: TripId, window: Window) -> impl Iterator<Item = i32> {
    const DAY: i32 = 86_400;
    let last = columns.call_count(trip) - 1;
    let longest = columns.arrival(trip, last).max(0) / DAY + 2;
    let first = columns.date_of(0);
    let day_at = |time: Time| {
        let unix = columns.to_unix(time);
        (unix.div_euclid(i64::from(DAY)) - i64::from(first.0)) as i32
    };
    let set = columns.days_of_trip(trip);
    let until = (day_at(window.until) + 1).min(columns.days() - 1);
    let mut next = set.next_from((day_at(window.from) - longest).max(0));
    std::iter::from_fn(move || {
        let day = next.filter(|day| *day <= until)?;
        next = set.next_from(day + 1);
        Some(day)
    })
}

/// The calls of a trip on the axis, in pieces between which it is elsewhere; a piece has at least two.
fn pieces(axis: &Axis, network: &Network<'_>, stops: &[StopId]) -> Vec<Vec<usize>> {
    let mut pieces: Vec<Vec<usize>> = vec![Vec::new()];
    for (call, stop) in stops.iter().enumerate() {
        if axis.mark(*stop).is_some() {
            if let Some(piece) = pieces.last_mut() {
                piece.push(call);
            }
        } else if network.has(*stop) {
            pieces.push(Vec::new());
        }
    }
    let places = |piece: &Vec<usize>| piece.iter().map(|&call| stops[call]).collect::<HashSet<_>>().len();
    pieces.retain(|piece| places(piece) > 1);
    pieces
}

fn points(columns: &Columns<'_>, axis: &Axis, run: Run, calls: &[usize]) -> Vec<Point> {
    let mut points = Vec::new();
    for (place, &call) in calls.iter().enumerate() {
        let stop = columns.station(columns.stop_at(run.trip, call));
        let Some(mark) = axis.mark(stop) else { continue };
        let certainty = columns.certainty_of_time(run.trip, call);
        let mut push = |time: Time| points.push(Point { time, metres: mark.metres, stop, certainty });
        let arrival = columns.arrival_of_run(run.trip, run.day, call);
        let departure = columns.departure_of_run(run.trip, run.day, call);
        if place > 0 {
            push(arrival);
        }
        if place + 1 < calls.len() && (place == 0 || departure != arrival) {
            push(departure);
        }
    }
    points
}
