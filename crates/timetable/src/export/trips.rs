//! Trips and their calls from patterns; departures of frequencies become templates again.

use super::{ExportError, Lender, Place, Places, certainty, text, within, within_if_any};
use crate::columns::Columns;
use crate::view::entries;
use std::collections::{BTreeSet, HashMap};
use tumen_base::{Certainty, TripId};
use tumen_feed::{Call, CallDetails, Feed, Frequency, Trip};

/// Adds the trips, calls and frequencies of all feeds; answers where each trip went, ways nowhere.
pub(super) fn rebuild(
    columns: &Columns,
    places: &Places,
    lender: &mut Lender,
    feeds: &mut [Feed],
) -> Result<Vec<Option<Place>>, ExportError> {
    let mut writers: Vec<Writer> = feeds.iter().map(|_| Writer::default()).collect();
    let mut went = vec![None; columns.trip_id.len()];
    for (index, went) in went.iter_mut().enumerate() {
        if columns.trip_way[index] != u32::MAX {
            continue;
        }
        let service = columns.trip_service[index];
        if service == u32::MAX {
            return Err(ExportError::AcrossFeeds { what: "trip", row: index });
        }
        let feed = columns.service_feed[service as usize];
        let writer = &mut writers[feed as usize];
        let position = writer.trip(columns, (places, lender), &mut feeds[feed as usize], (feed, index))?;
        *went = Some(Place { feed, index: position });
    }
    for (feed, writer) in feeds.iter_mut().zip(writers) {
        writer.finish(columns, feed);
    }
    Ok(went)
}

/// The trips of one feed being rebuilt.
#[derive(Default)]
struct Writer {
    /// Templates by the text of their trip_id.
    templates: HashMap<u32, u32>,
    /// Rows of frequencies.txt with their templates.
    frequencies: BTreeSet<(u32, u32)>,
    details: CallDetails,
    texts: HashMap<u32, u32>,
}

impl Writer {
    /// Adds a trip, or finds the template it was repeated from; answers its position.
    fn trip(
        &mut self,
        columns: &Columns,
        (places, lender): (&Places, &mut Lender),
        feed: &mut Feed,
        (number, index): (u32, usize),
    ) -> Result<u32, ExportError> {
        let position = feed.trips.len() as u32;
        let frequency = columns.trip_frequency[index];
        if frequency != u32::MAX {
            let template = *self.templates.entry(columns.trip_id[index]).or_insert(position);
            self.frequencies.insert((frequency, template));
            if template != position {
                return Ok(template);
            }
        }
        let start = feed.calls.len() as u32;
        self.calls(columns, (places, lender), feed, (number, index));
        let row = ("trip", index);
        feed.trips.push(Trip {
            id: text(columns, columns.trip_id[index]),
            route: within(&places.route, number, columns.route_of(TripId::from_index(index)).0, row)?,
            service: within(&places.service, number, columns.trip_service[index], row)?,
            headsign: text(columns, columns.trip_headsign[index]),
            short_name: text(columns, columns.trip_short_name[index]),
            direction: columns.trip_direction[index],
            block: text(columns, columns.trip_block[index]),
            shape: within_if_any(&places.shape, number, columns.trip_shape[index], row)?,
            wheelchair: columns.trip_wheelchair[index],
            bikes: columns.trip_bikes[index],
            calls: start..feed.calls.len() as u32,
            certainty_days: certainty(columns.trip_certainty_days[index]),
            certainty_times: certainty(columns.trip_certainty_times[index]),
            source: text(columns, columns.trip_source[index]),
        });
        Ok(position)
    }

    fn calls(
        &mut self,
        columns: &Columns,
        (places, lender): (&Places, &mut Lender),
        feed: &mut Feed,
        (number, index): (u32, usize),
    ) {
        let trip = TripId::from_index(index);
        let calls = entries(columns.pattern_call_offset, columns.trip_pattern[index] as usize);
        for (position, call) in calls.enumerate() {
            let at = columns.time_index(trip, position);
            feed.calls.push(Call {
                stop: lender.position(places, number, columns.call_stop[call]),
                arrival: columns.time_arrival[at],
                departure: columns.time_departure[at],
                pickup: columns.call_pickup[call],
                drop_off: columns.call_drop_off[call],
                interpolated: columns.is_interpolated(trip, position),
            });
            self.details.distance.push(columns.call_distance[call]);
            let headsign = self.text(columns.call_headsign[call]);
            self.details.headsign.push(headsign);
            let certainty = columns.time_certainty.get(at).map_or(Certainty::Published, |&byte| certainty(byte));
            self.details.certainty.push(certainty);
            let source = columns.time_source.get(at).map_or(u32::MAX, |&source| self.text(source));
            self.details.source.push(source);
        }
    }

    /// Number of a text among the details', `u32::MAX` for an empty one.
    fn text(&mut self, text: u32) -> u32 {
        if text == 0 || text == u32::MAX {
            return u32::MAX;
        }
        let next = self.texts.len() as u32;
        *self.texts.entry(text).or_insert(next)
    }

    /// Adds frequencies and what is said of calls; columns that say nothing are left empty.
    fn finish(mut self, columns: &Columns, feed: &mut Feed) {
        let row = |(frequency, trip): (u32, u32)| {
            let at = frequency as usize;
            Frequency {
                trip,
                start: columns.frequency_start[at],
                end: columns.frequency_end[at],
                headway: columns.frequency_headway[at],
                exact: columns.frequency_exact[at] != 0,
            }
        };
        feed.frequencies = self.frequencies.into_iter().map(row).collect();
        let details = &mut self.details;
        if details.distance.iter().all(|distance| distance.is_nan()) {
            details.distance.clear();
        }
        if details.certainty.iter().all(|&certainty| certainty == Certainty::Published) {
            details.certainty.clear();
        }
        for column in [&mut details.headsign, &mut details.source] {
            if column.iter().all(|&text| text == u32::MAX) {
                column.clear();
            }
        }
        let mut texts: Vec<(u32, u32)> = self.texts.into_iter().map(|(text, position)| (position, text)).collect();
        texts.sort_unstable();
        details.texts = texts.into_iter().map(|(_, text)| columns.text(text).to_owned()).collect();
        feed.call_details = self.details;
    }
}
