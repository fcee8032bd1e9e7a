//! The pattern of departure dates, in words.

use std::collections::BTreeSet;
use tumen_base::Date;

use super::words;

/// Fewer dates than this make no pattern.
const FEWEST: usize = 3;
/// So many dates may be missing from a pattern and are then named.
const MOST_MISSING: usize = 3;
/// A pattern of fewer dates than this has no exceptions: it is another pattern.
const DATES_FOR_ONE_MISSING: usize = 20;

/// Describes dates that were all found between the first and the last of them: `daily`, `every Monday and Friday`,
/// `on the 12th and 26th of each month`, `every 2nd day`; `None` where no such pattern fits.
pub fn pattern(dates: &BTreeSet<Date>) -> Option<String> {
    let (first, last) = (*dates.first()?, *dates.last()?);
    if dates.len() < FEWEST {
        return None;
    }
    let all: Vec<Date> = (first.0..=last.0).map(Date).collect();
    let weekdays: BTreeSet<u32> = dates.iter().map(|date| date.weekday()).collect();
    let days: BTreeSet<i8> = dates.iter().map(|date| date.civil().day()).collect();
    let fits = |holds: &dyn Fn(Date) -> bool| missing(dates, all.iter().copied().filter(|date| holds(*date)));

    if dates.len() >= 7
        && let Some(except) = fits(&|_| true)
    {
        return Some(format!("daily{except}"));
    }
    // A weekday that occurred once is a coincidence.
    if dates.len() >= 2 * weekdays.len()
        && let Some(except) = fits(&|date| weekdays.contains(&date.weekday()))
    {
        let names: Vec<String> = weekdays.iter().map(|&day| words::weekday(day).to_owned()).collect();
        return Some(format!("every {}{except}", words::list(&names)));
    }
    if days.len() <= 6
        && last.0 - first.0 >= 28
        && let Some(except) = fits(&|date| days.contains(&date.civil().day()))
    {
        let names: Vec<String> = days.iter().map(|&day| words::ordinal(day)).collect();
        return Some(format!("on the {} of each month{except}", words::list(&names)));
    }
    let steps: BTreeSet<i32> = dates.iter().zip(dates.iter().skip(1)).map(|(one, next)| next.0 - one.0).collect();
    match steps.first() {
        Some(step) if steps.len() == 1 => Some(format!("every {} day", words::ordinal(i8::try_from(*step).ok()?))),
        _ => None,
    }
}

/// The words for expected dates that are missing: empty where there are none, `None` where they are too many.
fn missing(dates: &BTreeSet<Date>, expected: impl Iterator<Item = Date>) -> Option<String> {
    let missing: Vec<Date> = expected.filter(|date| !dates.contains(date)).take(MOST_MISSING + 1).collect();
    if missing.is_empty() {
        return Some(String::new());
    }
    if missing.len() > MOST_MISSING || missing.len() * DATES_FOR_ONE_MISSING > dates.len() {
        return None;
    }
    let names: Vec<String> = missing.iter().map(|date| words::date_without_weekday(date.civil())).collect();
    Some(format!(", except {}", words::list(&names)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dates(texts: &[&str]) -> BTreeSet<Date> {
        texts.iter().map(|text| Date::parse_typed(text).expect("a date")).collect()
    }

    fn every(first: &str, days: i32, keep: impl Fn(Date) -> bool) -> BTreeSet<Date> {
        let first = Date::parse_typed(first).expect("a date");
        (0..days).map(|day| first.plus(day)).filter(|date| keep(*date)).collect()
    }

    #[test]
    fn the_car_runs_on_days_of_the_month() {
        let car = every("2026-11-22", 200, |date| [12, 26].contains(&date.civil().day()));
        assert_eq!(pattern(&car).as_deref(), Some("on the 12th and 26th of each month"));
    }

    #[test]
    fn weekdays_and_daily_are_named_with_their_exceptions() {
        let border = every("2026-11-22", 60, |date| [0, 2, 4].contains(&date.weekday()));
        assert_eq!(pattern(&border).as_deref(), Some("every Monday, Wednesday and Friday"));
        let daily = every("2026-11-22", 60, |_| true);
        assert_eq!(pattern(&daily).as_deref(), Some("daily"));
        let gap = Date::parse_typed("2026-12-25").expect("a date");
        let daily = every("2026-11-22", 60, |date| date != gap);
        assert_eq!(pattern(&daily).as_deref(), Some("daily, except 25 Dec 2026"));
    }

    #[test]
    fn what_is_irregular_stays_a_list() {
        assert_eq!(pattern(&dates(&["2026-12-01", "2026-12-05", "2026-12-06", "2027-01-20"])), None);
        assert_eq!(pattern(&dates(&["2026-12-01", "2026-12-08"])), None);
        let second = every("2026-11-22", 31, |date| date.0 % 2 == 0);
        assert_eq!(pattern(&second).as_deref(), Some("every 2nd day"));
    }
}
