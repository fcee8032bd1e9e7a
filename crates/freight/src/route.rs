//! Ways for a cleared consignment: with times where they are published, else the path alone.

use jiff::Timestamp;
use std::collections::BTreeSet;
use thiserror::Error;
use tumen_base::Date;
use tumen_border::Borders;
use tumen_timetable::Columns;

use crate::network::{How, Network, Regime, Service};
use crate::screening::Cleared;
use crate::timed;
use crate::{path, screening};

/// How long goods may be on the way, in days, unless another limit is asked for.
pub const USUAL_DAYS: u32 = 60;
/// The longest that can be asked for.
pub const MOST_DAYS: u32 = 366;

/// What is asked beside the consignment.
#[derive(Clone, Copy, Debug)]
pub struct RouteOptions {
    /// Days after which goods must have arrived, at most [`MOST_DAYS`].
    pub days: u32,
}

impl Default for RouteOptions {
    fn default() -> Self {
        Self { days: USUAL_DAYS }
    }
}

/// The ways that were found.
#[derive(Clone, Debug, Default)]
pub struct Routes {
    /// Those with times, by latest arrival; else one path whose times are not published, if there is any.
    pub routes: Vec<Route>,
    /// Services that take no part, and why.
    pub left_out: Vec<LeftOut>,
    /// Days that were searched for departures.
    pub days: u32,
}

/// One way.
#[derive(Clone, Debug, PartialEq)]
pub struct Route {
    /// Services in order.
    pub rides: Vec<Ride>,
    /// Whether it touches the DPRK.
    pub touches_dprk: bool,
    /// Whether departures and times of all services are published.
    pub is_timed: bool,
}

/// A ride with one service, and what comes before it.
#[derive(Clone, Debug, PartialEq)]
pub struct Ride {
    /// The service, by place in the network.
    pub service: usize,
    /// The gauge on which the wagons roll, in millimetres.
    pub gauge: u16,
    /// The change of gauge before it.
    pub change: Option<Change>,
    /// When it is, if everything before took the least time.
    pub earliest: Option<RideTimes>,
    /// When it is, if everything took the most time.
    pub latest: Option<RideTimes>,
}

/// A change of gauge.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// Where, by place among the terminals.
    pub terminal: usize,
    /// Millimetres before.
    pub from: u16,
    /// Millimetres after.
    pub to: u16,
    /// How, in the quickest way that is known to be possible there.
    pub how: How,
    /// Seconds that it takes; unknown where nobody says.
    pub seconds: Option<i32>,
}

/// When a service is ridden.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RideTimes {
    /// When goods must be there.
    pub cut_off: Timestamp,
    /// Departure.
    pub departure: Timestamp,
    /// Arrival.
    pub arrival: Timestamp,
}

/// A service that takes no part, though the goods may use it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LeftOut {
    /// Its name.
    pub service: String,
    /// Why.
    pub reason: String,
    /// Sources, as written.
    pub sources: String,
}

/// Why a consignment cannot be routed.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum RouteError {
    /// An end without a terminal.
    #[error("no goods terminal is known at {0}; those known: {1}")]
    NoTerminal(String, String),
    /// Both ends are one terminal.
    #[error("the goods are at {0} already: both ends are one terminal")]
    SamePlace(String),
    /// Wagons whose gauge the tracks at the origin do not have.
    #[error("wagons of {0} mm cannot stand at {1}, whose tracks have {2}")]
    Gauge(u16, String, String),
    /// The search itself.
    #[error("the search failed: {0}")]
    Search(String),
}

/// What a search works on.
pub(crate) struct Search<'a> {
    pub network: &'a Network,
    pub borders: &'a Borders,
    pub columns: &'a Columns<'a>,
    pub cleared: &'a Cleared,
    /// Services that the goods may use, by place.
    pub usable: Vec<usize>,
    pub origins: Vec<usize>,
    pub destinations: Vec<usize>,
    pub days: u32,
}

