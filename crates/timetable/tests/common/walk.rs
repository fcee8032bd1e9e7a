//! Reading everything that a timetable says, through its accessors: what must never panic.

use std::hint::black_box;
use tumen_base::{AlightNode, BoardNode};
use tumen_timetable::export::to_feeds;
use tumen_timetable::{Columns, StopNames, Timetable, entries};

/// Reads everything once and answers how much there was.
pub fn walk(timetable: &Timetable) -> usize {
    let c = timetable.columns();
    stops(timetable, &c) + trips(timetable, &c) + nodes(&c) + tables(&c)
}

fn stops(timetable: &Timetable, c: &Columns) -> usize {
    for stop in c.stops() {
        black_box((c.stop_name(stop), c.position_of_stop(stop), c.station(stop), c.stop_and_descendants(stop)));
        black_box((c.siblings(stop).count(), c.local_time(0, stop), c.zone_of_stop(stop)));
        black_box(c.zone_of_feed(c.feed_of_stop(stop)));
        let id = c.text(c.stop_id[stop.index()]);
        black_box((timetable.stops_with_id(None, id), timetable.stops_with_written_id(id)));
        for walk in entries(c.walk_offset, stop.index()) {
            black_box((c.stop_name(tumen_base::StopId(c.walk_stop[walk])), c.walk_metres[walk]));
        }
        for rule in entries(c.stop_rule_offset, stop.index()) {
            black_box((c.stop_name(tumen_base::StopId(c.stop_rule_to[rule])), c.stop_rule_seconds[rule]));
        }
    }
    c.stop_id.len()
}

fn trips(timetable: &Timetable, c: &Columns) -> usize {
    for pattern in c.patterns() {
        black_box((c.trips_of(pattern), c.calls_of(pattern), c.day_set(c.pattern_days[pattern.index()]).count()));
    }
    for trip in c.trips() {
        let id = c.text(c.trip_id[trip.index()]);
        black_box((timetable.trips_with_id(Some(c.feed_of_trip(trip)), id), timetable.trips_with_written_id(id)));
        black_box((c.route_of(trip), c.service_of(trip), c.way_of_trip(trip)));
        let days: Vec<i32> = c.days_of_trip(trip).iter().collect();
        for position in 0..c.call_count(trip) {
            black_box((c.headsign_at(trip, position), c.certainty_of_time(trip, position)));
            black_box((c.is_interpolated(trip, position), c.source_of_time(trip, position)));
            for &day in days.iter().take(3).chain(days.last()) {
                let stop = c.stop_at(trip, position);
                black_box(c.local_time(c.arrival_of_run(trip, day, position), stop));
                black_box(c.local_time(c.departure_of_run(trip, day, position), stop));
            }
        }
        for &day in &days {
            black_box((c.certainty_of_run(trip, day), c.sources_of_run(trip, day).count(), c.date_of(day)));
            let next = c.links_from(trip).filter(|link| link.days.contains(day));
            black_box(next.map(|link| c.departure_of_run(link.trip, day + link.shift, 0)).max());
        }
        black_box(c.links_into(trip).map(|link| link.days.count() + c.call_count(link.trip)).sum::<usize>());
    }
    for carriage in c.carriages() {
        for way in c.ways_of(carriage) {
            let days = c.days_of_trip(c.trip_of_way(way));
            for host in c.hosts(way) {
                for day in days.iter() {
                    black_box(c.arrival_of_run(host.trip, day + host.shift, *host.calls.end()));
                }
                black_box(host.way_calls.map(|position| c.stop_at(c.trip_of_way(way), position)).max());
            }
        }
        for day in 0..c.days() {
            black_box(c.certainty_of_day(c.service_of_carriage(carriage), day));
        }
    }
    c.trip_id.len()
}

fn nodes(c: &Columns) -> usize {
    let place = |pattern: u32, position: u32| {
        let pattern = tumen_base::PatternId(pattern);
        black_box(c.call_stop[c.calls_of(pattern)][position as usize]);
    };
    for node in (0..c.alight_stop.len()).map(AlightNode::from_index) {
        for call in entries(c.alight_call_offset, node.index()) {
            place(c.alight_call_pattern[call], c.alight_call_position[call]);
        }
        for rule in entries(c.rule_offset, node.index()) {
            black_box((c.board_stop[c.rule_board[rule] as usize], c.rule_seconds[rule]));
        }
    }
    for node in (0..c.board_stop.len()).map(BoardNode::from_index) {
        for call in entries(c.board_call_offset, node.index()) {
            place(c.board_call_pattern[call], c.board_call_position[call]);
        }
    }
    c.alight_stop.len() + c.board_stop.len()
}

fn tables(c: &Columns) -> usize {
    for route in 0..c.route_id.len() {
        black_box((c.text(c.route_short_name[route]), c.agency_of(tumen_base::RouteId::from_index(route))));
    }
    for shape in 0..c.shape_id.len() {
        black_box(&c.shape_latitude[entries(c.shape_offset, shape)]);
        black_box(&c.shape_longitude[entries(c.shape_offset, shape)]);
    }
    for (feed, name) in c.kept_files() {
        black_box(c.kept_table(feed, name).is_ok());
    }
    black_box((StopNames::read(c).is_ok(), to_feeds(c).is_ok()));
    for text in 0..c.string_offset.len() {
        black_box(c.text(text as u32).len());
    }
    c.string_offset.len()
}
