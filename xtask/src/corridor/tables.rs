//! All the tables together, and what names what in them.

use super::table::{Row, Table};
use anyhow::Result;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Every table of the folder, by the name of its file.
const NAMES: [&str; 24] = [
    "agencies",
    "attributions",
    "border_rules",
    "borders",
    "carriage_types",
    "claims",
    "events",
    "feed",
    "freight_services",
    "goods_rules",
    "hosts",
    "lines",
    "observations",
    "places",
    "routes",
    "segments",
    "services",
    "sources",
    "stations",
    "stop_times",
    "suspensions",
    "terminals",
    "transfer_estimate",
    "translations",
];

/// Columns whose values (several separated by `;`) are ids of another table.
const REFERENCES: [(&str, &str); 25] = [
    ("agency_id", "agencies"),
    ("article", "sources"),
    ("attach_station", "stations"),
    ("border_id", "borders"),
    ("carriage", "services"),
    ("carriage_type_id", "carriage_types"),
    ("coord_source_id", "sources"),
    ("detach_station", "stations"),
    ("freight_service_id", "freight_services"),
    ("from_station", "stations"),
    ("from_terminal", "terminals"),
    ("gauge_change_station", "stations"),
    ("host_service_id", "services"),
    ("route_id", "routes"),
    ("segment_id", "segments"),
    ("service_id", "services"),
    ("source_id", "sources"),
    ("stands_for", "segments"),
    ("station", "stations"),
    ("station_id", "stations"),
    ("terminal_id", "terminals"),
    ("to_station", "stations"),
    ("to_terminal", "terminals"),
    ("via_station", "stations"),
    ("tz_source_id", "sources"),
];

/// The tables from which the feed is made.
pub struct Tables {
    tables: BTreeMap<&'static str, Table>,
}

impl Tables {
    /// Reads the folder and checks that ids are unique, that every named id exists and that every row has a source.
    pub fn read(folder: &Path) -> Result<Self> {
        let mut tables = BTreeMap::new();
        for name in NAMES {
            tables.insert(name, Table::read(folder, name)?);
        }
        let tables = Self { tables };
        tables.check_references()?;
        Ok(tables)
    }

    /// The rows of a table.
    pub fn rows(&self, name: &str) -> impl Iterator<Item = Row<'_>> {
        self.tables[name].rows()
    }

    /// The ids of a table: the values of its first column.
    pub fn ids(&self, name: &str) -> BTreeSet<&str> {
        let table = &self.tables[name];
        table.rows().filter_map(|row| row.text(&table.columns()[0]).ok()).collect()
    }

    /// A setting of `feed.csv`.
    pub fn setting(&self, key: &str) -> Result<&str> {
        for row in self.rows("feed") {
            if row.text("key")? == key {
                return row.required("value");
            }
        }
        anyhow::bail!("feed.csv: the key `{key}` is missing")
    }

    fn check_references(&self) -> Result<()> {
        let ids: BTreeMap<&str, BTreeSet<&str>> = NAMES.iter().map(|name| (*name, self.ids(name))).collect();
        let id_column = |target: &str| self.tables[target].columns()[0].as_str();
        for (name, table) in &self.tables {
            for column in table.columns() {
                let Some((_, target)) = REFERENCES.iter().find(|(reference, _)| reference == column) else { continue };
                if name == target && column == id_column(target) {
                    check_unique(table, column)?;
                    continue;
                }
                for row in table.rows() {
                    if column == "source_id" {
                        row.required(column)?;
                    }
                    for id in row.list(column)? {
                        if !ids[target].contains(id) {
                            return Err(row.error(column, &format!("`{id}` is not in {target}.csv")));
                        }
                    }
                }
            }
        }
        Ok(())
    }
}

fn check_unique(table: &Table, column: &str) -> Result<()> {
    let mut seen = BTreeSet::new();
    for row in table.rows() {
        let id = row.required(column)?;
        if !seen.insert(id) {
            return Err(row.error(column, &format!("`{id}` appears twice")));
        }
    }
    Ok(())
}
