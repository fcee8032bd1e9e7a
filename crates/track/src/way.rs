//! A way over sections, station by station.

use std::collections::HashMap;
use tumen_base::{FeedId, StopId};

use crate::lines::{Line, Track};
use crate::network::{Network, Step};
use crate::sections::Role;

/// More calls than this no section passes.
const MOST_PASSED: usize = 8;

/// A way: stations, and between each two neighbours the section that joins them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Way {
    /// Its stations in order; one more than there are steps, or none.
    pub stations: Vec<StopId>,
    /// How each is left for the next; `None` where no section is known that joins them.
    pub steps: Vec<Option<Step>>,
}

impl Way {
    /// The main sections of a line, turned so that they meet.
    pub fn of_line(track: &Track, line: &Line) -> Self {
        let ends = |section: usize| [track.sections[section].from, track.sections[section].to];
        let mut way = Self::default();
        for (place, &section) in line.sections.iter().enumerate() {
            let [from, to] = ends(section);
            let forward = match way.stations.last() {
                Some(&last) => last != to,
                // The first is turned towards the second.
                None => line.sections.get(place + 1).is_none_or(|&next| !ends(next).contains(&from)),
            };
            let [from, to] = if forward { [from, to] } else { [to, from] };
            way.reach(from);
            way.push(Some(Step { section, forward }), to);
        }
        way
    }

    /// The way of a vehicle that calls at some stations, in order. Calls where no section ends are passed over, and those that lie
    /// within a section: no section joins them to the call before, and one leads past them to a later call.
    pub fn along(network: &Network<'_>, track: &Track, calls: impl IntoIterator<Item = StopId>) -> Self {
        let mut calls: Vec<StopId> = calls.into_iter().filter(|station| network.has(*station)).collect();
        calls.dedup();
        let mut way = Self::default();
        way.stations.extend(calls.first());
        let mut call = 0;
        while call + 1 < calls.len() {
            let past = |later: usize| {
                let is_passed = |station: &StopId| network.is_between(*station, [calls[call], calls[later]]);
                calls[call + 1..later].iter().all(is_passed)
            };
            let joined = (call + 1..calls.len()).take(1 + MOST_PASSED).filter(|later| past(*later));
            let mut joined = joined.filter_map(|later| Some((later, network.path(&[calls[call]], &[calls[later]])?.1)));
            if let Some((later, steps)) = joined.next() {
                way.follow(track, &steps);
                call = later;
            } else {
                call += 1;
                way.push(None, calls[call]);
            }
        }
        way
    }

    /// The shortest way between two places; `None` where no sections join them.
    pub fn between(network: &Network<'_>, track: &Track, from: &[StopId], to: &[StopId]) -> Option<Self> {
        let (start, steps) = network.path(from, to).filter(|(_, steps)| !steps.is_empty())?;
        let mut way = Self { stations: vec![start], steps: Vec::new() };
        way.follow(track, &steps);
        Some(way)
    }

    /// The sections that are passed, with the position of their step.
    pub fn sections(&self) -> impl Iterator<Item = (usize, usize)> {
        self.steps.iter().enumerate().filter_map(|(place, step)| Some((place, (*step)?.section)))
    }

    /// Where the stations are on the way; the first place of a station that is passed twice.
    pub fn places(&self) -> HashMap<StopId, usize> {
        self.stations.iter().enumerate().rev().map(|(place, station)| (*station, place)).collect()
    }

    /// The check sums whose sections are all passed: position in [`Track::sections`], and of the steps it is the total of.
    pub fn check_sums(&self, track: &Track) -> Vec<(usize, Vec<usize>)> {
        let steps: HashMap<usize, usize> = self.sections().map(|(place, section)| (section, place)).collect();
        let total = |(index, section): (usize, &crate::Section)| {
            let Role::CheckSum { of } = &section.role else { return None };
            let mut places: Vec<usize> = of.iter().map(|section| steps.get(section).copied()).collect::<Option<_>>()?;
            places.sort_unstable();
            (!places.is_empty()).then_some((index, places))
        };
        track.sections.iter().enumerate().filter_map(total).collect()
    }

    /// The feed whose section is passed first.
    pub fn feed(&self, track: &Track) -> Option<FeedId> {
        self.sections().next().map(|(_, section)| track.sections[section].feed)
    }

    fn follow(&mut self, track: &Track, steps: &[Step]) {
        for step in steps {
            let section = &track.sections[step.section];
            self.push(Some(*step), if step.forward { section.to } else { section.from });
        }
    }

    /// Begins at a station, or goes on from it: over a gap where the way ends elsewhere.
    fn reach(&mut self, station: StopId) {
        match self.stations.last() {
            None => self.stations.push(station),
            Some(&last) if last == station => {}
            Some(_) => self.push(None, station),
        }
    }

    fn push(&mut self, step: Option<Step>, to: StopId) {
        self.steps.push(step);
        self.stations.push(to);
    }
}
