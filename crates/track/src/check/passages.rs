//! Trains that need one track at the same time.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use tumen_base::{Certainty, StopId, Time, TripId};
use tumen_border::PostMode;

use super::report::{Lack, Rule, Violation};
use super::{Checker, words};
use crate::figures::Tracks;
use crate::meeting::{Bounds, Conflict, Passage, SingleTrack};
use crate::quickest::{Asked, Course, Rails, longest};
use crate::running::End;

/// More passages of runs, or more pairs of them, are not compared.
const MOST_COMPARED: usize = 5_000_000;

/// Times of trains are believed to be rounded by so many seconds.
const ROUNDING: f64 = 60.0;

const RULE: Rule = Rule::SingleTrack;

/// Checks every section of one track.
pub fn check(checker: &mut Checker<'_>) {
    checker.found.begin(RULE);
    let track = checker.subject.track;
    if track.is_empty() {
        let trips = checker.columns.trips().filter(|trip| is_train_on_rails(checker, *trip));
        let rides = trips.map(|trip| checker.columns.call_count(trip) as u64 - 1).sum();
        checker.found.lacks(RULE, Lack::Track, rides, []);
        return;
    }
    let rails = Rails::new(&checker.columns, track);
    let mut plans = Plans { rails: &rails, known: HashMap::new(), on: BTreeMap::new() };
    for trip in checker.columns.trips() {
        if is_train_on_rails(checker, trip) {
            plans.follow(checker, trip);
        }
    }
    let mut left = MOST_COMPARED;
    for (section, planned) in plans.on {
        compare(checker, section, &planned, &mut left);
    }
    if left == 0 {
        let cut = format!("only the first {MOST_COMPARED} passages of single track, and pairs of them, were compared");
        checker.found.cuts.push(cut);
    }
}

fn is_train_on_rails(checker: &Checker<'_>, trip: TripId) -> bool {
    let kind = checker.columns.route_kind[checker.columns.route_of(trip).index()];
    PostMode::of_route(kind) == Some(PostMode::Rail) && checker.is_train(trip)
}

/// A trip on a section of one track, in seconds of its service day.
#[derive(Clone, Copy)]
struct Planned {
    trip: TripId,
    passage: Passage,
    certainty: Certainty,
}

/// Who is when on which section of one track.
struct Plans<'a> {
    rails: &'a Rails<'a>,
    known: HashMap<(StopId, StopId, [u64; 3]), Option<Vec<Course>>>,
    on: BTreeMap<usize, Vec<Planned>>,
}

impl Plans<'_> {
    /// Follows a trip from each call at an end of a section to the next.
    fn follow(&mut self, checker: &mut Checker<'_>, trip: TripId) {
        let columns = checker.columns;
        let station = |call: usize| columns.station(columns.stop_at(trip, call));
        let calls: Vec<usize> = (0..columns.call_count(trip))
            .filter(|call| self.rails.has(station(*call)) && !columns.is_interpolated(trip, *call))
            .collect();
        for pair in calls.windows(2) {
            let (from, to) = (pair[0], pair[1]);
            if station(from) != station(to) {
                self.ride(checker, trip, [from, to]);
            }
        }
    }

    fn ride(&mut self, checker: &mut Checker<'_>, trip: TripId, [from, to]: [usize; 2]) {
        let columns = checker.columns;
        let [departure, arrival] = [columns.departure(trip, from), columns.arrival(trip, to)].map(f64::from);
        let train = checker.subject.facts.train(&columns, trip);
        let ends = [from, to].map(|call| columns.station(columns.stop_at(trip, call)));
        let asked = Asked { from: ends[0], to: ends[1], ends: [End::Passes; 2], train, margin: None };
        let key = (ends[0], ends[1], [train.top_speed, train.acceleration, train.braking].map(f64::to_bits));
        let longest = longest(&columns, ends);
        let courses = self.known.entry(key).or_insert_with(|| self.rails.within(&asked, f64::INFINITY, longest));
        let most = arrival - departure + ROUNDING;
        let in_time = |course: &&Course| course.seconds.last().is_some_and(|last| *last <= most);
        let mut possible: Vec<&Course> = courses.iter().flatten().filter(in_time).collect();
        if possible.is_empty() {
            // Too fast for any way: that is told elsewhere, and the train takes one of them all the same.
            possible.extend(courses.iter().flatten());
        }
        if possible.is_empty() {
            let names = ends.map(|stop| columns.stop_name(stop));
            checker.found.lacks(RULE, Lack::Way, 1, [names.join("–")]);
            return;
        }
        let passed: BTreeSet<(usize, bool)> =
            possible.iter().flat_map(|course| course.sections.iter().copied()).collect();
        for (section, forward) in passed {
            let rail = &checker.subject.track.sections[section];
            if rail.tracks.is_some_and(|tracks| tracks.least > 1) {
                continue;
            }
            let lack = if possible.iter().any(|course| !course.sections.contains(&(section, forward))) {
                Some(Lack::OtherWay)
            } else if rail.tracks.is_some_and(Tracks::is_single) {
                None
            } else {
                Some(Lack::Tracks)
            };
            if let Some(lack) = lack {
                checker.found.lacks(RULE, lack, 1, [rail.id.clone()]);
                continue;
            }
            let passage = Passage { forward, ..bounds(&possible, section, [departure, arrival]) };
            let certainty = columns.certainty_of_time(trip, from).max(columns.certainty_of_time(trip, to));
            self.on.entry(section).or_default().push(Planned { trip, passage, certainty });
        }
    }
}

