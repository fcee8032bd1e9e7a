//! Dirty rows are decided as SEMANTICS says, and each decision is complained of.

use crate::support::{NIGHT_TRAIN, calls, codes, read_files, read_with, with};
use tumen_base::{Certainty, Date};
use tumen_feed::Code;

#[test]
fn a_clean_feed_gives_no_complaint() {
    let (feed, report) = read_with(&[]);
    assert!(report.counts().is_empty(), "{report}");
    assert_eq!(feed.zone, "Europe/Moscow");
    assert_eq!(calls(&feed, "t1"), ["A 20:00:00-20:00:00", "B 26:10:00-26:20:00", "C 45:00:00-45:00:00"]);
}

#[test]
fn missing_times_lie_evenly_between_the_known_ones() {
    let (feed, _) = read_with(&[]);
    assert_eq!(calls(&feed, "t2")[1], "B 09:00:00-09:00:00", "half of 7201 s, rounded down");
    assert!(feed.calls[feed.trips[1].calls.start as usize + 1].interpolated);
}

#[test]
fn a_call_at_an_unknown_stop_goes_and_the_trip_stays_while_two_remain() {
    let (feed, report) = read_with(&[(
        "stop_times.txt",
        "trip_id,arrival_time,departure_time,stop_id,stop_sequence\n\
         t1,20:00:00,20:00:00,A,1\nt1,21:00:00,21:00:00,X,2\nt1,22:00:00,22:00:00,C,3\n\
         t2,08:00:00,08:00:00,X,1\nt2,09:00:00,09:00:00,C,2\n",
    )]);
    assert_eq!(calls(&feed, "t1"), ["A 20:00:00-20:00:00", "C 22:00:00-22:00:00"]);
    assert_eq!(feed.trips.len(), 1);
    assert_eq!(codes(&report), [(Code::UnknownStop, 2), (Code::TripTooShort, 1)]);
    let complaint = &report.complaints()[0];
    assert_eq!(
        complaint.to_string(),
        "stop_times.txt:3:stop_id unknown_stop `X` is no stop_id of stops.txt; the call was left out"
    );
}

#[test]
fn trips_on_unknown_routes_and_with_impossible_times_go() {
    let (feed, report) = read_with(&[
        ("trips.txt", "route_id,service_id,trip_id\nN,daily,t1\nX,daily,t2\nN,daily,t3\nN,daily,t4\nN,daily,t5\n"),
        (
            "stop_times.txt",
            "trip_id,arrival_time,departure_time,stop_id,stop_sequence\n\
             t1,,20:00:00,A,1\nt1,26:10:00,,B,2\n\
             t2,20:00:00,20:00:00,A,1\nt2,26:10:00,26:20:00,B,2\n\
             t3,20:00:00,20:00:00,A,1\nt3,,,B,2\n\
             t4,20:00:00,20:00:00,A,1\nt4,19:59:59,19:59:59,B,2\n",
        ),
    ]);
    assert_eq!(calls(&feed, "t1"), ["A 20:00:00-20:00:00", "B 26:10:00-26:10:00"], "one time stands for both");
    assert_eq!(feed.trips.len(), 1);
    let expected = [Code::UnknownRoute, Code::TripWithoutCalls, Code::TripWithoutEnds, Code::TripRunsBackwards]
        .map(|code| (code, 1));
    assert_eq!(codes(&report), expected);
}

#[test]
fn the_first_row_wins_for_stops_routes_and_trips() {
    let (feed, report) = read_with(&[
        ("stops.txt", "stop_id,stop_name,stop_lat,stop_lon\nA,first,1,1\nA,second,2,2\nB,b,1,1\nC,c,1,1\n"),
        ("routes.txt", "route_id,agency_id,route_short_name,route_type\nN,R,first,2\nN,R,second,3\n"),
        ("trips.txt", "route_id,service_id,trip_id,trip_headsign\nN,daily,t1,first\nN,daily,t2,\nN,daily,t1,second\n"),
    ]);
    assert_eq!((feed.stops[0].name.as_str(), feed.stops.len()), ("first", 3));
    assert_eq!((feed.routes[0].short_name.as_str(), feed.routes.len()), ("first", 1));
    assert_eq!((feed.trips[0].headsign.as_str(), feed.trips.len()), ("first", 2));
    assert_eq!(codes(&report), [(Code::DuplicateId, 3)]);
}

