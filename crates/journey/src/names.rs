//! From what people type to stops: places before stops; exact, then prefix, then contained.

use serde_json::json;
use std::collections::BTreeSet;
use tumen_base::{StopId, folded, metres_between};

use crate::Failure;
use crate::geography::Position;
use crate::world::{City, World};

/// Equal-named stops so near to each other are one place.
const ONE_PLACE_M: f64 = 2000.0;
/// So many candidates of an ambiguous name are listed.
const LISTED: usize = 20;

/// One end of a journey, resolved.
#[derive(Clone, Debug, PartialEq)]
pub struct Spot {
    /// What it is called.
    pub name: String,
    /// Its stops with the seconds on foot to them.
    pub stops: Vec<(StopId, i32)>,
    /// Where it is, where a coordinate was given.
    pub coordinate: Option<Position>,
}

/// How coordinates reach stops.
#[derive(Clone, Copy, Debug)]
pub struct Footwork {
    /// Straight-line metres.
    pub radius_m: u32,
    /// Millimetres a second.
    pub speed_mm_s: i64,
    /// Way on foot for 1,000 straight-line metres.
    pub detour_permille: i64,
}

/// What a name may stand for.
#[derive(Clone, Debug, PartialEq)]
struct Candidate {
    name: String,
    stops: BTreeSet<StopId>,
    place: bool,
}

impl Candidate {
    fn of_city(city: &City) -> Self {
        Self { name: city.name.clone(), stops: city.stops.iter().copied().collect(), place: true }
    }
}

/// How well a name fits; the order is from best to worst.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    Exact,
    Prefix,
    Contains,
}

/// Resolves a place name, a stop name, a stop id or `lat,lon`.
///
/// # Errors
/// When nothing or more than one thing fits; the candidates are listed.
pub fn resolve(world: &World, text: &str, footwork: Footwork) -> Result<Spot, Failure> {
    let columns = world.columns();
    if let Some(position) = coordinate(text)? {
        return near(world, position, footwork);
    }
    match world.stops_with_id(text.trim())[..] {
        [] => {}
        [stop] => return Ok(Spot::of(world, columns.stop_name(stop).to_owned(), [stop])),
        ref several => {
            let candidates = several.iter().map(|&stop| Candidate {
                name: columns.stop_name(stop).to_owned(),
                stops: BTreeSet::from([stop]),
                place: false,
            });
            return Err(ambiguous(world, text, &candidates.collect::<Vec<_>>()));
        }
    }
    let candidates = candidates(world, text);
    match &candidates[..] {
        [] => Err(unknown(text)),
        [one] => Ok(Spot::of(world, one.name.clone(), one.stops.iter().copied())),
        several => Err(ambiguous(world, text, several)),
    }
}

impl Spot {
    /// The stops, those that other feeds have for the same station, and all below them.
    fn of(world: &World, name: String, stops: impl IntoIterator<Item = StopId>) -> Self {
        let columns = world.columns();
        let stations =
            stops.into_iter().flat_map(|stop| std::iter::once(stop).chain(world.stitched().same_station(stop)));
        let stops: BTreeSet<StopId> = stations.flat_map(|stop| columns.stop_and_descendants(stop)).collect();
        Self { name, stops: stops.into_iter().map(|stop| (stop, 0)).collect(), coordinate: None }
    }

    /// The stop whose clock is read for times at this end.
    pub fn first_stop(&self) -> StopId {
        self.stops[0].0
    }

    /// Seconds on foot to one of its stops.
    pub fn seconds_to(&self, stop: StopId) -> i32 {
        self.stops.iter().find(|(other, _)| *other == stop).map_or(0, |(_, seconds)| *seconds)
    }
}

/// Letters without accents, case and punctuation: what two spellings of one name share.
pub fn key(text: &str) -> String {
    let mut key = String::with_capacity(text.len());
    for letter in folded(text) {
        match letter {
            '.' => {}
            letter if letter.is_alphanumeric() => key.push(letter),
            _ if key.is_empty() || key.ends_with(' ') => {}
            _ => key.push(' '),
        }
    }
    key.truncate(key.trim_end().len());
    key
}

fn fit(wanted: &str, name: &str) -> Option<Fit> {
    if name == wanted {
        Some(Fit::Exact)
    } else if name.starts_with(wanted) {
        Some(Fit::Prefix)
    } else if name.contains(wanted) {
        Some(Fit::Contains)
    } else {
        None
    }
}

