//! What the timetable offers: departures by day, over a post, of a route, of a through carriage, from a station.

use crate::month::{Month, Months, next};
use std::collections::{BTreeMap, BTreeSet};
use tumen_analysis::{Days, Line, Lines};
use tumen_base::{Certainty, Date, FeedId, RouteId, StopId, TripId};
use tumen_border::{Affected, Period};
use tumen_journey::world::World;
use tumen_routing::Run;
use tumen_timetable::CarriageId;

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Trains over a border post.
    Post,
    /// Trains from a station.
    Stop,
    /// Trains of a route.
    Route,
    /// A through carriage.
    Carriage,
}

impl Kind {
    /// As subjects of observations.txt are written.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Post => "post",
            Self::Stop => "stop",
            Self::Route => "route",
            Self::Carriage => "carriage",
        }
    }
}

/// What is offered of something.
#[derive(Clone, Debug)]
pub struct Offered {
    /// What it is.
    pub kind: Kind,
    /// Its feed.
    pub feed: FeedId,
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// From the first to the last date of its calendar; outside it there is no data.
    pub coverage: Option<Days>,
    /// When it is suspended.
    pub suspended: Vec<Days>,
    /// Berths of each departure, where the carriage type says.
    pub berths: Option<u32>,
    /// The months that were asked for.
    pub months: Vec<Month>,
    /// Departures by date, all of the timetable, and how many of them are assumed.
    pub by_date: BTreeMap<Date, Departures>,
}

impl Offered {
    /// `KIND:ID`.
    pub fn subject(&self) -> String {
        format!("{}:{}", self.kind.word(), self.id)
    }

    /// Departures on some days; `None` where nothing is known of one of them.
    pub fn runs_on(&self, days: Days) -> Option<u32> {
        let mut unknown: Vec<Days> = vec![days];
        for known in self.coverage.iter().chain(&self.suspended) {
            unknown = unknown.into_iter().flat_map(|days| days.without(*known).collect::<Vec<_>>()).collect();
        }
        unknown.is_empty().then(|| self.by_date.range(days.first..=days.last).map(|(_, runs)| runs.all).sum())
    }
}

/// A trip at the call where it is counted; `hop` is the one that must be open.
#[derive(Clone, Copy)]
struct Passing {
    trip: TripId,
    call: usize,
    hop: Option<u32>,
}

/// Departures of a date.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Departures {
    /// All of them.
    pub all: u32,
    /// Those of which no source supports that they run on that day.
    pub assumed: u32,
}

/// What a count is about, before it is counted.
struct Counted {
    kind: Kind,
    feed: FeedId,
    id: String,
    name: String,
    passings: Vec<Passing>,
    berths: Option<u32>,
}

/// Everything that is offered of some subjects (`KIND:ID`): posts first, then stations, routes and carriages. What passes a post is
/// counted there, by the clock there; everything else where it sets out.
pub fn of(world: &World, subjects: &BTreeSet<(FeedId, String)>, months: Months) -> Vec<Offered> {
    let columns = world.columns();
    let has = |feed: FeedId, kind: Kind, id: &str| subjects.contains(&(feed, format!("{}:{id}", kind.word())));
    let mut counted: BTreeMap<(Kind, usize), Counted> = BTreeMap::new();
    let mut lines: BTreeMap<Line, Vec<Passing>> = BTreeMap::new();
    let posts: Vec<_> = world.borders().posts().filter(|(_, post)| has(post.feed, Kind::Post, &post.id)).collect();
    for (id, post) in &posts {
        let (feed, passings) = (post.feed, Vec::new());
        let row =
            Counted { kind: Kind::Post, feed, id: post.id.clone(), name: post.name.clone(), passings, berths: None };
        counted.insert((Kind::Post, id.index()), row);
    }
    if !posts.is_empty() {
        for (pattern, crossings) in world.borders().of_patterns(&columns) {
            for crossing in &crossings {
                let Some(passage) = crossing.passage else { continue };
                let Some(row) = counted.get_mut(&(Kind::Post, passage.post.index())) else { continue };
                for trip in columns.trips_of(pattern).map(TripId::from_index) {
                    let passing = Passing { trip, call: crossing.before, hop: Some(crossing.hop() as u32) };
                    lines.entry(Lines::line(&columns, trip)).or_default().push(passing);
                    // A coach crosses with the train that hauls it.
                    if columns.way_of_trip(trip).is_none() {
                        row.passings.push(passing);
                    }
                }
            }
        }
    }
    let wanted = |line: Line| match line {
        Line::Route(route) => {
            let (feed, id) = route_id(world, route);
            has(feed, Kind::Route, id)
        }
        Line::Carriage(carriage) => {
            let (feed, id) = carriage_id(world, carriage);
            has(feed, Kind::Carriage, id)
        }
    };
    let over_posts: BTreeSet<Line> = lines.keys().copied().collect();
    let stations: Vec<StopId> = if posts.is_empty() { stations(world, &has) } else { Vec::new() };
    for trip in columns.trips() {
        let line = Lines::line(&columns, trip);
        if !over_posts.contains(&line) && wanted(line) {
            lines.entry(line).or_default().push(Passing { trip, call: 0, hop: None });
        }
        if stations.is_empty() || columns.way_of_trip(trip).is_some() {
            continue;
        }
        for call in 0..columns.call_count(trip).saturating_sub(1) {
            let station = columns.station(columns.stop_at(trip, call));
            if stations.contains(&station) && columns.call_board[columns.calls_of_trip(trip).start + call] != u32::MAX {
                let id = columns.text(columns.stop_id[station.index()]).to_owned();
                let row = counted.entry((Kind::Stop, station.index())).or_insert_with(|| Counted {
                    kind: Kind::Stop,
                    feed: columns.feed_of_stop(station),
                    id,
                    name: columns.stop_name(station).to_owned(),
                    passings: Vec::new(),
                    berths: None,
                });
                row.passings.push(Passing { trip, call, hop: Some(call as u32) });
            }
        }
    }
    for (line, passings) in lines {
        let (key, row) = match line {
            Line::Route(route) => {
                let (feed, id) = route_id(world, route);
                let (id, name) = (id.to_owned(), world.route_name(route));
                ((Kind::Route, route.index()), Counted { kind: Kind::Route, feed, id, name, passings, berths: None })
            }
            Line::Carriage(carriage) => {
                let (feed, id) = carriage_id(world, carriage);
                let berths = berths(world, feed, id);
                let (id, name) = (id.to_owned(), world.carriage_name(carriage).to_owned());
                (
                    (Kind::Carriage, carriage.0 as usize),
                    Counted { kind: Kind::Carriage, feed, id, name, passings, berths },
                )
            }
        };
        counted.insert(key, row);
    }
    counted.into_iter().map(|((kind, index), row)| row.count(world, closures(world, kind, index), months)).collect()
}

