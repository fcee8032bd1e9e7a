//! `/api/v6/refresh-itinerary`: a saved journey looked up again. Its trips, stops and changes must still be there; its times may differ.

use axum::http::StatusCode;
use axum::response::Response;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use tumen_base::StopId;
use tumen_journey::geography::Position;
use tumen_journey::motis::{self, NotSaved, Saved, SavedEnd, SavedLeg};
use tumen_journey::present::{View, suspensions};
use tumen_journey::{trip, trust};
use tumen_routing::{RidePart, Run};

use super::parameters::{Parameters, wrong};
use super::rejoined::{self, Broken};
use super::{saved_body, shape, view};
use crate::asker::Asker;
use crate::extract::Body;
use crate::problem::Problem;

/// No walk is longer, in seconds.
const LONGEST_WALK: i32 = 86_400;
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
            let mut lookup = Lookup { view: &view, gone: Vec::new() };
            let found: Vec<Option<Found>> = saved.legs.iter().map(|leg| lookup.leg(leg)).collect();
            let found: Option<Vec<Found>> = found.into_iter().collect();
            let Some(found) = found.filter(|_| lookup.gone.is_empty()) else { return Err(gone(lookup.gone)) };
            let itinerary = rejoined::itinerary(&view, &found).map_err(|Broken { leg, text }| {
                let mut lookup = Lookup { view: &view, gone: Vec::new() };
                lookup.note(&saved.legs[leg], "missed_change", &text);
                gone(lookup.gone)
            })?;
            let mut value = motis::itinerary_in(&view, &itinerary, &trust::notes(view.world, &itinerary), form);
            value["tumen"]["warnings"] = json!(warnings);
            Ok(value)
        })
        .await
}

/// What is no longer there.
fn gone(gone: Vec<Value>) -> Problem {
    let texts: Vec<&str> = gone.iter().filter_map(|gone| gone["text"].as_str()).collect();
    let detail = format!("the journey is no longer possible: {}", texts.join("; "));
    Problem::new(StatusCode::NOT_FOUND, "no_longer_possible", detail).with("gone", Value::Array(gone))
}

/// A leg that was found.
pub enum Found {
    /// A ride.
    Ride(FoundRide),
    /// A walk.
    Walk(FoundWalk),
}

/// A ride that was found.
pub struct FoundRide {
    /// The run and the calls.
    pub part: RidePart,
    /// Whether the passenger stays in the seat from the leg before.
    pub seated: bool,
    /// When it left, and when it arrived, as it was saved; Unix seconds.
    pub was: [i64; 2],
}

/// A walk that was found.
pub struct FoundWalk {
    /// Where it begins and ends.
    pub ends: [FoundEnd; 2],
    /// How long it takes.
    pub seconds: i32,
}

/// An end of a walk.
#[derive(Clone, Copy)]
pub enum FoundEnd {
    /// A stop.
    Stop(StopId),
    /// A point.
    Point(Position),
}

/// Looks legs up, and notes what is no longer there.
struct Lookup<'v, 'w> {
    view: &'v View<'w>,
    gone: Vec<Value>,
}

impl Lookup<'_, '_> {
    fn note(&mut self, leg: &SavedLeg, code: &str, text: &str) {
        self.gone.push(json!({ "code": code, "tripId": leg.trip, "text": text }));
    }

    fn leg(&mut self, leg: &SavedLeg) -> Option<Found> {
        let Some(id) = &leg.trip else { return self.walk(leg) };
        self.ride(leg, id)
    }

    fn walk(&mut self, leg: &SavedLeg) -> Option<Found> {
        let end = |end: &SavedEnd| match end {
            SavedEnd::Point(point) => Some(FoundEnd::Point(*point)),
            SavedEnd::Stop(id) => self.view.world.stops_with_id(id).first().map(|&stop| FoundEnd::Stop(stop)),
        };
        let Some(ends) = end(&leg.from).zip(end(&leg.to)) else {
            self.note(leg, "unknown_stop", "a stop of a walk is no longer there");
            return None;
        };
        let seconds = i32::try_from(leg.end.saturating_sub(leg.start)).unwrap_or(i32::MAX).min(LONGEST_WALK);
        Some(Found::Walk(FoundWalk { ends: ends.into(), seconds }))
    }

    /// The run of a trip on its day, with the calls at its stops: those whose times differ least from what was saved.
    fn ride(&mut self, leg: &SavedLeg, id: &str) -> Option<Found> {
        let columns = self.view.columns();
        let runs = match trip::runs(self.view.world, id) {
            Ok(runs) => runs,
            Err(failure) => {
                self.note(leg, failure.code, &failure.message);
                return None;
            }
        };
        let [Some(from), Some(to)] = [&leg.from, &leg.to].map(|end| self.stops(end)) else {
            self.note(leg, "unknown_stop", &format!("a stop of {id} is no longer there"));
            return None;
        };
        if runs.is_empty() {
            self.note(leg, "does_not_run", &format!("{id} no longer runs on its day"));
            return None;
        }
        let parts = runs.iter().flat_map(|&run| {
            let calls = columns.call_count(run.trip);
            let at = move |stops: &BTreeSet<StopId>, call: usize| stops.contains(&columns.stop_at(run.trip, call));
            let firsts: Vec<usize> = (0..calls).filter(|&call| at(&from, call)).collect();
            let lasts: Vec<usize> = (0..calls).filter(|&call| at(&to, call)).collect();
            let pairs =
                firsts.into_iter().flat_map(move |first| lasts.clone().into_iter().map(move |last| (first, last)));
            let part = move |(first, last)| RidePart { run, from_call: first as u32, to_call: last as u32 };
            pairs.filter(|(first, last)| first < last).map(part).collect::<Vec<_>>()
        });
        let differs = |part: &RidePart| {
            let leaves =
                columns.to_unix(columns.departure_of_run(part.run.trip, part.run.day, part.from_call as usize));
            let arrives = columns.to_unix(columns.arrival_of_run(part.run.trip, part.run.day, part.to_call as usize));
            leaves.abs_diff(leg.start).saturating_add(arrives.abs_diff(leg.end))
        };
        let Some(part) = parts.min_by_key(differs) else {
            self.note(leg, "does_not_call", &format!("{id} no longer goes from one of its stops to the other"));
            return None;
        };
        let Run { trip, .. } = part.run;
        let row = columns.calls_of_trip(trip).start;
        if !leg.seated && columns.call_board[row + part.from_call as usize] == u32::MAX {
            self.note(leg, "no_boarding", &format!("{id} no longer takes passengers where it was boarded"));
        }
        let suspended = self.view.world.suspended().of_ride(part.run, part.from_call..part.to_call);
        if !suspended.is_empty() {
            self.note(
                leg,
                "suspended",
                &format!("{id} is suspended: {}", suspensions::mark(self.view.world, &suspended)),
            );
        }
        Some(Found::Ride(FoundRide { part, seated: leg.seated, was: [leg.start, leg.end] }))
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
}
