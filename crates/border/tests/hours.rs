//! Opening hours of posts.

use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use proptest::prelude::*;
use tumen_border::{CountryCode, Hours, HoursError, PostHours, State};

fn hours(text: &str, zone: &str, country: &str) -> Result<PostHours, HoursError> {
    let zone = TimeZone::get(zone).expect("a zone");
    PostHours::parse(text, zone, CountryCode::parse(country))
}

fn vladivostok(text: &str) -> PostHours {
    hours(text, "Asia/Vladivostok", "RU").expect("hours")
}

#[track_caller]
fn at(text: &str) -> Timestamp {
    text.parse().expect("an instant")
}

#[test]
fn hours_are_on_the_clocks_of_the_post_and_end_exclusively() {
    let post = vladivostok("Mo-Fr 09:00-18:00");
    // Monday 30 November 2026, 09:00 in Vladivostok is midnight in UTC minus an hour.
    for (instant, expected) in [
        ("2026-11-29T22:59:59Z", State::Closed),
        ("2026-11-29T23:00:00Z", State::Open),
        ("2026-11-30T07:59:59Z", State::Open),
        ("2026-11-30T08:00:00Z", State::Closed),
        ("2026-12-05T00:00:00Z", State::Closed),
    ] {
        assert_eq!(post.state(at(instant)), expected, "{instant}");
    }
    assert_eq!(post.next_opening(at("2026-11-30T08:00:00Z")), Some(at("2026-11-30T23:00:00Z")));
    assert_eq!(post.next_opening(at("2026-12-04T08:00:00Z")), Some(at("2026-12-06T23:00:00Z")), "after the weekend");
    assert_eq!(post.next_opening(at("2026-11-30T01:00:00Z")), Some(at("2026-11-30T01:00:00Z")), "it is open");
    assert_eq!(post.next_closing(at("2026-11-30T01:00:00Z")), Some(at("2026-11-30T08:00:00Z")));
    assert_eq!(vladivostok("24/7").next_closing(at("2026-11-30T01:00:00Z")), None);
    assert_eq!(vladivostok("2019 off").next_opening(at("2026-11-30T01:00:00Z")), None);
}

#[test]
fn clocks_that_are_set_move_the_opening() {
    let warsaw = |text| hours(text, "Europe/Warsaw", "PL").expect("hours");
    // On 29 March 2026 clocks skip 02:00 to 03:00: what opens at 02:30 opens when they are set.
    assert_eq!(warsaw("02:30-04:00").next_opening(at("2026-03-29T00:00:00Z")), Some(at("2026-03-29T01:00:00Z")));
    assert_eq!(warsaw("02:15-02:45").next_opening(at("2026-03-29T00:00:00Z")), Some(at("2026-03-30T00:15:00Z")));
    // On 25 October 2026 they show 02:00 to 03:00 twice.
    let night = warsaw("02:30-02:45");
    assert_eq!(night.next_opening(at("2026-10-25T00:00:00Z")), Some(at("2026-10-25T00:30:00Z")));
    assert_eq!(night.next_opening(at("2026-10-25T00:50:00Z")), Some(at("2026-10-25T01:30:00Z")));
}

#[test]
fn public_holidays_are_those_of_the_country_where_they_are_known() {
    let russia = vladivostok("Mo-Su 09:00-18:00; PH off");
    assert_eq!(russia.state(at("2026-06-12T02:00:00Z")), State::Closed, "Russia Day");
    assert_eq!(russia.state(at("2026-06-11T02:00:00Z")), State::Open);
    let korea = hours("09:00-18:00; PH off", "Asia/Pyongyang", "KP").expect_err("no calendar");
    assert_eq!(
        korea.to_string(),
        "the public holidays of North Korea are not known; write clock times and dates instead"
    );
}

