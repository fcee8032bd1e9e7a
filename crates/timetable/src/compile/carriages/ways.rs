//! The runs of a carriage, day by day, gathered into ways.

use super::super::intern::{DaySets, insert_day};
use super::hosts::Host;
use super::{Carriage, Surroundings, Way, WayHost, Ways};
use std::collections::BTreeMap;
use tumen_base::{Certainty, SECONDS_PER_DAY};
use tumen_feed::Call;

/// Hosts that carry a coach on certain days.
pub(super) struct Combination<'h> {
    stages: Vec<Stage<'h>>,
    /// Day set of the carriage's service days.
    days: u32,
}

/// One host of a combination.
#[derive(Clone, Copy)]
struct Stage<'h> {
    host: &'h Host,
    /// Service day of the host minus that of the carriage.
    shift: i32,
    /// What to add to the host's times to count them from the carriage's service day.
    offset: i32,
}

/// What tells ways apart: the alternative of a host, the days between it and the carriage, and their clocks.
type StageKey = (usize, i32, i32);

/// The ways of a carriage.
pub(super) struct Found<'h> {
    pub combinations: Vec<Combination<'h>>,
    /// Day set of the days on which a host is missing.
    pub holes: u32,
}

/// Follows a carriage over its hosts on each of its service days.
pub(super) fn find<'h>(
    around: &Surroundings,
    sets: &mut DaySets,
    carriage: &Carriage,
    hosts: &'h [Vec<Host>],
) -> Found<'h> {
    let zone = around.zones.of_feed[carriage.feed as usize];
    let service_days: Vec<i32> = sets.days(around.data.service_days[carriage.service as usize]).iter().collect();
    let mut ways: BTreeMap<Vec<StageKey>, (Vec<Stage>, Vec<u64>)> = BTreeMap::new();
    let mut holes = vec![0_u64; sets.width];
    for day in service_days {
        let mut key = Vec::with_capacity(hosts.len());
        let mut stages: Vec<Stage> = Vec::with_capacity(hosts.len());
        let mut arrival = None;
        for alternatives in hosts {
            let runs = alternatives.iter().enumerate().filter_map(|(row, host)| {
                let run = match arrival {
                    None => first_run(around, sets, host, day),
                    Some(arrival) => next_run(around, sets, host, arrival),
                };
                run.map(|(host_day, departure)| (departure, row, host, host_day))
            });
            let Some((_, row, host, host_day)) = runs.min_by_key(|&(departure, row, ..)| (departure, row)) else {
                insert_day(&mut holes, day as usize);
                break;
            };
            let host_base = around.zones.base(around.zones.of_feed[host.feed], host_day);
            let offset = host_base - around.zones.base(zone, day);
            arrival = Some(i64::from(host_base) + i64::from(call(around, host, host.detach).arrival));
            key.push((row, host_day - day, offset));
            stages.push(Stage { host, shift: host_day - day, offset });
        }
        if stages.is_empty() {
            insert_day(&mut holes, day as usize);
        } else {
            let (_, days) = ways.entry(key).or_insert_with(|| (stages, vec![0; sets.width]));
            insert_day(days, day as usize);
        }
    }
    let mut combinations: Vec<Combination> =
        ways.into_values().map(|(stages, days)| Combination { stages, days: sets.intern(&days) }).collect();
    combinations.sort_by_key(|combination| sets.days(combination.days).next_from(0));
    Found { combinations, holes: sets.intern(&holes) }
}

fn call<'a>(around: &Surroundings<'a>, host: &Host, at: usize) -> &'a Call {
    let feed = &around.feeds[host.feed];
    &feed.calls[feed.trips[host.trip].calls.start as usize + at]
}

/// The days on which a host runs.
fn days_of<'s>(around: &Surroundings, sets: &'s DaySets, host: &Host) -> tumen_base::DayBits<'s> {
    let service = around.bases.service[host.feed] + around.feeds[host.feed].trips[host.trip].service;
    sets.days(around.data.service_days[service as usize])
}

/// The run of a first host on a carriage's service day, which is that of the host minus the whole days in the
/// departure_time at which it is attached: its service day, and when it leaves the attach stop.
fn first_run(around: &Surroundings, sets: &DaySets, host: &Host, day: i32) -> Option<(i32, i64)> {
    let host_day = day - host.departure.div_euclid(SECONDS_PER_DAY);
    days_of(around, sets, host).contains(host_day).then(|| {
        let base = around.zones.base(around.zones.of_feed[host.feed], host_day);
        (host_day, i64::from(base) + i64::from(host.departure))
    })
}

