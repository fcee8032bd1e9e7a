//! Goods: the decision first, then the way, the papers and the log.

mod common;

use common::{Compiled, NOW, Said, command, tumen};
use insta::assert_snapshot;
use serde_json::Value;
use std::fs;
use std::path::PathBuf;
use tempfile::TempDir;

/// A folder with a log of its own.
struct Desk(TempDir);

impl Desk {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder"))
    }

    fn file(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Asks with the log of this desk, and hides where that is.
    fn ship(&self, args: &[&str]) -> Said {
        let log = self.file("log.jsonl").display().to_string();
        let said = tumen(&[&["ship"], args, &["--log", &log]].concat());
        let hide = |text: &str| text.replace(&self.0.path().display().to_string(), "FOLDER");
        Said { out: hide(&said.out), err: hide(&said.err), ..said }
    }

    fn log(&self) -> Vec<Value> {
        let text = fs::read_to_string(self.file("log.jsonl")).unwrap_or_default();
        text.lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect()
    }
}

const COAL: [&str; 12] =
    ["--hs", "2701", "--from", "Khasan", "--to", "Rajin", "--weight", "9000t", "--wagons", "130", "--gauge", "1520"];

/// N20: reviewed with the exemption and its conditions, the path known and its times not published.
#[test]
fn russian_coal_through_rajin() {
    let said = Desk::new().ship(&[&COAL[..], &["--origin", "RU"]].concat());
    assert_snapshot!(said.all());
    assert!(said.out.starts_with("REVIEW: a person decides\n"), "the decision comes first");
}

/// N20: the same coal of DPRK origin is refused, and nothing of a way is shown.
#[test]
fn korean_coal_through_rajin() {
    let desk = Desk::new();
    let said =
        desk.ship(&[&COAL[..], &["--origin", "KP", "--note", &desk.file("n.html").display().to_string()]].concat());
    assert_snapshot!(said.all());
    let json = desk.ship(&[&COAL[..], &["--origin", "KP", "--json"]].concat()).json();
    assert_eq!((json["decision"]["verdict"].as_str(), json["routing"].is_null()), (Some("refused"), true));
    assert!(!desk.file("n.html").exists(), "a refused consignment gets no note");
    assert!(!said.out.contains("Tumangang") && !said.out.contains("xempt"), "no way around: {}", said.out);
}

#[test]
fn goods_that_go_around_the_dprk() {
    let said = Desk::new().ship(&[
        "--hs",
        "4403",
        "--origin",
        "RU",
        "--from",
        "Vladivostok",
        "--to",
        "Hunchun",
        "--ready",
        "2026-12-01",
    ]);
    assert_snapshot!(said.all());
}

/// While the bridge was closed to passengers and goods alike, goods had no path; from November 2022 on they have one.
#[test]
fn the_bridge_was_closed_to_goods_until_november_2022() {
    let ask = |ready| {
        Desk::new().ship(&["--hs", "1001", "--origin", "RU", "--from", "Khasan", "--to", "Tumangang", "--ready", ready])
    };
    let closed = ask("2021-06-01");
    assert_eq!(closed.code, 1, "{}", closed.all());
    assert!(closed.out.contains("does not run from 2020-02-01 to 2022-11-01: no passenger service"), "{}", closed.out);
    let open = ask("2023-06-01");
    assert_eq!(open.code, 0, "{}", open.all());
    assert!(open.out.contains("Path known; departures and times not published"), "{}", open.out);
}

#[test]
fn a_way_through_the_dprk_has_a_decision_of_its_own() {
    let desk = Desk::new();
    // From Tumen in China, the way to Khasan that stays out of the DPRK is not in the tables.
    let ask = |hs| desk.ship(&["--hs", hs, "--origin", "CN", "--from", "CN_TUMEN", "--to", "Khasan", "--json"]).json();
    let timber = ask("4403");
    assert_eq!(timber["decision"]["verdict"], "clear");
    assert_eq!(timber["routing"]["routes"].as_array().map(Vec::len), Some(0), "and no way leads through the DPRK");
    assert!(timber["decisionThroughDprk"].is_null());
    assert_eq!(desk.log()[0]["throughDprk"], Value::Null);
}

