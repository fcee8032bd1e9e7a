//! A random network compiled, and its questions put to the router.

use crate::legs;
use std::collections::HashMap;
use std::fmt;
use tumen_base::{AgencyId, Date, FeedId, StopId, TripId};
use tumen_oracle::generate::{Network, Question};
use tumen_oracle::{ChangeTime, Footpath, Oracle, Query, Row, StopRef, Vehicle};
use tumen_routing::{
    Answer, BannedRuns, Direction, Engine, Filter, Gate, Mask, Network as Routes, Place, PrecomputeOptions, Router,
    Settings, Walk, precompute,
};
use tumen_timetable::compile::{CompileOptions, WalkOptions, compile};
use tumen_timetable::{Timetable, entries};

/// The radius of generated walks.
pub const RADIUS_M: u32 = 300;
const WALKS: WalkOptions =
    WalkOptions { radius_m: RADIUS_M, speed_mm_s: 1_000, detour_permille: 1_200, change_time_s: 0 };

/// So many connections are asked for, and so many seconds ahead they may leave.
const CONNECTIONS: usize = 4;
const MOST_AHEAD: i64 = 2 * 86_400;

/// A network with its oracle and its timetable; no timetable where it has no service day.
pub struct Case {
    network: Network,
    oracle: Oracle,
    timetable: Option<Timetable>,
    /// The settings for which changes were to be stored.
    wanted: Option<Settings>,
    /// The same if they were.
    stored: Option<Settings>,
}

/// An answer on which the two do not agree.
pub struct Difference {
    search: &'static str,
    oracle: Vec<Row>,
    router: Vec<Row>,
    /// What is wrong with the legs of the router's journeys.
    faults: Vec<String>,
}

impl fmt::Display for Difference {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut rows = |who, own: &[Row], other: &[Row]| {
            own.iter().try_for_each(|row| {
                let alone = if other.contains(row) { "" } else { "  <- only here" };
                let time = |second| jiff::Timestamp::from_second(second).unwrap_or_default();
                let (departure, arrival) = (time(row.departure), time(row.arrival));
                write!(out, "\n  {who}: {departure} {arrival} {} trips{alone}", row.trips)
            })
        };
        rows("oracle", &self.oracle, &self.router)?;
        rows("router", &self.router, &self.oracle)?;
        self.faults.iter().try_for_each(|fault| write!(out, "\n  {fault}"))?;
        write!(out, "\n  in the search {}", self.search)
    }
}

/// How the question wants changes to be made.
pub fn settings(query: &Query) -> Settings {
    match query.change_time {
        ChangeTime::Strict(seconds) => Settings { walk: Walk::None, change_time: seconds as i32 },
        ChangeTime::Ordinary(seconds) => Settings { walk: Walk::Metres(RADIUS_M), change_time: seconds as i32 },
    }
}

impl Case {
    /// Compiles a network, with the changes between its runs where settings are given and they suit it.
    pub fn new(network: Network, wanted: Option<Settings>) -> Self {
        let oracle = Oracle::new(&network.feeds, network.first, network.last);
        let options = CompileOptions {
            from: Some(network.first),
            until: Some(network.last),
            walk: WALKS,
            ..CompileOptions::on(Date(0))
        };
        let timetable = compile(&network.feeds, &options, &mut |_| {}).ok();
        let mut timetable = timetable.map(|(data, _)| Timetable::from_data(data).expect("compiled columns are valid"));
        let stored = wanted.zip(timetable.as_mut()).and_then(|(settings, timetable)| {
            let columns = timetable.columns();
            let network = Routes::new(columns, settings).expect("a network");
            let changes = precompute(&network, &mut PrecomputeOptions { threads: 1, progress: &mut |_, _| {} });
            // Where trips wait for trips and changes take time, nothing can be stored.
            let guaranteed = settings.change_time > 0 && !columns.guarantee_from.is_empty();
            assert_eq!(changes.is_err(), guaranteed, "{changes:?}");
            drop(network);
            timetable.store_changes(changes.ok()?).expect("a timetable that was just compiled");
            Some(settings)
        });
        Self { network, oracle, timetable, wanted, stored }
    }

