//! From options to queries: who asks the router, and what for.

use std::ops::{Range, RangeInclusive};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tumen_base::{AgencyId, SECONDS_PER_DAY, StopId, Time, TripId};
use tumen_routing::{
    Answer, Direction, Filter, Limit, MAX_TRIPS, Network, Place, Query, Router, RoutingError, Settings, Walk,
};
use tumen_timetable::{Columns, entries};

use crate::airports::Airports;
use crate::boardings::fewest_boardings;
use crate::modes::Mode;
use crate::names::{Footwork, Spot};
use crate::suspended::Suspended;
use crate::world::World;
use crate::{Failure, Result};

/// What a timetable says of walks, from the import.
#[derive(Clone, Copy, Debug)]
pub struct WalkDefaults {
    /// Straight-line metres.
    pub radius_m: u32,
    /// Millimetres a second.
    pub speed_mm_s: i64,
    /// Way on foot for 1,000 straight-line metres.
    pub detour_permille: i64,
    /// Seconds of a change at one stop.
    pub change_time: i32,
}

impl WalkDefaults {
    /// Reads them from the settings column.
    pub fn of(columns: &Columns<'_>) -> Self {
        let setting = |index: usize| columns.settings.get(index).copied().unwrap_or(0).max(0);
        Self {
            radius_m: u32::try_from(setting(0)).unwrap_or(u32::MAX),
            speed_mm_s: setting(1),
            detour_permille: setting(2),
            change_time: i32::try_from(setting(3)).unwrap_or(i32::MAX),
        }
    }
}

/// The settings of a network: the timetable's own, unless the question says otherwise. Without walks there is no
/// default change time either: that is the strict mode.
pub fn settings(columns: &Columns<'_>, walk: Option<Walk>, change_time: Option<i32>) -> Settings {
    let defaults = WalkDefaults::of(columns);
    let walk = walk.unwrap_or(match defaults.radius_m {
        0 => Walk::None,
        radius_m => Walk::Metres(radius_m),
    });
    let usual = if walk == Walk::None { 0 } else { defaults.change_time };
    Settings { walk, change_time: change_time.unwrap_or(usual) }
}

/// How coordinates reach stops.
pub fn footwork(columns: &Columns<'_>, walk: Option<Walk>) -> Footwork {
    let defaults = WalkDefaults::of(columns);
    let radius_m = match walk {
        Some(Walk::Metres(metres)) => metres,
        Some(Walk::None) => 0,
        None => defaults.radius_m.max(500),
    };
    Footwork {
        radius_m,
        speed_mm_s: if defaults.speed_mm_s == 0 { 1200 } else { defaults.speed_mm_s },
        detour_permille: if defaults.detour_permille == 0 { 1300 } else { defaults.detour_permille },
    }
}

/// The longest journey that can be asked for, in seconds.
pub const LONGEST_HORIZON: i32 = 60 * SECONDS_PER_DAY;
/// How long before a first flight one is at the airport where nobody says otherwise, in seconds: an assumption.
pub const USUAL_CHECK_IN: i32 = 7200;
/// How long control takes after a last flight where nobody says otherwise, in seconds: an assumption.
pub const USUAL_CONTROL: i32 = 3600;

/// What a journey may use, as whoever asks says it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Usable {
    /// Most changes.
    pub max_transfers: Option<u8>,
    /// Longest wait between two rides, in seconds.
    pub max_wait: Option<i32>,
    /// Only these modes; empty allows all.
    pub modes: Vec<Mode>,
    /// Only these agencies, by id or name; empty allows all.
    pub agencies: Vec<String>,
    /// Walks between stops; the timetable's own where not said.
    pub walk: Option<Walk>,
    /// Seconds of a change at one stop; the timetable's own where not said.
    pub change_time: Option<i32>,
    /// Seconds that a change takes at least.
    pub least_change_time: i32,
    /// Seconds added to every change.
    pub extra_change_time: i32,
    /// Seconds at an airport before a first flight.
    pub check_in: i32,
    /// Seconds at an airport after a last flight.
    pub control: i32,
    /// Stops at which nobody boards or alights, by id or name.
    pub banned_stops: Vec<String>,
    /// Trips and through carriages that are not ridden, by id.
    pub banned_trips: Vec<String>,
}

