//! Ids with the name of their feed before them.

use std::collections::HashSet;

use crate::extension::{Kind, Target, schema};
use crate::model::Feed;
use crate::table::Table;

/// How the ids of a feed are written in the merged one.
pub(super) struct Ids {
    feed: String,
    /// The names of all feeds with `:`, by which references to others begin.
    prefixes: Vec<String>,
    stops: HashSet<String>,
    trips: HashSet<String>,
    /// Whether the sources that rows name are rows of sources.txt.
    has_sources: bool,
}

impl Ids {
    pub(super) fn of(feed: &Feed, prefixes: Vec<String>) -> Self {
        Self {
            feed: feed.name.clone(),
            prefixes,
            stops: feed.stops[..feed.own_stops()].iter().map(|stop| stop.id.clone()).collect(),
            trips: feed.trips.iter().map(|trip| trip.id.clone()).collect(),
            has_sources: feed.extension.contains_key("sources.txt"),
        }
    }

    /// `feed:id`; nothing stays nothing.
    pub(super) fn id(&self, id: &str) -> String {
        if id.is_empty() { String::new() } else { format!("{}:{id}", self.feed) }
    }

    /// Sources of a row, which may be several.
    pub(super) fn sources(&self, written: &str) -> String {
        if !self.has_sources {
            return written.to_owned();
        }
        let ids: Vec<String> = written.split(';').map(|id| self.id(id.trim())).collect();
        ids.join(";")
    }

    /// What a row is about: `post:B1;line:L`, ids of the feed itself.
    fn subjects(&self, written: &str) -> String {
        let subject = |subject: &str| match subject.trim().split_once(':') {
            Some((kind, id)) => format!("{kind}:{}", self.id(id)),
            None => subject.to_owned(),
        };
        written.split(';').map(subject).collect::<Vec<_>>().join(";")
    }

    /// A reference that may name something of another feed as `feed:id`.
    fn reference(&self, own: &HashSet<String>, id: &str) -> String {
        let is_of_another = !own.contains(id) && self.prefixes.iter().any(|prefix| id.starts_with(prefix));
        if is_of_another { id.to_owned() } else { self.id(id) }
    }

    /// An extension file with its ids rewritten.
    pub(super) fn extension(&self, file: &str, table: &mut Table) {
        let Some(schema) = schema(file) else { return };
        for column in schema.columns {
            let Some(index) = table.column(column.name) else { continue };
            for value in table.rows.iter_mut().filter_map(|row| row.values.get_mut(index)) {
                let written = std::mem::take(value);
                *value = match column.kind {
                    Kind::Reference(Target::Stop) => self.reference(&self.stops, &written),
                    Kind::Reference(Target::Trip) => self.reference(&self.trips, &written),
                    Kind::Id | Kind::Group | Kind::Reference(_) | Kind::Affected => self.id(&written),
                    Kind::Sources => self.sources(&written),
                    Kind::Subjects => self.subjects(&written),
                    Kind::Text if column.name == "stitched_trip_id" => self.id(&written),
                    _ => written,
                };
            }
        }
    }

    /// A file, or columns, of GTFS of which only this is known: what ends in `_id` is an id.
    pub(super) fn columns(&self, table: &mut Table) {
        let columns: Vec<usize> = (0..table.columns.len()).filter(|&at| table.columns[at].ends_with("_id")).collect();
        for row in &mut table.rows {
            for value in columns.iter().filter(|&&at| at < row.values.len()).copied().collect::<Vec<_>>() {
                row.values[value] = self.id(&row.values[value]);
            }
        }
    }
}
