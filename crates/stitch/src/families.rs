//! The stations of one feed: a stop with all below its topmost parent, and stops beside it that are parts of one station.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use tumen_base::metres_between;
use tumen_feed::Feed;

use crate::spelling::{Likeness, likeness, words};
use crate::trains::is_train;

/// Parts of one station lie so near to one another.
const PARTS_M: f64 = 400.0;

/// A station of a feed.
#[derive(Clone, Debug, Default)]
pub(crate) struct Family {
    /// Its topmost stops; the first names it.
    pub tops: Vec<u32>,
    /// Its names in words.
    pub names: Vec<Vec<String>>,
    /// Where its stops are.
    pub positions: Vec<(f64, f64)>,
    /// UIC station codes.
    pub uic: BTreeSet<u32>,
    /// Other codes, such as those of IATA.
    pub codes: BTreeSet<String>,
}

/// The families of a feed, and the family of each stop.
pub(crate) struct Families {
    pub all: Vec<Family>,
    pub of_stop: Vec<u32>,
}

impl Families {
    /// Groups the own stops of a feed. Two stops of one name beside each other are one station, unless a train calls at both: Niagara
    /// Falls is on either side of the border.
    pub(crate) fn of(feed: &Feed) -> Self {
        let tops: Vec<u32> = (0..feed.own_stops() as u32).map(|stop| top(feed, stop)).collect();
        let names = names_of_stops(feed);
        let leader = parts(feed, &tops, &names);
        let mut families: Vec<Family> = Vec::new();
        let mut number: HashMap<u32, u32> = HashMap::new();
        let mut of_stop = Vec::with_capacity(tops.len());
        for (stop, &top) in tops.iter().enumerate() {
            let lead = leader.get(&top).copied().unwrap_or(top);
            let index = *number.entry(lead).or_insert_with(|| {
                families.push(Family { tops: vec![lead], ..Family::default() });
                families.len() as u32 - 1
            });
            let family = &mut families[index as usize];
            if !family.tops.contains(&top) {
                family.tops.push(top);
            }
            let row = &feed.stops[stop];
            family.positions.extend(row.position);
            if stop as u32 == top {
                family.names.extend(names[stop].iter().filter(|name| !name.is_empty()).cloned());
            }
            for code in [&row.id, &row.code] {
                family.uic.extend(uic(code));
                let is_code = (3..=5).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_uppercase());
                family.codes.extend(is_code.then(|| code.clone()));
            }
            of_stop.push(index);
        }
        Self { all: families, of_stop }
    }
}

/// The topmost parent of a stop.
fn top(feed: &Feed, stop: u32) -> u32 {
    let mut at = stop;
    for _ in 0..8 {
        match feed.stops[at as usize].parent {
            Some(parent) => at = parent,
            None => break,
        }
    }
    at
}

/// A UIC code: seven digits, the first two a country's.
fn uic(text: &str) -> Option<u32> {
    (text.len() == 7 && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok()).flatten()
}

/// The names of each stop in words, those in other languages behind its own.
fn names_of_stops(feed: &Feed) -> Vec<Vec<Vec<String>>> {
    let mut names: Vec<Vec<Vec<String>>> = feed.stops.iter().map(|stop| vec![words(&stop.name)]).collect();
    let of_stops = feed.translations.iter().filter(|one| one.table == "stops" && one.field == "stop_name");
    let mut by_id: HashMap<&str, Vec<&str>> = HashMap::new();
    let mut by_name: HashMap<&str, Vec<&str>> = HashMap::new();
    for one in of_stops {
        let (map, key) = if one.record.is_empty() { (&mut by_name, &one.value) } else { (&mut by_id, &one.record) };
        map.entry(key).or_default().push(&one.text);
    }
    if !by_id.is_empty() || !by_name.is_empty() {
        for (stop, names) in feed.stops.iter().zip(&mut names) {
            let said = by_id.get(stop.id.as_str()).into_iter().chain(by_name.get(stop.name.as_str())).flatten();
            names.extend(said.map(|name| words(name)));
        }
    }
    names
}

/// Topmost stops that are parts of a station another one leads.
fn parts(feed: &Feed, tops: &[u32], names: &[Vec<Vec<String>>]) -> HashMap<u32, u32> {
    let mut called: BTreeSet<u32> = BTreeSet::new();
    let trains: Vec<_> = feed.trips.iter().filter(|trip| is_train(feed, trip)).collect();
    let calls = |calls: &std::ops::Range<u32>| feed.calls[calls.start as usize..calls.end as usize].iter();
    for trip in &trains {
        called.extend(calls(&trip.calls).filter_map(|call| tops.get(call.stop as usize)));
    }
    // By rows of a tenth of a degree, so that neighbours are found in two.
    let mut rows: BTreeMap<i32, Vec<u32>> = BTreeMap::new();
    for &top in &called {
        if let Some(position) = feed.stops[top as usize].position {
            rows.entry((position.0 * 10.0).floor() as i32).or_default().push(top);
        }
    }
    let mut pairs: Vec<(f64, u32, u32)> = Vec::new();
    for (row, here) in &rows {
        let mut near: Vec<(f64, f64, u32)> = [*row, row + 1]
            .iter()
            .filter_map(|row| rows.get(row))
            .flatten()
            .filter_map(|&top| feed.stops[top as usize].position.map(|(north, east)| (east, north, top)))
            .collect();
        near.sort_by(|one, other| one.0.total_cmp(&other.0).then(one.2.cmp(&other.2)));
        for &top in here {
            let Some(position) = feed.stops[top as usize].position else { continue };
            // 400 m are at most 0.04 degrees of longitude south of 84 degrees north.
            let from = near.partition_point(|one| one.0 < position.1 - 0.04);
            for &(_, _, other) in near[from..].iter().take_while(|one| one.0 <= position.1 + 0.04) {
                let metres =
                    feed.stops[other as usize].position.map_or(f64::INFINITY, |there| metres_between(position, there));
                let like = likeness(&names[top as usize][0], &names[other as usize][0]);
                if other != top && metres <= PARTS_M && like >= Likeness::Similar {
                    pairs.push((metres, top.min(other), top.max(other)));
                }
            }
        }
    }
    pairs.sort_by(|one, other| one.0.total_cmp(&other.0).then((one.1, one.2).cmp(&(other.1, other.2))));
    pairs.dedup();
    let mut partners: HashMap<u32, BTreeSet<u32>> = HashMap::new();
    for &(_, one, other) in &pairs {
        partners.entry(one).or_default().insert(other);
    }
    let mut apart: BTreeSet<(u32, u32)> = BTreeSet::new();
    if !partners.is_empty() {
        for trip in &trains {
            let stops: BTreeSet<u32> =
                calls(&trip.calls).filter_map(|call| tops.get(call.stop as usize)).copied().collect();
            for one in &stops {
                let both = partners.get(one).into_iter().flatten().filter(|other| stops.contains(other));
                apart.extend(both.map(|&other| (*one, other)));
            }
        }
    }
    let mut leader: HashMap<u32, u32> = HashMap::new();
    let mut leads: BTreeSet<u32> = BTreeSet::new();
    for (_, one, other) in pairs {
        let free = !leader.contains_key(&one) && !leader.contains_key(&other) && !leads.contains(&other);
        if free && !apart.contains(&(one, other)) {
            leader.insert(other, one);
            leads.insert(one);
        }
    }
    leader
}
