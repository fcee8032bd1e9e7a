//! Walking a lexicon for words near to one that is asked for: all of them, each with the fewest typos.
//!
//! The sorted words are walked as the tree of their prefixes, with one row of the edit matrix for each letter of the path
//! (optimal string alignment: a letter missing, added, changed, or two neighbours exchanged count one each). A branch
//! is left as soon as its row has nothing within the bound. Where the first letter is not the one that was typed, one typo is the bound:
//! people rarely miss it, and all but one branch of the tree begin so.

use std::ops::Range;

use crate::lexicon::Lexicon;

/// What is looked for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wanted<'a> {
    pub letters: &'a [char],
    /// Most typos in a whole word.
    pub typos: u8,
    /// Most typos in the beginning of a word; `None` for whole words only.
    pub prefix_typos: Option<u8>,
}

/// Words found, next to one another in the lexicon.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Spotted {
    pub words: Range<usize>,
    pub typos: u8,
    /// The words begin with what is looked for, rather than being it.
    pub prefix: bool,
}

/// All words within the bounds. A word may be spotted twice: whole, and by its beginning.
pub(crate) fn walk(lexicon: &Lexicon, wanted: Wanted) -> Vec<Spotted> {
    let width = wanted.letters.len() + 1;
    let mut walk = Walk {
        lexicon,
        wanted,
        rows: (0..width).map(|typos| typos.min(usize::from(wanted.typos) + 1) as u8).collect(),
        path: Vec::new(),
        found: Vec::new(),
    };
    if !wanted.letters.is_empty() {
        walk.visit(0..lexicon.len(), None);
    }
    walk.found
}

struct Walk<'a> {
    lexicon: &'a Lexicon,
    wanted: Wanted<'a>,
    /// The row of the empty path, then one for each letter of the path.
    rows: Vec<u8>,
    path: Vec<char>,
    found: Vec<Spotted>,
}

