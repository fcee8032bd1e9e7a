//! Sections of track: sections.txt.

use std::collections::{HashMap, HashSet};
use tumen_base::{FeedId, StopId};
use tumen_timetable::{Columns, Row, Rows};

use crate::complaint::Complaint;
use crate::figures::{self, Speed, Tracks};

/// The file that is read here.
pub(crate) const FILE: &str = "sections.txt";

/// A section of track between two stations.
#[derive(Clone, Debug, PartialEq)]
pub struct Section {
    /// section_id; the stations' ids where the feed gives none.
    pub id: String,
    /// Its feed.
    pub feed: FeedId,
    /// Its line in sections.txt.
    pub row: u64,
    /// The station at one end (the topmost ancestor of the stop that is named).
    pub from: StopId,
    /// The station at the other end.
    pub to: StopId,
    /// Metres of track.
    pub length_metres: Option<f64>,
    /// Millimetres between the rails; several where several lie side by side, none where nobody says.
    pub gauges: Vec<u16>,
    /// The power as written, such as `25 kV 50 Hz AC` or `none`.
    pub electrification: Option<String>,
    /// How many tracks.
    pub tracks: Option<Tracks>,
    /// How fast.
    pub speed: Option<Speed>,
    /// The line in words.
    pub line_name: Option<String>,
    /// ISO 3166-1 codes of the countries it lies in, in order.
    pub countries: Vec<String>,
    /// The regions it lies in, in order. Where along it one ends and the next begins is not said.
    pub regions: Vec<String>,
    /// IANA names of the time zones it lies in, in order.
    pub zones: Vec<String>,
    /// What is said of the gauge.
    pub gauge_note: Option<String>,
    /// What is said of the tracks.
    pub tracks_note: Option<String>,
    /// What is said of the speed.
    pub speed_note: Option<String>,
    /// The date of the latest evidence, as precise as it is known.
    pub as_of: Option<String>,
    /// high, medium or low.
    pub confidence: Option<String>,
    /// Anything else.
    pub note: Option<String>,
    /// Ids of sources.txt.
    pub sources: Vec<String>,
    /// What it is to the lines it stands in.
    pub role: Role,
}

/// What a section is to its line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Role {
    /// Part of the way; also of a section that no line names.
    Main,
    /// Another way: walked only where main sections do not lead.
    Alternative {
        /// The sections whose place it takes, by their position in [`Track::sections`](crate::Track::sections).
        stands_for: Vec<usize>,
    },
    /// A stated total of other sections: never walked over, never summed.
    CheckSum {
        /// The sections it is the total of, in order.
        of: Vec<usize>,
    },
}

impl Section {
    /// Whether one could pass here on the way: a check sum is no track.
    pub fn is_track(&self) -> bool {
        !matches!(self.role, Role::CheckSum { .. })
    }

    /// The end that is not `station`; `None` where it is neither.
    pub fn other_end(&self, station: StopId) -> Option<StopId> {
        match station {
            station if station == self.from => Some(self.to),
            station if station == self.to => Some(self.from),
            _ => None,
        }
    }
}

/// The stations that feeds name, by feed and stop_id.
struct Stations<'a> {
    columns: &'a Columns<'a>,
    by_id: HashMap<(FeedId, &'a str), StopId>,
}

impl<'a> Stations<'a> {
    fn of(columns: &'a Columns<'a>) -> Self {
        let ids = columns.stops().map(|stop| {
            let id = columns.text(columns.stop_id[stop.index()]);
            ((columns.feed_of_stop(stop), id), stop)
        });
        Self { columns, by_id: ids.collect() }
    }

    /// The station of a stop_id of a feed; `feed:id` names a stop of another.
    fn find(&self, feed: FeedId, written: &str) -> Option<StopId> {
        let own = self.by_id.get(&(feed, written));
        let stop = own.or_else(|| {
            let (name, id) = written.split_once(':')?;
            self.by_id.get(&(self.columns.feed_named(name)?, id))
        });
        stop.map(|&stop| self.columns.station(stop))
    }
}

