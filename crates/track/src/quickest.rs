//! Ways over sections from station to station, quickest first.
//!
//! What a timetable needs is impossible only if it is so on every way, so all of them count: alternatives, detours, and sections of
//! which little is known, which are then taken for as short and fast as they can be. Totals are no track.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};
use tumen_base::{StopId, metres_between};
use tumen_timetable::Columns;

use crate::figures::SpeedKind;
use crate::lines::Track;
use crate::running::{End, Margin, Piece, Train, running_time};
use crate::sections::Section;

/// Positions of stations are believed to be right within so many metres.
pub const POSITION_SLACK: f64 = 2000.0;

/// More ways, and beginnings of ways, are not followed between two stations.
const MOST_STEPS: usize = 4000;

/// Sections by the stations that they join.
#[derive(Clone, Debug)]
pub struct Rails<'a> {
    track: &'a Track,
    at: HashMap<StopId, Vec<usize>>,
    /// Metres that a section surely has, where its length is not stated.
    straight: Vec<f64>,
}

/// A run from station to station.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Asked {
    /// Where it begins.
    pub from: StopId,
    /// Where it ends.
    pub to: StopId,
    /// Whether the train stands there.
    pub ends: [End; 2],
    /// What it can do.
    pub train: Train,
    /// What should be kept in reserve.
    pub margin: Option<Margin>,
}

/// The time that a run needs.
#[derive(Clone, Debug, PartialEq)]
pub struct Needed {
    /// No way takes less seconds, whatever the unknown figures are.
    pub least: f64,
    /// The way of which this is so, as positions in [`Track::sections`].
    pub sections: Vec<usize>,
    /// Metres that it surely has.
    pub metres: f64,
    /// Some way surely takes no more seconds than these, as all its figures are known.
    pub enough: Option<f64>,
}

/// A way between two stations, and the least seconds to each of its stations and from there on.
#[derive(Clone, Debug, PartialEq)]
pub struct Course {
    /// Sections in order, and whether they are passed from their first end to their second.
    pub sections: Vec<(usize, bool)>,
    /// Least seconds from the beginning to each station, one more than there are sections.
    pub seconds: Vec<f64>,
    /// Metres that it surely has.
    pub metres: f64,
}

/// Ways that are followed in the order of a lower bound of what they take.
type Queue = BinaryHeap<Reverse<(u64, usize)>>;

/// A beginning of a way.
struct Begun {
    at: StopId,
    seconds: f64,
    /// The section taken last, and the beginning before it.
    last: Option<(usize, usize)>,
}

impl<'a> Rails<'a> {
    /// All track of a timetable.
    pub fn new(columns: &Columns<'_>, track: &'a Track) -> Self {
        let mut at: HashMap<StopId, Vec<usize>> = HashMap::new();
        for (index, section) in track.sections.iter().enumerate().filter(|(_, section)| section.is_track()) {
            for end in [section.from, section.to] {
                at.entry(end).or_default().push(index);
            }
        }
        let position = |stop| columns.position_of_stop(stop);
        let straight = |section: &Section| {
            let ends = position(section.from).zip(position(section.to));
            ends.map_or(0.0, |(one, other)| (metres_between(one, other) - POSITION_SLACK).max(0.0))
        };
        Self { track, at, straight: track.sections.iter().map(straight).collect() }
    }

    /// Whether a section begins or ends at a station.
    pub fn has(&self, station: StopId) -> bool {
        self.at.contains_key(&station)
    }

    /// The time that a run needs; `None` where no sections join its ends.
    pub fn needed(&self, asked: &Asked) -> Option<Needed> {
        let lenient = |section: usize| Some(self.at_best(section));
        let (least, sections) = self.quickest(asked, &lenient)?;
        let enough = self.quickest(asked, &|section| self.stated(section)).map(|(seconds, _)| seconds);
        let metres = sections.iter().map(|section| self.at_best(*section).metres).sum();
        Some(Needed { least, sections, metres, enough })
    }

    /// The ways that take no more than some seconds and are no longer than some metres; `None` where there are too many.
    pub fn within(&self, asked: &Asked, most_seconds: f64, most_metres: f64) -> Option<Vec<Course>> {
        let mut ways = Vec::new();
        let lenient = |section: usize| Some(self.at_best(section));
        let complete = self.follow(asked, &lenient, &mut |sections, bound| {
            if bound > most_seconds {
                return false;
            }
            let way = self.way(asked, sections);
            if way.metres <= most_metres {
                ways.push(way);
            }
            true
        });
        complete.then_some(ways)
    }

    /// The figures of a section as they are at best: unknown lengths straight, unknown limits none.
    pub fn at_best(&self, section: usize) -> Piece {
        let rail = &self.track.sections[section];
        Piece { metres: rail.length_metres.unwrap_or(self.straight[section]), limit: Self::limit(rail) }
    }

    /// Metres a second that a section may allow: the upper end of its line speed, no limit where none is stated.
    pub fn limit(section: &Section) -> f64 {
        let limit = section.speed.filter(|speed| speed.kind == SpeedKind::LineSpeed);
        limit.map_or(f64::INFINITY, |speed| speed.most_kmh / 3.6)
    }

    /// The figures of a section at the lower end of what is stated; `None` where length or line speed is not.
    fn stated(&self, section: usize) -> Option<Piece> {
        let rail = &self.track.sections[section];
        let limit = rail.speed.filter(|speed| speed.kind == SpeedKind::LineSpeed)?;
        Some(Piece { metres: rail.length_metres?, limit: limit.least_kmh / 3.6 })
    }

