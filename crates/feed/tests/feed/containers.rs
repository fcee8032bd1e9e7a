//! Zips, folders and memory; names and zones of several feeds; limits.

use crate::support::{NIGHT_TRAIN, codes, files, read_files, with};
use std::io::Write;
use tumen_feed::{Code, Feed, FeedSource, Limits, ReadOptions, Refusal, Report, feed_to_zip, read_feeds};
use zip::write::{SimpleFileOptions, ZipWriter};

fn zip_of(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in entries {
        zip.start_file(*name, SimpleFileOptions::default()).expect("memory");
        zip.write_all(content).expect("memory");
    }
    zip.finish().expect("memory").into_inner()
}

fn read_zip(bytes: Vec<u8>, limits: Limits) -> Result<(Vec<Feed>, Report), Refusal> {
    let options = ReadOptions { limits, ..ReadOptions::default() };
    read_feeds(&[FeedSource::from_zip("", bytes)], &options).map_err(|refused| refused.reason)
}

fn limit_of(result: Result<(Vec<Feed>, Report), Refusal>) -> &'static str {
    match result {
        Err(Refusal::Limit { limit, .. }) => limit,
        other => panic!("expected a limit, found {:?}", other.map(|(_, report)| report.to_string())),
    }
}

#[test]
fn a_top_folder_and_litter_do_not_matter() {
    let files = files(NIGHT_TRAIN);
    let mut entries: Vec<(String, &[u8])> =
        files.iter().map(|(name, content)| (format!("gtfs\\{name}"), content.as_slice())).collect();
    entries.push(("__MACOSX/gtfs/._stops.txt".to_owned(), b"\0\0"));
    entries.push(("gtfs/.DS_Store".to_owned(), b"\0"));
    entries.push(("readme.md".to_owned(), b"hello"));
    entries.push(("gtfs/fare_attributes.txt".to_owned(), b"\xEF\xBB\xBFfare_id,price\nf,1\n"));
    let entries: Vec<(&str, &[u8])> = entries.iter().map(|(name, content)| (name.as_str(), *content)).collect();
    let (feeds, report) = read_zip(zip_of(&entries), Limits::default()).expect("usable");
    assert_eq!(feeds[0].trips.len(), 2);
    assert_eq!(codes(&report), [(Code::IgnoredFile, 1)], "the readme alone");
    assert_eq!(feeds[0].kept.len(), 1);
    assert_eq!(feeds[0].kept[0].content, b"fare_id,price\nf,1\n");
}

#[test]
fn a_folder_reads_as_a_zip_does() {
    let folder = tempfile::tempdir().expect("a folder");
    let inner = folder.path().join("feed");
    std::fs::create_dir(&inner).expect("a folder");
    for (name, content) in files(NIGHT_TRAIN) {
        std::fs::write(inner.join(name), content).expect("a file");
    }
    let source = FeedSource::parse(&format!("night={}", folder.path().display()));
    let (feeds, _) = read_feeds(&[source], &ReadOptions::default()).expect("usable");
    let (from_memory, _) = read_files(files(NIGHT_TRAIN)).expect("usable");
    assert_eq!(feeds[0].name, "night");
    assert_eq!(Feed { name: String::new(), ..feeds[0].clone() }, from_memory);
}

#[test]
fn what_is_no_feed_is_refused_with_the_reason() {
    let reason = |result: Result<_, Refusal>| result.map(|_: (Vec<Feed>, Report)| ()).expect_err("refused").to_string();
    assert!(reason(read_zip(b"no zip at all".to_vec(), Limits::default())).contains("no readable zip archive"));
    assert!(reason(read_zip(zip_of(&[("a.txt", b"")]), Limits::default())).contains("no stop_times.txt"));
    let source = FeedSource::parse("/no/such/feed.zip");
    let refused = read_feeds(&[source], &ReadOptions::default()).expect_err("refused");
    assert!(refused.to_string().contains("/no/such/feed.zip cannot be opened"), "{refused}");
    let never = with(NIGHT_TRAIN, &[("calendar.txt", "service_id,start_date,end_date\ndaily,20260101,20261231\n")]);
    assert!(read_files(never).expect_err("refused").to_string().contains("no trip runs on any date"));
}

