//! Patterns, nodes and carriages: positions that are positions in something else.

use super::Invalid;
use super::checks::{all_hold, refuse, rows};
use super::tables::column;
use crate::columns::Columns;
use crate::view::entries;
use tumen_base::TripId;

/// Trips, calls and times of every pattern fit together.
pub(super) fn patterns(c: &Columns) -> Result<(), Invalid> {
    rows("time_arrival", c.time_arrival.len(), c.time_departure.len())?;
    for (column, len) in [
        ("time_certainty", c.time_certainty.len()),
        ("time_source", c.time_source.len()),
        ("time_interpolated", c.time_interpolated.len()),
    ] {
        if len != 0 {
            rows(column, len, c.time_departure.len())?;
        }
    }

    for pattern in 0..c.pattern_route.len() {
        let trips = entries(c.pattern_trip_offset, pattern);
        let calls = entries(c.pattern_call_offset, pattern);
        if calls.len() < 2 {
            return Err(refuse("pattern_call_offset", pattern, calls.len(), "two calls or more"));
        }
        if trips.is_empty() {
            return Err(refuse("pattern_trip_offset", pattern, 0, "one trip or more"));
        }
        let times = c.pattern_time_offset[pattern + 1] - c.pattern_time_offset[pattern];
        if times != trips.len() as u64 * calls.len() as u64 {
            return Err(refuse("pattern_time_offset", pattern, times, "one time for every trip and call"));
        }
        let is_of_this = |trip: usize| c.trip_pattern[trip] as usize == pattern;
        if !all_hold(trips.clone(), is_of_this) {
            let trip = trips.clone().find(|&trip| !is_of_this(trip)).unwrap_or(trips.start);
            return Err(refuse("trip_pattern", trip, c.trip_pattern[trip], format!("the pattern {pattern}")));
        }
    }
    Ok(())
}

/// Plain alight nodes are the stops'; calls and alight nodes name each other.
pub(super) fn alight_nodes(c: &Columns) -> Result<(), Invalid> {
    let nodes = Nodes {
        stops: column!(c.alight_stop),
        calls: column!(c.call_alight),
        offset: c.alight_call_offset,
        pattern: c.alight_call_pattern,
        position: column!(c.alight_call_position),
    };
    nodes.check(c)
}

/// The same for board nodes.
pub(super) fn board_nodes(c: &Columns) -> Result<(), Invalid> {
    let nodes = Nodes {
        stops: column!(c.board_stop),
        calls: column!(c.call_board),
        offset: c.board_call_offset,
        pattern: c.board_call_pattern,
        position: column!(c.board_call_position),
    };
    nodes.check(c)
}

/// A named column of references.
type References<'a> = (&'static str, &'a [u32]);

/// The alight nodes or the board nodes.
struct Nodes<'a> {
    stops: References<'a>,
    calls: References<'a>,
    offset: &'a [u32],
    pattern: &'a [u32],
    position: References<'a>,
}

impl Nodes<'_> {
    fn check(&self, c: &Columns) -> Result<(), Invalid> {
        let stops = c.stop_id.len();
        let nodes = self.stops.1.len();
        if nodes < stops {
            rows(self.stops.0, nodes, stops)?;
        }
        if let Some(stop) = (0..stops).find(|&stop| self.stops.1[stop] as usize != stop) {
            return Err(refuse(self.stops.0, stop, self.stops.1[stop], "the stop itself, for its plain node"));
        }
        for (call, (&node, &stop)) in self.calls.1.iter().zip(c.call_stop).enumerate() {
            if node != u32::MAX && self.stops.1[node as usize] != stop {
                return Err(refuse(self.calls.0, call, node, format!("a node of the call's stop {stop}")));
            }
        }
        for node in 0..nodes {
            let rows = entries(self.offset, node);
            for (row, (&pattern, &position)) in
                rows.clone().zip(self.pattern[rows.clone()].iter().zip(&self.position.1[rows]))
            {
                let calls = entries(c.pattern_call_offset, pattern as usize);
                if position as usize >= calls.len() || self.calls.1[calls.start + position as usize] as usize != node {
                    return Err(refuse(self.position.0, row, position, format!("a call at node {node}")));
                }
            }
        }
        Ok(())
    }
}

/// Ways are trips; hosts carry them between calls that exist.
pub(super) fn carriages(c: &Columns) -> Result<(), Invalid> {
    for (way, &trip) in c.way_trip.iter().enumerate() {
        if c.trip_way[trip as usize] as usize != way {
            return Err(refuse("way_trip", way, trip, "a trip that is this way"));
        }
        for host in entries(c.way_host_offset, way) {
            if c.way_of_trip(TripId(c.host_trip[host])).is_some() {
                return Err(refuse("host_trip", host, c.host_trip[host], "a train, not a carriage"));
            }
            let stretches = [
                (column!(c.host_attach), column!(c.host_detach), c.host_trip[host]),
                (column!(c.host_way_attach), column!(c.host_way_detach), trip),
            ];
            for ((_, attach), (name, detach), trip) in stretches {
                let calls = entries(c.pattern_call_offset, c.trip_pattern[trip as usize] as usize).len();
                if attach[host] >= detach[host] || detach[host] as usize >= calls {
                    let expected = format!("a call of trip {trip} after call {}", attach[host]);
                    return Err(refuse(name, host, detach[host], expected));
                }
            }
        }
    }
    Ok(())
}
