//! The calls of one trip: order, missing times, checks.

use tumen_base::Certainty;

use super::IdTable;
use crate::complaint::Code;
use crate::model::{Call, CallDetails};
use crate::report::{Place, Report};

/// A time that the feed does not give.
pub(super) const ABSENT: i32 = i32::MIN;
/// A text that the feed does not give.
pub(super) const NO_TEXT: u32 = u32::MAX;

/// A row of stop_times.txt before its trip is complete.
#[derive(Clone, Copy, Debug)]
pub(super) struct RawCall {
    pub trip: u32,
    pub sequence: u32,
    pub line: u32,
    pub stop: u32,
    pub arrival: i32,
    pub departure: i32,
    pub distance: f32,
    pub headsign: u32,
    pub source: u32,
    pub certainty: Certainty,
    pub pickup: u8,
    pub drop_off: u8,
}

/// The calls of all complete trips.
#[derive(Default)]
pub(super) struct Calls {
    pub rows: Vec<Call>,
    pub details: CallDetails,
}

impl Calls {
    /// Takes the rows of one trip; the range of its calls, or `None` (and a complaint) where it cannot run.
    pub(super) fn add_trip(
        &mut self,
        id: &str,
        rows: &mut [RawCall],
        report: &mut Report,
    ) -> Option<std::ops::Range<u32>> {
        order(id, rows, report);
        let first = *rows.first()?;
        let place = Place::row("stop_times.txt", u64::from(first.line));
        if rows.len() < 2 {
            report.add(Code::TripTooShort, place, || format!("trip `{id}` has one usable call; it was left out"));
            return None;
        }
        for row in rows.iter_mut() {
            match (row.arrival, row.departure) {
                (ABSENT, departure) => row.arrival = departure,
                (arrival, ABSENT) => row.departure = arrival,
                _ => {}
            }
        }
        if rows[0].departure == ABSENT || rows[rows.len() - 1].arrival == ABSENT {
            report.add(Code::TripWithoutEnds, place, || {
                format!("trip `{id}` has no time at its first or last usable call; it was left out")
            });
            return None;
        }
        if let Some(late) = first_decrease(rows) {
            let place = Place::row("stop_times.txt", u64::from(rows[late].line));
            report.add(Code::TripRunsBackwards, place, || {
                format!("trip `{id}` goes back in time at this call; the trip was left out")
            });
            return None;
        }
        let start = self.rows.len() as u32;
        self.push_spread(rows);
        Some(start..self.rows.len() as u32)
    }

    /// Appends the rows, missing times spread evenly over the calls between.
    fn push_spread(&mut self, rows: &[RawCall]) {
        // The last timed call and the next one, between which untimed calls lie.
        let (mut before, mut after) = (0, 0);
        for (index, row) in rows.iter().enumerate() {
            let interpolated = row.arrival == ABSENT;
            let (arrival, departure) = if interpolated {
                if after < index {
                    after = index + rows[index..].iter().take_while(|row| row.arrival == ABSENT).count();
                }
                let (from, until) = (i64::from(rows[before].departure), i64::from(rows[after].arrival));
                let share = (until - from) * (index - before) as i64 / (after - before) as i64;
                ((from + share) as i32, (from + share) as i32)
            } else {
                before = index;
                (row.arrival, row.departure)
            };
            let (stop, pickup, drop_off) = (row.stop, row.pickup, row.drop_off);
            self.push_details(row);
            self.rows.push(Call { stop, arrival, departure, pickup, drop_off, interpolated });
        }
    }

    /// Details of the call that is pushed next.
    fn push_details(&mut self, row: &RawCall) {
        let (calls, details) = (self.rows.len(), &mut self.details);
        let text = |text: u32| (text != NO_TEXT).then_some(text);
        let distance = (!row.distance.is_nan()).then_some(row.distance);
        let certainty = (row.certainty != Certainty::Published).then_some(row.certainty);
        push_sparse(&mut details.distance, calls, distance, f32::NAN);
        push_sparse(&mut details.headsign, calls, text(row.headsign), NO_TEXT);
        push_sparse(&mut details.source, calls, text(row.source), NO_TEXT);
        push_sparse(&mut details.certainty, calls, certainty, Certainty::Published);
    }

