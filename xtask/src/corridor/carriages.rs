//! Through carriages followed over their hosts, day by day, and compared with the check rows of the tables.

use super::clock::{Instants, feed_day, seconds_between};
use super::schedule::{Schedule, instants};
use super::table::Row;
use super::world::{Kind, Service, World};
use anyhow::{Context, Result, bail};
use jiff::Timestamp;
use std::collections::BTreeMap;
use tumen_base::{Certainty, Date, SECONDS_PER_DAY};

/// How long a carriage waits for its next host unless a feed says otherwise.
const MAX_STAND_SECONDS: i32 = SECONDS_PER_DAY;

/// A through carriage with the hosts that carry it.
pub struct Carriage<'w, 'a> {
    /// Its row in `services.csv`; the calls are check values.
    pub service: &'w Service<'a>,
    /// Its stages in order.
    pub stages: Vec<Stage<'w, 'a>>,
    /// Days from the local date of departure to the feed's service day.
    pub shift: i32,
    /// Seconds from the first departure to the last arrival, the same on every day.
    pub duration: i32,
}

/// One stage of a carriage: alternatives that share a sequence number.
pub struct Stage<'w, 'a> {
    /// Where the carriage is put on.
    pub attach: &'a str,
    /// Where it is taken off.
    pub detach: &'a str,
    /// The trips that may carry it.
    pub hosts: Vec<Host<'w, 'a>>,
}

/// A row of `hosts.csv`.
pub struct Host<'w, 'a> {
    /// The trip.
    pub trip: &'w Service<'a>,
    /// Position of the attach call in the trip.
    pub attach_call: usize,
    /// Position of the detach call in the trip.
    pub detach_call: usize,
    /// The row.
    pub row: Row<'a>,
}

impl Carriage<'_, '_> {
    /// The worst certainty of the times on its way.
    pub fn certainty_times(&self) -> Certainty {
        let hosts = self.stages.iter().flat_map(|stage| &stage.hosts);
        hosts.map(|host| self.certainty_over(host)).max().unwrap_or(Certainty::Unknown)
    }

    /// The worst certainty of the times while one host carries it: a host may run as published, and yet no source say
    /// that it carries the carriage, which is what the check rows know.
    pub fn certainty_over(&self, host: &Host) -> Certainty {
        let host_calls = &host.trip.calls[host.attach_call..=host.detach_call];
        let ends = [host.attach_call, host.detach_call].map(|call| host.trip.calls[call].station);
        let [from, to] = ends.map(|end| self.service.calls.iter().position(|call| call.station == end));
        let checks = from.zip(to).map_or(&[][..], |(from, to)| &self.service.calls[from..=to]);
        let certainties = host_calls.iter().chain(checks).map(|call| call.certainty);
        certainties.max().unwrap_or(Certainty::Unknown)
    }
}

/// A call of a carriage's run: at attach and detach it arrives and leaves with its hosts.
struct CarriageCall<'a> {
    station: &'a str,
    at: Instants,
    km: Option<f64>,
}

/// Reads every carriage, follows it on each of its days and compares it with its check rows.
pub fn carriages<'w, 'a>(world: &'w World<'a>, schedule: &Schedule<'a>) -> Result<Vec<Carriage<'w, 'a>>> {
    let mut all = Vec::new();
    for service in world.of_kind(Kind::Carriage) {
        let stages = read_stages(world, service)?;
        let carriage = follow_all(world, schedule, service, stages);
        all.push(carriage.with_context(|| format!("carriage {}", service.id))?);
    }
    Ok(all)
}

fn read_stages<'w, 'a>(world: &'w World<'a>, service: &Service<'a>) -> Result<Vec<Stage<'w, 'a>>> {
    let mut stages: BTreeMap<u32, Stage> = BTreeMap::new();
    for row in world.tables.rows("hosts") {
        if row.text("carriage")? != service.id {
            continue;
        }
        let trip = world.service(row.required("host_service_id")?)?;
        let (attach, detach) = (row.required("attach_station")?, row.required("detach_station")?);
        let position = |column, station| {
            let found = trip.calls.iter().position(|call| call.station == station);
            found.ok_or_else(|| row.error(column, &format!("{} does not call at {station}", trip.id)))
        };
        let host = Host {
            trip,
            attach_call: position("attach_station", attach)?,
            detach_call: position("detach_station", detach)?,
            row,
        };
        if trip.kind != Kind::Trip || host.attach_call >= host.detach_call {
            return Err(row.error("host_service_id", "is no trip from the attach to the detach station"));
        }
        let sequence = row.number("sequence")?.ok_or_else(|| row.error("sequence", "may not be empty"))?;
        let stage = stages.entry(sequence).or_insert_with(|| Stage { attach, detach, hosts: Vec::new() });
        if (stage.attach, stage.detach) != (attach, detach) {
            return Err(row.error("sequence", "alternatives attach and detach at the same stations"));
        }
        stage.hosts.push(host);
    }
    let stages: Vec<Stage> = stages.into_values().collect();
    let ends = (stages.first().map(|stage| stage.attach), stages.last().map(|stage| stage.detach));
    let connected = stages.windows(2).all(|pair| pair[0].detach == pair[1].attach);
    if ends != (Some(service.row.required("from_station")?), Some(service.row.required("to_station")?)) || !connected {
        bail!("hosts.csv: the hosts of {} do not connect its ends", service.id);
    }
    Ok(stages)
}

