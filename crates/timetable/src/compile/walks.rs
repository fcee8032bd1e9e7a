//! Walks that transfers.txt does not mention: straight lines between stops within a radius.

use super::error::{CompileError, Limit, bound};
use super::options::WalkOptions;
use crate::TimetableData;
use geo_index::rtree::{RTree, RTreeBuilder, RTreeIndex, sort::HilbertSort};

const WALKS: Limit =
    Limit { what: "walks between stops", most: 30_000_000, advice: "choose a shorter radius with --walk" };

/// Mean radius of the earth in metres.
const EARTH_RADIUS_M: f64 = 6_371_000.0;

/// Great-circle metres between two positions in degrees north and east.
pub(super) fn metres_between(one: (f64, f64), other: (f64, f64)) -> f64 {
    let (north, other_north) = (one.0.to_radians(), other.0.to_radians());
    let half_chord = ((other_north - north) / 2.0).sin().powi(2)
        + north.cos() * other_north.cos() * ((other.1 - one.1).to_radians() / 2.0).sin().powi(2);
    2.0 * EARTH_RADIUS_M * half_chord.sqrt().min(1.0).asin()
}

/// Fills the columns of walks and the settings they were made with.
///
/// Stops of one station are left out: changes between them need no walk.
pub(super) fn fill(data: &mut TimetableData, options: &WalkOptions) -> Result<(), CompileError> {
    data.settings = vec![
        i64::from(options.radius_m),
        i64::from(options.speed_mm_s),
        i64::from(options.detour_permille),
        i64::from(options.change_time_s),
    ];
    data.walk_offset.push(0);
    let stops = data.stop_id.len();
    let served = served_stops(data);
    if options.radius_m == 0 || served.is_empty() {
        data.walk_offset.resize(stops + 1, 0);
        return Ok(());
    }
    let index = index_of(data, &served);
    let mut near = Vec::new();
    let mut next = served.iter().peekable();
    for stop in 0..stops as u32 {
        if next.next_if(|&&served| served == stop).is_some() {
            near.clear();
            let reach = f64::from(options.radius_m);
            stops_within(data, &served, &index, stop, reach, &mut near);
            near.sort_unstable();
            bound((data.walk_stop.len() + near.len()) as u64, &WALKS)?;
            data.walk_metres.extend(near.iter().map(|walk| walk.0));
            data.walk_stop.extend(near.iter().map(|walk| walk.1));
        }
        data.walk_offset.push(data.walk_stop.len() as u32);
    }
    Ok(())
}

/// Stops with a position at which any trip calls, in order.
fn served_stops(data: &TimetableData) -> Vec<u32> {
    let mut called = vec![false; data.stop_id.len()];
    for &stop in &data.call_stop {
        called[stop as usize] = true;
    }
    let located = |stop: &u32| !data.stop_latitude[*stop as usize].is_nan();
    (0..called.len() as u32).filter(|&stop| called[stop as usize]).filter(located).collect()
}

fn position(data: &TimetableData, stop: u32) -> (f64, f64) {
    (data.stop_latitude[stop as usize], data.stop_longitude[stop as usize])
}

/// An index of degrees east and north.
fn index_of(data: &TimetableData, served: &[u32]) -> RTree<f64> {
    let mut builder = RTreeBuilder::<f64>::new(served.len() as u32);
    for &stop in served {
        let (north, east) = position(data, stop);
        builder.add(east, north, east, north);
    }
    builder.finish::<HilbertSort>()
}

/// Pushes `(metres, stop)` for every served stop within reach that is of another station.
fn stops_within(
    data: &TimetableData,
    served: &[u32],
    index: &RTree<f64>,
    stop: u32,
    reach: f64,
    near: &mut Vec<(u32, u32)>,
) {
    let here = position(data, stop);
    // A box a little larger than the circle; it spans all longitudes near the poles, and wraps at the 180th meridian.
    let north = (reach / EARTH_RADIUS_M).to_degrees() * 1.001;
    let widest = (here.0.abs() + north).min(90.0).to_radians().cos();
    let east = if widest < 1e-6 { 360.0 } else { (north / widest).min(360.0) };
    let mut seen_from = |shift: f64| {
        for found in index.search(here.1 + shift - east, here.0 - north, here.1 + shift + east, here.0 + north) {
            let other = served[found as usize];
            let metres = metres_between(here, position(data, other));
            if other != stop && metres <= reach && !are_of_one_station(data, stop, other) {
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

fn are_of_one_station(data: &TimetableData, one: u32, other: u32) -> bool {
    let (parent, other_parent) = (data.stop_parent[one as usize], data.stop_parent[other as usize]);
    parent == other || other_parent == one || (parent != u32::MAX && parent == other_parent)
}
