//! The extension files: what GTFS cannot say (docs/feed-extension.md).

mod carriages;
mod check;
mod connections;
mod names;
mod schema;
mod tables;

pub use carriages::{Host, ThroughCarriage, through_carriages};
pub(crate) use check::check_extension;
pub use schema::{ColumnSchema, EXTENSION_FILES, FileSchema, Kind, Target, schema};
pub(crate) use tables::read_table;
