//! A query answered: its variants, the words found, the names they make up, the entries ranked and grouped.

use std::cmp::Reverse;
use std::collections::HashSet;

use tumen_base::metres_between;

use crate::answer::{Answer, Found, Member, Score};
use crate::entry::{EntryId, Position};
use crate::generic::{Sought, without_generic};
use crate::index::{Index, code_key};
use crate::keyboard::other_layouts;
use crate::quality::{NameFit, kind_points, name_fit};
use crate::reading::read;
use crate::variant::{Variant, variants};

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

/// Lost by what is not of the kind that was asked for.
const OTHER_KIND_LOSS: u16 = 350;
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
    Id,
}

impl Index {
    /// The places that a text may mean, the best first.
    ///
    /// Every name of which the text is a beginning, letter by letter or as it sounds, is found if the limit allows, and every name of five
    /// letters or more in which one letter is missing, added or wrong, or two neighbours are exchanged.
    pub fn search(&self, query: &Query) -> Answer<'_> {
        let reading = read(query.text);
        let mut ranking = Ranking { index: self, near: query.near, offers: Vec::new() };
        for variant in variants(&reading.words) {
            ranking.add_names(&variant);
        }
        ranking.add_codes(query.text);
        let is_long_enough = query.text.chars().nth(LAYOUT_LETTERS_MIN - 1).is_some() && !reading.words.is_empty();
        let fits_badly =
            |(_, ranked): &(EntryId, Ranked)| ranked.score.exact == 0 && ranked.score.quality < LAYOUT_BELOW;
        if is_long_enough && ranking.offers.iter().all(fits_badly) {
            for text in other_layouts(query.text) {
                for variant in variants(&read(&text).words) {
                    ranking.add_names(&variant.retyped());
                }
            }
        }
        ranking.settle();
        let sought = without_generic(&reading.words).map(|(_, sought)| sought);
        Answer { found: ranking.arrange(query, sought), truncated: reading.truncated }
    }
}

/// The best that was found of each entry.
struct Ranking<'a> {
    index: &'a Index,
    near: Option<Position>,
    /// Everything found; after [`Self::settle`] one for each entry, by entry.
    offers: Vec<(EntryId, Ranked)>,
}

impl<'a> Ranking<'a> {
    fn add_names(&mut self, variant: &Variant) {
        let (hits, weights) = variant.hits(self.index);
        for hits in hits.chunk_by(|one, other| one.name == other.name) {
            let name = self.index.names[hits[0].name as usize];
            let Some(NameFit { exact, quality }) = name_fit(hits, &weights, name.words) else { continue };
            let is_sought = variant.sought.is_none_or(|sought| sought.is(self.index.entry(name.entry).kind));
            let lost = variant.loss + if is_sought { 0 } else { OTHER_KIND_LOSS };
            let exact = if exact && variant.is_as_typed && is_sought { 2 } else { 0 };
            self.offer(name.entry, exact, quality.saturating_sub(lost), Matched::Name(name.number));
        }
    }

    fn add_codes(&mut self, text: &str) {
        if let Some(entry) = self.index.with_id(text.trim()) {
            self.offer(entry, 1, CODE_QUALITY, Matched::Id);
        }
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
        let near = self.near.zip(position).map_or(0.0, |(one, other)| {
            let metres = metres_between((one.latitude, one.longitude), (other.latitude, other.longitude));
            NEAR_POINTS * (1.0 - metres / NEAR_M).max(0.0)
        });
        let (importance, kind) = (self.index.importance(entry), kind_points(kind));
        let score = Score { exact, quality, importance, kind, near: near as u16 };
        self.offers.push((entry, Ranked { score, matched }));
    }

    /// Keeps the best of each entry.
    fn settle(&mut self) {
        self.offers.sort_by_key(|(entry, ranked)| (*entry, Reverse((ranked.score.exact, ranked.score.sum()))));
        self.offers.dedup_by_key(|(entry, _)| *entry);
    }

    fn best(&self, entry: EntryId) -> Option<&Ranked> {
        self.offers.binary_search_by_key(&entry, |(entry, _)| *entry).ok().map(|number| &self.offers[number].1)
    }

    fn rank(&self, entry: EntryId, ranked: &Ranked) -> impl Ord + use<> {
        let kind = self.index.entry(entry).kind;
        let importance = self.index.entry(entry).importance;
        (Reverse(ranked.score.exact), Reverse(ranked.score.sum()), kind, Reverse(importance), entry)
    }

    /// The best, each city with the members that were not found ahead of it.
    fn arrange(&self, query: &Query, sought: Option<Sought>) -> Vec<Found<'a>> {
        let mut ranked = self.offers.clone();
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
                Matched::Code(number) => &place.codes[usize::from(number)],
                Matched::Id => &place.id,
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
            let own = self.best(*member).map(|ranked| Reverse((ranked.score.exact, ranked.score.sum())));
            let is_sought = sought.is_some_and(|sought| sought.is(place.kind));
            (!is_sought, own.is_none(), own, Reverse(place.importance), *member)
        });
        members.truncate(MEMBERS_MAX);
        let describe = |entry| Member {
            entry,
            name: self.index.entry(entry).name_in(query.language),
            fits: self.best(entry).is_some(),
        };
        members.into_iter().map(describe).collect()
    }
}