#[test]
fn a_damaged_entry_is_refused() {
    let mut bytes = zip_of(
        &files(NIGHT_TRAIN).iter().map(|(name, content)| (name.as_str(), content.as_slice())).collect::<Vec<_>>(),
    );
    let content = bytes.windows(9).position(|window| window == b"stops.txt").expect("its header") + 20;
    bytes[content] ^= 0x40;
    assert!(matches!(read_zip(bytes, Limits::default()), Err(Refusal::Damaged { file, .. }) if file == "stops.txt"));
}

#[test]
fn every_limit_is_named_in_the_refusal() {
    let files = files(NIGHT_TRAIN);
    let entries: Vec<(&str, &[u8])> = files.iter().map(|(name, content)| (name.as_str(), content.as_slice())).collect();
    let zip = zip_of(&entries);
    for (limits, name) in [
        (Limits { files: 3, ..Limits::default() }, "files"),
        (Limits { total_bytes: 500, ..Limits::default() }, "total_bytes"),
        (Limits { file_bytes: 50, ..Limits::default() }, "file_bytes"),
        (Limits { row_bytes: 40, ..Limits::default() }, "row_bytes"),
        (Limits { columns: 9, ..Limits::default() }, "columns"),
        (Limits { rows: 2, ..Limits::default() }, "rows"),
        (Limits { calls: 5, ..Limits::default() }, "calls"),
    ] {
        assert_eq!(limit_of(read_zip(zip.clone(), limits)), name);
    }
    let more = with(
        NIGHT_TRAIN,
        &[
            ("shapes.txt", "shape_id,shape_pt_lat,shape_pt_lon,shape_pt_sequence\ns,1,1,1\ns,1,2,2\n"),
            ("frequencies.txt", "trip_id,start_time,end_time,headway_secs\nt1,0:00:00,24:00:00,1\n"),
        ],
    );
    let entries: Vec<(&str, &[u8])> = more.iter().map(|(name, content)| (name.as_str(), content.as_slice())).collect();
    let zip = zip_of(&entries);
    let points = Limits { shape_points: 1, ..Limits::default() };
    let departures = Limits { frequency_departures: 86_399, ..Limits::default() };
    assert_eq!(limit_of(read_zip(zip.clone(), points)), "shape_points");
    assert_eq!(limit_of(read_zip(zip.clone(), departures)), "frequency_departures");
    assert!(read_zip(zip, Limits { frequency_departures: 86_400, ..Limits::default() }).is_ok());
}

#[test]
fn a_bomb_stops_at_the_compression_ratio() {
    let bomb = vec![b'\n'; 80 << 20];
    let zip = zip_of(&[("stop_times.txt", &bomb), ("stops.txt", &bomb)]);
    assert!(zip.len() < 300_000, "it is small on disk");
    assert_eq!(limit_of(read_zip(zip, Limits::default())), "compression_ratio");
}

#[test]
fn sizes_in_headers_are_not_believed() {
    let mut zip = zip_of(
        &files(NIGHT_TRAIN).iter().map(|(name, content)| (name.as_str(), content.as_slice())).collect::<Vec<_>>(),
    );
    // The uncompressed size in every record of the central directory becomes 4 GiB.
    let records: Vec<usize> = (0..zip.len() - 4).filter(|at| zip[*at..].starts_with(b"PK\x01\x02")).collect();
    for record in records {
        zip[record + 24..record + 28].copy_from_slice(&[0xFE, 0xFF, 0xFF, 0xFF]);
    }
    assert!(matches!(read_zip(zip, Limits::default()), Err(Refusal::Damaged { .. })));
}

#[test]
fn a_feed_without_a_zone_takes_the_options_or_anothers_and_says_so() {
    let bare = with(NIGHT_TRAIN, &[("agency.txt", "agency_id,agency_name,agency_timezone\nR,Railway,Mars/Olympus\n")]);
    let bare = || FeedSource::from_files("bare", bare.clone());
    let other = FeedSource::from_files(
        "other",
        with(NIGHT_TRAIN, &[("agency.txt", "agency_id,agency_timezone\nR,asia/tokyo\n")]),
    );
    let refused = read_feeds(&[bare()], &ReadOptions::default()).expect_err("refused");
    assert_eq!(refused.reason, Refusal::NoZone);
    let given = ReadOptions { zone: Some("asia/pyongyang".to_owned()), ..ReadOptions::default() };
    let (feeds, report) = read_feeds(&[bare()], &given).expect("usable");
    assert_eq!(feeds[0].zone, "Asia/Pyongyang");
    assert_eq!(codes(&report), [(Code::BadZone, 1), (Code::ZoneAssumed, 1)]);
    let (feeds, report) = read_feeds(&[bare(), other], &ReadOptions::default()).expect("usable");
    assert_eq!(feeds[0].zone, "Asia/Tokyo");
    let assumed = report.complaints().iter().find(|complaint| complaint.code == Code::ZoneAssumed).expect("said");
    assert_eq!(assumed.feed, "bare");
    assert!(assumed.message.contains("Asia/Tokyo, of feed other"), "{assumed}");
    let wrong = ReadOptions { zone: Some("Mars/Olympus".to_owned()), ..ReadOptions::default() };
    assert!(matches!(read_feeds(&[bare()], &wrong).expect_err("refused").reason, Refusal::UnknownZone { .. }));
}

