//! One CSV file of a feed: rows by column name, with the complaints that any file can give rise to.

use std::io::{self, Read};

use super::records::{Record, RecordError, Records};
use crate::complaint::Code;
use crate::error::Refusal;
use crate::options::{Limits, Progress, ProgressFn};
use crate::report::{Place, Report};
use crate::table::{Table, TableRow};

const ROWS_BETWEEN_PROGRESS: u64 = 1 << 16;

/// A column by name, and where it stands in the file.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Column {
    pub name: &'static str,
    index: Option<usize>,
}

impl Column {
    /// Whether the file has the column.
    pub(crate) const fn is_present(self) -> bool {
        self.index.is_some()
    }
}

/// A CSV file being read.
pub(crate) struct Sheet<'a> {
    file: &'a str,
    records: Records<Box<dyn Read + 'a>>,
    header: Vec<String>,
    /// Whether anybody asked for the column.
    asked: Vec<bool>,
    rows: u64,
    limits: SheetLimits,
    watch: Watch<'a>,
}

/// The limits that concern a single file.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SheetLimits {
    pub rows: u64,
    /// Which limit `rows` is, for the refusal.
    pub rows_name: &'static str,
    pub bytes: u64,
    pub columns: usize,
    pub row_bytes: u64,
    pub field_bytes: usize,
    pub id_bytes: usize,
}

impl SheetLimits {
    /// Those of any file but the two largest.
    pub(crate) const fn ordinary(limits: &Limits) -> Self {
        Self {
            rows: limits.rows,
            rows_name: "rows",
            bytes: limits.file_bytes,
            columns: limits.columns as usize,
            row_bytes: limits.row_bytes,
            field_bytes: limits.field_bytes as usize,
            id_bytes: limits.id_bytes as usize,
        }
    }
}

/// Whom to tell how far the reading is.
#[derive(Clone, Copy)]
pub(crate) struct Watch<'a> {
    pub progress: Option<&'a ProgressFn>,
    pub feed: &'a str,
    pub total_bytes: u64,
}

/// Columns kept without being understood.
pub(crate) struct ExtraColumns {
    indices: Vec<usize>,
    table: Table,
    rows_allowed: u64,
    overflow: bool,
}

/// How many cells of extension files and unread columns may be kept: the limit `cells`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cells {
    pub left: u64,
    pub allowed: u64,
}

/// Unread columns above the limit `cells`.
#[derive(Debug)]
pub(crate) struct TooManyCells;

impl ExtraColumns {
    /// Keeps the row's values of these columns.
    pub(crate) fn push(&mut self, row: &Row<'_>) {
        self.overflow |= self.table.rows.len() as u64 >= self.rows_allowed;
        if !self.overflow && !self.indices.is_empty() {
            let values = self.indices.iter().map(|index| row.at(*index).to_owned()).collect();
            self.table.rows.push(TableRow { line: row.line(), values });
        }
    }

    /// The table of those columns that some row fills; there may be none.
    pub(crate) fn into_table(mut self) -> Result<Table, TooManyCells> {
        if self.overflow && !self.indices.is_empty() {
            return Err(TooManyCells);
        }
        let table = &mut self.table;
        let filled: Vec<bool> = (0..table.columns.len())
            .map(|column| table.rows.iter().any(|row| !row.values[column].is_empty()))
            .collect();
        let mut columns = filled.iter();
        table.columns.retain(|_| columns.next() == Some(&true));
        for row in &mut table.rows {
            let mut columns = filled.iter();
            row.values.retain(|_| columns.next() == Some(&true));
        }
        Ok(self.table)
    }
}

/// One row of a file.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Row<'a> {
    record: Record<'a>,
    pub file: &'a str,
    pub id_bytes: usize,
    field_bytes: usize,
}

