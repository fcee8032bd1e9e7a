//! What is wrong with borders in a timetable: complaints for `import` and `validate`.

use std::collections::BTreeSet;
use tumen_base::{StopId, TripId};
use tumen_feed::{Code, Complaint};
use tumen_timetable::Columns;

use crate::Borders;
use crate::crossings::{Crossing, Passage};
use crate::gauge::GaugeChange;
use crate::hours::{Hours, State};
use crate::posts::{Post, PostId};

/// More scheduled crossings than this are not compared with the hours of posts.
const MOST_CROSSINGS: u64 = 5_000_000;

const POSTS: &str = "border_posts.txt";

impl Borders {
    /// Hours that cannot be read, crossings that are scheduled while the post is closed, calls at a border whose time nobody
    /// gives, and changes of gauge where none can be made.
    pub fn complaints(&self, columns: &Columns<'_>) -> Vec<Complaint> {
        let mut check = Check { borders: self, columns, found: Vec::new(), left: MOST_CROSSINGS };
        for post in &self.posts {
            check.hours(post);
        }
        for (pattern, crossings) in self.of_patterns(columns) {
            // A through carriage calls where its hosts do.
            let trips = columns.trips_of(pattern).map(TripId::from_index);
            for trip in trips.filter(|trip| columns.way_of_trip(*trip).is_none()) {
                for crossing in &crossings {
                    check.times(trip, crossing);
                    check.closed(trip, crossing);
                }
            }
        }
        check.gauges();
        if check.left == 0 {
            check.complain(Code::CheckCutShort, POSTS, (0, "opening_hours"), 0, || {
                format!("only the first {MOST_CROSSINGS} scheduled crossings were compared with opening hours")
            });
        }
        check.found
    }
}

struct Check<'a> {
    borders: &'a Borders,
    columns: &'a Columns<'a>,
    found: Vec<Complaint>,
    /// How many more crossings may be compared with hours.
    left: u64,
}

