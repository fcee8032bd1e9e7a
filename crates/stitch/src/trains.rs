//! The trains of all feeds, and what they are weighed in.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;
use tumen_feed::{Call, Feed, Trip};

use crate::days::{Axis, Clock, DaySet};
use crate::number::TrainNumber;
use crate::report::TripName;
use crate::stations::{Stations, StopAt};

/// A trip, or a stretch of one, on the days that are not joined yet.
#[derive(Clone, Debug)]
pub(crate) struct Train {
    pub feed: u32,
    /// Position in the trips of its feed.
    pub trip: u32,
    /// Its calls in its feed.
    pub calls: Range<u32>,
    /// The service days on which its feed runs it.
    pub published: Arc<DaySet>,
    /// The service days left to it.
    pub days: Arc<DaySet>,
    /// Its numbers.
    pub numbers: Arc<Vec<TrainNumber>>,
    /// Whether it is what a published through carriage runs by itself.
    pub is_stretch: bool,
}

/// The feeds with all that decisions rest on.
pub(crate) struct World<'a> {
    pub feeds: &'a [Feed],
    pub axis: Axis,
    pub clocks: Vec<Clock>,
    pub stations: Stations,
    pub trains: Vec<Train>,
    /// Invented stops at borders.
    pub borders: HashSet<StopAt>,
    /// By feed: trips and routes that rules of transfers.txt name, so that they must stay where they are.
    named: Vec<Named>,
}

#[derive(Debug, Default)]
struct Named {
    trips: BTreeSet<u32>,
    /// Those that rules of type 4 or 5 name.
    seated: BTreeSet<u32>,
    routes: BTreeSet<u32>,
}

/// Whether trips of this kind are joined: trains and long-distance coaches. Underground, trams, city buses, ships and aircraft
/// are left alone.
pub(crate) fn is_train(feed: &Feed, trip: &Trip) -> bool {
    matches!(feed.routes[trip.route as usize].kind, 2 | 100..=117 | 200..=209)
}

impl<'a> World<'a> {
    pub(crate) fn new(feeds: &'a [Feed]) -> Self {
        let axis = Axis::of(feeds);
        let mut trains = Vec::new();
        let mut named = Vec::new();
        for (index, feed) in feeds.iter().enumerate() {
            let repeated: HashSet<u32> = feed.frequencies.iter().map(|frequency| frequency.trip).collect();
            let mut services: HashMap<u32, Arc<DaySet>> = HashMap::new();
            for (position, trip) in (0_u32..).zip(&feed.trips) {
                if !is_train(feed, trip) || repeated.contains(&position) {
                    continue;
                }
                let running = || Arc::new(axis.running(&feed.services[trip.service as usize]));
                let days = services.entry(trip.service).or_insert_with(running).clone();
                trains.push(Train {
                    feed: index as u32,
                    trip: position,
                    calls: trip.calls.clone(),
                    published: days.clone(),
                    days,
                    numbers: Arc::new(TrainNumber::all(&trip.short_name)),
                    is_stretch: false,
                });
            }
            let seats = feed.transfers.iter().filter(|rule| rule.kind >= 4);
            named.push(Named {
                trips: feed.transfers.iter().flat_map(|rule| [rule.from_trip, rule.to_trip]).flatten().collect(),
                seated: seats.flat_map(|rule| [rule.from_trip, rule.to_trip]).flatten().collect(),
                routes: feed.transfers.iter().flat_map(|rule| [rule.from_route, rule.to_route]).flatten().collect(),
            });
        }
        // One feed has nothing to be compared with.
        let stations = if feeds.len() > 1 { Stations::find(feeds) } else { Stations::default() };
        Self { feeds, axis, clocks: Clock::of(feeds, axis), stations, trains, borders: HashSet::new(), named }
    }

    pub(crate) fn feed(&self, train: &Train) -> &'a Feed {
        &self.feeds[train.feed as usize]
    }

    pub(crate) fn trip(&self, train: &Train) -> &'a Trip {
        &self.feed(train).trips[train.trip as usize]
    }

    pub(crate) fn calls(&self, train: &Train) -> &'a [Call] {
        &self.feed(train).calls[train.calls.start as usize..train.calls.end as usize]
    }

    pub(crate) fn clock(&self, train: &Train) -> &Clock {
        &self.clocks[train.feed as usize]
    }

    /// The place of a train's call.
    pub(crate) fn place(&self, train: &Train, call: &Call) -> u32 {
        self.stations.place(StopAt { feed: train.feed, stop: call.stop })
    }

    /// Whether a call is at an invented stop.
    pub(crate) fn is_border(&self, train: &Train, call: &Call) -> bool {
        self.borders.contains(&StopAt { feed: train.feed, stop: call.stop })
    }

    /// Whether rules of transfers.txt name a train or its route, or a block holds it: then it must stay a trip of its own feed.
    pub(crate) fn is_named(&self, train: &Train) -> bool {
        let (named, trip) = (&self.named[train.feed as usize], self.trip(train));
        named.trips.contains(&train.trip) || named.routes.contains(&trip.route) || !trip.block.is_empty()
    }

    /// Whether passengers may stay seated in a train from or into another one.
    pub(crate) fn is_seated(&self, train: &Train) -> bool {
        self.named[train.feed as usize].seated.contains(&train.trip) || !self.trip(train).block.is_empty()
    }

    /// The name of the agency that runs a train.
    pub(crate) fn agency(&self, train: &Train) -> &'a str {
        let feed = self.feed(train);
        let route = &feed.routes[self.trip(train).route as usize];
        &feed.agencies[route.agency as usize].name
    }

    /// A train as the report names it.
    pub(crate) fn name(&self, train: &Train) -> TripName {
        let (feed, trip, calls) = (self.feed(train), self.trip(train), self.calls(train));
        let route = &feed.routes[trip.route as usize];
        let stop =
            |call: Option<&Call>| call.map_or_else(String::new, |call| feed.stops[call.stop as usize].name.clone());
        TripName {
            feed: feed.name.clone(),
            trip: trip.id.clone(),
            number: trip.short_name.clone(),
            route: format!("{} {}", route.short_name, route.long_name).trim().to_owned(),
            agency: self.agency(train).to_owned(),
            headsign: trip.headsign.clone(),
            from: stop(calls.first()),
            to: stop(calls.last()),
        }
    }
}
