//! Timetables as they would be: scenarios that the command line names.

use anyhow::{Context as _, Result};
use tumen_journey::scenarios::{WhatIf, world_of};
use tumen_journey::world::World;

use crate::args::{ScenarioArgs, TimetableArg};

/// Reads the scenario that a command line names.
///
/// # Errors
/// When its file cannot be read or understood.
pub fn read(args: &ScenarioArgs) -> Result<WhatIf> {
    let Some(path) = &args.scenario else { return Ok(WhatIf::read(&args.without, None)?) };
    let name = path.display().to_string();
    let text = std::fs::read_to_string(path).with_context(|| format!("{name} cannot be read"))?;
    Ok(WhatIf::read(&args.without, Some((&name, &text)))?)
}

/// Opens a compiled timetable, or the embedded corridor, as it would be in a scenario, and says on standard error what that is.
///
/// # Errors
/// When the file is refused, or the scenario does not fit.
pub fn open(named: &TimetableArg, args: &ScenarioArgs) -> Result<World> {
    let (world, told) = world_of(crate::opened::world(named)?, &read(args)?)?;
    for sentence in &told {
        eprintln!("As if {sentence}.");
    }
    Ok(world)
}