/// Every section of every feed; all of them are [`Role::Main`] until lines say otherwise.
pub(crate) fn read(columns: &Columns<'_>, rows: &Rows, complaints: &mut Vec<Complaint>) -> Vec<Section> {
    if rows.is_empty() {
        return Vec::new();
    }
    let stations = Stations::of(columns);
    let mut sections: Vec<Section> = Vec::new();
    let mut known: HashSet<(FeedId, String)> = HashSet::new();
    for row in rows.iter() {
        let Some(section) = section(&stations, &row, complaints) else { continue };
        if !known.insert((row.feed, section.id.clone())) {
            let column = if row.get("section_id").is_empty() { "from_stop_id" } else { "section_id" };
            complaints.push(complaint(&row, column, "an earlier row has this section; this one is left out"));
            continue;
        }
        sections.push(section);
    }
    sections
}

fn section(stations: &Stations<'_>, row: &Row<'_>, complaints: &mut Vec<Complaint>) -> Option<Section> {
    let mut end = |column: &'static str| {
        let stop = stations.find(row.feed, row.get(column));
        if stop.is_none() {
            complaints.push(complaint(row, column, "expected a stop_id of stops.txt; the section is left out"));
        }
        stop
    };
    let (from, to) = (end("from_stop_id"), end("to_stop_id"));
    let (from, to) = (from?, to?);
    if from == to {
        complaints.push(complaint(row, "to_stop_id", "expected another station; the section is left out"));
        return None;
    }
    let id = match row.get("section_id") {
        "" => format!("{}–{}", row.get("from_stop_id"), row.get("to_stop_id")),
        id => id.to_owned(),
    };
    let text = |column: &str| Some(row.get(column)).filter(|value| !value.is_empty()).map(str::to_owned);
    let list = |column: &str| row.list(column).map(str::to_owned).collect();
    let mut figure = Figures { row, complaints };
    Some(Section {
        id,
        feed: row.feed,
        row: row.line(),
        from,
        to,
        length_metres: figure.read("length_km", "expected kilometres above 0", figures::metres),
        gauges: figure
            .read("gauge_mm", "expected millimetres, such as 1520 or 1520/1435", figures::gauges)
            .unwrap_or_default(),
        tracks: figure
            .read("tracks", "expected a number, `2+` or `1-2`", Tracks::parse)
            .or_else(|| Tracks::parse(row.get("tracks_note"))),
        speed: figure
            .read("max_speed_kmh", "expected km/h, such as 120 or 40-70", Speed::parse)
            .or_else(|| Speed::parse(row.get("speed_note"))),
        electrification: text("electrification"),
        line_name: text("line_name"),
        countries: list("countries"),
        regions: list("regions"),
        zones: list("zones"),
        gauge_note: text("gauge_note"),
        tracks_note: text("tracks_note"),
        speed_note: text("speed_note"),
        as_of: text("as_of"),
        confidence: text("confidence"),
        note: text("note"),
        sources: list("source_id"),
        role: Role::Main,
    })
}

/// Figures of a row, with complaints of those that are none.
struct Figures<'r, 'c> {
    row: &'r Row<'r>,
    complaints: &'c mut Vec<Complaint>,
}

impl Figures<'_, '_> {
    fn read<T>(
        &mut self,
        column: &'static str,
        expected: &'static str,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let written = self.row.get(column);
        let value = parse(written);
        if value.is_none() && !written.is_empty() {
            self.complaints.push(complaint(self.row, column, expected));
        }
        value
    }
}

fn complaint(row: &Row<'_>, column: &'static str, expected: &'static str) -> Complaint {
    Complaint { file: FILE, feed: row.feed, line: row.line(), column, value: row.get(column).to_owned(), expected }
}
