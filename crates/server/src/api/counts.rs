//! What was reported beside what is offered.

use axum::response::Response;
use serde::Deserialize;
use tumen_counts::{Counts, Question, json, months};
use tumen_journey::search;

use super::question::{language, name};
#[cfg(test)]
use super::shapes::{self, Errors};
use crate::asker::Asker;
use crate::extract::Params;
use crate::problem::Problem;

/// Months where nobody says, as on the command line.
const USUAL: [&str; 2] = ["2019-01", "2027-12"];

/// A question for counts.
#[derive(Deserialize)]
#[cfg_attr(test, derive(utoipa::IntoParams), into_params(parameter_in = Query))]
#[serde(deny_unknown_fields)]
pub struct CountsParams {
    /// A post, a line, a route, a through carriage or a station, by name or id; or a country's code.
    subject: String,
    /// The first month, such as 2019-01.
    from: Option<String>,
    /// The last month, such as 2027-12.
    to: Option<String>,
    /// Language of names; those of services and figures are as published.
    language: Option<String>,
}

/// Reported passengers, tonnes and fares, and what the timetable offers month by month.
#[cfg_attr(test, utoipa::path(get, path = "/counts", params(CountsParams), responses((status = 200, body = shapes::CountsAnswer, description = "as `tumen counts --json`"), Errors)))]
pub async fn counts(asker: Asker, Params(asked): Params<CountsParams>) -> Result<Response, Problem> {
    let subject = name("subject", &asked.subject)?;
    language(asked.language.as_deref())?;
    let [from, to] = [asked.from, asked.to];
    let months = months(from.as_deref().unwrap_or(USUAL[0]), to.as_deref().unwrap_or(USUAL[1]))?;
    asker
        .answer(move |desk| {
            let world = &desk.served.world;
            let footwork = search::footwork(&world.columns(), None);
            let counts = Counts::of(world, &Question { subject, months, footwork });
            Ok(json::counts(world, &counts.map_err(|failure| Problem::from(failure).of_subject())?))
        })
        .await
}
