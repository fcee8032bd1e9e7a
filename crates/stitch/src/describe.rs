//! The report of what was decided.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use std::collections::HashMap;

use crate::borders::Ends;
use crate::carriages::{self, Carriage, NoCarriage};
use crate::days::DaySet;
use crate::edges::Edge;
use crate::plan::{NewTrip, Plan};
use crate::report::{
    BorderStop, Doubt, Evidence, FeedSummary, Join, JoinKind, JoinedCall, Part, PartCall, Role, StitchReport,
    UnjoinedDays, score,
};
use crate::resolve::needed;
use crate::stations::{StopAt, stop_name};
use crate::trains::{Train, World};

/// A report that has looked at the feeds and decided nothing yet.
pub(crate) fn feeds(world: &World) -> StitchReport {
    let mut days = vec![DaySet::default(); world.feeds.len()];
    let mut trains = vec![0; world.feeds.len()];
    for train in &world.trains {
        days[train.feed as usize].unite(&train.days);
        trains[train.feed as usize] += 1;
    }
    let summary = |(index, feed): (usize, &tumen_feed::Feed)| {
        let publisher = feed.info.as_ref().map(|info| info.publisher.clone()).unwrap_or_default();
        FeedSummary {
            name: if feed.name.is_empty() { publisher } else { feed.name.clone() },
            zone: feed.zone.clone(),
            trips: feed.trips.len(),
            trains: trains[index],
            stops: feed.own_stops(),
            days: world.axis.said(&days[index]),
        }
    };
    StitchReport { feeds: world.feeds.iter().enumerate().map(summary).collect(), ..StitchReport::default() }
}

/// A trip that is no carriage.
pub(crate) fn no_carriage(world: &World, no: &NoCarriage) -> Doubt {
    Doubt {
        kind: JoinKind::ThroughCarriage,
        one: world.name(&world.trains[no.train as usize]),
        other: world.name(&world.trains[no.host as usize]),
        days: world.axis.said(&no.days),
        evidence: no.evidence.clone(),
        score: score(&no.evidence),
        needed: carriages::NEEDED,
        reason: no.reason.clone(),
    }
}

/// The invented stops over which joins lead.
pub(crate) fn borders(world: &World, plan: &Plan, invented: &HashMap<StopAt, Ends>) -> Vec<BorderStop> {
    let border = |(at, joins): (&StopAt, &usize)| BorderStop {
        stop: stop_name(world.feeds, *at),
        trips: invented.get(at).map_or(0, |ends| ends.beginning + ends.ending),
        joins: *joins,
    };
    plan.borders.iter().map(border).collect()
}

/// Everything that was joined.
pub(crate) fn joins(world: &World, plan: &Plan, edges: &[Edge], carriages: &[Carriage]) -> Vec<Join> {
    let mut joins: Vec<Join> = Vec::new();
    for done in &plan.done {
        let trip = &plan.trips[done.trip];
        let lowest = done.edges.iter().map(|&edge| &edges[edge]).min_by(|one, other| one.score.total_cmp(&other.score));
        let Some(lowest) = lowest else { continue };
        let evidence: Vec<Evidence> = done.edges.iter().flat_map(|&edge| edges[edge].evidence.clone()).collect();
        joins.push(Join {
            kind: done.kind,
            feed: world.feeds[trip.feed as usize].name.clone(),
            id: trip.id.clone(),
            name: trip.number.clone(),
            days: world.axis.said(&done.days),
            parts: parts(world, plan, trip, done.lead),
            calls: calls(world, trip, &done.days),
            evidence,
            score: lowest.score,
            needed: needed(lowest.kind),
            largest_difference: done.largest_difference as i32,
            unjoined: unjoined(world, plan, trip),
        });
    }
    joins.extend(carriages.iter().filter_map(|carriage| {
        let new = plan.carriages.iter().find(|new| new.train == carriage.train)?;
        let train = &world.trains[carriage.train as usize];
        Some(Join {
            kind: JoinKind::ThroughCarriage,
            feed: world.feeds[train.feed as usize].name.clone(),
            id: new.id.clone(),
            name: new.name.clone(),
            days: world.axis.said(&carriage.days),
            parts: carriage_parts(world, plan, carriage),
            calls: carriage_calls(world, carriage),
            evidence: carriage.evidence.clone(),
            score: score(&carriage.evidence),
            needed: carriages::NEEDED,
            largest_difference: 0,
            unjoined: carriage
                .unjoined
                .iter()
                .map(|(days, reason)| UnjoinedDays {
                    feed: world.feeds[train.feed as usize].name.clone(),
                    trip: new.id.clone(),
                    days: world.axis.said(days),
                    reason: reason.clone(),
                })
                .collect(),
        })
    }));
    joins
}

