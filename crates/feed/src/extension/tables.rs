//! Extension files as tables.

use crate::complaint::Code;
use crate::csv::{Cells, Sheet, missing_column};
use crate::error::Refusal;
use crate::extension::FileSchema;
use crate::report::{Place, Report};
use crate::table::{Table, TableRow};

/// Reads every row and column; rows that lack a required value are left out.
pub(crate) fn read_table(
    sheet: &mut Sheet<'_>,
    schema: &FileSchema,
    cells: &mut Cells,
    report: &mut Report,
) -> Result<Table, Refusal> {
    let mut table = Table { columns: sheet.header().to_vec(), rows: Vec::new() };
    let mut required = Vec::new();
    for column in schema.columns.iter().filter(|column| column.required) {
        match table.column(column.name) {
            Some(index) => required.push((index, column.name)),
            None => report.add(Code::MissingColumn, Place { file: schema.file, line: 1, column: column.name }, || {
                missing_column(column.name, sheet.header())
            }),
        }
    }
    let usable = required.len() == schema.columns.iter().filter(|column| column.required).count();
    while let Some(row) = sheet.next(report)? {
        let missing = required.iter().find(|(index, _)| row.at(*index).is_empty());
        if let Some((_, column)) = missing {
            let place = Place { file: schema.file, line: row.line(), column };
            report.add(Code::MissingValue, place, || format!("{column} is empty; the row was left out"));
        } else if usable {
            if (table.rows.len() as u64 + 1) * table.columns.len() as u64 > cells.left {
                return Err(Refusal::Limit { file: schema.file.to_owned(), limit: "cells", allowed: cells.allowed });
            }
            let values = (0..table.columns.len()).map(|index| row.at(index).to_owned()).collect();
            table.rows.push(TableRow { line: row.line(), values });
        }
    }
    cells.left -= table.rows.len() as u64 * table.columns.len() as u64;
    Ok(table)
}
