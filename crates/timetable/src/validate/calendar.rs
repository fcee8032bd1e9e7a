//! Days: the span, the zones and their bases, day sets, and every place where a day is shifted.

use jiff::tz::TimeZone;
use tumen_base::{DayBits, SECONDS_PER_DAY};

use super::Invalid;
use super::checks::{all, refuse, rows};
use super::tables::column;
use crate::columns::Columns;

/// Longest span: sixty years, so that times fit 32 bits.
const MAX_DAYS: i64 = 60 * 366;
/// Days of the calendar that Tumen knows (years 1 to 9998), since 1970-01-01.
const DATES: std::ops::Range<i64> = -719_162..2_932_532;
/// How far a day's base may lie from the UTC midnight of its date: zones reach 14 hours, a zone that skips a date a day more.
const BASE_LEEWAY: i64 = 2 * SECONDS_PER_DAY as i64;

/// How many there are of what every other table refers to.
pub(super) struct Sizes {
    pub(super) zones: usize,
    pub(super) counted_zones: usize,
    pub(super) days: usize,
}

/// Checks settings, span, zones, bases and day sets.
pub(super) fn span_and_zones(c: &Columns) -> Result<Sizes, Invalid> {
    rows("settings", c.settings.len(), 4)?;
    all(column!(c.settings), "between 0 and 2147483647", |value| (0..=i64::from(i32::MAX)).contains(&value))?;

    rows("span", c.span.len(), 4)?;
    let [epoch, first, days, words] = [c.span[0], c.span[1], c.span[2], c.span[3]];
    if !(1..=MAX_DAYS).contains(&days) {
        return Err(refuse("span", 2, days, format!("a number of days from 1 to {MAX_DAYS}")));
    }
    if !DATES.contains(&first) || !DATES.contains(&(first + days)) {
        return Err(refuse("span", 1, first, "a first day such that all days lie in the years 1 to 9998"));
    }
    let midnight = first * i64::from(SECONDS_PER_DAY);
    if epoch.abs_diff(midnight) > 60 * SECONDS_PER_DAY as u64 {
        return Err(refuse("span", 0, epoch, format!("within 60 days of {midnight}, the first day")));
    }
    let days = days as usize;
    if words != DayBits::words_for(days) as i64 {
        return Err(refuse("span", 3, words, format!("{}, the words that {days} days need", DayBits::words_for(days))));
    }
    day_sets(c, days)?;

    let zones = c.zone_name.len();
    for row in 0..zones {
        let name = c.text(c.zone_name[row]);
        if TimeZone::get(name).is_err() {
            return Err(refuse("zone_name", row, format!("{name:?}"), "a zone of the IANA database that Tumen knows"));
        }
    }
    let counted_zones = c.zone_day_base.len() / days;
    if !c.zone_day_base.len().is_multiple_of(days) || counted_zones > zones {
        rows("zone_day_base", c.zone_day_base.len(), zones * days)?;
    }
    for (row, &base) in c.zone_day_base.iter().enumerate() {
        let date = midnight + (row % days) as i64 * i64::from(SECONDS_PER_DAY);
        if (epoch + i64::from(base)).abs_diff(date) > BASE_LEEWAY as u64 {
            return Err(refuse("zone_day_base", row, base, format!("within two days of {}", date - epoch)));
        }
    }
    Ok(Sizes { zones, counted_zones, days })
}

/// Day sets are whole and hold no day beyond the span.
fn day_sets(c: &Columns, days: usize) -> Result<(), Invalid> {
    let words = c.words();
    let sets = c.day_set_words.len() / words;
    rows("day_set_words", c.day_set_words.len(), sets * words)?;
    let beyond = if days.is_multiple_of(64) { 0 } else { u64::MAX << (days % 64) };
    match c.day_set_words.iter().skip(words - 1).step_by(words).position(|last| last & beyond != 0) {
        None => Ok(()),
        Some(set) => Err(refuse("day_set_words", set * words + words - 1, "a day", format!("below {days}"))),
    }
}

/// Every day that a link or a host shifts stays inside the span.
pub(super) fn shifts(c: &Columns, sizes: &Sizes) -> Result<(), Invalid> {
    let days = sizes.days as i32;
    let sets = c.day_set_words.len() / c.words();
    let on_last_day: Vec<bool> = (0..sets as u32).map(|set| c.day_set(set).contains(days - 1)).collect();
    let leads_out = |(&shift, &set): (&i32, &u32)| {
        shift != 0 && (shift != 1 || on_last_day.get(set as usize).is_some_and(|&last| last))
    };
    for ((name, shift), sets) in [(column!(c.link_shift), c.link_days), (column!(c.link_back_shift), c.link_back_days)]
    {
        if let Some(row) = shift.iter().zip(sets).position(leads_out) {
            return Err(refuse(name, row, shift[row], "0 or 1 and inside the span on all its days"));
        }
    }
    for (way, &trip) in c.way_trip.iter().enumerate() {
        let running = c.day_set(c.trip_days[trip as usize]);
        let ends = running.next_from(0).zip(running.previous_from(days - 1));
        for host in crate::view::entries(c.way_host_offset, way) {
            let shift = c.host_shift[host];
            let inside = |day: i32| day.checked_add(shift).is_some_and(|day| (0..days).contains(&day));
            if ends.is_some_and(|(first, last)| !inside(first) || !inside(last)) {
                return Err(refuse("host_shift", host, shift, "inside the span on all days of the way"));
            }
        }
    }
    Ok(())
}
