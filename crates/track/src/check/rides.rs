//! Rides of trips from stop to stop: too fast for the track, for their kind, or for the reserve that is asked for.

use std::collections::HashMap;
use tumen_base::{PatternId, StopId, TripId, metres_between};
use tumen_border::PostMode;
use tumen_timetable::Columns;

use super::report::{Lack, Rule, Violation};
use super::{Checker, rounding, words};
use crate::figures::SpeedKind;
use crate::quickest::{Asked, Needed, POSITION_SLACK, Rails, longest};
use crate::running::{End, Margin, Train};

/// Of a way that is explained, so many sections are named.
const MOST_TOLD: usize = 6;

/// What no vehicle of a GTFS route type (extended types included) exceeds in service, in km/h: assumptions, lenient ones. `None` for
/// kinds of which nothing is assumed.
pub const fn greatest_speed_kmh(kind: u16) -> Option<f64> {
    match kind {
        2 | 100..=117 => Some(400.0),
        0 | 1 | 12 | 400..=405 | 900..=906 => Some(200.0),
        3 | 11 | 200..=209 | 700..=716 | 800 => Some(160.0),
        4 | 1000 | 1200 => Some(120.0),
        1100..=1114 => Some(1300.0),
        5..=7 | 1300..=1307 | 1400..=1402 => Some(100.0),
        _ => None,
    }
}

/// Checks every ride.
pub fn check(checker: &mut Checker<'_>) {
    checker.found.begin(Rule::RunningTime);
    checker.found.begin(Rule::StraightLine);
    let track = checker.subject.track;
    let rails = Rails::new(&checker.columns, track);
    let mut running = Running { rails: &rails, known: HashMap::new() };
    for pattern in checker.columns.patterns() {
        let stops = Stops::of(&checker.columns, pattern);
        let trips: Vec<TripId> = checker.columns.trips_of(pattern).map(TripId::from_index).collect();
        for trip in trips {
            if !checker.is_train(trip) {
                continue;
            }
            straight_lines(checker, trip, &stops);
            if stops.are_of_a_train() {
                running.of_trip(checker, trip, &stops.stations);
            }
        }
    }
}

/// The calls of a pattern.
struct Stops {
    kind: u16,
    stations: Vec<StopId>,
    positions: Vec<Option<(f64, f64)>>,
    /// Seconds that the straight line from each call to the next takes at the greatest speed.
    least: Vec<Option<f64>>,
}

impl Stops {
    fn of(columns: &Columns<'_>, pattern: PatternId) -> Self {
        let kind = columns.route_kind[columns.pattern_route[pattern.index()] as usize];
        let stops = &columns.call_stop[columns.calls_of(pattern)];
        let stations = stops.iter().map(|&stop| columns.station(StopId(stop))).collect();
        let position = |&stop: &u32| columns.position_of_stop(StopId(stop));
        let mut found = Self { kind, stations, positions: stops.iter().map(position).collect(), least: Vec::new() };
        found.least = (1..stops.len()).map(|call| found.seconds(call - 1, call)).collect();
        found
    }

    fn are_of_a_train(&self) -> bool {
        PostMode::of_route(self.kind) == Some(PostMode::Rail)
    }

    fn metres(&self, from: usize, to: usize) -> Option<f64> {
        Some(metres_between(self.positions[from]?, self.positions[to]?))
    }

    fn seconds(&self, from: usize, to: usize) -> Option<f64> {
        let metres = (self.metres(from, to)? - POSITION_SLACK).max(0.0);
        greatest_speed_kmh(self.kind).map(|speed| metres / (speed / 3.6))
    }
}

/// Rides that cover the straight line faster than anything of their kind.
fn straight_lines(checker: &mut Checker<'_>, trip: TripId, stops: &Stops) {
    let columns = checker.columns;
    let (mut passed, mut without_position, mut without_kind) = (0, 0, 0);
    let mut before = 0;
    for call in 1..stops.stations.len() {
        // Who has no time of its own is passed over: the time between its neighbours was spread.
        if columns.is_interpolated(trip, call) {
            continue;
        }
        let from = std::mem::replace(&mut before, call);
        if greatest_speed_kmh(stops.kind).is_none() {
            without_kind += 1;
            continue;
        }
        let least = if from + 1 == call { stops.least[from] } else { stops.seconds(from, call) };
        let Some(least) = least else {
            without_position += 1;
            continue;
        };
        let (departure, arrival) = (columns.departure(trip, from), columns.arrival(trip, call));
        let scheduled = arrival.saturating_sub(departure);
        if f64::from(scheduled.saturating_add(rounding(departure, arrival))) >= least {
            passed += 1;
            continue;
        }
        let kilometres = stops.metres(from, call).unwrap_or_default() / 1000.0;
        let speed = greatest_speed_kmh(stops.kind).unwrap_or_default();
        let why = format!(
            "{kilometres:.0} km in a straight line in {}; at {speed:.0} km/h, which nothing of its kind exceeds, it takes {}",
            words(f64::from(scheduled)),
            words(least),
        );
        let ride = Ride { rule: Rule::StraightLine, trip, from, to: call };
        violated(checker, ride, least - f64::from(scheduled), why);
    }
    checker.found.passed(Rule::StraightLine, passed);
    checker.found.lacks(Rule::StraightLine, Lack::Kind, without_kind, [format!("route_type {}", stops.kind)]);
    if without_position > 0 {
        let unplaced = (0..stops.stations.len()).filter(|call| stops.positions[*call].is_none());
        let names: Vec<String> = unplaced.map(|call| checker.stop_name(columns.stop_at(trip, call))).collect();
        checker.found.lacks(Rule::StraightLine, Lack::Position, without_position, names);
    }
}

