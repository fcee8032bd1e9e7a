//! From the model back to files: valid GTFS with Tumen's extension files, in a stable order.
//!
//! What is read, written and read again is equal, but for dirty rows, which are gone: rows that the report complained
//! of, unread columns of stop_times.txt, shapes.txt, frequencies.txt and the calendars.

mod gtfs;
mod rows;
mod schedule;
mod target;

use std::io;
use std::path::Path;

use crate::model::Feed;
use rows::Rows;
use target::{Folder, Target, ZipArchive};

/// Writes a feed to a zip file, if the path ends in `.zip`, else into a folder, which is made if need be. Files of
/// other names in the folder stay.
///
/// # Errors
/// When the path cannot be written.
pub fn write_feed(feed: &Feed, path: &Path) -> io::Result<()> {
    if path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("zip")) {
        // A half-written archive never stands under the final name.
        let partial = path.with_extension("zip.partial");
        let mut zip = ZipArchive::new(std::fs::File::create(&partial)?);
        write_to(feed, &mut zip)?;
        zip.finish()?.sync_all()?;
        std::fs::rename(&partial, path)
    } else {
        let mut folder = Folder::new(path)?;
        write_to(feed, &mut folder)?;
        folder.finish()
    }
}

/// A feed as the bytes of a zip file.
///
/// # Errors
/// When a file of the feed is too large for an archive.
pub fn feed_to_zip(feed: &Feed) -> io::Result<Vec<u8>> {
    let mut zip = ZipArchive::new(io::Cursor::new(Vec::new()));
    write_to(feed, &mut zip)?;
    Ok(zip.finish()?.into_inner())
}

fn write_to(feed: &Feed, target: &mut dyn Target) -> io::Result<()> {
    for (name, rows) in gtfs::small_files(feed) {
        rows.write(name, target)?;
    }
    schedule::write_trips(feed, target)?;
    schedule::write_stop_times(feed, target)?;
    schedule::write_shapes(feed, target)?;
    for (name, table) in &feed.extension {
        Rows::of_table(table).write(name, target)?;
    }
    for kept in &feed.kept {
        let content = target.start(&kept.name)?;
        io::Write::write_all(content, &kept.content)?;
    }
    Ok(())
}
