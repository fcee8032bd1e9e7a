//! `tumen plan`: journeys from one place to another.

use anyhow::Result;
use serde_json::{Map, Value, json};
use tumen_base::{Date, SECONDS_PER_DAY, Time, format_duration};
use tumen_routing::{Answer, Engine, Limit, Router};

use super::{Context, next};
use crate::answer::{Answered, Set};
use crate::args::PlanArgs;
use crate::clock::{self, DayEnd};
use crate::crosser::Crosser;
use crate::exit::Exit;
use crate::hindrances::{Hindrances, Strictness};
use crate::itinerary::Itinerary;
use crate::modes::Mode;
use crate::permitted::{self, Permitted};
use crate::present::page::{self, Detail, PageOptions};
use crate::present::{View, words};
use crate::removed::Removed;
use crate::search::{self, Ask, Search};
use crate::when::When;
use crate::{facts, motis, names, scenarios, terminal};

/// Finds journeys and prints them.
///
/// # Errors
/// When a name cannot be resolved or the timetable cannot be used.
pub fn run(context: &Context, args: &PlanArgs) -> Result<Exit> {
    let world = scenarios::open(args.search.timetable.timetable.as_deref(), &args.search.scenario)?;
    let crosser = Crosser::of(&args.search.traveller)?;
    let view = View::new(&world, context.style, args.show.language.as_deref()).of_crosser(&crosser);
    let mut answered = answer(context, args, &view, &crosser)?;
    answered.complete(&view);
    if context.global.json {
        terminal::print_json(&motis::plan(&view, &answered, &parameters(args)))?;
    } else {
        let detail = match (args.brief, args.full) {
            (true, _) => Detail::Brief,
            (_, true) => Detail::Full,
            _ => Detail::Usual,
        };
        terminal::print(&page::plan(&view, &answered, PageOptions { detail, sources: args.show.sources }))?;
    }
    Ok(if answered.found() { Exit::Found } else { Exit::Nothing })
}

fn answer(context: &Context, args: &PlanArgs, view: &View<'_>, crosser: &Crosser) -> Result<Answered> {
    let world = view.world;
    let columns = world.columns();
    let footwork = search::footwork(&columns, args.search.usable.walk);
    let from = names::resolve(world, &args.from, footwork)?;
    let to = names::resolve(world, &args.to, footwork)?;
    let search = Search::of(world, from, to, args.search.extent(), &args.search.usable)?;
    let (ask, asked) = ask(context, args, view, &search)?;
    let settings = search::settings(&columns, args.search.usable.walk, args.search.usable.change_time);
    let network = search::network(&columns, settings)?;
    let mut router = Router::new(&network);

    // What is suspended stands among the hindrances, so that it is known which journeys it removes.
    let bare = search.as_if_nothing_were_suspended();
    let hindrances = Hindrances::of(world, crosser, ask.service_days(&columns, search.horizon));
    let mut gathered = Gathered::new(ask);
    let mut find = |search: &Search| search::ask(&mut router, &columns, search, ask);
    let mut permitted = |search: &Search| permitted::look(search, &hindrances, &mut find);
    let all = permitted(&bare)?;
    let modes = search::modes(&columns, &search.modes);
    if args.per_mode && modes.len() > 1 {
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
        next_possible(view, crosser, &mut router, &search, ask.time())?
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
        ..Answered::new(search.from, search.to, asked, ask.time())
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
fn ask(context: &Context, args: &PlanArgs, view: &View<'_>, search: &Search) -> Result<(Ask, String)> {
    let columns = view.columns();
    let now = context.global.now;
    if let Some(arrive) = args.arrive {
        let stop = search.to.first_stop();
        let time = clock::resolve(&columns, arrive, now, stop, DayEnd::Last)?;
        return Ok((Ask::Arrive(time), format!("arriving until {}", words::moment(&view.local(time, stop)))));
    }
    let stop = search.from.first_stop();
    let time = clock::resolve(&columns, args.depart.unwrap_or(When::Now), now, stop, DayEnd::First)?;
    let moment = words::moment(&view.local(time, stop));
    Ok(match (args.window, args.connections) {
        (Some(window), _) => {
            let span = format_duration(window.into());
            (Ask::Window(time, window), format!("departing from {moment} within {span}"))
        }
        (None, Some(1)) => (Ask::Connections(time, 1), format!("the next departure from {moment} on")),
        (None, Some(count)) => (Ask::Connections(time, count), format!("the next {count} departures from {moment} on")),
        (None, None) => (Ask::Depart(time), format!("departing from {moment}")),
    })
}

fn parameters(args: &PlanArgs) -> Map<String, Value> {
    let mut parameters = Map::new();
    parameters.insert("fromPlace".to_owned(), json!(args.from));
    parameters.insert("toPlace".to_owned(), json!(args.to));
    parameters.insert("arriveBy".to_owned(), json!(args.arrive.is_some().to_string()));
    if let Some(window) = args.window {
        parameters.insert("searchWindow".to_owned(), json!(window.to_string()));
    }
    if let Some(connections) = args.connections {
        parameters.insert("numItineraries".to_owned(), json!(connections.to_string()));
    }
    if let Some(transfers) = args.search.usable.max_transfers {
        parameters.insert("maxTransfers".to_owned(), json!(transfers.to_string()));
    }
    parameters
}
