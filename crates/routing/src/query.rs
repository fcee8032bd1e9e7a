//! What can be asked.

use std::ops::Range;
use tumen_base::{AgencyId, StopId, Time, TripId};

/// How far people walk between stops where transfers.txt says nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Walk {
    /// Not at all: the strict mode of SEMANTICS.md.
    None,
    /// Straight-line metres, at the speed and detour the timetable states; also between the platforms of a station.
    Metres(u32),
}

/// What holds for every query put to a [`crate::Network`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Generated walks.
    pub walk: Walk,
    /// Seconds a change at one stop takes where no rule says otherwise.
    pub change_time: i32,
}

impl Settings {
    /// The mode in which engines are compared: transfers.txt and nothing else.
    pub const STRICT: Self = Self { walk: Walk::None, change_time: 0 };
}

/// One end of a journey: stops, each with the seconds it takes to reach it from where the traveller is.
#[derive(Clone, Debug, Default)]
pub struct Place {
    /// Stops with seconds on foot.
    pub stops: Vec<(StopId, i32)>,
    /// Whether one walk between stops may come before the first or after the last ride; not where the traveller
    /// has walked to the stops already.
    pub walks: bool,
    /// Seconds spent at a stop before the first ride, or after the last (check-in, control), each stop once, in order.
    pub dwell: Vec<(StopId, i32)>,
}

impl Place {
    /// Stops at which the traveller stands.
    pub fn at(stops: impl IntoIterator<Item = StopId>) -> Self {
        Self { stops: stops.into_iter().map(|stop| (stop, 0)).collect(), walks: true, dwell: Vec::new() }
    }

    /// Seconds spent at a stop where the first ride begins or the last one ends.
    pub(crate) fn dwell_at(&self, stop: StopId) -> i32 {
        self.dwell.binary_search_by_key(&stop, |&(stop, _)| stop).map_or(0, |at| self.dwell[at].1)
    }
}

/// Whether the time of a query is a departure or an arrival.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Depart at or after.
    DepartAt,
    /// Arrive at or before.
    ArriveBy,
}

/// Hops of a trip that may not be ridden across by its runs of some service days (a border that is closed to them).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mask {
    /// Trip, or the way of a through carriage.
    pub trip: TripId,
    /// The hop from call `first_hop` to the next one.
    pub first_hop: u32,
    /// The last such hop.
    pub last_hop: u32,
    /// First service day (day number of the timetable) on which they may not be crossed.
    pub first_day: i32,
    /// Last such service day.
    pub last_day: i32,
}

/// Runs of a trip that may not be used at all (a service that is suspended).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct BannedRuns {
    /// Trip, or the way of a through carriage.
    pub trip: TripId,
    /// First service day (day number of the timetable) whose run may not be used.
    pub first_day: i32,
    /// Last such service day.
    pub last_day: i32,
}

/// A way on foot between two stops that is open at certain times only, such as through a border post.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gate {
    /// Where the walk begins.
    pub from: StopId,
    /// Where it ends.
    pub to: StopId,
    /// When one may set out: periods in order that do not overlap.
    pub open: Vec<Range<Time>>,
}

/// What a journey may use. The default allows everything.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Stops at which nobody boards, alights or walks; riding through is fine.
    pub banned_stops: Vec<StopId>,
    /// Trips that are neither boarded nor entered in-seat.
    pub banned_trips: Vec<TripId>,
    /// Runs that are neither boarded nor entered in-seat.
    pub banned_runs: Vec<BannedRuns>,
    /// Allowed route types; empty allows all.
    pub route_kinds: Vec<u16>,
    /// Allowed agencies; empty allows all.
    pub agencies: Vec<AgencyId>,
    /// Hops that may not be crossed.
    pub masks: Vec<Mask>,
    /// Ways on foot that are open at certain times only, each once. Who walks all the way does not pass them.
    pub gates: Vec<Gate>,
}

impl Filter {
    /// Whether everything is allowed.
    pub fn is_empty(&self) -> bool {
        let Self { banned_stops, banned_trips, banned_runs, route_kinds, agencies, masks, gates } = self;
        banned_stops.is_empty()
            && banned_trips.is_empty()
            && banned_runs.is_empty()
            && route_kinds.is_empty()
            && agencies.is_empty()
            && masks.is_empty()
            && gates.is_empty()
    }
}

/// Stops a search: asked now and then, answers whether to give up (a deadline, a client gone).
pub type Cancel<'a> = &'a dyn Fn() -> bool;

/// A question.
#[derive(Clone)]
pub struct Query<'a> {
    /// Origin.
    pub from: Place,
    /// Destination.
    pub to: Place,
    /// Departure or arrival, or the start of a profile's window.
    pub time: Time,
    /// Which of the two.
    pub direction: Direction,
    /// Longest journey, seconds from the query's time (from each departure in a profile), inclusive.
    pub horizon: i32,
    /// Most trips boarded, at most [`MAX_TRIPS`].
    pub max_trips: u8,
    /// Longest wait between alighting and the next boarding, walk included; `None` is no bound.
    pub max_wait: Option<i32>,
    /// Seconds that every change takes at least, guaranteed ones included.
    pub least_change_time: i32,
    /// Seconds added to every change.
    pub extra_change_time: i32,
    /// What may be used.
    pub filter: Filter,
    /// When to give up.
    pub cancel: Option<Cancel<'a>>,
}

/// The most trips that any journey boards.
pub const MAX_TRIPS: u8 = 32;

/// Thirty days: the horizon when nothing is asked.
pub const DEFAULT_HORIZON: i32 = 30 * 86_400;

impl Query<'_> {
    /// Departs at a time, with the default horizon and no other restriction.
    pub fn depart_at(from: Place, to: Place, time: Time) -> Self {
        Self {
            from,
            to,
            time,
            direction: Direction::DepartAt,
            horizon: DEFAULT_HORIZON,
            max_trips: MAX_TRIPS,
            max_wait: None,
            least_change_time: 0,
            extra_change_time: 0,
            filter: Filter::default(),
            cancel: None,
        }
    }

    /// Seconds of a change for which the timetable says so many, what is added to every change apart.
    pub(crate) fn change_time(&self, seconds: i32) -> i32 {
        seconds.max(self.least_change_time)
    }

    /// Where arrivals end that are of use to somebody who starts at a time (mirrored, in a search back), exclusive: beyond the
    /// horizon, or no earlier than on foot if that takes `walking` seconds.
    pub(crate) fn limit(&self, start: Time, walking: Option<i32>) -> Time {
        let horizon = start.saturating_add(self.horizon).saturating_add(1);
        walking.map_or(horizon, |seconds| horizon.min(start.saturating_add(seconds)))
    }
}
