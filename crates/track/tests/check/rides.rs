//! Trains that are too fast.

use crate::world::{checked, checked_with, lacking, of_rule};
use tumen_track::check::{Lack, Rule};
use tumen_track::running::Margin;

const FEED: &str = r#"
    feed zone Europe/Berlin days 2026-03-02..2026-03-08
    stop ALPHA "Alpha" 50.0,10.0
    stop BETA "Beta" 50.0,10.5
    stop GAMMA "Gamma" 50.0,11.0
    stop HALT "Halt" 50.0,10.7
"#;

/// Alpha and Beta are 35.7 km apart in a straight line, and so are Beta and Gamma.
const SECTIONS: &str = "section_id,from_stop_id,to_stop_id,length_km,max_speed_kmh,tracks\n\
    AB,ALPHA,BETA,40,72,2\nBG,BETA,GAMMA,40,120,2\n";

const TRAINS: &str =
    "train_type_id,trains,top_speed_kmh,acceleration_ms2,braking_ms2\nSLOW,route:R,108,0.5,1\nOTHER,route:X,,,\n";

fn files() -> [(&'static str, &'static str); 2] {
    [("sections.txt", SECTIONS), ("train_types.txt", TRAINS)]
}

/// 40 km at 72 km/h, 20 m/s: 40 s and 400 m to gain it, 20 s and 200 m to lose it, 39,400 m in 1,970 s: 2,030 s, 33 min 50 s.
/// 33 min may be 34 less a second; 32 min are 1 min 50 s short.
#[test]
fn a_train_too_fast_for_the_line() {
    let feed = format!("{FEED}trip possible: ALPHA 8:00 | BETA 8:33\ntrip fast: ALPHA 9:00 | BETA 9:32\n");
    let found = checked(&feed, &files());
    let [fast] = &of_rule(&found, Rule::RunningTime)[..] else { panic!("{found:#?}") };
    assert_eq!(fast.trips, ["fast"]);
    assert_eq!(fast.short_by, 110);
    assert_eq!(fast.days.count, 7);
    assert_eq!(fast.why, "32 min scheduled; the quickest way over the track takes 33 min 50 s (AB 40.0 km at 72 km/h)");
    assert_eq!(found.tallies[&Rule::RunningTime].checked, 2);
    assert_eq!(found.not_checkable_of(Rule::RunningTime), 0);
}

/// Without a stop at Beta the train need not brake there: 40 s and 400 m to 20 m/s, 39,600 m at 20 m/s in 1,980 s; beyond Beta
/// 20 s and 500 m to 30 m/s (108 km/h, the train's own limit), 30 s and 450 m to the stand, 39,050 m in 1,301.67 s. With a stop
/// each part has its own start and end.
#[test]
fn a_train_that_passes_a_boundary_of_sections() {
    let feed = format!("{FEED}trip t: ALPHA 8:00 | GAMMA 8:55\n");
    let found = checked(&feed, &files());
    let [fast] = &of_rule(&found, Rule::RunningTime)[..] else { panic!("{found:#?}") };
    let needed: f64 = 40.0 + 1980.0 + 20.0 + 39_050.0 / 30.0 + 30.0;
    assert_eq!(fast.short_by, (needed - 55.0 * 60.0).ceil() as i64);
    let feed = format!("{FEED}trip t: ALPHA 8:00 | GAMMA 8:56\n");
    assert_eq!(checked(&feed, &files()).violated(), 0);
}

/// A halt between the ends of a section: the 4 minutes there are no running time.
#[test]
fn what_a_train_stands_on_the_way_does_not_run() {
    let feed = |arrival: &str| format!("{FEED}trip t: BETA 8:00 | HALT 8:10-8:14 | GAMMA {arrival}\n");
    // 30 m/s in 60 s and 900 m, lost in 30 s and 450 m; 38,650 m in 1,288.3 s: 22 min 58 s.
    assert_eq!(checked(&feed("8:26"), &files()).violated(), 0);
    assert_eq!(checked(&feed("8:25"), &files()).violated(), 1);
}