    /// The settings for which the changes between runs were to be stored.
    pub fn wanted(&self) -> Option<Settings> {
        self.wanted
    }

    pub fn network(&self) -> &Network {
        &self.network
    }

    pub fn oracle(&self) -> &Oracle {
        &self.oracle
    }

    /// What was compiled.
    pub fn timetable(&self) -> Option<&Timetable> {
        self.timetable.as_ref()
    }

    /// Whether changes are stored that hold for a question, if that is simple enough.
    pub fn answers_over_stored_changes(&self, query: &Query) -> bool {
        self.stored == Some(settings(query))
    }

    /// The walks of the ordinary mode, as docs/routing.md states them: between stops within the radius, and between the
    /// platforms of one station, where a change takes the walk or the default change time, whichever is longer.
    pub fn footpaths(&self, change_time: i64) -> Vec<Footpath> {
        let Some(timetable) = &self.timetable else { return Vec::new() };
        let columns = timetable.columns();
        let seconds =
            |metres: i64| (metres * i64::from(WALKS.detour_permille)).div_euclid(i64::from(WALKS.speed_mm_s)) + 1;
        let refs: Vec<StopRef> = columns.stops().map(|stop| self.reference(timetable, stop)).collect();
        let mut footpaths = Vec::new();
        for (stop, &from) in refs.iter().enumerate() {
            for walk in entries(columns.walk_offset, stop) {
                let (to, metres) = (refs[columns.walk_stop[walk] as usize], i64::from(columns.walk_metres[walk]));
                if metres <= i64::from(RADIUS_M) {
                    footpaths.push(Footpath { from, to, seconds: seconds(metres) });
                }
            }
            for &to in refs.iter().filter(|&&to| to != from && self.is_platform_beside(from, to)) {
                let metres = self.metres(from, to).ceil() as i64;
                footpaths.push(Footpath { from, to, seconds: seconds(metres).max(change_time) });
            }
        }
        footpaths
    }

    fn is_platform_beside(&self, from: StopRef, to: StopRef) -> bool {
        let parent = |at: StopRef| self.network.feeds[at.feed as usize].stops[at.stop as usize].parent;
        from.feed == to.feed && parent(from).is_some() && parent(from) == parent(to)
    }

    /// Metres between two stops of a random network, which lie on one meridian; 0 where a position is unknown.
    fn metres(&self, from: StopRef, to: StopRef) -> f64 {
        const METRES_PER_DEGREE: f64 = 6_371_008.8 * std::f64::consts::PI / 180.0;
        let position = |at: StopRef| self.network.feeds[at.feed as usize].stops[at.stop as usize].position;
        let (Some(from), Some(to)) = (position(from), position(to)) else { return 0.0 };
        (from.0 - to.0).abs() * METRES_PER_DEGREE
    }

    /// The stop of the network that a stop of the timetable is.
    pub fn reference(&self, timetable: &Timetable, stop: StopId) -> StopRef {
        let columns = timetable.columns();
        let feed = columns.feed_of_stop(stop).0;
        let id = columns.text(columns.stop_id[stop.index()]);
        let mut stops = self.network.feeds[feed as usize].stops.iter();
        StopRef { feed, stop: stops.position(|stop| stop.id == id).expect("a stop of the feed") as u32 }
    }

