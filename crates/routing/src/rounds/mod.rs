//! The fast engine: rounds over patterns.

mod guarantees;
mod in_seat;
mod labels;
mod scan;
mod search;
mod trace;
mod window_scan;

pub(crate) use search::{SweepEnd, Workspace};

use crate::access::{by_time, starts};
use crate::journey::Journey;
use crate::mirror::Mirror;
use crate::network::Network;
use crate::query::{Direction, Query};
use crate::staircase::Staircase;
use crate::timeline::Around;
use search::Sweeps;
use tumen_base::Time;

/// Journeys and how the search for them ended.
#[derive(Default)]
pub(crate) struct Found {
    /// In the order they were found.
    pub(crate) journeys: Vec<Journey>,
    /// Something lay beyond the horizon before the destination was reached.
    pub(crate) cut: bool,
    /// The search gave up.
    pub(crate) cancelled: bool,
}

/// Stepping off, with fewer trips or earlier than was known.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Alighting {
    /// When the journey starts.
    pub(crate) departure: Time,
    /// Trips boarded.
    pub(crate) trips: u8,
    pub(crate) stop: u32,
    pub(crate) time: Time,
}

/// Every Pareto-optimal (time, trips) pair from the query's time on, or back from it.
pub(crate) fn journeys<const BACK: bool>(
    workspace: &mut Workspace,
    network: &Network<'_>,
    query: &Query<'_>,
    walking: Option<i32>,
) -> Found {
    let around = around(network, query, 0);
    let mirror = Mirror::<BACK> { network, around: &around };
    workspace.start(mirror, query, Sweeps::One);
    if !workspace.leads_there() {
        return Found::default();
    }
    workspace.start_sweep(mirror);
    let time = Mirror::<BACK>::time(query.time);
    let origin = if BACK { &query.to } else { &query.from };
    let limit = query.limit(time, walking);
    let mut soon = Vec::new();
    // A first search along the ways of fewest trips finds soon when the destination is reached: most of the rest comes too late.
    if workspace.keep_to_fewest() {
        workspace.seed(mirror, origin, time);
        workspace.sweep(mirror, query, limit, &[]);
        trace::collect(workspace, mirror, query, None, &mut soon);
        workspace.start_again();
        workspace.start_sweep(mirror);
    }
    workspace.seed(mirror, origin, time);
    let end = workspace.sweep(mirror, query, limit, &[]);
    let mut journeys = Vec::new();
    trace::collect(workspace, mirror, query, None, &mut journeys);
    soon.retain(|soon| !journeys.iter().any(|other| other.trips <= soon.trips && other.arrival <= soon.arrival));
    journeys.append(&mut soon);
    journeys.sort_by_key(|journey| journey.trips);
    Found { journeys, cut: end.cut, cancelled: end.cancelled }
}

/// The departures of a profile, and what else is known of them.
#[derive(Clone, Copy)]
pub(crate) struct Departures<'l> {
    /// Seconds from the query's time, end exclusive.
    pub(crate) window: i32,
    /// Seconds that walking alone takes.
    pub(crate) walking: Option<i32>,
    /// What those reach who leave after the window.
    pub(crate) later: &'l Staircase,
}

impl Departures<'_> {
    /// All within a window, with nothing known.
    pub(crate) fn within(window: i32) -> Self {
        Self { window, walking: None, later: &Staircase::NOWHERE }
    }
}

/// Every Pareto-optimal (departure, arrival, trips) triple that departs in the window.
pub(crate) fn profile(
    workspace: &mut Workspace,
    network: &Network<'_>,
    query: &Query<'_>,
    departures: Departures<'_>,
) -> Found {
    let mut journeys = Vec::new();
    let end = sweeps(workspace, network, query, departures, |workspace, mirror, start| {
        trace::collect(workspace, mirror, query, Some(start), &mut journeys);
    });
    journeys.reverse();
    Found { journeys, cut: end.cut, cancelled: end.cancelled }
}

/// Calls `alighted` with every improvement of a search without a destination: from the query's time, or from every departure
/// of a window, the last one first; of one departure by trips.
pub(crate) fn explore(
    workspace: &mut Workspace,
    network: &Network<'_>,
    query: &Query<'_>,
    window: Option<i32>,
    mut alighted: impl FnMut(Alighting),
) -> SweepEnd {
    let mut note = |workspace: &Workspace, mirror: Mirror<'_, '_, false>, departure: Time| {
        for (trips, node, time) in workspace.improved() {
            alighted(Alighting { departure, trips, stop: mirror.exit_stops()[node as usize], time });
        }
    };
    if let Some(window) = window {
        return sweeps(workspace, network, query, Departures::within(window), note);
    }
    let around = around(network, query, 0);
    let mirror = Mirror::<false> { network, around: &around };
    workspace.start(mirror, query, Sweeps::One);
    workspace.start_sweep(mirror);
    workspace.seed(mirror, &query.from, query.time);
    let end = workspace.sweep(mirror, query, query.limit(query.time, None), &[]);
    note(workspace, mirror, query.time);
    end
}

/// A sweep for every departure in a window, after each of which `swept` is called with the departure.
///
/// From the last departure to the first, keeping the labels (Delling, Pajor, Werneck 2012, section 4.1): what a later
/// departure reaches as early with as few trips is not worth an earlier one. The first round rides exactly the runs that leave
/// at a start: what leaves later has a start of its own, or lies outside the window and must hide nothing.
fn sweeps<'a>(
    workspace: &mut Workspace,
    network: &Network<'a>,
    query: &Query<'_>,
    Departures { window, walking, later }: Departures<'_>,
    mut swept: impl FnMut(&Workspace, Mirror<'_, 'a, false>, Time),
) -> SweepEnd {
    let around = around(network, query, window);
    let mirror = Mirror::<false> { network, around: &around };
    workspace.start(mirror, query, Sweeps::Many);
    workspace.target_time.copy_from_slice(later.arrivals());
    let mut end = SweepEnd::default();
    if !workspace.leads_there() {
        return end;
    }
    for (time, group) in by_time(&starts(network, query, &workspace.forbidden, window)) {
        workspace.start_sweep(mirror);
        let SweepEnd { cut, cancelled } = workspace.sweep(mirror, query, query.limit(time, walking), group);
        end.cut |= cut;
        if cancelled {
            end.cancelled = true;
            break;
        }
        swept(workspace, mirror, time);
    }
    end
}

/// The days that a search is about.
pub(crate) fn around(network: &Network<'_>, query: &Query<'_>, seconds: i32) -> Around {
    let reach = query.horizon.saturating_add(seconds);
    let (from, until) = match query.direction {
        Direction::DepartAt => (query.time, query.time.saturating_add(reach)),
        Direction::ArriveBy => (query.time.saturating_sub(reach), query.time),
    };
    network.windows.around(network, query.direction, from..until)
}
