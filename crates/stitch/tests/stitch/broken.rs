//! Feeds that are broken on purpose: whatever is read is joined without a panic, and still compiles.

use crate::shared::shared_folder;
use tumen_base::Date;
use tumen_feed::{Feed, FeedSource, Origin, ReadOptions, read_feeds};
use tumen_stitch::{StitchOptions, stitch};
use tumen_timetable::Timetable;
use tumen_timetable::compile::{CompileOptions, compile};

fn check(feeds: Vec<Feed>) {
    let options = CompileOptions::on(Date::parse(b"20260101").expect("a date"));
    let compiles = compile(&feeds, &options, &mut |_| {}).is_ok();
    let names: Vec<String> = feeds.iter().map(|feed| feed.name.clone()).collect();
    let (feeds, report) = stitch(feeds, StitchOptions::default());
    serde_json::to_string(&report).expect("a report is JSON");
    match compile(&feeds, &options, &mut |_| {}) {
        Ok((data, _)) => drop(Timetable::from_data(data).expect("what was compiled is valid")),
        Err(error) => assert!(!compiles, "{names:?}: {error}"),
    }
}

#[test]
fn broken_feeds_are_joined_without_a_panic() {
    let Some(folder) = shared_folder() else { return };
    let entries = std::fs::read_dir(folder.join("broken")).expect("the folder of broken feeds");
    let mut paths: Vec<_> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "zip"));
    paths.sort();
    let mut before: Option<Vec<Feed>> = None;
    let mut read = 0;
    for (number, path) in paths.into_iter().enumerate() {
        let source = FeedSource { name: format!("f{number}"), origin: Origin::Path(path) };
        let options = ReadOptions { zone: Some("Europe/Paris".to_owned()), ..ReadOptions::default() };
        let Ok((feeds, _)) = read_feeds(&[source], &options) else { continue };
        read += 1;
        check(feeds.clone());
        // Twice the same, and beside another.
        let mut twin = feeds.clone();
        twin[0].name = "twin".to_owned();
        check([feeds.clone(), twin].concat());
        if let Some(before) = before.replace(feeds.clone()) {
            check([before, feeds].concat());
        }
    }
    assert!(read > 15, "{read} of the broken feeds can be read");
}