/// Everything that fits best, equal-named neighbours joined.
fn candidates(world: &World, text: &str) -> Vec<Candidate> {
    let wanted = key(text);
    if wanted.is_empty() {
        return Vec::new();
    }
    let columns = world.columns();
    let mut best: Option<(Fit, bool)> = None;
    let mut found: Vec<Candidate> = Vec::new();
    // Places come before stops of the same fit: `false` sorts before `true`.
    let mut offer = |name: &str, make: &dyn Fn() -> Candidate, is_stop: bool| {
        let Some(fit) = fit(&wanted, &key(name)) else { return };
        let rank = (fit, is_stop);
        if best.is_none_or(|best| rank < best) {
            best = Some(rank);
            found.clear();
        }
        if best == Some(rank) {
            found.push(make());
        }
    };
    for city in world.cities() {
        let make = || Candidate::of_city(city);
        offer(&city.name, &make, false);
        for alias in &city.aliases {
            offer(alias, &make, false);
        }
    }
    let of_stop = |stop: StopId| Candidate {
        name: columns.stop_name(stop).to_owned(),
        stops: BTreeSet::from([stop]),
        place: false,
    };
    let is_place =
        |stop: &StopId| matches!(columns.stop_kind[stop.index()], 0 | 1) && !world.stitched().is_border(*stop);
    for stop in columns.stops().filter(is_place) {
        offer(columns.stop_name(stop), &|| of_stop(stop), true);
        for (_, name) in world.stop_names().of(stop) {
            offer(name, &|| of_stop(stop), true);
        }
    }
    for row in world.rows("translations.txt").iter() {
        if (row.get("table_name"), row.get("field_name")) != ("places", "name") {
            continue;
        }
        let of = |city: &&City| city.feed == row.feed && city.id == row.get("record_id");
        if let Some(city) = world.cities().iter().find(of) {
            offer(row.get("translation"), &|| Candidate::of_city(city), false);
        }
    }
    join(world, found)
}

/// Joins what is one place: platforms with their station, and equal-named stops within [`ONE_PLACE_M`].
fn join(world: &World, found: Vec<Candidate>) -> Vec<Candidate> {
    let columns = world.columns();
    let mut joined: Vec<Candidate> = Vec::new();
    for candidate in found {
        let same = joined.iter_mut().find(|other| {
            if other.place != candidate.place {
                return false;
            }
            if other.place {
                return other.stops == candidate.stops;
            }
            let stations = |stops: &BTreeSet<StopId>| stops.iter().map(|&stop| columns.station(stop)).collect();
            let (these, those): (BTreeSet<StopId>, BTreeSet<StopId>) =
                (stations(&other.stops), stations(&candidate.stops));
            !these.is_disjoint(&those)
                || key(&other.name) == key(&candidate.name)
                    && distance(world, &other.stops, &candidate.stops) <= ONE_PLACE_M
        });
        match same {
            Some(other) => {
                // The station's name stands for its platforms.
                if candidate.stops.iter().any(|&stop| columns.parent(stop).is_none())
                    && candidate.name.len() < other.name.len()
                {
                    other.name.clone_from(&candidate.name);
                }
                other.stops.extend(candidate.stops);
            }
            None => joined.push(candidate),
        }
    }
    joined
}

/// Straight-line metres between the nearest stops of two sets; infinite where positions are unknown.
fn distance(world: &World, one: &BTreeSet<StopId>, other: &BTreeSet<StopId>) -> f64 {
    let columns = world.columns();
    let positions = |stops: &BTreeSet<StopId>| -> Vec<Position> {
        stops.iter().filter_map(|&stop| columns.position_of_stop(stop)).collect()
    };
    let others = positions(other);
    let pairs = positions(one).into_iter().flat_map(|a| others.iter().map(move |b| metres_between(a, *b)));
    pairs.fold(f64::INFINITY, f64::min)
}

/// Reads `lat,lon`; a text that is not two numbers is a name.
fn coordinate(text: &str) -> Result<Option<Position>, Failure> {
    let Some((latitude, longitude)) = text.split_once(',') else { return Ok(None) };
    let (Ok(latitude), Ok(longitude)) = (latitude.trim().parse::<f64>(), longitude.trim().parse::<f64>()) else {
        return Ok(None);
    };
    if (-90.0..=90.0).contains(&latitude) && (-180.0..=180.0).contains(&longitude) {
        return Ok(Some((latitude, longitude)));
    }
    let message = format!("`{text}` is no place on earth: expected LAT,LON in degrees, such as 55.776,37.655");
    Err(Failure::usage("bad_coordinate", message))
}

