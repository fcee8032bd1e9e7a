//! The plan is written into the feeds.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use tumen_base::{Certainty, Date, ServiceTime};
use tumen_feed::{Borrowed, Call, Exception, Feed, Service, Table, TableRow, Transfer, Trip};

use crate::days::{Axis, DaySet};
use crate::plan::{NewCarriage, NewTrip, Plan};
use crate::stations::StopAt;
use crate::trains::Train;

/// File that says which trips joined trips and carriages were made of.
const STITCHED_TRIPS: &str = "stitched_trips.txt";
/// File that says which stops are one station, and which are none.
const STITCHED_STOPS: &str = "stitched_stops.txt";

/// The feeds being written.
pub(crate) struct Writer {
    pub feeds: Vec<Feed>,
    pub axis: Axis,
    /// By feed, the position behind its own stops of what it borrows.
    borrowed: HashMap<(u32, StopAt), u32>,
}

impl Writer {
    pub(crate) fn new(feeds: Vec<Feed>, axis: Axis) -> Self {
        Self { feeds, axis, borrowed: HashMap::new() }
    }

    /// Writes everything. `pairs` are the stations that are one.
    pub(crate) fn write(mut self, plan: &Plan, trains: &[Train], pairs: &[(StopAt, StopAt)]) -> Vec<Feed> {
        for at in plan.borders.keys() {
            self.close(*at);
        }
        let moved = self.stops_moved(plan, trains);
        let written: Vec<u32> = plan.trips.iter().map(|trip| self.add_trip(trip, trains)).collect();
        for carriage in &plan.carriages {
            self.add_carriage(carriage, trains);
        }
        for ((from, to), trips) in moved {
            let trips: Vec<(u32, u32)> = trips.into_iter().map(|trip| (plan.trips[trip].feed, written[trip])).collect();
            self.copy_rules(from, to, &trips);
        }
        for &(one, other) in pairs {
            self.join_stations(one, other);
        }
        self.leave(plan, trains);
        self.feeds
    }

    /// The position of a stop in a feed.
    fn position(&mut self, feed: u32, at: StopAt) -> u32 {
        if at.feed == feed {
            return at.stop;
        }
        if let Some(&position) = self.borrowed.get(&(feed, at)) {
            return position;
        }
        let copy = self.feeds[at.feed as usize].lent_stop(at.stop);
        let own = &mut self.feeds[feed as usize];
        own.stops.push(copy);
        own.borrowed.push(Borrowed { feed: at.feed, stop: at.stop });
        if let Some(table) = own.extra_columns.get_mut("stops.txt") {
            table.rows.push(TableRow::default());
        }
        let position = own.stops.len() as u32 - 1;
        self.borrowed.insert((feed, at), position);
        position
    }

    /// Lets nobody on or off at an invented stop.
    fn close(&mut self, at: StopAt) {
        let feed = &mut self.feeds[at.feed as usize];
        for call in feed.calls.iter_mut().filter(|call| call.stop == at.stop) {
            (call.pickup, call.drop_off) = (1, 1);
        }
        let name = feed.stops[at.stop as usize].id.clone();
        row(feed, STITCHED_STOPS, &[("stop_id", &name), ("role", "border")]);
    }

    /// Stops of parts whose calls are now at the stop of another feed, with the new trips, by position, that call there.
    fn stops_moved(&self, plan: &Plan, trains: &[Train]) -> BTreeMap<(StopAt, StopAt), BTreeSet<usize>> {
        let mut moved: BTreeMap<(StopAt, StopAt), BTreeSet<usize>> = BTreeMap::new();
        for (index, trip) in plan.trips.iter().enumerate() {
            for call in &trip.calls {
                for &(part, at) in &call.sources {
                    let train = &trains[trip.parts[part].train as usize];
                    let stop = self.feeds[train.feed as usize].calls[train.calls.start as usize + at].stop;
                    let own = StopAt { feed: train.feed, stop };
                    if own != call.at {
                        moved.entry((own, call.at)).or_default().insert(index);
                    }
                }
            }
        }
        moved
    }

