//! Text read as words, each in the forms under which it is looked up.

use tumen_base::folded;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::hangul::{self, Romanisation, is_hangul};
use crate::latin::{plain, push_latin};
use crate::sound::sound;

/// So many letters and digits of a name or a query are looked at.
pub const LETTERS_MAX: usize = 100;
/// So many words of a name or a query are looked at; a Hanzi is a word.
pub const WORDS_MAX: usize = 16;
/// So many code points are read, whatever they are.
const POINTS_MAX: usize = 4 * LETTERS_MAX;

/// A sound this many times shorter than what it is made of says nothing.
const SHRINK_MAX: usize = 3;

/// A text as words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Reading {
    /// Small letters and digits in Unicode NFKC.
    pub words: Vec<String>,
    /// The text was longer than the limits.
    pub truncated: bool,
}

/// One way to look a word up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Form {
    pub letters: Vec<char>,
    /// Points lost where it fits.
    pub loss: u8,
}

/// Whether forms are made for what is searched in, or for what is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    Name,
    Query,
}

/// The forms of a word, or of all words of a name written as one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Forms {
    /// In its own script, without accents.
    pub plain: Vec<Form>,
    /// As it sounds.
    pub sounds: Vec<Form>,
    /// Its script, where the way of looking it up depends on it.
    pub script: Script,
}

/// What a letter is, as far as words and forms go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Script {
    Latin,
    #[default]
    Other,
    Digits,
    Hangul,
    Kana,
    Han,
}

impl Script {
    fn of(letter: char) -> Self {
        match letter {
            letter if letter.is_numeric() => Self::Digits,
            letter if is_hangul(letter) => Self::Hangul,
            '\u{3041}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' => Self::Kana,
            '々'
            | '\u{3400}'..='\u{4dbf}'
            | '\u{4e00}'..='\u{9fff}'
            | '\u{f900}'..='\u{faff}'
            | '\u{20000}'..='\u{3ffff}' => Self::Han,
            letter if (letter as u32) < 0x250 || matches!(letter, '\u{1e00}'..='\u{1eff}') => Self::Latin,
            _ => Self::Other,
        }
    }
}

/// Reads a text; whatever is neither letter nor digit separates words, except apostrophes.
pub(crate) fn read(text: &str) -> Reading {
    let mut reading = Reading { words: Vec::new(), truncated: text.chars().nth(POINTS_MAX).is_some() };
    let points = text.chars().take(POINTS_MAX).filter(|point| !is_apostrophe(*point));
    let mut open: Option<Script> = None;
    let mut letters = 0;
    for letter in points.nfkc().flat_map(char::to_lowercase) {
        if is_combining_mark(letter) {
            if let (Some(_), Some(word)) = (open, reading.words.last_mut()) {
                word.push(letter);
            }
            continue;
        }
        if !letter.is_alphanumeric() {
            open = None;
            continue;
        }
        let script = Script::of(letter);
        let begins = open != Some(script) || script == Script::Han;
        letters += 1;
        if letters > LETTERS_MAX || begins && reading.words.len() == WORDS_MAX {
            reading.truncated = true;
            break;
        }
        if begins {
            reading.words.push(String::new());
            open = Some(script);
        }
        if let Some(word) = reading.words.last_mut() {
            word.push(letter);
        }
    }
    reading
}

/// The apostrophes that [`folded`] drops, and U+00B4, which would become a space before it gets there.
fn is_apostrophe(point: char) -> bool {
    matches!(point, '\'' | '’' | '‘' | 'ʼ' | 'ʻ' | '`' | '´' | 'ʹ' | 'ʺ' | '′')
}

