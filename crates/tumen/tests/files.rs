//! From feeds to a file and back.

mod common;

use common::{Compiled, tumen};

const LINE: &str = r#"
    feed zone Europe/Moscow days 2026-12-01..2026-12-10
    stop A "Alpha" 55.7,37.6
    stop B "Beta" 55.9,37.9
    service odd: dates 2026-12-03 2026-12-05
    trip t1: A 08:00 | B 12:00
    trip t2 service odd: A 25:00 | B 26:30:15
"#;

#[test]
fn what_was_imported_can_be_exported_and_imported_again() {
    let first = Compiled::of_text(LINE);
    let feed = first.beside("again.zip");
    let said = tumen(&["export", &first.path.display().to_string(), "-o", &feed.display().to_string()]);
    assert_eq!(said.code, 0, "{}", said.all());
    let again = Compiled::of_feed(&feed);
    for timetable in [&first, &again] {
        let next = timetable.ask(&["next", "Alpha", "Beta", "--from", "2026-12-03", "--any", "--json"]).json();
        assert_eq!(next["departures"][1]["departure"], "2026-12-04T01:00:00+03:00");
        assert_eq!(next["departures"][1]["duration"], 5415);
    }
}

#[test]
fn the_embedded_corridor_is_the_feed_in_the_repository() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../feeds/corridor");
    let compiled = Compiled::of_feed(&folder);
    for args in [&["plan", "Moscow", "Pyongyang"][..], &["board", "Khasan", "--count", "40"]] {
        assert_eq!(compiled.ask(args).out, tumen(args).out);
    }
}

#[test]
fn import_tells_what_there_is_and_what_is_wrong() {
    let line = Compiled::of_text(LINE);
    let feed = line.beside("feed.zip").display().to_string();
    let target = line.beside("other.tumen").display().to_string();
    let said =
        tumen(&["import", &feed, "-o", &target, "--from", "2026-12-03", "--until", "2026-12-05", "--json"]).json();
    assert_eq!(said["timetable"]["trips"], 2);
    assert_eq!(said["timetable"]["days"], 3);
    assert_eq!(said["cuts"].as_array().map(Vec::len), Some(2), "{said:#}");
    let none = tumen(&["import", &feed, "-o", &target, "--from", "2030-01-01"]);
    assert_eq!(none.code, 3, "{}", none.all());
    assert!(none.err.contains("2026-12-01 to 2026-12-10"), "{}", none.err);
}

#[test]
fn info_verifies_and_finds_damage() {
    let line = Compiled::of_text(LINE);
    let path = line.path.display().to_string();
    let said = tumen(&["info", &path, "--verify"]);
    assert_eq!(said.code, 0, "{}", said.all());
    assert!(said.out.contains("Every checksum is right"), "{}", said.out);
    let mut bytes = std::fs::read(&line.path).expect("the file");
    let last = bytes.len() - 1;
    bytes[last] ^= 1;
    std::fs::write(&line.path, bytes).expect("written");
    assert_eq!(tumen(&["info", &path, "--verify"]).code, 3);
}

#[test]
fn a_feed_without_a_zone_takes_the_one_it_is_given() {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, content) in [
        ("agency.txt", "agency_id,agency_name,agency_url\nX,Line,https://example.org\n"),
        ("stops.txt", "stop_id,stop_name,stop_lat,stop_lon\nA,Alpha,1,1\nB,Beta,2,2\n"),
        ("routes.txt", "route_id,agency_id,route_short_name,route_type\nR,X,1,2\n"),
        ("calendar_dates.txt", "service_id,date,exception_type\ns,20261212,1\n"),
        ("trips.txt", "route_id,service_id,trip_id\nR,s,t\nR,s,unknown-stop\n"),
        (
            "stop_times.txt",
            "trip_id,arrival_time,departure_time,stop_id,stop_sequence\nt,08:00:00,08:00:00,A,1\nt,09:00:00,09:00:00,B,2\n\
             unknown-stop,09:00:00,09:00:00,Z,1\nunknown-stop,10:00:00,10:00:00,B,2\n",
        ),
    ] {
        std::fs::write(folder.path().join(name), content).expect("written");
    }
    let feed = folder.path().display().to_string();
    let target = folder.path().join("x.tumen").display().to_string();
    let refused = tumen(&["import", &feed, "-o", &target]);
    assert_eq!(refused.code, 3, "{}", refused.all());
    assert!(refused.err.contains("--zone"), "{}", refused.err);
    let said = tumen(&["import", &feed, "-o", &target, "--zone", "Asia/Pyongyang"]);
    assert_eq!(said.code, 0, "{}", said.all());
    assert!(said.out.contains("stop_times.txt:4"), "the unknown stop is named with its line: {}", said.out);
    let checked = tumen(&["validate", &feed, "--zone", "Asia/Pyongyang"]);
    assert!(checked.out.contains("unknown_stop"), "{}", checked.out);
}
