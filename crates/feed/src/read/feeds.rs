//! Several feeds together: their names, and the zones of those that name none.

use std::collections::BTreeSet;
use std::path::Path;

use super::{Source, read_feed, zones};
use crate::archive::Archive;
use crate::complaint::Code;
use crate::error::{FeedError, Refusal};
use crate::extension::check_extension;
use crate::model::Feed;
use crate::options::{FeedSource, Origin, ReadOptions};
use crate::report::{Place, Report};

/// Reads feeds together.
///
/// A single feed may stay unnamed; of several, unnamed ones are named after their file. A feed whose agencies name no
/// usable zone takes [`ReadOptions::zone`], else the zone of the first feed that has one, and the report says so.
///
/// # Errors
/// When a feed cannot be read, exceeds a limit, has no zone to take, or no trip of it ever runs.
pub fn read_feeds(sources: &[FeedSource], options: &ReadOptions) -> Result<(Vec<Feed>, Report), FeedError> {
    let mut report = Report::new(options.limits.complaints_per_code);
    let mut feeds = Vec::new();
    match read_all(sources, options, &mut report, &mut feeds) {
        Ok(()) => Ok((feeds, report)),
        Err((feed, reason)) => Err(FeedError { feed, reason, report: Box::new(report) }),
    }
}

fn read_all(
    sources: &[FeedSource],
    options: &ReadOptions,
    report: &mut Report,
    feeds: &mut Vec<Feed>,
) -> Result<(), (String, Refusal)> {
    let given = match &options.zone {
        Some(zone) => {
            Some(zones::canonical(zone).ok_or_else(|| (String::new(), Refusal::UnknownZone { zone: zone.clone() }))?)
        }
        None => None,
    };
    for (name, source) in feed_names(sources)?.into_iter().zip(sources) {
        report.enter(&name);
        let archive = Archive::open(&source.origin, &options.limits, report);
        let feed = archive.and_then(|archive| read_feed(Source { name: &name, archive: &archive, options }, report));
        feeds.push(feed.map_err(|reason| (name, reason))?);
    }
    let other = feeds.iter().find(|feed| !feed.zone.is_empty()).map(|feed| (feed.zone.clone(), feed.name.clone()));
    for feed in feeds.iter_mut().filter(|feed| feed.zone.is_empty()) {
        report.enter(&feed.name);
        let (zone, whose) = match (&given, &other) {
            (Some(zone), _) => (zone, "given as an option".to_owned()),
            (None, Some((zone, name))) => (zone, format!("of feed {name}")),
            (None, None) => return Err((feed.name.clone(), Refusal::NoZone)),
        };
        feed.zone.clone_from(zone);
        report.add(Code::ZoneAssumed, Place { file: "agency.txt", line: 0, column: "agency_timezone" }, || {
            format!("no agency names a usable zone; {zone}, {whose}, was taken for all times")
        });
    }
    check_extension(feeds, report);
    Ok(())
}

/// The name of each feed: its own, or that of its file where several are read.
fn feed_names(sources: &[FeedSource]) -> Result<Vec<String>, (String, Refusal)> {
    let mut seen = BTreeSet::new();
    let mut names = Vec::new();
    for source in sources {
        let name = match &source.origin {
            _ if !source.name.is_empty() || sources.len() == 1 => source.name.clone(),
            Origin::Path(path) => stem(path),
            Origin::Zip(_) | Origin::Files(_) => format!("feed{}", names.len() + 1),
        };
        if !seen.insert(name.clone()) {
            return Err((name.clone(), Refusal::DuplicateName { name }));
        }
        names.push(name);
    }
    Ok(names)
}

/// A file's name without its ending; ids are written `feed:id`, so a colon cannot stay.
fn stem(path: &Path) -> String {
    path.file_stem().map(|stem| stem.to_string_lossy().replace(':', "_")).unwrap_or_default()
}
