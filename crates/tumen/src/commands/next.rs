//! `tumen next`: when the journeys with the fewest boardings leave.

use anyhow::Result;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use tumen_base::{Date, SECONDS_PER_DAY, Time, format_duration};
use tumen_border::SuspensionId;
use tumen_routing::{Answer, Direction, Engine, Journey, Limit, MAX_TRIPS, Query, Router};
use tumen_timetable::Columns;

use super::Context;
use crate::answer::{Answered, Set};
use crate::args::NextArgs;
use crate::boardings::fewest_boardings;
use crate::clock::{self, DayEnd};
use crate::crosser::Crosser;
use crate::exit::Exit;
use crate::hindrances::Hindrances;
use crate::itinerary::Itinerary;
use crate::permitted::{self, Found, Permitted};
use crate::present::{View, dates, journey, page, suspensions, words};
use crate::removed::{self, Removed};
use crate::search::{self, Ask, Search};
use crate::terminal::left;
use crate::when::When;
use crate::{motis, names, scenarios, terminal, trust};

/// The most days that are looked through.
pub const LONGEST_DAYS: i32 = 366;

/// A pattern of dates is told from so many of them …
const DAILY_DAYS: i32 = 14;

/// Finds departure dates and prints them.
///
/// # Errors
/// When a name cannot be resolved or the timetable cannot be used.
pub fn run(context: &Context, args: &NextArgs) -> Result<Exit> {
    let world = scenarios::open(args.search.timetable.timetable.as_deref(), &args.search.scenario)?;
    let crosser = Crosser::of(&args.search.traveller)?;
    let view = View::new(&world, context.style, args.show.language.as_deref()).of_crosser(&crosser);
    let columns = world.columns();
    let footwork = search::footwork(&columns, args.search.usable.walk);
    let from = names::resolve(&world, &args.from, footwork)?;
    let to = names::resolve(&world, &args.to, footwork)?;
    let search = Search::of(&world, from, to, args.search.extent(), &args.search.usable)?;
    let stop = search.from.first_stop();
    let time = clock::resolve(&columns, args.start.unwrap_or(When::Now), context.global.now, stop, DayEnd::First)?;
    let settings = search::settings(&columns, args.search.usable.walk, args.search.usable.change_time);
    let network = search::network(&columns, settings)?;
    let mut router = Router::new(&network);
    let wanted = usize::from(args.count);

    let ask = Ask::Window(time, LONGEST_DAYS * SECONDS_PER_DAY);
    let hindrances = Hindrances::of(&world, &crosser, ask.service_days(&columns, search.horizon));
    let mut look = |search: &Search| {
        if args.any {
            look(&mut router, &view, search, time, wanted)
        } else {
            look_date_by_date(&mut router, &view, search, time, wanted)
        }
    };
    let Permitted { known, doubtful, removed } = permitted::look(&search, &hindrances, &mut look)?;
    let struck = if search.is_suspended(&columns, time, known.window * SECONDS_PER_DAY) {
        let all = look(&search.as_if_nothing_were_suspended())?;
        struck_out(&view, &search, &known, &all.answer.journeys, wanted)
    } else {
        Vec::new()
    };
    let itineraries = |journeys: &[Journey]| -> Vec<Itinerary> {
        journeys.iter().map(|journey| view.itinerary(journey, &search)).collect()
    };
    let of_part =
        [(false, itineraries(&known.answer.journeys), known.window), (true, itineraries(&doubtful), known.window)];
    let parts: Vec<Departures<'_>> = of_part
        .iter()
        .filter(|(doubtful, journeys, _)| !doubtful || !journeys.is_empty())
        .map(|(doubtful, journeys, window)| Departures::of(&view, journeys, *doubtful, *window, wanted))
        .collect();

    let set = |part: &Departures<'_>| Set {
        label: None,
        mode: None,
        doubtful: part.doubtful,
        itineraries: part.by_date.values().flatten().copied().cloned().collect(),
    };
    let asked = format!("from {}", words::moment(&view.local(time, stop)));
    let mut answered = Answered {
        sets: parts.iter().map(set).collect(),
        removed: removed.iter().map(|(journey, causes)| Removed::of(&view, &search, journey, causes)).collect(),
        limits: known.answer.limits.clone(),
        hiding: known.answer.limits,
        horizon: search.horizon,
        engine: known.answer.engine,
        suspended: struck.iter().flat_map(|departure| departure.suspended.clone()).collect(),
        ..Answered::new(search.from, search.to, asked, time)
    };
    answered.complete(&view);
    if context.global.json {
        let mut json = json(&view, &answered, &parts);
        json["suspendedDepartures"] = struck.iter().map(|departure| departure.json(&view)).collect();
        terminal::print_json(&json)?;
    } else {
        terminal::print(&text(&view, &answered, &parts, &struck, args))?;
    }
    Ok(if answered.found() { Exit::Found } else { Exit::Nothing })
}

