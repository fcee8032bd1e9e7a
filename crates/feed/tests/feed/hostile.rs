//! Feeds that are broken on purpose, and deterministic mutations of feeds: refused or read, but no panic, no hang.

use crate::support::{NIGHT_TRAIN, files, shared_feeds};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};
use tumen_feed::{FeedSource, ReadOptions, feed_to_zip, read_feeds};

/// No feed of this size may take longer, on any machine under any load.
const PATIENCE: Duration = Duration::from_secs(20);

/// A small deterministic generator (xorshift64*), seeded by what is mutated and how often.
struct Dice(u64);

impl Dice {
    fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % bound.max(1)
    }
}

/// Changes some bytes; favours those with a meaning in CSV.
fn flip(content: &mut [u8], dice: &mut Dice) {
    for _ in 0..=dice.below(8) {
        let (length, kind) = (content.len(), dice.below(3));
        if let Some(byte) = content.get_mut(dice.below(length)) {
            *byte = match kind {
                0 => *byte ^ (1 << dice.below(8)),
                1 => b"\",\n\r \0\xFF:-9"[dice.below(10)],
                _ => b'0' + dice.below(10) as u8,
            };
        }
    }
}

/// One change of a file: bytes, its end, or the order and number of its lines.
fn mutate(content: &mut Vec<u8>, dice: &mut Dice) {
    match dice.below(4) {
        0 | 1 => flip(content, dice),
        2 => content.truncate(dice.below(content.len() + 1)),
        _ => {
            let mut lines: Vec<Vec<u8>> = content.split_inclusive(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect();
            for _ in 0..=dice.below(4) {
                let (one, other) = (dice.below(lines.len()), dice.below(lines.len()));
                match dice.below(3) {
                    0 if !lines.is_empty() => lines.swap(one, other),
                    1 if !lines.is_empty() => drop(lines.remove(one)),
                    _ => lines.extend(lines.get(one).cloned()),
                }
            }
            *content = lines.concat();
        }
    }
}

/// Reads, and where the feed is accepted writes and reads again: what was accepted stays acceptable.
fn survive(source: FeedSource, what: &str) -> bool {
    let started = Instant::now();
    let options = ReadOptions { zone: Some("Europe/Moscow".to_owned()), ..ReadOptions::default() };
    let accepted = match read_feeds(&[source], &options) {
        Ok((feeds, _)) => {
            check_references(&feeds[0], what);
            let zip = feed_to_zip(&feeds[0]).unwrap_or_else(|error| panic!("{what}: {error}"));
            let again = read_feeds(&[FeedSource::from_zip("", zip)], &options);
            let again = again.unwrap_or_else(|refused| panic!("{what}: {refused}")).0.remove(0);
            assert_eq!(again.calls, feeds[0].calls, "{what}");
            true
        }
        Err(refused) => {
            assert!(!refused.to_string().is_empty());
            false
        }
    };
    assert!(started.elapsed() < PATIENCE, "{what} took {:?}", started.elapsed());
    accepted
}

/// Every position in the model points into its vector, and times never decrease.
fn check_references(feed: &tumen_feed::Feed, what: &str) {
    for trip in &feed.trips {
        let calls = &feed.calls[trip.calls.start as usize..trip.calls.end as usize];
        assert!(calls.len() >= 2, "{what}");
        assert!((trip.route as usize) < feed.routes.len() && (trip.service as usize) < feed.services.len(), "{what}");
        assert!(trip.shape.is_none_or(|shape| (shape as usize) < feed.shapes.len()), "{what}");
        assert!(calls.iter().all(|call| (call.stop as usize) < feed.stops.len()), "{what}");
        assert!(calls.iter().all(|call| call.arrival <= call.departure), "{what}");
        assert!(calls.windows(2).all(|pair| pair[0].departure <= pair[1].arrival), "{what}");
    }
    for rule in &feed.transfers {
        let stops = [rule.from_stop, rule.to_stop];
        assert!(stops.into_iter().flatten().all(|stop| (stop as usize) < feed.stops.len()), "{what}");
        assert!(rule.kind > 3 || stops.into_iter().all(|stop| stop.is_some()), "{what}");
    }
    assert!(feed.stops.iter().all(|stop| stop.parent.is_none_or(|parent| (parent as usize) < feed.stops.len())));
    assert!(feed.routes.iter().all(|route| (route.agency as usize) < feed.agencies.len()));
}

#[test]
fn mutations_of_a_small_feed_are_survived() {
    let original = with_everything();
    let names: Vec<String> = original.keys().cloned().collect();
    let mut accepted = 0;
    for seed in 0..1500 {
        let mut dice = Dice::new(seed);
        let mut files = original.clone();
        for _ in 0..=dice.below(3) {
            let name = &names[dice.below(names.len())];
            if let Some(content) = files.get_mut(name) {
                mutate(content, &mut dice);
            }
        }
        accepted += u32::from(survive(FeedSource::from_files("", files), &format!("seed {seed}")));
    }
    assert!((300..1500).contains(&accepted), "mutations neither harmless nor all fatal: {accepted} accepted");
}

#[test]
fn mutations_of_zip_bytes_are_survived() {
    let (feeds, _) =
        read_feeds(&[FeedSource::from_files("", with_everything())], &ReadOptions::default()).expect("usable");
    let original = feed_to_zip(&feeds[0]).expect("memory");
    let mut accepted = 0;
    for seed in 0..600 {
        let mut dice = Dice::new(seed);
        let mut bytes = original.clone();
        match dice.below(3) {
            0 => bytes.truncate(dice.below(bytes.len())),
            // The directory at the end holds every size and offset.
            1 => {
                let directory = bytes.len().saturating_sub(900);
                flip(&mut bytes[directory..], &mut dice);
            }
            _ => flip(&mut bytes, &mut dice),
        }
        accepted += u32::from(survive(FeedSource::from_zip("", bytes), &format!("zip, seed {seed}")));
    }
    assert!(accepted < 600, "some damage is noticed");
}

/// The night train with a row of every kind.
fn with_everything() -> BTreeMap<String, Vec<u8>> {
    let more = "\
== calendar_dates.txt
service_id,date,exception_type
daily,20260105,2
== frequencies.txt
trip_id,start_time,end_time,headway_secs
t2,8:00:00,9:00:00,600
== transfers.txt
from_stop_id,to_stop_id,from_trip_id,to_trip_id,transfer_type,min_transfer_time
B,B,t1,t2,1,
A,B,,,2,300
,,t1,t2,4,
== shapes.txt
shape_id,shape_pt_lat,shape_pt_lon,shape_pt_sequence
s,55.7,37.6,1
s,56.3,44.0,2
== feed_info.txt
feed_publisher_name,feed_publisher_url,feed_lang,feed_start_date
Railway,https://example.org,en,20260101
== translations.txt
table_name,field_name,language,translation,record_id
stops,stop_name,ko,\"알파, 역\",A
== through_carriages.txt
through_carriage_id,service_id
car,daily
== through_carriage_hosts.txt
through_carriage_id,sequence,trip_id,attach_stop_id,detach_stop_id,max_stand_time
car,1,t1,A,C,
== sources.txt
source_id,title
S1,\"A book, \"\"quoted\"\"\"
";
    let mut all = files(NIGHT_TRAIN);
    all.extend(files(more));
    all
}

fn broken_feeds(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut paths: Vec<_> = fs::read_dir(folder.join("broken"))
        .expect("the folder of broken feeds")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "zip"))
        .collect();
    paths.sort();
    paths
}

