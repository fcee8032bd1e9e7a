//! The dated story of a post, a line, a route or a stop: suspensions and events, and what the timetable covers of it.

use serde_json::json;
use std::collections::BTreeSet;
use tumen_base::{Date, DateSpan, FeedId, RouteId, StopId};
use tumen_border::Affected;
use tumen_timetable::CarriageId;

use super::tracks::Tracks;
use super::{Running, State, Status};
use crate::Failure;
use crate::names::{self, Footwork};
use crate::world::World;

/// What an item of a story tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Told {
    /// A suspension ends on this day.
    End,
    /// A row of events.txt.
    Event,
    /// A suspension begins on this day.
    Suspension,
}

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// When, as precisely as it is known.
    pub date: DateSpan,
    /// What kind of item it is.
    pub told: Told,
    /// What it happened to, in words.
    pub about: String,
    /// What happened.
    pub text: String,
    /// Sources, as written.
    pub sources: String,
}

/// The story of something.
#[derive(Clone, Debug)]
pub struct Story {
    /// What it is the story of: posts, lines and services by their names.
    pub of: Vec<String>,
    /// What happened, in order.
    pub items: Vec<Item>,
    /// What the timetable has of the services concerned.
    pub covered: Vec<Running>,
}

/// A subject: its feed, and `KIND:ID`.
type Subject = (FeedId, String);

/// What a name or an id stands for, with what runs there.
#[derive(Clone, Debug)]
pub struct Whom {
    /// Posts, lines and services by their names; the place where there is none of them.
    pub of: Vec<String>,
    /// Their feeds, and `KIND:ID` with post, line, route, carriage or stop.
    pub subjects: BTreeSet<(FeedId, String)>,
}

/// Finds what a name or an id stands for: as a story does, without the lines on which a station lies.
///
/// # Errors
/// When nothing is called so, or several stops are.
pub fn whom(world: &World, text: &str, footwork: Footwork) -> Result<Whom, Failure> {
    let tracks = Tracks::of(world);
    let mut cast = Cast { world, tracks: &tracks, subjects: BTreeSet::new(), of: Vec::new() };
    cast.named(text);
    let spot = names::resolve(world, text, footwork);
    if let Ok(spot) = &spot {
        cast.at_stops(&spot.stops.iter().map(|(stop, _)| *stop).collect());
    }
    if cast.subjects.is_empty() {
        return Err(unknown(world, &tracks, text, spot.err()));
    }
    let mut of = std::mem::take(&mut cast.of);
    if of.is_empty() {
        of.extend(spot.ok().map(|spot| spot.name));
    }
    cast.add_what_runs_there();
    Ok(Whom { of, subjects: cast.subjects })
}

/// Tells the story of whatever a name or an id stands for.
///
/// # Errors
/// When nothing is called so, or several stops are.
pub fn of(world: &World, text: &str, footwork: Footwork, today: Date) -> Result<Story, Failure> {
    let tracks = Tracks::of(world);
    let mut cast = Cast { world, tracks: &tracks, subjects: BTreeSet::new(), of: Vec::new() };
    cast.named(text);
    let spot = names::resolve(world, text, footwork);
    if let Ok(spot) = &spot {
        let stops = spot.stops.iter().map(|(stop, _)| *stop).collect();
        cast.at_stops(&stops);
        cast.on_lines(&stops);
    }
    if cast.subjects.is_empty() {
        return Err(unknown(world, &tracks, text, spot.err()));
    }
    let mut of = std::mem::take(&mut cast.of);
    if of.is_empty() {
        of.extend(spot.ok().map(|spot| spot.name));
    }
    cast.add_what_runs_there();
    let status = Status::on(world, today);
    let covered = status.routes.iter().chain(&status.carriages).filter(|running| cast.has_running(running));
    let covered = covered.filter(|running| running.coverage.iter().any(|covered| covered.state == State::Runs));
    let covered: Vec<Running> = covered.cloned().collect();
    let mut items = cast.suspensions();
    items.extend(cast.events());
    items.sort_by_key(|item| (item.date.first, item.date.last, item.told));
    Ok(Story { of, items, covered })
}

/// Whom a story is about.
struct Cast<'w> {
    world: &'w World,
    tracks: &'w Tracks,
    subjects: BTreeSet<Subject>,
    of: Vec<String>,
}

