//! A feed as read: every reference resolved to an index, every dirty row already decided (SEMANTICS: "Dirty rows").

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use tumen_base::{Certainty, Date};

use crate::table::Table;

/// One feed in memory. References between rows are positions in the vectors of this struct.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Feed {
    /// The prefix that tells the stops of several feeds apart; empty for a single unnamed feed.
    pub name: String,
    /// The zone of every time in the feed (IANA name): the first agency's, or the one the options gave.
    pub zone: String,
    /// agency.txt; never empty (a feed without agencies gets one unnamed agency, reported).
    pub agencies: Vec<Agency>,
    /// stops.txt; behind its own stops those it borrows, so that trips and transfers can name stops of other feeds.
    pub stops: Vec<Stop>,
    /// What the last rows of `stops` stand for where they are borrowed: each is a copy of a stop of another of the feeds
    /// compiled together, its id written `feed:id`.
    pub borrowed: Vec<Borrowed>,
    /// routes.txt.
    pub routes: Vec<Route>,
    /// calendar.txt and calendar_dates.txt together, one entry a service_id.
    pub services: Vec<Service>,
    /// trips.txt, only trips with at least two usable calls.
    pub trips: Vec<Trip>,
    /// stop_times.txt, the calls of a trip in order and next to each other.
    pub calls: Vec<Call>,
    /// Columns parallel to `calls` for what few feeds say; each is empty or as long as `calls`.
    pub call_details: CallDetails,
    /// frequencies.txt.
    pub frequencies: Vec<Frequency>,
    /// transfers.txt in file order, rows that name unknown ids left out.
    pub transfers: Vec<Transfer>,
    /// shapes.txt.
    pub shapes: Vec<Shape>,
    /// feed_info.txt, first row.
    pub info: Option<FeedInfo>,
    /// translations.txt.
    pub translations: Vec<Translation>,
    /// Files that Tumen keeps as they are: attributions, pathways, levels, fares and files it does not know.
    pub kept: Vec<KeptFile>,
    /// The extension files (docs/feed-extension.md) that are present, by file name, such as `places.txt`.
    pub extension: BTreeMap<String, Table>,
    /// Columns for which the model has no field, by file name: of agency.txt, stops.txt, routes.txt, trips.txt,
    /// transfers.txt, translations.txt and feed_info.txt, row by row parallel to the vector of that file. Present only where a file has such columns.
    pub extra_columns: BTreeMap<String, Table>,
}

/// A row of agency.txt.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Agency {
    /// agency_id, may be empty where there is one agency.
    pub id: String,
    /// agency_name.
    pub name: String,
    /// agency_url.
    pub url: String,
    /// agency_timezone as written.
    pub zone: String,
    /// agency_lang.
    pub language: String,
    /// agency_phone.
    pub phone: String,
}

/// A stop of another of the feeds compiled together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Borrowed {
    /// Position among the feeds.
    pub feed: u32,
    /// Position in that feed's own stops.
    pub stop: u32,
}

/// location_type of a stop.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(u8)]
pub enum StopKind {
    /// A stop or platform.
    #[default]
    Stop = 0,
    /// A station, with children.
    Station = 1,
    /// An entrance or exit.
    Entrance = 2,
    /// A generic node inside a station.
    Node = 3,
    /// A boarding area of a platform.
    BoardingArea = 4,
}

/// A row of stops.txt.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Stop {
    /// stop_id.
    pub id: String,
    /// stop_name.
    pub name: String,
    /// stop_code.
    pub code: String,
    /// stop_desc.
    pub description: String,
    /// Degrees north and east (WGS 84); `None` where absent or out of range.
    pub position: Option<(f64, f64)>,
    /// location_type.
    pub kind: StopKind,
    /// parent_station, the topmost station being its own ancestor's child only once.
    pub parent: Option<u32>,
    /// stop_timezone (IANA name), empty where absent; the parent's applies to its children.
    pub zone: String,
    /// platform_code.
    pub platform: String,
    /// wheelchair_boarding, 0–2.
    pub wheelchair: u8,
    /// country: an ISO 3166-1 code, several separated by `;` where it is disputed; empty where not stated.
    pub country: String,
    /// Sources of the row, as written.
    pub source: String,
}

/// A row of routes.txt.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Route {
    /// route_id.
    pub id: String,
    /// Position in `Feed::agencies`.
    pub agency: u32,
    /// route_short_name.
    pub short_name: String,
    /// route_long_name.
    pub long_name: String,
    /// route_desc.
    pub description: String,
    /// route_type, extended types included (0–12, 100–1799).
    pub kind: u16,
    /// route_color, six hex digits or empty.
    pub color: String,
    /// route_text_color, six hex digits or empty.
    pub text_color: String,
    /// Sources of the row, as written.
    pub source: String,
}

/// When a service runs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Service {
    /// service_id.
    pub id: String,
    /// The row of calendar.txt, if there is one with at least one weekday.
    pub weekly: Option<Weekly>,
    /// calendar_dates.txt of this service, by date, one row a date at most.
    pub exceptions: BTreeMap<Date, Exception>,
}

