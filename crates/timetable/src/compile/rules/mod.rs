//! Rules of transfers.txt, and what they make of stops: nodes, edges between them, guarantees.
//!
//! The one rule of a change is found by precedence here, once; see ARCHITECTURE.md, "Nodes carry transfer rules".

mod book;
mod edges;
mod guarantees;
mod nodes;
mod rows;

pub(super) use book::RuleBook;
pub(super) use edges::fill as fill_edges;
pub(super) use guarantees::{fill as fill_guarantees, take_out as take_out_guarantees};
pub(super) use nodes::Nodes;
pub(super) use rows::fill as fill_rows;

use super::carriages::Ways;
use super::drafts::Drafts;
use super::tables::Bases;
use crate::TimetableData;
use tumen_feed::Feed;

/// What rules are applied to.
pub(super) struct Surroundings<'a> {
    pub feeds: &'a [Feed],
    pub bases: &'a Bases,
    pub drafts: &'a Drafts<'a>,
    pub ways: &'a Ways,
}

/// The stops of all feeds as a forest.
pub(super) struct Stations<'a> {
    data: &'a TimetableData,
}

impl<'a> Stations<'a> {
    pub(super) fn of(data: &'a TimetableData) -> Self {
        Self { data }
    }

    /// A stop, its parent, and so on up.
    fn lineage(&self, stop: u32) -> impl Iterator<Item = u32> + Clone + 'a {
        let parents = &self.data.stop_parent;
        let parent = |&stop: &u32| Some(parents[stop as usize]).filter(|&parent| parent != u32::MAX);
        std::iter::successors(Some(stop), parent).take(super::MAX_PARENTS)
    }

    /// A stop with everything below it; were there a circle of parents, no more stops than there are.
    fn covered(&self, stop: u32) -> Vec<u32> {
        let mut covered = vec![stop];
        let mut next = 0;
        while let Some(&stop) = covered.get(next).filter(|_| next < self.data.stop_id.len()) {
            let children = self.data.stop_child_offset[stop as usize]..self.data.stop_child_offset[stop as usize + 1];
            covered.extend(&self.data.stop_child[children.start as usize..children.end as usize]);
            next += 1;
        }
        covered
    }

    fn has_children(&self, stop: u32) -> bool {
        self.data.stop_child_offset[stop as usize] < self.data.stop_child_offset[stop as usize + 1]
    }
}
