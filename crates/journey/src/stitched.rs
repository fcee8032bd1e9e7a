//! What was joined when the feeds were imported: of which trips a trip was made, which stops are one station, which are none
//! (docs/stitching.md).

use std::collections::{BTreeSet, HashMap};
use tumen_base::{FeedId, StopId, TripId};
use tumen_timetable::{Rows, Timetable};

/// Joined trips and stops of a timetable.
#[derive(Clone, Debug, Default)]
pub struct Stitched {
    sources: Vec<Source>,
    borders: BTreeSet<StopId>,
    stations: HashMap<StopId, Vec<StopId>>,
}

/// A stretch of a joined trip, or a through carriage, with the trip it was taken from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// The feed of the joined trip.
    pub into_feed: FeedId,
    /// The joined trip's id.
    pub into: String,
    /// First and last call of the joined trip, from 0; `None` for a carriage, which calls where its hosts do.
    pub calls: Option<(usize, usize)>,
    /// The feed of the source.
    pub feed: FeedId,
    /// The source's trip_id.
    pub trip: String,
    /// The source's service day minus that of the joined trip.
    pub shift: i32,
    /// Whether its times are those that are shown.
    pub leads: bool,
}

impl Source {
    /// Whether it is what people write: its id, or `feed:id`.
    fn is_named(&self, feed: &str, written: &str) -> bool {
        self.trip == written || written.strip_prefix(feed).and_then(|id| id.strip_prefix(':')) == Some(&self.trip)
    }
}

impl Stitched {
    /// Reads stitched_trips.txt and stitched_stops.txt.
    pub fn read(timetable: &Timetable, trips: &Rows, stops: &Rows) -> Self {
        let columns = timetable.columns();
        let mut stitched = Self::default();
        for row in trips.iter() {
            let named = |feed: &FeedId| columns.text(columns.feed_name[feed.index()]) == row.get("feed");
            let call = |column| row.get(column).parse::<usize>().ok().and_then(|sequence| sequence.checked_sub(1));
            let Some(feed) = columns.feeds().find(named) else { continue };
            stitched.sources.push(Source {
                into_feed: row.feed,
                into: row.get("stitched_trip_id").to_owned(),
                calls: call("from_sequence").zip(call("to_sequence")),
                feed,
                trip: row.get("source_trip_id").to_owned(),
                shift: row.get("service_day_shift").parse().unwrap_or(0),
                leads: row.get("leads") == "1",
            });
        }
        for row in stops.iter() {
            let Some(&stop) = timetable.stops_with_id(Some(row.feed), row.get("stop_id")).first() else { continue };
            if row.get("role") == "border" {
                stitched.borders.insert(stop);
            } else if let [same] = timetable.stops_with_written_id(row.get("same_stop_id"))[..] {
                stitched.stations.entry(stop).or_default().push(same);
                stitched.stations.entry(same).or_default().push(stop);
            }
        }
        stitched
    }

    /// Whether a stop only stands for a border: nobody boards or alights there.
    pub fn is_border(&self, stop: StopId) -> bool {
        self.borders.contains(&stop)
    }

    /// The stops that other feeds have for the same station.
    pub fn same_station(&self, stop: StopId) -> impl Iterator<Item = StopId> + '_ {
        self.stations.get(&stop).into_iter().flatten().copied()
    }

    /// The trips into which a trip, named by its id or as `feed:id`, was joined, with the feed it is from.
    pub fn trips_made_of(&self, timetable: &Timetable, written: &str) -> Vec<(FeedId, TripId)> {
        let columns = timetable.columns();
        let is_named = |source: &&Source| {
            let feed = columns.text(columns.feed_name[source.feed.index()]);
            source.trip == written
                || written.strip_prefix(feed).and_then(|id| id.strip_prefix(':')) == Some(&source.trip)
        };
        let mut trips = Vec::new();
        for source in self.sources.iter().filter(|source| source.calls.is_some()).filter(is_named) {
            let made = timetable.trips_with_id(Some(source.into_feed), &source.into);
            trips.extend(made.into_iter().map(|trip| (source.feed, trip)));
        }
        trips.sort_unstable();
        trips.dedup();
        trips
    }

    /// The ids of the through carriages that a trip, named by its id or as `feed:id`, was published for.
    pub fn carriages_published_as(&self, timetable: &Timetable, written: &str) -> Vec<(FeedId, String)> {
        let columns = timetable.columns();
        let sources = self.sources.iter().filter(|source| source.calls.is_none());
        let is_named =
            |source: &&Source| source.is_named(columns.text(columns.feed_name[source.feed.index()]), written);
        sources.filter(is_named).map(|source| (source.into_feed, source.into.clone())).collect()
    }

    /// Whether a through carriage was published as a trip of the same id, which runs by itself on other days.
    pub fn is_published_carriage(&self, feed: FeedId, id: &str) -> bool {
        self.sources.iter().any(|source| source.calls.is_none() && source.into_feed == feed && source.into == id)
    }

    /// What a trip was made of, in the order of its calls.
    pub fn sources(&self, feed: FeedId, id: &str) -> Vec<&Source> {
        let mut sources: Vec<&Source> = self
            .sources
            .iter()
            .filter(|source| source.into_feed == feed && source.into == id && source.calls.is_some())
            .collect();
        sources.sort_by_key(|source| (source.calls, !source.leads));
        sources
    }
}