impl Default for Usable {
    fn default() -> Self {
        Self {
            max_transfers: None,
            max_wait: None,
            modes: Vec::new(),
            agencies: Vec::new(),
            walk: None,
            change_time: None,
            least_change_time: 0,
            extra_change_time: 0,
            check_in: USUAL_CHECK_IN,
            control: USUAL_CONTROL,
            banned_stops: Vec::new(),
            banned_trips: Vec::new(),
        }
    }
}

/// From where to where, how far the search goes and what may be used.
#[derive(Clone, Debug)]
pub struct Question {
    /// Origin: a name, a stop id or `lat,lon`.
    pub from: String,
    /// Destination, likewise.
    pub to: String,
    /// How far the search goes.
    pub extent: Extent,
    /// What may be used.
    pub usable: Usable,
}

impl Question {
    /// The settings of the network that answers.
    pub fn settings(&self, columns: &Columns<'_>) -> Settings {
        settings(columns, self.usable.walk, self.usable.change_time)
    }

    /// Resolves what it names.
    ///
    /// # Errors
    /// When a stop, trip or agency is unknown or ambiguous.
    pub fn search(&self, world: &World) -> Result<Search> {
        let footwork = footwork(&world.columns(), self.usable.walk);
        let from = crate::names::resolve(world, &self.from, footwork)?;
        let to = crate::names::resolve(world, &self.to, footwork)?;
        Search::of(world, from, to, self.extent, &self.usable)
    }
}

/// A search that a question describes, ready to be asked at any time.
#[derive(Clone, Debug)]
pub struct Search {
    /// Origin.
    pub from: Spot,
    /// Destination.
    pub to: Spot,
    /// Longest journey in seconds.
    pub horizon: i32,
    /// Most trips boarded.
    pub max_trips: u8,
    /// Longest wait between rides.
    pub max_wait: Option<i32>,
    /// Seconds that a change takes at least.
    pub least_change_time: i32,
    /// Seconds added to every change.
    pub extra_change_time: i32,
    /// What may be used, modes apart.
    pub filter: Filter,
    /// Allowed modes; empty allows all.
    pub modes: Vec<Mode>,
    /// What is suspended.
    pub suspended: Arc<Suspended>,
    /// Time at airports.
    pub airports: Airports,
    /// When to give up.
    pub deadline: Instant,
}

/// How far a search goes, in seconds.
#[derive(Clone, Copy, Debug)]
pub struct Extent {
    /// Longest journey.
    pub horizon: i32,
    /// Longest search.
    pub timeout: i32,
}

impl Search {
    /// Resolves what the options name.
    ///
    /// # Errors
    /// When a stop, trip or agency is unknown.
    pub fn of(world: &World, from: Spot, to: Spot, extent: Extent, usable: &Usable) -> Result<Self> {
        let columns = world.columns();
        let Extent { horizon, timeout } = extent;
        let filter = Filter {
            banned_stops: banned_stops(world, &usable.banned_stops)?,
            banned_trips: banned_trips(world, &usable.banned_trips)?,
            agencies: agencies(&columns, &usable.agencies)?,
            ..Filter::default()
        };
        Ok(Self {
            from,
            to,
            horizon,
            max_trips: usable.max_transfers.map_or(MAX_TRIPS, |transfers| transfers + 1),
            max_wait: usable.max_wait,
            least_change_time: usable.least_change_time,
            extra_change_time: usable.extra_change_time,
            filter,
            modes: usable.modes.clone(),
            suspended: Arc::clone(world.suspended()),
            airports: Airports::of(&columns, usable),
            deadline: Instant::now() + Duration::from_secs(u64::from(timeout.unsigned_abs())),
        })
    }

