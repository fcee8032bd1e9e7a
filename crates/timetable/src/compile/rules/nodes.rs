//! Nodes: where passengers step off and on, divided by what the rules see there.

use super::super::carriages::WayHost;
use super::super::drafts::Origin;
use super::book::{End, RuleBook, Whom};
use super::{Stations, Surroundings};
use std::collections::{HashMap, HashSet};

/// The nodes of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) struct NodePair {
    pub alight: u32,
    pub board: u32,
}

/// Nodes of one kind; the first ones are the plain nodes of the stops.
pub(super) struct NodeTable {
    /// Stop of each node.
    pub stop: Vec<u32>,
    /// Whom the rules see at each node beyond the plain ones.
    whom: Vec<Whom>,
    /// Whether anybody steps off or on there.
    pub used: Vec<bool>,
    number: HashMap<(u32, Whom), u32>,
}

impl NodeTable {
    fn plain(stops: usize) -> Self {
        Self { stop: (0..stops as u32).collect(), whom: Vec::new(), used: vec![false; stops], number: HashMap::new() }
    }

    fn node(&mut self, stop: u32, whom: Whom) -> u32 {
        if whom == Whom::Any {
            self.used[stop as usize] = true;
            return stop;
        }
        *self.number.entry((stop, whom)).or_insert_with(|| {
            self.stop.push(stop);
            self.whom.push(whom);
            self.used.push(true);
            self.stop.len() as u32 - 1
        })
    }

    /// Whom the rules see at a node.
    pub(super) fn whom(&self, node: u32) -> Whom {
        let plain = self.stop.len() - self.whom.len();
        (node as usize).checked_sub(plain).map_or(Whom::Any, |special| self.whom[special])
    }

    /// A node as the rules see it.
    pub(super) fn end(&self, node: u32, around: &Surroundings) -> End {
        let stop = self.stop[node as usize];
        match self.whom(node) {
            Whom::Any => End::plain(stop),
            Whom::Route(route) => End { stop, trip: None, route: Some(route) },
            Whom::Trip(trip) => End { stop, trip: Some(trip), route: Some(around.route_of(trip)) },
        }
    }

    /// The nodes beyond the plain ones.
    pub(super) fn special(&self) -> std::ops::Range<u32> {
        (self.stop.len() - self.whom.len()) as u32..self.stop.len() as u32
    }
}

/// The nodes of all calls.
pub(in super::super) struct Nodes {
    pub(super) alight: NodeTable,
    pub(super) board: NodeTable,
    /// Where the nodes of a draft lie in `pairs`; empty where all its nodes are plain.
    special: Vec<(u32, u32)>,
    pairs: Vec<NodePair>,
}

impl Nodes {
    /// Divides stops by what the rules name at them.
    pub(in super::super) fn divide(book: &RuleBook, stations: &Stations, around: &Surroundings) -> Self {
        let stops = stations.data.stop_id.len();
        let nodes = Self {
            alight: NodeTable::plain(stops),
            board: NodeTable::plain(stops),
            special: Vec::with_capacity(around.drafts.all.len()),
            pairs: Vec::new(),
        };
        let mut divider = Divider { named: Named::by(book), stations, around, nodes };
        // The departures of one frequency follow each other and have the same nodes.
        let mut before: Option<(u32, u32)> = None;
        for (index, draft) in (0_u32..).zip(&around.drafts.all) {
            let range = match draft.origin {
                Origin::Way(way) => divider.way(index, way),
                Origin::Departure { feed, trip, .. } | Origin::Trip { feed, trip } => {
                    let trip = around.bases.trip[feed as usize] + trip;
                    let like = before.replace((trip, index)).filter(|&(same, _)| same == trip);
                    match like {
                        Some((_, like)) => divider.nodes.special[like as usize],
                        None => divider.trip(index, Seen { trip, route: draft.route }),
                    }
                }
            };
            divider.nodes.special.push(range);
        }
        divider.nodes
    }

    /// The nodes of a draft's calls; empty where all are plain.
    pub(in super::super) fn special_of(&self, draft: u32) -> &[NodePair] {
        let (start, end) = self.special[draft as usize];
        &self.pairs[start as usize..end as usize]
    }

    /// Stop of each alight node.
    pub(in super::super) fn alight_stop(&self) -> &[u32] {
        &self.alight.stop
    }

    /// Stop of each board node.
    pub(in super::super) fn board_stop(&self) -> &[u32] {
        &self.board.stop
    }
}

