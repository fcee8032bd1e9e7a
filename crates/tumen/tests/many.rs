//! Many answers at once: everywhere from one place, many places from many, a file of queries on several threads.

mod common;

use common::{Compiled, tumen};
use std::fmt::Write as _;
use std::fs;

const LINE: &str = r#"
    feed zone Europe/Moscow days 2026-12-01..2026-12-10
    station S "Union"
    stop S1 "Union, platform 1" in S
    stop A "Alpha" 55.5,37.25
    stop B "Beta" zone Asia/Yekaterinburg
    stop C "Gamma"
    stop D "Lonely"
    trip slow: A 08:00 | B 12:00
    trip t1: A 09:00 | C 09:30
    trip t2: C 09:40 | B 11:00 | S1 11:30
"#;

fn written(timetable: &Compiled, file: &str, args: &[&str]) -> String {
    let path = timetable.beside(file);
    let said = timetable.ask(&[args, &["-o", &path.display().to_string()]].concat());
    assert_eq!(said.code, 0, "{}", said.all());
    fs::read_to_string(path).expect("the file")
}

const REACH: [&str; 6] = ["reach", "A", "--depart", "2026-12-02T07:00", "--walk", "none"];

#[test]
fn a_row_for_each_stop_that_is_reached() {
    let line = Compiled::of_text(LINE);
    assert_eq!(
        written(&line, "reach.csv", &REACH),
        "stop_id,name,station,lat,lon,departure,arrival,duration_s,trips\n\
         A,Alpha,,55.5,37.25,2026-12-02T07:00:00+03:00,2026-12-02T07:00:00+03:00,0,0\n\
         C,Gamma,,,,2026-12-02T07:00:00+03:00,2026-12-02T09:30:00+03:00,9000,1\n\
         B,Beta,,,,2026-12-02T07:00:00+03:00,2026-12-02T13:00:00+05:00,14400,2\n\
         S,Union,,,,2026-12-02T07:00:00+03:00,2026-12-02T11:30:00+03:00,16200,2\n\
         S1,\"Union, platform 1\",S,,,2026-12-02T07:00:00+03:00,2026-12-02T11:30:00+03:00,16200,2\n"
    );
    let soon = written(&line, "soon.csv", &[&REACH[..], &["--within", "150m"]].concat());
    let stops: Vec<&str> = soon.lines().skip(1).filter_map(|line| line.split(',').next()).collect();
    assert_eq!(stops, ["A", "C"], "the horizon is inclusive");
    let all = written(&line, "all.csv", &[&REACH[..], &["--all"]].concat());
    let trips: Vec<&str> = all.lines().filter(|line| line.starts_with("B,")).collect();
    assert_eq!(
        trips,
        [
            "B,Beta,,,,2026-12-02T07:00:00+03:00,2026-12-02T14:00:00+05:00,18000,1",
            "B,Beta,,,,2026-12-02T07:00:00+03:00,2026-12-02T13:00:00+05:00,14400,2",
        ]
    );
}

#[test]
fn a_window_tells_the_shortest_journey_or_all() {
    let line = Compiled::of_text(LINE);
    let window = [&REACH[..], &["--window", "2d"]].concat();
    let shortest = written(&line, "window.csv", &window);
    let beta: Vec<&str> = shortest.lines().filter(|line| line.starts_with("B,")).collect();
    assert_eq!(beta, ["B,Beta,,,,2026-12-02T09:00:00+03:00,2026-12-02T13:00:00+05:00,7200,2"]);
    let all = written(&line, "profile.csv", &[&window[..], &["--all"]].concat());
    assert_eq!(all.lines().filter(|line| line.starts_with("B,")).count(), 4, "{all}");
    assert!(!all.contains("\nA,"), "nobody rides from a stop to itself");
}

