//! `tumen stitch`: the report, and the joined feed that any program can read, with the journeys of the feeds it was made of.

mod common;

use common::{Compiled, shared_feed, tumen};
use std::path::Path;

/// Feeds written for the test, as arguments `NAME=PATH`.
fn written(text: &str, folder: &Path) -> Vec<String> {
    let write = |feed: tumen_feed::Feed| {
        let path = folder.join(format!("{}.zip", feed.name));
        tumen_feed::write_feed(&feed, &path).expect("the feed is written");
        format!("{}={}", feed.name, path.display())
    };
    tumen_oracle::text::feeds(text).into_iter().map(write).collect()
}

/// Joins feeds into one file and imports it.
#[track_caller]
fn joined(feeds: &[String], folder: &Path) -> Compiled {
    let zip = folder.join("joined.zip");
    let target = zip.display().to_string();
    let mut args = vec!["stitch"];
    args.extend(feeds.iter().map(String::as_str));
    args.extend(["-o", &target]);
    let said = tumen(&args);
    assert_eq!(said.code, 0, "{}", said.all());
    Compiled::of_feed(&zip)
}

/// When every stop is reached, by its full id: moments, journeys' lengths, trips.
#[track_caller]
fn reached(timetable: &Compiled, from: &str, depart: &str, feeds: &[&str]) -> Vec<String> {
    let table = timetable.beside("reached.csv");
    let said = timetable.ask(&["reach", from, "--depart", depart, "--all", "-o", &table.display().to_string()]);
    assert_eq!(said.code, 0, "{}", said.all());
    let mut reader = csv::Reader::from_path(&table).expect("a table");
    let mut rows: Vec<String> = Vec::new();
    for row in reader.records().map(|row| row.expect("a row")) {
        let id = &row[0];
        let full = feeds.iter().any(|feed| id.strip_prefix(feed).is_some_and(|rest| rest.starts_with(':')));
        // Where no two feeds share an id, a timetable of several feeds tells it without its feed.
        let id = if full { id.split_once(':').map_or(id, |split| split.1) } else { id };
        rows.push(format!("{id} {} {} {} {}", &row[5], &row[6], &row[7], &row[8]));
    }
    rows.sort();
    assert!(rows.len() > 1, "{rows:?}");
    rows
}

/// Berlin sets its clocks three weeks after New York does; a night train and a carriage run on both sides of either day.
const CLOCKS: &str = r#"
    feed us zone America/New_York days 2026-03-01..2026-04-10
    stop N "Newark" 40.73,-74.16
    stop A "Albany" 42.64,-73.74
    stop X "Pier" 40.70,-74.01
    trip u1: N 08:00 | A 11:00-11:10 | X 30:15
    transfer X X type 2 min 600

    feed de zone Europe/Berlin days 2026-03-01..2026-04-10
    stop K "Quay" 53.5,8.1
    stop H "Hamburg" 53.55,10.0
    stop B "Berlin" 52.52,13.37
    stop W "Warsaw" 52.23,21.0
    trip g1 block a: K 00:30 | H 04:00-04:20
    trip g2 block a: H 04:30 | B 07:00
    trip g3: B 02:10 | W 29:00
    carriage c1 "Coach" service daily: g1 K..H, g2 H..B stand 0:00..24:00
    continue g2 -> g3 at B B
"#;

#[test]
fn feeds_of_two_zones_become_one_without_moving_a_train() {
    let folder = tempfile::tempdir().expect("a folder");
    let feeds = written(CLOCKS, folder.path());
    let (apart, one) = (Compiled::of_feeds(&feeds), joined(&feeds, folder.path()));
    for depart in ["2026-03-01", "2026-03-07", "2026-03-15", "2026-03-28", "2026-03-29", "2026-04-02"] {
        for from in ["us:N", "de:K", "de:B"] {
            let names = ["us", "de"];
            assert_eq!(reached(&apart, from, depart, &names), reached(&one, from, depart, &names), "{from} {depart}");
        }
    }
    // Berlin's 00:30 is 18:30 or 19:30 of the day before in New York: one trip in winter's days, one between the changes.
    let zip = tumen_feed::FeedSource::parse(&folder.path().join("joined.zip").display().to_string());
    let (mut read, report) = tumen_feed::read_feeds(&[zip], &tumen_feed::ReadOptions::default()).expect("a feed");
    let feed = read.remove(0);
    assert_eq!(report.complaints(), [], "nothing is wrong with it");
    assert!(feed.agencies.iter().all(|agency| agency.zone == "America/New_York"));
    let mut trips: Vec<(&str, i32)> =
        feed.trips.iter().map(|trip| (trip.id.as_str(), feed.calls[trip.calls.start as usize].departure)).collect();
    trips.sort_unstable();
    let hour = |hours: i32, minutes: i32| hours * 3600 + minutes * 60;
    let told = [("de:g1", hour(18, 30)), ("de:g1~2", hour(19, 30)), ("de:g2", hour(22, 30)), ("de:g2~2", hour(23, 30))];
    assert_eq!(trips[..4], told);
}

