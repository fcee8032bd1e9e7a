//! Railway lines: what is known of their track, and their time–distance diagrams.

use axum::response::Response;
use serde::Deserialize;
use tumen_journey::present::View;
use tumen_journey::status;
use tumen_track::diagram::{Diagram, DiagramOptions, MOST_DAYS, Paper};
use tumen_track::{Asked, Network, Profile, json, track_of};

use super::question::{date, language, name, number};
#[cfg(test)]
use super::shapes::{self, Errors};
use super::view::PLAIN;
use crate::asker::Asker;
use crate::extract::Params;
use crate::problem::Problem;

/// A question for all lines.
#[derive(Deserialize)]
#[cfg_attr(test, derive(utoipa::IntoParams), into_params(parameter_in = Query))]
#[serde(deny_unknown_fields)]
pub struct LinesParams {
    /// Language of names.
    language: Option<String>,
}

/// The lines and through carriages that can be asked for.
#[cfg_attr(test, utoipa::path(get, path = "/lines", params(LinesParams), responses((status = 200, body = shapes::LinesAnswer, description = "as `tumen line --json`"), Errors)))]
pub async fn lines(asker: Asker, Params(asked): Params<LinesParams>) -> Result<Response, Problem> {
    let language = language(asked.language.as_deref())?;
    asker
        .answer(move |desk| {
            let view = View::new(&desk.served.world, PLAIN, language.as_deref());
            Ok(json::list(&view, &track_of(view.world)?))
        })
        .await
}

/// A question for a line.
#[derive(Deserialize)]
#[cfg_attr(test, derive(utoipa::IntoParams), into_params(parameter_in = Query))]
#[serde(deny_unknown_fields)]
pub struct LineParams {
    /// A line, a through carriage or a rail route, by id or name, or two places as `moscow-khasan`.
    line: String,
    /// The timetable is looked at from this day on; today where not given.
    date: Option<String>,
    /// Language of names.
    language: Option<String>,
}

/// What is known of a line, by country, region and section.
#[cfg_attr(test, utoipa::path(get, path = "/line", params(LineParams), responses((status = 200, body = shapes::LineAnswer, description = "as `tumen line LINE --json`"), Errors)))]
pub async fn line(asker: Asker, Params(asked): Params<LineParams>) -> Result<Response, Problem> {
    let (subject, now) = (name("line", &asked.line)?, asker.now());
    let (date, language) = (date("date", asked.date.as_deref())?, language(asked.language.as_deref())?);
    asker
        .answer(move |desk| {
            let world = &desk.served.world;
            let view = View::new(world, PLAIN, language.as_deref());
            let track = track_of(world)?;
            let network = Network::new(&world.columns(), &track);
            let asked = Asked::resolve(world, &track, &network, &subject)?;
            let from = date.map_or_else(|| status::today(world, now), Ok)?;
            Ok(json::line(&view, &asked, &Profile::of(world, &track, &network, &asked.way, from)))
        })
        .await
}

/// A question for a diagram.
#[derive(Deserialize)]
#[cfg_attr(test, derive(utoipa::IntoParams), into_params(parameter_in = Query))]
#[serde(deny_unknown_fields)]
pub struct DiagramParams {
    /// What `line` takes.
    line: String,
    /// Its first day, local at the first station; today where not given.
    from: Option<String>,
    /// How many days, 1 to 62; as many as a through carriage needs, or 7, where not given.
    days: Option<u16>,
    /// `a4` (usual) or `a3`.
    paper: Option<String>,
    /// Language of names.
    language: Option<String>,
}

/// A time–distance diagram of a line.
#[cfg_attr(test, utoipa::path(get, path = "/diagram", params(DiagramParams), responses((status = 200, content_type = "image/svg+xml", body = String, description = "the diagram, as `tumen diagram` writes it"), Errors)))]
pub async fn diagram(asker: Asker, Params(asked): Params<DiagramParams>) -> Result<Response, Problem> {
    let (subject, now) = (name("line", &asked.line)?, asker.now());
    let (from, language) = (date("from", asked.from.as_deref())?, language(asked.language.as_deref())?);
    let days = number("days", asked.days, 1, MOST_DAYS)?;
    let paper = asked.paper.as_deref().map(Paper::parse).transpose();
    let paper = paper.map_err(|expected| Problem::field("paper", expected))?.unwrap_or_default();
    asker
        .text("image/svg+xml", move |desk| {
            let world = &desk.served.world;
            let view = View::new(world, PLAIN, language.as_deref());
            let track = track_of(world)?;
            let network = Network::new(&world.columns(), &track);
            let asked = Asked::resolve(world, &track, &network, &subject)?;
            let from = from.map_or_else(|| status::today(world, now), Ok)?;
            let options = DiagramOptions { from, days, paper };
            Ok(Diagram::of(&view, &track, &network, &asked, options)?.svg)
        })
        .await
}