    /// Gives the texts their final numbers, in the order in which calls use them.
    pub(super) fn settle_details(&mut self, texts: &IdTable) {
        let details = &mut self.details;
        let mut numbers = std::collections::BTreeMap::new();
        for text in details.headsign.iter_mut().chain(&mut details.source).filter(|text| **text != NO_TEXT) {
            *text = *numbers.entry(*text).or_insert_with_key(|text| {
                details.texts.push(texts.name(*text).to_owned());
                details.texts.len() as u32 - 1
            });
        }
    }
}

/// Appends to a column that stays empty until some call says something.
fn push_sparse<T: Copy>(column: &mut Vec<T>, calls: usize, value: Option<T>, absent: T) {
    if value.is_some() || !column.is_empty() {
        column.resize(calls, absent);
        column.push(value.unwrap_or(absent));
    }
}

/// Puts the rows in the order of stop_sequence; equal ones keep the order of the file.
fn order(id: &str, rows: &mut [RawCall], report: &mut Report) {
    if !rows.is_sorted_by_key(|row| row.sequence) {
        rows.sort_by_key(|row| row.sequence);
    }
    if let Some(pair) = rows.windows(2).find(|pair| pair[0].sequence == pair[1].sequence) {
        report.add(Code::DuplicateSequence, Place::row("stop_times.txt", u64::from(pair[1].line)), || {
            format!("trip `{id}` has stop_sequence {} twice; these calls keep the order of the file", pair[0].sequence)
        });
    }
}

/// The first timed call that is earlier than a timed one before it, or departs before it arrives.
fn first_decrease(rows: &[RawCall]) -> Option<usize> {
    let mut latest = i32::MIN;
    rows.iter().position(|row| {
        if row.arrival == ABSENT {
            return false;
        }
        let decreases = row.arrival < latest || row.departure < row.arrival;
        latest = row.departure;
        decreases
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows as `arrival departure`, `-` for an absent time.
    fn rows(lines: &[&str]) -> Vec<RawCall> {
        let time = |word: Option<&str>| word.and_then(|word| word.parse().ok()).unwrap_or(ABSENT);
        let row = |(index, line): (usize, &&str)| {
            let mut words = line.split(' ');
            RawCall {
                trip: 0,
                sequence: index as u32,
                line: index as u32 + 2,
                stop: 0,
                arrival: time(words.next()),
                departure: time(words.next()),
                distance: f32::NAN,
                headsign: NO_TEXT,
                source: NO_TEXT,
                certainty: Certainty::Published,
                pickup: 0,
                drop_off: 0,
            }
        };
        lines.iter().enumerate().map(row).collect()
    }

    fn read(lines: &[&str]) -> (Vec<(i32, i32, bool)>, Report) {
        let (mut calls, mut report) = (Calls::default(), Report::new(9));
        calls.add_trip("t", &mut rows(lines), &mut report);
        (calls.rows.iter().map(|call| (call.arrival, call.departure, call.interpolated)).collect(), report)
    }

    #[test]
    fn missing_times_are_spread_evenly_and_rounded_down() {
        let (calls, _) = read(&["0 10", "- -", "- -", "30 40", "- -", "50 50"]);
        let times: Vec<i32> = calls.iter().map(|call| call.0).collect();
        assert_eq!(times, [0, 16, 23, 30, 45, 50]);
        assert_eq!(calls.iter().filter(|call| call.2).count(), 3);
    }

    #[test]
    fn one_time_stands_for_both() {
        assert_eq!(read(&["- 5", "7 -"]).0, [(5, 5, false), (7, 7, false)]);
    }

    #[test]
    fn trips_that_cannot_run_are_left_out() {
        for (lines, code) in [
            (&["0 0"][..], Code::TripTooShort),
            (&["- -", "5 5"], Code::TripWithoutEnds),
            (&["5 5", "- -"], Code::TripWithoutEnds),
            (&["5 5", "4 4"], Code::TripRunsBackwards),
            (&["5 5", "- -", "4 4"], Code::TripRunsBackwards),
            (&["5 5", "7 6", "8 8"], Code::TripRunsBackwards),
        ] {
            let (calls, report) = read(lines);
            assert_eq!((calls.len(), report.count(code)), (0, 1), "{lines:?}");
        }
    }
}
