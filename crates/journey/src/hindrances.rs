//! What keeps the journeys of a search from being taken, as masks for the router and as causes of each journey.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;
use tumen_base::{Date, StopId, Time};
use tumen_border::{Cause, Crossed, Hindrance, Judge, PostMode};
use tumen_routing::{BannedRuns, Filter, Journey, Leg, Mask, RidePart};
use tumen_timetable::Columns;

use crate::crosser::Crosser;
use crate::gates::Gates;
use crate::world::World;

/// Hindrances of the trips of a timetable, and stops where nobody boards or alights.
pub struct Hindrances<'a> {
    world: &'a World,
    /// Whose walks over borders are judged: no mask keeps the router from them.
    judge: Option<Judge<'a>>,
    /// In order of trips.
    rides: Vec<Hindrance>,
    stops: Vec<(StopId, Cause)>,
    gates: Gates,
}

/// Which hindrances count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strictness {
    /// What is known to be in the way.
    Bars,
    /// Also what is not known to be allowed.
    BarsAndDoubts,
}

/// Keeps a search from one hindrance. A run that is hindered on all of its way is left out as a whole, which the fast engines can do;
/// hops of a run are masked.
pub fn forbid(columns: &Columns<'_>, hindrance: &Hindrance, filter: &mut Filter) {
    let Hindrance { trip, first_hop, last_hop, first_day, last_day, .. } = *hindrance;
    if first_hop == 0 && last_hop as usize + 2 >= columns.call_count(trip) {
        filter.banned_runs.push(BannedRuns { trip, first_day, last_day });
    } else {
        filter.masks.push(Mask { trip, first_hop, last_hop, first_day, last_day });
    }
}

impl<'a> Hindrances<'a> {
    /// What is in the way of a traveller on some service days, what is suspended included.
    pub fn of(world: &'a World, crosser: &'a Crosser, days: RangeInclusive<i32>) -> Self {
        let judge = crosser.judge(world);
        let gates = Gates::of(world, &days);
        let mut found = Self { world, judge, rides: Vec::new(), stops: Vec::new(), gates };
        let (columns, borders) = (world.columns(), world.borders());
        for &country in &crosser.avoided {
            let stops = borders.stops_in(&columns, country).into_iter();
            found.stops.extend(stops.map(|stop| (stop, Cause::Avoided(country))));
            found.rides.extend(borders.hops_into(&columns, country));
        }
        if let Some(judge) = judge {
            found.rides.extend(judge.hindrances(&columns, borders));
        }
        found.rides.extend(world.suspended().all());
        found.rides.retain(|ride| ride.first_day <= *days.end() && *days.start() <= ride.last_day);
        found.rides.sort_unstable();
        found
    }

    /// Whether nothing is in the way anywhere.
    pub fn is_empty(&self) -> bool {
        self.judge.is_none() && self.rides.is_empty() && self.stops.is_empty() && self.gates.is_empty()
    }

    /// Keeps a search from what is in the way.
    pub fn forbid(&self, strictness: Strictness, filter: &mut Filter) {
        let columns = self.world.columns();
        filter.banned_stops.extend(self.stops.iter().map(|(stop, _)| *stop));
        filter.gates.extend(self.gates.all().cloned());
        let counts = |ride: &&Hindrance| strictness == Strictness::BarsAndDoubts || !ride.cause.is_doubt();
        self.rides.iter().filter(counts).for_each(|ride| forbid(&columns, ride, filter));
    }

    /// What is in the way of a journey, in order, each cause once.
    pub fn of_journey(&self, journey: &Journey) -> BTreeSet<Cause> {
        let columns = self.world.columns();
        let mut causes = BTreeSet::new();
        for leg in &journey.legs {
            let ends = match leg {
                Leg::Ride { parts, .. } => {
                    causes.extend(parts.iter().flat_map(|part| self.of_part(part)));
                    let (first, last) = (&parts[0], &parts[parts.len() - 1]);
                    [(first.run.trip, first.from_call), (last.run.trip, last.to_call)]
                        .map(|(trip, call)| columns.stop_at(trip, call as usize))
                }
                Leg::Walk { from, to, departure, arrival } => {
                    causes.extend(self.of_walk([(*from, *departure), (*to, *arrival)]));
                    causes.extend(self.gates.closed([*from, *to], *departure).map(Cause::Closed));
                    [*from, *to]
                }
            };
            causes.extend(ends.into_iter().flat_map(|stop| self.at(stop)));
        }
        causes
    }

    fn of_part(&self, part: &RidePart) -> impl Iterator<Item = Cause> {
        let first = self.rides.partition_point(|ride| ride.trip < part.run.trip);
        let own = self.rides[first..].iter().take_while(|ride| ride.trip == part.run.trip);
        own.filter(|ride| ride.concerns(part.run.day, part.from_call..part.to_call)).map(|ride| ride.cause)
    }

    fn of_walk(&self, ends: [(StopId, Time); 2]) -> Vec<Cause> {
        let Some(judge) = self.judge else { return Vec::new() };
        let columns = self.world.columns();
        let days = ends.map(|(stop, time)| Date::from(columns.local_time(time, stop).date()));
        let found = self.world.borders().crossings(&columns, 2, |call| ends[call].0, Some(PostMode::Road));
        let verdicts = found.iter().filter_map(|crossing| {
            let post = crossing.passage.map(|passage| passage.post);
            let days = days[0].min(days[1])..=days[0].max(days[1]);
            judge.verdict(&Crossed { post, from: crossing.from, to: crossing.to, days })
        });
        verdicts.flat_map(|verdict| verdict.causes()).collect()
    }

    fn at(&self, stop: StopId) -> impl Iterator<Item = Cause> {
        self.stops.iter().filter(move |(banned, _)| *banned == stop).map(|(_, cause)| *cause)
    }
}
