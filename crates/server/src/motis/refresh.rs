//! `/api/v6/refresh-itinerary`: a saved journey looked up again. Its trips, stops and changes must still be there; its times may differ.

use axum::http::StatusCode;
use axum::response::Response;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use tumen_base::{StopId, Time};
use tumen_journey::airports::Airports;
use tumen_journey::itinerary::Itinerary;
use tumen_journey::motis::{self, Form, NotSaved, Saved, SavedEnd, SavedLeg};
use tumen_journey::names::Spot;
use tumen_journey::present::{View, suspensions};
use tumen_journey::search::{self, Usable};
use tumen_journey::{trip, trust};
use tumen_routing::{Journey, Leg, MAX_TRIPS, RidePart, Run};

use super::parameters::{Parameters, wrong};
use super::saved_body;
use super::{shape, view};
use crate::asker::Asker;
use crate::extract::Body;
use crate::problem::Problem;

/// Parameters of the question whose journey was saved: it is looked up, not searched.
const OF_THE_QUESTION: [&str; 3] = ["maxPreTransitTime", "maxPostTransitTime", "transitModes"];

/// Looks a journey up by its id.
pub async fn refresh(asker: Asker, mut given: Parameters) -> Result<Response, Problem> {
    let expected = "the id of a journey of another answer, unchanged";
    let id = given.required("itineraryId", expected)?;
    let saved = Saved::read(&id).map_err(|NotSaved| wrong("itineraryId", &id, expected))?;
    answer(asker, given, saved).await
}

/// The same with the legs in a body.
pub async fn refresh_post(asker: Asker, given: Parameters, Body(body): Body<Value>) -> Result<Response, Problem> {
    answer(asker, given, saved_body::read(&body)?).await
}

async fn answer(asker: Asker, mut given: Parameters, saved: Saved) -> Result<Response, Problem> {
    let form = shape::form(&mut given)?;
    shape::without_effect(&mut given)?;
    for name in OF_THE_QUESTION {
        given.list(name);
    }
    let language = given.language()?;
    let warnings = given.finish()?;
    asker
        .answer(move |desk| {
            let view = view(desk.served, language.as_deref());
            let itinerary = Lookup::new(&view).itinerary(&saved)?;
            Ok(json(&view, &itinerary, form, &warnings))
        })
        .await
}

fn json(view: &View<'_>, itinerary: &Itinerary, form: Form, warnings: &[String]) -> Value {
    let mut value = motis::itinerary_in(view, itinerary, &trust::notes(view.world, itinerary), form);
    value["tumen"]["warnings"] = json!(warnings);
    value
}

/// Looks legs up, and notes what is no longer there.
struct Lookup<'v, 'w> {
    view: &'v View<'w>,
    gone: Vec<Value>,
}

/// A ride or walk that was found.
enum Found {
    Ride { part: RidePart, seated: bool },
    Walk { from: Option<StopId>, to: Option<StopId>, point: Option<(f64, f64)>, seconds: i32 },
}

impl<'v, 'w> Lookup<'v, 'w> {
    fn new(view: &'v View<'w>) -> Self {
        Self { view, gone: Vec::new() }
    }

    /// The journey with its present times.
    fn itinerary(mut self, saved: &Saved) -> Result<Itinerary, Problem> {
        let found: Vec<Option<Found>> = saved.legs.iter().map(|leg| self.leg(leg)).collect();
        let found: Option<Vec<Found>> = found.into_iter().collect();
        let journey = found.and_then(|found| self.journey(saved, found));
        match journey {
            Some(itinerary) if self.gone.is_empty() => Ok(itinerary),
            _ => {
                let texts: Vec<&str> = self.gone.iter().filter_map(|gone| gone["text"].as_str()).collect();
                let detail = format!("the journey is no longer possible: {}", texts.join("; "));
                let problem = Problem::new(StatusCode::NOT_FOUND, "no_longer_possible", detail);
                Err(problem.with("gone", Value::Array(self.gone)))
            }
        }
    }

    fn note(&mut self, leg: &SavedLeg, code: &str, text: String) {
        self.gone.push(json!({ "code": code, "tripId": leg.trip, "text": text }));
    }

    fn leg(&mut self, leg: &SavedLeg) -> Option<Found> {
        match &leg.trip {
            Some(id) => self.ride(leg, id),
            None => {
                let [from, to] = [&leg.from, &leg.to].map(|end| match end {
                    SavedEnd::Point(point) => Some((None, Some(*point))),
                    SavedEnd::Stop(id) => self.view.world.stops_with_id(id).first().map(|stop| (Some(*stop), None)),
                });
                let (Some(from), Some(to)) = (from, to) else {
                    self.note(leg, "unknown_stop", "a stop of a walk is no longer there".to_owned());
                    return None;
                };
                let seconds = i32::try_from(leg.end - leg.start).unwrap_or(i32::MAX / 4).min(i32::MAX / 4);
                Some(Found::Walk { from: from.0, to: to.0, point: from.1.or(to.1), seconds })
            }
        }
    }

