//! What serves a stop.

use std::collections::BTreeSet;
use tumen_base::{PatternId, StopId};
use tumen_journey::modes::motis_mode;
use tumen_timetable::{Columns, entries};

/// The patterns that passengers board or leave at some stops.
pub fn patterns_at(columns: &Columns<'_>, stops: &BTreeSet<StopId>) -> BTreeSet<PatternId> {
    let mut found = BTreeSet::new();
    let sides = [
        (columns.board_stop, columns.board_call_offset, columns.board_call_pattern),
        (columns.alight_stop, columns.alight_call_offset, columns.alight_call_pattern),
    ];
    for (node_stop, offset, pattern) in sides {
        // A stop's plain node has its number; where rules see more at a stop, it has further nodes.
        let further = (columns.stop_id.len()..node_stop.len()).filter(|&node| stops.contains(&StopId(node_stop[node])));
        for node in stops.iter().map(|stop| stop.index()).chain(further) {
            found.extend(pattern[entries(offset, node)].iter().map(|&pattern| PatternId(pattern)));
        }
    }
    found
}

/// The route types of some patterns.
pub fn route_types(columns: &Columns<'_>, patterns: &BTreeSet<PatternId>) -> BTreeSet<u16> {
    patterns.iter().map(|pattern| columns.route_kind[columns.pattern_route[pattern.index()] as usize]).collect()
}

/// Their modes, in the words of the API.
pub fn modes(types: &BTreeSet<u16>) -> BTreeSet<&'static str> {
    types.iter().map(|&kind| motis_mode(kind)).collect()
}