/// When a train may be at the ends of a section that lies on every way it can take.
fn bounds(courses: &[&Course], section: usize, [departure, arrival]: [f64; 2]) -> Passage {
    let mut enters = Bounds { earliest: f64::INFINITY, latest: f64::NEG_INFINITY };
    let mut leaves = enters;
    for course in courses {
        let Some(place) = course.sections.iter().position(|(index, _)| *index == section) else { continue };
        let total = course.seconds[course.sections.len()];
        // A train that is scheduled in less time is as much quicker everywhere.
        let share = if total > 0.0 { ((arrival - departure) / total).clamp(0.0, 1.0) } else { 1.0 };
        let at = |station: usize| {
            let is_first = station == 0;
            let is_last = station == course.sections.len();
            let (before, behind) = (course.seconds[station], total - course.seconds[station]);
            let earliest = if is_last { arrival } else { departure + before * share };
            let latest = if is_first { departure } else { arrival - behind * share };
            Bounds { earliest, latest }
        };
        for (bounds, found) in [(&mut enters, at(place)), (&mut leaves, at(place + 1))] {
            bounds.earliest = bounds.earliest.min(found.earliest);
            bounds.latest = bounds.latest.max(found.latest);
        }
    }
    Passage { forward: true, enters, leaves }
}

/// A run on a section, in seconds of the timetable.
#[derive(Clone, Copy)]
struct OnTrack {
    planned: usize,
    day: i32,
    passage: Passage,
}

/// A pair of trips in conflict: the first time, and the service days of the first trip.
struct Clash {
    first: (OnTrack, OnTrack, Conflict),
    days: Vec<i32>,
}

fn compare(checker: &mut Checker<'_>, section: usize, planned: &[Planned], left: &mut usize) {
    let rail = &checker.subject.track.sections[section];
    let loops = checker.subject.facts.loops.get(&section);
    let line = SingleTrack { loops: loops.map(|loops| places(checker, section, loops)).unwrap_or_default() };
    let mut runs = runs(checker, planned, left);
    runs.sort_by(|one, other| one.passage.enters.earliest.total_cmp(&other.passage.enters.earliest));
    let mut clashes: BTreeMap<(usize, usize), Clash> = BTreeMap::new();
    let mut present: Vec<OnTrack> = Vec::new();
    for run in runs {
        present.retain(|other| other.passage.leaves.latest > run.passage.enters.earliest);
        for other in &present {
            *left = left.saturating_sub(1);
            let Some(conflict) = line.conflict(&other.passage, &run.passage, ROUNDING).filter(|_| *left > 0) else {
                continue;
            };
            let clash = clashes
                .entry((other.planned, run.planned))
                .or_insert_with(|| Clash { first: (*other, run, conflict), days: Vec::new() });
            clash.days.push(other.day);
        }
        present.push(run);
    }
    let involved: BTreeSet<usize> = clashes.keys().flat_map(|(one, other)| [*one, *other]).collect();
    checker.found.passed(RULE, (planned.len() - involved.len()) as u64);
    if loops.is_none() {
        checker.found.lacks(RULE, Lack::Loops, involved.len() as u64, [rail.id.clone()]);
        return;
    }
    for ((one, other), clash) in clashes {
        if let Some(violation) = violation(checker, section, [&planned[one], &planned[other]], clash) {
            checker.found.violates(RULE, 1, violation);
        }
    }
}