    /// Whether it is time to give up.
    pub fn is_expired(&self) -> bool {
        Instant::now() >= self.deadline
    }

    /// The same search by one mode alone.
    #[must_use]
    pub fn by(&self, mode: Mode) -> Self {
        Self { modes: vec![mode], ..self.clone() }
    }

    /// The same search for one ride in a through carriage; `None` where the timetable has none.
    pub fn by_carriage(&self, columns: &Columns<'_>) -> Option<Self> {
        if columns.way_trip.is_empty() {
            return None;
        }
        let mut search = Self { max_trips: 1, ..self.clone() };
        search.filter.banned_trips.extend(columns.trips().filter(|trip| columns.way_of_trip(*trip).is_none()));
        Some(search)
    }

    /// The same search as if nothing were suspended.
    #[must_use]
    pub fn as_if_nothing_were_suspended(&self) -> Self {
        Self { suspended: Arc::default(), ..self.clone() }
    }

    /// Whether anything that journeys may ride which leave in so many seconds from a time is suspended.
    pub fn is_suspended(&self, columns: &Columns<'_>, time: Time, window: i32) -> bool {
        let mut filter = Filter::default();
        self.suspended.forbid(columns, span(time, Direction::DepartAt, window, self.horizon), &mut filter);
        !filter.is_empty()
    }

