//! Trains on one track.

use crate::world::{checked, lacking, of_rule};
use tumen_track::check::{Lack, Rule, Tally};

const FEED: &str = r#"
    feed zone Europe/Berlin days 2026-03-02..2026-03-08
    stop ALPHA "Alpha" 50.0,10.0
    stop BETA "Beta" 50.0,10.5
    stop GAMMA "Gamma" 50.0,11.0
    service workdays: mon-fri
"#;

fn sections(loops: &str, tracks: &str) -> String {
    format!(
        "section_id,from_stop_id,to_stop_id,length_km,max_speed_kmh,tracks,crossing_loops_km\nAB,ALPHA,BETA,40,120,{tracks},{loops}\n"
    )
}

/// Out 8:00–8:30, back 8:20–8:50 from Monday to Friday: at 8:20 the first is still ten minutes away.
#[test]
fn two_trains_on_one_track() {
    let feed = format!("{FEED}trip out: ALPHA 8:00 | BETA 8:30\ntrip back service workdays: BETA 8:20 | ALPHA 8:50\n");
    let found = checked(&feed, &[("sections.txt", &sections("none", "1"))]);
    let [clash] = &of_rule(&found, Rule::SingleTrack)[..] else { panic!("{found:#?}") };
    assert_eq!(clash.trips, ["out", "back"]);
    assert_eq!((clash.short_by, clash.days.count), (600, 5));
    assert_eq!(
        clash.why,
        "two trains meet on the one track of AB, which has no crossing loop: out from Alpha 08:00 to Beta 08:30, and back from \
         Beta 08:20 to Alpha 08:50; 10 min are missing"
    );
    let twice = checked(&feed, &[("sections.txt", &sections("none", "2"))]);
    assert_eq!(twice.tallies[&Rule::SingleTrack], Tally::default(), "two tracks are no single track");
}

/// A loop in the middle, 20 km from either end: 10 minutes at 120 km/h. The first can be there from 8:10 to 8:20, the second, which
/// leaves at 8:20 and has half an hour, from 8:30: too late. Leaving at 8:10, it can be there at 8:20.
#[test]
fn a_loop_helps_where_both_can_reach_it() {
    let feed = |back: &str| format!("{FEED}trip out: ALPHA 8:00 | BETA 8:30\ntrip back: BETA {back}\n");
    let found = |back: &str, loops: &str| checked(&feed(back), &[("sections.txt", &sections(loops, "1"))]).violated();
    assert_eq!(found("8:20 | ALPHA 8:50", "20"), 1);
    assert_eq!(found("8:10 | ALPHA 8:40", "20"), 0);
    assert_eq!(found("8:10 | ALPHA 8:40", "none"), 1);
    // At 5 km the first is gone by 8:12:30, before the second has left Beta far behind.
    assert_eq!(found("8:10 | ALPHA 8:40", "5"), 1, "a loop at the wrong place");
    assert_eq!(found("8:30 | ALPHA 9:00", "none"), 0, "it waits in the station");
}

#[test]
fn nobody_overtakes_on_one_track() {
    let feed = format!("{FEED}trip slow: ALPHA 8:00 | BETA 9:00\ntrip quick: ALPHA 8:10 | BETA 8:40\n");
    let found = checked(&feed, &[("sections.txt", &sections("none", "1"))]);
    let [clash] = &of_rule(&found, Rule::SingleTrack)[..] else { panic!("{found:#?}") };
    assert!(clash.why.starts_with("two trains overtake each other on the one track of AB"), "{}", clash.why);
    assert_eq!(clash.short_by, 600);
}

/// Whether there is a loop nobody says: who meets there is not checkable; who meets nobody is.
#[test]
fn unknown_loops_and_tracks_do_not_pass() {
    let feed = format!(
        "{FEED}trip out: ALPHA 8:00 | BETA 8:30\ntrip back: BETA 8:20 | ALPHA 8:50\ntrip late: ALPHA 12:00 | BETA 12:30\n"
    );
    let found = checked(&feed, &[("sections.txt", &sections("", "1"))]);
    let tally = &found.tallies[&Rule::SingleTrack];
    assert_eq!((tally.checked, tally.violated, lacking(&found, Rule::SingleTrack, Lack::Loops)), (1, 0, 2));
    for tracks in ["", "1-2"] {
        let found = checked(&feed, &[("sections.txt", &sections("none", tracks))]);
        assert_eq!(lacking(&found, Rule::SingleTrack, Lack::Tracks), 3, "`{tracks}`");
    }
}

/// A train that does not stop at Beta may be there at any time within bounds: another that it can meet there is no conflict.
#[test]
fn trains_may_meet_where_they_do_not_call() {
    let sections = "section_id,from_stop_id,to_stop_id,length_km,max_speed_kmh,tracks,crossing_loops_km\n\
        AB,ALPHA,BETA,40,120,1,none\nBG,BETA,GAMMA,40,120,1,none\n";
    let found = |back: &str| {
        let feed = format!("{FEED}trip out: ALPHA 8:00 | GAMMA 9:00\ntrip back: GAMMA {back}\n");
        checked(&feed, &[("sections.txt", sections)]).violated()
    };
    // Each has 20 minutes to spare. Both can be in Beta from 8:20 to 8:40, or from 8:50 on: then the first must have gone.
    assert_eq!(found("8:00 | ALPHA 9:00"), 0);
    assert_eq!(found("8:30 | ALPHA 9:30"), 1);
}

/// A section that lies on one of two possible ways is not surely passed.
#[test]
fn a_train_that_may_take_another_way_is_not_checkable() {
    let two = format!("{}AB2,ALPHA,BETA,45,120,2,\n", sections("none", "1"));
    let feed = format!("{FEED}trip out: ALPHA 8:00 | BETA 8:30\ntrip back: BETA 8:20 | ALPHA 8:50\n");
    let found = checked(&feed, &[("sections.txt", &two)]);
    assert_eq!((found.violated(), lacking(&found, Rule::SingleTrack, Lack::OtherWay)), (0, 2));
}