    /// Writes a new trip; answers its position.
    fn add_trip(&mut self, new: &NewTrip, trains: &[Train]) -> u32 {
        let service = self.add_service(new.feed, format!("{}~days", new.id), &new.service);
        let first = self.feeds[new.feed as usize].calls.len() as u32;
        for call in &new.calls {
            let stop = self.position(new.feed, call.at);
            let source = call.sources.iter().find(|source| source.0 == call.leads).unwrap_or(&call.sources[0]);
            let certainty = call.sources.iter().map(|source| self.certainty(new, trains, *source)).max();
            let texts = [self.text(new, trains, *source, true), self.text(new, trains, *source, false)];
            let feed = &mut self.feeds[new.feed as usize];
            feed.calls.push(Call {
                stop,
                arrival: call.arrival,
                departure: call.departure,
                pickup: call.pickup,
                drop_off: call.drop_off,
                interpolated: call.interpolated,
            });
            add_details(feed, certainty.unwrap_or_default(), texts);
        }
        self.describe(new, trains);
        let feed = &mut self.feeds[new.feed as usize];
        let template = feed.trips[new.template as usize].clone();
        let index = feed.trips.len() as u32;
        feed.trips.push(Trip {
            id: new.id.clone(),
            short_name: new.number.clone(),
            headsign: new.headsign.clone(),
            service,
            shape: None,
            calls: first..feed.calls.len() as u32,
            ..template
        });
        if let Some(table) = feed.extra_columns.get_mut("trips.txt") {
            let copy = table.rows.get(new.template as usize).cloned().unwrap_or_default();
            table.rows.push(copy);
        }
        // Rules that name the trip name what it has become too.
        let as_new = |trip: Option<u32>| if trip == Some(new.template) { Some(index) } else { trip };
        let copies: Vec<Transfer> = feed
            .transfers
            .iter()
            .map(|rule| Transfer { from_trip: as_new(rule.from_trip), to_trip: as_new(rule.to_trip), ..*rule })
            .zip(&feed.transfers)
            .filter(|(copy, rule)| copy != *rule)
            .map(|(copy, _)| copy)
            .collect();
        if let Some(table) = feed.extra_columns.get_mut("transfers.txt") {
            table.rows.resize(table.rows.len() + copies.len(), TableRow::default());
        }
        feed.transfers.extend(copies);
        index
    }

    fn certainty(&self, new: &NewTrip, trains: &[Train], (part, at): (usize, usize)) -> Certainty {
        let train = &trains[new.parts[part].train as usize];
        let feed = &self.feeds[train.feed as usize];
        let said = feed.call_details.certainty.get(train.calls.start as usize + at).copied().unwrap_or_default();
        said.max(feed.trips[train.trip as usize].certainty_times)
    }

    /// The headsign or the sources of a call, empty where absent.
    fn text(&self, new: &NewTrip, trains: &[Train], (part, at): (usize, usize), headsign: bool) -> String {
        let train = &trains[new.parts[part].train as usize];
        let details = &self.feeds[train.feed as usize].call_details;
        let column = if headsign { &details.headsign } else { &details.source };
        let text = column.get(train.calls.start as usize + at).and_then(|&text| details.texts.get(text as usize));
        text.cloned().unwrap_or_default()
    }

    fn add_service(&mut self, feed: u32, id: String, service: &Service) -> u32 {
        let services = &mut self.feeds[feed as usize].services;
        services.push(Service { id, ..service.clone() });
        services.len() as u32 - 1
    }

