//! How alike two names are, across scripts and ways of writing them.
//!
//! A name is turned into Latin letters and compared in three ways, from strict to loose: by its letters, by its sounds (so that Pak and
//! Park, Kim and Gim, Ugol and Уголь come together) and by the consonants among them. Words may stand in any order, be written as
//! one, or be missing on one side.

use any_ascii::any_ascii_char;
use std::cmp::Ordering;
use unicode_normalization::UnicodeNormalization;

/// Below this nobody is bothered, unless another threshold is asked for.
pub const USUAL_THRESHOLD: f64 = 0.85;
/// Letters of a name that are compared; the rest does not count.
const MOST_LETTERS: usize = 200;
/// Words of a name that are compared.
const MOST_WORDS: usize = 16;
/// What agreement of sounds counts beside that of letters.
const BY_SOUND: f64 = 0.97;
/// What it counts that all words of the shorter name are among those of the longer one.
const CONTAINED: f64 = 0.92;
/// What it counts that all consonants agree, where there are so many of them.
const BY_CONSONANTS: f64 = 0.86;
const LEAST_CONSONANTS: usize = 5;
/// A name as short as this says too little to be looked for within a longer one.
const LEAST_CONTAINED: usize = 6;

/// Words that say what kind of company it is.
const FORMS: &str =
    " ao co company corp corporation gmbh group inc jsc limited llc ltd oao ooo pao plc pte trading zao jusighoesa ";

/// Spellings of one sound, in the order in which they are brought together.
const SOUNDS: [(&str, &str); 27] = [
    ("tch", "c"),
    ("sch", "s"),
    ("eo", "o"),
    ("eu", "u"),
    ("ae", "e"),
    ("oe", "o"),
    ("oo", "u"),
    ("ou", "u"),
    ("kh", "h"),
    ("sh", "s"),
    ("ch", "c"),
    ("zh", "c"),
    ("ts", "c"),
    ("ph", "p"),
    ("ng", "n"),
    ("ck", "k"),
    ("j", "c"),
    ("g", "k"),
    ("q", "k"),
    ("d", "t"),
    ("b", "p"),
    ("v", "p"),
    ("f", "p"),
    ("r", "l"),
    ("z", "s"),
    ("x", "s"),
    ("y", "i"),
];

/// A name made ready to be compared with many.
#[derive(Clone, Debug, Default)]
pub struct Comparable {
    letters: Form,
    sounds: Form,
    consonants: String,
}

/// One way to write a name: its words, and these as one.
#[derive(Clone, Debug, Default)]
struct Form {
    words: Vec<String>,
    joined: String,
}

impl Comparable {
    /// Reads a name in any script.
    pub fn of(name: &str) -> Self {
        let mut words: Vec<String> = Vec::new();
        let mut word = String::new();
        for letter in name.nfkc().flat_map(char::to_lowercase).take(MOST_LETTERS) {
            if letter.is_alphanumeric() {
                let latin = any_ascii_char(letter).chars();
                word.extend(latin.filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_lowercase()));
            } else if !is_silent(letter) {
                words.push(std::mem::take(&mut word));
            }
        }
        words.push(word);
        words.retain(|word| !word.is_empty());
        words.truncate(MOST_WORDS);
        let is_form = |word: &String| FORMS.contains(&format!(" {word} "));
        if !words.iter().all(is_form) {
            words.retain(|word| !is_form(word));
        }
        let sounds = Form::of(words.iter().map(|word| sound(word)).collect());
        let consonants = sounds.joined.chars().filter(|letter| !"aeiou".contains(*letter)).collect();
        Self { letters: Form::of(words), sounds, consonants }
    }

    /// Whether there is nothing to compare.
    pub fn is_empty(&self) -> bool {
        self.letters.joined.is_empty()
    }

    /// How alike two names are, from 0 to 1.
    pub fn likeness(&self, other: &Self) -> f64 {
        if self.is_empty() || other.is_empty() {
            return 0.0;
        }
        let letters = self.letters.likeness(&other.letters);
        let sounds = BY_SOUND * self.sounds.likeness(&other.sounds);
        let alike = self.consonants.len() >= LEAST_CONSONANTS && self.consonants == other.consonants;
        letters.max(sounds).max(if alike { BY_CONSONANTS } else { 0.0 })
    }
}

/// Marks within a word that say nothing.
fn is_silent(letter: char) -> bool {
    matches!(letter, '\'' | '’' | '‘' | '`' | 'ʼ' | '.' | '\u{300}'..='\u{36f}')
}

