//! Borders: the country of every stop, where trains cross, posts, and what hinders a crossing.
//!
//! Nothing here knows routing. What may not be ridden becomes a [`Hindrance`]: hops of a trip on an interval of service
//! days, with its cause. Unknown stays unknown: a stop whose country nobody states and no boundary encloses has none.

mod avoided;
mod boundaries;
mod country;
mod crossings;
mod hindrance;
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

use tumen_base::{PatternId, StopId};
use tumen_timetable::{Columns, Rows, Timetable};

pub use boundaries::NEARBY_METRES;
pub use country::{Basis, Countries, Country, CountryCode};
pub use crossings::{Crossing, Passage};
pub use hindrance::{Cause, Hindrance};
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
}

impl Borders {
    /// Reads posts from the rows of border_posts.txt, and finds the country of every stop.
    pub fn of(timetable: &Timetable, posts: &Rows) -> Self {
        let posts = posts::read(timetable, posts);
        let countries = Countries::of(&timetable.columns(), &posts);
        let mut posts_at: Vec<(StopId, PostId)> = (0..posts.len())
            .flat_map(|index| {
                posts[index].ends.into_iter().flatten().map(move |stop| (stop, PostId::from_index(index)))
            })
            .collect();
        posts_at.sort_unstable();
        Self { countries, posts, posts_at }
    }

    /// All posts.
    pub fn posts(&self) -> impl Iterator<Item = (PostId, &Post)> {
        self.posts.iter().enumerate().map(|(index, post)| (PostId::from_index(index), post))
    }

    /// A post.
    pub fn post(&self, post: PostId) -> &Post {
        &self.posts[post.index()]
    }

    /// Posts of which a stop is an end.
    pub fn posts_at(&self, stop: StopId) -> impl Iterator<Item = PostId> {
        let first = self.posts_at.partition_point(|(other, _)| *other < stop);
        self.posts_at[first..].iter().take_while(move |(other, _)| *other == stop).map(|(_, post)| *post)
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
