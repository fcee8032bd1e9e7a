//! A timetable that is served, with everything that is worked out once for all requests.

use jiff::tz::TimeZone;
use std::path::PathBuf;
use tumen_base::SECONDS_PER_DAY;
use tumen_journey::Failure;
use tumen_journey::runs::{self, Overlay};
use tumen_journey::world::World;
use tumen_timetable::{Columns, OpenOptions, Timetable};

use crate::app::Clock;
use crate::gazetteer::Gazetteer;
use crate::motis::Reach;

/// The files that are served.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Files {
    /// The compiled timetable; the corridor that the program brings along where there is none.
    pub timetable: Option<PathBuf>,
    /// Runs that are added and cancelled; the file need not be there.
    pub runs: Option<PathBuf>,
}

/// A timetable and what is worked out from it beforehand.
pub struct Served {
    /// The timetable and the tables beside it.
    pub world: World,
    /// Its places, by name.
    pub places: Gazetteer,
    /// How long journeys may take where a client of MOTIS does not say: a day where no trip takes longer.
    pub usual_reach: Reach,
}

impl Served {
    /// Makes a world ready: what it would work out at the first question is worked out now.
    pub fn new(world: World) -> Self {
        world.borders();
        world.border_rules();
        world.suspended();
        world.distances();
        Self { places: Gazetteer::of(&world), usual_reach: usual_reach(&world.columns()), world }
    }

    /// Opens the files. A timetable that replaces another is checked whole, for it may not have been written to its end.
    ///
    /// # Errors
    /// When one is refused.
    pub fn open(files: &Files, clock: Clock, verify: bool) -> Result<Self, Failure> {
        let overlay = files.runs.as_deref().map_or_else(|| Ok(Overlay::default()), runs::read)?;
        Self::with_runs(files, overlay, clock, verify)
    }

    /// The same with other runs than the file has.
    ///
    /// # Errors
    /// When a file is refused, or a run does not fit.
    pub fn with_runs(files: &Files, overlay: Overlay, clock: Clock, verify: bool) -> Result<Self, Failure> {
        let world = match &files.timetable {
            None => World::open(None, (clock.timestamp)().to_zoned(TimeZone::UTC).date().into())?,
            Some(path) => {
                let opened = Timetable::open(path, OpenOptions { verify, ..OpenOptions::default() });
                World::new(opened.map_err(|error| Failure::refused("timetable_refused", error.to_string()))?)?
            }
        };
        Ok(Self::new(world.with_runs(overlay)?))
    }
}

/// In a city nobody waits until Sunday for the bus that spares a change, and looking for such journeys takes many times longer.
fn usual_reach(columns: &Columns<'_>) -> Reach {
    let long = columns.trips().any(|trip| {
        let calls = columns.calls_of_trip(trip).len();
        calls > 0 && columns.arrival(trip, calls - 1) - columns.departure(trip, 0) > SECONDS_PER_DAY
    });
    if long { Reach::Far } else { Reach::Day }
}
