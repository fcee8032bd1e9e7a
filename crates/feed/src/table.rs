//! A small CSV file in memory, with the lines its rows came from: the form in which extension files are kept.

use crate::csv::Records;

/// A CSV file: header and rows, no row wider than the header.
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
    /// One value a column, blanks around it removed; what a short row lacks is empty.
    pub values: Vec<String>,
}

impl Table {
    /// Reads a CSV file as leniently as feeds are read; short rows stay short, long ones are cut.
    pub fn parse(content: &[u8]) -> Self {
        let mut records = Records::new(content, content.len() as u64);
        let mut table = Self::default();
        // Memory does not fail to be read, and no row is longer than its file.
        while let Ok(Some(record)) = records.next() {
            if table.columns.is_empty() {
                table.columns = (0..record.len()).map(|index| record.get(index).to_owned()).collect();
            } else {
                let width = record.len().min(table.columns.len());
                let values = (0..width).map(|index| record.get(index).to_owned()).collect();
                table.rows.push(TableRow { line: record.line, values });
            }
        }
        table
    }

    /// The table as CSV; [`Self::parse`] reads it back.
    pub fn to_csv(&self) -> Vec<u8> {
        let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
        let rows = self.rows.iter().map(|row| &row.values);
        let written = std::iter::once(&self.columns).chain(rows).try_for_each(|values| writer.write_record(values));
        written.expect("rows may differ in length and memory takes any number of bytes");
        writer.into_inner().expect("memory is always flushed")
    }

    /// The position of a column.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column == name)
    }

    /// The value of a row in a named column; empty where the column or the value is absent.
    pub fn value<'a>(&self, row: &'a TableRow, column: &str) -> &'a str {
        self.column(column).and_then(|index| row.values.get(index)).map_or("", String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_read_as_a_table() {
        let table = Table::parse(b"\xEF\xBB\xBFid, name\r\n1,\"two\nlines, one value\"\r\n\r\n2\r\n3,c,d\r\n");
        assert_eq!(table.columns, ["id", "name"]);
        let rows: Vec<_> = table.rows.iter().map(|row| (row.line, table.value(row, "name"))).collect();
        assert_eq!(rows, [(2, "two\nlines, one value"), (5, ""), (6, "c")]);
        assert_eq!(Table::parse(b""), Table::default());
        assert_eq!(String::from_utf8_lossy(&table.to_csv()), "id,name\n1,\"two\nlines, one value\"\n2\n3,c\n");
    }
}
