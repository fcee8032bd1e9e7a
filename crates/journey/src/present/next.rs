//! Dates of departure as a page of text.

use tumen_base::format_duration;

use super::{View, journey, page, suspensions, words};
use crate::itinerary::Itinerary;
use crate::next::{Departures, NextAnswer, Struck};
use crate::removed;
use crate::style::left;

/// What a page of dates shows.
#[derive(Clone, Copy, Debug)]
pub struct NextPage {
    /// Whether every best journey was asked for, not only those with the fewest changes.
    pub any: bool,
    /// Whether sources are named.
    pub sources: bool,
}

/// The page of an answer.
pub fn next(view: &View<'_>, answer: &NextAnswer, options: NextPage) -> String {
    let NextAnswer { answered, parts, struck } = answer;
    let style = view.style;
    let mut text =
        format!("{}, {}\n", style.bold(&format!("{} → {}", answered.from.name, answered.to.name)), answered.asked);
    text.push_str(&page::notes(view, answered));
    for (found, set) in parts.iter().zip(&answered.sets) {
        if found.doubtful {
            line!(text, "\n{}", page::doubts(view, set).trim_end());
        }
        text.push_str(&departures(view, found, options.any, answered.when_none()));
    }
    if !struck.is_empty() {
        line!(text, "\n{}", style.bold("Suspended departures"));
        let row = |departure: &Struck| {
            vec![
                words::moment(&view.local(departure.itinerary.departure, departure.itinerary.ends.0)),
                journey::by(view, &departure.itinerary),
                style.warn(&suspensions::mark(view.world, &departure.suspended)),
            ]
        };
        let headings = [left("Departure"), left("By"), left("")];
        text.push_str(&style.table(2, &headings, struck.iter().map(row).collect()));
    }
    text.push_str(&removed::text(view, &answered.removed));
    text.push_str(&page::sold(view, answered));
    text.push_str(&page::silent(view, answered));
    text.push_str(&page::limits(view, &answered.hiding, answered.horizon));
    text.push_str(&page::notices(view, answered));
    if options.sources {
        text.push_str(&page::sources(view, &answered.sources(view)));
    }
    text
}

/// The departures of a part, with their pattern, or a word for none.
fn departures(view: &View<'_>, found: &Departures, any: bool, none: &str) -> String {
    let style = view.style;
    let mut text = String::new();
    if found.by_date.is_empty() {
        let days = words::count(found.window as usize, "day");
        line!(text, "\n  {}", style.warn(&format!("{none} within {days}.")));
        return text;
    }
    line!(text, "\n{}\n", style.bold(&summary(found, any)));
    let mut rows = Vec::new();
    for journeys in found.by_date.values() {
        for itinerary in journeys.iter().take(if any { usize::MAX } else { 1 }) {
            let more = if any { 0 } else { journeys.len() - 1 };
            let more = if more > 0 { format!(" (and {more} more that day)") } else { String::new() };
            rows.push(vec![
                words::moment(&view.local(itinerary.departure, itinerary.ends.0)),
                words::moment(&view.local(itinerary.arrival, itinerary.ends.1)),
                format_duration(itinerary.duration()),
                itinerary.transfers().to_string(),
                journey::by(view, itinerary) + &more,
            ]);
        }
    }
    let headings = [left("Departure"), left("Arrival"), left("Duration"), left("Changes"), left("By")];
    text.push_str(&style.table(2, &headings, rows));
    let first = found.by_date.values().next().and_then(|journeys| journeys[0].rides().next());
    let night = first.and_then(|ride| words::night_of(&view.local(ride.first().departure, ride.first().stop)));
    if let Some(night) = night {
        line!(text, "\n  {}", style.warn(&format!("The first is boarded {night}.")));
    }
    text
}

/// `Runs on the 12th and 26th of each month, without a change (dates up to 26 Nov 2027).`
fn summary(found: &Departures, any: bool) -> String {
    let fewest = found.by_date.values().flatten().map(Itinerary::transfers).min().unwrap_or(0);
    let changes = match fewest {
        _ if any => "with any number of changes".to_owned(),
        0 => "without a change".to_owned(),
        number => format!("with {}", words::count(number.into(), "change")),
    };
    let last = found.last.map(|date| words::date_without_weekday(date.civil())).unwrap_or_default();
    match &found.pattern {
        Some(pattern) => format!("Runs {pattern}, {changes} (looked through to {last})."),
        None => format!("Leaves on these dates, {changes}."),
    }
}
