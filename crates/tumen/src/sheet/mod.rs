//! Tables in files: rows written as they come, the format named by the file's ending.

#[cfg(feature = "parquet")]
mod parquet;

use anyhow::{Context as _, Result};
use jiff::tz::Offset;
use jiff::{Timestamp, Zoned};
use std::fs::File;
use std::io::BufWriter;
use std::path::Path;

use tumen_journey::Failure;

/// A value of a row.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cell<'a> {
    /// Nothing is known.
    Empty,
    /// Words.
    Text(&'a str),
    /// A number or a duration in seconds.
    Whole(i32),
    /// Degrees of latitude or longitude.
    Degrees(f64),
    /// A moment and its clock.
    Moment(Moment),
}

/// A moment with the offset of the clock that tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// Seconds of UTC.
    pub unix: i64,
    /// Seconds that the clock is ahead of UTC.
    pub offset: i32,
}

impl Moment {
    /// A local time.
    pub fn of(time: &Zoned) -> Self {
        Self { unix: time.timestamp().as_second(), offset: time.offset().seconds() }
    }
}

impl std::fmt::Display for Moment {
    /// RFC 3339 with the offset.
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let offset = Offset::from_seconds(self.offset).unwrap_or(Offset::UTC);
        let timestamp = Timestamp::from_second(self.unix).unwrap_or(Timestamp::MIN);
        write!(out, "{}", timestamp.display_with_offset(offset))
    }
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// [`Cell::Text`].
    Text,
    /// [`Cell::Whole`].
    Whole,
    /// [`Cell::Degrees`].
    Degrees,
    /// [`Cell::Moment`]: RFC 3339 in CSV; in Parquet an instant, and its offset in a column of its own.
    Moment,
}

/// Name and kind of a column.
pub type Column = (&'static str, Kind);

/// Formats of files, by their ending.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// `.csv`
    Csv,
    /// `.parquet`
    Parquet,
    /// `.geojson`
    GeoJson,
    /// `.json`
    Json,
    /// `.html`
    Html,
    /// `.svg`
    Svg,
    /// `.png`
    Png,
}

impl Format {
    /// The format that a file's ending names, if it is one of `allowed`.
    ///
    /// # Errors
    /// When it is not, or when this program was built without it.
    pub fn of(path: &Path, allowed: &[Self]) -> Result<Self, Failure> {
        let ending = path.extension().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
        let Some(&format) = allowed.iter().find(|format| format.ending() == ending) else {
            let endings: Vec<String> = allowed.iter().map(|format| format!(".{}", format.ending())).collect();
            let message = format!("{}: the ending names the format, expected {}", path.display(), endings.join(", "));
            return Err(Failure::usage("unknown_format", message));
        };
        if format == Self::Parquet && !cfg!(feature = "parquet") {
            let message = format!(
                "{}: this program was built without Parquet; build it with `cargo build --release --features parquet`, or \
                 write .csv",
                path.display()
            );
            return Err(Failure::usage("no_parquet", message));
        }
        if format == Self::Png && !cfg!(feature = "png") {
            let message = format!(
                "{}: this program was built without PNG; build it with `cargo build --release --features png`, or write .svg, \
                 which browsers show and print",
                path.display()
            );
            return Err(Failure::usage("no_png", message));
        }
        Ok(format)
    }

    fn ending(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Parquet => "parquet",
            Self::GeoJson => "geojson",
            Self::Json => "json",
            Self::Html => "html",
            Self::Svg => "svg",
            Self::Png => "png",
        }
    }
}

/// A table that is being written.
pub enum Sheet {
    /// Comma-separated.
    Csv(csv::Writer<BufWriter<File>>),
    /// Apache Parquet.
    #[cfg(feature = "parquet")]
    Parquet(parquet::Writer),
}

impl Sheet {
    /// Creates the file and writes the heading.
    ///
    /// # Errors
    /// When it cannot be written, or the format is none of tables.
    pub fn create(path: &Path, format: Format, columns: &'static [Column]) -> Result<Self> {
        match format {
            Format::Csv => {
                let mut out = csv::Writer::from_writer(create(path)?);
                out.write_record(columns.iter().map(|(name, _)| name))?;
                Ok(Self::Csv(out))
            }
            #[cfg(feature = "parquet")]
            Format::Parquet => Ok(Self::Parquet(parquet::Writer::new(create(path)?, columns)?)),
            _ => Err(Failure::usage("unknown_format", format!("{}: this is no table", path.display())).into()),
        }
    }

    /// Adds a row: a cell for every column.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn row(&mut self, cells: &[Cell<'_>]) -> Result<()> {
        match self {
            Self::Csv(out) => {
                for cell in cells {
                    match cell {
                        Cell::Empty => out.write_field("")?,
                        Cell::Text(text) => out.write_field(text)?,
                        Cell::Whole(number) => out.write_field(number.to_string())?,
                        Cell::Degrees(degrees) => out.write_field(degrees.to_string())?,
                        Cell::Moment(moment) => out.write_field(moment.to_string())?,
                    }
                }
                out.write_record(None::<&[u8]>)?;
            }
            #[cfg(feature = "parquet")]
            Self::Parquet(out) => out.row(cells)?,
        }
        Ok(())
    }

    /// Writes what is left.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn finish(self) -> Result<()> {
        match self {
            Self::Csv(mut out) => Ok(out.flush()?),
            #[cfg(feature = "parquet")]
            Self::Parquet(out) => out.finish(),
        }
    }
}

/// Creates a file.
///
/// # Errors
/// When it cannot be written; the file is named.
pub fn create(path: &Path) -> Result<BufWriter<File>> {
    Ok(BufWriter::new(File::create(path).with_context(|| format!("{} cannot be written", path.display()))?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_tell_the_time_of_their_clock() {
        let zoned: Zoned = "2026-12-18T15:30[Asia/Vladivostok]".parse().expect("a time");
        assert_eq!(Moment::of(&zoned).to_string(), "2026-12-18T15:30:00+10:00");
        assert_eq!(Moment { unix: 0, offset: 0 }.to_string(), "1970-01-01T00:00:00+00:00");
    }

    #[test]
    fn endings_name_formats() {
        let both = [Format::Csv, Format::GeoJson];
        assert_eq!(Format::of(Path::new("a/b.CSV"), &both).expect("fine"), Format::Csv);
        assert_eq!(Format::of(Path::new("b.geojson"), &both).expect("fine"), Format::GeoJson);
        for wrong in ["b.parquet", "b", "b.json", ".csv"] {
            let refused = Format::of(Path::new(wrong), &both).expect_err("refused").to_string();
            assert!(refused.ends_with("expected .csv, .geojson"), "{refused}");
        }
    }
}
