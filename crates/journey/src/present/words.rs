//! Small words: numbers, lists, days and clocks.

use jiff::{Zoned, civil};
use tumen_base::{Date, format_duration};

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// `1st`, `2nd`, `3rd`, `11th`.
pub fn ordinal(number: i8) -> String {
    let ending = match (number % 100, number % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}

/// `a`, `a and b`, `a, b and c`.
pub fn list(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// The noun with its number: `1 change`, `2 changes`.
pub fn count(number: usize, noun: &str) -> String {
    let ending = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{ending}")
}

/// The weekday's name; Monday is 0.
pub fn weekday(number: u32) -> &'static str {
    WEEKDAYS[number as usize % 7]
}

/// `Sat 12 Dec 2026`.
pub fn date(date: civil::Date) -> String {
    format!("{} {}", &weekday(Date::from(date).weekday())[..3], date_without_weekday(date))
}

/// `12 Dec 2026`.
pub fn date_without_weekday(date: civil::Date) -> String {
    format!("{} {} {}", date.day(), MONTHS[(date.month() as usize - 1) % 12], date.year())
}

/// `12 Dec`.
pub fn day_and_month(date: civil::Date) -> String {
    format!("{} {}", date.day(), MONTHS[(date.month() as usize - 1) % 12])
}

/// `Sat 12 Dec`.
pub fn short_date(date: civil::Date) -> String {
    format!("{} {}", &weekday(Date::from(date).weekday())[..3], day_and_month(date))
}

/// `00:35`, with seconds only where there are any.
pub fn clock(time: &Zoned) -> String {
    match time.second() {
        0 => format!("{:02}:{:02}", time.hour(), time.minute()),
        seconds => format!("{:02}:{:02}:{seconds:02}", time.hour(), time.minute()),
    }
}

/// `UTC+3`, `UTC+8:30`, `UTC-5`.
pub fn zone_mark(time: &Zoned) -> String {
    let seconds = time.offset().seconds();
    let sign = if seconds < 0 { '-' } else { '+' };
    let (hours, minutes) = (seconds.abs() / 3600, seconds.abs() / 60 % 60);
    if minutes == 0 { format!("UTC{sign}{hours}") } else { format!("UTC{sign}{hours}:{minutes:02}") }
}

/// `Sat 12 Dec 2026 00:35 (UTC+3)`.
pub fn moment(time: &Zoned) -> String {
    format!("{} {} ({})", date(time.date()), clock(time), zone_mark(time))
}

/// How the clock is set between two zones: `clock forward 1 h`, `clock back 30 min`; `None` where they agree.
pub fn clock_change(before: &Zoned, after: &Zoned) -> Option<String> {
    let change = after.offset().seconds() - before.offset().seconds();
    match change {
        0 => None,
        1.. => Some(format!("clock forward {}", format_duration(i64::from(change)))),
        _ => Some(format!("clock back {}", format_duration(i64::from(-change)))),
    }
}

/// A departure so early that people would go to bed on the day before: `board in the night of the 11th to the 12th`.
pub fn night_of(time: &Zoned) -> Option<String> {
    let before = time.date().yesterday().ok()?;
    let night = (0..4).contains(&time.hour());
    night.then(|| format!("in the night of the {} to the {}", ordinal(before.day()), ordinal(time.day())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Zoned {
        text.parse().expect("a time with its zone")
    }

    #[test]
    fn clocks_carry_their_zone() {
        let khasan = at("2026-12-18T15:30[Asia/Vladivostok]");
        let tumangang = at("2026-12-18T14:47[Asia/Pyongyang]");
        assert_eq!(moment(&khasan), "Fri 18 Dec 2026 15:30 (UTC+10)");
        assert_eq!(clock_change(&khasan, &tumangang).as_deref(), Some("clock back 1 h"));
        assert_eq!(clock_change(&tumangang, &tumangang), None);
        assert_eq!(zone_mark(&at("2016-01-01T00:00[Asia/Pyongyang]")), "UTC+8:30");
        assert_eq!(zone_mark(&at("2026-01-01T00:00[America/Chicago]")), "UTC-6");
    }

    #[test]
    fn nights_are_named_by_both_their_days() {
        let rossiya = at("2026-12-12T00:35[Europe/Moscow]");
        assert_eq!(night_of(&rossiya).as_deref(), Some("in the night of the 11th to the 12th"));
        assert_eq!(night_of(&at("2026-12-12T04:00[Europe/Moscow]")), None);
        assert_eq!(
            night_of(&at("2026-03-01T03:59[Europe/Moscow]")).as_deref(),
            Some("in the night of the 28th to the 1st")
        );
    }

    #[test]
    fn ordinals_and_lists_read_as_english() {
        let words: Vec<String> = [1, 2, 3, 4, 11, 12, 13, 21, 22, 23, 31].into_iter().map(ordinal).collect();
        assert_eq!(list(&words), "1st, 2nd, 3rd, 4th, 11th, 12th, 13th, 21st, 22nd, 23rd and 31st");
        assert_eq!(count(1, "change"), "1 change");
        assert_eq!(count(0, "change"), "0 changes");
    }
}
