//! From what people type to a way: a line, a through carriage, a route, or two places.

use serde_json::json;
use tumen_base::{PatternId, StopId, TripId};
use tumen_journey::modes::Mode;
use tumen_journey::names::{self, Spot, key};
use tumen_journey::search;
use tumen_journey::world::{World, damaged};
use tumen_journey::{Failure, Result};
use tumen_timetable::{CarriageId, Columns};

use crate::complaint::TrackError;
use crate::lines::Track;
use crate::network::Network;
use crate::way::Way;

/// Between these one types two places.
const BETWEEN: [char; 4] = ['-', '–', '—', '→'];
/// Shorter words stand for no name.
const SHORTEST: usize = 3;
/// So many names are listed where none fits.
const LISTED: usize = 40;

/// The track that a timetable knows.
///
/// # Errors
/// When sections.txt or lines.txt is damaged, or when there is none: then nothing can be asked of it.
pub fn track_of(world: &World) -> Result<Track> {
    let track = Track::read(&world.columns()).map_err(|TrackError::Kept(error)| damaged(&error))?;
    if track.is_empty() {
        let message = "this timetable knows no track: none of its feeds has a sections.txt that can be used";
        return Err(Failure::nothing("no_track", message));
    }
    Ok(track)
}

/// What a way is asked for by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A line of lines.txt, by its position in [`Track::lines`].
    Line(usize),
    /// A through carriage, and the trip that is its most usual way.
    Carriage(CarriageId, TripId),
    /// A route's longest pattern.
    Route(PatternId),
    /// Two places.
    Places,
}

/// A way that was asked for.
#[derive(Clone, Debug)]
pub struct Asked {
    /// What it was asked for by.
    pub subject: Subject,
    /// Its id, as people can type it again.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The way.
    pub way: Way,
}

/// What a name can stand for.
struct Candidate {
    subject: Subject,
    id: String,
    name: String,
}

impl Asked {
    /// Resolves the id or the name of a line, a through carriage or a rail route, or two places as `A-B`.
    ///
    /// # Errors
    /// When nothing fits, or more than one thing: the candidates are listed. When no sections lead from one place to the other.
    pub fn resolve(world: &World, track: &Track, network: &Network<'_>, text: &str) -> Result<Self> {
        let columns = world.columns();
        let text = text.trim();
        let candidates = candidates(world, track);
        if let Some(one) = by_id(&candidates, text).or(by_name(&candidates, text)?) {
            let way = match one.subject {
                Subject::Line(line) => Way::of_line(track, &track.lines[line]),
                Subject::Carriage(_, trip) => Way::along(network, track, stations(&columns, columns.pattern_of(trip))),
                Subject::Route(pattern) => Way::along(network, track, stations(&columns, pattern)),
                Subject::Places => Way::default(),
            };
            if way.sections().next().is_none() {
                let message = format!("no section of sections.txt lies on the way of {}", one.name);
                return Err(Failure::nothing("no_way", message));
            }
            return Ok(Self { subject: one.subject, id: one.id.clone(), name: one.name.clone(), way });
        }
        match places(world, text) {
            Some((from, to)) => between(&columns, track, network, text, [&from, &to]),
            None => Err(unknown(text, &candidates)),
        }
    }
}

/// The stations at which a pattern calls.
fn stations<'a>(columns: &Columns<'a>, pattern: PatternId) -> impl Iterator<Item = StopId> + use<'a> {
    let columns = *columns;
    columns.call_stop[columns.calls_of(pattern)].iter().map(move |&stop| columns.station(StopId(stop)))
}

/// Lines, through carriages and rail routes, in the order in which equal ids are taken.
fn candidates(world: &World, track: &Track) -> Vec<Candidate> {
    let columns = world.columns();
    let lines = track.lines.iter().enumerate().map(|(place, line)| Candidate {
        subject: Subject::Line(place),
        id: line.id.clone(),
        name: line.name.clone(),
    });
    let carriages = columns.carriages().filter_map(|carriage| {
        let days = |trip: &TripId| columns.days_of_trip(*trip).count();
        let trip = columns.ways_of(carriage).map(|way| columns.trip_of_way(way)).max_by_key(days)?;
        Some(Candidate {
            subject: Subject::Carriage(carriage, trip),
            id: columns.text(columns.carriage_id[carriage.0 as usize]).to_owned(),
            name: world.carriage_name(carriage).to_owned(),
        })
    });
    let mut longest: Vec<Option<PatternId>> = vec![None; columns.route_id.len()];
    let is_way = |pattern: PatternId| {
        columns.trips_of(pattern).any(|trip| columns.way_of_trip(TripId::from_index(trip)).is_some())
    };
    for pattern in columns.patterns() {
        let route = columns.pattern_route[pattern.index()] as usize;
        let calls = |pattern: PatternId| columns.calls_of(pattern).len();
        if Mode::of(columns.route_kind[route]) == Mode::Rail
            && longest[route].is_none_or(|known| calls(pattern) > calls(known))
            && !is_way(pattern)
        {
            longest[route] = Some(pattern);
        }
    }
    let routes = longest.into_iter().enumerate().filter_map(|(route, pattern)| {
        Some(Candidate {
            subject: Subject::Route(pattern?),
            id: columns.text(columns.route_id[route]).to_owned(),
            name: world.route_name(tumen_base::RouteId::from_index(route)),
        })
    });
    lines.chain(carriages).chain(routes).collect()
}