impl Walk<'_> {
    /// Visits words that begin with the path; `begun` is the fewest typos with which a beginning of the path fits.
    fn visit(&mut self, mut words: Range<usize>, begun: Option<u8>) {
        let depth = self.path.len();
        if !words.is_empty() && self.lexicon.word(words.start).len() == depth {
            self.note_word(words.start, begun);
            words.start += 1;
        }
        while !words.is_empty() {
            let branch = self.lexicon.branch(words.clone(), depth);
            words.start = branch.end;
            let letter = self.lexicon.word(branch.start)[depth];
            let least = self.push(letter);
            let begun = [begun, self.fits_as_beginning()].into_iter().flatten().min();
            if least <= self.bound() && begun != Some(0) {
                self.visit(branch, begun);
            } else {
                self.note_all(branch, begun);
            }
            self.pop();
        }
    }

    /// Of a branch that needs no more steps: the word that is the path, and all that begin with it.
    fn note_all(&mut self, mut branch: Range<usize>, begun: Option<u8>) {
        if self.lexicon.word(branch.start).len() == self.path.len() {
            self.note_word(branch.start, begun);
            branch.start += 1;
        }
        if let (Some(typos), false) = (begun, branch.is_empty()) {
            self.found.push(Spotted { words: branch, typos, prefix: true });
        }
    }

    fn note_word(&mut self, word: usize, begun: Option<u8>) {
        let whole = self.rows[self.rows.len() - 1];
        if whole <= self.bound() {
            self.found.push(Spotted { words: word..word + 1, typos: whole, prefix: false });
        }
        if let Some(typos) = begun.filter(|typos| *typos < whole) {
            self.found.push(Spotted { words: word..word + 1, typos, prefix: true });
        }
    }

    /// Typos with which the path, and no less than it, is what is looked for: its last letter must be the last one typed.
    fn fits_as_beginning(&self) -> Option<u8> {
        let (letters, width) = (self.wanted.letters, self.wanted.letters.len() + 1);
        let ends_alike = self.path.last() == letters.last();
        let typos = self.rows[self.rows.len() - width - 2];
        self.wanted.prefix_typos.filter(|most| ends_alike && typos <= self.bound().min(*most)).map(|_| typos)
    }

    /// Most typos in words that begin with the path.
    fn bound(&self) -> u8 {
        let begins_alike = self.path.first() == self.wanted.letters.first();
        if begins_alike { self.wanted.typos } else { self.wanted.typos.min(1) }
    }

    /// Steps on; the least number in the new row.
    fn push(&mut self, letter: char) -> u8 {
        let (letters, width) = (self.wanted.letters, self.wanted.letters.len() + 1);
        let above = self.rows.len() - width;
        let exchanged = self.path.last().copied();
        let before = above.checked_sub(width);
        self.path.push(letter);
        // Cells so far from the diagonal are beyond the bound.
        let (depth, reach) = (self.path.len(), usize::from(self.wanted.typos));
        let beyond = self.wanted.typos + 1;
        self.rows.resize(above + 2 * width, beyond);
        let row = above + width;
        let mut least = beyond;
        if depth <= reach {
            self.rows[row] = depth as u8;
            least = depth as u8;
        }
        for column in depth.saturating_sub(reach).max(1)..width.min(depth + reach + 1) {
            let changed = self.rows[above + column - 1] + u8::from(letters[column - 1] != letter);
            let mut typos = changed.min(self.rows[above + column] + 1).min(self.rows[row + column - 1] + 1);
            if let (Some(before), Some(exchanged)) = (before, exchanged)
                && column > 1
                && letters[column - 1] == exchanged
                && letters[column - 2] == letter
            {
                typos = typos.min(self.rows[before + column - 2] + 1);
            }
            self.rows[row + column] = typos.min(beyond);
            least = least.min(typos);
        }
        least
    }

    fn pop(&mut self) {
        self.path.pop();
        self.rows.truncate(self.rows.len() - self.wanted.letters.len() - 1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::{Builder, Posting};

    fn spotted(words: &[&str], wanted: &str, typos: u8, prefix_typos: Option<u8>) -> Vec<String> {
        let mut builder = Builder::default();
        for word in words {
            let letters: Vec<char> = word.chars().collect();
            builder.add(&letters, Posting { name: 0, position: 0, span: 1, loss: 0 });
        }
        let lexicon = builder.finish();
        let letters: Vec<char> = wanted.chars().collect();
        let found = walk(&lexicon, Wanted { letters: &letters, typos, prefix_typos });
        let spell = |number| lexicon.word(number).iter().collect::<String>();
        let describe = |spotted: Spotted| {
            let sign = if spotted.prefix { "…" } else { "" };
            spotted.words.map(move |number| format!("{}{sign} {}", spell(number), spotted.typos)).collect::<Vec<_>>()
        };
        found.into_iter().flat_map(describe).collect()
    }

    #[test]
    fn every_kind_of_typo_counts_one() {
        let words = ["omsk", "tomsk", "perm", "permyak", "ishim"];
        assert_eq!(spotted(&words, "omsk", 1, None), ["omsk 0", "tomsk 1"]);
        assert_eq!(spotted(&words, "omks", 1, None), ["omsk 1"]);
        assert_eq!(spotted(&words, "pern", 1, None), ["perm 1"]);
        assert_eq!(spotted(&words, "isim", 1, None), ["ishim 1"]);
        assert_eq!(spotted(&words, "isshim", 1, None), ["ishim 1"]);
    }

    #[test]
    fn beginnings_fit_with_and_without_typos() {
        let words = ["perm", "permyak", "pernik", "petersburg"];
        assert_eq!(spotted(&words, "perm", 0, Some(0)), ["perm 0", "permyak… 0"]);
        assert_eq!(spotted(&words, "pe", 0, Some(0)).len(), 4);
        assert_eq!(spotted(&words, "petresb", 1, Some(1)), ["petersburg… 1"]);
    }

    #[test]
    fn whole_words_agree_with_the_edit_matrix() {
        let letters = ['a', 'b', 'c'];
        let word = |mut number: usize| -> String {
            let mut word = String::new();
            while number > 0 {
                word.push(letters[(number - 1) % 3]);
                number = (number - 1) / 3;
            }
            word
        };
        let words: Vec<String> = (1..364).map(word).collect();
        let borrowed: Vec<&str> = words.iter().map(String::as_str).collect();
        for wanted in ["abc", "abcab", "ccba", "bacba"] {
            for most in 0..=2 {
                let mut expected: Vec<String> = words
                    .iter()
                    .map(|word| (word, alignment(word, wanted)))
                    .filter(|(word, typos)| {
                        *typos <= if word.as_bytes()[0] == wanted.as_bytes()[0] { most } else { most.min(1) }
                    })
                    .map(|(word, typos)| format!("{word} {typos}"))
                    .collect();
                expected.sort();
                let mut found = spotted(&borrowed, wanted, most, None);
                found.sort();
                assert_eq!(found, expected, "{wanted} {most}");
            }
        }
    }

    /// Optimal string alignment, by its definition.
    fn alignment(one: &str, other: &str) -> u8 {
        fn of(one: &[u8], other: &[u8]) -> u8 {
            match (one, other) {
                ([], rest) | (rest, []) => rest.len() as u8,
                ([a, one_rest @ ..], [b, other_rest @ ..]) => {
                    let mut least = of(one_rest, other_rest) + u8::from(a != b);
                    least = least.min(of(one_rest, other) + 1).min(of(one, other_rest) + 1);
                    if let ([_, c, one_rest @ ..], [_, d, other_rest @ ..]) = (one, other)
                        && (a, c) == (d, b)
                    {
                        least = least.min(of(one_rest, other_rest) + 1);
                    }
                    least
                }
            }
        }
        of(one.as_bytes(), other.as_bytes())
    }
}
