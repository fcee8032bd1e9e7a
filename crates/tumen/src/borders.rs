//! Border posts on the way, and what is said of crossing there.

use tumen_base::{Date, FeedId, StopId, metres_between};
use tumen_timetable::Columns;

use crate::itinerary::Ride;
use crate::modes::Mode;
use crate::rows::Row;
use crate::world::World;

/// A post of border_posts.txt.
#[derive(Clone, Debug)]
pub struct Post {
    /// border_post_id.
    pub id: String,
    /// Its feed.
    pub feed: FeedId,
    /// Its name.
    pub name: String,
    /// The station on either side.
    pub ends: [StopId; 2],
    /// The country on either side, where stated.
    pub countries: [String; 2],
    /// How it is crossed, where stated.
    pub mode: Option<Mode>,
    /// Where the gauge changes.
    pub gauge_change: Option<StopId>,
    /// opening_hours, or why they are unknown.
    pub hours: String,
    /// Sources, as written.
    pub sources: String,
}

/// A passage through a post: the hop of a ride on which it happens.
#[derive(Clone, Debug)]
pub struct Crossing<'a> {
    /// The post.
    pub post: &'a Post,
    /// The call before the border; the next call is beyond it.
    pub hop: usize,
    /// Whether it leads from the post's first end to its second.
    pub forward: bool,
}

/// All posts.
pub fn posts(world: &World) -> Vec<Post> {
    let rows = world.rows("border_posts.txt");
    rows.iter().filter_map(|row| post(world, &row)).collect()
}

fn post(world: &World, row: &Row<'_>) -> Option<Post> {
    let stop = |column: &str| world.stop_of_feed(row.feed, row.get(column));
    let hours = match row.get("opening_hours") {
        "" => row.get("hours_note"),
        hours => hours,
    };
    Some(Post {
        id: row.get("border_post_id").to_owned(),
        feed: row.feed,
        name: row.get("name").to_owned(),
        ends: [stop("from_stop_id")?, stop("to_stop_id")?],
        countries: [row.get("from_country").to_owned(), row.get("to_country").to_owned()],
        mode: match row.get("mode") {
            "rail" => Some(Mode::Rail),
            "air" => Some(Mode::Air),
            "road" | "bus" => Some(Mode::Bus),
            "ferry" | "sea" => Some(Mode::Ferry),
            _ => None,
        },
        gauge_change: stop("gauge_change_stop_id"),
        hours: hours.to_owned(),
        sources: row.get("source_id").to_owned(),
    })
}

/// The posts that a ride passes, in order.
pub fn crossings<'a>(columns: &Columns<'_>, posts: &'a [Post], ride: &Ride) -> Vec<Crossing<'a>> {
    let mode = ride.mode(columns);
    let mut found = Vec::new();
    for hop in 0..ride.calls.len() - 1 {
        let (here, there) = (ride.calls[hop].stop, ride.calls[hop + 1].stop);
        for post in posts.iter().filter(|post| post.mode.is_none_or(|of| of == mode)) {
            for forward in [true, false] {
                let [near, far] = if forward { post.ends } else { [post.ends[1], post.ends[0]] };
                let direct = here == near && there == far;
                // A train that does not call on the far side still passes it, if the next call lies beyond.
                let through = here == near && !calls_at(ride, far) && beyond(columns, [near, far], there)
                    || there == far && !calls_at(ride, near) && beyond(columns, [far, near], here);
                if direct || through {
                    found.push(Crossing { post, hop, forward });
                }
            }
        }
    }
    found
}

fn calls_at(ride: &Ride, stop: StopId) -> bool {
    ride.calls.iter().any(|call| call.stop == stop)
}

/// Whether a stop lies beyond the far end of a post, seen from the near one: less than 60° off the line.
fn beyond(columns: &Columns<'_>, [near, far]: [StopId; 2], stop: StopId) -> bool {
    let position = |stop| columns.position_of_stop(stop);
    let (Some(near), Some(far), Some(stop)) = (position(near), position(far), position(stop)) else { return false };
    let width = metres_between(near, far);
    let detour = width + metres_between(far, stop) - metres_between(near, stop);
    detour < width / 2.0
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

/// What border_rules.txt says of a crossing on a date; goods and labour apart.
pub fn rules(world: &World, crossing: &Crossing<'_>, date: Date) -> Vec<Rule> {
    let post = crossing.post;
    let [from, to] = if crossing.forward { [0, 1] } else { [1, 0] };
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
