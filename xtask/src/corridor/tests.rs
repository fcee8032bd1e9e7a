//! The corridor feed as its readers see it: the tables and the files in the repository are in step, and a reader that
//! knows only the files finds the published days and the check values.

use super::table::{Row, Table};
use super::tables::Tables;
use super::world::{Kind, World};
use super::{differences, feed_files, feed_folder, generate, tables_folder};
use jiff::{Timestamp, tz::TimeZone};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use tumen_base::{Date, ServiceTime};

/// The feed's text files, read as a stranger would.
struct Feed {
    days: BTreeMap<String, BTreeSet<Date>>,
    calls: BTreeMap<String, Vec<(String, i32, i32)>>,
    hosts: Vec<[String; 5]>,
}

fn file(name: &str) -> Table {
    let text = fs::read_to_string(feed_folder().join(format!("{name}.txt"))).expect("a file of the feed");
    Table::parse(name, &text).expect("a CSV file")
}

fn date(text: &str) -> Date {
    Date::parse_typed(text).expect("a date")
}

impl Feed {
    fn read() -> Self {
        let mut days: BTreeMap<String, BTreeSet<Date>> = BTreeMap::new();
        let weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
        for row in file("calendar").rows() {
            let text = |column| row.text(column).expect("a column");
            let runs = |day: &Date| text(weekdays[day.weekday() as usize]) == "1";
            let span = date(text("start_date")).0..=date(text("end_date")).0;
            days.entry(text("service_id").into()).or_default().extend(span.map(Date).filter(runs));
        }
        for row in file("calendar_dates").rows() {
            let text = |column| row.text(column).expect("a column");
            let service = days.entry(text("service_id").into()).or_default();
            let day = date(text("date"));
            if text("exception_type") == "1" {
                service.insert(day)
            } else {
                service.remove(&day)
            };
        }
        let mut calls: BTreeMap<String, Vec<(String, i32, i32)>> = BTreeMap::new();
        for row in file("stop_times").rows() {
            let text = |column| row.text(column).expect("a column");
            let time = |column| ServiceTime::parse(text(column).as_bytes()).expect("a time").0;
            let call = (text("stop_id").into(), time("arrival_time"), time("departure_time"));
            calls.entry(text("trip_id").into()).or_default().push(call);
        }
        let columns = ["through_carriage_id", "sequence", "trip_id", "attach_stop_id", "detach_stop_id"];
        let hosts = file("through_carriage_hosts");
        let hosts = hosts.rows().map(|row| columns.map(|column| row.text(column).expect("a column").into())).collect();
        Self { days, calls, hosts }
    }

    fn calls_at<'a>(&'a self, trip: &str, stop: &str) -> (usize, &'a (String, i32, i32)) {
        self.calls[trip].iter().enumerate().find(|(_, call)| call.0 == stop).expect("the trip calls there")
    }

    /// The carriage of a service day by the rule of docs/feed-extension.md: (stop, arrival, departure) in Moscow
    /// seconds since 1970, and the trips that carry it.
    fn carriage(&self, id: &str, service_day: Date) -> (Vec<(String, i64, i64)>, Vec<String>) {
        let mut way: Vec<(String, i64, i64)> = Vec::new();
        let mut trips = Vec::new();
        let mut hosts: Vec<_> = self.hosts.iter().filter(|host| host[0] == id).collect();
        hosts.sort_by_key(|host| host[1].parse::<u32>().expect("a sequence"));
        for alternatives in hosts.chunk_by(|one, other| one[1] == other[1]) {
            let mut best: Option<(i64, Date, &[String; 5])> = None;
            for host in alternatives {
                let leaves = self.calls_at(&host[2], &host[3]).1.2;
                for day in &self.days[&host[2]] {
                    let at = i64::from(day.0) * 86_400 + i64::from(leaves);
                    let fits = match way.last() {
                        None => day.plus(leaves / 86_400) == service_day,
                        Some((_, arrived, _)) => (0..=86_400).contains(&(at - arrived)),
                    };
                    if fits && best.is_none_or(|(earliest, ..)| at < earliest) {
                        best = Some((at, *day, host));
                    }
                }
            }
            let (leaves, day, host) = best.unwrap_or_else(|| panic!("{id} of {service_day}: a hole at {way:?}"));
            if let Some(last) = way.last_mut() {
                last.2 = leaves;
            }
            let (from, to) = (self.calls_at(&host[2], &host[3]).0, self.calls_at(&host[2], &host[4]).0);
            let zero = i64::from(day.0) * 86_400;
            let skip = usize::from(!way.is_empty());
            for (stop, arrival, departure) in &self.calls[&host[2]][from + skip..=to] {
                way.push((stop.clone(), zero + i64::from(*arrival), zero + i64::from(*departure)));
            }
            trips.push(host[2].clone());
        }
        (way, trips)
    }
}