/// Every run of the trips on a section.
fn runs(checker: &Checker<'_>, planned: &[Planned], left: &mut usize) -> Vec<OnTrack> {
    let mut runs = Vec::new();
    for (index, plan) in planned.iter().enumerate() {
        for day in checker.days(plan.trip) {
            if *left == 0 {
                return runs;
            }
            *left -= 1;
            let base = f64::from(checker.columns.base_of_run(plan.trip, day));
            let moved = |bounds: Bounds| Bounds { earliest: bounds.earliest + base, latest: bounds.latest + base };
            let Passage { forward, enters, leaves } = plan.passage;
            let passage = Passage { forward, enters: moved(enters), leaves: moved(leaves) };
            runs.push(OnTrack { planned: index, day, passage });
        }
    }
    runs
}

/// Least seconds to each loop from either end of a section.
fn places(checker: &Checker<'_>, section: usize, loops: &[f64]) -> Vec<[f64; 2]> {
    let rail = &checker.subject.track.sections[section];
    let limit = Rails::limit(rail).min(crate::running::Train::FASTEST.top_speed);
    let behind = |metres: f64| rail.length_metres.map_or(0.0, |length| length - metres) / limit;
    loops.iter().map(|kilometres| kilometres * 1000.0).map(|metres| [metres / limit, behind(metres)]).collect()
}

fn violation(checker: &Checker<'_>, section: usize, plans: [&Planned; 2], mut clash: Clash) -> Option<Violation> {
    let rail = &checker.subject.track.sections[section];
    let (one, other, conflict) = clash.first;
    clash.days.sort_unstable();
    clash.days.dedup();
    let trips = plans.map(|plan| plan.trip);
    let told = |run: &OnTrack, trip: TripId| {
        let (enters, leaves) = if run.passage.forward { (rail.from, rail.to) } else { (rail.to, rail.from) };
        let [begin, end] = [run.passage.enters.earliest, run.passage.leaves.latest].map(|time| time as Time);
        format!(
            "{} from {} {} to {} {}",
            checker.written(trip),
            checker.stop_name(enters),
            checker.clock(begin, enters),
            checker.stop_name(leaves),
            checker.clock(end, leaves),
        )
    };
    let what = if conflict.opposing { "meet" } else { "overtake each other" };
    let loops = match checker.subject.facts.loops.get(&section).map(Vec::len) {
        Some(0) | None => "no crossing loop".to_owned(),
        Some(count) => format!("{count} crossing loops, none of which both reach in time"),
    };
    let why = format!(
        "two trains {what} on the one track of {}, which has {loops}: {}, and {}; {} are missing",
        rail.id,
        told(&one, trips[0]),
        told(&other, trips[1]),
        words(conflict.short_by)
    );
    Some(Violation {
        rule: RULE,
        trips: trips.map(|trip| checker.written(trip)).to_vec(),
        names: trips.map(|trip| checker.name(trip)).to_vec(),
        stops: vec![rail.from, rail.to],
        at: conflict.from as Time,
        days: checker.span(clash.days.iter().copied())?,
        short_by: conflict.short_by.ceil() as i64,
        certainty: plans[0].certainty.max(plans[1].certainty),
        why,
    })
}
