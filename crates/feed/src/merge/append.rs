//! The rows of one feed behind those of others.

use std::collections::BTreeMap;

use super::Unmerged;
use super::ids::Ids;
use crate::model::{Borrowed, CallDetails, Exception, Feed, KeptFile, Service, Stop, Transfer, Trip};
use crate::table::{Table, TableRow};

/// Files of GTFS that are kept unread and whose ids all stand in columns that end in `_id`.
const FILES_OF_IDS: [&str; 17] = [
    "areas.txt",
    "attributions.txt",
    "booking_rules.txt",
    "fare_attributes.txt",
    "fare_leg_join_rules.txt",
    "fare_leg_rules.txt",
    "fare_media.txt",
    "fare_products.txt",
    "fare_rules.txt",
    "fare_transfer_rules.txt",
    "levels.txt",
    "networks.txt",
    "pathways.txt",
    "rider_categories.txt",
    "route_networks.txt",
    "stop_areas.txt",
    "timeframes.txt",
];

/// Feeds being appended to one.
pub(super) struct Appending {
    merged: Feed,
    /// By feed, how many own stops the feeds before it have.
    stops_before: Vec<u32>,
    prefixes: Vec<String>,
    kept: BTreeMap<String, Table>,
    unmerged: Unmerged,
}

impl Appending {
    pub(super) fn of(feeds: &[Feed]) -> Self {
        let before = feeds.iter().scan(0, |sum, feed| {
            let before = *sum;
            *sum += feed.own_stops() as u32;
            Some(before)
        });
        Self {
            merged: Feed::default(),
            stops_before: before.collect(),
            prefixes: feeds.iter().map(|feed| format!("{}:", feed.name)).collect(),
            kept: BTreeMap::new(),
            unmerged: Unmerged::default(),
        }
    }

    pub(super) fn finish(mut self) -> (Feed, Unmerged) {
        let kept = self.kept.into_iter().map(|(name, table)| KeptFile { name, content: table.to_csv() });
        self.merged.kept.extend(kept);
        (self.merged, self.unmerged)
    }

    /// Adds a feed, whose times are already told in the zone of the first.
    pub(super) fn add(&mut self, index: usize, mut feed: Feed) {
        let ids = Ids::of(&feed, self.prefixes.clone());
        self.files(&ids, &mut feed);
        let own = feed.own_stops();
        let at = Offsets {
            agencies: self.merged.agencies.len() as u32,
            stops: self.stops_before[index],
            own: own as u32,
            routes: self.merged.routes.len() as u32,
            services: self.merged.services.len() as u32,
            shapes: self.merged.shapes.len() as u32,
            trips: self.merged.trips.len() as u32,
            calls: self.merged.calls.len() as u32,
            borrowed: feed
                .borrowed
                .iter()
                .map(|&Borrowed { feed, stop }| self.stops_before[feed as usize] + stop)
                .collect(),
        };
        let merged = &mut self.merged;
        merged.agencies.extend(feed.agencies.into_iter().map(|mut agency| {
            agency.id = if agency.id.is_empty() { feed.name.clone() } else { ids.id(&agency.id) };
            agency
        }));
        merged.stops.extend(feed.stops.into_iter().take(own).map(|stop| Stop {
            id: ids.id(&stop.id),
            parent: stop.parent.map(|parent| at.stop(parent)),
            source: ids.sources(&stop.source),
            ..stop
        }));
        merged.routes.extend(feed.routes.into_iter().map(|mut route| {
            route.id = ids.id(&route.id);
            route.agency += at.agencies;
            route.source = ids.sources(&route.source);
            route
        }));
        merged.services.extend(feed.services.into_iter().map(|service| service_of(&ids, service)));
        merged.shapes.extend(feed.shapes.into_iter().map(|mut shape| {
            shape.id = ids.id(&shape.id);
            shape
        }));
        merged.trips.extend(feed.trips.into_iter().map(|trip| Trip {
            id: ids.id(&trip.id),
            route: trip.route + at.routes,
            service: trip.service + at.services,
            block: ids.id(&trip.block),
            shape: trip.shape.map(|shape| shape + at.shapes),
            calls: trip.calls.start + at.calls..trip.calls.end + at.calls,
            source: ids.sources(&trip.source),
            ..trip
        }));
        merged.frequencies.extend(feed.frequencies.into_iter().map(|mut frequency| {
            frequency.trip += at.trips;
            frequency
        }));
        merged.transfers.extend(feed.transfers.into_iter().map(|rule| Transfer {
            from_stop: rule.from_stop.map(|stop| at.stop(stop)),
            to_stop: rule.to_stop.map(|stop| at.stop(stop)),
            from_route: rule.from_route.map(|route| route + at.routes),
            to_route: rule.to_route.map(|route| route + at.routes),
            from_trip: rule.from_trip.map(|trip| trip + at.trips),
            to_trip: rule.to_trip.map(|trip| trip + at.trips),
            ..rule
        }));
        merged.translations.extend(feed.translations.into_iter().map(|mut row| {
            if row.table != "feed_info" {
                row.record = ids.id(&row.record);
            }
            row
        }));
        let calls = (merged.calls.len(), feed.calls.len());
        merged.calls.extend(feed.calls.into_iter().map(|mut call| {
            call.stop = at.stop(call.stop);
            call
        }));
        add_details(&mut merged.call_details, feed.call_details, calls, &ids);
    }

