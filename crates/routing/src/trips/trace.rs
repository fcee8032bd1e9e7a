//! From rides back to journeys.

use super::NOWHERE;
use super::graph::Graph;
use super::in_seat::way;
use super::search::{End, How, Ride};
use crate::access::origin_of;
use crate::assemble::{Ends, assemble};
use crate::forbidden::Forbidden;
use crate::journey::{Journey, RidePart};
use crate::network::Network;
use crate::query::Query;
use tumen_base::{PatternId, StopId, Time};

/// What was searched.
#[derive(Clone, Copy)]
pub(crate) struct Searched<'s, 'n, 'a, 'q> {
    pub(crate) network: &'n Network<'a>,
    pub(crate) graph: &'s Graph,
    pub(crate) query: &'s Query<'q>,
    pub(crate) rides: &'s [Ride],
}

impl Searched<'_, '_, '_, '_> {
    /// The journey that ends so; `start` is that of a profile's sweep.
    pub(crate) fn journey(&self, start: Option<Time>, end: End) -> Journey {
        let mut rides = Vec::new();
        let (mut index, mut left) = (end.ride, end.left);
        let origin = loop {
            let parts = self.parts(index, left);
            let boarded = self.boarded(index);
            rides.push(parts);
            match boarded.how {
                How::Change(change) => {
                    index = boarded.before;
                    let block = self.graph.blocks.of(self.rides[index as usize].run);
                    left = self.graph.blocks.left(block, change as usize);
                }
                How::Origin(stop) => break stop,
                How::Start => break NOWHERE,
                How::AtFirstCall | How::InSeat { .. } => (index, left) = (boarded.before, 0),
            }
        };
        rides.reverse();
        let from = match start {
            Some(start) => self.origin(start, rides[0][0]),
            None => origin,
        };
        let ends = Ends { from: StopId(from), to: StopId(end.stop) };
        assemble(self.network, self.query, &Forbidden::default(), ends, rides)
    }

    /// The ride by which the passenger of a ride boarded.
    fn boarded(&self, index: u32) -> Ride {
        let ride = self.rides[index as usize];
        if matches!(ride.how, How::InSeat { .. }) { self.rides[ride.before as usize] } else { ride }
    }

    /// The runs ridden from where the passenger boarded to where the ride is left.
    fn parts(&self, index: u32, left: u32) -> Vec<RidePart> {
        let expanded = &self.graph.expanded;
        let (ride, boarded) = (self.rides[index as usize], self.boarded(index));
        let from_call = u32::from(boarded.first) - 1;
        let How::InSeat { first } = ride.how else {
            return vec![RidePart { run: expanded.run[ride.run as usize], from_call, to_call: left }];
        };
        let to = (ride.run, first);
        // The list of a run tells also where later runs of its pattern lead.
        let boardable = boarded.run..expanded.info[boarded.run as usize].end;
        let runs =
            boardable.map(|run| way(self.network, expanded, run, to)).find(|way| !way.is_empty()).unwrap_or_default();
        let last = runs.len().saturating_sub(1);
        let part = |(position, &run): (usize, &u32)| RidePart {
            run: expanded.run[run as usize],
            from_call: if position == 0 { from_call } else { 0 },
            to_call: if position == last { left } else { expanded.events(run).len() as u32 - 1 },
        };
        runs.iter().enumerate().map(part).collect()
    }

    /// The stop of the origin from which a ride begins in a profile.
    fn origin(&self, start: Time, first: RidePart) -> u32 {
        let pattern = PatternId(self.network.columns.trip_pattern[first.run.trip.index()]);
        let view = self.network.calendar.pattern(pattern);
        let stop = self.network.columns.call_stop[view.first_call + first.from_call as usize];
        origin_of(self.network, self.query, start, (stop, view.departure(first.run, first.from_call as usize)))
    }
}
