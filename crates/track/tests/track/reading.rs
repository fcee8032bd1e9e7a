//! sections.txt and lines.txt become typed sections and lines; what cannot be understood is said.

use crate::world::{stop, timetable, track};
use proptest::prelude::*;
use tumen_track::{Role, SpeedKind, Tracks};

const FEED: &str = r#"
    feed zone Europe/Moscow days 2026-03-02..2026-03-08
    station ALPHA "Alpha" 55.0,37.0
    stop ALPHA_1 "Track 1" in ALPHA
    stops BETA GAMMA DELTA
    trip t: ALPHA_1 08:00 | BETA 09:00 | GAMMA 10:00 | DELTA 11:00
"#;

const SECTIONS: &str = "\
section_id,from_stop_id,to_stop_id,length_km,gauge_mm,electrification,tracks,tracks_note,speed_note,countries,regions,zones
S1,ALPHA_1,BETA,60,1520,25 kV,1,,40-70 (believed),XA,North; South,Europe/Moscow
S2,BETA,GAMMA,,1520;1435,,,2+,40-60 average,XA;XB,South; West,
S3,GAMMA,DELTA,41.5,1435,none,,\"1, double near Delta\",,XB,West,
S1B,ALPHA,BETA,80,1520,,2,,,XA,North,
ALL,ALPHA,DELTA,160,,,,,,,,
";

const LINES: &str = "\
line_id,name,sequence,section_id,role,stands_for
MAIN,Alpha–Delta,2,S2,main,
MAIN,Alpha–Delta,1,S1,main,
MAIN,Alpha–Delta,3,S3,main,
MAIN,Alpha–Delta,,S1B,alternative,S1
MAIN,Alpha–Delta,,ALL,check_sum,S1;S2;S3
";

#[test]
fn sections_are_typed_and_what_is_unknown_stays_unknown() {
    let timetable = timetable(FEED, &[("sections.txt", SECTIONS), ("lines.txt", LINES)]);
    let track = track(&timetable);
    assert_eq!(track.complaints, []);
    let [one, two, three, ..] = &track.sections[..] else { panic!("three sections and more") };
    assert_eq!((one.from, one.to), (stop(&timetable, "ALPHA"), stop(&timetable, "BETA")), "a track's station");
    assert_eq!(one.length_metres, Some(60_000.0));
    assert_eq!(one.gauges, [1520]);
    assert_eq!(one.regions, ["North", "South"]);
    assert!(one.tracks.is_some_and(Tracks::is_single));
    let speed = one.speed.expect("what is believed is stated");
    assert_eq!((speed.least_kmh, speed.most_kmh, speed.kind), (40.0, 70.0, SpeedKind::LineSpeed));
    assert_eq!(one.speed_note.as_deref(), Some("40-70 (believed)"));
    assert_eq!(two.length_metres, None);
    assert_eq!(two.gauges, [1520, 1435]);
    assert_eq!(two.tracks.map(|tracks| (tracks.least, tracks.most)), Some((2, None)));
    assert_eq!(two.speed.map(|speed| speed.kind), Some(SpeedKind::Average));
    assert_eq!(three.tracks, None, "words are no number of tracks");
    assert_eq!(three.tracks_note.as_deref(), Some("1, double near Delta"));
    assert_eq!(three.speed, None);
}

#[test]
fn alternatives_and_check_sums_are_no_part_of_the_way() {
    let track = track(&timetable(FEED, &[("sections.txt", SECTIONS), ("lines.txt", LINES)]));
    let [line] = &track.lines[..] else { panic!("one line") };
    assert_eq!(line.sections, [0, 1, 2], "in order, whatever the order of the rows");
    assert_eq!(line.beside, [3, 4]);
    assert_eq!(track.sections[3].role, Role::Alternative { stands_for: vec![0] });
    assert_eq!(track.sections[4].role, Role::CheckSum { of: vec![0, 1, 2] });
    assert!(!track.sections[4].is_track());
}

