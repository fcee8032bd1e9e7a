//! Feeds compiled to flat columns in one file that opens in milliseconds.

mod columns;
mod section;

pub use columns::{Check, Columns, RULE_DEFAULT, RULE_FORBIDDEN, TimetableData};
pub use section::{Element, Section};
