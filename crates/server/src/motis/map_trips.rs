//! `/api/v6/map/trips`: what is under way in a part of the map.

use axum::response::Response;
use serde_json::{Value, json};
use std::ops::Range;
use tumen_base::{PatternId, SECONDS_PER_DAY, Time, TripId, metres_between};
use tumen_journey::clock::{self, DayEnd};
use tumen_journey::geography::polyline;
use tumen_journey::itinerary::Call;
use tumen_journey::modes::motis_mode;
use tumen_journey::motis;
use tumen_journey::present::View;
use tumen_journey::when::When;
use tumen_routing::Run;

use super::area::Area;
use super::listed::{self, Listed};
use super::parameters::{Parameters, wrong};
use super::view;
use crate::asker::Asker;
use crate::problem::Problem;

/// The most hops of one answer.
const MOST_HOPS: usize = 5000;
/// The longest span of time.
const LONGEST_SPAN: i32 = SECONDS_PER_DAY;
/// Decimals of lines where nobody says how many.
const USUAL_DECIMALS: u32 = 5;

struct Moving {
    area: Area,
    span: [When; 2],
    zoom: f64,
    decimals: u32,
}

/// What is under way.
pub async fn trips(asker: Asker, mut given: Parameters) -> Result<Response, Problem> {
    let area = Area::read(&mut given)?;
    let mut moment = |name| {
        let missing =
            || Problem::field(name, format!("{name} is missing: expected a moment such as 2026-12-12T07:30:00Z"));
        given.moment(name)?.ok_or_else(missing)
    };
    let span = [moment("startTime")?, moment("endTime")?];
    let zoom = given
        .number("zoom", 0.0..=30.0)?
        .ok_or_else(|| Problem::field("zoom", "zoom is missing: expected a number from 0 to 30"))?;
    let decimals = given.number("precision", 0..=7)?.unwrap_or(USUAL_DECIMALS);
    let language = given.language()?;
    let warnings = given.finish()?;
    let moving = Moving { area, span, zoom, decimals };
    listed::answer(asker, warnings, move |desk| {
        let view = view(desk.served, language.as_deref());
        moving.listed(&view)
    })
    .await
}

/// Whether what is ridden is shown on a map as large as that: long ways everywhere, streets only near by.
fn is_shown(mode: &str, zoom: f64) -> bool {
    let least = match mode {
        "BUS" | "OTHER" => 11.0,
        "TRAM" | "SUBWAY" | "FUNICULAR" | "AERIAL_LIFT" => 9.0,
        "SUBURBAN" | "REGIONAL_RAIL" | "REGIONAL_FAST_RAIL" => 6.0,
        _ => 0.0,
    };
    zoom >= least
}

impl Moving {
    fn listed(&self, view: &View<'_>) -> Result<Listed, Problem> {
        let columns = view.columns();
        let mut times = [0; 2];
        for (time, (when, name)) in times.iter_mut().zip(self.span.into_iter().zip(["startTime", "endTime"])) {
            // A local time is read from clocks of the first stop: nothing else says where.
            let Some(stop) = columns.stops().next() else { return Ok(Listed::first(Vec::new(), 0)) };
            *time = clock::resolve(&columns, when, when, stop, DayEnd::First)
                .map_err(|failure| Problem::from(failure).with("field", json!(name)))?;
        }
        let span = times[0]..times[1];
        if span.end < span.start || span.end - span.start > LONGEST_SPAN {
            return Err(wrong("endTime", "it", "a time at most 24 hours after startTime"));
        }
        let mut hops = Vec::new();
        let mut all = 0;
        for pattern in columns.patterns() {
            let kind = columns.route_kind[columns.pattern_route[pattern.index()] as usize];
            if !is_shown(motis_mode(kind), self.zoom) {
                continue;
            }
            let here = self.hops_here(view, pattern);
            if here.is_empty() {
                continue;
            }
            for trip in columns.trips_of(pattern).map(TripId::from_index) {
                // The carriages are where their trains are.
                if columns.way_of_trip(trip).is_some() {
                    continue;
                }
                for day in days(view, trip, &span) {
                    for &hop in &here {
                        let run = Run { day, trip };
                        let ends = [hop, hop + 1].map(|position| Call::of(&columns, run, position));
                        let is_under_way = ends[0].departure < span.end && ends[1].arrival >= span.start;
                        if is_under_way && view.world.suspended().of_ride(run, hop as u32..hop as u32 + 1).is_empty() {
                            all += 1;
                            if hops.len() < MOST_HOPS {
                                hops.push(self.segment(view, run, ends));
                            }
                        }
                    }
                }
            }
        }
        Ok(Listed { entries: hops, all })
    }