#[test]
fn the_first_agencys_zone_is_the_feeds() {
    let agencies = "agency_id,agency_name,agency_timezone\nR,Railway,\nS,Second,Asia/Tokyo\nT,Third,Europe/Moscow\n";
    let (feed, report) = read_files(with(NIGHT_TRAIN, &[("agency.txt", agencies)])).expect("usable");
    assert_eq!(feed.zone, "Asia/Tokyo");
    assert_eq!(codes(&report), [(Code::SeveralZones, 1)]);
}

#[test]
fn several_feeds_need_several_names() {
    let feed = |name: &str| FeedSource::from_files(name, files(NIGHT_TRAIN));
    let refused = read_feeds(&[feed("x"), feed("x")], &ReadOptions::default()).expect_err("refused");
    assert_eq!(refused.reason, Refusal::DuplicateName { name: "x".to_owned() });
    let (feeds, _) = read_feeds(&[feed("x"), feed("")], &ReadOptions::default()).expect("usable");
    assert_eq!(feeds.iter().map(|feed| feed.name.as_str()).collect::<Vec<_>>(), ["x", "feed2"]);
    let parsed = FeedSource::parse("a/b=c/feed.zip");
    assert_eq!(parsed.name, "", "what holds a slash is no name");
}

#[test]
fn complaints_beyond_the_first_are_counted() {
    let strays = (0..250).map(|number| format!("X,daily,x{number}\n")).collect::<Vec<_>>().concat();
    let trips = format!("route_id,service_id,trip_id\nN,daily,t1\nN,daily,t2\n{strays}");
    let (_, report) = read_files(with(NIGHT_TRAIN, &[("trips.txt", &trips)])).expect("usable");
    assert_eq!((report.count(Code::UnknownRoute), report.not_shown(Code::UnknownRoute)), (250, 150));
    assert_eq!(report.complaints().len(), 100);
    assert!(report.to_string().contains("error: unknown_route 150 more of these, not shown"));
}

#[test]
fn files_and_columns_too_many_to_keep_are_told() {
    let files = with(NIGHT_TRAIN, &[("extra.txt", "0123456789"), ("stops.txt", "stop_id,zone_id\nA,1\nB,2\nC,3\n")]);
    let zip = zip_of(&files.iter().map(|(name, content)| (name.as_str(), content.as_slice())).collect::<Vec<_>>());
    let (feeds, report) =
        read_zip(zip.clone(), Limits { kept_bytes: 9, cells: 2, ..Limits::default() }).expect("usable");
    assert!(feeds[0].kept.is_empty() && feeds[0].extra_columns.is_empty());
    assert_eq!((report.count(Code::FileNotKept), report.count(Code::ColumnsNotKept)), (1, 1));
    let (feeds, _) = read_zip(zip, Limits { kept_bytes: 10, cells: 3, ..Limits::default() }).expect("usable");
    assert_eq!(feeds[0].kept.len(), 1);
    assert_eq!(feeds[0].extra_columns["stops.txt"].rows[2].values, ["3"]);
    assert!(feed_to_zip(&feeds[0]).is_ok());
}

#[test]
fn progress_ends_with_every_row() {
    use std::sync::{Arc, Mutex};
    let seen = Arc::new(Mutex::new(Vec::new()));
    let sink = Arc::clone(&seen);
    let options = ReadOptions {
        progress: Some(Arc::new(move |progress| {
            sink.lock().expect("one thread").push((progress.file.to_owned(), progress.rows, progress.done));
        })),
        ..ReadOptions::default()
    };
    read_feeds(&[FeedSource::from_files("", files(NIGHT_TRAIN))], &options).expect("usable");
    assert!(seen.lock().expect("one thread").contains(&("stop_times.txt".to_owned(), 6, true)));
}
