//! What feeds report beside the timetable: fares, how tickets are sold, services without days, suspensions, sources.

use std::collections::BTreeSet;
use tumen_base::{Date, FeedId, RouteId, StopId};
use tumen_border::{Affected, Country, RuleId, SuspensionId};
use tumen_timetable::Row;

use crate::borders;
use crate::itinerary::{Itinerary, Leg};
use crate::names::Spot;
use crate::world::World;

/// Something reported, with where it comes from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fact {
    /// The sentence.
    pub text: String,
    /// Sources, as written.
    pub sources: String,
}

/// What is reported of the services and posts of some journeys.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// Reported fares.
    pub fares: Vec<Fact>,
    /// How tickets are sold.
    pub tickets: Vec<Fact>,
    /// Reported distances of through carriages ridden.
    pub distances: Vec<Fact>,
    /// Who may cross the borders on the way, by post.
    pub rules: Vec<(String, Vec<RuleId>)>,
}

impl Facts {
    /// Collects what concerns some journeys.
    pub fn of(world: &World, itineraries: &[Itinerary]) -> Self {
        let mut subjects: BTreeSet<(FeedId, String)> = BTreeSet::new();
        let mut facts = Self::default();
        let columns = world.columns();
        for leg in itineraries.iter().flat_map(|itinerary| &itinerary.legs) {
            for border in borders::of_leg(world, leg) {
                let crossing = &border.crossing;
                let post = crossing.passage.map(|passage| world.borders().post(passage.post));
                subjects.extend(post.map(|post| (post.feed, format!("post:{}", post.id))));
                let name = post.map_or_else(
                    || format!("{} → {}", crossing.from.name("en"), crossing.to.name("en")),
                    |post| post.name.clone(),
                );
                let rules = world.border_rules().in_force(&border.crossed(world));
                if !rules.is_empty() && facts.rules.iter().all(|(known, _)| *known != name) {
                    facts.rules.push((name, rules));
                }
            }
            let Leg::Ride(ride) = leg else { continue };
            if let Some(carriage) = ride.carriage {
                let index = carriage.id.0 as usize;
                let id = columns.text(columns.carriage_id[index]);
                subjects.insert((FeedId(columns.carriage_feed[index]), format!("carriage:{id}")));
            }
            for carrier in &ride.carriers {
                let route = columns.route_of(carrier.run.trip);
                let id = columns.text(columns.route_id[route.index()]);
                subjects.insert((columns.feed_of_trip(carrier.run.trip), format!("route:{id}")));
            }
        }
        for row in world.rows("observations.txt").iter() {
            if row.get("value").is_empty() || !subjects.contains(&(row.feed, row.get("subject").to_owned())) {
                continue;
            }
            let list = match row.get("metric") {
                "fare" => &mut facts.fares,
                "tickets" => &mut facts.tickets,
                "distance" => &mut facts.distances,
                _ => continue,
            };
            let fact = observation(&row);
            if !list.contains(&fact) {
                list.push(fact);
            }
        }
        facts
    }

    /// Every source that stands behind the facts, as written.
    pub fn sources<'a>(&'a self, world: &'a World) -> impl Iterator<Item = &'a str> {
        let facts = [&self.fares, &self.tickets, &self.distances].into_iter().flatten().map(|fact| &fact.sources);
        let rules = self.rules.iter().flat_map(|(_, rules)| rules).map(|rule| &world.border_rules().get(*rule).sources);
        facts.chain(rules).map(String::as_str)
    }
}

/// A row of observations.txt as a sentence: value and unit, what it covers, when, how sure.
fn observation(row: &Row<'_>) -> Fact {
    let mut text = format!("{} {}", row.get("value"), row.get("unit")).trim_end().to_owned();
    for part in [row.get("scope"), row.get("period")] {
        if !part.is_empty() {
            part!(text, ", {part}");
        }
    }
    if row.get("confidence") == "low" {
        text.push_str(" (low confidence)");
    }
    Fact { text, sources: row.get("source_id").to_owned() }
}

