//! Feeds of the folder `shared`, and reports in few words.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use tumen_feed::{Feed, FeedSource, Origin, ReadOptions, read_feeds};
use tumen_stitch::{Join, JoinKind, Role, StitchOptions, StitchReport, stitch};

/// The feeds of the folder `shared` beside the project; `None`, saying so, where it is absent.
pub fn shared_folder() -> Option<PathBuf> {
    let folder = std::env::var_os("TUMEN_SHARED").map(PathBuf::from);
    let above = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().map(|folder| folder.join("shared"));
    let feeds = folder.into_iter().chain(above).map(|folder| folder.join("feeds")).find(|folder| folder.is_dir());
    if feeds.is_none() {
        eprintln!("skipped: ../shared is absent");
    }
    feeds
}

/// Feeds of that folder, each with a name.
pub fn shared_feeds(named: &[(&str, &str)]) -> Option<Vec<Feed>> {
    let feeds = shared_folder()?;
    let source =
        |(name, file): &(&str, &str)| FeedSource { name: (*name).to_owned(), origin: Origin::Path(feeds.join(file)) };
    let sources: Vec<FeedSource> = named.iter().map(source).collect();
    Some(read_feeds(&sources, &ReadOptions::default()).expect("real feeds are read").0)
}

/// A text timetable, joined. The number of a trip is its id up to a `~`.
pub fn joined(text: &str) -> (Vec<Feed>, StitchReport) {
    let mut feeds = tumen_oracle::text::feeds(text);
    for trip in feeds.iter_mut().flat_map(|feed| &mut feed.trips) {
        let number = trip.id.split('~').next().unwrap_or_default().to_owned();
        trip.short_name = number;
    }
    stitch(feeds, StitchOptions::default())
}

/// The joins of a report: kind, parts as `feed:trip`, and how many days.
pub fn words(report: &StitchReport) -> Vec<String> {
    report
        .joins
        .iter()
        .map(|join| format!("{:?} {} on {} days", join.kind, parts(join).join(" "), join.days.count))
        .collect()
}

/// The parts of a join as `feed:trip`, sorted; the hosts of a carriage behind it.
pub fn parts(join: &Join) -> Vec<String> {
    let name = |part: &tumen_stitch::Part| format!("{}:{}", part.trip.feed, part.trip.trip);
    if join.kind == JoinKind::ThroughCarriage {
        let published = join.parts.iter().filter(|part| part.role == Role::Published).map(name);
        let hosts: BTreeSet<String> = join.parts.iter().filter(|part| part.role == Role::Host).map(name).collect();
        return published.chain(hosts).collect();
    }
    let names: BTreeSet<String> = join.parts.iter().map(name).collect();
    names.into_iter().collect()
}
