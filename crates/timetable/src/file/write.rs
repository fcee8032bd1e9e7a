//! Writing: to a temporary name in the same folder, synced, renamed; a reader sees the old file or the new one.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use xxhash_rust::xxh3::xxh3_64;
use zerocopy::IntoBytes;

use super::error::WriteError;
use super::header::{ALIGNMENT, Entry, FORMAT_VERSION, Header, MAGIC, fixed_text};
use super::zone_data_version;
use crate::columns::Columns;

/// Writes columns to a file, in one step as others see it. Answers its length in bytes.
///
/// # Errors
/// When the folder cannot be written to or the disk is full; then nothing has changed.
pub fn write(columns: &Columns, path: &Path) -> Result<u64, WriteError> {
    let written = || {
        let (file, temporary) = Temporary::beside(path)?;
        let mut out = BufWriter::new(file);
        let length = encode(columns, &mut out)?;
        out.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()?;
        temporary.rename(path)?;
        Ok(length)
    };
    written().map_err(|cause| WriteError { path: path.to_owned(), cause })
}

/// Writes columns as the bytes of a file. Answers how many.
///
/// # Errors
/// Those of the writer.
pub fn encode(columns: &Columns, out: &mut impl Write) -> io::Result<u64> {
    let mut sections = 0;
    columns.for_each(|_, _, _, _| sections += 1);
    let mut end = size_of::<Header>() + sections * size_of::<Entry>();
    let mut table = Vec::with_capacity(sections);
    columns.for_each(|kind, _, _, section| {
        let (bytes, offset) = (section.bytes(), end.next_multiple_of(ALIGNMENT));
        end = offset + bytes.len();
        table.push(Entry {
            kind,
            element_size: section.element_size() as u32,
            offset: offset as u64,
            length: bytes.len() as u64,
            checksum: xxh3_64(bytes),
        });
    });
    let end = table.iter().map(|entry| entry.offset + entry.length).max().unwrap_or_default();
    let mut header = Header {
        magic: MAGIC,
        version: FORMAT_VERSION,
        sections: sections as u32,
        length: end,
        zone_data: fixed_text(zone_data_version()),
        program: fixed_text(env!("CARGO_PKG_VERSION")),
        checksum: 0,
    };
    header.checksum = header.checksum_with(&table);
    out.write_all(header.as_bytes())?;
    out.write_all(table.as_bytes())?;

    let mut position = (size_of::<Header>() + size_of_val(&*table)) as u64;
    let mut entries = table.iter();
    let mut result = Ok(());
    columns.for_each(|_, _, _, section| {
        let offset = entries.next().map_or(position, |entry| entry.offset);
        if result.is_ok() {
            let padding = [0; ALIGNMENT];
            result =
                out.write_all(&padding[..(offset - position) as usize]).and_then(|()| out.write_all(section.bytes()));
        }
        position = offset + section.bytes().len() as u64;
    });
    result.map(|()| end)
}

/// A file that disappears unless it is renamed.
struct Temporary {
    path: PathBuf,
    folder: PathBuf,
}

impl Temporary {
    /// Creates a file with a new name in the folder of `path`.
    fn beside(path: &Path) -> io::Result<(File, Self)> {
        let name = path.file_name().ok_or_else(|| io::Error::new(io::ErrorKind::InvalidInput, "this names no file"))?;
        let folder = match path.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
            _ => PathBuf::from("."),
        };
        let mut attempt = 0;
        loop {
            let mut temporary = std::ffi::OsString::from(".");
            temporary.push(name);
            temporary.push(format!(".{}-{attempt}.tmp", std::process::id()));
            let path = folder.join(temporary);
            match File::create_new(&path) {
                Ok(file) => return Ok((file, Self { path, folder })),
                // Another thread's, or one that a killed process with our number left behind.
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists && attempt < 99 => attempt += 1,
                Err(error) => return Err(error),
            }
        }
    }

    /// Gives the file its name and makes that last.
    fn rename(self, path: &Path) -> io::Result<()> {
        fs::rename(&self.path, path)?;
        // Elsewhere a folder cannot be opened to be synced.
        if cfg!(unix) { File::open(&self.folder)?.sync_all() } else { Ok(()) }
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        // After the rename there is nothing under this name; before it, what remains is of no use to anyone.
        let _ = fs::remove_file(&self.path);
    }
}
