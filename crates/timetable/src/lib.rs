//! Feeds compiled to flat columns in one file that opens in milliseconds.

pub mod compile;
pub mod export;

mod columns;
mod file;
mod ids;
mod section;
mod stored_changes;
mod timetable;
mod validate;
mod view;
mod walks;

pub use columns::{Check, Columns, RULE_DEFAULT, RULE_FORBIDDEN, TimetableData};
pub use file::{
    FORMAT_VERSION, FileInfo, OpenError, OpenOptions, OpenProblem, TimetableFile, WriteError, encode, write,
    zone_data_version,
};
pub use section::{Element, Section};
pub use stored_changes::{ReadOnly, StoredChanges};
pub use timetable::Timetable;
pub use tumen_base::metres_between;
pub use validate::{Invalid, validate};
pub use view::{CarriageId, Host, KEPT_LIMIT, KeptError, Link, Row, Rows, StopNames, WayId, entries};
pub use walks::{TooManyWalks, Walks, walks_within};