fn sound(word: &str) -> String {
    let heard = SOUNDS.iter().fold(word.to_owned(), |word, (written, heard)| word.replace(written, heard));
    let mut once = String::with_capacity(heard.len());
    for letter in heard.chars() {
        if !once.ends_with(letter) {
            once.push(letter);
        }
    }
    once
}

impl Form {
    fn of(words: Vec<String>) -> Self {
        Self { joined: words.concat(), words }
    }

    fn likeness(&self, other: &Self) -> f64 {
        let joined = alike(&self.joined, &other.joined);
        if self.words.len() == 1 && other.words.len() == 1 {
            return joined;
        }
        let size = |form: &Self| (form.words.len(), form.joined.len());
        let (few, many) = if size(self) <= size(other) { (self, other) } else { (other, self) };
        let mut pairs: Vec<Pair<'_>> = Vec::new();
        for (one, word) in few.words.iter().enumerate() {
            pairs.extend(many.words.iter().enumerate().map(|(other, third)| Pair::of([one, other], [word, third])));
        }
        pairs.sort_by(Pair::best_first);
        let (mut taken, mut left) = (vec![false; few.words.len()], vec![true; many.words.len()]);
        let (mut found, mut within) = (0.0, 0.0);
        for Pair { likeness, places: [one, other], words } in pairs {
            if !taken[one] && left[other] {
                (taken[one], left[other]) = (true, false);
                found += likeness * (words[0].len() + words[1].len()) as f64;
                within += likeness * few.words[one].len() as f64;
            }
        }
        let (shorter, longer) = (few.joined.len() as f64, many.joined.len() as f64);
        let is_contained = few.words.len() > 1 && few.joined.len() >= LEAST_CONTAINED;
        let contained = if is_contained { CONTAINED * within / shorter } else { 0.0 };
        joined.max(found / (shorter + longer)).max(contained)
    }
}

/// Two words, one of each name.
struct Pair<'a> {
    likeness: f64,
    places: [usize; 2],
    /// In an order that does not depend on which name is which.
    words: [&'a str; 2],
}

impl<'a> Pair<'a> {
    fn of(places: [usize; 2], [one, other]: [&'a str; 2]) -> Self {
        Self { likeness: alike(one, other), places, words: [one.min(other), one.max(other)] }
    }

    fn best_first(&self, other: &Self) -> Ordering {
        other.likeness.total_cmp(&self.likeness).then_with(|| self.words.cmp(&other.words))
    }
}

/// One less the share of letters that must be changed, or exchanged with their neighbour, to make one word of the other.
fn alike(one: &str, other: &str) -> f64 {
    let longer = one.len().max(other.len());
    if one == other {
        return 1.0;
    }
    // Words of very different lengths are not alike whatever they are made of.
    if longer > 2 * one.len().min(other.len()) + 2 {
        return 0.0;
    }
    1.0 - strsim::osa_distance(one, other) as f64 / longer as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn likeness(one: &str, other: &str) -> f64 {
        let (one, other) = (Comparable::of(one), Comparable::of(other));
        let there = one.likeness(&other);
        assert!((there - other.likeness(&one)).abs() < 1e-9, "likeness has no direction");
        there
    }

    #[test]
    fn one_name_in_three_scripts_is_one_name() {
        for (one, other) in [
            ("Kim Jong Un", "KIM, Jong-un"),
            ("Kim Jong Un", "김정은"),
            ("Kim Jong Un", "Ким Чен Ын"),
            ("Pak Chol Su", "박철수"),
            ("Vostochny Ugol", "Восточный Уголь"),
            ("OOO «Восточный уголь»", "Vostochnyy Ugol LLC"),
            ("Tumangang Shipping Co., Ltd.", "Tumangang Shiping"),
            ("조선광업무역회사", "조선광업무역회사"),
            ("Ocean Maritime Management Company", "Ocean Maritime Managment Co"),
            ("Müller & Söhne", "MULLER UND SOHNE"),
        ] {
            let found = likeness(one, other);
            assert!(found >= USUAL_THRESHOLD, "{one} / {other}: {found:.3}");
        }
    }

    #[test]
    fn other_names_are_other_names() {
        for (one, other) in [
            ("Vostochny Ugol", "Zapadny Ugol"),
            ("Kim Jong Un", "Kim Yo Jong"),
            ("Khasan Grain", "Northern Timber"),
            ("Ан Сергей", "Ли Наталья"),
            ("박철수", "이영희"),
            ("Ltd", "Tumangang Shipping"),
            ("", "Anybody"),
            ("...", "..."),
        ] {
            let found = likeness(one, other);
            assert!(found < USUAL_THRESHOLD, "{one} / {other}: {found:.3}");
        }
    }
}