/// A trip and its route, counted over all feeds, as the rules see them.
#[derive(Clone, Copy)]
struct Seen {
    trip: u32,
    route: u32,
}

/// Gives calls their nodes.
struct Divider<'a> {
    named: Named,
    stations: &'a Stations<'a>,
    around: &'a Surroundings<'a>,
    nodes: Nodes,
}

impl Divider<'_> {
    fn trip(&mut self, draft: u32, seen: Seen) -> (u32, u32) {
        let seen = Some(seen).filter(|&seen| self.named.speaks_of(seen));
        self.calls(draft, &|_| (seen, seen))
    }

    /// At each call of a way the rules see the host that brings it and the one that takes it.
    fn way(&mut self, draft: u32, way: u32) -> (u32, u32) {
        let ways = self.around.ways;
        let hosts = &ways.hosts[ways.all[way as usize].hosts.clone()];
        self.calls(draft, &|call| {
            let bringing = hosts.iter().find(|host| host.in_way.0 < call && call <= host.in_way.1);
            let taking = hosts.iter().find(|host| host.in_way.0 <= call && call < host.in_way.1);
            let seen = |host: &WayHost| Seen { trip: host.trip, route: host.route };
            (bringing.map(seen), taking.map(seen))
        })
    }

    /// Gives each call its nodes, where `seen` says whom the rules see on alighting and on boarding; answers where
    /// they lie, nowhere if all are plain.
    fn calls(&mut self, draft: u32, seen: &dyn Fn(u32) -> (Option<Seen>, Option<Seen>)) -> (u32, u32) {
        let start = self.nodes.pairs.len();
        let mut are_plain = true;
        for (at, call) in (0_u32..).zip(self.around.drafts.calls(draft)) {
            let mut pair = NodePair { alight: call.stop, board: call.stop };
            let (alighting, boarding) = seen(at);
            if call.drop_off != 1 {
                let whom = self.whom(&self.named.from, call.stop, alighting);
                pair.alight = self.nodes.alight.node(call.stop, whom);
            }
            if call.pickup != 1 {
                let whom = self.whom(&self.named.to, call.stop, boarding);
                pair.board = self.nodes.board.node(call.stop, whom);
            }
            are_plain &= (pair.alight, pair.board) == (call.stop, call.stop);
            self.nodes.pairs.push(pair);
        }
        if are_plain {
            self.nodes.pairs.truncate(start);
        }
        (start as u32, self.nodes.pairs.len() as u32)
    }

    /// How rules see a trip at a stop: by itself, by its route, or not at all.
    fn whom(&self, named: &HashSet<(u32, Whom)>, stop: u32, seen: Option<Seen>) -> Whom {
        let Some(Seen { trip, route }) = seen else { return Whom::Any };
        let is_named = |whom: Whom| self.stations.lineage(stop).any(|stop| named.contains(&(stop, whom)));
        [Whom::Trip(trip), Whom::Route(route)].into_iter().find(|&whom| is_named(whom)).unwrap_or(Whom::Any)
    }
}

/// What rules name: stops with trips and routes.
#[derive(Default)]
struct Named {
    from: HashSet<(u32, Whom)>,
    to: HashSet<(u32, Whom)>,
    /// Whoever is named at any stop.
    anywhere: HashSet<Whom>,
}

impl Named {
    fn by(book: &RuleBook) -> Self {
        let mut named = Self::default();
        for key in book.rules.keys() {
            if key.from_whom != Whom::Any {
                named.from.insert((key.from, key.from_whom));
                named.anywhere.insert(key.from_whom);
            }
            if key.to_whom != Whom::Any {
                named.to.insert((key.to, key.to_whom));
                named.anywhere.insert(key.to_whom);
            }
        }
        named
    }

    fn speaks_of(&self, seen: Seen) -> bool {
        let is_named = |whom: Whom| self.anywhere.contains(&whom);
        !self.anywhere.is_empty() && (is_named(Whom::Trip(seen.trip)) || is_named(Whom::Route(seen.route)))
    }
}

impl Surroundings<'_> {
    /// Route of a trip, both counted over all feeds.
    pub(super) fn route_of(&self, trip: u32) -> u32 {
        let feed = self.bases.trip.partition_point(|&base| base <= trip) - 1;
        self.bases.route[feed] + self.feeds[feed].trips[(trip - self.bases.trip[feed]) as usize].route
    }
}
