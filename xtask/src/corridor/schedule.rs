//! Services placed in time: the days of each, and its times counted in the feed's service days.

use super::clock::{Instants, day_zero, feed_day, seconds_between};
use super::days::Days;
use super::world::{Kind, Service, World};
use anyhow::{Context, Result, bail};
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};
use tumen_base::Date;

/// Days between the dates on which a trip's times are compared: no pair of clock changes hides between them.
const SAMPLE_DAYS: usize = 28;

/// The local dates of all services, and the trips with their times.
pub struct Schedule<'a> {
    /// The local dates of the first departure of every routed service.
    pub local_days: BTreeMap<&'a str, BTreeSet<Date>>,
    /// Times of every trip.
    pub trips: BTreeMap<&'a str, TripTimes>,
}

/// A trip counted in the feed's zone.
pub struct TripTimes {
    /// Days from the local date of the first departure to the feed's service day: −1, 0 or 1.
    pub shift: i32,
    /// Arrival and departure of each call, in seconds of the service day.
    pub calls: Vec<(i32, i32)>,
}

impl<'a> Schedule<'a> {
    /// Works out days and times of every routed service.
    pub fn new(world: &World<'a>) -> Result<Self> {
        let mut local_days = BTreeMap::new();
        for service in &world.services {
            collect_days(world, service.id, &mut local_days, 0)?;
        }
        let mut trips = BTreeMap::new();
        for service in world.of_kind(Kind::Trip) {
            let times = trip_times(world, service, &local_days[service.id]);
            trips.insert(service.id, times.with_context(|| format!("service {}", service.id))?);
        }
        Ok(Self { local_days, trips })
    }
}

fn collect_days<'a>(
    world: &World<'a>,
    id: &'a str,
    known: &mut BTreeMap<&'a str, BTreeSet<Date>>,
    depth: usize,
) -> Result<()> {
    if known.contains_key(id) {
        return Ok(());
    }
    if depth > world.services.len() {
        bail!("services.csv: the days of {id} depend on themselves");
    }
    let service = world.service(id)?;
    let mut days = BTreeSet::new();
    match &service.days {
        None => {}
        Some(Days::After { services, except }) => {
            let named = services.iter().map(|(name, _)| name).chain(except);
            for name in named {
                collect_days(world, world.service(name)?.id, known, depth + 1)?;
            }
            for (name, offset) in services {
                days.extend(known[name.as_str()].iter().map(|day| day.plus(*offset)));
            }
            if let Some(name) = except {
                days.retain(|day| !known[name.as_str()].contains(day));
            }
            days.retain(|day| *day >= service.first);
        }
        Some(pattern) => {
            let span = service.first.0..=service.last.0;
            days.extend(span.map(Date).filter(|day| pattern.pattern_covers(*day)));
        }
    }
    days.retain(|day| !service.except.contains(day));
    if days.is_empty() && service.kind != Kind::Known {
        return Err(service.row.error("days", "the service never runs"));
    }
    known.insert(service.id, days);
    Ok(())
}

/// The instants of every call of the run whose first departure is on a local date.
pub fn instants(service: &Service, local_day: Date) -> Result<Vec<Instants>> {
    let mut calls = Vec::with_capacity(service.calls.len());
    let mut latest = Timestamp::MIN;
    for call in &service.calls {
        let at = call.clock.on(local_day).map_err(|error| call.row.error("arr", &format!("{error:#}")))?;
        if at.arrival < latest || at.departure < at.arrival {
            return Err(call.row.error("arr", "the train would go back in time"));
        }
        latest = at.departure;
        calls.push(at);
    }
    Ok(calls)
}

fn trip_times(world: &World, service: &Service, days: &BTreeSet<Date>) -> Result<TripTimes> {
    let mut times: Option<TripTimes> = None;
    for day in days.iter().step_by(SAMPLE_DAYS).chain(days.last()) {
        let here = times_on(world, service, *day)?;
        match &times {
            None => times = Some(here),
            Some(first) if first.shift == here.shift && first.calls == here.calls => {}
            Some(_) => bail!("a clock change before {day} changes its times in the feed: give it two services"),
        }
    }
    times.context("the service never runs")
}

fn times_on(world: &World, service: &Service, local_day: Date) -> Result<TripTimes> {
    let instants = instants(service, local_day)?;
    let service_day = feed_day(&world.zone, instants[0].departure);
    let zero = day_zero(&world.zone, service_day)?;
    let mut calls = Vec::with_capacity(instants.len());
    for at in &instants {
        calls.push((seconds_between(zero, at.arrival)?, seconds_between(zero, at.departure)?));
    }
    // The first call has no arrival of its own.
    calls[0].0 = calls[0].1;
    Ok(TripTimes { shift: service_day.0 - local_day.0, calls })
}
