//! Complaints about borders, which need a compiled timetable: its crossings, its hours, its gauges.

use anyhow::Result;
use tumen_border::{BorderFiles, Borders};
use tumen_feed::{Feed, Report};
use tumen_journey::world::damaged;
use tumen_timetable::compile::{CompileOptions, WalkOptions, compile};
use tumen_timetable::{Rows, Timetable};

use crate::clock;

/// The files without which there is little to complain of.
const FILES: [&str; 2] = ["border_posts.txt", "sections.txt"];

/// Adds what is wrong with the borders of a timetable.
///
/// # Errors
/// When a kept file is damaged.
pub fn of_timetable(timetable: &Timetable, report: &mut Report) -> Result<()> {
    let columns = timetable.columns();
    let rows = |file: &str| Rows::read(&columns, file).map_err(|error| damaged(&error));
    let files = BorderFiles {
        posts: &rows("border_posts.txt")?,
        sections: &rows("sections.txt")?,
        carriages: &rows("through_carriages.txt")?,
        carriage_types: &rows("carriage_types.txt")?,
    };
    for complaint in Borders::of(timetable, files).complaints(&columns) {
        report.push(complaint);
    }
    Ok(())
}

/// The same for feeds that are not imported: they are compiled where one has posts or sections. Feeds that cannot be compiled
/// have no crossings.
///
/// # Errors
/// When a kept file is damaged.
pub fn of_feeds(feeds: &[Feed], report: &mut Report) -> Result<()> {
    if !feeds.iter().any(|feed| FILES.iter().any(|file| feed.extension.contains_key(*file))) {
        return Ok(());
    }
    let options = CompileOptions { walk: WalkOptions::none(), ..CompileOptions::on(clock::today()) };
    let Ok((data, _)) = compile(feeds, &options, &mut |_| ()) else { return Ok(()) };
    let Ok(timetable) = Timetable::from_data(data) else { return Ok(()) };
    of_timetable(&timetable, report)
}
