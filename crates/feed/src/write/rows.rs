//! CSV rows on their way out; columns that no row fills are left out.

use std::io;

use super::target::Target;
use crate::table::{Table, TableRow};

/// A small file as text.
pub(super) struct Rows {
    header: Vec<String>,
    /// How many columns, from the first, are written even if empty.
    required: usize,
    lines: Vec<Vec<String>>,
}

impl Rows {
    /// A file with these columns, of which the first `required` are always written.
    pub(super) fn new(required: usize, header: &[&str]) -> Self {
        Self { header: header.iter().map(|name| (*name).to_owned()).collect(), required, lines: Vec::new() }
    }

    /// A table as it stands.
    pub(super) fn of_table(table: &Table) -> Self {
        let width = table.columns.len();
        let value = |row: &TableRow, column| row.values.get(column).cloned().unwrap_or_default();
        let line = |row: &TableRow| (0..width).map(|column| value(row, column)).collect();
        let lines = table.rows.iter().map(line).collect();
        Self { header: table.columns.clone(), required: width, lines }
    }

    /// One value a column.
    pub(super) fn push(&mut self, values: impl Into<Vec<String>>) {
        self.lines.push(values.into());
    }

    /// Appends columns that were read without being understood, row by row.
    pub(super) fn extend(mut self, extra: Option<&Table>) -> Self {
        if let Some(extra) = extra.filter(|extra| extra.rows.len() == self.lines.len()) {
            self.header.extend(extra.columns.iter().cloned());
            for (row, more) in self.lines.iter_mut().zip(&extra.rows) {
                row.extend(more.values.iter().cloned());
            }
        }
        self
    }

    pub(super) fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    pub(super) fn write(&self, name: &str, target: &mut dyn Target) -> io::Result<()> {
        let filled = |column: usize| column < self.required || self.lines.iter().any(|row| !row[column].is_empty());
        let columns: Vec<usize> = (0..self.header.len()).filter(|column| filled(*column)).collect();
        let mut writer = csv::Writer::from_writer(target.start(name)?);
        writer.write_record(columns.iter().map(|column| &self.header[*column]))?;
        for row in &self.lines {
            writer.write_record(columns.iter().map(|column| &row[*column]))?;
        }
        writer.flush()
    }
}

/// A number that is left out where it is the default of GTFS.
pub(super) fn unless_zero(number: u8) -> String {
    if number == 0 { String::new() } else { number.to_string() }
}
