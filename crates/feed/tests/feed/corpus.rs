//! The corpus of odd texts: every CSV file, time and date in `tests/corpus` reads as is written down beside it.
//!
//! To add a case, add the file; the test prints what was read, to be checked by eye and stored as `NAME.expected`.

use crate::support::{NIGHT_TRAIN, files};
use std::fmt::Write;
use std::path::{Path, PathBuf};
use tumen_base::{Date, ServiceTime};
use tumen_feed::{FeedSource, ReadOptions, read_feeds};

fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus")
}

/// What is read from a file that stands as sources.txt in a feed: its rows, then the complaints about it.
fn rows_and_complaints(content: Vec<u8>) -> String {
    let mut files = files(NIGHT_TRAIN);
    files.insert("sources.txt".to_owned(), content);
    let (feeds, report) = read_feeds(&[FeedSource::from_files("", files)], &ReadOptions::default()).expect("usable");
    let mut text = String::new();
    if let Some(table) = feeds[0].extension.get("sources.txt") {
        writeln!(text, "columns {:?}", table.columns).expect("memory");
        for row in &table.rows {
            writeln!(text, "{} {:?}", row.line, row.values).expect("memory");
        }
    }
    for complaint in report.complaints() {
        writeln!(text, "{complaint}").expect("memory");
    }
    text
}

#[test]
fn csv_files_read_as_expected() {
    let mut paths: Vec<PathBuf> = std::fs::read_dir(corpus().join("csv"))
        .expect("the corpus")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "csv"));
    paths.sort();
    assert!(paths.len() > 15);
    let mut wrong = String::new();
    for path in paths {
        let read = rows_and_complaints(std::fs::read(&path).expect("readable"));
        let expected = std::fs::read_to_string(path.with_extension("expected")).unwrap_or_default();
        if read != expected {
            write!(wrong, "--- {}\n{read}", path.display()).expect("memory");
        }
    }
    assert!(wrong.is_empty(), "read otherwise than expected:\n{wrong}");
}

/// Lines of `"text" => outcome`.
fn check_lines(file: &str, outcome: impl Fn(&[u8]) -> String) {
    let content = std::fs::read_to_string(corpus().join(file)).expect("the corpus");
    let cases = content.lines().filter(|line| !line.starts_with('#'));
    for (text, expected) in cases.map(|line| line.split_once(" => ").expect("a case")) {
        assert_eq!(outcome(text.trim_matches('"').as_bytes()), expected, "{text}");
    }
}

#[test]
fn times_read_as_expected() {
    check_lines("times.txt", |text| {
        ServiceTime::parse(text).map_or_else(|error| error.to_string(), |time| time.0.to_string())
    });
}

#[test]
fn dates_read_as_expected() {
    check_lines("dates.txt", |text| Date::parse(text).map_or_else(|error| error.to_string(), |date| date.to_string()));
}

#[test]
fn times_and_dates_of_random_bytes_never_panic() {
    use proptest::prelude::*;
    proptest!(|(bytes in proptest::collection::vec(any::<u8>(), 0..24), text in "[0-9: -]{0,14}")| {
        for input in [bytes.as_slice(), text.as_bytes()] {
            if let Ok(time) = ServiceTime::parse(input) {
                prop_assert_eq!(ServiceTime::parse(time.to_string().as_bytes()), Ok(time));
            }
            if let Ok(date) = Date::parse(input) {
                prop_assert_eq!(Date::parse(date.compact().as_bytes()), Ok(date));
            }
        }
    });
}
