//! The state of a network as text.

use tumen_base::{Certainty, Date, StopId};
use tumen_border::words_of_span;

use super::{View, dates, suspensions, words};
use crate::present::page;
use crate::runs::Row;
use crate::status::story::{Story, Told};
use crate::status::{Covered, Known, Running, Service, State, Status, Way};
use crate::style::{Heading, left};

/// More services of one route than this are counted, not listed.
const LISTED: usize = 4;

const HEADINGS: [Heading<'_>; 3] = [left(""), left("State"), left("")];

/// What the state of a network does not say.
const SILENCE: &str = "\"No data\" is not \"closed\": outside the days that the data cover nothing is known.";

/// The page of `status`.
pub fn status(view: &View<'_>, status: &Status, sources: bool) -> String {
    let style = view.style;
    let day = words::date(status.date.civil());
    let mut text = format!("{}\n", style.bold(&format!("State of the network on {day}")));
    let running = |running: &Running| {
        vec![running.name.clone(), running.state.word().to_owned(), of_running(view, running, status.date)]
    };
    let way = |way: &Way| vec![way_name(view, way), way.state.word().to_owned(), of_way(view, status, way)];
    let known = |known: &Known| vec![known_name(view, known), known.state.word().to_owned(), known.words.clone()];
    section(view, &mut text, "Routes", status.routes.iter().map(running));
    section(view, &mut text, "Through carriages", status.carriages.iter().map(running));
    section(view, &mut text, "Border posts", status.posts.iter().map(way));
    section(view, &mut text, "Lines", status.lines.iter().map(way));
    section(view, &mut text, "Known to run; days or times are not published", status.known.iter().map(known));
    let upcoming = view.world.runs().overlay.rows.iter().filter(|row| row.date >= status.date);
    let run = |row: &Row| vec![row.id.clone(), row.date.to_string(), row.words()];
    section(view, &mut text, "Runs added and cancelled, from this day on", upcoming.map(run));
    line!(text, "\n{}", style.dim(SILENCE));
    line!(text, "{}", style.dim(page::NOTICE));
    if sources {
        text.push_str(&page::sources(view, &status.sources(view.world)));
    }
    text
}

fn section(view: &View<'_>, text: &mut String, title: &str, rows: impl Iterator<Item = Vec<String>>) {
    let rows: Vec<Vec<String>> = rows.collect();
    if !rows.is_empty() {
        line!(text, "\n{}", view.style.bold(title));
        text.push_str(&view.style.table(2, &HEADINGS, rows));
    }
}

fn of_running(view: &View<'_>, running: &Running, date: Date) -> String {
    let suspended = |id| suspensions::since(view.world.suspensions().get(id));
    match running.state {
        State::Suspended => running.suspensions.iter().map(|&id| suspended(id)).collect::<Vec<_>>().join("; "),
        State::Runs => {
            let hindered =
                running.hindered.iter().map(|&id| suspensions::sentence(view.world, view.world.suspensions().get(id)));
            std::iter::once(services(running, date)).chain(hindered).collect::<Vec<_>>().join("; ")
        }
        State::Unpublished | State::NoData => data(&running.coverage),
    }
}

/// `645, 646: every Monday, Wednesday and Friday; …`
fn services(running: &Running, date: Date) -> String {
    let upcoming: Vec<&Service> = running.services.iter().filter(|service| !service.days.is_empty()).collect();
    if upcoming.len() > LISTED {
        let today: usize = upcoming.iter().filter(|service| service.runs_on(date)).map(|service| service.trips).sum();
        let all: usize = upcoming.iter().map(|service| service.trips).sum();
        return format!("{}, {today} of them on this day", words::count(all, "trip"));
    }
    let mut parts: Vec<String> = upcoming.iter().map(|service| of_service(running, service)).collect();
    if parts.is_empty() {
        parts.push("no further day in the timetable".to_owned());
    }
    parts.join("; ")
}

fn of_service(running: &Running, service: &Service) -> String {
    let names = match service.names.len() {
        _ if running.route.is_none() => String::new(),
        number if number > LISTED => format!("{}: ", words::count(service.trips, "trip")),
        _ => format!("{}: ", service.names.join(", ")),
    };
    let days = dates::pattern(&service.days).unwrap_or_else(|| {
        let next: Vec<String> =
            service.days.iter().take(2).map(|date| words::date_without_weekday(date.civil())).collect();
        let more = if service.days.len() > 2 { " and later" } else { "" };
        format!("{}{more}", next.join(", "))
    });
    let trust = match service.certainty {
        Certainty::Published => String::new(),
        certainty => format!(" ({certainty})"),
    };
    format!("{names}{days}{trust}")
}

/// `in the timetable from 1 Jan 2019 to 31 Dec 2019`.
fn data(coverage: &[Covered]) -> String {
    coverage.iter().map(covered).collect::<Vec<_>>().join("; ")
}

/// Days that are covered, in words.
pub fn covered(covered: &Covered) -> String {
    let date = |date: Date| words::date_without_weekday(date.civil());
    let what = if covered.state == State::Suspended { "suspended" } else { "in the timetable" };
    match (covered.from, covered.until) {
        (Some(from), Some(until)) if from == until => format!("{what} on {}", date(from)),
        (Some(from), Some(until)) => format!("{what} from {} to {}", date(from), date(until)),
        (Some(from), None) => format!("{what} from {} on", date(from)),
        (None, Some(until)) => format!("{what} until {}", date(until)),
        (None, None) => what.to_owned(),
    }
}

fn of_way(view: &View<'_>, status: &Status, way: &Way) -> String {
    let world = view.world;
    let mut parts: Vec<String> = way
        .suspensions
        .iter()
        .map(|&id| {
            if way.state == State::Suspended {
                suspensions::since(world.suspensions().get(id))
            } else {
                suspensions::sentence(world, world.suspensions().get(id))
            }
        })
        .collect();
    let over = |state| way.routes.iter().map(|&route| &status.routes[route]).filter(move |route| route.state == state);
    let running: Vec<String> = over(State::Runs).map(|route| route.name.clone()).collect();
    if !running.is_empty() && way.state == State::Runs {
        parts.push(words::list(&running));
    }
    for route in over(State::Suspended) {
        let sentences = route.suspensions.iter().map(|&id| suspensions::sentence(world, world.suspensions().get(id)));
        parts.extend(sentences);
    }
    if let Some((reported, as_of)) = &way.reported {
        parts.push(format!("as reported in {as_of}: {reported}"));
    }
    parts.join("; ")
}

fn way_name(view: &View<'_>, way: &Way) -> String {
    let [Some(from), Some(to)] = way.ends else { return way.name.clone() };
    view.pair_in_language(from, to).map_or_else(|| way.name.clone(), |pair| format!("{} [{pair}]", way.name))
}

fn known_name(view: &View<'_>, known: &Known) -> String {
    let [Some(from), Some(to)] = known.ends else { return known.name.clone() };
    view.pair_in_language(from, to).map_or_else(|| known.name.clone(), |pair| format!("{} [{pair}]", known.name))
}

impl View<'_> {
    /// Two stops by their names in the language that was asked for; `None` where none was.
    fn pair_in_language(&self, from: StopId, to: StopId) -> Option<String> {
        self.language.as_ref().map(|_| format!("{}–{}", self.name(from), self.name(to)))
    }
}

