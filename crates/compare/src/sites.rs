//! Places that count as one: the stops of a city, the platforms of a station, the stations that feeds share.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use tumen_analysis::Site;
use tumen_base::StopId;
use tumen_journey::names::{self, Footwork, Spot};
use tumen_journey::present::View;
use tumen_journey::search;
use tumen_journey::{Failure, Result};
use tumen_timetable::Columns;

/// Every place where anything calls, in the order of their stops.
pub fn all(view: &View<'_>) -> Vec<Site> {
    let (world, columns) = (view.world, view.columns());
    let mut groups = Groups::new(columns.stop_id.len());
    for stop in columns.stops() {
        groups.join(stop, columns.station(stop));
        for same in world.stitched().same_station(stop) {
            groups.join(stop, same);
        }
    }
    let mut cities: HashMap<StopId, usize> = HashMap::new();
    for city in world.cities() {
        for pair in city.stops.windows(2) {
            groups.join(pair[0], pair[1]);
        }
    }
    for (number, city) in world.cities().iter().enumerate() {
        cities.extend(city.stops.first().map(|&stop| (groups.first(stop), number)));
    }
    let served: BTreeSet<StopId> = columns.call_stop.iter().map(|&stop| StopId(stop)).collect();
    let mut members: BTreeMap<StopId, Vec<StopId>> = BTreeMap::new();
    for stop in columns.stops() {
        members.entry(groups.first(stop)).or_default().push(stop);
    }
    let site = |(first, stops): (StopId, Vec<StopId>)| {
        let called = |stop: &&StopId| served.contains(stop) && !world.stitched().is_border(**stop);
        let station = columns.station(*stops.iter().find(called)?);
        let (name, id) = match cities.get(&first) {
            Some(&city) => (world.cities()[city].name.clone(), world.cities()[city].id.clone()),
            None => (view.name(station), world.written_stop_id(station)),
        };
        let stops = stops.into_iter().map(|stop| (stop, 0)).collect();
        Some(of_spot(&columns, Spot { name, stops, coordinate: None }, id))
    };
    members.into_iter().filter_map(site).collect()
}

/// Places that are named, each once.
#[derive(Clone, Debug, Default)]
pub struct Named {
    sites: Vec<Site>,
}

impl Named {
    /// Adds a place.
    ///
    /// # Errors
    /// When the name is unknown or ambiguous.
    pub fn add(&mut self, view: &View<'_>, text: &str, footwork: Footwork) -> Result<()> {
        let spot = names::resolve(view.world, text, footwork)?;
        let site = of_spot(&view.columns(), spot, text.to_owned());
        if self.sites.iter().all(|other| other.place.stops != site.place.stops) {
            self.sites.push(site);
        }
        Ok(())
    }

    /// The places.
    ///
    /// # Errors
    /// When there is none.
    pub fn sites(self) -> Result<Vec<Site>> {
        if self.sites.is_empty() { Err(Failure::usage("bad_list", "no place is named")) } else { Ok(self.sites) }
    }
}

fn of_spot(columns: &Columns<'_>, spot: Spot, id: String) -> Site {
    let place = search::place(columns, &spot);
    Site { name: spot.name, id, place }
}

/// Stops joined to groups, each known by its first stop.
struct Groups {
    parent: Vec<u32>,
}

impl Groups {
    fn new(count: usize) -> Self {
        Self { parent: (0..count as u32).collect() }
    }

    fn first(&mut self, stop: StopId) -> StopId {
        let mut at = stop.0;
        while self.parent[at as usize] != at {
            self.parent[at as usize] = self.parent[self.parent[at as usize] as usize];
            at = self.parent[at as usize];
        }
        StopId(at)
    }

    fn join(&mut self, one: StopId, other: StopId) {
        let (one, other) = (self.first(one), self.first(other));
        self.parent[one.0.max(other.0) as usize] = one.0.min(other.0);
    }
}
