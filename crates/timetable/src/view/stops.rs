//! Stops, their stations and their platforms.

use tumen_base::{FeedId, StopId};

use super::{entries, present};
use crate::columns::Columns;

impl<'a> Columns<'a> {
    /// All stops.
    pub fn stops(&self) -> impl Iterator<Item = StopId> + use<> {
        (0..self.stop_id.len()).map(StopId::from_index)
    }

    /// The name of a stop; its id where it has none.
    pub fn stop_name(&self, stop: StopId) -> &'a str {
        match self.text(self.stop_name[stop.index()]) {
            "" => self.text(self.stop_id[stop.index()]),
            name => name,
        }
    }

    /// The feed of a stop.
    pub fn feed_of_stop(&self, stop: StopId) -> FeedId {
        FeedId(self.stop_feed[stop.index()])
    }

    /// Degrees north and east of a stop, if known.
    pub fn position_of_stop(&self, stop: StopId) -> Option<(f64, f64)> {
        let position = (self.stop_latitude[stop.index()], self.stop_longitude[stop.index()]);
        (!position.0.is_nan() && !position.1.is_nan()).then_some(position)
    }

    /// The station (or platform, for a boarding area) that a stop belongs to.
    pub fn parent(&self, stop: StopId) -> Option<StopId> {
        present(self.stop_parent[stop.index()]).map(StopId)
    }

    /// The topmost ancestor of a stop: the stop itself where it has no parent.
    pub fn station(&self, stop: StopId) -> StopId {
        std::iter::successors(Some(stop), |&stop| self.parent(stop)).last().unwrap_or(stop)
    }

    /// The direct children of a stop.
    pub fn children(&self, stop: StopId) -> impl Iterator<Item = StopId> + use<'a> {
        self.stop_child[entries(self.stop_child_offset, stop.index())].iter().map(|&child| StopId(child))
    }

    /// The other children of a stop's parent.
    pub fn siblings(&self, stop: StopId) -> impl Iterator<Item = StopId> + use<'a> {
        let family = self.parent(stop).map(|parent| self.children(parent));
        family.into_iter().flatten().filter(move |&other| other != stop)
    }

    /// A stop and everything below it: what an origin or a destination means.
    pub fn stop_and_descendants(&self, stop: StopId) -> Vec<StopId> {
        let mut found = vec![stop];
        let mut next = 0;
        while let Some(&stop) = found.get(next) {
            found.extend(self.children(stop));
            next += 1;
        }
        found
    }
}
