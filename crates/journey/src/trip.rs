//! Every stop of a trip or of a through carriage on a service day.

use serde_json::{Value, json};
use tumen_base::{Date, FeedId, TripId};
use tumen_border::SuspensionId;
use tumen_routing::{RidePart, Run};
use tumen_timetable::{CarriageId, Columns};

use crate::answer::{Answered, Set};
use crate::clock::{self, DayEnd};
use crate::itinerary::{Itinerary, Leg, ride};
use crate::motis::Form;
use crate::names::Spot;
use crate::present::{View, suspensions, words};
use crate::when::When;
use crate::world::World;
use crate::{Failure, Result, motis, trust};

/// A question for a trip.
#[derive(Clone, Debug)]
pub struct TripQuestion {
    /// The feed's id, that of a through carriage, or a `tripId` of the JSON answers.
    pub id: String,
    /// Its service day; the next on which it runs where not said.
    pub date: Option<Date>,
    /// What [`When::Now`] stands for.
    pub now: When,
}

/// A trip on a service day.
pub struct Trip {
    /// The trip and its service day.
    pub run: Run,
    /// It as a journey from end to end.
    pub itinerary: Itinerary,
    /// What hinders it.
    pub suspended: Vec<SuspensionId>,
}

impl Trip {
    /// Answers a question.
    ///
    /// # Errors
    /// When no trip has the id, several have, or it does not run.
    pub fn of(view: &View<'_>, question: &TripQuestion) -> Result<Self> {
        let world = view.world;
        let columns = world.columns();
        let asked = Asked::parse(&columns, &question.id, question.date);
        let trips = candidates(world, &asked)?;
        let Some(run) = choose(question.now, &columns, &trips, &asked)? else {
            let date = asked.date.map_or_else(|| "any later day".to_owned(), |date| words::date(date.civil()));
            let days: Vec<String> =
                neighbours(&columns, &trips, asked.date).iter().map(|date| words::date(date.civil())).collect();
            let hint = if days.is_empty() { String::new() } else { format!("; it runs on {}", words::list(&days)) };
            let suspended = suspended_on(world, &trips, asked.date);
            let message = format!("{} does not run on {date}{hint}{suspended}", asked.id);
            return Err(Failure::nothing("does_not_run", message));
        };
        let last = columns.call_count(run.trip) as u32 - 1;
        let suspended = world.suspended().of_ride(run, 0..last);
        let ride = ride(world, view.distances, &[RidePart { run, from_call: 0, to_call: last }]);
        let (first, last) = (*ride.first(), *ride.last());
        let itinerary = Itinerary {
            departure: first.departure,
            arrival: last.arrival,
            trips: 1,
            ends: (first.stop, last.stop),
            legs: vec![Leg::Ride(ride)],
        };
        Ok(Self { run, itinerary, suspended })
    }

    /// The trip as JSON: an itinerary of one leg.
    pub fn json(&self, view: &View<'_>) -> Value {
        self.json_in(view, Form::default())
    }

    /// The trip as JSON in a form.
    pub fn json_in(&self, view: &View<'_>, form: Form) -> Value {
        let notes = trust::notes(view.world, &self.itinerary);
        let mut json = motis::itinerary_in(view, &self.itinerary, &notes, form);
        let sources = sources(view, &self.itinerary);
        if !sources.is_empty() {
            json["tumen"]["joinedFrom"] = sources.iter().map(Stretch::json).collect();
        }
        json["tumen"]["suspended"] = self.suspended.iter().map(|&id| motis::suspension(view, id)).collect();
        json
    }

    /// The trip with all that is known beside it.
    pub fn answered(self, view: &View<'_>) -> Answered {
        let joined = sources_words(view, &sources(view, &self.itinerary));
        let spot = |stop| Spot { name: view.name(stop), stops: vec![(stop, 0)], coordinate: None };
        let mut asked = format!("service day {}", words::date(view.columns().date_of(self.run.day).civil()));
        if !self.suspended.is_empty() {
            asked = format!("{asked}\n{}", view.style.warn(&suspensions::mark(view.world, &self.suspended)));
        }
        let (first, last) = self.itinerary.ends;
        let time = self.itinerary.departure;
        let mut answered = Answered {
            sets: vec![Set { label: None, mode: None, doubtful: false, itineraries: vec![self.itinerary] }],
            joined,
            suspended: self.suspended,
            ..Answered::new(spot(first), spot(last), asked, time)
        };
        answered.complete(view);
        answered
    }
}

/// `; 019/020 Vostok: … suspended since 5 Feb 2020 …`, where the route of a trip or its carriage is.
fn suspended_on(world: &World, trips: &[TripId], date: Option<Date>) -> String {
    let columns = world.columns();
    let Some(date) = date else { return String::new() };
    let mut text = String::new();
    for (_, suspension) in world.suspensions().on(date) {
        if trips.iter().any(|&trip| suspension.affected.includes(&columns, trip)) {
            part!(text, "; {}", suspensions::sentence(world, suspension));
        }
    }
    text
}

