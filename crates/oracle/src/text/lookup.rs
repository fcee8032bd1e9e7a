//! Naming things of a text timetable in a test.

use crate::query::{StopRef, TripRef};
use jiff::civil;
use tumen_feed::Feed;

/// The stop with this id: of the first feed that has it, or of one feed when written `feed:id`.
///
/// # Panics
/// When there is none.
#[track_caller]
pub fn stop(feeds: &[Feed], id: &str) -> StopRef {
    let found = find(feeds, id, |feed, id| feed.stops.iter().position(|stop| stop.id == id));
    let (feed, stop) = found.unwrap_or_else(|| panic!("no stop `{id}`"));
    StopRef { feed, stop }
}

/// The trip with this id: of the first feed that has it, or of one feed when written `feed:id`.
///
/// # Panics
/// When there is none.
#[track_caller]
pub fn trip(feeds: &[Feed], id: &str) -> TripRef {
    let found = find(feeds, id, |feed, id| feed.trips.iter().position(|trip| trip.id == id));
    let (feed, trip) = found.unwrap_or_else(|| panic!("no trip `{id}`"));
    TripRef { feed, trip }
}

/// A local time such as `2026-03-29 02:30` as seconds of UTC.
///
/// A query time in a daylight fold is the earlier instant; in a gap, one hour later (that is, later by the gap).
///
/// # Panics
/// When the zone or the time is not understood.
#[track_caller]
pub fn instant(zone: &str, local: &str) -> i64 {
    let time: civil::DateTime = local.parse().unwrap_or_else(|error| panic!("`{local}`: {error}"));
    time.in_tz(zone).unwrap_or_else(|error| panic!("`{zone}`: {error}")).timestamp().as_second()
}

fn find(feeds: &[Feed], id: &str, search: impl Fn(&Feed, &str) -> Option<usize>) -> Option<(u32, u32)> {
    let (name, bare) = id.split_once(':').map_or((None, id), |(name, bare)| (Some(name), bare));
    let mut named = feeds.iter().enumerate().filter(|(_, feed)| name.is_none_or(|name| feed.name == name));
    named.find_map(|(index, feed)| Some((index as u32, search(feed, bare)? as u32)))
}
