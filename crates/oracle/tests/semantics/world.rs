//! Asking a text timetable and reading the answer.

use jiff::tz::TimeZone;
use jiff::{Timestamp, civil};
use tumen_base::Date;
use tumen_feed::Feed;
use tumen_oracle::{Oracle, Query, Row, text};

/// A text timetable, ready for questions.
pub struct World {
    pub feeds: Vec<Feed>,
    oracle: Oracle,
}

/// A question that may still be changed.
pub struct Question<'a> {
    world: &'a World,
    query: Query,
}

impl World {
    /// A timetable with one feed in Moscow's zone (+3 all year) for January and February 2026; lines are added to it.
    pub fn in_moscow(lines: &str) -> Self {
        Self::new(&format!("feed zone Europe/Moscow days 2026-01-01..2026-02-28\n{lines}"))
    }

    pub fn new(text: &str) -> Self {
        let feeds = text::feeds(text);
        let date = |text| Date::parse_typed(text).expect("a date");
        let oracle = Oracle::new(&feeds, date("2015-01-01"), date("2027-12-31"));
        Self { feeds, oracle }
    }

    /// A question; the time is local in the zone of the first feed.
    pub fn ask(&self, from: &str, to: &str, time: &str) -> Question<'_> {
        let time = text::instant(&self.feeds[0].zone, time);
        Question { world: self, query: Query::new(text::stop(&self.feeds, from), text::stop(&self.feeds, to), time) }
    }
}

impl Question<'_> {
    /// The question with something changed.
    pub fn with(mut self, change: impl FnOnce(&mut Query)) -> Self {
        change(&mut self.query);
        self
    }

    /// Departing at the time.
    pub fn earliest(&self) -> Vec<String> {
        self.show(&self.world.oracle.earliest(&self.query))
    }

    /// Arriving by the time.
    pub fn latest(&self) -> Vec<String> {
        self.show(&self.world.oracle.latest(&self.query))
    }

    /// Departing in so many hours from the time.
    pub fn profile(&self, hours: i64) -> Vec<String> {
        self.show(&self.world.oracle.profile(&self.query, hours * 3600))
    }

    fn show(&self, rows: &[Row]) -> Vec<String> {
        let zone = TimeZone::get(&self.world.feeds[0].zone).expect("a zone");
        let local = |second| Timestamp::from_second(second).expect("a time").to_zoned(zone.clone()).datetime();
        let day = local(self.query.time).date();
        let time = |second| {
            let time: civil::DateTime = local(second);
            let days = day.until(time.date()).expect("days").get_days();
            let seconds = if time.second() == 0 { String::new() } else { format!(":{:02}", time.second()) };
            let days = if days == 0 { String::new() } else { format!("{days:+}") };
            format!("{:02}:{:02}{seconds}{days}", time.hour(), time.minute())
        };
        rows.iter().map(|row| format!("{}-{} ({})", time(row.departure), time(row.arrival), row.trips)).collect()
    }
}
