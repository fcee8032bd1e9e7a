//! Our own API, under `/api/tumen/v1`: what the command line answers with `--json`, and what a page needs beside it.

mod about;
mod calendar;
mod compare;
mod counts;
mod description;
mod journeys;
mod known;
mod line;
mod network;
mod places;
mod posts;
mod question;
mod runs;
#[cfg(test)]
mod shapes;
mod view;

use axum::Router;
use axum::routing::{get, post};

use crate::app::App;

/// Every path of it.
pub fn router() -> Router<App> {
    Router::new()
        .route("/plan", post(journeys::plan))
        .route("/next", post(journeys::next))
        .route("/compare", post(compare::compare))
        .route("/board", get(known::board))
        .route("/trip", get(known::trip))
        .route("/status", get(known::status))
        .route("/history", get(known::history))
        .route("/claims", get(known::claims))
        .route("/lines", get(line::lines))
        .route("/line", get(line::line))
        .route("/diagram", get(line::diagram))
        .route("/counts", get(counts::counts))
        .route("/crossings", get(posts::crossings))
        .route("/rules", get(posts::rules))
        .route("/known", get(about::known))
        .route("/runs", get(runs::list).post(runs::add).delete(runs::remove))
        .route("/info", get(about::info))
        .route("/places", get(places::places))
        .route("/openapi.json", get(description::openapi))
        .route("/network", get(network::network))
}
