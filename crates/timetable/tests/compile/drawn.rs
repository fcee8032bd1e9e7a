//! Compiles timetables drawn as text, and draws compiled ones as text again.

use tumen_base::Date;
use tumen_timetable::compile::{CompileOptions, CompileReport, WalkOptions, compile};
use tumen_timetable::{Columns, Timetable, entries};

/// Today in these tests.
pub const TODAY: Date = Date(20_779);

/// Compiles a text without generated walks.
pub fn compile_text(text: &str) -> Timetable {
    compile_reporting(text).0
}

/// Compiles a text without generated walks, with the report.
pub fn compile_reporting(text: &str) -> (Timetable, CompileReport) {
    let options = CompileOptions { walk: WalkOptions::none(), ..CompileOptions::on(TODAY) };
    compile_with(text, &options)
}

/// Compiles a text.
pub fn compile_with(text: &str, options: &CompileOptions) -> (Timetable, CompileReport) {
    let feeds = tumen_oracle::text::feeds(text);
    let (data, report) = compile(&feeds, options, &mut |_| {}).expect("the text compiles");
    (Timetable::from_data(data).expect("what the compiler wrote is valid"), report)
}

/// Every run as `trip date: STOP ARRIVAL-DEPARTURE | …` in service time, sorted.
pub fn runs(columns: &Columns) -> Vec<String> {
    let mut lines = Vec::new();
    for trip in 0..columns.trip_id.len() {
        let calls = calls(columns, trip).join(" | ");
        let id = columns.text(columns.trip_id[trip]);
        for day in columns.day_set(columns.trip_days[trip]).iter() {
            lines.push(format!("{id} {}: {calls}", Date(columns.span[1] as i32 + day)));
        }
    }
    lines.sort();
    lines
}

/// The calls of a trip as `STOP ARRIVAL-DEPARTURE`.
pub fn calls(columns: &Columns, trip: usize) -> Vec<String> {
    let pattern = columns.trip_pattern[trip] as usize;
    let trips = entries(columns.pattern_trip_offset, pattern);
    let range = entries(columns.pattern_call_offset, pattern);
    let line = |(index, call): (usize, usize)| {
        let at = columns.pattern_time_offset[pattern] as usize + index * trips.len() + trip - trips.start;
        let stop = columns.text(columns.stop_id[columns.call_stop[call] as usize]);
        let (arrival, departure) = (clock(columns.time_arrival[at]), clock(columns.time_departure[at]));
        if arrival == departure { format!("{stop} {arrival}") } else { format!("{stop} {arrival}-{departure}") }
    };
    range.enumerate().map(line).collect()
}

/// Seconds as `HH:MM`, with seconds where there are any.
pub fn clock(seconds: i32) -> String {
    let minutes = format!("{:02}:{:02}", seconds / 3600, seconds / 60 % 60);
    if seconds % 60 == 0 { minutes } else { format!("{minutes}:{:02}", seconds % 60) }
}

/// Dates of a day set, as ranges: `01-01..01-31 02-03`.
pub fn dates(columns: &Columns, set: u32) -> String {
    let mut ranges: Vec<(i32, i32)> = Vec::new();
    for day in columns.day_set(set).iter() {
        match ranges.last_mut() {
            Some(range) if range.1 == day - 1 => range.1 = day,
            _ => ranges.push((day, day)),
        }
    }
    let date = |day: i32| Date(columns.span[1] as i32 + day).to_string()[5..].to_owned();
    let words = ranges
        .into_iter()
        .map(|(first, last)| if first == last { date(first) } else { format!("{}..{}", date(first), date(last)) });
    words.collect::<Vec<_>>().join(" ")
}

/// Id of a trip.
pub fn trip_id<'a>(columns: &Columns<'a>, trip: u32) -> &'a str {
    columns.text(columns.trip_id[trip as usize])
}

/// Id of a stop.
pub fn stop_id<'a>(columns: &Columns<'a>, stop: u32) -> &'a str {
    columns.text(columns.stop_id[stop as usize])
}
