//! Verdicts and avoided countries as hindrances of trips, hop by hop and day by day.

use crate::world::{World, with_file};
use tumen_border::{CountryCode, Hindrance, Judge, Rules, Stated, Traveller};
use tumen_timetable::Rows;

/// Two trains of one order of stops that leave the post late: one is beyond before midnight, one after. The clocks beyond
/// are an hour back.
const STOPS: &str = r#"
    feed zone Asia/Vladivostok days 2026-01-01..2026-01-10
    stop USSURIYSK "Ussuriysk" 43.80,131.97
    stop KHASAN "Khasan" 42.428,130.645
    stop TUMANGANG "Tumangang" 42.4137,130.602 zone Asia/Pyongyang
    stop RAJIN "Rajin" 42.25,130.30 zone Asia/Pyongyang
    trip early: USSURIYSK 15:00 | KHASAN 22:00-22:30 | TUMANGANG 23:30-23:45 | RAJIN 24:30
    trip late: USSURIYSK 16:50 | KHASAN 23:40-23:50 | TUMANGANG 25:30-26:00 | RAJIN 27:00
"#;
const POSTS: &str = "border_post_id,name,from_stop_id,to_stop_id,mode,from_country,to_country\n\
    B1,Khasan–Tumangang,KHASAN,TUMANGANG,rail,RU,KP\n";

fn world(rules: &str) -> World {
    World::new(STOPS, |feed| {
        with_file(feed, "border_posts.txt", POSTS);
        with_file(feed, "border_rules.txt", rules);
    })
}

/// `early hops 1-1 days 4-9 Rule(RuleId(0))`, a line for each hindrance, in order.
fn words(world: &World, mut hindrances: Vec<Hindrance>) -> Vec<String> {
    let columns = world.timetable.columns();
    hindrances.sort_unstable();
    let line = |hindrance: &Hindrance| {
        let trip = columns.text(columns.trip_id[hindrance.trip.index()]);
        let Hindrance { first_hop, last_hop, first_day, last_day, cause, .. } = hindrance;
        let date = |day: &i32| columns.date_of(*day).to_string()[5..].to_owned();
        format!("{trip} hops {first_hop}-{last_hop} days {}..{} {cause:?}", date(first_day), date(last_day))
    };
    hindrances.iter().map(line).collect()
}

fn judged(rules: &str) -> Vec<String> {
    let world = world(rules);
    let columns = world.timetable.columns();
    let passports = ["RU".to_owned()];
    let stated = Stated { passports: &passports, ..Stated::default() };
    let traveller = Traveller::read(stated).expect("a traveller").expect("a passport");
    let rules = Rules::read(&Rows::read(&columns, "border_rules.txt").expect("rows"), &world.borders);
    let judge = Judge { rules: &rules, table: None, traveller: &traveller };
    let found = judge.hindrances(&columns, &world.borders);
    words(&world, found)
}

#[test]
fn a_rule_binds_the_runs_that_cross_on_its_days_by_the_clocks_of_the_post() {
    // Forbidden until the 5th, allowed from the 6th. The late train of the 5th leaves Khasan on the 5th and reaches Tumangang at
    // 00:30 there, on the 6th: it is still kept back.
    let rules = "border_rule_id,border_post_id,allowed,valid_from,valid_to\n\
        closed,B1,no,,20260105\nopen,B1,yes,20260106,\n";
    assert_eq!(
        judged(rules),
        ["early hops 1-1 days 01-01..01-05 Rule(RuleId(0))", "late hops 1-1 days 01-01..01-05 Rule(RuleId(0))"]
    );
    // Allowed until the 5th: the late train of the 5th arrives on a day of which nothing is known.
    let rules = "border_rule_id,border_post_id,allowed,valid_from,valid_to\nopen,B1,yes,,20260105\n";
    assert_eq!(
        judged(rules),
        ["early hops 1-1 days 01-06..01-10 NotKnown", "late hops 1-1 days 01-05..01-10 NotKnown"]
    );
    let rules = "border_rule_id,border_post_id,allowed,valid_from,valid_to\nopen,B1,yes,,\n";
    assert!(judged(rules).is_empty());
}

#[test]
fn an_avoided_country_is_not_ridden_into_nor_onward_in() {
    let world = world("");
    let columns = world.timetable.columns();
    let code = |text| CountryCode::parse(text).expect("a code");
    let into = |country| words(&world, world.borders.hops_into(&columns, code(country)));
    assert_eq!(
        into("KP"),
        ["early hops 1-2 days 01-01..01-10 Avoided(KP)", "late hops 1-2 days 01-01..01-10 Avoided(KP)"]
    );
    assert_eq!(
        into("RU"),
        ["early hops 0-0 days 01-01..01-10 Avoided(RU)", "late hops 0-0 days 01-01..01-10 Avoided(RU)"]
    );
    assert!(into("MN").is_empty());
    let stops = world.borders.stops_in(&columns, code("KP"));
    assert_eq!(stops, [world.stop("TUMANGANG"), world.stop("RAJIN")]);
}
