//! Ways with times: services become runs of a timetable, and the exact router of passengers' journeys finds the ways.
//!
//! It is asked twice: as if everything took the least time, and as if everything took the most. A way that either of them finds is
//! then followed under both. Under the second a train that may be missed is missed, and the next one is taken: since no run of a
//! service overtakes another, goods that follow the way are never later than that.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use std::collections::{BTreeMap, BTreeSet};
use tumen_base::{Date, SECONDS_PER_DAY, StopId};
use tumen_border::State;
use tumen_feed::{Agency, Call, Feed, Service as Calendar, Stop, Transfer, Trip};
use tumen_routing::{Gate, Leg, Network as Changes, Place, Query, Router, Settings};
use tumen_timetable::compile::{CompileOptions, WalkOptions, compile};
use tumen_timetable::{Columns, Timetable};

use crate::network::Service;
use crate::route::{Change, LeftOut, Ride, RideTimes, Route, RouteError, Search};

/// A service on one gauge: what goods choose.
type Choice = (usize, u16);
/// So many openings of a terminal are looked at.
const MOST_OPENINGS: usize = 2000;

/// How long services take.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Pace {
    Least,
    Most,
}

/// The runs of every usable service with times, by cut-off.
struct Runs<'a> {
    search: &'a Search<'a>,
    of_service: BTreeMap<usize, Vec<Run>>,
    /// When each terminal that keeps known hours is open.
    open: BTreeMap<usize, Vec<(i64, i64)>>,
    ready: i64,
    end: i64,
}

/// A run, in Unix seconds.
#[derive(Clone, Copy)]
struct Run {
    cut_off: i64,
    departure: i64,
    least: i64,
    most: i64,
}

impl Run {
    const fn arrival(self, pace: Pace) -> i64 {
        self.departure + if matches!(pace, Pace::Least) { self.least } else { self.most }
    }
}

/// Ways with times, by latest arrival.
pub(crate) fn search(search: &Search<'_>, left_out: &mut BTreeSet<LeftOut>) -> Result<Vec<Route>, RouteError> {
    let runs = Runs::of(search, left_out);
    if runs.of_service.is_empty() {
        return Ok(Vec::new());
    }
    let mut ways: BTreeSet<Vec<Choice>> = BTreeSet::new();
    for pace in [Pace::Least, Pace::Most] {
        ways.extend(runs.ways(pace)?);
    }
    let mut routes: Vec<Route> = ways.iter().filter_map(|way| runs.route(way)).collect();
    let key = |route: &Route| (route.latest().unwrap_or(Timestamp::MAX), route.earliest(), route.rides.len());
    routes.sort_by_key(key);
    let beaten = |route: &Route| {
        let (latest, earliest, rides) = key(route);
        routes.iter().any(|other| {
            let other = key(other);
            other != (latest, earliest, rides) && other.0 <= latest && other.1 <= earliest && other.2 <= rides
        })
    };
    let kept: Vec<Route> = routes.iter().filter(|route| !beaten(route)).cloned().collect();
    Ok(kept)
}

impl<'a> Runs<'a> {
    fn of(search: &'a Search<'a>, left_out: &mut BTreeSet<LeftOut>) -> Self {
        let ready = search.cleared.consignment().ready.timestamp().as_second();
        let end = ready + i64::from(search.days) * i64::from(SECONDS_PER_DAY);
        let mut of_service = BTreeMap::new();
        for &place in &search.usable {
            let mut all = runs_of(search, place, ready..=end, left_out);
            if all.is_empty() {
                continue;
            }
            all.sort_by_key(|run| run.cut_off);
            of_service.insert(place, all);
        }
        let mut open = BTreeMap::new();
        for (place, terminal) in search.network.terminals.iter().enumerate() {
            if let (Some(hours), false) = (terminal.hours.known(), terminal.handling.is_empty()) {
                open.insert(place, openings(hours, ready, end));
            }
        }
        Self { search, of_service, open, ready, end }
    }

