//! Railway lines: what is known of the corridor's track, and its diagrams.

mod common;

use common::{Compiled, tumen};
use insta::assert_snapshot;
use serde_json::json;

#[test]
fn the_corridor_by_region() {
    assert_snapshot!(tumen(&["line"]).all());
    assert_snapshot!(tumen(&["line", "moscow-pyongyang"]).all());
}

/// The sections' own lengths to Tumangang are those of the timetable, 9,442 km; beyond Rajin (9,491 km) none is known, and the check sum of 845 km
/// is nowhere in a sum.
#[test]
fn the_check_sum_stands_beside_the_sum() {
    let answer = tumen(&["line", "moscow-pyongyang", "--json"]).json();
    assert_eq!(answer["id"], "MOW_PYG");
    assert_eq!(answer["gaps"], json!([]));
    assert_eq!(answer["total"]["knownKilometres"], 9491.0);
    assert_eq!(answer["total"]["lengthUnknown"], json!(["S28", "S29", "S30", "S31", "S32"]));
    assert_eq!(answer["checkSums"][0]["section"], "S33");
    assert_eq!(answer["checkSums"][0]["leftKilometres"], 796.0);
    let all = answer["sections"].as_array().expect("sections");
    assert!(all.iter().all(|section| !["S33", "S03B", "S03C"].contains(&section["id"].as_str().expect("an id"))));
    let slowest = &answer["slowest"][0];
    assert_eq!(
        (&slowest["kilometres"], &slowest["quickest"]["kmh"]),
        (&json!(5.0), &json!(17.6)),
        "5 km in 17 minutes"
    );
    assert_eq!(answer["slowest"][1]["checkSum"], "S33", "845 km in 27 h 35 min");
}

#[test]
fn names_of_lines_are_read_in_many_ways() {
    for (name, id) in [
        ("KHASAN", "KHASAN"),
        ("transsib", "TRANSSIB"),
        ("pyongyang–moscow", "PYG_MOW"),
        ("Trans-Siberian", "TRANSSIB"),
        ("Хасан-평양", "Хасан-평양"),
        ("ROSSIYA", "ROSSIYA"),
    ] {
        let said = tumen(&["line", name, "--json"]);
        assert_eq!((said.code, &said.json()["id"]), (0, &json!(id)), "{name}\n{}", said.all());
    }
    let unknown = tumen(&["line", "Atlantis"]);
    assert!(unknown.code == 2 && unknown.err.contains("TRANSSIB"), "{}", unknown.all());
    let islands = tumen(&["line", "Moscow-Hoeryong"]);
    assert_eq!(islands.code, 0, "the Hambuk line meets the Pyongra line at Chongjin\n{}", islands.all());
}

#[test]
fn a_timetable_without_sections_knows_no_track() {
    let plain =
        Compiled::of_text("feed zone Europe/Moscow days 2026-11-20..2026-12-20\nstops A B\ntrip t: A 08:00 | B 09:30");
    let said = plain.ask(&["line"]);
    assert!(said.code == 1 && said.err.contains("sections.txt"), "{}", said.all());
}

#[test]
fn the_diagram_of_the_car() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("car.svg");
    let out = path.to_str().expect("a path");
    let said = tumen(&["diagram", "--line", "moscow-pyongyang", "--from", "2026-12-12", "-o", out, "--json"]);
    let answer = said.json();
    assert_eq!((said.code, &answer["days"]), (0, &json!(10)), "eight days, ten dates, {}", said.all());
    let svg = std::fs::read_to_string(&path).expect("written");
    for text in [
        ">Moscow–Pyongyang through sleeping car (eastbound) · dep. Sat 12 Dec 00:35</text>",
        ">arr. Sun 20 Dec 21:25</text>",
        ">border RU–KP</text>",
        ">UTC+10 Vladivostok</text>",
        ">Ussuriysk 2 h 50 min</text>",
        "Hatched, not to scale: Rajin (Rason)–Pyongyang",
    ] {
        assert!(svg.contains(text), "{text}");
    }
    let russian = ["diagram", "--line", "MOW_PYG", "--from", "2026-12-12", "-o", out, "--language", "ru"];
    assert_eq!(tumen(&russian).code, 0);
    assert!(std::fs::read_to_string(&path).expect("written").contains(">Пхеньян</text>"));
}

#[test]
fn what_cannot_be_drawn_is_said() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = |name: &str| folder.path().join(name).to_str().expect("a path").to_owned();
    let diagram = |from: &str, out: &str| tumen(&["diagram", "--line", "MOW_PYG", "--from", from, "-o", out]);
    let ending = diagram("2026-12-12", &file("car.gif"));
    assert!(ending.code == 2 && ending.err.contains(".svg"), "{}", ending.all());
    let far = diagram("1700-01-01", &file("car.svg"));
    assert_eq!(far.code, 2, "{}", far.all());
    let before = diagram("2021-06-01", &file("car.svg"));
    assert!(before.out.contains("does not run in these days; its next service day is"), "{}", before.all());
    let folder = diagram("2026-12-12", &file("none/car.svg"));
    assert!(folder.code == 2 && folder.err.contains("cannot be written"), "{}", folder.all());
}

/// In builds with the feature `png`; others say how to get one.
#[test]
fn pictures_of_points_need_their_feature() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("car.png");
    let out = path.to_str().expect("a path");
    let said = tumen(&["diagram", "--line", "KHASAN", "--from", "2026-12-18", "--days", "2", "--dpi", "60", "-o", out]);
    if cfg!(feature = "png") {
        let png = std::fs::read(&path).expect("written");
        assert_eq!((said.code, &png[..8]), (0, &b"\x89PNG\r\n\x1a\n"[..]));
        assert_eq!(u32::from_be_bytes([png[16], png[17], png[18], png[19]]), 702, "297 mm at 60 points an inch");
    } else {
        assert!(said.code == 2 && said.err.contains("--features png"), "{}", said.all());
    }
}
