//! Opening: nothing of a file is believed before it was checked.

use std::fs::File;
use std::ops::Range;
use std::path::Path;
use xxhash_rust::xxh3::xxh3_64;
use zerocopy::FromBytes;

use super::bytes::AlignedBytes;
use super::error::{OpenError, OpenProblem};
use super::header::{ALIGNMENT, Entry, FORMAT_VERSION, Header, MAGIC, MAX_SECTIONS, text_of};
use super::map::map;
use crate::columns::{Check, Columns};
use crate::timetable::Timetable;
use crate::validate::Invalid;

/// How to open a file.
#[derive(Clone, Copy, Debug, Default)]
pub struct OpenOptions {
    /// Verify the checksum of every section, and every value beside the positions.
    pub verify: bool,
    /// Read the file into memory instead of mapping it: for folders in which files are overwritten or truncated.
    pub read: bool,
}

/// What a file's header says of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileInfo {
    /// Format version.
    pub format_version: u32,
    /// Version of the zone rules by which its service days were computed.
    pub zone_data: String,
    /// Version of the program that wrote it.
    pub program: String,
    /// Its length in bytes.
    pub length: u64,
}

/// A file that is open: its header, its section table and its small sections are right, its columns are not yet believed.
pub struct TimetableFile {
    bytes: FileBytes,
    sections: Sections,
    info: FileInfo,
    verify: bool,
}

enum FileBytes {
    Mapped(memmap2::Mmap),
    Read(AlignedBytes),
}

impl FileBytes {
    fn as_slice(&self) -> &[u8] {
        match self {
            Self::Mapped(map) => map,
            Self::Read(bytes) => bytes.as_slice(),
        }
    }
}

/// Where the sections are, by kind.
struct Sections(Vec<Range<usize>>);

impl Sections {
    fn find<'a>(&self, bytes: &'a [u8], kind: u32) -> &'a [u8] {
        &bytes[self.0[kind as usize].clone()]
    }
}

impl TimetableFile {
    /// Opens a file. What it costs depends on the number of sections, not on their size, unless `options` ask for more.
    ///
    /// # Errors
    /// When it cannot be read, is none, was written by a program of another format version, or what was read is damaged.
    pub fn open(path: &Path, options: OpenOptions) -> Result<Self, OpenError> {
        let bytes = || {
            let file = File::open(path)?;
            let length = file.metadata()?.len();
            if options.read || length == 0 {
                let length = usize::try_from(length).map_err(|_| std::io::ErrorKind::FileTooLarge)?;
                AlignedBytes::read(file, length).map(FileBytes::Read)
            } else {
                map(&file).map(FileBytes::Mapped)
            }
        };
        let opened = bytes().map_err(OpenProblem::Io).and_then(|bytes| Self::of(bytes, options.verify));
        opened.map_err(|problem| OpenError { path: path.to_owned(), problem })
    }

    /// Opens a file whose bytes are in memory, to verify all of it; they are copied to where columns can be viewed.
    pub(crate) fn from_bytes(bytes: &[u8]) -> Result<Self, OpenProblem> {
        Self::of(FileBytes::Read(AlignedBytes::read(bytes, bytes.len())?), true)
    }

    /// What the header says.
    pub fn info(&self) -> &FileInfo {
        &self.info
    }

    /// Checks the columns, so that they can be read.
    ///
    /// This reads every position that the file holds, about a tenth of its bytes, and never its times and texts; all of it
    /// where it was opened to be verified.
    ///
    /// # Errors
    /// The first thing found that does not fit.
    pub fn check(self) -> Result<Timetable, Invalid> {
        Timetable::from_file(self)
    }

    /// Whether everything is to be checked, not positions alone.
    pub(crate) fn verify(&self) -> bool {
        self.verify
    }

    /// Views the columns.
    pub(crate) fn columns(&self) -> Columns<'_> {
        let bytes = self.bytes.as_slice();
        let view = Columns::from_sections(|kind, _, _, _| Ok(self.sections.find(bytes, kind)), |name| name);
        view.expect("every section was viewed when the file was opened")
    }

    fn of(bytes: FileBytes, verify: bool) -> Result<Self, OpenProblem> {
        let (sections, info) = check(bytes.as_slice(), verify)?;
        Ok(Self { bytes, sections, info, verify })
    }
}