impl<'a> Row<'a> {
    /// The trimmed value of a column; empty where the file or the row does not have it.
    pub(crate) fn get(&self, column: Column) -> &'a str {
        column.index.map_or("", |index| self.at(index))
    }

    /// The trimmed value at a position, cut at the length limit.
    pub(crate) fn at(&self, index: usize) -> &'a str {
        let value = self.record.get(index);
        if value.len() <= self.field_bytes { value } else { &value[..value.floor_char_boundary(self.field_bytes)] }
    }

    /// The line on which the row begins.
    pub(crate) const fn line(&self) -> u64 {
        self.record.line
    }

    /// The place of a value, for complaints.
    pub(crate) const fn place(&self, column: Column) -> Place<'a> {
        Place { file: self.file, line: self.record.line, column: column.name }
    }

    /// The place of the row, for complaints.
    pub(crate) const fn here(&self) -> Place<'a> {
        Place::row(self.file, self.record.line)
    }
}

impl<'a> Sheet<'a> {
    /// Reads the header; `None` where the file has not even one.
    pub(crate) fn open(
        file: &'a str,
        source: Box<dyn Read + 'a>,
        limits: SheetLimits,
        watch: Watch<'a>,
        report: &mut Report,
    ) -> Result<Option<Self>, Refusal> {
        let mut records = Records::new(source, limits.row_bytes);
        let header = match records.next() {
            Ok(None) => return Ok(None),
            Ok(Some(record)) => {
                complain_of_text(&record, file, report);
                (0..record.len()).map(|index| record.get(index).to_ascii_lowercase()).collect::<Vec<_>>()
            }
            Err(error) => return Err(refusal(file, error, limits)),
        };
        if header.len() > limits.columns {
            return Err(Refusal::Limit { file: file.to_owned(), limit: "columns", allowed: limits.columns as u64 });
        }
        for (index, name) in header.iter().enumerate() {
            if !name.is_empty() && header[..index].contains(name) {
                let place = Place { file, line: 1, column: name };
                report.add(Code::DuplicateColumn, place, || {
                    format!("column {} repeats this name; the first counts", index + 1)
                });
            }
        }
        let asked = vec![false; header.len()];
        Ok(Some(Self { file, records, header, asked, rows: 0, limits, watch }))
    }

