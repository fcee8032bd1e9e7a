//! Which service days a timetable keeps, and what it says of those it leaves out.

use crate::drawn::{TODAY, compile_with, dates};
use tumen_base::Date;
use tumen_timetable::compile::{CompileError, CompileOptions, WalkOptions, compile};

fn options() -> CompileOptions {
    CompileOptions { walk: WalkOptions::none(), ..CompileOptions::on(TODAY) }
}

fn date(text: &str) -> Option<Date> {
    Date::parse_typed(text).ok()
}

/// First and last day, and what was cut, of a timetable with one trip on these days.
fn span(service: &str, options: &CompileOptions) -> (String, Vec<String>) {
    let text = format!("feed zone UTC\nstops A B\nservice s: {service}\ntrip t service s: A 08:00 | B 09:00");
    let (_, report) = compile_with(&text, options);
    let (first, last) = report.span.expect("a span");
    (format!("{first}..{last}"), report.cuts.iter().map(ToString::to_string).collect())
}

#[test]
fn every_day_of_an_ordinary_calendar_is_kept() {
    // The first and the last day are those on which a trip runs, not those of the calendar's row.
    let (span, cuts) = span("2026-01-01..2026-12-31 mon except 2026-12-28", &options());
    assert_eq!((span.as_str(), cuts.len()), ("2026-01-05..2026-12-21", 0));
}

#[test]
fn a_calendar_without_end_is_cut_ten_years_after_today() {
    let (span, cuts) = span("2026-01-01..9998-12-31 daily", &options());
    assert_eq!(span, "2026-01-01..2036-11-22");
    assert_eq!(
        cuts,
        ["service days 2036-11-23 to 9998-12-31 are left out: more than ten years after today and the feed's last \
          sensible date; --until keeps them"]
    );
}

#[test]
fn an_open_end_is_cut_ten_years_after_the_last_sensible_date() {
    let text = "feed zone UTC
        stops A B
        service open: 2026-01-01..2099-12-31 daily
        service next: 2028-01-01..2028-12-31 daily
        trip t service open: A 08:00 | B 09:00
        trip u service next: A 08:00 | B 09:00";
    let (_, report) = compile_with(text, &options());
    assert_eq!(report.span, date("2026-01-01").zip(date("2039-01-01")));
}

#[test]
fn the_days_asked_for_are_kept_and_the_others_named() {
    let asked = CompileOptions { from: date("2026-03-01"), until: date("2026-03-31"), ..options() };
    let (span, cuts) = span("2026-01-01..2026-12-31 daily", &asked);
    assert_eq!(span, "2026-03-01..2026-03-31");
    assert_eq!(
        cuts,
        [
            "service days 2026-01-01 to 2026-02-28 are left out: before the first day asked for",
            "service days 2026-04-01 to 2026-12-31 are left out: after the last day asked for",
        ]
    );
}

#[test]
fn a_timetable_spans_sixty_years_at_most() {
    let (span, cuts) = span("1900-01-01..2026-12-31 daily", &options());
    assert_eq!(span, "1967-01-01..2026-12-31");
    assert_eq!(
        cuts,
        ["service days 1900-01-01 to 1966-12-31 are left out: beyond sixty years, the most a timetable spans; --from \
          and --until choose others"]
    );
}

#[test]
fn feeds_that_run_on_none_of_the_days_are_refused_with_the_days_they_have() {
    let feeds =
        tumen_oracle::text::feeds("feed zone UTC days 2026-01-01..2026-01-31\nstops A B\ntrip t: A 08:00 | B 09:00");
    let asked = CompileOptions { from: date("2027-01-01"), ..options() };
    let error = compile(&feeds, &asked, &mut |_| {}).expect_err("there is no such day");
    assert_eq!(
        error.to_string(),
        "no trip runs between 2027-01-01 and 2026-01-31: the feed's service days are 2026-01-01 to 2026-01-31; choose \
         --from and --until among them"
    );
    assert_eq!(compile(&[], &options(), &mut |_| {}).expect_err("no feed"), CompileError::NoFeeds);
}

#[test]
fn trips_that_never_run_in_the_span_are_counted_and_left_out() {
    let text = "feed zone UTC days 2026-01-01..2026-01-31
        stops A B
        service once: dates 2026-01-01
        trip daily: A 08:00 | B 09:00
        trip once service once: A 10:00 | B 11:00";
    let asked = CompileOptions { from: date("2026-01-02"), ..options() };
    let (timetable, report) = compile_with(text, &asked);
    assert_eq!((report.counts.trips, report.counts.idle_trips), (1, 1));
    let columns = timetable.columns();
    assert_eq!(dates(&columns, columns.trip_days[0]), "01-02..01-31");
}

#[test]
fn a_zone_that_does_not_exist_is_refused_for_a_feed_and_remarked_on_for_a_stop() {
    let mut feeds = tumen_oracle::text::feeds(
        "feed zone Europe/Moscow days 2026-01-01..2026-01-31\nstops A B\ntrip t: A 08:00 | B 09:00",
    );
    feeds[0].stops[0].zone = "Mars/Olympus".to_owned();
    let (_, report) = compile(&feeds, &options(), &mut |_| {}).expect("the stop shows the feed's time");
    assert_eq!(
        report.remarks[0].to_string(),
        "stops.txt stop_zone_unknown stop 'A': there is no time zone 'Mars/Olympus'; times there are shown in Europe/Moscow"
    );
    feeds[0].zone = "Mars/Olympus".to_owned();
    let error = compile(&feeds, &options(), &mut |_| {}).expect_err("no such zone");
    assert!(matches!(error, CompileError::UnknownZone { .. }), "{error}");
}
