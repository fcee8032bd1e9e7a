//! Journeys in the JSON of the MOTIS API, with what it has no words for under `tumen`.

use jiff::Zoned;
use serde_json::{Map, Value, json};
use tumen_base::{DateSpan, StopId, Time, TripId};
use tumen_border::{SuspensionId, words_of_span};
use tumen_routing::{Limit, Run};

use crate::answer::Answered;

use crate::facts::{source_ids, source_line};
use crate::geography::{self, Position};
use crate::itinerary::{Call, End, Itinerary, Leg, Ride, Walk, WalkKind};
use crate::modes::motis_mode;
use crate::present::{View, border, gauge, page, suspensions, verdicts, words};
use crate::removed;
use crate::trust;

/// Decimals of polylines in the present version of the API.
const POLYLINE_DECIMALS: u32 = 6;

/// The response of `plan`.
pub fn plan(view: &View<'_>, answered: &Answered, parameters: &Map<String, Value>) -> Value {
    let mut itineraries = Vec::new();
    let mut direct = Vec::new();
    let all = answered.sets.iter().flat_map(|set| set.itineraries.iter().map(move |itinerary| (set, itinerary)));
    for ((set, journey), notes) in all.zip(&answered.notes) {
        let mut value = itinerary(view, journey, notes);
        if let Some(mode) = set.mode {
            value["tumen"]["modeSet"] = json!(mode.word());
        }
        value["tumen"]["notKnownWhetherAllowed"] = json!(set.doubtful);
        if journey.trips == 0 { direct.push(value) } else { itineraries.push(value) }
    }
    let ends = [&answered.from, &answered.to].map(|spot| match spot.coordinate {
        Some(position) => point(position, &spot.name),
        None => place(view, spot.first_stop(), Some(&spot.name)),
    });
    json!({
        "requestParameters": parameters,
        "debugOutput": {},
        "from": ends[0],
        "to": ends[1],
        "direct": direct,
        "itineraries": itineraries,
        "previousPageCursor": "",
        "nextPageCursor": "",
        "tumen": tumen(view, answered),
    })
}

/// What is said of the whole answer.
fn tumen(view: &View<'_>, answered: &Answered) -> Value {
    let facts = |facts: &[crate::facts::Fact]| -> Vec<Value> {
        facts.iter().map(|fact| json!({ "text": fact.text, "sources": ids(&fact.sources) })).collect()
    };
    let rules: Vec<Value> = answered
        .facts
        .rules
        .iter()
        .flat_map(|(post, rules)| {
            rules.iter().map(move |rule| {
                let rule = view.world.border_rules().get(*rule);
                json!({ "post": post, "id": rule.id, "appliesTo": rule.applies_to, "text": rule.text, "period": rule.period(),
                    "sources": ids(&rule.sources) })
            })
        })
        .collect();
    let known: Vec<Value> = answered
        .known
        .iter()
        .map(
            |known| json!({ "id": known.id, "name": known.name, "known": known.known, "sources": ids(&known.sources) }),
        )
        .collect();
    let sources = answered.sources(view);
    let sources: Map<String, Value> = source_ids(sources.iter().map(String::as_str))
        .into_iter()
        .map(|id| (id.to_owned(), json!(source_line(view.world, id))))
        .collect();
    json!({
        "notes": answered.notes(),
        "limits": limits(view, &answered.limits, answered.horizon),
        "engine": format!("{:?}", answered.engine).to_lowercase(),
        "hiddenCarriage": answered.hidden.as_ref().map(|hidden| itinerary(view, hidden, &trust::notes(view.world, hidden))),
        "fares": facts(&answered.facts.fares),
        "tickets": facts(&answered.facts.tickets),
        "distances": facts(&answered.facts.distances),
        "borderRules": rules,
        "knownServices": known,
        "suspended": answered.suspended.iter().map(|&id| suspension(view, id)).collect::<Vec<_>>(),
        "removed": removed::json(view, &answered.removed),
        "nextPossible": answered.next.as_ref().map(|next| itinerary(view, next, &trust::notes(view.world, next))),
        "sources": sources,
        "notice": page::NOTICE,
    })
}