#[test]
fn what_cannot_be_decided_is_not_guessed() {
    for (text, expected) in [
        ("sunrise-sunset", "sunrise and sunset are not worked out; write clock times and dates instead"),
        ("SH 10:00-12:00", "school holidays are not known; write clock times and dates instead"),
        (
            "Mo-Fr 09:00-18:00 morgens",
            "no opening hours in the OpenStreetMap grammar, such as `Mo-Fr 09:00-18:00`, from character 19 on",
        ),
        (
            "Mon.-Fri. 9-18 h",
            "no opening hours in the OpenStreetMap grammar, such as `Mo-Fr 09:00-18:00`, from character 3 on",
        ),
    ] {
        assert_eq!(hours(text, "Europe/Moscow", "RU").expect_err(text).to_string(), expected, "{text}");
    }
    assert_eq!(hours(&"9".repeat(2000), "Europe/Moscow", "RU"), Err(HoursError::TooLong));
    let unknown = vladivostok("09:00-12:00; 12:00-18:00 unknown");
    assert_eq!(unknown.state(at("2026-11-30T03:00:00Z")), State::Unknown);
    assert_eq!(Hours::parse(" ", TimeZone::UTC, None), Hours::NotPublished);
    assert_eq!(Hours::parse(" ", TimeZone::UTC, None).state(at("2026-11-30T03:00:00Z")), State::Unknown);
}

#[test]
fn hours_read_as_words() {
    for (text, expected) in [
        ("Mo-Fr 09:00-18:00; PH off", "Mon–Fri 09:00–18:00; public holidays closed"),
        ("24/7", "24/7"),
        ("Mo,We 09:00-12:00,13:00-17:00", "Mon,Wed 09:00–12:00,13:00–17:00"),
        ("09:00-18:00 \"Mo knocks - twice\"", "09:00–18:00 \"Mo knocks - twice\""),
    ] {
        assert_eq!(vladivostok(text).to_string(), expected);
    }
}

/// Sentences of the grammar's most usual parts.
fn sentence() -> impl Strategy<Value = String> {
    let days = prop::sample::select(vec!["", "Mo-Fr ", "Sa,Su ", "We ", "Nov 28-Dec 2 ", "week 48-49 ", "PH "]);
    let times = (0_u32..24, 0_u32..4, 1_u32..30).prop_map(|(hour, quarter, length)| {
        let (from, until) = (hour * 60 + quarter * 15, hour * 60 + quarter * 15 + length * 30);
        format!("{:02}:{:02}-{:02}:{:02}", from / 60, from % 60, until / 60, until % 60)
    });
    let kind = prop::sample::select(vec!["", " off", " unknown"]);
    let rule = (days, times, kind).prop_map(|(days, times, kind)| format!("{days}{times}{kind}"));
    prop::collection::vec(rule, 1..4).prop_map(|rules| rules.join("; "))
}

proptest! {
    #[test]
    fn no_text_is_too_strange(text in "[MoTuWePHSHJandecw0-9:;,+\\-/\\[\\]\"| ]{0,40}", seconds in -10_000_000_000_i64..10_000_000_000) {
        if let Ok(hours) = hours(&text, "Europe/Warsaw", "PL") {
            let instant = Timestamp::from_second(seconds).expect("within range");
            let opens = hours.next_opening(instant);
            prop_assert!(opens.is_none_or(|opens| opens >= instant && hours.state(opens) == State::Open), "{text}");
            prop_assert!(hours.next_closing(instant).is_none_or(|closes| closes > instant), "{text}");
        }
    }

    #[test]
    fn the_next_opening_is_the_first_open_minute(text in sentence(), start in prop_oneof![0_i64..(40 * 1440), (24_i64 * 1440 + 60)..(24_i64 * 1440 + 300)]) {
        let hours = hours(&text, "Europe/Warsaw", "PL").expect("a sentence of the grammar");
        // From 1 October 2026 on: the clocks are set back on the 25th.
        let from = at("2026-09-30T22:00:00Z") + start.minutes();
        let minutes = (0_i64..3 * 1440).map(|minute| from + minute.minutes());
        let first = minutes.into_iter().find(|minute| hours.state(*minute) == State::Open);
        match (first, hours.next_opening(from)) {
            (Some(first), found) => prop_assert_eq!(found, Some(first), "{}", text),
            (None, Some(found)) => prop_assert!(found >= from + (3_i64 * 1440).minutes(), "{} {}", text, found),
            (None, None) => {}
        }
    }
}
