//! Which patterns lead to which, whatever the hour: what cannot lead to the destination is not ridden.
//!
//! Patterns between which one can go to and fro are one class (strongly connected components; Sharir 1981), so that a query
//! looks at few of them.

use super::expanded::Expanded;
use super::graph::Graph;
use crate::network::{Edges, Network};
use tumen_base::{PatternId, Time};

/// Classes of patterns, and which class can be left for which.
#[derive(Default)]
pub(crate) struct Leads {
    /// The class of every pattern.
    pub(crate) class: Vec<u32>,
    /// The classes from which a class is entered.
    back: Edges,
}

/// The classes of patterns that lead to some patterns.
#[derive(Default)]
pub(crate) struct Leading {
    class: Vec<bool>,
    found: Vec<u32>,
}

impl Leads {
    /// What a graph's changes and in-seat links lead to.
    pub(crate) fn of(network: &Network<'_>, graph: &Graph) -> Self {
        let patterns = network.calendar.patterns();
        let edges = edges(&graph.expanded, graph, patterns);
        let onward = Edges::from_sorted(patterns, &edges);
        let back = onward.reversed(patterns);
        let mut order = Vec::with_capacity(patterns);
        let mut seen = vec![false; patterns];
        for pattern in 0..patterns as u32 {
            explore(&onward, pattern, &mut seen, |left| order.push(left));
        }
        let mut class = vec![0; patterns];
        seen.fill(false);
        let mut classes = 0;
        for &pattern in order.iter().rev() {
            if !seen[pattern as usize] {
                explore(&back, pattern, &mut seen, |member| class[member as usize] = classes);
                classes += 1;
            }
        }
        let mut between: Vec<(u32, u32, i32)> = edges
            .iter()
            .map(|&(from, to, _)| (class[to as usize], class[from as usize], 0))
            .filter(|&(to, from, _)| to != from)
            .collect();
        between.sort_unstable();
        between.dedup();
        Self { class, back: Edges::from_sorted(classes as usize, &between) }
    }

    /// Its memory in bytes.
    pub(crate) fn bytes(&self) -> usize {
        4 * self.class.len() + self.back.bytes()
    }
}

impl Leading {
    /// Forgets what led where.
    pub(crate) fn forget(&mut self, leads: &Leads) {
        self.class.clear();
        self.class.resize(leads.class.len(), false);
        self.found.clear();
    }

    /// Adds every pattern.
    pub(crate) fn add_all(&mut self) {
        self.class.fill(true);
    }

    /// Adds everything that leads to a pattern.
    pub(crate) fn add(&mut self, leads: &Leads, pattern: PatternId) {
        self.find(leads.class[pattern.index()]);
        while let Some(class) = self.found.pop() {
            for &(from, _) in leads.back.of(class) {
                self.find(from);
            }
        }
    }

    fn find(&mut self, class: u32) {
        if !std::mem::replace(&mut self.class[class as usize], true) {
            self.found.push(class);
        }
    }

    /// Whether a pattern leads to one of those added.
    pub(crate) fn contains(&self, leads: &Leads, pattern: u32) -> bool {
        self.class[leads.class[pattern as usize] as usize]
    }
}

/// From which pattern to which others one can change or be carried, each once, sorted.
fn edges(expanded: &Expanded, graph: &Graph, patterns: usize) -> Vec<(u32, u32, i32)> {
    let mut edges = Vec::new();
    let mut known = vec![u32::MAX; patterns];
    for from in 0..patterns as u32 {
        let begin = edges.len();
        for run in expanded.of_pattern(PatternId(from)) {
            let block = graph.blocks.of(run);
            let places = graph.blocks.changes(block, 0..graph.blocks.calls(block), Time::MAX);
            let changes = places.map(|place| graph.boarded(place).0);
            let carried = graph.in_seat.own(run).iter().map(|into| into.run);
            for other in changes.chain(carried) {
                let to = expanded.info[other as usize].pattern;
                if known[to as usize] != from {
                    known[to as usize] = from;
                    edges.push((from, to, 0));
                }
            }
        }
        edges[begin..].sort_unstable();
    }
    edges
}

/// Visits what can be reached from a node and was not seen yet, depth first; calls `leave` with each once everything beyond was
/// visited.
fn explore(edges: &Edges, from: u32, seen: &mut [bool], mut leave: impl FnMut(u32)) {
    if std::mem::replace(&mut seen[from as usize], true) {
        return;
    }
    let mut path = vec![(from, 0)];
    while let Some((node, next)) = path.last_mut() {
        if let Some(&(to, _)) = edges.of(*node).get(*next) {
            *next += 1;
            if !std::mem::replace(&mut seen[to as usize], true) {
                path.push((to, 0));
            }
        } else {
            leave(*node);
            path.pop();
        }
    }
}