/// Limits that were reached: a stable word and a sentence.
pub fn limits(view: &View<'_>, limits: &[Limit], horizon: i32) -> Vec<Value> {
    let word = |limit: &Limit| match limit {
        Limit::Horizon => "horizon",
        Limit::TimetableEnd => "timetableEnd",
        Limit::Cancelled => "cancelled",
    };
    limits
        .iter()
        .map(|limit| json!({ "limit": word(limit), "text": page::limit_words(view, *limit, horizon) }))
        .collect()
}

/// A suspension: what, since when, until when, why.
pub fn suspension(view: &View<'_>, id: SuspensionId) -> Value {
    let suspension = view.world.suspensions().get(id);
    json!({
        "id": suspension.id,
        "affects": view.world.affected_name(&suspension.affected),
        "since": suspension.period.since.map(date_span),
        "until": suspension.period.until.map(date_span),
        "reason": suspension.reason,
        "text": suspensions::sentence(view.world, suspension),
        "sources": ids(&suspension.sources),
    })
}

/// A date as precisely as it is known: `2020-02`, with the days that it may be.
pub fn date_span(span: DateSpan) -> Value {
    json!({ "text": words_of_span(span), "first": span.first.to_string(), "last": span.last.to_string() })
}

/// A journey.
pub fn itinerary(view: &View<'_>, itinerary: &Itinerary, notes: &[trust::Note]) -> Value {
    let (days, times) = trust::weakest(view.world, itinerary);
    let notes: Vec<Value> = notes
        .iter()
        .map(|note| json!({ "about": note.about, "certainty": note.certainty.word(), "text": note.text }))
        .collect();
    let legs: Vec<Value> = itinerary
        .legs
        .iter()
        .map(|leg| match leg {
            Leg::Ride(ride) => ride_leg(view, ride, [border::json(view, leg), gauge::json(view, leg)]),
            Leg::Walk(walk) => walk_leg(view, walk, itinerary, &border::json(view, leg)),
        })
        .collect();
    json!({
        "duration": itinerary.duration(),
        "startTime": rfc3339(&view.local(itinerary.departure, itinerary.ends.0)),
        "endTime": rfc3339(&view.local(itinerary.arrival, itinerary.ends.1)),
        "transfers": itinerary.transfers(),
        "legs": legs,
        "tumen": {
            "restrictions": verdicts::is_ruled(view, itinerary).then_some(page::RESTRICTIONS),
            "trips": itinerary.trips,
            "countries": border::countries_json(view, itinerary),
            "certainty": { "days": days.word(), "times": times.word() },
            "notes": notes,
        },
    })
}

