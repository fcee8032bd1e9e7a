//! What can be found.

/// The number of an entry: its place in the order in which entries were given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntryId(pub u32);

/// What an entry is; of things that fit equally well the earlier kind comes first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A city that groups stations and airports.
    City,
    /// A railway station.
    Station,
    /// An airport.
    Airport,
    /// Any other stop.
    #[default]
    Stop,
    /// A town that groups no stops.
    Town,
}

/// One name of an entry.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Name {
    /// Language tag such as `ru`; empty where it is not known, or the name is an alias in no particular language.
    pub language: String,
    /// The name.
    pub text: String,
}

impl Name {
    /// A name in a language (a tag such as `ru`, or nothing).
    pub fn new(language: &str, text: &str) -> Self {
        Self { language: language.to_owned(), text: text.to_owned() }
    }
}

/// Degrees north and east (WGS 84).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Position {
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
}

/// Something to be found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Entry {
    /// The caller's name for it, unique; found when it is typed as it is.
    pub id: String,
    /// What it is.
    pub kind: Kind,
    /// Its names, the first being the one to show where the reader's language has none.
    pub names: Vec<Name>,
    /// Codes that people type: UIC, IATA, stop_code.
    pub codes: Vec<String>,
    /// How much goes on there, such as departures a week; compared by its logarithm.
    pub importance: u32,
    /// Where it is.
    pub position: Option<Position>,
    /// Ids of the entries that a city groups.
    pub members: Vec<String>,
}

impl Entry {
    /// The name in a language (`zh` is served by `zh-Hans` and the other way round), else the first.
    pub fn name_in(&self, language: &str) -> &str {
        let primary = |tag: &str| tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
        let exact = self.names.iter().find(|name| name.language.eq_ignore_ascii_case(language));
        let related = || self.names.iter().find(|name| primary(&name.language) == primary(language));
        let wanted = if language.is_empty() { None } else { exact.or_else(related) };
        wanted.or(self.names.first()).map_or("", |name| &name.text)
    }
}
