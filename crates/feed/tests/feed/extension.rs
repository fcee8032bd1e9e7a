//! The extension files: read, checked, and turned into through carriages.

use crate::support::{NIGHT_TRAIN, codes, files, with};
use std::collections::BTreeMap;
use tumen_base::Certainty;
use tumen_feed::{
    Code, EXTENSION_FILES, Feed, FeedSource, Kind, ReadOptions, Report, read_feeds, schema, through_carriages,
};

/// Two trains that meet at B: t1 runs daily to B, u1 on from there on Mondays and Thursdays, u2 on Tuesdays.
const TWO_TRAINS: &str = "\
== trips.txt
route_id,service_id,trip_id
N,daily,t1
N,mondays,u1
N,tuesdays,u2
== calendar.txt
service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date
daily,1,1,1,1,1,1,1,20260105,20260118
mondays,1,0,0,1,0,0,0,20260105,20260131
tuesdays,0,1,0,0,0,0,0,20260105,20260131
== stop_times.txt
trip_id,arrival_time,departure_time,stop_id,stop_sequence
t1,20:00:00,20:00:00,A,1
t1,26:10:00,26:20:00,B,2
u1,05:00:00,05:00:00,B,1
u1,09:00:00,09:00:00,C,2
u2,06:00:00,06:00:00,B,1
u2,10:00:00,10:00:00,C,2
== through_carriages.txt
through_carriage_id,name,carriage_number,service_id,certainty_days
car,Alpha to Gamma,17,daily,assumed
== through_carriage_hosts.txt
through_carriage_id,sequence,trip_id,attach_stop_id,detach_stop_id,min_stand_time,max_stand_time
car,2,u1,B,C,,
car,1,t1,A,B,,
car,2,u2,B,C,0:30:00,3:50:00
";

fn two_trains(changes: &[(&str, &str)]) -> BTreeMap<String, Vec<u8>> {
    let mut all = files(NIGHT_TRAIN);
    all.extend(files(TWO_TRAINS));
    for (name, content) in changes {
        all.insert((*name).to_owned(), content.as_bytes().to_vec());
    }
    all
}

fn read(files: BTreeMap<String, Vec<u8>>) -> (Feed, Report) {
    let (mut feeds, report) =
        read_feeds(&[FeedSource::from_files("", files)], &ReadOptions::default()).expect("usable");
    (feeds.remove(0), report)
}

fn messages(report: &Report, code: Code) -> Vec<String> {
    report.complaints().iter().filter(|complaint| complaint.code == code).map(ToString::to_string).collect()
}

#[test]
fn hosts_are_grouped_by_sequence_with_alternatives_in_file_order() {
    let (feed, _) = read(two_trains(&[]));
    let carriages = through_carriages(std::slice::from_ref(&feed), 0);
    assert_eq!(carriages.len(), 1);
    let car = &carriages[0];
    assert_eq!((car.id.as_str(), car.number.as_str(), car.certainty_days), ("car", "17", Certainty::Assumed));
    let trips: Vec<Vec<&str>> = car
        .hosts
        .iter()
        .map(|hosts| hosts.iter().map(|host| feed.trips[host.trip as usize].id.as_str()).collect())
        .collect();
    assert_eq!(trips, [vec!["t1"], vec!["u1", "u2"]]);
    let stands: Vec<(i32, i32)> = car.hosts[1].iter().map(|host| (host.min_stand, host.max_stand)).collect();
    assert_eq!(stands, [(0, 86_400), (1800, 13_800)]);
}

#[test]
fn days_without_a_connecting_host_are_counted_and_named() {
    // The coach reaches B at 02:10 on the day after. Mondays' train leaves at 05:00 and may be awaited for a day;
    // Tuesdays' at 06:00 just fits into 3 h 50 min.
    let (_, report) = read(two_trains(&[]));
    assert_eq!(
        messages(&report, Code::CarriageHole),
        ["through_carriage_hosts.txt:2 carriage_hole on 8 of 14 days no host takes `car` on from `B` \
          (2026-01-06, 2026-01-08, 2026-01-09, 2026-01-10, 2026-01-13 and later)"]
    );
    assert_eq!(codes(&report), [(Code::CarriageHole, 1)]);
}

