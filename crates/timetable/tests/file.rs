//! Writing a timetable to a file and opening it again.

mod common;

use common::{small, walk::walk};
use std::fs;
use tumen_timetable::{Columns, OpenOptions, Timetable, encode};

/// Every section by name, as bytes.
fn sections(columns: &Columns) -> Vec<(&'static str, Vec<u8>)> {
    let mut all = Vec::new();
    columns.for_each(|_, name, _, section| all.push((name, section.bytes().to_vec())));
    all
}

#[test]
fn what_was_written_is_read_however_the_file_is_opened() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("small.tumen");
    let timetable = Timetable::from_data(small()).expect("valid columns");
    let length = timetable.write(&path).expect("a file");
    assert_eq!(fs::metadata(&path).expect("a file").len(), length);
    let written = sections(&timetable.columns());
    for (verify, read) in [(false, false), (false, true), (true, false), (true, true)] {
        let opened = Timetable::open(&path, OpenOptions { verify, read }).expect("the file that was written");
        assert_eq!(sections(&opened.columns()), written, "verify: {verify}, read: {read}");
        assert_eq!(opened.file_info().expect("it has a file").length, length);
        assert_eq!(walk(&opened), walk(&timetable));
    }
    let embedded = Timetable::from_bytes(&fs::read(&path).expect("its bytes")).expect("the same file");
    assert_eq!(sections(&embedded.columns()), written);
}

#[test]
fn every_column_of_the_small_timetable_says_something() {
    let silent = [];
    for (name, bytes) in sections(&small().columns()) {
        assert_eq!(bytes.is_empty(), silent.contains(&name), "{name}: these tests should see every column");
    }
}

#[test]
fn a_file_is_replaced_in_one_step_and_leaves_nothing_behind() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("t.tumen");
    let timetable = Timetable::from_data(small()).expect("valid columns");
    fs::write(&path, "an older file").expect("a file");
    timetable.write(&path).expect("replaces it");
    let before = Timetable::open(&path, OpenOptions::default()).expect("the new file");
    timetable.write(&path).expect("replaces it while it is mapped");
    assert_eq!(walk(&before), walk(&timetable), "a map keeps the file it was made of");
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1, "no temporary file remains");
}

#[test]
fn a_failed_write_changes_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let timetable = Timetable::from_data(small()).expect("valid columns");
    // A folder that is not empty cannot be replaced by a file: the last step fails.
    let path = folder.path().join("taken");
    fs::create_dir(&path).expect("a folder");
    fs::write(path.join("inside"), "").expect("a file");
    let error = timetable.write(&path).expect_err("a folder stands in the way").to_string();
    assert!(error.starts_with(&format!("cannot write {}", path.display())), "{error}");
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1, "no temporary file remains");
    timetable.write(&folder.path().join("no/such/folder.tumen")).expect_err("there is no folder");
    timetable.write(std::path::Path::new("/")).expect_err("no name");
}

#[test]
fn writing_goes_through_any_writer() {
    let mut bytes = Vec::new();
    let length = encode(&small().columns(), &mut bytes).expect("memory takes every byte");
    assert_eq!(bytes.len() as u64, length);
    let mut short = [0_u8; 100];
    encode(&small().columns(), &mut &mut short[..]).expect_err("no room");
}

#[test]
fn ids_are_found_with_and_without_their_feed() {
    let timetable = Timetable::from_data(small()).expect("valid columns");
    let columns = timetable.columns();
    let feed = columns.feed_named("land").expect("the feed");
    let east = timetable.stops_with_id(None, "east");
    assert_eq!(east.len(), 1);
    assert_eq!(timetable.stops_with_id(Some(feed), "east"), east);
    assert_eq!(timetable.stops_with_written_id("land:east"), east);
    assert_eq!(timetable.stops_with_written_id("sea:east"), []);
    assert_eq!(timetable.trips_with_written_id("land:A"), timetable.trips_with_id(None, "A"));
    assert_eq!(timetable.trips_with_id(None, "B"), []);
}
