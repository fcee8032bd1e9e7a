//! Splits a stream of bytes into CSV records, lenient as feeds need it and with bounded memory.
//!
//! Beyond RFC 4180: a byte order mark is dropped, lines may end in LF or CRLF, blanks around fields (also around
//! quotation marks) are dropped, blank lines are skipped, bytes that are not UTF-8 become U+FFFD, and a quotation mark
//! that nothing closes stands for itself, so that it costs one line and not the rest of the file.

use memchr::{memchr, memchr_iter, memchr2};
use std::io::{self, Read};

const CHUNK: usize = 256 << 10;

/// A stream of records.
pub(crate) struct Records<R> {
    source: R,
    buffer: Vec<u8>,
    /// Where the next record begins in `buffer`.
    start: usize,
    /// The source has no more bytes.
    ended: bool,
    /// The line on which the next record begins.
    line: u64,
    bytes_read: u64,
    row_bytes: usize,
    fields: Vec<Field>,
    patched: String,
}

/// Where a field lies in its record.
#[derive(Clone, Copy, Debug)]
struct Field {
    start: u32,
    end: u32,
    /// Contains its own quotation marks, which are still to be removed.
    quoted: bool,
}

/// What was wrong with the text of a record.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Flaws {
    pub invalid_utf8: bool,
    pub stray_quote: bool,
    pub unclosed_quote: bool,
}

/// One record, its fields trimmed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Record<'a> {
    text: &'a str,
    fields: &'a [Field],
    pub line: u64,
    pub flaws: Flaws,
}

/// Why there is no next record.
#[derive(Debug)]
pub(crate) enum RecordError {
    Io(io::Error),
    /// A row above the limit.
    TooLong,
}

impl<'a> Record<'a> {
    pub(crate) const fn len(&self) -> usize {
        self.fields.len()
    }

    /// The field at a position; empty where the record is too short.
    pub(crate) fn get(&self, index: usize) -> &'a str {
        self.fields.get(index).map_or("", |field| &self.text[field.start as usize..field.end as usize])
    }

    /// Whether any field is longer than so many bytes.
    pub(crate) fn longest_above(&self, bytes: usize) -> bool {
        self.text.len() > bytes && self.fields.iter().any(|field| (field.end - field.start) as usize > bytes)
    }
}

/// The outcome of looking for the end of a record.
enum Scan {
    /// `end` is past the last field, `next` where the next record begins.
    Found {
        end: usize,
        next: usize,
        stray_quote: bool,
    },
    Unfinished,
    Unclosed,
}

/// The outcome of looking for the end of a field: its extent, and the byte that ends it.
enum FieldScan {
    Found { field: Field, end: usize, stray_quote: bool },
    Unfinished,
    Unclosed,
}

impl<R: Read> Records<R> {
    /// Reads records of at most `row_bytes` each.
    pub(crate) fn new(source: R, row_bytes: u64) -> Self {
        Self {
            source,
            buffer: Vec::new(),
            start: 0,
            ended: false,
            line: 1,
            bytes_read: 0,
            row_bytes: row_bytes as usize,
            fields: Vec::new(),
            patched: String::new(),
        }
    }

    /// Uncompressed bytes taken from the source so far.
    pub(crate) const fn bytes_read(&self) -> u64 {
        self.bytes_read
    }

