//! Reading and writing feeds: GTFS Schedule and Tumen's extension files, from a zip or a folder.
//!
//! Every complaint says file, line and column, what was expected and what was done (docs/feed-extension.md).

mod archive;
mod complaint;
mod csv;
mod error;
mod extension;
mod merge;
mod model;
mod options;
mod read;
mod report;
mod table;
mod write;

pub use complaint::{Code, Complaint, Severity};
pub use error::{FeedError, Refusal};
pub use extension::{
    ColumnSchema, EXTENSION_FILES, FileSchema, Host, Kind, Target, ThroughCarriage, schema, through_carriages,
};
pub use merge::{Unmerged, merge_feeds};
pub use model::{
    Agency, Borrowed, Call, CallDetails, Exception, Feed, FeedInfo, Frequency, KeptFile, Route, Service, Shape, Stop,
    StopKind, Transfer, Translation, Trip, Weekly,
};
pub use options::{FeedSource, Limits, Origin, Progress, ProgressFn, ReadOptions};
pub use read::read_feeds;
pub use report::Report;
pub use table::{Table, TableRow};
pub use write::{feed_to_zip, write_feed};