fn parts(world: &World, plan: &Plan, trip: &NewTrip, lead: usize) -> Vec<Part> {
    let part = |(index, part): (usize, &crate::plan::NewPart)| {
        let train = &world.trains[part.train as usize];
        let joined = |call: usize| trip.calls.iter().position(|one| one.sources.contains(&(index, call)));
        Part {
            role: if index == lead { Role::Leading } else { Role::Other },
            trip: world.name(train),
            service_day_shift: part.shift,
            joined_days: world.axis.said(&part.days),
            left_days: world.axis.said(&plan.left[part.train as usize]),
            calls: published(world, train, (0, train.calls.len() - 1), part.offset, joined),
        }
    };
    trip.parts.iter().enumerate().map(part).collect()
}

/// The calls of a train from one to another, on the axis of the joined trip.
fn published(
    world: &World,
    train: &Train,
    (from, to): (usize, usize),
    offset: i64,
    joined: impl Fn(usize) -> Option<usize>,
) -> Vec<PartCall> {
    let calls = &world.calls(train)[from..=to];
    let call = |(index, call): (usize, &tumen_feed::Call)| PartCall {
        stop: stop_name(world.feeds, StopAt { feed: train.feed, stop: call.stop }),
        arrival: (i64::from(call.arrival) + offset) as i32,
        departure: (i64::from(call.departure) + offset) as i32,
        joined: joined(from + index),
    };
    calls.iter().enumerate().map(call).collect()
}

fn calls(world: &World, trip: &NewTrip, days: &DaySet) -> Vec<JoinedCall> {
    let base = days.bits().next_from(0).map(|day| world.clocks[trip.feed as usize].base(day));
    let call = |call: &crate::plan::NewCall| JoinedCall {
        stop: stop_name(world.feeds, call.at),
        arrival: call.arrival,
        departure: call.departure,
        local_arrival: local(world, call.at, base, call.arrival),
        local_departure: local(world, call.at, base, call.departure),
        leads: call.leads,
        parts: call.sources.iter().map(|source| source.0).collect(),
        boarding: call.pickup != 1,
        alighting: call.drop_off != 1,
    };
    trip.calls.iter().map(call).collect()
}

/// A moment as people at a stop say it, with the offset of its zone.
fn local(world: &World, at: StopAt, base: Option<i64>, seconds: i32) -> String {
    let feed = &world.feeds[at.feed as usize];
    let stop = &feed.stops[at.stop as usize];
    let zone = if stop.zone.is_empty() { &feed.zone } else { &stop.zone };
    let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
    let moment = base.and_then(|base| Timestamp::from_second(base + i64::from(seconds)).ok());
    moment.map(|moment| moment.to_zoned(zone).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()).unwrap_or_default()
}