    /// The next record that is not blank.
    pub(crate) fn next(&mut self) -> Result<Option<Record<'_>>, RecordError> {
        loop {
            if self.start == self.buffer.len() && !self.fill()? {
                return Ok(None);
            }
            let (end, next, flaws) = self.find_record()?;
            let begin = self.start;
            let line = self.line;
            self.line += memchr_iter(b'\n', &self.buffer[begin..next]).count() as u64;
            self.start = next;
            if matches!(self.fields[..], [Field { start, end, .. }] if start == end) {
                continue;
            }
            return Ok(Some(self.record(begin..end, line, flaws)));
        }
    }

    /// Extends the buffer until it holds a whole record; its fields are in `self.fields`.
    fn find_record(&mut self) -> Result<(usize, usize, Flaws), RecordError> {
        let mut flaws = Flaws::default();
        loop {
            match self.scan(!flaws.unclosed_quote) {
                Scan::Found { end, next, stray_quote } if end - self.start <= self.row_bytes => {
                    flaws.stray_quote = stray_quote;
                    return Ok((end, next, flaws));
                }
                Scan::Unfinished if self.buffer.len() - self.start <= self.row_bytes => {
                    self.fill()?;
                }
                Scan::Unfinished | Scan::Found { .. } if flaws.unclosed_quote => return Err(RecordError::TooLong),
                _ => flaws.unclosed_quote = true,
            }
        }
    }

    /// Looks for the end of the record at `self.start` and notes its fields.
    fn scan(&mut self, quotes: bool) -> Scan {
        self.fields.clear();
        let bytes = &self.buffer[self.start..];
        let mut at = 0;
        let mut any_stray = false;
        loop {
            match scan_field(bytes, at, quotes, self.ended) {
                FieldScan::Found { field, end, stray_quote } => {
                    self.fields.push(field);
                    any_stray |= stray_quote;
                    if bytes.get(end) == Some(&b',') {
                        at = end + 1;
                    } else {
                        let next = bytes.len().min(end + 1);
                        let found = (self.start + end, self.start + next);
                        return Scan::Found { end: found.0, next: found.1, stray_quote: any_stray };
                    }
                }
                FieldScan::Unfinished => return Scan::Unfinished,
                FieldScan::Unclosed => return Scan::Unclosed,
            }
        }
    }

    /// Removes quotation marks and makes the record text.
    fn record(&mut self, range: std::ops::Range<usize>, line: u64, mut flaws: Flaws) -> Record<'_> {
        let bytes = &mut self.buffer[range];
        for field in self.fields.iter_mut().filter(|field| field.quoted) {
            let content = &mut bytes[field.start as usize..field.end as usize];
            field.end = field.start + unquote(content) as u32;
        }
        if std::str::from_utf8(bytes).is_err() {
            flaws.invalid_utf8 = true;
            self.patched.clear();
            for field in &mut self.fields {
                let start = self.patched.len() as u32;
                self.patched.push_str(&String::from_utf8_lossy(&bytes[field.start as usize..field.end as usize]));
                *field = Field { start, end: self.patched.len() as u32, quoted: false };
            }
            return Record { text: &self.patched, fields: &self.fields, line, flaws };
        }
        let text = std::str::from_utf8(bytes).unwrap_or_default();
        Record { text, fields: &self.fields, line, flaws }
    }

    /// Reads more bytes; whether there were any.
    fn fill(&mut self) -> Result<bool, RecordError> {
        if self.ended {
            return Ok(false);
        }
        self.buffer.drain(..self.start);
        self.start = 0;
        let filled = self.buffer.len();
        self.buffer.resize(filled + CHUNK, 0);
        let mut read = 0;
        // At least three bytes at the start, to see a byte order mark whole.
        while read < 3 {
            match self.source.read(&mut self.buffer[filled + read..]) {
                Ok(0) => {
                    self.ended = true;
                    break;
                }
                Ok(count) => read += count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(RecordError::Io(error)),
            }
        }
        self.buffer.truncate(filled + read);
        if self.bytes_read == 0 && self.buffer.starts_with(b"\xEF\xBB\xBF") {
            self.start = 3;
        }
        self.bytes_read += read as u64;
        Ok(self.start < self.buffer.len() || !self.ended && self.fill()?)
    }
}

