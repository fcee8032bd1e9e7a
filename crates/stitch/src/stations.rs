//! The same stations in several feeds: codes, distance, names in any script, one to one.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use tumen_base::metres_between;
use tumen_feed::Feed;

use crate::families::{Families, Family};
use crate::report::{Evidence, StationDecision, StopName, Verdict, score};
use crate::spelling::{Likeness, likeness};

/// The score from which two stations are one place.
const NEEDED: f64 = 4.0;
/// The score from which a pair is listed, and joined where trains bear witness.
const SUSPECT: f64 = 2.5;
/// Stations farther from each other are only compared by codes and equal names.
const NEAR_M: f64 = 2_000.0;
/// Stations farther from each other are never one.
const FAR_M: f64 = 10_000.0;
/// Cells of the grid in degrees.
const CELL: f64 = 0.02;
/// Of one name so many stations are compared.
const NAMESAKES: usize = 20;

/// The places of all feeds.
#[derive(Debug, Default)]
pub(crate) struct Stations {
    /// By feed and own stop: its place.
    places: Vec<Vec<u32>>,
    /// By place: the feeds that have it.
    feeds: Vec<BTreeSet<u32>>,
    /// By place: a stop that names it, and its position.
    heads: Vec<Head>,
    /// Pairs of places that trains may bear witness for, with their decision.
    unsure: Vec<(u32, u32, usize)>,
    /// Joined stations of two feeds, by stop.
    pub pairs: Vec<(StopAt, StopAt)>,
    pub decisions: Vec<StationDecision>,
}

/// A stop of a feed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct StopAt {
    pub feed: u32,
    pub stop: u32,
}

#[derive(Clone, Copy, Debug, Default)]
struct Head {
    stop: StopAt,
    position: Option<(f64, f64)>,
}

/// A pair that was weighed.
struct Candidate {
    family: u32,
    place: u32,
    member: usize,
    metres: Option<f64>,
    evidence: Vec<Evidence>,
}

impl Candidate {
    fn score(&self) -> f64 {
        score(&self.evidence)
    }
}

/// The places found so far while feeds are added one by one.
#[derive(Default)]
struct Known<'a> {
    /// By place: the families it is made of.
    members: Vec<Vec<(u32, &'a Family)>>,
    grid: HashMap<(i32, i32), Vec<u32>>,
    by_name: HashMap<String, Vec<u32>>,
    by_uic: HashMap<u32, Vec<u32>>,
}

impl Stations {
    /// Finds the places of feeds.
    pub(crate) fn find(feeds: &[Feed]) -> Self {
        let families: Vec<Families> = feeds.iter().map(Families::of).collect();
        let mut stations = Self::default();
        let mut known = Known::default();
        for (index, of_feed) in families.iter().enumerate() {
            let feed = index as u32;
            let mut candidates: Vec<Candidate> = Vec::new();
            if index > 0 {
                for (number, family) in (0_u32..).zip(&of_feed.all) {
                    candidates.extend(known.candidates(family, number));
                }
                add_nearest(&mut candidates);
                candidates.sort_by(|one, other| {
                    let near = |one: &Candidate| one.metres.unwrap_or(f64::INFINITY);
                    let by_score = other.score().total_cmp(&one.score()).then(near(one).total_cmp(&near(other)));
                    by_score.then((one.family, one.place).cmp(&(other.family, other.place)))
                });
            }
            let mut place_of: Vec<Option<u32>> = vec![None; of_feed.all.len()];
            let mut taken: HashSet<u32> = HashSet::new();
            let mut unsure = Vec::new();
            for candidate in candidates {
                let (other, member) = known.members[candidate.place as usize][candidate.member];
                let own = &of_feed.all[candidate.family as usize];
                let (one, two) = (StopAt { feed: other, stop: member.tops[0] }, StopAt { feed, stop: own.tops[0] });
                let free = place_of[candidate.family as usize].is_none() && !taken.contains(&candidate.place);
                let (verdict, reason) = match candidate.score() {
                    _ if candidate.metres.is_some_and(|metres| metres > FAR_M) => {
                        let km = candidate.metres.unwrap_or(0.0) / 1000.0;
                        (Verdict::Refused, Some(format!("{km:.1} km apart: a name that two places share")))
                    }
                    score if score >= NEEDED && free => (Verdict::Joined, None),
                    score if score >= NEEDED => (Verdict::Refused, Some("another pair fits better".to_owned())),
                    score if score >= SUSPECT && free => (Verdict::Suspect, None),
                    _ => continue,
                };
                if verdict == Verdict::Joined {
                    place_of[candidate.family as usize] = Some(candidate.place);
                    taken.insert(candidate.place);
                    stations.pairs.push((one, two));
                } else if verdict == Verdict::Suspect {
                    unsure.push((candidate.family, candidate.place, stations.decisions.len()));
                }
                let score = candidate.score();
                stations.decisions.push(StationDecision {
                    one: stop_name(feeds, one),
                    other: stop_name(feeds, two),
                    metres: candidate.metres,
                    evidence: candidate.evidence,
                    score,
                    verdict,
                    reason,
                });
            }
            for (family, place) in of_feed.all.iter().zip(&mut place_of) {
                let number = *place.get_or_insert_with(|| {
                    known.members.push(Vec::new());
                    stations.feeds.push(BTreeSet::new());
                    let head = StopAt { feed, stop: family.tops[0] };
                    stations.heads.push(Head { stop: head, position: family.positions.first().copied() });
                    known.members.len() as u32 - 1
                });
                known.add(number, feed, family);
                stations.feeds[number as usize].insert(feed);
            }
            let place_of: Vec<u32> = place_of.into_iter().flatten().collect();
            stations
                .unsure
                .extend(unsure.into_iter().map(|(family, place, at)| (place, place_of[family as usize], at)));
            stations.places.push(of_feed.of_stop.iter().map(|&family| place_of[family as usize]).collect());
        }
        stations
    }