fn ride_leg(view: &View<'_>, ride: &Ride, crossed: [Value; 2]) -> Value {
    let columns = view.columns();
    let route = ride.route(&columns);
    let agency = columns.agency_of(route);
    let text = |column: &[u32], index: usize| columns.text(column[index]);
    let (first, last) = (ride.first(), ride.last());
    let middle = &ride.calls[1..ride.calls.len() - 1];
    let points: Vec<Position> = ride.calls.iter().filter_map(|call| columns.position_of_stop(call.stop)).collect();
    let (start, end) = (view.local(first.departure, first.stop), view.local(last.arrival, last.stop));
    let mut leg = json!({
        "mode": motis_mode(columns.route_kind[route.index()]),
        "from": call_place(view, first, Side::Board),
        "to": call_place(view, last, Side::Alight),
        "duration": ride.duration(),
        "startTime": rfc3339(&start),
        "endTime": rfc3339(&end),
        "scheduledStartTime": rfc3339(&start),
        "scheduledEndTime": rfc3339(&end),
        "realTime": false,
        "scheduled": true,
        "interlineWithPreviousLeg": false,
        "headsign": columns.headsign_at(ride.boarded().trip, first.row.1),
        "routeId": text(columns.route_id, route.index()),
        "routeShortName": text(columns.route_short_name, route.index()),
        "routeLongName": text(columns.route_long_name, route.index()),
        "routeType": columns.route_kind[route.index()],
        "agencyId": text(columns.agency_id, agency.index()),
        "agencyName": text(columns.agency_name, agency.index()),
        "agencyUrl": text(columns.agency_url, agency.index()),
        "tripId": trip_id(view, ride.carriage.map_or(ride.boarded(), |carriage| carriage.run)),
        "tripShortName": text(columns.trip_short_name, ride.boarded().trip.index()),
        "displayName": view.world.trip_name(ride.boarded().trip),
        "intermediateStops": middle.iter().map(|call| call_place(view, call, Side::Pass)).collect::<Vec<_>>(),
        "legGeometry": {
            "points": geography::polyline(&points, POLYLINE_DECIMALS),
            "precision": POLYLINE_DECIMALS,
            "length": points.len(),
        },
        "tumen": ride_tumen(view, ride, crossed),
    });
    for (key, column) in [("routeColor", columns.route_color), ("routeTextColor", columns.route_text_color)] {
        let color = text(column, route.index());
        if !color.is_empty() {
            leg[key] = json!(color);
        }
    }
    if let Some(kilometres) = last.kilometres.filter(|km| *km > 0.0) {
        leg["distance"] = json!((kilometres * 1000.0).round());
    }
    leg
}

/// Carriage, hosts, stands, borders, sources of a ride.
fn ride_tumen(view: &View<'_>, ride: &Ride, [borders, gauge_changes]: [Value; 2]) -> Value {
    let columns = view.columns();
    let hosts: Vec<Value> = ride
        .carriers
        .iter()
        .map(|carrier| {
            let (first, last) = (&ride.calls[*carrier.calls.start()], &ride.calls[*carrier.calls.end()]);
            json!({
                "tripId": trip_id(view, carrier.run),
                "tripShortName": columns.text(columns.trip_short_name[carrier.run.trip.index()]),
                "route": view.world.route_name(columns.route_of(carrier.run.trip)),
                "from": { "name": view.name(first.stop), "stopId": view.world.written_stop_id(first.stop),
                    "departure": rfc3339(&view.local(first.departure, first.stop)) },
                "to": { "name": view.name(last.stop), "stopId": view.world.written_stop_id(last.stop),
                    "arrival": rfc3339(&view.local(last.arrival, last.stop)) },
                "certaintyOfDay": columns.certainty_of_run(carrier.run.trip, carrier.run.day).word(),
            })
        })
        .collect();
    let stands: Vec<Value> = ride
        .joints()
        .map(|(_, call, _)| {
            json!({ "name": view.name(call.stop), "stopId": view.world.written_stop_id(call.stop),
                "duration": i64::from(call.departure) - i64::from(call.arrival) })
        })
        .collect();
    let carriage = ride.carriage.map(|carriage| {
        let index = carriage.id.0 as usize;
        json!({
            "id": columns.text(columns.carriage_id[index]),
            "name": columns.text(columns.carriage_name[index]),
            "number": columns.text(columns.carriage_number[index]),
        })
    });
    let board = view.local(ride.first().departure, ride.first().stop);
    json!({
        "carriage": carriage,
        "hosts": hosts,
        "stands": stands,
        "borders": borders,
        "gaugeChanges": gauge_changes,
        "boardInTheNight": words::night_of(&board),
    })
}

