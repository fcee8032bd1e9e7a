//! Small feeds drawn to mislead, and the Maple Leaf with all three of its parts.

use crate::shared::{joined, words};
use tumen_feed::Feed;
use tumen_stitch::{JoinKind, StitchOptions, StitchReport, Verdict, stitch};

/// Two feeds that share Border and Beyond; each has stops of its own. `W` and `E` are replaced by what each feed runs.
fn two(west: &str, east: &str) -> String {
    format!(
        r#"
        feed w zone Europe/Paris days 2026-01-05..2026-02-01
        stop A "Arles" 43.68,4.63
        stop B "Border" 44.00,7.00
        stop C "Beyond" 44.40,8.90
        {west}
        feed e zone Europe/Rome days 2026-01-05..2026-02-01
        stop b "Border" 44.0002,7.0002
        stop c "Beyond" 44.4002,8.9002
        stop d "Deep" 45.46,9.19
        {east}"#
    )
}

fn lines(text: &str) -> Vec<String> {
    words(&joined(text).1)
}

/// Trips times days of all feeds: what is joined runs once.
fn runs(feeds: &[Feed]) -> usize {
    let day = |feed: &Feed, service: u32| {
        let first = tumen_base::Date::parse(b"20260101").expect("a date");
        (0..365).filter(|day| feed.services[service as usize].runs_on(first.plus(*day))).count()
    };
    feeds.iter().map(|feed| feed.trips.iter().map(|trip| day(feed, trip.service)).sum::<usize>()).sum()
}

#[test]
fn halves_with_one_number_are_one_train() {
    let text = two("trip 113: A 08:00 | B 10:00", "trip 113: b 10:06 | c 12:00 | d 14:00");
    assert_eq!(lines(&text), ["Halves e:113 w:113 on 28 days"]);
    let (feeds, report) = joined(&text);
    assert_eq!(runs(&feeds), 28);
    let calls: Vec<(&str, i32, i32)> = report.joins[0]
        .calls
        .iter()
        .map(|call| (call.stop.name.as_str(), call.arrival / 60, call.departure / 60))
        .collect();
    assert_eq!(calls, [("Arles", 480, 480), ("Border", 600, 606), ("Beyond", 720, 720), ("Deep", 840, 840)]);
}

#[test]
fn the_same_number_on_different_days_is_two_trains() {
    let text = two(
        "service odd: mon,wed,fri\ntrip 113 service odd: A 08:00 | B 10:00",
        "service even: tue,thu,sat\ntrip 113 service even: b 10:06 | c 12:00",
    );
    assert_eq!(lines(&text), [""; 0]);
}

#[test]
fn two_trains_at_one_platform_minutes_apart_stay_two() {
    let text = two("trip 113: A 08:00 | B 10:00", "trip 2040: b 10:04 | c 12:00");
    assert_eq!(lines(&text), [""; 0]);
    // The one with the number is taken, whichever is nearer.
    let text = two("trip 113: A 08:00 | B 10:00", "trip 2040: b 10:04 | c 12:00\ntrip 113: b 10:12 | c 12:20");
    assert_eq!(lines(&text), ["Halves e:113 w:113 on 28 days"]);
    // Trains that follow one another over the same stations, ten minutes apart.
    let text = two("trip 113: A 08:00 | B 10:00 | C 12:00", "trip 115: b 10:10 | c 12:10 | d 14:00");
    assert_eq!(lines(&text), [""; 0]);
}

#[test]
fn a_train_that_turns_back_is_not_its_own_second_half() {
    let text = r#"
        feed via zone America/Toronto days 2026-01-05..2026-01-11
        stop N "New York" 40.75,-73.99
        stop F "Falls" 43.10,-79.05
        stop X "Border CA/US" 43.11,-79.06
        stop T "Toronto" 43.64,-79.38
        trip 63: N 07:00 | F 16:42 | X 16:52
        trip 64: X 16:57 | F 17:10 | N 23:00
        trip 98: X 16:55 | T 19:43
        trip 97: T 15:00 | X 16:50"#;
    let (_, report) = joined(text);
    assert_eq!(words(&report), ["Halves via:63 via:98 on 7 days", "Halves via:64 via:97 on 7 days"]);
    let refused: Vec<_> =
        report.refusals.iter().map(|doubt| (doubt.one.number.as_str(), doubt.other.number.as_str())).collect();
    assert!(refused.contains(&("63", "64")), "{refused:?}");
}

