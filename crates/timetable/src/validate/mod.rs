//! Structural validation: every index and every offset in every column points into its table.
//!
//! After it no code that indexes by verified columns can read out of bounds, whatever the columns hold that are verified on
//! request only ([`crate::Check::OnRequest`]); those hold values, never positions. It reads each verified column about once.

mod calendar;
mod checks;
mod patterns;
mod tables;

use thiserror::Error;

use crate::columns::Columns;

/// Why columns are no timetable.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Invalid {
    /// A column has another number of rows than its table.
    #[error("column {column} has {rows} rows instead of {expected}")]
    Rows {
        /// Name of the column.
        column: &'static str,
        /// Its length.
        rows: usize,
        /// The length of its table.
        expected: usize,
    },
    /// A reference or a value is not what the column may hold.
    #[error("column {column}, row {row}: {value} is not {expected}")]
    Value {
        /// Name of the column.
        column: &'static str,
        /// Row, counted from 0.
        row: usize,
        /// What stands there.
        value: String,
        /// What may stand there.
        expected: String,
    },
}

/// Checks that columns fit together.
///
/// # Errors
/// The first thing found that does not fit.
pub fn validate(columns: &Columns) -> Result<(), Invalid> {
    let sizes = calendar::span_and_zones(columns)?;
    tables::relations(columns, &sizes)?;
    tables::hierarchy(columns)?;
    patterns::patterns(columns)?;
    patterns::nodes(columns)?;
    calendar::shifts(columns, &sizes)?;
    patterns::carriages(columns)
}
