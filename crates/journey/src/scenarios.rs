//! From what the feeds say, the suspensions in force and a scenario to the timetable that answers.

use tumen_analysis::{Applied, Days, Post, RebuildError, Scenario, ScenarioError, Subject, Target, rebuild};
use tumen_base::TripId;
use tumen_border::{Affected, Suspension};
use tumen_timetable::{Columns, Timetable};

use crate::world::World;
use crate::{Failure, Result};

/// What does not run as the feeds say, found in a timetable.
pub struct Stage {
    /// Closures, and what the scenario is in words.
    pub applied: Applied,
    /// The timetable that is left; `None` where that of the feeds serves as it is.
    timetable: Option<Timetable>,
}

impl Stage {
    /// The timetable of a scenario, or of suspensions alone where there is none.
    ///
    /// # Errors
    /// When the scenario names something unknown, or leaves nothing.
    pub fn of(world: &World, found: &Surroundings, what_if: &WhatIf) -> Result<Self> {
        let columns = world.columns();
        let wrong = |error: RebuildError| match error {
            RebuildError::Scenario(error) => what_if.wrong(&error),
            other => Failure::usage("bad_scenario", other.to_string()),
        };
        let applied = what_if.scenario.apply(&columns, &found.posts, &found.suspensions);
        let applied = applied.map_err(|error| wrong(error.into()))?;
        let timetable =
            if applied.matters(&columns) { Some(rebuild(&columns, &applied).map_err(wrong)?) } else { None };
        Ok(Self { applied, timetable })
    }

    /// The timetable that answers.
    pub fn timetable<'s>(&'s self, world: &'s World) -> &'s Timetable {
        self.timetable.as_ref().unwrap_or_else(|| world.timetable())
    }
}

/// A timetable as it would be in a scenario, and what that is, sentence by sentence. Suspensions are left to whoever asks, those apart that
/// the scenario lifts.
///
/// # Errors
/// When the scenario does not fit.
pub fn world_of(world: World, what_if: &WhatIf) -> Result<(World, Vec<String>)> {
    if what_if.scenario.edits.is_empty() {
        return Ok((world, Vec::new()));
    }
    let around = Surroundings { suspensions: Vec::new(), ..Surroundings::of(&world) };
    let stage = Stage::of(&world, &around, what_if)?;
    let told = stage.applied.told.clone();
    let overlay = world.runs().overlay.clone();
    let world = match stage.timetable {
        None => world,
        Some(timetable) => World::new(timetable)?.marked_as_far_as_it_runs(overlay)?,
    };
    Ok((world, told))
}

/// What scenarios are put on top of.
pub struct Surroundings {
    posts: Vec<Post>,
    suspensions: Vec<(Target, Days)>,
}

impl Surroundings {
    /// Border posts with the trips that pass them, and suspensions.
    pub fn of(world: &World) -> Self {
        let columns = world.columns();
        let posts = posts(world, &columns);
        let suspension = |(_, suspension): (_, &Suspension)| {
            let days = Days::between(suspension.period.first, suspension.period.last);
            (target(&columns, &posts, &suspension.affected), days)
        };
        let suspensions = world.suspensions().iter().map(suspension).collect();
        Self { posts, suspensions }
    }
}

fn posts(world: &World, columns: &Columns<'_>) -> Vec<Post> {
    let borders = world.borders();
    let mut posts: Vec<Post> = borders
        .posts()
        .map(|(_, post)| Post { id: post.id.clone(), name: post.name.clone(), hops: Vec::new() })
        .collect();
    for (pattern, crossings) in borders.of_patterns(columns) {
        for crossing in crossings {
            let Some(passage) = crossing.passage else { continue };
            let trips = columns.trips_of(pattern).map(TripId::from_index);
            posts[passage.post.index()].hops.extend(trips.map(|trip| (trip, crossing.hop() as u32)));
        }
    }
    posts
}

/// What a suspension closes; carriages follow the trains that haul them.
fn target(columns: &Columns<'_>, posts: &[Post], affected: &Affected) -> Target {
    match affected {
        Affected::Carriage(carriage) => Target::Carriages(vec![*carriage]),
        Affected::Post(post) => Target::Hops(posts[post.index()].hops.clone()),
        Affected::Agency(_) | Affected::Route(_) | Affected::Trips(_) => {
            let trips = columns.trips().filter(|&trip| columns.way_of_trip(trip).is_none());
            Target::Trips(trips.filter(|&trip| affected.includes(columns, trip)).collect())
        }
    }
}

/// A scenario, and the file that it is from.
#[derive(Clone, Debug, Default)]
pub struct WhatIf {
    /// The scenario; without edits where none is named.
    pub scenario: Scenario,
    file: Option<String>,
}

impl WhatIf {
    /// What is left out, and the text of a file of changes with its name.
    ///
    /// # Errors
    /// When the text cannot be understood: file, line, key and what was expected are named.
    pub fn read(without: &[Subject], file: Option<(&str, &str)>) -> Result<Self> {
        let name = file.map(|(name, _)| name.to_owned());
        let mut read = Self { scenario: Scenario::without(without.iter().cloned()), file: name };
        if let Some((_, text)) = file {
            let changes = Scenario::parse(text).map_err(|error| read.wrong(&error))?;
            read.scenario.name = changes.name;
            read.scenario.edits.extend(changes.edits);
        }
        Ok(read)
    }

    fn wrong(&self, error: &ScenarioError) -> Failure {
        let file = self.file.as_ref().filter(|_| error.line > 0);
        let file = file.map_or_else(String::new, |name| format!("{name}:"));
        Failure::usage("bad_scenario", format!("{file}{error}"))
    }
}