#[test]
fn the_last_calendar_row_wins_and_removal_beats_addition() {
    let (feed, report) = read_with(&[
        (
            "calendar.txt",
            "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\n\
             daily,1,1,1,1,1,1,1,20260101,20261231\ndaily,1,0,0,0,0,0,0,20260101,20261231\n",
        ),
        (
            "calendar_dates.txt",
            "service_id,date,exception_type\ndaily,20260106,2\ndaily,20260106,1\ndaily,20260107,1\ndaily,20260107,2\n\
             daily,20260108,1\ndaily,20260109,9\ndaily,20260230,1\n",
        ),
    ]);
    let runs = |day: &str| feed.services[0].runs_on(Date::parse(day.as_bytes()).expect("a date"));
    let running: Vec<&str> = ["20260105", "20260106", "20260107", "20260108", "20260109", "20260112"]
        .into_iter()
        .filter(|day| runs(day))
        .collect();
    assert_eq!(running, ["20260105", "20260108", "20260112"]);
    let expected =
        [(Code::BadDate, 1), (Code::DuplicateCalendar, 1), (Code::DuplicateException, 2), (Code::BadExceptionType, 1)];
    assert_eq!(codes(&report), expected);
}

#[test]
fn unreadable_pickup_and_transfer_types_are_0() {
    let (feed, report) = read_with(&[
        (
            "stop_times.txt",
            "trip_id,arrival_time,departure_time,stop_id,stop_sequence,pickup_type,drop_off_type\n\
             t1,20:00:00,20:00:00,A,1,x,1\nt1,26:10:00,26:20:00,B,2,3,9\n\
             t2,20:00:00,20:00:00,A,1,,\nt2,26:10:00,26:20:00,B,2,2,-1\n",
        ),
        ("transfers.txt", "from_stop_id,to_stop_id,transfer_type\nA,B,x\nA,B,2\n"),
    ]);
    let types: Vec<(u8, u8)> = feed.calls.iter().map(|call| (call.pickup, call.drop_off)).collect();
    assert_eq!(types, [(0, 1), (3, 0), (0, 0), (2, 0)]);
    assert_eq!(feed.transfers.iter().map(|rule| rule.kind).collect::<Vec<_>>(), [0, 2]);
    assert_eq!(codes(&report), [(Code::BadNumber, 4)]);
}

#[test]
fn transfers_that_name_unknown_ids_or_lack_what_their_type_needs_are_ignored() {
    let (feed, report) = read_with(&[(
        "transfers.txt",
        "from_stop_id,to_stop_id,from_route_id,to_route_id,from_trip_id,to_trip_id,transfer_type,min_transfer_time\n\
         A,B,,,,,2,120\nA,X,,,,,0,\nA,,,,,,1,\n,,,,t1,t2,4,\n,,,,t1,,5,\n,,,,t1,gone,4,\nA,B,N,,,t2,3,\n",
    )]);
    let kinds: Vec<u8> = feed.transfers.iter().map(|rule| rule.kind).collect();
    assert_eq!(kinds, [2, 4, 3]);
    assert_eq!(feed.transfers[0].min_time, Some(120));
    assert_eq!((feed.transfers[2].from_route, feed.transfers[2].to_trip), (Some(0), Some(1)));
    assert_eq!(codes(&report), [(Code::IncompleteTransfer, 2), (Code::UnknownInTransfer, 2)]);
}

#[test]
fn scattered_and_unordered_rows_are_put_together() {
    let text = "trip_id,arrival_time,departure_time,stop_id,stop_sequence\n\
                t2,10:00:00,10:00:00,C,30\nt1,45:00:00,45:00:00,C,3\nt2,08:00:00,08:00:00,A,1\n\
                t1,20:00:00,20:00:00,A,1\nt2,,,B,20\nt1,26:10:00,26:20:00,B,2\nt3,1:00:00,1:00:00,A,1\n";
    let (feed, report) = read_with(&[("stop_times.txt", text)]);
    assert_eq!(calls(&feed, "t1"), ["A 20:00:00-20:00:00", "B 26:10:00-26:20:00", "C 45:00:00-45:00:00"]);
    assert_eq!(calls(&feed, "t2"), ["A 08:00:00-08:00:00", "B 09:00:00-09:00:00", "C 10:00:00-10:00:00"]);
    assert_eq!(codes(&report), [(Code::UnknownTrip, 1)], "told once, although the file is read twice");
}

#[test]
fn calls_of_one_sequence_keep_the_order_of_the_file() {
    let text = "trip_id,arrival_time,departure_time,stop_id,stop_sequence\n\
                t1,1:00:00,1:00:00,A,1\nt1,2:00:00,2:00:00,C,2\nt1,3:00:00,3:00:00,B,2\n";
    let (feed, report) = read_with(&[("stop_times.txt", text)]);
    assert_eq!(calls(&feed, "t1"), ["A 01:00:00-01:00:00", "C 02:00:00-02:00:00", "B 03:00:00-03:00:00"]);
    assert_eq!(report.count(Code::DuplicateSequence), 1);
}

