//! Shortening a failure: as few lines, calls and conditions as still differ.

use crate::compiled::{Case, Difference};
use tumen_feed::Feed;
use tumen_oracle::generate::{Network, Question};
use tumen_oracle::{
    AgencyRef, BannedRuns, CarriageRef, ChangeTime, Closure, Filters, Gate, StopRef, TripRef, Vehicle, text,
};

/// The shortest case found that still differs.
pub fn shorten(case: Case, question: Question) -> (Case, Question, Difference) {
    let mut best = (case, question);
    loop {
        let found = simpler_questions(&best.1)
            .into_iter()
            .map(|question| (best.0.network().text.clone(), question))
            .chain(shorter_texts(&best.0.network().text).into_iter().map(|text| (text, best.1.clone())))
            .find_map(|(text, question)| attempt(&best.0, &text, &question));
        match found {
            Some(found) => best = found,
            None => break,
        }
    }
    let difference = best.0.difference(&best.1).expect("the case differed");
    (best.0, best.1, difference)
}

fn attempt(case: &Case, text: &str, question: &Question) -> Option<(Case, Question)> {
    let old = case.network();
    let feeds = text::parse(text).ok()?;
    let mut question = moved(question, &old.feeds, &feeds)?;
    let network = Network { text: text.to_owned(), feeds, ..old.clone() };
    if network.feeds.iter().any(|feed| feed.trips.is_empty()) {
        return None;
    }
    let case = Case::new(network, case.wanted());
    if let ChangeTime::Ordinary(change_time) = question.query.change_time {
        question.query.footpaths = case.footpaths(change_time);
    }
    case.difference(&question)?;
    Some((case, question))
}

/// The text without one of its lines, or without one of the calls or conditions of a line.
fn shorter_texts(text: &str) -> Vec<String> {
    let lines: Vec<&str> = text.lines().collect();
    let mut shorter = Vec::new();
    let mut replace = |index: usize, line: Option<String>| {
        let mut lines: Vec<String> = lines.iter().map(ToString::to_string).collect();
        match line {
            Some(line) => lines[index] = line,
            None => drop(lines.remove(index)),
        }
        shorter.push(lines.join("\n") + "\n");
    };
    for index in (0..lines.len()).rev() {
        replace(index, None);
    }
    for (index, line) in lines.iter().enumerate() {
        for separator in [" | ", ", "] {
            let (head, tail) = line.split_once(": ").unwrap_or(("", line));
            let parts: Vec<&str> = tail.split(separator).collect();
            for part in (0..parts.len()).filter(|_| parts.len() > 1) {
                let mut parts = parts.clone();
                parts.remove(part);
                replace(index, Some(format!("{head}: {}", parts.join(separator))));
            }
        }
        // The last date of a list of dates, the block of a trip, what a call forbids.
        let last = line.rsplit_once(' ').filter(|(_, date)| line.starts_with("service") && date.len() == 10);
        if let Some((rest, _)) = last {
            replace(index, Some(rest.to_owned()));
        }
        for word in [" block b0", " block b1", " (no pickup)", " (no drop-off)", " (no pickup, no drop-off)"] {
            if line.contains(word) {
                replace(index, Some(line.replacen(word, "", 1)));
            }
        }
    }
    shorter
}

fn simpler_questions(question: &Question) -> Vec<Question> {
    let mut simpler = Vec::new();
    let mut change = |changes: &dyn Fn(&mut Question)| {
        let mut question = question.clone();
        changes(&mut question);
        simpler.push(question);
    };
    if question.query.max_wait.is_some() {
        change(&|question| question.query.max_wait = None);
    }
    let filters = &question.query.filters;
    let count = filters.closures.len()
        + filters.gates.len()
        + filters.banned_stops.len()
        + filters.banned_trips.len()
        + filters.banned_runs.len()
        + filters.banned_carriages.len();
    if count > 0 || filters.modes.is_some() || filters.agencies.is_some() {
        change(&|question| question.query.filters = Filters::default());
    }
    if !question.query.check_in.is_empty() || !question.query.control.is_empty() {
        change(&|question| {
            question.query.check_in.clear();
            question.query.control.clear();
        });
    }
    if question.query.extra_change_s > 0 {
        change(&|question| question.query.extra_change_s = 0);
    }
    if question.query.max_trips < 32 {
        change(&|question| question.query.max_trips = 32);
    }
    simpler
}

/// The question about feeds that have lost things; `None` where it asks about one of them.
fn moved(question: &Question, old: &[Feed], new: &[Feed]) -> Option<Question> {
    let feed = |index: u32| new.iter().position(|feed| feed.name == old[index as usize].name);
    let stop = |at: StopRef| {
        let (id, feed) = (&old[at.feed as usize].stops[at.stop as usize].id, feed(at.feed)?);
        let stop = new[feed].stops.iter().position(|stop| stop.id == *id)?;
        Some(StopRef { feed: feed as u32, stop: stop as u32 })
    };
    let trip = |at: &TripRef| {
        let (id, feed) = (&old[at.feed as usize].trips[at.trip as usize].id, feed(at.feed)?);
        let trip = new[feed].trips.iter().position(|trip| trip.id == *id)?;
        Some(TripRef { feed: feed as u32, trip: trip as u32 })
    };
    let carriage = |at: &CarriageRef| {
        let feed = feed(at.feed)?;
        let rows = new[feed].extension.get("through_carriages.txt").map_or(0, |table| table.rows.len());
        // Carriages are numbered in order, and only whole carriages go.
        (rows > at.row as usize).then_some(CarriageRef { feed: feed as u32, row: at.row })
    };
    let agency = |at: &AgencyRef| {
        let (id, feed) = (&old[at.feed as usize].agencies[at.agency as usize].id, feed(at.feed)?);
        let agency = new[feed].agencies.iter().position(|agency| agency.id == *id)?;
        Some(AgencyRef { feed: feed as u32, agency: agency as u32 })
    };
    let mut question = question.clone();
    let query = &mut question.query;
    query.from = stop(query.from)?;
    query.to = stop(query.to)?;
    for dwell in [&mut query.check_in, &mut query.control] {
        *dwell = dwell.iter().filter_map(|(&at, &seconds)| Some((stop(at)?, seconds))).collect();
    }
    let filters = &mut query.filters;
    let closures = filters.closures.iter();
    filters.closures = closures
        .filter_map(|closure| Some(Closure { from: stop(closure.from)?, to: stop(closure.to)?, ..*closure }))
        .collect();
    let gates = filters.gates.iter();
    filters.gates = gates
        .filter_map(|gate| Some(Gate { from: stop(gate.from)?, to: stop(gate.to)?, open: gate.open.clone() }))
        .collect();
    filters.banned_stops = filters.banned_stops.iter().filter_map(|&at| stop(at)).collect();
    filters.banned_trips = filters.banned_trips.iter().filter_map(trip).collect();
    filters.banned_carriages = filters.banned_carriages.iter().filter_map(carriage).collect();
    filters.banned_runs = filters
        .banned_runs
        .iter()
        .filter_map(|banned| {
            let of = match &banned.of {
                Vehicle::Trip(at) => Vehicle::Trip(trip(at)?),
                Vehicle::Carriage(at) => Vehicle::Carriage(carriage(at)?),
            };
            Some(BannedRuns { of, ..*banned })
        })
        .collect();
    filters.agencies = match &filters.agencies {
        Some(agencies) => Some(agencies.iter().map(agency).collect::<Option<_>>()?),
        None => None,
    };
    Some(question)
}
