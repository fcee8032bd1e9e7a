//! The timetable that answers, with what its feeds say beyond GTFS.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, OnceLock};
use tumen_base::{Date, FeedId, RouteId, StopId, TripId};
use tumen_border::{Affected, BorderFiles, Borders, Rules, Suspensions};
use tumen_timetable::{CarriageId, Columns, KeptError, OpenError, OpenOptions, Rows, StopNames, Timetable};

use crate::distance::Distances;
pub use crate::embedded::corridor;
use crate::runs::Marks;
use crate::stitched::Stitched;
use crate::suspended::Suspended;
use crate::{Failure, Result};

/// The files that are read beside the timetable.
const TABLES: [&str; 19] = [
    "places.txt",
    "translations.txt",
    "sources.txt",
    "border_posts.txt",
    "sections.txt",
    "through_carriages.txt",
    "carriage_types.txt",
    "border_rules.txt",
    "observations.txt",
    "known_services.txt",
    "suspensions.txt",
    "events.txt",
    "lines.txt",
    "claims.txt",
    "goods_rules.txt",
    "terminals.txt",
    "freight_services.txt",
    "stitched_trips.txt",
    "stitched_stops.txt",
];

/// A place of places.txt: the stops and airports of one city.
#[derive(Clone, Debug)]
pub struct City {
    /// place_id.
    pub id: String,
    /// Its feed.
    pub feed: FeedId,
    /// Its name.
    pub name: String,
    /// Other names people use.
    pub aliases: Vec<String>,
    /// Its stops.
    pub stops: Vec<StopId>,
}

/// A timetable and the tables beside it.
pub struct World {
    timetable: Timetable,
    tables: BTreeMap<&'static str, Rows>,
    stop_names: StopNames,
    cities: Vec<City>,
    stitched: Stitched,
    runs: Marks,
    borders: OnceLock<Borders>,
    border_rules: OnceLock<Rules>,
    suspensions: OnceLock<Suspensions>,
    suspended: OnceLock<Arc<Suspended>>,
    distances: OnceLock<Distances>,
}

impl World {
    /// Reads what stands beside a timetable.
    ///
    /// # Errors
    /// When a kept file is damaged.
    pub fn new(timetable: Timetable) -> Result<Self> {
        let columns = timetable.columns();
        let mut tables = BTreeMap::new();
        for name in TABLES {
            tables.insert(name, Rows::read(&columns, name).map_err(|error| damaged(&error))?);
        }
        let stop_names = StopNames::read(&columns).map_err(|error| damaged(&error))?;
        let cities = cities(&timetable, &tables["places.txt"]);
        let stitched = Stitched::read(&timetable, &tables["stitched_trips.txt"], &tables["stitched_stops.txt"]);
        Ok(Self {
            timetable,
            tables,
            stop_names,
            cities,
            stitched,
            runs: Marks::default(),
            borders: OnceLock::new(),
            border_rules: OnceLock::new(),
            suspensions: OnceLock::new(),
            suspended: OnceLock::new(),
            distances: OnceLock::new(),
        })
    }

    /// Opens a compiled timetable, or the embedded corridor where none is named; `today` only bounds calendars without an end.
    ///
    /// # Errors
    /// When the file is refused.
    pub fn open(path: Option<&Path>, today: Date) -> Result<Self> {
        let timetable = match path {
            None => corridor(today)?,
            Some(path) => Timetable::open(path, OpenOptions::default()).map_err(|error| refused(&error))?,
        };
        Self::new(timetable)
    }

    /// The timetable.
    pub fn timetable(&self) -> &Timetable {
        &self.timetable
    }

