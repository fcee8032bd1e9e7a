//! The state of a network on a day: what runs and on which days, what is suspended, what is known but not published, and
//! where there are no data.

pub mod json;
mod services;
pub mod story;
mod tracks;

use std::collections::BTreeSet;
use tumen_base::{Date, DateSpan, FeedId, RouteId, StopId, TripId};
use tumen_border::{Affected, Period, PostId, SuspensionId};
use tumen_routing::Run;
use tumen_timetable::CarriageId;

use crate::clock::{self, DayEnd};
use crate::when::When;
use crate::world::World;
pub use services::Service;
use tracks::Tracks;

/// The state of something on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// The day lies between the first and the last of its days in the timetable.
    Runs,
    /// It is suspended.
    Suspended,
    /// It is known to run, but not when.
    Unpublished,
    /// Nothing is known of the day, which is not the same as closed.
    NoData,
}

impl State {
    /// The state in words.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Runs => "runs",
            Self::Suspended => "suspended",
            Self::Unpublished => "days not published",
            Self::NoData => "no data",
        }
    }

    /// The state in the JSON output.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Runs => "runs",
            Self::Suspended => "suspended",
            Self::Unpublished => "unpublished",
            Self::NoData => "noData",
        }
    }
}

/// A route, or a through carriage.
#[derive(Clone, Debug)]
pub struct Running {
    /// Its feed.
    pub feed: FeedId,
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The route; `None` for a carriage.
    pub route: Option<RouteId>,
    /// Its state.
    pub state: State,
    /// Its trips by their days.
    pub services: Vec<Service>,
    /// What is suspended of it on the day.
    pub suspensions: Vec<SuspensionId>,
    /// What keeps some of its runs of that service day from a part of their way, or from running: a closed post, a suspended trip.
    pub hindered: Vec<SuspensionId>,
    /// What is known of it at all.
    pub coverage: Vec<Covered>,
}

/// Days of which something is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Covered {
    /// The first; since whenever where unknown.
    pub from: Option<Date>,
    /// The last; it lasts where unknown.
    pub until: Option<Date>,
    /// [`State::Runs`] or [`State::Suspended`].
    pub state: State,
}

impl Covered {
    fn suspended(period: &Period) -> Self {
        Self { from: period.first, until: period.last, state: State::Suspended }
    }

    /// Whether a day is one of them.
    pub fn contains(&self, date: Date) -> bool {
        self.from.is_none_or(|from| from <= date) && self.until.is_none_or(|until| date <= until)
    }
}

/// A border post, or a line of tracks.
#[derive(Clone, Debug)]
pub struct Way {
    /// border_post_id or line_id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The stations at its ends, where it is a post.
    pub ends: [Option<StopId>; 2],
    /// Its state: whether anything runs over it, as far as the timetable says.
    pub state: State,
    /// What runs over it: places in [`Status::routes`].
    pub routes: Vec<usize>,
    /// Its suspensions on the day; for a line those of its posts.
    pub suspensions: Vec<SuspensionId>,
    /// What was reported of it, if that was known on the day: the words, and as of when.
    pub reported: Option<(String, String)>,
    /// Sources of what was reported, as written.
    pub sources: String,
}

/// A service of known_services.txt.
#[derive(Clone, Debug)]
pub struct Known {
    /// known_service_id.
    pub id: String,
    /// Its name with its number.
    pub name: String,
    /// Its ends.
    pub ends: [Option<StopId>; 2],
    /// [`State::Unpublished`], or [`State::NoData`] outside the days for which it is known.
    pub state: State,
    /// What is known, in words.
    pub words: String,
    /// Sources, as written.
    pub sources: String,
}

/// The state of a network.
pub struct Status {
    /// The day.
    pub date: Date,
    /// Routes.
    pub routes: Vec<Running>,
    /// Through carriages.
    pub carriages: Vec<Running>,
    /// Border posts.
    pub posts: Vec<Way>,
    /// Lines of tracks.
    pub lines: Vec<Way>,
    /// Services of which not enough is known to route them.
    pub known: Vec<Known>,
}

