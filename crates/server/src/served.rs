//! A timetable that is served, with everything that is worked out once for all requests.

use jiff::tz::TimeZone;
use std::path::Path;
use tumen_base::SECONDS_PER_DAY;
use tumen_journey::Failure;
use tumen_journey::world::World;
use tumen_timetable::{Columns, OpenOptions, Timetable};

use crate::app::Clock;
use crate::gazetteer::Gazetteer;
use crate::motis::Reach;

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

    /// Compiles the corridor that the program brings along.
    ///
    /// # Errors
    /// When it is broken, which a test prevents.
    pub fn embedded(clock: Clock) -> Result<Self, Failure> {
        let today = (clock.timestamp)().to_zoned(TimeZone::UTC).date().into();
        Ok(Self::new(World::open(None, today)?))
    }

    /// Opens a compiled timetable. A file that replaces another is checked whole, for it may not have been written to its end.
    ///
    /// # Errors
    /// When it is refused.
    pub fn open(path: &Path, verify: bool) -> Result<Self, Failure> {
        let options = OpenOptions { verify, ..OpenOptions::default() };
        let timetable =
            Timetable::open(path, options).map_err(|error| Failure::refused("timetable_refused", error.to_string()))?;
        Ok(Self::new(World::new(timetable)?))
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