#[test]
fn the_note_is_written_as_a_draft() {
    let desk = Desk::new();
    let [html, json] = ["note.html", "note.json"].map(|name| desk.file(name).display().to_string());
    let args = ["--origin", "RU", "--sender", "Восток <Уголь>", "--note", &html, "--note", &json];
    let said = desk.ship(&[&COAL[..], &args].concat());
    assert_eq!(said.code, 0, "{}", said.all());
    let page = fs::read_to_string(&html).expect("the page");
    for part in
        ["DRAFT", "A person decides before anything moves.", "Восток &lt;Уголь&gt;", "9000000", "Khasan – Tumangang"]
    {
        assert!(page.contains(part), "{part}");
    }
    let note: Value = serde_json::from_str(&fs::read_to_string(&json).expect("the note")).expect("JSON");
    assert_eq!((note["draft"].as_bool(), note["sheets"][3]["heldBy"].as_str()), (Some(true), Some("consignor")));
    assert!(note["boxes"][25]["value"].is_null(), "nobody knows the date of the contract");
}

#[test]
fn possible_matches_are_for_a_person() {
    let desk = Desk::new();
    let list = desk.file("list.jsonl");
    let entity = r#"{"id":"x1","schema":"Company","properties":{"name":["Northern Timber Trading"],"alias":["Северный Лес","북방목재"]}}"#;
    fs::write(&list, format!("{entity}\n")).expect("a list");
    let list = list.display().to_string();
    let ask = |sender: &str| {
        let args =
            ["--hs", "4403", "--origin", "RU", "--from", "Vladivostok", "--to", "Hunchun", "--party-list", &list];
        desk.ship(&[&args[..], &["--sender", sender, "--json"]].concat()).json()
    };
    for sender in ["Northern Timber", "ООО «Северный лес»", "북방목재"] {
        let answer = ask(sender);
        assert_eq!(
            (answer["decision"]["verdict"].as_str(), answer["parties"]["found"].as_u64()),
            (Some("review"), Some(1)),
            "{sender}"
        );
    }
    assert_eq!(ask("Southern Grain")["decision"]["verdict"], "clear");
    let scores: Vec<Value> = desk.log().iter().map(|entry| entry["score"].clone()).collect();
    assert_eq!((scores.len(), &scores[3]), (4, &Value::Null));
    let log = fs::read_to_string(desk.file("log.jsonl")).expect("the log");
    assert!(!log.contains("Timber") && !log.contains("лес") && !log.contains("북방"), "{log}");
}

#[test]
fn what_is_wrong_is_named() {
    let desk = Desk::new();
    fs::write(desk.file("bad.jsonl"), "{}\nnot json\n").expect("a list");
    let bad = desk.file("bad.jsonl").display().to_string();
    let route = ["--from", "Khasan", "--to", "Tumangang"];
    let mut all = String::new();
    for args in [
        &["--hs", "coal", "--origin", "RU"][..],
        &["--hs", "9901", "--origin", "RU"],
        &["--hs", "2701", "--origin", "Russia"],
        &["--hs", "1001", "--origin", "RU", "--weight", "-5t"],
        &["--hs", "1001", "--origin", "RU", "--party-list", &bad],
        &["--hs", "1001", "--origin", "RU", "--note", "note.pdf"],
        &["--hs", "1001", "--origin", "RU", "--gauge", "1435", "--from", "Vladivostok"],
        &["--hs", "1001", "--origin", "RU", "--from", "Irkutsk"],
        &["--hs", "1001", "--origin", "RU", "--log-key", &bad],
    ] {
        let ends: Vec<&str> = if args.contains(&"--from") { route[2..].to_vec() } else { route.to_vec() };
        let said = desk.ship(&[args, &ends].concat());
        assert_eq!(said.code, 2, "{}", said.all());
        let first = said.err.lines().next().unwrap_or_default();
        tumen_base::line!(all, "{first}");
    }
    assert_snapshot!(all);
}

