//! border_posts.txt: where a border is crossed.

use tumen_base::{FeedId, StopId};
use tumen_timetable::{Row, Rows, Timetable};

use crate::country::Country;

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
    /// opening_hours as written; empty where not published.
    pub opening_hours: String,
    /// What is known of hours that are not published.
    pub hours_note: String,
    /// Sources, as written.
    pub sources: String,
}

impl Post {
    /// opening_hours, else what is known of hours that are not published.
    pub fn known_hours(&self) -> &str {
        if self.opening_hours.is_empty() { &self.hours_note } else { &self.opening_hours }
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
    Post {
        id: text("border_post_id"),
        feed: row.feed,
        line: row.line(),
        name: text("name"),
        ends: [stop("from_stop_id"), stop("to_stop_id")],
        countries: [Country::parse(row.get("from_country")), Country::parse(row.get("to_country"))],
        mode: PostMode::parse(row.get("mode")),
        gauge_change: stop("gauge_change_stop_id"),
        opening_hours: text("opening_hours"),
        hours_note: text("hours_note"),
        sources: text("source_id"),
    }
}
