//! Ways on foot through border posts whose opening hours are known: the traveller waits for the opening, or does not pass.

use jiff::Timestamp;
use std::ops::{Range, RangeInclusive};
use tumen_base::{StopId, Time, metres_between};
use tumen_border::{PostHours, PostId};
use tumen_routing::Gate;
use tumen_timetable::{Columns, entries};

use crate::world::World;

/// No way through a post is longer on foot, in straight metres.
const LONGEST_M: f64 = 10_000.0;

/// No more openings of a post are followed.
const MOST_OPENINGS: usize = 2_000;

/// The ways on foot through posts, with the times at which they are open.
#[derive(Clone, Debug, Default)]
pub struct Gates(Vec<(Gate, PostId)>);

impl Gates {
    /// Those of all posts whose hours are known, for some days of the timetable.
    pub fn of(world: &World, days: &RangeInclusive<i32>) -> Self {
        let columns = world.columns();
        let midnight = |day: i32| columns.from_unix(i64::from(columns.first_date().0 + day) * 86_400);
        let (Some(first), Some(last)) = (midnight(*days.start()), midnight(*days.end() + 1)) else {
            return Self::default();
        };
        let mut gates = Vec::new();
        for (id, post) in world.borders().posts() {
            let (Some(hours), [Some(one), Some(other)]) = (post.hours.known(), post.ends) else { continue };
            let ways = ways(&columns, one, other);
            if ways.is_empty() {
                continue;
            }
            let open = openings(&columns, hours, first..last);
            gates.extend(ways.into_iter().map(|(from, to)| (Gate { from, to, open: open.clone() }, id)));
        }
        gates.sort_by_key(|(gate, _)| (gate.from, gate.to));
        gates.dedup_by_key(|(gate, _)| (gate.from, gate.to));
        Self(gates)
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The gates as the router takes them.
    pub fn all(&self) -> impl Iterator<Item = &Gate> {
        self.0.iter().map(|(gate, _)| gate)
    }

    /// The post that keeps somebody from setting out at a time.
    pub fn closed(&self, [from, to]: [StopId; 2], time: Time) -> Option<PostId> {
        let way = self.0.binary_search_by_key(&(from, to), |(gate, _)| (gate.from, gate.to)).ok()?;
        let (gate, post) = &self.0[way];
        (!gate.open.iter().any(|open| open.contains(&time))).then_some(*post)
    }
}

/// The post with known hours through which a way on foot leads.
pub fn post_between(world: &World, from: StopId, to: StopId) -> Option<(PostId, &PostHours)> {
    let columns = world.columns();
    let posts = world.borders().posts().filter_map(|(id, post)| Some((id, post.hours.known()?, post.ends)));
    let mut through = posts.filter_map(|(id, hours, ends)| {
        let [one, other] = [columns.stop_and_descendants(ends[0]?), columns.stop_and_descendants(ends[1]?)];
        let leads = one.contains(&from) && other.contains(&to) || one.contains(&to) && other.contains(&from);
        leads.then_some((id, hours))
    });
    through.next()
}

/// Pairs of stops, one at either end of a post, between which the feed states a way or somebody may walk.
fn ways(columns: &Columns<'_>, one: StopId, other: StopId) -> Vec<(StopId, StopId)> {
    let [ones, others] = [one, other].map(|end| columns.stop_and_descendants(end));
    let pairs = ones.iter().flat_map(|&one| others.iter().flat_map(move |&other| [(one, other), (other, one)]));
    let is_way = |&(from, to): &(StopId, StopId)| {
        let rules = &columns.stop_rule_to[entries(columns.stop_rule_offset, from.index())];
        let near = columns.position_of_stop(from).zip(columns.position_of_stop(to));
        from != to
            && (rules.contains(&to.0) || near.is_some_and(|(here, there)| metres_between(here, there) <= LONGEST_M))
    };
    pairs.filter(is_way).collect()
}

/// The times at which a post is open, in order.
fn openings(columns: &Columns<'_>, hours: &PostHours, times: Range<Time>) -> Vec<Range<Time>> {
    let mut open = Vec::new();
    let mut from = times.start;
    while from < times.end && open.len() < MOST_OPENINGS {
        let Ok(instant) = Timestamp::from_second(columns.to_unix(from)) else { break };
        let Some(opens) = hours.next_opening(instant) else { break };
        let closes = hours.next_closing(opens).map(Timestamp::as_second);
        let Some(start) = columns.from_unix(opens.as_second()).filter(|start| *start < times.end) else { break };
        let end = closes.and_then(|closes| columns.from_unix(closes)).unwrap_or(times.end).min(times.end);
        if end <= start {
            break;
        }
        open.push(start..end);
        from = end;
    }
    open
}
