//! A whole answer as text: what to know first, the journeys, what is reported beside them, limits, sources.

use tumen_base::format_duration;
use tumen_routing::Limit;

use super::{View, journey, suspensions, verdicts, words};
use crate::answer::{Answered, Set};
use crate::facts::{Fact, source_ids, source_line};
use crate::removed;
use crate::search::LONGEST_HORIZON;
use crate::style::left;

/// More journeys than this are listed by one line each.
const SHOWN_IN_FULL: usize = 4;

/// The end of every page.
pub const NOTICE: &str = "Check with the carrier before you travel or pay: this is a reading of timetables, not a promise that anything runs.";

/// Said of every journey over a border whose crossing is subject to known rules, or that a traveller asked about.
pub const RESTRICTIONS: &str = "Some operators or payments may be restricted by your country, and your government may advise against travel or restrict your passport: check first.";

/// How much of each journey is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Detail {
    /// A line a journey.
    Brief,
    /// Every stop, unless there are many journeys.
    Usual,
    /// Every stop of every journey.
    Full,
}

/// What is wanted of a page.
#[derive(Clone, Copy, Debug)]
pub struct PageOptions {
    /// How much of each journey.
    pub detail: Detail,
    /// Whether sources are named.
    pub sources: bool,
}

/// The page of `plan`.
pub fn plan(view: &View<'_>, answered: &Answered, options: PageOptions) -> String {
    let style = view.style;
    let mut text =
        format!("{}, {}\n", style.bold(&format!("{} → {}", answered.from.name, answered.to.name)), answered.asked);
    text.push_str(&notes(view, answered));
    let total: usize = answered.sets.iter().map(|set| set.itineraries.len()).sum();
    for set in &answered.sets {
        text.push('\n');
        if set.doubtful {
            text.push_str(&doubts(view, set));
        } else if let Some(label) = &set.label {
            line!(text, "{}", style.bold(&format!("By {label}")));
        }
        let brief = match options.detail {
            Detail::Brief => true,
            Detail::Full => false,
            Detail::Usual => total > SHOWN_IN_FULL,
        };
        text.push_str(&journeys(view, set, brief, answered.when_none()));
    }
    if options.detail == Detail::Usual && total > SHOWN_IN_FULL {
        line!(text, "\n{}", style.dim("--full shows every stop of these journeys."));
    }
    if let Some(hidden) = &answered.hidden {
        line!(
            text,
            "\n{} {} → {}, {}, no change ({}). What is above is quicker; --per-mode or --modes rail shows it in full.",
            style.bold("A through carriage also runs:"),
            words::moment(&view.local(hidden.departure, hidden.ends.0)),
            words::moment(&view.local(hidden.arrival, hidden.ends.1)),
            format_duration(hidden.duration()),
            journey::by(view, hidden),
        );
    }
    text.push_str(&removed::text(view, &answered.removed));
    text.push_str(&answered.joined);
    text.push_str(&reported(view, answered));
    text.push_str(&limits(view, &answered.hiding, answered.horizon));
    text.push_str(&notices(view, answered));
    if options.sources {
        text.push_str(&sources(view, &answered.sources(view)));
    }
    text
}

/// What is assumed or estimated, before anything else.
pub fn notes(view: &View<'_>, answered: &Answered) -> String {
    notes_text(view, &answered.notes())
}

/// Sentences under one heading; empty where there are none.
pub fn notes_text(view: &View<'_>, notes: &[String]) -> String {
    if notes.is_empty() {
        return String::new();
    }
    let mut text =
        format!("\n{}\n", view.style.warn("Not everything here is published (~ estimated, = derived, ? unknown):"));
    for note in notes {
        line!(text, "  - {note}");
    }
    text
}

/// The journeys of a set, or a word for none.
fn journeys(view: &View<'_>, set: &Set, brief: bool, none: &str) -> String {
    if set.itineraries.is_empty() {
        return format!("  {}\n", view.style.warn(&format!("{none}.")));
    }
    let mut text = String::new();
    if brief {
        let rows = set.itineraries.iter().enumerate().map(|(index, itinerary)| {
            vec![
                (index + 1).to_string(),
                words::moment(&view.local(itinerary.departure, itinerary.ends.0)),
                words::moment(&view.local(itinerary.arrival, itinerary.ends.1)),
                format_duration(itinerary.duration()),
                if itinerary.trips == 0 { String::new() } else { itinerary.transfers().to_string() },
                journey::by(view, itinerary),
            ]
        });
        let headings = [left(""), left("Departure"), left("Arrival"), left("Duration"), left("Changes"), left("By")];
        return view.style.table(2, &headings, rows.collect());
    }
    for (index, itinerary) in set.itineraries.iter().enumerate() {
        if index > 0 {
            text.push('\n');
        }
        text.push_str(&journey::full(view, index + 1, itinerary));
    }
    text
}

