//! The tables of the format: which columns are rows of which table, and which table their references point into.

use super::Invalid;
use super::calendar::Sizes;
use super::checks::{all, may_refer, offsets, refers, refuse, rows};
use crate::columns::{Columns, RULE_FORBIDDEN};

/// Checks that columns have the rows of their table, and that every reference points into another one.
macro_rules! table {
    ($c:ident, $rows:expr $(, values [$($any:ident)+])?; $($check:ident($limit:expr): $($column:ident)+;)*) => {
        $($( rows(stringify!($any), $c.$any.len(), $rows)?; )+)?
        $( for (name, column) in [$((stringify!($column), $c.$column)),+] {
            rows(name, column.len(), $rows)?;
            $check((name, column), $limit)?;
        } )*
    };
}

/// Names a column.
macro_rules! column {
    ($c:ident . $column:ident) => {
        (stringify!($column), $c.$column)
    };
}
pub(super) use column;

/// Feeds, agencies, stops, routes and services.
pub(super) fn places(c: &Columns, sizes: &Sizes) -> Result<(), Invalid> {
    let Sizes { zones, counted_zones, .. } = *sizes;
    let (feeds, agencies) = (c.feed_name.len(), c.agency_id.len());
    let (stops, routes, services) = (c.stop_id.len(), c.route_id.len(), c.service_id.len());
    table!(c, feeds, values [feed_name feed_publisher feed_url feed_language feed_version feed_source feed_first feed_last
            feed_hash];
        refers(counted_zones): feed_zone;
    );
    table!(c, agencies, values [agency_id agency_name agency_url agency_language agency_phone];
        refers(feeds): agency_feed;
    );
    table!(c, stops, values [stop_id stop_name stop_code stop_description stop_platform stop_country stop_source
            stop_latitude stop_longitude stop_wheelchair stop_kind];
        may_refer(stops): stop_parent;
        refers(zones): stop_zone;
        refers(feeds): stop_feed;
    );
    all(column!(c.stop_latitude), "between -90 and 90", |value| value.is_nan() || value.abs() <= 90.0)?;
    all(column!(c.stop_longitude), "between -180 and 180", |value| value.is_nan() || value.abs() <= 180.0)?;
    offsets(column!(c.stop_child_offset), stops, c.stop_child.len())?;
    refers(column!(c.stop_child), stops)?;
    table!(c, routes, values [route_id route_short_name route_long_name route_description route_color route_text_color
            route_source route_kind];
        refers(agencies): route_agency;
    );
    table!(c, services, values [service_id service_days]; refers(feeds): service_feed;);
    offsets(column!(c.service_statement_offset), services, c.statement_certainty.len())?;
    table!(c, c.statement_certainty.len(), values [statement_days statement_source];);
    Ok(())
}

/// Trips, their links, patterns and calls.
pub(super) fn trips(c: &Columns, sizes: &Sizes) -> Result<(), Invalid> {
    let (stops, routes, trips) = (c.stop_id.len(), c.route_id.len(), c.trip_id.len());
    let (patterns, alights, boards) = (c.pattern_route.len(), c.alight_stop.len(), c.board_stop.len());
    table!(c, trips, values [trip_id trip_days trip_service trip_headsign trip_short_name trip_direction trip_block
            trip_shape trip_wheelchair trip_bikes trip_frequency trip_way trip_certainty_days trip_certainty_times
            trip_source trip_pattern];);
    offsets(column!(c.trip_link_offset), trips, c.link_to.len())?;
    table!(c, c.link_to.len(), values [link_shift link_days]; refers(trips): link_to;);
    offsets(column!(c.trip_link_back_offset), trips, c.link_back_from.len())?;
    table!(c, c.link_back_from.len(), values [link_back_shift link_back_days]; refers(trips): link_back_from;);
    table!(c, patterns, values [pattern_days]; refers(routes): pattern_route; refers(sizes.counted_zones): pattern_zone;);
    offsets(column!(c.pattern_trip_offset), patterns, trips)?;
    offsets(column!(c.pattern_call_offset), patterns, c.call_stop.len())?;
    offsets(column!(c.pattern_time_offset), patterns, c.time_departure.len())?;
    table!(c, c.call_stop.len(), values [call_pickup call_drop_off call_distance call_headsign];
        refers(stops): call_stop;
        may_refer(alights): call_alight;
        may_refer(boards): call_board;
    );
    Ok(())
}