    /// The columns of the timetable.
    pub fn columns(&self) -> Columns<'_> {
        self.timetable.columns()
    }

    /// One of [`TABLES`]: the rows of all feeds that have it.
    ///
    /// # Panics
    /// When the file is not among them.
    pub fn rows(&self, file: &str) -> &Rows {
        &self.tables[file]
    }

    /// Names of stops in other languages.
    pub fn stop_names(&self) -> &StopNames {
        &self.stop_names
    }

    /// The stops with an id: several where feeds share it; `feed:id` names one of them.
    pub fn stops_with_id(&self, id: &str) -> Vec<StopId> {
        self.timetable.stops_with_written_id(id)
    }

    /// The stop of a feed with an id.
    pub fn stop_of_feed(&self, feed: FeedId, id: &str) -> Option<StopId> {
        self.timetable.stops_with_id(Some(feed), id).first().copied()
    }

    /// The stop's id as people write it: with the feed's prefix where there are several feeds.
    pub fn written_stop_id(&self, stop: StopId) -> String {
        let columns = self.columns();
        self.prefixed(columns.feed_of_stop(stop), columns.text(columns.stop_id[stop.index()]))
    }

    fn prefixed(&self, feed: FeedId, id: &str) -> String {
        let columns = self.columns();
        let name = columns.text(columns.feed_name[feed.index()]);
        if columns.feed_name.len() > 1 && !name.is_empty() { format!("{name}:{id}") } else { id.to_owned() }
    }

    /// The places of places.txt.
    pub fn cities(&self) -> &[City] {
        &self.cities
    }

    /// What was joined when the feeds were imported.
    pub fn stitched(&self) -> &Stitched {
        &self.stitched
    }

    /// Runs that were added or cancelled without an import.
    pub fn runs(&self) -> &Marks {
        &self.runs
    }

    /// Notes which runs were added or cancelled.
    pub(crate) fn set_marks(&mut self, marks: Marks) {
        self.runs = marks;
    }

    /// Adds a row to suspensions.txt; what was read of it before is read anew.
    pub(crate) fn suspend(&mut self, feed: FeedId, row: &[(&str, &str)]) {
        if let Some(rows) = self.tables.get_mut("suspensions.txt") {
            rows.add(feed, row);
        }
        self.suspensions = OnceLock::new();
        self.suspended = OnceLock::new();
    }

    /// Countries and border posts; found when first asked for.
    pub fn borders(&self) -> &Borders {
        let files = BorderFiles {
            posts: self.rows("border_posts.txt"),
            sections: self.rows("sections.txt"),
            carriages: self.rows("through_carriages.txt"),
            carriage_types: self.rows("carriage_types.txt"),
        };
        self.borders.get_or_init(|| Borders::of(&self.timetable, files))
    }

    /// Who may cross; read when first asked for.
    pub fn border_rules(&self) -> &Rules {
        self.border_rules.get_or_init(|| Rules::read(self.rows("border_rules.txt"), self.borders()))
    }

    /// What is suspended, and when.
    pub fn suspensions(&self) -> &Suspensions {
        self.suspensions.get_or_init(|| match self.rows("suspensions.txt") {
            rows if rows.is_empty() => Suspensions::default(),
            rows => Suspensions::read(&self.timetable, self.borders(), rows),
        })
    }

    /// The runs that suspensions hinder.
    pub fn suspended(&self) -> &Arc<Suspended> {
        self.suspended.get_or_init(|| match self.suspensions() {
            none if none.is_empty() => Arc::default(),
            suspensions => Arc::new(Suspended::new(suspensions.hindrances(&self.columns(), self.borders()))),
        })
    }

    /// What shape_dist_traveled means in each feed; found when first asked for.
    pub fn distances(&self) -> &Distances {
        self.distances.get_or_init(|| Distances::of(&self.columns()))
    }

    /// What a suspension affects, by its name.
    pub fn affected_name(&self, affected: &Affected) -> String {
        let columns = self.columns();
        match affected {
            Affected::Agency(agency) => columns.text(columns.agency_name[agency.index()]).to_owned(),
            Affected::Route(route) => self.route_name(*route),
            Affected::Trips(trips) => {
                let mut names: Vec<String> = trips.iter().map(|&trip| self.trip_name(trip)).collect();
                names.dedup();
                names.join(", ")
            }
            Affected::Carriage(carriage) => self.carriage_name(*carriage).to_owned(),
            Affected::Post(post) => self.borders().post(*post).name.clone(),
        }
    }

    /// The name of a through carriage, or its id where it has none.
    pub fn carriage_name(&self, carriage: CarriageId) -> &str {
        let columns = self.columns();
        let name = columns.text(columns.carriage_name[carriage.0 as usize]);
        if name.is_empty() { columns.text(columns.carriage_id[carriage.0 as usize]) } else { name }
    }

    /// The name of a route for people: its number and its long name.
    pub fn route_name(&self, route: RouteId) -> String {
        let columns = self.columns();
        let (short, long) = (
            columns.text(columns.route_short_name[route.index()]),
            columns.text(columns.route_long_name[route.index()]),
        );
        match (short, long) {
            ("", "") => columns.text(columns.route_id[route.index()]).to_owned(),
            ("", name) | (name, "") => name.to_owned(),
            (short, long) => format!("{short} {long}"),
        }
    }

    /// What a trip is called on a platform: its number, else the route's, else the route's name.
    pub fn trip_name(&self, trip: TripId) -> String {
        let columns = self.columns();
        let route = columns.route_of(trip).index();
        let names =
            [columns.trip_short_name[trip.index()], columns.route_short_name[route], columns.route_long_name[route]];
        let name = names.into_iter().map(|text| columns.text(text)).find(|text| !text.is_empty());
        name.unwrap_or_else(|| columns.text(columns.trip_id[trip.index()])).to_owned()
    }

    /// The through carriage with an id, and its ways.
    pub fn carriages_with_id(&self, id: &str) -> Vec<CarriageId> {
        let columns = self.columns();
        let named = |carriage: &CarriageId| {
            let index = carriage.0 as usize;
            let own = columns.text(columns.carriage_id[index]);
            let feed = columns.text(columns.feed_name[columns.carriage_feed[index] as usize]);
            own == id || id.split_once(':') == Some((feed, own))
        };
        columns.carriages().filter(named).collect()
    }

    /// The trips with an id, ways of through carriages apart; several where feeds share it, or where a frequency was
    /// expanded.
    pub fn trips_with_id(&self, id: &str) -> Vec<TripId> {
        let columns = self.columns();
        let mut trips = self.timetable.trips_with_written_id(id);
        trips.retain(|trip| columns.way_of_trip(*trip).is_none());
        trips
    }
}

fn cities(timetable: &Timetable, rows: &Rows) -> Vec<City> {
    let mut cities: Vec<City> = Vec::new();
    for row in rows.iter() {
        let stops = timetable.stops_with_id(Some(row.feed), row.get("stop_id"));
        let Some(&stop) = stops.first() else { continue };
        let id = row.get("place_id");
        let known = cities.iter().position(|city| city.feed == row.feed && city.id == id);
        let index = known.unwrap_or_else(|| {
            let name = row.get("name").to_owned();
            cities.push(City { id: id.to_owned(), feed: row.feed, name, aliases: Vec::new(), stops: Vec::new() });
            cities.len() - 1
        });
        cities[index].stops.push(stop);
        cities[index].aliases.extend(row.list("aliases").map(str::to_owned));
    }
    cities
}

/// The failure of a file that is no timetable, or a damaged one.
pub fn refused(error: &OpenError) -> Failure {
    Failure::refused("timetable_refused", error.to_string())
}

/// The failure of a timetable whose kept files cannot be read.
pub fn damaged(error: &KeptError) -> Failure {
    Failure::refused("timetable_refused", error.to_string())
}