/// Every decision is logged, in a file for its owner alone; where that cannot be done nothing is answered.
#[test]
fn nothing_is_answered_that_is_not_logged() {
    let desk = Desk::new();
    let coal = [&["ship"], &COAL[..], &["--origin", "RU"]].concat();
    let output =
        command(&coal).env("XDG_STATE_HOME", desk.0.path()).env_remove("TUMEN_DECISION_LOG").output().expect("it runs");
    assert!(output.status.success());
    let log = desk.file("tumen/decisions.jsonl");
    assert_eq!(fs::read_to_string(&log).expect("the log").lines().count(), 1);
    assert!(log.with_extension("key").exists());
    let nowhere = tumen(&[&coal[..], &["--log", "/nonexistent/log.jsonl"]].concat());
    assert_eq!((nowhere.code, nowhere.out.as_str()), (2, ""), "{}", nowhere.all());
    assert!(nowhere.err.contains("the key file /nonexistent/log.key cannot be used"), "{}", nowhere.err);
    let short = command(&coal).env("TUMEN_LOG_KEY", "abc").arg("--log").arg(&log).output().expect("it runs");
    assert!(String::from_utf8_lossy(&short.stderr).contains("at least 32 hexadecimal digits"));
    assert!(NOW.starts_with("2026"), "the log has the time of the clock, not that of the question");
}

/// A feed cannot turn the screening off: its own rows only ever refuse more.
#[test]
fn a_timetable_brings_no_permissions() {
    let folder = tempfile::tempdir().expect("a folder");
    let rule = "goods_rule_id,direction,hs_codes,goods,action,lifts\n";
    for (name, text) in [
        ("agency.txt", "agency_id,agency_name,agency_url,agency_timezone\na,Line,https://example.org,UTC\n"),
        (
            "stops.txt",
            "stop_id,stop_name,stop_lat,stop_lon,country\nA,Alpha,1,1,XA\nB,Beta,2,2,XB\nKP_RAJIN,Gamma,3,3,KP\n",
        ),
        ("routes.txt", "route_id,agency_id,route_short_name,route_type\nr,a,R,2\n"),
        (
            "calendar.txt",
            "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\nd,1,1,1,1,1,1,1,20261101,20270228\n",
        ),
        ("trips.txt", "trip_id,route_id,service_id\nt,r,d\n"),
        (
            "stop_times.txt",
            "trip_id,stop_sequence,stop_id,arrival_time,departure_time\nt,1,A,08:00:00,08:00:00\nt,2,B,09:00:00,09:00:00\n",
        ),
        ("terminals.txt", "terminal_id,name,stop_id,gauge_mm\na,Alpha,A,1435\nb,Beta,B,1435\nc,Gamma,KP_RAJIN,1435\n"),
        (
            "freight_services.txt",
            "freight_service_id,name,from_terminal_id,to_terminal_id,service_id,departure_time,transit_time_min,transit_time_max,cut_off,capacity_wagons,legal_regime\n\
             s,Night goods,a,b,d,20:00:00,10:00:00,14:00:00,02:00:00,30,SMGS\nu,Coast goods,a,c,d,20:00:00,10:00:00,14:00:00,,,\n",
        ),
        (
            "goods_rules.txt",
            &format!("{rule}OWN1,both,all,everything,REVIEW,SN24;SN30\nOWN2,to_KP,6203,shirts,REVIEW,\n"),
        ),
    ] {
        fs::write(folder.path().join(name), text).expect("a file");
    }
    let timetable = Compiled::of_feed(folder.path());
    let log = timetable.beside("log.jsonl").display().to_string();
    let ask = |hs, to| {
        let said = timetable.ask(&[
            "ship",
            "--hs",
            hs,
            "--origin",
            "XA",
            "--from",
            "Alpha",
            "--to",
            to,
            "--ready",
            "2026-12-01T10:00",
            "--wagons",
            "3",
            "--log",
            &log,
        ]);
        Said { out: said.out.replace(&log, "LOG"), ..said }
    };
    for hs in ["6203", "4403", "2701"] {
        assert!(ask(hs, "Gamma").out.starts_with("REFUSED"), "{hs}");
    }
    assert_snapshot!(ask("4403", "Beta").all());
}
