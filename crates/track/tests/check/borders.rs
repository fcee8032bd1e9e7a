//! Posts that are closed, quick trains over borders, control, changes of gauge: between the invented countries XA and XB.

use crate::world::{checked, lacking, of_rule};
use tumen_track::check::{Lack, Rule};

const FEED: &str = r#"
    feed zone Europe/Berlin days 2026-03-02..2026-03-08
    stop INLAND "Inland" 50.0,9.0
    stop LAST "Last" 50.0,10.0
    stop FIRST "First" 50.0,10.05 zone Europe/Kyiv
    stop BEYOND "Beyond" 50.0,11.0 zone Europe/Kyiv
"#;

const HEAD: &str = "border_post_id,name,from_stop_id,to_stop_id,from_country,to_country,mode,opening_hours,run_time_min,\
    control_before_departure,control_after_arrival,gauge_change_stop_id,gauge_change_min,gauge_change_capacity\n";

fn post(facts: &str) -> String {
    format!("{HEAD}P,Last–First,LAST,FIRST,XA,XB,rail,{facts}\n")
}

/// Open from 8 to 20 on the clocks of Last; the night train leaves at 7:30 and would have to wait half an hour. It does so on five
/// days; at the weekend the post is open all day.
#[test]
fn a_closed_hour() {
    let feed = format!("{FEED}trip day: LAST 12:00 | FIRST 12:20\ntrip early: LAST 7:30 | FIRST 8:10\n");
    let found = checked(&feed, &[("border_posts.txt", &post("Mo-Fr 08:00-20:00; Sa-Su 00:00-24:00,,,,,,"))]);
    let [closed] = &of_rule(&found, Rule::BorderHours)[..] else { panic!("{found:#?}") };
    assert_eq!(closed.trips, ["early"]);
    assert_eq!((closed.short_by, closed.days.count), (1800, 5));
    assert_eq!(
        closed.why,
        "leaves Last at 07:30 while Last–First is closed (Mo-Fr 08:00-20:00; Sa-Su 00:00-24:00); it opens 30 min later"
    );
    assert_eq!(found.tallies[&Rule::BorderHours].checked, 2);
    let unknown = checked(&feed, &[("border_posts.txt", &post(",,,,,,"))]);
    assert_eq!(lacking(&unknown, Rule::BorderHours, Lack::Hours), 2);
    let unreadable = checked(&feed, &[("border_posts.txt", &post("when the guard is awake,,,,,,"))]);
    assert_eq!(lacking(&unreadable, Rule::BorderHours, Lack::UnreadableHours), 2);
}

/// 17 minutes are stated; two minutes are 15 too few, 16 may be 17 less a second.
#[test]
fn a_train_quicker_over_the_border_than_the_post_says() {
    let feed = format!("{FEED}trip t: LAST 12:00 | FIRST 12:02\ntrip rounded: LAST 14:00 | FIRST 14:16\n");
    let found = checked(&feed, &[("border_posts.txt", &post(",17,,,,,"))]);
    let [quick] = &of_rule(&found, Rule::PostRunTime)[..] else { panic!("{found:#?}") };
    assert_eq!((&quick.trips[0][..], quick.short_by), ("t", 900));
    assert_eq!(lacking(&checked(&feed, &[("border_posts.txt", &post(",,,,,,"))]), Rule::PostRunTime, Lack::RunTime), 2);
}

/// An hour of control before the departure, half an hour after the arrival. The train stands 40 and 30 minutes.
#[test]
fn a_train_that_does_not_stand_as_long_as_the_control_takes() {
    let feed = format!("{FEED}trip t: INLAND 10:00 | LAST 11:20-12:00 | FIRST 12:20-12:50 | BEYOND 14:00\n");
    let found = checked(&feed, &[("border_posts.txt", &post(",,1:00:00,0:30:00,,,"))]);
    let [short] = &of_rule(&found, Rule::BorderControl)[..] else { panic!("{found:#?}") };
    assert_eq!(short.short_by, 1200);
    assert_eq!(short.why, "stands 40 min at Last; the control at Last–First takes 1 h before the departure");
    assert_eq!(found.tallies[&Rule::BorderControl].checked, 2);
    assert_eq!(
        lacking(&checked(&feed, &[("border_posts.txt", &post(",,,,,,"))]), Rule::BorderControl, Lack::Control),
        2
    );
}

const GAUGES: &str = "section_id,from_stop_id,to_stop_id,length_km,gauge_mm\n\
    A,INLAND,LAST,80,1520\nB,LAST,FIRST,4,1520\nC,FIRST,BEYOND,80,1435\n";

fn gauge(post_facts: &str, trips: &str) -> tumen_track::check::Checked {
    let feed = format!("{FEED}{trips}");
    checked(&feed, &[("border_posts.txt", &post(post_facts)), ("sections.txt", GAUGES)])
}

/// Two hours for each train and one track: from 12 to 15 and from 13 to 16 there are four hours, and both fit. From 13 to 15 the
/// second has to begin at 13, when the first is there since 12 and cannot be done before 14: an hour is missing. (The clocks in
/// First show an hour more.)
#[test]
fn two_trains_at_one_gauge_change_track() {
    let one = "trip one: LAST 11:00 | FIRST 12:00-15:00 | BEYOND 17:00\n";
    let far = format!("{one}trip two: LAST 12:00 | FIRST 13:00-16:00 | BEYOND 18:00\n");
    let near = format!("{one}trip two: LAST 12:00 | FIRST 13:00-15:00 | BEYOND 18:00\n");
    assert_eq!(gauge(",,,,FIRST,120,1", &far).violated(), 0);
    assert_eq!(gauge(",,,,FIRST,120,2", &near).violated(), 0);
    let found = gauge(",,,,FIRST,120,1", &near);
    let [clash] = &of_rule(&found, Rule::GaugeChange)[..] else { panic!("{found:#?}") };
    assert_eq!(clash.trips, ["one", "two"]);
    assert_eq!((clash.short_by, clash.days.count), (3600, 7));
    assert_eq!(
        clash.why,
        "changing the gauge at First takes 2 h for each vehicle, 1 at once; one stands from 13:00 to 16:00, two stands from 14:00 \
         to 16:00"
    );
}

#[test]
fn a_stand_too_short_to_change_the_gauge() {
    let found = gauge(",,,,FIRST,120,3", "trip t: LAST 11:00 | FIRST 12:00-13:15 | BEYOND 16:00\n");
    let [short] = &of_rule(&found, Rule::GaugeChange)[..] else { panic!("{found:#?}") };
    assert_eq!(short.short_by, 45 * 60);
}

#[test]
fn changes_of_gauge_of_which_little_is_known_do_not_pass() {
    let through = "trip t: LAST 11:00 | FIRST 12:00-13:15 | BEYOND 16:00\n";
    for (facts, lack) in
        [(",,,,FIRST,120,", Lack::ChangeWork), (",,,,FIRST,,2", Lack::ChangeWork), (",,,,,120,2", Lack::ChangePlace)]
    {
        let found = gauge(facts, through);
        assert_eq!(lacking(&found, Rule::GaugeChange, lack), 1, "{facts}: {found:#?}");
    }
    let passing = gauge(",,,,FIRST,120,2", "trip t: LAST 11:00 | BEYOND 16:00\n");
    assert_eq!(lacking(&passing, Rule::GaugeChange, Lack::ChangeStand), 1);
}