    /// The best ways at a pace, as the router finds them.
    fn ways(&self, pace: Pace) -> Result<Vec<Vec<Choice>>, RouteError> {
        let failed = |error: &dyn std::fmt::Display| RouteError::Search(error.to_string());
        let drawn = Drawing::of(self, pace);
        let mut options = CompileOptions::on(day(self.end));
        (options.from, options.until) = (Some(day(self.ready).plus(-1)), Some(day(self.end).plus(1)));
        options.walk = WalkOptions::none();
        let (data, _) = compile(&[drawn.feed], &options, &mut |_| {}).map_err(|error| failed(&error))?;
        let timetable = Timetable::from_data(data).map_err(|error| failed(&error))?;
        let columns = timetable.columns();
        let stop = |terminal: usize, gauge: u16| {
            let place = drawn.stops.iter().position(|own| *own == (terminal, gauge))?;
            timetable.stops_with_id(None, &place.to_string()).first().copied()
        };
        let origins = self.search.origins.iter();
        let from: BTreeSet<StopId> = origins
            .flat_map(|origin| self.search.first_gauges(*origin).into_iter().filter_map(|gauge| stop(*origin, gauge)))
            .collect();
        let ends = drawn.stops.iter().filter(|(terminal, _)| self.search.destinations.contains(terminal));
        let to: BTreeSet<StopId> = ends.filter_map(|(terminal, gauge)| stop(*terminal, *gauge)).collect();
        let Some(time) = columns.from_unix(self.ready).filter(|_| !from.is_empty() && !to.is_empty()) else {
            return Ok(Vec::new());
        };
        let to = Place { walks: false, ..Place::at(to) };
        let mut query = Query::depart_at(Place::at(from), to, time);
        query.horizon = (self.end - self.ready) as i32;
        query.filter.gates = self.gates(&columns, &stop);
        let changes = Changes::new(timetable.columns(), Settings::STRICT).map_err(|error| failed(&error))?;
        let answer = Router::new(&changes).journeys(&query).map_err(|error| failed(&error))?;
        let choice = |leg: &Leg| match leg {
            Leg::Ride { parts, .. } => {
                let trip = parts.first()?.run.trip;
                let (service, gauge) = columns.text(columns.trip_id[trip.index()]).split_once('@')?;
                let gauge = gauge.split('/').next()?;
                Some((service.parse().ok()?, gauge.parse().ok()?))
            }
            Leg::Walk { .. } => None,
        };
        let ways = answer.journeys.iter().map(|journey| journey.legs.iter().filter_map(choice).collect::<Vec<_>>());
        Ok(ways.filter(|way| !way.is_empty()).collect())
    }

    /// Terminals with known hours, as gates on the ways from gauge to gauge.
    fn gates(&self, columns: &Columns<'_>, stop: &dyn Fn(usize, u16) -> Option<StopId>) -> Vec<Gate> {
        let mut gates = Vec::new();
        for (terminal, open) in &self.open {
            let times = open.iter().filter_map(|(from, to)| Some(columns.from_unix(*from)?..columns.from_unix(*to)?));
            let times: Vec<_> = times.collect();
            for change in self.search.changes(*terminal) {
                if let (Some(from), Some(to)) = (stop(*terminal, change.from), stop(*terminal, change.to)) {
                    gates.push(Gate { from, to, open: times.clone() });
                }
            }
        }
        gates
    }

    /// A way under both paces; `None` where it cannot even be followed if all goes well.
    fn route(&self, way: &[Choice]) -> Option<Route> {
        let earliest = self.follow(way, Pace::Least)?;
        let latest = self.follow(way, Pace::Most);
        let rides = earliest.into_iter().enumerate().map(|(place, (change, times))| Ride {
            service: way[place].0,
            gauge: way[place].1,
            change,
            earliest: Some(times),
            latest: latest.as_ref().map(|latest| latest[place].1),
        });
        Some(self.search.route(rides.collect(), true))
    }

