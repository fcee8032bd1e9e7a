//! `tumen next`: when the journeys with the fewest boardings leave.

use anyhow::Result;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use tumen_base::{Date, SECONDS_PER_DAY, Time, format_duration};
use tumen_routing::{Answer, Engine, Router};

use super::Context;
use crate::answer::{Answered, Set};
use crate::args::NextArgs;
use crate::clock::{self, DayEnd};
use crate::exit::Exit;
use crate::itinerary::Itinerary;
use crate::present::{View, dates, journey, page, words};
use crate::reach::fewest_boardings;
use crate::search::{self, Ask, Search};
use crate::terminal::left;
use crate::when::When;
use crate::world::World;
use crate::{motis, names, terminal, trust};

/// Windows in days that are looked through until enough dates are found.
const WINDOWS: [i32; 5] = [2, 16, 64, 183, 366];

/// A pattern of dates is told from no less than so many days …
const PATTERN_DAYS: i32 = 28;
/// … unless something leaves on each of so many.
const DAILY_DAYS: i32 = 14;

/// Finds departure dates and prints them.
///
/// # Errors
/// When a name cannot be resolved or the timetable cannot be used.
pub fn run(context: &Context, args: &NextArgs) -> Result<Exit> {
    let world = World::open(args.search.timetable.timetable.as_deref())?;
    let view = View::new(&world, context.style, args.show.language.as_deref());
    let columns = world.columns();
    let footwork = search::footwork(&columns, args.search.walk);
    let from = names::resolve(&world, &args.from, footwork)?;
    let to = names::resolve(&world, &args.to, footwork)?;
    let search = Search::of(&world, from, to, &args.search)?;
    let stop = search.from.first_stop();
    let time = clock::resolve(&columns, args.start.unwrap_or(When::Now), context.global.now, stop, DayEnd::First)?;
    let settings = search::settings(&columns, args.search.walk, args.search.change_time);
    let network = search::network(&columns, settings)?;
    let mut router = Router::new(&network);
    let wanted = usize::from(args.count);

    let mut looked = Looked { window: 0, answer: empty() };
    if args.any {
        looked = look(&mut router, &view, &search, time, wanted)?;
    } else {
        let most = search.max_trips;
        let mut fewest = fewest_boardings(&columns, &search.from, &search.to).unwrap_or(most + 1).max(1);
        while fewest <= most && looked.answer.journeys.is_empty() {
            let confined = Search { max_trips: fewest, ..search.clone() };
            looked = look(&mut router, &view, &confined, time, wanted)?;
            fewest += 1;
        }
    }
    let itineraries: Vec<Itinerary> =
        looked.answer.journeys.iter().map(|journey| view.itinerary(journey, &search)).collect();
    let found = Departures::of(&view, &itineraries, looked.window, wanted);

    let shown: Vec<Itinerary> = found.by_date.values().flatten().copied().cloned().collect();
    let asked = format!("from {}", words::moment(&view.local(time, stop)));
    let mut answered = Answered {
        sets: vec![Set { label: None, mode: None, itineraries: shown }],
        limits: looked.answer.limits.clone(),
        horizon: search.horizon,
        engine: looked.answer.engine,
        ..Answered::new(search.from, search.to, asked, time)
    };
    answered.complete(&view);
    if context.global.json {
        terminal::print_json(&json(&view, &answered, &found))?;
    } else {
        terminal::print(&text(&view, &answered, &found, args))?;
    }
    Ok(if answered.found() { Exit::Found } else { Exit::Nothing })
}

/// What was found in the last window that was looked through.
struct Looked {
    window: i32,
    answer: Answer,
}

fn empty() -> Answer {
    Answer { journeys: Vec::new(), limits: Vec::new(), engine: Engine::Rounds }
}

/// Looks through ever longer windows until so many departure dates are found.
fn look(router: &mut Router<'_, '_>, view: &View<'_>, search: &Search, time: Time, wanted: usize) -> Result<Looked> {
    let columns = view.columns();
    let mut looked = Looked { window: 0, answer: empty() };
    for days in WINDOWS {
        let window = days * SECONDS_PER_DAY;
        let answer = search::ask(router, &columns, search, Ask::Window(time, window))?;
        let stop = search.from.first_stop();
        let dates: BTreeSet<Date> =
            answer.journeys.iter().map(|journey| view.local(journey.departure, stop).date().into()).collect();
        looked = Looked { window: days, answer };
        let daily = days >= DAILY_DAYS && dates.len() >= days as usize;
        if dates.len() >= wanted && (daily || days >= PATTERN_DAYS) {
            break;
        }
    }
    Ok(looked)
}

