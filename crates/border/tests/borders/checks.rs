//! Complaints about borders.

use crate::world::{World, with_file};
use proptest::prelude::*;

/// A train to Tumangang in the morning and one in the night; post hours are on Khasan's clocks.
const TRAINS: &str = r#"
    feed zone Asia/Vladivostok days 2026-03-02..2026-03-08
    stop KHASAN "Khasan" 42.428,130.645
    stop TUMANGANG "Tumangang" 42.4137,130.602 zone Asia/Pyongyang
    trip morning: KHASAN 10:00 | TUMANGANG 10:20
    trip night: KHASAN 26:50 | TUMANGANG 27:10
"#;

fn complaints(hours: &str) -> Vec<String> {
    let world = World::new(TRAINS, |feed| {
        let posts = format!(
            "border_post_id,name,from_stop_id,to_stop_id,opening_hours\nRAIL,Rail bridge,KHASAN,TUMANGANG,\"{hours}\"\n"
        );
        with_file(feed, "border_posts.txt", &posts);
    });
    world.borders.complaints(&world.timetable.columns()).iter().map(ToString::to_string).collect()
}

#[test]
fn a_train_while_the_post_is_closed_is_told_with_its_days() {
    assert_eq!(complaints(""), [""; 0], "unknown hours close nothing");
    assert_eq!(complaints("24/7"), [""; 0]);
    assert_eq!(
        complaints("09:00-18:00"),
        [
            "border_posts.txt:2:opening_hours closed_crossing trip `night` is to leave Khasan on 2026-03-03 at 02:50 and on 6 more service \
         days, while Rail bridge is closed (09:00–18:00)"
        ]
    );
    // 2026-03-08 is a Sunday; the night train of Saturday leaves on Sunday.
    assert_eq!(
        complaints("Mo-Sa"),
        [
            "border_posts.txt:2:opening_hours closed_crossing trip `morning` is to leave Khasan on 2026-03-08 at 10:00, while Rail bridge is \
         closed (Mon–Sat)",
            "border_posts.txt:2:opening_hours closed_crossing trip `night` is to leave Khasan on 2026-03-08 at 02:50, while Rail bridge is \
         closed (Mon–Sat)",
        ]
    );
    assert_eq!(
        complaints("00:00-10:10"),
        [
            "border_posts.txt:2:opening_hours closed_crossing trip `morning` is to reach Tumangang on 2026-03-02 at 09:20 and on 6 more \
         service days, while Rail bridge is closed (00:00–10:10)"
        ]
    );
}

#[test]
fn hours_that_cannot_be_read_are_told_with_their_place() {
    assert_eq!(
        complaints("9 till 5"),
        [
            "border_posts.txt:2:opening_hours bad_hours `9 till 5`: no opening hours in the OpenStreetMap grammar, such as \
         `Mo-Fr 09:00-18:00`, from character 1 on; the hours of Rail bridge stay unknown"
        ]
    );
    assert!(complaints("sunset-sunrise")[0].contains("bad_hours"), "{:?}", complaints("sunset-sunrise"));
}

#[test]
fn a_time_at_the_border_that_nobody_gives_is_told() {
    let world = World::new(TRAINS, |feed| {
        let call = feed.calls.iter_mut().next().expect("a call");
        call.interpolated = true;
    });
    let complaints = world.borders.complaints(&world.timetable.columns());
    let words: Vec<String> = complaints.iter().map(ToString::to_string).collect();
    assert_eq!(
        words,
        [
            "stop_times.txt:arrival_time border_time_interpolated trip `morning` crosses from RU to KP beside Khasan, where it has no time; \
         one was spread between its other calls"
        ]
    );
}

proptest! {
    /// Whatever stands in border_posts.txt, nothing panics, and every row is a post.
    #[test]
    fn no_post_is_too_strange(rows in prop::collection::vec(
        ("[A-Z]{0,2}", "(KHASAN|TUMANGANG|X|)", "(KHASAN|TUMANGANG|)", "(rail|road|boat|)", "[RUKPZ;]{0,5}", "[0-9:Mo\\-]{0,8}", "[0-9:]{0,9}"),
        0..6,
    )) {
        let count = rows.len();
        let world = World::new(TRAINS, |feed| {
            let header = "border_post_id,from_stop_id,to_stop_id,mode,from_country,opening_hours,control_before_departure";
            let rows = rows.into_iter().map(|(id, from, to, mode, country, hours, control)| {
                format!("{id}p,{from},{to},{mode},{country},{hours},{control}")
            });
            let lines: Vec<String> = std::iter::once(header.to_owned()).chain(rows).collect();
            let text = lines.join("\n");
            with_file(feed, "border_posts.txt", &text);
        });
        let columns = world.timetable.columns();
        prop_assert_eq!(world.borders.posts().count(), count);
        for (pattern, crossings) in world.borders.of_patterns(&columns) {
            let calls = columns.calls_of(pattern).len();
            for crossing in crossings {
                prop_assert!(crossing.before < crossing.after && crossing.after < calls);
                prop_assert!(crossing.passage.is_none_or(|passage| passage.post.index() < count));
            }
        }
        for complaint in world.borders.complaints(&columns) {
            prop_assert!(complaint.line >= 2 && !complaint.message.is_empty());
        }
    }
}