/// Calls of a trip that come from a trip of a feed.
struct Stretch {
    /// The runs' names of feed and trip.
    feed: String,
    trip: String,
    /// The trip's service day.
    date: Date,
    /// Names of the first and last call, and their positions.
    from: (String, usize),
    to: (String, usize),
    /// Whether its times are those that are shown.
    leads: bool,
}

impl Stretch {
    fn json(&self) -> Value {
        json!({
            "feed": self.feed,
            "tripId": self.trip,
            "serviceDay": self.date.to_string(),
            "fromCall": self.from.1,
            "toCall": self.to.1,
            "leads": self.leads,
        })
    }
}

/// The trips that the carriers of a ride were joined from, call by call.
fn sources(view: &View<'_>, itinerary: &Itinerary) -> Vec<Stretch> {
    let columns = view.columns();
    let mut stretches = Vec::new();
    for ride in itinerary.rides() {
        for carrier in &ride.carriers {
            let trip = carrier.run.trip;
            let feed = columns.feed_of_trip(trip);
            let first = *carrier.calls.start();
            let offset = ride.calls[first].row.1;
            for source in view.world.stitched().sources(feed, columns.text(columns.trip_id[trip.index()])) {
                let Some((from, to)) = source.calls else { continue };
                let shown =
                    |call: usize| (call + first).checked_sub(offset).filter(|call| carrier.calls.contains(call));
                let within = (from..=to).filter_map(shown).collect::<Vec<_>>();
                let (Some(&from), Some(&to)) = (within.first(), within.last()) else { continue };
                let end = |call: usize| (view.name(ride.calls[call].stop), call);
                stretches.push(Stretch {
                    feed: columns.text(columns.feed_name[source.feed.index()]).to_owned(),
                    trip: source.trip.clone(),
                    date: columns.date_of(carrier.run.day + source.shift),
                    from: end(from),
                    to: end(to),
                    leads: source.leads,
                });
            }
        }
    }
    stretches
}

fn sources_words(view: &View<'_>, stretches: &[Stretch]) -> String {
    if stretches.is_empty() {
        return String::new();
    }
    let mut text = format!("\n{}\n", view.style.bold("Joined from"));
    for stretch in stretches {
        let trip =
            if stretch.feed.is_empty() { stretch.trip.clone() } else { format!("{}:{}", stretch.feed, stretch.trip) };
        let times = if stretch.leads { "" } else { ", other times" };
        let calls = match (&stretch.from, &stretch.to) {
            (from, to) if from.1 == to.1 => from.0.clone(),
            (from, to) => format!("{} → {}", from.0, to.0),
        };
        line!(text, "  {trip} of {}: {calls}{times}", words::date(stretch.date.civil()));
    }
    text
}

/// What was asked: an id, a service day, and the minute of the first departure where a tripId was pasted.
struct Asked {
    id: String,
    date: Option<Date>,
    minute: Option<String>,
}

impl Asked {
    /// Reads a feed's id, or a tripId of the JSON output: `20261212_00:35_corridor_R2`.
    fn parse(columns: &Columns<'_>, text: &str, date: Option<Date>) -> Self {
        let mut parts = text.splitn(3, '_');
        if let (Some(day), Some(minute), Some(rest)) = (parts.next(), parts.next(), parts.next())
            && let Ok(day) = Date::parse(day.as_bytes())
            && minute.len() == 5
            && minute.contains(':')
        {
            // A feed's name may have such a line in itself: the longest that fits is meant.
            let names = columns.feed_name.iter().map(|&name| columns.text(name));
            let fits = names.filter_map(|name| rest.strip_prefix(name)?.strip_prefix('_').map(|id| (name, id)));
            let (feed, id) = fits.max_by_key(|(name, _)| name.len()).unwrap_or(("", rest));
            let id = if feed.is_empty() { id.to_owned() } else { format!("{feed}:{id}") };
            return Self { id, date: Some(date.unwrap_or(day)), minute: Some(minute.to_owned()) };
        }
        Self { id: text.to_owned(), date, minute: None }
    }

    /// Whether a run leaves its first stop at the minute that was asked for, if any was.
    fn is_at_minute(&self, columns: &Columns<'_>, run: Run) -> bool {
        let local = columns.local_time(columns.departure_of_run(run.trip, run.day, 0), columns.stop_at(run.trip, 0));
        self.minute.as_ref().is_none_or(|minute| local.strftime("%H:%M").to_string() == *minute)
    }
}