/// A row of calendar.txt.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Weekly {
    /// Bit 0 is Monday.
    pub weekdays: u8,
    /// First and last day, both inclusive.
    pub first: Option<Date>,
    /// Last day, inclusive.
    pub last: Option<Date>,
    /// How far the days can be trusted (certainty_days).
    pub certainty: Certainty,
    /// Runs on later dates are assumed (last_evidence).
    pub last_evidence: Option<Date>,
    /// Sources of the row, as written.
    pub source: String,
}

/// A row of calendar_dates.txt.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Exception {
    /// Whether the service runs on the date (exception_type 1) or not (2).
    pub runs: bool,
    /// How far that can be trusted (certainty_days).
    pub certainty: Certainty,
    /// Sources of the row, as written.
    pub source: String,
}

impl Feed {
    /// How many of `stops` are the feed's own: those behind them are borrowed.
    pub fn own_stops(&self) -> usize {
        self.stops.len() - self.borrowed.len()
    }

    /// One of its own stops as another feed borrows it.
    pub fn lent_stop(&self, stop: u32) -> Stop {
        let own = &self.stops[stop as usize];
        let zone = if own.zone.is_empty() { &self.zone } else { &own.zone };
        Stop { id: format!("{}:{}", self.name, own.id), parent: None, zone: zone.clone(), ..own.clone() }
    }
}

impl Service {
    /// A service that runs on some dates and says no more: a weekly row where that is the shorter way to say it.
    pub fn of_dates(id: String, dates: &BTreeSet<Date>) -> Self {
        let weekly = Weekly::around(dates);
        let covered = |date: Date| weekly.as_ref().is_some_and(|weekly| weekly.covers(date));
        let added = dates.iter().copied().filter(|&date| !covered(date)).map(|date| (date, true));
        let removed = span(dates).filter(|&date| covered(date) && !dates.contains(&date)).map(|date| (date, false));
        let exception = |(date, runs)| (date, Exception { runs, ..Exception::default() });
        let exceptions = added.chain(removed).map(exception).collect();
        Self { id, weekly, exceptions }
    }

    /// Whether the service says nothing of certainty or sources, as those of ordinary feeds.
    pub fn is_plain(&self) -> bool {
        let weekly = self.weekly.as_ref().is_none_or(|weekly| {
            weekly.certainty == Certainty::Published && weekly.last_evidence.is_none() && weekly.source.is_empty()
        });
        let mut exceptions = self.exceptions.values();
        weekly && exceptions.all(|one| one.certainty == Certainty::Published && one.source.is_empty())
    }

    /// Whether the service runs on the date.
    pub fn runs_on(&self, date: Date) -> bool {
        match self.exceptions.get(&date) {
            Some(exception) => exception.runs,
            None => self.weekly.as_ref().is_some_and(|weekly| weekly.covers(date)),
        }
    }

    /// The first date on which the service runs.
    pub fn first_day(&self) -> Option<Date> {
        let added = self.exceptions.iter().find(|(_, exception)| exception.runs).map(|(date, _)| *date);
        let weekly = self.weekly.as_ref().and_then(|weekly| {
            let (first, last) = (weekly.first?, weekly.last?);
            (first.0..=last.0).map(Date).find(|date| self.runs_on(*date))
        });
        added.into_iter().chain(weekly).min()
    }

    /// The certainty of a running day.
    pub fn certainty_on(&self, date: Date) -> Certainty {
        if let Some(exception) = self.exceptions.get(&date) {
            return exception.certainty;
        }
        let Some(weekly) = &self.weekly else { return Certainty::Unknown };
        match weekly.last_evidence {
            Some(last) if date > last => weekly.certainty.max(Certainty::Assumed),
            _ => weekly.certainty,
        }
    }
}

/// Every date from the first to the last.
fn span(dates: &BTreeSet<Date>) -> impl Iterator<Item = Date> + use<> {
    let range = dates.first().zip(dates.last()).map(|(first, last)| first.0..=last.0);
    range.into_iter().flatten().map(Date)
}

impl Weekly {
    /// The weekly row that needs the fewest exceptions, where that is fewer rows than a row for each date.
    fn around(dates: &BTreeSet<Date>) -> Option<Self> {
        let mut running = [0_usize; 7];
        let mut resting = [0_usize; 7];
        for date in span(dates) {
            let count = if dates.contains(&date) { &mut running } else { &mut resting };
            count[date.weekday() as usize] += 1;
        }
        let is_regular = |weekday: &usize| running[*weekday] > resting[*weekday];
        let weekdays = (0..7).filter(is_regular).fold(0_u8, |bits, weekday| bits | 1 << weekday);
        let rows: usize = (0..7).map(|weekday| running[weekday].min(resting[weekday])).sum();
        let (first, last) = (dates.first().copied(), dates.last().copied());
        (weekdays != 0 && rows + 1 < dates.len()).then(|| Self { weekdays, first, last, ..Self::default() })
    }

    /// Whether the weekly pattern covers the date.
    pub fn covers(&self, date: Date) -> bool {
        let (Some(first), Some(last)) = (self.first, self.last) else { return false };
        (first..=last).contains(&date) && self.weekdays >> date.weekday() & 1 == 1
    }
}

