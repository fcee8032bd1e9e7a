//! Queries that people might type, what they would expect first, and how far down it stands.
//!
//! tests/queries.csv was written by hand: the query, the ids that would be right (`=` and a name for stops of the public feeds),
//! and what is hard about it. Points were set by looking at it; tests/held_out.csv was written afterwards.

use std::collections::BTreeMap;

use crate::world;
use tumen_places::{Entry, Index, Query};

struct Asked {
    query: String,
    expected: Vec<String>,
    trouble: String,
}

const QUERIES: &str = include_str!("../queries.csv");
const HELD_OUT: &str = include_str!("../held_out.csv");

fn asked(table: &str) -> Vec<Asked> {
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let ask = |row: csv::StringRecord| Asked {
        query: row[0].to_owned(),
        expected: row[1].split('|').map(str::to_owned).collect(),
        trouble: row[2].to_owned(),
    };
    reader.records().map(|row| ask(row.expect("three columns"))).collect()
}

fn is_expected(entry: &Entry, asked: &Asked) -> bool {
    asked.expected.iter().any(|expected| match expected.strip_prefix('=') {
        Some(name) => entry.names[0].text == name,
        None => entry.id == *expected,
    })
}

/// One by the place of the first right answer among ten, members of a city standing below it; 0 if there is none.
fn reciprocal_rank(index: &Index, asked: &Asked) -> f64 {
    let answer = index.search(&Query { text: &asked.query, ..Query::default() });
    let lines = answer
        .found
        .iter()
        .flat_map(|found| std::iter::once(found.entry).chain(found.members.iter().map(|member| member.entry)));
    let place = lines.map(|entry| index.entry(entry)).position(|entry| is_expected(entry, asked));
    place.map_or(0.0, |place| 1.0 / (place + 1) as f64)
}

/// The mean reciprocal rank of all queries that the entries can answer; a table of every trouble is printed.
fn measure(index: &Index, table: &str) -> (usize, f64) {
    let mut by_trouble: BTreeMap<String, Vec<f64>> = BTreeMap::new();
    for asked in asked(table) {
        if index.entries().iter().any(|entry| is_expected(entry, &asked)) {
            let rank = reciprocal_rank(index, &asked);
            if rank < 1.0 {
                println!("{rank:.2} {} ({})", asked.query, asked.trouble);
            }
            by_trouble.entry(asked.trouble).or_default().push(rank);
        }
    }
    let mean = |ranks: &[f64]| ranks.iter().sum::<f64>() / ranks.len() as f64;
    for (trouble, ranks) in &by_trouble {
        let first = ranks.iter().filter(|rank| **rank >= 1.0).count();
        println!("| {trouble} | {} | {:.3} | {first} |", ranks.len(), mean(ranks));
    }
    let all: Vec<f64> = by_trouble.into_values().flatten().collect();
    println!("| all | {} | {:.3} | |", all.len(), mean(&all));
    (all.len(), mean(&all))
}

#[test]
fn what_is_meant_on_the_corridor_stands_first() {
    let (queries, rank) = measure(&Index::build(world::corridor()), QUERIES);
    assert!(queries >= 275 && rank >= 0.98, "{queries} {rank}");
}

#[test]
fn what_is_meant_among_stops_of_ten_feeds_stands_first() {
    let Some(shared) = world::shared() else { return };
    let index = Index::build(world::corridor().into_iter().chain(shared));
    let (queries, rank) = measure(&index, QUERIES);
    assert!(queries >= 350 && rank >= 0.96, "{queries} {rank}");
    let (queries, rank) = measure(&index, HELD_OUT);
    assert!(queries >= 45 && rank >= 0.80, "{queries} {rank}");
}
