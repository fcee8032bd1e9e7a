//! Every column of a compiled timetable, in one list.
//!
//! The list below is the format: from it come the owned columns that the compiler fills ([`TimetableData`]), the borrowed
//! ones that everybody reads ([`Columns`]), and the sections of a `.tumen` file (docs/timetable-format.md).
//!
//! Conventions: `u32::MAX` is "absent" in every reference; `*_offset` columns have one entry more than they have owners and
//! owner `i` has the entries `offset[i]..offset[i + 1]`; texts are positions in the string table.

use crate::section::Element;

/// When the checksum of a section is verified. Positions are checked apart from that: see [`crate::validate`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Check {
    /// At every opening: tables that stay small however large the timetable is.
    Always,
    /// On request only.
    OnRequest,
}

macro_rules! columns {
    ($( $(#[$doc:meta])* $name:ident : $element:ty = $kind:literal $check:ident; )*) => {
        /// A timetable being built: every column owned.
        #[derive(Clone, Debug, Default)]
        pub struct TimetableData { $( $(#[$doc])* pub $name: Vec<$element>, )* }

        /// A timetable being read: every column borrowed from a file or from [`TimetableData`].
        #[derive(Clone, Copy, Debug, Default)]
        pub struct Columns<'a> { $( $(#[$doc])* pub $name: &'a [$element], )* }

        impl TimetableData {
            /// Borrows every column.
            pub fn columns(&self) -> Columns<'_> {
                Columns { $( $name: &self.$name, )* }
            }
        }

        impl<'a> Columns<'a> {
            /// Calls `visit` with every section's kind, name, check and column, in the order of the list.
            pub fn for_each(&self, mut visit: impl FnMut(u32, &'static str, Check, &dyn crate::section::Section)) {
                $( visit($kind, stringify!($name), Check::$check, &self.$name); )*
            }

            /// Builds the view from a function that finds a section's bytes by kind; absent sections are empty.
            ///
            /// # Errors
            /// Whatever `find` answers, and when a section's bytes are no whole number of elements.
            pub fn from_sections<E>(
                mut find: impl FnMut(u32, &'static str, Check, usize) -> Result<&'a [u8], E>,
                mut bad: impl FnMut(&'static str) -> E,
            ) -> Result<Self, E> {
                Ok(Self { $( $name: {
                    let bytes = find($kind, stringify!($name), Check::$check, size_of::<$element>())?;
                    <$element as Element>::view(bytes).ok_or_else(|| bad(stringify!($name)))?
                }, )* })
            }
        }
    };
}

columns! {
    /// [epoch (unix seconds of time 0), first date (days since 1970-01-01), number of days, words of a day set].
    span: i64 = 1 Always;
    /// Generated walks: [radius in metres, speed in mm/s, detour in permille, default change time in seconds].
    settings: i64 = 2 Always;
    /// String `i` is `string_bytes[string_offset[i]..string_offset[i + 1]]`, UTF-8; string 0 is empty.
    string_offset: u32 = 3 OnRequest;
    /// The bytes of all strings.
    string_bytes: u8 = 4 OnRequest;

    /// IANA name of a zone; zones in which service days are counted come first.
    zone_name: u32 = 10 Always;
    /// `[zone * days + day]`: noon minus twelve hours of the day in the zone, seconds since the epoch (see `Time`).
    zone_day_base: i32 = 11 Always;
    /// `[day_set * words + word]`: bit `day % 64` of word `day / 64`.
    day_set_words: u64 = 12 OnRequest;

    /// Prefix of a feed.
    feed_name: u32 = 20 Always;
    /// Zone in which its service days are counted.
    feed_zone: u32 = 21 Always;
    /// feed_publisher_name.
    feed_publisher: u32 = 22 Always;
    /// feed_publisher_url.
    feed_url: u32 = 23 Always;
    /// feed_lang.
    feed_language: u32 = 24 Always;
    /// feed_version.
    feed_version: u32 = 25 Always;
    /// feed_start_date, days since 1970-01-01, `i32::MIN` where absent.
    feed_first: i32 = 26 Always;
    /// feed_end_date, days since 1970-01-01, `i32::MIN` where absent.
    feed_last: i32 = 27 Always;
    /// xxh3 (64 bits) of the source as it was read.
    feed_hash: u64 = 28 Always;
    /// Path or name of the source as it was given.
    feed_source: u32 = 29 Always;

    /// agency_id.
    agency_id: u32 = 40 Always;
    /// agency_name.
    agency_name: u32 = 41 Always;
    /// agency_url.
    agency_url: u32 = 42 Always;
    /// agency_lang.
    agency_language: u32 = 43 Always;
    /// agency_phone.
    agency_phone: u32 = 44 Always;
    /// Feed of the agency.
    agency_feed: u32 = 45 Always;

    /// stop_id.
    stop_id: u32 = 60 OnRequest;
    /// stop_name.
    stop_name: u32 = 61 OnRequest;
    /// stop_code.
    stop_code: u32 = 62 OnRequest;
    /// stop_desc.
    stop_description: u32 = 63 OnRequest;
    /// platform_code.
    stop_platform: u32 = 64 OnRequest;
    /// Degrees north, NaN where unknown.
    stop_latitude: f64 = 65 OnRequest;
    /// Degrees east, NaN where unknown.
    stop_longitude: f64 = 66 OnRequest;
    /// location_type.
    stop_kind: u8 = 67 OnRequest;
    /// wheelchair_boarding.
    stop_wheelchair: u8 = 68 OnRequest;
    /// Parent station.
    stop_parent: u32 = 69 OnRequest;
    /// Zone of the local time shown there.
    stop_zone: u32 = 70 OnRequest;
    /// Feed of the stop; a feed's stops are next to each other.
    stop_feed: u32 = 71 OnRequest;
    /// Sources, as written.
    stop_source: u32 = 72 OnRequest;
    /// Children of a stop.
    stop_child_offset: u32 = 73 OnRequest;
    /// Children, all direct.
    stop_child: u32 = 74 OnRequest;
    /// country: ISO 3166-1 codes separated by `;`.
    stop_country: u32 = 75 OnRequest;

    /// route_id.
    route_id: u32 = 80 OnRequest;
    /// Agency.
    route_agency: u32 = 81 OnRequest;
    /// route_short_name.
    route_short_name: u32 = 82 OnRequest;
    /// route_long_name.
    route_long_name: u32 = 83 OnRequest;
    /// route_desc.
    route_description: u32 = 84 OnRequest;
    /// route_type.
    route_kind: u16 = 85 OnRequest;
    /// route_color.
    route_color: u32 = 86 OnRequest;
    /// route_text_color.
    route_text_color: u32 = 87 OnRequest;
    /// Sources, as written.
    route_source: u32 = 88 OnRequest;

    /// service_id.
    service_id: u32 = 100 OnRequest;
    /// Feed of the service.
    service_feed: u32 = 101 OnRequest;
    /// Day set of its running days.
    service_days: u32 = 102 OnRequest;
    /// Statements on the certainty of a service's days; days without a statement are published.
    service_statement_offset: u32 = 103 OnRequest;
    /// `Certainty` as a byte.
    statement_certainty: u8 = 104 OnRequest;
    /// Day set the statement speaks of.
    statement_days: u32 = 105 OnRequest;
    /// Sources of the statement, as written.
    statement_source: u32 = 106 OnRequest;

    /// trip_id.
    trip_id: u32 = 120 OnRequest;
    /// Pattern; the trips of a pattern are next to each other and in its order.
    trip_pattern: u32 = 121 OnRequest;
    /// Day set of its runs.
    trip_days: u32 = 122 OnRequest;
    /// Service, absent for ways of through carriages.
    trip_service: u32 = 123 OnRequest;
    /// trip_headsign.
    trip_headsign: u32 = 124 OnRequest;
    /// trip_short_name.
    trip_short_name: u32 = 125 OnRequest;
    /// direction_id, 2 where absent.
    trip_direction: u8 = 126 OnRequest;
    /// block_id.
    trip_block: u32 = 127 OnRequest;
    /// Shape.
    trip_shape: u32 = 128 OnRequest;
    /// wheelchair_accessible.
    trip_wheelchair: u8 = 129 OnRequest;
    /// bikes_allowed.
    trip_bikes: u8 = 130 OnRequest;
    /// The frequency it was expanded from.
    trip_frequency: u32 = 131 OnRequest;
    /// The way of a through carriage that it is.
    trip_way: u32 = 132 OnRequest;
    /// certainty_days of the row, a `Certainty` as a byte.
    trip_certainty_days: u8 = 133 OnRequest;
    /// certainty_times of the row, a `Certainty` as a byte.
    trip_certainty_times: u8 = 134 OnRequest;
    /// Sources, as written.
    trip_source: u32 = 135 OnRequest;
    /// In-seat links out of a trip's last call.
    trip_link_offset: u32 = 136 OnRequest;
    /// The trip that a link continues in, from its first call.
    link_to: u32 = 137 OnRequest;
    /// Service day of the continuation minus that of the run before: 0 or 1.
    link_shift: i32 = 138 OnRequest;
    /// Day set of the service days of the run before on which the link holds.
    link_days: u32 = 139 OnRequest;
    /// The same links by the trip they lead into.
    trip_link_back_offset: u32 = 140 OnRequest;
    /// The trip that a link comes from.
    link_back_from: u32 = 141 OnRequest;
    /// As `link_shift`.
    link_back_shift: i32 = 142 OnRequest;
    /// As `link_days`: service days of the run before.
    link_back_days: u32 = 143 OnRequest;

    /// Trips of a pattern, in an order in which no run overtakes another on any pair of service days.
    pattern_trip_offset: u32 = 160 OnRequest;
    /// Calls of a pattern.
    pattern_call_offset: u32 = 161 OnRequest;
    /// Times of a pattern: that of trip `k` of `n` at call `i` is at `pattern_time_offset + i * n + k`.
    pattern_time_offset: u64 = 162 OnRequest;
    /// Route of all its trips (of the first host for a through carriage).
    pattern_route: u32 = 163 OnRequest;
    /// Zone in which its service days are counted.
    pattern_zone: u32 = 164 OnRequest;
    /// Day set of days on which any of its trips runs.
    pattern_days: u32 = 165 OnRequest;
    /// Stop of a call.
    call_stop: u32 = 166 OnRequest;
    /// Where passengers step off; absent where they may not.
    call_alight: u32 = 167 OnRequest;
    /// Where passengers step on; absent where they may not.
    call_board: u32 = 168 OnRequest;
    /// pickup_type.
    call_pickup: u8 = 169 OnRequest;
    /// drop_off_type.
    call_drop_off: u8 = 170 OnRequest;
    /// stop_headsign.
    call_headsign: u32 = 171 OnRequest;
    /// shape_dist_traveled of the pattern's first trip that says it, NaN where unknown.
    call_distance: f32 = 172 OnRequest;
    /// Departures, seconds of the service day.
    time_departure: i32 = 173 OnRequest;
    /// Arrivals, seconds of the service day.
    time_arrival: i32 = 174 OnRequest;
    /// `Certainty` as a byte, parallel to the times; empty where every feed is taken at its word.
    time_certainty: u8 = 175 OnRequest;
    /// Sources, parallel to the times; empty where there are none.
    time_source: u32 = 176 OnRequest;
    /// 1 where a time was filled in between its neighbours, parallel to the times; empty where none was.
    time_interpolated: u8 = 177 OnRequest;

    /// Stop of an alight node; node `i` for `i` below the number of stops is the plain node of stop `i`.
    alight_stop: u32 = 190 OnRequest;
    /// Stop of a board node; node `i` for `i` below the number of stops is the plain node of stop `i`.
    board_stop: u32 = 191 OnRequest;
    /// 1 where whoever may board at the stop's plain node may board here at the same time too; 0 for plain nodes and where
    /// a rule restricts.
    board_inherits: u8 = 192 OnRequest;
    /// Calls at which a board node is boarded.
    board_call_offset: u32 = 193 OnRequest;
    /// Pattern of such a call.
    board_call_pattern: u32 = 194 OnRequest;
    /// Position of such a call in its pattern.
    board_call_position: u32 = 195 OnRequest;
    /// Calls at which an alight node is reached.
    alight_call_offset: u32 = 196 OnRequest;
    /// Pattern of such a call.
    alight_call_pattern: u32 = 197 OnRequest;
    /// Position of such a call in its pattern.
    alight_call_position: u32 = 198 OnRequest;
    /// What transfers.txt says of changes from an alight node.
    rule_offset: u32 = 199 OnRequest;
    /// Board node of the change.
    rule_board: u32 = 200 OnRequest;
    /// Seconds of the change; `RULE_DEFAULT` or `RULE_FORBIDDEN`.
    rule_seconds: i32 = 201 OnRequest;
    /// Guaranteed changes at one stop that matter only where a change time is due: trip that brings.
    guarantee_from: u32 = 202 OnRequest;
    /// Trip that waits.
    guarantee_to: u32 = 203 OnRequest;
    /// The stop of both.
    guarantee_stop: u32 = 204 OnRequest;
    /// Generated walks from a stop, nearest first (no rule of transfers.txt among them).
    walk_offset: u32 = 205 OnRequest;
    /// Stop walked to.
    walk_stop: u32 = 206 OnRequest;
    /// Straight-line metres, rounded up.
    walk_metres: u32 = 207 OnRequest;
    /// Stop-level rules from a stop, for walks before the first and after the last ride (types 0 to 3).
    stop_rule_offset: u32 = 208 OnRequest;
    /// Stop the rule leads to.
    stop_rule_to: u32 = 209 OnRequest;
    /// Seconds; `RULE_DEFAULT` or `RULE_FORBIDDEN`.
    stop_rule_seconds: i32 = 210 OnRequest;

    /// through_carriage_id.
    carriage_id: u32 = 220 Always;
    /// name.
    carriage_name: u32 = 221 Always;
    /// carriage_number.
    carriage_number: u32 = 222 Always;
    /// Feed of the carriage.
    carriage_feed: u32 = 223 Always;
    /// Service: the days on which it should run.
    carriage_service: u32 = 224 Always;
    /// Day set on which a host is missing.
    carriage_holes: u32 = 225 Always;
    /// Sources, as written.
    carriage_source: u32 = 226 Always;
    /// The trip that a way is: one combination of hosts and stands.
    way_trip: u32 = 227 Always;
    /// The carriage of a way.
    way_carriage: u32 = 228 Always;
    /// Hosts of a way, in order.
    way_host_offset: u32 = 229 Always;
    /// Host trip.
    host_trip: u32 = 230 Always;
    /// Service day of the host's run minus that of the carriage.
    host_shift: i32 = 231 Always;
    /// The host trip's call at which the carriage is attached.
    host_attach: u32 = 232 Always;
    /// The host trip's call at which the carriage is detached.
    host_detach: u32 = 233 Always;
    /// The way's call at which it is attached.
    host_way_attach: u32 = 234 Always;
    /// The way's call at which it is detached.
    host_way_detach: u32 = 235 Always;

    /// start_time.
    frequency_start: i32 = 250 OnRequest;
    /// end_time.
    frequency_end: i32 = 251 OnRequest;
    /// headway_secs.
    frequency_headway: i32 = 252 OnRequest;
    /// exact_times.
    frequency_exact: u8 = 253 OnRequest;

    /// Rows of transfers.txt as read: from_stop_id.
    transfer_from_stop: u32 = 260 OnRequest;
    /// to_stop_id.
    transfer_to_stop: u32 = 261 OnRequest;
    /// from_route_id.
    transfer_from_route: u32 = 262 OnRequest;
    /// to_route_id.
    transfer_to_route: u32 = 263 OnRequest;
    /// from_trip_id (the first departure where a frequency was expanded).
    transfer_from_trip: u32 = 264 OnRequest;
    /// to_trip_id (the first departure where a frequency was expanded).
    transfer_to_trip: u32 = 265 OnRequest;
    /// transfer_type.
    transfer_kind: u8 = 266 OnRequest;
    /// min_transfer_time, -1 where absent.
    transfer_seconds: i32 = 267 OnRequest;
    /// `Certainty` of the time, as a byte.
    transfer_certainty: u8 = 268 OnRequest;

    /// shape_id.
    shape_id: u32 = 280 OnRequest;
    /// Feed of the shape.
    shape_feed: u32 = 281 OnRequest;
    /// Points of a shape.
    shape_offset: u32 = 282 OnRequest;
    /// Degrees north times 10^7.
    shape_latitude: i32 = 283 OnRequest;
    /// Degrees east times 10^7.
    shape_longitude: i32 = 284 OnRequest;

    /// Feed of a file that is kept as it is (translations, extension files, fares, unknown files).
    kept_feed: u32 = 290 Always;
    /// Name of the file.
    kept_name: u32 = 291 Always;
    /// Its zlib-compressed bytes.
    kept_offset: u64 = 292 Always;
    /// Length once inflated.
    kept_length: u64 = 293 Always;
    /// Compressed bytes of all kept files.
    kept_bytes: u8 = 294 OnRequest;

    /// What the changes below hold for: [radius of generated walks in metres, -1 for none; seconds of a change]; empty if
    /// none are stored. They hold the useful changes between runs (docs/routing.md).
    change_setting: i64 = 300 OnRequest;
    /// Lists of changes of a trip, each for some of its days.
    trip_list_offset: u32 = 301 OnRequest;
    /// `list_day_words[list_days * words..]` are the service days of the trip on which a list holds.
    list_days: u32 = 302 OnRequest;
    /// As `day_set_words`.
    list_day_words: u64 = 303 OnRequest;
    /// Changes of a list.
    list_change_offset: u32 = 304 OnRequest;
    /// A change: trip changed to in bits 32 to 63, its service day less that of the trip plus 64 in bits 24 to 31, the call
    /// left in bits 12 to 23, the call boarded in bits 0 to 11; in the order of the calls left.
    change: u64 = 305 OnRequest;
}

/// A change that takes the default change time (type 0 without a time, in the ordinary mode; 0 s in the strict one).
pub const RULE_DEFAULT: i32 = -1;
/// A change that is forbidden (type 3).
pub const RULE_FORBIDDEN: i32 = -2;
