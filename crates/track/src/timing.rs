//! How fast the timetable goes over the sections of a way.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use tumen_base::{Certainty, Date, StopId, TripId};
use tumen_timetable::Columns;

use crate::lines::Track;
use crate::network::Network;
use crate::way::Way;

/// What a length rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// The sections' own lengths.
    Sections,
    /// A stated total, by its position in [`Track::sections`].
    CheckSum(usize),
}

/// A stretch of a way between two calls, and how long trains are scheduled to take for it, calls on the way included.
#[derive(Clone, Debug, PartialEq)]
pub struct Stretch {
    /// Its steps.
    pub steps: Range<usize>,
    /// Metres, where they are known all along.
    pub metres: Option<(f64, Basis)>,
    /// The quickest train.
    pub quickest: Scheduled,
    /// The slowest one.
    pub slowest: Scheduled,
    /// How many trips are scheduled over it.
    pub trips: usize,
}

/// A train over a stretch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scheduled {
    /// Seconds from the departure at one end to the arrival at the other.
    pub seconds: i32,
    /// The trip.
    pub trip: TripId,
    /// How far its times there can be trusted.
    pub certainty: Certainty,
}

impl Stretch {
    /// km/h of a train, calls on the way included.
    pub fn kmh(&self, scheduled: Scheduled) -> Option<f64> {
        self.metres.map(|(metres, _)| metres * 3.6 / f64::from(scheduled.seconds))
    }
}

/// Every stretch of a way that trips ride from one call to the next, in either direction, on a day from `from` on; in order.
pub fn stretches(columns: &Columns<'_>, track: &Track, network: &Network<'_>, way: &Way, from: Date) -> Vec<Stretch> {
    let first_day = from.0.saturating_sub(columns.first_date().0).max(0);
    let places = way.places();
    let mut found: BTreeMap<(usize, usize), Stretch> = BTreeMap::new();
    for pattern in columns.patterns() {
        let stops: Vec<StopId> =
            columns.call_stop[columns.calls_of(pattern)].iter().map(|&stop| columns.station(StopId(stop))).collect();
        let hops = hops(network, &places, &stops);
        if hops.is_empty() {
            continue;
        }
        for trip in columns.trips_of(pattern).map(TripId::from_index) {
            let runs = columns.days_of_trip(trip).next_from(first_day).is_some();
            if !runs || columns.way_of_trip(trip).is_some() {
                continue;
            }
            for &([depart, arrive], [one, other]) in &hops {
                let seconds = columns.arrival(trip, arrive).saturating_sub(columns.departure(trip, depart));
                if seconds <= 0 {
                    continue;
                }
                let certainty = columns.certainty_of_time(trip, depart).max(columns.certainty_of_time(trip, arrive));
                let scheduled = Scheduled { seconds, trip, certainty };
                let steps = one.min(other)..one.max(other);
                let metres = length(track, way, steps.clone());
                let stretch = found.entry((steps.start, steps.end)).or_insert_with(|| Stretch {
                    steps,
                    metres,
                    quickest: scheduled,
                    slowest: scheduled,
                    trips: 0,
                });
                stretch.trips += 1;
                if seconds < stretch.quickest.seconds {
                    stretch.quickest = scheduled;
                }
                if seconds > stretch.slowest.seconds {
                    stretch.slowest = scheduled;
                }
            }
        }
    }
    found.into_values().collect()
}

/// Two calls of a trip, and their places on the way.
pub(crate) type Hop = ([usize; 2], [usize; 2]);

/// From each call on the way to the next one on it, unless the trip is elsewhere between them: at a station of other track that no
/// section passes there.
pub(crate) fn hops(network: &Network<'_>, places: &HashMap<StopId, usize>, stops: &[StopId]) -> Vec<Hop> {
    let mut hops = Vec::new();
    let mut last: Option<(usize, usize)> = None;
    for (call, stop) in stops.iter().enumerate() {
        let Some(&place) = places.get(stop) else { continue };
        if let Some((before, from)) = last.filter(|(_, from)| *from != place) {
            let is_passed =
                |station: &StopId| !network.has(*station) || network.is_between(*station, [stops[before], *stop]);
            if stops[before + 1..call].iter().all(is_passed) {
                hops.push(([before, call], [from, place]));
            }
        }
        last = Some((call, place));
    }
    hops
}

/// Metres of some steps: the sum of their lengths, else a stated total of just them.
pub fn length(track: &Track, way: &Way, steps: Range<usize>) -> Option<(f64, Basis)> {
    let known = |step: &Option<crate::Step>| step.and_then(|step| track.sections[step.section].length_metres);
    if let Some(sum) = way.steps[steps.clone()].iter().map(known).sum::<Option<f64>>() {
        return Some((sum, Basis::Sections));
    }
    let wanted: Vec<usize> = steps.collect();
    let (total, _) = way.check_sums(track).into_iter().find(|(_, places)| *places == wanted)?;
    track.sections[total].length_metres.map(|metres| (metres, Basis::CheckSum(total)))
}
