//! Time zones: the day bases of service days, and the zones in which stops show their time.

use super::error::CompileError;
use super::report::Remark;
use super::span::Span;
use jiff::tz::TimeZone;
use std::collections::HashMap;
use tumen_base::SECONDS_PER_DAY;
use tumen_feed::{Feed, Severity};

/// The zones of a timetable; those in which service days are counted come first and have day bases.
pub(super) struct Zones {
    /// IANA names, each once.
    pub names: Vec<String>,
    /// Zone of each feed.
    pub of_feed: Vec<u32>,
    /// Zone of each stop of all feeds, one after the other.
    pub of_stop: Vec<u32>,
    /// `[zone * days + day]`: seconds since the epoch of noon minus twelve hours.
    pub bases: Vec<i32>,
    days: usize,
}

impl Zones {
    /// Finds the zones of feeds and stops; a stop whose zone is unknown shows its feed's time, with a remark.
    pub(super) fn find(feeds: &[Feed], span: &Span, remarks: &mut Vec<Remark>) -> Result<Self, CompileError> {
        let mut zones =
            Self { names: Vec::new(), of_feed: Vec::new(), of_stop: Vec::new(), bases: Vec::new(), days: span.days };
        let mut known = HashMap::new();
        for feed in feeds {
            let Some(zone) = zones.number(&feed.zone, &mut known) else {
                return Err(CompileError::UnknownZone { feed: feed.name.clone(), zone: feed.zone.clone() });
            };
            zones.of_feed.push(zone);
        }
        for index in 0..zones.names.len() {
            // Unknown names have been refused above.
            let Ok(zone) = TimeZone::get(&zones.names[index]) else { continue };
            zones.bases.extend((0..span.days).map(|day| day_base(&zone, span, day as i32)));
        }
        for (feed, &feed_zone) in feeds.iter().zip(&zones.of_feed.clone()) {
            for at in 0..feed.own_stops() {
                let written = zone_of_stop(feed, at);
                let zone = if written.is_empty() { Some(feed_zone) } else { zones.number(written, &mut known) };
                if zone.is_none() && written == feed.stops[at].zone {
                    remarks.push(Remark {
                        feed: feed.name.clone(),
                        file: "stops.txt",
                        line: 0,
                        severity: Severity::Warning,
                        code: "stop_zone_unknown",
                        message: format!(
                            "stop '{}': there is no time zone '{written}'; times there are shown in {}",
                            feed.stops[at].id, feed.zone
                        ),
                    });
                }
                zones.of_stop.push(zone.unwrap_or(feed_zone));
            }
        }
        Ok(zones)
    }

    /// The number of a zone, `None` where there is no such zone.
    fn number<'n>(&mut self, name: &'n str, known: &mut HashMap<&'n str, Option<u32>>) -> Option<u32> {
        if let Some(&number) = known.get(name) {
            return number;
        }
        let number = TimeZone::get(name).ok().map(|zone| {
            let name = zone.iana_name().unwrap_or(name);
            self.names.iter().position(|other| other == name).unwrap_or_else(|| {
                self.names.push(name.to_owned());
                self.names.len() - 1
            }) as u32
        });
        known.insert(name, number);
        number
    }

    /// Seconds since the epoch at which a service day's times begin to count.
    pub(super) fn base(&self, zone: u32, day: i32) -> i32 {
        self.bases[zone as usize * self.days + day as usize]
    }

    /// The day bases of a zone.
    pub(super) fn bases_of(&self, zone: u32) -> &[i32] {
        &self.bases[zone as usize * self.days..][..self.days]
    }

    /// The least seconds between the bases of two service days of a zone, the earlier first.
    pub(super) fn shortest_day(&self, zone: u32) -> i32 {
        // Bases never decrease, so neighbours are the closest.
        self.bases_of(zone).windows(2).map(|pair| pair[1] - pair[0]).min().unwrap_or(SECONDS_PER_DAY)
    }
}

/// Local noon minus twelve hours; a noon that does not exist or exists twice is read as RFC 5545 does.
fn day_base(zone: &TimeZone, span: &Span, day: i32) -> i32 {
    let noon = span.date(day).civil().at(12, 0, 0, 0);
    let epoch = i64::from(span.first.0) * i64::from(SECONDS_PER_DAY);
    let seconds = match zone.to_ambiguous_timestamp(noon).compatible() {
        Ok(timestamp) => timestamp.as_second() - epoch,
        // Only at the ends of jiff's time, some nine thousand years away: as in UTC.
        Err(_) => i64::from(day) * i64::from(SECONDS_PER_DAY) + 12 * 3600,
    };
    (seconds - 12 * 3600) as i32
}

/// The zone a stop or the nearest of its parents names, empty where none does.
fn zone_of_stop(feed: &Feed, stop: usize) -> &str {
    let mut at = stop;
    for _ in 0..super::MAX_PARENTS {
        let stop = &feed.stops[at];
        if !stop.zone.is_empty() {
            return &stop.zone;
        }
        match stop.parent {
            Some(parent) => at = parent as usize,
            None => break,
        }
    }
    ""
}
