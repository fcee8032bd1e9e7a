//! Files in which a comparison is written while it is made.

use anyhow::{Context as _, Result};
use serde_json::{Value, json};
use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};
use tumen_analysis::{Pair, Relation, Standing};
use tumen_compare::{Basis, Report, change_words};
use tumen_journey::Failure;

use crate::sheet::{self, Cell, Column, Format, Kind, Sheet};

const COLUMNS: &[Column] = &[
    ("from_id", Kind::Text),
    ("from", Kind::Text),
    ("to_id", Kind::Text),
    ("to", Kind::Text),
    ("relation", Kind::Text),
    ("time", Kind::Text),
    ("frequency", Kind::Text),
    ("departures_before", Kind::Whole),
    ("departures_after", Kind::Whole),
    ("fastest_before_s", Kind::Whole),
    ("fastest_after_s", Kind::Whole),
    ("silent_line", Kind::Text),
];

/// One file.
enum Sink {
    Csv(Box<Sheet>),
    Json { out: BufWriter<File>, first: bool },
    Html,
}

/// All files that were asked for.
pub struct Sinks {
    files: Vec<(PathBuf, Format, Option<Sink>)>,
}

impl Sinks {
    /// Looks at the endings, before any work is done.
    ///
    /// # Errors
    /// When an ending names none of the formats.
    pub fn check(paths: &[PathBuf]) -> Result<Self, Failure> {
        let formats = [Format::Html, Format::Json, Format::Csv];
        let file = |path: &PathBuf| Ok((path.clone(), Format::of(path, &formats)?, None));
        Ok(Self { files: paths.iter().map(file).collect::<Result<_, Failure>>()? })
    }

    /// Creates the files.
    ///
    /// # Errors
    /// When one cannot be written.
    pub fn begin(&mut self, basis: &Basis<'_>) -> Result<()> {
        for (path, format, sink) in &mut self.files {
            *sink = Some(match format {
                Format::Csv => Sink::Csv(Box::new(Sheet::create(path, Format::Csv, COLUMNS)?)),
                Format::Json => {
                    let mut out = sheet::create(path)?;
                    write!(out, "{{\"asked\":{},\"pairs\":[", Value::Object(basis.json()))?;
                    Sink::Json { out, first: true }
                }
                _ => Sink::Html,
            });
        }
        Ok(())
    }

    /// Writes a pair that has a journey in either window.
    ///
    /// # Errors
    /// When a file cannot be written.
    pub fn pair(&mut self, basis: &Basis<'_>, pair: Pair) -> Result<()> {
        if matches!(pair.relation(), Relation::Unconnected | Relation::NoData | Relation::OnFoot) {
            return Ok(());
        }
        for (_, _, sink) in &mut self.files {
            match sink {
                Some(Sink::Csv(sheet)) => row(sheet, basis, pair)?,
                Some(Sink::Json { out, first }) => {
                    write!(out, "{}\n{}", if *first { "" } else { "," }, basis.pair_json(pair))?;
                    *first = false;
                }
                Some(Sink::Html) | None => {}
            }
        }
        Ok(())
    }

    /// Writes what is told at the end; answers the files.
    ///
    /// # Errors
    /// When one cannot be written.
    pub fn finish(self, report: &Report<'_>) -> Result<Vec<PathBuf>> {
        let mut paths = Vec::new();
        for (path, _, sink) in self.files {
            match sink {
                Some(Sink::Csv(sheet)) => sheet.finish()?,
                Some(Sink::Json { mut out, .. }) => {
                    writeln!(out, "\n],\"found\":{}}}", json!(report.summary()))?;
                    out.flush()?;
                }
                Some(Sink::Html) => write_page(&path, report)?,
                None => {}
            }
            paths.push(path);
        }
        Ok(paths)
    }
}

fn write_page(path: &Path, report: &Report<'_>) -> Result<()> {
    std::fs::write(path, tumen_compare::html(report)).with_context(|| format!("{} cannot be written", path.display()))
}

fn row(sheet: &mut Sheet, basis: &Basis<'_>, pair: Pair) -> Result<()> {
    let named = basis.named(pair);
    let relation = pair.relation();
    let words = change_words(relation).map(|word| if word.is_empty() { Cell::Empty } else { Cell::Text(word) });
    let departures = [pair.before, pair.after].map(|standing| match standing {
        Standing::Ride(ride) => Cell::Whole(ride.departures as i32),
        Standing::Unconnected => Cell::Whole(0),
        Standing::NoData | Standing::OnFoot => Cell::Empty,
    });
    let fastest =
        [pair.before, pair.after].map(|standing| standing.ride().map_or(Cell::Empty, |ride| Cell::Whole(ride.fastest)));
    sheet.row(&[
        Cell::Text(&named.from.id),
        Cell::Text(&named.from.name),
        Cell::Text(&named.to.id),
        Cell::Text(&named.to.name),
        Cell::Text(relation.word()),
        words[0],
        words[1],
        departures[0],
        departures[1],
        fastest[0],
        fastest[1],
        match pair.silent {
            [false, false] => Cell::Empty,
            [true, false] => Cell::Text("before"),
            [false, true] => Cell::Text("after"),
            [true, true] => Cell::Text("both"),
        },
    ])
}
