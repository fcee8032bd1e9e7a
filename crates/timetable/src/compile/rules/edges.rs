//! Edges: for each alight node the board nodes to which a rule decides the change.

use super::super::error::{CompileError, Limit, bound};
use super::super::tables::group_by_owner;
use super::book::{End, RuleBook, RuleKey, Whom};
use super::nodes::{NodeTable, Nodes};
use super::{Stations, Surroundings};
use crate::TimetableData;
use crate::columns::{RULE_DEFAULT, RULE_FORBIDDEN};
use std::collections::HashMap;

const CHANGES: Limit = Limit {
    what: "changes that transfers.txt decides",
    most: 20_000_000,
    advice: "check its rules on large stations, on routes and on trips",
};

/// Where a change begins, where it ends, and its seconds.
type Edge = (u32, (u32, i32));

/// Nodes by the stop they belong to.
struct NodesAt {
    /// All nodes in use at a stop.
    all: HashMap<u32, Vec<u32>>,
    /// The nodes at a stop that a rule on a route or a trip speaks of.
    named: HashMap<(u32, Whom), Vec<u32>>,
}

impl NodesAt {
    fn of(table: &NodeTable, around: &Surroundings) -> Self {
        let mut at = Self { all: HashMap::new(), named: HashMap::new() };
        for node in (0..table.stop.len() as u32).filter(|&node| table.used[node as usize]) {
            let stop = table.stop[node as usize];
            at.all.entry(stop).or_default().push(node);
            let whom = table.whom(node);
            if whom != Whom::Any {
                at.named.entry((stop, whom)).or_default().push(node);
            }
            if let Whom::Trip(trip) = whom {
                at.named.entry((stop, Whom::Route(around.route_of(trip)))).or_default().push(node);
            }
        }
        at
    }

    /// The nodes at a stop that one end of a rule speaks of.
    fn meant(&self, stop: u32, whom: Whom) -> &[u32] {
        let found = if whom == Whom::Any { self.all.get(&stop) } else { self.named.get(&(stop, whom)) };
        found.map_or(&[], Vec::as_slice)
    }
}

/// Fills the columns of rule edges, of inheritance, and of stop-level rules.
pub(in super::super) fn fill(
    data: &mut TimetableData,
    book: &RuleBook,
    nodes: &Nodes,
    around: &Surroundings,
) -> Result<(), CompileError> {
    let stations = Stations::of(data);
    let changes = Changes {
        book,
        nodes,
        around,
        stations: &stations,
        alight_at: NodesAt::of(&nodes.alight, around),
        board_at: NodesAt::of(&nodes.board, around),
    };
    let spoken_of = changes.spoken_of()?;
    let inherits = changes.inheriting(&spoken_of);
    let edges = changes.edges(&spoken_of, &inherits)?;
    let stop_rules = stop_rules(book, &stations)?;
    let stops = data.stop_id.len();
    data.board_inherits = inherits.into_iter().map(u8::from).collect();
    let (offsets, items) = group_by_owner(data.alight_stop.len(), &edges);
    data.rule_offset = offsets;
    (data.rule_board, data.rule_seconds) = items.into_iter().unzip();
    let (offsets, items) = group_by_owner(stops, &stop_rules);
    data.stop_rule_offset = offsets;
    (data.stop_rule_to, data.stop_rule_seconds) = items.into_iter().unzip();
    Ok(())
}

struct Changes<'a> {
    book: &'a RuleBook,
    nodes: &'a Nodes,
    around: &'a Surroundings<'a>,
    stations: &'a Stations<'a>,
    alight_at: NodesAt,
    board_at: NodesAt,
}