    /// The quickest way over sections of which figures are given, with its seconds.
    fn quickest(&self, asked: &Asked, figures: &dyn Fn(usize) -> Option<Piece>) -> Option<(f64, Vec<usize>)> {
        let mut best: Option<(f64, Vec<usize>)> = None;
        let complete = self.follow(asked, figures, &mut |sections, bound| {
            if best.as_ref().is_some_and(|(seconds, _)| bound >= *seconds) {
                return false;
            }
            let pieces: Vec<Piece> = sections.iter().filter_map(|section| figures(*section)).collect();
            let running = running_time(asked.train, &pieces, asked.ends);
            let metres = pieces.iter().map(|piece| piece.metres).sum();
            let seconds = running + asked.margin.map_or(0.0, |margin| margin.seconds(running, metres));
            if best.as_ref().is_none_or(|(known, _)| seconds < *known) {
                best = Some((seconds, sections.to_vec()));
            }
            true
        });
        // What was not followed may be quicker by all that starting and braking take: then only the way without them is sure.
        let (seconds, sections) = best?;
        let passing: f64 =
            sections.iter().filter_map(|section| figures(*section)).map(|piece| bound(asked, piece)).sum();
        Some((if complete { seconds } else { passing.min(seconds) }, sections))
    }

    /// Calls `visit` with ways in the order of a lower bound of their seconds until it answers `false`. Answers whether that was
    /// all there was to see.
    fn follow(
        &self,
        asked: &Asked,
        figures: &dyn Fn(usize) -> Option<Piece>,
        visit: &mut dyn FnMut(&[usize], f64) -> bool,
    ) -> bool {
        let bound = |section: usize| figures(section).map(|piece| bound(asked, piece));
        let ahead = self.seconds_to(asked.to, &bound);
        let Some(least) = ahead.get(&asked.from) else { return true };
        let mut begun = vec![Begun { at: asked.from, seconds: 0.0, last: None }];
        let mut queue: Queue = BinaryHeap::from([Reverse((ordered(*least), 0))]);
        let mut steps = 0;
        while let Some(Reverse((_, index))) = queue.pop() {
            let (at, seconds) = (begun[index].at, begun[index].seconds);
            if at == asked.to {
                let (sections, _) = traced(&begun, index);
                if !visit(&sections, seconds) {
                    return true;
                }
                continue;
            }
            steps += 1;
            if steps > MOST_STEPS {
                return false;
            }
            let (_, passed) = traced(&begun, index);
            for &section in self.at.get(&at).into_iter().flatten() {
                let Some(next) = self.track.sections[section].other_end(at).filter(|next| !passed.contains(next))
                else {
                    continue;
                };
                let (Some(more), Some(onward)) = (bound(section), ahead.get(&next)) else { continue };
                queue.push(Reverse((ordered(seconds + more + onward), begun.len())));
                begun.push(Begun { at: next, seconds: seconds + more, last: Some((section, index)) });
            }
        }
        true
    }

    /// The least seconds from every station to one (Dijkstra).
    fn seconds_to(&self, to: StopId, bound: &dyn Fn(usize) -> Option<f64>) -> HashMap<StopId, f64> {
        let mut best: HashMap<StopId, f64> = HashMap::from([(to, 0.0)]);
        let mut queue = BinaryHeap::from([Reverse((0_u64, to))]);
        let mut settled = std::collections::HashSet::new();
        while let Some(Reverse((_, station))) = queue.pop() {
            if !settled.insert(station) {
                continue;
            }
            let seconds = best[&station];
            for &section in self.at.get(&station).into_iter().flatten() {
                let (Some(next), Some(more)) = (self.track.sections[section].other_end(station), bound(section)) else {
                    continue;
                };
                if best.get(&next).is_none_or(|known| seconds + more < *known) {
                    best.insert(next, seconds + more);
                    queue.push(Reverse((ordered(seconds + more), next)));
                }
            }
        }
        best
    }

    fn way(&self, asked: &Asked, sections: &[usize]) -> Course {
        let mut way = Course { sections: Vec::new(), seconds: vec![0.0], metres: 0.0 };
        let (mut at, mut seconds) = (asked.from, 0.0);
        for &index in sections {
            let (section, piece) = (&self.track.sections[index], self.at_best(index));
            let forward = section.from == at;
            at = if forward { section.to } else { section.from };
            seconds += piece.metres / piece.limit.min(asked.train.top_speed);
            way.sections.push((index, forward));
            way.seconds.push(seconds);
            way.metres += piece.metres;
        }
        way
    }
}

/// The least seconds on a piece, starting and braking left aside.
fn bound(asked: &Asked, piece: Piece) -> f64 {
    let running = piece.metres / piece.limit.min(asked.train.top_speed);
    running + asked.margin.map_or(0.0, |margin| margin.seconds(running, piece.metres))
}

/// The longest way that a train is believed to take between two stations, in metres: three times the straight line and 20 km. Where
/// all ways are longer, the tables of track do not have the one that it takes.
pub fn longest(columns: &Columns<'_>, ends: [StopId; 2]) -> f64 {
    let [one, other] = ends.map(|stop| columns.position_of_stop(stop));
    one.zip(other).map_or(f64::INFINITY, |(one, other)| metres_between(one, other) * 3.0 + 20_000.0)
}

/// Seconds as a number that a heap can order, to the microsecond.
fn ordered(seconds: f64) -> u64 {
    (seconds * 1e6) as u64
}

/// The sections of a beginning in order, and the stations that it has passed.
fn traced(begun: &[Begun], index: usize) -> (Vec<usize>, Vec<StopId>) {
    let (mut sections, mut passed) = (Vec::new(), vec![begun[index].at]);
    let mut at = index;
    while let Some((section, before)) = begun[at].last {
        sections.push(section);
        passed.push(begun[before].at);
        at = before;
    }
    sections.reverse();
    (sections, passed)
}
