//! Columns that do not fit together are refused with the column, the row and what may stand there.

mod common;

use common::{NONE, small, walk::walk};
use tumen_timetable::{Timetable, TimetableData};

/// What is said of the small timetable after a change.
fn refusal(change: impl FnOnce(&mut TimetableData)) -> String {
    let mut data = small();
    change(&mut data);
    match Timetable::from_data(data) {
        Err(invalid) => invalid.to_string(),
        Ok(timetable) => panic!("accepted, with {} things to read", walk(&timetable)),
    }
}

macro_rules! refused {
    ($($change:expr => $message:literal;)+) => {
        $( assert_eq!(refusal($change), $message); )+
    };
}

#[test]
fn columns_of_a_table_are_equally_long() {
    refused! {
        |data| { data.stop_name.pop(); } => "column stop_name has 4 rows instead of 5";
        |data| data.trip_direction.push(0) => "column trip_direction has 4 rows instead of 3";
        |data| data.settings.clear() => "column settings has 0 rows instead of 4";
        |data| { data.time_arrival.pop(); } => "column time_arrival has 7 rows instead of 8";
        |data| { data.time_certainty.pop(); } => "column time_certainty has 7 rows instead of 8";
        |data| { data.shape_longitude.pop(); } => "column shape_longitude has 1 rows instead of 2";
        |data| { data.zone_day_base.pop(); } => "column zone_day_base has 69 rows instead of 140";
        |data| { data.day_set_words.pop(); } => "column day_set_words has 5 rows instead of 4";
        |data| { data.alight_stop.truncate(3); } => "column call_alight, row 4: 3 is not below 3 or absent";
        |data| { data.link_back_days.clear(); } => "column link_back_days has 0 rows instead of 1";
    }
}

#[test]
fn references_name_rows_that_exist() {
    refused! {
        |data| data.stop_name[4] = 99 => "column stop_name, row 4: 99 is not below 26 or absent";
        |data| data.stop_zone[0] = 2 => "column stop_zone, row 0: 2 is not below 2";
        |data| data.feed_zone[0] = 1 => "column feed_zone, row 0: 1 is not below 1";
        |data| data.route_agency[0] = NONE => "column route_agency, row 0: 4294967295 is not below 1";
        |data| data.trip_days[2] = 3 => "column trip_days, row 2: 3 is not below 3";
        |data| data.trip_service[1] = 2 => "column trip_service, row 1: 2 is not below 2 or absent";
        |data| data.link_to[0] = 3 => "column link_to, row 0: 3 is not below 3";
        |data| data.rule_board[1] = 6 => "column rule_board, row 1: 6 is not below 6";
        |data| data.walk_stop[0] = 5 => "column walk_stop, row 0: 5 is not below 5";
        |data| data.host_trip[0] = 3 => "column host_trip, row 0: 3 is not below 3";
        |data| data.transfer_to_trip[0] = 3 => "column transfer_to_trip, row 0: 3 is not below 3 or absent";
        |data| data.time_source[7] = 26 => "column time_source, row 7: 26 is not below 26 or absent";
    }
}

#[test]
fn offsets_rise_from_zero_to_the_end() {
    refused! {
        |data| { data.rule_offset.pop(); } => "column rule_offset has 6 rows instead of 7";
        |data| data.walk_offset[0] = 1 => "column walk_offset, row 0: 1 is not 0";
        |data| data.walk_offset[5] = 3 => "column walk_offset, row 5: 3 is not 2, the number of entries";
        |data| data.walk_offset[2] = 9 => "column walk_offset, row 3: 2 is not at or above the row before";
        |data| data.kept_offset[1] = u64::MAX => "column kept_offset, row 1: 18446744073709551615 is not 173, the number of entries";
        |data| data.string_offset[1] = 1 => "column string_offset, row 1: this is not the end of an empty string 0";
        |data| data.pattern_time_offset[1] = 3 => "column pattern_time_offset, row 0: 3 is not one time for every trip and call";
        |data| data.pattern_call_offset[1] = 1 => "column pattern_call_offset, row 0: 1 is not two calls or more";
        |data| data.pattern_trip_offset[1] = 0 => "column pattern_trip_offset, row 0: 0 is not one trip or more";
        |data| data.trip_pattern.swap(0, 1) => "column trip_pattern, row 0: 1 is not the pattern 0";
    }
}

