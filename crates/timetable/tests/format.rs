//! The file format, its page (docs/timetable-format.md) and the files that earlier programs wrote are in step.

mod common;

use common::{small, walk::walk};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use tumen_timetable::{Check, Columns, OpenOptions, Timetable, encode, zone_data_version};

/// What the header says of its maker, and the checksum over it.
const MAKER: std::ops::Range<usize> = 24..64;

/// The small timetable's file as the first program of format version 3 wrote it.
fn golden() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/format-3.bin")
}

fn page() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/timetable-format.md");
    std::fs::read_to_string(path).expect("the page of the format")
}

#[test]
fn files_of_version_3_are_read() {
    let timetable = Timetable::open(&golden(), OpenOptions { verify: true, read: false }).expect("a file of version 3");
    assert_eq!(walk(&timetable), walk(&Timetable::from_data(small()).expect("valid columns")));
    let info = timetable.file_info().expect("it has a file");
    assert_eq!((info.format_version, info.zone_data.as_str(), info.program.as_str()), (3, "2026e", "0.1.0"));
}

#[test]
fn the_same_timetable_is_still_written_the_same_way() {
    let mut bytes = Vec::new();
    encode(&small().columns(), &mut bytes).expect("memory takes every byte");
    if std::env::var_os("TUMEN_BLESS").is_some() {
        std::fs::write(golden(), &bytes).expect("the golden file");
    }
    let mut expected = std::fs::read(golden()).expect("the golden file");
    assert!(zone_data_version().len() <= 16, "the field holds the whole version");
    for file in [&mut bytes, &mut expected] {
        file[MAKER].fill(0);
    }
    assert!(bytes == expected, "the bytes of version 2 changed: give the new format a new version");
}

#[test]
fn the_page_draws_the_bytes_of_the_golden_file() {
    let (page, golden) = (page(), std::fs::read(golden()).expect("the golden file"));
    let mut drawn = 0;
    for line in page.lines() {
        let Some((offset, rest)) = line.split_once("  ") else { continue };
        let Ok(offset) = usize::from_str_radix(offset, 16) else { continue };
        let (bytes, _) = rest.split_once("  ").unwrap_or((rest, ""));
        for (index, byte) in bytes.split(' ').enumerate() {
            let byte = u8::from_str_radix(byte, 16).unwrap_or_else(|_| panic!("{line}: {byte} is no byte"));
            assert_eq!(byte, golden[offset + index], "{line}: byte {index}");
            drawn += 1;
        }
    }
    assert!(drawn >= 200, "header, table and some columns are drawn, not {drawn} bytes");
}

#[test]
fn the_page_lists_every_section() {
    // | kind | name | element | verified | meaning |
    let listed: BTreeMap<u32, Vec<String>> = page()
        .lines()
        .filter_map(|line| {
            let cells: Vec<String> = line.split('|').map(|cell| cell.trim().trim_matches('`').to_owned()).collect();
            Some((cells.get(1)?.parse().ok()?, cells))
        })
        .collect();
    let mut sections = 0;
    Columns::default().for_each(|kind, name, check, section| {
        let cells = listed.get(&kind).unwrap_or_else(|| panic!("the page does not list section {kind}, {name}"));
        let bits: usize = cells[3].trim_start_matches(char::is_alphabetic).parse().expect("a type such as u32");
        let verified = if check == Check::Always { "always" } else { "on request" };
        assert_eq!((cells[2].as_str(), bits / 8, cells[4].as_str()), (name, section.element_size(), verified));
        sections += 1;
    });
    assert_eq!(listed.len(), sections, "the page lists sections that there are not");
}
