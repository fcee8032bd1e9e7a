//! A small CSV file in memory, with the lines its rows came from: the form in which extension files are kept.

/// A CSV file: header and rows, every row as wide as the header.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// Column names in file order, trimmed.
    pub columns: Vec<String>,
    /// Rows in file order.
    pub rows: Vec<TableRow>,
}

/// A row of a [`Table`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TableRow {
    /// The line on which the row begins, 1 being the header's.
    pub line: u64,
    /// One value a column, blanks around it removed.
    pub values: Vec<String>,
}

impl Table {
    /// The position of a column.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column == name)
    }

    /// The value of a row in a named column; empty where the column or the value is absent.
    pub fn value<'a>(&self, row: &'a TableRow, column: &str) -> &'a str {
        self.column(column).and_then(|index| row.values.get(index)).map_or("", String::as_str)
    }
}
