//! Timetables that the command line names.

use std::path::Path;
use tumen_journey::Result;
use tumen_journey::runs;
use tumen_journey::world::World;

use crate::args::TimetableArg;
use crate::clock;

/// Opens a compiled timetable, or the embedded corridor where none is named, with the runs that are added and cancelled.
///
/// # Errors
/// When a file is refused.
pub fn world(named: &TimetableArg) -> Result<World> {
    let world = bare(named.timetable.as_deref())?;
    match named.runs_file() {
        Some(path) => world.with_runs(runs::read(&path)?),
        None => Ok(world),
    }
}

/// The same as it was imported.
///
/// # Errors
/// When the file is refused.
pub fn bare(path: Option<&Path>) -> Result<World> {
    World::open(path, clock::today())
}