impl Status {
    /// The state on a day.
    pub fn on(world: &World, date: Date) -> Self {
        let mut trips: Vec<Vec<TripId>> = vec![Vec::new(); world.columns().route_id.len()];
        for trip in world.columns().trips().filter(|trip| world.columns().way_of_trip(*trip).is_none()) {
            trips[world.columns().route_of(trip).index()].push(trip);
        }
        let routes: Vec<Running> = trips
            .into_iter()
            .enumerate()
            .map(|(index, trips)| route(world, RouteId::from_index(index), trips, date))
            .collect();
        let carriages = world.columns().carriages().map(|id| carriage(world, id, date)).collect();
        let tracks = Tracks::of(world);
        let posts = world.borders().posts().map(|(id, _)| post(world, &tracks, &routes, id, date)).collect();
        let lines = tracks.lines.iter().map(|line| tracks::state(world, line, &routes, date)).collect();
        let known = world.rows("known_services.txt").iter().map(|row| known(world, &row, date)).collect();
        Self { date, routes, carriages, posts, lines, known }
    }

    /// Every source behind it, as written.
    pub fn sources(&self, world: &World) -> Vec<String> {
        let mut sources = BTreeSet::new();
        for running in self.routes.iter().chain(&self.carriages) {
            if running.state == State::Runs {
                sources.extend(running.services.iter().flat_map(|service| service.sources.clone()));
            }
            let suspensions = running.suspensions.iter().chain(&running.hindered);
            sources.extend(suspensions.map(|id| world.suspensions().get(*id).sources.clone()));
        }
        for way in self.posts.iter().chain(&self.lines) {
            sources.extend(way.reported.is_some().then(|| way.sources.clone()));
            sources.extend(way.suspensions.iter().map(|id| world.suspensions().get(*id).sources.clone()));
        }
        sources.extend(self.known.iter().map(|known| known.sources.clone()));
        sources.into_iter().collect()
    }
}

fn route(world: &World, id: RouteId, trips: Vec<TripId>, date: Date) -> Running {
    let columns = world.columns();
    let agency = columns.agency_of(id);
    let concerns = |affected: &Affected| match affected {
        Affected::Agency(other) => *other == agency,
        Affected::Route(other) => *other == id,
        Affected::Trips(others) => !trips.is_empty() && trips.iter().all(|trip| others.contains(trip)),
        Affected::Carriage(_) | Affected::Post(_) => false,
    };
    let (suspensions, coverage) = suspended(world, concerns, date);
    let hindered = hindered(world, &trips, &suspensions, date);
    let services = services::of_trips(world, trips, date);
    Running {
        hindered,
        feed: FeedId(columns.agency_feed[agency.index()]),
        id: columns.text(columns.route_id[id.index()]).to_owned(),
        name: world.route_name(id),
        route: Some(id),
        ..running(services, suspensions, coverage, date)
    }
}

fn carriage(world: &World, id: CarriageId, date: Date) -> Running {
    let columns = world.columns();
    let (suspensions, coverage) = suspended(world, |affected| *affected == Affected::Carriage(id), date);
    let ways: Vec<TripId> = columns.ways_of(id).map(|way| columns.trip_of_way(way)).collect();
    let hindered = hindered(world, &ways, &suspensions, date);
    let service = columns.service_of_carriage(id);
    let name = world.carriage_name(id);
    // The ways of a carriage are one service: it takes the one or the other.
    let all = services::of_trips(world, ways, date).into_iter().reduce(|mut one, other| {
        one.days.extend(other.days);
        one.span = (one.span.0.min(other.span.0), one.span.1.max(other.span.1));
        one
    });
    let services = all.into_iter().map(|one| {
        let day = one.days.first().map_or(one.span.1, |day| *day).0 - columns.first_date().0;
        Service {
            names: vec![name.to_owned()],
            certainty: columns.certainty_of_day(service, day),
            sources: BTreeSet::from([columns.text(columns.carriage_source[id.0 as usize]).to_owned()]),
            ..one
        }
    });
    let services = services.collect();
    Running {
        hindered,
        feed: FeedId(columns.carriage_feed[id.0 as usize]),
        id: columns.text(columns.carriage_id[id.0 as usize]).to_owned(),
        name: name.to_owned(),
        ..running(services, suspensions, coverage, date)
    }
}

/// What hinders the runs of some trips on a service day, beside what suspends all of them.
fn hindered(world: &World, trips: &[TripId], suspensions: &[SuspensionId], date: Date) -> Vec<SuspensionId> {
    let columns = world.columns();
    let Some(day) = columns.day_of(date) else { return Vec::new() };
    let runs = trips.iter().filter(|trip| columns.days_of_trip(**trip).contains(day));
    let found: BTreeSet<SuspensionId> =
        runs.flat_map(|&trip| world.suspended().of_ride(Run { trip, day }, 0..u32::MAX)).collect();
    found.into_iter().filter(|id| !suspensions.contains(id)).collect()
}

