//! Opening hours of posts: the OpenStreetMap grammar (the crate opening-hours), on the clocks of one time zone.

use chrono::NaiveDateTime;
use jiff::civil::DateTime;
use jiff::tz::{AmbiguousOffset, TimeZone};
use jiff::{Timestamp, ToSpan};
use opening_hours::localization::Country as HolidayCountry;
use opening_hours::{Context, OpeningHours, RuleKind};
use opening_hours_syntax::rules::OpeningHoursExpression;
use opening_hours_syntax::rules::day::{HolidayKind, WeekDayRange};
use opening_hours_syntax::rules::time::Time;
use pest::error::LineColLocation;
use std::fmt;
use thiserror::Error;

use crate::country::CountryCode;

/// Longer hours are refused.
const LONGEST: usize = 1_000;

/// How far ahead the next opening is looked for.
const DAYS_AHEAD: i64 = 400;

/// What is known of a post's hours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Hours {
    /// The feed gives none.
    NotPublished,
    /// The feed gives some that cannot be read, or not decided.
    Unreadable(HoursError),
    /// The feed gives them.
    Known(PostHours),
}

/// Why hours cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum HoursError {
    /// They are no sentence of the grammar.
    #[error(
        "no opening hours in the OpenStreetMap grammar, such as `Mo-Fr 09:00-18:00`, from character {character} on"
    )]
    Syntax {
        /// The first character that does not fit, from 1.
        character: usize,
    },
    /// A part of the grammar that cannot be decided here.
    #[error("{0}; write clock times and dates instead")]
    Undecidable(String),
    /// A number in them is out of its range.
    #[error("{0}")]
    Impossible(String),
    /// They are longer than any post's should be.
    #[error("more than {LONGEST} bytes")]
    TooLong,
}

/// Whether a post is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It is.
    Open,
    /// It is not.
    Closed,
    /// Nobody says.
    Unknown,
}

/// Hours on the clocks of a zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PostHours {
    written: String,
    hours: OpeningHours,
    zone: TimeZone,
}

impl Hours {
    /// Reads opening_hours; empty is not published. Public holidays (`PH`) are those of `country`.
    pub fn parse(text: &str, zone: TimeZone, country: Option<CountryCode>) -> Self {
        match text.trim() {
            "" => Self::NotPublished,
            text => PostHours::parse(text, zone, country).map_or_else(Self::Unreadable, Self::Known),
        }
    }

    /// The hours, where they are known.
    pub const fn known(&self) -> Option<&PostHours> {
        match self {
            Self::Known(hours) => Some(hours),
            Self::NotPublished | Self::Unreadable(_) => None,
        }
    }

    /// Whether the post is open at an instant; unknown unless the hours are known.
    pub fn state(&self, instant: Timestamp) -> State {
        self.known().map_or(State::Unknown, |hours| hours.state(instant))
    }
}

impl PostHours {
    /// Reads hours in the OpenStreetMap grammar.
    ///
    /// # Errors
    /// When they are none, or name what cannot be decided: sun events, school holidays, holidays of an unknown calendar.
    pub fn parse(text: &str, zone: TimeZone, country: Option<CountryCode>) -> Result<Self, HoursError> {
        if text.len() > LONGEST {
            return Err(HoursError::TooLong);
        }
        let parsed: Result<OpeningHours, _> = text.parse();
        let hours = parsed.map_err(|error| refusal(&error))?;
        let context = Context::default().approx_bound_interval_size(chrono::TimeDelta::days(DAYS_AHEAD));
        let context = match needs(&hours.get_expression())? {
            Needs::Nothing => context,
            Needs::PublicHolidays => context.with_holidays(holidays(country)?.holidays()),
        };
        Ok(Self { written: text.to_owned(), hours: hours.with_context(context), zone })
    }

    /// Whether it is open at an instant.
    pub fn state(&self, instant: Timestamp) -> State {
        let Some(local) = self.local(instant) else { return State::Unknown };
        match self.hours.state(local).0 {
            RuleKind::Open => State::Open,
            RuleKind::Closed => State::Closed,
            RuleKind::Unknown => State::Unknown,
        }
    }

    /// The first instant from `instant` on at which it is open; `None` where none is sure within 400 days.
    pub fn next_opening(&self, instant: Timestamp) -> Option<Timestamp> {
        if self.state(instant) == State::Open {
            return Some(instant);
        }
        // Clocks that are set back show some times twice: what opened within the last hours may open again.
        let from = self.local(instant)?.checked_sub_signed(chrono::TimeDelta::hours(3))?;
        let until = from.checked_add_signed(chrono::TimeDelta::days(DAYS_AHEAD))?;
        let open = self.hours.iter_range(from, until).filter(|range| range.kind == RuleKind::Open);
        let opens = open.filter_map(|range| self.instant(range.range.start, instant));
        let opens = opens.into_iter().find(|found| self.state(*found) == State::Open);
        self.set(instant, opens, |state| state == State::Open).or(opens)
    }

    /// The first instant after `instant` at which it is open no more; `None` where it stays open for 400 days.
    pub fn next_closing(&self, instant: Timestamp) -> Option<Timestamp> {
        let from = self.local(instant)?;
        let until = from.checked_add_signed(chrono::TimeDelta::days(DAYS_AHEAD))?;
        let open = self.hours.iter_range(from, until).next().filter(|range| range.kind == RuleKind::Open)?;
        let closes = if open.range.end >= until { None } else { self.instant(open.range.end, instant) };
        self.set(instant, closes, |state| state != State::Open).or(closes)
    }

