//! The places of a timetable, to be searched by name.

use std::collections::{BTreeMap, BTreeSet};
use tumen_base::{PatternId, StopId, TripId};
use tumen_journey::modes::Mode;
use tumen_journey::world::{City, World};
use tumen_places::{Entry, Index, Kind, Name, Position};
use tumen_timetable::Columns;

/// Days of a week, for departures a week.
const WEEK: u64 = 7;

/// The places of a timetable.
pub struct Gazetteer {
    index: Index,
    /// The station of each entry; `None` for cities.
    stations: Vec<Option<StopId>>,
}

/// How much goes on at a station, and by what.
#[derive(Default)]
struct Traffic {
    departures: u64,
    modes: BTreeSet<Mode>,
}

impl Gazetteer {
    /// Every city, and every station at which anything calls.
    pub fn of(world: &World) -> Self {
        let columns = world.columns();
        let traffic = traffic(&columns);
        let weeks = (u64::from(columns.days().unsigned_abs()) / WEEK).max(1);
        let weekly = |departures: u64| u32::try_from(departures / weeks).unwrap_or(u32::MAX);
        let (mut entries, mut stations) = (Vec::new(), Vec::new());
        for city in world.cities() {
            let members: BTreeSet<StopId> = city.stops.iter().map(|&stop| columns.station(stop)).collect();
            let departures = members.iter().filter_map(|stop| traffic.get(stop)).map(|here| here.departures).sum();
            entries.push(Entry { importance: weekly(departures), ..of_city(world, city, &members) });
            stations.push(None);
        }
        for (&stop, here) in &traffic {
            entries.push(Entry { importance: weekly(here.departures), ..of_station(world, stop, here) });
            stations.push(Some(stop));
        }
        Self { index: Index::build(entries), stations }
    }

    /// The index to search.
    pub fn index(&self) -> &Index {
        &self.index
    }

    /// The station of an entry; `None` for cities.
    pub fn station(&self, entry: tumen_places::EntryId) -> Option<StopId> {
        self.stations.get(entry.0 as usize).copied().flatten()
    }
}

/// What leaves every station in the days of the timetable, through carriages left to the trains that haul them.
fn traffic(columns: &Columns<'_>) -> BTreeMap<StopId, Traffic> {
    let mut found: BTreeMap<StopId, Traffic> = BTreeMap::new();
    let mut running: BTreeMap<u32, u64> = BTreeMap::new();
    for pattern in columns.patterns() {
        let runs: u64 = trips(columns, pattern)
            .map(|trip| {
                let days = columns.trip_days[trip.index()];
                *running.entry(days).or_insert_with(|| columns.day_set(days).iter().count() as u64)
            })
            .sum();
        let mode = Mode::of(columns.route_kind[columns.pattern_route[pattern.index()] as usize]);
        for &stop in &columns.call_stop[columns.calls_of(pattern)] {
            let here = found.entry(columns.station(StopId(stop))).or_default();
            here.departures += runs;
            here.modes.insert(mode);
        }
    }
    found
}

fn trips<'c>(columns: &'c Columns<'_>, pattern: PatternId) -> impl Iterator<Item = TripId> + 'c {
    let all = columns.trips_of(pattern).map(TripId::from_index);
    all.filter(|trip| columns.way_of_trip(*trip).is_none())
}

fn position(columns: &Columns<'_>, stop: StopId) -> Option<Position> {
    columns.position_of_stop(stop).map(|(latitude, longitude)| Position { latitude, longitude })
}

fn of_city(world: &World, city: &City, members: &BTreeSet<StopId>) -> Entry {
    let columns = world.columns();
    let feed_language = columns.text(columns.feed_language[city.feed.index()]);
    let mut names = vec![Name::new(feed_language, &city.name)];
    for row in world.rows("translations.txt").iter() {
        let about = (row.get("table_name"), row.get("field_name"), row.get("record_id"));
        if row.feed == city.feed && about == ("places", "name", city.id.as_str()) {
            names.push(Name::new(row.get("language"), row.get("translation")));
        }
    }
    names.extend(city.aliases.iter().map(|alias| Name::new("", alias)));
    Entry {
        // What `from` and `to` take: names of cities go before those of stops.
        id: city.name.clone(),
        kind: Kind::City,
        names,
        position: members.iter().find_map(|&stop| position(&columns, stop)),
        members: members.iter().map(|&stop| world.written_stop_id(stop)).collect(),
        ..Entry::default()
    }
}

fn of_station(world: &World, stop: StopId, here: &Traffic) -> Entry {
    let columns = world.columns();
    let feed_language = columns.text(columns.feed_language[columns.feed_of_stop(stop).index()]);
    let mut names = vec![Name::new(feed_language, columns.stop_name(stop))];
    names.extend(world.stop_names().of(stop).map(|(language, name)| Name::new(language, name)));
    let code = columns.text(columns.stop_code[stop.index()]);
    let kind = match here.modes.iter().next() {
        Some(Mode::Rail) => Kind::Station,
        Some(Mode::Air) => Kind::Airport,
        _ => Kind::Stop,
    };
    Entry {
        id: world.written_stop_id(stop),
        kind,
        names,
        codes: if code.is_empty() { Vec::new() } else { vec![code.to_owned()] },
        position: position(&columns, stop),
        ..Entry::default()
    }
}