/// A ride of a trip between two of its calls.
#[derive(Clone, Copy)]
struct Ride {
    rule: Rule,
    trip: TripId,
    from: usize,
    to: usize,
}

fn violated(checker: &mut Checker<'_>, ride: Ride, short_by: f64, why: String) {
    let columns = checker.columns;
    let Ride { rule, trip, from, to } = ride;
    let (Some(days), Some(day)) = (checker.span(checker.days(trip)), checker.days(trip).next()) else { return };
    let violation = Violation {
        rule,
        trips: vec![checker.written(trip)],
        names: vec![checker.name(trip)],
        stops: vec![columns.stop_at(trip, from), columns.stop_at(trip, to)],
        at: columns.departure_of_run(trip, day, from),
        days,
        short_by: short_by.ceil() as i64,
        certainty: columns.certainty_of_time(trip, from).max(columns.certainty_of_time(trip, to)),
        why,
    };
    checker.found.violates(rule, 1, violation);
}

/// A question about running times that many trips share: stations, how the train is there, whether a reserve is asked for, the
/// train.
type Key = (StopId, StopId, [End; 2], bool, [u64; 3]);

/// Running times over sections.
struct Running<'a> {
    rails: &'a Rails<'a>,
    known: HashMap<Key, Option<Needed>>,
}

