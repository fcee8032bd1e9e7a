//! Limits are named where they may have hidden a journey, and always in JSON.

mod common;

use common::{Compiled, Said};
use serde_json::json;

const CHANGE: &str = r#"
    feed zone Europe/Moscow days 2026-12-01..2026-12-10
    stop A "Alpha"
    stop B "Beta"
    stop C "Gamma"
    stop D "Delta"
    trip t1: A 09:00 | C 09:30
    trip t2: C 09:40 | B 11:00
    trip away: A 07:30 | D 90:00
"#;
const SLOW: &str = "trip slow: A 08:00 | B 100:00\n";
const NOTICE: &str = "Journeys longer than 2 d were not looked for; --horizon allows up to 60 d.";

fn plan(timetable: &Compiled, more: &[&str]) -> Said {
    let args = ["plan", "A", "B", "--depart", "2026-12-02T07:00", "--walk", "none", "--horizon", "2d"];
    timetable.ask(&[&args[..], more].concat())
}

#[test]
fn the_horizon_is_named_where_a_longer_journey_could_save_a_change() {
    let with_slow = Compiled::of_text(&format!("{CHANGE}    {SLOW}"));
    let said = plan(&with_slow, &[]);
    assert_eq!(said.code, 0);
    assert!(said.out.contains(NOTICE), "{}", said.out);
}

#[test]
fn the_horizon_is_not_named_where_no_journey_has_fewer_changes() {
    let change = Compiled::of_text(CHANGE);
    let said = plan(&change, &[]);
    assert_eq!(said.code, 0);
    assert!(!said.out.contains("longer than"), "{}", said.out);
    let limits = &plan(&change, &["--json"]).json()["tumen"]["limits"];
    assert_eq!(limits[0]["limit"], json!("horizon"), "{limits}");
    assert_eq!(limits[0]["text"], json!(NOTICE));
}

#[test]
fn the_horizon_is_named_where_nothing_was_found() {
    let slow = Compiled::of_text(&format!(
        "feed zone Europe/Moscow days 2026-12-01..2026-12-10\nstop A \"Alpha\"\nstop B \"Beta\"\n{SLOW}"
    ));
    let said = plan(&slow, &[]);
    assert_eq!(said.code, 1);
    assert!(said.out.contains(NOTICE), "{}", said.out);
}