/// The Moscow clock's seconds since 1970.
fn moscow_seconds(instant: Timestamp) -> i64 {
    let moscow = TimeZone::get("Europe/Moscow").expect("a zone");
    instant.as_second() + i64::from(moscow.to_offset(instant).seconds())
}

#[test]
fn tables_and_feed_are_in_step() {
    assert_eq!(differences().expect("tables without errors"), Vec::<String>::new(), "run `cargo xtask corridor`");
}

#[test]
fn carriages_add_up_to_the_check_rows_on_every_day() {
    let feed = Feed::read();
    let tables = Tables::read(&tables_folder()).expect("tables");
    let world = World::read(&tables).expect("tables");
    for service in world.of_kind(Kind::Carriage) {
        assert!(!feed.days[service.id].is_empty());
        for service_day in &feed.days[service.id] {
            let (way, _) = feed.carriage(service.id, *service_day);
            for check in &service.calls {
                let expected = check.clock.on(*service_day).expect("a time");
                let call = way.iter().find(|call| call.0 == check.station).expect("the carriage calls there");
                let place = format!("{} of {service_day} at {}", service.id, check.station);
                if check.clock.arrival.is_some() {
                    assert_eq!(call.1, moscow_seconds(expected.arrival), "arrival of {place}");
                }
                if check.clock.departure.is_some() {
                    assert_eq!(call.2, moscow_seconds(expected.departure), "departure of {place}");
                }
            }
        }
    }
}

#[test]
fn the_car_arrives_eight_days_later_both_ways() {
    let feed = Feed::read();
    let local = |seconds: i64, hours: i64| Date(((seconds + hours * 3600) / 86_400) as i32);
    for (id, days_of_month, origin_ahead, end_ahead, duration) in
        [("MOW_PYG", [12, 26], 0, 6, 206 * 60 + 50), ("PYG_MOW", [3, 17], 6, 0, 198 * 60 + 50)]
    {
        for service_day in &feed.days[id] {
            let (way, _) = feed.carriage(id, *service_day);
            let (left, arrived) = (way[0].2, way[way.len() - 1].1);
            let first_day = local(left, origin_ahead);
            assert!(days_of_month.contains(&i32::from(first_day.civil().day())), "{id} leaves on {first_day}");
            assert_eq!(local(arrived, end_ahead), first_day.plus(8), "{id} of {first_day}");
            assert_eq!((arrived - left) / 60, duration, "{id} of {first_day}");
        }
    }
    assert!(feed.days["MOW_PYG"].contains(&date("2026-02-26")));
    assert_eq!(feed.days["MOW_PYG"].first(), Some(&date("2025-06-26")), "the first eastbound car");
    assert_eq!(feed.days["PYG_MOW"].first(), Some(&date("2025-07-03")), "the run of 17 June took no passengers");
}

#[test]
fn the_khabarovsk_car_belongs_to_the_day_it_leaves_khabarovsk() {
    let feed = Feed::read();
    assert!(feed.days["KHV_PYG"].iter().all(|day| day.civil().day() == 21));
    let (way, trips) = feed.carriage("KHV_PYG", date("2025-07-21"));
    assert_eq!(way[0].2, i64::from(date("2025-07-21").0) * 86_400 + (9 * 60 + 45) * 60, "16:45 in Khabarovsk");
    assert_eq!(trips, ["R2", "T652", "T646X", "KP8"]);
}

#[test]
fn a_car_crosses_with_645_and_646_when_they_run_and_with_an_assumed_run_otherwise() {
    let feed = Feed::read();
    let mut crossings = BTreeMap::new();
    for id in ["MOW_PYG", "PYG_MOW", "KHV_PYG", "PYG_KHV"] {
        for day in &feed.days[id] {
            let trips = feed.carriage(id, *day).1;
            let crossing = trips.into_iter().find(|trip| trip.starts_with("T64")).expect("a crossing");
            *crossings.entry(crossing).or_insert(0) += 1;
        }
    }
    let [regular, assumed] = [["T645", "T646"], ["T645X", "T646X"]].map(|trips| trips.map(|trip| crossings[trip]));
    assert!(regular.iter().sum::<i32>() < assumed.iter().sum(), "{crossings:?}: on fewer than half of the dates");
    for (regular, assumed) in [("T645", "T645X"), ("T646", "T646X")] {
        assert!(feed.days[regular].is_disjoint(&feed.days[assumed]), "{regular} and {assumed} on one day");
    }
}

