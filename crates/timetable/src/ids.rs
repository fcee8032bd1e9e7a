//! Finding rows by the ids of their feeds.

use xxhash_rust::xxh3::xxh3_64;

use crate::columns::Columns;

/// Rows of a table in the order of the hashes of their ids.
pub(crate) struct IdIndex(Vec<(u64, u32)>);

impl IdIndex {
    /// Indexes a column of texts.
    pub(crate) fn new(columns: &Columns, ids: &[u32]) -> Self {
        let mut rows: Vec<(u64, u32)> =
            ids.iter().map(|&id| xxh3_64(columns.text_bytes(id).unwrap_or_default())).zip(0..).collect();
        rows.sort_unstable();
        Self(rows)
    }

    /// The rows with this id, in the order of their table.
    pub(crate) fn find(&self, columns: &Columns, ids: &[u32], id: &str) -> impl Iterator<Item = u32> {
        let hash = xxh3_64(id.as_bytes());
        let first = self.0.partition_point(|&(other, _)| other < hash);
        let same = self.0[first..].iter().take_while(move |&&(other, _)| other == hash);
        same.map(|&(_, row)| row).filter(move |&row| columns.text_bytes(ids[row as usize]) == Some(id.as_bytes()))
    }
}