/// Finds the field that begins at `at`.
fn scan_field(bytes: &[u8], at: usize, quotes: bool, ended: bool) -> FieldScan {
    let first = skip_blanks(bytes, at);
    if quotes && bytes.get(first) == Some(&b'"') {
        return scan_quoted(bytes, first, ended);
    }
    match end_of_unquoted(bytes, first, ended) {
        Some(end) => {
            let content = bytes[first..end].trim_ascii_end().len();
            let field = Field { start: first as u32, end: (first + content) as u32, quoted: false };
            FieldScan::Found { field, end, stray_quote: false }
        }
        None => FieldScan::Unfinished,
    }
}

/// Finds the end of a field whose opening quotation mark is at `first`.
fn scan_quoted(bytes: &[u8], first: usize, ended: bool) -> FieldScan {
    let mut from = first + 1;
    let mut doubled = false;
    let close = loop {
        let Some(found) = memchr(b'"', &bytes[from..]) else {
            return if ended { FieldScan::Unclosed } else { FieldScan::Unfinished };
        };
        let mark = from + found;
        match bytes.get(mark + 1) {
            Some(b'"') => {
                doubled = true;
                from = mark + 2;
            }
            None if !ended => return FieldScan::Unfinished,
            _ => break mark,
        }
    };
    let after = skip_blanks(bytes, close + 1);
    match bytes.get(after) {
        None if !ended => FieldScan::Unfinished,
        None | Some(b',' | b'\n') => {
            let field = if doubled {
                Field { start: first as u32, end: close as u32 + 1, quoted: true }
            } else {
                let content = bytes[first + 1..close].trim_ascii_start();
                let start = close - content.len();
                Field { start: start as u32, end: (start + content.trim_ascii_end().len()) as u32, quoted: false }
            };
            FieldScan::Found { field, end: after, stray_quote: false }
        }
        Some(_) => match end_of_unquoted(bytes, after, ended) {
            Some(end) => {
                let content = bytes[first..end].trim_ascii_end().len();
                let field = Field { start: first as u32, end: (first + content) as u32, quoted: true };
                FieldScan::Found { field, end, stray_quote: true }
            }
            None => FieldScan::Unfinished,
        },
    }
}

/// The position of the comma or newline at or after `from`, or of the end of the text.
fn end_of_unquoted(bytes: &[u8], from: usize, ended: bool) -> Option<usize> {
    match memchr2(b',', b'\n', &bytes[from..]) {
        Some(found) => Some(from + found),
        None => ended.then_some(bytes.len()),
    }
}

/// Carriage returns count as blanks: before a newline they end the line, elsewhere they mean nothing.
fn skip_blanks(bytes: &[u8], mut at: usize) -> usize {
    while matches!(bytes.get(at), Some(b' ' | b'\t' | b'\r')) {
        at += 1;
    }
    at
}