    /// The query at a time, or for departures in so many seconds from it.
    pub fn query(&self, columns: &Columns<'_>, time: Time, direction: Direction, window: i32) -> Query<'static> {
        let mut filter = self.filter.clone();
        self.suspended.forbid(columns, span(time, direction, window, self.horizon), &mut filter);
        if !self.modes.is_empty() {
            filter.route_kinds = route_kinds(columns, &self.modes);
        }
        Query {
            from: Place { dwell: self.airports.before(), ..place(columns, &self.from) },
            to: Place { dwell: self.airports.after(), ..place(columns, &self.to) },
            time,
            direction,
            horizon: self.horizon,
            max_trips: self.max_trips,
            max_wait: self.max_wait,
            least_change_time: self.least_change_time,
            extra_change_time: self.extra_change_time,
            filter,
            cancel: None,
        }
    }
}

/// The times between which journeys of a query may be under way.
pub fn span(time: Time, direction: Direction, window: i32, horizon: i32) -> Range<Time> {
    match direction {
        Direction::DepartAt => time..time.saturating_add(window).saturating_add(horizon),
        Direction::ArriveBy => time.saturating_sub(horizon)..time,
    }
}

/// The stops of a spot, as the router takes them. Whoever is in a city may begin at any of its stations: a walk from one of them to another would
/// only pretend an earlier start.
pub fn place(columns: &Columns<'_>, spot: &Spot) -> Place {
    let leads_out = |stop: &StopId| {
        let walks = &columns.walk_stop[entries(columns.walk_offset, stop.index())];
        let rules = &columns.stop_rule_to[entries(columns.stop_rule_offset, stop.index())];
        walks.iter().chain(rules).any(|to| spot.stops.iter().all(|(own, _)| own.0 != *to))
    };
    let walks = spot.coordinate.is_none() && spot.stops.iter().any(|(stop, _)| leads_out(stop));
    Place { stops: spot.stops.clone(), walks, dwell: Vec::new() }
}

/// The route types of some modes that the timetable has; a type nobody uses where it has none, for an empty list would
/// allow all.
pub fn route_kinds(columns: &Columns<'_>, modes: &[Mode]) -> Vec<u16> {
    let mut kinds: Vec<u16> = columns.route_kind.to_vec();
    kinds.sort_unstable();
    kinds.dedup();
    kinds.retain(|&kind| modes.contains(&Mode::of(kind)));
    if kinds.is_empty() {
        kinds.push(u16::MAX);
    }
    kinds
}

/// The modes of a timetable that some search may use.
pub fn modes(columns: &Columns<'_>, allowed: &[Mode]) -> Vec<Mode> {
    let mut modes: Vec<Mode> = columns.route_kind.iter().map(|&kind| Mode::of(kind)).collect();
    modes.sort_unstable();
    modes.dedup();
    modes.retain(|mode| allowed.is_empty() || allowed.contains(mode));
    modes
}

fn banned_stops(world: &World, ids: &[String]) -> Result<Vec<StopId>> {
    let columns = world.columns();
    let mut stops = Vec::new();
    for id in ids {
        let found = world.stops_with_id(id);
        if found.is_empty() {
            let spot = crate::names::resolve(world, id, footwork(&columns, None))?;
            stops.extend(spot.stops.into_iter().map(|(stop, _)| stop));
        }
        stops.extend(found.into_iter().flat_map(|stop| columns.stop_and_descendants(stop)));
    }
    Ok(stops)
}

fn banned_trips(world: &World, ids: &[String]) -> Result<Vec<TripId>> {
    let columns = world.columns();
    let mut trips = Vec::new();
    for id in ids {
        let carriages = world.carriages_with_id(id).into_iter();
        let ways = carriages.flat_map(|carriage| columns.ways_of(carriage)).map(|way| columns.trip_of_way(way));
        let mut found: Vec<TripId> = world.trips_with_id(id).into_iter().chain(ways).collect();
        // Whoever will not ride a train will not ride a carriage that it hauls.
        let hauled = columns.trips().filter(|trip| {
            columns.way_of_trip(*trip).is_some_and(|way| columns.hosts(way).any(|host| found.contains(&host.trip)))
        });
        let hauled: Vec<TripId> = hauled.collect();
        found.extend(hauled);
        if found.is_empty() {
            return Err(Failure::usage("unknown_trip", format!("no trip or through carriage has the id `{id}`")));
        }
        trips.extend(found);
    }
    Ok(trips)
}

fn agencies(columns: &Columns<'_>, wanted: &[String]) -> Result<Vec<AgencyId>> {
    let mut agencies = Vec::new();
    for text in wanted {
        let key = crate::names::key(text);
        let all = (0..columns.agency_id.len()).map(AgencyId::from_index);
        let named = |agency: &AgencyId| {
            let (id, name) = (columns.agency_id[agency.index()], columns.agency_name[agency.index()]);
            columns.text(id) == text || crate::names::key(columns.text(name)) == key
        };
        let found: Vec<AgencyId> = all.filter(named).collect();
        if found.is_empty() {
            let names: Vec<String> = (0..columns.agency_id.len().min(20))
                .map(|agency| {
                    format!(
                        "{} ({})",
                        columns.text(columns.agency_id[agency]),
                        columns.text(columns.agency_name[agency])
                    )
                })
                .collect();
            let message = format!("no agency is called `{text}`; there are {}", names.join(", "));
            return Err(Failure::usage("unknown_agency", message));
        }
        agencies.extend(found);
    }
    Ok(agencies)
}

/// A failure for what the router refuses.
pub fn refused(error: &RoutingError) -> Failure {
    Failure::usage("query_refused", error.to_string())
}

/// A network for some settings.
///
/// # Errors
/// When walks are asked for that the timetable does not have.
pub fn network<'a>(columns: &Columns<'a>, settings: Settings) -> Result<Network<'a>> {
    Network::new(*columns, settings).map_err(|error| refused(&error))
}

/// What a search asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ask {
    /// Depart at or after.
    Depart(Time),
    /// Arrive at or before.
    Arrive(Time),
    /// Every departure from a time on, for so many seconds.
    Window(Time, i32),
    /// The next so many journeys from a time on, of those that leave within a year.
    Connections(Time, u16),
    /// All journeys that leave in so many seconds from a time on, without those that one beats which leaves later, however much later.
    Span(Time, i32),
}