/// The earliest run of a later host that leaves the attach stop within its stand after an arrival.
fn next_run(around: &Surroundings, sets: &DaySets, host: &Host, arrival: i64) -> Option<(i32, i64)> {
    let bases = around.zones.bases_of(around.zones.of_feed[host.feed]);
    let leaves = |day: usize| i64::from(bases[day]) + i64::from(host.departure);
    let (earliest, latest) = (arrival + host.stand.0, arrival + host.stand.1);
    let from = bases.partition_point(|&base| i64::from(base) + i64::from(host.departure) < earliest);
    let day = days_of(around, sets, host).next_from(from as i32)?;
    let departure = leaves(day as usize);
    (departure <= latest).then_some((day, departure))
}

/// Adds a way: the calls of its hosts, in seconds of the carriage's service day.
///
/// Nobody alights where the carriage is put on, nobody boards where it is taken off. Where it is taken off and put on at
/// one stop that is one call: the host before brings it, the next one takes it.
pub(super) fn assemble(
    ways: &mut Ways,
    around: &Surroundings,
    number: u32,
    carriage: &Carriage,
    combination: &Combination,
) {
    let first_call = ways.calls.len();
    let first_host = ways.hosts.len();
    let mut certainty_days = carriage.certainty_days;
    for stage in &combination.stages {
        let host = stage.host;
        let feed = &around.feeds[host.feed];
        let trip = &feed.trips[host.trip];
        certainty_days = certainty_days.max(host.certainty_days);
        let mut attach = ways.calls.len();
        for position in host.attach..=host.detach {
            let mut call = *call(around, host, position);
            call.stop = around.bases.stop.number(host.feed, call.stop);
            call.arrival += stage.offset;
            call.departure += stage.offset;
            let at = trip.calls.start as usize + position;
            let certainty = feed.call_details.certainty.get(at).copied().unwrap_or_default();
            let certainty = certainty.max(trip.certainty_times);
            let source = ways.text(source_of(feed, at));
            if position == host.attach {
                let before = ways.calls[first_call..].last();
                if before.is_some_and(|before| before.stop == call.stop) {
                    attach -= 1;
                    ways.take_on(call, certainty, source);
                    continue;
                }
                call.arrival = call.departure;
                call.drop_off = 1;
            }
            if position == host.detach {
                call.departure = call.arrival;
                call.pickup = 1;
            }
            ways.push_call(call, certainty, source);
        }
        ways.hosts.push(WayHost {
            trip: around.bases.trip[host.feed] + host.trip as u32,
            route: around.bases.route[host.feed] + trip.route,
            shift: stage.shift,
            carried: (host.attach as u32, host.detach as u32),
            in_way: ((attach - first_call) as u32, (ways.calls.len() - 1 - first_call) as u32),
        });
    }
    let last_stop = ways.calls[ways.calls.len() - 1].stop;
    ways.all.push(Way {
        carriage: number,
        headsign: stop_name(around, last_stop).to_owned(),
        certainty_days,
        hosts: first_host..ways.hosts.len(),
        calls: first_call as u32..ways.calls.len() as u32,
        days: combination.days,
    });
}

/// Sources of a call, empty where absent.
fn source_of(feed: &tumen_feed::Feed, at: usize) -> &str {
    let details = &feed.call_details;
    details.source.get(at).and_then(|&text| details.texts.get(text as usize)).map_or("", String::as_str)
}

fn stop_name<'a>(around: &Surroundings<'a>, stop: u32) -> &'a str {
    let (feed, stop) = around.bases.stop.place(stop);
    &around.feeds[feed].stops[stop as usize].name
}

impl Ways {
    fn text(&mut self, text: &str) -> u32 {
        if text.is_empty() {
            return u32::MAX;
        }
        let texts = &mut self.details.texts;
        let found = texts.iter().position(|other| other == text);
        found.unwrap_or_else(|| {
            texts.push(text.to_owned());
            texts.len() - 1
        }) as u32
    }

    fn push_call(&mut self, call: Call, certainty: Certainty, source: u32) {
        self.calls.push(call);
        self.details.certainty.push(certainty);
        self.details.source.push(source);
    }

    /// The next host takes the carriage on at the stop where the one before left it.
    fn take_on(&mut self, call: Call, certainty: Certainty, source: u32) {
        let last = self.calls.len() - 1;
        let before = &mut self.calls[last];
        before.departure = call.departure;
        before.pickup = call.pickup;
        before.interpolated |= call.interpolated;
        self.details.certainty[last] = self.details.certainty[last].max(certainty);
        if self.details.source[last] == u32::MAX {
            self.details.source[last] = source;
        }
    }
}
