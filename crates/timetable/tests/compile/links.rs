//! In-seat links: transfer_type 4 and blocks.

use crate::drawn::{compile_text, dates, trip_id};
use tumen_timetable::{Columns, entries};

/// Links as `from -> to +shift on dates`, and the same read from the other end.
fn links(columns: &Columns) -> Vec<String> {
    let mut lines = Vec::new();
    let mut back = Vec::new();
    for trip in 0..columns.trip_id.len() as u32 {
        for link in entries(columns.trip_link_offset, trip as usize) {
            let (to, days) = (trip_id(columns, columns.link_to[link]), dates(columns, columns.link_days[link]));
            lines.push(format!("{} -> {to} +{} on {days}", trip_id(columns, trip), columns.link_shift[link]));
        }
        for link in entries(columns.trip_link_back_offset, trip as usize) {
            let from = trip_id(columns, columns.link_back_from[link]);
            let days = dates(columns, columns.link_back_days[link]);
            back.push(format!("{from} -> {} +{} on {days}", trip_id(columns, trip), columns.link_back_shift[link]));
        }
    }
    lines.sort();
    back.sort();
    assert_eq!(lines, back, "links read the same from both ends");
    lines
}

#[track_caller]
fn assert_links(text: &str, expected: &[&str]) {
    assert_eq!(links(&compile_text(text).columns()), expected);
}

#[test]
fn type_4_continues_on_the_same_day_or_the_next_and_no_further() {
    assert_links(
        "feed zone UTC days 2026-01-01..2026-01-05
         stops A B C
         service odd: dates 2026-01-01 2026-01-03 2026-01-05
         trip day: A 08:00 | B 12:00
         trip noon service odd: B 12:00 | C 15:00
         trip early: B 11:59 | C 14:00
         trip late service odd: A 20:00 | B 30:00
         trip long: A 08:00 | B 60:00
         continue day -> noon
         continue day -> early
         continue late -> early
         continue long -> noon",
        &[
            "day -> early +1 on 01-01..01-04",
            "day -> noon +0 on 01-01 01-03 01-05",
            "day -> noon +1 on 01-02 01-04",
            "late -> early +1 on 01-01 01-03",
        ],
    );
}

#[test]
fn the_next_day_is_an_hour_nearer_when_clocks_go_forward() {
    // On 29 March 2026 Berlin has 23 hours: a run that ends at 33:30 of the 28th ends at 10:30 of the 29th.
    assert_links(
        "feed zone Europe/Berlin days 2026-03-27..2026-03-29
         stops A B C
         trip night: A 20:00 | B 33:30
         trip morning: B 10:00 | C 11:00
         continue night -> morning",
        &["night -> morning +1 on 03-27"],
    );
}

#[test]
fn a_block_continues_in_its_next_run_at_the_same_place_across_services() {
    assert_links(
        "feed zone UTC days 2026-01-01..2026-01-04
         station S
         stop S1 in S
         stop S2 in S
         stop near 50.0000,10.0
         stop nearby 50.0017,10.0
         stop far 50.0019,10.0
         stops A B
         service first: 2026-01-01..2026-01-03 daily
         service last: 2026-01-02..2026-01-04 daily
         trip a1 service first block a: A 08:00 | B 09:00
         trip a2 service last block a: B 09:00 | A 10:00
         trip a3 service first block a: B 11:00 | A 12:00
         trip s1 block s: A 08:00 | S1 09:00
         trip s2 block s: S2 09:10 | near 10:00
         trip s3 block s: nearby 10:00 | near 11:00
         trip s4 block s: far 11:00 | A 12:00
         trip t1 block t: A 08:00 | B 09:00
         trip t2 block t: B 08:59 | A 09:30",
        &[
            "a1 -> a2 +0 on 01-02..01-03",
            "a1 -> a3 +0 on 01-01",
            "s1 -> s2 +0 on 01-01..01-04",
            "s2 -> s3 +0 on 01-01..01-04",
        ],
    );
}

#[test]
fn rules_of_types_4_and_5_override_a_block() {
    assert_links(
        "feed zone UTC days 2026-01-01..2026-01-02
         stops A B C
         service never: dates 2026-01-02
         trip one block b: A 08:00 | B 09:00
         trip two block b: B 10:00 | C 11:00
         trip three block b: C 12:00 | A 13:00
         trip other service never: B 09:00 | C 09:30
         continue one -> other
         break two -> three",
        &["one -> other +0 on 01-02", "one -> other +1 on 01-01"],
    );
}

#[test]
fn frequency_trips_have_no_links() {
    assert_links(
        "feed zone UTC days 2026-01-01..2026-01-02
         stops A B
         trip one block b: A 08:00 | B 09:00
         trip two block b: B 09:00 | A 10:00
         trip three block b: B 10:00 | A 11:00
         frequency two 09:00..12:00 every 3600
         continue two -> three",
        &["one -> three +0 on 01-01..01-02"],
    );
}
