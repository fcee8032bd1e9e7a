//! Borders on the way, and what is said of crossing them.

use tumen_base::{Certainty, Date, StopId, Time};
use tumen_border::{Country, Crossing, Passage, Post, PostMode};
use tumen_timetable::Row;

use crate::itinerary::{Call, End, Itinerary, Leg, Ride, Walk};
use crate::world::World;

/// A post that a ride passes.
#[derive(Clone, Copy, Debug)]
pub struct Passing<'a> {
    /// The post.
    pub post: &'a Post,
    /// The call before the border; the next call is beyond it.
    pub hop: usize,
    /// Whether it leads from the post's first end to its second.
    pub forward: bool,
}

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
pub fn passings<'a>(world: &'a World, ride: &Ride) -> Vec<Passing<'a>> {
    let passing = |crossing: Crossing<'a>| {
        let Passage { post, forward } = crossing.passage?;
        Some(Passing { post: world.borders().post(post), hop: crossing.before, forward })
    };
    crossings(world, ride).into_iter().filter_map(passing).collect()
}

/// A rule of border_rules.txt that touches a passenger of a crossing, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Whom it is about.
    pub applies_to: String,
    /// What it says.
    pub text: String,
    /// Since when, as the source words it.
    pub since: String,
    /// Sources, as written.
    pub sources: String,
}

/// What border_rules.txt says of passing a post on a date; goods and labour apart.
pub fn rules(world: &World, passing: &Passing<'_>, date: Date) -> Vec<Rule> {
    let post = passing.post;
    let [from, to] = if passing.forward { [0, 1] } else { [1, 0] };
    let direction = format!("{}>{}", post.countries[from], post.countries[to]);
    let rows = world.rows("border_rules.txt");
    let applies = |row: &Row<'_>| {
        row.feed == post.feed
            && row.get("border_post_id") == post.id
            && ["", "both", direction.as_str()].contains(&row.get("direction"))
            && !["freight", "work"].contains(&row.get("purpose"))
            && within(row, date)
    };
    let rule = |row: Row<'_>| {
        let text = if row.get("rule").is_empty() { row.get("note") } else { row.get("rule") };
        Rule {
            applies_to: row.get("applies_to").to_owned(),
            text: text.to_owned(),
            since: match row.get("valid_from_text") {
                "" => row.get("valid_from").to_owned(),
                text => text.to_owned(),
            },
            sources: row.get("source_id").to_owned(),
        }
    };
    rows.iter().filter(applies).map(rule).collect()
}

/// Whether a row's valid_from and valid_to, as far as given, include a date.
pub fn within(row: &Row<'_>, date: Date) -> bool {
    let bound = |column: &str| Date::parse(row.get(column).as_bytes()).ok();
    bound("valid_from").is_none_or(|first| first <= date) && bound("valid_to").is_none_or(|last| date <= last)
}
