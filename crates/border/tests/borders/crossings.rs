//! Where rides cross borders.

use crate::world::{World, with_file};
use tumen_base::StopId;

/// Russia, North Korea and China around the mouth of the Tumen; X has no position and no country.
const STOPS: &str = r#"
    feed zone Asia/Vladivostok days 2026-01-01..2026-01-31
    stop USSURIYSK "Ussuriysk" 43.80,131.97
    stop KHASAN "Khasan" 42.428,130.645
    stop TUMANGANG "Tumangang" 42.4137,130.602
    stop RAJIN "Rajin" 42.25,130.30
    stop PYONGYANG "Pyongyang" 39.005,125.735
    stop DANDONG "Dandong" 40.122,124.387
    stop BEIJING "Beijing" 39.902,116.427
    stop X "Somewhere"
    trip 651: USSURIYSK 08:00 | KHASAN 15:00-16:00 | TUMANGANG 16:30
    trip inland: KHASAN 08:00 | USSURIYSK 16:00
"#;

const POSTS: &str = "border_post_id,name,from_stop_id,to_stop_id,mode,from_country,to_country\n\
    BRIDGE,Road bridge,KHASAN,TUMANGANG,road,RU,KP\n\
    RAIL,Khasan–Tumangang,KHASAN,TUMANGANG,rail,RU,KP\n";

fn world(posts: &str) -> World {
    World::new(STOPS, |feed| with_file(feed, "border_posts.txt", posts))
}

#[test]
fn a_ride_that_calls_at_a_known_post_crosses_there() {
    let world = world(POSTS);
    assert_eq!(world.crossings("USSURIYSK KHASAN TUMANGANG RAJIN"), ["RU>KP KHASAN-TUMANGANG at RAIL"]);
    assert_eq!(world.crossings("RAJIN TUMANGANG KHASAN"), ["KP>RU TUMANGANG-KHASAN at RAIL backwards"]);
    // The train that calls on one side only goes on beyond the other.
    assert_eq!(world.crossings("USSURIYSK KHASAN RAJIN"), ["RU>KP KHASAN-RAJIN at RAIL"]);
    // Turning back at the post is no crossing.
    assert_eq!(world.crossings("USSURIYSK KHASAN USSURIYSK"), [""; 0]);
}

#[test]
fn without_a_known_post_the_border_is_between_two_calls() {
    let world = world(POSTS);
    assert_eq!(
        world.crossings("USSURIYSK RAJIN PYONGYANG DANDONG BEIJING"),
        ["RU>KP USSURIYSK-RAJIN", "KP>CN PYONGYANG-DANDONG"]
    );
}

#[test]
fn the_line_between_two_calls_may_lead_through_a_third_country() {
    let world = world(POSTS);
    let between = |from, to| {
        let columns = world.timetable.columns();
        let found = world.borders.on_the_line(&columns, world.stop(from), world.stop(to));
        found.iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    assert_eq!(between("USSURIYSK", "PYONGYANG"), ["CN"]);
    assert_eq!(between("KHASAN", "TUMANGANG"), [""; 0]);
    assert_eq!(between("X", "PYONGYANG"), [""; 0]);
}

#[test]
fn calls_of_unknown_country_are_passed_over() {
    let world = world("border_post_id,name\n");
    assert_eq!(world.crossings("X USSURIYSK X RAJIN X"), ["RU>KP USSURIYSK-RAJIN"]);
    assert_eq!(world.crossings("X X"), [""; 0]);
    assert_eq!(world.crossings("RAJIN X RAJIN"), [""; 0]);
}

#[test]
fn a_post_tells_the_countries_of_stops_that_have_none() {
    let world = world("border_post_id,name,from_stop_id,to_stop_id,from_country,to_country\nP,Post,TUMANGANG,X,,MN\n");
    assert_eq!(
        world.crossings("KHASAN TUMANGANG X BEIJING"),
        ["RU>KP KHASAN-TUMANGANG", "KP>MN TUMANGANG-X at P", "MN>CN X-BEIJING",]
    );
}

#[test]
fn patterns_have_the_crossings_of_their_calls() {
    let world = world(POSTS);
    let columns = world.timetable.columns();
    let found: Vec<String> = world
        .borders
        .of_patterns(&columns)
        .into_iter()
        .flat_map(|(pattern, crossings)| {
            let stops = &columns.call_stop[columns.calls_of(pattern)];
            crossings
                .into_iter()
                .map(|crossing| world.words(&columns, &crossing, &|call| StopId(stops[call])))
                .collect::<Vec<_>>()
        })
        .collect();
    assert_eq!(found, ["RU>KP KHASAN-TUMANGANG at RAIL"], "of two patterns one crosses");
}