#[test]
fn a_name_that_two_towns_share_joins_nothing() {
    let text = r#"
        feed one zone Europe/Berlin days 2026-01-05..2026-01-11
        stop F "Frankfurt" 50.11,8.66
        stop N "Neustadt" 49.35,8.14
        trip 10: F 08:00 | N 09:00
        feed other zone Europe/Berlin days 2026-01-05..2026-01-11
        stop f "Frankfurt" 52.34,14.55
        stop n "Neustadt" 53.90,9.90
        trip 10: f 08:00 | n 09:00"#;
    let (_, report) = joined(text);
    assert_eq!((report.joined_stations(), words(&report).len()), (0, 0));
    assert!(report.stations.iter().all(|one| one.verdict == Verdict::Refused && one.reason.is_some()));
}

/// Sofia changes its clocks on 2026-03-29, Istanbul does not.
#[test]
fn clocks_that_change_on_one_side_are_followed() {
    let feeds = |bulgarian: &str| {
        format!(
            r#"
            feed bg zone Europe/Sofia days 2026-03-23..2026-04-05
            stop S "Sofia" 42.71,23.32
            stop K "Kapıkule" 41.72,26.47
            {bulgarian}
            feed tr zone Europe/Istanbul days 2026-03-23..2026-04-05
            stop k "Kapıkule" 41.7201,26.4701
            stop I "Istanbul" 41.01,28.98
            trip 81032: k 02:00 | I 06:00"#
        )
    };
    // The same local time all year: 10 min before the Turkish half in winter, 50 min behind it in summer.
    let all_year = feeds("trip 81032: S 18:30 | K 24:50");
    assert_eq!(lines(&all_year), ["Halves bg:81032 tr:81032 on 6 days"]);
    // A Bulgarian timetable that follows the Turkish clock from 28 March on: on the night before the change it is an hour late.
    let seasons = feeds(
        "service winter: 2026-03-23..2026-03-27 daily\nservice summer: 2026-03-28..2026-04-05 daily\n\
         trip 81032~w service winter: S 18:30 | K 24:50\ntrip 81032~s service summer: S 19:30 | K 25:50",
    );
    let (feeds, report) = joined(&seasons);
    let days: usize = report.joins.iter().map(|join| join.days.count).sum();
    assert_eq!(days, 12, "{:?}", words(&report));
    assert_eq!(runs(&feeds), 16);
    for join in &report.joins {
        assert!(join.calls[1].local_arrival.contains("T00:50") || join.calls[1].local_arrival.contains("T01:50"));
        assert!(join.calls[2].local_arrival.contains("T06:00:00+03:00"), "{:?}", join.calls[2]);
    }
}

#[test]
fn feeds_that_overlap_by_one_day_are_joined_on_that_day() {
    let text = two("trip 113: A 08:00 | B 10:00 | C 12:00", "trip 113: b 10:00 | c 12:00 | d 14:00")
        .replace("Europe/Rome days 2026-01-05", "Europe/Rome days 2026-02-01")
        .replace("2026-02-01..2026-02-01", "2026-02-01..2026-02-28");
    assert_eq!(lines(&text), ["SameTrain e:113 w:113 on 1 days"]);
    let (feeds, report) = joined(&text);
    assert_eq!(runs(&feeds), 28 + 28 - 1);
    let left: Vec<(&str, usize)> =
        report.joins[0].unjoined.iter().map(|one| (one.feed.as_str(), one.days.count)).collect();
    assert_eq!(left, [("w", 27), ("e", 27)]);
}

