//! `/api/v1/geocode` and `/api/v1/reverse-geocode`: stops and cities by name, or by where they are. Addresses and other places are not known
//! here.

use axum::response::Response;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use tumen_base::{StopId, metres_between};
use tumen_journey::motis;
use tumen_journey::present::View;
use tumen_places::{EntryId, Position, Query};

use super::area::Area;
use super::listed::{self, Listed};
use super::modes::Modes;
use super::parameters::{Parameters, wrong};
use super::{service, view};
use crate::asker::Asker;
use crate::problem::Problem;
use crate::served::Served;

/// Matches where nobody says how many.
const USUAL_MATCHES: usize = 10;
const USUAL_NEAREST: usize = 5;
/// The most matches.
const MOST_MATCHES: usize = 100;
/// So many places are looked at where some kinds of them are wanted alone.
const LOOKED_AT: usize = 1000;

/// Which matches are wanted.
struct Wanted {
    count: usize,
    modes: Modes,
    area: Option<Area>,
    /// Whether stops are wanted at all.
    stops: bool,
}

fn wants_stops(given: &mut Parameters) -> Result<bool, Problem> {
    let types = given.list("type").unwrap_or_default();
    if let Some(unknown) = types.iter().find(|kind| !["ADDRESS", "PLACE", "STOP"].contains(&kind.as_str())) {
        return Err(wrong("type", unknown, "ADDRESS, PLACE or STOP; only stops are known here"));
    }
    Ok(types.is_empty() || types.iter().any(|kind| kind == "STOP"))
}

/// Stops and cities by any of their names.
pub async fn geocode(asker: Asker, mut given: Parameters) -> Result<Response, Problem> {
    let text = given.required("text", "a name, or the beginning of one")?;
    let wanted = Wanted {
        count: given.number("numResults", 1..=MOST_MATCHES)?.unwrap_or(USUAL_MATCHES),
        modes: Modes::read("mode", given.list("mode"))?,
        area: Area::read_if_given(&mut given)?,
        stops: wants_stops(&mut given)?,
    };
    let bias: f64 = given.number("placeBias", 0.0..=1_000_000.0)?.unwrap_or(1.0);
    let near = given.position("place")?.filter(|_| bias > 0.0);
    let near = near.map(|(latitude, longitude)| Position { latitude, longitude });
    let language = given.language()?;
    let warnings = given.finish()?;
    listed::answer(asker, warnings, move |desk| {
        let view = view(desk.served, language.as_deref());
        let index = desk.served.places.index();
        let filtered = wanted.area.is_some() || wanted.modes != Modes::All;
        let limit = if filtered { LOOKED_AT } else { wanted.count };
        let language = language.as_deref().unwrap_or_default();
        let answer = index.search(&Query { text: &text, language, limit, near });
        let mut matches = Vec::new();
        for found in answer.found.iter().filter(|_| wanted.stops) {
            let score = f64::from(found.score.sum()) + 10_000.0 * f64::from(found.score.exact);
            let members = found.members.iter().map(|member| (member.entry, member.name));
            for (entry, name) in std::iter::once((found.entry, found.name)).chain(members) {
                if matches.len() < wanted.count {
                    matches.extend(wanted.json(desk.served, &view, entry, (name, &text, score)));
                }
            }
        }
        Ok(Listed::first(matches, wanted.count))
    })
    .await
}

impl Wanted {
    /// A match; `None` where it is not wanted.
    fn json(&self, served: &Served, view: &View<'_>, id: EntryId, told: (&str, &str, f64)) -> Option<Value> {
        let (name, typed, score) = told;
        let (columns, places) = (view.columns(), &served.places);
        let entry = places.index().entry(id);
        let members = || places.index().members(id).iter().filter_map(|&member| places.station(member));
        let stations: Vec<StopId> = places.station(id).map_or_else(|| members().collect(), |station| vec![station]);
        let position = entry.position.map(|position| (position.latitude, position.longitude));
        let is_inside = self.area.is_none_or(|area| position.is_some_and(|position| area.contains(position)));
        if !is_inside {
            return None;
        }
        let stops: BTreeSet<StopId> =
            stations.iter().flat_map(|&station| columns.stop_and_descendants(station)).collect();
        let types = service::route_types(&columns, &service::patterns_at(&columns, &stops));
        if self.modes != Modes::All && !types.iter().any(|&kind| self.modes.allows(kind)) {
            return None;
        }
        let (lat, lon) = position.unwrap_or_default();
        let mut value = json!({
            "type": "STOP",
            "tokens": tokens(name, typed),
            "name": name,
            "id": entry.id,
            "lat": lat,
            "lon": lon,
            "areas": [],
            "score": score,
            "modes": service::modes(&types),
            "importance": importance(entry.importance),
        });
        add_whereabouts(&mut value, view, stations.first().copied());
        Some(value)
    }
}

