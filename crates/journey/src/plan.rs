//! Journeys from one place to another: one answer with all that is known beside it.

use serde_json::{Map, Value, json};
use tumen_base::{Date, SECONDS_PER_DAY, Time, format_duration};
use tumen_routing::{Answer, Engine, Limit, Router};

use crate::answer::{Answered, Set};
use crate::clock::{self, DayEnd};
use crate::crosser::Crosser;
use crate::hindrances::{Hindrances, Strictness};
use crate::itinerary::Itinerary;
use crate::modes::Mode;
use crate::permitted::{self, Permitted};
use crate::present::{View, words};
use crate::removed::Removed;
use crate::search::{self, Ask, Question, Search};
use crate::when::When;
use crate::{Result, facts, next};

/// When journeys are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// The best that depart at or after a time.
    Depart(When),
    /// The best that arrive at or before a time.
    Arrive(When),
    /// All that leave in so many seconds from a time on, each the best for its departure.
    Window(When, i32),
    /// The next so many from a time on, each the best for its departure.
    Connections(When, u16),
    /// Those of them that leave in so many seconds from a time on.
    Span(When, i32),
}

/// A question for journeys.
#[derive(Clone, Debug)]
pub struct PlanQuestion {
    /// From where to where, and with what.
    pub question: Question,
    /// When.
    pub wanted: Wanted,
    /// The best journeys of each mode by itself.
    pub per_mode: bool,
    /// What [`When::Now`] stands for.
    pub now: When,
}

/// Answers a question with a router whose network has [`Question::settings`].
///
/// # Errors
/// When a name cannot be resolved or the router refuses the question.
pub fn answer(
    view: &View<'_>,
    router: &mut Router<'_, '_>,
    crosser: &Crosser,
    asked: &PlanQuestion,
) -> Result<Answered> {
    let search = asked.question.search(view.world)?;
    let mut answered = journeys(view, router, crosser, asked, search)?;
    answered.complete(view);
    Ok(answered)
}

/// Answers a question whose search is made up already, without what is known beside the journeys: see [`Answered::complete`].
///
/// # Errors
/// When the router refuses the question.
pub fn journeys(
    view: &View<'_>,
    router: &mut Router<'_, '_>,
    crosser: &Crosser,
    asked: &PlanQuestion,
    search: Search,
) -> Result<Answered> {
    let world = view.world;
    let columns = world.columns();
    let (ask, words) = ask(asked, view, &search)?;

    // What is suspended stands among the hindrances, so that it is known which journeys it removes.
    let bare = search.as_if_nothing_were_suspended();
    let hindrances = Hindrances::of(world, crosser, ask.service_days(&columns, search.horizon));
    let mut gathered = Gathered::new(ask);
    let mut find = |search: &Search| search::ask(router, &columns, search, ask);
    let mut permitted = |search: &Search| permitted::look(search, &hindrances, &mut find);
    let all = permitted(&bare)?;
    let modes = search::modes(&columns, &search.modes);
    if asked.per_mode && modes.len() > 1 {
        for mode in modes {
            let of_mode = permitted(&bare.by(mode))?;
            gathered.add(view, &search, Some(mode), &of_mode);
        }
        gathered.add_mixed(view, &search, &all);
    } else {
        gathered.add(view, &search, None, &all);
    }
    gathered.set_doubtful_apart();
    let mut hidden = None;
    if let Some(by_carriage) = bare.by_carriage(&columns) {
        let found = permitted(&by_carriage)?;
        let through = found.known.journeys.iter().map(|journey| view.itinerary(journey, &search));
        hidden = first_hidden(&gathered.sets, through);
    }
    let next = if gathered.sets.iter().all(|set| set.itineraries.is_empty()) {
        next_possible(view, crosser, router, &search, ask.time())?
    } else {
        None
    };
    Ok(Answered {
        next,
        sets: gathered.sets,
        hidden,
        removed: gathered.removed,
        limits: gathered.limits,
        hiding: gathered.hiding,
        horizon: search.horizon,
        engine: gathered.engine,
        ..Answered::new(search.from, search.to, words, ask.time())
    })
}

/// The next journey after a time, year by year up to the end of the timetable, where a suspension between the two ends is in force.
fn next_possible(
    view: &View<'_>,
    crosser: &Crosser,
    router: &mut Router<'_, '_>,
    search: &Search,
    time: Time,
) -> Result<Option<Itinerary>> {
    let columns = view.columns();
    let date = Date::from(view.local(time, search.from.first_stop()).date());
    if facts::suspensions(view.world, &search.from, &search.to, date).is_empty() {
        return Ok(None);
    }
    let mut allowed = search.as_if_nothing_were_suspended();
    let hindrances = Hindrances::of(view.world, crosser, 0..=columns.days());
    hindrances.forbid(Strictness::Bars, &mut allowed.filter);
    let end = columns.from_unix(i64::from(columns.last_date().plus(1).0) * i64::from(SECONDS_PER_DAY));
    let mut from = time;
    while !search.is_expired() && end.is_some_and(|end| from < end) {
        if let Some(journey) = next::first(router, &columns, &allowed, from)? {
            return Ok(Some(view.itinerary(&journey, search)));
        }
        from = from.saturating_add(next::LONGEST_DAYS * SECONDS_PER_DAY);
    }
    Ok(None)
}

