//! What to read, within which limits, and whom to tell.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

/// A feed to read.
#[derive(Clone, Debug)]
pub struct FeedSource {
    /// The prefix that tells its ids from other feeds'; may be empty. [`read_feeds`](crate::read_feeds) names
    /// unnamed feeds after their file when several are read together.
    pub name: String,
    /// Where its files are.
    pub origin: Origin,
}

/// Where a feed's files are.
#[derive(Clone, Debug)]
pub enum Origin {
    /// A zip file or a folder.
    Path(PathBuf),
    /// A zip file in memory.
    Zip(Cow<'static, [u8]>),
    /// Files in memory, by name.
    Files(BTreeMap<String, Cow<'static, [u8]>>),
}

impl FeedSource {
    /// Reads `NAME=path` or `path` as given on a command line. What stands before `=` is a name only if it looks like
    /// one (letters, digits, `_`, `-` and `.`), so that paths may contain the sign.
    pub fn parse(text: &str) -> Self {
        match text.split_once('=') {
            Some((name, path)) if is_name(name) => {
                Self { name: name.to_owned(), origin: Origin::Path(PathBuf::from(path)) }
            }
            _ => Self { name: String::new(), origin: Origin::Path(PathBuf::from(text)) },
        }
    }

    /// A feed whose files are in memory, for instance compiled into the program.
    pub fn from_files<N, B>(name: &str, files: impl IntoIterator<Item = (N, B)>) -> Self
    where
        N: Into<String>,
        B: Into<Cow<'static, [u8]>>,
    {
        let files = files.into_iter().map(|(file, bytes)| (file.into(), bytes.into())).collect();
        Self { name: name.to_owned(), origin: Origin::Files(files) }
    }

    /// A feed whose zip file is in memory.
    pub fn from_zip(name: &str, bytes: impl Into<Cow<'static, [u8]>>) -> Self {
        Self { name: name.to_owned(), origin: Origin::Zip(bytes.into()) }
    }
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-.".contains(&byte))
}

/// How to read.
#[derive(Clone, Default)]
pub struct ReadOptions {
    /// The zone (IANA name) of feeds that name no usable one; else another feed's zone is taken.
    pub zone: Option<String>,
    /// Sizes beyond which a feed is refused.
    pub limits: Limits,
    /// Leaves shapes.txt unread.
    pub skip_shapes: bool,
    /// Called now and then while reading.
    pub progress: Option<ProgressFn>,
}

/// Whom to tell how far the reading is.
pub type ProgressFn = Arc<dyn Fn(Progress<'_>) + Send + Sync>;

impl fmt::Debug for ReadOptions {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("ReadOptions")
            .field("zone", &self.zone)
            .field("limits", &self.limits)
            .field("skip_shapes", &self.skip_shapes)
            .field("progress", &self.progress.is_some())
            .finish()
    }
}

/// How far the reading of a file is.
#[derive(Clone, Copy, Debug)]
pub struct Progress<'a> {
    /// The feed's name.
    pub feed: &'a str,
    /// The file being read.
    pub file: &'a str,
    /// Rows read so far.
    pub rows: u64,
    /// Uncompressed bytes read so far.
    pub bytes: u64,
    /// Uncompressed size of the file as the archive states it: for display only.
    pub total_bytes: u64,
    /// The file has been read to its end.
    pub done: bool,
}

/// Sizes beyond which a feed is refused, each named in the refusal. The defaults admit every national feed known to
/// us with room to spare; whoever needs more raises them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Files in one archive or folder.
    pub files: u64,
    /// Bytes of all files of a feed together, uncompressed.
    pub total_bytes: u64,
    /// Uncompressed bytes for each byte of the archive (beyond the first 32 MiB).
    pub compression_ratio: u64,
    /// Bytes of any file but stop_times.txt and shapes.txt, uncompressed.
    pub file_bytes: u64,
    /// Columns of a file.
    pub columns: u64,
    /// Cells of extension files and of columns that Tumen does not read; beyond, such columns are not kept and reported.
    pub cells: u64,
    /// Bytes of one row.
    pub row_bytes: u64,
    /// Bytes of one field; longer ones are cut and reported.
    pub field_bytes: u64,
    /// Bytes of one id; rows with longer ones are left out and reported.
    pub id_bytes: u64,
    /// Rows of any file but stop_times.txt and shapes.txt.
    pub rows: u64,
    /// Rows of stop_times.txt.
    pub calls: u64,
    /// Rows of shapes.txt.
    pub shape_points: u64,
    /// Departures that frequencies.txt stands for.
    pub frequency_departures: u64,
    /// Bytes of files kept as they are; files beyond are reported and not kept.
    pub kept_bytes: u64,
    /// Complaints of one code and feed that are kept in full; the others are counted.
    pub complaints_per_code: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            files: 1000,
            total_bytes: 16 << 30,
            compression_ratio: 100,
            file_bytes: 4 << 30,
            columns: 1000,
            cells: 20_000_000,
            row_bytes: 1 << 20,
            field_bytes: 1 << 16,
            id_bytes: 512,
            rows: 20_000_000,
            calls: 300_000_000,
            shape_points: 100_000_000,
            frequency_departures: 20_000_000,
            kept_bytes: 64 << 20,
            complaints_per_code: 100,
        }
    }
}