/// The days left to the parts of a joined trip: those on which no other part runs, and those on which one does.
fn unjoined(world: &World, plan: &Plan, trip: &NewTrip) -> Vec<UnjoinedDays> {
    let mut unjoined = Vec::new();
    for (index, part) in trip.parts.iter().enumerate() {
        let (train, left) = (&world.trains[part.train as usize], &plan.left[part.train as usize]);
        let others = || trip.parts.iter().enumerate().filter(|(other, _)| *other != index).map(|(_, other)| other);
        let is_met = |day: &i32| {
            others().any(|other| world.trains[other.train as usize].published.contains(day - part.shift + other.shift))
        };
        let (met, alone): (Vec<i32>, Vec<i32>) = left.iter().partition(is_met);
        let reasons = [
            (alone, "no other part runs on these days"),
            (met, "another part runs, but not as the same train beyond doubt: see suspects and refusals"),
        ];
        for (days, reason) in reasons.into_iter().filter(|(days, _)| !days.is_empty()) {
            unjoined.push(UnjoinedDays {
                feed: world.feed(train).name.clone(),
                trip: world.trip(train).id.clone(),
                days: world.axis.said(&days.into_iter().collect()),
                reason: reason.to_owned(),
            });
        }
    }
    unjoined
}

fn carriage_parts(world: &World, plan: &Plan, carriage: &Carriage) -> Vec<Part> {
    let train = &world.trains[carriage.train as usize];
    let last = train.calls.len() - 1;
    let mut parts = vec![Part {
        role: Role::Published,
        trip: world.name(train),
        service_day_shift: 0,
        joined_days: world.axis.said(&carriage.days),
        left_days: world.axis.said(&plan.left[carriage.train as usize]),
        calls: published(world, train, (0, last), 0, Some),
    }];
    for segment in &carriage.segments {
        for host in &segment.hosts {
            let carrier = &world.trains[host.train as usize];
            let days: DaySet = host
                .days
                .iter()
                .filter(|day| carriage.days.contains(*day))
                .map(|day| day + host.shift)
                .filter(|day| *day >= 0)
                .collect();
            if days.is_empty() {
                continue;
            }
            let offset = -i64::from(host.shift) * i64::from(tumen_base::SECONDS_PER_DAY);
            let joined = |call: usize| {
                let stop = world.calls(carrier)[call].stop;
                let own = &world.calls(train)[segment.calls.0..=segment.calls.1];
                own.iter().position(|own| own.stop == stop).map(|position| segment.calls.0 + position)
            };
            parts.push(Part {
                role: Role::Host,
                trip: world.name(carrier),
                service_day_shift: host.shift,
                joined_days: world.axis.said(&days),
                left_days: world.axis.said(&plan.left[host.train as usize]),
                calls: published(world, carrier, host.calls, -offset, joined),
            });
        }
    }
    parts
}

fn carriage_calls(world: &World, carriage: &Carriage) -> Vec<JoinedCall> {
    let train = &world.trains[carriage.train as usize];
    let base = carriage.days.bits().next_from(0).map(|day| world.clock(train).base(day));
    let call = |call: &tumen_feed::Call| {
        let at = StopAt { feed: train.feed, stop: call.stop };
        JoinedCall {
            stop: stop_name(world.feeds, at),
            arrival: call.arrival,
            departure: call.departure,
            local_arrival: local(world, at, base, call.arrival),
            local_departure: local(world, at, base, call.departure),
            leads: 0,
            parts: vec![0],
            boarding: call.pickup != 1,
            alighting: call.drop_off != 1,
        }
    };
    world.calls(train).iter().map(call).collect()
}

/// Sorts the lists by score and cuts them where they are too long.
pub(crate) fn limit(report: &mut StitchReport, listed: usize) {
    let by_score = |one: &Doubt, other: &Doubt| {
        other.score.total_cmp(&one.score).then_with(|| (&one.one, &one.other).cmp(&(&other.one, &other.other)))
    };
    report.suspects.sort_by(by_score);
    report.refusals.sort_by(by_score);
    report.stations.sort_by(|one, other| {
        one.verdict
            .cmp(&other.verdict)
            .then(other.score.total_cmp(&one.score))
            .then_with(|| one.one.id.cmp(&other.one.id))
    });
    let cut = |length: usize| length.saturating_sub(listed);
    report.unlisted.stations = cut(report.stations.len());
    report.unlisted.suspects = cut(report.suspects.len());
    report.unlisted.refusals = cut(report.refusals.len());
    report.stations.truncate(listed);
    report.suspects.truncate(listed);
    report.refusals.truncate(listed);
}
