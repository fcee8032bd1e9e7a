//! The search by trips: the useful changes between runs are worked out beforehand for the whole calendar and stored with the
//! timetable (Witt 2015, "Trip-based public transit routing").
//!
//! It answers what most people ask: departures without filters, within a day. Everything else is for the other engines.

mod blocks;
mod changes;
mod expanded;
mod graph;
mod in_seat;
mod packed;
mod precompute;
mod reached;
mod reduce;
mod search;
mod trace;

pub use precompute::{PrecomputeOptions, precompute};

use crate::access::{by_time, starts};
use crate::forbidden::Forbidden;
use crate::network::Network;
use crate::query::{Direction, Query, Walk};
use crate::rounds::{Alighting, Departures, Found, SweepEnd};
pub(crate) use graph::Graph;
use reached::{Kept, Once, Reached};
use search::Bounds;
use std::sync::Arc;
use thiserror::Error;
use trace::Searched;
use tumen_base::{PatternId, SECONDS_PER_DAY, Time};

/// The longest journey, and so the longest wait, for which changes are stored.
const LONGEST: i32 = SECONDS_PER_DAY;

/// The most memory that graphs take; those used longest ago give way.
pub(crate) const MOST_GRAPH_BYTES: usize = 384 << 20;

/// Where a column says that nobody steps on or off.
const NOWHERE: u32 = u32::MAX;

/// Why changes cannot be worked out beforehand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Unsuited {
    /// Guaranteed changes belong to pairs of runs where a change takes time.
    #[error("some trips wait for others although changes take time (transfer_type 1): changes differ from run to run")]
    Guarantees,
    /// A pattern with too many calls.
    #[error("a trip has {0} calls, and at most {most} can be numbered", most = packed::MOST_CALLS - 1)]
    Calls(usize),
    /// Too many runs or changes.
    #[error("the trips have too many changes to be numbered")]
    Size,
}

/// What the stored changes are bound to: [metres of generated walks or -1 for none, seconds of a change].
fn setting(network: &Network<'_>) -> [i64; 2] {
    let walk = match network.settings.walk {
        Walk::None => -1,
        Walk::Metres(metres) => i64::from(metres),
    };
    [walk, i64::from(network.settings.change_time)]
}

/// Whether the timetable stores changes for the network's settings.
fn is_stored(network: &Network<'_>) -> bool {
    *network.columns.change_setting == setting(network)
}

/// What the search by trips keeps between queries.
#[derive(Default)]
pub(crate) struct Workspace {
    once: search::Workspace<Once>,
    kept: search::Workspace<Kept>,
    /// When each stop is reached at the earliest, of a search without a destination.
    earliest: Vec<Time>,
}

/// The graph for a query that the search by trips can answer, from the second one about the same days on.
pub(crate) fn graph_for(network: &Network<'_>, query: &Query<'_>, window: i32) -> Option<Arc<Graph>> {
    let usual_changes = query.least_change_time == 0 && query.extra_change_time == 0;
    let plain = usual_changes && query.max_wait.is_none() && query.filter.is_empty();
    let suits = plain && query.direction == Direction::DepartAt && query.horizon <= LONGEST && window <= LONGEST;
    let until = query.time.saturating_add(query.horizon).saturating_add(window);
    if !suits || !is_stored(network) {
        return None;
    }
    let days = network.calendar.days_with_runs_between(query.time, until);
    network.graphs.covering(&days).or_else(|| network.graphs.get(days, 1, |days| Graph::of(network, days)))
}

/// Every Pareto-optimal (arrival, trips) pair from the query's time on.
pub(crate) fn journeys(
    workspace: &mut Workspace,
    network: &Network<'_>,
    graph: &Graph,
    query: &Query<'_>,
    walking: Option<i32>,
) -> Found {
    let search = &mut workspace.once;
    search.start(network, graph, query);
    search.start_sweep();
    search.board_first(network, graph, query);
    let cancelled = search.sweep(network, graph, bounds(query, query.time, walking));
    let mut found = Found { cut: search.cut, cancelled, ..Found::default() };
    collect(search, (network, graph), query, None, &mut found);
    found
}

/// Calls `alighted` wherever a search from the query's time, without a destination, steps off earlier than with as many trips or
/// fewer before, by trips.
pub(crate) fn explore(
    workspace: &mut Workspace,
    network: &Network<'_>,
    graph: &Graph,
    query: &Query<'_>,
    mut alighted: impl FnMut(Alighting),
) -> SweepEnd {
    let search = &mut workspace.once;
    search.start(network, graph, query);
    search.look_everywhere();
    search.start_sweep();
    search.board_first(network, graph, query);
    let columns = &network.columns;
    let earliest = &mut workspace.earliest;
    earliest.clear();
    earliest.resize(columns.stop_id.len(), Time::MAX);
    let bounds = bounds(query, query.time, None);
    let cancelled = search.sweep_noting(network, graph, bounds, |trips, ride, late| {
        let first_call = columns.calls_of(PatternId(ride.pattern)).start;
        let calls = if late.is_some() { 0..1 } else { u32::from(ride.first)..u32::from(ride.until) };
        for call in calls {
            let time = late.unwrap_or_else(|| graph.blocks.arrival(ride.block, call));
            if time >= bounds.limit {
                break;
            }
            let at = first_call + call as usize;
            let (stop, node) = (columns.call_stop[at], columns.call_alight[at]);
            if time < earliest[stop as usize] && node != NOWHERE {
                earliest[stop as usize] = time;
                alighted(Alighting { departure: query.time, trips: trips as u8, stop, time });
            }
        }
    });
    SweepEnd { cut: search.cut, cancelled }
}

/// Every Pareto-optimal (departure, arrival, trips) triple that departs in the window, from the last departure to the first (Witt 2015, section 3.3).
pub(crate) fn profile(
    workspace: &mut Workspace,
    network: &Network<'_>,
    graph: &Graph,
    query: &Query<'_>,
    Departures { window, walking, later }: Departures<'_>,
) -> Found {
    let search = &mut workspace.kept;
    search.start(network, graph, query);
    search.best.copy_from_slice(later.arrivals());
    let mut found = Found::default();
    for (time, group) in by_time(&starts(network, query, &Forbidden::default(), window)) {
        search.start_sweep();
        search.board_starts(graph, group);
        found.cancelled = search.sweep(network, graph, bounds(query, time, walking));
        found.cut |= search.cut;
        if found.cancelled {
            break;
        }
        collect(search, (network, graph), query, Some(time), &mut found);
    }
    found.journeys.reverse();
    found
}

/// Adds the journeys with which a sweep reached the destination.
fn collect<R: Reached>(
    search: &search::Workspace<R>,
    (network, graph): (&Network<'_>, &Graph),
    query: &Query<'_>,
    start: Option<Time>,
    found: &mut Found,
) {
    let searched = Searched { network, graph, query, rides: &search.rides };
    found.journeys.extend(search.ends.iter().flatten().map(|&end| searched.journey(start, end)));
}

fn bounds<'q>(query: &'q Query<'_>, time: Time, walking: Option<i32>) -> Bounds<'q> {
    Bounds { limit: query.limit(time, walking), max_trips: query.max_trips, cancel: query.cancel }
}