fn by_id<'c>(candidates: &'c [Candidate], text: &str) -> Option<&'c Candidate> {
    let exact = candidates.iter().find(|candidate| candidate.id == text);
    exact.or_else(|| candidates.iter().find(|candidate| candidate.id.to_lowercase() == text.to_lowercase()))
}

/// The one that fits best: the whole name, its beginning, a part of it; routes after lines and carriages.
fn by_name<'c>(candidates: &'c [Candidate], text: &str) -> Result<Option<&'c Candidate>> {
    let wanted = key(text);
    if wanted.chars().count() < SHORTEST {
        return Ok(None);
    }
    let mut fits: Vec<((u8, bool), &Candidate)> = Vec::new();
    for candidate in candidates {
        let name = key(&candidate.name);
        let rank = match name.find(&wanted) {
            Some(0) if name == wanted => 0,
            Some(0) => 1,
            Some(_) => 2,
            None => continue,
        };
        fits.push(((rank, matches!(candidate.subject, Subject::Route(_))), candidate));
    }
    let Some(best) = fits.iter().map(|(rank, _)| *rank).min() else { return Ok(None) };
    fits.retain(|(rank, _)| *rank == best);
    match fits[..] {
        [(_, one)] => Ok(Some(one)),
        _ => Err(ambiguous(text, &fits.into_iter().map(|(_, candidate)| candidate).collect::<Vec<_>>())),
    }
}

/// Two places, wherever the text can be divided so that both are known.
fn places(world: &World, text: &str) -> Option<(Spot, Spot)> {
    let footwork = search::footwork(&world.columns(), None);
    let place = |name: &str| names::resolve(world, name.trim(), footwork).ok();
    text.match_indices(BETWEEN).find_map(|(at, dash)| Some((place(&text[..at])?, place(&text[at + dash.len()..])?)))
}

fn between(columns: &Columns<'_>, track: &Track, network: &Network<'_>, text: &str, ends: [&Spot; 2]) -> Result<Asked> {
    let [from, to] = ends.map(|spot| {
        let mut stations: Vec<StopId> = spot.stops.iter().map(|(stop, _)| columns.station(*stop)).collect();
        stations.dedup();
        stations
    });
    let way = Way::between(network, track, &from, &to).ok_or_else(|| {
        let message = format!("no sections of sections.txt lead from {} to {}", ends[0].name, ends[1].name);
        Failure::nothing("no_way", message)
    })?;
    let name = format!("{}–{}", ends[0].name, ends[1].name);
    Ok(Asked { subject: Subject::Places, id: text.to_owned(), name, way })
}

fn unknown(text: &str, candidates: &[Candidate]) -> Failure {
    let all: Vec<&Candidate> = candidates.iter().collect();
    let message = format!(
        "no line, through carriage or rail route is called `{text}`, and it is not two places such as moscow-khasan; there are:{}",
        list(&all)
    );
    Failure::usage("unknown_line", message).with(json!({ "lines": listed(&all) }))
}

fn ambiguous(text: &str, candidates: &[&Candidate]) -> Failure {
    let message = format!("`{text}` may be one of {}; name one by its id:{}", candidates.len(), list(candidates));
    Failure::usage("ambiguous_line", message).with(json!({ "lines": listed(candidates) }))
}

fn list(candidates: &[&Candidate]) -> String {
    let mut text = String::new();
    for candidate in candidates.iter().take(LISTED) {
        part!(text, "\n  {}  {}", candidate.id, candidate.name);
    }
    if candidates.len() > LISTED {
        part!(text, "\n  and {} more", candidates.len() - LISTED);
    }
    text
}

fn listed(candidates: &[&Candidate]) -> Vec<serde_json::Value> {
    let first = candidates.iter().take(LISTED);
    first.map(|candidate| json!({ "id": candidate.id, "name": candidate.name })).collect()
}