/// The page of `status --history`.
pub fn story(view: &View<'_>, story: &Story) -> String {
    let style = view.style;
    let mut text = format!("{}\n", style.bold(&story.of.join("; ")));
    if story.items.is_empty() {
        line!(text, "\n  {}", style.warn("No dated event or suspension is known."));
    } else {
        let several = story.items.iter().any(|item| item.about != story.items[0].about);
        let rows = story.items.iter().map(|item| {
            let what = match item.told {
                Told::Suspension => style.warn(&item.text),
                Told::Event | Told::End => item.text.clone(),
            };
            let mut row = vec![words_of_span(item.date), what];
            if several {
                row.push(item.about.clone());
            }
            row.push(item.sources.replace(';', "; "));
            row
        });
        let mut headings = vec![left("When"), left("What")];
        if several {
            headings.push(left("Where"));
        }
        headings.push(left("Sources"));
        text.push('\n');
        text.push_str(&style.table(2, &headings, rows.collect()));
    }
    if !story.covered.is_empty() {
        line!(text, "\n{}", style.bold("What the timetable covers"));
        let rows = story.covered.iter().map(|running| vec![running.name.clone(), data(&running.coverage)]);
        text.push_str(&style.table(2, &[left(""), left("")], rows.collect()));
    }
    line!(text, "\n{}", style.dim(SILENCE));
    let sources: Vec<String> = story.items.iter().map(|item| item.sources.clone()).collect();
    if !sources.is_empty() {
        text.push_str(&page::sources(view, &sources));
    }
    text
}