    /// Extension files, kept files and columns that the model does not know.
    fn files(&mut self, ids: &Ids, feed: &mut Feed) {
        for (file, mut table) in std::mem::take(&mut feed.extension) {
            ids.extension(&file, &mut table);
            let merged = self.merged.extension.entry(file).or_default();
            let before = merged.rows.len();
            append(merged, before, table.rows.len(), Some(table));
        }
        for KeptFile { name, content } in std::mem::take(&mut feed.kept) {
            if FILES_OF_IDS.contains(&name.as_str()) {
                let mut table = Table::parse(&content);
                ids.columns(&mut table);
                let merged = self.kept.entry(name).or_default();
                let before = merged.rows.len();
                append(merged, before, table.rows.len(), Some(table));
            } else {
                self.unmerged.files.push((feed.name.clone(), name));
            }
        }
        let rows = [
            ("agency.txt", self.merged.agencies.len(), feed.agencies.len()),
            ("stops.txt", self.merged.stops.len(), feed.own_stops()),
            ("routes.txt", self.merged.routes.len(), feed.routes.len()),
            ("trips.txt", self.merged.trips.len(), feed.trips.len()),
            ("transfers.txt", self.merged.transfers.len(), feed.transfers.len()),
            ("translations.txt", self.merged.translations.len(), feed.translations.len()),
        ];
        for (file, before, added) in rows {
            let mut extra = feed.extra_columns.remove(file);
            if extra.is_none() && !self.merged.extra_columns.contains_key(file) {
                continue;
            }
            if let Some(extra) = &mut extra {
                ids.columns(extra);
            }
            append(self.merged.extra_columns.entry(file.to_owned()).or_default(), before, added, extra);
        }
    }
}

/// How far the rows of a feed move.
struct Offsets {
    agencies: u32,
    stops: u32,
    /// How many stops are its own.
    own: u32,
    routes: u32,
    services: u32,
    shapes: u32,
    trips: u32,
    calls: u32,
    /// Where the stops are that it borrows.
    borrowed: Vec<u32>,
}

impl Offsets {
    fn stop(&self, stop: u32) -> u32 {
        if stop < self.own { stop + self.stops } else { self.borrowed[(stop - self.own) as usize] }
    }
}

fn service_of(ids: &Ids, mut service: Service) -> Service {
    if let Some(weekly) = &mut service.weekly {
        weekly.source = ids.sources(&weekly.source);
    }
    let exceptions = service.exceptions.into_iter();
    let exceptions = exceptions.map(|(date, row)| (date, Exception { source: ids.sources(&row.source), ..row }));
    Service { id: ids.id(&service.id), exceptions: exceptions.collect(), ..service }
}

/// Appends rows to a table that has, or shall have, `before` of them; columns that it lacks are added.
fn append(merged: &mut Table, before: usize, added: usize, table: Option<Table>) {
    merged.rows.resize(before, TableRow::default());
    let table = table.unwrap_or_default();
    let places: Vec<usize> = table
        .columns
        .iter()
        .map(|column| {
            merged.column(column).unwrap_or_else(|| {
                merged.columns.push(column.clone());
                merged.columns.len() - 1
            })
        })
        .collect();
    for row in table.rows.iter().take(added) {
        let mut values = vec![String::new(); merged.columns.len()];
        for (place, value) in places.iter().zip(&row.values) {
            values[*place].clone_from(value);
        }
        merged.rows.push(TableRow { line: merged.rows.len() as u64 + 2, values });
    }
    merged.rows.resize(before + added, TableRow::default());
    // Rows from before are as wide as the table is now.
    let width = merged.columns.len();
    merged.rows.iter_mut().for_each(|row| row.values.resize(width, String::new()));
}

/// Appends what few feeds say of calls; a column that one of them lacks says nothing of its calls.
fn add_details(merged: &mut CallDetails, mut details: CallDetails, (before, added): (usize, usize), ids: &Ids) {
    let texts = merged.texts.len() as u32;
    let shift = |text: u32| if text == u32::MAX { text } else { text + texts };
    details.headsign.iter_mut().for_each(|text| *text = shift(*text));
    details.source.iter_mut().for_each(|text| *text = shift(*text));
    // Headsigns and sources share the texts; only sources are ids.
    let sources: Vec<String> = details.texts.iter().map(|text| ids.sources(text)).collect();
    if sources != details.texts {
        let count = sources.len() as u32;
        details.source.iter_mut().filter(|text| **text != u32::MAX).for_each(|text| *text += count);
        details.texts.extend(sources);
    }
    merged.texts.append(&mut details.texts);
    join(&mut merged.distance, details.distance, (before, added), f32::NAN);
    join(&mut merged.headsign, details.headsign, (before, added), u32::MAX);
    join(&mut merged.certainty, details.certainty, (before, added), tumen_base::Certainty::Published);
    join(&mut merged.source, details.source, (before, added), u32::MAX);
}

fn join<T: Copy>(merged: &mut Vec<T>, more: Vec<T>, (before, added): (usize, usize), absent: T) {
    if merged.is_empty() && more.is_empty() {
        return;
    }
    merged.resize(before, absent);
    merged.extend(more);
    merged.resize(before + added, absent);
}