/// A row of trips.txt with its calls.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trip {
    /// trip_id.
    pub id: String,
    /// Position in `Feed::routes`.
    pub route: u32,
    /// Position in `Feed::services`.
    pub service: u32,
    /// trip_headsign.
    pub headsign: String,
    /// trip_short_name: the train number.
    pub short_name: String,
    /// direction_id, 2 where absent.
    pub direction: u8,
    /// block_id, empty where absent.
    pub block: String,
    /// Position in `Feed::shapes`.
    pub shape: Option<u32>,
    /// wheelchair_accessible, 0–2.
    pub wheelchair: u8,
    /// bikes_allowed, 0–2.
    pub bikes: u8,
    /// Its calls in `Feed::calls`, at least two.
    pub calls: Range<u32>,
    /// certainty_days of the row; the calendar may say worse.
    pub certainty_days: Certainty,
    /// certainty_times of the row; a call may say worse.
    pub certainty_times: Certainty,
    /// Sources of the row, as written.
    pub source: String,
}

/// A row of stop_times.txt.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Call {
    /// Position in `Feed::stops`.
    pub stop: u32,
    /// Seconds of the service day; missing times are already spread evenly (`interpolated`).
    pub arrival: i32,
    /// Seconds of the service day, at or after `arrival`.
    pub departure: i32,
    /// pickup_type, 0–3; 1 forbids boarding.
    pub pickup: u8,
    /// drop_off_type, 0–3; 1 forbids alighting.
    pub drop_off: u8,
    /// Whether both times were absent and were filled in.
    pub interpolated: bool,
}

/// What only some feeds say of calls: each column is empty or parallel to `Feed::calls`.
#[derive(Clone, Debug, Default)]
pub struct CallDetails {
    /// shape_dist_traveled as written, NaN where absent.
    pub distance: Vec<f32>,
    /// stop_headsign: position in `texts`, `u32::MAX` where absent.
    pub headsign: Vec<u32>,
    /// certainty_times of the row.
    pub certainty: Vec<Certainty>,
    /// source_id: position in `texts`, `u32::MAX` where absent.
    pub source: Vec<u32>,
    /// The texts that `headsign` and `source` name, each once.
    pub texts: Vec<String>,
}

/// Absent distances are NaN and equal to one another.
impl PartialEq for CallDetails {
    fn eq(&self, other: &Self) -> bool {
        let bits = |column: &[f32]| column.iter().map(|distance| distance.to_bits()).collect::<Vec<_>>();
        bits(&self.distance) == bits(&other.distance)
            && self.headsign == other.headsign
            && self.certainty == other.certainty
            && self.source == other.source
            && self.texts == other.texts
    }
}

/// A row of frequencies.txt.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Frequency {
    /// Position in `Feed::trips`.
    pub trip: u32,
    /// First departure, seconds of the service day.
    pub start: i32,
    /// No departure at or after this second of the service day.
    pub end: i32,
    /// Seconds between departures, positive.
    pub headway: i32,
    /// exact_times.
    pub exact: bool,
}

/// A row of transfers.txt of types 0–5.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Transfer {
    /// Position in `Feed::stops`; `None` only for types 4 and 5.
    pub from_stop: Option<u32>,
    /// Position in `Feed::stops`; `None` only for types 4 and 5.
    pub to_stop: Option<u32>,
    /// Position in `Feed::routes`.
    pub from_route: Option<u32>,
    /// Position in `Feed::routes`.
    pub to_route: Option<u32>,
    /// Position in `Feed::trips`.
    pub from_trip: Option<u32>,
    /// Position in `Feed::trips`.
    pub to_trip: Option<u32>,
    /// transfer_type, 0–5.
    pub kind: u8,
    /// min_transfer_time in seconds.
    pub min_time: Option<i32>,
    /// certainty_times of the row.
    pub certainty: Certainty,
}

/// A polyline of shapes.txt.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shape {
    /// shape_id.
    pub id: String,
    /// Degrees north and east, in shape_pt_sequence order.
    pub points: Vec<(f64, f64)>,
}

/// feed_info.txt.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FeedInfo {
    /// feed_publisher_name.
    pub publisher: String,
    /// feed_publisher_url.
    pub url: String,
    /// feed_lang.
    pub language: String,
    /// feed_version.
    pub version: String,
    /// feed_start_date.
    pub first: Option<Date>,
    /// feed_end_date.
    pub last: Option<Date>,
}

/// A row of translations.txt.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Translation {
    /// table_name, such as `stops`.
    pub table: String,
    /// field_name, such as `stop_name`.
    pub field: String,
    /// language (BCP 47).
    pub language: String,
    /// translation.
    pub text: String,
    /// record_id, or empty.
    pub record: String,
    /// record_sub_id, or empty.
    pub sub_record: String,
    /// field_value, or empty.
    pub value: String,
}

/// A file kept byte for byte.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeptFile {
    /// File name, such as `pathways.txt`.
    pub name: String,
    /// Its content, without a byte order mark.
    pub content: Vec<u8>,
}
