//! The files of a feed, wherever they are: a folder, a zip file, memory.

mod layout;
mod pipe;
mod zip;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::complaint::Code;
use crate::csv::refusal_of_io;
use crate::error::Refusal;
use crate::options::{Limits, Origin};
use crate::report::{Place, Report};
use zip::{Zip, ZipFile};

/// The files of a feed by name, without folders.
pub(crate) struct Archive {
    files: BTreeMap<String, Location>,
    zip: Option<Zip>,
}

enum Location {
    Path(PathBuf, u64),
    Bytes(Cow<'static, [u8]>),
    Zipped(ZipFile),
}

/// An opened file and the size that the archive states, which may be a lie.
pub(crate) struct Opened<'a> {
    pub reader: Box<dyn Read + 'a>,
    pub stated_bytes: u64,
}

impl Archive {
    /// Lists the files of a feed.
    pub(crate) fn open(origin: &Origin, limits: &Limits, report: &mut Report) -> Result<Self, Refusal> {
        match origin {
            Origin::Files(files) => {
                let found = files.iter().map(|(name, bytes)| (name.clone(), Location::Bytes(bytes.clone()))).collect();
                Self::arrange(found, None, limits, report)
            }
            Origin::Zip(bytes) => {
                let (zip, found) = Zip::open(Box::new(bytes.clone()), bytes.len() as u64, "the archive", limits)?;
                Self::arrange(zipped(found), Some(zip), limits, report)
            }
            Origin::Path(path) => Self::open_path(path, limits, report),
        }
    }

    fn open_path(path: &Path, limits: &Limits, report: &mut Report) -> Result<Self, Refusal> {
        let shown = path.display().to_string();
        let refuse = |error: io::Error| Refusal::Open { path: shown.clone(), reason: error.to_string() };
        let kind = fs::metadata(path).map_err(refuse)?;
        if kind.is_dir() {
            let mut found = Vec::new();
            list_folder(path, "", 1, limits, &mut found).map_err(|error| refusal_of_io(&shown, error))?;
            return Self::arrange(found, None, limits, report);
        }
        if !kind.is_file() {
            return Err(Refusal::Open { path: shown, reason: "neither a file nor a folder".to_owned() });
        }
        let file = fs::File::open(path).map_err(refuse)?;
        let (zip, found) = Zip::open(Box::new(rawzip::FileReader::from(file)), kind.len(), &shown, limits)?;
        Self::arrange(zipped(found), Some(zip), limits, report)
    }

    /// Chooses the folder that is the feed and reports what lies outside.
    fn arrange(
        found: Vec<(String, Location)>,
        zip: Option<Zip>,
        limits: &Limits,
        report: &mut Report,
    ) -> Result<Self, Refusal> {
        if found.len() as u64 > limits.files {
            return Err(too_many_files(limits));
        }
        let paths: Vec<&str> = found.iter().map(|(path, _)| path.as_str()).collect();
        let folder = layout::feed_folder(&paths).to_owned();
        let mut files = BTreeMap::new();
        for (path, location) in found {
            match layout::name_in(&folder, &path) {
                Some(name) if files.contains_key(name) => report.add(Code::IgnoredFile, Place::file(name), || {
                    "the archive has a second file of this name; the first one was read".to_owned()
                }),
                Some(name) => {
                    files.insert(name.to_owned(), location);
                }
                None if layout::is_litter(&path) => {}
                None => report
                    .add(Code::IgnoredFile, Place::file(&path), || "outside the feed's folder; not read".to_owned()),
            }
        }
        Ok(Self { files, zip })
    }

    /// The names of all files, in order.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// Opens a file; `None` where there is none of this name.
    pub(crate) fn read<'a>(&'a self, name: &str) -> Result<Option<Opened<'a>>, Refusal> {
        let opened = match (self.files.get(name), &self.zip) {
            (Some(Location::Bytes(bytes)), _) => {
                Opened { reader: Box::new(&bytes[..]), stated_bytes: bytes.len() as u64 }
            }
            (Some(Location::Path(path, size)), _) => {
                let file = fs::File::open(path).map_err(|error| refusal_of_io(name, error))?;
                Opened { reader: Box::new(file.take(*size)), stated_bytes: *size }
            }
            (Some(Location::Zipped(file)), Some(zip)) => {
                Opened { reader: zip.read(name, file)?, stated_bytes: file.stated_bytes() }
            }
            _ => return Ok(None),
        };
        Ok(Some(opened))
    }
}

fn zipped(found: Vec<(String, ZipFile)>) -> Vec<(String, Location)> {
    found.into_iter().map(|(path, file)| (path, Location::Zipped(file))).collect()
}

fn too_many_files(limits: &Limits) -> Refusal {
    Refusal::Limit { file: "the archive".to_owned(), limit: "files", allowed: limits.files }
}

/// Lists the regular files of a folder and of the folders in it.
fn list_folder(
    folder: &Path,
    prefix: &str,
    deeper: usize,
    limits: &Limits,
    found: &mut Vec<(String, Location)>,
) -> io::Result<()> {
    let mut entries = fs::read_dir(folder)?.collect::<io::Result<Vec<_>>>()?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        let Ok(kind) = fs::metadata(entry.path()) else { continue };
        if kind.is_file() {
            found.push((name, Location::Path(entry.path(), kind.len())));
        } else if kind.is_dir() && deeper > 0 {
            list_folder(&entry.path(), &format!("{name}/"), deeper - 1, limits, found)?;
        }
        if found.len() as u64 > limits.files {
            return Err(io::Error::other(too_many_files(limits)));
        }
    }
    total_within(found, limits)
}

fn total_within(found: &[(String, Location)], limits: &Limits) -> io::Result<()> {
    let total: u64 =
        found.iter().map(|(_, location)| if let Location::Path(_, size) = location { *size } else { 0 }).sum();
    if total > limits.total_bytes {
        let file = "the folder".to_owned();
        return Err(io::Error::other(Refusal::Limit { file, limit: "total_bytes", allowed: limits.total_bytes }));
    }
    Ok(())
}
