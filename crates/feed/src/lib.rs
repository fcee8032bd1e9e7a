//! Reading and writing feeds: GTFS Schedule and Tumen's extension files, from a zip or a folder.
//!
//! Every complaint says file, line and column, what was expected and what was done (docs/feed-extension.md).

mod model;
mod table;

pub use model::{
    Agency, Call, CallDetails, Exception, Feed, FeedInfo, Frequency, KeptFile, Route, Service, Shape, Stop, StopKind,
    Transfer, Translation, Trip, Weekly,
};
pub use table::{Table, TableRow};