    /// Says of which trips a new one was made, call by call.
    fn describe(&mut self, new: &NewTrip, trains: &[Train]) {
        let mut rows = Vec::new();
        for (part, made) in new.parts.iter().enumerate() {
            let train = &trains[made.train as usize];
            let feed = &self.feeds[train.feed as usize];
            let calls = new.calls.iter().enumerate().filter_map(|(index, call)| {
                call.sources.iter().any(|source| source.0 == part).then_some((index + 1, call.leads == part))
            });
            let mut runs: Vec<(usize, usize, bool)> = Vec::new();
            for (index, leads) in calls {
                match runs.last_mut() {
                    Some((_, last, same)) if *last + 1 == index && *same == leads => *last = index,
                    _ => runs.push((index, index, leads)),
                }
            }
            let (name, trip) = (feed.name.clone(), feed.trips[train.trip as usize].id.clone());
            rows.extend(runs.into_iter().map(|run| (run, name.clone(), trip.clone(), made.shift)));
        }
        rows.sort();
        for ((from, to, leads), name, trip, shift) in rows {
            let values = [
                ("stitched_trip_id", new.id.as_str()),
                ("from_sequence", &from.to_string()),
                ("to_sequence", &to.to_string()),
                ("feed", &name),
                ("source_trip_id", &trip),
                ("service_day_shift", &shift.to_string()),
                ("leads", if leads { "1" } else { "0" }),
            ];
            row(&mut self.feeds[new.feed as usize], STITCHED_TRIPS, &values);
        }
    }

    fn add_carriage(&mut self, new: &NewCarriage, trains: &[Train]) {
        let id = format!("{}~carried", new.id);
        self.add_service(new.feed, id.clone(), &new.service);
        let train = &trains[new.train as usize];
        let feed = &mut self.feeds[new.feed as usize];
        let route = &feed.routes[feed.trips[train.trip as usize].route as usize];
        let agency = feed.agencies[route.agency as usize].id.clone();
        let (name, published) = (feed.name.clone(), feed.trips[train.trip as usize].id.clone());
        let values = [
            ("through_carriage_id", new.id.as_str()),
            ("name", &new.name),
            ("carriage_number", &new.number),
            ("service_id", &id),
            ("agency_id", &agency),
        ];
        row(feed, "through_carriages.txt", &values);
        for host in &new.hosts {
            let time = |seconds: i32| ServiceTime(seconds).to_string();
            let values = [
                ("through_carriage_id", new.id.as_str()),
                ("sequence", &host.sequence.to_string()),
                ("trip_id", &host.trip),
                ("attach_stop_id", &host.attach),
                ("detach_stop_id", &host.detach),
                ("min_stand_time", &time(host.stand.0)),
                ("max_stand_time", &time(host.stand.1)),
            ];
            row(feed, "through_carriage_hosts.txt", &values);
        }
        let values =
            [("stitched_trip_id", new.id.as_str()), ("feed", &name), ("source_trip_id", &published), ("leads", "1")];
        row(feed, STITCHED_TRIPS, &values);
    }

    /// Leaves to trips the days that were not joined; a trip with no day left goes.
    fn leave(&mut self, plan: &Plan, trains: &[Train]) {
        let mut services: HashMap<(u32, u32, DaySet), u32> = HashMap::new();
        let mut gone: BTreeMap<u32, HashSet<u32>> = BTreeMap::new();
        for (train, left) in trains.iter().zip(&plan.left).filter(|(train, _)| !train.is_stretch) {
            let taken = train.published.without(left);
            if taken.is_empty() {
                continue;
            }
            let feed = &mut self.feeds[train.feed as usize];
            let service = feed.trips[train.trip as usize].service;
            let known = services.len();
            let number = *services.entry((train.feed, service, taken.clone())).or_insert_with(|| {
                let rest = without(&feed.services[service as usize], self.axis, left, &taken, known);
                feed.services.push(rest);
                feed.services.len() as u32 - 1
            });
            feed.trips[train.trip as usize].service = number;
            if feed.services[number as usize].first_day().is_none() {
                gone.entry(train.feed).or_default().insert(train.trip);
            }
        }
        for (feed, gone) in gone {
            remove_trips(&mut self.feeds[feed as usize], &gone);
        }
    }

