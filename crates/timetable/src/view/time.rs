//! Days and times: service days as numbers, times as seconds since the epoch, and both for people.

use jiff::{Timestamp, Zoned, civil, tz::TimeZone};
use tumen_base::{Date, FeedId, StopId, Time};

use crate::columns::Columns;

impl Columns<'_> {
    /// Unix seconds of time 0.
    pub fn epoch(&self) -> i64 {
        self.span[0]
    }

    /// The date of service day 0.
    pub fn first_date(&self) -> Date {
        Date(self.span[1] as i32)
    }

    /// The date of the last service day.
    pub fn last_date(&self) -> Date {
        self.date_of(self.days() - 1)
    }

    /// How many service days there are.
    pub fn days(&self) -> i32 {
        self.span[2] as i32
    }

    /// Words of a day set.
    pub(crate) fn words(&self) -> usize {
        self.span[3] as usize
    }

    /// The date of a service day, also outside the span.
    pub fn date_of(&self, day: i32) -> Date {
        self.first_date().plus(day)
    }

    /// The service day of a date; `None` outside the span.
    pub fn day_of(&self, date: Date) -> Option<i32> {
        date.0.checked_sub(self.first_date().0).filter(|day| (0..self.days()).contains(day))
    }

    /// Noon minus twelve hours of a service day in a zone in which service days are counted.
    pub fn day_base(&self, zone: u32, day: i32) -> Time {
        self.zone_day_base[zone as usize * self.days() as usize + day as usize]
    }

    /// Unix seconds of a time.
    pub fn to_unix(&self, time: Time) -> i64 {
        self.epoch() + i64::from(time)
    }

    /// The time at so many Unix seconds; `None` where it is too far from the epoch.
    pub fn from_unix(&self, seconds: i64) -> Option<Time> {
        seconds.checked_sub(self.epoch())?.try_into().ok()
    }

    /// A zone of the zone table. Names were checked when the timetable was opened.
    pub fn zone(&self, zone: u32) -> TimeZone {
        TimeZone::get(self.text(self.zone_name[zone as usize])).unwrap_or(TimeZone::UTC)
    }

    /// The zone of the local time shown at a stop.
    pub fn zone_of_stop(&self, stop: StopId) -> TimeZone {
        self.zone(self.stop_zone[stop.index()])
    }

    /// The zone in which a feed counts its service days.
    pub fn zone_of_feed(&self, feed: FeedId) -> TimeZone {
        self.zone(self.feed_zone[feed.index()])
    }

    /// A time as clocks at the stop show it.
    pub fn local_time(&self, time: Time, stop: StopId) -> Zoned {
        self.in_zone(time, self.zone_of_stop(stop))
    }

    /// A time as clocks in a zone show it.
    pub fn in_zone(&self, time: Time, zone: TimeZone) -> Zoned {
        let seconds = self.to_unix(time);
        let bound = if seconds < 0 { Timestamp::MIN } else { Timestamp::MAX };
        Timestamp::from_second(seconds).unwrap_or(bound).to_zoned(zone)
    }

    /// The time at which clocks in a zone show this: the earlier one in a fold, one hour later in a gap.
    pub fn from_local(&self, local: civil::DateTime, zone: &TimeZone) -> Option<Time> {
        let timestamp = zone.to_ambiguous_timestamp(local).compatible().ok()?;
        self.from_unix(timestamp.as_second())
    }
}