    /// The first time after `instant`, and before another if there is one, at which the clocks are set to a time of a wanted state.
    fn set(&self, instant: Timestamp, before: Option<Timestamp>, wanted: impl Fn(State) -> bool) -> Option<Timestamp> {
        let until = instant.checked_add((DAYS_AHEAD * 24).hours()).ok()?;
        let until = before.map_or(until, |before| before.min(until));
        let set = self.zone.following(instant).map(|transition| transition.timestamp());
        set.take_while(|time| *time < until).find(|time| wanted(self.state(*time)))
    }

    /// As the feed writes them.
    pub fn written(&self) -> &str {
        &self.written
    }

    /// The zone on whose clocks they are.
    pub const fn zone(&self) -> &TimeZone {
        &self.zone
    }

    fn local(&self, instant: Timestamp) -> Option<NaiveDateTime> {
        let local = instant.to_zoned(self.zone.clone()).datetime();
        let date = chrono::NaiveDate::from_ymd_opt(
            local.year().into(),
            local.month().unsigned_abs().into(),
            local.day().unsigned_abs().into(),
        )?;
        date.and_hms_opt(
            local.hour().unsigned_abs().into(),
            local.minute().unsigned_abs().into(),
            local.second().unsigned_abs().into(),
        )
    }

    /// The instant, not before another, at which the clocks show a time.
    fn instant(&self, local: NaiveDateTime, not_before: Timestamp) -> Option<Timestamp> {
        let seconds = local.and_utc().timestamp();
        let civil = DateTime::constant(1970, 1, 1, 0, 0, 0, 0).checked_add(seconds.seconds()).ok()?;
        let ambiguous = self.zone.to_ambiguous_timestamp(civil);
        let [earlier, later] = [ambiguous.earlier().ok()?, ambiguous.later().ok()?];
        let found = match ambiguous.offset() {
            // Clocks that skip the time pass it when they are set.
            AmbiguousOffset::Gap { .. } => self.zone.preceding(later).next()?.timestamp(),
            _ if earlier >= not_before => earlier,
            _ => later,
        };
        Some(found.max(not_before))
    }
}

/// In words for people: `Mon–Fri 09:00–18:00; public holidays closed`.
impl fmt::Display for PostHours {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let written = self.hours.get_expression().to_string();
        let mut word = String::new();
        // A quotation mark ends no word: comments stand as they are.
        let mut quoted = false;
        for letter in written.chars().chain(std::iter::once('\0')) {
            if letter.is_ascii_alphabetic() && !quoted {
                word.push(letter);
                continue;
            }
            out.write_str(in_words(&word))?;
            word.clear();
            quoted ^= letter == '"';
            match letter {
                '\0' => {}
                '-' if !quoted => out.write_str("–")?,
                letter => write!(out, "{letter}")?,
            }
        }
        Ok(())
    }
}

fn in_words(word: &str) -> &str {
    match word {
        "Mo" => "Mon",
        "Tu" => "Tue",
        "We" => "Wed",
        "Th" => "Thu",
        "Fr" => "Fri",
        "Sa" => "Sat",
        "Su" => "Sun",
        "PH" => "public holidays",
        "off" => "closed",
        other => other,
    }
}

/// What hours need to be decided.
enum Needs {
    Nothing,
    PublicHolidays,
}

fn needs(expression: &OpeningHoursExpression) -> Result<Needs, HoursError> {
    let mut needs = Needs::Nothing;
    for rule in &expression.rules {
        let times = rule.time_selector.spans.iter().flat_map(|span| [&span.range.start, &span.range.end]);
        if times.into_iter().any(|time| matches!(time, Time::Variable(_))) {
            return Err(HoursError::Undecidable("sunrise and sunset are not worked out".to_owned()));
        }
        for day in &rule.day_selector.weekday {
            match day {
                WeekDayRange::Holiday { kind: HolidayKind::School, .. } => {
                    return Err(HoursError::Undecidable("school holidays are not known".to_owned()));
                }
                WeekDayRange::Holiday { kind: HolidayKind::Public, .. } => needs = Needs::PublicHolidays,
                WeekDayRange::Fixed { .. } => {}
            }
        }
    }
    Ok(needs)
}

/// The country whose public holidays are known.
fn holidays(country: Option<CountryCode>) -> Result<HolidayCountry, HoursError> {
    let named = country.map_or_else(|| "a country that is not known".to_owned(), |code| code.name("en").to_owned());
    let known = country.and_then(|code| code.as_str().parse::<HolidayCountry>().ok());
    known.ok_or_else(|| HoursError::Undecidable(format!("the public holidays of {named} are not known")))
}

/// What is wrong with a text that is not hours.
fn refusal(error: &opening_hours_syntax::Error) -> HoursError {
    let opening_hours_syntax::Error::Syntax(error) = error else { return HoursError::Impossible(error.to_string()) };
    let (LineColLocation::Pos((_, character)) | LineColLocation::Span((_, character), _)) = error.line_col;
    HoursError::Syntax { character }
}
