//! What a traveller may have to hold to cross a border.

use std::fmt;

use crate::country::CountryCode;

/// A paper, or a place on a tour or list.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Paper {
    /// `visa:KP`, or of one class `visa:KP:business`.
    Visa {
        /// The country that issues it.
        country: CountryCode,
        /// The class; any where none is named.
        class: Option<String>,
    },
    /// `tour:KP`: a place in an organised tour there.
    Tour(CountryCode),
    /// `permit:NAME`, or any other words: a special permit.
    Permit(String),
    /// `documents`: papers that the rule does not name; taken to be held.
    Documents,
}

impl Paper {
    /// Reads one as border_rules.txt and the command line write it; `None` where it names no country.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (kind, rest) = text.split_once(':').unwrap_or((text, ""));
        match kind {
            "visa" => {
                let (country, class) = rest.split_once(':').unwrap_or((rest, ""));
                let class = (!class.is_empty()).then(|| class.to_lowercase());
                Some(Self::Visa { country: CountryCode::parse(country)?, class })
            }
            "tour" => CountryCode::parse(rest).map(Self::Tour),
            "documents" if rest.is_empty() => Some(Self::Documents),
            "permit" if !rest.is_empty() => Some(Self::Permit(rest.to_lowercase())),
            "permit" | "documents" => None,
            _ => Some(Self::Permit(text.to_lowercase())),
        }
    }

    /// Whether somebody who holds this paper holds the one that is asked for.
    pub fn serves_as(&self, asked: &Self) -> bool {
        match (self, asked) {
            (Self::Visa { country, class }, Self::Visa { country: of, class: asked }) => {
                country == of && (asked.is_none() || class == asked)
            }
            _ => self == asked,
        }
    }

    /// How `tumen` is told that it is held; `None` for what is taken to be.
    pub fn option(&self) -> Option<String> {
        match self {
            Self::Visa { .. } => Some(format!("--{}", self.to_string().replacen(':', " ", 1))),
            Self::Tour(_) | Self::Permit(_) => Some(format!("--holds {self}")),
            Self::Documents => None,
        }
    }

    /// Its name for people: `a business visa for North Korea`.
    pub fn name(&self, language: &str) -> String {
        match self {
            Self::Visa { country, class: None } => format!("a visa for {}", country.name(language)),
            Self::Visa { country, class: Some(class) } => format!("a {class} visa for {}", country.name(language)),
            Self::Tour(country) => format!("a place in an organised tour of {}", country.name(language)),
            Self::Permit(permit) => format!("the permit “{permit}”"),
            Self::Documents => "valid documents (which ones, the rule does not say)".to_owned(),
        }
    }
}

/// As [`Paper::parse`] reads it.
impl fmt::Display for Paper {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Visa { country, class: None } => write!(out, "visa:{country}"),
            Self::Visa { country, class: Some(class) } => write!(out, "visa:{country}:{class}"),
            Self::Tour(country) => write!(out, "tour:{country}"),
            Self::Permit(permit) => write!(out, "permit:{permit}"),
            Self::Documents => out.write_str("documents"),
        }
    }
}