    /// Rules that name a stop hold for trips that now call at the stop of another feed, too.
    ///
    /// A rule for changes at the stop itself must not become a walk from the one to the other stop: it is said of these trips alone.
    fn copy_rules(&mut self, from: StopAt, to: StopAt, trips: &[(u32, u32)]) {
        let feed = &self.feeds[from.feed as usize];
        let mut family = vec![from.stop];
        while let Some(parent) = feed.stops[family[family.len() - 1] as usize].parent.filter(|_| family.len() < 8) {
            family.push(parent);
        }
        let names = |stop: Option<u32>| stop.is_some_and(|stop| family.contains(&stop));
        let of_stop = feed.transfers.iter().filter(|rule| rule.kind < 4);
        let rules: Vec<(Transfer, bool, bool)> = of_stop
            .map(|rule| (*rule, names(rule.from_stop), names(rule.to_stop)))
            .filter(|(_, leaves, arrives)| *leaves || *arrives)
            .collect();
        for (rule, leaves, arrives) in rules {
            let is_of_stops =
                [rule.from_trip, rule.to_trip, rule.from_route, rule.to_route].iter().all(Option::is_none);
            if leaves && arrives && is_of_stops {
                if (rule.kind, rule.min_time) != (0, None) {
                    self.add_rules_of_trips(rule, (from, to), trips);
                }
                continue;
            }
            let here = self.position(from.feed, to);
            if leaves {
                self.add_rule(from.feed, Transfer { from_stop: Some(here), ..rule });
            }
            if arrives {
                self.add_rule(from.feed, Transfer { to_stop: Some(here), ..rule });
            }
        }
    }

    /// Says a rule of changes between two stops of trips that call at the second.
    fn add_rules_of_trips(&mut self, rule: Transfer, (from, to): (StopAt, StopAt), trips: &[(u32, u32)]) {
        for &(feed, trip) in trips {
            let [there, here] = [from, to].map(|at| Some(self.position(feed, at)));
            let plain =
                Transfer { kind: rule.kind, min_time: rule.min_time, certainty: rule.certainty, ..Transfer::default() };
            self.add_rule(feed, Transfer { from_stop: there, to_stop: here, to_trip: Some(trip), ..plain });
            self.add_rule(feed, Transfer { from_stop: here, to_stop: there, from_trip: Some(trip), ..plain });
        }
    }

    /// Lets passengers change between two stations that are one, and says so.
    fn join_stations(&mut self, one: StopAt, other: StopAt) {
        let there = self.position(one.feed, other);
        for (from, to) in [(one.stop, there), (there, one.stop)] {
            self.add_rule(one.feed, Transfer { from_stop: Some(from), to_stop: Some(to), ..Transfer::default() });
        }
        let feed = &mut self.feeds[one.feed as usize];
        let [id, same] = [one.stop, there].map(|stop| feed.stops[stop as usize].id.clone());
        row(feed, STITCHED_STOPS, &[("stop_id", &id), ("role", "station"), ("same_stop_id", &same)]);
    }

    fn add_rule(&mut self, feed: u32, rule: Transfer) {
        let feed = &mut self.feeds[feed as usize];
        feed.transfers.push(rule);
        if let Some(table) = feed.extra_columns.get_mut("transfers.txt") {
            table.rows.push(TableRow::default());
        }
    }
}

/// Adds what is said of a call where the feed says such things, or does from now on.
fn add_details(feed: &mut Feed, certainty: Certainty, [headsign, source]: [String; 2]) {
    let calls = feed.calls.len();
    let details = &mut feed.call_details;
    if !details.distance.is_empty() {
        details.distance.push(f32::NAN);
    }
    if !details.certainty.is_empty() || certainty != Certainty::Published {
        details.certainty.resize(calls - 1, Certainty::Published);
        details.certainty.push(certainty);
    }
    for (text, is_headsign) in [(headsign, true), (source, false)] {
        let column = if is_headsign { &mut details.headsign } else { &mut details.source };
        if column.is_empty() && text.is_empty() {
            continue;
        }
        let number = if text.is_empty() {
            u32::MAX
        } else {
            let known = details.texts.iter().position(|other| *other == text);
            known.unwrap_or_else(|| {
                details.texts.push(text);
                details.texts.len() - 1
            }) as u32
        };
        column.resize(calls - 1, u32::MAX);
        column.push(number);
    }
}

