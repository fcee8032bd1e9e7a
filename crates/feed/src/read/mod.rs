//! From the files of a feed to the model, row by row, deciding every dirty row as SEMANTICS says.

mod agencies;
mod calendar;
mod calls;
mod feeds;
mod frequencies;
mod ids;
mod others;
mod parents;
mod routes;
mod shapes;
mod stop_times;
mod stops;
mod transfers;
mod trips;
mod zones;

pub use feeds::read_feeds;
pub(crate) use ids::IdTable;
use trips::TripPositions;

use crate::archive::Archive;
use crate::complaint::Code;
use crate::csv::{Cells, ExtraColumns, Row, Sheet, SheetLimits, TooManyCells, Watch};
use crate::error::Refusal;
use crate::model::Feed;
use crate::options::ReadOptions;
use crate::report::{Place, Report};

/// A feed while it is read.
pub(crate) struct Reader<'a> {
    source: Source<'a>,
    report: &'a mut Report,
    feed: Feed,
    agencies: IdTable,
    stops: IdTable,
    routes: IdTable,
    services: IdTable,
    shapes: IdTable,
    trips: IdTable,
    /// For each id of `trips`: its position in `Feed::trips`, or that it was left out.
    trip_positions: Vec<Option<u32>>,
    /// How many more cells of unread columns and extension files may be kept.
    cells: Cells,
    /// The line of each trip in trips.txt, until its calls are known.
    trip_lines: Vec<u32>,
}

/// Where the files of a feed come from and how they are to be read.
#[derive(Clone, Copy)]
pub(crate) struct Source<'a> {
    pub name: &'a str,
    pub archive: &'a Archive,
    pub options: &'a ReadOptions,
}

impl<'a> Source<'a> {
    /// Opens a file; `None` where it is absent or has not even a header.
    fn open(self, file: &'a str, limits: SheetLimits, report: &mut Report) -> Result<Option<Sheet<'a>>, Refusal> {
        let Some(opened) = self.archive.read(file)? else { return Ok(None) };
        let progress = self.options.progress.as_ref();
        let watch = Watch { progress, feed: self.name, total_bytes: opened.stated_bytes };
        Sheet::open(file, opened.reader, limits, watch, report)
    }
}

/// Reads one feed; its zone may still be empty.
pub(crate) fn read_feed(source: Source<'_>, report: &mut Report) -> Result<Feed, Refusal> {
    let feed = Feed { name: source.name.to_owned(), ..Feed::default() };
    let mut reader = Reader {
        source,
        report,
        feed,
        agencies: IdTable::default(),
        stops: IdTable::default(),
        routes: IdTable::default(),
        services: IdTable::default(),
        shapes: IdTable::default(),
        trips: IdTable::default(),
        trip_positions: Vec::new(),
        cells: Cells { left: source.options.limits.cells, allowed: source.options.limits.cells },
        trip_lines: Vec::new(),
    };
    reader.read_agencies()?;
    reader.read_stops()?;
    reader.read_routes()?;
    reader.read_calendar()?;
    if !source.options.skip_shapes {
        reader.read_shapes()?;
    }
    reader.read_trips()?;
    reader.read_stop_times()?;
    reader.read_frequencies()?;
    reader.read_transfers()?;
    reader.read_feed_info()?;
    reader.read_translations()?;
    reader.read_others()?;
    reader.require_runs()?;
    Ok(reader.feed)
}

impl<'a> Reader<'a> {
    /// Opens an ordinary file; `None` where it is absent or has not even a header.
    fn sheet(&mut self, file: &'a str) -> Result<Option<Sheet<'a>>, Refusal> {
        self.source.open(file, SheetLimits::ordinary(&self.source.options.limits), self.report)
    }

    fn keep_columns(&mut self, file: &str, columns: ExtraColumns) {
        match columns.into_table() {
            Ok(table) => {
                self.cells.left -= table.rows.len() as u64 * table.columns.len() as u64;
                if !table.columns.is_empty() {
                    self.feed.extra_columns.insert(file.to_owned(), table);
                }
            }
            Err(TooManyCells) => self.report.add(Code::ColumnsNotKept, Place::file(file), || {
                let allowed = self.cells.allowed;
                format!("unread columns would exceed the limit `cells` of {allowed}; they will be absent from exports")
            }),
        }
    }

    fn missing_file(&mut self, file: &str, consequence: &str) {
        self.report.add(Code::MissingFile, Place::file(file), || format!("absent or empty; {consequence}"));
    }

    fn duplicate_id(&mut self, row: &Row<'_>, kind: &str, id: &str) {
        self.report.add(Code::DuplicateId, row.here(), || {
            format!("{kind} `{id}` stands in an earlier row; this one was ignored")
        });
    }

    fn some_trip_runs(&self) -> bool {
        let mut used: Vec<u32> = self.feed.trips.iter().map(|trip| trip.service).collect();
        used.sort_unstable();
        used.dedup();
        used.into_iter().any(|service| self.feed.services[service as usize].first_day().is_some())
    }

    /// A feed of which no trip ever runs is refused.
    fn require_runs(&self) -> Result<(), Refusal> {
        let feed = &self.feed;
        let reason = if self.source.archive.names().all(|name| name != "stop_times.txt") {
            "it has no stop_times.txt in its top folder"
        } else if feed.stops.is_empty() {
            "stops.txt has no usable row"
        } else if feed.trips.is_empty() {
            "no trip has two usable calls on a known route"
        } else if !self.some_trip_runs() {
            "no trip runs on any date, by calendar.txt and calendar_dates.txt"
        } else {
            return Ok(());
        };
        Err(Refusal::NothingUsable { reason: reason.to_owned() })
    }
}
