//! Do the hosts of a carriage meet? The stops, and every service day.

use jiff::tz::TimeZone;
use std::collections::{HashMap, HashSet};
use tumen_base::{Date, SECONDS_PER_DAY};

use super::carriages::{Host, ThroughCarriage};
use crate::complaint::Code;
use crate::model::{Feed, Service};
use crate::report::{Place, Report};

const CARRIAGES: &str = "through_carriages.txt";
const HOSTS: &str = "through_carriage_hosts.txt";
/// Service days of one carriage that are checked: about ten years of daily runs.
const DAYS_CHECKED: usize = 3660;
/// Runs looked at in one feed: the check of a hostile feed ends, too.
const RUNS_CHECKED: u64 = 5_000_000;
const DATES_NAMED: usize = 5;

/// Complains of hosts that do not meet and of days on which the carriage is not carried to its last stop.
pub(super) fn check_connections(feeds: &[Feed], own: usize, carriages: &[ThroughCarriage], report: &mut Report) {
    let mut runs = Runs { feeds, noons: HashMap::new(), left: RUNS_CHECKED };
    let mut days: HashMap<u32, Vec<Date>> = HashMap::new();
    for carriage in carriages {
        check_stops(feeds, carriage, report);
        if runs.left == 0 {
            report.add(Code::CheckCutShort, Place::file(CARRIAGES), || {
                format!("`{}` and the carriages behind it were not followed over their days", carriage.id)
            });
            return;
        }
        let service = &feeds[own].services[carriage.service as usize];
        let days = days.entry(carriage.service).or_insert_with(|| service_days(service));
        check_days(&mut runs, &feeds[own], carriage, days, report);
    }
}

fn check_stops(feeds: &[Feed], carriage: &ThroughCarriage, report: &mut Report) {
    let place = |host: &Host| (host.feed, feeds[host.feed].stops[host.attach_call(feeds).stop as usize].id.as_str());
    let end = |host: &Host| (host.feed, feeds[host.feed].stops[host.detach_call(feeds).stop as usize].id.as_str());
    for pair in carriage.hosts.windows(2) {
        let ends: HashSet<_> = pair[0].iter().map(end).collect();
        for host in &pair[1] {
            if !ends.contains(&place(host)) {
                report.add(
                    Code::HostsDoNotConnect,
                    Place { file: HOSTS, line: host.line, column: "attach_stop_id" },
                    || {
                        let (id, attach) = (&carriage.id, place(host).1);
                        format!("no host of `{id}` with the sequence before is left at `{attach}`; check the row")
                    },
                );
            }
        }
    }
}

/// Where the carriage ends up on one service day.
enum Way {
    Complete,
    /// No host at this position of [`ThroughCarriage::hosts`].
    Hole(usize),
    /// The check was given up.
    Unchecked,
}

fn check_days(runs: &mut Runs<'_>, feed: &Feed, carriage: &ThroughCarriage, days: &[Date], report: &mut Report) {
    let place = Place { file: CARRIAGES, line: line_of(feed, carriage), column: "" };
    if carriage.hosts.is_empty() {
        report.add(Code::CarriageNeverComplete, place, || format!("`{}` has no usable host", carriage.id));
        return;
    }
    let mut holes: Vec<Vec<Date>> = vec![Vec::new(); carriage.hosts.len()];
    let (mut complete, mut checked) = (0_usize, 0_usize);
    for day in days {
        match runs.carry(carriage, *day) {
            Way::Complete => complete += 1,
            Way::Hole(position) => holes[position].push(*day),
            Way::Unchecked => break,
        }
        checked += 1;
    }
    if complete == 0 && (checked > 0 || days.is_empty()) {
        report.add(Code::CarriageNeverComplete, place, || {
            format!(
                "`{}` reaches its last stop on none of its {checked} days; check hosts, stands and calendars",
                carriage.id
            )
        });
    }
    for (hosts, days) in carriage.hosts.iter().zip(&holes).filter(|(_, days)| !days.is_empty()) {
        let stop = hosts[0].attach_call(runs.feeds).stop;
        let stop = &runs.feeds[hosts[0].feed].stops[stop as usize].id;
        let named: Vec<String> = days.iter().take(DATES_NAMED).map(Date::to_string).collect();
        let more = if days.len() > DATES_NAMED { " and later" } else { "" };
        let host = Place { file: HOSTS, line: hosts[0].line, column: "" };
        report.add(Code::CarriageHole, host, || {
            let (id, count) = (&carriage.id, days.len());
            format!("on {count} of {checked} days no host takes `{id}` on from `{stop}` ({}{more})", named.join(", "))
        });
    }
}

