//! CSV as feeds write it: records from a stream, rows by column name, values with complaints.

mod records;
mod sheet;
mod values;

pub(crate) use records::Records;
pub(crate) use sheet::{
    Cells, Column, ExtraColumns, Row, Sheet, SheetLimits, TooManyCells, Watch, missing_column, refusal_of_io,
};
pub(crate) use values::{certainty, choice, date, id, number, short, text, time};
