//! The timetables that are measured, and where things are.

use anyhow::{Context, ensure};
use std::path::{Path, PathBuf};

/// A timetable to measure on.
pub struct Feed {
    /// File name in ../shared/feeds without `.zip`, or `corridor`.
    pub name: &'static str,
    /// First service day on which stops must be served and queries depart.
    pub date: &'static str,
    /// How many days the queries' stops are served on, from that day.
    pub days: i32,
    /// Longest journey of a query.
    pub horizon_days: i32,
}

/// Those of `make bench`.
pub const MEASURED: [Feed; 6] = [
    // Its services run a few times a month and take days.
    Feed { name: "corridor", date: "2026-12-01", days: 30, horizon_days: 30 },
    Feed { name: "us-amtrak-2024", date: "2024-01-02", days: 1, horizon_days: 1 },
    Feed { name: "fr-strasbourg-cts-2026", date: "2026-01-20", days: 1, horizon_days: 1 },
    Feed { name: "us-nyc-mta-subway-2026", date: "2026-09-22", days: 1, horizon_days: 1 },
    Feed { name: "es-renfe-all-2026-04", date: "2026-04-28", days: 1, horizon_days: 1 },
    Feed { name: "us-nyc-mta-all-2026", date: "2026-09-22", days: 1, horizon_days: 1 },
];

/// The files of a feed by its name.
///
/// # Errors
/// When ../shared is absent; the corridor is always there.
pub fn source(name: &str) -> anyhow::Result<PathBuf> {
    if name == "corridor" {
        return Ok(root().join("feeds/corridor"));
    }
    let path = shared_feeds()?.join(format!("{name}.zip"));
    ensure!(path.is_file(), "{} is absent", path.display());
    Ok(path)
}

/// The folder of the workspace.
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).parent().map(PathBuf::from).unwrap_or_default()
}

/// The folder of feeds beside the project: `$TUMEN_SHARED/feeds`, or `shared/feeds` in a folder above.
///
/// # Errors
/// When there is none.
pub fn shared_feeds() -> anyhow::Result<PathBuf> {
    let named = std::env::var_os("TUMEN_SHARED").map(PathBuf::from);
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().skip(1).map(|folder| folder.join("shared"));
    named
        .into_iter()
        .chain(beside)
        .map(|shared| shared.join("feeds"))
        .find(|feeds| feeds.is_dir())
        .context("../shared/feeds is absent: put the feeds there or name the folder in TUMEN_SHARED")
}

/// The folder that cargo builds into; compiled timetables and queries go to `bench` in it.
pub fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// A file that a bench leaves for the next step or for a curious reader.
///
/// # Errors
/// When the folder cannot be made.
pub fn scratch(name: &str) -> anyhow::Result<PathBuf> {
    let folder = target().join("bench");
    std::fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
    Ok(folder.join(name))
}

/// The release binary.
///
/// # Errors
/// When it is not built.
pub fn binary() -> anyhow::Result<PathBuf> {
    let path = target().join("release/tumen");
    ensure!(path.is_file(), "{} is absent: run `cargo build --release --package tumen`", path.display());
    Ok(path)
}
