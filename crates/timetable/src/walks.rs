//! Walks that transfers.txt does not mention: straight lines between stops within a radius.

use crate::Columns;
use geo_index::rtree::{RTree, RTreeBuilder, RTreeIndex, sort::HilbertSort};
use thiserror::Error;
use tumen_base::{EARTH_RADIUS_M, metres_between};

/// The most walks that are generated.
const MOST_WALKS: usize = 30_000_000;

/// More walks than fit: the radius is too large for so dense a network.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("walks of {radius_m} m make more than {MOST_WALKS} pairs of stops: choose a shorter radius with --walk")]
pub struct TooManyWalks {
    radius_m: u32,
}

/// Walks from every stop, in the form of the columns `walk_offset`, `walk_stop` and `walk_metres`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Walks {
    /// Walks of a stop.
    pub offset: Vec<u32>,
    /// Stop walked to, nearest first.
    pub stop: Vec<u32>,
    /// Straight-line metres, rounded up.
    pub metres: Vec<u32>,
}

/// Walks between all served stops within a radius.
///
/// Stops of one station are left out: changes between them need no walk.
///
/// # Errors
/// When there are too many.
pub fn walks_within(columns: &Columns<'_>, radius_m: u32) -> Result<Walks, TooManyWalks> {
    let stops = columns.stop_id.len();
    let mut walks = Walks { offset: vec![0], ..Walks::default() };
    let served = served_stops(columns);
    if radius_m == 0 || served.is_empty() {
        walks.offset.resize(stops + 1, 0);
        return Ok(walks);
    }
    let index = index_of(columns, &served);
    let mut near = Vec::new();
    let mut next = served.iter().peekable();
    for stop in 0..stops as u32 {
        if next.next_if(|&&served| served == stop).is_some() {
            near.clear();
            stops_within(columns, &served, &index, stop, f64::from(radius_m), &mut near);
            near.sort_unstable();
            if walks.stop.len() + near.len() > MOST_WALKS {
                return Err(TooManyWalks { radius_m });
            }
            walks.metres.extend(near.iter().map(|walk| walk.0));
            walks.stop.extend(near.iter().map(|walk| walk.1));
        }
        walks.offset.push(walks.stop.len() as u32);
    }
    Ok(walks)
}

/// Stops with a position at which any trip calls, in order.
fn served_stops(columns: &Columns<'_>) -> Vec<u32> {
    let mut called = vec![false; columns.stop_id.len()];
    for &stop in columns.call_stop {
        called[stop as usize] = true;
    }
    let located = |stop: &u32| !columns.stop_latitude[*stop as usize].is_nan();
    (0..called.len() as u32).filter(|&stop| called[stop as usize]).filter(located).collect()
}

fn position(columns: &Columns<'_>, stop: u32) -> (f64, f64) {
    (columns.stop_latitude[stop as usize], columns.stop_longitude[stop as usize])
}

/// An index of degrees east and north.
fn index_of(columns: &Columns<'_>, served: &[u32]) -> RTree<f64> {
    let mut builder = RTreeBuilder::<f64>::new(served.len() as u32);
    for &stop in served {
        let (north, east) = position(columns, stop);
        builder.add(east, north, east, north);
    }
    builder.finish::<HilbertSort>()
}

/// Pushes `(metres, stop)` for every served stop within reach that is of another station.
fn stops_within(
    columns: &Columns<'_>,
    served: &[u32],
    index: &RTree<f64>,
    stop: u32,
    reach: f64,
    near: &mut Vec<(u32, u32)>,
) {
    let here = position(columns, stop);
    // A box a little larger than the circle; it spans all longitudes near the poles, and wraps at the 180th meridian.
    let north = (reach / EARTH_RADIUS_M).to_degrees() * 1.001;
    let widest = (here.0.abs() + north).min(90.0).to_radians().cos();
    let east = if widest < 1e-6 { 360.0 } else { (north / widest).min(360.0) };
    let mut seen_from = |shift: f64| {
        for found in index.search(here.1 + shift - east, here.0 - north, here.1 + shift + east, here.0 + north) {
            let other = served[found as usize];
            let metres = metres_between(here, position(columns, other));
            if other != stop && metres <= reach && !are_of_one_station(columns, stop, other) {
                near.push((metres.ceil() as u32, other));
            }
        }
    };
    seen_from(0.0);
    if east < 360.0 && here.1 - east < -180.0 {
        seen_from(360.0);
    }
    if east < 360.0 && here.1 + east > 180.0 {
        seen_from(-360.0);
    }
}

fn are_of_one_station(columns: &Columns<'_>, one: u32, other: u32) -> bool {
    let (parent, other_parent) = (columns.stop_parent[one as usize], columns.stop_parent[other as usize]);
    parent == other || other_parent == one || (parent != u32::MAX && parent == other_parent)
}
