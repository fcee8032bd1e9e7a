//! The shortest way over sections from station to station.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};
use tumen_base::{StopId, metres_between};
use tumen_timetable::Columns;

use crate::lines::Track;
use crate::sections::{Role, Section};

/// A section whose length and ends are unknown is taken for this long where ways are compared, in metres: it is passed where
/// nothing else leads there.
const UNKNOWN_METRES: u64 = 1_000_000;

/// A station that a section passes makes the straight way between its ends at most so many times longer.
const LONGEST_BEND: f64 = 1.2;

/// A section as it is passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// Its position in [`Track::sections`].
    pub section: usize,
    /// From its `from` to its `to`.
    pub forward: bool,
}

/// Sections by the stations they join. Check sums are no track and not among them.
#[derive(Clone, Debug)]
pub struct Network<'a> {
    track: &'a Track,
    at: HashMap<StopId, Vec<usize>>,
    /// Metres by which ways are compared, by section: the known length, else the straight line.
    metres: Vec<u64>,
    positions: HashMap<StopId, (f64, f64)>,
}

impl<'a> Network<'a> {
    /// The network of all track of a timetable.
    pub fn new(columns: &Columns<'_>, track: &'a Track) -> Self {
        let mut at: HashMap<StopId, Vec<usize>> = HashMap::new();
        let mut positions = HashMap::new();
        for (index, section) in track.sections.iter().enumerate().filter(|(_, section)| section.is_track()) {
            for end in [section.from, section.to] {
                at.entry(end).or_default().push(index);
                positions.extend(columns.position_of_stop(end).map(|position| (end, position)));
            }
        }
        let metres = |section: &Section| {
            let straight = || Some(metres_between(*positions.get(&section.from)?, *positions.get(&section.to)?));
            section.length_metres.or_else(straight).map_or(UNKNOWN_METRES, |metres| metres.max(1.0) as u64)
        };
        let metres = track.sections.iter().map(metres).collect();
        Self { track, at, metres, positions }
    }

    /// Whether a section begins or ends at a station.
    pub fn has(&self, station: StopId) -> bool {
        self.at.contains_key(&station)
    }

    /// The shortest way from one of some stations to one of others: over main sections, and over alternatives only where these do not
    /// lead there. `None` where nothing does, or only a detour that no train is believed to make.
    pub fn path(&self, from: &[StopId], to: &[StopId]) -> Option<(StopId, Vec<Step>)> {
        let main = |section: &Section| section.role == Role::Main;
        self.shortest(from, to, &main).or_else(|| self.shortest(from, to, &Section::is_track))
    }

    /// Whether a station lies about on the straight way between two others, so that a section between those may pass it: a branch may
    /// begin where no section of the main line ends.
    pub fn is_between(&self, station: StopId, [from, to]: [StopId; 2]) -> bool {
        let position = |stop: StopId| self.positions.get(&stop).copied();
        let Some(((from, to), station)) = position(from).zip(position(to)).zip(position(station)) else { return false };
        let over = metres_between(from, station) + metres_between(station, to);
        over <= metres_between(from, to) * LONGEST_BEND
    }

    fn shortest(
        &self,
        from: &[StopId],
        to: &[StopId],
        allowed: &dyn Fn(&Section) -> bool,
    ) -> Option<(StopId, Vec<Step>)> {
        let mut best = Best::new();
        let mut queue = BinaryHeap::new();
        for &start in from.iter().filter(|start| self.has(**start)) {
            best.insert(start, (0, None));
            queue.push(Reverse((0_u64, start)));
        }
        while let Some(Reverse((metres, station))) = queue.pop() {
            if best.get(&station).is_some_and(|(known, _)| *known < metres) {
                continue;
            }
            if to.contains(&station) {
                let (start, steps) = traced(&best, station);
                return (metres <= self.longest(start, station)).then_some((start, steps));
            }
            for &section in self.at.get(&station).into_iter().flatten() {
                let rail = &self.track.sections[section];
                let Some(next) = rail.other_end(station).filter(|_| allowed(rail)) else { continue };
                let onward = metres.saturating_add(self.metres[section]);
                if best.get(&next).is_none_or(|(known, _)| onward < *known) {
                    let step = Step { section, forward: rail.from == station };
                    best.insert(next, (onward, Some((station, step))));
                    queue.push(Reverse((onward, next)));
                }
            }
        }
        None
    }

    /// The longest way that a train is believed to take between two stations, in metres: three times the straight line and 20 km.
    fn longest(&self, from: StopId, to: StopId) -> u64 {
        let ends = self.positions.get(&from).zip(self.positions.get(&to));
        ends.map_or(u64::MAX, |(from, to)| metres_between(*from, *to) as u64 * 3 + 20_000)
    }
}

/// The least metres to a station, and the station and the step that lead there.
type Best = HashMap<StopId, (u64, Option<(StopId, Step)>)>;

/// Where a way to a station began, and its steps.
fn traced(best: &Best, end: StopId) -> (StopId, Vec<Step>) {
    let mut station = end;
    let mut steps = Vec::new();
    while let Some((_, Some((before, step)))) = best.get(&station) {
        steps.push(*step);
        station = *before;
    }
    steps.reverse();
    (station, steps)
}