/// Each feed leads at its own stations; times that differ are reconciled and reported.
#[test]
fn a_train_in_two_feeds_has_the_calls_of_both() {
    let text = two(
        "trip 1 : A 06:00 | B 07:00\ntrip 113: A 08:00 | B 10:00-10:10 | C 12:00",
        "trip 2: c 06:00 | d 07:00\ntrip 3: c 07:00 | d 08:00\ntrip 113: b 10:02-10:12 | c 12:03 | d 14:00",
    );
    let (_, report) = joined(&text);
    assert_eq!(words(&report), ["SameTrain e:113 w:113 on 28 days"]);
    let join = &report.joins[0];
    let calls: Vec<(&str, &str, i32)> =
        join.calls.iter().map(|call| (call.stop.feed.as_str(), call.stop.name.as_str(), call.arrival / 60)).collect();
    // At Border the west calls twice a day and the east once, at Beyond the other way round.
    assert_eq!(calls, [("w", "Arles", 480), ("w", "Border", 600), ("e", "Beyond", 723), ("e", "Deep", 840)]);
    assert_eq!(join.largest_difference, 180);
}

/// Amtrak's whole train with two Canadian calls, VIA's American half, and VIA's Canadian half: one train with all calls.
#[test]
fn the_maple_leaf_with_its_canadian_half() {
    let text = r#"
        feed us zone America/New_York days 2026-01-05..2026-01-18
        stop NYP "New York" 40.7510,-73.9963
        stop BFX "Buffalo" 42.8784,-78.8738
        stop NFL "Niagara Falls NY" 43.1099,-79.0553
        stop NFS "Niagara Falls ON" 43.1087,-79.0633
        stop TWO "Toronto Union Station" 43.6454,-79.3808
        trip 63: NYP 07:15 | BFX 15:29 | NFL 16:39-16:41 | NFS 16:46-17:45 | TWO 19:43
        trip 280: NFL 03:00 | BFX 04:00 | NYP 13:00
        feed ca zone America/Toronto days 2026-01-12..2026-01-25
        stop NEWY "New York" 40.7506,-73.9935
        stop BUFX "Buffalo (Exchange)" 42.8791,-78.8754
        stop NFNY "Niagara Falls" 43.1099,-79.0549
        stop AMKM "Border CA/US" 43.1092,-79.0599
        stop NIAG "Niagara Falls" 43.1087,-79.0628
        stop SCAT "St. Catharines" 43.1478,-79.2560
        stop TRTO "Toronto" 43.6452,-79.3806
        trip AMK63: NEWY 07:16 | BUFX 15:32 | NFNY 16:42-16:50 | AMKM 16:52
        trip 98: AMKM 16:55 | NIAG 16:58-17:45 | SCAT 18:06-18:08 | TRTO 19:43
        trip 600: NIAG 06:00 | TRTO 08:00"#;
    let (feeds, report) = joined(text);
    let said = ["HalvesAndSameTrain ca:98 ca:AMK63 us:63 on 7 days", "Halves ca:98 ca:AMK63 on 7 days"];
    let mut found = words(&report);
    found.sort_by_key(|line| std::cmp::Reverse(line.len()));
    assert_eq!(found, said);
    let join = report.joins.iter().find(|join| join.kind == JoinKind::HalvesAndSameTrain).expect("the whole");
    let calls: Vec<String> = join
        .calls
        .iter()
        .map(|call| format!("{} {}-{}", call.stop.id, &call.local_arrival[11..16], &call.local_departure[11..16]))
        .collect();
    assert_eq!(
        calls,
        [
            "NYP 07:15-07:15",
            "BFX 15:29-15:29",
            "NFL 16:39-16:41",
            "AMKM 16:52-16:55",
            "NIAG 16:58-17:45",
            "SCAT 18:06-18:08",
            "TRTO 19:43-19:43",
        ]
    );
    // Amtrak alone for a week, all three for a week, VIA alone for a week; and the two other trains.
    assert_eq!(runs(&feeds), 7 + 7 + 7 + 14 + 14);
}

