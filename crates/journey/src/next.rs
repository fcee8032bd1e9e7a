//! When the journeys with the fewest boardings leave.

use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use tumen_base::{Date, SECONDS_PER_DAY, Time};
use tumen_border::SuspensionId;
use tumen_routing::{Answer, Direction, Engine, Journey, Limit, MAX_TRIPS, Query, Router};
use tumen_timetable::Columns;

use crate::answer::{Answered, Set};
use crate::boardings::fewest_boardings;
use crate::clock::{self, DayEnd};
use crate::crosser::Crosser;
use crate::hindrances::Hindrances;
use crate::itinerary::Itinerary;
use crate::permitted::{self, Found, Permitted};
use crate::present::{View, dates, journey, page, words};
use crate::removed::{self, Removed};
use crate::search::{self, Ask, Question, Search};
use crate::when::When;
use crate::{Result, motis, trust};

/// The days that are looked through at most, where nobody asks for more.
pub const LONGEST_DAYS: i32 = 366;

/// A pattern of dates is told from so many of them …
const DAILY_DAYS: i32 = 14;

/// A question for dates of departure.
#[derive(Clone, Debug)]
pub struct NextQuestion {
    /// From where to where, and with what.
    pub question: Question,
    /// From when on.
    pub start: When,
    /// How many dates.
    pub count: u16,
    /// So many days are looked through at most.
    pub days: i32,
    /// All best journeys, whatever the number of changes.
    pub any: bool,
    /// What [`When::Now`] stands for.
    pub now: When,
}

/// Dates of departure with their journeys.
pub struct NextAnswer {
    /// The journeys, with what is known beside them.
    pub answered: Answered,
    /// The dates: those known to be allowed, then the doubtful.
    pub parts: Vec<Departures>,
    /// Departures that suspensions removed.
    pub struck: Vec<Struck>,
}

/// Answers a question with a router whose network has [`Question::settings`].
///
/// # Errors
/// When a name cannot be resolved or the router refuses the question.
pub fn answer(
    view: &View<'_>,
    router: &mut Router<'_, '_>,
    crosser: &Crosser,
    asked: &NextQuestion,
) -> Result<NextAnswer> {
    let world = view.world;
    let columns = world.columns();
    let search = asked.question.search(world)?;
    let stop = search.from.first_stop();
    let time = clock::resolve(&columns, asked.start, asked.now, stop, DayEnd::First)?;
    let wanted = usize::from(asked.count);

    let ask = Ask::Window(time, asked.days * SECONDS_PER_DAY);
    let hindrances = Hindrances::of(world, crosser, ask.service_days(&columns, search.horizon));
    let mut look = |search: &Search| {
        if asked.any {
            look(router, view, search, Reading { time, days: asked.days, wanted })
        } else {
            look_date_by_date(router, view, search, Reading { time, days: asked.days, wanted })
        }
    };
    let Permitted { known, doubtful, removed } = permitted::look(&search, &hindrances, &mut look)?;
    let struck = if search.is_suspended(&columns, time, known.window * SECONDS_PER_DAY) {
        let all = look(&search.as_if_nothing_were_suspended())?;
        struck_out(view, &search, &known, &all.answer.journeys, wanted)
    } else {
        Vec::new()
    };
    let of_part = [(false, &known.answer.journeys), (true, &doubtful)];
    let parts: Vec<Departures> = of_part
        .into_iter()
        .filter(|(doubtful, journeys)| !doubtful || !journeys.is_empty())
        .map(|(doubtful, journeys)| {
            let itineraries = journeys.iter().map(|journey| view.itinerary(journey, &search));
            Departures { doubtful, ..Departures::of(view, itineraries, known.window, wanted) }
        })
        .collect();
    let set = |part: &Departures| Set {
        label: None,
        mode: None,
        doubtful: part.doubtful,
        itineraries: part.by_date.values().flatten().cloned().collect(),
    };
    let words = format!("from {}", words::moment(&view.local(time, stop)));
    let mut answered = Answered {
        sets: parts.iter().map(set).collect(),
        removed: removed.iter().map(|(journey, causes)| Removed::of(view, &search, journey, causes)).collect(),
        limits: known.answer.limits.clone(),
        hiding: known.answer.limits,
        horizon: search.horizon,
        engine: known.answer.engine,
        suspended: struck.iter().flat_map(|departure| departure.suspended.clone()).collect(),
        ..Answered::new(search.from, search.to, words, time)
    };
    answered.complete(view);
    Ok(NextAnswer { answered, parts, struck })
}