#[test]
fn a_point_on_the_map_for_each_stop() {
    let line = Compiled::of_text(LINE);
    let text = written(&line, "reach.geojson", &REACH);
    let map: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(map["type"], "FeatureCollection");
    let features = map["features"].as_array().expect("features");
    assert_eq!(features.len(), 5);
    assert_eq!(features[0]["geometry"]["coordinates"], serde_json::json!([37.25, 55.5]));
    assert!(features[1]["geometry"].is_null(), "a stop without a position has no point");
    let beta = &features[2]["properties"];
    assert_eq!(beta["name"], "Beta");
    assert_eq!(beta["stop_id"], "B");
    assert_eq!(beta["arrival"], "2026-12-02T13:00:00+05:00");
    assert_eq!((beta["duration_s"].as_i64(), beta["trips"].as_i64()), (Some(14400), Some(2)));
}

#[test]
fn the_screen_shows_the_first_rows_and_json_all() {
    let line = Compiled::of_text(LINE);
    let shown = line.ask(&[&REACH[..], &["--count", "3"]].concat());
    insta::assert_snapshot!(shown.all(), @r"
    Alpha, departing from Wed 2 Dec 2026 07:00 (UTC+3): 5 stops in up to 3 d

           Takes  Arrives          Zone   Trips  Stop   Id
           0 min  Wed 2 Dec 07:00  UTC+3      0  Alpha  A
      2 h 30 min  Wed 2 Dec 09:30  UTC+3      1  Gamma  C
             4 h  Wed 2 Dec 13:00  UTC+5      2  Beta   B

    2 more: --count shows so many, -o FILE.csv writes all.

    Check with the carrier before you travel or pay: this is a reading of timetables, not a promise that anything runs.
    --- exit 0
    ");
    let json = line.ask(&[&REACH[..], &["--json"]].concat()).json();
    assert_eq!(json["stops"].as_array().map(Vec::len), Some(5));
    assert_eq!(json["stops"][2]["arrival"], "2026-12-02T13:00:00+05:00");
    assert_eq!(json["limits"], serde_json::json!([]));
    let nowhere = line.ask(&["reach", "D", "--depart", "2026-12-02"]);
    assert_eq!(nowhere.code, 1, "{}", nowhere.all());
}

#[test]
fn every_pair_of_two_lists() {
    let line = Compiled::of_text(LINE);
    let (from, to) = (line.beside("from.csv"), line.beside("to.csv"));
    fs::write(&from, "stop_id,departure\nA,2026-12-02T07:00:00\nGamma,\n").expect("written");
    fs::write(&to, "stop_id\nB\nUnion\nD\n").expect("written");
    let (from, to) = (from.display().to_string(), to.display().to_string());
    let matrix =
        ["matrix", "--from", &from, "--to", &to, "--depart", "2026-12-03T08:00", "--walk", "none", "--threads", "2"];
    let answer = written(&line, "m.csv", &matrix);
    assert_eq!(
        answer,
        "from,to,departure,arrival,trips,duration_s\n\
         A,B,2026-12-02T07:00:00+03:00,2026-12-02T13:00:00+05:00,2,14400\n\
         A,Union,2026-12-02T07:00:00+03:00,2026-12-02T11:30:00+03:00,2,16200\n\
         A,D,2026-12-02T07:00:00+03:00,,,\n\
         Gamma,B,2026-12-03T08:00:00+03:00,2026-12-03T13:00:00+05:00,1,10800\n\
         Gamma,Union,2026-12-03T08:00:00+03:00,2026-12-03T11:30:00+03:00,1,12600\n\
         Gamma,D,2026-12-03T08:00:00+03:00,,,\n"
    );
    let all = written(&line, "all.csv", &[&matrix[..], &["--all", "--window", "24h"]].concat());
    assert_eq!(
        all.lines().filter(|line| line.starts_with("A,B,")).collect::<Vec<_>>(),
        [
            "A,B,2026-12-02T08:00:00+03:00,2026-12-02T14:00:00+05:00,1,14400",
            "A,B,2026-12-02T09:00:00+03:00,2026-12-02T13:00:00+05:00,2,7200",
        ]
    );
}

#[test]
fn what_is_wrong_is_named() {
    let line = Compiled::of_text(LINE);
    let (from, to) = (line.beside("from.csv"), line.beside("to.csv"));
    fs::write(&to, "stop_id\nB\n").expect("written");
    let [from_path, to_path, out] = [&from, &to, &line.beside("m.csv")].map(|path| path.display().to_string());
    for (list, reason) in [
        ("id\nA\n", "no column stop_id"),
        ("stop_id\nA\nNowhere\n", "from.csv:3: no place or stop is called `Nowhere`"),
        ("stop_id,departure\nA,noon\n", "from.csv:2: `noon` is no local time"),
        ("stop_id\n", "no rows"),
    ] {
        fs::write(&from, list).expect("written");
        let said = line.ask(&["matrix", "--from", &from_path, "--to", &to_path, "-o", &out]);
        assert_eq!(said.code, 2, "{list}");
        assert!(said.err.contains(reason), "{}", said.err);
    }
    let table = line.ask(&[&REACH[..], &["-o", "reach.txt"]].concat());
    assert_eq!((table.code, table.err.contains("expected .csv, .geojson, .parquet")), (2, true), "{}", table.all());
    let map = line.ask(&["matrix", "--from", &from_path, "--to", &to_path, "-o", "m.geojson"]);
    assert_eq!((map.code, map.err.contains("expected .csv, .parquet")), (2, true), "{}", map.all());
}

#[test]
#[cfg(not(feature = "parquet"))]
fn without_parquet_the_program_says_how_to_get_it() {
    let said = tumen(&["reach", "Moscow", "-o", "reach.parquet"]);
    assert_eq!(said.code, 2);
    assert!(said.err.contains("cargo build --release --features parquet"), "{}", said.err);
}

#[test]
#[cfg(feature = "parquet")]
fn parquet_holds_the_same_rows() {
    use parquet::file::reader::{FileReader, SerializedFileReader};
    let line = Compiled::of_text(LINE);
    let path = line.beside("reach.parquet");
    let said = line.ask(&[&REACH[..], &["-o", &path.display().to_string()]].concat());
    assert_eq!(said.code, 0, "{}", said.all());
    let reader = SerializedFileReader::new(fs::File::open(path).expect("the file")).expect("Parquet");
    let rows: Vec<String> =
        reader.get_row_iter(None).expect("rows").map(|row| row.expect("a row").to_string()).collect();
    assert_eq!(rows.len(), 5);
    assert_eq!(
        [&rows[2], &rows[4]],
        [
            "{stop_id: \"B\", name: \"Beta\", station: null, lat: null, lon: null, \
             departure: 2026-12-02 04:00:00.000 +00:00, departure_offset_s: 10800, \
             arrival: 2026-12-02 08:00:00.000 +00:00, arrival_offset_s: 18000, duration_s: 14400, trips: 2}",
            "{stop_id: \"S1\", name: \"Union, platform 1\", station: \"S\", lat: null, lon: null, \
             departure: 2026-12-02 04:00:00.000 +00:00, departure_offset_s: 10800, \
             arrival: 2026-12-02 08:30:00.000 +00:00, arrival_offset_s: 10800, duration_s: 16200, trips: 2}",
        ]
    );
}

#[test]
fn threads_change_nothing_in_the_answers() {
    let stops = ["RU_MOW_YAR", "RU_KHABAROVSK", "KP_PYONGYANG", "RU_USSURIYSK", "RU_KIROV", "RU_OMSK"];
    let mut queries = String::from("from_stop_id,to_stop_id,departure\n");
    for (number, from) in stops.iter().cycle().take(600).enumerate() {
        let to = stops[number / stops.len() % stops.len()];
        let (day, hour) = (1 + number % 28, number % 24);
        writeln!(queries, "{from},{to},2026-12-{day:02}T{hour:02}:00:00").expect("memory");
    }
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).display().to_string();
    fs::write(path("q.csv"), queries).expect("written");
    for kind in [&[][..], &["--profile", "10d"], &["--arrive"]] {
        let answers = ["1", "2", "5"].map(|threads| {
            let (queries, out) = (path("q.csv"), path("a.csv"));
            let args = ["batch", "--queries", &queries, "--out", &out, "--horizon", "20d", "--threads", threads];
            let said = tumen(&[&args, kind].concat());
            assert_eq!(said.code, 0, "{}", said.all());
            fs::read(out).expect("the answers")
        });
        assert!(answers[0].len() > 30_000, "{} bytes", answers[0].len());
        assert!(answers[0] == answers[1] && answers[0] == answers[2], "{kind:?}");
    }
}