    /// The run of a trip on its day, with the calls at its stops: those whose times differ least from what was saved.
    fn ride(&mut self, leg: &SavedLeg, id: &str) -> Option<Found> {
        let columns = self.view.columns();
        let runs = match trip::runs(self.view.world, id) {
            Ok(runs) => runs,
            Err(failure) => {
                self.note(leg, failure.code, failure.message);
                return None;
            }
        };
        let [Some(from), Some(to)] = [&leg.from, &leg.to].map(|end| self.stops(end)) else {
            self.note(leg, "unknown_stop", format!("a stop of {id} is no longer there"));
            return None;
        };
        if runs.is_empty() {
            self.note(leg, "does_not_run", format!("{id} no longer runs on its day"));
            return None;
        }
        let parts = runs.iter().flat_map(|&run| {
            let calls = columns.call_count(run.trip);
            let at = move |stops: &BTreeSet<StopId>, call: usize| stops.contains(&columns.stop_at(run.trip, call));
            let firsts: Vec<usize> = (0..calls).filter(|&call| at(&from, call)).collect();
            let lasts: Vec<usize> = (0..calls).filter(|&call| at(&to, call)).collect();
            let pairs = firsts.into_iter().flat_map(move |first| lasts.clone().into_iter().map(move |last| (first, last)));
            let part = move |(first, last)| RidePart { run, from_call: first as u32, to_call: last as u32 };
            pairs.filter(|(first, last)| first < last).map(part).collect::<Vec<_>>()
        });
        let differs = |part: &RidePart| {
            let leaves = columns.to_unix(columns.departure_of_run(part.run.trip, part.run.day, part.from_call as usize));
            let arrives = columns.to_unix(columns.arrival_of_run(part.run.trip, part.run.day, part.to_call as usize));
            leaves.abs_diff(leg.start).saturating_add(arrives.abs_diff(leg.end))
        };
        let Some(part) = parts.min_by_key(differs) else {
            self.note(leg, "does_not_call", format!("{id} no longer goes from one of its stops to the other"));
            return None;
        };
        let Run { trip, .. } = part.run;
        let row = columns.calls_of_trip(trip).start;
        let closed = (!leg.seated && columns.call_board[row + part.from_call as usize] == u32::MAX)
            || columns.call_alight[row + part.to_call as usize] == u32::MAX;
        if closed && !leg.seated {
            self.note(leg, "no_boarding", format!("{id} no longer takes or leaves passengers at one of its stops"));
        }
        let suspended = self.view.world.suspended().of_ride(part.run, part.from_call..part.to_call);
        if !suspended.is_empty() {
            self.note(leg, "suspended", format!("{id} is suspended: {}", suspensions::mark(self.view.world, &suspended)));
        }
        Some(Found::Ride { part, seated: leg.seated })
    }

    /// The stops that an end of a ride may be: the stop, its platforms, and those that other feeds have for it.
    fn stops(&self, end: &SavedEnd) -> Option<BTreeSet<StopId>> {
        let SavedEnd::Stop(id) = end else { return None };
        let columns = self.view.columns();
        let own = self.view.world.stops_with_id(id);
        if own.is_empty() {
            return None;
        }
        let same = own.iter().flat_map(|&stop| self.view.world.stitched().same_station(stop));
        let all = own.iter().copied().chain(same.collect::<Vec<_>>());
        Some(all.flat_map(|stop| columns.stop_and_descendants(stop)).collect())
    }

