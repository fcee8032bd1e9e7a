//! Amtrak and VIA: the Maple Leaf both ways, the Adirondack, and Amtrak's through cars.

use crate::shared::{parts, shared_feeds};
use std::collections::{BTreeMap, BTreeSet};
use tumen_feed::Feed;
use tumen_stitch::{JoinKind, StitchOptions, StitchReport, Verdict, stitch};

fn both() -> Option<(Vec<Feed>, StitchReport)> {
    let feeds = shared_feeds(&[("us", "us-amtrak-2024.zip"), ("ca", "ca-viarail-2024.zip")])?;
    Some(stitch(feeds, StitchOptions::default()))
}

/// Everything that is joined across the border. Amtrak's 63 ends on 2024-05-05, VIA's AMK63 begins on 2023-10-09, its 98, 97 and AMK64
/// on 2024-06-24; Amtrak's 64 has no day in common with AMK64.
#[test]
fn the_maple_leaf_is_one_train_both_ways() {
    let Some((_, report)) = both() else { return };
    let across: BTreeSet<String> = report
        .joins
        .iter()
        .filter(|join| join.kind != JoinKind::ThroughCarriage)
        .map(|join| {
            let (first, last) =
                (join.days.first.clone().unwrap_or_default(), join.days.last.clone().unwrap_or_default());
            format!("{:?} {}: {} days {first} to {last}", join.kind, parts(join).join(" "), join.days.count)
        })
        .collect();
    let truth = [
        "Halves ca:1200 ca:1748: 12974 days 2024-06-24 to 2059-12-31",
        "Halves ca:1753 ca:1913: 12974 days 2024-06-24 to 2059-12-31",
        "SameTrain ca:1200 us:632863682: 60 days 2023-10-14 to 2024-05-05",
        "SameTrain ca:1200 us:632876247: 150 days 2023-10-09 to 2024-05-03",
    ];
    assert_eq!(across, truth.map(str::to_owned).into());
    // 210 days with Amtrak's 63, 49 between the end of Amtrak's feed and the beginning of VIA's Canadian half.
    let halves = report.joins.iter().find(|join| join.id == "1200+1748").expect("AMK63 and 98");
    assert_eq!(halves.unjoined.len(), 1);
    assert_eq!(
        (halves.unjoined[0].trip.as_str(), &halves.unjoined[0].days.ranges[..]),
        ("1200", &["2024-05-06..2024-06-23".to_owned()][..])
    );
}

#[test]
fn the_border_is_no_place() {
    let Some((feeds, report)) = both() else { return };
    let halves = report.joins.iter().find(|join| join.id == "1200+1748").expect("AMK63 and 98");
    let call = |name: &str| halves.calls.iter().find(|call| call.stop.name == name).expect("a call");
    let border = call("Border CA/US");
    assert_eq!(
        (border.local_arrival.as_str(), border.local_departure.as_str()),
        ("2024-06-24T16:52:00-04:00", "2024-06-24T16:55:00-04:00")
    );
    assert!(!border.boarding && !border.alighting);
    assert!(call("St. Catharines").alighting && call("Toronto").alighting && call("New York").boarding);
    assert_eq!(report.border_stops.iter().map(|border| border.stop.id.as_str()).collect::<Vec<_>>(), ["AMKM"]);
    let via = feeds.iter().find(|feed| feed.name == "ca").expect("VIA");
    let stop = via.stops.iter().position(|stop| stop.id == "AMKM").expect("the border") as u32;
    assert!(via.calls.iter().filter(|call| call.stop == stop).all(|call| (call.pickup, call.drop_off) == (1, 1)));
}

#[test]
fn amtrak_leads_where_it_is_at_home() {
    let Some((_, report)) = both() else { return };
    let join = report.joins.iter().find(|join| join.id == "632876247+1200").expect("63 and AMK63");
    assert_eq!((join.feed.as_str(), join.name.as_str()), ("us", "63"));
    let names: Vec<&str> = join.calls.iter().map(|call| call.stop.id.as_str()).collect();
    assert_eq!(names.len(), 18, "Amtrak's calls, the border that its times leave no room for apart: {names:?}");
    assert_eq!(names[15..], ["NFL", "NFS", "TWO"], "two Canadian calls and no St. Catharines");
    assert_eq!(
        join.calls[0].local_departure, "2023-10-09T07:15:00-04:00",
        "Amtrak's time in New York, not VIA's 07:16"
    );
    assert_eq!(join.largest_difference, 540, "VIA leaves Niagara Falls, New York, nine minutes later");
}

