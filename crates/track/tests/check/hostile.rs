//! Tables that nobody should write: what cannot be understood is said, and nothing panics.

use crate::world::{checked_as, facts_said};
use proptest::prelude::*;

const FEED: &str = r"
    feed zone Europe/Berlin days 2026-03-02..2026-03-08
    stop A 50.0,10.0
    stop B 50.0,10.5
    stop C 50.0,11.0
    service car: mon
    trip t: A 8:00 | B 8:30-8:40 | C 9:30
    trip u: C 8:00 | A 9:30
    carriage k service car: t A..B, u C..A stand 0:00..24:00
";

#[test]
fn what_is_not_understood_is_named_by_file_line_and_column() {
    let said = facts_said(
        FEED,
        &[
            (
                "sections.txt",
                "section_id,from_stop_id,to_stop_id,length_km,crossing_loops_km\nS,A,B,40,41\nT,B,C,40,many\n",
            ),
            (
                "border_posts.txt",
                "border_post_id,name,from_stop_id,to_stop_id,run_time_min,gauge_change_min,gauge_change_capacity\n\
                 P,Post,A,B,soon,-1,0\n",
            ),
            ("train_types.txt", "train_type_id,trains,top_speed_kmh,braking_ms2\nX,route:R,0,fast\nY,line:L,,\n"),
        ],
    );
    assert_eq!(
        said,
        [
            "sections.txt, line 2, crossing_loops_km: `41`: expected `none`, or kilometres from from_stop_id within the section, \
             separated by `;`",
            "sections.txt, line 3, crossing_loops_km: `many`: expected `none`, or kilometres from from_stop_id within the section, \
             separated by `;`",
            "border_posts.txt, line 2, run_time_min: `soon`: expected minutes",
            "border_posts.txt, line 2, gauge_change_min: `-1`: expected minutes",
            "border_posts.txt, line 2, gauge_change_capacity: `0`: expected how many vehicles, from 1 on",
            "train_types.txt, line 2, top_speed_kmh: `0`: expected a number above 0",
            "train_types.txt, line 2, braking_ms2: `fast`: expected a number above 0",
            "train_types.txt, line 3, trains: `line:L`: expected `trip:ID`, `route:ID` or `agency:ID`",
        ]
    );
}

const WORDS: [&str; 14] =
    ["", "A", "B", "C", "1", "0", "none", "route:R", "trip:t", "1520;1435", "1520", "1e300", "1e-300", "30;5"];

fn cell() -> impl Strategy<Value = String> {
    prop_oneof![proptest::sample::select(&WORDS[..]).prop_map(str::to_owned), "[-0-9+.;:/A-Za-z é]{0,6}"]
}

fn table(columns: &'static str) -> impl Strategy<Value = String> {
    let row = proptest::collection::vec(cell(), columns.split(',').count()).prop_map(|cells| cells.join(","));
    proptest::collection::vec(row, 0..8).prop_map(move |rows| format!("{columns}\n{}\n", rows.join("\n")))
}

proptest! {
    #[test]
    fn hostile_tables_are_checked_without_panic(
        sections in table("from_stop_id,to_stop_id,length_km,max_speed_kmh,tracks,crossing_loops_km,gauge_mm"),
        posts in table("from_stop_id,to_stop_id,run_time_min,gauge_change_min,gauge_change_capacity,gauge_change_stop_id"),
        trains in table("trains,top_speed_kmh,acceleration_ms2,braking_ms2"),
    ) {
        let files = [("sections.txt", &*sections), ("border_posts.txt", &posts), ("train_types.txt", &trains)];
        let found = checked_as(FEED, &files, |_| ()).0;
        for tally in found.tallies.values() {
            prop_assert!(tally.violated <= tally.checked);
        }
    }
}