    /// Puts what was found together; a change must leave no less time than it takes.
    fn journey(&mut self, saved: &Saved, found: Vec<Found>) -> Option<Itinerary> {
        let columns = self.view.columns();
        let airports = Airports::of(&columns, &Usable::default());
        let at_airport = |times: Vec<(StopId, i32)>, stop: StopId| {
            times.into_iter().find(|(other, _)| *other == stop).map_or(0, |(_, seconds)| seconds)
        };
        let usual_change = search::settings(&columns, None, None).change_time;
        let mut legs: Vec<Leg> = Vec::new();
        let mut ends = [None::<Spot>, None];
        let mut waiting: Option<(usize, Found)> = None;
        for (number, leg) in found.into_iter().enumerate() {
            let Found::Ride { part, seated } = leg else {
                if waiting.is_some() {
                    return self.broken(&saved.legs[number], "two walks follow each other");
                }
                waiting = Some((number, leg));
                continue;
            };
            let leaves = columns.departure_of_run(part.run.trip, part.run.day, part.from_call as usize);
            let arrives = columns.arrival_of_run(part.run.trip, part.run.day, part.to_call as usize);
            let stop = columns.stop_at(part.run.trip, part.from_call as usize);
            if seated && let Some(Leg::Ride { parts, arrival, .. }) = legs.last_mut() {
                if leaves < *arrival {
                    return self.broken(&saved.legs[number], "the train that goes on leaves before the other arrives");
                }
                parts.push(part);
                *arrival = arrives;
                continue;
            }
            match (waiting.take(), legs.last()) {
                (None, None) => {}
                (Some((_, Found::Walk { from, point, seconds, .. })), None) => {
                    let end = leaves.saturating_sub(at_airport(airports.before(), stop));
                    match (from, point) {
                        (_, Some(point)) => ends[0] = Some(around(point, stop, seconds)),
                        (Some(from), None) => {
                            legs.push(Leg::Walk { from, to: stop, departure: end.saturating_sub(seconds), arrival: end });
                        }
                        (None, None) => return self.broken(&saved.legs[number], "a walk begins nowhere"),
                    }
                }
                (walk, Some(before)) => {
                    let begin = before.arrival();
                    let slack = saved.legs[number].start - saved.legs[number - 1 - usize::from(walk.is_some())].end;
                    let needed = match &walk {
                        Some((_, Found::Walk { seconds, .. })) => *seconds,
                        _ => usual_change.min(i32::try_from(slack.max(0)).unwrap_or(i32::MAX)),
                    };
                    if leaves < begin.saturating_add(needed) {
                        let at = self.view.name(stop);
                        let [arrives, leaves] = [begin, leaves].map(|time| self.view.short_moment(time, stop));
                        let text = format!("the change at {at} is missed: one arrives {arrives}, the next leaves {leaves}");
                        self.note(&saved.legs[number], "missed_change", text);
                        return None;
                    }
                    if let Some((_, Found::Walk { from: Some(from), seconds, .. })) = walk {
                        legs.push(Leg::Walk { from, to: stop, departure: begin, arrival: begin.saturating_add(seconds) });
                    }
                }
                (Some((_, Found::Ride { .. })), None) => {}
            }
            legs.push(Leg::Ride { parts: vec![part], departure: leaves, arrival: arrives });
        }
        let trips = legs.iter().filter(|leg| matches!(leg, Leg::Ride { .. })).count();
        let (Some(first), Some(last)) = (
            legs.iter().position(|leg| matches!(leg, Leg::Ride { .. })),
            legs.iter().rposition(|leg| matches!(leg, Leg::Ride { .. })),
        ) else {
            return self.broken(&saved.legs[0], "it has no ride");
        };
        if trips > usize::from(MAX_TRIPS) {
            return self.broken(&saved.legs[0], "it has more rides than any journey");
        }
        let ridden = |leg: &Leg| {
            let Leg::Ride { parts, departure, arrival } = leg else { return None };
            let (begin, end) = (parts[0], parts[parts.len() - 1]);
            let stop = |part: RidePart, call: u32| columns.stop_at(part.run.trip, call as usize);
            Some([(stop(begin, begin.from_call), *departure), (stop(end, end.to_call), *arrival)])
        };
        let ([(from, leaves), _], [_, (to, arrives)]) = (ridden(&legs[first])?, ridden(&legs[last])?);
        let mut departure: Time = leaves.saturating_sub(at_airport(airports.before(), from));
        let mut arrival: Time = arrives.saturating_add(at_airport(airports.after(), to));
        if let Some(Leg::Walk { departure: begin, .. }) = legs.first() {
            departure = *begin;
        }
        if let Some((_, Found::Walk { to: end, point, seconds, .. })) = waiting {
            match (end, point) {
                (_, Some(point)) => ends[1] = Some(around(point, to, seconds)),
                (Some(end), None) => {
                    let walked = arrival.saturating_add(seconds);
                    legs.push(Leg::Walk { from: to, to: end, departure: arrival, arrival: walked });
                    arrival = walked;
                }
                (None, None) => return self.broken(&saved.legs[0], "a walk ends nowhere"),
            }
        }
        let here = |stop: StopId| Spot { name: self.view.name(stop), stops: vec![(stop, 0)], coordinate: None };
        let [begin, finish] = ends;
        let (begin, finish) = (begin.unwrap_or_else(|| here(from)), finish.unwrap_or_else(|| here(to)));
        departure = departure.saturating_sub(begin.seconds_to(from));
        arrival = arrival.saturating_add(finish.seconds_to(to));
        let journey = Journey { departure, arrival, trips: trips as u8, legs };
        let mut itinerary = Itinerary::of(self.view.world, &self.view.distances, &journey, &begin, &finish);
        airports.add_to(&mut itinerary);
        Some(itinerary)
    }

    fn broken(&mut self, leg: &SavedLeg, why: &str) -> Option<Itinerary> {
        self.note(leg, "broken", why.to_owned());
        None
    }
}

/// A point from which one walks to a stop.
fn around(point: (f64, f64), stop: StopId, seconds: i32) -> Spot {
    let name = format!("{:.4},{:.4}", point.0, point.1);
    Spot { name, stops: vec![(stop, seconds)], coordinate: Some(point) }
}
