//! The network on a date: which neighbouring stations anything joins, and whether it runs.

use axum::response::Response;
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use tumen_base::{Date, PatternId, RouteId, StopId, TripId};
use tumen_border::{Crossing, SuspensionId};
use tumen_journey::modes::Mode;
use tumen_journey::motis;
use tumen_journey::present::View;
use tumen_journey::status;
use tumen_journey::world::World;
use tumen_routing::Run;

use super::posts::{sources, station};
use super::question::{date, language};
#[cfg(test)]
use super::shapes::{self, Errors};
use super::view::PLAIN;
use crate::asker::Asker;
use crate::extract::Params;
use crate::problem::Problem;

/// Days before and after the date on which a run makes a link one that runs.
const AROUND: i32 = 3;
/// More links are no picture that anybody could read: the answer says that the rest is left out.
const MOST_LINKS: usize = 20_000;

/// A question for the network.
#[derive(Deserialize)]
#[cfg_attr(test, derive(utoipa::IntoParams), into_params(parameter_in = Query))]
#[serde(deny_unknown_fields)]
pub struct NetworkParams {
    /// The day; today where not given.
    date: Option<String>,
    /// Language of names.
    language: Option<String>,
}

/// Every pair of neighbouring stations that any service joins, and its state in the week around a date.
#[cfg_attr(test, utoipa::path(get, path = "/network", params(NetworkParams), responses((status = 200, body = shapes::NetworkAnswer, description = "stations and links"), Errors)))]
pub async fn network(asker: Asker, Params(asked): Params<NetworkParams>) -> Result<Response, Problem> {
    let (date, now) = (date("date", asked.date.as_deref())?, asker.now());
    let language = language(asked.language.as_deref())?;
    asker
        .answer(move |desk| {
            let world = &desk.served.world;
            let view = View::new(world, PLAIN, language.as_deref());
            let date = date.map_or_else(|| status::today(world, now), Ok)?;
            Ok(json(&view, date))
        })
        .await
}

/// Two stations, the one with the lower number first, and how one goes between them.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Ends {
    from: StopId,
    to: StopId,
    mode: Mode,
}

/// What is known of a link around a date.
#[derive(Default)]
struct Link {
    running: BTreeSet<RouteId>,
    stopped: BTreeSet<RouteId>,
    suspensions: BTreeSet<SuspensionId>,
}

fn json(view: &View<'_>, date: Date) -> Value {
    let links = links(view.world, date);
    let shown = || links.iter().take(MOST_LINKS);
    let stops: BTreeSet<StopId> = shown().flat_map(|(ends, _)| [ends.from, ends.to]).collect();
    let columns = view.columns();
    let posts: BTreeSet<StopId> = view.world.borders().posts().flat_map(|(_, post)| post.ends).flatten().collect();
    let posts: BTreeSet<StopId> = posts.into_iter().map(|stop| columns.station(stop)).collect();
    let stations = stops.into_iter().map(|stop| {
        let mut station = station(view, stop);
        station["border"] = posts.contains(&stop).into();
        station
    });
    json!({
        "date": date.to_string(),
        "daysAround": AROUND,
        "stations": stations.collect::<Vec<_>>(),
        "links": shown().map(|(ends, link)| link.json(view, *ends)).collect::<Vec<_>>(),
        "linksLeftOut": links.len().saturating_sub(MOST_LINKS),
    })
}

impl Link {
    fn json(&self, view: &View<'_>, ends: Ends) -> Value {
        let (state, routes) = match (self.running.is_empty(), self.suspensions.first()) {
            (false, _) => ("running", &self.running),
            (true, Some(_)) => ("suspended", &self.stopped),
            (true, None) => ("none", &self.stopped),
        };
        let mut json = json!({
            "from": view.world.written_stop_id(ends.from),
            "to": view.world.written_stop_id(ends.to),
            "mode": ends.mode.word(),
            "state": state,
            "services": routes.iter().map(|&route| view.world.route_name(route)).collect::<Vec<_>>(),
        });
        if let ("suspended", Some(&first)) = (state, self.suspensions.first()) {
            let told = view.world.suspensions().get(first);
            json["since"] = told.period.first.map(|date| date.to_string()).into();
            json["until"] = told.period.last.map(|date| date.to_string()).into();
            json["reason"] = told.reason.clone().into();
            json["sources"] = sources(view.world, &told.sources).into();
            json["suspensions"] = self.suspensions.iter().map(|&id| motis::suspension(view, id)).collect();
        }
        json
    }
}

/// Every link, by its ends. Through carriages are left to the trains that haul them.
fn links(world: &World, date: Date) -> BTreeMap<Ends, Link> {
    let columns = world.columns();
    let crossings: BTreeMap<PatternId, Vec<Crossing<'_>>> = world.borders().of_patterns(&columns).into_iter().collect();
    let in_force: Vec<_> = world.suspensions().on(date).collect();
    let mut links: BTreeMap<Ends, Link> = BTreeMap::new();
    for pattern in columns.patterns() {
        let trips = || columns.trips_of(pattern).map(TripId::from_index);
        if trips().any(|trip| columns.way_of_trip(trip).is_some()) {
            continue;
        }
        let route = RouteId(columns.pattern_route[pattern.index()]);
        let mode = Mode::of(columns.route_kind[route.index()]);
        let runs = runs_around(world, pattern, date);
        let passed = crossings.get(&pattern).map_or(&[][..], Vec::as_slice);
        let stops = &columns.call_stop[columns.calls_of(pattern)];
        for (hop, pair) in stops.windows(2).enumerate() {
            let [one, other] = [pair[0], pair[1]].map(|stop| columns.station(StopId(stop)));
            if one == other {
                continue;
            }
            let link = links.entry(Ends { from: one.min(other), to: one.max(other), mode }).or_default();
            let is_free = |run: &&Run| world.suspended().of_ride(**run, hop as u32..hop as u32 + 1).is_empty();
            if runs.iter().any(|run| is_free(&run)) {
                link.running.insert(route);
                continue;
            }
            link.stopped.insert(route);
            let over = |post| {
                let passes = |crossing: &&Crossing<'_>| crossing.passage.is_some_and(|passage| passage.post == post);
                passed.iter().filter(passes).any(|crossing| (crossing.before..crossing.after).contains(&hop))
            };
            let concerns = |affected: &tumen_border::Affected| match affected {
                tumen_border::Affected::Post(post) => over(*post),
                affected => trips().any(|trip| affected.includes(&columns, trip)),
            };
            let own = in_force.iter().filter(|(_, suspension)| concerns(&suspension.affected));
            link.suspensions.extend(own.map(|(id, _)| *id));
        }
    }
    links
}

/// One run of each trip of a pattern that leaves in the days around a date; all of them where something is suspended, for one may run when
/// another does not.
fn runs_around(world: &World, pattern: PatternId, date: Date) -> Vec<Run> {
    let columns = world.columns();
    let asked = date.0 - columns.first_date().0;
    let mut runs = Vec::new();
    for trip in columns.trips_of(pattern).map(TripId::from_index) {
        let days = columns.days_of_trip(trip);
        let mut next = days.next_from(asked - AROUND);
        while let Some(day) = next.filter(|&day| day <= asked + AROUND) {
            runs.push(Run { trip, day });
            if world.suspended().of_trip(trip).is_empty() {
                return runs;
            }
            next = days.next_from(day + 1);
        }
    }
    runs
}