    fn follow(&self, way: &[Choice], pace: Pace) -> Option<Vec<(Option<Change>, RideTimes)>> {
        let first = self.search.service(way.first()?.0).from;
        let gauges = self.search.first_gauges(first);
        let starts = gauges.iter().filter_map(|gauge| self.follow_from(way, pace, *gauge));
        starts.min_by_key(|rides| rides.last().map(|(_, times)| times.arrival))
    }

    fn follow_from(&self, way: &[Choice], pace: Pace, start: u16) -> Option<Vec<(Option<Change>, RideTimes)>> {
        let mut rides = Vec::new();
        let (mut time, mut gauge) = (self.ready, start);
        for (service, next) in way {
            let terminal = self.search.service(*service).from;
            let change = if gauge == *next { None } else { Some(self.search.change(terminal, [gauge, *next])?) };
            if let Some(change) = &change {
                time = self.begins(terminal, time)? + i64::from(change.seconds?);
            }
            let run = *self.of_service.get(service)?.iter().find(|run| run.cut_off >= time)?;
            let stamp = |seconds| Timestamp::from_second(seconds).ok();
            time = run.arrival(pace);
            let times =
                RideTimes { cut_off: stamp(run.cut_off)?, departure: stamp(run.departure)?, arrival: stamp(time)? };
            rides.push((change, times));
            gauge = *next;
        }
        Some(rides)
    }

    /// When a terminal begins to handle what is there at a time.
    fn begins(&self, terminal: usize, time: i64) -> Option<i64> {
        match self.open.get(&terminal) {
            None => Some(time),
            Some(open) => open.iter().find(|(_, to)| time < *to).map(|(from, _)| time.max(*from)),
        }
    }
}

/// The services as a feed at a pace: a stop for each gauge of a terminal, a trip for each clock time of a service's cut-off.
struct Drawing {
    feed: Feed,
    /// Terminal and gauge of each stop, whose id is its place.
    stops: Vec<(usize, u16)>,
}

impl Drawing {
    fn of(runs: &Runs<'_>, pace: Pace) -> Self {
        let mut drawing = Self {
            feed: Feed {
                zone: "UTC".to_owned(),
                agencies: vec![Agency { zone: "UTC".to_owned(), ..Agency::default() }],
                routes: vec![tumen_feed::Route { id: "goods".to_owned(), kind: 2, ..tumen_feed::Route::default() }],
                ..Feed::default()
            },
            stops: Vec::new(),
        };
        for (&service, all) in &runs.of_service {
            drawing.add_service(runs.search.service(service), service, all, pace);
        }
        for terminal in 0..runs.search.network.terminals.len() {
            for change in runs.search.changes(terminal) {
                let Some(seconds) = change.seconds else { continue };
                let [from, to] = [change.from, change.to].map(|gauge| drawing.stop(terminal, gauge));
                drawing.feed.transfers.push(Transfer {
                    from_stop: Some(from),
                    to_stop: Some(to),
                    kind: 2,
                    min_time: Some(seconds),
                    ..Transfer::default()
                });
            }
        }
        drawing
    }

    fn stop(&mut self, terminal: usize, gauge: u16) -> u32 {
        let known = self.stops.iter().position(|own| *own == (terminal, gauge));
        known.unwrap_or_else(|| {
            self.stops.push((terminal, gauge));
            let id = (self.stops.len() - 1).to_string();
            self.feed.stops.push(Stop { id, ..Stop::default() });
            self.stops.len() - 1
        }) as u32
    }

