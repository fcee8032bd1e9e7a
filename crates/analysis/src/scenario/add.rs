//! Trips that are added.

use super::editor::Editor;
use super::{Addition, Departure, Stretch, dates};
use std::collections::BTreeSet;
use tumen_base::{Certainty, Date};
use tumen_feed::{Call, Feed, Service, Trip};

/// Adds a trip to the feed of its route, or of the trip that it is like.
pub(super) fn add(editor: &mut Editor, addition: &Addition, dates: &BTreeSet<Date>) -> Result<(), String> {
    if dates.is_empty() {
        return Err(format!("trip {} would run on no day", addition.id));
    }
    let (feed, like) = match &addition.stretch {
        Stretch::Like { trip, .. } => {
            let (feed, index) = trip_of(editor, trip).ok_or_else(|| format!("like: there is no trip `{trip}`"))?;
            (feed, Some(index))
        }
        Stretch::Calls(_) => {
            let route = addition.route.as_deref().unwrap_or_default();
            let feed = editor.feeds.iter().position(|feed| route_of(feed, route).is_some());
            (feed.ok_or_else(|| format!("route: there is no route `{route}`; expected a route_id"))?, None)
        }
    };
    if editor.find(feed, &addition.id).is_some() {
        return Err(format!("id: the feed has a trip `{}` already; expected a new id", addition.id));
    }
    let of = &mut editor.feeds[feed];
    let route = match (&addition.route, like) {
        (Some(route), _) => {
            route_of(of, route).ok_or_else(|| format!("route: there is no route `{route}` in the feed of the trip"))?
        }
        (None, Some(like)) => of.trips[like as usize].route,
        (None, None) => return Err("route: expected a route_id, or `like` and a trip_id".to_owned()),
    };
    let calls = match (&addition.stretch, like) {
        (Stretch::Like { departure, .. }, Some(like)) => moved(of, like, *departure)?,
        (Stretch::Calls(calls), _) => drawn(of, calls)?,
        (Stretch::Like { .. }, None) => Vec::new(),
    };
    let start = of.calls.len() as u32;
    let added = calls.len();
    of.calls.extend(calls);
    let details = &mut of.call_details;
    fill(&mut details.distance, added, f32::NAN);
    fill(&mut details.headsign, added, u32::MAX);
    let certainty = if addition.source.is_some() { Certainty::Published } else { Certainty::Assumed };
    fill(&mut details.certainty, added, certainty);
    fill(&mut details.source, added, u32::MAX);
    let service = of.services.len() as u32;
    of.services.push(Service::of_dates(format!("{}@{service}", addition.id), dates));
    let index = of.trips.len() as u32;
    let pattern = like.map(|like| of.trips[like as usize].clone()).unwrap_or_default();
    of.trips.push(Trip {
        id: addition.id.clone(),
        route,
        service,
        block: String::new(),
        shape: None,
        direction: if like.is_some() { pattern.direction } else { 2 },
        calls: start..start + added as u32,
        certainty_days: certainty,
        certainty_times: certainty,
        source: addition.source.clone().unwrap_or_default(),
        ..pattern
    });
    editor.register(feed, addition.id.clone(), index);
    Ok(())
}

fn trip_of(editor: &Editor, id: &str) -> Option<(usize, u32)> {
    let own = (0..editor.feeds.len()).find_map(|feed| Some((feed, editor.find(feed, id)?)));
    own.or_else(|| {
        let (name, id) = id.split_once(':')?;
        let feed = editor.feeds.iter().position(|feed| feed.name == name)?;
        Some((feed, editor.find(feed, id)?))
    })
}

fn route_of(feed: &Feed, id: &str) -> Option<u32> {
    let id = id.strip_prefix(&format!("{}:", feed.name)).unwrap_or(id);
    feed.routes.iter().position(|route| route.id == id).map(|index| index as u32)
}

/// The calls of another trip, moved as a whole.
fn moved(feed: &Feed, like: u32, departure: Option<i32>) -> Result<Vec<Call>, String> {
    let trip = &feed.trips[like as usize];
    let calls = &feed.calls[trip.calls.start as usize..trip.calls.end as usize];
    let shift = departure.map_or(0, |departure| departure - calls[0].departure);
    let moved = calls.iter().map(|call| Call {
        arrival: (call.arrival + shift).max(0),
        departure: call.departure + shift,
        ..*call
    });
    let moved: Vec<Call> = moved.collect();
    match moved.iter().find(|call| call.departure > dates::LATEST) {
        Some(_) => Err("departure: the trip would run for more than 60 days".to_owned()),
        None => Ok(moved),
    }
}

/// Calls as they are written.
fn drawn(feed: &Feed, calls: &[Departure]) -> Result<Vec<Call>, String> {
    let mut last = 0;
    let mut found = Vec::with_capacity(calls.len());
    for Departure { stop, arrival, departure } in calls {
        let own = stop.strip_prefix(&format!("{}:", feed.name)).unwrap_or(stop);
        let Some(position) = feed.stops.iter().position(|other| other.id == own) else {
            return Err(format!("calls: there is no stop `{stop}` in the feed of the route; expected a stop_id"));
        };
        if *arrival < last || departure < arrival {
            return Err(format!("calls: times run backwards at `{stop}`"));
        }
        last = *departure;
        found.push(Call { stop: position as u32, arrival: *arrival, departure: *departure, ..Call::default() });
    }
    if found.len() < 2 {
        return Err("calls: expected at least two".to_owned());
    }
    Ok(found)
}

/// Fills a column for calls that say nothing, where the feed has the column.
fn fill<T: Clone>(column: &mut Vec<T>, count: usize, value: T) {
    if !column.is_empty() {
        column.resize(column.len() + count, value);
    }
}