#[test]
fn the_service_day_counts_from_the_stop_where_the_carriage_is_attached() {
    // Attached at B at 26:20, the coach of Tuesday the 6th rides the train of Monday the 5th.
    let hosts = "through_carriage_id,sequence,trip_id,attach_stop_id,detach_stop_id\ncar,1,t3,B,C\n";
    let (_, report) = read(two_trains(&[
        ("trips.txt", "route_id,service_id,trip_id\nN,mondays,t3\n"),
        (
            "stop_times.txt",
            "trip_id,arrival_time,departure_time,stop_id,stop_sequence\n\
             t3,20:00:00,20:00:00,A,1\nt3,26:10:00,26:20:00,B,2\nt3,30:00:00,30:00:00,C,3\n",
        ),
        ("through_carriages.txt", "through_carriage_id,service_id\ncar,tuesdays\n"),
        ("through_carriage_hosts.txt", hosts),
    ]));
    assert_eq!(codes(&report), []);
}

#[test]
fn a_carriage_that_never_arrives_is_an_error() {
    let hosts = "through_carriage_id,sequence,trip_id,attach_stop_id,detach_stop_id,max_stand_time\n\
                 car,1,t1,A,B,\ncar,2,u1,B,C,0:10:00\n";
    let (_, report) = read(two_trains(&[("through_carriage_hosts.txt", hosts)]));
    assert_eq!(codes(&report), [(Code::CarriageNeverComplete, 1), (Code::CarriageHole, 1)]);
}

#[test]
fn hosts_that_do_not_meet_or_do_not_call_there_are_errors() {
    let hosts = "through_carriage_id,sequence,trip_id,attach_stop_id,detach_stop_id\n\
                 car,1,t1,B,A\ncar,1,t1,A,B\ncar,2,u1,C,B\ncar,2,gone,B,C\ncar,3,u1,B,X\nnocar,1,t1,A,B\n";
    let (feed, report) = read(two_trains(&[("through_carriage_hosts.txt", hosts)]));
    assert_eq!(codes(&report), [(Code::DanglingReference, 3), (Code::HostsDoNotConnect, 2)]);
    assert_eq!(
        messages(&report, Code::HostsDoNotConnect)[0],
        "through_carriage_hosts.txt:2:trip_id hosts_do_not_connect trip `t1` does not call at `B` and later at `A`; \
         the host was left out"
    );
    assert_eq!(through_carriages(&[feed], 0)[0].hosts.len(), 1);
    let elsewhere = "through_carriage_id,sequence,trip_id,attach_stop_id,detach_stop_id\n\
                     car,1,t1,A,B\ncar,2,t2,C,A\n";
    let (_, report) = read(two_trains(&[
        ("trips.txt", "route_id,service_id,trip_id\nN,daily,t1\nN,daily,t2\n"),
        (
            "stop_times.txt",
            "trip_id,arrival_time,departure_time,stop_id,stop_sequence\n\
             t1,1:00:00,1:00:00,A,1\nt1,2:00:00,2:00:00,B,2\nt2,5:00:00,5:00:00,C,1\nt2,6:00:00,6:00:00,A,2\n",
        ),
        ("through_carriage_hosts.txt", elsewhere),
    ]));
    assert!(messages(&report, Code::HostsDoNotConnect)[0].contains("is left at `C`"));
}

