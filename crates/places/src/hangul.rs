//! Hangul: as keys are struck, by first consonants, and romanised.

use unicode_normalization::UnicodeNormalization;

/// Keys of the first consonants, in the order of Unicode.
const INITIALS: [char; 19] =
    ['ㄱ', 'ㄲ', 'ㄴ', 'ㄷ', 'ㄸ', 'ㄹ', 'ㅁ', 'ㅂ', 'ㅃ', 'ㅅ', 'ㅆ', 'ㅇ', 'ㅈ', 'ㅉ', 'ㅊ', 'ㅋ', 'ㅌ', 'ㅍ', 'ㅎ'];
/// Keys of the vowels, in the order of Unicode: those of two strokes as two keys.
const VOWELS: [&str; 21] = [
    "ㅏ", "ㅐ", "ㅑ", "ㅒ", "ㅓ", "ㅔ", "ㅕ", "ㅖ", "ㅗ", "ㅗㅏ", "ㅗㅐ", "ㅗㅣ", "ㅛ", "ㅜ", "ㅜㅓ", "ㅜㅔ", "ㅜㅣ",
    "ㅠ", "ㅡ", "ㅡㅣ", "ㅣ",
];
/// Keys of the last consonants, in the order of Unicode.
const FINALS: [&str; 27] = [
    "ㄱ", "ㄲ", "ㄱㅅ", "ㄴ", "ㄴㅈ", "ㄴㅎ", "ㄷ", "ㄹ", "ㄹㄱ", "ㄹㅁ", "ㄹㅂ", "ㄹㅅ", "ㄹㅌ", "ㄹㅍ", "ㄹㅎ", "ㅁ",
    "ㅂ", "ㅂㅅ", "ㅅ", "ㅆ", "ㅇ", "ㅈ", "ㅊ", "ㅋ", "ㅌ", "ㅍ", "ㅎ",
];

/// Is this a syllable or a letter of Hangul?
pub(crate) fn is_hangul(letter: char) -> bool {
    matches!(letter, '가'..='힣' | '\u{1100}'..='\u{11ff}' | '\u{3131}'..='\u{318e}')
}

/// The keys struck for a letter of decomposed Hangul: first and last consonants are the same keys, so what is half typed
/// (`핫` on the way to `하산`) is a prefix of the whole.
pub(crate) fn keys(jamo: char, keys: &mut Vec<char>) {
    let offset = |first: char| jamo as usize - first as usize;
    match jamo {
        '\u{1100}'..='\u{1112}' => keys.push(INITIALS[offset('\u{1100}')]),
        '\u{1161}'..='\u{1175}' => keys.extend(VOWELS[offset('\u{1161}')].chars()),
        '\u{11a8}'..='\u{11c2}' => keys.extend(FINALS[offset('\u{11a8}')].chars()),
        other => keys.push(other),
    }
}

/// The first consonants of a word of syllables (평양: ㅍㅇ); `None` for anything else and for a single syllable.
pub(crate) fn initials(word: &str) -> Option<Vec<char>> {
    let syllables: Option<Vec<Syllable>> = word.chars().map(Syllable::of).collect();
    let syllables = syllables.filter(|syllables| syllables.len() > 1)?;
    Some(syllables.iter().map(|syllable| INITIALS[syllable.initial]).collect())
}

/// The word as the other Korea spells its beginning: the North keeps ㄹ and ㄴ there (라진, 룡천), the South does not (나진, 용천).
///
/// Of both spellings the Southern one, where the word is spelt the Northern way.
pub(crate) fn southern(word: &str) -> Option<String> {
    const BEFORE_I: [usize; 7] = [2, 3, 6, 7, 12, 17, 20]; // ㅑ ㅒ ㅕ ㅖ ㅛ ㅠ ㅣ
    let mut letters = word.chars();
    let first = Syllable::of(letters.next()?)?;
    let softened = BEFORE_I.contains(&first.vowel);
    let initial = match (INITIALS[first.initial], softened) {
        ('ㄹ' | 'ㄴ', true) => 11,
        ('ㄹ', false) => 2,
        _ => return None,
    };
    let first = Syllable { initial, ..first };
    Some(std::iter::once(first.letter()).chain(letters).collect())
}

#[derive(Clone, Copy)]
struct Syllable {
    initial: usize,
    vowel: usize,
    last: usize,
}

impl Syllable {
    fn of(letter: char) -> Option<Self> {
        let number = (letter as usize).checked_sub('가' as usize).filter(|_| letter <= '힣')?;
        Some(Self { initial: number / 588, vowel: number % 588 / 28, last: number % 28 })
    }

    fn letter(self) -> char {
        let number = '가' as u32 + (self.initial * 588 + self.vowel * 28 + self.last) as u32;
        char::from_u32(number).unwrap_or('가')
    }
}

/// How Hangul is romanised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Romanisation {
    /// Revised Romanization of 2000 (Gowon, Cheongjin).
    Revised,
    /// McCune–Reischauer without its marks (Kowon, Chongjin).
    McCuneReischauer,
    /// As the North writes its names: aspirates with h (Phyongyang), every initial voiceless.
    Northern,
}

/// Latin letters of a Hangul word; what are not syllables are left out.
pub(crate) fn romanised(word: &str, system: Romanisation) -> String {
    let syllables: Vec<Syllable> = word.nfc().filter_map(Syllable::of).collect();
    let mut latin = String::new();
    let mut before = Sound::Start;
    for (at, syllable) in syllables.iter().enumerate() {
        latin.push_str(initial(syllable.initial, before, system));
        latin.push_str(vowel(syllable.vowel, system));
        let next = syllables.get(at + 1).map(|next| INITIALS[next.initial]);
        let (letters, sound) = last(syllable.last, next, system);
        latin.push_str(letters);
        before = sound;
    }
    latin
}

