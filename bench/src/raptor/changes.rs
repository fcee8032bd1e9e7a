//! What a change takes, from every place where one steps off to every place where one steps on.

use std::collections::{BTreeSet, HashMap};
use tumen_base::StopId;
use tumen_timetable::{Columns, RULE_DEFAULT, RULE_FORBIDDEN, entries};

/// Changes and walks of the strict mode, by the numbers of nodes and stops.
pub struct Changes {
    /// Board nodes with seconds, by alight node.
    pub from_alight: Vec<Vec<(u32, i32)>>,
    /// Stops with seconds, by stop: before the first ride; the stop itself included.
    pub walks: Vec<Vec<(u32, i32)>>,
    /// The same by the stop walked to: after the last ride.
    pub walks_back: Vec<Vec<(u32, i32)>>,
    /// Alight nodes by stop.
    pub alights: Vec<Vec<u32>>,
    /// Board nodes by stop.
    pub boards: Vec<Vec<u32>>,
}

impl Changes {
    /// Reads the rules of a timetable.
    pub fn new(columns: &Columns<'_>) -> Self {
        let stops = columns.stop_id.len();
        let boards = by_stop(columns.board_stop, stops);
        let from_alight = (0..columns.alight_stop.len()).map(|alight| changes(columns, &boards, alight)).collect();
        let walks: Vec<Vec<(u32, i32)>> = (0..stops).map(|stop| walks(columns, stop)).collect();
        let mut walks_back = vec![Vec::new(); stops];
        for (from, walks) in walks.iter().enumerate() {
            for &(to, seconds) in walks {
                walks_back[to as usize].push((from as u32, seconds));
            }
        }
        Self { from_alight, walks, walks_back, alights: by_stop(columns.alight_stop, stops), boards }
    }

    /// The quickest way on foot from one of some stops to one of others.
    pub fn on_foot(&self, from: &[StopId], to: &[StopId]) -> Option<i32> {
        let walks = from.iter().flat_map(|stop| &self.walks[stop.index()]);
        walks.filter(|(stop, _)| to.contains(&StopId(*stop))).map(|&(_, seconds)| seconds).min()
    }
}

fn by_stop(stop_of: &[u32], stops: usize) -> Vec<Vec<u32>> {
    let mut nodes = vec![Vec::new(); stops];
    for (&stop, node) in stop_of.iter().zip(0..) {
        nodes[stop as usize].push(node);
    }
    nodes
}

/// The rule for exactly this board node; else, where it inherits, the rule for its stop's plain node (whose number is the
/// stop's); else 0 s at one stop, and no change between two.
fn changes(columns: &Columns<'_>, boards: &[Vec<u32>], alight: usize) -> Vec<(u32, i32)> {
    let here = columns.alight_stop[alight];
    let rules = entries(columns.rule_offset, alight);
    let rules: HashMap<u32, i32> = rules.map(|rule| (columns.rule_board[rule], columns.rule_seconds[rule])).collect();
    let stops: BTreeSet<u32> = rules.keys().map(|&board| columns.board_stop[board as usize]).chain([here]).collect();
    let mut changes = Vec::new();
    for stop in stops {
        for &board in &boards[stop as usize] {
            let inherited = rules.get(&stop).filter(|_| columns.board_inherits[board as usize] == 1);
            let seconds = match rules.get(&board).or(inherited) {
                Some(&rule) => strict(rule),
                None => (stop == here).then_some(0),
            };
            changes.extend(seconds.map(|seconds| (board, seconds)));
        }
    }
    changes
}

fn walks(columns: &Columns<'_>, stop: usize) -> Vec<(u32, i32)> {
    let rules = entries(columns.stop_rule_offset, stop).filter(|&rule| columns.stop_rule_to[rule] as usize != stop);
    let walks = rules.filter_map(|rule| Some((columns.stop_rule_to[rule], strict(columns.stop_rule_seconds[rule])?)));
    std::iter::once((stop as u32, 0)).chain(walks).collect()
}

/// Seconds of a rule in the strict mode; `None` where it forbids.
fn strict(rule: i32) -> Option<i32> {
    match rule {
        RULE_FORBIDDEN => None,
        RULE_DEFAULT => Some(0),
        seconds => Some(seconds),
    }
}
