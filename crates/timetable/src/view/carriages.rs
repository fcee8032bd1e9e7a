//! Through carriages: the ways they take and the trains that carry them.

use std::ops::RangeInclusive;
use tumen_base::{ServiceId, TripId};

use super::entries;
use crate::columns::Columns;

/// A through carriage: a row of through_carriages.txt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CarriageId(pub u32);

/// One combination of hosts and stands of a carriage; it is a trip of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WayId(pub u32);

/// A train that carries a carriage for a part of its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Host {
    /// The host's trip.
    pub trip: TripId,
    /// Service day of the host's run minus that of the carriage.
    pub shift: i32,
    /// The host's calls from the one at which the carriage is attached to the one at which it is detached.
    pub calls: RangeInclusive<usize>,
    /// The way's calls, likewise.
    pub way_calls: RangeInclusive<usize>,
}

impl<'a> Columns<'a> {
    /// All through carriages.
    pub fn carriages(&self) -> impl Iterator<Item = CarriageId> + use<> {
        (0..self.carriage_id.len() as u32).map(CarriageId)
    }

    /// The service that says on which days a carriage should run.
    pub fn service_of_carriage(&self, carriage: CarriageId) -> ServiceId {
        ServiceId(self.carriage_service[carriage.0 as usize])
    }

    /// The ways of a carriage.
    pub fn ways_of(&self, carriage: CarriageId) -> impl Iterator<Item = WayId> + use<'a> {
        let ways = self.way_carriage.iter().zip(0..);
        ways.filter(move |(owner, _)| **owner == carriage.0).map(|(_, way)| WayId(way))
    }

    /// The way that a trip is, where it is one.
    pub fn way_of_trip(&self, trip: TripId) -> Option<WayId> {
        let way = self.trip_way[trip.index()];
        // Both must say so: what one column says of a trip is not checked when a file is opened.
        self.way_trip.get(way as usize).filter(|&&of| of == trip.0).map(|_| WayId(way))
    }

    /// The trip that a way is.
    pub fn trip_of_way(&self, way: WayId) -> TripId {
        TripId(self.way_trip[way.0 as usize])
    }

    /// The carriage of a way.
    pub fn carriage_of_way(&self, way: WayId) -> CarriageId {
        CarriageId(self.way_carriage[way.0 as usize])
    }

    /// The hosts of a way, in order.
    pub fn hosts(&self, way: WayId) -> impl Iterator<Item = Host> + use<'_, 'a> {
        entries(self.way_host_offset, way.0 as usize).map(move |row| Host {
            trip: TripId(self.host_trip[row]),
            shift: self.host_shift[row],
            calls: self.host_attach[row] as usize..=self.host_detach[row] as usize,
            way_calls: self.host_way_attach[row] as usize..=self.host_way_detach[row] as usize,
        })
    }
}