    /// The place of a stop.
    pub(crate) fn place(&self, at: StopAt) -> u32 {
        // One feed alone has its stops for places.
        let Some(places) = self.places.get(at.feed as usize) else { return at.stop };
        places.get(at.stop as usize).copied().unwrap_or(u32::MAX)
    }

    /// Whether several feeds have a place.
    pub(crate) fn is_shared(&self, place: u32) -> bool {
        self.feeds.get(place as usize).is_some_and(|feeds| feeds.len() > 1)
    }

    /// Where a place is.
    pub(crate) fn position(&self, place: u32) -> Option<(f64, f64)> {
        self.heads.get(place as usize)?.position
    }

    /// Pairs of places that trains may bear witness for, both ways.
    pub(crate) fn unsure(&self) -> HashSet<(u32, u32)> {
        self.unsure.iter().flat_map(|&(one, other, _)| [(one, other), (other, one)]).collect()
    }

    /// Joins the unsure pairs for which trains bear witness: they call at both at the same minute. Answers whether any was.
    pub(crate) fn settle(&mut self, witnesses: &BTreeMap<(u32, u32), usize>) -> bool {
        let mut became: HashMap<u32, u32> = HashMap::new();
        for (one, other, at) in std::mem::take(&mut self.unsure) {
            let seen = [(one, other), (other, one)].iter().filter_map(|pair| witnesses.get(pair)).sum::<usize>();
            let is_free = self.feeds[one as usize].is_disjoint(&self.feeds[other as usize]);
            if seen == 0 || !is_free || became.contains_key(&one) || became.contains_key(&other) {
                continue;
            }
            let decision = &mut self.decisions[at];
            let found = format!("{seen} pairs of trains that are the same call at both at one time");
            decision.evidence.push(Evidence::new("trains", found, 2.0));
            decision.score = score(&decision.evidence);
            if decision.score >= NEEDED {
                decision.verdict = Verdict::Joined;
                became.insert(other, one);
                let joined = std::mem::take(&mut self.feeds[other as usize]);
                self.feeds[one as usize].extend(joined);
                self.pairs.push((self.heads[one as usize].stop, self.heads[other as usize].stop));
            }
        }
        for place in self.places.iter_mut().flatten() {
            *place = became.get(place).copied().unwrap_or(*place);
        }
        !became.is_empty()
    }
}

impl<'a> Known<'a> {
    fn add(&mut self, place: u32, feed: u32, family: &'a Family) {
        self.members[place as usize].push((feed, family));
        for &position in &family.positions {
            let cell = self.grid.entry(cell_of(position)).or_default();
            if cell.last() != Some(&place) {
                cell.push(place);
            }
        }
        for name in &family.names {
            self.by_name.entry(name.concat()).or_default().push(place);
        }
        for &uic in &family.uic {
            self.by_uic.entry(uic).or_default().push(place);
        }
    }