#[test]
fn days_lie_in_the_span() {
    refused! {
        |data| data.span[2] = 0 => "column span, row 2: 0 is not a number of days from 1 to 21960";
        |data| data.span[1] = i64::MAX - 100 => "column span, row 1: 9223372036854775707 is not a first day such that all days lie in the years 1 to 9998";
        |data| data.span[0] += 61 * 86_400 => "column span, row 0: 1777593600 is not within 60 days of 1772323200, the first day";
        |data| data.span[3] = 1 => "column span, row 3: 1 is not 2, the words that 70 days need";
        |data| data.day_set_words[1] |= 1 << 6 => "column day_set_words, row 1: a day is not below 70";
        |data| data.zone_day_base[3] += 200_000 => "column zone_day_base, row 3: 448400 is not within two days of 259200";
        |data| data.link_shift[0] = 2 => "column link_shift, row 0: 2 is not 0 or 1 and inside the span on all its days";
        |data| {
            data.day_set_words[3] |= 1 << 5;
            data.link_back_shift[0] = 1;
        } => "column link_back_shift, row 0: 1 is not 0 or 1 and inside the span on all its days";
        |data| data.host_shift[1] = -1 => "column host_shift, row 1: -1 is not inside the span on all days of the way";
        |data| data.zone_name[1] = 3 => "column zone_name, row 1: \"west\" is not a zone of the IANA database that Tumen knows";
    }
}

#[test]
fn values_are_what_they_can_be() {
    refused! {
        |data| data.statement_certainty[0] = 5 => "column statement_certainty, row 0: 5 is not a certainty (0 to 4)";
        |data| data.stop_kind[2] = 5 => "column stop_kind, row 2: 5 is not a location_type (0 to 4)";
        |data| data.stop_latitude[0] = -90.5 => "column stop_latitude, row 0: -90.5 is not between -90 and 90";
        |data| data.stop_longitude[0] = f64::INFINITY => "column stop_longitude, row 0: inf is not between -180 and 180";
        |data| data.rule_seconds[0] = -3 => "column rule_seconds, row 0: -3 is not seconds, default or forbidden";
        |data| data.settings[0] = -1 => "column settings, row 0: -1 is not between 0 and 2147483647";
    }
}

#[test]
fn stations_nodes_and_carriages_fit_together() {
    refused! {
        |data| data.stop_parent[2] = NONE => "column stop_child, row 0: 2 is not a child of stop 1";
        |data| data.stop_parent[3] = 1 => "column stop_child has 1 rows instead of 2";
        |data| {
            data.stop_parent[1] = 2;
            data.stop_child = vec![2, 1];
            data.stop_child_offset = vec![0, 0, 1, 2, 2, 2];
        } => "column stop_parent, row 1: 2 is not outside the stop's own line";
        |data| data.board_stop[1] = 0 => "column board_stop, row 1: 0 is not the stop itself, for its plain node";
        |data| data.call_board[0] = 1 => "column call_board, row 0: 1 is not a node of the call's stop 0";
        |data| data.alight_call_position[0] = 2 => "column alight_call_position, row 0: 2 is not a call at node 2";
        |data| data.board_call_pattern[0] = 2 => "column board_call_position, row 0: 0 is not a call at node 0";
        |data| data.trip_way[0] = 0 => "column trip_way, row 0: 0 is not a way that is this trip";
        |data| data.trip_way[1] = NONE => "column way_trip, row 0: 1 is not a trip that is this way";
        |data| data.host_trip[0] = 1 => "column host_trip, row 0: 1 is not a train, not a carriage";
        |data| data.host_detach[1] = 3 => "column host_detach, row 1: 3 is not a call of trip 2 after call 0";
        |data| data.host_way_attach[0] = 1 => "column host_way_detach, row 0: 1 is not a call of trip 1 after call 1";
    }
}