#[test]
fn a_total_is_no_track_even_where_another_line_says_so() {
    let lines = format!("{LINES}OTHER,Other,1,ALL,main,\n");
    let track = track(&timetable(FEED, &[("sections.txt", SECTIONS), ("lines.txt", &lines)]));
    assert!(!track.sections[4].is_track());
    assert_eq!(track.lines[1].sections, [] as [usize; 0]);
}

#[test]
fn what_is_not_understood_is_named_by_file_line_and_column() {
    let sections = "section_id,from_stop_id,to_stop_id,length_km,gauge_mm,tracks,max_speed_kmh\n\
        S1,ALPHA,BETA,long,wide,many,fast\nS2,ALPHA,NOWHERE,1,,,\nS3,BETA,BETA,1,,,\nS1,BETA,GAMMA,1,,,\n";
    let lines = "line_id,section_id,sequence,role,stands_for\nL,S1,first,main,\nL,S9,2,main,\nL,S1,,detour,S8\n";
    let track = track(&timetable(FEED, &[("sections.txt", sections), ("lines.txt", lines)]));
    let said: Vec<String> = track.complaints.iter().map(ToString::to_string).collect();
    assert_eq!(
        said,
        [
            "sections.txt, line 2, length_km: `long`: expected kilometres above 0",
            "sections.txt, line 2, gauge_mm: `wide`: expected millimetres, such as 1520 or 1520/1435",
            "sections.txt, line 2, tracks: `many`: expected a number, `2+` or `1-2`",
            "sections.txt, line 2, max_speed_kmh: `fast`: expected km/h, such as 120 or 40-70",
            "sections.txt, line 3, to_stop_id: `NOWHERE`: expected a stop_id of stops.txt; the section is left out",
            "sections.txt, line 4, to_stop_id: `BETA`: expected another station; the section is left out",
            "sections.txt, line 5, section_id: `S1`: an earlier row has this section; this one is left out",
            "lines.txt, line 2, sequence: `first`: expected the place along the line: 1, 2, 3 …",
            "lines.txt, line 3, section_id: `S9`: expected a section_id of sections.txt; the row is left out",
            "lines.txt, line 4, stands_for: `S8`: expected section_ids of sections.txt, separated by `;`",
            "lines.txt, line 4, role: `detour`: expected main, alternative or check_sum; taken for an alternative",
        ]
    );
}

#[test]
fn a_timetable_without_tables_of_track_has_none() {
    assert!(track(&timetable(FEED, &[])).is_empty());
}

const WORDS: &[&str] =
    &["", "ALPHA", "BETA", "GAMMA", "S1", "S2", "main", "check_sum", "alternative", "1", "1520;1435", "1e999"];

fn cell() -> impl Strategy<Value = String> {
    prop_oneof![proptest::sample::select(WORDS).prop_map(str::to_owned), "[-0-9+.;/A-Za-z ()é\u{0}]{0,8}"]
}

fn table(columns: &'static str) -> impl Strategy<Value = String> {
    let width = columns.split(',').count();
    let row = proptest::collection::vec(cell(), 0..=width + 1).prop_map(|cells| cells.join(","));
    proptest::collection::vec(row, 0..12).prop_map(move |rows| format!("{columns}\n{}\n", rows.join("\n")))
}

proptest! {
    #[test]
    fn hostile_tables_are_read_without_panic(
        sections in table("section_id,from_stop_id,to_stop_id,length_km,gauge_mm,tracks,max_speed_kmh,speed_note,tracks_note"),
        lines in table("line_id,section_id,sequence,role,stands_for"),
    ) {
        let timetable = timetable(FEED, &[("sections.txt", &sections), ("lines.txt", &lines)]);
        let track = track(&timetable);
        for section in &track.sections {
            prop_assert!(section.from != section.to);
            prop_assert!(section.length_metres.is_none_or(|metres| metres.is_finite() && metres > 0.0));
            prop_assert!(section.speed.is_none_or(|speed| speed.least_kmh > 0.0 && speed.least_kmh <= speed.most_kmh));
        }
        for line in &track.lines {
            let all = line.sections.iter().chain(&line.beside);
            prop_assert!(all.clone().all(|section| *section < track.sections.len()));
            prop_assert!(line.sections.iter().all(|section| track.sections[*section].is_track()));
        }
    }
}
