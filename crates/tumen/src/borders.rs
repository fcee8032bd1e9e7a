//! Borders on the way, and what is said of crossing them.

use tumen_base::Date;
use tumen_border::{Crossing, Passage, Post, PostMode};
use tumen_timetable::Row;

use crate::itinerary::Ride;
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