#[test]
fn portions_that_fit_as_well_stay_apart() {
    let text = two(
        "stop C2 \"Cannes\" 43.55,7.01\ntrip 406: A 06:00 | B 08:00 | C 10:00 | C2 12:00",
        "trip 40406: b 08:00 | c 10:00 | d 12:00\nstop z \"Zara\" 44.11,15.24\ntrip 50406: b 08:00 | c 10:00 | z 20:00",
    )
    .replace("trip 406:", "trip x~406:")
    .replace("trip 40406:", "trip y:")
    .replace("trip 50406:", "trip z:");
    let (_, report) = joined(&text);
    assert_eq!(words(&report), [""; 0], "{:?}", report.suspects);
}

#[test]
fn a_carriage_over_two_trains_and_a_train_that_only_looks_like_one() {
    let text = r"
        feed us zone America/Chicago days 2026-01-05..2026-01-18
        stops CHI DAL AUS SAS ELP LAX NOL PHX
        service tri: mon,wed,fri
        service some: mon,wed,fri except 2026-01-14
        trip 21: CHI 13:45 | DAL 35:30-35:50 | AUS 42:22-42:30 | SAS 45:55
        trip 1 service some: NOL 09:00 | SAS 24:05-26:45 | ELP 38:25-38:50 | LAX 55:35
        trip 421 service tri: CHI 13:45 | DAL 35:30-35:50 | AUS 42:22-42:30 | SAS 45:55-50:45 | ELP 62:25-62:50 | LAX 79:35
        trip 121 service tri: CHI 14:45 | DAL 35:30-35:50 | AUS 42:22-42:30 | SAS 45:55
        trip 521 service tri: CHI 13:45 | DAL 35:31 | PHX 50:00";
    // 421 leaves on Monday and would be put on train 1 of Tuesday, which never runs: from San Antonio on it runs alone.
    let (_, report) = joined(text);
    assert_eq!(words(&report), ["ThroughCarriage us:421 us:21 us:421 on 6 days"]);
    let shifted =
        text.replace("service some: mon,wed,fri except 2026-01-14", "service some: tue,thu,sat except 2026-01-15");
    let (feeds, report) = joined(&shifted);
    assert_eq!(words(&report), ["ThroughCarriage us:421 us:1 us:21 on 5 days"]);
    let unjoined = &report.joins[0].unjoined;
    assert_eq!(
        (unjoined[0].days.ranges.join(" "), unjoined[0].reason.contains("train 1")),
        ("2026-01-14".to_owned(), true)
    );
    assert!(feeds[0].trips.iter().any(|trip| trip.id == "421"), "on that day it runs by itself");
    let refused: Vec<&str> = report.refusals.iter().map(|doubt| doubt.one.number.as_str()).collect();
    assert_eq!(refused, ["121"], "another timetable of train 21; 521 has nothing in common with it");
}

#[test]
fn ordinary_feeds_are_left_as_they_are() {
    let text = two("trip 1: A 08:00 | B 10:00", "trip 2: c 12:00 | d 14:00");
    let feeds = tumen_oracle::text::feeds(&text);
    let (after, report) = stitch(feeds[..1].to_vec(), StitchOptions::default());
    assert_eq!(after, feeds[..1]);
    assert_eq!(report.joins.len() + report.suspects.len() + report.refusals.len() + report.stations.len(), 0);
}

#[test]
fn the_same_feeds_give_the_same_report() {
    let text = two(
        "trip 113: A 08:00 | B 10:00 | C 12:00",
        "trip 113: b 10:00 | c 12:00 | d 14:00\ntrip 9: b 10:02 | c 12:02",
    );
    let said =
        |(feeds, report): (Vec<Feed>, StitchReport)| (feeds, serde_json::to_string(&report).expect("a report is JSON"));
    assert!(said(joined(&text)) == said(joined(&text)));
}