/// The way over Beta takes an hour; one that is twice as long and much faster is there too, and so nothing is impossible.
#[test]
fn a_train_may_take_the_quicker_of_two_ways() {
    let bypass = format!("{SECTIONS}AG,ALPHA,GAMMA,90,200,2\n");
    let feed = format!("{FEED}trip t: ALPHA 8:00 | GAMMA 8:40\n");
    assert_eq!(checked(&feed, &[("sections.txt", SECTIONS)]).violated(), 1);
    let found = checked(&feed, &[("sections.txt", &bypass)]);
    assert_eq!((found.violated(), found.tallies[&Rule::RunningTime].checked), (0, 1));
    let unknown = format!("{SECTIONS}AG,ALPHA,GAMMA,,,2\n");
    let found = checked(&feed, &[("sections.txt", &unknown)]);
    assert_eq!(
        (found.violated(), lacking(&found, Rule::RunningTime, Lack::Speed)),
        (0, 1),
        "the other way is not known"
    );
}

#[test]
fn what_lacks_a_fact_is_counted_and_never_passes() {
    let feed = format!("{FEED}trip t: ALPHA 8:00 | BETA 9:00 | HALT 9:30\n");
    for (row, lack) in [
        ("AB,ALPHA,BETA,40,,", Lack::Speed),
        ("AB,ALPHA,BETA,40,60 average,", Lack::Speed),
        ("AB,ALPHA,BETA,,100,", Lack::Length),
        ("AB,ALPHA,BETA,40,30-100,", Lack::SpeedRange),
        ("BG,BETA,GAMMA,40,100,", Lack::Section),
    ] {
        let sections = format!("section_id,from_stop_id,to_stop_id,length_km,max_speed_kmh,tracks\n{row}\n");
        let found = checked(&feed, &[("sections.txt", &sections)]);
        assert!(lacking(&found, Rule::RunningTime, lack) > 0, "{row}: {found:#?}");
        assert_eq!(found.tallies[&Rule::RunningTime].checked, 0, "{row}");
    }
    let found = checked(&feed, &[]);
    assert_eq!(lacking(&found, Rule::RunningTime, Lack::Track), 2);
}

/// 33 min 50 s and 5 % are 35 min 31.5 s; and 3 min for 100 km are 1 min 12 s for 40 km, 35 min 2 s.
#[test]
fn a_reserve_is_checked_where_it_is_asked_for() {
    let feed = format!("{FEED}trip a: ALPHA 8:00 | BETA 8:34\ntrip b: ALPHA 9:00 | BETA 9:35\n");
    let short_of = |margin: &str| -> Vec<(String, i64)> {
        let margin = Margin::parse(margin).expect("a margin");
        let found = checked_with(&feed, &files(), |options| options.margin = Some(margin));
        assert_eq!(of_rule(&found, Rule::RunningTime), [] as [&tumen_track::check::Violation; 0]);
        of_rule(&found, Rule::Margin).iter().map(|found| (found.trips[0].clone(), found.short_by)).collect()
    };
    assert_eq!(short_of("5%"), [("a".to_owned(), 92)]);
    assert_eq!(short_of("3min/100km"), [("a".to_owned(), 62)]);
    assert_eq!(short_of("10%"), [("a".to_owned(), 193), ("b".to_owned(), 133)]);
}

/// Without any table of track: 71.5 km in a straight line, 69.5 with what positions may be wrong by, take 10 min 25 s at 400 km/h.
#[test]
fn every_feed_is_checked_along_the_straight_line() {
    let feed = |arrival: &str| format!("{FEED}trip t: ALPHA 8:00 | GAMMA {arrival}\n");
    let found = checked(&feed("8:09"), &[]);
    let [fast] = &of_rule(&found, Rule::StraightLine)[..] else { panic!("{found:#?}") };
    assert_eq!(
        fast.why,
        "71 km in a straight line in 9 min; at 400 km/h, which nothing of its kind exceeds, it takes 10 min 25 s"
    );
    assert_eq!(checked(&feed("8:10"), &[]).violated(), 0);
    assert_eq!(checked(&feed("8:00"), &[]).violated(), 1, "no time at all");
    let bus = format!("{FEED}route B kind 3\ntrip t route B: ALPHA 8:00 | GAMMA 8:20\n");
    assert_eq!(checked(&bus, &[]).violated(), 1, "slow for a train, too fast for a bus");
    let nowhere = format!("{FEED}stops LOST\ntrip t: ALPHA 8:00 | LOST 8:01\n");
    assert_eq!(lacking(&checked(&nowhere, &[]), Rule::StraightLine, Lack::Position), 1);
}
