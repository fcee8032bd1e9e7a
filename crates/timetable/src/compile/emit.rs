//! Trips, patterns, calls and times as columns.

use super::carriages::Ways;
use super::drafts::{CallSource, Drafts, Origin};
use super::intern::{DaySets, Strings, unite};
use super::patterns::Patterns;
use super::rules::Nodes;
use super::tables::{Bases, group_by_owner, reference};
use crate::TimetableData;
use tumen_base::Certainty;
use tumen_feed::Feed;

/// What the columns of trips and patterns are made from.
pub(super) struct Material<'a> {
    pub feeds: &'a [Feed],
    pub bases: &'a Bases,
    pub drafts: &'a Drafts<'a>,
    pub patterns: &'a Patterns,
    pub nodes: &'a Nodes,
    pub ways: &'a Ways,
}

/// Fills the columns of trips.
pub(super) fn trips(data: &mut TimetableData, strings: &mut Strings, from: &Material) {
    for pattern in 0..from.patterns.offset.len() - 1 {
        let range = from.patterns.offset[pattern] as usize..from.patterns.offset[pattern + 1] as usize;
        for &draft in &from.patterns.order[range] {
            let draft = &from.drafts.all[draft as usize];
            data.trip_pattern.push(pattern as u32);
            data.trip_days.push(draft.days);
            match draft.origin {
                Origin::Trip { feed, trip } => feed_trip(data, strings, from, (feed, trip), u32::MAX),
                Origin::Departure { feed, trip, frequency } => {
                    feed_trip(data, strings, from, (feed, trip), frequency);
                }
                Origin::Way(way) => way_trip(data, strings, from.ways, way),
            }
        }
    }
}

fn feed_trip(data: &mut TimetableData, strings: &mut Strings, from: &Material, at: (u32, u32), frequency: u32) {
    let feed = at.0 as usize;
    let trip = &from.feeds[feed].trips[at.1 as usize];
    data.trip_id.push(strings.intern(&trip.id));
    data.trip_service.push(from.bases.service[feed] + trip.service);
    data.trip_headsign.push(strings.intern(&trip.headsign));
    data.trip_short_name.push(strings.intern(&trip.short_name));
    data.trip_direction.push(trip.direction);
    data.trip_block.push(strings.intern(&trip.block));
    data.trip_shape.push(reference(from.bases.shape[feed], trip.shape));
    data.trip_wheelchair.push(trip.wheelchair);
    data.trip_bikes.push(trip.bikes);
    data.trip_frequency.push(frequency);
    data.trip_way.push(u32::MAX);
    data.trip_certainty_days.push(trip.certainty_days as u8);
    data.trip_certainty_times.push(trip.certainty_times as u8);
    data.trip_source.push(strings.intern(&trip.source));
}

fn way_trip(data: &mut TimetableData, strings: &mut Strings, ways: &Ways, at: u32) {
    let way = &ways.all[at as usize];
    let carriage = &ways.carriages[way.carriage as usize];
    data.trip_id.push(strings.intern(&carriage.id));
    data.trip_service.push(u32::MAX);
    data.trip_headsign.push(strings.intern(&way.headsign));
    data.trip_short_name.push(strings.intern(&carriage.number));
    data.trip_direction.push(2);
    data.trip_block.push(0);
    data.trip_shape.push(u32::MAX);
    data.trip_wheelchair.push(0);
    data.trip_bikes.push(0);
    data.trip_frequency.push(u32::MAX);
    data.trip_way.push(at);
    data.trip_certainty_days.push(way.certainty_days as u8);
    data.trip_certainty_times.push(carriage.certainty_times as u8);
    data.trip_source.push(strings.intern(&carriage.source));
}

/// Fills the columns of patterns, calls and times.
pub(super) fn patterns(data: &mut TimetableData, sets: &mut DaySets, from: &Material) {
    let Material { drafts, patterns, .. } = from;
    let times = patterns.order.iter().map(|&draft| drafts.raw(draft).len()).sum();
    data.time_arrival = vec![0; times];
    data.time_departure = vec![0; times];
    let mut details = TimeDetails::sized(drafts, times);
    data.pattern_trip_offset.clone_from(&patterns.offset);
    data.pattern_call_offset.push(0);
    data.pattern_time_offset.push(0);
    let mut days = vec![0_u64; sets.width];
    let mut time_offset = 0;
    for range in patterns.offset.windows(2) {
        let members = &patterns.order[range[0] as usize..range[1] as usize];
        let first = &drafts.all[members[0] as usize];
        data.pattern_route.push(first.route);
        data.pattern_zone.push(first.zone);
        days.fill(0);
        for &draft in members {
            unite(&mut days, sets.set(drafts.all[draft as usize].days));
        }
        data.pattern_days.push(sets.intern(&days));
        calls(data, from, members);
        for (position, &draft) in members.iter().enumerate() {
            for (index, call) in drafts.calls(draft).enumerate() {
                let at = time_offset + index * members.len() + position;
                data.time_arrival[at] = call.arrival;
                data.time_departure[at] = call.departure;
            }
            details.set(drafts, draft, |index| time_offset + index * members.len() + position);
        }
        time_offset += members.len() * drafts.raw(members[0]).len();
        data.pattern_call_offset.push(data.call_stop.len() as u32);
        data.pattern_time_offset.push(time_offset as u64);
    }
    (data.time_certainty, data.time_source, data.time_interpolated) =
        (details.certainty, details.source, details.interpolated);
}