#[test]
fn a_host_may_be_a_train_of_another_feed() {
    let hosts = "through_carriage_id,sequence,trip_id,attach_stop_id,detach_stop_id\n\
                 car,1,west:t1,west:A,west:B\ncar,2,u1,B,C\n";
    let east = two_trains(&[("through_carriage_hosts.txt", hosts)]);
    let sources = [FeedSource::from_files("east", east), FeedSource::from_files("west", files(NIGHT_TRAIN))];
    let (feeds, report) = read_feeds(&sources, &ReadOptions::default()).expect("usable");
    assert_eq!(report.count(Code::DanglingReference), 0, "{report}");
    let carriages = through_carriages(&feeds, 0);
    assert_eq!((carriages[0].hosts[0][0].feed, carriages[0].hosts[1][0].feed), (1, 0));
    let met = messages(&report, Code::HostsDoNotConnect);
    assert!(met[0].starts_with("east/through_carriage_hosts.txt:3"), "B of two feeds is two stops: {met:?}");
}

#[test]
fn values_are_checked_against_the_schema() {
    let changes = [
        ("places.txt", "place_id,name,stop_id,colour\nP,Alphaville,A,red\nP,Alphaville,X,\n,No id,A,\n"),
        ("sources.txt", "source_id,title\nS1,A book\nS1,Another\n"),
        ("known_services.txt", "known_service_id,name,certainty_days,source_id\nK,Ferry,sure,S1;S9\n"),
        ("border_posts.txt", "border_post_id,name,run_time_min\nB1,Bridge,soon\n"),
        ("border_rules.txt", "border_post_id,allowed,valid_from\nB1,perhaps,2026-01-01\nB2,yes,20260101\n"),
        (
            "suspensions.txt",
            "suspension_id,affects,id,reason\n1,post,B1,flood\n2,route,N,flood\n3,post,N,flood\n4,planet,N,flood\n",
        ),
        ("lines.txt", "line_id,sequence\nL,1\n"),
        ("stops.txt", "stop_id,stop_lat,stop_lon,source_id\nA,1,1,S1\nB,1,1,S7\nC,1,1,S7\n"),
    ];
    let (feed, report) = read(with(NIGHT_TRAIN, &changes));
    let expected = [
        (Code::MissingColumn, 1),
        (Code::MissingValue, 1),
        (Code::BadDate, 1),
        (Code::BadNumber, 1),
        (Code::BadCertainty, 1),
        (Code::DuplicateId, 1),
        (Code::DanglingReference, 3),
        (Code::UnknownSource, 2),
        (Code::BadWord, 2),
    ];
    assert_eq!(codes(&report), expected, "{report}");
    let places = &feed.extension["places.txt"];
    assert_eq!((places.rows.len(), places.value(&places.rows[0], "colour")), (2, "red"));
    assert!(feed.extension["lines.txt"].rows.is_empty());
    assert_eq!(
        messages(&report, Code::UnknownSource)[1],
        "stops.txt:source_id unknown_source `S7` of B is not in sources.txt"
    );
}

#[test]
fn the_documentation_explains_every_file_and_column() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/feed-extension.md");
    let text = std::fs::read_to_string(path).expect("the documentation");
    let sections: BTreeMap<&str, &str> =
        text.split("\n### ").skip(1).filter_map(|section| section.split_once('\n')).collect();
    for file in EXTENSION_FILES {
        let section = sections.get(file.file).unwrap_or_else(|| panic!("a section on {}", file.file));
        for column in file.columns {
            let needed = if column.required { "required" } else { "optional" };
            assert!(
                section.contains(&format!("\n| {} | {needed} |", column.name)),
                "{}: {} is {needed}",
                file.file,
                column.name
            );
        }
        let documented = section.lines().filter(|line| line.contains("| required |") || line.contains("| optional |"));
        assert_eq!(documented.count(), file.columns.len(), "{}", file.file);
    }
    for code in Code::ALL {
        let line = format!("| `{}` | {} | {} |", code.word(), code.severity(), code.meaning());
        assert!(text.contains(&line), "{line}");
    }
    assert!(schema("places.txt").is_some_and(|places| places.columns[0].kind == Kind::Group));
}