#[test]
fn the_joined_feed_has_the_journeys_of_the_joined_feeds() {
    let pairs = [
        (
            ["us-amtrak-2024.zip", "ca-viarail-2024.zip"],
            ["us", "ca"],
            [("ca:NEWY", "2024-10-08"), ("us:NYP", "2024-01-02"), ("us:CHI", "2024-01-05")],
        ),
        (
            ["de-fernverkehr-2023.zip", "eu-nighttrains-2025.zip"],
            ["de", "eu"],
            [("Berlin Hbf", "2023-12-20"), ("Zürich HB", "2024-01-01"), ("München Hbf", "2023-12-15")],
        ),
    ];
    for (files, names, questions) in pairs {
        let paths = files.map(shared_feed);
        let feeds: Vec<String> = names
            .iter()
            .zip(&paths)
            .filter_map(|(name, path)| Some(format!("{name}={}", path.as_ref()?.display())))
            .collect();
        if feeds.len() < 2 {
            return;
        }
        let folder = tempfile::tempdir().expect("a folder");
        let (apart, one) = (Compiled::of_feeds(&feeds), joined(&feeds, folder.path()));
        for (from, depart) in questions {
            let [here, there] = [&apart, &one].map(|timetable| reached(timetable, from, depart, &names));
            assert_eq!(here, there, "{from} {depart}");
        }
    }
}

#[test]
fn a_single_feed_keeps_its_ids() {
    let folder = tempfile::tempdir().expect("a folder");
    let feeds = written(
        "feed de zone Europe/Berlin days 2026-03-01..2026-03-10\nstops A B\ntrip t: A 8:00 | B 9:00",
        folder.path(),
    );
    let path = feeds[0].split_once('=').expect("a name").1.to_owned();
    let one = joined(&[path], folder.path());
    assert!(one.ask(&["trip", "t", "--date", "2026-03-05"]).out.contains("08:00"));
}

#[test]
fn the_summary_is_for_people_and_the_report_for_both() {
    let (Some(us), Some(ca)) = (shared_feed("us-amtrak-2024.zip"), shared_feed("ca-viarail-2024.zip")) else { return };
    let folder = tempfile::tempdir().expect("a folder");
    let [us, ca] = [("us", us), ("ca", ca)].map(|(name, path)| format!("{name}={}", path.display()));
    let [page, json] = ["joins.html", "joins.json"].map(|name| folder.path().join(name));
    let said = tumen(&["stitch", &us, &ca, "--report", &page.display().to_string()]);
    assert_eq!(said.code, 0, "{}", said.all());
    for words in ["Two halves that meet at a border: 2", "AMK63/98  New York → Toronto", "Border CA/US"] {
        assert!(said.out.contains(words), "{words} in\n{}", said.all());
    }
    let html = std::fs::read_to_string(&page).expect("the page");
    assert!(html.contains("AMK63 of ca, leads 07:16 – 16:52") && html.contains("98 of ca, joins 16:55 – 19:43"));
    assert!(html.contains("<caption>Evidence</caption>") && html.contains("Suspects") && html.contains("Refusals"));

    let said = tumen(&["stitch", &us, &ca, "--report", &json.display().to_string(), "--json"]);
    let written: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(&json).expect("the report")).expect("JSON");
    assert_eq!(written["joins"], said.json()["joins"]);
    assert_eq!(written["borderStops"][0]["stop"]["name"], "Border CA/US");
}

#[test]
fn the_page_takes_names_as_text_and_asks_for_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let feeds = written(
        r#"
        feed a zone Europe/Berlin days 2026-03-01..2026-03-10
        stop P "<script>alert('P')</script> & Söhne" 50.0,8.0
        stop Q "Quelle" 51.0,9.0
        trip t: P 8:00 | Q 9:00
        feed b zone Europe/Berlin days 2026-03-01..2026-03-10
        stop P "<script>alert('P')</script> & Söhne" 50.0,8.0
        stop Q "Quelle" 51.0,9.0
        trip t: P 18:00 | Q 19:00
        "#,
        folder.path(),
    );
    let page = folder.path().join("joins.html");
    let said = tumen(&["stitch", &feeds[0], &feeds[1], "--report", &page.display().to_string()]);
    assert_eq!(said.code, 0, "{}", said.all());
    let html = std::fs::read_to_string(&page).expect("the page");
    assert!(html.contains("&lt;script&gt;alert(&#39;P&#39;)&lt;/script&gt; &amp; Söhne"), "{html}");
    for outside in ["<script", "http:", "https:", "url(", "@import", "src="] {
        assert!(!html.contains(outside), "{outside}");
    }
    assert_eq!(html.matches("<section").count(), html.matches("</section>").count());
    assert_eq!(html.matches("<table>").count(), html.matches("<caption>").count());
}

#[test]
fn a_report_of_another_kind_is_refused_before_anything_is_read() {
    let said = tumen(&["stitch", "nowhere.zip", "--report", "joins.pdf"]);
    assert_eq!((said.code, said.err.contains("ends neither in .html nor in .json")), (2, true), "{}", said.all());
}
