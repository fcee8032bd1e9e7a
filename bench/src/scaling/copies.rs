//! A larger network from a smaller one: copies side by side, neighbours linked.

use std::cmp::Reverse;
use tumen_base::Certainty;
use tumen_feed::{Agency, Feed, Frequency, Route, Service, Stop, Transfer, Trip};

/// Neighbouring copies are linked at so many stops: those where most runs call.
const HUBS: usize = 10;
/// Seconds on foot between the hubs of two neighbours.
const LINK_SECONDS: i32 = 600;
/// Degrees between two neighbours.
const DEGREES_EAST: f64 = 15.0;

/// Copies of a feed in a row, from west to east; their ids begin with the number of the copy.
pub fn joined(feed: &Feed, copies: u32) -> Feed {
    let mut joined = Feed { zone: feed.zone.clone(), ..Feed::default() };
    for copy in 0..copies {
        add(&mut joined, feed, copy);
    }
    let stops = feed.stops.len() as u32;
    for (west, east) in (1..copies).map(|copy| (copy - 1, copy)) {
        for hub in hubs(feed) {
            let ends = [west, east].map(|copy| copy * stops + hub);
            joined.transfers.extend([link(ends[0], ends[1]), link(ends[1], ends[0])]);
        }
    }
    joined
}

fn add(joined: &mut Feed, feed: &Feed, copy: u32) {
    let id = |id: &str| if id.is_empty() { String::new() } else { format!("{copy}-{id}") };
    let [agencies, stops, routes, services, trips, calls] = [
        joined.agencies.len(),
        joined.stops.len(),
        joined.routes.len(),
        joined.services.len(),
        joined.trips.len(),
        joined.calls.len(),
    ]
    .map(|length| length as u32);
    // Several agencies must have ids.
    let agency_id = |agency: &Agency| if agency.id.is_empty() { format!("{copy}-agency") } else { id(&agency.id) };
    joined.agencies.extend(feed.agencies.iter().map(|agency| Agency { id: agency_id(agency), ..agency.clone() }));
    joined.stops.extend(feed.stops.iter().map(|stop| Stop {
        id: id(&stop.id),
        parent: stop.parent.map(|parent| stops + parent),
        position: stop.position.map(|(north, east)| (north, east_of(east, copy))),
        ..stop.clone()
    }));
    joined.routes.extend(feed.routes.iter().map(|route| Route {
        id: id(&route.id),
        agency: agencies + route.agency,
        ..route.clone()
    }));
    joined.services.extend(feed.services.iter().map(|service| Service { id: id(&service.id), ..service.clone() }));
    joined.trips.extend(feed.trips.iter().map(|trip| Trip {
        id: id(&trip.id),
        route: routes + trip.route,
        service: services + trip.service,
        block: id(&trip.block),
        shape: None,
        calls: calls + trip.calls.start..calls + trip.calls.end,
        ..trip.clone()
    }));
    joined.calls.extend(feed.calls.iter().map(|call| tumen_feed::Call { stop: stops + call.stop, ..*call }));
    joined.frequencies.extend(feed.frequencies.iter().map(|row| Frequency { trip: trips + row.trip, ..*row }));
    joined.transfers.extend(feed.transfers.iter().map(|row| Transfer {
        from_stop: row.from_stop.map(|stop| stops + stop),
        to_stop: row.to_stop.map(|stop| stops + stop),
        from_route: row.from_route.map(|route| routes + route),
        to_route: row.to_route.map(|route| routes + route),
        from_trip: row.from_trip.map(|trip| trips + trip),
        to_trip: row.to_trip.map(|trip| trips + trip),
        ..*row
    }));
}

fn east_of(degrees: f64, copy: u32) -> f64 {
    (degrees + DEGREES_EAST * f64::from(copy) + 180.0).rem_euclid(360.0) - 180.0
}

/// The stops with most calls, as positions in `Feed::stops`.
fn hubs(feed: &Feed) -> Vec<u32> {
    let mut calls = vec![0_u32; feed.stops.len()];
    for call in &feed.calls {
        calls[call.stop as usize] += 1;
    }
    let mut stops: Vec<u32> = (0..calls.len() as u32).collect();
    stops.sort_by_key(|&stop| (Reverse(calls[stop as usize]), stop));
    stops.truncate(HUBS);
    stops
}

fn link(from: u32, to: u32) -> Transfer {
    Transfer {
        from_stop: Some(from),
        to_stop: Some(to),
        kind: 2,
        min_time: Some(LINK_SECONDS),
        certainty: Certainty::Assumed,
        ..Transfer::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tumen_feed::Call;

    #[test]
    fn copies_are_apart_but_for_their_links() {
        let stop = |id: &str, east| Stop { id: id.into(), position: Some((50.0, east)), ..Stop::default() };
        let feed = Feed {
            agencies: vec![Agency::default()],
            stops: vec![stop("a", 170.0), stop("b", -5.0)],
            routes: vec![Route { id: "r".into(), ..Route::default() }],
            services: vec![Service { id: "s".into(), ..Service::default() }],
            trips: vec![Trip { id: "t".into(), calls: 0..2, ..Trip::default() }],
            calls: vec![Call::default(), Call { stop: 1, ..Call::default() }],
            ..Feed::default()
        };
        let joined = joined(&feed, 2);
        let ids: Vec<&str> = joined.stops.iter().map(|stop| stop.id.as_str()).collect();
        assert_eq!(ids, ["0-a", "0-b", "1-a", "1-b"]);
        assert_eq!(joined.stops[2].position, Some((50.0, -175.0)));
        let trip = &joined.trips[1];
        assert_eq!((trip.id.as_str(), trip.route, trip.service, trip.calls.clone()), ("1-t", 1, 1, 2..4));
        assert_eq!(joined.calls[3].stop, 3);
        let links: Vec<_> = joined.transfers.iter().map(|link| (link.from_stop, link.to_stop)).collect();
        assert_eq!(links, [(0, 2), (2, 0), (1, 3), (3, 1)].map(|(from, to)| (Some(from), Some(to))));
    }
}
