//! From local clock times to the times of a feed, whose service days are those of one zone.

use anyhow::{Context, Result, anyhow, bail};
use jiff::Timestamp;
use jiff::civil::Time;
use jiff::tz::TimeZone;
use tumen_base::Date;

/// A row's clock times as printed, before they are placed on a date.
#[derive(Clone, Debug)]
pub struct ClockCall {
    /// Printed arrival.
    pub arrival: Option<Time>,
    /// Printed departure.
    pub departure: Option<Time>,
    /// Days from the first departure; belongs to the arrival, or to the departure where there is no arrival.
    pub day_offset: i32,
    /// The zone the clock shows.
    pub zone: TimeZone,
}

/// A call placed on a date: arrival and departure in absolute time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Instants {
    /// Arrival.
    pub arrival: Timestamp,
    /// Departure.
    pub departure: Timestamp,
}

/// Reads `HH:MM`; `None` where the text is empty.
pub fn parse_clock(text: &str) -> Result<Option<Time>> {
    if text.is_empty() {
        return Ok(None);
    }
    let time = text.split_once(':').filter(|(hour, minute)| hour.len() == 2 && minute.len() == 2);
    let time = time.and_then(|(hour, minute)| Time::new(hour.parse().ok()?, minute.parse().ok()?, 0, 0).ok());
    time.map(Some).ok_or_else(|| anyhow!("expected HH:MM, found `{text}`"))
}

impl ClockCall {
    /// The call of a run whose first departure is on the local date `first_day`. One time alone counts for both; a
    /// departure earlier by the clock than its arrival is on the next day.
    pub fn on(&self, first_day: Date) -> Result<Instants> {
        let day = first_day.plus(self.day_offset);
        let arrival = self.arrival.or(self.departure).context("neither arrival nor departure is known")?;
        let departure = self.departure.unwrap_or(arrival);
        let departure_day = if departure < arrival { day.plus(1) } else { day };
        Ok(Instants {
            arrival: instant(&self.zone, day, arrival)?,
            departure: instant(&self.zone, departure_day, departure)?,
        })
    }
}

/// The instant at which the clocks of the zone show the time; a time that a clock change skips or repeats is refused.
fn instant(zone: &TimeZone, day: Date, time: Time) -> Result<Timestamp> {
    let local = day.civil().to_datetime(time);
    let zoned = zone.to_ambiguous_zoned(local).unambiguous();
    Ok(zoned.with_context(|| format!("{local} does not exist once"))?.timestamp())
}

/// The feed's date of an instant.
pub fn feed_day(zone: &TimeZone, instant: Timestamp) -> Date {
    Date::from(zone.to_datetime(instant).date())
}

/// Where the times of a service day start: local noon minus twelve hours.
pub fn day_zero(zone: &TimeZone, day: Date) -> Result<Timestamp> {
    let noon = instant(zone, day, Time::constant(12, 0, 0, 0))?;
    Ok(noon.checked_sub(jiff::SignedDuration::from_hours(12))?)
}

/// Seconds from one instant to another.
pub fn seconds_between(from: Timestamp, to: Timestamp) -> Result<i32> {
    let seconds = to.as_second() - from.as_second();
    match i32::try_from(seconds) {
        Ok(seconds) => Ok(seconds),
        Err(_) => bail!("{seconds} seconds lie between {from} and {to}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn call(arrival: &str, departure: &str, zone: &str) -> ClockCall {
        ClockCall {
            arrival: parse_clock(arrival).expect("a time"),
            departure: parse_clock(departure).expect("a time"),
            day_offset: 0,
            zone: TimeZone::get(zone).expect("a zone"),
        }
    }

    #[test]
    fn the_bridge_takes_seventeen_minutes_though_the_clock_goes_back() {
        let day = Date::parse(b"20250630").expect("a date");
        let khasan = call("", "15:30", "Asia/Vladivostok").on(day).expect("placed");
        let tumangang = call("14:47", "", "Asia/Pyongyang").on(day).expect("placed");
        assert_eq!(seconds_between(khasan.departure, tumangang.arrival).expect("short"), 17 * 60);
    }

    #[test]
    fn a_departure_before_its_arrival_is_on_the_next_day() {
        let day = Date::parse(b"20190101").expect("a date");
        let erlian = call("20:18", "00:59", "Asia/Shanghai").on(day).expect("placed");
        assert_eq!(seconds_between(erlian.arrival, erlian.departure).expect("short"), (4 * 60 + 41) * 60);
    }

    #[test]
    fn pyongyang_was_half_an_hour_behind_in_2017() {
        let pyongyang = call("", "12:00", "Asia/Pyongyang");
        let then = pyongyang.on(Date::parse(b"20170601").expect("a date")).expect("placed");
        assert_eq!(then.departure.to_string(), "2017-06-01T03:30:00Z");
    }

    #[test]
    fn clock_times_are_read_strictly() {
        for text in ["7:05", "24:00", "12:60", "noon", "12:00:00"] {
            assert!(parse_clock(text).is_err(), "{text}");
        }
    }
}
