//! Trips cut where nobody may ride across: on those days each stretch between cuts is a trip of its own, `ID@1-4` for calls
//! 1 to 4 of the trip ID.

use super::editor::Editor;
use crate::closure::Closure;
use std::collections::{BTreeMap, BTreeSet};
use tumen_base::Date;
use tumen_feed::{Feed, Frequency, TableRow, Transfer, Trip};

/// File of the hosts of carriages.
const HOSTS: &str = "through_carriage_hosts.txt";

/// Calls of a trip from the first to the last, both included.
type Calls = (u32, u32);

/// On which dates which stretches of a trip can be ridden.
pub(super) struct Cut {
    /// Dates on which all of it runs.
    whole: BTreeSet<Date>,
    /// Dates by stretch.
    stretches: BTreeMap<Calls, BTreeSet<Date>>,
    /// Whether any date is closed in any part.
    any: bool,
}

impl Cut {
    /// What closures leave of a trip of so many calls that runs on some dates.
    pub(super) fn of(closures: &[Closure], dates: impl Iterator<Item = Date>, calls: u32) -> Self {
        let mut cut = Self { whole: BTreeSet::new(), stretches: BTreeMap::new(), any: false };
        for date in dates {
            let on_date = closures.iter().filter(|closure| closure.days.contains(date));
            let closed: BTreeSet<u32> = on_date.flat_map(|closure| closure.hops.clone()).collect();
            if closed.is_empty() {
                cut.whole.insert(date);
                continue;
            }
            cut.any = true;
            let mut first = 0;
            for hop in closed.into_iter().chain([calls - 1]) {
                if hop > first {
                    cut.stretches.entry((first, hop)).or_default().insert(date);
                }
                first = hop + 1;
            }
        }
        cut
    }
}

impl Editor {
    /// Divides a trip.
    pub(super) fn cut(&mut self, feed: usize, index: u32, cut: &Cut) {
        if !cut.any {
            return;
        }
        let service = self.feeds[feed].trips[index as usize].service;
        let whole = self.service(feed, service, &cut.whole);
        self.feeds[feed].trips[index as usize].service = whole;
        for (&(first, last), dates) in &cut.stretches {
            let service = self.service(feed, service, dates);
            let piece = piece(&mut self.feeds[feed], index, (first, last), service);
            let id = self.feeds[feed].trips[piece as usize].id.clone();
            follow_transfers(&mut self.feeds[feed], index, piece, (first, last));
            self.register(feed, id, piece);
            self.follow_hosts(feed, index, piece);
        }
    }

    /// Lets carriages be hauled by a piece of a host, where it holds all of their stretch. Where it does not they are not hauled:
    /// a hole.
    fn follow_hosts(&mut self, feed: usize, index: u32, piece: u32) {
        let of = &self.feeds[feed];
        let (host, made) = (of.trips[index as usize].id.clone(), of.trips[piece as usize].id.clone());
        let name = of.name.clone();
        for (number, other) in self.feeds.iter_mut().enumerate() {
            let prefix = if number == feed { String::new() } else { format!("{name}:") };
            let Some(table) = other.extension.get_mut(HOSTS) else { continue };
            let Some(column) = table.column("trip_id") else { continue };
            let written = format!("{prefix}{host}");
            let named = |row: &&TableRow| row.values.get(column).is_some_and(|value| *value == written);
            // A stretch that the piece does not have is no host: the compiler would say so, and leave it out.
            let rows: Vec<TableRow> = table.rows.iter().filter(named).cloned().collect();
            let with_piece = |mut row: TableRow| {
                row.values[column] = format!("{prefix}{made}");
                row
            };
            table.rows.extend(rows.into_iter().map(with_piece));
        }
    }
}

/// Adds a piece of a trip.
fn piece(feed: &mut Feed, index: u32, (first, last): Calls, service: u32) -> u32 {
    let trip = feed.trips[index as usize].clone();
    let range = (trip.calls.start + first) as usize..(trip.calls.start + last + 1) as usize;
    let start = feed.calls.len() as u32;
    let offset = feed.calls[range.start].departure - feed.calls[trip.calls.start as usize].departure;
    feed.calls.extend_from_within(range.clone());
    let details = &mut feed.call_details;
    extend(&mut details.distance, range.clone());
    extend(&mut details.headsign, range.clone());
    extend(&mut details.certainty, range.clone());
    extend(&mut details.source, range);
    let position = feed.trips.len() as u32;
    feed.trips.push(Trip {
        id: format!("{}@{}-{}", trip.id, first + 1, last + 1),
        service,
        calls: start..feed.calls.len() as u32,
        ..trip
    });
    let repeated = feed.frequencies.iter().filter(|frequency| frequency.trip == index);
    let moved: Vec<Frequency> = repeated
        .map(|&frequency| Frequency {
            trip: position,
            start: frequency.start + offset,
            end: frequency.end + offset,
            ..frequency
        })
        .collect();
    feed.frequencies.extend(moved);
    position
}

/// Repeats a part of a column behind it, where the feed has the column.
fn extend<T: Copy>(column: &mut Vec<T>, range: std::ops::Range<usize>) {
    if !column.is_empty() {
        column.extend_from_within(range);
    }
}

/// Gives a piece the transfer rules of its trip, and keeps the passenger from staying seated into the next piece.
fn follow_transfers(feed: &mut Feed, index: u32, piece: u32, (first, last): Calls) {
    let (whole, part) = (&feed.trips[index as usize], &feed.trips[piece as usize]);
    let calls = |trip: &Trip| &feed.calls[trip.calls.start as usize..trip.calls.end as usize];
    let ends = last + 1 == calls(whole).len() as u32;
    let calls_at = |stop: Option<u32>| stop.is_none_or(|stop| calls(part).iter().any(|call| call.stop == stop));
    let mut more = Vec::new();
    for rule in &feed.transfers {
        let in_seat = rule.kind >= 4;
        let from = rule.from_trip == Some(index) && if in_seat { ends } else { calls_at(rule.from_stop) };
        let to = rule.to_trip == Some(index) && if in_seat { first == 0 } else { calls_at(rule.to_stop) };
        if from {
            more.push(Transfer { from_trip: Some(piece), ..*rule });
        }
        if to {
            more.push(Transfer { to_trip: Some(piece), ..*rule });
        }
    }
    // Pieces share their trip's block with the trips before and after it, but not with each other.
    if !whole.block.is_empty() {
        let others = feed.trips.iter().zip(0..).filter(|(other, number)| {
            *number != piece && *number != index && other.id.starts_with(&format!("{}@", whole.id))
        });
        for (_, other) in others {
            let pair = |from_trip, to_trip| Transfer { from_trip, to_trip, kind: 5, ..Transfer::default() };
            more.extend([pair(Some(piece), Some(other)), pair(Some(other), Some(piece))]);
        }
    }
    feed.transfers.extend(more);
}
