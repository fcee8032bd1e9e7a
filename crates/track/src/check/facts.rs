//! Facts that only checking needs: what trains can do, loops, how long posts take and how many they take at once.

use std::collections::HashMap;
use tumen_base::{AgencyId, FeedId, RouteId, TripId};
use tumen_border::{Borders, PostId};
use tumen_timetable::{Columns, Row, Rows};

use crate::complaint::{Complaint, TrackError};
use crate::lines::Track;
use crate::running::Train;

/// Facts beside sections and posts, as the feeds state them.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// Kilometres from a section's first end at which trains can pass each other; empty where there is no such place. Sections of
    /// which nobody says are absent.
    pub loops: HashMap<usize, Vec<f64>>,
    /// What is stated of posts.
    pub posts: HashMap<PostId, PostFacts>,
    trains: Trains,
    /// What could not be understood.
    pub complaints: Vec<Complaint>,
}

/// What is stated of a post.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct PostFacts {
    /// Seconds that trains take between its stations.
    pub running: Option<i32>,
    /// Seconds that changing the gauge of a vehicle takes.
    pub change: Option<i64>,
    /// How many vehicles can be changed at once.
    pub change_tracks: Option<usize>,
}

#[derive(Clone, Debug, Default)]
struct Trains {
    trips: HashMap<TripId, Train>,
    routes: HashMap<RouteId, Train>,
    agencies: HashMap<AgencyId, Train>,
}

const SECTIONS: &str = "sections.txt";
const POSTS: &str = "border_posts.txt";
const TRAINS: &str = "train_types.txt";

impl Facts {
    /// Reads them from sections.txt, border_posts.txt and train_types.txt of every feed.
    ///
    /// # Errors
    /// When one of the kept files is damaged. Values that cannot be understood are complaints, and unknown.
    pub fn read(columns: &Columns<'_>, track: &Track, borders: &Borders) -> Result<Self, TrackError> {
        let mut facts = Self::default();
        facts.read_loops(track, &Rows::read(columns, SECTIONS)?);
        facts.read_posts(borders, &Rows::read(columns, POSTS)?);
        facts.read_trains(columns, &Rows::read(columns, TRAINS)?);
        Ok(facts)
    }

    /// What the train of a trip can do: as stated of the trip, else of its route, else of its agency, else at best.
    pub fn train(&self, columns: &Columns<'_>, trip: TripId) -> Train {
        let route = columns.route_of(trip);
        let Trains { trips, routes, agencies } = &self.trains;
        let stated = trips.get(&trip).or_else(|| routes.get(&route));
        stated.or_else(|| agencies.get(&columns.agency_of(route))).copied().unwrap_or(Train::FASTEST)
    }

    /// Whether it is stated of any train what it can do.
    pub fn know_trains(&self) -> bool {
        !(self.trains.trips.is_empty() && self.trains.routes.is_empty() && self.trains.agencies.is_empty())
    }

    fn read_loops(&mut self, track: &Track, rows: &Rows) {
        const COLUMN: &str = "crossing_loops_km";
        let sections: HashMap<(FeedId, u64), usize> =
            track.sections.iter().enumerate().map(|(index, section)| ((section.feed, section.row), index)).collect();
        for row in rows.iter().filter(|row| !row.get(COLUMN).is_empty()) {
            let Some(&index) = sections.get(&(row.feed, row.line())) else { continue };
            let length = track.sections[index].length_metres.map_or(f64::INFINITY, |metres| metres / 1000.0);
            let place = |place: &str| place.parse::<f64>().ok().filter(|place| *place > 0.0 && *place < length);
            let places = match row.get(COLUMN) {
                "none" => Some(Vec::new()),
                _ => row.list(COLUMN).map(place).collect(),
            };
            match places {
                Some(places) => {
                    self.loops.insert(index, places);
                }
                None => self.complain(
                    &row,
                    SECTIONS,
                    COLUMN,
                    "expected `none`, or kilometres from from_stop_id within the section, separated by `;`",
                ),
            }
        }
    }