impl Changes<'_> {
    /// Every change, from alight node to board node, that some rule speaks of: where the rule means everybody who
    /// boards, the plain board node stands for all.
    fn spoken_of(&self) -> Result<Vec<(u32, u32)>, CompileError> {
        let mut changes = Vec::new();
        for key in self.book.rules.keys() {
            let boarded = self.stations.covered(key.to);
            for from in self.stations.covered(key.from) {
                let alights = self.alight_at.meant(from, key.from_whom);
                if alights.is_empty() {
                    continue;
                }
                for &to in &boarded {
                    let meant = self.board_at.meant(to, key.to_whom);
                    let plain = [to];
                    let boards = if key.to_whom == Whom::Any && !meant.is_empty() { &plain } else { meant };
                    bound((changes.len() + alights.len() * boards.len()) as u64, &CHANGES)?;
                    changes.extend(alights.iter().flat_map(|&alight| boards.iter().map(move |&board| (alight, board))));
                }
            }
        }
        changes.sort_unstable();
        changes.dedup();
        Ok(changes)
    }

    /// Seconds of a change, `None` where no rule decides it.
    fn decide(&self, alight: u32, board: u32) -> Option<i32> {
        let (from, to) = (self.nodes.alight.end(alight, self.around), self.nodes.board.end(board, self.around));
        self.book.decide(self.stations, from, to, None)
    }

    /// Seconds of the change to the plain node of a board node's stop.
    fn decide_plain(&self, alight: u32, board: u32) -> Option<i32> {
        let from = self.nodes.alight.end(alight, self.around);
        self.book.decide(self.stations, from, End::plain(self.nodes.board.stop[board as usize]), None)
    }

    /// For each board node whether whoever may board at the plain node may board here at the same time too.
    fn inheriting(&self, spoken_of: &[(u32, u32)]) -> Vec<bool> {
        let special = self.nodes.board.special();
        let mut inherits: Vec<bool> =
            (0..self.nodes.board.stop.len() as u32).map(|node| special.contains(&node)).collect();
        for &(alight, board) in spoken_of.iter().filter(|(_, board)| special.contains(board)) {
            let same_stop = self.nodes.alight.stop[alight as usize] == self.nodes.board.stop[board as usize];
            if !is_no_slower(self.decide(alight, board), self.decide_plain(alight, board), same_stop) {
                inherits[board as usize] = false;
            }
        }
        inherits
    }

    /// The edges to be listed: `(alight node, (board node, seconds))`, sorted.
    fn edges(&self, spoken_of: &[(u32, u32)], inherits: &[bool]) -> Result<Vec<Edge>, CompileError> {
        let special = self.nodes.board.special();
        let mut listed: Vec<(u32, u32)> = Vec::new();
        for &(alight, board) in spoken_of {
            listed.push((alight, board));
            if !special.contains(&board) {
                // What the rule says of everybody who boards, nodes that do not inherit must be told.
                let stop = self.nodes.board.stop[board as usize];
                let apart = self.board_at.meant(stop, Whom::Any).iter().copied();
                let apart = apart.filter(|board| special.contains(board) && !inherits[*board as usize]);
                listed.extend(apart.map(|board| (alight, board)));
            }
            bound(listed.len() as u64, &CHANGES)?;
        }
        listed.sort_unstable();
        listed.dedup();
        let edges = listed.into_iter().filter_map(|(alight, board)| {
            let seconds = self.decide(alight, board)?;
            // A rule without a time is listed even at one stop: it takes the default change time in the ordinary mode only.
            let as_unlisted = inherits[board as usize] && self.decide_plain(alight, board) == Some(seconds);
            (!as_unlisted).then_some((alight, (board, seconds)))
        });
        Ok(edges.collect())
    }
}

/// Whether a change takes no longer than the plain one whatever the default change time and the walks of a query are.
fn is_no_slower(seconds: Option<i32>, plain: Option<i32>, same_stop: bool) -> bool {
    match (seconds, plain) {
        (seconds, plain) if seconds == plain => true,
        (None | Some(RULE_FORBIDDEN), _) => false,
        (Some(0), _) | (_, Some(RULE_FORBIDDEN)) => true,
        (Some(RULE_DEFAULT), None) => same_stop,
        (Some(RULE_DEFAULT), Some(_)) | (Some(_), Some(RULE_DEFAULT) | None) => false,
        (Some(seconds), Some(plain)) => seconds <= plain,
    }
}

/// What rules that name stops only say of each pair of stops: `(from, (to, seconds))`, sorted.
fn stop_rules(book: &RuleBook, stations: &Stations) -> Result<Vec<Edge>, CompileError> {
    let mut pairs = Vec::new();
    for RuleKey { from, to, .. } in book.rules.keys().filter(|key| key.is_of_stops()) {
        let to = stations.covered(*to);
        for from in stations.covered(*from) {
            bound((pairs.len() + to.len()) as u64, &CHANGES)?;
            pairs.extend(to.iter().map(|&to| (from, to)));
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    let decided = pairs.into_iter().filter_map(|(from, to)| {
        let seconds = book.decide(stations, End::plain(from), End::plain(to), None)?;
        Some((from, (to, seconds)))
    });
    Ok(decided.collect())
}
