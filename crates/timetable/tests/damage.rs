//! Damaged, foreign and hostile files: a refusal, or a timetable that can be read to its end.

mod common;

use common::{small, walk::walk};
use std::collections::HashMap;
use std::io::Write;
use tumen_timetable::{Check, FORMAT_VERSION, OpenOptions, OpenProblem, Timetable, TimetableFile, encode};
use xxhash_rust::xxh3::xxh3_64;

const HEADER: usize = 64;
const ENTRY: usize = 32;

/// The bytes of the small timetable's file.
fn file() -> Vec<u8> {
    let mut bytes = Vec::new();
    encode(&small().columns(), &mut bytes).expect("memory takes every byte");
    bytes
}

/// Opens bytes as a file, without verifying every section.
fn open(folder: &tempfile::TempDir, bytes: &[u8]) -> Result<Timetable, OpenProblem> {
    let path = folder.path().join("damaged.tumen");
    // Written over what is there: making a hundred thousand files takes longer than all the rest.
    let mut file = std::fs::File::options().write(true).create(true).truncate(false).open(&path).expect("a file");
    file.write_all(bytes).expect("room");
    file.set_len(bytes.len() as u64).expect("a shorter file");
    let options = OpenOptions { verify: false, read: true };
    Timetable::open(&path, options).map_err(|error| error.problem)
}

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    u32::from_le_bytes(bytes[at..at + 4].try_into().expect("four bytes"))
}

fn u64_at(bytes: &[u8], at: usize) -> u64 {
    u64::from_le_bytes(bytes[at..at + 8].try_into().expect("eight bytes"))
}

/// Position of a section's entry and its bytes' range.
fn entries(bytes: &[u8]) -> Vec<(u32, usize, std::ops::Range<usize>)> {
    let entry = |index: usize| {
        let at = HEADER + index * ENTRY;
        let (offset, length) = (u64_at(bytes, at + 8) as usize, u64_at(bytes, at + 16) as usize);
        (u32_at(bytes, at), at, offset..offset + length)
    };
    (0..u32_at(bytes, 12) as usize).map(entry).collect()
}

/// Name and check of every kind of section.
fn checks() -> HashMap<u32, (&'static str, Check)> {
    let mut checks = HashMap::new();
    small().columns().for_each(|kind, name, check, _| checks.extend([(kind, (name, check))]));
    checks
}

/// Computes all checksums anew, as someone who builds a hostile file would.
fn seal(bytes: &mut [u8]) {
    for (_, at, range) in entries(bytes) {
        let checksum = xxh3_64(&bytes[range]);
        bytes[at + 24..at + 32].copy_from_slice(&checksum.to_le_bytes());
    }
    seal_header(bytes);
}

fn seal_header(bytes: &mut [u8]) {
    let table = HEADER..HEADER + u32_at(bytes, 12) as usize * ENTRY;
    let checksum = xxh3_64(&[&bytes[..56], &bytes[table]].concat());
    bytes[56..64].copy_from_slice(&checksum.to_le_bytes());
}

#[test]
fn a_truncated_file_is_refused_at_every_length() {
    let (folder, bytes) = (tempfile::tempdir().expect("a folder"), file());
    for length in 0..bytes.len() {
        let problem = Timetable::from_bytes(&bytes[..length]).expect_err("a truncated file");
        let expected = matches!(problem, OpenProblem::Length { .. }) || length < 8;
        assert!(expected, "{length} bytes: {problem}");
    }
    open(&folder, &bytes[..bytes.len() / 2]).expect_err("a truncated file on a disk");
    open(&folder, &[&bytes[..], b"\n"].concat()).expect_err("a longer file");
}

#[test]
fn every_flipped_bit_is_refused_or_harmless_and_found_by_verifying() {
    let (folder, original) = (tempfile::tempdir().expect("a folder"), file());
    let mut harmless = 0;
    for bit in 0..original.len() * 8 {
        let mut bytes = original.clone();
        bytes[bit / 8] ^= 1 << (bit % 8);
        assert!(Timetable::from_bytes(&bytes).is_err(), "bit {bit} flipped and verified");
        // Writing a file for each bit takes long; one in 31 meets every section.
        if bit % 31 == 0
            && let Ok(timetable) = open(&folder, &bytes)
        {
            walk(&timetable);
            harmless += 1;
        }
    }
    assert!(harmless > 100, "value columns are not verified at opening");
}

#[test]
fn damage_in_small_sections_is_found_at_every_opening_and_elsewhere_it_is_refused_or_harmless() {
    let (folder, original) = (tempfile::tempdir().expect("a folder"), file());
    let checks = checks();
    let (mut refused, mut harmless) = (0, 0);
    for (kind, _, range) in entries(&original) {
        let (name, check) = &checks[&kind];
        let mut bytes = original.clone();
        bytes[range.end - 1] ^= 0x10;
        match (check, open(&folder, &bytes)) {
            (Check::Always, Err(OpenProblem::Checksum(section))) => assert_eq!(section, *name),
            (Check::OnRequest, Err(OpenProblem::Invalid(_))) => refused += 1,
            (Check::OnRequest, Ok(timetable)) => harmless += usize::from(walk(&timetable) > 0),
            (check, result) => panic!("{name} ({check:?}): {result:?}"),
        }
        assert!(matches!(Timetable::from_bytes(&bytes), Err(OpenProblem::Checksum(section)) if section == *name));
    }
    assert!(refused > 20 && harmless > 50, "{refused} columns of positions, {harmless} of values");
}

