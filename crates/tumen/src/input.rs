//! Lists that people and programs hand over as CSV files.

use anyhow::{Context as _, Result};
use csv::StringRecord;
use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};
use tumen_base::{StopId, Time};
use tumen_journey::Failure;
use tumen_journey::when::When;
use tumen_journey::world::World;

/// A CSV file with a heading.
pub struct List {
    path: PathBuf,
    reader: csv::Reader<BufReader<File>>,
    heading: StringRecord,
}

/// A row of a list.
pub struct Row<'l> {
    path: &'l Path,
    record: StringRecord,
}

impl List {
    /// Opens a file and reads its heading.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn open(path: &Path) -> Result<Self> {
        let file = File::open(path).with_context(|| format!("{} cannot be read", path.display()))?;
        let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(BufReader::new(file));
        let heading = reader.headers().with_context(|| path.display().to_string())?.clone();
        Ok(Self { path: path.to_owned(), reader, heading })
    }

    /// The number of a column that may be absent.
    pub fn find(&self, name: &str) -> Option<usize> {
        self.heading.iter().position(|text| text.trim_start_matches('\u{feff}') == name)
    }

    /// The number of a column.
    ///
    /// # Errors
    /// When it is absent; `expected` names all columns there should be.
    pub fn column(&self, name: &str, expected: &str) -> Result<usize, Failure> {
        self.find(name).ok_or_else(|| {
            let message = format!("{}: no column {name}; expected {expected}", self.path.display());
            Failure::usage("bad_list", message)
        })
    }

    /// Hands over every row.
    ///
    /// # Errors
    /// When a row cannot be read, or the first that `row` answers.
    pub fn each(&mut self, mut row: impl FnMut(&Row<'_>) -> Result<()>) -> Result<()> {
        for record in self.reader.records() {
            let record = record.with_context(|| self.path.display().to_string())?;
            row(&Row { path: &self.path, record })?;
        }
        Ok(())
    }
}

impl Row<'_> {
    /// The text in a column.
    pub fn get(&self, column: usize) -> &str {
        self.record.get(column).unwrap_or("")
    }

    /// The failure of this row: file, line, reason.
    pub fn wrong(&self, reason: &str) -> Failure {
        let line = self.record.position().map_or(0, csv::Position::line);
        Failure::usage("bad_list", format!("{}:{line}: {reason}", self.path.display()))
    }
}

/// A time on the clock of a stop's feed.
///
/// # Errors
/// With a sentence, when the text is no time, or too far away.
pub fn time(world: &World, stop: StopId, text: &str) -> Result<Time, String> {
    let columns = world.columns();
    let zone = columns.zone_of_feed(columns.feed_of_stop(stop));
    let time = match When::parse(text) {
        Ok(When::Local(local)) => columns.from_local(local, &zone),
        Ok(When::Day(date)) => columns.from_local(date.at(0, 0, 0, 0), &zone),
        Ok(When::Instant(instant)) => columns.from_unix(instant.as_second()),
        Ok(When::Now) | Err(_) => return Err(format!("`{text}` is no local time such as 2026-12-12T10:30:00")),
    };
    time.ok_or_else(|| format!("`{text}` is too far from the days of the timetable"))
}
