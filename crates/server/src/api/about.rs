//! What is served: the timetable, where it comes from, and what it cannot route.

use axum::response::Response;
use serde::Deserialize;
use serde_json::{Value, json};
use tumen_base::StopId;
use tumen_journey::modes::Mode;
use tumen_journey::present::View;
use tumen_journey::{facts, search, status};
use tumen_timetable::{Row, Rows};

use super::known::Nothing;
use super::posts::{sources, station};
use super::question::language;
#[cfg(test)]
use super::shapes::{self, Errors};
use super::view::PLAIN;
use crate::asker::Asker;
use crate::extract::Params;
use crate::problem::Problem;

/// The columns of a known service that are told as they are.
const TOLD: [(&str, &str); 10] = [
    ("number", "number"),
    ("operator", "operator"),
    ("mode", "mode"),
    ("days", "days"),
    ("times", "times"),
    ("valid_from", "validFrom"),
    ("valid_to", "validTo"),
    ("status", "status"),
    ("as_of", "asOf"),
    ("note", "note"),
];

/// A question for known services.
#[derive(Deserialize)]
#[cfg_attr(test, derive(utoipa::IntoParams), into_params(parameter_in = Query))]
#[serde(deny_unknown_fields)]
pub struct KnownParams {
    /// Language of names.
    language: Option<String>,
}

/// Services that are known to run and whose days or times are not published.
#[cfg_attr(test, utoipa::path(get, path = "/known", params(KnownParams), responses((status = 200, body = shapes::KnownAnswer, description = "services whose days or times are not published"), Errors)))]
pub async fn known(asker: Asker, Params(asked): Params<KnownParams>) -> Result<Response, Problem> {
    let language = language(asked.language.as_deref())?;
    asker
        .answer(move |desk| {
            let view = View::new(&desk.served.world, PLAIN, language.as_deref());
            let rows = view.world.rows("known_services.txt");
            Ok(json!({ "knownServices": rows.iter().map(|row| service(&view, &row)).collect::<Vec<_>>() }))
        })
        .await
}

fn service(view: &View<'_>, row: &Row<'_>) -> Value {
    let end = |column: &str| view.world.stop_of_feed(row.feed, row.get(column));
    let ends = [end("from_stop_id"), end("to_stop_id")];
    let name = |stop: Option<StopId>| stop.map(|stop| view.name(stop));
    let known = facts::known_services(view.world, None, None).into_iter();
    let known = known.filter(|service| service.id == row.get("known_service_id")).map(|service| service.known).next();
    let mut service = json!({
        "id": row.get("known_service_id"),
        "name": format!("{} {}", row.get("number"), row.get("name")).trim(),
        "known": known,
        "from": name(ends[0]),
        "to": name(ends[1]),
        "ends": ends.into_iter().flatten().map(|stop| station(view, stop)).collect::<Vec<_>>(),
    });
    for (column, name) in TOLD {
        service[name] = row.get(column).into();
    }
    service["sources"] = sources(view.world, row.get("source_id")).into();
    service
}

/// What is served.
#[cfg_attr(test, utoipa::path(get, path = "/info", responses((status = 200, body = shapes::InfoAnswer, description = "what is served"), Errors)))]
pub async fn info(asker: Asker, Params(Nothing {}): Params<Nothing>) -> Result<Response, Problem> {
    let now = asker.now();
    asker
        .answer(move |desk| {
            let world = &desk.served.world;
            let columns = world.columns();
            let text = |column: &[u32], index: usize| columns.text(column[index]).to_owned();
            let feeds: Vec<Value> = columns
                .feeds()
                .map(|feed| {
                    let index = feed.index();
                    json!({
                        "name": text(columns.feed_name, index),
                        "publisher": text(columns.feed_publisher, index),
                        "version": text(columns.feed_version, index),
                        "zone": text(columns.zone_name, columns.feed_zone[index] as usize),
                    })
                })
                .collect();
            let attributions = Rows::read(&columns, "attributions.txt").map_err(|error| {
                tracing::error!(%error, "attributions.txt is damaged");
                Problem::internal()
            })?;
            let attribution = |row: Row<'_>| match row.get("attribution_url") {
                "" => row.get("organization_name").to_owned(),
                url => format!("{}, {url}", row.get("organization_name")),
            };
            let modes = search::modes(&columns, &[]).into_iter().map(Mode::word);
            let names: Vec<&str> = columns.feeds().map(|feed| columns.text(columns.feed_name[feed.index()])).collect();
            Ok(json!({
                "name": names.join(", "),
                "version": env!("CARGO_PKG_VERSION"),
                "today": status::today(world, now)?.to_string(),
                "firstDate": columns.first_date().to_string(),
                "lastDate": columns.last_date().to_string(),
                "feeds": feeds,
                "attributions": attributions.iter().map(attribution).collect::<Vec<_>>(),
                "modes": modes.collect::<Vec<_>>(),
                "stops": columns.stop_id.len(),
                "trips": columns.trip_id.len(),
            }))
        })
        .await
}