/// A service known to run whose days or times are not published.
#[derive(Clone, Debug)]
pub struct KnownService {
    /// known_service_id.
    pub id: String,
    /// Its name with its number.
    pub name: String,
    /// Its ends.
    pub ends: [Option<StopId>; 2],
    /// What is known of days, times and status.
    pub known: String,
    /// Sources, as written.
    pub sources: String,
}

/// Services of known_services.txt between two ends: shown, never routed.
pub fn known_services(world: &World, from: Option<&Spot>, to: Option<&Spot>) -> Vec<KnownService> {
    let rows = world.rows("known_services.txt");
    let fits = |spot: Option<&Spot>, stop: Option<StopId>| match (spot, stop) {
        (None, _) => true,
        (Some(_), None) => false,
        (Some(spot), Some(stop)) => spot.stops.iter().any(|(other, _)| *other == stop),
    };
    let read = |row: Row<'_>| {
        let stop = |column: &str| world.stop_of_feed(row.feed, row.get(column));
        let parts = [("days", row.get("days")), ("times", row.get("times")), ("status", row.get("status"))];
        let known: Vec<String> = parts
            .iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(what, value)| format!("{what}: {value}"))
            .collect();
        KnownService {
            id: row.get("known_service_id").to_owned(),
            name: format!("{} {}", row.get("number"), row.get("name")).trim().to_owned(),
            ends: [stop("from_stop_id"), stop("to_stop_id")],
            known: known.join("; "),
            sources: row.get("source_id").to_owned(),
        }
    };
    rows.iter().map(read).filter(|known| fits(from, known.ends[0]) && fits(to, known.ends[1])).collect()
}

/// What is suspended on a date of routes that lead from one end to the other, and of posts between their two countries.
pub fn suspensions(world: &World, from: &Spot, to: &Spot, date: Date) -> Vec<SuspensionId> {
    if world.suspensions().is_empty() {
        return Vec::new();
    }
    let columns = world.columns();
    let leads = |route: RouteId| {
        columns.patterns().filter(|pattern| columns.pattern_route[pattern.index()] == route.0).any(|pattern| {
            let stops = &columns.call_stop[columns.calls_of(pattern)];
            let at = |spot: &Spot| stops.iter().position(|&stop| spot.stops.iter().any(|(other, _)| other.0 == stop));
            at(from).zip(at(to)).is_some_and(|(board, alight)| board < alight)
        })
    };
    let countries = &world.borders().countries;
    let is_in = |country: &Country, spot: &Spot| {
        let claims = |stop: StopId| countries.of_stop(stop).claims();
        country.claims().iter().any(|code| spot.stops.iter().any(|(stop, _)| claims(*stop).contains(code)))
    };
    let is_between =
        |[one, other]: &[Country; 2]| is_in(one, from) && is_in(other, to) || is_in(one, to) && is_in(other, from);
    let concerns = |affected: &Affected| match affected {
        Affected::Route(route) => leads(*route),
        Affected::Post(post) => is_between(&world.borders().post(*post).countries),
        Affected::Agency(_) | Affected::Trips(_) | Affected::Carriage(_) => false,
    };
    world.suspensions().on(date).filter(|(_, one)| concerns(&one.affected)).map(|(id, _)| id).collect()
}

/// A row of sources.txt for people: title, publisher and date; a link only where the feed gives a well-known one.
pub fn source_line(world: &World, id: &str) -> String {
    let row = world.rows("sources.txt").iter().find(|row| row.get("source_id") == id);
    let Some(row) = row else { return id.to_owned() };
    let parts = [row.get("title"), row.get("publisher"), row.get("date"), row.get("link")];
    let known: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    format!("{id}: {}", known.join(", "))
}

/// The single ids among sources as written (`A;B`), each once, in order.
pub fn source_ids<'a>(written: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let mut ids = Vec::new();
    for id in written.into_iter().flat_map(|list| list.split(';')).map(str::trim) {
        if !id.is_empty() && !ids.contains(&id) {
            ids.push(id);
        }
    }
    ids
}