impl Running<'_> {
    /// Checks every stretch of a trip between neighbouring calls at ends of sections; calls elsewhere lie on the way.
    fn of_trip(&mut self, checker: &mut Checker<'_>, trip: TripId, stations: &[StopId]) {
        let columns = checker.columns;
        if checker.subject.track.is_empty() {
            checker.found.lacks(Rule::RunningTime, Lack::Track, stations.len() as u64 - 1, []);
            return;
        }
        let on_track: Vec<usize> = (0..stations.len())
            .filter(|call| self.rails.has(stations[*call]) && !columns.is_interpolated(trip, *call))
            .collect();
        let (first, last) = (on_track.first().copied(), on_track.last().copied());
        let outside = |call: usize| first.is_none_or(|first| call < first) || last.is_none_or(|last| call > last);
        let beyond: Vec<usize> = (0..stations.len()).filter(|call| outside(*call)).collect();
        let rides_beyond = match on_track.len() {
            0 => stations.len() - 1,
            _ => beyond.len(),
        };
        if rides_beyond > 0 {
            let names: Vec<String> =
                beyond.iter().map(|call| checker.stop_name(columns.stop_at(trip, *call))).collect();
            checker.found.lacks(Rule::RunningTime, Lack::Section, rides_beyond as u64, names);
        }
        let train = checker.subject.facts.train(&columns, trip);
        for ends in on_track.windows(2) {
            let (from, to) = (ends[0], ends[1]);
            if stations[from] == stations[to] {
                continue;
            }
            let asked = Asked {
                from: stations[from],
                to: stations[to],
                ends: [end(&columns, trip, from), end(&columns, trip, to)],
                train,
                margin: None,
            };
            self.of_ride(checker, Ride { rule: Rule::RunningTime, trip, from, to }, &asked);
        }
    }

    fn of_ride(&mut self, checker: &mut Checker<'_>, ride: Ride, asked: &Asked) {
        let columns = checker.columns;
        let Ride { trip, from, to, .. } = ride;
        let (departure, arrival) = (columns.departure(trip, from), columns.arrival(trip, to));
        let standing: f64 = (from + 1..to)
            .filter(|call| !columns.is_interpolated(trip, *call))
            .map(|call| (f64::from(columns.departure(trip, call)) - f64::from(columns.arrival(trip, call))).max(0.0))
            .sum();
        let scheduled = f64::from(arrival) - f64::from(departure) - standing;
        let most = scheduled + f64::from(rounding(departure, arrival));
        let longest = longest(&columns, [asked.from, asked.to]);
        let Some(needed) = self.needed(asked).filter(|needed| needed.metres <= longest) else {
            let ends = [from, to].map(|call| columns.stop_name(columns.stop_at(trip, call)));
            checker.found.lacks(Rule::RunningTime, Lack::Way, 1, [ends.join("–")]);
            return;
        };
        if most < needed.least {
            let why = self.explained(checker, &needed, asked, scheduled);
            violated(checker, ride, needed.least - scheduled, why);
        } else if needed.enough.is_some_and(|enough| enough <= most) {
            checker.found.passed(Rule::RunningTime, 1);
            self.keeps_margin(checker, ride, asked, (scheduled, most));
        } else {
            lacks(checker, &needed);
        }
    }

    /// The reserve, of rides that are possible.
    fn keeps_margin(&mut self, checker: &mut Checker<'_>, ride: Ride, asked: &Asked, (scheduled, most): (f64, f64)) {
        let Some(margin) = checker.options.margin else { return };
        let rule = Rule::Margin;
        let Some(needed) = self.needed(&Asked { margin: Some(margin), ..*asked }) else { return };
        if most < needed.least {
            let asked_for = match margin {
                Margin::Percent(percent) => format!("{percent} %"),
                Margin::MinutesPer100Km(minutes) => format!("{minutes} min for 100 km"),
            };
            let why = format!(
                "{} scheduled; the least running time and {asked_for} in reserve are {}",
                words(scheduled),
                words(needed.least)
            );
            violated(checker, Ride { rule, ..ride }, needed.least - scheduled, why);
        } else {
            checker.found.passed(rule, 1);
        }
    }

    fn needed(&mut self, asked: &Asked) -> Option<Needed> {
        let Train { top_speed, acceleration, braking } = asked.train;
        let train = [top_speed, acceleration, braking].map(f64::to_bits);
        let key = (asked.from, asked.to, asked.ends, asked.margin.is_some(), train);
        self.known.entry(key).or_insert_with(|| self.rails.needed(asked)).clone()
    }

    fn explained(&self, checker: &Checker<'_>, needed: &Needed, asked: &Asked, scheduled: f64) -> String {
        let sections = &checker.subject.track.sections;
        let told = needed.sections.iter().take(MOST_TOLD).map(|index| {
            let piece = self.rails.at_best(*index);
            let limit = piece.limit.min(asked.train.top_speed) * 3.6;
            let straight = if sections[*index].length_metres.is_none() { " in a straight line" } else { "" };
            format!("{} {:.1} km{straight} at {limit:.0} km/h", sections[*index].id, piece.metres / 1000.0)
        });
        let mut told: Vec<String> = told.collect();
        if needed.sections.len() > MOST_TOLD {
            told.push(format!("{} more sections", needed.sections.len() - MOST_TOLD));
        }
        format!(
            "{} scheduled; the quickest way over the track takes {} ({})",
            words(scheduled),
            words(needed.least),
            told.join(", ")
        )
    }
}

/// What is missing on the way that would be the quickest.
fn lacks(checker: &mut Checker<'_>, needed: &Needed) {
    let sections = &checker.subject.track.sections;
    let limit = |index: &usize| sections[*index].speed.filter(|speed| speed.kind == SpeedKind::LineSpeed);
    let without = |is_missing: &dyn Fn(&usize) -> bool| -> Vec<String> {
        needed.sections.iter().filter(|index| is_missing(index)).map(|index| sections[*index].id.clone()).collect()
    };
    let lengths = without(&|index| sections[*index].length_metres.is_none());
    let speeds = without(&|index| limit(index).is_none());
    let (lack, names) = if !speeds.is_empty() {
        (Lack::Speed, speeds)
    } else if !lengths.is_empty() {
        (Lack::Length, lengths)
    } else {
        (Lack::SpeedRange, without(&|index| limit(index).is_some_and(|speed| speed.least_kmh < speed.most_kmh)))
    };
    checker.found.lacks(Rule::RunningTime, lack, 1, names);
}

/// Whether a train stands at a call: one at which nobody boards or alights and no time passes may be a place that it passes.
fn end(columns: &Columns<'_>, trip: TripId, call: usize) -> End {
    let index = columns.calls_of_trip(trip).start + call;
    let is_inside = call > 0 && call + 1 < columns.call_count(trip);
    let is_closed = columns.call_pickup[index] == 1 && columns.call_drop_off[index] == 1;
    let is_short = columns.arrival(trip, call) == columns.departure(trip, call);
    if is_inside && is_closed && is_short { End::Passes } else { End::Stands }
}
