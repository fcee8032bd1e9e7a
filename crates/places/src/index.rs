//! Entries made searchable.

use std::collections::HashMap;

use crate::entry::{Entry, EntryId};
use crate::generic::is_quiet;
use crate::lexicon::{self, Lexicon, Posting};
use crate::quality::NameWords;
use crate::reading::{Forms, Side, read};

/// So many names of an entry are searched.
pub const NAMES_MAX: usize = 64;
/// Codes and ids with more letters and digits are not searched.
pub const CODE_LETTERS_MAX: usize = 40;

/// Entries, the words of their names, and their codes. The same entries in the same order make the same index.
#[derive(Debug, Default)]
pub struct Index {
    entries: Vec<Entry>,
    /// Logarithm of the importance, 0 to [`IMPORTANCE_POINTS`].
    importance: Vec<u8>,
    members: HashMap<EntryId, Vec<EntryId>>,
    pub(crate) names: Vec<NameOf>,
    pub(crate) letters: Lexicon,
    pub(crate) sounds: Lexicon,
    pub(crate) codes: Vec<CodeOf>,
    /// Entries in the order of their ids.
    ids: Vec<EntryId>,
    summary: Summary,
}

/// Points for the most important entry.
const IMPORTANCE_POINTS: f64 = 120.0;

/// A name that is searched.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NameOf {
    pub entry: EntryId,
    /// Its place among the names of the entry.
    pub number: u16,
    pub words: NameWords,
}

/// A code that is searched.
#[derive(Clone, Debug)]
pub(crate) struct CodeOf {
    pub code: Box<str>,
    pub entry: EntryId,
    pub number: u16,
}

/// What an index holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Entries.
    pub entries: usize,
    /// Names that are searched.
    pub names: usize,
    /// Distinct words, as they are written and as they sound.
    pub words: usize,
    /// Names of which only the beginning is searched, or none of it, since they exceed [`crate::LETTERS_MAX`],
    /// [`crate::WORDS_MAX`] or [`NAMES_MAX`].
    pub names_cut: usize,
    /// Members of cities whose ids no entry has.
    pub members_unknown: usize,
    /// Bytes of memory for searching, beside the entries themselves.
    pub bytes: usize,
}

impl Index {
    /// Makes entries searchable; they are numbered in their order.
    ///
    /// Limits ([`crate::LETTERS_MAX`], [`NAMES_MAX`]…) bound what one entry may take; what they cut is counted in [`Self::summary`].
    pub fn build(entries: impl IntoIterator<Item = Entry>) -> Self {
        let mut index = Self { entries: entries.into_iter().collect(), ..Self::default() };
        let (mut letters, mut sounds) = (lexicon::Builder::default(), lexicon::Builder::default());
        for (number, entry) in index.entries.iter().enumerate() {
            let id = EntryId(number as u32);
            index.summary.names_cut += entry.names.len().saturating_sub(NAMES_MAX);
            for (number, name) in entry.names.iter().take(NAMES_MAX).enumerate() {
                if entry.names[..number].iter().any(|before| before.text == name.text) {
                    continue;
                }
                let reading = read(&name.text);
                index.summary.names_cut += usize::from(reading.truncated);
                if reading.words.is_empty() {
                    continue;
                }
                let words: Vec<Forms> = reading.words.iter().map(|word| Forms::of(word, Side::Name)).collect();
                let count = words.len() as u8;
                let name = index.names.len() as u32;
                let mut add = |forms: &Forms, position, span| {
                    for (lexicon, forms) in [(&mut letters, &forms.plain), (&mut sounds, &forms.sounds)] {
                        for form in forms {
                            lexicon.add(&form.letters, Posting { name, position, span, loss: form.loss });
                        }
                    }
                };
                for (position, forms) in words.iter().enumerate() {
                    add(forms, position as u8, 1);
                }
                if count > 1 {
                    add(&Forms::joined(&words), 0, count);
                }
                index.names.push(NameOf {
                    entry: id,
                    number: number as u16,
                    words: NameWords { words: count, quiet: quiet_words(&words) },
                });
            }
            for (number, code) in entry.codes.iter().enumerate() {
                if let Some(code) = code_key(code) {
                    index.codes.push(CodeOf { code: code.into(), entry: id, number: number as u16 });
                }
            }
        }
        index
            .codes
            .sort_by(|one, other| (&one.code, one.entry, one.number).cmp(&(&other.code, other.entry, other.number)));
        (index.letters, index.sounds) = (letters.finish(), sounds.finish());
        index.weigh();
        index.gather_members();
        index.summarise();
        index
    }

