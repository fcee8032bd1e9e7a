//! The tables that are copied as they stand: feeds, agencies, stops, routes, frequencies, shapes.

use super::intern::Strings;
use super::options::SourceStamp;
use super::zones::Zones;
use crate::TimetableData;
use tumen_feed::{Borrowed, Feed};

/// Where the rows of each feed begin in the tables of the timetable; one entry more than there are feeds.
pub(super) struct Bases {
    pub agency: Vec<u32>,
    pub stop: StopNumbers,
    pub route: Vec<u32>,
    pub service: Vec<u32>,
    pub trip: Vec<u32>,
    pub shape: Vec<u32>,
    pub frequency: Vec<u32>,
}

impl Bases {
    pub(super) fn of(feeds: &[Feed]) -> Self {
        let sums = |count: fn(&Feed) -> usize| {
            let mut sum = 0;
            let mut all = vec![0];
            all.extend(feeds.iter().map(|feed| {
                sum += count(feed) as u32;
                sum
            }));
            all
        };
        Self {
            agency: sums(|feed| feed.agencies.len()),
            stop: StopNumbers::of(feeds, sums(Feed::own_stops)),
            route: sums(|feed| feed.routes.len()),
            service: sums(|feed| feed.services.len()),
            trip: sums(|feed| feed.trips.len()),
            shape: sums(|feed| feed.shapes.len()),
            frequency: sums(|feed| feed.frequencies.len()),
        }
    }
}

/// The numbers that the stops of feeds get in the timetable: their own one after the other, borrowed ones that of the stop
/// they stand for.
#[derive(Clone)]
pub(super) struct StopNumbers {
    bases: Vec<u32>,
    /// By feed, what its borrowed stops stand for.
    borrowed: Vec<Vec<u32>>,
}

impl StopNumbers {
    fn of(feeds: &[Feed], bases: Vec<u32>) -> Self {
        let number = |one: &Borrowed| bases[one.feed as usize] + one.stop;
        let borrowed = feeds.iter().map(|feed| feed.borrowed.iter().map(number).collect()).collect();
        Self { bases, borrowed }
    }

    /// The number of a stop of a feed.
    pub(super) fn number(&self, feed: usize, stop: u32) -> u32 {
        let own = self.bases[feed + 1] - self.bases[feed];
        if stop < own { self.bases[feed] + stop } else { self.borrowed[feed][(stop - own) as usize] }
    }

    /// The feed that has a numbered stop, and the stop's position there.
    pub(super) fn place(&self, number: u32) -> (usize, u32) {
        let feed = self.bases.partition_point(|&base| base <= number) - 1;
        (feed, number - self.bases[feed])
    }
}

/// A reference, or what columns say where there is none.
pub(super) fn reference(base: u32, index: Option<u32>) -> u32 {
    index.map_or(u32::MAX, |index| base + index)
}

/// Fills the tables that are copied as they stand.
pub(super) fn fill(
    data: &mut TimetableData,
    strings: &mut Strings,
    feeds: &[Feed],
    zones: &Zones,
    sources: &[SourceStamp],
) {
    let bases = Bases::of(feeds);
    data.zone_name = zones.names.iter().map(|name| strings.intern(name)).collect();
    data.zone_day_base.clone_from(&zones.bases);
    data.stop_zone.clone_from(&zones.of_stop);
    data.feed_zone.clone_from(&zones.of_feed);
    data.shape_offset.push(0);
    for (index, feed) in feeds.iter().enumerate() {
        fill_feed(data, strings, feed, sources.get(index).unwrap_or(&SourceStamp::default()));
        fill_stops(data, strings, index, feed, &bases.stop);
        for agency in &feed.agencies {
            data.agency_id.push(strings.intern(&agency.id));
            data.agency_name.push(strings.intern(&agency.name));
            data.agency_url.push(strings.intern(&agency.url));
            data.agency_language.push(strings.intern(&agency.language));
            data.agency_phone.push(strings.intern(&agency.phone));
            data.agency_feed.push(index as u32);
        }
        for route in &feed.routes {
            data.route_id.push(strings.intern(&route.id));
            data.route_agency.push(bases.agency[index] + route.agency);
            data.route_short_name.push(strings.intern(&route.short_name));
            data.route_long_name.push(strings.intern(&route.long_name));
            data.route_description.push(strings.intern(&route.description));
            data.route_kind.push(route.kind);
            data.route_color.push(strings.intern(&route.color));
            data.route_text_color.push(strings.intern(&route.text_color));
            data.route_source.push(strings.intern(&route.source));
        }
        for frequency in &feed.frequencies {
            data.frequency_start.push(frequency.start);
            data.frequency_end.push(frequency.end);
            data.frequency_headway.push(frequency.headway);
            data.frequency_exact.push(u8::from(frequency.exact));
        }
        for shape in &feed.shapes {
            data.shape_id.push(strings.intern(&shape.id));
            data.shape_feed.push(index as u32);
            data.shape_latitude.extend(shape.points.iter().map(|point| ten_millionths(point.0)));
            data.shape_longitude.extend(shape.points.iter().map(|point| ten_millionths(point.1)));
            data.shape_offset.push(data.shape_latitude.len() as u32);
        }
    }
    fill_children(data);
}