/// A departure that would be there if nothing were suspended.
struct Struck {
    itinerary: Itinerary,
    suspended: Vec<SuspensionId>,
}

impl Struck {
    fn json(&self, view: &View<'_>) -> Value {
        json!({
            "departure": motis::rfc3339(&view.local(self.itinerary.departure, self.itinerary.ends.0)),
            "arrival": motis::rfc3339(&view.local(self.itinerary.arrival, self.itinerary.ends.1)),
            "by": journey::by(view, &self.itinerary),
            "suspended": self.suspended.iter().map(|&id| motis::suspension(view, id)).collect::<Vec<_>>(),
        })
    }
}

/// The first journeys that suspensions removed, up to the last date that is shown.
fn struck_out(view: &View<'_>, search: &Search, looked: &Looked, all: &[Journey], wanted: usize) -> Vec<Struck> {
    let until = looked.answer.journeys.iter().take(wanted).map(|journey| journey.departure).max();
    let removed = all.iter().filter(|journey| until.is_none_or(|until| journey.departure <= until));
    let struck = removed.filter_map(|journey| {
        let suspended = search.suspended.of_journey(journey);
        (!suspended.is_empty()).then(|| Struck { itinerary: view.itinerary(journey, search), suspended })
    });
    struck.take(wanted).collect()
}

/// The next journey with the fewest boardings that leaves within a year from a time on.
///
/// # Errors
/// When the router refuses the query.
pub fn first(
    router: &mut Router<'_, '_>,
    columns: &Columns<'_>,
    search: &Search,
    time: Time,
) -> Result<Option<Journey>> {
    let Some(fewest) = fewest(router, columns, search, time)? else { return Ok(None) };
    let confined = Search { max_trips: fewest, ..search.clone() };
    let (mut from, end) = (time, time.saturating_add(LONGEST_DAYS * SECONDS_PER_DAY));
    while let Some(journey) = next_within(router, columns, &confined, from..end)? {
        if journey.arrival.saturating_sub(journey.departure) <= search.horizon {
            return Ok(Some(journey));
        }
        from = journey.departure.saturating_add(1);
    }
    Ok(None)
}

/// What was found in the last window that was looked through.
struct Looked {
    window: i32,
    answer: Answer,
}

fn empty() -> Answer {
    Answer { journeys: Vec::new(), limits: Vec::new(), engine: Engine::Rounds }
}

/// Looks through one window after another until so many departure dates are found; empty windows make the next ones longer.
fn look(router: &mut Router<'_, '_>, view: &View<'_>, search: &Search, time: Time, wanted: usize) -> Result<Looked> {
    let columns = view.columns();
    let stop = search.from.first_stop();
    let mut looked = Looked { window: 0, answer: empty() };
    let mut dates: BTreeSet<Date> = BTreeSet::new();
    let mut days = 1;
    while looked.window < LONGEST_DAYS && dates.len() <= wanted && !search.is_expired() {
        days = days.min(LONGEST_DAYS - looked.window);
        let from = time.saturating_add(looked.window * SECONDS_PER_DAY);
        let answer = search::ask(router, &columns, search, Ask::Window(from, days * SECONDS_PER_DAY))?;
        looked.window += days;
        if answer.journeys.is_empty() {
            days *= 2;
        }
        dates.extend(answer.journeys.iter().map(|journey| Date::from(view.local(journey.departure, stop).date())));
        looked.answer.limits.extend(answer.limits);
        looked.answer.engine = answer.engine;
        looked.answer.journeys.extend(answer.journeys);
    }
    if search.is_expired() {
        looked.answer.limits.push(Limit::Cancelled);
    }
    looked.answer.limits.sort_unstable();
    looked.answer.limits.dedup();
    drop_beaten(&mut looked.answer.journeys);
    Ok(looked)
}