    /// Asks both, forward, backward and for the profile.
    pub fn difference(&self, question: &Question) -> Option<Difference> {
        let Question { query, window_s } = question;
        let Some(timetable) = &self.timetable else {
            let is_idle = self.oracle.earliest(query).iter().all(|row| row.trips == 0);
            assert!(is_idle, "a network with journeys was not compiled");
            return None;
        };
        let columns = timetable.columns();
        let routes = Routes::new(columns, settings(query)).expect("a network");
        let mut router = Router::new(&routes);
        let mut compare = |search: &'static str, oracle: Vec<Row>| {
            let direction = if search == "arriving" { Direction::ArriveBy } else { Direction::DepartAt };
            let asked = self.routed(timetable, query, direction);
            let mut ask = || {
                let answer = match search {
                    "profile" => router.profile(&asked, *window_s as i32),
                    "connections" => router.connections(&asked, CONNECTIONS, MOST_AHEAD as i32),
                    _ => router.journeys(&asked),
                };
                answer.expect("a query within its limits")
            };
            // The first answer is read from the whole calendar, the second, about the same days, from their window or
            // over stored changes.
            let first = ask().journeys;
            let Answer { journeys, engine, .. } = ask();
            assert_eq!(first.len(), journeys.len(), "{search}: asked again");
            if self.answers_over_stored_changes(query) && ["departing", "profile"].contains(&search) {
                assert_eq!(engine, Engine::Trips, "{search} over stored changes");
            }
            let mut rows: Vec<Row> = journeys
                .iter()
                .map(|journey| Row {
                    departure: if search == "departing" { query.time } else { columns.to_unix(journey.departure) },
                    arrival: if search == "arriving" { query.time } else { columns.to_unix(journey.arrival) },
                    trips: journey.trips,
                })
                .collect();
            rows.sort_unstable();
            let faults = journeys.iter().filter_map(|journey| legs::fault(self, timetable, query, journey));
            let faults: Vec<String> = faults.collect();
            (oracle != rows || !faults.is_empty()).then_some(Difference { search, oracle, router: rows, faults })
        };
        compare("departing", self.oracle.earliest(query))
            .or_else(|| compare("arriving", self.oracle.latest(query)))
            .or_else(|| compare("profile", self.oracle.profile(query, *window_s)))
            .or_else(|| compare("connections", self.next_connections(query)))
    }

    /// The first of all that depart within a few days and that nobody who leaves later beats.
    fn next_connections(&self, query: &Query) -> Vec<Row> {
        let mut rows = self.oracle.profile(query, MOST_AHEAD + query.horizon_s);
        rows.sort_unstable_by_key(|row| (row.departure, row.arrival));
        rows.retain(|row| row.departure < query.time + MOST_AHEAD);
        rows.truncate(CONNECTIONS);
        rows.sort_unstable();
        rows
    }

    /// The question as the router takes it.
    pub fn routed(&self, timetable: &Timetable, query: &Query, direction: Direction) -> tumen_routing::Query<'static> {
        let columns = timetable.columns();
        let place = |stop: StopRef| Place::at(columns.stop_and_descendants(self.stop(timetable, stop)));
        let time = columns.from_unix(query.time).expect("a time near the timetable");
        let mut routed = tumen_routing::Query::depart_at(place(query.from), place(query.to), time);
        let dwell = |seconds: &HashMap<StopRef, i64>| {
            let mut dwell: Vec<_> =
                seconds.iter().map(|(&stop, &seconds)| (self.stop(timetable, stop), seconds as i32)).collect();
            dwell.sort_unstable();
            dwell
        };
        routed.from.dwell = dwell(&query.check_in);
        routed.to.dwell = dwell(&query.control);
        routed.direction = direction;
        routed.horizon = query.horizon_s as i32;
        routed.max_trips = query.max_trips;
        routed.max_wait = query.max_wait.map(|wait| wait as i32);
        routed.least_change_time = query.least_change_s as i32;
        routed.extra_change_time = query.extra_change_s as i32;
        routed.filter = self.filter(timetable, query);
        routed
    }

    /// The stop of the timetable that a stop of the network is.
    pub fn stop(&self, timetable: &Timetable, stop: StopRef) -> StopId {
        let id = &self.network.feeds[stop.feed as usize].stops[stop.stop as usize].id;
        timetable.stops_with_id(Some(FeedId(stop.feed)), id)[0]
    }

    fn filter(&self, timetable: &Timetable, query: &Query) -> Filter {
        let columns = timetable.columns();
        let mut filter = Filter::default();
        let filters = &query.filters;
        filter.banned_stops = filters.banned_stops.iter().map(|&stop| self.stop(timetable, stop)).collect();
        for &trip in &filters.banned_trips {
            filter.banned_trips.extend(self.trips_of(timetable, Vehicle::Trip(trip)));
        }
        for &carriage in &filters.banned_carriages {
            filter.banned_trips.extend(self.trips_of(timetable, Vehicle::Carriage(carriage)));
        }
        let day = |date: Date| date.0 - columns.first_date().0;
        for banned in &filters.banned_runs {
            let (first_day, last_day) = (day(banned.first), day(banned.last));
            let trips = self.trips_of(timetable, banned.of).into_iter();
            filter.banned_runs.extend(trips.map(|trip| BannedRuns { trip, first_day, last_day }));
        }
        // An empty list allows everything there, nothing here: the generator never makes one.
        filter.route_kinds = filters.modes.iter().flatten().copied().collect();
        for agency in filters.agencies.iter().flatten() {
            let id = &self.network.feeds[agency.feed as usize].agencies[agency.agency as usize].id;
            let is_it = |&index: &usize| {
                columns.agency_feed[index] == agency.feed && columns.text(columns.agency_id[index]) == id
            };
            filter.agencies.extend((0..columns.agency_id.len()).filter(is_it).map(AgencyId::from_index));
        }
        filter.masks = self.masks(timetable, query);
        let time = |time: i64| columns.from_unix(time).expect("a time near the timetable");
        filter.gates = filters
            .gates
            .iter()
            .map(|gate| Gate {
                from: self.stop(timetable, gate.from),
                to: self.stop(timetable, gate.to),
                open: gate.open.iter().map(|open| time(open.start)..time(open.end)).collect(),
            })
            .collect();
        filter
    }

    /// The trips of the timetable that a trip or a carriage of the network is.
    fn trips_of(&self, timetable: &Timetable, vehicle: Vehicle) -> Vec<TripId> {
        let columns = timetable.columns();
        match vehicle {
            Vehicle::Trip(trip) => {
                let id = &self.network.feeds[trip.feed as usize].trips[trip.trip as usize].id;
                let trips = timetable.trips_with_id(Some(FeedId(trip.feed)), id).into_iter();
                trips.filter(|&trip| columns.way_of_trip(trip).is_none()).collect()
            }
            Vehicle::Carriage(carriage) => {
                let table = &self.network.feeds[carriage.feed as usize].extension["through_carriages.txt"];
                let id = table.value(&table.rows[carriage.row as usize], "through_carriage_id");
                let is_it = |index: usize| {
                    columns.text(columns.carriage_id[index]) == id && columns.carriage_feed[index] == carriage.feed
                };
                let carriages = columns.carriages().filter(|carriage| is_it(carriage.0 as usize));
                let ways = carriages.flat_map(|carriage| columns.ways_of(carriage));
                ways.map(|way| columns.trip_of_way(way)).collect()
            }
        }
    }

    /// Closed hops, for every trip that crosses them.
    fn masks(&self, timetable: &Timetable, query: &Query) -> Vec<Mask> {
        let columns = timetable.columns();
        let mut masks = Vec::new();
        for closure in &query.filters.closures {
            let ends = [closure.from, closure.to].map(|stop| self.stop(timetable, stop).0);
            let day = |date: Date| date.0 - columns.first_date().0;
            let (first_day, last_day) = (day(closure.first), day(closure.last));
            for pattern in columns.patterns() {
                let stops = &columns.call_stop[columns.calls_of(pattern)];
                for (_, hop) in stops.windows(2).zip(0..).filter(|(hop, _)| *hop == ends) {
                    let trips = columns.trips_of(pattern).map(TripId::from_index);
                    masks.extend(trips.map(|trip| Mask { trip, first_hop: hop, last_hop: hop, first_day, last_day }));
                }
            }
        }
        masks
    }
}