impl Ask {
    /// The time from which, or until which, is asked.
    pub fn time(self) -> Time {
        match self {
            Self::Depart(time)
            | Self::Arrive(time)
            | Self::Window(time, _)
            | Self::Connections(time, _)
            | Self::Span(time, _) => time,
        }
    }
}

/// No trip is longer: `1440:00:00`.
const LONGEST_TRIP: i32 = 60 * SECONDS_PER_DAY;

impl Ask {
    /// The service days of all runs that journeys up to a length may ride.
    pub fn service_days(self, columns: &Columns<'_>, horizon: i32) -> RangeInclusive<i32> {
        let (before, after) = match self {
            Self::Depart(_) => (0, horizon),
            Self::Arrive(_) => (horizon, 0),
            Self::Window(_, window) | Self::Span(_, window) => (0, window.saturating_add(horizon)),
            Self::Connections(..) => (0, MOST_AHEAD.saturating_add(horizon)),
        };
        let day = |time: Time| {
            let days = columns.to_unix(time).div_euclid(SECONDS_PER_DAY.into()) - i64::from(columns.first_date().0);
            days.clamp(-1, i64::from(columns.days())) as i32
        };
        let first = day(self.time().saturating_sub(before).saturating_sub(LONGEST_TRIP)) - 1;
        first..=day(self.time().saturating_add(after)) + 1
    }
}

/// How far ahead connections are looked for.
const MOST_AHEAD: i32 = 366 * SECONDS_PER_DAY;

/// Asks a router: journeys by arrival, by departure in a window, latest departure first before a time of arrival.
///
/// # Errors
/// When the router refuses the query.
pub fn ask(router: &mut Router<'_, '_>, columns: &Columns<'_>, search: &Search, ask: Ask) -> Result<Answer> {
    let expired = || search.is_expired();
    let (direction, window) = match ask {
        Ask::Depart(_) => (Direction::DepartAt, 0),
        Ask::Arrive(_) => (Direction::ArriveBy, 0),
        Ask::Window(_, window) | Ask::Span(_, window) => (Direction::DepartAt, window),
        Ask::Connections(..) => (Direction::DepartAt, MOST_AHEAD),
    };
    let query = Query { cancel: Some(&expired), ..search.query(columns, ask.time(), direction, window) };
    let answer = match ask {
        Ask::Depart(_) | Ask::Arrive(_) => router.journeys(&query),
        Ask::Window(_, window) => router.profile(&query, window),
        Ask::Connections(_, count) => router.connections(&query, count.into(), MOST_AHEAD),
        Ask::Span(_, window) => router.connections(&query, usize::MAX, window),
    };
    let mut answer = answer.map_err(|error| refused(&error))?;
    match ask {
        Ask::Depart(_) => answer.journeys.sort_by_key(|journey| (journey.arrival, journey.trips)),
        Ask::Arrive(_) => answer.journeys.sort_by_key(|journey| (std::cmp::Reverse(journey.departure), journey.trips)),
        Ask::Window(..) | Ask::Connections(..) | Ask::Span(..) => {
            answer.journeys.sort_by_key(|journey| (journey.departure, journey.arrival));
        }
    }
    Ok(answer)
}

/// The limits that may have kept one of the best journeys from being found.
///
/// Whatever is longer than the horizon arrives after all that was found, so it is only of use with fewer boardings than any of
/// that; or, in a window, where it leaves later.
pub fn hiding(columns: &Columns<'_>, search: &Search, ask: Ask, answer: &Answer) -> Vec<Limit> {
    let fewest = answer.journeys.iter().map(|journey| journey.trips).min();
    let may_hide = |limit: &Limit| match (limit, ask, fewest) {
        (Limit::Horizon, Ask::Depart(_) | Ask::Arrive(_), Some(fewest)) => {
            fewest > 1 && fewest_boardings(columns, &search.from, &search.to).is_some_and(|least| least < fewest)
        }
        _ => true,
    };
    answer.limits.iter().copied().filter(may_hide).collect()
}
