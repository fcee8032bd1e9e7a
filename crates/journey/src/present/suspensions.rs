//! Suspensions in words.

use tumen_base::format_duration;
use tumen_border::{Period, Suspension, SuspensionId, words_of_span};

use super::{View, journey, words};
use crate::answer::Answered;
use crate::runs::Marks;
use crate::world::World;

/// `K3/K4 Beijing–Ulaanbaatar–Moscow: suspended since January 2020, day not known, until: no date given: …`
pub fn sentence(world: &World, suspension: &Suspension) -> String {
    if let Some(day) = cancelled(suspension) {
        return format!("{}: {day}: {}", world.affected_name(&suspension.affected), suspension.reason);
    }
    format!("{}: suspended {}", world.affected_name(&suspension.affected), since(suspension))
}

/// `since 5 Feb 2020, until: no date given: the reason`.
pub fn since(suspension: &Suspension) -> String {
    format!("{}: {}", period(&suspension.period), suspension.reason)
}

/// `since February 2020, day not known, until 5 Jun 2024`; `until: no date given` while it lasts.
pub fn period(period: &Period) -> String {
    let since =
        period.since.map_or("since: no date given".to_owned(), |since| format!("since {}", words_of_span(since)));
    let until =
        period.until.map_or("until: no date given".to_owned(), |until| format!("until {}", words_of_span(until)));
    format!("{since}, {until}")
}

/// `suspended: the reason, since 5 Feb 2020, until: no date given (W_VOSTOK)`: beside a run that does not run.
pub fn mark(world: &World, ids: &[SuspensionId]) -> String {
    let mark = |id: &SuspensionId| {
        let suspension = world.suspensions().get(*id);
        if let Some(day) = cancelled(suspension) {
            return format!("{day}: {}{}", suspension.reason, sources(suspension));
        }
        format!("suspended: {}, {}{}", suspension.reason, period(&suspension.period), sources(suspension))
    };
    ids.iter().map(mark).collect::<Vec<_>>().join("; ")
}

/// `cancelled on 14 Dec 2026`, where a single run is.
fn cancelled(suspension: &Suspension) -> Option<String> {
    let day = suspension.period.since.filter(|_| Marks::is_cancelled(suspension))?;
    Some(format!("cancelled on {}", words_of_span(day)))
}

fn sources(suspension: &Suspension) -> String {
    match suspension.sources.as_str() {
        "" => String::new(),
        sources => format!(" ({})", sources.replace(';', "; ")),
    }
}

/// What is suspended between the ends of a question, and the next journey that there is.
pub fn section(view: &View<'_>, answered: &Answered) -> String {
    let mut text = String::new();
    if answered.suspended.is_empty() {
        return text;
    }
    line!(text, "\n{}", view.style.bold("Suspended"));
    for id in &answered.suspended {
        let suspension = view.world.suspensions().get(*id);
        line!(text, "  - {}{}", sentence(view.world, suspension), sources(suspension));
    }
    if let Some(next) = &answered.next {
        line!(
            text,
            "  {} {} → {}, {}, by {}.",
            view.style.bold("The next departure that is possible:"),
            words::moment(&view.local(next.departure, next.ends.0)),
            words::moment(&view.local(next.arrival, next.ends.1)),
            format_duration(next.duration()),
            journey::by(view, next),
        );
    }
    text
}