impl Cast<'_> {
    fn add(&mut self, feed: FeedId, kind: &str, id: &str, name: &str) {
        if self.subjects.insert((feed, format!("{kind}:{id}"))) {
            self.of.push(name.to_owned());
        }
    }

    /// Posts, lines, routes and carriages with this id, or with these words in their name.
    fn named(&mut self, text: &str) {
        let (world, key) = (self.world, names::key(text));
        let fits = |id: &str, name: &str| id == text || !key.is_empty() && names::key(name).contains(&key);
        for (_, post) in world.borders().posts() {
            if fits(&post.id, &post.name) {
                self.add(post.feed, "post", &post.id, &post.name);
            }
        }
        for line in &self.tracks.lines {
            if fits(&line.id, &line.name) {
                self.add(line.feed, "line", &line.id, &line.name);
            }
        }
        for route in (0..world.columns().route_id.len()).map(RouteId::from_index) {
            let (feed, id, name) = route_names(world, route);
            if fits(id, &name) {
                self.add(feed, "route", id, &name);
            }
        }
        for carriage in world.columns().carriages() {
            let (feed, id, name) = carriage_names(world, carriage);
            if fits(id, name) {
                self.add(feed, "carriage", id, name);
            }
        }
    }

    /// Stops, and the posts at which they are.
    fn at_stops(&mut self, stops: &BTreeSet<StopId>) {
        let columns = self.world.columns();
        for &stop in stops {
            let id = columns.text(columns.stop_id[stop.index()]);
            self.subjects.insert((columns.feed_of_stop(stop), format!("stop:{id}")));
        }
        for (_, post) in self.world.borders().posts() {
            if post.ends.iter().flatten().any(|end| stops.contains(end)) {
                self.add(post.feed, "post", &post.id, &post.name);
            }
        }
    }

    /// The lines on which stops lie.
    fn on_lines(&mut self, stops: &BTreeSet<StopId>) {
        for line in &self.tracks.lines {
            if !line.stops.is_disjoint(stops) {
                self.add(line.feed, "line", &line.id, &line.name);
            }
        }
    }

    /// The posts of lines, and the routes and carriages that run over lines and posts.
    fn add_what_runs_there(&mut self) {
        for line in &self.tracks.lines {
            if self.has(line.feed, "line", &line.id) {
                for &post in &line.posts {
                    let post = self.world.borders().post(post);
                    self.subjects.insert((post.feed, format!("post:{}", post.id)));
                }
                for &route in &line.routes {
                    self.add_route(route);
                }
            }
        }
        for (id, post) in self.world.borders().posts() {
            if self.has(post.feed, "post", &post.id) {
                for route in self.tracks.over_post(id) {
                    self.add_route(route);
                }
                for carriage in self.tracks.carried_over_post(id) {
                    let (feed, id, _) = carriage_names(self.world, carriage);
                    self.subjects.insert((feed, format!("carriage:{id}")));
                }
            }
        }
    }

    fn add_route(&mut self, route: usize) {
        let (feed, id, _) = route_names(self.world, RouteId::from_index(route));
        self.subjects.insert((feed, format!("route:{id}")));
    }

    fn has(&self, feed: FeedId, kind: &str, id: &str) -> bool {
        self.subjects.contains(&(feed, format!("{kind}:{id}")))
    }

    fn has_running(&self, running: &Running) -> bool {
        self.has(running.feed, if running.route.is_some() { "route" } else { "carriage" }, &running.id)
    }

    fn suspensions(&self) -> Vec<Item> {
        let mut items = Vec::new();
        for (_, suspension) in self.world.suspensions().iter() {
            let concerned = match &suspension.affected {
                Affected::Agency(_) => self.has(suspension.feed, "agency", &suspension.affected_id),
                Affected::Route(_) => self.has(suspension.feed, "route", &suspension.affected_id),
                Affected::Trips(trips) => trips.iter().any(|&trip| {
                    let (feed, id, _) = route_names(self.world, self.world.columns().route_of(trip));
                    self.has(feed, "route", id)
                }),
                Affected::Carriage(_) => self.has(suspension.feed, "carriage", &suspension.affected_id),
                Affected::Post(_) => self.has(suspension.feed, "post", &suspension.affected_id),
            };
            if !concerned {
                continue;
            }
            let item = |date, told, text: String| Item {
                date,
                told,
                about: self.world.affected_name(&suspension.affected),
                text,
                sources: suspension.sources.clone(),
            };
            if let Some(since) = suspension.period.since {
                items.push(item(since, Told::Suspension, format!("suspended: {}", suspension.reason)));
            }
            if let Some(until) = suspension.period.until {
                let note = if suspension.note.is_empty() { String::new() } else { format!("; {}", suspension.note) };
                items.push(item(until, Told::End, format!("last day of the suspension{note}")));
            }
        }
        items
    }

    fn events(&self) -> Vec<Item> {
        let mut items = Vec::new();
        for row in self.world.rows("events.txt").iter() {
            let subjects: Vec<&str> = row.list("subject").chain(row.list("also")).collect();
            let concerned = subjects.iter().any(|subject| self.subjects.contains(&(row.feed, (*subject).to_owned())));
            let Ok(date) = DateSpan::parse(row.get("date")) else { continue };
            if concerned {
                items.push(Item {
                    date,
                    told: Told::Event,
                    about: row
                        .list("subject")
                        .map(|subject| self.subject_name(row.feed, subject))
                        .collect::<Vec<_>>()
                        .join(", "),
                    text: row.get("event").to_owned(),
                    sources: row.get("source_id").to_owned(),
                });
            }
        }
        items
    }

    /// `post:B1` as people call it.
    fn subject_name(&self, feed: FeedId, subject: &str) -> String {
        let world = self.world;
        let columns = world.columns();
        let Some((kind, id)) = subject.split_once(':') else { return subject.to_owned() };
        let name = match kind {
            "post" => world
                .borders()
                .posts()
                .find(|(_, post)| post.feed == feed && post.id == id)
                .map(|(_, post)| post.name.clone()),
            "line" => {
                self.tracks.lines.iter().find(|line| line.feed == feed && line.id == id).map(|line| line.name.clone())
            }
            "stop" => world.stop_of_feed(feed, id).map(|stop| columns.stop_name(stop).to_owned()),
            "route" => {
                let mut routes = (0..columns.route_id.len()).map(RouteId::from_index);
                let is_it = |route: &RouteId| {
                    let (of, own, _) = route_names(world, *route);
                    (of, own) == (feed, id)
                };
                routes.find(is_it).map(|route| world.route_name(route))
            }
            "carriage" => {
                let mut carriages = columns.carriages().map(|carriage| carriage_names(world, carriage));
                carriages.find(|(of, own, _)| (*of, *own) == (feed, id)).map(|(_, _, name)| name.to_owned())
            }
            _ => None,
        };
        name.filter(|name| !name.is_empty()).unwrap_or_else(|| id.to_owned())
    }
}

