//! The rows of transfers.txt as they were read, for export and for people.

use super::super::tables::reference;
use super::Surroundings;
use crate::TimetableData;

/// Fills the columns of transfers.txt; `number` gives a draft its trip. Rows that name a trip which never runs are left
/// out with it.
pub(in super::super) fn fill(data: &mut TimetableData, around: &Surroundings, number: &[u32]) {
    for (index, feed) in around.feeds.iter().enumerate() {
        let trip = |trip: Option<u32>| match trip {
            None => Some(u32::MAX),
            Some(trip) => around.drafts.of(around.bases.trip[index] + trip).next().map(|draft| number[draft as usize]),
        };
        for row in &feed.transfers {
            let (Some(from_trip), Some(to_trip)) = (trip(row.from_trip), trip(row.to_trip)) else { continue };
            let stop = |stop: Option<u32>| stop.map_or(u32::MAX, |stop| around.bases.stop.number(index, stop));
            data.transfer_from_stop.push(stop(row.from_stop));
            data.transfer_to_stop.push(stop(row.to_stop));
            data.transfer_from_route.push(reference(around.bases.route[index], row.from_route));
            data.transfer_to_route.push(reference(around.bases.route[index], row.to_route));
            data.transfer_from_trip.push(from_trip);
            data.transfer_to_trip.push(to_trip);
            data.transfer_kind.push(row.kind);
            data.transfer_seconds.push(row.min_time.unwrap_or(-1));
            data.transfer_certainty.push(row.certainty as u8);
        }
    }
}