impl Network {
    /// Finds ways for a consignment.
    ///
    /// # Errors
    /// When an end has no terminal, or both have the same one.
    pub fn route(
        &self,
        columns: &Columns<'_>,
        borders: &Borders,
        cleared: &Cleared,
        options: RouteOptions,
    ) -> Result<Routes, RouteError> {
        let consignment = cleared.consignment();
        let origins: Vec<usize> = self.at(&consignment.from.stops).collect();
        let destinations: Vec<usize> = self.at(&consignment.to.stops).collect();
        for (end, terminals) in [(&consignment.from, &origins), (&consignment.to, &destinations)] {
            if terminals.is_empty() {
                return Err(RouteError::NoTerminal(end.name.clone(), self.names()));
            }
        }
        if let Some(same) = origins.iter().find(|origin| destinations.contains(origin)) {
            return Err(RouteError::SamePlace(self.terminals[*same].name.clone()));
        }
        self.check_gauge(cleared, &origins)?;
        let today = Date::from(consignment.ready.date());
        let mut left_out = BTreeSet::new();
        let usable = (0..self.services.len()).filter(|service| self.is_usable(*service, cleared, today, &mut left_out));
        let mut search = Search {
            network: self,
            borders,
            columns,
            cleared,
            usable: usable.collect(),
            origins,
            destinations,
            days: options.days.min(MOST_DAYS),
        };
        let mut routes = timed::search(&search, &mut left_out)?;
        if routes.is_empty() {
            search.usable.retain(|service| match self.services[*service].closed_on(today) {
                None => true,
                Some(closure) => {
                    left_out.insert(LeftOut::closed(&self.services[*service], closure));
                    false
                }
            });
            routes.extend(path::search(&search));
        }
        Ok(Routes { routes, left_out: left_out.into_iter().collect(), days: search.days })
    }

    fn check_gauge(&self, cleared: &Cleared, origins: &[usize]) -> Result<(), RouteError> {
        let Some(gauge) = cleared.consignment().gauge else { return Ok(()) };
        let fits = |place: &usize| {
            let gauges = &self.terminals[*place].gauges;
            gauges.is_empty() || gauges.contains(&gauge)
        };
        if origins.iter().any(fits) {
            return Ok(());
        }
        let terminal = &self.terminals[origins[0]];
        Err(RouteError::Gauge(gauge, terminal.name.clone(), written(&terminal.gauges)))
    }

    /// The names of all terminals.
    fn names(&self) -> String {
        let names: BTreeSet<&str> = self.terminals.iter().map(|terminal| terminal.name.as_str()).collect();
        if names.is_empty() {
            return "none, since the timetable has no terminals.txt".to_owned();
        }
        names.into_iter().collect::<Vec<_>>().join(", ")
    }

    /// Whether goods may use a service: what the screening bars is passed over in silence, what is too small is told.
    fn is_usable(&self, service: usize, cleared: &Cleared, today: Date, left_out: &mut BTreeSet<LeftOut>) -> bool {
        let service = &self.services[service];
        if !self.is_allowed(service, cleared) {
            return false;
        }
        let consignment = cleared.consignment();
        let too_many = consignment.wagons.zip(service.most_wagons).is_some_and(|(wagons, most)| wagons > most);
        let too_heavy = consignment.tonnes.zip(service.most_tonnes).is_some_and(|(tonnes, most)| tonnes > most);
        let reason = if too_many || too_heavy {
            let most = service.most_wagons.map(|most| format!("{most} wagons"));
            let most = most.into_iter().chain(service.most_tonnes.map(|most| format!("{most} tonnes")));
            format!("takes {} at most", most.collect::<Vec<_>>().join(" and "))
        } else if service.period.last.is_some_and(|last| last < today) {
            "ran until before the goods are ready".to_owned()
        } else {
            return true;
        };
        left_out.insert(LeftOut { service: service.name.clone(), reason, sources: service.sources.clone() });
        false
    }

    /// Whether the screening lets the goods go where a service goes. Nothing goes to ground whose country nobody knows.
    fn is_allowed(&self, service: &Service, cleared: &Cleared) -> bool {
        let [from, to] = [service.from, service.to].map(|place| &self.terminals[place]);
        if !from.country.is_stated() || !to.country.is_stated() {
            return false;
        }
        let ways = cleared.ways();
        match (from.is_in_dprk(), to.is_in_dprk()) {
            (false, false) => true,
            (false, true) => ways.into,
            (true, false) => ways.out_of && ways.leaving_at.as_ref().is_none_or(|stop| *stop == from.stop_id),
            (true, true) => ways.into || ways.out_of,
        }
    }
}

