//! What feeds record beside their calendars, as far as it bears on the days that are compared: services whose days nobody
//! publishes, suspensions, what changed at border posts.

use jiff::{ToSpan, civil};
use std::collections::BTreeMap;
use tumen_analysis::{Days, Window};
use tumen_base::{Date, StopId};
use tumen_journey::modes::Mode;
use tumen_journey::present::words;
use tumen_journey::world::World;
use tumen_timetable::Row;

/// A sentence with its sources, as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// The sentence.
    pub text: String,
    /// Ids of sources.txt, several separated by `;`.
    pub sources: String,
}

/// A service that is known to run in a window, on days that are not published.
#[derive(Clone, Debug)]
pub struct Unscheduled {
    /// What it is.
    pub record: Record,
    /// Where it leads, if that is known.
    pub ends: Option<(StopId, StopId)>,
}

/// The services of known_services.txt that may run in a window, of some modes or of all where there are none.
pub fn unscheduled(world: &World, window: Window, modes: &[Mode]) -> Vec<Unscheduled> {
    let asked = |word: &str| {
        modes.is_empty() || word.is_empty() || Mode::parse(&word.to_lowercase()).is_ok_and(|mode| modes.contains(&mode))
    };

    let service = |row: Row<'_>| {
        let days = Days::between(bound(row.get("valid_from"), false), bound(row.get("valid_to"), true));
        if !days.overlaps(window.dates()) || !asked(row.get("mode")) {
            return None;
        }
        let stop = |column: &str| world.stop_of_feed(row.feed, row.get(column));
        let mut text = format!("{} {}", row.get("number"), row.get("name")).trim().to_owned();
        if !row.get("days").is_empty() {
            part!(text, ": {}", row.get("days"));
        }
        let record = Record { text, sources: row.get("source_id").to_owned() };
        Some(Unscheduled { record, ends: stop("from_stop_id").zip(stop("to_stop_id")) })
    };
    world.rows("known_services.txt").iter().filter_map(service).collect()
}

/// Suspensions in force on any day of either window.
pub fn suspensions(world: &World, windows: [Window; 2]) -> Vec<Record> {
    let record = |row: Row<'_>| {
        let days = valid(&row);
        let held = windows.map(|window| days.overlaps(window.dates()));
        let when = match held {
            [true, true] => "in both windows",
            [true, false] => "in the first window",
            [false, true] => "in the second window",
            [false, false] => return None,
        };
        let text =
            format!("{} {} {when}: {} ({})", row.get("affects"), row.get("id"), row.get("reason"), told(&row, days));
        Some(Record { text, sources: row.get("source_id").to_owned() })
    };
    world.rows("suspensions.txt").iter().filter_map(record).collect()
}

/// Rules of border posts that held in one window and not in the other; of those that ended, what is dated in their time.
pub fn posts(world: &World, windows: [Window; 2]) -> Vec<Record> {
    let mut rules: BTreeMap<(String, u64), Record> = BTreeMap::new();
    let borders = world.borders();
    for row in world.rows("border_rules.txt").iter() {
        let days = valid(&row);
        let held = windows.map(|window| days.overlaps(window.dates()));
        if held[0] == held[1] || ["freight", "work"].contains(&row.get("purpose")) {
            continue;
        }
        let of = |(_, post): &(_, &tumen_border::Post)| post.feed == row.feed && post.id == row.get("border_post_id");
        let Some((_, post)) = borders.posts().find(of) else { continue };
        let said = if row.get("rule").is_empty() { row.get("note") } else { row.get("rule") };
        let whom =
            if row.get("applies_to").is_empty() { String::new() } else { format!(" ({})", row.get("applies_to")) };
        let mut text = format!("{}: {said}{whom}, {}", post.name, told(&row, days));
        if held[0] {
            let dated = dated(world, &row, days);
            match &dated[..] {
                [] => text.push_str("; nothing of that time is dated"),
                dates => part!(
                    text,
                    "; only {} of that time: {}",
                    words::count(dates.len(), "dated record"),
                    words::list(dates)
                ),
            }
        }
        let record = Record { text, sources: row.get("source_id").to_owned() };
        rules.insert((post.id.clone(), row.line()), record);
    }
    rules.into_values().collect()
}

/// Observations of a rule's post that are of a single day on which the rule held.
fn dated(world: &World, rule: &Row<'_>, days: Days) -> Vec<String> {
    let subject = format!("post:{}", rule.get("border_post_id"));
    let rows = world.rows("observations.txt");
    let of_day = |row: Row<'_>| {
        let date = Date::parse_typed(row.get("period")).ok()?;
        (row.feed == rule.feed && row.get("subject") == subject && days.contains(date))
            .then(|| format!("{} ({}: {} {})", date, row.get("metric"), row.get("value"), row.get("unit")))
    };
    rows.iter().filter_map(of_day).collect()
}

fn valid(row: &Row<'_>) -> Days {
    let date = |column: &str| Date::parse(row.get(column).as_bytes()).ok();
    Days::between(date("valid_from"), date("valid_to"))
}

/// `since 2024-06`, `2024-06-06 to 2024-12-15`, as precisely as the row words it.
fn told(row: &Row<'_>, days: Days) -> String {
    let worded = |column: &str, date: Date, open: Date| match row.get(column) {
        "" if date == open => None,
        "" => Some(date.to_string()),
        text => Some(text.to_owned()),
    };
    let from = worded("valid_from_text", days.first, Days::ALWAYS.first);
    let until = worded("valid_to_text", days.last, Days::ALWAYS.last);
    match (from, until) {
        (Some(from), Some(until)) => format!("{from} to {until}"),
        (Some(from), None) => format!("since {from}, no end given"),
        (None, Some(until)) => format!("until {until}"),
        (None, None) => "no dates given".to_owned(),
    }
}

/// The earliest or latest day that a date of any precision may mean: `2026-03-12`, `2020-08`, `~2020`.
fn bound(text: &str, latest: bool) -> Option<Date> {
    let text = text.trim_start_matches(|letter: char| !letter.is_ascii_digit());
    let mut parts = text.split('-').map(|part| part.trim().parse::<i16>().ok());
    let year = parts.next()??;
    let (month, day) = (parts.next().flatten(), parts.next().flatten());
    let month_first = civil::Date::new(year, month.unwrap_or(1) as i8, 1).ok()?;
    let date = match (month, day, latest) {
        (Some(month), Some(day), _) => civil::Date::new(year, month as i8, day as i8).ok()?,
        (_, _, false) => month_first,
        (Some(_), None, true) => month_first.last_of_month(),
        (None, _, true) => month_first.checked_add(1.year()).ok()?.yesterday().ok()?,
    };
    Some(date.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rough_dates_mean_all_the_days_they_may() {
        let of = |text: &str| [bound(text, false), bound(text, true)].map(|date| date.map(Date::compact));
        let dates = |from: &str, until: &str| [Some(from.to_owned()), Some(until.to_owned())];
        assert_eq!(of("2026-03-12"), dates("20260312", "20260312"));
        assert_eq!(of("2024-02"), dates("20240201", "20240229"));
        assert_eq!(of("~2020"), dates("20200101", "20201231"));
        assert_eq!(of("unknown"), [None, None]);
    }
}
