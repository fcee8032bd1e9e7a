//! Borders: hours of posts, control, running times that posts state.

use tumen_base::{Certainty, StopId, Time, TripId};
use tumen_border::{Crossing, Hours, Passage, PostId, State};

use super::report::{Lack, Rule, Violation};
use super::{Checker, rounding, words};

/// More scheduled crossings are not compared with hours.
const MOST_CROSSINGS: u64 = 2_000_000;

/// Checks everything at borders.
pub fn check(checker: &mut Checker<'_>) {
    for rule in [Rule::PostRunTime, Rule::BorderHours, Rule::BorderControl] {
        checker.found.begin(rule);
    }
    let borders = checker.subject.borders;
    let mut left = MOST_CROSSINGS;
    for (pattern, crossings) in borders.of_patterns(&checker.columns) {
        for trip in checker.columns.trips_of(pattern).map(TripId::from_index) {
            if checker.days(trip).next().is_none() {
                continue;
            }
            for crossing in &crossings {
                control(checker, trip, crossing);
                // A through carriage crosses where its hosts do.
                if checker.columns.way_of_trip(trip).is_none() {
                    run_time(checker, trip, crossing);
                    hours(checker, trip, crossing, &mut left);
                }
            }
        }
    }
    if left == 0 {
        checker
            .found
            .cuts
            .push(format!("only the first {MOST_CROSSINGS} crossings of runs were compared with opening hours"));
    }
}

/// Where a crossing is, for people.
fn place(checker: &Checker<'_>, trip: TripId, crossing: &Crossing<'_>) -> String {
    let ends =
        [crossing.before, crossing.after].map(|call| checker.columns.stop_name(checker.columns.stop_at(trip, call)));
    ends.join("–")
}

/// Whether a stop is an end of a post.
fn is_end(checker: &Checker<'_>, post: PostId, stop: StopId) -> bool {
    checker.subject.borders.post(post).ends.contains(&Some(stop))
}

/// A train that is faster over the border than the post says that trains are.
fn run_time(checker: &mut Checker<'_>, trip: TripId, crossing: &Crossing<'_>) {
    const RULE: Rule = Rule::PostRunTime;
    let columns = checker.columns;
    let calls = [crossing.before, crossing.after];
    let Some(Passage { post, .. }) = crossing.passage else {
        checker.found.lacks(RULE, Lack::Post, 1, [place(checker, trip, crossing)]);
        return;
    };
    let name = &checker.subject.borders.post(post).name;
    let is_from_end_to_end = calls.iter().all(|call| is_end(checker, post, columns.stop_at(trip, *call)));
    let stated = checker.subject.facts.posts.get(&post).and_then(|facts| facts.running);
    let Some(stated) = stated.filter(|_| is_from_end_to_end && crossing.is_between_neighbours()) else {
        checker.found.lacks(RULE, Lack::RunTime, 1, [name.clone()]);
        return;
    };
    let (departure, arrival) = (columns.departure(trip, crossing.before), columns.arrival(trip, crossing.after));
    let scheduled = arrival.saturating_sub(departure);
    if scheduled.saturating_add(rounding(departure, arrival)) >= stated {
        checker.found.passed(RULE, 1);
        return;
    }
    let why = format!(
        "{} scheduled; border_posts.txt states {} between the two stations of {name}",
        words(f64::from(scheduled)),
        words(f64::from(stated))
    );
    let Some(day) = checker.days(trip).next() else { return };
    let at = columns.departure_of_run(trip, day, crossing.before);
    let violation =
        Found { rule: RULE, trip, calls: calls.to_vec(), at, short_by: i64::from(stated) - i64::from(scheduled), why };
    violation.record(checker, None);
}

/// Something wrong with calls of one trip.
struct Found {
    rule: Rule,
    trip: TripId,
    calls: Vec<usize>,
    at: Time,
    short_by: i64,
    why: String,
}

impl Found {
    /// Notes it; on all days of the trip, or on some.
    fn record(self, checker: &mut Checker<'_>, days: Option<&[i32]>) {
        let span = match days {
            Some(days) => checker.span(days.iter().copied()),
            None => checker.span(checker.days(self.trip)),
        };
        let Some(days) = span else { return };
        let columns = checker.columns;
        let certainty = self.calls.iter().map(|call| columns.certainty_of_time(self.trip, *call)).max();
        let violation = Violation {
            rule: self.rule,
            trips: vec![checker.written(self.trip)],
            names: vec![checker.name(self.trip)],
            stops: self.calls.iter().map(|call| columns.stop_at(self.trip, *call)).collect(),
            at: self.at,
            days,
            short_by: self.short_by,
            certainty: certainty.unwrap_or(Certainty::Published),
            why: self.why,
        };
        checker.found.violates(self.rule, 1, violation);
    }
}