impl Check<'_> {
    fn hours(&mut self, post: &Post) {
        if let Hours::Unreadable(error) = &post.hours {
            let message = || format!("`{}`: {error}; the hours of {} stay unknown", post.written_hours, post.name);
            self.complain(Code::BadHours, POSTS, (post.line, "opening_hours"), post.feed.index(), message);
        }
    }

    fn times(&mut self, trip: TripId, crossing: &Crossing<'_>) {
        let columns = self.columns;
        let given_by_nobody = |call: &usize| columns.is_interpolated(trip, *call);
        for call in [crossing.before, crossing.after].into_iter().filter(given_by_nobody) {
            let feed = columns.feed_of_trip(trip).index();
            self.complain(Code::BorderTimeInterpolated, "stop_times.txt", (0, "arrival_time"), feed, || {
                format!(
                    "trip `{}` crosses from {} to {} beside {}, where it has no time; one was spread between its other calls",
                    columns.text(columns.trip_id[trip.index()]),
                    crossing.from,
                    crossing.to,
                    columns.stop_name(columns.stop_at(trip, call)),
                )
            });
        }
    }

    /// A post that is closed when a train leaves its station before the border, or reaches that beyond it.
    fn closed(&mut self, trip: TripId, crossing: &Crossing<'_>) {
        let Some(Passage { post: id, .. }) = crossing.passage else { return };
        let (borders, columns) = (self.borders, self.columns);
        let post = borders.post(id);
        let Hours::Known(hours) = &post.hours else { return };
        let mut first: Option<(i32, StopId)> = None;
        let mut days = 0_u32;
        for day in columns.days_of_trip(trip).iter() {
            if self.left == 0 {
                break;
            }
            self.left -= 1;
            if let Some(stop) = closed_at(borders, columns, id, (trip, day), crossing) {
                first = first.or(Some((day, stop)));
                days += 1;
            }
        }
        let Some((day, stop)) = first else { return };
        self.complain(Code::ClosedCrossing, POSTS, (post.line, "opening_hours"), post.feed.index(), || {
            let is_leaving = stop == columns.stop_at(trip, crossing.before);
            let (word, time) = if is_leaving {
                ("leave", columns.departure_of_run(trip, day, crossing.before))
            } else {
                ("reach", columns.arrival_of_run(trip, day, crossing.after))
            };
            let local = columns.local_time(time, stop);
            let more = if days > 1 { format!(" and on {} more service days", days - 1) } else { String::new() };
            format!(
                "trip `{}` is to {word} {} on {} at {}{more}, while {} is closed ({hours})",
                columns.text(columns.trip_id[trip.index()]),
                columns.stop_name(stop),
                local.date(),
                local.strftime("%H:%M"),
                post.name,
            )
        });
    }

    /// Changes of gauge that no post says can be made, and carriages of one gauge on sections of another.
    fn gauges(&mut self) {
        let (borders, columns) = (self.borders, self.columns);
        let sections = borders.sections();
        if sections.has_one_gauge() {
            return;
        }
        let mut told = BTreeSet::new();
        for pattern in columns.patterns() {
            let stops: Vec<StopId> =
                columns.call_stop[columns.calls_of(pattern)].iter().map(|stop| StopId(*stop)).collect();
            let Some(trip) = columns.trips_of(pattern).next().map(TripId::from_index) else { continue };
            let way = columns.way_of_trip(trip);
            let carriage = way.map(|way| columns.carriage_of_way(way));
            let (file, feed, what) = if let Some(carriage) = carriage {
                let index = carriage.0 as usize;
                let id = columns.text(columns.carriage_id[index]);
                ("through_carriages.txt", columns.carriage_feed[index] as usize, format!("carriage `{id}`"))
            } else {
                let id = columns.text(columns.trip_id[trip.index()]);
                ("trips.txt", columns.feed_of_trip(trip).index(), format!("trip `{id}`"))
            };
            let name = |stop: &StopId| columns.stop_name(*stop);
            let fixed = carriage.and_then(|carriage| borders.gauge_of_carriage(carriage));
            let messages: Vec<String> = if let Some(gauge) = fixed {
                let barrier = sections.barrier(columns, &stops, gauge);
                let words = |(from, to): (StopId, StopId)| {
                    let (from, to) = (name(&from), name(&to));
                    format!(
                        "{what} is of {gauge} mm, its bogies are not changed, and between {from} and {to} lies another gauge"
                    )
                };
                barrier.map(words).into_iter().collect()
            } else {
                let changes = sections.changes(columns, &stops).into_iter().filter(|change| !change.stated);
                let words = |change: GaugeChange| {
                    let places: Vec<&str> = change.places.iter().map(name).collect();
                    format!(
                        "{what} needs a change from {} to {} mm at {}, and no post has it as gauge_change_stop_id",
                        change.from,
                        change.to,
                        places.join(" or ")
                    )
                };
                changes.map(words).collect()
            };
            for message in messages {
                if told.insert(message.clone()) {
                    self.complain(Code::GaugeChangeNowhere, file, (0, ""), feed, || message);
                }
            }
        }
    }

    fn complain(
        &mut self,
        code: Code,
        file: &str,
        (line, column): (u64, &str),
        feed: usize,
        message: impl FnOnce() -> String,
    ) {
        let feed = self.columns.feed_name.get(feed).map(|name| self.columns.text(*name).to_owned()).unwrap_or_default();
        let (file, column) = (file.to_owned(), column.to_owned());
        self.found.push(Complaint { feed, file, line, column, code, message: message() });
    }
}

/// The station of a post at which a run is while the post is closed.
fn closed_at(
    borders: &Borders,
    columns: &Columns<'_>,
    id: PostId,
    (trip, day): (TripId, i32),
    crossing: &Crossing<'_>,
) -> Option<StopId> {
    let before = (columns.stop_at(trip, crossing.before), columns.departure_of_run(trip, day, crossing.before));
    let after = (columns.stop_at(trip, crossing.after), columns.arrival_of_run(trip, day, crossing.after));
    let is_end = |stop: StopId| borders.post(id).ends.contains(&Some(stop));
    let mut sides = [before, after].into_iter().filter(|(stop, _)| is_end(*stop));
    sides.find(|(_, time)| borders.state(columns, id, *time) == State::Closed).map(|(stop, _)| stop)
}
