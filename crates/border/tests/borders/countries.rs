//! Where a stop's country comes from.

use crate::world::{World, with_file};
use tumen_border::Basis;

const STOPS: &str = r#"
    feed zone Europe/Moscow days 2026-01-01..2026-01-31
    station CENTRAL "Central" 59.93,30.36
    stop TRACK_1 "Track 1" in CENTRAL
    station STATED "Stated" 55.75,37.6
    stop PLATFORM "Platform" 55.75,37.6 in STATED
    stop CRIMEA "Simferopol" 44.95,34.1
    stop PIER "Pier" 50.60,0.2
    stop BUOY "Buoy" 54.0,2.5
    stop NOWHERE "Nowhere"
    stop POST_SIDE "Far side"
    stop GARBLED "Garbled" 47.55,7.59
    trip 1: CENTRAL 08:00 | STATED 16:00
"#;

fn world() -> World {
    World::new(STOPS, |feed| {
        for stop in &mut feed.stops {
            stop.country = match stop.id.as_str() {
                "STATED" => "BY".into(),
                "GARBLED" => "YY".into(),
                _ => String::new(),
            };
        }
        let posts =
            "border_post_id,name,from_stop_id,to_stop_id,from_country,to_country\nP,Post,CENTRAL,POST_SIDE,FI,KP\n";
        with_file(feed, "border_posts.txt", posts);
    })
}

#[test]
fn what_a_feed_states_goes_before_posts_and_posts_before_boundaries() {
    let world = world();
    for (stop, country, basis) in [
        ("STATED", "BY", Basis::Stated),
        ("PLATFORM", "BY", Basis::Stated),
        ("CENTRAL", "FI", Basis::Stated),
        ("TRACK_1", "FI", Basis::Stated),
        ("POST_SIDE", "KP", Basis::Stated),
        ("GARBLED", "CH", Basis::Position),
        ("CRIMEA", "RU;UA", Basis::Position),
        ("PIER", "GB", Basis::Nearby),
        ("BUOY", "", Basis::None),
        ("NOWHERE", "", Basis::None),
    ] {
        assert_eq!(world.country(stop), country, "{stop}");
        assert_eq!(world.borders.countries.basis(world.stop(stop)), basis, "{stop}");
    }
}

#[test]
fn names_are_in_the_language_of_the_reader() {
    let world = world();
    let name = |stop: &str, language| world.borders.countries.of_stop(world.stop(stop)).name(language);
    assert_eq!(name("POST_SIDE", "ru"), "КНДР");
    assert_eq!(name("CRIMEA", "en"), "disputed ground (Russia / Ukraine)");
    assert_eq!(name("NOWHERE", "en"), "country unknown");
}
