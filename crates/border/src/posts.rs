//! border_posts.txt: where a border is crossed.

use tumen_base::{FeedId, ServiceTime, StopId};
use tumen_timetable::{Row, Rows, Timetable};

use crate::country::Country;
use crate::hours::Hours;

/// A post, by its place among all posts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PostId(u32);

impl PostId {
    pub(crate) const fn from_index(index: usize) -> Self {
        Self(index as u32)
    }

    /// The place among all posts.
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// By what means a post is crossed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PostMode {
    /// Trains.
    Rail,
    /// Buses and cars.
    Road,
    /// Flights.
    Air,
    /// Ships.
    Ship,
}

impl PostMode {
    /// Reads the column `mode`; `None` for words that mean nothing here.
    pub fn parse(word: &str) -> Option<Self> {
        match word {
            "rail" => Some(Self::Rail),
            "road" | "bus" => Some(Self::Road),
            "air" => Some(Self::Air),
            "ship" | "ferry" | "sea" => Some(Self::Ship),
            _ => None,
        }
    }

    /// The means by which services of a GTFS route type (extended types included) cross; `None` for cable cars and others.
    pub const fn of_route(kind: u16) -> Option<Self> {
        match kind {
            0..=2 | 12 | 100..=199 | 400..=699 | 900..=999 => Some(Self::Rail),
            3 | 11 | 200..=299 | 700..=899 | 1500..=1599 => Some(Self::Road),
            1100..=1199 => Some(Self::Air),
            4 | 1000..=1099 | 1200..=1299 => Some(Self::Ship),
            _ => None,
        }
    }

    /// The word of the column `mode`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Rail => "rail",
            Self::Road => "road",
            Self::Air => "air",
            Self::Ship => "ship",
        }
    }
}

/// A row of border_posts.txt.
#[derive(Clone, Debug)]
pub struct Post {
    /// border_post_id.
    pub id: String,
    /// Its feed.
    pub feed: FeedId,
    /// Its line in the file.
    pub line: u64,
    /// Its name.
    pub name: String,
    /// The station on either side, where known.
    pub ends: [Option<StopId>; 2],
    /// The country on either side, as stated.
    pub countries: [Country; 2],
    /// How it is crossed; anything where not stated.
    pub mode: Option<PostMode>,
    /// Where the gauge changes.
    pub gauge_change: Option<StopId>,
    /// opening_hours, on the clocks of the first end (of the second where the first is unknown).
    pub hours: Hours,
    /// opening_hours as written.
    pub written_hours: String,
    /// What is known of hours that are not published.
    pub hours_note: String,
    /// Seconds that passengers must be at the control before the departure on the near side, and that the control takes after
    /// the arrival on the far side, as far as the feed states them.
    pub control: [Option<i32>; 2],
    /// Minutes that trains were seen to stand at the first and at the second end. Observations: no plan, no least time.
    pub observed: [Option<u32>; 2],
    /// What was observed, in words.
    pub observed_note: String,
    /// Sources, as written.
    pub sources: String,
}

impl Post {
    /// opening_hours, else what is known of hours that are not published.
    pub fn known_hours(&self) -> &str {
        if self.written_hours.is_empty() { &self.hours_note } else { &self.written_hours }
    }

    /// Whether services of a mode can cross here; a mode that has no word may be any.
    pub fn takes(&self, mode: Option<PostMode>) -> bool {
        self.mode.is_none() || self.mode == mode
    }
}

/// Every post, in the order of the rows.
pub(crate) fn read(timetable: &Timetable, rows: &Rows) -> Vec<Post> {
    rows.iter().map(|row| post(timetable, &row)).collect()
}

fn post(timetable: &Timetable, row: &Row<'_>) -> Post {
    let stop = |column: &str| timetable.stops_with_id(Some(row.feed), row.get(column)).first().copied();
    let text = |column: &str| row.get(column).to_owned();
    let columns = timetable.columns();
    let ends = [stop("from_stop_id"), stop("to_stop_id")];
    let countries = [Country::parse(row.get("from_country")), Country::parse(row.get("to_country"))];
    let zone = ends.iter().flatten().next().map(|stop| columns.zone_of_stop(*stop));
    let zone = zone.unwrap_or_else(|| columns.zone_of_feed(row.feed));
    let hours = Hours::parse(row.get("opening_hours"), zone, countries.iter().find_map(Country::code));
    let seconds = |column: &str| ServiceTime::parse(row.get(column).as_bytes()).ok().map(|time| time.0);
    Post {
        id: text("border_post_id"),
        feed: row.feed,
        line: row.line(),
        name: text("name"),
        ends,
        countries,
        mode: PostMode::parse(row.get("mode")),
        gauge_change: stop("gauge_change_stop_id"),
        hours,
        written_hours: text("opening_hours"),
        hours_note: text("hours_note"),
        control: [seconds("control_before_departure"), seconds("control_after_arrival")],
        observed: ["processing_from_min", "processing_to_min"].map(|column| row.get(column).parse().ok()),
        observed_note: text("processing_note"),
        sources: text("source_id"),
    }
}