/// A train that leaves or reaches a post's station while the post is closed.
fn hours(checker: &mut Checker<'_>, trip: TripId, crossing: &Crossing<'_>, left: &mut u64) {
    const RULE: Rule = Rule::BorderHours;
    let (columns, borders) = (checker.columns, checker.subject.borders);
    let Some(Passage { post: id, .. }) = crossing.passage else {
        checker.found.lacks(RULE, Lack::Post, 1, [place(checker, trip, crossing)]);
        return;
    };
    let post = borders.post(id);
    let lack = match &post.hours {
        Hours::Known(_) => None,
        Hours::NotPublished => Some(Lack::Hours),
        Hours::Unreadable(_) => Some(Lack::UnreadableHours),
    };
    let calls: Vec<usize> = [crossing.before, crossing.after]
        .into_iter()
        .filter(|call| is_end(checker, id, columns.stop_at(trip, *call)))
        .collect();
    if let Some(lack) = lack.or(calls.is_empty().then_some(Lack::Post)) {
        checker.found.lacks(RULE, lack, 1, [post.name.clone()]);
        return;
    }
    for call in calls {
        let is_leaving = call == crossing.before;
        let time = |day: i32| {
            if is_leaving { columns.departure_of_run(trip, day, call) } else { columns.arrival_of_run(trip, day, call) }
        };
        let mut closed = Vec::new();
        for day in checker.days(trip) {
            if *left == 0 {
                break;
            }
            *left -= 1;
            if borders.state(&columns, id, time(day)) == State::Closed {
                closed.push(day);
            }
        }
        let Some(&day) = closed.first() else { continue };
        let at = time(day);
        let opens = borders.next_opening(&columns, id, at);
        let wait = opens.map_or(0, |opens| i64::from(opens) - i64::from(at));
        let word = if is_leaving { "leaves" } else { "reaches" };
        let until = match opens {
            Some(_) => format!("; it opens {} later", words(wait as f64)),
            None => "; no opening is sure within 400 days".to_owned(),
        };
        let stop = columns.stop_at(trip, call);
        let why = format!(
            "{word} {} at {} while {} is closed ({}){until}",
            checker.stop_name(stop),
            checker.clock(at, stop),
            post.name,
            post.written_hours
        );
        let found = Found { rule: RULE, trip, calls: vec![call], at, short_by: wait, why };
        found.record(checker, Some(&closed));
        return;
    }
    checker.found.passed(RULE, 1);
}

/// Trains and carriages that stay at a station of the border for less time than the control takes.
fn control(checker: &mut Checker<'_>, trip: TripId, crossing: &Crossing<'_>) {
    const RULE: Rule = Rule::BorderControl;
    let columns = checker.columns;
    let (before, after) = (crossing.before, crossing.after);
    // Where a train begins or ends, the timetable says nothing of how long it stands.
    let sides = [(before, before > 0), (after, after + 1 < columns.call_count(trip))];
    let Some(Passage { post: id, .. }) = crossing.passage else {
        let stands = sides.iter().filter(|(_, goes_on)| *goes_on).count();
        checker.found.lacks(RULE, Lack::Post, stands as u64, [place(checker, trip, crossing)]);
        return;
    };
    let post = checker.subject.borders.post(id);
    for (side, (call, goes_on)) in sides.into_iter().enumerate() {
        if !goes_on || !is_end(checker, id, columns.stop_at(trip, call)) {
            continue;
        }
        let Some(needed) = post.control[side] else {
            checker.found.lacks(RULE, Lack::Control, 1, [post.name.clone()]);
            continue;
        };
        let (arrival, departure) = (columns.arrival(trip, call), columns.departure(trip, call));
        let stands = departure.saturating_sub(arrival);
        if stands.saturating_add(rounding(arrival, departure)) >= needed {
            checker.found.passed(RULE, 1);
            continue;
        }
        let Some(day) = checker.days(trip).next() else { continue };
        let why = format!(
            "stands {} at {}; the control at {} takes {} {}",
            words(f64::from(stands)),
            checker.stop_name(columns.stop_at(trip, call)),
            post.name,
            words(f64::from(needed)),
            if side == 0 { "before the departure" } else { "after the arrival" },
        );
        let at = columns.arrival_of_run(trip, day, call);
        let found =
            Found { rule: RULE, trip, calls: vec![call], at, short_by: i64::from(needed) - i64::from(stands), why };
        found.record(checker, None);
    }
}