/// The runs that a `tripId` stands for on its service day: with several departures of one frequency, or several ways of one carriage, the
/// one that leaves at its minute comes first.
///
/// # Errors
/// When no trip has the id, or several feeds have one.
pub fn runs(world: &World, trip_id: &str) -> Result<Vec<Run>> {
    let columns = world.columns();
    let asked = Asked::parse(&columns, trip_id, None);
    let trips = candidates(world, &asked)?;
    let Some(day) = asked.date.and_then(|date| columns.day_of(date)) else { return Ok(Vec::new()) };
    let on_day = trips.into_iter().filter(|trip| columns.days_of_trip(*trip).contains(day));
    let mut runs: Vec<Run> = on_day.map(|trip| Run { day, trip }).collect();
    runs.sort_by_key(|&run| (!asked.is_at_minute(&columns, run), columns.departure_of_run(run.trip, day, 0)));
    Ok(runs)
}

/// The trips an id stands for: departures of one frequency, or ways of one carriage, are all of them.
fn candidates(world: &World, asked: &Asked) -> Result<Vec<TripId>> {
    let columns = world.columns();
    let mut carriages = world.carriages_with_id(&asked.id);
    for (feed, id) in world.stitched().carriages_published_as(world.timetable(), &asked.id) {
        let of_feed = |carriage: &CarriageId| columns.carriage_feed[carriage.0 as usize] == feed.0;
        carriages.extend(world.carriages_with_id(&id).into_iter().filter(of_feed));
    }
    carriages.sort_unstable();
    carriages.dedup();
    let mut trips = world.trips_with_id(&asked.id);
    let joined = world.stitched().trips_made_of(world.timetable(), &asked.id);
    let mut feeds: Vec<u32> = trips.iter().map(|trip| columns.feed_of_trip(*trip).0).collect();
    feeds.extend(carriages.iter().map(|carriage| columns.carriage_feed[carriage.0 as usize]));
    feeds.extend(joined.iter().map(|(feed, _)| feed.0));
    feeds.sort_unstable();
    feeds.dedup();
    if feeds.len() > 1 {
        let ids: Vec<String> = feeds
            .iter()
            .map(|&feed| format!("{}:{}", columns.text(columns.feed_name[feed as usize]), asked.id))
            .collect();
        let message = format!("several feeds have a trip `{}`: name one of {}", asked.id, ids.join(", "));
        return Err(Failure::usage("ambiguous_trip", message));
    }
    // On the days on which a trip was joined with others, what it became runs in its place.
    trips.extend(joined.into_iter().map(|(_, trip)| trip));
    // A carriage goes before the train of the same id: the train is its host and part of what is shown. A trip that was published
    // for a carriage runs by itself on other days.
    if let Some(&carriage) = carriages.first() {
        let feed = FeedId(columns.carriage_feed[carriage.0 as usize]);
        let id = columns.text(columns.carriage_id[carriage.0 as usize]);
        trips.retain(|_| world.stitched().is_published_carriage(feed, id));
        let ways = carriages.iter().flat_map(|carriage| columns.ways_of(*carriage));
        return Ok(ways.map(|way| columns.trip_of_way(way)).chain(trips).collect());
    }
    if trips.is_empty() {
        let message =
            format!("no trip or through carriage has the id `{}`; `tumen board STOP --json` shows ids", asked.id);
        return Err(Failure::usage("unknown_trip", message));
    }
    Ok(trips)
}

/// The run on a service day, or the next one that ends after now.
fn choose(now: When, columns: &Columns<'_>, trips: &[TripId], asked: &Asked) -> Result<Option<Run>> {
    if let Some(date) = asked.date {
        let Some(day) = columns.day_of(date) else { return Ok(None) };
        let runs = trips.iter().filter(|trip| columns.days_of_trip(**trip).contains(day));
        let leaves = |run: &Run| columns.departure_of_run(run.trip, day, 0);
        return Ok(runs
            .map(|&trip| Run { day, trip })
            .filter(|run| asked.is_at_minute(columns, *run))
            .min_by_key(leaves));
    }
    let mut next: Option<Run> = None;
    for &trip in trips {
        let stop = columns.stop_at(trip, 0);
        let now = clock::resolve(columns, When::Now, now, stop, DayEnd::First)?;
        let leaves = |day: i32| columns.departure_of_run(trip, day, 0);
        let days = columns.days_of_trip(trip);
        let day = days.iter().take_while(|&day| day < columns.days()).find(|&day| leaves(day) >= now);
        let run = day.map(|day| Run { day, trip });
        next = next.into_iter().chain(run).min_by_key(|run| columns.departure_of_run(run.trip, run.day, 0));
    }
    Ok(next)
}

/// The running days before and after a date, or the last one of all.
fn neighbours(columns: &Columns<'_>, trips: &[TripId], date: Option<Date>) -> Vec<Date> {
    let day = date.map_or(columns.days(), |date| date.0.saturating_sub(columns.first_date().0));
    let sets = || trips.iter().map(|&trip| columns.days_of_trip(trip));
    let before = sets().filter_map(|days| days.previous_from(day)).max();
    let after = sets().filter_map(|days| days.next_from(day)).min();
    before.into_iter().chain(after).map(|day| columns.date_of(day)).collect()
}
