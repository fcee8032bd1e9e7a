//! What a search returns.

use crate::entry::EntryId;

/// The places found.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer<'a> {
    /// The best first.
    pub found: Vec<Found<'a>>,
    /// The query was longer than [`crate::LETTERS_MAX`] or had more words than [`crate::WORDS_MAX`]: the rest was not looked at.
    pub truncated: bool,
}

/// A place found.
#[derive(Clone, Debug, PartialEq)]
pub struct Found<'a> {
    /// Which.
    pub entry: EntryId,
    /// Its name in the language asked for.
    pub name: &'a str,
    /// The name or code that fits.
    pub matched: &'a str,
    /// Why it stands where it stands.
    pub score: Score,
    /// What a city groups and was not found ahead of it: what fits by itself, then what is found through the city only.
    pub members: Vec<Member<'a>>,
}

/// A station or an airport of a city found.
#[derive(Clone, Debug, PartialEq)]
pub struct Member<'a> {
    /// Which.
    pub entry: EntryId,
    /// Its name in the language asked for.
    pub name: &'a str,
    /// It fits by a name or a code of its own, not through the city only.
    pub fits: bool,
}

/// The parts of a rank.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Score {
    /// 2 for the very name, 1 for the very code, 0 for everything else; compared first.
    pub exact: u8,
    /// How well the name fits, at most about 1,050.
    pub quality: u16,
    /// For importance, at most 120.
    pub importance: u16,
    /// For what the entry is, at most 60.
    pub kind: u16,
    /// For being near, at most 60.
    pub near: u16,
}

impl Score {
    /// All parts but `exact` added up.
    pub fn sum(&self) -> u32 {
        [self.quality, self.importance, self.kind, self.near].into_iter().map(u32::from).sum()
    }
}