/// A service on the days that are left. What says more of its days than that they are published keeps its wording, less the taken days.
fn without(service: &Service, axis: Axis, left: &DaySet, taken: &DaySet, number: usize) -> Service {
    let id = format!("{}~left{}", service.id, number + 1);
    let within = |date: &Date| axis.contains(*date);
    let is_inside = service.exceptions.keys().all(within)
        && service.weekly.iter().flat_map(|weekly| [weekly.first, weekly.last]).flatten().all(|date| within(&date));
    if service.is_plain() && is_inside {
        return Service::of_dates(id, &left.iter().map(|day| axis.date(day)).collect());
    }
    let mut rest = Service { id, ..service.clone() };
    for date in taken.iter().map(|day| axis.date(day)) {
        if rest.weekly.as_ref().is_some_and(|weekly| weekly.covers(date)) {
            rest.exceptions.insert(date, Exception::default());
        } else {
            rest.exceptions.remove(&date);
        }
    }
    rest
}

/// Takes trips out of a feed.
fn remove_trips(feed: &mut Feed, gone: &HashSet<u32>) {
    let mut now: Vec<Option<u32>> = Vec::with_capacity(feed.trips.len());
    let mut next = 0;
    for trip in 0..feed.trips.len() as u32 {
        let stays = !gone.contains(&trip);
        now.push(stays.then_some(next));
        next += u32::from(stays);
    }
    let keep = |index: usize| now[index].is_some();
    let retain_rows = |table: Option<&mut Table>, keep: &dyn Fn(usize) -> bool| {
        if let Some(table) = table {
            let mut index = 0..;
            table.rows.retain(|_| index.next().is_some_and(keep));
        }
    };
    retain_rows(feed.extra_columns.get_mut("trips.txt"), &keep);
    let mut index = 0..;
    feed.trips.retain(|_| index.next().is_some_and(keep));
    let stays = |trip: Option<u32>| trip.is_none_or(|trip| now[trip as usize].is_some());
    let rules: Vec<bool> = feed.transfers.iter().map(|rule| stays(rule.from_trip) && stays(rule.to_trip)).collect();
    retain_rows(feed.extra_columns.get_mut("transfers.txt"), &|index| rules[index]);
    let mut index = 0..;
    feed.transfers.retain(|_| index.next().is_some_and(|index: usize| rules[index]));
    for rule in &mut feed.transfers {
        rule.from_trip = rule.from_trip.and_then(|trip| now[trip as usize]);
        rule.to_trip = rule.to_trip.and_then(|trip| now[trip as usize]);
    }
    for frequency in &mut feed.frequencies {
        // A repeated trip is never joined, so it stays.
        frequency.trip = now[frequency.trip as usize].unwrap_or(frequency.trip);
    }
}

/// Adds a row to an extension file; columns it lacks are added to it.
fn row(feed: &mut Feed, file: &str, values: &[(&str, &str)]) {
    let table = feed.extension.entry(file.to_owned()).or_default();
    let mut row = TableRow { line: table.rows.len() as u64 + 2, values: vec![String::new(); table.columns.len()] };
    for (column, value) in values {
        let index = table.column(column).unwrap_or_else(|| {
            table.columns.push((*column).to_owned());
            table.columns.len() - 1
        });
        row.values.resize(row.values.len().max(index + 1), String::new());
        (*value).clone_into(&mut row.values[index]);
    }
    table.rows.push(row);
}