fn fill_feed(data: &mut TimetableData, strings: &mut Strings, feed: &Feed, source: &SourceStamp) {
    let info = feed.info.clone().unwrap_or_default();
    data.feed_name.push(strings.intern(&feed.name));
    data.feed_publisher.push(strings.intern(&info.publisher));
    data.feed_url.push(strings.intern(&info.url));
    data.feed_language.push(strings.intern(&info.language));
    data.feed_version.push(strings.intern(&info.version));
    data.feed_first.push(info.first.map_or(i32::MIN, |date| date.0));
    data.feed_last.push(info.last.map_or(i32::MIN, |date| date.0));
    data.feed_hash.push(source.hash);
    data.feed_source.push(strings.intern(&source.name));
}

fn fill_stops(data: &mut TimetableData, strings: &mut Strings, index: usize, feed: &Feed, numbers: &StopNumbers) {
    for stop in &feed.stops[..feed.own_stops()] {
        let (latitude, longitude) = stop.position.unwrap_or((f64::NAN, f64::NAN));
        data.stop_id.push(strings.intern(&stop.id));
        data.stop_name.push(strings.intern(&stop.name));
        data.stop_code.push(strings.intern(&stop.code));
        data.stop_description.push(strings.intern(&stop.description));
        data.stop_platform.push(strings.intern(&stop.platform));
        data.stop_latitude.push(latitude);
        data.stop_longitude.push(longitude);
        data.stop_kind.push(stop.kind as u8);
        data.stop_wheelchair.push(stop.wheelchair);
        data.stop_parent.push(stop.parent.map_or(u32::MAX, |parent| numbers.number(index, parent)));
        data.stop_feed.push(index as u32);
        data.stop_country.push(strings.intern(&stop.country));
        data.stop_source.push(strings.intern(&stop.source));
    }
}

/// Turns the parents of stops around.
fn fill_children(data: &mut TimetableData) {
    let parents = data.stop_parent.iter().enumerate().filter(|(_, parent)| **parent != u32::MAX);
    let pairs: Vec<(u32, u32)> = parents.map(|(child, &parent)| (parent, child as u32)).collect();
    (data.stop_child_offset, data.stop_child) = group_by_owner(data.stop_id.len(), &pairs);
}

/// Groups `(owner, item)` by owner, keeping the order of the items: the offsets of the owners, and the items.
pub(super) fn group_by_owner<T: Copy + Default>(owners: usize, pairs: &[(u32, T)]) -> (Vec<u32>, Vec<T>) {
    let mut offsets = vec![0_u32; owners + 1];
    for &(owner, _) in pairs {
        offsets[owner as usize + 1] += 1;
    }
    for owner in 0..owners {
        offsets[owner + 1] += offsets[owner];
    }
    let mut next = offsets.clone();
    let mut items = vec![T::default(); pairs.len()];
    for &(owner, item) in pairs {
        items[next[owner as usize] as usize] = item;
        next[owner as usize] += 1;
    }
    (offsets, items)
}

fn ten_millionths(degrees: f64) -> i32 {
    (degrees * 1e7).round() as i32
}
