//! The ways to understand a text, and what is found of each.

use std::cmp::Reverse;

use crate::generic::{Sought, without_generic};
use crate::index::Index;
use crate::lexicon::Lexicon;
use crate::quality::{By, Fit, Hit, LEAST_SHARE, Typed, kind_points};
use crate::reading::{Form, Forms, Side};
use crate::walk::{Spotted, Wanted, walk};

/// One way to understand a text.
pub(crate) struct Variant {
    words: Vec<Forms>,
    /// The only word is all that were typed.
    is_joined: bool,
    /// No word was left out, no key exchanged.
    pub is_as_typed: bool,
    /// Points lost for not being what was typed.
    pub loss: u16,
    pub sought: Option<Sought>,
}

const STRIPPED_LOSS: u16 = 20;
const JOINED_LOSS: u16 = 5;
const LAYOUT_LOSS: u16 = 100;
/// A beginning that more names share is followed to so many of the best only.
const HITS_MAX: usize = 20_000;
/// A word that few names have weighs up to so many times more than one that all have.
const RARITY_MAX: u32 = 8;

/// The words as typed, written as one, and without those that only say what the place is.
pub(crate) fn variants(words: &[String]) -> Vec<Variant> {
    let mut variants = Vec::new();
    let mut push = |words: &[String], loss, sought: Option<Sought>| {
        let words: Vec<Forms> = words.iter().map(|word| Forms::of(word, Side::Query)).collect();
        let is_as_typed = sought.is_none();
        if words.len() > 1 {
            let joined = vec![Forms::joined(&words)];
            variants.push(Variant { words: joined, is_joined: true, is_as_typed, loss: loss + JOINED_LOSS, sought });
        }
        if !words.is_empty() {
            variants.push(Variant { words, is_joined: false, is_as_typed, loss, sought });
        }
    };
    push(words, 0, None);
    if let Some((words, sought)) = without_generic(words) {
        push(&words, STRIPPED_LOSS, Some(sought));
    }
    variants
}

/// Words of a lexicon for a form of a word.
struct Sight<'a> {
    lexicon: &'a Lexicon,
    by: By,
    typed: Typed,
    loss: u8,
    spotted: Vec<Spotted>,
}

impl Variant {
    /// As what was meant by keys struck in another script.
    pub(crate) fn retyped(self) -> Self {
        Self { is_as_typed: false, loss: self.loss + LAYOUT_LOSS, ..self }
    }

    /// What its words are found in, sorted by name, word and points; and how much each word weighs.
    pub(crate) fn hits(&self, index: &Index) -> (Vec<Hit>, Vec<u32>) {
        let sights: Vec<Vec<Sight>> = (0..self.words.len()).map(|word| self.sights(word, index)).collect();
        let weights = self.weights(&sights, index);
        let mut order: Vec<usize> = (0..self.words.len()).collect();
        order.sort_by_key(|word| Reverse(weights[*word]));
        let total: u32 = weights.iter().sum();
        let mut rest = total;
        let mut seen = Marks::new(if self.words.len() > 1 { index.names.len() } else { 0 });
        let mut hits = Vec::new();
        for (turn, word) in order.into_iter().enumerate() {
            // The words still to come are too few for a name that none of the words before is found in.
            let only_seen = rest * 100 < total * LEAST_SHARE;
            rest -= weights[word];
            let first = hits.len();
            for sight in &sights[word] {
                self.note(word, sight, &mut hits, |name| !only_seen || seen.has(name));
            }
            if turn + 1 < self.words.len() {
                hits[first..].iter().for_each(|hit: &Hit| seen.mark(hit.name));
            }
        }
        if self.words.len() == 1 && hits.len() > HITS_MAX {
            hits.select_nth_unstable_by_key(HITS_MAX, |hit| {
                let entry = index.names[hit.name as usize].entry;
                let place = index.importance(entry) + kind_points(index.entry(entry).kind);
                (Reverse(hit.points + place), hit.position, hit.name)
            });
            hits.truncate(HITS_MAX);
        }
        hits.sort_unstable_by_key(|hit| (hit.name, hit.word, Reverse(hit.points), hit.position));
        (hits, weights)
    }

    fn sights<'a>(&self, word: usize, index: &'a Index) -> Vec<Sight<'a>> {
        let Forms { plain, sounds, script } = &self.words[word];
        let plain = plain.iter().map(|form| (By::Letters, &index.letters, form));
        let forms = plain.chain(sounds.iter().map(|form| (By::Sound, &index.sounds, form)));
        let sight = |(by, lexicon, form): (By, &'a Lexicon, &Form)| {
            let letters = &form.letters;
            let (letters_typed, is_last) = (letters.len(), word + 1 == self.words.len());
            let typed = Typed { letters: letters_typed, script: *script, is_last, is_joined: self.is_joined };
            let wanted = Wanted { letters, typos: typed.typos(by), prefix_typos: typed.prefix_typos(by) };
            Sight { lexicon, by, typed, loss: form.loss, spotted: walk(lexicon, wanted) }
        };
        forms.map(sight).collect()
    }

    /// Letters times rarity; a word that is found nowhere counts as one that is rare.
    fn weights(&self, sights: &[Vec<Sight>], index: &Index) -> Vec<u32> {
        let weight = |(word, sights): (&Forms, &Vec<Sight>)| {
            let spotted = sights.iter().flat_map(|sight| sight.spotted.iter().map(|spotted| (sight.lexicon, spotted)));
            let names: usize = spotted.map(|(lexicon, spotted)| lexicon.postings_of(spotted.words.clone()).len()).sum();
            let rarity = (index.names.len() / (names + 1)).checked_ilog2().unwrap_or(0).clamp(1, RARITY_MAX);
            word.plain[0].letters.len().max(1) as u32 * rarity
        };
        self.words.iter().zip(sights).map(weight).collect()
    }

    fn note(&self, word: usize, sight: &Sight, hits: &mut Vec<Hit>, is_wanted: impl Fn(u32) -> bool) {
        for spotted in &sight.spotted {
            for number in spotted.words.clone() {
                let rest = sight.lexicon.word(number).len().saturating_sub(sight.typed.letters);
                let rest = spotted.prefix.then_some(rest);
                for posting in sight.lexicon.postings(number) {
                    // A name written as one word is compared with a text written as one word.
                    if posting.span > 1 && self.words.len() > 1 || !is_wanted(posting.name) {
                        continue;
                    }
                    let loss = sight.loss.saturating_add(posting.loss);
                    let fit = match (spotted.prefix, sight.by, spotted.typos, loss) {
                        (true, ..) => Fit::Prefix,
                        (false, By::Letters, 0, 0) => Fit::Exact,
                        _ => Fit::Whole,
                    };
                    hits.push(Hit {
                        name: posting.name,
                        word: word as u8,
                        position: posting.position,
                        span: posting.span,
                        fit,
                        points: sight.typed.points(sight.by, spotted.typos, rest, loss),
                    });
                }
            }
        }
    }
}

/// A set of names.
struct Marks(Vec<u64>);

impl Marks {
    fn new(names: usize) -> Self {
        Self(vec![0; names.div_ceil(64)])
    }

    fn mark(&mut self, name: u32) {
        self.0[name as usize / 64] |= 1 << (name % 64);
    }

    fn has(&self, name: u32) -> bool {
        self.0[name as usize / 64] >> (name % 64) & 1 == 1
    }
}