#[test]
fn whatever_stands_in_a_column_a_sealed_file_is_refused_or_can_be_read() {
    let (folder, original) = (tempfile::tempdir().expect("a folder"), file());
    let mut accepted = 0;
    let mut try_with = |range: std::ops::Range<usize>, value: u8| {
        let mut bytes = original.clone();
        bytes[range].fill(value);
        seal(&mut bytes);
        if let Ok(timetable) = open(&folder, &bytes) {
            accepted += usize::from(walk(&timetable) > 0);
        }
    };
    for (_, _, range) in entries(&original) {
        for value in [0, 1, 5, 0x80, 0xFF] {
            for at in range.clone() {
                try_with(at..at + 1, value);
            }
            try_with(range.clone(), value);
        }
    }
    assert!(accepted > 1000, "many values are just other values");
}

#[test]
fn opening_alone_reads_header_table_and_small_sections() {
    let (folder, mut bytes) = (tempfile::tempdir().expect("a folder"), file());
    let checks = checks();
    for (kind, _, range) in entries(&bytes) {
        if checks[&kind].1 == Check::OnRequest {
            bytes[range].fill(0xA5);
        }
    }
    let path = folder.path().join("damaged.tumen");
    std::fs::write(&path, &bytes).expect("a file");
    let opened = TimetableFile::open(&path, OpenOptions::default()).expect("no large section was read");
    assert_eq!(opened.info().length, bytes.len() as u64);
    let invalid = opened.check().map(|timetable| walk(&timetable)).expect_err("its columns are garbage").to_string();
    assert!(invalid.starts_with("column "), "{invalid}");
    let verify = OpenOptions { verify: true, read: false };
    let problem = TimetableFile::open(&path, verify).map(|file| file.info().clone()).expect_err("all is read").problem;
    assert!(matches!(problem, OpenProblem::Checksum(_)), "{problem}");
}

#[test]
fn other_format_versions_are_refused_with_advice() {
    let (folder, original) = (tempfile::tempdir().expect("a folder"), file());
    for (version, expected) in [
        (FORMAT_VERSION + 1, "written in format version 4, newer than 3 that this program reads; use a newer tumen"),
        (FORMAT_VERSION - 1, "written in format version 2; this program reads version 3: compile the feeds again"),
    ] {
        let mut bytes = original.clone();
        bytes[8..12].copy_from_slice(&version.to_le_bytes());
        let problem = open(&folder, &bytes).expect_err("another version").to_string();
        assert!(problem.starts_with(expected), "{problem}");
    }
    let problem = open(&folder, b"PK\x03\x04 and so on, a zip").expect_err("a zip").to_string();
    assert_eq!(problem, "this is no compiled timetable; make one of feeds with `tumen import`");
    open(&folder, b"").expect_err("an empty file");
}

#[test]
fn sections_of_unknown_kinds_are_ignored() {
    let original = file();
    let count = u32_at(&original, 12);
    let end = HEADER + count as usize * ENTRY;
    // Two entries are as long as what sections are aligned to, so everything moves by just that.
    let mut table = original[HEADER..end].to_vec();
    for offset in (8..table.len()).step_by(ENTRY) {
        let moved = u64_at(&table, offset) + 64;
        table[offset..offset + 8].copy_from_slice(&moved.to_le_bytes());
    }
    let length = (original.len() as u64 + 64).next_multiple_of(64);
    for kind in [9_u64, 900] {
        let one_byte_elements = 1 << 32;
        table.extend([kind | one_byte_elements, length, 0, 0].map(u64::to_le_bytes).concat());
    }
    let mut longer = [&original[..HEADER], &table, &original[end..]].concat();
    longer[12..16].copy_from_slice(&(count + 2).to_le_bytes());
    longer[16..24].copy_from_slice(&length.to_le_bytes());
    longer.resize(length as usize, 0);
    seal(&mut longer);
    let timetable = Timetable::from_bytes(&longer).expect("version 1 has no kinds 9 and 900");
    assert_eq!(walk(&timetable), walk(&Timetable::from_bytes(&original).expect("the same without them")));
}

#[test]
fn impossible_section_tables_are_refused() {
    let original = file();
    let table = entries(&original);
    let (_, first, _) = table[0];
    let (_, second, _) = table[1];
    let refused = |at: usize, value: &[u8], expected: &str| {
        let mut bytes = original.clone();
        bytes[at..at + value.len()].copy_from_slice(value);
        if u32_at(&bytes, 12) == u32_at(&original, 12) {
            seal_header(&mut bytes);
        }
        let problem = Timetable::from_bytes(&bytes).expect_err(expected).to_string();
        assert!(problem.contains(expected), "{problem}");
    };
    refused(first, &2_u32.to_le_bytes(), "section 2 occurs twice");
    refused(first, &9_u32.to_le_bytes(), "the section span is missing");
    refused(first + 4, &4_u32.to_le_bytes(), "section 1 has elements of another size");
    refused(first + 4, &0_u32.to_le_bytes(), "section 1 is no whole number of elements");
    refused(first + 8, &(u64::MAX - 63).to_le_bytes(), "section 1 reaches beyond the end of the file");
    refused(second + 8, &original[first + 8..first + 16], "overlaps what is before it");
    refused(second + 8, &[original[second + 8] + 8], "section 2 is not aligned to 64 bytes");
    refused(first + 8, &0_u64.to_le_bytes(), "section 1 overlaps what is before it");
    refused(first + 16, &u64::MAX.to_le_bytes(), "section 1 reaches beyond the end of the file");
    refused(first + 16, &[31], "section 1 is no whole number of elements");
    refused(12, &5000_u32.to_le_bytes(), "header and section table do not match");
}