    fn read_posts(&mut self, borders: &Borders, rows: &Rows) {
        let posts: HashMap<(FeedId, u64), PostId> =
            borders.posts().map(|(id, post)| ((post.feed, post.line), id)).collect();
        for row in rows.iter() {
            let Some(&post) = posts.get(&(row.feed, row.line())) else { continue };
            let mut minutes = |column: &'static str| {
                let value = row.get(column).parse::<f64>().ok().filter(|minutes| (0.0..=100_000.0).contains(minutes));
                if value.is_none() && !row.get(column).is_empty() {
                    self.complain(&row, POSTS, column, "expected minutes");
                }
                value
            };
            let (running, change) = (minutes("run_time_min"), minutes("gauge_change_min"));
            let tracks = row.get("gauge_change_capacity");
            let change_tracks = tracks.parse::<usize>().ok().filter(|tracks| (1..=1000).contains(tracks));
            if change_tracks.is_none() && !tracks.is_empty() {
                self.complain(&row, POSTS, "gauge_change_capacity", "expected how many vehicles, from 1 on");
            }
            let facts = PostFacts {
                running: running.map(|minutes| (minutes * 60.0) as i32),
                change: change.map(|minutes| (minutes * 60.0) as i64),
                change_tracks,
            };
            self.posts.insert(post, facts);
        }
    }

    fn read_trains(&mut self, columns: &Columns<'_>, rows: &Rows) {
        if rows.is_empty() {
            return;
        }
        let named = Named::of(columns);
        for row in rows.iter() {
            let mut figure = |column: &'static str, fastest: f64, unit: f64| {
                let value = row.get(column).parse::<f64>().ok().filter(|value| *value > 0.0 && value.is_finite());
                if value.is_none() && !row.get(column).is_empty() {
                    self.complain(&row, TRAINS, column, "expected a number above 0");
                }
                value.map_or(fastest, |value| value / unit)
            };
            let train = Train {
                top_speed: figure("top_speed_kmh", Train::FASTEST.top_speed, 3.6),
                acceleration: figure("acceleration_ms2", Train::FASTEST.acceleration, 1.0),
                braking: figure("braking_ms2", Train::FASTEST.braking, 1.0),
            };
            for subject in row.list("trains") {
                let Some((kind, id)) = subject.split_once(':') else { continue };
                // Rows that speak of the same trains: at least as good as the best of them.
                let better = |known: &mut Train| *known = known.or(train);
                let key = (row.feed, id);
                match kind {
                    "trip" => {
                        for trip in named.trips.get(&key).into_iter().flatten() {
                            self.trains.trips.entry(*trip).and_modify(better).or_insert(train);
                        }
                    }
                    "route" => {
                        if let Some(&route) = named.routes.get(&key) {
                            self.trains.routes.entry(route).and_modify(better).or_insert(train);
                        }
                    }
                    "agency" => {
                        if let Some(&agency) = named.agencies.get(&key) {
                            self.trains.agencies.entry(agency).and_modify(better).or_insert(train);
                        }
                    }
                    _ => {
                        self.complain(&row, TRAINS, "trains", "expected `trip:ID`, `route:ID` or `agency:ID`");
                    }
                }
            }
        }
    }

    fn complain(&mut self, row: &Row<'_>, file: &'static str, column: &'static str, expected: &'static str) {
        let (feed, line, value) = (row.feed, row.line(), row.get(column).to_owned());
        self.complaints.push(Complaint { file, feed, line, column, value, expected });
    }
}

/// Trips, routes and agencies by feed and id.
struct Named<'a> {
    trips: HashMap<(FeedId, &'a str), Vec<TripId>>,
    routes: HashMap<(FeedId, &'a str), RouteId>,
    agencies: HashMap<(FeedId, &'a str), AgencyId>,
}

impl<'a> Named<'a> {
    fn of(columns: &Columns<'a>) -> Self {
        let feed_of_agency = |agency: usize| FeedId(columns.agency_feed[agency]);
        let mut trips: HashMap<(FeedId, &'a str), Vec<TripId>> = HashMap::new();
        for trip in columns.trips() {
            let key = (columns.feed_of_trip(trip), columns.text(columns.trip_id[trip.index()]));
            trips.entry(key).or_default().push(trip);
        }
        let routes = (0..columns.route_id.len()).map(|route| {
            let agency = columns.route_agency[route] as usize;
            ((feed_of_agency(agency), columns.text(columns.route_id[route])), RouteId::from_index(route))
        });
        let agencies = (0..columns.agency_id.len()).map(|agency| {
            ((feed_of_agency(agency), columns.text(columns.agency_id[agency])), AgencyId::from_index(agency))
        });
        Self { trips, routes: routes.collect(), agencies: agencies.collect() }
    }
}
