//! A query answered: its variants, the words found, the names they make up, the entries ranked and grouped.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use tumen_base::metres_between;

use crate::answer::{Answer, Found, Member, Score};
use crate::entry::{EntryId, Kind, Position};
use crate::generic::{Sought, without_generic};
use crate::index::{Index, code_key};
use crate::keyboard::other_layouts;
use crate::lexicon::Lexicon;
use crate::quality::{By, Fit, Hit, NameFit, Typed, name_fit};
use crate::reading::{Form, Forms, Side, read};
use crate::walk::{Wanted, walk};

/// So many members are listed below a city.
pub const MEMBERS_MAX: usize = 20;

/// What is searched for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Query<'a> {
    /// What was typed, finished or not.
    pub text: &'a str,
    /// The language of the names returned; empty for the first name of each.
    pub language: &'a str,
    /// Most places found.
    pub limit: usize,
    /// Of places that fit alike, those nearer to this point come first.
    pub near: Option<Position>,
}

impl Default for Query<'_> {
    fn default() -> Self {
        Self { text: "", language: "", limit: 10, near: None }
    }
}

/// Lost by what was read in another way than it was typed.
const STRIPPED_LOSS: u16 = 20;
const OTHER_KIND_LOSS: u16 = 100;
const LAYOUT_LOSS: u16 = 100;
/// Where nothing fits better than this, the text is read as if the keyboard had been set to another script.
const LAYOUT_BELOW: u16 = 800;
const LAYOUT_LETTERS_MIN: usize = 3;
/// A code typed in small letters or in part.
const SMALL_CODE_QUALITY: u16 = 940;
const PART_CODE_QUALITY: u16 = 700;
const PART_CODE_LETTERS_MIN: usize = 3;
const CODE_QUALITY: u16 = 1000;
/// Beyond this nothing is near.
const NEAR_M: f64 = 500_000.0;
const NEAR_POINTS: f64 = 60.0;

/// One way to understand the text.
struct Variant {
    words: Vec<Forms>,
    loss: u16,
    sought: Option<Sought>,
}

/// An entry and why it was found.
#[derive(Clone, Copy, Debug)]
struct Ranked {
    score: Score,
    matched: Matched,
}

#[derive(Clone, Copy, Debug)]
enum Matched {
    Name(u16),
    Code(u16),
}

impl Index {
    /// The places that a text may mean, the best first.
    ///
    /// Every name of which the text is a beginning, letter by letter or as it sounds, is found if the limit allows, and every name of five
    /// letters or more in which one letter is missing, added or wrong, or two neighbours are exchanged.
    pub fn search(&self, query: &Query) -> Answer<'_> {
        let reading = read(query.text);
        let mut ranking = Ranking { index: self, near: query.near, best: HashMap::new() };
        for variant in variants(&reading.words, 0) {
            ranking.add_names(&variant);
        }
        ranking.add_codes(query.text);
        let is_long_enough = query.text.chars().nth(LAYOUT_LETTERS_MIN - 1).is_some() && !reading.words.is_empty();
        let fits_badly = |ranked: &Ranked| ranked.score.exact == 0 && ranked.score.quality < LAYOUT_BELOW;
        if is_long_enough && ranking.best.values().all(fits_badly) {
            for text in other_layouts(query.text) {
                for variant in variants(&read(&text).words, LAYOUT_LOSS) {
                    ranking.add_names(&variant);
                }
            }
        }
        let sought = without_generic(&reading.words).map(|(_, sought)| sought);
        Answer { found: ranking.arrange(query, sought), truncated: reading.truncated }
    }
}

