//! Structural validation: positions point into their tables, values are what they can be.
//!
//! *Positions* are what code computes addresses from: after [`positions`] no code that indexes by columns can read out of
//! bounds, whatever stands in the others. That is what every opening checks. *Values* are read through accessors that take
//! anything (a text that is none is `U+FFFD`, a day set that is none is empty); they are checked with the checksums, on request.

mod calendar;
mod checks;
mod patterns;
mod tables;
mod values;

use std::thread;
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

/// Checks that columns fit together, positions and values.
///
/// # Errors
/// The first thing found that does not fit.
pub fn validate(columns: &Columns) -> Result<(), Invalid> {
    // Zones are found by their names.
    values::texts(columns)?;
    positions(columns)?;
    values::values(columns)
}

/// Checks what code computes addresses from. Reads each column of positions once or twice, and none of the times and texts.
///
/// # Errors
/// The first thing found that does not fit.
pub(crate) fn positions(columns: &Columns) -> Result<(), Invalid> {
    let sizes = &calendar::span_and_zones(columns)?;
    let run = if columns.trip_id.len() < TRIPS_WORTH_THREADS { in_turn } else { side_by_side };
    run([
        &|| tables::places(columns, sizes),
        &|| tables::trips(columns, sizes),
        &|| tables::changes(columns),
        &|| tables::others(columns),
    ])?;
    // From here on every reference and every offset can be followed.
    run([
        &|| patterns::patterns(columns),
        &|| patterns::alight_nodes(columns),
        &|| patterns::board_nodes(columns),
        &|| tables::hierarchy(columns).and_then(|()| calendar::shifts(columns, sizes)),
    ])?;
    patterns::carriages(columns)
}

/// Timetables with fewer trips are checked in less time than other threads take to help.
const TRIPS_WORTH_THREADS: usize = 500_000;

/// One part of the checks; parts read the same columns and do not wait for each other.
type Part<'p> = &'p (dyn Fn() -> Result<(), Invalid> + Sync);

/// Makes checks one after the other; the first failure counts.
fn in_turn(parts: [Part; 4]) -> Result<(), Invalid> {
    parts.into_iter().try_for_each(|part| part())
}

/// Makes checks in threads of their own; the first failure in their order counts.
fn side_by_side(parts: [Part; 4]) -> Result<(), Invalid> {
    thread::scope(|scope| {
        // A system that starts no more threads is no reason not to check.
        let start = |part| thread::Builder::new().spawn_scoped(scope, part).map_err(|_| part);
        let finish = |started: Result<thread::ScopedJoinHandle<'_, _>, Part>| match started {
            Ok(thread) => thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)),
            Err(part) => part(),
        };
        parts.map(start).map(finish).into_iter().collect()
    })
}

#[cfg(test)]
mod tests {
    use super::{Invalid, checks::rows, in_turn, side_by_side};

    #[test]
    fn threads_find_what_one_finds() {
        let part = |failures: u32, index: u32| {
            move || rows("part", index as usize, if failures >> index & 1 == 1 { 9 } else { index as usize })
        };
        for failures in 0..16 {
            let [one, two, three, four] = [0, 1, 2, 3].map(|index| part(failures, index));
            let found = side_by_side([&one, &two, &three, &four]);
            assert_eq!(found, in_turn([&one, &two, &three, &four]));
            let first = (failures != 0).then(|| failures.trailing_zeros() as usize);
            assert_eq!(found.err(), first.map(|rows| Invalid::Rows { column: "part", rows, expected: 9 }));
        }
    }
}