    fn candidates(&self, family: &Family, number: u32) -> Vec<Candidate> {
        let mut places: BTreeSet<u32> = BTreeSet::new();
        for &position in &family.positions {
            let (north, east) = cell_of(position);
            // Cells are 2.2 km high and grow narrower towards the poles.
            let wide = (1.0 / position.0.to_radians().cos().max(0.05)).ceil() as i32;
            for north in north - 1..=north + 1 {
                let cells = (east - wide..=east + wide).filter_map(|east| self.grid.get(&(north, east)));
                places.extend(cells.flatten());
            }
        }
        let names = family.names.iter().filter_map(|name| self.by_name.get(&name.concat()));
        let codes = family.uic.iter().filter_map(|uic| self.by_uic.get(uic));
        places.extend(names.chain(codes).flat_map(|places| places.iter().take(NAMESAKES)));
        let weighed = places.into_iter().filter_map(|place| {
            let members = self.members[place as usize].iter().enumerate();
            let best = members
                .map(|(member, (_, other))| (weigh(family, other), member))
                .max_by(|one, other| score(&one.0.1).total_cmp(&score(&other.0.1)).then(other.1.cmp(&one.1)));
            best.map(|((metres, evidence), member)| Candidate { family: number, place, member, metres, evidence })
        });
        weighed.filter(|one| one.score() > 0.0).collect()
    }
}

fn cell_of(position: (f64, f64)) -> (i32, i32) {
    ((position.0 / CELL).floor() as i32, (position.1 / CELL).floor() as i32)
}

/// What speaks for and against two stations being one place.
fn weigh(one: &Family, other: &Family) -> (Option<f64>, Vec<Evidence>) {
    let pairs = one.positions.iter().flat_map(|here| other.positions.iter().map(|there| metres_between(*here, *there)));
    let metres = pairs.min_by(f64::total_cmp);
    let mut evidence = Vec::new();
    if let Some(uic) = one.uic.intersection(&other.uic).next() {
        evidence.push(Evidence::new("code", format!("UIC code {uic}"), 4.0));
    } else if let Some(code) = one.codes.intersection(&other.codes).next() {
        evidence.push(Evidence::new("code", format!("code {code}"), 1.0));
    }
    if let Some(metres) = metres {
        let weights = [(100.0, 3.0), (300.0, 2.5), (600.0, 2.0), (1_000.0, 1.5), (NEAR_M, 1.0)];
        let weight = weights.iter().find(|(most, _)| metres <= *most).map_or(0.0, |(_, weight)| *weight);
        evidence.push(Evidence::new("distance", format!("{metres:.0} m"), weight));
    }
    let pairs = one.names.iter().flat_map(|name| other.names.iter().map(|other| likeness(name, other)));
    let like = pairs.max().unwrap_or(Likeness::Incomparable);
    let (found, weight) = match like {
        Likeness::Equal => ("the same name", 3.0),
        Likeness::Similar => ("a similar name", 2.0),
        Likeness::Incomparable => ("names in other scripts", 0.0),
        Likeness::Different => ("another name", -1.0),
    };
    evidence.push(Evidence::new("name", found, weight));
    (metres, evidence)
}

/// Adds what it counts that neither of two stations has another one nearer to it.
fn add_nearest(candidates: &mut [Candidate]) {
    let mut by_family: HashMap<u32, f64> = HashMap::new();
    let mut by_place: HashMap<u32, f64> = HashMap::new();
    for candidate in candidates.iter() {
        let metres = candidate.metres.unwrap_or(f64::INFINITY);
        for (map, key) in [(&mut by_family, candidate.family), (&mut by_place, candidate.place)] {
            map.entry(key).and_modify(|least| *least = least.min(metres)).or_insert(metres);
        }
    }
    for candidate in candidates {
        let Some(metres) = candidate.metres.filter(|metres| *metres <= NEAR_M) else { continue };
        if metres <= by_family[&candidate.family] && metres <= by_place[&candidate.place] {
            candidate.evidence.push(Evidence::new("nearest", "neither has a nearer one", 1.0));
        }
    }
}

/// A stop as the report names it.
pub(crate) fn stop_name(feeds: &[Feed], at: StopAt) -> StopName {
    let feed = &feeds[at.feed as usize];
    let stop = &feed.stops[at.stop as usize];
    StopName {
        feed: feed.name.clone(),
        id: stop.id.clone(),
        name: stop.name.clone(),
        lat: stop.position.map(|position| position.0),
        lon: stop.position.map(|position| position.1),
    }
}
