//! From what a scenario names to trips, carriages and hops.

use super::Subject;
use crate::closure::Target;
use std::collections::HashSet;
use tumen_base::{FeedId, RouteId, TripId, folded};
use tumen_timetable::Columns;

/// A border post and where trips pass it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Post {
    /// border_post_id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Trips, ways of carriages included, with the hop on which each crosses.
    pub hops: Vec<(TripId, u32)>,
}

/// So many ids are named in words.
const NAMED: usize = 5;

/// What a subject stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// What of the timetable.
    pub target: Target,
    /// The ids that were found.
    pub ids: Vec<String>,
    /// That in words.
    pub told: String,
}

/// Finds what a subject stands for.
///
/// # Errors
/// With a sentence, when it is unknown.
pub fn find(columns: &Columns<'_>, posts: &[Post], subject: &Subject) -> Result<Found, String> {
    let (target, ids) = match subject {
        Subject::Agency(text) => {
            let agency = |index: usize| {
                let feed = FeedId(columns.agency_feed[index]);
                is_id(columns, feed, columns.agency_id[index], text)
                    || is_name(columns, columns.agency_name[index], text)
            };
            let agencies: HashSet<u32> =
                (0..columns.agency_id.len()).filter(|&index| agency(index)).map(|index| index as u32).collect();
            let routes = |route: RouteId| agencies.contains(&columns.route_agency[route.index()]);
            let mut ids: Vec<String> =
                agencies.iter().map(|&agency| columns.text(columns.agency_id[agency as usize]).to_owned()).collect();
            ids.sort();
            (Target::Trips(trips_of(columns, routes)), ids)
        }
        Subject::Route(text) => {
            let route = |index: usize| {
                let feed = FeedId(columns.agency_feed[columns.route_agency[index] as usize]);
                let names = [columns.route_short_name[index], columns.route_long_name[index]];
                is_id(columns, feed, columns.route_id[index], text)
                    || names.into_iter().any(|name| is_name(columns, name, text))
            };
            let routes: HashSet<usize> = (0..columns.route_id.len()).filter(|&index| route(index)).collect();
            let mut ids: Vec<String> =
                routes.iter().map(|&route| columns.text(columns.route_id[route]).to_owned()).collect();
            ids.sort();
            let mut names: Vec<String> = routes.iter().map(|&route| route_told(columns, route)).collect();
            names.sort();
            let target = Target::Trips(trips_of(columns, |route| routes.contains(&route.index())));
            if !target.is_empty() {
                return Ok(Found { target, ids, told: told(subject, &names) });
            }
            (target, ids)
        }
        Subject::Trip(text) => {
            let is_it =
                |trip: &TripId| is_id(columns, columns.feed_of_trip(*trip), columns.trip_id[trip.index()], text);
            let trips = columns.trips().filter(|&trip| columns.way_of_trip(trip).is_none()).filter(is_it);
            (Target::Trips(trips.collect()), vec![text.clone()])
        }
        Subject::Carriage(text) => {
            let is_it =
                |index: usize| is_id(columns, FeedId(columns.carriage_feed[index]), columns.carriage_id[index], text);
            let carriages = columns.carriages().filter(|carriage| is_it(carriage.0 as usize));
            (Target::Carriages(carriages.collect()), vec![text.clone()])
        }
        Subject::Post(text) => {
            let exact = posts.iter().filter(|post| post.id == *text).count();
            let key: String = folded(text).collect();
            let is_it = |post: &&Post| {
                if exact > 0 { post.id == *text } else { folded(&post.name).collect::<String>().contains(&key) }
            };
            let found: Vec<&Post> = posts.iter().filter(is_it).collect();
            if found.is_empty() {
                let names: Vec<String> = posts.iter().map(|post| format!("{} ({})", post.id, post.name)).collect();
                let there = if names.is_empty() { "the timetable has none".to_owned() } else { names.join(", ") };
                return Err(format!("no border post is called `{text}`; there are: {there}"));
            }
            let names: Vec<String> = found.iter().map(|post| format!("{} ({})", post.id, post.name)).collect();
            let ids = found.iter().map(|post| post.id.clone()).collect();
            // A post that no train passes in the data is no error: closing it changes nothing.
            let target = Target::Hops(found.iter().flat_map(|post| post.hops.iter().copied()).collect());
            return Ok(Found { target, ids, told: told(subject, &names) });
        }
    };
    if target.is_empty() {
        return Err(format!("there is no {subject} in the timetable, or it has no trips"));
    }
    let told = told(subject, &ids);
    Ok(Found { target, ids, told })
}

/// A route's id with its name.
fn route_told(columns: &Columns<'_>, route: usize) -> String {
    let id = columns.text(columns.route_id[route]);
    let names = [columns.route_short_name[route], columns.route_long_name[route]].map(|name| columns.text(name));
    match names.into_iter().find(|name| !name.is_empty() && *name != id) {
        Some(name) => format!("{id} ({name})"),
        None => id.to_owned(),
    }
}

fn told(subject: &Subject, ids: &[String]) -> String {
    let kind = match subject {
        Subject::Agency(_) => "agency",
        Subject::Route(_) => "route",
        Subject::Trip(_) => "trip",
        Subject::Carriage(_) => "through carriage",
        Subject::Post(_) => "border post",
    };
    let more = ids.len().saturating_sub(NAMED);
    let ending = if more > 0 { format!(" and {more} more") } else { String::new() };
    let ids = &ids[..ids.len().min(NAMED)];
    format!("{kind} {}{ending}", ids.join(", "))
}

/// The trips of some routes; the ways of carriages follow their hosts.
fn trips_of(columns: &Columns<'_>, route: impl Fn(RouteId) -> bool) -> Vec<TripId> {
    let is_it = |&trip: &TripId| columns.way_of_trip(trip).is_none() && route(columns.route_of(trip));
    columns.trips().filter(is_it).collect()
}

fn is_id(columns: &Columns<'_>, feed: FeedId, id: u32, text: &str) -> bool {
    let id = columns.text(id);
    let prefixed = |(name, rest): (&str, &str)| rest == id && name == columns.text(columns.feed_name[feed.index()]);
    id == text || text.split_once(':').is_some_and(prefixed)
}

fn is_name(columns: &Columns<'_>, name: u32, text: &str) -> bool {
    let name = columns.text(name);
    !name.is_empty() && folded(name).eq(folded(text))
}

impl Target {
    /// What is in `other` too, and what is not.
    pub(super) fn divide(&self, other: &Self) -> (Self, Self) {
        fn split<T: Copy + Eq + std::hash::Hash>(all: &[T], other: &[T]) -> (Vec<T>, Vec<T>) {
            let other: HashSet<T> = other.iter().copied().collect();
            all.iter().partition(|item| other.contains(item))
        }
        match (self, other) {
            (Self::Trips(all), Self::Trips(other)) => {
                let (common, rest) = split(all, other);
                (Self::Trips(common), Self::Trips(rest))
            }
            (Self::Carriages(all), Self::Carriages(other)) => {
                let (common, rest) = split(all, other);
                (Self::Carriages(common), Self::Carriages(rest))
            }
            (Self::Hops(all), Self::Hops(other)) => {
                let (common, rest) = split(all, other);
                (Self::Hops(common), Self::Hops(rest))
            }
            _ => (Self::Trips(Vec::new()), self.clone()),
        }
    }
}