    fn weigh(&mut self) {
        let most = self.entries.iter().map(|entry| entry.importance).max().unwrap_or_default();
        let logarithm = |importance: u32| f64::from(importance).ln_1p();
        let share = |importance: u32| if most == 0 { 0.0 } else { logarithm(importance) / logarithm(most) };
        self.importance =
            self.entries.iter().map(|entry| (share(entry.importance) * IMPORTANCE_POINTS) as u8).collect();
    }

    fn gather_members(&mut self) {
        self.ids = (0..self.entries.len() as u32).map(EntryId).collect();
        let entries = &self.entries;
        self.ids.sort_by_key(|entry| &entries[entry.0 as usize].id);
        for (entry, number) in self.entries.iter().zip(0..) {
            let mut members: Vec<EntryId> = Vec::with_capacity(entry.members.len());
            for id in &entry.members {
                match self.with_id(id) {
                    Some(member) if member == EntryId(number) || members.contains(&member) => {}
                    Some(member) => members.push(member),
                    None => self.summary.members_unknown += 1,
                }
            }
            if !members.is_empty() {
                self.members.insert(EntryId(number), members);
            }
        }
    }

    fn summarise(&mut self) {
        let codes: usize = self.codes.iter().map(|code| size_of::<CodeOf>() + code.code.len()).sum();
        let members: usize = self.members.values().map(|members| size_of_val(&members[..])).sum();
        self.summary.entries = self.entries.len();
        self.summary.names = self.names.len();
        self.summary.words = self.letters.len() + self.sounds.len();
        self.summary.bytes = self.letters.bytes()
            + self.sounds.bytes()
            + size_of_val(&self.names[..])
            + self.importance.len()
            + size_of_val(&self.ids[..])
            + members
            + codes;
    }

    /// What it holds.
    pub fn summary(&self) -> Summary {
        self.summary
    }

    /// An entry.
    ///
    /// # Panics
    /// With a number that is not of this index.
    pub fn entry(&self, id: EntryId) -> &Entry {
        &self.entries[id.0 as usize]
    }

    /// The entry with an id (the first given, if several have it).
    pub fn with_id(&self, id: &str) -> Option<EntryId> {
        let number = self.ids.partition_point(|entry| self.entry(*entry).id.as_str() < id);
        self.ids.get(number).copied().filter(|entry| self.entry(*entry).id == id)
    }

    /// All entries, in the order of their numbers.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The entries that a city groups.
    pub fn members(&self, city: EntryId) -> &[EntryId] {
        self.members.get(&city).map_or(&[], Vec::as_slice)
    }

    /// Points for importance, at most 120.
    pub(crate) fn importance(&self, id: EntryId) -> u16 {
        u16::from(self.importance[id.0 as usize])
    }
}

fn quiet_words(words: &[Forms]) -> u16 {
    let quiet = |(number, word): (usize, &Forms)| u16::from(number > 0 && is_quiet(word)) << number;
    words.iter().enumerate().map(quiet).sum()
}

/// The letters and digits of a code, in small letters; `None` if there are none or too many.
pub(crate) fn code_key(code: &str) -> Option<String> {
    let letters = code.chars().filter(|letter| letter.is_alphanumeric());
    let key: String = letters.take(CODE_LETTERS_MAX + 1).flat_map(char::to_lowercase).collect();
    (!key.is_empty() && key.chars().count() <= CODE_LETTERS_MAX).then_some(key)
}
