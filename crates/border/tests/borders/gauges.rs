//! Changes of gauge, from the sections between calls.

use crate::world::{World, with_file};
use tumen_base::StopId;

/// From Vladivostok to Pyongyang, and by another border station to Harbin; both gauges lie between the border stations.
const TRAINS: &str = r#"
    feed zone Asia/Vladivostok days 2026-03-02..2026-03-08
    stop USSURIYSK "Ussuriysk" 43.80,131.97
    stop BARANOVSKY "Baranovsky" 43.66,131.96
    stop KHASAN "Khasan" 42.428,130.645
    stop TUMANGANG "Tumangang" 42.4137,130.602
    stop RAJIN "Rajin" 42.25,130.30
    stop HARBIN "Harbin" 45.76,126.63
    stop SUIFENHE "Suifenhe" 44.40,131.15
    stop GRODEKOVO "Grodekovo" 44.41,131.39
    trip t: USSURIYSK 08:00 | BARANOVSKY 08:30 | KHASAN 15:00 | TUMANGANG 15:30-18:00 | RAJIN 20:00
    trip short: USSURIYSK 08:00 | KHASAN 15:00 | TUMANGANG 15:30
    service weekly: dates 2026-03-02
    carriage car "Sleeper" service weekly: t USSURIYSK..RAJIN
"#;

const SECTIONS: &str = "section_id,from_stop_id,to_stop_id,length_km,gauge_mm\n\
    1,USSURIYSK,KHASAN,260,1520\n2,KHASAN,TUMANGANG,5,1520/1435\n3,TUMANGANG,RAJIN,50,1435\n\
    4,USSURIYSK,GRODEKOVO,97,1520\n5,GRODEKOVO,SUIFENHE,27,1520;1435\n6,SUIFENHE,HARBIN,,1435\n";

fn world(change_at: &str, gauge_mm: &str) -> World {
    World::new(TRAINS, |feed| {
        with_file(feed, "sections.txt", SECTIONS);
        let posts = format!(
            "border_post_id,name,from_stop_id,to_stop_id,gauge_change_stop_id\nP,Post,KHASAN,TUMANGANG,{change_at}\n"
        );
        with_file(feed, "border_posts.txt", &posts);
        with_file(feed, "carriage_types.txt", &format!("carriage_type_id,gauge_mm\nS,{gauge_mm}\n"));
        let table = feed.extension.get_mut("through_carriages.txt").expect("the text has a carriage");
        let kind = table.column("carriage_type_id").expect("a column for it");
        table.rows[0].values[kind] = "S".into();
    })
}

/// The changes of calls, as `1520>1435 at TUMANGANG after call 3`.
fn changes(world: &World, calls: &str) -> Vec<String> {
    let columns = world.timetable.columns();
    let stops: Vec<StopId> = calls.split(' ').map(|id| world.stop(id)).collect();
    let found = world.borders.sections().changes(&columns, &stops);
    let words = |change: tumen_border::GaugeChange| {
        let places: Vec<&str> = change.places.iter().map(|stop| columns.text(columns.stop_id[stop.index()])).collect();
        let stated = if change.stated { "" } else { ", unstated" };
        format!("{}>{} at {}{stated}", change.from, change.to, places.join("/"))
    };
    found.into_iter().map(words).collect()
}

#[test]
fn the_gauge_changes_where_a_post_says_so_whatever_the_train_skips() {
    let world = world("TUMANGANG", "");
    assert_eq!(changes(&world, "USSURIYSK BARANOVSKY KHASAN TUMANGANG RAJIN"), ["1520>1435 at TUMANGANG"]);
    assert_eq!(changes(&world, "RAJIN USSURIYSK"), ["1435>1520 at TUMANGANG"], "without a call at the border");
    assert_eq!(changes(&world, "USSURIYSK KHASAN TUMANGANG"), [""; 0], "both gauges lie to the end of the ride");
}

#[test]
fn without_a_stated_place_every_one_is_named() {
    let world = world("", "");
    assert_eq!(changes(&world, "USSURIYSK KHASAN TUMANGANG RAJIN"), ["1520>1435 at KHASAN/TUMANGANG, unstated"]);
    assert_eq!(changes(&world, "USSURIYSK HARBIN"), ["1520>1435 at GRODEKOVO/SUIFENHE, unstated"]);
}

fn complaints(change_at: &str, gauge_mm: &str) -> Vec<String> {
    let world = world(change_at, gauge_mm);
    world.borders.complaints(&world.timetable.columns()).iter().map(ToString::to_string).collect()
}

#[test]
fn a_carriage_that_cannot_change_its_gauge_is_told() {
    assert_eq!(complaints("TUMANGANG", ""), [""; 0]);
    let unstated = complaints("", "");
    assert_eq!(unstated.len(), 2, "{unstated:?}");
    assert!(
        unstated.contains(
            &"through_carriages.txt gauge_change_nowhere carriage `car` needs a change from 1520 to 1435 mm at Khasan or Tumangang, and \
              no post has it as gauge_change_stop_id"
                .to_owned()
        ),
        "{unstated:?}"
    );
    assert_eq!(
        complaints("TUMANGANG", "1520"),
        [
            "through_carriages.txt gauge_change_nowhere carriage `car` is of 1520 mm, its bogies are not changed, and between Tumangang and \
         Rajin lies another gauge"
        ]
    );
}