/// The first ride in a through carriage, if no journey that is shown rides one.
fn first_hidden(sets: &[Set], mut through: impl Iterator<Item = Itinerary>) -> Option<Itinerary> {
    let rides_one = |itinerary: &Itinerary| itinerary.rides().any(|ride| ride.carriage.is_some());
    if sets.iter().flat_map(|set| &set.itineraries).any(rides_one) {
        return None;
    }
    through.find(rides_one)
}

/// Sets of journeys as they come.
struct Gathered {
    ask: Ask,
    sets: Vec<Set>,
    removed: Vec<Removed>,
    limits: Vec<Limit>,
    hiding: Vec<Limit>,
    engine: Engine,
}

impl Gathered {
    fn new(ask: Ask) -> Self {
        let (sets, removed) = (Vec::new(), Vec::new());
        Self { ask, sets, removed, limits: Vec::new(), hiding: Vec::new(), engine: Engine::Rounds }
    }

    fn add(&mut self, view: &View<'_>, search: &Search, mode: Option<Mode>, found: &Permitted<Answer>) {
        self.note(view, search, found);
        let label = mode.map(|mode| mode.word().to_owned());
        for (doubtful, journeys) in [(false, &found.known.journeys), (true, &found.doubtful)] {
            if journeys.is_empty() && (mode.is_some() || doubtful) {
                continue;
            }
            let itineraries = journeys.iter().map(|journey| view.itinerary(journey, search)).collect();
            self.sets.push(Set { label: label.clone(), mode, doubtful, itineraries });
        }
    }

    /// Journeys that use several modes, which no set of one mode can have.
    fn add_mixed(&mut self, view: &View<'_>, search: &Search, found: &Permitted<Answer>) {
        self.note(view, search, found);
        let columns = view.columns();
        for (doubtful, journeys) in [(false, &found.known.journeys), (true, &found.doubtful)] {
            let itineraries = journeys.iter().map(|journey| view.itinerary(journey, search));
            let itineraries: Vec<Itinerary> =
                itineraries.filter(|itinerary| itinerary.modes(&columns).len() != 1).collect();
            let label = (!self.sets.is_empty()).then(|| "several modes".to_owned());
            if !itineraries.is_empty() || self.sets.is_empty() {
                self.sets.push(Set { label, mode: None, doubtful, itineraries });
            }
        }
    }

    /// What is known to be allowed comes first.
    fn set_doubtful_apart(&mut self) {
        self.sets.sort_by_key(|set| set.doubtful);
    }

    fn note(&mut self, view: &View<'_>, search: &Search, found: &Permitted<Answer>) {
        for (journey, causes) in &found.removed {
            let removed = Removed::of(view, search, journey, causes);
            if !self.removed.contains(&removed) {
                self.removed.push(removed);
            }
        }
        self.limits.extend(&found.known.limits);
        self.hiding.extend(search::hiding(&view.columns(), search, self.ask, &found.known));
        for limits in [&mut self.limits, &mut self.hiding] {
            limits.sort_unstable();
            limits.dedup();
        }
        if found.known.engine == Engine::Runs {
            self.engine = Engine::Runs;
        }
    }
}

/// What to ask, and how to say it.
fn ask(asked: &PlanQuestion, view: &View<'_>, search: &Search) -> Result<(Ask, String)> {
    let columns = view.columns();
    let from = |when: When| {
        let stop = search.from.first_stop();
        let time = clock::resolve(&columns, when, asked.now, stop, DayEnd::First)?;
        Ok((time, words::moment(&view.local(time, stop))))
    };
    Ok(match asked.wanted {
        Wanted::Arrive(when) => {
            let stop = search.to.first_stop();
            let time = clock::resolve(&columns, when, asked.now, stop, DayEnd::Last)?;
            (Ask::Arrive(time), format!("arriving until {}", words::moment(&view.local(time, stop))))
        }
        Wanted::Depart(when) => {
            let (time, moment) = from(when)?;
            (Ask::Depart(time), format!("departing from {moment}"))
        }
        Wanted::Window(when, window) => {
            let (time, moment) = from(when)?;
            let span = format_duration(window.into());
            (Ask::Window(time, window), format!("departing from {moment} within {span}"))
        }
        Wanted::Connections(when, count) => {
            let (time, moment) = from(when)?;
            let words = match count {
                1 => format!("the next departure from {moment} on"),
                count => format!("the next {count} departures from {moment} on"),
            };
            (Ask::Connections(time, count), words)
        }
        Wanted::Span(when, span) => {
            let (time, moment) = from(when)?;
            let words = format!("departing from {moment} within {}", format_duration(span.into()));
            (Ask::Span(time, span), words)
        }
    })
}

/// What was asked, in the names of the MOTIS API.
pub fn parameters(asked: &PlanQuestion) -> Map<String, Value> {
    let mut parameters = Map::new();
    parameters.insert("fromPlace".to_owned(), json!(asked.question.from));
    parameters.insert("toPlace".to_owned(), json!(asked.question.to));
    parameters.insert("arriveBy".to_owned(), json!(matches!(asked.wanted, Wanted::Arrive(_)).to_string()));
    match asked.wanted {
        Wanted::Window(_, window) | Wanted::Span(_, window) => {
            parameters.insert("searchWindow".to_owned(), json!(window.to_string()));
        }
        Wanted::Connections(_, count) => {
            parameters.insert("numItineraries".to_owned(), json!(count.to_string()));
        }
        Wanted::Depart(_) | Wanted::Arrive(_) => {}
    }
    if let Some(transfers) = asked.question.usable.max_transfers {
        parameters.insert("maxTransfers".to_owned(), json!(transfers.to_string()));
    }
    parameters
}
