//! What is reached from one place, in every form in which it is told.

use anyhow::Result;
use jiff::tz::TimeZone;
use serde_json::{Map, Value, json};
use std::io::Write as _;
use std::path::Path;
use tumen_base::{StopId, Time, format_duration};
use tumen_journey::names::Spot;
use tumen_journey::present::{View, page, words};
use tumen_journey::{motis, search, trust};
use tumen_routing::{Arrival, Destinations, Engine, Limit, Query, Reached, Router};

use crate::args::ExtentArgs;
use crate::sheet::{self, Cell, Column, Format, Kind, Moment, Sheet};
use tumen_journey::style::{left, right};

/// The columns of a table in a file.
const COLUMNS: &[Column] = &[
    ("stop_id", Kind::Text),
    ("name", Kind::Text),
    ("station", Kind::Text),
    ("lat", Kind::Degrees),
    ("lon", Kind::Degrees),
    ("departure", Kind::Moment),
    ("arrival", Kind::Moment),
    ("duration_s", Kind::Whole),
    ("trips", Kind::Whole),
];

/// One search, from a departure or over a window.
///
/// # Errors
/// When the router refuses it.
pub fn ask(
    router: &mut Router<'_, '_>,
    query: &Query<'_>,
    extent: &ExtentArgs,
    destinations: &Destinations,
) -> Result<Reached> {
    let reached = match extent.window {
        Some(window) => router.reach_profile(query, window, destinations),
        None => router.reach(query, destinations),
    };
    Ok(reached.map_err(|error| search::refused(&error))?)
}

/// All arrivals, or the one that takes the least time: of those the first to leave, with the fewest trips.
pub fn chosen(arrivals: &[Arrival], all: bool) -> impl Iterator<Item = Arrival> + '_ {
    let quickest = arrivals.iter().min_by_key(|it| (seconds(it), it.departure, it.trips));
    arrivals.iter().filter(move |_| all).chain(quickest.filter(move |_| !all)).copied()
}

/// How long a journey takes.
pub fn seconds(arrival: &Arrival) -> i32 {
    arrival.arrival.saturating_sub(arrival.departure)
}

/// A stop that is reached.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// Where.
    pub stop: StopId,
    /// When.
    pub reached: Arrival,
}

/// An answer.
#[derive(Clone, Debug)]
pub struct Told {
    /// Origin.
    pub from: Spot,
    /// The time that was asked about.
    pub time: Time,
    /// How much was asked for.
    pub extent: ExtentArgs,
    /// Stops that are reached.
    pub stops: usize,
    /// Rows in the order in which they are told.
    pub rows: Vec<Row>,
    /// Limits that were reached, other than what was asked for.
    pub limits: Vec<Limit>,
    /// Which search answered.
    pub engine: Engine,
}

impl Told {
    /// Departure and arrival, each on the clock of its stop.
    fn moments(&self, view: &View<'_>, row: &Row) -> [Moment; 2] {
        let Arrival { departure, arrival, .. } = row.reached;
        [Moment::of(&view.local(departure, self.from.first_stop())), Moment::of(&view.local(arrival, row.stop))]
    }

    /// `Khabarovsk I, departing from Tue 1 Dec 2026 00:00 (UTC+10): 57 stops within 3 d`.
    pub fn heading(&self, view: &View<'_>) -> String {
        let moment = words::moment(&view.local(self.time, self.from.first_stop()));
        let span = self.extent.window.map(|window| format!(" within {}", format_duration(window.into())));
        format!(
            "{}, departing from {moment}{}: {} in up to {}",
            self.from.name,
            span.unwrap_or_default(),
            words::count(self.stops, "stop"),
            format_duration(self.extent.within.into())
        )
    }

    /// The first rows for people.
    pub fn page(&self, view: &View<'_>, count: usize) -> String {
        let mut text = format!("{}\n\n", view.style.bold(&self.heading(view)));
        if let Some(caution) = trust::of_timetable(&view.world.columns()) {
            line!(text, "{}\n", view.style.warn(caution));
        }
        let row = |row: &Row| {
            let Arrival { departure, arrival, trips } = row.reached;
            let mut cells = vec![format_duration(seconds(&row.reached).into())];
            if self.extent.window.is_some() {
                cells.push(view.short_moment(departure, self.from.first_stop()));
            }
            cells.extend([
                view.short_moment(arrival, row.stop),
                words::zone_mark(&view.local(arrival, row.stop)),
                trips.to_string(),
                view.name(row.stop),
                view.world.written_stop_id(row.stop),
            ]);
            cells
        };
        let mut headings = vec![right("Takes")];
        if self.extent.window.is_some() {
            headings.push(left("Departs"));
        }
        headings.extend([left("Arrives"), left("Zone"), right("Trips"), left("Stop"), left("Id")]);
        text.push_str(&view.style.table(2, &headings, self.rows.iter().take(count).map(row).collect()));
        if let Some(more @ 1..) = self.rows.len().checked_sub(count) {
            let more = format!("{more} more: --count shows so many, -o FILE.csv writes all.");
            line!(text, "\n{}", view.style.dim(&more));
        }
        text.push_str(&page::limits(view, &self.limits, self.extent.within));
        line!(text, "\n{}", view.style.dim(page::NOTICE));
        text
    }

