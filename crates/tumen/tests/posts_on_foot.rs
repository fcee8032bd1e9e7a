//! A border post between two stations, passed on foot while it is open.

mod common;

use common::Compiled;
use insta::assert_snapshot;

/// The train to the border comes late at night; beyond it one leaves early and one after the post has opened.
const TRAINS: &str = r#"
    feed zone Europe/Moscow days 2026-12-01..2026-12-31
    stop ALPHA "Alpha"
    stop WEST "Westgate"
    stop EAST "Eastgate"
    stop OMEGA "Omega"
    route W "Western Railway"
    route E "Eastern Railway"
    trip west route W: ALPHA 18:00 | WEST 22:00
    trip early route E: EAST 06:30 | OMEGA 09:30
    trip late route E: EAST 09:00 | OMEGA 12:00
    transfer WEST EAST type 2 min 1200
    transfer EAST WEST type 2 min 1200
"#;

fn world(hours: &str) -> Compiled {
    let posts = format!(
        "border_post_id,name,from_stop_id,to_stop_id,opening_hours,from_country,to_country\n\
         GATE,Westgate–Eastgate,WEST,EAST,{hours},XA,XB\n"
    );
    Compiled::of_text_with(TRAINS, &[("border_posts.txt", &posts)])
}

const ASK: [&str; 5] = ["plan", "Alpha", "Omega", "--depart", "2026-12-02"];

#[test]
fn whoever_comes_at_night_waits_for_the_post_to_open() {
    assert_snapshot!(world("Mo-Su 08:00-20:00").ask(&ASK).all());
}

#[test]
fn hours_that_are_not_published_keep_nobody() {
    let answer = world("").ask(&[&ASK[..], &["--json"]].concat()).json();
    assert_eq!(answer["itineraries"][0]["endTime"], "2026-12-03T09:30:00+03:00");
}

#[test]
fn a_post_that_does_not_open_again_is_refused_with_its_hours() {
    let said = world("2026 Dec 01 08:00-20:00").ask(&[&ASK[..], &["--horizon", "10d"]].concat());
    assert_eq!(said.code, 1, "{}", said.all());
    assert_snapshot!(said.all());
}

/// The post closes at 20:00: who leaves it late does not get through, who leaves it in time does.
#[test]
fn a_profile_and_a_search_by_arrival_pass_while_it_is_open() {
    let world = world("Mo-Su 08:00-20:00");
    let back = world.ask(&["plan", "Alpha", "Omega", "--arrive", "2026-12-05T13:00", "--json"]).json();
    assert_eq!(back["itineraries"][0]["startTime"], "2026-12-04T18:00:00+03:00");
    let profile =
        world.ask(&["plan", "Westgate", "Omega", "--depart", "2026-12-02", "--window", "1d", "--json"]).json();
    let times: Vec<_> =
        profile["itineraries"].as_array().expect("journeys").iter().map(|it| it["endTime"].clone()).collect();
    assert_eq!(times, ["2026-12-02T12:00:00+03:00", "2026-12-03T09:30:00+03:00"]);
    assert_eq!(profile["itineraries"][1]["startTime"], "2026-12-02T19:59:59+03:00", "just before it closes");
}