fn check(bytes: &[u8], verify: bool) -> Result<(Sections, FileInfo), OpenProblem> {
    let (header, table) = header_and_table(bytes)?;
    bounds(bytes, table)?;
    let mut sections = Sections(Vec::new());
    let mut always = Vec::new();
    Columns::from_sections(
        |kind, name, check, element_size| {
            let entry = table.iter().find(|entry| entry.kind == kind).ok_or(OpenProblem::Missing(name))?;
            if entry.element_size as usize != element_size {
                return Err(OpenProblem::Entry { kind, fault: "has elements of another size" });
            }
            if check == Check::Always {
                always.push(*entry);
            }
            let slot = kind as usize;
            sections.0.resize(sections.0.len().max(slot + 1), 0..0);
            sections.0[slot] = range(entry);
            Ok(section(bytes, entry))
        },
        |name| OpenProblem::Checksum(name.to_owned()),
    )?;
    if verify {
        padding(bytes, table)?;
        checksums(bytes, table)?;
    } else {
        checksums(bytes, &always)?;
    }
    let info = FileInfo {
        format_version: header.version,
        zone_data: text_of(&header.zone_data),
        program: text_of(&header.program),
        length: header.length,
    };
    Ok((sections, info))
}

/// Checks magic, version, length and the checksum over both.
fn header_and_table(bytes: &[u8]) -> Result<(&Header, &[Entry]), OpenProblem> {
    let found = bytes.len() as u64;
    if !bytes.starts_with(&MAGIC) {
        return Err(OpenProblem::NotTumen);
    }
    let short = |expected| OpenProblem::Length { expected, found };
    let (header, rest) = Header::ref_from_prefix(bytes).map_err(|_| short(size_of::<Header>() as u64))?;
    // What follows the version may mean something else in another one.
    match header.version {
        FORMAT_VERSION => {}
        newer if newer > FORMAT_VERSION => return Err(OpenProblem::Newer(newer)),
        older => return Err(OpenProblem::Older(older)),
    }
    if header.length != found {
        return Err(short(header.length));
    }
    if header.sections > MAX_SECTIONS {
        return Err(OpenProblem::Header);
    }
    let table = <[Entry]>::ref_from_prefix_with_elems(rest, header.sections as usize);
    let (table, _) = table.map_err(|_| OpenProblem::Header)?;
    if header.checksum_with(table) != header.checksum {
        return Err(OpenProblem::Header);
    }
    Ok((header, table))
}

/// Sections are aligned, whole, inside the file, apart from one another, and each kind occurs once.
fn bounds(bytes: &[u8], table: &[Entry]) -> Result<(), OpenProblem> {
    let fault = |entry: &Entry, fault| Err(OpenProblem::Entry { kind: entry.kind, fault });
    let mut free = (size_of::<Header>() + size_of_val(table)) as u64;
    for entry in in_order(table) {
        if entry.offset % ALIGNMENT as u64 != 0 {
            return fault(entry, "is not aligned to 64 bytes");
        }
        if entry.offset < free {
            return fault(entry, "overlaps what is before it");
        }
        free = match entry.offset.checked_add(entry.length) {
            Some(end) if end <= bytes.len() as u64 => end,
            _ => return fault(entry, "reaches beyond the end of the file"),
        };
        if entry.length.checked_rem(u64::from(entry.element_size)) != Some(0) {
            return fault(entry, "is no whole number of elements");
        }
    }
    let mut by_kind: Vec<&Entry> = table.iter().collect();
    by_kind.sort_by_key(|entry| entry.kind);
    match by_kind.windows(2).find(|pair| pair[0].kind == pair[1].kind) {
        Some(pair) => fault(pair[0], "occurs twice"),
        None => Ok(()),
    }
}

/// Sections match their checksums.
fn checksums(bytes: &[u8], table: &[Entry]) -> Result<(), OpenProblem> {
    match table.iter().find(|entry| xxh3_64(section(bytes, entry)) != entry.checksum) {
        Some(entry) => Err(OpenProblem::Checksum(name_of(entry.kind))),
        None => Ok(()),
    }
}

/// What is no section is zero.
fn padding(bytes: &[u8], table: &[Entry]) -> Result<(), OpenProblem> {
    let mut free = size_of::<Header>() + size_of_val(table);
    let gap = |gap: Range<usize>| match bytes[gap.clone()].iter().position(|&byte| byte != 0) {
        Some(byte) => Err(OpenProblem::Padding(gap.start + byte)),
        None => Ok(()),
    };
    for entry in in_order(table) {
        gap(free..range(entry).start)?;
        free = range(entry).end;
    }
    gap(free..bytes.len())
}

/// Entries by the place of their sections; empty sections before what begins at the same place.
fn in_order(table: &[Entry]) -> Vec<&Entry> {
    let mut entries: Vec<&Entry> = table.iter().collect();
    entries.sort_by_key(|entry| (entry.offset, entry.length));
    entries
}

fn range(entry: &Entry) -> Range<usize> {
    entry.offset as usize..(entry.offset + entry.length) as usize
}

fn section<'a>(bytes: &'a [u8], entry: &Entry) -> &'a [u8] {
    &bytes[range(entry)]
}

fn name_of(kind: u32) -> String {
    let mut found = kind.to_string();
    Columns::default().for_each(|other, name, _, _| {
        if other == kind {
            name.clone_into(&mut found);
        }
    });
    found
}
