//! Words in the order of their letters, and the names that have them.

use std::collections::HashMap;
use std::ops::Range;

/// Where a word stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Posting {
    /// The number of the name.
    pub name: u32,
    /// The word of the name at which it begins.
    pub position: u8,
    /// So many words of the name: more than one for all words written as one.
    pub span: u8,
    /// Points lost where it fits.
    pub loss: u8,
}

/// Distinct words, sorted, with their postings.
#[derive(Clone, Debug, Default)]
pub(crate) struct Lexicon {
    letters: Vec<char>,
    word_ends: Vec<u32>,
    postings: Vec<Posting>,
    posting_ends: Vec<u32>,
}

/// A lexicon being gathered.
#[derive(Default)]
pub(crate) struct Builder {
    words: HashMap<Box<[char]>, Vec<Posting>>,
}

impl Builder {
    pub(crate) fn add(&mut self, letters: &[char], posting: Posting) {
        if letters.is_empty() {
            return;
        }
        match self.words.get_mut(letters) {
            Some(postings) => postings.push(posting),
            None => drop(self.words.insert(letters.into(), vec![posting])),
        }
    }

    pub(crate) fn finish(self) -> Lexicon {
        let mut words: Vec<(Box<[char]>, Vec<Posting>)> = self.words.into_iter().collect();
        words.sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
        let mut lexicon = Lexicon::default();
        for (letters, postings) in words {
            lexicon.letters.extend(letters);
            lexicon.word_ends.push(lexicon.letters.len() as u32);
            lexicon.postings.extend(postings);
            lexicon.posting_ends.push(lexicon.postings.len() as u32);
        }
        lexicon
    }
}

impl Lexicon {
    /// The number of words.
    pub(crate) fn len(&self) -> usize {
        self.word_ends.len()
    }

    pub(crate) fn word(&self, number: usize) -> &[char] {
        &self.letters[span(&self.word_ends, number)]
    }

    pub(crate) fn postings(&self, number: usize) -> &[Posting] {
        &self.postings[span(&self.posting_ends, number)]
    }

    /// The postings of words next to one another.
    pub(crate) fn postings_of(&self, words: Range<usize>) -> &[Posting] {
        let end = |word: usize| word.checked_sub(1).map_or(0, |before| self.posting_ends[before] as usize);
        &self.postings[end(words.start)..end(words.end)]
    }

    /// Of `words`, whose first `depth` letters are the same and which have more, those that go on as the first of them does.
    pub(crate) fn branch(&self, words: Range<usize>, depth: usize) -> Range<usize> {
        let letter = self.word(words.start)[depth];
        // Branches are short more often than not: doubling steps find the end sooner than halving all of `words`.
        let mut step = 1;
        while words.start + step < words.end && self.word(words.start + step)[depth] == letter {
            step *= 2;
        }
        let (mut low, mut high) = (words.start + step / 2, (words.start + step).min(words.end));
        while low < high {
            let middle = low.midpoint(high);
            if self.word(middle)[depth] == letter {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        words.start..low
    }

    /// Bytes of memory.
    pub(crate) fn bytes(&self) -> usize {
        size_of_val(&self.letters[..])
            + size_of_val(&self.word_ends[..])
            + size_of_val(&self.postings[..])
            + size_of_val(&self.posting_ends[..])
    }
}

fn span(ends: &[u32], number: usize) -> Range<usize> {
    let start = number.checked_sub(1).map_or(0, |before| ends[before]);
    start as usize..ends[number] as usize
}