/// Country and zone of a stop.
fn add_whereabouts(value: &mut Value, view: &View<'_>, stop: Option<StopId>) {
    let Some(stop) = stop else { return };
    let columns = view.columns();
    value["tz"] = json!(columns.text(columns.zone_name[columns.stop_zone[stop.index()] as usize]));
    if let Some(code) = view.world.borders().countries.of_stop(stop).code() {
        value["country"] = json!(code.as_str());
    }
}

/// The part of a name that was typed: where it begins and how long it is, in letters.
fn tokens(name: &str, typed: &str) -> Vec<[usize; 2]> {
    let letters = |text: &str| -> Vec<String> { text.chars().map(|letter| letter.to_lowercase().collect()).collect() };
    let (name, typed) = (letters(name), letters(typed.trim()));
    if typed.is_empty() {
        return Vec::new();
    }
    let found = name.windows(typed.len()).position(|part| part == typed);
    found.map(|begin| [begin, typed.len()]).into_iter().collect()
}

/// From 0 to 1, by the logarithm of departures a week; 1 from about 20,000 of them on.
fn importance(weekly: u32) -> f64 {
    let parts = (f64::from(weekly) + 1.0).ln() / 10.0;
    (parts.min(1.0) * 1000.0).round() / 1000.0
}

/// The stations nearest to a point.
pub async fn reverse_geocode(asker: Asker, mut given: Parameters) -> Result<Response, Problem> {
    let place = given.position("place")?.ok_or_else(|| {
        Problem::field("place", "place is missing: expected latitude,longitude in degrees, such as 55.776,37.655")
    })?;
    let count = given.number("numResults", 1..=MOST_MATCHES)?.unwrap_or(USUAL_NEAREST);
    let stops = wants_stops(&mut given)?;
    let language = given.language()?;
    let warnings = given.finish()?;
    listed::answer(asker, warnings, move |desk| {
        let view = view(desk.served, language.as_deref());
        let columns = view.columns();
        let is_station =
            |stop: &StopId| stops && columns.stop_kind[stop.index()] <= 1 && columns.station(*stop) == *stop;
        let metres = columns
            .stops()
            .filter(is_station)
            .filter_map(|stop| Some((metres_between(place, columns.position_of_stop(stop)?), stop)));
        let mut nearest: Vec<(f64, StopId)> = metres.collect();
        nearest.sort_by(|one, other| one.0.total_cmp(&other.0).then(one.1.cmp(&other.1)));
        nearest.truncate(count);
        let json = |(metres, stop): (f64, StopId)| {
            let stops = columns.stop_and_descendants(stop).into_iter().collect();
            let types = service::route_types(&columns, &service::patterns_at(&columns, &stops));
            let there = motis::place(&view, stop, None);
            let mut value = json!({
                "type": "STOP",
                "tokens": [],
                "name": there["name"],
                "id": there["stopId"],
                "lat": there["lat"],
                "lon": there["lon"],
                "areas": [],
                "score": metres.round(),
                "modes": service::modes(&types),
            });
            add_whereabouts(&mut value, &view, Some(stop));
            value
        };
        Ok(Listed::first(nearest.into_iter().map(json).collect(), count))
    })
    .await
}

#[cfg(test)]
mod tests {
    use super::tokens;

    #[test]
    fn what_was_typed_is_marked() {
        assert_eq!(tokens("Vladivostok", "vladi"), [[0, 5]]);
        assert_eq!(tokens("Владивосток", "ВОСТОК"), [[5, 6]]);
        assert!(
            tokens("Pyongyang", "Пхеньян").is_empty() && tokens("A", " ").is_empty() && tokens("A", "ABC").is_empty()
        );
    }
}