/// The stops within walking distance of a point.
fn near(world: &World, position: Position, footwork: Footwork) -> Result<Spot, Failure> {
    let columns = world.columns();
    let is_place =
        |stop: &StopId| matches!(columns.stop_kind[stop.index()], 0 | 1) && !world.stitched().is_border(*stop);
    let metres = columns.stops().filter(is_place).filter_map(|stop| {
        let there = columns.position_of_stop(stop)?;
        Some((metres_between(position, there), stop))
    });
    let mut all: Vec<(f64, StopId)> = metres.collect();
    all.sort_by(|one, other| one.0.total_cmp(&other.0));
    let name = format!("{:.4},{:.4}", position.0, position.1);
    let walk = |metres: f64| footwork.seconds(metres);
    let mut stops: Vec<(StopId, i32)> = Vec::new();
    for (metres, stop) in all.iter().take_while(|(metres, _)| *metres <= f64::from(footwork.radius_m)) {
        for below in columns.stop_and_descendants(*stop) {
            if stops.iter().all(|(known, _)| *known != below) {
                stops.push((below, walk(*metres)));
            }
        }
    }
    if !stops.is_empty() {
        return Ok(Spot { name, stops, coordinate: Some(position) });
    }
    let message = match all.first() {
        None => "the timetable has no stop with a position".to_owned(),
        Some((metres, stop)) => format!(
            "no stop within {} m of {name}; the nearest is {} ({}), {:.1} km away: name it, or walk farther with --walk",
            footwork.radius_m,
            columns.stop_name(*stop),
            world.written_stop_id(*stop),
            metres / 1000.0
        ),
    };
    Err(Failure::usage("no_stop_near", message))
}

impl Footwork {
    /// Seconds for straight-line metres, rounded up.
    pub fn seconds(self, metres: f64) -> i32 {
        let way_mm = metres.ceil() * self.detour_permille as f64;
        (way_mm / self.speed_mm_s.max(1) as f64).ceil() as i32
    }
}

fn unknown(text: &str) -> Failure {
    let message = format!(
        "no place or stop is called `{text}`; names may be given in any language of the feed, as a stop id, or as LAT,LON"
    );
    Failure::usage("unknown_name", message)
}

fn ambiguous(world: &World, text: &str, candidates: &[Candidate]) -> Failure {
    let columns = world.columns();
    let mut message = format!("`{text}` may be one of {}; name one of them, or its id:", candidates.len());
    let mut list = Vec::new();
    for candidate in candidates {
        let ids: Vec<String> = candidate.stops.iter().map(|&stop| world.written_stop_id(stop)).collect();
        let position = candidate.stops.iter().find_map(|&stop| columns.position_of_stop(stop));
        list.push(json!({ "name": candidate.name, "stopIds": ids, "place": candidate.place,
            "lat": position.map(|position| position.0), "lon": position.map(|position| position.1) }));
        if list.len() > LISTED {
            continue;
        }
        let place = position.map(|(north, east)| format!("  {north:.3},{east:.3}")).unwrap_or_default();
        let ids = if ids.len() > 3 { format!("{}, …", ids[..3].join(", ")) } else { ids.join(", ") };
        part!(message, "\n  {}  ({ids}){place}", candidate.name);
    }
    if candidates.len() > LISTED {
        part!(message, "\n  and {} more", candidates.len() - LISTED);
    }
    Failure::usage("ambiguous_name", message).with(json!({ "candidates": list }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_ignore_accents_case_and_apostrophes() {
        assert_eq!(key("P’yŏngyang"), key("pyongyang"));
        assert_eq!(key("Заозёрная"), key("ЗАОЗЕРНАЯ"));
        assert_eq!(key("Yaroslavl-Glavny"), "yaroslavl glavny");
        assert_eq!(key(" St. Gallen "), "st gallen");
        assert_eq!(key("평양"), key("\u{1111}\u{1167}\u{11bc}\u{110b}\u{1163}\u{11bc}"));
        assert_eq!(key("--"), "");
    }

    #[test]
    fn kazan_is_not_khasan() {
        assert_eq!(fit(&key("Kazan"), &key("Khasan")), None);
        assert_eq!(fit(&key("Казань"), &key("Хасан")), None);
    }

    #[test]
    fn coordinates_are_two_numbers_on_earth() {
        assert_eq!(coordinate("55.7, 37.6").expect("fine"), Some((55.7, 37.6)));
        assert_eq!(coordinate("Paris, Texas").expect("a name"), None);
        assert!(coordinate("95,0").is_err());
        assert!(coordinate("NaN,0").is_err());
    }
}