impl Forms {
    /// The forms of one word.
    pub(crate) fn of(word: &str, side: Side) -> Self {
        let script = word.chars().next().map_or(Script::Other, Script::of);
        let mut forms = Self { script, ..Self::default() };
        forms.plain.push(Form { letters: plain_letters(word), loss: 0 });
        if script == Script::Hangul {
            let southern = hangul::southern(word);
            if let Some(southern) = &southern {
                forms.plain.push(Form { letters: plain_letters(southern), loss: 30 });
            }
            if let (Side::Name, Some(letters)) = (side, hangul::initials(word)) {
                forms.plain.push(Form { letters, loss: 150 });
            }
            for system in [Romanisation::Revised, Romanisation::McCuneReischauer, Romanisation::Northern] {
                forms.push_sound(&hangul::romanised(word, system));
            }
            if let Some(southern) = southern {
                forms.push_sound(&hangul::romanised(&southern, Romanisation::Revised));
            }
        } else {
            let mut latin = String::new();
            word.nfc().for_each(|letter| push_latin(letter, &mut latin));
            forms.push_sound(&latin);
        }
        forms
    }

    /// The forms of words written without spaces between them.
    pub(crate) fn joined(words: &[Self]) -> Self {
        let concat = |ways: &dyn Fn(&Self) -> &[Form], way: usize| {
            let one = |word| ways(word).get(way).or(ways(word).first()).map_or(&[][..], |form| &form.letters[..]);
            Form { letters: words.iter().flat_map(one).copied().take(LETTERS_MAX).collect(), loss: 0 }
        };
        let plain = concat(&|word| &word.plain, 0);
        let ways = words.iter().map(|word| word.sounds.len()).max().unwrap_or_default();
        let mut joined = Self {
            plain: vec![plain],
            sounds: Vec::new(),
            script: words.first().map_or(Script::Other, |word| word.script),
        };
        for way in 0..ways {
            let form = concat(&|word| &word.sounds, way);
            if !joined.sounds.contains(&form) {
                joined.sounds.push(form);
            }
        }
        joined
    }

    fn push_sound(&mut self, latin: &str) {
        let mut letters = sound(latin);
        letters.truncate(LETTERS_MAX);
        // What shrinks to next to nothing (qqqqqqqq) would sound like every short word.
        let tells = letters.len() * SHRINK_MAX >= latin.len();
        if tells && !letters.is_empty() && self.sounds.iter().all(|form| form.letters != letters) {
            self.sounds.push(Form { letters, loss: 0 });
        }
    }
}

/// The letters of a word without accents: Hangul as keys are struck, Katakana as Hiragana.
fn plain_letters(word: &str) -> Vec<char> {
    let mut letters = Vec::with_capacity(word.len());
    for letter in folded(word) {
        match letter {
            '\u{30a1}'..='\u{30f6}' => letters.extend(char::from_u32(letter as u32 - 0x60)),
            letter if is_hangul(letter) => hangul::keys(letter, &mut letters),
            letter => match plain(letter) {
                Some(plain) => letters.extend(plain.chars()),
                None => letters.push(letter),
            },
        }
    }
    letters.truncate(LETTERS_MAX);
    letters
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> String {
        read(text).words.join(" ")
    }

    fn struck(text: &str) -> String {
        Forms::of(&read(text).words[0], Side::Query).plain[0].letters.iter().collect()
    }

    #[test]
    fn text_is_read_as_words() {
        assert_eq!(words("Ulan-Ude"), "ulan ude");
        assert_eq!(words("P’yŏngyang"), "pyŏngyang");
        assert_eq!(words("Yurga1"), "yurga 1");
        assert_eq!(words("北京首都"), "北 京 首 都");
        assert_eq!(words("Пермь-2 (главный)"), "пермь 2 главный");
        assert_eq!(words("… — !"), "");
    }

    #[test]
    fn half_typed_hangul_is_a_prefix_of_the_whole() {
        let whole = struck("평양");
        for typed in ["ㅍ", "펴", "평", "평ㅇ", "평야", "평양"] {
            assert!(whole.starts_with(&struck(typed)), "{typed}");
        }
        assert!(struck("하산").starts_with(&struck("핫")));
        assert!(struck("과천").starts_with(&struck("고")));
    }

    #[test]
    fn limits_are_reported() {
        assert!(!read(&"a".repeat(LETTERS_MAX)).truncated);
        assert!(read(&"a".repeat(LETTERS_MAX + 1)).truncated);
        assert!(read(&"北".repeat(WORDS_MAX + 1)).truncated);
        assert!(read(&"\u{301}".repeat(100_000)).truncated);
    }
}