/// Nodes, the changes between them, and walks.
pub(super) fn changes(c: &Columns) -> Result<(), Invalid> {
    let (stops, trips, patterns) = (c.stop_id.len(), c.trip_id.len(), c.pattern_route.len());
    let (alights, boards) = (c.alight_stop.len(), c.board_stop.len());
    refers(column!(c.alight_stop), stops)?;
    table!(c, boards, values [board_inherits]; refers(stops): board_stop;);
    offsets(column!(c.alight_call_offset), alights, c.alight_call_pattern.len())?;
    table!(c, c.alight_call_pattern.len(), values [alight_call_position]; refers(patterns): alight_call_pattern;);
    offsets(column!(c.board_call_offset), boards, c.board_call_pattern.len())?;
    table!(c, c.board_call_pattern.len(), values [board_call_position]; refers(patterns): board_call_pattern;);
    offsets(column!(c.rule_offset), alights, c.rule_board.len())?;
    table!(c, c.rule_board.len(), values [rule_seconds]; refers(boards): rule_board;);
    let rule = |value| value >= RULE_FORBIDDEN;
    all(column!(c.rule_seconds), "seconds, default or forbidden", rule)?;
    table!(c, c.guarantee_from.len(); refers(trips): guarantee_from guarantee_to; refers(stops): guarantee_stop;);
    offsets(column!(c.walk_offset), stops, c.walk_stop.len())?;
    table!(c, c.walk_stop.len(), values [walk_metres]; refers(stops): walk_stop;);
    offsets(column!(c.stop_rule_offset), stops, c.stop_rule_to.len())?;
    table!(c, c.stop_rule_to.len(), values [stop_rule_seconds]; refers(stops): stop_rule_to;);
    all(column!(c.stop_rule_seconds), "seconds, default or forbidden", rule)
}

/// Through carriages, frequencies, rows of transfers.txt, shapes and kept files.
pub(super) fn others(c: &Columns) -> Result<(), Invalid> {
    let (feeds, trips) = (c.feed_name.len(), c.trip_id.len());
    let (carriages, ways) = (c.carriage_id.len(), c.way_trip.len());
    table!(c, carriages, values [carriage_id carriage_name carriage_number carriage_source carriage_holes];
        refers(feeds): carriage_feed;
        refers(c.service_id.len()): carriage_service;
    );
    table!(c, ways; refers(trips): way_trip; refers(carriages): way_carriage;);
    offsets(column!(c.way_host_offset), ways, c.host_trip.len())?;
    table!(c, c.host_trip.len(), values [host_shift host_attach host_detach host_way_attach host_way_detach];
        refers(trips): host_trip;
    );
    table!(c, c.frequency_start.len(), values [frequency_end frequency_headway frequency_exact];);
    table!(c, c.transfer_kind.len(), values [transfer_from_stop transfer_to_stop transfer_from_route transfer_to_route
            transfer_from_trip transfer_to_trip transfer_seconds transfer_certainty];);
    table!(c, c.shape_id.len(); refers(feeds): shape_feed;);
    offsets(column!(c.shape_offset), c.shape_id.len(), c.shape_latitude.len())?;
    rows("shape_longitude", c.shape_longitude.len(), c.shape_latitude.len())?;
    table!(c, c.kept_feed.len(), values [kept_name kept_length]; refers(feeds): kept_feed;);
    offsets(column!(c.kept_offset), c.kept_feed.len(), c.kept_bytes.len())
}

/// Parents form a forest, children are their inverse, and a feed's stops are next to each other.
pub(super) fn hierarchy(c: &Columns) -> Result<(), Invalid> {
    for (stop, feeds) in c.stop_feed.windows(2).enumerate() {
        if feeds[0] > feeds[1] {
            return Err(refuse("stop_feed", stop + 1, feeds[1], "at or above the row before"));
        }
    }
    for (stop, range) in c.stop_child_offset.windows(2).enumerate() {
        for child in range[0] as usize..range[1] as usize {
            let parent = c.stop_parent[c.stop_child[child] as usize];
            if parent != stop as u32 {
                return Err(refuse("stop_child", child, c.stop_child[child], format!("a child of stop {stop}")));
            }
        }
    }
    let with_parents = c.stop_parent.iter().filter(|&&parent| parent != u32::MAX).count();
    rows("stop_child", c.stop_child.len(), with_parents)?;

    // Whoever is reached twice on one way up is its own ancestor; stops seen on earlier ways are known to end.
    let mut seen_from = vec![u32::MAX; c.stop_parent.len()];
    for start in 0..c.stop_parent.len() as u32 {
        let mut stop = start;
        while stop != u32::MAX && seen_from[stop as usize] == u32::MAX {
            seen_from[stop as usize] = start;
            stop = c.stop_parent[stop as usize];
        }
        if stop != u32::MAX && seen_from[stop as usize] == start {
            return Err(refuse(
                "stop_parent",
                stop as usize,
                c.stop_parent[stop as usize],
                "outside the stop's own line",
            ));
        }
    }
    Ok(())
}
