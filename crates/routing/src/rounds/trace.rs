//! From labels back to journeys.

use super::guarantees::NO_WAIT;
use super::labels::{Entry, NO_CHAIN};
use super::search::Workspace;
use crate::access::origin_of;
use crate::assemble::{Ends, assemble};
use crate::journey::{Journey, RidePart};
use crate::mirror::{Mirror, RunKey};
use crate::query::Query;
use tumen_base::{PatternId, StopId, Time};

/// Adds a journey for every number of trips with which the sweep reached the destination; `start` is that of a profile's sweep.
pub(super) fn collect<const BACK: bool>(
    workspace: &Workspace,
    mirror: Mirror<'_, '_, BACK>,
    query: &Query<'_>,
    start: Option<Time>,
    journeys: &mut Vec<Journey>,
) {
    for (trips, node) in workspace.reached.iter().enumerate() {
        if let Some(node) = node {
            journeys.push(trace(workspace, mirror, query, start, (trips, *node)));
        }
    }
}

/// What the journey does between two changes, in mirrored order of discovery.
struct Traced {
    /// Rides from the end of the mirrored journey to its start.
    rides: Vec<Vec<RidePart>>,
    /// The stop of the (mirrored) origin where it started.
    origin: u32,
    /// The stop of the (mirrored) destination where it ended.
    destination: u32,
}

fn trace<const BACK: bool>(
    workspace: &Workspace,
    mirror: Mirror<'_, '_, BACK>,
    query: &Query<'_>,
    start: Option<Time>,
    (trips, node): (usize, u32),
) -> Journey {
    let mut traced = Traced { rides: Vec::new(), origin: 0, destination: workspace.target_stop[node as usize] };
    let mut exit = workspace.rounds[trips].exit[node as usize];
    for number in (1..=trips).rev() {
        let mut parts = vec![part(mirror, exit.pattern, exit.run, exit.entered, exit.left)];
        let mut first = (exit.pattern, exit.entered, exit.wait);
        let mut chain = exit.chain;
        while chain != NO_CHAIN {
            let carried = workspace.carried[chain as usize];
            let last = mirror.network.calendar.pattern(PatternId(carried.pattern)).calls as u32 - 1;
            parts.push(part(mirror, carried.pattern, carried.run, carried.entered, last));
            first = (carried.pattern, carried.entered, carried.wait);
            chain = carried.chain;
        }
        if !BACK {
            parts.reverse();
        }
        let view = mirror.network.calendar.pattern(PatternId(first.0));
        let call = Mirror::<BACK>::call(view.calls, first.1 as usize);
        let entry = mirror.call_entries()[view.first_call + call];
        if let (1, Some(start)) = (number, start) {
            let run = parts[0].run;
            let board = (mirror.network.columns.call_stop[view.first_call + call], view.departure(run, call));
            traced.origin = origin_of(mirror.network, query, start, board);
            traced.rides.push(parts);
            continue;
        }
        if first.2 == NO_WAIT {
            match workspace.rounds[number - 1].entry[entry as usize] {
                Entry::From(before) => exit = workspace.rounds[number - 1].exit[before as usize],
                Entry::Origin(stop) => traced.origin = stop,
            }
        } else {
            exit = workspace.waits[first.2 as usize].exit;
        }
        traced.rides.push(parts);
    }
    let (from, to) = if BACK { (traced.destination, traced.origin) } else { (traced.origin, traced.destination) };
    if !BACK {
        traced.rides.reverse();
    }
    let ends = Ends { from: StopId(from), to: StopId(to) };
    assemble(mirror.network, query, &workspace.forbidden, ends, traced.rides)
}

/// A ride in one run between two mirrored calls, as it really is.
fn part<const BACK: bool>(
    mirror: Mirror<'_, '_, BACK>,
    pattern: u32,
    run: RunKey,
    entered: u32,
    left: u32,
) -> RidePart {
    let calls = mirror.network.calendar.pattern(PatternId(pattern)).calls;
    let (entered, left) =
        (Mirror::<BACK>::call(calls, entered as usize) as u32, Mirror::<BACK>::call(calls, left as usize) as u32);
    let (from_call, to_call) = if BACK { (left, entered) } else { (entered, left) };
    RidePart { run: Mirror::<BACK>::run(run), from_call, to_call }
}