/// Removes the outer quotation marks and halves the doubled ones in place, trims, blanks out the rest; the new length.
fn unquote(content: &mut [u8]) -> usize {
    let mut to = 0;
    let mut from = 1;
    let mut inside = true;
    while from < content.len() {
        let byte = content[from];
        from += 1;
        if inside && byte == b'"' {
            if content.get(from) == Some(&b'"') {
                from += 1;
            } else {
                inside = false;
                continue;
            }
        }
        content[to] = byte;
        to += 1;
    }
    let lead = to - content[..to].trim_ascii_start().len();
    content.copy_within(lead..to, 0);
    let length = content[..to - lead].trim_ascii_end().len();
    content[length..].fill(b' ');
    length
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A source that gives a few bytes at a time, so that every boundary is crossed.
    struct Trickle<'a>(&'a [u8], usize);

    impl Read for Trickle<'_> {
        fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
            let count = self.1.min(self.0.len()).min(out.len());
            out[..count].copy_from_slice(&self.0[..count]);
            self.0 = &self.0[count..];
            Ok(count)
        }
    }

    fn rows(bytes: &[u8]) -> Vec<(u64, Vec<String>, Flaws)> {
        let read = |step| {
            let mut records = Records::new(Trickle(bytes, step), 100);
            let mut rows = Vec::new();
            while let Some(record) = records.next().expect("records") {
                let fields = (0..record.len()).map(|index| record.get(index).to_owned()).collect();
                rows.push((record.line, fields, record.flaws));
            }
            rows
        };
        let whole = read(usize::MAX);
        for step in 1..8 {
            assert_eq!(read(step), whole, "the same in steps of {step}");
        }
        whole
    }

    fn texts(bytes: &[u8]) -> Vec<Vec<String>> {
        rows(bytes).into_iter().map(|(_, fields, _)| fields).collect()
    }

    #[test]
    fn byte_order_mark_crlf_and_blank_lines_leave_no_trace() {
        let text = b"\xEF\xBB\xBFa,b\r\n1,2\r\n\r\n\n3,4";
        let lines: Vec<u64> = rows(text).iter().map(|row| row.0).collect();
        assert_eq!(texts(text), [["a", "b"], ["1", "2"], ["3", "4"]]);
        assert_eq!(lines, [1, 2, 5]);
    }

    #[test]
    fn quoted_fields_hold_commas_newlines_and_quotes() {
        let text = b"\"a,1\", \" b\"\"b\"\" \" ,\"two\nlines\"\nx,y,z\n";
        assert_eq!(texts(text), [["a,1", "b\"b\"", "two\nlines"], ["x", "y", "z"]]);
        assert_eq!(rows(text)[1].0, 3);
    }

    #[test]
    fn padding_is_no_part_of_a_field() {
        assert_eq!(texts(b" a ,\tb,c  \r\n"), [["a", "b", "c"]]);
        assert_eq!(texts(b",\n"), [["", ""]]);
    }

    #[test]
    fn a_mark_that_nothing_closes_costs_one_line() {
        let found = rows(b"1,\"open\n2,b\n3,c\n");
        assert!(found[0].2.unclosed_quote);
        assert_eq!(texts(b"1,\"open\n2,b\n"), [["1", "\"open"], ["2", "b"]]);
        let long = format!("1,\"open\n{}", "2,b\n".repeat(100));
        assert_eq!(rows(long.as_bytes()).len(), 101, "also where the text beyond exceeds the row limit");
    }

    #[test]
    fn text_after_a_closing_mark_is_joined() {
        let found = rows(b"\"a\"b,c\n");
        assert_eq!(found[0].1, ["ab", "c"]);
        assert!(found[0].2.stray_quote);
        assert_eq!(texts(b"a \"b\" c,d\n"), [["a \"b\" c", "d"]]);
    }

    #[test]
    fn bytes_that_are_no_utf8_are_replaced() {
        let found = rows(b"K\xF6ln,\"\xFF\"\"\",ok\n");
        assert_eq!(found[0].1, ["K\u{FFFD}ln", "\u{FFFD}\"", "ok"]);
        assert!(found[0].2.invalid_utf8);
    }

    #[test]
    fn a_row_above_the_limit_is_refused() {
        let text = "x".repeat(CHUNK * 2);
        let mut records = Records::new(text.as_bytes(), 100);
        assert!(matches!(records.next(), Err(RecordError::TooLong)));
    }

    #[test]
    fn ordinary_text_reads_as_the_csv_crate_reads_it() {
        use proptest::prelude::*;
        let field = prop_oneof!["[a-z0-9:é\u{4e00}]{0,6}", "[a-z]{1,2}[,\"\n]{1,3}[a-z]{1,2}"];
        let row = proptest::collection::vec(field, 3);
        proptest!(ProptestConfig::with_cases(300), |(table in proptest::collection::vec(row, 1..20))| {
            let mut writer = csv::Writer::from_writer(Vec::new());
            for row in &table {
                writer.write_record(row).expect("memory");
            }
            let bytes = writer.into_inner().expect("memory");
            prop_assert_eq!(texts(&bytes), table);
        });
    }
}