impl LeftOut {
    pub(crate) fn closed(service: &Service, closure: &crate::network::Closure) -> Self {
        let reason = match (closure.period.first, closure.period.last) {
            (Some(first), Some(last)) => format!("does not run from {first} to {last}: {}", closure.reason),
            (Some(first), None) => format!("does not run since {first}: {}", closure.reason),
            (None, Some(last)) => format!("does not run until {last}: {}", closure.reason),
            (None, None) => format!("does not run: {}", closure.reason),
        };
        Self { service: service.name.clone(), reason, sources: closure.sources.clone() }
    }
}

impl Search<'_> {
    /// Gauges on which the wagons may stand at an origin.
    pub fn first_gauges(&self, origin: usize) -> Vec<u16> {
        let own = self.cleared.consignment().gauge;
        let gauges = &self.network.terminals[origin].gauges;
        match own {
            Some(gauge) => {
                vec![gauge].into_iter().filter(|gauge| gauges.is_empty() || gauges.contains(gauge)).collect()
            }
            None => gauges.clone(),
        }
    }

    /// The changes of gauge that a terminal makes: of the ways it has, the quickest that is known, else the first.
    pub fn changes(&self, terminal: usize) -> impl Iterator<Item = Change> + '_ {
        let place = &self.network.terminals[terminal];
        let consignment = self.cleared.consignment();
        let seconds = |handling: &crate::network::Handling| handling.seconds(consignment.tonnes, consignment.wagons);
        let best = place.handling.iter().min_by_key(|handling| seconds(handling).unwrap_or(i32::MAX));
        let pairs = place.gauges.iter().flat_map(|from| place.gauges.iter().map(move |to| (*from, *to)));
        pairs.filter(|(from, to)| from != to).filter_map(move |(from, to)| {
            best.map(|handling| Change { terminal, from, to, how: handling.how, seconds: seconds(handling) })
        })
    }

    /// The change from one gauge to another.
    pub fn change(&self, terminal: usize, [from, to]: [u16; 2]) -> Option<Change> {
        self.changes(terminal).find(|change| (change.from, change.to) == (from, to))
    }

    pub fn service(&self, service: usize) -> &Service {
        &self.network.services[service]
    }

    pub fn route(&self, rides: Vec<Ride>, is_timed: bool) -> Route {
        let is_there = |ride: &Ride| {
            let service = self.service(ride.service);
            [service.from, service.to].iter().any(|place| self.network.terminals[*place].is_in_dprk())
        };
        let touches_dprk = rides.iter().any(is_there);
        Route { rides, touches_dprk, is_timed }
    }
}

impl Route {
    /// Changes of the legal regime: the terminal at which the law before ends, and both laws.
    pub fn regime_changes(&self, network: &Network) -> Vec<(usize, Option<Regime>, Option<Regime>)> {
        let pairs =
            self.rides.windows(2).map(|pair| [&network.services[pair[0].service], &network.services[pair[1].service]]);
        let changes = pairs.filter(|[before, after]| before.regime != after.regime);
        changes.map(|[before, after]| (after.from, before.regime, after.regime)).collect()
    }

    /// The laws of its services, each once, in order of appearance.
    pub fn regimes(&self, network: &Network) -> Vec<Option<Regime>> {
        let mut regimes = Vec::new();
        for ride in &self.rides {
            let regime = network.services[ride.service].regime;
            if !regimes.contains(&regime) {
                regimes.push(regime);
            }
        }
        regimes
    }

    /// Arrival if everything takes the least time.
    pub fn earliest(&self) -> Option<Timestamp> {
        self.rides.last()?.earliest.map(|times| times.arrival)
    }

    /// Arrival if everything takes the most time.
    pub fn latest(&self) -> Option<Timestamp> {
        self.rides.last()?.latest.map(|times| times.arrival)
    }

    /// The decision that holds for it.
    pub fn decision<'a>(&self, cleared: &'a Cleared) -> &'a screening::Decision {
        cleared.through().filter(|_| self.touches_dprk).unwrap_or_else(|| cleared.decision())
    }
}

/// `1520 and 1435 mm`.
pub(crate) fn written(gauges: &[u16]) -> String {
    let gauges: Vec<String> = gauges.iter().map(u16::to_string).collect();
    format!("{} mm", gauges.join(" and "))
}
