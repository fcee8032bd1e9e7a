//! Small feeds as text, and the shared real feeds.
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use tumen_feed::{Code, Feed, FeedError, FeedSource, ReadOptions, Report, read_feeds};

/// A night train: three stations, one trip with calls in all, another with a gap.
pub const NIGHT_TRAIN: &str = "\
== agency.txt
agency_id,agency_name,agency_url,agency_timezone
R,Railway,https://example.org,Europe/Moscow
== stops.txt
stop_id,stop_name,stop_lat,stop_lon
A,Alpha,55.7,37.6
B,Beta,56.3,44.0
C,Gamma,58.0,56.2
== routes.txt
route_id,agency_id,route_short_name,route_type
N,R,1,2
== calendar.txt
service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date
daily,1,1,1,1,1,1,1,20260101,20261231
== trips.txt
route_id,service_id,trip_id
N,daily,t1
N,daily,t2
== stop_times.txt
trip_id,arrival_time,departure_time,stop_id,stop_sequence
t1,20:00:00,20:00:00,A,1
t1,26:10:00,26:20:00,B,2
t1,45:00:00,45:00:00,C,3
t2,08:00:00,08:00:00,A,1
t2,,,B,2
t2,10:00:01,10:00:01,C,3
";

/// The files of a feed written as text: each begins with a line `== name`.
pub fn files(text: &str) -> BTreeMap<String, Vec<u8>> {
    let parts = text.split("== ").skip(1).filter_map(|part| part.split_once('\n'));
    parts.map(|(name, content)| (name.trim().to_owned(), content.as_bytes().to_vec())).collect()
}

/// A feed as text with some files replaced or added; an empty text removes the file.
pub fn with(text: &str, changes: &[(&str, &str)]) -> BTreeMap<String, Vec<u8>> {
    let mut files = files(text);
    for (name, content) in changes {
        files.remove(*name);
        if !content.is_empty() {
            files.insert((*name).to_owned(), content.as_bytes().to_vec());
        }
    }
    files
}

/// Reads one feed from files in memory.
pub fn read_files(files: BTreeMap<String, Vec<u8>>) -> Result<(Feed, Report), FeedError> {
    let source = FeedSource::from_files("", files);
    let (mut feeds, report) = read_feeds(&[source], &ReadOptions::default())?;
    Ok((feeds.remove(0), report))
}

/// Reads the night train with some files replaced.
pub fn read_with(changes: &[(&str, &str)]) -> (Feed, Report) {
    read_files(with(NIGHT_TRAIN, changes)).unwrap_or_else(|refused| panic!("{refused}\n{}", refused.report))
}

/// The codes of all complaints but the one on unread columns, with their counts.
pub fn codes(report: &Report) -> Vec<(Code, u64)> {
    report
        .counts()
        .iter()
        .filter(|(code, _)| **code != Code::UnreadColumns)
        .map(|(code, count)| (*code, *count))
        .collect()
}

/// Calls of a trip as `stop arrival-departure`.
pub fn calls(feed: &Feed, trip: &str) -> Vec<String> {
    let Some(trip) = feed.trips.iter().find(|found| found.id == trip) else { return Vec::new() };
    let calls = &feed.calls[trip.calls.start as usize..trip.calls.end as usize];
    let time = |seconds| tumen_base::ServiceTime(seconds).to_string();
    calls
        .iter()
        .map(|call| format!("{} {}-{}", feed.stops[call.stop as usize].id, time(call.arrival), time(call.departure)))
        .collect()
}

/// The folder of shared feeds, beside the project or where `TUMEN_SHARED` says; tells when a test is skipped.
pub fn shared_feeds() -> Option<PathBuf> {
    let named = std::env::var_os("TUMEN_SHARED").map(PathBuf::from);
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().map(|folder| folder.join("shared"));
    let found = named.into_iter().chain(beside).map(|shared| shared.join("feeds")).find(|feeds| feeds.is_dir());
    if found.is_none() {
        eprintln!("skipped: ../shared is absent");
    }
    found
}
