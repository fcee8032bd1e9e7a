//! Files of feeds that are kept as they are: extension files, translations, fares, files that nobody knows.

use flate2::read::ZlibDecoder;
use std::io::{self, Read};
use thiserror::Error;
use tumen_base::FeedId;
use tumen_feed::Table;

use crate::columns::Columns;

/// No kept file is larger once inflated: readers of feeds keep less, and a hostile file could ask for any amount.
pub const KEPT_LIMIT: u64 = 256 << 20;

/// A kept file that cannot be read.
#[derive(Debug, Error)]
pub enum KeptError {
    /// Its bytes are damaged.
    #[error("{file} cannot be inflated ({cause}); check the timetable with `tumen info --verify`")]
    Damaged {
        /// Name of the file.
        file: String,
        /// Why.
        cause: io::Error,
    },
    /// It has another length than the timetable says, or is above [`KEPT_LIMIT`].
    #[error("{file} should have {expected} bytes once inflated, at most {KEPT_LIMIT}, and has another number")]
    Length {
        /// Name of the file.
        file: String,
        /// The length that the timetable says.
        expected: u64,
    },
}

impl<'a> Columns<'a> {
    /// The kept files: feed and name of each.
    pub fn kept_files(&self) -> impl Iterator<Item = (FeedId, &'a str)> + use<'_, 'a> {
        self.kept_feed.iter().zip(self.kept_name).map(|(&feed, &name)| (FeedId(feed), self.text(name)))
    }

    /// A kept file, inflated; `None` where the feed has none of this name.
    ///
    /// # Errors
    /// When its bytes are damaged.
    pub fn kept_file(&self, feed: FeedId, name: &str) -> Result<Option<Vec<u8>>, KeptError> {
        let Some(row) = self.kept_files().position(|file| file == (feed, name)) else { return Ok(None) };
        let expected = self.kept_length[row];
        let compressed = &self.kept_bytes[self.kept_offset[row] as usize..self.kept_offset[row + 1] as usize];
        let mut content = Vec::new();
        // One byte more than there may be shows that there are more.
        let limit = expected.min(KEPT_LIMIT) + 1;
        match ZlibDecoder::new(compressed).take(limit).read_to_end(&mut content) {
            Err(cause) => Err(KeptError::Damaged { file: name.to_owned(), cause }),
            Ok(_) if content.len() as u64 != expected => Err(KeptError::Length { file: name.to_owned(), expected }),
            Ok(_) => Ok(Some(content)),
        }
    }

    /// A kept file as a table, such as `places.txt`; `None` where the feed has none of this name.
    ///
    /// # Errors
    /// When its bytes are damaged.
    pub fn kept_table(&self, feed: FeedId, name: &str) -> Result<Option<Table>, KeptError> {
        Ok(self.kept_file(feed, name)?.map(|content| Table::parse(&content)))
    }
}