/// Journeys by local date of departure.
struct Departures<'a> {
    by_date: BTreeMap<Date, Vec<&'a Itinerary>>,
    pattern: Option<String>,
    last: Option<Date>,
    window: i32,
}

impl<'a> Departures<'a> {
    fn of(view: &View<'_>, itineraries: &'a [Itinerary], window: i32, wanted: usize) -> Self {
        let mut by_date: BTreeMap<Date, Vec<&Itinerary>> = BTreeMap::new();
        for itinerary in itineraries {
            let date = view.local(itinerary.departure, itinerary.ends.0).date();
            by_date.entry(date.into()).or_default().push(itinerary);
        }
        let all: BTreeSet<Date> = by_date.keys().copied().collect();
        let pattern = dates::pattern(&all);
        if let Some(after) = all.iter().nth(wanted) {
            by_date.split_off(after);
        }
        Self { by_date, pattern, last: all.last().copied(), window }
    }
}

fn text(view: &View<'_>, answered: &Answered, found: &Departures<'_>, args: &NextArgs) -> String {
    let style = view.style;
    let mut text =
        format!("{}, {}\n", style.bold(&format!("{} → {}", answered.from.name, answered.to.name)), answered.asked);
    if found.by_date.is_empty() {
        let days = words::count(found.window as usize, "day");
        line!(text, "\n  {}", style.warn(&format!("No journey leaves within {days}.")));
    } else {
        text.push_str(&page::notes(view, answered));
        line!(text, "\n{}\n", style.bold(&summary(answered, found, args)));
        let mut rows = Vec::new();
        for journeys in found.by_date.values() {
            for itinerary in journeys.iter().take(if args.any { usize::MAX } else { 1 }) {
                let more = if args.any { 0 } else { journeys.len() - 1 };
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
        let nights = found.by_date.values().filter_map(|journeys| {
            let ride = journeys[0].rides().next()?;
            words::night_of(&view.local(ride.first().departure, ride.first().stop))
        });
        if let Some(night) = nights.into_iter().next() {
            line!(text, "\n  {}", style.warn(&format!("The first is boarded {night}.")));
        }
    }
    text.push_str(&page::sold(view, answered));
    text.push_str(&page::silent(view, answered));
    text.push_str(&page::limits(view, &answered.limits, answered.horizon));
    line!(text, "\n{}", style.dim(page::NOTICE));
    if args.show.sources {
        text.push_str(&page::sources(view, &answered.sources(view.world)));
    }
    text
}

/// `Runs on the 12th and 26th of each month, without a change (dates up to 26 Nov 2027).`
fn summary(answered: &Answered, found: &Departures<'_>, args: &NextArgs) -> String {
    let fewest = answered.itineraries().map(Itinerary::transfers).min().unwrap_or(0);
    let changes = match fewest {
        _ if args.any => "with any number of changes".to_owned(),
        0 => "without a change".to_owned(),
        number => format!("with {}", words::count(number.into(), "change")),
    };
    let last = found.last.map(|date| words::date_without_weekday(date.civil())).unwrap_or_default();
    match &found.pattern {
        Some(pattern) => format!("Runs {pattern}, {changes} (looked through to {last})."),
        None => format!("Leaves on these dates, {changes}."),
    }
}

fn json(view: &View<'_>, answered: &Answered, found: &Departures<'_>) -> Value {
    let departures: Vec<Value> = found
        .by_date
        .iter()
        .flat_map(|(date, journeys)| journeys.iter().map(move |itinerary| (date, *itinerary)))
        .map(|(date, itinerary)| {
            let (days, times) = trust::weakest(view.world, itinerary);
            json!({
                "date": date.to_string(),
                "departure": motis::rfc3339(&view.local(itinerary.departure, itinerary.ends.0)),
                "arrival": motis::rfc3339(&view.local(itinerary.arrival, itinerary.ends.1)),
                "duration": itinerary.duration(),
                "trips": itinerary.trips,
                "transfers": itinerary.transfers(),
                "by": journey::by(view, itinerary),
                "certainty": { "days": days.word(), "times": times.word() },
            })
        })
        .collect();
    json!({
        "from": answered.from.name,
        "to": answered.to.name,
        "pattern": found.pattern,
        "windowDays": found.window,
        "departures": departures,
        "tumen": {
            "notes": answered.notes(),
            "limits": motis::limits(view, &answered.limits, answered.horizon),
            "notice": page::NOTICE,
        },
    })
}
