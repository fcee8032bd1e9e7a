//! The tables that people edit, read with the place of every value at hand.

use anyhow::{Context, Result, anyhow};
use std::path::Path;
use std::str::FromStr;
use tumen_base::DateSpan;

/// A CSV table in memory.
pub struct Table {
    name: String,
    columns: Vec<String>,
    rows: Vec<(u64, Vec<String>)>,
}

/// One row of a [`Table`].
#[derive(Clone, Copy)]
pub struct Row<'a> {
    table: &'a Table,
    line: u64,
    values: &'a [String],
}

impl Table {
    /// Reads `<folder>/<name>.csv`; every row must be as wide as the header.
    pub fn read(folder: &Path, name: &str) -> Result<Self> {
        let path = folder.join(format!("{name}.csv"));
        let text = std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        Self::parse(name, &text)
    }

    /// Reads a table from text.
    pub fn parse(name: &str, text: &str) -> Result<Self> {
        let name = format!("{name}.csv");
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let columns = reader.headers().with_context(|| name.clone())?.iter().map(str::to_owned).collect();
        let mut rows = Vec::new();
        for record in reader.records() {
            let record = record.with_context(|| name.clone())?;
            let line = record.position().map_or(0, csv::Position::line);
            rows.push((line, record.iter().map(|value| value.trim().to_owned()).collect()));
        }
        Ok(Self { name, columns, rows })
    }

    /// The rows in file order.
    pub fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.rows.iter().map(|(line, values)| Row { table: self, line: *line, values })
    }

    /// The column names in file order.
    pub fn columns(&self) -> &[String] {
        &self.columns
    }
}

impl<'a> Row<'a> {
    /// The value of a column, empty where unknown.
    pub fn text(self, column: &str) -> Result<&'a str> {
        let position = self.table.columns.iter().position(|name| name == column);
        let position = position.ok_or_else(|| anyhow!("{}:1: the column `{column}` is missing", self.table.name))?;
        Ok(&self.values[position])
    }

    /// The value of a column that may not be empty.
    pub fn required(self, column: &str) -> Result<&'a str> {
        let value = self.text(column)?;
        if value.is_empty() { Err(self.error(column, "may not be empty")) } else { Ok(value) }
    }

    /// A number, or `None` where the value is empty.
    pub fn number<T: FromStr>(self, column: &str) -> Result<Option<T>> {
        let value = self.text(column)?;
        if value.is_empty() {
            return Ok(None);
        }
        value.parse().map(Some).map_err(|_| self.error(column, &format!("expected a number, found `{value}`")))
    }

    /// The parts of a `;`-separated list; none where the value is empty.
    pub fn list(self, column: &str) -> Result<impl Iterator<Item = &'a str>> {
        Ok(self.text(column)?.split(';').map(str::trim).filter(|part| !part.is_empty()))
    }

    /// A date of some precision, or `None` where the value is empty.
    pub fn dates(self, column: &str) -> Result<Option<DateSpan>> {
        let value = self.text(column)?;
        if value.is_empty() {
            return Ok(None);
        }
        DateSpan::parse(value).map(Some).map_err(|error| self.error(column, &error.to_string()))
    }

    /// What `read` makes of the value; its complaint gets the place of the value.
    pub fn parsed<T>(self, column: &str, read: impl FnOnce(&str) -> Result<T>) -> Result<T> {
        read(self.text(column)?).map_err(|error| self.error(column, &format!("{error:#}")))
    }

    /// A complaint about a value: file, line, column, what is wrong.
    pub fn error(self, column: &str, message: &str) -> anyhow::Error {
        anyhow!("{}:{}: column `{column}`: {message}", self.table.name, self.line)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_complaint_names_file_line_and_column() {
        let table = Table::parse("stations", "station_id,lat\nA,1.5\nB,north\n").expect("a table");
        let row = table.rows().nth(1).expect("a second row");
        let error = row.number::<f64>("lat").expect_err("not a number");
        assert_eq!(error.to_string(), "stations.csv:3: column `lat`: expected a number, found `north`");
        let error = row.text("lon").expect_err("no such column");
        assert_eq!(error.to_string(), "stations.csv:1: the column `lon` is missing");
    }

    #[test]
    fn a_row_of_another_width_is_refused() {
        let error = Table::parse("hosts", "carriage,notes\nMOW_PYG,one train, not two\n").err().expect("a ragged row");
        assert!(format!("{error:#}").contains("line: 2"), "{error:#}");
    }
}
