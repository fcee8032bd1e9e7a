//! The extension files: what GTFS cannot say (docs/feed-extension.md).

mod schema;
mod tables;

pub use schema::{ColumnSchema, EXTENSION_FILES, FileSchema, Kind, Target, schema};
pub(crate) use tables::read_table;
