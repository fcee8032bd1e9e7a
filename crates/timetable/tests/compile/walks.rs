//! Generated walks: great circles, also across the 180th meridian and near the poles.

use crate::drawn::{TODAY, compile_with, stop_id};
use tumen_timetable::compile::{CompileOptions, WalkOptions};
use tumen_timetable::entries;

/// Walks as `from to metres`.
fn walks(text: &str, radius_m: u32) -> Vec<String> {
    let walk = WalkOptions { radius_m, ..WalkOptions::default() };
    let (timetable, _) = compile_with(text, &CompileOptions { walk, ..CompileOptions::on(TODAY) });
    let columns = timetable.columns();
    let line = |from: usize, walk: usize| {
        let to = stop_id(&columns, columns.walk_stop[walk]);
        format!("{} {to} {}", stop_id(&columns, from as u32), columns.walk_metres[walk])
    };
    (0..columns.stop_id.len())
        .flat_map(|from| entries(columns.walk_offset, from).map(move |walk| (from, walk)))
        .map(|(from, walk)| line(from, walk))
        .collect()
}

#[test]
fn stops_within_the_radius_are_walked_to_nearest_first() {
    let text = "feed zone UTC days 2026-01-01..2026-01-02
        station S 55.0000,37.0
        stop S1 55.0000,37.0 in S
        stop S2 55.0001,37.0 in S
        stop near 55.0020,37.0
        stop far 55.0040,37.0
        stop unserved 55.0001,37.0
        stop nowhere
        trip t: S1 08:00 | S2 09:00 | near 10:00 | far 11:00 | nowhere 12:00";
    // Changes between the platforms of a station are no walks.
    assert_eq!(
        walks(text, 300),
        ["S1 near 223", "S2 near 212", "near S2 212", "near S1 223", "near far 223", "far near 223"]
    );
    assert_eq!(walks(text, 0), [""; 0]);
}

#[test]
fn the_earth_is_round() {
    let text = "feed zone UTC days 2026-01-01..2026-01-02
        stop west -17.0,179.9990
        stop east -17.0,-179.9990
        stop pole 89.9999,10.0
        stop beyond 89.9999,-170.0
        trip t: west 08:00 | east 09:00 | pole 10:00 | beyond 11:00";
    assert_eq!(walks(text, 500), ["west east 213", "east west 213", "pole beyond 23", "beyond pole 23"]);
}
