//! Where a ride crosses borders.

use std::ops::Range;
use tumen_base::{StopId, metres_between};
use tumen_timetable::Columns;

use crate::country::{Country, CountryCode};
use crate::posts::{Post, PostId, PostMode};
use crate::{Borders, boundaries};

/// A border that a sequence of calls crosses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Crossing<'a> {
    /// The last call that is before the border.
    pub before: usize,
    /// The first call that is beyond it; not the next one where the countries of calls between are unknown.
    pub after: usize,
    /// The country left.
    pub from: &'a Country,
    /// The country entered.
    pub to: &'a Country,
    /// The post, where the calls tell it.
    pub passage: Option<Passage>,
}

/// A post passed in a direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Passage {
    /// Which.
    pub post: PostId,
    /// Whether from its first end to its second.
    pub forward: bool,
}

impl Crossing<'_> {
    /// A hop without which nobody rides from one side to the other: that into the first call beyond the border.
    pub const fn hop(&self) -> usize {
        self.after - 1
    }

    /// Whether neighbouring calls lie on the two sides.
    pub const fn is_between_neighbours(&self) -> bool {
        self.before + 1 == self.after
    }
}

/// Calls whose borders are looked for.
struct Calls<'a, F> {
    columns: &'a Columns<'a>,
    count: usize,
    stop: F,
    mode: Option<PostMode>,
}

impl Borders {
    /// The borders that `count` calls at the stops `stop(0)`, `stop(1)` … cross, in order. A ride that calls at an end of a
    /// known post crosses there, else between the last call in one country and the first in the next.
    pub fn crossings(
        &self,
        columns: &Columns<'_>,
        count: usize,
        stop: impl Fn(usize) -> StopId,
        mode: Option<PostMode>,
    ) -> Vec<Crossing<'_>> {
        let calls = Calls { columns, count, stop, mode };
        let passages = self.passages(&calls);
        let mut found = Vec::new();
        let mut next_passage = 0;
        for (range, from, to) in self.changes(&calls) {
            let first = found.len();
            while let Some(&(hop, passage)) = passages.get(next_passage).filter(|(hop, _)| *hop < range.end) {
                found.push(self.crossing_at(&calls, hop, passage));
                next_passage += 1;
            }
            let is_told = found[first..].iter().any(|crossing: &Crossing<'_>| crossing.before >= range.start);
            if !is_told {
                found.push(Crossing { before: range.start, after: range.end, from, to, passage: None });
            }
        }
        found.extend(passages[next_passage..].iter().map(|&(hop, passage)| self.crossing_at(&calls, hop, passage)));
        found
    }

    /// Countries that the straight line between two stops leads through, other than theirs, in order: a train that calls nowhere
    /// in them may pass them. Found at points a hundredth of the way apart.
    pub fn on_the_line(&self, columns: &Columns<'_>, from: StopId, to: StopId) -> Vec<CountryCode> {
        const STEPS: u32 = 100;
        let (Some(from_position), Some(to_position)) = (columns.position_of_stop(from), columns.position_of_stop(to))
        else {
            return Vec::new();
        };
        let of_ends = [from, to].map(|stop| self.countries.of_stop(stop));
        let mut found: Vec<CountryCode> = Vec::new();
        for step in 1..STEPS {
            let share = f64::from(step) / f64::from(STEPS);
            let between = |one: f64, other: f64| one + (other - one) * share;
            let (north, east) = (between(from_position.0, to_position.0), between(from_position.1, to_position.1));
            for code in boundaries::enclosing(north, east).claims() {
                if !found.contains(code) && !of_ends.iter().any(|country| country.claims().contains(code)) {
                    found.push(*code);
                }
            }
        }
        found
    }

    /// Where the country changes: the last call in one and the first call in the next, calls of unknown country apart.
    fn changes<F: Fn(usize) -> StopId>(&self, calls: &Calls<'_, F>) -> Vec<(Range<usize>, &Country, &Country)> {
        let mut changes = Vec::new();
        let mut last: Option<(usize, u16)> = None;
        for call in 0..calls.count {
            let number = self.countries.number((calls.stop)(call));
            if number == 0 {
                continue;
            }
            if let Some((before, _)) = last.filter(|(_, old)| *old != number) {
                let country = |call| self.countries.of_stop((calls.stop)(call));
                changes.push((before..call, country(before), country(call)));
            }
            last = Some((call, number));
        }
        changes
    }

    /// The hops on which a post is passed, one post a hop.
    fn passages<F: Fn(usize) -> StopId>(&self, calls: &Calls<'_, F>) -> Vec<(usize, Passage)> {
        if self.posts.is_empty() {
            return Vec::new();
        }
        let passage = |hop: usize| {
            let (here, there) = ((calls.stop)(hop), (calls.stop)(hop + 1));
            let mut candidates = self.posts_at(here).chain(self.posts_at(there));
            candidates.find_map(|post| self.passage(calls, [here, there], post)).map(|passage| (hop, passage))
        };
        (0..calls.count.saturating_sub(1)).filter_map(passage).collect()
    }

    fn passage<F>(&self, calls: &Calls<'_, F>, [here, there]: [StopId; 2], id: PostId) -> Option<Passage>
    where
        F: Fn(usize) -> StopId,
    {
        let post = self.post(id);
        let ends = ends(post).filter(|_| post.takes(calls.mode))?;
        let calls_at = |stop: StopId| (0..calls.count).any(|call| (calls.stop)(call) == stop);
        let same_country = {
            let (here, there) = (self.countries.number(here), self.countries.number(there));
            here != 0 && here == there
        };
        [true, false].into_iter().find_map(|forward| {
            let [near, far] = if forward { ends } else { [ends[1], ends[0]] };
            let direct = here == near && there == far;
            // A train that does not call on the far side still passes it, if the next call lies beyond.
            let through = !same_country
                && (here == near && !calls_at(far) && beyond(calls.columns, [near, far], there)
                    || there == far && !calls_at(near) && beyond(calls.columns, [far, near], here));
            (direct || through).then_some(Passage { post: id, forward })
        })
    }

    fn crossing_at<F>(&self, calls: &Calls<'_, F>, hop: usize, passage: Passage) -> Crossing<'_>
    where
        F: Fn(usize) -> StopId,
    {
        let stated = &self.post(passage.post).countries;
        let (from, to) = if passage.forward { (0, 1) } else { (1, 0) };
        let country = |side: usize, call: usize| match &stated[side] {
            Country::Unknown => self.countries.of_stop((calls.stop)(call)),
            stated => stated,
        };
        Crossing {
            before: hop,
            after: hop + 1,
            from: country(from, hop),
            to: country(to, hop + 1),
            passage: Some(passage),
        }
    }
}

/// The stations on both sides, where both are known.
fn ends(post: &Post) -> Option<[StopId; 2]> {
    let [near, far] = post.ends;
    Some([near?, far?])
}

/// Whether a stop lies beyond the far end of a post, seen from the near one: less than 60° off the line.
fn beyond(columns: &Columns<'_>, [near, far]: [StopId; 2], stop: StopId) -> bool {
    let position = |stop| columns.position_of_stop(stop);
    let (Some(near), Some(far), Some(stop)) = (position(near), position(far), position(stop)) else { return false };
    let width = metres_between(near, far);
    let detour = width + metres_between(far, stop) - metres_between(near, stop);
    detour < width / 2.0
}
