//! The axis of distance: where along a way every station lies, and how far that is to scale.

use std::collections::{BTreeMap, HashMap};
use tumen_base::{StopId, metres_between};
use tumen_timetable::Columns;

use crate::lines::Track;
use crate::network::Network;
use crate::timing::hops;
use crate::way::Way;

/// A step of which neither a length nor the positions of its ends are known is drawn so long, in metres.
const NOMINAL_METRES: f64 = 50_000.0;

/// What the length of a step is drawn by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scale {
    /// Its length is known.
    Known,
    /// Straight lines, stretched so that a stated total comes out: its position in [`Track::sections`].
    CheckSum(usize),
    /// The straight line between its ends.
    Straight,
    /// Nothing is known: as long as it has to be.
    Nominal,
}

/// A station on the axis.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mark {
    /// The station.
    pub stop: StopId,
    /// Metres from the beginning of the way.
    pub metres: f64,
    /// Whether a section begins or ends here; other stations lie in between by the kilometres of the timetable.
    pub is_end: bool,
    /// Whether its distance from the beginning is known, not estimated.
    pub is_exact: bool,
}

/// The axis of a way.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Axis {
    /// Its stations, by distance.
    pub marks: Vec<Mark>,
    /// By step: from where to where it is drawn, in metres, and by what.
    pub spans: Vec<(f64, f64, Scale)>,
    places: HashMap<StopId, usize>,
}

impl Axis {
    /// The axis of a way: section ends by the sections' lengths, other calls of trips between them by the timetable's kilometres, or by
    /// straight lines where it has none.
    pub fn of(columns: &Columns<'_>, track: &Track, network: &Network<'_>, way: &Way) -> Self {
        let lengths = lengths(columns, track, way);
        let mut spans = Vec::new();
        let mut metres = 0.0;
        for &(length, scale) in &lengths {
            spans.push((metres, metres + length, scale));
            metres += length;
        }
        let mut at: Vec<f64> = spans.iter().map(|(from, ..)| *from).collect();
        at.push(metres);
        let exact = exact(track, way, &lengths);
        let mut marks: BTreeMap<StopId, Mark> = BTreeMap::new();
        for (place, &stop) in way.stations.iter().enumerate() {
            let mark = Mark { stop, metres: at[place], is_end: true, is_exact: exact[place] };
            marks.entry(stop).or_insert(mark);
        }
        let places = way.places();
        for pattern in columns.patterns() {
            let calls = columns.calls_of(pattern);
            let stops: Vec<StopId> =
                columns.call_stop[calls.clone()].iter().map(|&stop| columns.station(StopId(stop))).collect();
            for ([before, call], [from, to]) in hops(network, &places, &stops) {
                let distances = &columns.call_distance[calls.start + before..=calls.start + call];
                let shares = shares(columns, &stops[before..=call], distances);
                for (stop, share) in stops[before..=call].iter().zip(shares.into_iter().flatten()) {
                    let metres = at[from] + share * (at[to] - at[from]);
                    let is_exact = exact[from] && exact[to];
                    marks.entry(*stop).or_insert(Mark { stop: *stop, metres, is_end: false, is_exact });
                }
            }
        }
        let mut marks: Vec<Mark> = marks.into_values().collect();
        marks.sort_by(|one, other| one.metres.total_cmp(&other.metres));
        let places = marks.iter().enumerate().map(|(place, mark)| (mark.stop, place)).collect();
        Self { marks, spans, places }
    }

    /// How long the way is drawn, in metres.
    pub fn length(&self) -> f64 {
        self.spans.last().map_or(0.0, |(_, to, _)| *to)
    }

    /// Where a station lies.
    pub fn mark(&self, station: StopId) -> Option<&Mark> {
        self.places.get(&station).map(|&place| &self.marks[place])
    }
}

/// By step: metres as drawn, and by what.
fn lengths(columns: &Columns<'_>, track: &Track, way: &Way) -> Vec<(f64, Scale)> {
    let straight = |place: usize| {
        let ends = [way.stations[place], way.stations[place + 1]].map(|stop| columns.position_of_stop(stop));
        Some(metres_between(ends[0]?, ends[1]?).max(1.0))
    };
    let known = |place: usize| way.steps[place].and_then(|step| track.sections[step.section].length_metres);
    let length = |place: usize| match (known(place), straight(place)) {
        (Some(metres), _) => (metres, Scale::Known),
        (None, Some(metres)) => (metres, Scale::Straight),
        (None, None) => (NOMINAL_METRES, Scale::Nominal),
    };
    let mut lengths: Vec<(f64, Scale)> = (0..way.steps.len()).map(length).collect();
    for (total, places) in way.check_sums(track) {
        let Some(stated) = track.sections[total].length_metres else { continue };
        let known: f64 = places.iter().filter_map(|&place| known(place)).sum();
        let unknown: Vec<usize> = places.into_iter().filter(|&place| lengths[place].1 != Scale::Known).collect();
        let lines: f64 = unknown.iter().map(|&place| lengths[place].0).sum();
        if stated > known && lines > 0.0 {
            for place in unknown {
                lengths[place] = (lengths[place].0 / lines * (stated - known), Scale::CheckSum(total));
            }
        }
    }
    lengths
}

/// By station of the way: whether its distance from the beginning is known. Behind all the sections of a check sum it is again.
fn exact(track: &Track, way: &Way, lengths: &[(f64, Scale)]) -> Vec<bool> {
    let sums: HashMap<usize, usize> =
        way.check_sums(track).into_iter().filter_map(|(section, places)| Some((section, *places.last()?))).collect();
    let until = |place: usize| match lengths[place].1 {
        Scale::Known => 0,
        Scale::CheckSum(section) => sums.get(&section).map_or(usize::MAX, |last| last + 1),
        Scale::Straight | Scale::Nominal => usize::MAX,
    };
    let mut unknown_until = 0;
    let mut exact = vec![true];
    for place in 0..lengths.len() {
        unknown_until = unknown_until.max(until(place));
        exact.push(place + 1 >= unknown_until);
    }
    exact
}

/// How far along each of some calls lies, as a share of the way between the first and the last: by distances that grow, else by
/// straight lines.
fn shares(columns: &Columns<'_>, stops: &[StopId], distances: &[f32]) -> Option<Vec<f64>> {
    let distances: Vec<f64> = distances.iter().map(|distance| f64::from(*distance)).collect();
    let grow = distances.windows(2).all(|pair| pair[0].is_finite() && pair[1] > pair[0]);
    let along = if grow {
        distances
    } else {
        let positions: Option<Vec<_>> = stops.iter().map(|&stop| columns.position_of_stop(stop)).collect();
        let positions = positions?;
        let mut sum = 0.0;
        let lines = positions.windows(2).map(|pair| {
            sum += metres_between(pair[0], pair[1]);
            sum
        });
        std::iter::once(0.0).chain(lines).collect()
    };
    let (first, last) = (*along.first()?, *along.last()?);
    (last > first).then(|| along.iter().map(|metres| (metres - first) / (last - first)).collect())
}