/// What stands before a first consonant.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sound {
    Start,
    Vowel,
    Nasal,
    Liquid,
    Stop,
}

fn initial(number: usize, before: Sound, system: Romanisation) -> &'static str {
    const REVISED: [&str; 19] =
        ["g", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s", "ss", "", "j", "jj", "ch", "k", "t", "p", "h"];
    const NORTHERN: [&str; 19] =
        ["k", "kk", "n", "t", "tt", "r", "m", "p", "pp", "s", "ss", "", "j", "jj", "ch", "kh", "th", "ph", "h"];
    let voiced = matches!(before, Sound::Vowel | Sound::Nasal | Sound::Liquid);
    match (INITIALS[number], before) {
        ('ㄹ' | 'ㄴ', Sound::Liquid) => return "l",
        ('ㄹ', Sound::Nasal | Sound::Stop) => return "n",
        _ => {}
    }
    match (system, INITIALS[number]) {
        (Romanisation::Northern, _) => NORTHERN[number],
        (Romanisation::McCuneReischauer, 'ㅈ') if !voiced => "ch",
        (Romanisation::McCuneReischauer, 'ㅉ') => "tch",
        (Romanisation::McCuneReischauer, 'ㄱ' | 'ㄷ' | 'ㅂ') if !voiced => NORTHERN[number],
        (Romanisation::McCuneReischauer | Romanisation::Revised, _) => REVISED[number],
    }
}

fn vowel(number: usize, system: Romanisation) -> &'static str {
    const REVISED: [&str; 21] = [
        "a", "ae", "ya", "yae", "eo", "e", "yeo", "ye", "o", "wa", "wae", "oe", "yo", "u", "wo", "we", "wi", "yu",
        "eu", "ui", "i",
    ];
    const OTHERS: [&str; 21] = [
        "a", "ae", "ya", "yae", "o", "e", "yo", "ye", "o", "wa", "wae", "oe", "yo", "u", "wo", "we", "wi", "yu", "u",
        "ui", "i",
    ];
    if system == Romanisation::Revised { REVISED[number] } else { OTHERS[number] }
}

/// The last consonant as it sounds before the next syllable's first.
fn last(number: usize, next: Option<char>, system: Romanisation) -> (&'static str, Sound) {
    let Some(consonants) = number.checked_sub(1).map(|number| FINALS[number]) else { return ("", Sound::Vowel) };
    let consonant = consonants.chars().next().unwrap_or('ㅇ');
    let nasal = matches!(next, Some('ㄴ' | 'ㅁ' | 'ㄹ'));
    let linked = next == Some('ㅇ');
    let revised = system == Romanisation::Revised || linked;
    match consonant {
        'ㄱ' | 'ㄲ' | 'ㅋ' if nasal => ("ng", Sound::Nasal),
        'ㄱ' if linked => (if revised { "g" } else { "k" }, Sound::Vowel),
        'ㄱ' | 'ㄲ' | 'ㅋ' => ("k", Sound::Stop),
        'ㄴ' if next == Some('ㄹ') => ("l", Sound::Liquid),
        'ㄴ' => ("n", if linked { Sound::Vowel } else { Sound::Nasal }),
        'ㄹ' => (if linked { "r" } else { "l" }, if linked { Sound::Vowel } else { Sound::Liquid }),
        'ㅁ' => ("m", if linked { Sound::Vowel } else { Sound::Nasal }),
        'ㅂ' | 'ㅍ' if nasal => ("m", Sound::Nasal),
        'ㅂ' if linked => ("b", Sound::Vowel),
        'ㅂ' | 'ㅍ' => ("p", Sound::Stop),
        'ㅇ' => ("ng", Sound::Nasal),
        'ㅅ' | 'ㅆ' if linked => ("s", Sound::Vowel),
        'ㅈ' if linked => ("j", Sound::Vowel),
        'ㅊ' if linked => ("ch", Sound::Vowel),
        'ㅎ' if linked => ("", Sound::Vowel),
        _ if nasal => ("n", Sound::Nasal),
        _ => ("t", Sound::Stop),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_systems_differ_as_they_do_on_maps() {
        use Romanisation::{McCuneReischauer, Northern, Revised};
        for (hangul, revised, reischauer, northern) in [
            ("평양", "pyeongyang", "pyongyang", "phyongyang"),
            ("청진", "cheongjin", "chongjin", "chongjin"),
            ("고원", "gowon", "kowon", "kowon"),
            ("두만강", "dumangang", "tumangang", "tumankang"),
            ("신의주", "sinuiju", "sinuiju", "sinuiju"),
            ("함흥", "hamheung", "hamhung", "hamhung"),
            ("부산", "busan", "pusan", "pusan"),
            ("신라", "silla", "silla", "silla"),
            ("독립문", "dongnimmun", "tongnimmun", "tongnimmun"),
        ] {
            assert_eq!(romanised(hangul, Revised), revised);
            assert_eq!(romanised(hangul, McCuneReischauer), reischauer);
            assert_eq!(romanised(hangul, Northern), northern);
        }
    }

    #[test]
    fn the_south_drops_what_the_north_keeps() {
        assert_eq!(southern("라진").as_deref(), Some("나진"));
        assert_eq!(southern("룡천").as_deref(), Some("용천"));
        assert_eq!(southern("평양"), None);
        assert_eq!(initials("평양").map(String::from_iter).as_deref(), Some("ㅍㅇ"));
    }
}
