//! How well a name fits what was typed: points of words, put together to points of names.

use crate::entry::Kind;
use crate::reading::Script;

/// A word of a query found in a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Hit {
    pub name: u32,
    /// The word of the query.
    pub word: u8,
    /// The word of the name, and how many words from there.
    pub position: u8,
    pub span: u8,
    pub fit: Fit,
    /// At most 1,000.
    pub points: u16,
}

/// How a word fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fit {
    /// Letter by letter.
    Exact,
    /// Whole, with typos or in another spelling.
    Whole,
    /// As its beginning.
    Prefix,
}

/// The two ways to look words up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum By {
    Letters,
    Sound,
}

/// A word of a query as far as points go.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Typed {
    pub letters: usize,
    pub script: Script,
    /// No word follows it.
    pub is_last: bool,
    /// It is several words written as one; a second typo is looked for in each of them by itself.
    pub is_joined: bool,
}

const WHOLE: u16 = 1000;
const SOUND_LOSS: u16 = 70;
/// So few letters sound like many things.
const SHORT_SOUND: usize = 3;
const SHORT_SOUND_LOSS: u16 = 80;
const PREFIX_LOSS: u16 = 40;
/// What is lost where hardly anything of a word is typed.
const COMPLETION_LOSS: usize = 60;
const EARLY_PREFIX_LOSS: u16 = 60;
/// Lost where all of a word is mistyped: a typo in a short word weighs more.
const TYPO_LOSS: u16 = 1200;
const COMPLETE_GAIN: u16 = 50;
const MISSING_LOSS: u16 = 100;
const UNCOVERED_LOSS: u16 = 80;
/// Lost where only words such as Hbf are not typed.
const QUIET_LOSS: u16 = 10;
const LATER_LOSS: u16 = 90;
const DISORDER_LOSS: u16 = 40;
/// Names that fit worse are not found.
const LEAST: u16 = 450;
/// Nor are those in which words are found that weigh less than so many hundredths of what was typed.
pub(crate) const LEAST_SHARE: u32 = 55;

/// Points for what a place is.
pub(crate) fn kind_points(kind: Kind) -> u16 {
    match kind {
        Kind::City => 60,
        Kind::Station | Kind::Airport => 20,
        Kind::Town => 10,
        Kind::Stop => 0,
    }
}

impl Typed {
    /// Most typos in a whole word.
    pub(crate) fn typos(self, by: By) -> u8 {
        match (self.script, self.letters, by) {
            (Script::Digits, ..) | (_, 0..=3, _) => 0,
            (_, 4..=7, _) | (_, _, By::Sound) => 1,
            _ if self.is_joined => 1,
            _ => 2,
        }
    }

    /// Most typos in the beginning of a word, if a beginning is enough.
    pub(crate) fn prefix_typos(self, by: By) -> Option<u8> {
        let is_long_enough = match (self.script, by) {
            (Script::Han, By::Sound) => false,
            (Script::Han, By::Letters) => self.is_last,
            (Script::Latin | Script::Digits, By::Sound) => self.letters >= 3,
            (_, By::Letters) if self.is_last => true,
            _ => self.letters >= 2,
        };
        let typos = match (self.script, self.letters) {
            (Script::Digits, _) | (_, 0..=4) => 0,
            (_, 5..=8) => 1,
            _ => self.typos(by),
        };
        is_long_enough.then_some(typos)
    }

    /// Points for a word with so many typos, of which so many letters are more than was typed.
    pub(crate) fn points(self, by: By, typos: u8, rest: Option<usize>, loss: u8) -> u16 {
        let mut lost = u16::from(loss);
        if by == By::Sound {
            lost += SOUND_LOSS + if self.letters <= SHORT_SOUND { SHORT_SOUND_LOSS } else { 0 };
        }
        lost += u16::from(typos) * (TYPO_LOSS / self.letters.max(1) as u16).clamp(100, 300);
        if let Some(rest) = rest {
            lost += PREFIX_LOSS + (COMPLETION_LOSS * rest / (rest + self.letters).max(1)) as u16;
            lost += if self.is_last { 0 } else { EARLY_PREFIX_LOSS };
        }
        WHOLE.saturating_sub(lost)
    }
}

/// How well a name fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct NameFit {
    /// It is the very name.
    pub exact: bool,
    pub quality: u16,
}

/// The words of a name.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NameWords {
    /// How many, at most [`crate::WORDS_MAX`].
    pub words: u8,
    /// Those that nobody needs to type, such as Hbf: bit 0 is the first word.
    pub quiet: u16,
}

/// Puts together what was found in one name, for each word of the query at least the best hit; `None` if it is too little.
///
/// `hits` are sorted by word, the best first; `weights` are those of the words of the query.
pub(crate) fn name_fit(hits: &[Hit], weights: &[u32], name: NameWords) -> Option<NameFit> {
    let total: u32 = weights.iter().sum();
    let (mut sum, mut found, mut covered) = (0, 0, 0_u32);
    let (mut exact, mut whole, mut ordered) = (true, true, true);
    let (mut first, mut last) = (None, None);
    let mut missing = weights.len();
    for of_word in hits.chunk_by(|one, other| one.word == other.word) {
        // Of equally good places in the name the first one after the word before.
        let best = of_word[0].points;
        let equal = of_word.iter().take_while(|hit| hit.points == best);
        let hit = equal.clone().find(|hit| last.is_none_or(|last| hit.position > last)).unwrap_or(&of_word[0]);
        let weight = weights[usize::from(hit.word)];
        sum += u32::from(hit.points) * weight;
        found += weight;
        missing -= 1;
        covered |= ((1_u32 << hit.span.min(31)) - 1) << hit.position.min(31);
        exact &= hit.fit == Fit::Exact;
        whole &= hit.fit != Fit::Prefix;
        ordered &= last.is_none_or(|last| hit.position > last);
        first = first.or(Some(hit.position));
        last = Some(hit.position);
    }
    if found * 100 < total * LEAST_SHARE {
        return None;
    }
    let uncovered = !covered & ((1_u32 << name.words) - 1);
    let loud = (uncovered & !u32::from(name.quiet)).count_ones() as u16;
    let complete = missing == 0 && uncovered == 0 && whole;
    let mut quality = (sum / total.max(1)) as u16;
    let mut lost = UNCOVERED_LOSS * loud / u16::from(name.words.max(1));
    if uncovered & u32::from(name.quiet) != 0 {
        lost += QUIET_LOSS;
    }
    if complete {
        quality += COMPLETE_GAIN;
    }
    if missing > 0 {
        lost += MISSING_LOSS;
    }
    if first != Some(0) {
        lost += LATER_LOSS;
    }
    if !ordered {
        lost += DISORDER_LOSS;
    }
    quality = quality.saturating_sub(lost);
    (quality >= LEAST).then_some(NameFit { exact: complete && exact && ordered, quality })
}
