//! One train, one trip: trains that several feeds describe in part are joined, through carriages that were published as trips are
//! found (docs/stitching.md).
//!
//! [`stitch`] takes feeds and gives one joined network: the same feeds, in which joined trips stand in the feed that leads and borrow
//! stops from the others, with a report of every decision. It never deletes what it cannot prove: an unsure pair stays two trips
//! and is listed as a suspect. It works on trips and sets of service days, each in its feed's own zone, and always gives the same
//! for the same feeds.

mod align;
mod apply;
mod borders;
mod carriages;
mod days;
mod describe;
mod edges;
mod families;
mod halves;
mod merge;
mod number;
mod plan;
mod repeats;
mod report;
mod resolve;
mod spelling;
mod stations;
mod trains;
mod twins;

pub use report::{
    BorderStop, ClockDifference, Days, Doubt, Evidence, FeedSummary, Join, JoinKind, JoinedCall, Part, PartCall, Role,
    StationDecision, StitchReport, StopName, TripName, UnjoinedDays, Unlisted, Verdict,
};

use std::collections::HashMap;
use tumen_feed::Feed;

/// Choices of [`stitch`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StitchOptions {
    /// The most stations, suspects and refusals that the report lists, each; the others are counted.
    pub listed: usize,
}

impl Default for StitchOptions {
    fn default() -> Self {
        Self { listed: 5_000 }
    }
}

/// Joins the trains of some feeds.
pub fn stitch(feeds: Vec<Feed>, options: StitchOptions) -> (Vec<Feed>, StitchReport) {
    let mut world = trains::World::new(&feeds);
    let mut report = describe::feeds(&world);
    let (carriages, no_carriages) = carriages::find(&mut world);
    let invented = borders::invented(&world);
    world.borders = invented.keys().copied().collect();
    let twins = if feeds.len() > 1 { twins::find(&mut world) } else { twins::Found::default() };
    let halves = halves::find(&world, &invented);
    let edges = twins.edges.into_iter().chain(halves.edges).collect();
    let mut resolved = resolve::resolve(&world, edges);
    let groups = repeats::add(&world, &mut resolved.edges, std::mem::take(&mut resolved.groups));
    report.suspects = [twins.suspects, halves.suspects, resolved.suspects].concat();
    report.refusals = [twins.refusals, halves.refusals, resolved.refusals].concat();
    report.refusals.extend(no_carriages.iter().map(|no| describe::no_carriage(&world, no)));

    let usual: HashMap<(u32, u32), i64> = twins.usual;
    let networks = merge::Networks::of(&world);
    let merging = merge::Merging { world: &world, networks: &networks, usual: &usual };
    let plan = plan::draw(&merging, &groups, &resolved.edges, &carriages, &mut report.refusals);
    report.clock_differences = twins.clocks;
    report.stations.clone_from(&world.stations.decisions);
    report.border_stops = describe::borders(&world, &plan, &invented);
    report.joins = describe::joins(&world, &plan, &resolved.edges, &carriages);
    describe::limit(&mut report, options.listed);

    let (trains, pairs, axis) = (world.trains, world.stations.pairs, world.axis);
    if pairs.is_empty() && plan.is_empty() {
        return (feeds, report);
    }
    let writer = apply::Writer::new(feeds, axis);
    (writer.write(&plan, &trains, &pairs), report)
}