    /// The hops of a pattern that may be seen.
    fn hops_here(&self, view: &View<'_>, pattern: PatternId) -> Vec<usize> {
        let columns = view.columns();
        let calls = columns.calls_of(pattern);
        let position = |call: usize| columns.position_of_stop(tumen_base::StopId(columns.call_stop[call]));
        let seen = |hop: &usize| {
            let ends = position(calls.start + hop).zip(position(calls.start + hop + 1));
            ends.is_some_and(|(one, other)| self.area.touches(one, other))
        };
        (0..calls.len().saturating_sub(1)).filter(seen).collect()
    }

    fn segment(&self, view: &View<'_>, run: Run, [from, to]: [Call; 2]) -> Value {
        let columns = view.columns();
        let route = columns.route_of(run.trip).index();
        let points: Vec<_> =
            [from.stop, to.stop].into_iter().filter_map(|stop| columns.position_of_stop(stop)).collect();
        let stated = view.distances.of_hop(&columns, columns.calls_of_trip(run.trip).start + from.row.1);
        let straight = if let [one, other] = points[..] { metres_between(one, other) } else { 0.0 };
        let departure = motis::rfc3339(&view.local(from.departure, from.stop));
        let arrival = motis::rfc3339(&view.local(to.arrival, to.stop));
        let mut value = json!({
            "trips": [{
                "tripId": motis::trip_id(view, run),
                "routeShortName": columns.text(columns.route_short_name[route]),
                "displayName": view.world.trip_name(run.trip),
            }],
            "mode": motis_mode(columns.route_kind[route]),
            "distance": stated.map_or(straight, |kilometres| kilometres * 1000.0).round(),
            "from": motis::place(view, from.stop, None),
            "to": motis::place(view, to.stop, None),
            "departure": departure,
            "arrival": arrival,
            "scheduledDeparture": departure,
            "scheduledArrival": arrival,
            "realTime": false,
            "polyline": polyline(&points, self.decimals),
        });
        let color = columns.text(columns.route_color[route]);
        if !color.is_empty() {
            value["routeColor"] = json!(color);
        }
        value
    }
}

/// The service days whose run of a trip is under way in a span of time.
fn days<'v>(view: &View<'v>, trip: TripId, span: &Range<Time>) -> impl Iterator<Item = i32> + use<'v> {
    let (columns, span) = (view.columns(), span.clone());
    let last = columns.call_count(trip) - 1;
    let (leaves, ends) = (columns.departure(trip, 0), columns.arrival(trip, last));
    // Bases are at most a day and a half from the multiple of 86,400 s of their day.
    let earliest = span.start.saturating_sub(ends).div_euclid(SECONDS_PER_DAY) - 2;
    let latest = span.end.saturating_sub(leaves).div_euclid(SECONDS_PER_DAY) + 2;
    let set = columns.days_of_trip(trip);
    let mut next = set.next_from(earliest);
    let on = std::iter::from_fn(move || {
        let day = next.filter(|&day| day <= latest && day < columns.days())?;
        next = set.next_from(day + 1);
        Some(day)
    });
    on.filter(move |&day| {
        columns.departure_of_run(trip, day, 0) < span.end && columns.arrival_of_run(trip, day, last) >= span.start
    })
}