/// The heading of journeys of which it is not known whether they are allowed, with what is not known.
pub fn doubts(view: &View<'_>, set: &Set) -> String {
    let by = set.label.as_ref().map_or(String::new(), |label| format!(", by {label}"));
    let mut text = format!("{}\n", view.style.warn(&format!("Not known whether you may{by}")));
    for doubt in verdicts::doubts(view, &set.itineraries) {
        line!(text, "  - {doubt}");
    }
    text.push('\n');
    text
}

/// What every page ends with; before it, where borders are crossed that rules are known of, what may restrict a traveller at home.
pub fn notices(view: &View<'_>, answered: &Answered) -> String {
    let mut text = String::new();
    if answered.itineraries().any(|itinerary| verdicts::is_ruled(view, itinerary)) {
        line!(text, "\n{}", view.style.dim(RESTRICTIONS));
    }
    line!(text, "\n{}", view.style.dim(NOTICE));
    text
}

/// Fares, tickets, distances, rules of the borders, services without days, suspensions.
fn reported(view: &View<'_>, answered: &Answered) -> String {
    let mut text = sold(view, answered);
    let facts = &answered.facts;
    section(view, &mut text, "Distances as reported", &facts.distances);
    if !facts.rules.is_empty() {
        line!(text, "\n{}", view.style.bold("Who may cross, as reported"));
        for (post, rules) in &facts.rules {
            line!(text, "  {post}");
            for rule in rules.iter().map(|rule| view.world.border_rules().get(*rule)) {
                let low = if rule.confidence == "low" { "; low confidence" } else { "" };
                line!(text, "    - {} ({}{low})", rule.words(), rule.period());
            }
        }
    }
    text.push_str(&silent(view, answered));
    text
}

/// Fares and how tickets are sold.
pub fn sold(view: &View<'_>, answered: &Answered) -> String {
    let mut text = String::new();
    section(view, &mut text, "Fares as reported (none is a quotation)", &answered.facts.fares);
    section(view, &mut text, "How tickets are sold", &answered.facts.tickets);
    text
}

/// What runs between the ends and cannot be planned, and what does not run.
pub fn silent(view: &View<'_>, answered: &Answered) -> String {
    let mut text = String::new();
    if !answered.known.is_empty() {
        line!(text, "\n{}", view.style.bold("Also runs; days or times are not published, so it cannot be planned"));
        for known in &answered.known {
            line!(text, "  - {}: {}", known.name, known.known);
        }
    }
    text.push_str(&suspensions::section(view, answered));
    text
}

fn section(view: &View<'_>, text: &mut String, title: &str, facts: &[Fact]) {
    if facts.is_empty() {
        return;
    }
    line!(text, "\n{}", view.style.bold(title));
    for fact in facts {
        line!(text, "  - {}", fact.text);
    }
}

/// The limits that were reached, and how to look further.
pub fn limits(view: &View<'_>, limits: &[Limit], horizon: i32) -> String {
    let sentences: Vec<String> = limits.iter().map(|limit| limit_words(view, *limit, horizon)).collect();
    if sentences.is_empty() { String::new() } else { format!("\n{}\n", view.style.dim(&sentences.join("\n"))) }
}

/// A limit in a sentence.
pub fn limit_words(view: &View<'_>, limit: Limit, horizon: i32) -> String {
    let columns = view.columns();
    match limit {
        Limit::Horizon => {
            let length = format_duration(horizon.into());
            if horizon < LONGEST_HORIZON {
                format!("Journeys longer than {length} were not looked for; --horizon allows up to 60 d.")
            } else {
                format!("Journeys longer than {length}, the most that --horizon allows, were not looked for.")
            }
        }
        Limit::TimetableEnd => {
            format!(
                "The timetable covers {} to {}; what runs outside is unknown.",
                columns.first_date(),
                columns.last_date()
            )
        }
        Limit::Cancelled => {
            "The search was stopped before its end, and there may be more: --timeout gives it longer.".to_owned()
        }
    }
}

/// The named sources.
pub fn sources(view: &View<'_>, written: &[String]) -> String {
    let mut text = format!("\n{}\n", view.style.bold("Sources"));
    for id in source_ids(written.iter().map(String::as_str)) {
        line!(text, "  {}", source_line(view.world, id));
    }
    text
}