#[test]
fn text_of_any_make_is_read() {
    let stops =
        b"\xEF\xBB\xBF\"stop_id\" , stop_name,stop_lat,stop_lon,\r\n A ,\"Alpha,\n\"\"Main\"\"\", 55.7 ,37.6,\r\n\
                  B,K\xF6ln,56.3,44.0,\r\nC,\"open,58.0,56.2\r\n";
    let mut files = with(NIGHT_TRAIN, &[]);
    files.insert("stops.txt".to_owned(), stops.to_vec());
    let (feed, report) = read_files(files).expect("usable");
    let names: Vec<(&str, &str)> = feed.stops.iter().map(|stop| (stop.id.as_str(), stop.name.as_str())).collect();
    assert_eq!(names, [("A", "Alpha,\n\"Main\""), ("B", "K\u{FFFD}ln"), ("C", "\"open")]);
    assert_eq!(feed.stops[2].position, Some((58.0, 56.2)));
    assert_eq!(codes(&report), [(Code::InvalidUtf8, 1), (Code::UnclosedQuote, 1), (Code::ShortRow, 1)]);
    let places: Vec<(Code, u64)> =
        report.complaints().iter().map(|complaint| (complaint.code, complaint.line)).collect();
    assert_eq!(places, [(Code::InvalidUtf8, 4), (Code::UnclosedQuote, 5), (Code::ShortRow, 5)]);
}

#[test]
fn frequencies_need_a_headway_and_a_known_trip() {
    let (feed, report) = read_with(&[(
        "frequencies.txt",
        "trip_id,start_time,end_time,headway_secs,exact_times\n\
         t1,6:00:00,9:00:00,600,1\nt1,9:00:00,9:00:00,600,\nt1,9:00:00,10:00:00,0,\ngone,1:00:00,2:00:00,60,\n",
    )]);
    assert_eq!(feed.frequencies.len(), 1);
    assert_eq!((feed.frequencies[0].headway, feed.frequencies[0].exact), (600, true));
    assert_eq!(report.count(Code::BadFrequency), 2);
    assert_eq!(report.count(Code::UnknownTrip), 1);
}

#[test]
fn circles_of_parents_and_calls_at_stations_are_told() {
    let (feed, report) = read_with(&[(
        "stops.txt",
        "stop_id,stop_lat,stop_lon,location_type,parent_station\nA,0,0,1,\nB,91,1,,C\nC,1,2,,B\n",
    )]);
    assert_eq!(calls(&feed, "t1").len(), 3);
    assert_eq!(feed.stops.iter().map(|stop| stop.position).collect::<Vec<_>>(), [None, None, Some((1.0, 2.0))]);
    let expected =
        [(Code::BadPosition, 2), (Code::UnknownParent, 1), (Code::ParentNotStation, 2), (Code::CallAtStation, 2)];
    assert_eq!(codes(&report), expected);
}

#[test]
fn calls_on_demand_are_left_out_and_told() {
    let text = "trip_id,arrival_time,departure_time,stop_id,stop_sequence,location_group_id,continuous_pickup\n\
                t1,1:00:00,1:00:00,A,1,,0\nt1,,,,2,zone,\nt1,3:00:00,3:00:00,B,3,,1\n";
    let (feed, report) = read_with(&[("stop_times.txt", text)]);
    assert_eq!(calls(&feed, "t1").len(), 2);
    assert_eq!((report.count(Code::FlexibleCall), report.count(Code::ContinuousStopping)), (1, 1));
}

#[test]
fn certainty_is_read_with_its_source() {
    let (feed, report) = read_with(&[
        (
            "trips.txt",
            "route_id,service_id,trip_id,certainty_days,certainty_times,source_id\nN,daily,t1,assumed,estimated,S1;S2\nN,daily,t2,sure,,\n",
        ),
        (
            "calendar.txt",
            "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date,certainty_days,last_evidence\n\
             daily,1,1,1,1,1,1,1,20260101,20261231,derived,20260601\n",
        ),
        (
            "stop_times.txt",
            "trip_id,arrival_time,departure_time,stop_id,stop_sequence,certainty_times,source_id,stop_headsign\n\
             t2,1:00:00,1:00:00,A,1,,,\nt2,2:00:00,2:00:00,B,2,unknown,S3,North\n",
        ),
    ]);
    let trip = &feed.trips[0];
    assert_eq!((trip.id.as_str(), trip.certainty_days), ("t2", Certainty::Unknown), "a word that cannot be read");
    assert_eq!(report.count(Code::BadCertainty), 1);
    let details = &feed.call_details;
    assert_eq!(details.certainty, [Certainty::Published, Certainty::Unknown]);
    assert_eq!(details.texts, ["North", "S3"]);
    assert_eq!((details.source[0], details.texts[details.source[1] as usize].as_str()), (u32::MAX, "S3"));
    let date = |text: &str| Date::parse(text.as_bytes()).expect("a date");
    assert_eq!(feed.services[0].certainty_on(date("20260601")), Certainty::Derived);
    assert_eq!(feed.services[0].certainty_on(date("20260602")), Certainty::Assumed);
}
