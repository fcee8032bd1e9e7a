//! A compiled timetable, whether it was just compiled or opened from a file.

use std::fmt;
use std::path::Path;
use std::sync::OnceLock;
use tumen_base::{FeedId, StopId, TripId};

use crate::columns::{Columns, TimetableData};
use crate::file::{self, FileInfo, OpenError, OpenOptions, OpenProblem, TimetableFile, WriteError};
use crate::ids::IdIndex;
use crate::stored_changes::{ReadOnly, StoredChanges};
use crate::validate::{Invalid, positions, validate};

/// A compiled timetable. There is none whose positions were not checked: see [`validate`].
pub struct Timetable {
    store: Store,
    stop_ids: OnceLock<IdIndex>,
    trip_ids: OnceLock<IdIndex>,
}

enum Store {
    Data(Box<TimetableData>),
    File(TimetableFile),
}

impl Timetable {
    /// Takes columns that the compiler filled.
    ///
    /// # Errors
    /// When the columns do not fit together.
    pub fn from_data(data: TimetableData) -> Result<Self, Invalid> {
        validate(&data.columns())?;
        Ok(Self::new(Store::Data(Box::new(data))))
    }

    /// Opens a file and checks it: [`TimetableFile::open`], then [`TimetableFile::check`].
    ///
    /// # Errors
    /// When it cannot be read, is none, was written by a program of another format version, or is damaged.
    pub fn open(path: &Path, options: OpenOptions) -> Result<Self, OpenError> {
        let checked = TimetableFile::open(path, options)?.check();
        checked.map_err(|invalid| OpenError { path: path.to_owned(), problem: invalid.into() })
    }

    /// Opens a file whose bytes are in memory, such as one that is part of the program. They are copied.
    ///
    /// # Errors
    /// As [`Self::open`]; every section is verified.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, OpenProblem> {
        Ok(TimetableFile::from_bytes(bytes)?.check()?)
    }

    /// Takes a file whose columns are to be checked.
    pub(crate) fn from_file(file: TimetableFile) -> Result<Self, Invalid> {
        let columns = file.columns();
        if file.verify() { validate(&columns) } else { positions(&columns) }?;
        Ok(Self::new(Store::File(file)))
    }

    /// Writes the timetable to a file; see [`crate::write`]. Answers its length in bytes.
    ///
    /// # Errors
    /// When the folder cannot be written to or the disk is full; then nothing has changed.
    pub fn write(&self, path: &Path) -> Result<u64, WriteError> {
        file::write(&self.columns(), path)
    }

    /// Stores changes that were worked out for it.
    ///
    /// # Errors
    /// Where the timetable was not just compiled but comes from a file.
    pub fn store_changes(&mut self, changes: StoredChanges) -> Result<(), ReadOnly> {
        match &mut self.store {
            Store::Data(data) => {
                changes.store(data);
                Ok(())
            }
            Store::File(_) => Err(ReadOnly),
        }
    }

    /// Borrows every column: cheap (under a microsecond), but not free, so callers fetch them once a query.
    pub fn columns(&self) -> Columns<'_> {
        match &self.store {
            Store::Data(data) => data.columns(),
            Store::File(file) => file.columns(),
        }
    }

    /// What the header of its file says; `None` for a timetable that was just compiled.
    pub fn file_info(&self) -> Option<&FileInfo> {
        match &self.store {
            Store::Data(_) => None,
            Store::File(file) => Some(file.info()),
        }
    }

    /// Stops with this stop_id, in one feed or in all of them.
    pub fn stops_with_id(&self, feed: Option<FeedId>, id: &str) -> Vec<StopId> {
        let columns = self.columns();
        let index = self.stop_ids.get_or_init(|| IdIndex::new(&columns, columns.stop_id));
        let found = index.find(&columns, columns.stop_id, id).map(StopId);
        found.filter(|&stop| feed.is_none_or(|feed| columns.feed_of_stop(stop) == feed)).collect()
    }

    /// Stops by an id as people write it: a stop_id, or `feed:stop_id` where several feeds share it.
    pub fn stops_with_written_id(&self, written: &str) -> Vec<StopId> {
        self.with_written_id(written, |feed, id| self.stops_with_id(feed, id))
    }

    /// Trips with this trip_id, in one feed or in all of them; each departure of a frequency is one.
    pub fn trips_with_id(&self, feed: Option<FeedId>, id: &str) -> Vec<TripId> {
        let columns = self.columns();
        let index = self.trip_ids.get_or_init(|| IdIndex::new(&columns, columns.trip_id));
        let found = index.find(&columns, columns.trip_id, id).map(TripId);
        found.filter(|&trip| feed.is_none_or(|feed| columns.feed_of_trip(trip) == feed)).collect()
    }

    /// Trips by an id as people write it: a trip_id, or `feed:trip_id` where several feeds share it.
    pub fn trips_with_written_id(&self, written: &str) -> Vec<TripId> {
        self.with_written_id(written, |feed, id| self.trips_with_id(feed, id))
    }

    fn with_written_id<T>(&self, written: &str, with_id: impl Fn(Option<FeedId>, &str) -> Vec<T>) -> Vec<T> {
        let found = with_id(None, written);
        if !found.is_empty() {
            return found;
        }
        let columns = self.columns();
        let named = columns.feeds().filter_map(|feed| {
            let id = written.strip_prefix(columns.text(columns.feed_name[feed.index()]))?.strip_prefix(':')?;
            Some(with_id(Some(feed), id))
        });
        named.flatten().collect()
    }

    fn new(store: Store) -> Self {
        Self { store, stop_ids: OnceLock::new(), trip_ids: OnceLock::new() }
    }
}

impl fmt::Debug for Timetable {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let columns = self.columns();
        out.debug_struct("Timetable")
            .field("file", &self.file_info())
            .field("stops", &columns.stop_id.len())
            .field("trips", &columns.trip_id.len())
            .finish_non_exhaustive()
    }
}