#[test]
fn the_broken_feeds_and_their_mutations_are_survived() {
    let Some(folder) = shared_feeds() else { return };
    let paths = broken_feeds(&folder);
    assert_eq!(paths.len(), 64);
    let mut accepted = 0;
    for (number, path) in paths.iter().enumerate() {
        let bytes = fs::read(path).expect("a readable file");
        let what = path.display().to_string();
        accepted += u32::from(survive(FeedSource::from_zip("", bytes.clone()), &what));
        if bytes.len() > 300_000 {
            continue;
        }
        for seed in 0..8 {
            let mut dice = Dice::new(seed + 1000 * number as u64);
            let mut damaged = bytes.clone();
            flip(&mut damaged, &mut dice);
            survive(FeedSource::from_zip("", damaged), &format!("{what}, seed {seed}"));
            let mut files = unzip(&bytes);
            for content in files.values_mut() {
                mutate(content, &mut dice);
            }
            survive(FeedSource::from_files("", files), &format!("{what}, files, seed {seed}"));
        }
    }
    assert_eq!(accepted, 19, "so many of the 64 hold a trip that runs");
}

fn unzip(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let Ok(mut archive) = zip::ZipArchive::new(std::io::Cursor::new(bytes)) else { return files };
    for index in 0..archive.len() {
        let Ok(mut entry) = archive.by_index(index) else { continue };
        let mut content = Vec::new();
        if std::io::copy(&mut entry, &mut content).is_ok() {
            files.insert(entry.name().to_owned(), content);
        }
    }
    files
}

#[test]
fn shapes_of_text_that_make_naive_readers_slow_are_read_in_time() {
    let mut wide = "a,".repeat(400_000);
    wide.push('\n');
    let quotes = "\"x\n".repeat(300_000);
    let chain = (0..100_000).map(|stop| format!("s{stop},{stop}.5,1,s{}\n", stop + 1)).collect::<Vec<_>>().concat();
    let services = (0..2000)
        .map(|day| format!("never,{},2\n", tumen_base::Date(20_000 + day).compact()))
        .collect::<Vec<_>>()
        .concat();
    let trips = (0..50_000).map(|trip| format!("N,never,x{trip}\n")).collect::<Vec<_>>().concat();
    let calls = (0..50_000)
        .map(|trip| format!("x{trip},1:00:00,1:00:00,A,1\nx{trip},2:00:00,2:00:00,B,2\n"))
        .collect::<Vec<_>>()
        .concat();
    for (file, content) in [
        ("stops.txt", wide.clone()),
        ("places.txt", wide),
        ("stops.txt", quotes),
        ("stops.txt", format!("stop_id,stop_lat,stop_lon,parent_station\nA,1,1,\nB,1,1,\nC,1,1,\n{chain}")),
    ] {
        let mut files = files(NIGHT_TRAIN);
        files.insert(file.to_owned(), content.into_bytes());
        survive(FeedSource::from_files("", files), file);
    }
    let mut files = files(NIGHT_TRAIN);
    files.insert(
        "calendar.txt".to_owned(),
        b"service_id,monday,start_date,end_date\nnever,1,20241001,20300101\n".to_vec(),
    );
    files.insert("calendar_dates.txt".to_owned(), format!("service_id,date,exception_type\n{services}").into_bytes());
    files.insert("trips.txt".to_owned(), format!("route_id,service_id,trip_id\n{trips}").into_bytes());
    files.insert(
        "stop_times.txt".to_owned(),
        format!("trip_id,arrival_time,departure_time,stop_id,stop_sequence\n{calls}").into_bytes(),
    );
    survive(FeedSource::from_files("", files), "trips that never run");
}