/// A departure that would be there if nothing were suspended.
pub struct Struck {
    /// The journey.
    pub itinerary: Itinerary,
    /// What hinders it.
    pub suspended: Vec<SuspensionId>,
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

/// How far a calendar is read.
#[derive(Clone, Copy)]
struct Reading {
    /// From when on.
    time: Time,
    /// Through so many days at most …
    days: i32,
    /// … or until so many dates are found.
    wanted: usize,
}

/// Looks through one window after another until so many departure dates are found; empty windows make the next ones longer.
fn look(router: &mut Router<'_, '_>, view: &View<'_>, search: &Search, reading: Reading) -> Result<Looked> {
    let Reading { time, days: longest, wanted } = reading;
    let columns = view.columns();
    let stop = search.from.first_stop();
    let mut looked = Looked { window: 0, answer: empty() };
    let mut dates: BTreeSet<Date> = BTreeSet::new();
    let mut days = 1;
    while looked.window < longest && dates.len() <= wanted && !search.is_expired() {
        days = days.min(longest - looked.window);
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
    reading: Reading,
) -> Result<Looked> {
    let Reading { time, days: longest, wanted } = reading;
    let columns = view.columns();
    let stop = search.from.first_stop();
    let end = time.saturating_add(longest * SECONDS_PER_DAY);
    let mut looked = Looked { window: 0, answer: empty() };
    let Some(fewest) = fewest(router, &columns, search, time)? else {
        looked.window = longest;
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
            looked.window = longest;
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
pub struct Departures {
    /// Whether it is not known that they are allowed.
    pub doubtful: bool,
    /// The journeys of each date.
    pub by_date: BTreeMap<Date, Vec<Itinerary>>,
    /// The pattern of the dates in words, where they have one.
    pub pattern: Option<String>,
    /// The last date that was seen.
    pub last: Option<Date>,
    /// How many days were looked through.
    pub window: i32,
}

impl Departures {
    fn of(view: &View<'_>, itineraries: impl Iterator<Item = Itinerary>, window: i32, wanted: usize) -> Self {
        let mut by_date: BTreeMap<Date, Vec<Itinerary>> = BTreeMap::new();
        for itinerary in itineraries {
            let date = view.local(itinerary.departure, itinerary.ends.0).date();
            by_date.entry(date.into()).or_default().push(itinerary);
        }
        let all: BTreeSet<Date> = by_date.keys().copied().collect();
        let pattern = dates::pattern(&all);
        if let Some(after) = all.iter().nth(wanted) {
            by_date.split_off(after);
        }
        Self { doubtful: false, by_date, pattern, last: all.last().copied(), window }
    }
}

impl NextAnswer {
    /// The answer as JSON.
    pub fn json(&self, view: &View<'_>) -> Value {
        let mut value = json(view, &self.answered, &self.parts);
        value["suspendedDepartures"] = self.struck.iter().map(|departure| departure.json(view)).collect();
        value
    }
}

fn json(view: &View<'_>, answered: &Answered, parts: &[Departures]) -> Value {
    let journeys =
        parts.iter().flat_map(|part| part.by_date.iter().map(move |(date, journeys)| (part, date, journeys)));
    let departures: Vec<Value> = journeys
        .flat_map(|(part, date, journeys)| journeys.iter().map(move |itinerary| (part.doubtful, date, itinerary)))
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