fn follow_all<'w, 'a>(
    world: &World<'a>,
    schedule: &Schedule<'a>,
    service: &'w Service<'a>,
    stages: Vec<Stage<'w, 'a>>,
) -> Result<Carriage<'w, 'a>> {
    let mut found: Option<(i32, i32)> = None;
    for day in &schedule.local_days[service.id] {
        let calls = follow(schedule, service, &stages, *day)?;
        compare(service, &calls, *day)?;
        let (first, last) = (calls[0].at.departure, calls[calls.len() - 1].at.arrival);
        let run = (feed_day(&world.zone, first).0 - day.0, seconds_between(first, last)?);
        if *found.get_or_insert(run) != run {
            bail!("the run of {day} takes another time than those before it");
        }
    }
    let (shift, duration) = found.context("the carriage never runs")?;
    Ok(Carriage { service, stages, shift, duration })
}

/// The calls of the run that leaves on a local date.
fn follow<'a>(
    schedule: &Schedule<'a>,
    service: &Service<'a>,
    stages: &[Stage<'_, 'a>],
    local_day: Date,
) -> Result<Vec<CarriageCall<'a>>> {
    let mut calls: Vec<CarriageCall> = Vec::new();
    let start = service.calls[0].clock.on(local_day)?.departure;
    for stage in stages {
        let ready = calls.last().map_or(start, |call| call.at.arrival);
        let max_stand = if calls.is_empty() { 0 } else { MAX_STAND_SECONDS };
        let mut best: Option<(&Host, Vec<Instants>)> = None;
        for host in &stage.hosts {
            let Some(run) = earliest_run(schedule, host, ready, max_stand)? else { continue };
            let leaves = run[host.attach_call].departure;
            if best.as_ref().is_none_or(|(other, run)| leaves < run[other.attach_call].departure) {
                best = Some((host, run));
            }
        }
        let Some((host, run)) = best else {
            bail!("on {local_day} no host leaves {} within {max_stand} s after {ready}", stage.attach);
        };
        let km_before = calls.last().and_then(|call| call.km);
        if let Some(arrived) = calls.pop() {
            let at = Instants { arrival: arrived.at.arrival, departure: run[host.attach_call].departure };
            calls.push(CarriageCall { at, ..arrived });
        }
        let skip = usize::from(!calls.is_empty());
        let km_start = host.trip.calls[host.attach_call].km;
        for position in host.attach_call + skip..=host.detach_call {
            let call = &host.trip.calls[position];
            let km = km_start.zip(call.km).map(|(start, km)| km - start);
            let km = if skip == 0 { km } else { km_before.zip(km).map(|(before, km)| before + km) };
            calls.push(CarriageCall { station: call.station, at: run[position], km });
        }
    }
    Ok(calls)
}

/// The earliest run of a host that leaves the attach stop within [`ready`, `ready` + `max_stand`].
fn earliest_run(schedule: &Schedule, host: &Host, ready: Timestamp, max_stand: i32) -> Result<Option<Vec<Instants>>> {
    let attach_day = feed_day(&host.trip.calls[host.attach_call].clock.zone, ready);
    let days_on_the_way = host.trip.calls[host.attach_call].clock.day_offset;
    let nearest = attach_day.plus(-days_on_the_way);
    for day in (nearest.0 - 2..=nearest.0 + 2).map(Date) {
        if !schedule.local_days[host.trip.id].contains(&day) {
            continue;
        }
        let run = instants(host.trip, day)?;
        let stand = seconds_between(ready, run[host.attach_call].departure)?;
        if (0..=max_stand).contains(&stand) {
            return Ok(Some(run));
        }
    }
    Ok(None)
}

/// The check rows give what the hosts must add up to.
fn compare(service: &Service, calls: &[CarriageCall], local_day: Date) -> Result<()> {
    let mut position = 0;
    for check in &service.calls {
        let found = calls[position..].iter().position(|call| call.station == check.station);
        let Some(found) = found else {
            return Err(check.row.error("station_id", "is not on the way of the hosts, or not in this order"));
        };
        position += found;
        let call = &calls[position];
        let expected = check.clock.on(local_day)?;
        let arrival_fits = check.clock.arrival.is_none() || expected.arrival == call.at.arrival;
        let departure_fits = check.clock.departure.is_none() || expected.departure == call.at.departure;
        if !arrival_fits || !departure_fits {
            let hosts = format!("{} to {}", call.at.arrival, call.at.departure);
            return Err(check.row.error("arr", &format!("on {local_day} the hosts stop here from {hosts}")));
        }
        if let Some((km, expected)) = call.km.zip(check.km)
            && (km - expected).abs() > 0.5
        {
            return Err(check.row.error("km", &format!("the hosts add up to {km}")));
        }
    }
    Ok(())
}
