//! Questions and answers.

use crate::runs::Vehicle;
use std::collections::{HashMap, HashSet};
use std::ops::Range;
use tumen_base::Date;

/// A stop: positions in the list of feeds and in `Feed::stops`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StopRef {
    /// Position in the list of feeds.
    pub feed: u32,
    /// Position in `Feed::stops`.
    pub stop: u32,
}

/// A trip: positions in the list of feeds and in `Feed::trips`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TripRef {
    /// Position in the list of feeds.
    pub feed: u32,
    /// Position in `Feed::trips`.
    pub trip: u32,
}

/// A through carriage: positions in the list of feeds and in the rows of `through_carriages.txt`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CarriageRef {
    /// Position in the list of feeds.
    pub feed: u32,
    /// Position in the rows of `through_carriages.txt`.
    pub row: u32,
}

/// An agency: positions in the list of feeds and in `Feed::agencies`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AgencyRef {
    /// Position in the list of feeds.
    pub feed: u32,
    /// Position in `Feed::agencies`.
    pub agency: u32,
}

/// A walk between two stops that no feed states, such as one within a radius.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Footpath {
    /// Where it begins.
    pub from: StopRef,
    /// Where it ends.
    pub to: StopRef,
    /// How long it takes.
    pub seconds: i64,
}

/// What changing at one stop takes where no rule says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChangeTime {
    /// So many seconds; a type 0 rule without a time still takes none.
    Strict(i64),
    /// So many seconds, and a type 0 rule without a time takes them too.
    Ordinary(i64),
}

/// A hop between two neighbouring calls that may not be ridden across, such as a border that is closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Closure {
    /// The call before it.
    pub from: StopRef,
    /// The call behind it.
    pub to: StopRef,
    /// The first service day of the runs to which it is closed (of a carriage, the carriage's own).
    pub first: Date,
    /// The last such service day.
    pub last: Date,
}

/// Runs of a trip or carriage that are not used, such as those of a service that is suspended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BannedRuns {
    /// Whose.
    pub of: Vehicle,
    /// The first of their service days.
    pub first: Date,
    /// The last of them.
    pub last: Date,
}

/// A way on foot between two stops on which one may set out at certain times only, such as through a border post.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gate {
    /// Where it begins.
    pub from: StopRef,
    /// Where it ends.
    pub to: StopRef,
    /// When it is open; seconds of UTC.
    pub open: Vec<Range<i64>>,
}

/// What may be used.
#[derive(Clone, Debug, Default)]
pub struct Filters {
    /// Stops where nobody boards, alights or walks; exactly these, not their children. Riding through is fine.
    pub banned_stops: HashSet<StopRef>,
    /// Trips that are not used, all their runs.
    pub banned_trips: HashSet<TripRef>,
    /// Carriages that are not used; banning a host does not ban its carriages.
    pub banned_carriages: HashSet<CarriageRef>,
    /// Runs that are not used.
    pub banned_runs: Vec<BannedRuns>,
    /// If stated, only trips whose route has one of these route_types.
    pub modes: Option<HashSet<u16>>,
    /// If stated, only trips of these agencies.
    pub agencies: Option<HashSet<AgencyRef>>,
    /// Hops that may not be ridden across; a ride up to one is fine.
    pub closures: Vec<Closure>,
    /// Ways on foot that are open at certain times only, each once. Nobody walks all the way through one.
    pub gates: Vec<Gate>,
}

impl Filters {
    /// When somebody who is at a stop at a time sets out for another.
    pub(crate) fn sets_out(&self, from: StopRef, to: StopRef, time: i64) -> Option<i64> {
        let Some(gate) = self.gate(from, to) else { return Some(time) };
        gate.open.iter().filter(|open| time < open.end).map(|open| time.max(open.start)).min()
    }

    /// When somebody sets out at the latest who has to have left a stop for another by a time.
    pub(crate) fn sets_out_by(&self, from: StopRef, to: StopRef, time: i64) -> Option<i64> {
        let Some(gate) = self.gate(from, to) else { return Some(time) };
        gate.open.iter().filter(|open| open.start <= time).map(|open| time.min(open.end - 1)).max()
    }

    pub(crate) fn gate(&self, from: StopRef, to: StopRef) -> Option<&Gate> {
        self.gates.iter().find(|gate| (gate.from, gate.to) == (from, to))
    }
}

/// A question. `Query::new` fills in the defaults.
#[derive(Clone, Debug)]
pub struct Query {
    /// The origin; a station means all its children too.
    pub from: StopRef,
    /// The destination; a station means all its children too.
    pub to: StopRef,
    /// Departure, or for [`crate::Oracle::latest`] the latest arrival, or the beginning of the window; seconds of UTC.
    pub time: i64,
    /// Seconds spent at a stop before the first ride.
    pub check_in: HashMap<StopRef, i64>,
    /// Seconds spent at a stop after the last ride.
    pub control: HashMap<StopRef, i64>,
    /// The longest journey, counted from `time`, or in a profile from its departure; inclusive.
    pub horizon_s: i64,
    /// The longest time from alighting to the next boarding, walk included.
    pub max_wait: Option<i64>,
    /// The most trips boarded; never more than 32.
    pub max_trips: u8,
    /// Changing at one stop.
    pub change_time: ChangeTime,
    /// Seconds that every change between two rides takes at least.
    pub least_change_s: i64,
    /// Seconds added to every change between two rides.
    pub extra_change_s: i64,
    /// Walks that count where no rule of transfers.txt matches.
    pub footpaths: Vec<Footpath>,
    /// What may be used.
    pub filters: Filters,
}

impl Query {
    /// A question in the strict mode: 30 days, any wait, 32 trips, changes of 0 s, no footpaths, everything allowed.
    pub fn new(from: StopRef, to: StopRef, time: i64) -> Self {
        Self {
            from,
            to,
            time,
            check_in: HashMap::new(),
            control: HashMap::new(),
            horizon_s: 30 * 86_400,
            max_wait: None,
            max_trips: 32,
            change_time: ChangeTime::Strict(0),
            least_change_s: 0,
            extra_change_s: 0,
            footpaths: Vec::new(),
            filters: Filters::default(),
        }
    }

    /// How long a change takes for which the timetable says so many seconds.
    pub(crate) fn change(&self, seconds: i64) -> i64 {
        seconds.max(self.least_change_s) + self.extra_change_s
    }
}

/// A journey, as far as journeys are compared. Times are seconds of UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Row {
    /// When it leaves: the first boarding minus the walk before it; for a fixed departure the query's time.
    pub departure: i64,
    /// When it arrives; for a fixed arrival the query's time.
    pub arrival: i64,
    /// Trips boarded.
    pub trips: u8,
}