fn walk_leg(view: &View<'_>, walk: &Walk, itinerary: &Itinerary, borders: &Value) -> Value {
    let end = |end: End, time: Time, key: &str, stop: StopId| {
        let local = rfc3339(&view.local(time, stop));
        let mut value = match end {
            End::Stop(stop) => place(view, stop, None),
            End::Point(position) => point(position, &view.end_name(end)),
        };
        value[key] = json!(local);
        value
    };
    let stop = |end: End, other: StopId| match end {
        End::Stop(stop) => stop,
        End::Point(_) => other,
    };
    let kind = match walk.kind {
        WalkKind::Estimated => "walk",
        WalkKind::Stated => "transfer",
        WalkKind::CheckIn => "checkIn",
        WalkKind::Control => "control",
    };
    let (from_stop, to_stop) = (stop(walk.from, itinerary.ends.0), stop(walk.to, itinerary.ends.1));
    let (start, finish) = (view.local(walk.departure, from_stop), view.local(walk.arrival, to_stop));
    json!({
        "mode": "WALK",
        "from": end(walk.from, walk.departure, "departure", from_stop),
        "to": end(walk.to, walk.arrival, "arrival", to_stop),
        "duration": i64::from(walk.arrival) - i64::from(walk.departure),
        "startTime": rfc3339(&start),
        "endTime": rfc3339(&finish),
        "scheduledStartTime": rfc3339(&start),
        "scheduledEndTime": rfc3339(&finish),
        "realTime": false,
        "scheduled": true,
        "legGeometry": { "points": "", "precision": POLYLINE_DECIMALS, "length": 0 },
        "tumen": { "certainty": walk.certainty.word(), "borders": borders, "kind": kind },
    })
}

/// Which times of a call are a passenger's.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Board,
    Alight,
    Pass,
}

fn call_place(view: &View<'_>, call: &Call, side: Side) -> Value {
    let mut value = place(view, call.stop, None);
    if side != Side::Board {
        let time = json!(rfc3339(&view.local(call.arrival, call.stop)));
        value["arrival"] = time.clone();
        value["scheduledArrival"] = time;
    }
    if side != Side::Alight {
        let time = json!(rfc3339(&view.local(call.departure, call.stop)));
        value["departure"] = time.clone();
        value["scheduledDeparture"] = time;
    }
    value["tumen"] = json!({ "certainty": call.certainty.word(), "kilometres": call.kilometres });
    value
}

/// A stop; latitude and longitude are 0 where the feed has none, for the API requires numbers.
pub fn place(view: &View<'_>, stop: StopId, name: Option<&str>) -> Value {
    let columns = view.columns();
    let (lat, lon) = columns.position_of_stop(stop).unwrap_or_default();
    let mut value = json!({
        "name": name.map_or_else(|| view.name(stop), str::to_owned),
        "stopId": view.world.written_stop_id(stop),
        "lat": lat,
        "lon": lon,
        "level": 0,
        "tz": columns.text(columns.zone_name[columns.stop_zone[stop.index()] as usize]),
        "vertexType": "TRANSIT",
    });
    let platform = columns.text(columns.stop_platform[stop.index()]);
    if !platform.is_empty() {
        value["track"] = json!(platform);
        value["scheduledTrack"] = json!(platform);
    }
    value
}

fn point((lat, lon): Position, name: &str) -> Value {
    json!({ "name": name, "lat": lat, "lon": lon, "level": 0, "vertexType": "NORMAL" })
}

/// `20261212_00:35_corridor_R2`: service date, first departure, feed, trip.
pub fn trip_id(view: &View<'_>, run: Run) -> String {
    let columns = view.columns();
    let first = columns.departure_of_run(run.trip, run.day, 0);
    let stop = columns.stop_at(run.trip, 0);
    let start = view.local(first, stop);
    let feed = columns.text(columns.feed_name[columns.feed_of_trip(run.trip).index()]);
    let date = columns.date_of(run.day).compact();
    format!("{date}_{:02}:{:02}_{feed}_{}", start.hour(), start.minute(), own_id(view, run.trip))
}

fn own_id(view: &View<'_>, trip: TripId) -> String {
    let columns = view.columns();
    let id = match columns.way_of_trip(trip) {
        Some(way) => columns.carriage_id[columns.carriage_of_way(way).0 as usize],
        None => columns.trip_id[trip.index()],
    };
    columns.text(id).to_owned()
}

/// RFC 3339 with the offset, also where that is zero.
pub fn rfc3339(time: &Zoned) -> String {
    time.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
}

fn ids(written: &str) -> Vec<&str> {
    source_ids([written])
}
