//! Rows of the files that feeds keep beside the timetable.

use tumen_base::FeedId;
use tumen_feed::{Table, TableRow};

use super::kept::KeptError;
use crate::columns::Columns;

/// Rows of one file name, of every feed that has it.
#[derive(Clone, Debug, Default)]
pub struct Rows {
    tables: Vec<(FeedId, Table)>,
}

/// One row.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    /// The feed it comes from.
    pub feed: FeedId,
    table: &'a Table,
    values: &'a TableRow,
}

impl Rows {
    /// Reads the kept file of this name of every feed that has it.
    ///
    /// # Errors
    /// When one is damaged.
    pub fn read(columns: &Columns<'_>, name: &str) -> Result<Self, KeptError> {
        let mut tables = Vec::new();
        for feed in columns.feeds() {
            tables.extend(columns.kept_table(feed, name)?.map(|table| (feed, table)));
        }
        Ok(Self { tables })
    }

    /// Every row.
    pub fn iter(&self) -> impl Iterator<Item = Row<'_>> {
        self.tables
            .iter()
            .flat_map(|(feed, table)| table.rows.iter().map(|row| Row { feed: *feed, table, values: row }))
    }

    /// Adds a row that no kept file has, of columns and their values.
    pub fn add(&mut self, feed: FeedId, values: &[(&str, &str)]) {
        let (columns, values) =
            values.iter().map(|(column, value)| ((*column).to_owned(), (*value).to_owned())).unzip();
        self.tables.push((feed, Table { columns, rows: vec![TableRow { line: 0, values }] }));
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.iter().next().is_none()
    }
}

impl<'a> Row<'a> {
    /// The value in a named column; empty where column or value is absent.
    pub fn get(&self, column: &str) -> &'a str {
        self.table.value(self.values, column)
    }

    /// The line on which it begins, 1 being the header's.
    pub fn line(&self) -> u64 {
        self.values.line
    }

    /// The values that a column separates by `;`.
    pub fn list(&self, column: &str) -> impl Iterator<Item = &'a str> + use<'a> {
        self.get(column).split(';').map(str::trim).filter(|value| !value.is_empty())
    }
}
