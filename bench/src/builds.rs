//! The ways of compiling a timetable: each is answered by searches of its own.

use crate::child::{self, Usage};
use crate::feeds;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A way of compiling a timetable.
pub struct Build {
    /// Short, for tables.
    pub name: &'static str,
    /// Arguments of `tumen import`.
    arguments: &'static [&'static str],
}

/// Everything that is measured or verified is so with each of them.
pub const BUILDS: [Build; 2] = [
    Build { name: "plain", arguments: &[] },
    // Bound to the way of changing with which everything is measured and verified.
    Build { name: "precomputed", arguments: &["--precompute", "--walk", "none", "--change-time", "0"] },
];

impl Build {
    /// Where a feed's timetable lies.
    ///
    /// # Errors
    /// When the folder cannot be made.
    pub fn path(&self, feed: &str) -> anyhow::Result<PathBuf> {
        feeds::scratch(&format!("{feed}-{}.tumen", self.name))
    }

    /// Runs `tumen import`.
    ///
    /// # Errors
    /// When it fails.
    pub fn import(&self, source: &Path, timetable: &Path) -> anyhow::Result<Usage> {
        let mut command = Command::new(feeds::binary()?);
        child::run(command.arg("import").args(self.arguments).arg(source).arg("-o").arg(timetable))
    }
}