/// Drops what a journey of a later window beats: it leaves later, arrives no later, with no more trips.
fn drop_beaten(journeys: &mut Vec<Journey>) {
    let mut best = [Time::MAX; MAX_TRIPS as usize + 1];
    journeys.sort_by_key(|journey| (std::cmp::Reverse(journey.departure), journey.arrival, journey.trips));
    journeys.retain(|journey| {
        let trips = usize::from(journey.trips);
        let beaten = best[..=trips].iter().any(|&arrival| arrival <= journey.arrival);
        best[trips] = best[trips].min(journey.arrival);
        !beaten
    });
    journeys.reverse();
}

/// … and where departures are rare, from so many days.
const SPARSE_DAYS: i32 = 183;
/// Days in which the fewest boardings are looked for, from the quick look to the thorough one.
const FEWEST_DAYS: [i32; 2] = [64, 366];
/// Days in which the next date is looked for.
const NEXT_DAYS: [i32; 3] = [2, 64, 366];

/// Goes from one departure date with the fewest boardings to the next, until so many dates are found and their pattern shows.
fn look_date_by_date(
    router: &mut Router<'_, '_>,
    view: &View<'_>,
    search: &Search,
    time: Time,
    wanted: usize,
) -> Result<Looked> {
    let columns = view.columns();
    let stop = search.from.first_stop();
    let end = time.saturating_add(LONGEST_DAYS * SECONDS_PER_DAY);
    let mut looked = Looked { window: 0, answer: empty() };
    let Some(fewest) = fewest(router, &columns, search, time)? else {
        looked.window = LONGEST_DAYS;
        return Ok(looked);
    };
    let confined = Search { max_trips: fewest, ..search.clone() };
    let mut dates: BTreeSet<Date> = BTreeSet::new();
    let mut from = time;
    while from < end {
        if search.is_expired() {
            looked.answer.limits.push(Limit::Cancelled);
            break;
        }
        looked.window = from.saturating_sub(time).div_euclid(SECONDS_PER_DAY) + 1;
        let days = looked.window;
        let often = days > DAILY_DAYS && dates.len() >= DAILY_DAYS as usize;
        if dates.len() >= wanted && (often || days > SPARSE_DAYS) {
            break;
        }
        let Some(journey) = next_within(router, &columns, &confined, from..end)? else {
            looked.window = LONGEST_DAYS;
            break;
        };
        if journey.arrival.saturating_sub(journey.departure) > search.horizon {
            from = journey.departure.saturating_add(1);
            continue;
        }
        let date: Date = view.local(journey.departure, stop).date().into();
        let midnight = date.plus(1).civil().at(0, 0, 0, 0);
        let tomorrow = columns.from_local(midnight, &columns.zone_of_stop(stop)).unwrap_or(end);
        from = tomorrow.max(journey.departure.saturating_add(1));
        dates.insert(date);
        looked.answer.journeys.push(journey);
    }
    Ok(looked)
}

/// The fewest boardings with which the destination is reached.
fn fewest(router: &mut Router<'_, '_>, columns: &Columns<'_>, search: &Search, time: Time) -> Result<Option<u8>> {
    let Some(least) = fewest_boardings(columns, &search.from, &search.to) else { return Ok(None) };
    for days in FEWEST_DAYS {
        let reach = Search { horizon: days * SECONDS_PER_DAY, ..search.clone() };
        let answer = search::ask(router, columns, &reach, Ask::Depart(time))?;
        let found = answer.journeys.iter().map(|journey| journey.trips).filter(|&trips| trips > 0).min();
        if found.is_some() {
            return Ok(found.map(|trips| trips.max(least)));
        }
    }
    Ok(None)
}