/// What suspends something on a day, and when it is suspended at all.
fn suspended(world: &World, concerns: impl Fn(&Affected) -> bool, date: Date) -> (Vec<SuspensionId>, Vec<Covered>) {
    let own = world.suspensions().iter().filter(|(_, suspension)| concerns(&suspension.affected));
    let (mut now, mut coverage) = (Vec::new(), Vec::new());
    for (id, suspension) in own {
        coverage.push(Covered::suspended(&suspension.period));
        if suspension.period.contains(date) {
            now.push(id);
        }
    }
    (now, coverage)
}

fn running(services: Vec<Service>, suspensions: Vec<SuspensionId>, mut coverage: Vec<Covered>, date: Date) -> Running {
    let first = services.iter().map(|service| service.span.0).min();
    let last = services.iter().map(|service| service.span.1).max();
    if let Some((first, last)) = first.zip(last) {
        coverage.push(Covered { from: Some(first), until: Some(last), state: State::Runs });
    }
    coverage.sort_by_key(|covered| covered.from);
    let covers = coverage.iter().any(|covered| covered.state == State::Runs && covered.contains(date));
    let state = match (suspensions.is_empty(), covers) {
        (false, _) => State::Suspended,
        (true, true) => State::Runs,
        (true, false) => State::NoData,
    };
    let (feed, id, name) = (FeedId(0), String::new(), String::new());
    let hindered = Vec::new();
    Running { feed, id, name, route: None, state, services, suspensions, hindered, coverage }
}

fn post(world: &World, tracks: &Tracks, routes: &[Running], id: PostId, date: Date) -> Way {
    let post = world.borders().post(id);
    let (suspensions, _) = suspended(world, |affected| *affected == Affected::Post(id), date);
    let over = tracks.over_post(id);
    let rows = world.rows("border_posts.txt");
    let row = rows.iter().find(|row| row.feed == post.feed && row.get("border_post_id") == post.id);
    let reported = row.and_then(|row| {
        let (words, as_of) = (row.get("status").to_owned(), row.get("as_of").to_owned());
        let known = DateSpan::parse(&as_of).is_ok_and(|span| span.last <= date);
        (known && !words.is_empty()).then_some((words, as_of))
    });
    Way {
        id: post.id.clone(),
        name: post.name.clone(),
        ends: post.ends,
        state: tracks::state_of(routes, &over, &suspensions),
        routes: over,
        suspensions,
        reported,
        sources: post.sources.clone(),
    }
}

fn known(world: &World, row: &tumen_timetable::Row<'_>, date: Date) -> Known {
    let stop = |column: &str| world.stop_of_feed(row.feed, row.get(column));
    let since = DateSpan::parse(row.get("valid_from")).ok();
    let until = DateSpan::parse(row.get("valid_to")).ok();
    let within = since.is_none_or(|since| since.first <= date) && until.is_none_or(|until| date <= until.last);
    let parts = ["days", "times", "status"].map(|column| (column, row.get(column)));
    let mut known: Vec<String> =
        parts.iter().filter(|(_, value)| !value.is_empty()).map(|(what, value)| format!("{what}: {value}")).collect();
    if !row.get("as_of").is_empty() {
        known.push(format!("as of {}", row.get("as_of")));
    }
    Known {
        id: row.get("known_service_id").to_owned(),
        name: format!("{} {}", row.get("number"), row.get("name")).trim().to_owned(),
        ends: [stop("from_stop_id"), stop("to_stop_id")],
        state: if within { State::Unpublished } else { State::NoData },
        words: known.join("; "),
        sources: row.get("source_id").to_owned(),
    }
}

/// The day of a moment, by the clock of the first feed.
///
/// # Errors
/// When it lies too far from the timetable's days.
pub fn today(world: &World, now: When) -> crate::Result<Date> {
    let columns = world.columns();
    let Some(stop) = columns.stops().next() else { return Ok(columns.first_date()) };
    let now = clock::resolve(&columns, When::Now, now, stop, DayEnd::First)?;
    let zone = columns.feeds().next().map_or_else(|| columns.zone_of_stop(stop), |feed| columns.zone_of_feed(feed));
    Ok(columns.in_zone(now, zone).date().into())
}