    /// The columns of these names.
    pub(crate) fn columns<const N: usize>(&mut self, names: [&'static str; N]) -> [Column; N] {
        names.map(|name| {
            let index = self.header.iter().position(|column| column == name);
            if let Some(index) = index {
                self.asked[index] = true;
            }
            Column { name, index }
        })
    }

    /// Whether the file has all these columns; reports those it lacks.
    pub(crate) fn has_all<const N: usize>(&self, columns: [Column; N], report: &mut Report) -> bool {
        for column in columns.iter().filter(|column| !column.is_present()) {
            let place = Place { file: self.file, line: 1, column: column.name };
            report.add(Code::MissingColumn, place, || missing_column(column.name, &self.header));
        }
        columns.iter().all(|column| column.is_present())
    }

    /// The names of all columns.
    pub(crate) fn header(&self) -> &[String] {
        &self.header
    }

    /// The next row that is not blank.
    pub(crate) fn next<'s>(&'s mut self, report: &mut Report) -> Result<Option<Row<'s>>, Refusal> {
        if self.rows.is_multiple_of(ROWS_BETWEEN_PROGRESS) && self.rows > 0 {
            self.tell(false);
        }
        if self.records.bytes_read() > self.limits.bytes {
            let (file, allowed) = (self.file.to_owned(), self.limits.bytes);
            return Err(Refusal::Limit { file, limit: "file_bytes", allowed });
        }
        let record = match self.records.next() {
            Ok(Some(record)) => record,
            Ok(None) => return Ok(None),
            Err(error) => return Err(refusal(self.file, error, self.limits)),
        };
        let (width, file) = (self.header.len(), self.file);
        let refuse = |limit, allowed| Err(Refusal::Limit { file: file.to_owned(), limit, allowed });
        if self.rows >= self.limits.rows {
            return refuse(self.limits.rows_name, self.limits.rows);
        }
        self.rows += 1;
        complain_of_text(&record, self.file, report);
        let place = Place::row(self.file, record.line);
        let found = record.len();
        if found < width {
            report.add(Code::ShortRow, place, || {
                format!("{found} fields where the header has {width}; the rest is empty")
            });
        } else if found > width && (width..found).any(|index| !record.get(index).is_empty()) {
            report.add(Code::LongRow, place, || {
                format!("{found} fields where the header has {width}; the rest was ignored")
            });
        }
        let field_bytes = self.limits.field_bytes;
        if record.longest_above(field_bytes) {
            report.add(Code::FieldTooLong, place, || {
                format!("a field above the limit `field_bytes` of {field_bytes} was cut there")
            });
        }
        Ok(Some(Row { record, file: self.file, id_bytes: self.limits.id_bytes, field_bytes }))
    }

    /// A table for the columns that nobody asked for.
    pub(crate) fn extra_columns(&self, cells_allowed: u64) -> ExtraColumns {
        let unread = (0..self.header.len()).filter(|index| !self.asked[*index] && !self.header[*index].is_empty());
        let indices: Vec<usize> = unread.collect();
        let columns = indices.iter().map(|index| self.header[*index].clone()).collect();
        let rows_allowed = cells_allowed / indices.len().max(1) as u64;
        ExtraColumns { indices, table: Table { columns, rows: Vec::new() }, rows_allowed, overflow: false }
    }

    /// To be called after the last row: tells which columns nobody asked for.
    pub(crate) fn finish(self, report: &mut Report) {
        self.tell(true);
        let unread: Vec<&str> = self
            .header
            .iter()
            .zip(&self.asked)
            .filter(|(name, asked)| !**asked && !name.is_empty())
            .map(|(name, _)| name.as_str())
            .collect();
        if !unread.is_empty() {
            report.add(Code::UnreadColumns, Place::file(self.file), || {
                format!("without meaning to Tumen, no timetable has them: {}", unread.join(", "))
            });
        }
    }

    fn tell(&self, done: bool) {
        if let Some(progress) = self.watch.progress {
            progress(Progress {
                feed: self.watch.feed,
                file: self.file,
                rows: self.rows,
                bytes: self.records.bytes_read(),
                total_bytes: self.watch.total_bytes,
                done,
            });
        }
    }
}

/// Shows what the header has instead: often another delimiter explains it.
pub(crate) fn missing_column(name: &str, header: &[String]) -> String {
    let header = header.join(",");
    format!("the header has no column {name}, but `{}`; the file was ignored", super::short(&header))
}

fn complain_of_text(record: &Record<'_>, file: &str, report: &mut Report) {
    let (flaws, place) = (record.flaws, Place::row(file, record.line));
    if flaws == super::records::Flaws::default() {
        return;
    }
    if flaws.invalid_utf8 {
        report.add(Code::InvalidUtf8, place, || {
            "bytes that are not UTF-8 became U+FFFD; save the file as UTF-8".to_owned()
        });
    }
    if flaws.stray_quote {
        report.add(Code::StrayQuote, place, || {
            "text follows a closing quotation mark; it was joined to the field".to_owned()
        });
    }
    if flaws.unclosed_quote {
        report.add(Code::UnclosedQuote, place, || {
            "nothing closes a quotation mark that opens here; it was read as an ordinary character".to_owned()
        });
    }
}

fn refusal(file: &str, error: RecordError, limits: SheetLimits) -> Refusal {
    match error {
        RecordError::TooLong => Refusal::Limit { file: file.to_owned(), limit: "row_bytes", allowed: limits.row_bytes },
        RecordError::Io(error) => refusal_of_io(file, error),
    }
}

/// The refusal that an archive's reader passed through [`io::Error`], or damage.
pub(crate) fn refusal_of_io(file: &str, error: io::Error) -> Refusal {
    let reason = error.to_string();
    match error.into_inner().and_then(|inner| inner.downcast::<Refusal>().ok()) {
        Some(refusal) => *refusal,
        None => Refusal::Damaged { file: file.to_owned(), reason },
    }
}