/// The next journey that leaves in a span of time.
fn next_within(
    router: &mut Router<'_, '_>,
    columns: &Columns<'_>,
    search: &Search,
    span: std::ops::Range<Time>,
) -> Result<Option<Journey>> {
    for days in NEXT_DAYS {
        let expired = || search.is_expired();
        let horizon = days.saturating_mul(SECONDS_PER_DAY).saturating_add(search.horizon.min(days * SECONDS_PER_DAY));
        let reach = Search { horizon, ..search.clone() };
        let query = Query { cancel: Some(&expired), ..reach.query(columns, span.start, Direction::DepartAt, 0) };
        let found = router.next(&query).map_err(|error| search::refused(&error))?;
        let found = found.filter(|journey| journey.departure < span.end);
        if found.is_some() {
            return Ok(found);
        }
    }
    Ok(None)
}

impl Found for Looked {
    fn journeys(&self) -> &[Journey] {
        &self.answer.journeys
    }

    fn journeys_mut(&mut self) -> &mut Vec<Journey> {
        &mut self.answer.journeys
    }
}

/// Journeys by local date of departure.
struct Departures<'a> {
    /// Whether it is not known that they are allowed.
    doubtful: bool,
    by_date: BTreeMap<Date, Vec<&'a Itinerary>>,
    pattern: Option<String>,
    last: Option<Date>,
    window: i32,
}

impl<'a> Departures<'a> {
    fn of(view: &View<'_>, itineraries: &'a [Itinerary], doubtful: bool, window: i32, wanted: usize) -> Self {
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
        Self { doubtful, by_date, pattern, last: all.last().copied(), window }
    }
}

fn text(view: &View<'_>, answered: &Answered, parts: &[Departures<'_>], struck: &[Struck], args: &NextArgs) -> String {
    let style = view.style;
    let mut text =
        format!("{}, {}\n", style.bold(&format!("{} → {}", answered.from.name, answered.to.name)), answered.asked);
    text.push_str(&page::notes(view, answered));
    for (found, set) in parts.iter().zip(&answered.sets) {
        if found.doubtful {
            line!(text, "\n{}", page::doubts(view, set).trim_end());
        }
        text.push_str(&departures(view, found, args, answered.when_none()));
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
    if args.show.sources {
        text.push_str(&page::sources(view, &answered.sources(view)));
    }
    text
}

/// The departures of a part, with their pattern, or a word for none.
fn departures(view: &View<'_>, found: &Departures<'_>, args: &NextArgs, none: &str) -> String {
    let style = view.style;
    let mut text = String::new();
    if found.by_date.is_empty() {
        let days = words::count(found.window as usize, "day");
        line!(text, "\n  {}", style.warn(&format!("{none} within {days}.")));
        return text;
    }
    line!(text, "\n{}\n", style.bold(&summary(found, args)));
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
    let first = found.by_date.values().next().and_then(|journeys| journeys[0].rides().next());
    let night = first.and_then(|ride| words::night_of(&view.local(ride.first().departure, ride.first().stop)));
    if let Some(night) = night {
        line!(text, "\n  {}", style.warn(&format!("The first is boarded {night}.")));
    }
    text
}

/// `Runs on the 12th and 26th of each month, without a change (dates up to 26 Nov 2027).`
fn summary(found: &Departures<'_>, args: &NextArgs) -> String {
    let fewest = found.by_date.values().flatten().map(|itinerary| itinerary.transfers()).min().unwrap_or(0);
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

fn json(view: &View<'_>, answered: &Answered, parts: &[Departures<'_>]) -> Value {
    let journeys =
        parts.iter().flat_map(|part| part.by_date.iter().map(move |(date, journeys)| (part, date, journeys)));
    let departures: Vec<Value> = journeys
        .flat_map(|(part, date, journeys)| journeys.iter().map(move |itinerary| (part.doubtful, date, *itinerary)))
        .map(|(doubtful, date, itinerary)| {
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
                "notKnownWhetherAllowed": doubtful,
            })
        })
        .collect();
    json!({
        "from": answered.from.name,
        "to": answered.to.name,
        "pattern": parts[0].pattern,
        "windowDays": parts[0].window,
        "departures": departures,
        "tumen": {
            "notes": answered.notes(),
            "limits": motis::limits(view, &answered.limits, answered.horizon),
            "removed": removed::json(view, &answered.removed),
            "notice": page::NOTICE,
        },
    })
}
