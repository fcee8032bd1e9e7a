//! Journeys: `plan` and `next`.

use axum::response::Response;
use serde::Deserialize;
use tumen_journey::crosser::Crosser;
use tumen_journey::motis;
use tumen_journey::next::{self, NextQuestion};
use tumen_journey::plan::{self, PlanQuestion, Wanted};
use tumen_journey::present::View;
use tumen_journey::when::When;

use super::calendar;
use super::question::{Bounds, Traveller, language, moment, number, question};
#[cfg(test)]
use super::shapes::{self, Errors};
use super::view::PLAIN;
use crate::asker::Asker;
use crate::extract::Body;
use crate::problem::Problem;

/// The longest window of departures: a year.
const LONGEST_WINDOW: i32 = 366 * 86_400;
/// Most journeys that are asked for by number.
const MOST_CONNECTIONS: u16 = 1000;
/// Most dates that `next` tells of in full.
const MOST_DATES: u16 = 400;
/// Most days that a calendar has.
const MOST_DAYS: u16 = 400;
/// Dates that `next` tells of where nobody says how many.
const USUAL_DATES: u16 = 6;

/// A question for journeys.
#[derive(Deserialize)]
#[cfg_attr(test, derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PlanBody {
    /// Origin: a name, a stop id or `lat,lon`.
    from: String,
    /// Destination, likewise.
    to: String,
    /// Depart at or after: a date, or date and time, local at the origin; now where neither this nor `arrive` is given.
    depart: Option<String>,
    /// Arrive at or before, local at the destination.
    arrive: Option<String>,
    /// All journeys that leave within so many seconds.
    window: Option<i32>,
    /// The next so many journeys.
    connections: Option<u16>,
    /// The best journeys of each mode by itself.
    #[serde(default)]
    per_mode: bool,
    /// Longest journey, in seconds.
    horizon: Option<i32>,
    /// Most changes.
    max_transfers: Option<u8>,
    /// Longest wait between two rides, in seconds.
    max_wait: Option<i32>,
    /// Allowed modes.
    #[serde(default)]
    modes: Vec<String>,
    /// Language of names.
    language: Option<String>,
    /// Who travels.
    traveller: Option<Traveller>,
}

impl PlanBody {
    fn wanted(&self) -> Result<Wanted, Problem> {
        let depart = moment("depart", self.depart.as_deref())?;
        let arrive = moment("arrive", self.arrive.as_deref())?;
        let window = number("window", self.window, 1, LONGEST_WINDOW)?;
        let connections = number("connections", self.connections, 1, MOST_CONNECTIONS)?;
        let alone = |field: &str, with: &str| {
            Problem::field(field, format!("`{field}` and `{with}` exclude each other: leave one out"))
        };
        match (arrive, window, connections) {
            (Some(_), ..) if depart.is_some() => Err(alone("arrive", "depart")),
            (Some(_), Some(_), _) => Err(alone("window", "arrive")),
            (Some(_), _, Some(_)) => Err(alone("connections", "arrive")),
            (None, Some(_), Some(_)) => Err(alone("connections", "window")),
            (Some(arrive), None, None) => Ok(Wanted::Arrive(arrive)),
            (None, Some(window), None) => Ok(Wanted::Window(depart.unwrap_or(When::Now), window)),
            (None, None, Some(count)) => Ok(Wanted::Connections(depart.unwrap_or(When::Now), count)),
            (None, None, None) => Ok(Wanted::Depart(depart.unwrap_or(When::Now))),
        }
    }
}

/// Journeys from one place to another.
#[cfg_attr(test, utoipa::path(post, path = "/plan", request_body = PlanBody, responses((status = 200, body = shapes::PlanAnswer, description = "as `tumen plan --json`"), Errors)))]
pub async fn plan(asker: Asker, Body(body): Body<PlanBody>) -> Result<Response, Problem> {
    let bounds = Bounds {
        horizon: body.horizon,
        max_transfers: body.max_transfers,
        max_wait: body.max_wait,
        modes: &body.modes,
    };
    let mut asked = PlanQuestion {
        question: question(&body.from, &body.to, &bounds)?,
        wanted: body.wanted()?,
        per_mode: body.per_mode,
        now: asker.now(),
    };
    let language = language(body.language.as_deref())?;
    let papers = Traveller::papers(body.traveller)?;
    asker
        .answer(move |desk| {
            asked.question.extent.timeout = desk.patience;
            let crosser = Crosser::of(&papers, None)?;
            let view = View::new(&desk.served.world, PLAIN, language.as_deref()).of_crosser(&crosser);
            let answered = plan::answer(&view, desk.router, &crosser, &asked)?;
            Ok(motis::plan(&view, &answered, &plan::parameters(&asked)))
        })
        .await
}

/// A question for dates of departure.
#[derive(Deserialize)]
#[cfg_attr(test, derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NextBody {
    /// Origin: a name, a stop id or `lat,lon`.
    from: String,
    /// Destination, likewise.
    to: String,
    /// The first moment, local at the origin; now where none is given.
    start: Option<String>,
    /// How many days the calendar has.
    days: Option<u16>,
    /// How many dates are told of in full.
    count: Option<u16>,
    /// All best journeys, whatever the number of changes.
    #[serde(default)]
    any: bool,
    /// Longest journey, in seconds.
    horizon: Option<i32>,
    /// Most changes.
    max_transfers: Option<u8>,
    /// Longest wait between two rides, in seconds.
    max_wait: Option<i32>,
    /// Allowed modes.
    #[serde(default)]
    modes: Vec<String>,
    /// Language of names.
    language: Option<String>,
    /// Who travels.
    traveller: Option<Traveller>,
}

/// When one can leave: the next dates in full, and a calendar of all of them.
#[cfg_attr(test, utoipa::path(post, path = "/next", request_body = NextBody, responses((status = 200, body = shapes::NextAnswer, description = "as `tumen next --json`, with calendar and journeys"), Errors)))]
pub async fn next(asker: Asker, Body(body): Body<NextBody>) -> Result<Response, Problem> {
    let bounds = Bounds {
        horizon: body.horizon,
        max_transfers: body.max_transfers,
        max_wait: body.max_wait,
        modes: &body.modes,
    };
    let mut asked = NextQuestion {
        question: question(&body.from, &body.to, &bounds)?,
        start: moment("start", body.start.as_deref())?.unwrap_or(When::Now),
        count: number("count", body.count, 1, MOST_DATES)?.unwrap_or(USUAL_DATES),
        days: next::LONGEST_DAYS,
        any: body.any,
        now: asker.now(),
    };
    let days = number("days", body.days, 1, MOST_DAYS)?.unwrap_or(MOST_DAYS);
    let language = language(body.language.as_deref())?;
    let papers = Traveller::papers(body.traveller)?;
    asker
        .answer(move |desk| {
            asked.question.extent.timeout = desk.patience;
            let crosser = Crosser::of(&papers, None)?;
            let view = View::new(&desk.served.world, PLAIN, language.as_deref()).of_crosser(&crosser);
            let found = next::answer(&view, desk.router, &crosser, &asked)?;
            let mut json = found.json(&view);
            json["itineraries"] = calendar::itineraries(&view, &found);
            let of_all_days = NextQuestion { count: days, days: days.into(), ..asked };
            json["calendar"] = calendar::json(&view, &next::answer(&view, desk.router, &crosser, &of_all_days)?);
            Ok(json)
        })
        .await
}
