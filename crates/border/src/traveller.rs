//! Who travels, what for, and with which papers.

use std::fmt;
use thiserror::Error;

use crate::country::CountryCode;
use crate::paper::Paper;

/// What a border is crossed for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Purpose {
    /// Passing through.
    Transit,
    /// Seeing places and people.
    Tourism,
    /// Business without being employed there.
    Business,
    /// Being paid there.
    Work,
    /// Living there.
    Residence,
    /// Goods, in rules only: no traveller has it.
    Freight,
}

impl Purpose {
    /// Those that a traveller may have.
    pub const OF_TRAVELLERS: [Self; 5] = [Self::Transit, Self::Tourism, Self::Business, Self::Work, Self::Residence];

    /// Reads its word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::OF_TRAVELLERS.into_iter().chain([Self::Freight]).find(|purpose| purpose.word() == word)
    }

    /// Its word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Transit => "transit",
            Self::Tourism => "tourism",
            Self::Business => "business",
            Self::Work => "work",
            Self::Residence => "residence",
            Self::Freight => "freight",
        }
    }
}

/// A traveller. Neither `Debug` nor any error shows what is in it: passports, papers and purpose are nobody else's business.
#[derive(Clone, PartialEq, Eq)]
pub struct Traveller {
    /// Passports; at least one.
    pub passports: Vec<CountryCode>,
    /// Papers held.
    pub papers: Vec<Paper>,
    /// Purpose, where stated.
    pub purpose: Option<Purpose>,
}

/// What was stated of a traveller and cannot be read. Never repeats it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum TravellerError {
    /// A passport that is no country.
    #[error("a passport is named by its country's two-letter code (ISO 3166), such as DE")]
    Passport,
    /// A visa that names no country.
    #[error(
        "a visa is named by the two-letter code of the country that issues it (ISO 3166), such as DE, or with its class DE:business"
    )]
    Visa,
    /// A paper of no known form.
    #[error(
        "expected tour:DE for a place in an organised tour of a country, or permit:NAME for a permit that a rule names"
    )]
    Paper,
    /// No purpose of a traveller.
    #[error("a purpose is one of transit, tourism, business, work, residence")]
    Purpose,
}

/// What people state of a traveller, as typed.
#[derive(Clone, Copy, Default)]
pub struct Stated<'a> {
    /// Passports: codes of countries.
    pub passports: &'a [String],
    /// Visas: codes of countries, with `:class` where it matters.
    pub visas: &'a [String],
    /// Other papers, as [`Paper::parse`] reads them.
    pub papers: &'a [String],
    /// Purpose.
    pub purpose: Option<&'a str>,
}

impl Traveller {
    /// Reads what was stated; `None` where no passport was.
    ///
    /// # Errors
    /// When something cannot be read; the error says what is expected and nothing of what was stated.
    pub fn read(stated: Stated<'_>) -> Result<Option<Self>, TravellerError> {
        let country = |text: &str| CountryCode::parse(&text.trim().to_uppercase());
        let passports = stated.passports.iter().map(|text| country(text).ok_or(TravellerError::Passport));
        let visas = stated.visas.iter().map(|text| {
            let (code, class) = text.split_once(':').unwrap_or((text, ""));
            let class = (!class.is_empty()).then(|| class.trim().to_lowercase());
            country(code).map(|country| Paper::Visa { country, class }).ok_or(TravellerError::Visa)
        });
        let others = stated.papers.iter().map(|text| {
            let is_named = text.starts_with("tour:") || text.starts_with("permit:");
            Paper::parse(text).filter(|_| is_named).ok_or(TravellerError::Paper)
        });
        let passports = passports.collect::<Result<Vec<_>, _>>()?;
        let papers = visas.chain(others).collect::<Result<Vec<_>, _>>()?;
        let purpose = match stated.purpose.map(|word| Purpose::parse(&word.trim().to_lowercase())) {
            None => None,
            Some(None | Some(Purpose::Freight)) => return Err(TravellerError::Purpose),
            Some(purpose) => purpose,
        };
        Ok((!passports.is_empty()).then_some(Self { passports, papers, purpose }))
    }

    /// Whether a paper is held; documents that a rule does not name are taken to be.
    pub fn holds(&self, asked: &Paper) -> bool {
        *asked == Paper::Documents || self.papers.iter().any(|paper| paper.serves_as(asked))
    }
}

impl fmt::Debug for Traveller {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Traveller(not shown)")
    }
}
