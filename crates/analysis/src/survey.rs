//! Pairs of places asked about in two windows, one origin at a time.

use crate::closure::{ByTrip, Closure, Days};
use crate::coverage::Lines;
use crate::silence::{Ends, Silence, Surroundings};
use crate::standing::{Pair, Ride, Standing};
use tumen_base::{Date, StopId, Time};
use tumen_routing::{Arrival, Destinations, Direction, Limit, Network, Place, Query, Router, RoutingError};
use tumen_timetable::Columns;

/// Departures that are looked at: those of some days on the clock at the origin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// First day.
    pub first: Date,
    /// How many days, at least one.
    pub days: i32,
}

impl Window {
    /// Its last day.
    pub fn last(self) -> Date {
        self.first.plus(self.days - 1)
    }

    /// Its days.
    pub fn dates(self) -> Days {
        Days { first: self.first, last: self.last() }
    }

    /// When it begins at a stop, and its seconds: days on which clocks change are shorter or longer. Dates that no `Time` holds
    /// are empty: nothing runs then.
    fn at(self, columns: &Columns<'_>, stop: StopId) -> (Time, i32) {
        let zone = columns.zone_of_stop(stop);
        let midnight = |date: Date| columns.from_local(date.civil().at(0, 0, 0, 0), &zone);
        let (begin, end) = (midnight(self.first), midnight(self.first.plus(self.days)));
        begin.zip(end).map_or((Time::MAX / 2, 0), |(begin, end)| (begin, end.saturating_sub(begin)))
    }
}

/// One end of pairs: a stop, a station, or a city that counts as one place.
#[derive(Clone, Debug)]
pub struct Site {
    /// What it is called.
    pub name: String,
    /// Its id.
    pub id: String,
    /// Where it is entered and left.
    pub place: Place,
}

/// Which pairs are compared.
#[derive(Clone, Copy, Debug)]
pub struct Survey<'s> {
    /// Origins.
    pub from: &'s [Site],
    /// Destinations.
    pub to: &'s [Site],
}

/// One of the two windows, with the network that runs in it. Both sides number stops alike.
pub struct Side<'n, 'a> {
    network: &'n Network<'a>,
    window: Window,
    destinations: Destinations,
    /// What the data does not know of.
    pub silence: Silence,
}

/// What the feeds say, and what of it is closed on a side.
pub struct Known<'k, 'a> {
    /// The timetable as its feeds describe it.
    pub columns: &'k Columns<'a>,
    /// What does not run on this side although the feeds may say so.
    pub closures: &'k [Closure],
    /// Route types that are asked for; empty for all. Lines of others are no matter.
    pub route_kinds: &'k [u16],
    /// Ends of services that are known to run in the window on days that are not published.
    pub unscheduled: &'k [(StopId, StopId)],
}

impl<'n, 'a> Side<'n, 'a> {
    /// A side of a survey.
    ///
    /// # Errors
    /// When a place of the survey names a stop that does not exist.
    pub fn new(
        network: &'n Network<'a>,
        window: Window,
        survey: Survey<'_>,
        known: &Known<'_, '_>,
    ) -> Result<Self, RoutingError> {
        let places: Vec<Place> = survey.to.iter().map(|site| site.place.clone()).collect();
        let destinations = Destinations::places(network, &places)?;
        let stops = known.columns.stop_id.len();
        let around = Surroundings {
            columns: known.columns,
            lines: &Lines::of(known.columns),
            closures: &ByTrip::new(known.columns, known.closures),
            route_kinds: known.route_kinds,
            origins: &Ends::new(stops, survey.from),
            destinations: &Ends::new(stops, survey.to),
        };
        let silence = Silence::of(&around, window, known.unscheduled);
        Ok(Self { network, window, destinations, silence })
    }

    /// Its window.
    pub fn window(&self) -> Window {
        self.window
    }
}

/// Asks about one origin after another; one for each thread.
pub struct Inspector<'i, 'n, 'a> {
    survey: Survey<'i>,
    sides: [&'i Side<'n, 'a>; 2],
    query: Query<'i>,
    routers: [Router<'n, 'a>; 2],
}

/// Every destination from one origin.
#[derive(Clone, Debug)]
pub struct Row {
    /// The pairs of this origin, but not the one with itself.
    pub pairs: Vec<Pair>,
    /// Limits that searches reached, each once. The horizon is no news: journeys are asked for up to it.
    pub limits: Vec<Limit>,
}

impl<'i, 'n, 'a> Inspector<'i, 'n, 'a> {
    /// An inspector of both sides. The query says how far journeys may go, how often they may change, and whatever else holds for
    /// all of them; its places and its time do not matter.
    pub fn new(survey: Survey<'i>, sides: [&'i Side<'n, 'a>; 2], query: Query<'i>) -> Self {
        Self { survey, sides, query, routers: sides.map(|side| Router::new(side.network)) }
    }

    /// How all destinations stand for an origin, before and after.
    ///
    /// # Errors
    /// When a query is refused: its numbers are outside their limits.
    ///
    /// # Panics
    /// When there is no such origin.
    pub fn origin(&mut self, origin: u32) -> Result<Row, RoutingError> {
        let mut limits = Vec::new();
        let [before, after] = [0, 1].map(|side| self.standings(side, origin, &mut limits));
        let (before, after) = (before?, after?);
        let own = &self.survey.from[origin as usize].place.stops;
        let elsewhere = |to: &usize| !self.survey.to[*to].place.stops.iter().any(|stop| own.contains(stop));
        let pair = |to: usize| Pair {
            from: origin,
            to: to as u32,
            before: before[to],
            after: after[to],
            silent: self.sides.map(|side| side.silence.covers(origin, to as u32)),
        };
        limits.retain(|limit| *limit != Limit::Horizon);
        limits.sort_unstable();
        limits.dedup();
        Ok(Row { pairs: (0..self.survey.to.len()).filter(elsewhere).map(pair).collect(), limits })
    }

    fn standings(&mut self, side: usize, origin: u32, limits: &mut Vec<Limit>) -> Result<Vec<Standing>, RoutingError> {
        let Side { network, window, destinations, silence } = self.sides[side];
        let router = &mut self.routers[side];
        let from = &self.survey.from[origin as usize].place;
        let first_stop = from.stops.first().map_or(StopId(0), |(stop, _)| *stop);
        let (time, seconds) = window.at(network.columns(), first_stop);
        let query = Query { from: from.clone(), time, direction: Direction::DepartAt, ..self.query.clone() };
        let rides = router.reach_profile(&query, seconds, destinations)?;
        limits.extend(&rides.limits);
        let walks = router.reach(&Query { max_trips: 0, ..query }, destinations)?;
        let standing = |to: usize| {
            if let Some(ride) = ride(rides.at(to)) {
                Standing::Ride(ride)
            } else if !walks.at(to).is_empty() {
                Standing::OnFoot
            } else if silence.covers(origin, to as u32) {
                Standing::NoData
            } else {
                Standing::Unconnected
            }
        };
        Ok((0..destinations.count()).map(standing).collect())
    }
}

/// What the journeys of a profile are worth, which come in the order of their departures.
fn ride(arrivals: &[Arrival]) -> Option<Ride> {
    let fastest = arrivals.iter().map(|it| it.arrival.saturating_sub(it.departure)).min()?;
    let departures = arrivals.chunk_by(|one, next| one.departure == next.departure).count() as u32;
    Some(Ride { departures, fastest })
}
