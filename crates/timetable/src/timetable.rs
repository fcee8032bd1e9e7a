//! A compiled timetable, whether it was just compiled or opened from a file.

use crate::columns::{Columns, TimetableData};
use crate::validate::{Invalid, validate};

/// A compiled timetable. Its columns are valid: see [`validate`].
#[derive(Debug)]
pub struct Timetable {
    data: Box<TimetableData>,
}

impl Timetable {
    /// Takes columns that the compiler filled.
    ///
    /// # Errors
    /// When the columns do not fit together.
    pub fn from_data(data: TimetableData) -> Result<Self, Invalid> {
        validate(&data.columns())?;
        Ok(Self { data: Box::new(data) })
    }

    /// Borrows every column: cheap, but not free, so callers fetch them once a query.
    pub fn columns(&self) -> Columns<'_> {
        self.data.columns()
    }
}
