//! Values of a row. What cannot be read is complained of once, here, and replaced as documented.

use std::str::FromStr;
use tumen_base::{Certainty, Date, ServiceTime};

use super::sheet::{Column, Row};
use crate::complaint::Code;
use crate::report::Report;

/// A text as it stands.
pub(crate) fn text(row: &Row<'_>, column: Column) -> String {
    row.get(column).to_owned()
}

/// A required id: `None` (and a complaint) where it is empty or too long.
pub(crate) fn id<'a>(row: &Row<'a>, column: Column, report: &mut Report) -> Option<&'a str> {
    let value = row.get(column);
    if value.is_empty() {
        report.add(Code::MissingValue, row.place(column), || format!("{} is empty; the row was left out", column.name));
        return None;
    }
    if value.len() > row.id_bytes {
        report.add(Code::BadId, row.place(column), || {
            format!("{} bytes, above the limit `id_bytes` of {}; the row was left out", value.len(), row.id_bytes)
        });
        return None;
    }
    Some(value)
}

/// A time of the service day; `None` where absent or unreadable.
pub(crate) fn time(row: &Row<'_>, column: Column, report: &mut Report) -> Option<i32> {
    let value = row.get(column);
    if value.is_empty() {
        return None;
    }
    match ServiceTime::parse(value.as_bytes()) {
        Ok(time) => Some(time.0),
        Err(error) => {
            report.add(Code::BadTime, row.place(column), || format!("`{}`: {error}; treated as absent", short(value)));
            None
        }
    }
}

/// A date; `None` where absent or unreadable.
pub(crate) fn date(row: &Row<'_>, column: Column, report: &mut Report) -> Option<Date> {
    let value = row.get(column);
    if value.is_empty() {
        return None;
    }
    Date::parse(value.as_bytes())
        .inspect_err(|error| report.add(Code::BadDate, row.place(column), || format!("`{}`: {error}", short(value))))
        .ok()
}

/// One of the numbers 0 to `most`; 0 where absent or unreadable.
pub(crate) fn choice(row: &Row<'_>, column: Column, most: u8, report: &mut Report) -> u8 {
    let value = row.get(column);
    match value.as_bytes() {
        [] => 0,
        [digit] if digit.is_ascii_digit() && digit - b'0' <= most => digit - b'0',
        _ => {
            report.add(Code::BadNumber, row.place(column), || {
                format!("`{}` is not one of 0 to {most}; 0 was taken", short(value))
            });
            0
        }
    }
}

/// A number within bounds; `None` where absent, unreadable or out of bounds.
pub(crate) fn number<T>(row: &Row<'_>, column: Column, least: T, most: T, report: &mut Report) -> Option<T>
where
    T: FromStr + PartialOrd + Copy + std::fmt::Display,
{
    let value = row.get(column);
    if value.is_empty() {
        return None;
    }
    let number = value.parse().ok().filter(|number| (least..=most).contains(number));
    if number.is_none() {
        report.add(Code::BadNumber, row.place(column), || {
            format!("`{}` is no number from {least} to {most}; treated as absent", short(value))
        });
    }
    number
}

/// A certainty; published where absent, unknown where unreadable.
pub(crate) fn certainty(row: &Row<'_>, column: Column, report: &mut Report) -> Certainty {
    let value = row.get(column);
    if value.is_empty() {
        return Certainty::Published;
    }
    Certainty::parse(value).unwrap_or_else(|| {
        report.add(Code::BadCertainty, row.place(column), || {
            format!(
                "`{}` is not one of published, derived, estimated, assumed, unknown; unknown was taken",
                short(value)
            )
        });
        Certainty::Unknown
    })
}

/// A value short enough for a message.
pub(crate) fn short(value: &str) -> &str {
    &value[..value.floor_char_boundary(60)]
}
