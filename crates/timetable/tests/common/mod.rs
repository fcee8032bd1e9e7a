//! A small timetable, filled by hand, in which every table has a row: two trains, one through carriage over both.
//!
//! ```text
//! train 1  West 08:00 → Bridge 10:00          (daily, Europe/Moscow)
//! train 2  Bridge 11:00 → East 15:00 → Sea 16:00
//! car A    West 08:00 → Bridge 10:00–11:00 → East 15:00
//! ```

use jiff::tz::TimeZone;
use tumen_base::{Date, DayBits};
use tumen_timetable::{RULE_DEFAULT, RULE_FORBIDDEN, TimetableData};

pub mod walk;

pub const NONE: u32 = u32::MAX;
pub const DAYS: usize = 70;
const HOUR: i32 = 3600;

/// Collects strings.
struct Texts(TimetableData);

impl Texts {
    fn add(&mut self, text: &str) -> u32 {
        self.0.string_bytes.extend(text.as_bytes());
        self.0.string_offset.push(self.0.string_bytes.len() as u32);
        self.0.string_offset.len() as u32 - 2
    }

    fn all(&mut self, texts: &[&str]) -> Vec<u32> {
        texts.iter().map(|text| self.add(text)).collect()
    }
}

/// The day set of every `step`-th day.
fn every(step: usize) -> Vec<u64> {
    let mut words = vec![0; DayBits::words_for(DAYS)];
    for day in (0..DAYS - 1).step_by(step) {
        words[day / 64] |= 1_u64 << (day % 64);
    }
    words
}

fn calendar(data: &mut TimetableData) {
    let first = Date::parse(b"20260301").expect("a date");
    let epoch = i64::from(first.0) * 86_400;
    data.span = vec![epoch, i64::from(first.0), DAYS as i64, 2];
    let zone = TimeZone::get("Europe/Moscow").expect("a zone");
    for day in 0..DAYS as i32 {
        let noon = first.plus(day).civil().at(12, 0, 0, 0);
        let noon = zone.to_ambiguous_timestamp(noon).compatible().expect("a time").as_second();
        data.zone_day_base.push((noon - 12 * 3600 - epoch) as i32);
    }
    data.day_set_words = [every(1), every(14), vec![0, 0]].concat();
}

