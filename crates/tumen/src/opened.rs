//! Timetables that the command line names.

use std::path::Path;
use tumen_journey::Result;
use tumen_journey::world::World;

use crate::clock;

/// Opens a compiled timetable, or the embedded corridor where none is named.
///
/// # Errors
/// When the file is refused.
pub fn world(path: Option<&Path>) -> Result<World> {
    World::open(path, clock::today())
}