fn line_of(feed: &Feed, carriage: &ThroughCarriage) -> u64 {
    feed.extension.get(CARRIAGES).and_then(|table| table.rows.get(carriage.row)).map_or(0, |row| row.line)
}

/// The first service days in order.
fn service_days(service: &Service) -> Vec<Date> {
    let weekly = service.weekly.as_ref().and_then(|weekly| Some(weekly.first?.0..=weekly.last?.0));
    let mut days: Vec<Date> = weekly
        .into_iter()
        .flatten()
        .map(Date)
        .filter(|date| service.runs_on(*date))
        .take(DAYS_CHECKED)
        .chain(service.exceptions.iter().filter(|(_, exception)| exception.runs).map(|(date, _)| *date))
        .collect();
    days.sort_unstable();
    days.dedup();
    days.truncate(DAYS_CHECKED);
    days
}

/// Runs of trips in seconds of UTC.
struct Runs<'a> {
    feeds: &'a [Feed],
    /// Noon minus twelve hours of each zone and day, once computed.
    noons: HashMap<(usize, Date), i64>,
    left: u64,
}

impl Runs<'_> {
    fn carry(&mut self, carriage: &ThroughCarriage, day: Date) -> Way {
        let mut arrival = None;
        for (position, hosts) in carriage.hosts.iter().enumerate() {
            let mut next: Option<(i64, i64)> = None;
            for host in hosts {
                let Some(left) = self.left.checked_sub(1) else { return Way::Unchecked };
                self.left = left;
                let run = match arrival {
                    None => self.first_run(host, day),
                    Some(arrival) => self.run_leaving_within(host, arrival),
                };
                // Of equal departures the first row of the file.
                if let Some(run) = run.filter(|run| next.is_none_or(|next| run.0 < next.0)) {
                    next = Some(run);
                }
            }
            let Some((_, end)) = next else { return Way::Hole(position) };
            arrival = Some(end);
        }
        Way::Complete
    }

    /// The carriage's service day is its first host's, minus the whole days in the time at which it is attached.
    fn first_run(&mut self, host: &Host, day: Date) -> Option<(i64, i64)> {
        let days = host.attach_call(self.feeds).departure.div_euclid(SECONDS_PER_DAY);
        self.run(host, day.plus(-days))
    }

    fn run_leaving_within(&mut self, host: &Host, arrival: i64) -> Option<(i64, i64)> {
        let (from, until) = (arrival + i64::from(host.min_stand), arrival + i64::from(host.max_stand));
        let departure = i64::from(host.attach_call(self.feeds).departure);
        let day_of = |time: i64| (time - departure).div_euclid(i64::from(SECONDS_PER_DAY)) as i32;
        // Zones lie within a day of UTC.
        for day in day_of(from) - 1..=day_of(until) + 1 {
            self.left = self.left.saturating_sub(1);
            if let Some(run) = self.run(host, Date(day)).filter(|run| (from..=until).contains(&run.0)) {
                return Some(run);
            }
        }
        None
    }

    /// When the host leaves the attach stop and arrives at the detach stop on a service day.
    fn run(&mut self, host: &Host, day: Date) -> Option<(i64, i64)> {
        let feed = &self.feeds[host.feed];
        let service = &feed.services[feed.trips[host.trip as usize].service as usize];
        if !service.runs_on(day) {
            return None;
        }
        let base = self.noon_minus_twelve_hours(host.feed, day)?;
        let time = |seconds: i32| base + i64::from(seconds);
        Some((time(host.attach_call(self.feeds).departure), time(host.detach_call(self.feeds).arrival)))
    }

    fn noon_minus_twelve_hours(&mut self, feed: usize, day: Date) -> Option<i64> {
        if let Some(noon) = self.noons.get(&(feed, day)) {
            return Some(*noon);
        }
        let zone = TimeZone::get(&self.feeds[feed].zone).ok()?;
        let noon = zone.to_timestamp(day.civil().at(12, 0, 0, 0)).ok()?.as_second() - i64::from(SECONDS_PER_DAY / 2);
        self.noons.insert((feed, day), noon);
        Some(noon)
    }
}
