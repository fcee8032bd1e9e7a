//! The country of every stop.

use std::collections::HashMap;
use std::fmt;
use tumen_base::StopId;
use tumen_timetable::Columns;

use crate::posts::Post;
use crate::{boundaries, territories};

/// The codes that ISO 3166-1 leaves to its users: countries that feeds invent, each its own name.
const USER_ASSIGNED: &str = "AA QM QN QO QP QQ QR QS QT QU QV QW QX QY QZ \
                             XA XB XC XD XE XF XG XH XI XJ XL XM XN XO XP XQ XR XS XT XU XV XW XX XY XZ ZZ";

fn name_of(code: &str, language: &str) -> Option<&'static str> {
    territories::name(code, language).or_else(|| USER_ASSIGNED.split(' ').find(|own| *own == code))
}

/// An ISO 3166-1 alpha-2 code (and `XK`, in use for Kosovo), or one that the standard leaves to its users.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CountryCode([u8; 2]);

impl CountryCode {
    /// Reads a code of two capital letters that names a country.
    pub fn parse(text: &str) -> Option<Self> {
        name_of(text, "en")?;
        text.as_bytes().try_into().ok().map(Self)
    }

    /// The two letters.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// Its name in a language (`en`, `ru`, `ko`, `zh`, or a tag that begins so; English for any other).
    pub fn name(self, language: &str) -> &'static str {
        name_of(self.as_str(), language).unwrap_or_default()
    }
}

impl fmt::Display for CountryCode {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}

impl fmt::Debug for CountryCode {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}

/// Whose ground a stop stands on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub enum Country {
    /// One country's.
    Known(CountryCode),
    /// Several claim it, in order of their codes.
    Disputed(Vec<CountryCode>),
    /// Nobody says, and no boundary encloses it.
    #[default]
    Unknown,
}

impl Country {
    /// The country that some claim: unknown where nobody does, disputed where several do.
    pub fn claimed(mut claims: Vec<CountryCode>) -> Self {
        claims.sort_unstable();
        claims.dedup();
        match claims[..] {
            [] => Self::Unknown,
            [only] => Self::Known(only),
            _ => Self::Disputed(claims),
        }
    }

    /// As stops.txt writes it: a code, or several separated by `;`. Unknown where a part of it is no code.
    pub fn parse(text: &str) -> Self {
        let codes: Option<Vec<CountryCode>> = text.split(';').map(|code| CountryCode::parse(code.trim())).collect();
        Self::claimed(codes.unwrap_or_default())
    }

    /// Whether anything is known.
    pub fn is_stated(&self) -> bool {
        *self != Self::Unknown
    }

    /// The one country, where there is one.
    pub fn code(&self) -> Option<CountryCode> {
        match self {
            Self::Known(code) => Some(*code),
            Self::Disputed(_) | Self::Unknown => None,
        }
    }

    /// Every country that it may be: none where unknown.
    pub fn claims(&self) -> &[CountryCode] {
        match self {
            Self::Known(code) => std::slice::from_ref(code),
            Self::Disputed(claims) => claims,
            Self::Unknown => &[],
        }
    }

    /// Its name for people: `Russia`, `disputed ground (Russia / Ukraine)`, `country unknown`.
    pub fn name(&self, language: &str) -> String {
        match self {
            Self::Known(code) => code.name(language).to_owned(),
            Self::Disputed(claims) => {
                let names: Vec<&str> = claims.iter().map(|code| code.name(language)).collect();
                format!("disputed ground ({})", names.join(" / "))
            }
            Self::Unknown => "country unknown".to_owned(),
        }
    }
}

/// The codes, separated by `;`; nothing where unknown.
impl fmt::Display for Country {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let codes: Vec<&str> = self.claims().iter().map(CountryCode::as_str).collect();
        out.write_str(&codes.join(";"))
    }
}

/// What a stop's country rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// The feed states it, for the stop, its station, or as an end of a border post.
    Stated,
    /// A boundary encloses the stop or its station.
    Position,
    /// No boundary encloses it, and one is near ([`crate::NEARBY_METRES`]).
    Nearby,
    /// Nothing.
    None,
}

/// The country of every stop of a timetable.
#[derive(Clone, Debug)]
pub struct Countries {
    distinct: Vec<Country>,
    /// Position in `distinct`, by stop.
    of_stop: Vec<u16>,
    basis: Vec<Basis>,
}

impl Countries {
    /// Finds every stop's: what stops.txt says of it or of its station, else what a post says of its ends, else the boundary
    /// around its position (its station's where it has none), else the nearest boundary.
    pub fn of(columns: &Columns<'_>, posts: &[Post]) -> Self {
        let mut stated: HashMap<StopId, &Country> = HashMap::new();
        for post in posts {
            for (stop, country) in post.ends.iter().zip(&post.countries) {
                if let (Some(stop), true) = (stop, country.is_stated()) {
                    stated.entry(*stop).or_insert(country);
                }
            }
        }
        let mut numbers: HashMap<Country, u16> = HashMap::from([(Country::Unknown, 0)]);
        let mut countries = Self { distinct: vec![Country::Unknown], of_stop: Vec::new(), basis: Vec::new() };
        for stop in columns.stops() {
            let (country, basis) = find(columns, &stated, stop);
            let number = *numbers.entry(country).or_insert_with_key(|country| {
                countries.distinct.push(country.clone());
                // Two letters make 676 codes; combinations end where the numbers do, as unknown.
                u16::try_from(countries.distinct.len() - 1).unwrap_or(0)
            });
            countries.of_stop.push(number);
            countries.basis.push(basis);
        }
        countries
    }

    /// The country of a stop.
    pub fn of_stop(&self, stop: StopId) -> &Country {
        &self.distinct[usize::from(self.of_stop[stop.index()])]
    }

    /// What it rests on.
    pub fn basis(&self, stop: StopId) -> Basis {
        self.basis[stop.index()]
    }

    /// Every country that has a stop.
    pub fn all(&self) -> impl Iterator<Item = &Country> {
        self.distinct[1..].iter()
    }

    /// The number under which a stop's country is kept: 0 where unknown.
    pub(crate) fn number(&self, stop: StopId) -> u16 {
        self.of_stop[stop.index()]
    }
}

fn find(columns: &Columns<'_>, stated: &HashMap<StopId, &Country>, stop: StopId) -> (Country, Basis) {
    let family = || std::iter::successors(Some(stop), |&stop| columns.parent(stop));
    let written = family().map(|stop| Country::parse(columns.text(columns.stop_country[stop.index()])));
    let of_post = family().filter_map(|stop| stated.get(&stop).map(|country| (*country).clone()));
    if let Some(country) = written.chain(of_post).find(Country::is_stated) {
        return (country, Basis::Stated);
    }
    let Some((north, east)) = family().find_map(|stop| columns.position_of_stop(stop)) else {
        return (Country::Unknown, Basis::None);
    };
    for (find, basis) in
        [(boundaries::enclosing as fn(f64, f64) -> Country, Basis::Position), (boundaries::nearest, Basis::Nearby)]
    {
        let country = find(north, east);
        if country.is_stated() {
            return (country, basis);
        }
    }
    (Country::Unknown, Basis::None)
}