fn route_names(world: &World, route: RouteId) -> (FeedId, &str, String) {
    let columns = world.columns();
    let feed = FeedId(columns.agency_feed[columns.agency_of(route).index()]);
    (feed, columns.text(columns.route_id[route.index()]), world.route_name(route))
}

fn carriage_names(world: &World, carriage: CarriageId) -> (FeedId, &str, &str) {
    let columns = world.columns();
    let index = carriage.0 as usize;
    (FeedId(columns.carriage_feed[index]), columns.text(columns.carriage_id[index]), world.carriage_name(carriage))
}

/// Several stops are said as everywhere; otherwise what there is to ask about.
fn unknown(world: &World, tracks: &Tracks, text: &str, stop: Option<Failure>) -> Failure {
    if let Some(failure) = stop.filter(|failure| failure.code == "ambiguous_name") {
        return failure;
    }
    let posts: Vec<String> = world.borders().posts().map(|(_, post)| post.name.clone()).collect();
    let lines: Vec<String> = tracks.lines.iter().map(|line| line.name.clone()).collect();
    let known = posts.iter().chain(&lines).cloned().collect::<Vec<_>>().join("; ");
    let hint = if known.is_empty() { String::new() } else { format!("; there are {known}") };
    let message = format!("no post, line, route, through carriage or stop is called `{text}`{hint}");
    Failure::usage("unknown_name", message).with(json!({ "posts": posts, "lines": lines }))
}
