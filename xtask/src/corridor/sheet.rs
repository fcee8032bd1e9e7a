//! A file of the feed in the making.

use anyhow::Result;
use std::collections::BTreeMap;

/// The files of a feed by name.
pub type Files = BTreeMap<&'static str, String>;

/// A CSV file with `N` columns.
pub struct Sheet<const N: usize> {
    writer: csv::Writer<Vec<u8>>,
}

impl<const N: usize> Sheet<N> {
    /// A file with its header.
    pub fn new(columns: [&str; N]) -> Result<Self> {
        let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::Any(b'\n')).from_writer(Vec::new());
        writer.write_record(columns)?;
        Ok(Self { writer })
    }

    /// Adds a row.
    pub fn push(&mut self, values: [&str; N]) -> Result<()> {
        Ok(self.writer.write_record(values)?)
    }

    /// Adds the file to the feed.
    pub fn finish(self, name: &'static str, files: &mut Files) -> Result<()> {
        let bytes = self.writer.into_inner().map_err(csv::IntoInnerError::into_error)?;
        files.insert(name, String::from_utf8(bytes)?);
        Ok(())
    }
}

/// Joins lists of source ids, each once, in order of appearance.
pub fn join_sources<'a>(lists: impl IntoIterator<Item = &'a str>) -> String {
    let mut all: Vec<&str> = Vec::new();
    for id in lists.into_iter().flat_map(|list| list.split(';')).map(str::trim) {
        if !id.is_empty() && !all.contains(&id) {
            all.push(id);
        }
    }
    all.join(";")
}