/// Stations among the subjects.
fn stations(world: &World, has: &impl Fn(FeedId, Kind, &str) -> bool) -> Vec<StopId> {
    let columns = world.columns();
    let named =
        |stop: &StopId| has(columns.feed_of_stop(*stop), Kind::Stop, columns.text(columns.stop_id[stop.index()]));
    let found: BTreeSet<StopId> = columns.stops().filter(named).map(|stop| columns.station(stop)).collect();
    found.into_iter().collect()
}

/// When a thing itself is suspended.
fn closures(world: &World, kind: Kind, index: usize) -> Vec<Days> {
    let columns = world.columns();
    let concerns = |affected: &Affected| match (kind, affected) {
        (Kind::Post, Affected::Post(post)) => post.index() == index,
        (Kind::Route, Affected::Route(route)) => route.index() == index,
        (Kind::Route, Affected::Agency(agency)) => *agency == columns.agency_of(RouteId::from_index(index)),
        (Kind::Carriage, Affected::Carriage(carriage)) => carriage.0 as usize == index,
        _ => false,
    };
    let days = |period: &Period| Days::between(period.first, period.last);
    world.suspensions().iter().filter(|(_, one)| concerns(&one.affected)).map(|(_, one)| days(&one.period)).collect()
}

impl Counted {
    fn count(self, world: &World, suspended: Vec<Days>, months: Months) -> Offered {
        let columns = world.columns();
        let mut by_date: BTreeMap<Date, Departures> = BTreeMap::new();
        let mut coverage: Option<Days> = None;
        for Passing { trip, call, hop } in self.passings {
            let stop = columns.stop_at(trip, call);
            for day in columns.days_of_trip(trip).iter() {
                let date = Date::from(columns.local_time(columns.departure_of_run(trip, day, call), stop).date());
                coverage = Some(coverage.map_or(Days { first: date, last: date }, |known| Days {
                    first: known.first.min(date),
                    last: known.last.max(date),
                }));
                let hops = hop.map_or(0..1, |hop| hop..hop + 1);
                if world.suspended().of_ride(Run { trip, day }, hops).is_empty() {
                    let departures = by_date.entry(date).or_default();
                    departures.all += 1;
                    departures.assumed += u32::from(columns.certainty_of_run(trip, day) >= Certainty::Assumed);
                }
            }
        }
        let month = |first: Date| {
            let days = Days { first, last: next(first).plus(-1) };
            let is_suspended = |date: &Date| suspended.iter().any(|days| days.contains(*date));
            let is_covered = |date: &Date| coverage.is_some_and(|known| known.contains(*date));
            let running = || by_date.range(days.first..=days.last).map(|(_, departures)| departures);
            let dates = || (days.first.0..=days.last.0).map(Date);
            Month {
                first,
                days: dates().count() as u32,
                known: dates().filter(|date| is_covered(date) && !is_suspended(date)).count() as u32,
                suspended: dates().filter(is_suspended).count() as u32,
                runs: running().map(|departures| departures.all).sum(),
                assumed: running().map(|departures| departures.assumed).sum(),
            }
        };
        let months = months.firsts().map(month).collect();
        let Self { kind, feed, id, name, berths, .. } = self;
        Offered { kind, feed, id, name, coverage, suspended, berths, months, by_date }
    }
}

/// Berths of a carriage, where its type says both how many compartments there are and how many berths each has.
fn berths(world: &World, feed: FeedId, id: &str) -> Option<u32> {
    let carriages = world.rows("through_carriages.txt");
    let own = carriages.iter().find(|row| row.feed == feed && row.get("through_carriage_id") == id)?;
    let kind = own.get("carriage_type_id");
    let types = world.rows("carriage_types.txt");
    let row = types.iter().find(|row| row.feed == feed && row.get("carriage_type_id") == kind)?;
    let number = |column: &str| row.get(column).parse::<u32>().ok().filter(|number| *number > 0);
    number("compartments")?.checked_mul(number("berths_per_compartment")?)
}

fn route_id(world: &World, route: RouteId) -> (FeedId, &str) {
    let columns = world.columns();
    let feed = FeedId(columns.agency_feed[columns.agency_of(route).index()]);
    (feed, columns.text(columns.route_id[route.index()]))
}

fn carriage_id(world: &World, carriage: CarriageId) -> (FeedId, &str) {
    let columns = world.columns();
    let index = carriage.0 as usize;
    (FeedId(columns.carriage_feed[index]), columns.text(columns.carriage_id[index]))
}