    /// What was asked, and how the search went.
    pub fn head(&self, view: &View<'_>) -> Map<String, Value> {
        let from = self.from.first_stop();
        let mut head = Map::new();
        head.insert("from".to_owned(), motis::place(view, from, Some(&self.from.name)));
        head.insert("departure".to_owned(), json!(motis::rfc3339(&view.local(self.time, from))));
        if let Some(window) = self.extent.window {
            head.insert("window".to_owned(), json!(window));
        }
        head.insert("within".to_owned(), json!(self.extent.within));
        head.insert("notes".to_owned(), json!(Vec::from_iter(trust::of_timetable(&view.world.columns()))));
        head.insert("limits".to_owned(), json!(motis::limits(view, &self.limits, self.extent.within)));
        head.insert("engine".to_owned(), json!(format!("{:?}", self.engine).to_lowercase()));
        head
    }

    /// Everything as JSON.
    pub fn json(&self, view: &View<'_>) -> Value {
        let stop = |row: &Row| {
            let [departure, arrival] = self.moments(view, row);
            let mut place = motis::place(view, row.stop, None);
            place["departure"] = json!(departure.to_string());
            place["arrival"] = json!(arrival.to_string());
            place["duration"] = json!(seconds(&row.reached));
            place["trips"] = json!(row.reached.trips);
            place
        };
        let mut answer = self.head(view);
        answer.insert("stops".to_owned(), self.rows.iter().map(stop).collect());
        Value::Object(answer)
    }

    /// Writes every row to a file.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write(&self, view: &View<'_>, path: &Path, format: Format) -> Result<()> {
        if format == Format::GeoJson { self.write_geojson(view, path) } else { self.write_sheet(view, path, format) }
    }

    fn write_sheet(&self, view: &View<'_>, path: &Path, format: Format) -> Result<()> {
        let columns = view.columns();
        let mut sheet = Sheet::create(path, format, COLUMNS)?;
        let from = columns.zone_of_stop(self.from.first_stop());
        let moment = |time: Time, zone: &TimeZone| Cell::Moment(Moment::of(&columns.in_zone(time, zone.clone())));
        for rows in self.rows.chunk_by(|one, next| one.stop == next.stop) {
            let stop = rows[0].stop;
            let (id, name, zone) = (view.world.written_stop_id(stop), view.name(stop), columns.zone_of_stop(stop));
            let station = columns.parent(stop).map(|stop| view.world.written_stop_id(stop));
            let position = columns.position_of_stop(stop);
            for Row { reached, .. } in rows {
                sheet.row(&[
                    Cell::Text(&id),
                    Cell::Text(&name),
                    station.as_deref().map_or(Cell::Empty, Cell::Text),
                    position.map_or(Cell::Empty, |(lat, _)| Cell::Degrees(lat)),
                    position.map_or(Cell::Empty, |(_, lon)| Cell::Degrees(lon)),
                    moment(reached.departure, &from),
                    moment(reached.arrival, &zone),
                    Cell::Whole(seconds(reached)),
                    Cell::Whole(reached.trips.into()),
                ])?;
            }
        }
        sheet.finish()
    }

    /// RFC 7946: a point for every row; a stop whose position is unknown has none.
    fn write_geojson(&self, view: &View<'_>, path: &Path) -> Result<()> {
        let columns = view.columns();
        let mut out = sheet::create(path)?;
        write!(out, "{{\"type\":\"FeatureCollection\",\"tumen\":{},\"features\":[", json!(self.head(view)))?;
        for (number, row) in self.rows.iter().enumerate() {
            let [departure, arrival] = self.moments(view, row);
            let point = columns
                .position_of_stop(row.stop)
                .map(|(lat, lon)| json!({ "type": "Point", "coordinates": [lon, lat] }));
            let feature = json!({
                "type": "Feature",
                "geometry": point,
                "properties": {
                    "stop_id": view.world.written_stop_id(row.stop),
                    "name": view.name(row.stop),
                    "station": columns.parent(row.stop).map(|stop| view.world.written_stop_id(stop)),
                    "departure": departure.to_string(),
                    "arrival": arrival.to_string(),
                    "duration_s": seconds(&row.reached),
                    "trips": row.reached.trips,
                },
            });
            write!(out, "{}\n{feature}", if number == 0 { "" } else { "," })?;
        }
        writeln!(out, "\n]}}")?;
        Ok(out.flush()?)
    }
}