/// The words as typed, written as one, and without those that only say what the place is.
fn variants(words: &[String], loss: u16) -> Vec<Variant> {
    let mut variants = Vec::new();
    let mut push = |words: &[String], loss, sought| {
        let words: Vec<Forms> = words.iter().map(|word| Forms::of(word, Side::Query)).collect();
        if words.len() > 1 {
            variants.push(Variant { words: vec![Forms::joined(&words)], loss, sought });
        }
        if !words.is_empty() {
            variants.push(Variant { words, loss, sought });
        }
    };
    push(words, loss, None);
    if let Some((words, sought)) = without_generic(words) {
        push(&words, loss + STRIPPED_LOSS, Some(sought));
    }
    variants
}

impl Variant {
    /// What each of its words is found in, sorted by name, word and points.
    fn hits(&self, index: &Index) -> Vec<Hit> {
        let mut hits = Vec::new();
        for (number, word) in self.words.iter().enumerate() {
            for form in &word.plain {
                self.look_up(number, form, By::Letters, &index.letters, &mut hits);
            }
            for form in &word.sounds {
                self.look_up(number, form, By::Sound, &index.sounds, &mut hits);
            }
        }
        hits.sort_unstable_by_key(|hit| (hit.name, hit.word, Reverse(hit.points), hit.position));
        hits
    }

    fn look_up(&self, number: usize, form: &Form, by: By, lexicon: &Lexicon, hits: &mut Vec<Hit>) {
        let typed = self.typed(number, form);
        let wanted = Wanted { letters: &form.letters, typos: typed.typos(), prefix_typos: typed.prefix_typos(by) };
        for spotted in walk(lexicon, wanted) {
            for word in spotted.words {
                let rest = spotted.prefix.then(|| lexicon.word(word).len().saturating_sub(typed.letters));
                for posting in lexicon.postings(word) {
                    // A name written as one word is compared with a text written as one word.
                    if posting.span > 1 && self.words.len() > 1 {
                        continue;
                    }
                    let loss = form.loss.saturating_add(posting.loss);
                    let fit = match (spotted.prefix, by, spotted.typos, loss) {
                        (true, ..) => Fit::Prefix,
                        (false, By::Letters, 0, 0) => Fit::Exact,
                        _ => Fit::Whole,
                    };
                    hits.push(Hit {
                        name: posting.name,
                        word: number as u8,
                        position: posting.position,
                        span: posting.span,
                        fit,
                        points: typed.points(by, spotted.typos, rest, loss),
                    });
                }
            }
        }
    }

    fn typed(&self, number: usize, form: &Form) -> Typed {
        Typed {
            letters: form.letters.len(),
            script: self.words[number].script,
            is_last: number + 1 == self.words.len(),
        }
    }
}

/// The best that was found of each entry.
struct Ranking<'a> {
    index: &'a Index,
    near: Option<Position>,
    best: HashMap<EntryId, Ranked>,
}

impl<'a> Ranking<'a> {
    fn add_names(&mut self, variant: &Variant) {
        let typed: Vec<Typed> =
            variant.words.iter().enumerate().map(|(number, word)| variant.typed(number, &word.plain[0])).collect();
        for hits in variant.hits(self.index).chunk_by(|one, other| one.name == other.name) {
            let name = self.index.names[hits[0].name as usize];
            let Some(NameFit { exact, quality }) = name_fit(hits, &typed, name.words) else { continue };
            let is_sought = variant.sought.is_none_or(|sought| sought.is(self.index.entry(name.entry).kind));
            let lost = variant.loss + if is_sought { 0 } else { OTHER_KIND_LOSS };
            let exact = if exact && variant.loss == 0 && is_sought { 2 } else { 0 };
            self.offer(name.entry, exact, quality.saturating_sub(lost), Matched::Name(name.number));
        }
    }

    fn add_codes(&mut self, text: &str) {
        let Some(key) = code_key(text) else { return };
        let codes = &self.index.codes;
        let start = codes.partition_point(|code| *code.code < *key);
        let looks_like_code = !text.chars().any(char::is_lowercase);
        for code in codes[start..].iter().take_while(|code| code.code.starts_with(&key)) {
            let (exact, quality) = match (*code.code == *key, looks_like_code) {
                (true, true) => (1, CODE_QUALITY),
                (true, false) => (0, SMALL_CODE_QUALITY),
                (false, _) if key.chars().count() >= PART_CODE_LETTERS_MIN => (0, PART_CODE_QUALITY),
                (false, _) => continue,
            };
            self.offer(code.entry, exact, quality, Matched::Code(code.number));
        }
    }