/// Trains that stand in both feeds, or have numbers of both, and are joined with nothing.
#[test]
fn what_is_not_the_maple_leaf_is_joined_with_nothing() {
    let Some((_, report)) = both() else { return };
    for join in report.joins.iter().filter(|join| join.kind != JoinKind::ThroughCarriage) {
        for part in &join.parts {
            // The Adirondack to Montreal, and VIA's own 63 and 64 between Montreal and Toronto.
            assert!(!["68", "69", "64"].contains(&part.trip.number.as_str()), "{part:?}");
            assert!(part.trip.feed == "us" || part.trip.route.contains("Maple Leaf"), "{part:?}");
        }
    }
}

#[test]
fn names_that_two_towns_share_stay_apart() {
    let Some((_, report)) = both() else { return };
    let pairs: BTreeMap<(&str, &str), Verdict> =
        report.stations.iter().map(|one| ((one.one.id.as_str(), one.other.id.as_str()), one.verdict)).collect();
    for (us, ca, verdict) in [
        ("NFL", "NFNY", Verdict::Joined),
        ("NFS", "NIAG", Verdict::Joined),
        ("NFL", "NIAG", Verdict::Refused),
        ("NFS", "NFNY", Verdict::Refused),
        ("NYP", "NEWY", Verdict::Joined),
        ("BFX", "BUFX", Verdict::Joined),
        ("TWO", "TRTO", Verdict::Joined),
        ("MTR", "MTRL", Verdict::Joined),
        ("SLQ", "SLAM", Verdict::Joined),
        ("VAC", "VCVR", Verdict::Joined),
        ("VAN", "VCVR", Verdict::Refused),
        ("WND", "WDON", Verdict::Refused),
        ("HOS", "HOUS", Verdict::Refused),
    ] {
        assert_eq!(pairs.get(&(us, ca)), Some(&verdict), "{us} and {ca}");
    }
    assert_eq!(report.joined_stations(), 21);
}

/// Every through carriage of the feed, by number, and the numbers of its hosts; what only looks like one is not.
#[test]
fn amtraks_through_cars_have_hosts() {
    let Some((_, report)) = both() else { return };
    let mut hosts: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for join in report.joins_of(JoinKind::ThroughCarriage) {
        let numbers = join.parts[1..].iter().map(|part| part.trip.number.as_str());
        hosts.entry(&join.parts[0].trip.number).or_default().extend(numbers);
    }
    // 27, 28, 448 and 449 run alone between Spokane and Portland, and between Albany and Boston; 421 and 422 between Fort Worth and San
    // Antonio on the few days on which 21 ends and 22 begins at Fort Worth.
    // From 2024-01-02 on 1027, 1028 and 1448 are published beside 27, 28 and 448.
    let truth = [
        ("1027", &["1027", "7"][..]),
        ("1028", &["1028", "8"]),
        ("1448", &["1448", "48"]),
        ("27", &["27", "7"]),
        ("28", &["28", "8"]),
        ("421", &["1", "21", "421"]),
        ("422", &["2", "22", "422"]),
        ("448", &["448", "48"]),
        ("449", &["449", "49"]),
    ];
    let truth: BTreeMap<&str, BTreeSet<&str>> =
        truth.map(|(number, hosts)| (number, hosts.iter().copied().collect())).into();
    assert_eq!(hosts, truth);
    let refused: BTreeSet<&str> = report
        .refusals
        .iter()
        .filter(|doubt| doubt.kind == JoinKind::ThroughCarriage)
        .map(|doubt| doubt.one.number.as_str())
        .collect();
    for number in ["1002", "1005", "1006", "1007", "1008", "1014", "1048", "1449"] {
        assert!(refused.contains(number), "{number} is another timetable of a train: {refused:?}");
    }
}

#[test]
fn a_carriage_runs_by_itself_where_a_host_does_not() {
    let Some((_, report)) = both() else { return };
    let join = report.joins.iter().find(|join| join.id == "4212876231").expect("421");
    let hosts: Vec<(&str, i32)> =
        join.parts[1..].iter().map(|part| (part.trip.number.as_str(), part.service_day_shift)).collect();
    assert_eq!(hosts, [("21", 0), ("1", 1)], "train 1 a day later");
    assert_eq!(join.days.count, 91);
    let without: Vec<(&str, usize)> = join.unjoined.iter().map(|one| (one.reason.as_str(), one.days.count)).collect();
    assert!(without.iter().any(|(reason, _)| reason.contains("train 1 does not run")), "{without:?}");
    assert_eq!(join.parts[0].left_days.count + join.days.count, 158, "Tuesdays, Fridays and Sundays of a year");
}
