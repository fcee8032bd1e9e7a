//! The few questions that validation asks of a column.

use std::fmt::Display;

use super::Invalid;

pub(super) fn rows(column: &'static str, rows: usize, expected: usize) -> Result<(), Invalid> {
    if rows == expected { Ok(()) } else { Err(Invalid::Rows { column, rows, expected }) }
}

/// Refuses a row.
pub(super) fn refuse(column: &'static str, row: usize, value: impl Display, expected: impl Display) -> Invalid {
    Invalid::Value { column, row, value: value.to_string(), expected: expected.to_string() }
}

/// Whether a condition holds for every value. Without early exit, so that the loop is branch-free.
pub(super) fn all_hold<T>(values: impl IntoIterator<Item = T>, holds: impl Fn(T) -> bool) -> bool {
    values.into_iter().fold(true, |all, value| all & holds(value))
}

/// Every row satisfies a condition.
pub(super) fn all<T: Copy + Display>(
    (column, values): (&'static str, &[T]),
    expected: &str,
    holds: impl Fn(T) -> bool,
) -> Result<(), Invalid> {
    if all_hold(values, |&value| holds(value)) {
        return Ok(());
    }
    let row = values.iter().position(|&value| !holds(value)).unwrap_or_default();
    Err(refuse(column, row, values[row], expected))
}

/// Every row names a row of a table with `limit` rows.
pub(super) fn refers(column: (&'static str, &[u32]), limit: usize) -> Result<(), Invalid> {
    let end = u32::try_from(limit).unwrap_or(u32::MAX);
    all(column, &format!("below {limit}"), |value| value < end)
}

/// Every row names a row of a table with `limit` rows, or is absent.
pub(super) fn may_refer(column: (&'static str, &[u32]), limit: usize) -> Result<(), Invalid> {
    let end = u32::try_from(limit).unwrap_or(u32::MAX);
    // "Absent" plus one is zero.
    all(column, &format!("below {limit} or absent"), |value| value.wrapping_add(1) <= end)
}

/// Offsets rise from 0 to the number of entries, one more than there are owners.
pub(super) fn offsets<T: Copy + Ord + Into<u64>>(
    (column, values): (&'static str, &[T]),
    owners: usize,
    entries: usize,
) -> Result<(), Invalid> {
    rows(column, values.len(), owners + 1)?;
    // Side by side rather than in windows, so that many rows are compared at once.
    let rises = all_hold(values[1..].iter().zip(values), |(next, this)| this <= next);
    let (first, last): (u64, u64) = (values[0].into(), values[owners].into());
    if first != 0 {
        return Err(refuse(column, 0, first, 0));
    }
    if last != entries as u64 {
        return Err(refuse(column, owners, last, format!("{entries}, the number of entries")));
    }
    if !rises {
        let row = values.windows(2).position(|pair| pair[0] > pair[1]).unwrap_or_default() + 1;
        return Err(refuse(column, row, values[row].into(), "at or above the row before"));
    }
    Ok(())
}
