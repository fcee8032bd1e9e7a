//! The state of the network, and the story of a part of it, as JSON.

use serde_json::{Map, Value, json};
use tumen_base::{Certainty, Date};
use tumen_border::SuspensionId;

use super::story::{Story, Told};
use super::{Covered, Running, State, Status, Way};
use crate::facts::{source_ids, source_line};
use crate::motis::{date_span, suspension};
use crate::present::{View, dates, page};
use crate::runs::Row;

/// The state of the network on a day.
pub fn status(view: &View<'_>, status: &Status) -> Value {
    let runnings =
        |all: &[Running]| all.iter().map(|running| json_running(view, running, status.date)).collect::<Vec<_>>();
    let ways = |all: &[Way]| all.iter().map(|way| json_way(view, status, way)).collect::<Vec<_>>();
    let known: Vec<Value> = status
        .known
        .iter()
        .map(|known| {
            json!({
                "id": known.id,
                "name": known.name,
                "from": known.ends[0].map(|stop| view.name(stop)),
                "to": known.ends[1].map(|stop| view.name(stop)),
                "state": known.state.key(),
                "known": known.words,
                "sources": ids(&known.sources),
            })
        })
        .collect();
    json!({
        "date": status.date.to_string(),
        "routes": runnings(&status.routes),
        "carriages": runnings(&status.carriages),
        "posts": ways(&status.posts),
        "lines": ways(&status.lines),
        "knownServices": known,
        "runs": view.world.runs().overlay.rows.iter().filter(|row| row.date >= status.date).map(Row::json).collect::<Vec<_>>(),
        "sources": sources(view, &status.sources(view.world)),
        "notice": page::NOTICE,
    })
}

fn json_running(view: &View<'_>, running: &Running, date: Date) -> Value {
    let services = running.services.iter().filter(|service| !service.days.is_empty());
    let services: Vec<Value> = services
        .filter(|_| running.state == State::Runs)
        .map(|service| {
            json!({
                "names": service.names,
                "trips": service.trips,
                "days": dates::pattern(&service.days),
                "runsOnDate": service.runs_on(date),
                "next": service.days.first().map(Date::to_string),
                "certainty": service.certainty.word(),
                "assumed": service.certainty >= Certainty::Assumed,
            })
        })
        .collect();
    json!({
        "id": running.id,
        "name": running.name,
        "state": running.state.key(),
        "services": services,
        "suspensions": json_suspensions(view, &running.suspensions),
        "hindered": json_suspensions(view, &running.hindered),
        "coverage": running.coverage.iter().map(json_covered).collect::<Vec<_>>(),
    })
}

fn json_way(view: &View<'_>, status: &Status, way: &Way) -> Value {
    let ends: Vec<Option<String>> = way.ends.iter().map(|end| end.map(|stop| view.name(stop))).collect();
    let over: Vec<Value> = way
        .routes
        .iter()
        .map(|&route| &status.routes[route])
        .map(|route| json!({ "id": route.id, "name": route.name, "state": route.state.key() }))
        .collect();
    json!({
        "id": way.id,
        "name": way.name,
        "ends": ends,
        "state": way.state.key(),
        "routes": over,
        "suspensions": json_suspensions(view, &way.suspensions),
        "reported": way.reported.as_ref().map(|(text, as_of)| json!({ "text": text, "asOf": as_of, "sources": ids(&way.sources) })),
    })
}

fn json_covered(covered: &Covered) -> Value {
    json!({
        "state": covered.state.key(),
        "from": covered.from.map(|date| date.to_string()),
        "until": covered.until.map(|date| date.to_string()),
    })
}

fn json_suspensions(view: &View<'_>, suspensions: &[SuspensionId]) -> Vec<Value> {
    suspensions.iter().map(|&id| suspension(view, id)).collect()
}

/// The dated story of a post, a line, a route, a carriage or a station.
pub fn story(view: &View<'_>, story: &Story) -> Value {
    let items: Vec<Value> = story
        .items
        .iter()
        .map(|item| {
            let kind = match item.told {
                Told::Suspension => "suspension",
                Told::End => "endOfSuspension",
                Told::Event => "event",
            };
            json!({
                "date": date_span(item.date),
                "kind": kind,
                "about": item.about,
                "text": item.text,
                "sources": ids(&item.sources),
            })
        })
        .collect();
    let covered: Vec<Value> = story
        .covered
        .iter()
        .map(|running| json!({ "id": running.id, "name": running.name, "coverage": running.coverage.iter().map(json_covered).collect::<Vec<_>>() }))
        .collect();
    let written: Vec<String> = story.items.iter().map(|item| item.sources.clone()).collect();
    json!({ "of": story.of, "items": items, "covered": covered, "sources": sources(view, &written) })
}

fn ids(written: &str) -> Vec<&str> {
    source_ids([written])
}

fn sources(view: &View<'_>, written: &[String]) -> Map<String, Value> {
    let ids = source_ids(written.iter().map(String::as_str)).into_iter();
    ids.map(|id| (id.to_owned(), json!(source_line(view.world, id)))).collect()
}