    fn add_service(&mut self, service: &Service, place: usize, runs: &[Run], pace: Pace) {
        let mut by_clock: BTreeMap<(i64, i64), BTreeSet<Date>> = BTreeMap::new();
        for run in runs {
            let clock = run.cut_off.rem_euclid(i64::from(SECONDS_PER_DAY));
            by_clock.entry((clock, run.arrival(pace) - run.cut_off)).or_default().insert(day(run.cut_off));
        }
        for &gauge in &service.gauges {
            let [from, to] = [service.from, service.to].map(|terminal| self.stop(terminal, gauge));
            for (number, ((clock, takes), dates)) in by_clock.iter().enumerate() {
                let feed = &mut self.feed;
                let id = format!("{place}@{gauge}/{number}");
                feed.services.push(Calendar::of_dates(id.clone(), dates));
                let first = feed.calls.len() as u32;
                let call =
                    |stop, time: i64| Call { stop, arrival: time as i32, departure: time as i32, ..Call::default() };
                feed.calls.extend([call(from, *clock), call(to, clock + takes)]);
                let service = (feed.services.len() - 1) as u32;
                feed.trips.push(Trip { id, service, direction: 2, calls: first..first + 2, ..Trip::default() });
            }
        }
    }
}

/// The runs of a service whose cut-off lies within some time, without those that are suspended or find their post closed.
fn runs_of(
    search: &Search<'_>,
    place: usize,
    within: std::ops::RangeInclusive<i64>,
    left_out: &mut BTreeSet<LeftOut>,
) -> Vec<Run> {
    let service = search.service(place);
    let Some(times) = &service.times else { return Vec::new() };
    let zone = search.columns.zone_of_stop(search.network.terminals[service.from].stop);
    let days = day(*within.start()).plus(-61)..=day(*within.end()).plus(1);
    let post = service.post.map(|post| search.borders.post(post));
    let mut runs = Vec::new();
    for date in times.days.iter().filter(|date| days.contains(date)) {
        let Some(departure) = instant(&zone, *date, times.departure) else { continue };
        let cut_off = departure - i64::from(service.cut_off.unwrap_or(0));
        if !within.contains(&cut_off) {
            continue;
        }
        if let Some(closure) = service.closed_on(day_in(&zone, departure)) {
            left_out.insert(LeftOut::closed(service, closure));
            continue;
        }
        let is_closed = post.is_some_and(|post| {
            Timestamp::from_second(departure).is_ok_and(|instant| post.hours.state(instant) == State::Closed)
        });
        if is_closed {
            let reason = post.map_or(String::new(), |post| {
                format!("some runs leave while {} is closed ({})", post.name, post.known_hours())
            });
            let sources = post.map_or(String::new(), |post| post.sources.clone());
            left_out.insert(LeftOut { service: service.name.clone(), reason, sources });
            continue;
        }
        runs.push(Run { cut_off, departure, least: times.least.into(), most: times.most.into() });
    }
    runs
}

/// The Unix second of a clock time of a service day.
fn instant(zone: &TimeZone, date: Date, clock: i32) -> Option<i64> {
    let (days, seconds) = (clock.div_euclid(SECONDS_PER_DAY), clock.rem_euclid(SECONDS_PER_DAY));
    let [hour, minute, second] = [seconds / 3600, seconds / 60 % 60, seconds % 60].map(|part| part as i8);
    let local = date.plus(days).civil().at(hour, minute, second, 0);
    zone.to_ambiguous_timestamp(local).compatible().ok().map(Timestamp::as_second)
}

fn day(unix: i64) -> Date {
    Date(unix.div_euclid(i64::from(SECONDS_PER_DAY)) as i32)
}

fn day_in(zone: &TimeZone, unix: i64) -> Date {
    Timestamp::from_second(unix).map_or_else(|_| day(unix), |instant| instant.to_zoned(zone.clone()).date().into())
}

/// When hours are open, in Unix seconds.
fn openings(hours: &tumen_border::PostHours, from: i64, to: i64) -> Vec<(i64, i64)> {
    let mut open = Vec::new();
    let mut time = from;
    while time < to && open.len() < MOST_OPENINGS {
        let opens = Timestamp::from_second(time).ok().and_then(|instant| hours.next_opening(instant));
        let Some(opens) = opens.filter(|opens| opens.as_second() < to) else { break };
        let closes = hours.next_closing(opens).map_or(to, Timestamp::as_second);
        if closes <= opens.as_second() {
            break;
        }
        open.push((opens.as_second(), closes));
        time = closes;
    }
    open
}
