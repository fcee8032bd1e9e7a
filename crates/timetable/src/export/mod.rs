//! Feeds rebuilt from a compiled timetable, so that they can be written as GTFS again.
//!
//! The feeds say the same runs: ids, calls, times and days are kept, frequencies are rows of frequencies.txt again, and
//! through carriages are rows of the extension files, not trips. Calendars may be worded in another way, days outside
//! the span and trips that never run in it are gone.

mod services;
mod trips;

use crate::columns::Columns;
use crate::compile::TRANSLATIONS;
use crate::validate::{Invalid, validate};
use crate::view::KeptError;
use std::collections::BTreeMap;
use thiserror::Error;
use tumen_base::{Certainty, Date, FeedId};
use tumen_feed::{
    Agency, Borrowed, Feed, FeedInfo, KeptFile, Route, Shape, Stop, StopKind, Table, Transfer, Translation, schema,
};

/// Why feeds cannot be rebuilt.
#[derive(Debug, Error)]
pub enum ExportError {
    /// Values that the timetable was not opened to verify are damaged.
    #[error("{0}; the timetable is damaged, import it anew")]
    Invalid(#[from] Invalid),
    /// A kept file cannot be read.
    #[error(transparent)]
    Kept(#[from] KeptError),
    /// Something of one feed names something of another: no compiler writes that.
    #[error("{what} {row} belongs to another feed than what it refers to; the timetable is damaged, import it anew")]
    AcrossFeeds {
        /// What refers.
        what: &'static str,
        /// Its row.
        row: usize,
    },
}

/// Rebuilds the feeds of a timetable.
///
/// # Errors
/// When anything of the timetable is damaged, or the columns mix feeds.
pub fn to_feeds(columns: &Columns) -> Result<Vec<Feed>, ExportError> {
    validate(columns)?;
    let places = Places::of(columns);
    let mut feeds: Vec<Feed> = (0..columns.feed_name.len()).map(|index| header(columns, index)).collect();
    for (index, &feed) in columns.agency_feed.iter().enumerate() {
        let zone = feeds[feed as usize].zone.clone();
        feeds[feed as usize].agencies.push(agency(columns, index, zone));
    }
    for (index, &feed) in columns.stop_feed.iter().enumerate() {
        let stop = stop(columns, &places, index, &feeds[feed as usize].zone)?;
        feeds[feed as usize].stops.push(stop);
    }
    for index in 0..columns.route_id.len() {
        let feed = places.route[index].feed;
        feeds[feed as usize].routes.push(route(columns, &places, index));
    }
    for (index, &feed) in columns.service_feed.iter().enumerate() {
        feeds[feed as usize].services.push(services::rebuild(columns, index));
    }
    for (index, &feed) in columns.shape_feed.iter().enumerate() {
        feeds[feed as usize].shapes.push(shape(columns, index));
    }
    let mut lender = Lender::default();
    let trips = trips::rebuild(columns, &places, &mut lender, &mut feeds)?;
    for row in 0..columns.transfer_kind.len() {
        let (feed, transfer) = transfer(columns, &places, &mut lender, (&trips, row))?;
        feeds[feed as usize].transfers.push(transfer);
    }
    lender.lend(&mut feeds);
    for (index, feed) in feeds.iter_mut().enumerate() {
        kept_files(columns, FeedId::from_index(index), feed)?;
    }
    Ok(feeds)
}

/// A row's feed, and its position among that feed's rows of the table.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Place {
    feed: u32,
    index: u32,
}

/// Where the rows of each table go.
struct Places {
    agency: Vec<Place>,
    stop: Vec<Place>,
    route: Vec<Place>,
    service: Vec<Place>,
    shape: Vec<Place>,
    /// How many stops each feed has.
    stop_counts: Vec<u32>,
}

impl Places {
    fn of(columns: &Columns) -> Self {
        let mut stop_counts = vec![0; columns.feed_name.len()];
        columns.stop_feed.iter().for_each(|&feed| stop_counts[feed as usize] += 1);
        let route_feed = columns.route_agency.iter().map(|&agency| columns.agency_feed[agency as usize]);
        Self {
            agency: places(columns.agency_feed.iter().copied(), columns),
            stop: places(columns.stop_feed.iter().copied(), columns),
            route: places(route_feed, columns),
            service: places(columns.service_feed.iter().copied(), columns),
            shape: places(columns.shape_feed.iter().copied(), columns),
            stop_counts,
        }
    }
}

fn places(feeds: impl Iterator<Item = u32>, columns: &Columns) -> Vec<Place> {
    let mut next = vec![0_u32; columns.feed_name.len()];
    let place = |feed: u32| {
        let index = next[feed as usize];
        next[feed as usize] += 1;
        Place { feed, index }
    };
    feeds.map(place).collect()
}

/// The position of what a row of a feed refers to, which must be of the same feed.
fn within(places: &[Place], feed: u32, reference: u32, (what, row): (&'static str, usize)) -> Result<u32, ExportError> {
    let place = places[reference as usize];
    if place.feed == feed { Ok(place.index) } else { Err(ExportError::AcrossFeeds { what, row }) }
}

/// As [`within`], of a reference that may be absent.
fn within_if_any(
    places: &[Place],
    feed: u32,
    reference: u32,
    row: (&'static str, usize),
) -> Result<Option<u32>, ExportError> {
    (reference != u32::MAX).then(|| within(places, feed, reference, row)).transpose()
}

/// Lends the stops of one feed to another, as trips and transfers of joined networks need it.
#[derive(Default)]
struct Lender {
    /// By borrowing feed and what it borrows: the position behind the feed's own stops.
    lent: BTreeMap<(u32, Borrowed), u32>,
    /// By feed, how many stops it borrows.
    count: BTreeMap<u32, u32>,
}

impl Lender {
    /// The position that a stop has in a feed.
    fn position(&mut self, places: &Places, feed: u32, stop: u32) -> u32 {
        let place = places.stop[stop as usize];
        if place.feed == feed {
            return place.index;
        }
        let count = self.count.entry(feed).or_default();
        let own = places.stop_counts[feed as usize];
        *self.lent.entry((feed, Borrowed { feed: place.feed, stop: place.index })).or_insert_with(|| {
            *count += 1;
            own + *count - 1
        })
    }

    /// Adds the borrowed stops to their borrowers.
    fn lend(self, feeds: &mut [Feed]) {
        let mut lent: Vec<((u32, Borrowed), u32)> = self.lent.into_iter().collect();
        lent.sort_unstable_by_key(|&((feed, _), position)| (feed, position));
        for ((feed, borrowed), _) in lent {
            let copy = feeds[borrowed.feed as usize].lent_stop(borrowed.stop);
            feeds[feed as usize].stops.push(copy);
            feeds[feed as usize].borrowed.push(borrowed);
        }
    }
}

fn text(columns: &Columns, text: u32) -> String {
    columns.text(text).to_owned()
}

fn certainty(byte: u8) -> Certainty {
    Certainty::from_byte(byte).unwrap_or(Certainty::Unknown)
}

fn header(columns: &Columns, index: usize) -> Feed {
    let date = |day: i32| (day != i32::MIN).then_some(Date(day));
    let info = FeedInfo {
        publisher: text(columns, columns.feed_publisher[index]),
        url: text(columns, columns.feed_url[index]),
        language: text(columns, columns.feed_language[index]),
        version: text(columns, columns.feed_version[index]),
        first: date(columns.feed_first[index]),
        last: date(columns.feed_last[index]),
    };
    Feed {
        name: text(columns, columns.feed_name[index]),
        zone: text(columns, columns.zone_name[columns.feed_zone[index] as usize]),
        info: (info != FeedInfo::default()).then_some(info),
        ..Feed::default()
    }
}

fn agency(columns: &Columns, index: usize, zone: String) -> Agency {
    Agency {
        id: text(columns, columns.agency_id[index]),
        name: text(columns, columns.agency_name[index]),
        url: text(columns, columns.agency_url[index]),
        zone,
        language: text(columns, columns.agency_language[index]),
        phone: text(columns, columns.agency_phone[index]),
    }
}

fn stop(columns: &Columns, places: &Places, index: usize, feed_zone: &str) -> Result<Stop, ExportError> {
    let (latitude, longitude) = (columns.stop_latitude[index], columns.stop_longitude[index]);
    let parent = columns.stop_parent[index];
    let zone_of = |stop: usize| columns.text(columns.zone_name[columns.stop_zone[stop] as usize]);
    // A zone is written where it is another than what the stop would inherit.
    let inherited = if parent == u32::MAX { feed_zone } else { zone_of(parent as usize) };
    let zone = zone_of(index);
    Ok(Stop {
        id: text(columns, columns.stop_id[index]),
        name: text(columns, columns.stop_name[index]),
        code: text(columns, columns.stop_code[index]),
        description: text(columns, columns.stop_description[index]),
        position: (!latitude.is_nan() && !longitude.is_nan()).then_some((latitude, longitude)),
        kind: match columns.stop_kind[index] {
            1 => StopKind::Station,
            2 => StopKind::Entrance,
            3 => StopKind::Node,
            4 => StopKind::BoardingArea,
            _ => StopKind::Stop,
        },
        parent: within_if_any(&places.stop, columns.stop_feed[index], parent, ("stop", index))?,
        zone: if zone == inherited { String::new() } else { zone.to_owned() },
        platform: text(columns, columns.stop_platform[index]),
        wheelchair: columns.stop_wheelchair[index],
        country: text(columns, columns.stop_country[index]),
        source: text(columns, columns.stop_source[index]),
    })
}

fn route(columns: &Columns, places: &Places, index: usize) -> Route {
    Route {
        id: text(columns, columns.route_id[index]),
        // A route is of its agency's feed.
        agency: places.agency[columns.route_agency[index] as usize].index,
        short_name: text(columns, columns.route_short_name[index]),
        long_name: text(columns, columns.route_long_name[index]),
        description: text(columns, columns.route_description[index]),
        kind: columns.route_kind[index],
        color: text(columns, columns.route_color[index]),
        text_color: text(columns, columns.route_text_color[index]),
        source: text(columns, columns.route_source[index]),
    }
}

fn shape(columns: &Columns, index: usize) -> Shape {
    let range = columns.shape_offset[index] as usize..columns.shape_offset[index + 1] as usize;
    let degrees = |value: i32| f64::from(value) / 1e7;
    let latitudes = columns.shape_latitude[range.clone()].iter().map(|&value| degrees(value));
    let longitudes = columns.shape_longitude[range].iter().map(|&value| degrees(value));
    Shape { id: text(columns, columns.shape_id[index]), points: latitudes.zip(longitudes).collect() }
}

/// A row of transfers.txt with the feed it goes to: that of its trips and routes, else that of its first stop.
fn transfer(
    columns: &Columns,
    places: &Places,
    lender: &mut Lender,
    (trips, row): (&[Option<Place>], usize),
) -> Result<(u32, Transfer), ExportError> {
    let stray = ExportError::AcrossFeeds { what: "transfer", row };
    let place = |places: &[Place], reference: u32| (reference != u32::MAX).then(|| places[reference as usize]);
    // A way is no trip of a feed.
    let trip = |reference: u32| match reference {
        u32::MAX => Ok(None),
        trip => trips[trip as usize].map(Some).ok_or(ExportError::AcrossFeeds { what: "transfer", row }),
    };
    let stops = [columns.transfer_from_stop[row], columns.transfer_to_stop[row]];
    let routes = [columns.transfer_from_route[row], columns.transfer_to_route[row]].map(|at| place(&places.route, at));
    let trips = [trip(columns.transfer_from_trip[row])?, trip(columns.transfer_to_trip[row])?];
    let named: Vec<Place> = trips.into_iter().chain(routes).flatten().collect();
    let first_stop = stops.iter().find_map(|&at| place(&places.stop, at));
    let Some(feed) = named.first().copied().or(first_stop).map(|place| place.feed) else { return Err(stray) };
    if named.iter().any(|place| place.feed != feed) {
        return Err(stray);
    }
    let index = |place: Option<Place>| place.map(|place| place.index);
    let [from_stop, to_stop] = stops.map(|stop| (stop != u32::MAX).then(|| lender.position(places, feed, stop)));
    let transfer = Transfer {
        from_stop,
        to_stop,
        from_route: index(routes[0]),
        to_route: index(routes[1]),
        from_trip: index(trips[0]),
        to_trip: index(trips[1]),
        kind: columns.transfer_kind[row],
        min_time: u32::try_from(columns.transfer_seconds[row]).ok().map(|seconds| seconds as i32),
        certainty: certainty(columns.transfer_certainty[row]),
    };
    Ok((feed, transfer))
}

/// Sorts the kept files of a feed into translations, extension tables and others.
fn kept_files(columns: &Columns, id: FeedId, feed: &mut Feed) -> Result<(), ExportError> {
    let mut extension = BTreeMap::new();
    for name in columns.kept_files().filter(|&(of, _)| of == id).map(|(_, name)| name) {
        let Some(content) = columns.kept_file(id, name)? else { continue };
        if name == TRANSLATIONS {
            feed.translations = translations(&Table::parse(&content));
        } else if schema(name).is_some() {
            extension.insert(name.to_owned(), Table::parse(&content));
        } else {
            feed.kept.push(KeptFile { name: name.to_owned(), content });
        }
    }
    feed.extension = extension;
    Ok(())
}

fn translations(table: &Table) -> Vec<Translation> {
    let row = |row| Translation {
        table: table.value(row, "table_name").to_owned(),
        field: table.value(row, "field_name").to_owned(),
        language: table.value(row, "language").to_owned(),
        text: table.value(row, "translation").to_owned(),
        record: table.value(row, "record_id").to_owned(),
        sub_record: table.value(row, "record_sub_id").to_owned(),
        value: table.value(row, "field_value").to_owned(),
    };
    table.rows.iter().map(row).collect()
}