/// Fills the columns of a pattern's calls.
fn calls(data: &mut TimetableData, from: &Material, members: &[u32]) {
    let first = members[0];
    let special = from.nodes.special_of(first);
    for (index, call) in from.drafts.calls(first).enumerate() {
        let (alight, board) = special.get(index).map_or((call.stop, call.stop), |pair| (pair.alight, pair.board));
        data.call_stop.push(call.stop);
        data.call_alight.push(if call.drop_off == 1 { u32::MAX } else { alight });
        data.call_board.push(if call.pickup == 1 { u32::MAX } else { board });
        data.call_pickup.push(call.pickup);
        data.call_drop_off.push(call.drop_off);
        data.call_headsign.push(call.headsign);
        let mut distances = members.iter().map(|&draft| {
            let draft = &from.drafts.all[draft as usize];
            from.drafts.sources[draft.source as usize].distance(draft.calls.start as usize + index)
        });
        data.call_distance.push(distances.find(|distance| !distance.is_nan()).unwrap_or(f32::NAN));
    }
}

/// What only some feeds say of times; each column is empty where none does.
struct TimeDetails {
    certainty: Vec<u8>,
    source: Vec<u32>,
    interpolated: Vec<u8>,
}

impl TimeDetails {
    fn sized(drafts: &Drafts, times: usize) -> Self {
        let sources = &drafts.sources;
        let length = |needed: bool| if needed { times } else { 0 };
        let doubted =
            |source: &CallSource| source.details.certainty.iter().any(|&certainty| certainty != Certainty::Published);
        Self {
            certainty: vec![0; length(sources.iter().any(doubted))],
            source: vec![0; length(sources.iter().any(|source| !source.details.source.is_empty()))],
            interpolated: vec![
                0;
                length(sources.iter().any(|source| source.calls.iter().any(|call| call.interpolated)))
            ],
        }
    }

    /// Sets the details of a draft's calls at the places that `place` gives.
    fn set(&mut self, drafts: &Drafts, draft: u32, place: impl Fn(usize) -> usize) {
        let draft = &drafts.all[draft as usize];
        let source = &drafts.sources[draft.source as usize];
        for (index, at) in (draft.calls.start as usize..draft.calls.end as usize).enumerate() {
            let place = place(index);
            if let Some(certainty) = self.certainty.get_mut(place) {
                *certainty = source.certainty(at) as u8;
            }
            if let Some(text) = self.source.get_mut(place) {
                *text = source.source(at);
            }
            if let Some(interpolated) = self.interpolated.get_mut(place) {
                *interpolated = u8::from(source.calls[at].interpolated);
            }
        }
    }
}

/// Fills the columns of nodes and the calls at which each is reached.
pub(super) fn nodes(data: &mut TimetableData, nodes: &Nodes) {
    data.alight_stop = nodes.alight_stop().to_vec();
    data.board_stop = nodes.board_stop().to_vec();
    let places = |column: &[u32], offsets: &[u32], nodes: usize| {
        let calls = offsets.windows(2).enumerate().flat_map(|(pattern, range)| {
            (range[0]..range[1]).zip(0_u32..).map(move |(call, position)| (call, (pattern as u32, position)))
        });
        let pairs: Vec<(u32, (u32, u32))> = calls
            .filter_map(|(call, place)| Some(column[call as usize]).filter(|&node| node != u32::MAX).zip(Some(place)))
            .collect();
        group_by_owner(nodes, &pairs)
    };
    let (offsets, calls) = places(&data.call_alight, &data.pattern_call_offset, data.alight_stop.len());
    data.alight_call_offset = offsets;
    (data.alight_call_pattern, data.alight_call_position) = calls.into_iter().unzip();
    let (offsets, calls) = places(&data.call_board, &data.pattern_call_offset, data.board_stop.len());
    data.board_call_offset = offsets;
    (data.board_call_pattern, data.board_call_position) = calls.into_iter().unzip();
}
