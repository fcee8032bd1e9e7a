//! Places by any of their names.

use axum::response::Response;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use tumen_base::StopId;
use tumen_places::{EntryId, Kind, Query};

use super::question::{language, number};
#[cfg(test)]
use super::shapes::{self, Errors};
use crate::asker::Asker;
use crate::extract::Params;
use crate::problem::Problem;
use crate::served::Served;

/// Places that are told of where nobody says how many.
const USUAL_PLACES: usize = 10;
/// Most places that are told of.
const MOST_PLACES: usize = 50;

/// What somebody typed.
#[derive(Deserialize)]
#[cfg_attr(test, derive(utoipa::IntoParams), into_params(parameter_in = Query))]
#[serde(deny_unknown_fields)]
pub struct PlacesParams {
    /// A name in any script, half typed or mistyped, or a code.
    q: String,
    /// Language of names.
    language: Option<String>,
    /// How many.
    limit: Option<usize>,
}

/// Places that fit, the best first. A city is followed by its stations and airports.
#[cfg_attr(test, utoipa::path(get, path = "/places", params(PlacesParams), responses((status = 200, body = shapes::PlacesAnswer, description = "the best first"), Errors)))]
pub async fn places(asker: Asker, Params(asked): Params<PlacesParams>) -> Result<Response, Problem> {
    let limit = number("limit", asked.limit, 1, MOST_PLACES)?.unwrap_or(USUAL_PLACES);
    let language = language(asked.language.as_deref())?.unwrap_or_default();
    asker
        .answer(move |desk| {
            let index = desk.served.places.index();
            let answer = index.search(&Query { text: &asked.q, language: &language, limit, near: None });
            let found = answer.found.iter().flat_map(|found| {
                let members = found.members.iter().map(|member| (member.entry, member.name));
                std::iter::once((found.entry, found.name)).chain(members)
            });
            let places: Vec<Value> = found.take(limit).map(|(entry, name)| place(desk.served, entry, name)).collect();
            Ok(json!({ "places": places, "truncated": answer.truncated }))
        })
        .await
}

fn place(served: &Served, id: EntryId, name: &str) -> Value {
    let (world, places) = (&served.world, &served.places);
    let entry = places.index().entry(id);
    let names: Map<String, Value> = entry
        .names
        .iter()
        .rev()
        .filter(|name| !name.language.is_empty())
        .map(|name| (name.language.clone(), name.text.clone().into()))
        .collect();
    let kind = match entry.kind {
        Kind::City | Kind::Town => "city",
        Kind::Station => "station",
        Kind::Airport => "airport",
        Kind::Stop => "stop",
    };
    let members = || places.index().members(id).iter().filter_map(|&member| places.station(member));
    let stations: Vec<StopId> = places.station(id).map_or_else(|| members().collect(), |station| vec![station]);
    let country = stations.first().and_then(|&stop| world.borders().countries.of_stop(stop).code());
    let code = if entry.kind == Kind::Airport { "iata" } else { "code" };
    let codes: Map<String, Value> = entry.codes.iter().map(|text| (code.to_owned(), text.clone().into())).collect();
    json!({
        "id": entry.id,
        "name": name,
        "names": names,
        "kind": kind,
        "country": country.map(|code| code.as_str().to_owned()),
        "lat": entry.position.map(|position| position.latitude),
        "lon": entry.position.map(|position| position.longitude),
        "stops": stations.into_iter().map(|stop| world.written_stop_id(stop)).collect::<Vec<_>>(),
        "codes": codes,
    })
}