/// The timetable; see above.
pub fn small() -> TimetableData {
    let mut texts = Texts(TimetableData { string_offset: vec![0], ..TimetableData::default() });
    texts.add("");
    let zone_name = texts.all(&["Europe/Moscow", "Asia/Vladivostok"]);
    let stop_id = texts.all(&["west", "bridge", "bridge-1", "east", "sea"]);
    let stop_name = texts.all(&["West", "Bridge", "Bridge platform 1", "East", "Sea"]);
    let trip_id = texts.all(&["1", "A", "2"]);
    let (feed, agency, route) = (texts.add("land"), texts.add("Railway"), texts.add("r"));
    let (daily, fortnightly, source) = (texts.add("daily"), texts.add("fortnightly"), texts.add("book;page"));
    let (car, shape, block, kept) = (texts.add("car"), texts.add("s"), texts.add("b"), texts.add("translations.txt"));
    let mut data = texts.0;
    calendar(&mut data);
    let compressed = deflate(TRANSLATIONS.as_bytes());
    TimetableData {
        settings: vec![500, 1200, 1300, 0],
        // From the first trip's second call to the first call of the third one on the same day, on all days.
        change_setting: vec![-1, 0],
        trip_list_offset: vec![0, 1, 1, 1],
        list_days: vec![0],
        list_day_words: vec![u64::MAX, 0x3F],
        list_change_offset: vec![0, 1],
        change: vec![2 << 32 | 64 << 24 | 1 << 12],
        zone_name,
        feed_name: vec![feed],
        feed_zone: vec![0],
        feed_publisher: vec![agency],
        feed_url: vec![0],
        feed_language: vec![0],
        feed_version: vec![0],
        feed_first: vec![i32::MIN],
        feed_last: vec![i32::MIN],
        feed_hash: vec![0x0123_4567_89AB_CDEF],
        feed_source: vec![feed],
        agency_id: vec![0],
        agency_name: vec![agency],
        agency_url: vec![0],
        agency_language: vec![0],
        agency_phone: vec![0],
        agency_feed: vec![0],
        stop_id,
        stop_name,
        stop_code: vec![0; 5],
        stop_description: vec![0; 5],
        stop_platform: vec![0; 5],
        stop_latitude: vec![55.0, f64::NAN, 55.5, 43.0, 42.5],
        stop_longitude: vec![37.0, f64::NAN, 60.0, 131.0, 130.5],
        stop_kind: vec![0, 1, 0, 0, 0],
        stop_wheelchair: vec![0; 5],
        stop_parent: vec![NONE, NONE, 1, NONE, NONE],
        stop_zone: vec![0, 0, 0, 1, 1],
        stop_feed: vec![0; 5],
        stop_country: vec![0; 5],
        stop_source: vec![NONE, 0, source, 0, 0],
        stop_child_offset: vec![0, 0, 1, 1, 1, 1],
        stop_child: vec![2],
        route_id: vec![route],
        route_agency: vec![0],
        route_short_name: vec![route],
        route_long_name: vec![0],
        route_description: vec![0],
        route_kind: vec![2],
        route_color: vec![0],
        route_text_color: vec![0],
        route_source: vec![0],
        service_id: vec![daily, fortnightly],
        service_feed: vec![0, 0],
        service_days: vec![0, 1],
        service_statement_offset: vec![0, 1, 2],
        statement_certainty: vec![3, 1],
        statement_days: vec![1, 2],
        statement_source: vec![source, NONE],
        trip_id,
        trip_pattern: vec![0, 1, 2],
        trip_days: vec![0, 1, 0],
        trip_service: vec![0, NONE, 0],
        trip_headsign: vec![0; 3],
        trip_short_name: vec![0; 3],
        trip_direction: vec![2; 3],
        trip_block: vec![block, NONE, block],
        trip_shape: vec![0, NONE, NONE],
        trip_wheelchair: vec![0; 3],
        trip_bikes: vec![0; 3],
        trip_frequency: vec![NONE, NONE, 0],
        trip_way: vec![NONE, 0, NONE],
        trip_certainty_days: vec![0, 1, 0],
        trip_certainty_times: vec![0, 0, 2],
        trip_source: vec![0, source, 0],
        trip_link_offset: vec![0, 1, 1, 1],
        link_to: vec![2],
        link_shift: vec![0],
        link_days: vec![1],
        trip_link_back_offset: vec![0, 0, 0, 1],
        link_back_from: vec![0],
        link_back_shift: vec![0],
        link_back_days: vec![1],
        pattern_trip_offset: vec![0, 1, 2, 3],
        pattern_call_offset: vec![0, 2, 5, 8],
        pattern_time_offset: vec![0, 2, 5, 8],
        pattern_route: vec![0; 3],
        pattern_zone: vec![0; 3],
        pattern_days: vec![0, 1, 0],
        call_stop: vec![0, 2, 0, 2, 3, 2, 3, 4],
        call_alight: vec![NONE, 2, NONE, 2, 3, NONE, 5, 4],
        call_board: vec![0, NONE, 0, 5, NONE, 2, 3, NONE],
        call_pickup: vec![0, 1, 0, 0, 1, 0, 0, 1],
        call_drop_off: vec![1, 0, 1, 0, 0, 1, 0, 0],
        call_headsign: vec![0; 8],
        call_distance: vec![f32::NAN; 8],
        time_departure: [8, 10, 8, 11, 15, 11, 15, 16].map(|hour| hour * HOUR).to_vec(),
        time_arrival: [8, 10, 8, 10, 15, 11, 15, 16].map(|hour| hour * HOUR).to_vec(),
        time_certainty: vec![0, 0, 0, 0, 1, 0, 3, 0],
        time_source: vec![0, source, 0, 0, 0, NONE, 0, 0],
        time_interpolated: vec![0, 0, 0, 0, 0, 0, 1, 0],
        alight_stop: vec![0, 1, 2, 3, 4, 3],
        board_stop: vec![0, 1, 2, 3, 4, 2],
        board_inherits: vec![0, 0, 0, 0, 0, 1],
        board_call_offset: vec![0, 2, 2, 3, 4, 4, 5],
        board_call_pattern: vec![0, 1, 2, 2, 1],
        board_call_position: vec![0, 0, 0, 1, 1],
        alight_call_offset: vec![0, 0, 0, 2, 3, 4, 5],
        alight_call_pattern: vec![0, 1, 1, 2, 2],
        alight_call_position: vec![1, 1, 2, 2, 1],
        rule_offset: vec![0, 0, 0, 2, 3, 3, 3],
        rule_board: vec![2, 5, 3],
        rule_seconds: vec![300, RULE_FORBIDDEN, RULE_DEFAULT],
        guarantee_from: vec![0],
        guarantee_to: vec![2],
        guarantee_stop: vec![2],
        walk_offset: vec![0, 0, 1, 2, 2, 2],
        walk_stop: vec![2, 1],
        walk_metres: vec![0, 0],
        stop_rule_offset: vec![0, 0, 0, 0, 1, 1],
        stop_rule_to: vec![4],
        stop_rule_seconds: vec![600],
        carriage_id: vec![car],
        carriage_name: vec![car],
        carriage_number: vec![0],
        carriage_feed: vec![0],
        carriage_service: vec![1],
        carriage_holes: vec![2],
        carriage_source: vec![source],
        way_trip: vec![1],
        way_carriage: vec![0],
        way_host_offset: vec![0, 2],
        host_trip: vec![0, 2],
        host_shift: vec![0, 0],
        host_attach: vec![0, 0],
        host_detach: vec![1, 1],
        host_way_attach: vec![0, 1],
        host_way_detach: vec![1, 2],
        frequency_start: vec![11 * HOUR],
        frequency_end: vec![12 * HOUR],
        frequency_headway: vec![HOUR],
        frequency_exact: vec![1],
        transfer_from_stop: vec![2],
        transfer_to_stop: vec![2],
        transfer_from_route: vec![NONE],
        transfer_to_route: vec![0],
        transfer_from_trip: vec![0],
        transfer_to_trip: vec![2],
        transfer_kind: vec![2],
        transfer_seconds: vec![300],
        transfer_certainty: vec![2],
        shape_id: vec![shape],
        shape_feed: vec![0],
        shape_offset: vec![0, 2],
        shape_latitude: vec![550_000_000, 555_000_000],
        shape_longitude: vec![370_000_000, 600_000_000],
        kept_feed: vec![0],
        kept_name: vec![kept],
        kept_offset: vec![0, compressed.len() as u64],
        kept_length: vec![TRANSLATIONS.len() as u64],
        kept_bytes: compressed,
        ..data
    }
}

/// The kept file.
const TRANSLATIONS: &str = "table_name,field_name,language,translation,record_id,field_value
stops,stop_name,ko,동,east,
stops,stop_name,ru,Мост,,Bridge
routes,route_long_name,ru,Р,r,
";

fn deflate(bytes: &[u8]) -> Vec<u8> {
    use std::io::Write as _;
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::none());
    encoder.write_all(bytes).and_then(|()| encoder.finish()).expect("memory takes every byte")
}
