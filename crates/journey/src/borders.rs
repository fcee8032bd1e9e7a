//! Borders on the way, and what is said of crossing them.

use tumen_base::{Certainty, Date, StopId, Time};
use tumen_border::{Country, Crossed, Crossing, Post, PostMode};

use crate::itinerary::{Call, End, Itinerary, Leg, Ride, Walk};
use crate::world::World;

/// The borders that a ride crosses, in order.
pub fn crossings<'a>(world: &'a World, ride: &Ride) -> Vec<Crossing<'a>> {
    let columns = world.columns();
    let mode = PostMode::of_route(columns.route_kind[ride.route(&columns).index()]);
    world.borders().crossings(&columns, ride.calls.len(), |call| ride.calls[call].stop, mode)
}

/// A crossing with the calls on its two sides.
#[derive(Clone, Debug)]
pub struct Border<'a> {
    /// The crossing.
    pub crossing: Crossing<'a>,
    /// Departure before the border.
    pub before: Side,
    /// Arrival beyond it.
    pub after: Side,
}

impl<'a> Border<'a> {
    /// The border and the local days on which it is crossed.
    pub fn crossed(&self, world: &World) -> Crossed<'a> {
        let columns = world.columns();
        let [leaving, entering] =
            [self.before, self.after].map(|side| Date::from(columns.local_time(side.time, side.stop).date()));
        let Crossing { passage, from, to, .. } = self.crossing;
        let days = leaving.min(entering)..=leaving.max(entering);
        Crossed { post: passage.map(|passage| passage.post), from, to, days }
    }
}

/// A call beside a border.
#[derive(Clone, Copy, Debug)]
pub struct Side {
    /// Where.
    pub stop: StopId,
    /// When.
    pub time: Time,
    /// How far the time can be trusted.
    pub certainty: Certainty,
    /// Whether no row of the feed gives the time: it was spread between those of other calls.
    pub interpolated: bool,
}

/// The borders that a leg crosses, in order.
pub fn of_leg<'a>(world: &'a World, leg: &Leg) -> Vec<Border<'a>> {
    let columns = world.columns();
    match leg {
        Leg::Ride(ride) => {
            let side = |call: &Call, time| {
                let interpolated = columns.is_interpolated(call.row.0, call.row.1);
                Side { stop: call.stop, time, certainty: call.certainty, interpolated }
            };
            let border = |crossing: Crossing<'a>| {
                let (before, after) = (&ride.calls[crossing.before], &ride.calls[crossing.after]);
                Border { before: side(before, before.departure), after: side(after, after.arrival), crossing }
            };
            crossings(world, ride).into_iter().map(border).collect()
        }
        Leg::Walk(Walk { from: End::Stop(from), to: End::Stop(to), departure, arrival, certainty, .. }) => {
            let stop = |call| if call == 0 { *from } else { *to };
            let found = world.borders().crossings(&columns, 2, stop, Some(PostMode::Road));
            let side = |stop, time| Side { stop, time, certainty: *certainty, interpolated: false };
            let border = |crossing| Border { before: side(*from, *departure), after: side(*to, *arrival), crossing };
            found.into_iter().map(border).collect()
        }
        Leg::Walk(_) => Vec::new(),
    }
}

/// The countries that a journey touches, in order; unknown ones only at its ends.
pub fn countries<'a>(world: &'a World, itinerary: &Itinerary) -> Vec<&'a Country> {
    let stops = itinerary.legs.iter().flat_map(|leg| match leg {
        Leg::Ride(ride) => ride.calls.iter().map(|call| End::Stop(call.stop)).collect(),
        Leg::Walk(walk) => vec![walk.from, walk.to],
    });
    let mut found: Vec<&Country> = stops
        .filter_map(|end| match end {
            End::Stop(stop) => Some(world.borders().countries.of_stop(stop)),
            End::Point(_) => None,
        })
        .collect();
    let last = found.len().saturating_sub(1);
    let mut position = 0;
    found.retain(|country| {
        position += 1;
        country.is_stated() || position == 1 || position == last + 1
    });
    found.dedup();
    found
}

/// The posts that a ride passes, in order.
pub fn posts<'a>(world: &'a World, ride: &Ride) -> impl Iterator<Item = &'a Post> {
    crossings(world, ride).into_iter().filter_map(|crossing| Some(world.borders().post(crossing.passage?.post)))
}
