//! What runs where: routes by the border posts that they pass and by the lines on which they call.

use std::collections::{BTreeMap, BTreeSet};
use tumen_base::{Date, FeedId, StopId, TripId};
use tumen_border::{Affected, PostId, SuspensionId};
use tumen_timetable::CarriageId;

use super::{Running, State, Way, suspended};
use crate::world::World;

/// A line of lines.txt.
pub struct Line {
    /// line_id.
    pub id: String,
    /// Its feed.
    pub feed: FeedId,
    /// Its name.
    pub name: String,
    /// Its stations: the ends of its sections.
    pub stops: BTreeSet<StopId>,
    /// Posts with both ends among its stations.
    pub posts: Vec<PostId>,
    /// Routes that call at two or more of its stations.
    pub routes: Vec<usize>,
}

/// Routes by posts and lines.
pub struct Tracks {
    /// The lines.
    pub lines: Vec<Line>,
    over_posts: BTreeMap<PostId, BTreeSet<usize>>,
    carried_over_posts: BTreeMap<PostId, BTreeSet<CarriageId>>,
}

impl Tracks {
    /// Looks through the calls of every pattern.
    pub fn of(world: &World) -> Self {
        let columns = world.columns();
        let mut over_posts: BTreeMap<PostId, BTreeSet<usize>> = BTreeMap::new();
        let mut carried_over_posts: BTreeMap<PostId, BTreeSet<CarriageId>> = BTreeMap::new();
        if world.borders().posts().next().is_some() {
            for (pattern, crossings) in world.borders().of_patterns(&columns) {
                let route = columns.pattern_route[pattern.index()] as usize;
                let ways = columns.trips_of(pattern).filter_map(|trip| columns.way_of_trip(TripId::from_index(trip)));
                let carriages: BTreeSet<CarriageId> = ways.map(|way| columns.carriage_of_way(way)).collect();
                for passage in crossings.iter().filter_map(|crossing| crossing.passage) {
                    if carriages.is_empty() {
                        over_posts.entry(passage.post).or_default().insert(route);
                    } else {
                        carried_over_posts.entry(passage.post).or_default().extend(&carriages);
                    }
                }
            }
        }
        let mut lines = lines(world);
        if !lines.is_empty() {
            let is_way = |trip: usize| columns.way_of_trip(TripId::from_index(trip)).is_some();
            for pattern in columns.patterns().filter(|&pattern| !columns.trips_of(pattern).any(is_way)) {
                let route = columns.pattern_route[pattern.index()] as usize;
                let stops: BTreeSet<StopId> = columns.call_stop[columns.calls_of(pattern)]
                    .iter()
                    .map(|&stop| columns.station(StopId(stop)))
                    .collect();
                for line in &mut lines {
                    let calls = stops.intersection(&line.stops).count();
                    if calls > 1 && !line.routes.contains(&route) {
                        line.routes.push(route);
                    }
                }
            }
        }
        Self { lines, over_posts, carried_over_posts }
    }

    /// The through carriages that pass a post.
    pub fn carried_over_post(&self, post: PostId) -> impl Iterator<Item = CarriageId> {
        self.carried_over_posts.get(&post).into_iter().flatten().copied()
    }

    /// The routes that pass a post.
    pub fn over_post(&self, post: PostId) -> Vec<usize> {
        self.over_posts.get(&post).into_iter().flatten().copied().collect()
    }
}

fn lines(world: &World) -> Vec<Line> {
    let sections = world.rows("sections.txt");
    let columns = world.columns();
    let mut lines: Vec<Line> = Vec::new();
    for row in world.rows("lines.txt").iter() {
        let known = lines.iter().position(|line| line.feed == row.feed && line.id == row.get("line_id"));
        let index = known.unwrap_or_else(|| {
            lines.push(Line {
                id: row.get("line_id").to_owned(),
                feed: row.feed,
                name: row.get("name").to_owned(),
                stops: BTreeSet::new(),
                posts: Vec::new(),
                routes: Vec::new(),
            });
            lines.len() - 1
        });
        let line = &mut lines[index];
        let is_section = |section: &tumen_timetable::Row<'_>| {
            section.feed == row.feed && section.get("section_id") == row.get("section_id")
        };
        if let Some(section) = sections.iter().find(is_section) {
            let ends = ["from_stop_id", "to_stop_id"].map(|column| world.stop_of_feed(row.feed, section.get(column)));
            line.stops.extend(ends.into_iter().flatten().map(|stop| columns.station(stop)));
        }
    }
    for line in &mut lines {
        let is_on = |stop: Option<StopId>| stop.is_some_and(|stop| line.stops.contains(&columns.station(stop)));
        let posts = world.borders().posts().filter(|(_, post)| post.ends.into_iter().all(is_on));
        line.posts = posts.map(|(id, _)| id).collect();
    }
    lines
}

/// The state of a line.
pub(super) fn state(world: &World, line: &Line, routes: &[Running], date: Date) -> Way {
    let on_line = |affected: &Affected| matches!(affected, Affected::Post(post) if line.posts.contains(post));
    let (suspensions, _) = suspended(world, on_line, date);
    Way {
        id: line.id.clone(),
        name: if line.name.is_empty() { line.id.clone() } else { line.name.clone() },
        ends: [None, None],
        // A closed border does not close the line: trains of one side go on.
        state: state_of(routes, &line.routes, &[]),
        routes: line.routes.clone(),
        suspensions,
        reported: None,
        sources: String::new(),
    }
}

/// Suspended if it is itself; running if anything runs over it; else no data.
pub(super) fn state_of(routes: &[Running], over: &[usize], suspensions: &[SuspensionId]) -> State {
    if !suspensions.is_empty() {
        State::Suspended
    } else if over.iter().any(|&route| routes[route].state == State::Runs) {
        State::Runs
    } else {
        State::NoData
    }
}
