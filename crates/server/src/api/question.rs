//! What clients ask for journeys, read into the questions that the command line asks, too.

use serde::Deserialize;
use tumen_base::{Date, SECONDS_PER_DAY};
use tumen_journey::crosser::Papers;
use tumen_journey::modes::Mode;
use tumen_journey::search::{Extent, LONGEST_HORIZON, Question, Usable};
use tumen_journey::when::When;
use tumen_routing::MAX_TRIPS;

use crate::problem::Problem;

/// Journeys are looked for that take no longer, where nothing else is said: 30 days, as on the command line.
const USUAL_HORIZON: i32 = 30 * SECONDS_PER_DAY;
/// Longer texts are no names.
const LONGEST_TEXT: usize = 256;
/// More passports, visas and papers nobody has.
const MOST_PAPERS: usize = 64;

/// Bounds of a search and what it may use; part of several questions.
#[derive(Default)]
pub struct Bounds<'q> {
    /// Longest journey, in seconds.
    pub horizon: Option<i32>,
    /// Most changes.
    pub max_transfers: Option<u8>,
    /// Longest wait between two rides, in seconds.
    pub max_wait: Option<i32>,
    /// Allowed modes; all where there are none.
    pub modes: &'q [String],
}

/// Who travels, and where not.
#[derive(Clone, Default, Deserialize)]
#[cfg_attr(test, derive(utoipa::ToSchema))]
#[serde(default, rename_all = "camelCase", deny_unknown_fields)]
pub struct Traveller {
    /// Passports, by country (two letters, ISO 3166).
    pub passports: Vec<String>,
    /// Visas, by country, with a class where it matters: `KP:business`.
    pub visas: Vec<String>,
    /// What else is held: `tour:KP`, `permit:NAME`.
    pub holds: Vec<String>,
    /// transit, tourism, business, work or residence.
    pub purpose: Option<String>,
    /// Countries that are not ridden into, by code.
    pub avoid_countries: Vec<String>,
}

impl Traveller {
    /// The papers of a question; nobody where none is named.
    ///
    /// # Errors
    /// When there are more than anybody has, or papers without a passport.
    pub fn papers(traveller: Option<Self>) -> Result<Papers, Problem> {
        let Some(Self { passports, visas, holds, purpose, avoid_countries }) = traveller else {
            return Ok(Papers::default());
        };
        for (field, list) in
            [("passports", &passports), ("visas", &visas), ("holds", &holds), ("avoidCountries", &avoid_countries)]
        {
            if list.len() > MOST_PAPERS || list.iter().any(|text| text.len() > LONGEST_TEXT) {
                let detail = format!("at most {MOST_PAPERS} entries of at most {LONGEST_TEXT} bytes are expected");
                return Err(Problem::field(&format!("traveller.{field}"), detail));
            }
        }
        if passports.is_empty() && !(visas.is_empty() && holds.is_empty() && purpose.is_none()) {
            let detail = "visas, papers and a purpose say nothing without a passport: name one, such as [\"RU\"]";
            return Err(Problem::field("traveller.passports", detail));
        }
        Ok(Papers { passports, visas, holds, purpose, avoided: avoid_countries })
    }
}

/// A question between two places, without a time limit of its own: whoever answers it sets one.
///
/// # Errors
/// When a number is outside its bounds or a word is unknown: the field is named.
pub fn question(from: &str, to: &str, bounds: &Bounds<'_>) -> Result<Question, Problem> {
    let horizon = number("horizon", bounds.horizon, 1, LONGEST_HORIZON)?.unwrap_or(USUAL_HORIZON);
    let most_transfers = MAX_TRIPS - 1;
    let usable = Usable {
        max_transfers: match bounds.max_transfers {
            Some(transfers) if transfers > most_transfers => {
                return Err(Problem::field("maxTransfers", format!("a number from 0 to {most_transfers} is expected")));
            }
            transfers => transfers,
        },
        max_wait: number("maxWait", bounds.max_wait, 0, LONGEST_HORIZON)?,
        modes: modes(bounds.modes)?,
        ..Usable::default()
    };
    let extent = Extent { horizon, timeout: 0 };
    Ok(Question { from: name("from", from)?, to: name("to", to)?, extent, usable })
}

/// A name, an id or a coordinate.
///
/// # Errors
/// When it is empty or too long.
pub fn name(field: &str, text: &str) -> Result<String, Problem> {
    match text.trim() {
        "" => Err(Problem::field(field, "a name, a stop id or LAT,LON is expected, not nothing")),
        long if long.len() > LONGEST_TEXT => {
            Err(Problem::field(field, format!("a name has at most {LONGEST_TEXT} bytes here")))
        }
        // As typed: answers repeat it, on the command line and here.
        _ => Ok(text.to_owned()),
    }
}

/// A number within bounds.
///
/// # Errors
/// When it is outside.
pub fn number<T: PartialOrd + Copy + std::fmt::Display>(
    field: &str,
    value: Option<T>,
    least: T,
    most: T,
) -> Result<Option<T>, Problem> {
    match value {
        Some(value) if value < least || value > most => {
            Err(Problem::field(field, format!("a number from {least} to {most} is expected, not {value}")))
        }
        value => Ok(value),
    }
}

/// Modes by their words.
///
/// # Errors
/// When a word is unknown.
pub fn modes(words: &[String]) -> Result<Vec<Mode>, Problem> {
    if words.len() > MOST_PAPERS {
        return Err(Problem::field("modes", format!("at most {MOST_PAPERS} modes are expected")));
    }
    words.iter().map(|word| Mode::parse(word).map_err(|expected| Problem::field("modes", expected))).collect()
}

/// A moment: a date, or date and time, local where it applies, or with an offset.
///
/// # Errors
/// When it cannot be read.
pub fn moment(field: &str, text: Option<&str>) -> Result<Option<When>, Problem> {
    text.map(|text| When::parse(text).map_err(|expected| Problem::field(field, expected))).transpose()
}

/// A date.
///
/// # Errors
/// When it cannot be read.
pub fn date(field: &str, text: Option<&str>) -> Result<Option<Date>, Problem> {
    let read = |text| {
        Date::parse_typed(text)
            .map_err(|error| Problem::field(field, format!("{error}; a date is expected as 2026-12-12")))
    };
    text.map(read).transpose()
}

/// A language tag: en, ru, ko, zh.
///
/// # Errors
/// When it is none.
pub fn language(tag: Option<&str>) -> Result<Option<String>, Problem> {
    let is_tag = |tag: &str| {
        (2..=35).contains(&tag.len()) && tag.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    match tag {
        Some(tag) if !is_tag(tag) => {
            Err(Problem::field("language", "a language tag such as en, ru, ko or zh is expected"))
        }
        tag => Ok(tag.map(str::to_owned)),
    }
}
