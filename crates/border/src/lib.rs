//! Borders: the country of every stop, where trains cross, posts, and what hinders a crossing.
//!
//! Nothing here knows routing. What may not be ridden becomes a [`Hindrance`]: hops of a trip on an interval of service
//! days, with its cause. Unknown stays unknown: a stop whose country nobody states and no boundary encloses has none.

mod avoided;
mod boundaries;
mod check;
mod country;
mod crossings;
mod gauge;
mod hindrance;
mod hours;
mod instant;
mod outlook;
mod paper;
mod passport_table;
mod period;
mod posts;
mod rules;
mod suspensions;
mod territories;
mod traveller;
mod verdict;
mod words;

use jiff::Timestamp;
use std::collections::HashMap;
use tumen_base::{PatternId, StopId, Time};
use tumen_timetable::{CarriageId, Columns, Rows, Timetable};

pub use boundaries::NEARBY_METRES;
pub use country::{Basis, Countries, Country, CountryCode};
pub use crossings::{Crossing, Passage};
pub use gauge::{GaugeChange, Sections};
pub use hindrance::{Cause, Hindrance};
pub use hours::{Hours, HoursError, PostHours, State};
pub use outlook::days_of_crossing;
pub use paper::Paper;
pub use passport_table::{Entry, PassportTable, TableError};
pub use period::Period;
pub use posts::{Post, PostId, PostMode};
pub use rules::{Force, Passports, Rule, RuleId, RulePlace, Rules, Says};
pub use suspensions::{Affected, Suspension, SuspensionId, Suspensions};
pub use traveller::{Purpose, Stated, Traveller, TravellerError};
pub use verdict::{Crossed, Grade, Ground, Judge, Need, Verdict};
pub use words::{Listener, words_of_day, words_of_span};

/// What a timetable says of borders. Made once, then only read.
#[derive(Clone, Debug)]
pub struct Borders {
    /// The country of every stop.
    pub countries: Countries,
    posts: Vec<Post>,
    /// Posts by the station at either end.
    posts_at: Vec<(StopId, PostId)>,
    sections: Sections,
    /// Millimetres between the wheels of carriages whose bogies are not changed.
    gauge_of_carriage: HashMap<CarriageId, u32>,
}

/// The rows of files that speak of borders.
#[derive(Clone, Copy, Debug)]
pub struct BorderFiles<'a> {
    /// border_posts.txt.
    pub posts: &'a Rows,
    /// sections.txt.
    pub sections: &'a Rows,
    /// through_carriages.txt.
    pub carriages: &'a Rows,
    /// carriage_types.txt.
    pub carriage_types: &'a Rows,
}

impl Borders {
    /// Reads posts and sections, and finds the country of every stop.
    pub fn of(timetable: &Timetable, files: BorderFiles<'_>) -> Self {
        let posts = posts::read(timetable, files.posts);
        let sections = Sections::read(timetable, files.sections, &posts);
        let gauge_of_carriage = gauge::of_carriages(&timetable.columns(), files);
        let countries = Countries::of(&timetable.columns(), &posts);
        let mut posts_at: Vec<(StopId, PostId)> = (0..posts.len())
            .flat_map(|index| {
                posts[index].ends.into_iter().flatten().map(move |stop| (stop, PostId::from_index(index)))
            })
            .collect();
        posts_at.sort_unstable();
        Self { countries, posts, posts_at, sections, gauge_of_carriage }
    }

    /// All posts.
    pub fn posts(&self) -> impl Iterator<Item = (PostId, &Post)> {
        self.posts.iter().enumerate().map(|(index, post)| (PostId::from_index(index), post))
    }

    /// A post.
    pub fn post(&self, post: PostId) -> &Post {
        &self.posts[post.index()]
    }

    /// Sections of track, with their gauges.
    pub fn sections(&self) -> &Sections {
        &self.sections
    }

    /// The gauge of a carriage whose bogies are not changed, in millimetres; `None` where carriage_types.txt does not say.
    pub fn gauge_of_carriage(&self, carriage: CarriageId) -> Option<u32> {
        self.gauge_of_carriage.get(&carriage).copied()
    }

    /// Posts of which a stop is an end.
    pub fn posts_at(&self, stop: StopId) -> impl Iterator<Item = PostId> {
        let first = self.posts_at.partition_point(|(other, _)| *other < stop);
        self.posts_at[first..].iter().take_while(move |(other, _)| *other == stop).map(|(_, post)| *post)
    }

    /// Whether a post is open at a time; unknown unless its hours are known.
    pub fn state(&self, columns: &Columns<'_>, post: PostId, time: Time) -> State {
        let instant = Timestamp::from_second(columns.to_unix(time));
        instant.map_or(State::Unknown, |instant| self.post(post).hours.state(instant))
    }

    /// The first time from `time` on at which a post is open; `None` where that is not known, or not within 400 days.
    pub fn next_opening(&self, columns: &Columns<'_>, post: PostId, time: Time) -> Option<Time> {
        let instant = Timestamp::from_second(columns.to_unix(time)).ok()?;
        let opens = self.post(post).hours.known()?.next_opening(instant)?;
        columns.from_unix(opens.as_second())
    }

    /// The border crossings of every pattern that has any, ways of through carriages included.
    pub fn of_patterns(&self, columns: &Columns<'_>) -> Vec<(PatternId, Vec<Crossing<'_>>)> {
        let crossings = |pattern: PatternId| {
            let stops = &columns.call_stop[columns.calls_of(pattern)];
            let kind = columns.route_kind[columns.pattern_route[pattern.index()] as usize];
            let found = self.crossings(columns, stops.len(), |call| StopId(stops[call]), PostMode::of_route(kind));
            (!found.is_empty()).then_some((pattern, found))
        };
        columns.patterns().filter_map(crossings).collect()
    }
}
