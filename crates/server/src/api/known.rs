//! What is known at a place or of the network: boards, trips, status, history, claims.

use axum::response::Response;
use serde::Deserialize;
use tumen_journey::board::{Board, BoardQuestion};
use tumen_journey::departures::Kind;
use tumen_journey::present::View;
use tumen_journey::status::{self, Status, story};
use tumen_journey::trip::{Trip, TripQuestion};
use tumen_journey::when::When;
use tumen_journey::{claims, search};

use super::question::{date, language, moment, name, number};
#[cfg(test)]
use super::shapes::{self, Errors};
use super::view::PLAIN;
use crate::asker::Asker;
use crate::extract::Params;
use crate::problem::Problem;

/// Most entries of a board.
const MOST_EVENTS: u16 = 1000;
/// Entries of a board where nobody says how many, as on the command line.
const USUAL_EVENTS: u16 = 12;

/// A question for a board.
#[derive(Deserialize)]
#[cfg_attr(test, derive(utoipa::IntoParams), into_params(parameter_in = Query))]
#[serde(deny_unknown_fields)]
pub struct BoardParams {
    /// The place or stop: a name, a stop id or `lat,lon`.
    stop: String,
    /// From when on, local at the stop; now where not given.
    at: Option<String>,
    /// Arrivals instead of departures.
    #[serde(default)]
    arrivals: bool,
    /// How many.
    count: Option<u16>,
    /// Language of names.
    language: Option<String>,
}

/// What leaves a stop, or arrives there.
#[cfg_attr(test, utoipa::path(get, path = "/board", params(BoardParams), responses((status = 200, body = shapes::BoardAnswer, description = "as `tumen board --json`"), Errors)))]
pub async fn board(asker: Asker, Params(asked): Params<BoardParams>) -> Result<Response, Problem> {
    let question = BoardQuestion {
        place: name("stop", &asked.stop)?,
        at: moment("at", asked.at.as_deref())?.unwrap_or(When::Now),
        kind: if asked.arrivals { Kind::Arrivals } else { Kind::Departures },
        count: number("count", asked.count, 1, MOST_EVENTS)?.unwrap_or(USUAL_EVENTS).into(),
        now: asker.now(),
    };
    let language = language(asked.language.as_deref())?;
    asker
        .answer(move |desk| {
            let view = View::new(&desk.served.world, PLAIN, language.as_deref());
            let board = Board::of(&view, &question).map_err(|failure| Problem::from(failure).of_subject())?;
            Ok(board.json(&view))
        })
        .await
}

/// A question for a trip.
#[derive(Deserialize)]
#[cfg_attr(test, derive(utoipa::IntoParams), into_params(parameter_in = Query))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TripParams {
    /// The feed's id, that of a through carriage, or a `tripId` of another answer.
    trip_id: String,
    /// Its service day; the next on which it runs where not given.
    date: Option<String>,
    /// Language of names.
    language: Option<String>,
}

/// Every stop of a trip or of a through carriage.
#[cfg_attr(test, utoipa::path(get, path = "/trip", params(TripParams), responses((status = 200, body = shapes::TripAnswer, description = "as `tumen trip --json`"), Errors)))]
pub async fn trip(asker: Asker, Params(asked): Params<TripParams>) -> Result<Response, Problem> {
    let id = name("tripId", &asked.trip_id)?;
    let question = TripQuestion { id, date: date("date", asked.date.as_deref())?, now: asker.now() };
    let language = language(asked.language.as_deref())?;
    asker
        .answer(move |desk| {
            let view = View::new(&desk.served.world, PLAIN, language.as_deref());
            Ok(Trip::of(&view, &question)?.json(&view))
        })
        .await
}

/// A question for the state of the network.
#[derive(Deserialize)]
#[cfg_attr(test, derive(utoipa::IntoParams), into_params(parameter_in = Query))]
#[serde(deny_unknown_fields)]
pub struct StatusParams {
    /// The day; today where not given.
    date: Option<String>,
    /// Language of names.
    language: Option<String>,
}

/// What runs on a day, what is suspended, what nobody has published.
#[cfg_attr(test, utoipa::path(get, path = "/status", params(StatusParams), responses((status = 200, body = shapes::StatusAnswer, description = "as `tumen status --json`"), Errors)))]
pub async fn status(asker: Asker, Params(asked): Params<StatusParams>) -> Result<Response, Problem> {
    let (date, now) = (date("date", asked.date.as_deref())?, asker.now());
    let language = language(asked.language.as_deref())?;
    asker
        .answer(move |desk| {
            let world = &desk.served.world;
            let view = View::new(world, PLAIN, language.as_deref());
            let date = date.map_or_else(|| status::today(world, now), Ok)?;
            Ok(status::json::status(&view, &Status::on(world, date)))
        })
        .await
}

/// A question for a dated story.
#[derive(Deserialize)]
#[cfg_attr(test, derive(utoipa::IntoParams), into_params(parameter_in = Query))]
#[serde(deny_unknown_fields)]
pub struct HistoryParams {
    /// A border post, a line, a route or a place, by its name or id.
    subject: String,
    /// Language of names.
    language: Option<String>,
}

/// The dated story of a post, a line or a place.
#[cfg_attr(test, utoipa::path(get, path = "/history", params(HistoryParams), responses((status = 200, body = shapes::HistoryAnswer, description = "as `tumen status --history --json`"), Errors)))]
pub async fn history(asker: Asker, Params(asked): Params<HistoryParams>) -> Result<Response, Problem> {
    let (subject, now) = (name("subject", &asked.subject)?, asker.now());
    let language = language(asked.language.as_deref())?;
    asker
        .answer(move |desk| {
            let world = &desk.served.world;
            let view = View::new(world, PLAIN, language.as_deref());
            let today = status::today(world, now)?;
            let footwork = search::footwork(&world.columns(), None);
            let story =
                story::of(world, &subject, footwork, today).map_err(|failure| Problem::from(failure).of_subject())?;
            Ok(status::json::story(&view, &story))
        })
        .await
}

/// No parameters.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Nothing {}

/// What the press says, what other sources say, what Tumen uses.
#[cfg_attr(test, utoipa::path(get, path = "/claims", responses((status = 200, body = shapes::ClaimsAnswer, description = "as `tumen claims --json`"), Errors)))]
pub async fn claims(asker: Asker, Params(Nothing {}): Params<Nothing>) -> Result<Response, Problem> {
    asker.answer(|desk| Ok(claims::json(&desk.served.world))).await
}