#[test]
fn the_published_clock_traps_come_out_right() {
    let feed = Feed::read();
    let minutes = |trip: &str| {
        let calls = &feed.calls[trip];
        (calls[calls.len() - 1].1 - calls[0].2) / 60
    };
    assert_eq!(minutes("T646"), 17, "Khasan 15:30 → Tumangang 14:47");
    assert_eq!(minutes("G401"), 90, "Suifenhe 10:00 → Grodekovo 13:30");
    assert_eq!(minutes("ZAB_MAN"), 25, "Zabaykalsk 11:35 → Manzhouli 11:00");
    let (way, trips) = feed.carriage("BEI_PYG", date("2026-03-12"));
    assert_eq!((way[way.len() - 1].1 - way[0].2) / 60, 23 * 60 + 41);
    assert_eq!(trips, ["K27", "D95"]);
    assert_eq!(feed.calls["T652"][0].2, (23 * 60 + 45) * 60, "06:45 in Ussuriysk is the evening before in Moscow");
}

#[test]
fn history_ends_where_the_trains_were_suspended() {
    let feed = Feed::read();
    assert!(feed.days["V20"].contains(&date("2020-01-25")));
    assert!(!feed.days["V20"].contains(&date("2020-02-08")));
    assert_eq!(feed.days["K4"].last(), Some(&date("2019-12-31")), "a month is taken from its first possible day");
    for train in ["K3", "K4", "V19", "V20"] {
        assert!(feed.days[train].first() >= Some(&date("2019-01-01")), "{train} begins with its timetable");
    }
}

#[test]
fn every_service_is_in_its_tier_and_nowhere_else() {
    let trips = file("trips");
    let trips: BTreeSet<_> = trips.rows().map(|row| row.text("trip_id").expect("an id")).collect();
    let known = file("known_services");
    let known: BTreeSet<_> = known.rows().map(|row| row.text("known_service_id").expect("an id")).collect();
    assert!(trips.is_disjoint(&known));
    for id in ["SUB_KHASAN", "VVO_RASON", "JS151", "K28", "D95_RETURN", "ZAB_MAN_RETURN", "N4", "R62", "KP_PYG_CHO"] {
        assert!(known.contains(id), "{id} is known");
    }
    assert_eq!(Feed::read().days["N4_SVO_FNJ"], BTreeSet::from([date("2025-07-27")]));
}

#[test]
fn every_row_names_its_source() {
    for name in feed_files(&feed_folder()).expect("the feed") {
        if name == "feed_info.txt" {
            continue;
        }
        for row in file(name.trim_end_matches(".txt")).rows() {
            row.required("source_id").unwrap_or_else(|error| panic!("{error}"));
        }
    }
}

/// Copies the tables with one change to one of them and tells what the generator says.
fn complaint(name: &str, from: &str, to: &str) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    for entry in fs::read_dir(tables_folder()).expect("tables") {
        let path = entry.expect("an entry").path();
        fs::copy(&path, folder.path().join(path.file_name().expect("a name"))).expect("a copy");
    }
    let path = folder.path().join(name);
    let text = fs::read_to_string(&path).expect("a table");
    assert!(text.contains(from), "{name} contains {from}");
    fs::write(&path, text.replacen(from, to, 1)).expect("a table");
    format!("{:#}", generate(folder.path()).err().unwrap_or_else(|| panic!("{name} with {to} is taken")))
}

#[test]
fn mistakes_in_tables_are_named_with_their_place() {
    for (name, from, to, expected) in [
        ("hosts.csv", "MOW_PYG,1,R2,RU_MOW_YAR", "MOW_PYG,1,R2,RU_KAZAN", "`RU_KAZAN` is not in stations.csv"),
        ("stop_times.csv", "R2,1,RU_MOW_YAR,,00:35", "R2,1,RU_MOW_YAR,,0:35", "expected HH:MM, found `0:35`"),
        ("stop_times.csv", "MOW_PYG,18,RU_KHASAN,12:25", "MOW_PYG,18,RU_KHASAN,12:20", "the hosts stop here from"),
        ("stop_times.csv", "2,KP_TUMANGANG,14:47", "2,KP_TUMANGANG,14:27", "the train would go back in time"),
        ("services.csv", "\"day 12,26\"", "twice a month", "column `days`: expected `daily`"),
        ("services.csv", "MOW_PYG+7 KHV_PYG+1,", "T652+7,", "depend on themselves"),
        ("services.csv", "RU_KHASAN,,unknown", "RU_KHASAN,daily,unknown", "no days that could be routed"),
        ("observations.csv", "carriage:IRK_MAN", "carriage:IRK_ZAB", "there is no carriage `IRK_ZAB`"),
        ("sources.csv", "\nNK2018,", "\nSEED1,", "`SEED1` appears twice"),
    ] {
        let complaint = complaint(name, from, to);
        assert!(complaint.contains(expected), "{complaint}");
        assert!(complaint.contains(name), "{complaint}");
    }
}