    fn offer(&mut self, entry: EntryId, exact: u8, quality: u16, matched: Matched) {
        let (kind, position) = (self.index.entry(entry).kind, self.index.entry(entry).position);
        let kind = match kind {
            Kind::City => 30,
            Kind::Station | Kind::Airport => 15,
            Kind::Town => 5,
            Kind::Stop => 0,
        };
        let near = self.near.zip(position).map_or(0.0, |(one, other)| {
            let metres = metres_between((one.latitude, one.longitude), (other.latitude, other.longitude));
            NEAR_POINTS * (1.0 - metres / NEAR_M).max(0.0)
        });
        let score = Score { exact, quality, importance: self.index.importance(entry), kind, near: near as u16 };
        let ranked = Ranked { score, matched };
        let best = self.best.entry(entry).or_insert(ranked);
        if (score.exact, score.sum()) > (best.score.exact, best.score.sum()) {
            *best = ranked;
        }
    }

    fn rank(&self, entry: EntryId, ranked: &Ranked) -> impl Ord + use<> {
        let kind = self.index.entry(entry).kind;
        let importance = self.index.entry(entry).importance;
        (Reverse(ranked.score.exact), Reverse(ranked.score.sum()), kind, Reverse(importance), entry)
    }

    /// The best, each city with the members that were not found ahead of it.
    fn arrange(&self, query: &Query, sought: Option<Sought>) -> Vec<Found<'a>> {
        let mut ranked: Vec<(EntryId, Ranked)> = self.best.iter().map(|(entry, ranked)| (*entry, *ranked)).collect();
        // Those that go below a city leave room for so many more.
        let most = query.limit.saturating_mul(MEMBERS_MAX + 1);
        if most < ranked.len() {
            ranked.select_nth_unstable_by_key(most, |(entry, ranked)| self.rank(*entry, ranked));
            ranked.truncate(most);
        }
        ranked.sort_unstable_by_key(|(entry, ranked)| self.rank(*entry, ranked));
        let mut listed: HashSet<EntryId> = HashSet::new();
        let mut found = Vec::new();
        for (entry, ranked) in ranked {
            if found.len() == query.limit {
                break;
            }
            if !listed.insert(entry) {
                continue;
            }
            let members = self.members(entry, query, sought, &listed);
            listed.extend(members.iter().map(|member| member.entry));
            let place = self.index.entry(entry);
            let matched = match ranked.matched {
                Matched::Name(number) => &place.names[usize::from(number)].text,
                Matched::Code(number) => place.codes.get(usize::from(number)).unwrap_or(&place.id),
            };
            found.push(Found { entry, name: place.name_in(query.language), matched, score: ranked.score, members });
        }
        found
    }

    fn members(
        &self,
        city: EntryId,
        query: &Query,
        sought: Option<Sought>,
        listed: &HashSet<EntryId>,
    ) -> Vec<Member<'a>> {
        let mut members: Vec<EntryId> =
            self.index.members(city).iter().copied().filter(|member| !listed.contains(member)).collect();
        members.sort_by_key(|member| {
            let place = self.index.entry(*member);
            let own = self.best.get(member).map(|ranked| Reverse((ranked.score.exact, ranked.score.sum())));
            let is_sought = sought.is_some_and(|sought| sought.is(place.kind));
            (!is_sought, own.is_none(), own, Reverse(place.importance), *member)
        });
        members.truncate(MEMBERS_MAX);
        let describe = |entry| Member {
            entry,
            name: self.index.entry(entry).name_in(query.language),
            fits: self.best.contains_key(&entry),
        };
        members.into_iter().map(describe).collect()
    }
}
