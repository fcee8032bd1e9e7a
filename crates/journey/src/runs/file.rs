//! The file of an overlay.

use super::{Overlay, refused};
use crate::{Failure, Result};
use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

/// Larger files are refused unread.
const MOST_BYTES: u64 = 16 << 20;

/// Where the overlay of a timetable is kept: `x.runs.txt` beside `x.tumen`.
pub fn beside(timetable: &Path) -> PathBuf {
    timetable.with_extension("runs.txt")
}

/// Reads an overlay; one without rows where there is no file.
///
/// # Errors
/// When it cannot be read, or a row is wrong.
pub fn read(path: &Path) -> Result<Overlay> {
    let name = path.display().to_string();
    let unreadable =
        |error: std::io::Error| Failure::refused("runs_unreadable", format!("{name} cannot be read: {error}"));
    let size = match fs::metadata(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Overlay { name, rows: Vec::new() }),
        Err(error) => return Err(unreadable(error)),
        Ok(metadata) => metadata.len(),
    };
    if size > MOST_BYTES {
        return Err(Failure::refused("runs_unreadable", format!("{name} has more than {MOST_BYTES} bytes")));
    }
    let text = fs::read(path).map_err(unreadable)?;
    Overlay::parse(&name, &text).map_err(|complaints| refused(&complaints))
}

/// Puts an overlay in the place of the older one: written to its end beside it, then renamed, so that nobody ever reads a half.
///
/// # Errors
/// When it cannot be written.
pub fn replace(path: &Path, overlay: &Overlay) -> Result<()> {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.new", std::process::id()));
    let draft = path.with_file_name(name);
    let written = || {
        let mut file = File::create(&draft)?;
        file.write_all(&overlay.text())?;
        file.sync_all()?;
        fs::rename(&draft, path)?;
        // The rename itself is lasting when the folder is.
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        File::open(folder)?.sync_all()
    };
    written().map_err(|error| {
        // What is left of a failed write is of no use; that it cannot be removed either changes nothing.
        let _ = fs::remove_file(&draft);
        Failure::usage("runs_not_written", format!("{} cannot be written: {error}", path.display()))
    })
}