#[test]
fn tables_repeat_the_facts_faithfully() {
    let tables = tables_folder().canonicalize().expect("the tables");
    let shared = std::env::var_os("TUMEN_SHARED").map(PathBuf::from);
    let shared = shared.or_else(|| tables.ancestors().map(|folder| folder.join("shared")).find(|path| path.exists()));
    let Some(facts) = shared.map(|shared| shared.join("corridor")).filter(|folder| folder.exists()) else {
        eprintln!("skipped: ../shared is absent");
        return;
    };
    let printed = |folder: &Path, name: &str, columns: &[&str]| -> BTreeSet<String> {
        let table = Table::read(folder, name).expect("a table");
        let text = |row: Row, column: &str| row.text(column).expect("a column").to_owned();
        table.rows().map(|row| columns.iter().map(|column| text(row, column)).collect::<Vec<_>>().join(",")).collect()
    };
    let calls = ["service_id", "station_id", "arr", "dep", "day_offset", "time_basis", "iana_tz", "km"];
    let compared: [(&str, &[&str]); 5] = [
        ("stop_times", &calls),
        ("stations", &["station_id", "name_en", "name_native", "name_ru", "country", "iana_tz", "codes"]),
        ("segments", &["segment_id", "from_station", "to_station", "length_km", "electrification"]),
        ("borders", &["border_id", "station_from", "station_to", "passenger_days", "run_time_min", "gauge_change"]),
        ("border_rules", &["rule_id", "direction", "rule", "valid_from", "valid_to", "source_id"]),
    ];
    let rules = Table::read(&facts, "sanctions").expect("a table");
    let columns: Vec<&str> = rules.columns().iter().map(String::as_str).collect();
    let [expected, found] =
        [(&*facts, "sanctions"), (&*tables, "goods_rules")].map(|(folder, name)| printed(folder, name, &columns));
    assert_eq!((found.len(), found), (49, expected), "goods_rules");
    // Observations hold the history of 2008; coaches that the facts list under their train are carriages here, and the
    // part that another train runs is gone.
    let told_otherwise = ["HIST2008", "K27,", "IRK_MAN,"];
    for (name, columns) in compared {
        let mut expected = printed(&facts, name, columns);
        expected.retain(|row| !told_otherwise.iter().any(|start| row.starts_with(start)));
        let found = printed(&tables, name, columns);
        assert_eq!(expected.difference(&found).collect::<Vec<_>>(), Vec::<&String>::new(), "{name}");
    }
}

/// What the facts say of a paragraph's number in words stands in a column of its own, which the screening reads.
#[test]
fn unverified_paragraphs_of_goods_rules_are_marked() {
    for row in file("goods_rules").rows() {
        let text = |column| row.text(column).expect("a column");
        let words = format!("{} {}", text("paragraph"), text("note"));
        let doubted = words.contains("verified") || words.contains("paragraph number");
        assert_eq!(text("unverified") == "1", doubted, "{}", text("goods_rule_id"));
    }
}

/// As `.ci/run` does, where Python and the validators can be had.
#[test]
fn public_validators_report_no_error() {
    let root = crate::root();
    let python = root.join("target/validators/bin/python");
    let succeeds = |command: &mut Command| command.current_dir(&root).status().is_ok_and(|status| status.success());
    let made = python.exists() || succeeds(Command::new("python3").args(["-m", "venv", "target/validators"]));
    let mut pip = Command::new(&python);
    pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--retries", "0", "--timeout", "10"]);
    if !made || !succeeds(pip.args(["--requirement", ".ci/validators.txt"])) {
        eprintln!("skipped: pip cannot install the validators of .ci/validators.txt");
        return;
    }
    let scratch = tempfile::tempdir().expect("a folder");
    let mut validate = Command::new(&python);
    validate.arg(".ci/validate.py").arg(scratch.path()).arg("feeds/corridor");
    assert!(succeeds(&mut validate), "the validators complain about feeds/corridor");
}
