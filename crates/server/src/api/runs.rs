//! Runs that are added and cancelled without an import.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Deserialize;
use serde_json::json;
use tumen_analysis::{Departure, clock};
use tumen_journey::present::View;
use tumen_journey::runs::{self, Action, Overlay, Row};

use super::question::{date, language, name};
#[cfg(test)]
use super::shapes::{self, Errors, NotAdmitted};
use super::view::PLAIN;
use crate::app::App;
use crate::asker::Asker;
use crate::editing::wrong;
use crate::extract::{Body, Params};
use crate::problem::Problem;

/// A question for the runs.
#[derive(Deserialize)]
#[cfg_attr(test, derive(utoipa::IntoParams), into_params(parameter_in = Query))]
#[serde(deny_unknown_fields)]
pub struct RunsParams {
    /// Language of names.
    language: Option<String>,
}

/// Runs that are added and cancelled, and services known to run on days that are not published.
#[cfg_attr(test, utoipa::path(get, path = "/runs", params(RunsParams), responses((status = 200, body = shapes::RunsAnswer, description = "as `tumen run list --json`"), Errors)))]
pub async fn list(
    State(app): State<App>,
    asker: Asker,
    Params(asked): Params<RunsParams>,
) -> Result<Response, Problem> {
    let language = language(asked.language.as_deref())?;
    let writable = app.editing().is_allowed();
    asker
        .answer(move |desk| {
            let world = &desk.served.world;
            let mut json = runs::json(&View::new(world, PLAIN, language.as_deref()), &world.runs().overlay);
            json["writable"] = json!(writable);
            Ok(json)
        })
        .await
}

/// A run that is added or cancelled.
#[derive(Deserialize)]
#[cfg_attr(test, derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RunBody {
    /// Its id: new in the file, and the trip id of an added run.
    id: String,
    /// `add` or `cancel`.
    action: String,
    /// The service day.
    date: String,
    /// The trip that is cancelled, or that an added run is like.
    trip: Option<String>,
    /// When an added run leaves its first stop, if not when that trip does: `10:30`, of the feed's zone.
    departure: Option<String>,
    /// The route of a run with calls of its own.
    route: Option<String>,
    /// Its calls: `STOP_ID 10:00` or `STOP_ID 10:00-10:10`.
    #[serde(default)]
    calls: Vec<String>,
    /// Who says so.
    source: String,
    /// Anything else that is known.
    #[serde(default)]
    note: String,
}

impl RunBody {
    fn row(self) -> Result<Row, Problem> {
        let action = match (self.action.as_str(), self.trip, self.route) {
            ("cancel", Some(trip), None) if self.departure.is_none() && self.calls.is_empty() => {
                Action::Cancel { trip }
            }
            ("cancel", ..) => {
                return Err(Problem::field("trip", "a cancelled run is named by `trip` and `date` alone"));
            }
            ("add", Some(trip), None) if self.calls.is_empty() => {
                let read = |text: String| {
                    clock(&text).ok_or_else(|| Problem::field("departure", "a time such as 10:30 is expected"))
                };
                Action::Like { trip, departure: self.departure.map(read).transpose()? }
            }
            ("add", None, Some(route)) if self.departure.is_none() => {
                let read = |text: &String| {
                    Departure::parse(text).ok_or_else(|| {
                        Problem::field("calls", "calls such as `ALPHA 10:00` or `BETA 11:00-11:10` are expected")
                    })
                };
                Action::Calls { route, calls: self.calls.iter().map(read).collect::<Result<_, _>>()? }
            }
            ("add", ..) => {
                let detail = "an added run has either `trip` (with `departure`), or `route` and `calls`";
                return Err(Problem::field("trip", detail));
            }
            _ => return Err(Problem::field("action", "add or cancel is expected")),
        };
        let date = date("date", Some(&self.date))?.ok_or_else(Problem::internal)?;
        Ok(Row { line: 0, id: self.id, date, action, source: self.source, note: self.note })
    }
}

/// Adds or cancels a run; it is searched when the answer is there.
#[cfg_attr(test, utoipa::path(post, path = "/runs", request_body = RunBody, responses((status = 200, body = shapes::RunsAnswer, description = "as `GET runs`"), Errors, NotAdmitted)))]
pub async fn add(
    State(app): State<App>,
    headers: HeaderMap,
    asker: Asker,
    Body(body): Body<RunBody>,
) -> Result<Response, Problem> {
    app.editing().admit(&headers)?;
    let row = body.row()?;
    change(app, move |overlay| overlay.with(row).map_err(|complaints| wrong(runs::refused(&complaints)))).await?;
    answer(asker).await
}

/// Which row is taken back.
#[derive(Deserialize)]
#[cfg_attr(test, derive(utoipa::IntoParams), into_params(parameter_in = Query))]
#[serde(deny_unknown_fields)]
pub struct RemoveParams {
    /// The id of the row.
    id: String,
}

/// Takes a row back.
#[cfg_attr(test, utoipa::path(delete, path = "/runs", params(RemoveParams), responses((status = 200, body = shapes::RunsAnswer, description = "as `GET runs`"), Errors, NotAdmitted)))]
pub async fn remove(
    State(app): State<App>,
    headers: HeaderMap,
    asker: Asker,
    Params(asked): Params<RemoveParams>,
) -> Result<Response, Problem> {
    app.editing().admit(&headers)?;
    let id = name("id", &asked.id)?;
    let none = format!("no run is added or cancelled under the id `{id}`; GET runs lists those that are");
    let none = Problem::new(axum::http::StatusCode::NOT_FOUND, "unknown_run", none);
    change(app, move |overlay| overlay.without(&id).ok_or(none)).await?;
    answer(asker).await
}

async fn change(
    app: App,
    change: impl FnOnce(Overlay) -> Result<Overlay, Problem> + Send + 'static,
) -> Result<(), Problem> {
    let changed = tokio::task::spawn_blocking(move || app.editing().change(&app, change).map(drop));
    changed.await.map_err(|_| Problem::internal())?
}

async fn answer(asker: Asker) -> Result<Response, Problem> {
    asker
        .answer(|desk| {
            let world = &desk.served.world;
            let mut json = runs::json(&View::new(world, PLAIN, None), &world.runs().overlay);
            json["writable"] = json!(true);
            Ok(json)
        })
        .await
}
