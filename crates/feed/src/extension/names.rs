//! What ids in extension files stand for, across the feeds read together.

use std::collections::{HashMap, HashSet};

use super::schema::Target;
use crate::model::Feed;

/// A stop or trip of one of the feeds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct InFeed {
    pub feed: usize,
    pub position: u32,
}

/// The ids of all feeds read together.
pub(super) struct Names<'a> {
    feeds: &'a [Feed],
    by_feed: Vec<FeedNames<'a>>,
}

struct FeedNames<'a> {
    stops: HashMap<&'a str, u32>,
    trips: HashMap<&'a str, u32>,
    services: HashMap<&'a str, u32>,
    /// Trips that frequencies.txt repeats.
    repeated: HashSet<u32>,
    others: HashMap<Target, HashSet<&'a str>>,
}

impl<'a> Names<'a> {
    pub(super) fn new(feeds: &'a [Feed]) -> Self {
        Self { feeds, by_feed: feeds.iter().map(FeedNames::new).collect() }
    }

    /// A trip of the feed itself, else one written `feed:id`.
    pub(super) fn trip(&self, feed: usize, id: &str) -> Option<InFeed> {
        self.find(feed, id, |names| &names.trips)
    }

    /// A stop of the feed itself, else one written `feed:id`.
    pub(super) fn stop(&self, feed: usize, id: &str) -> Option<InFeed> {
        self.find(feed, id, |names| &names.stops)
    }

    /// A service of the feed.
    pub(super) fn service(&self, feed: usize, id: &str) -> Option<u32> {
        self.by_feed[feed].services.get(id).copied()
    }

    /// Whether frequencies.txt repeats the trip.
    pub(super) fn is_repeated(&self, trip: InFeed) -> bool {
        self.by_feed[trip.feed].repeated.contains(&trip.position)
    }

    fn find<'n>(
        &'n self,
        feed: usize,
        id: &str,
        kind: impl Fn(&'n FeedNames<'a>) -> &'n HashMap<&'a str, u32>,
    ) -> Option<InFeed> {
        let own = kind(&self.by_feed[feed]).get(id).map(|position| InFeed { feed, position: *position });
        own.or_else(|| {
            let (name, id) = id.split_once(':')?;
            let feed = self.feeds.iter().position(|feed| feed.name == name)?;
            kind(&self.by_feed[feed]).get(id).map(|position| InFeed { feed, position: *position })
        })
    }

    /// Whether an id exists where it should.
    pub(super) fn has(&self, feed: usize, target: Target, id: &str) -> bool {
        match target {
            Target::Stop => self.stop(feed, id).is_some(),
            Target::Trip => self.trip(feed, id).is_some(),
            Target::Service => self.service(feed, id).is_some(),
            other => self.by_feed[feed].others.get(&other).is_some_and(|ids| ids.contains(id)),
        }
    }
}

impl<'a> FeedNames<'a> {
    fn new(feed: &'a Feed) -> Self {
        let mut others: HashMap<Target, HashSet<&str>> = HashMap::new();
        others.insert(Target::Agency, feed.agencies.iter().map(|agency| agency.id.as_str()).collect());
        others.insert(Target::Route, feed.routes.iter().map(|route| route.id.as_str()).collect());
        for schema in super::EXTENSION_FILES {
            let (Some(table), Some(id)) = (feed.extension.get(schema.file), schema.id_column()) else { continue };
            let ids = table.rows.iter().map(|row| table.value(row, id)).collect();
            others.insert(Target::Extension(schema.file, id), ids);
        }
        let number = |ids: &mut dyn Iterator<Item = &'a str>| ids.zip(0..).collect();
        Self {
            stops: number(&mut feed.stops.iter().map(|stop| stop.id.as_str())),
            trips: number(&mut feed.trips.iter().map(|trip| trip.id.as_str())),
            services: number(&mut feed.services.iter().map(|service| service.id.as_str())),
            repeated: feed.frequencies.iter().map(|frequency| frequency.trip).collect(),
            others,
        }
    }
}
