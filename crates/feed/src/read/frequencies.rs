//! frequencies.txt.

use super::Reader;
use crate::complaint::Code;
use crate::csv::{choice, number, short, time};
use crate::error::Refusal;
use crate::model::Frequency;

const FILE: &str = "frequencies.txt";

impl Reader<'_> {
    pub(super) fn read_frequencies(&mut self) -> Result<(), Refusal> {
        let Some(mut sheet) = self.sheet(FILE)? else { return Ok(()) };
        let [trip, start, end, headway, exact] =
            sheet.columns(["trip_id", "start_time", "end_time", "headway_secs", "exact_times"]);
        if !sheet.has_all([trip, start, end, headway], self.report) {
            return Ok(());
        }
        let mut departures = 0;
        while let Some(row) = sheet.next(self.report)? {
            let id = row.get(trip);
            let Some(trip) = self.known_trip(id) else {
                self.report.add(Code::UnknownTrip, row.place(trip), || {
                    format!("`{}` is no trip_id of trips.txt, or a trip that was left out; ignored", short(id))
                });
                continue;
            };
            let times = (
                time(&row, start, self.report),
                time(&row, end, self.report),
                number(&row, headway, 1, i32::MAX, self.report),
            );
            let (Some(start), Some(end), Some(headway)) = times else {
                self.report.add(Code::BadFrequency, row.here(), || {
                    "start_time, end_time and a positive headway_secs are needed; the row was ignored".to_owned()
                });
                continue;
            };
            if start >= end {
                self.report.add(Code::BadFrequency, row.here(), || {
                    "end_time does not lie after start_time; the row was ignored".to_owned()
                });
                continue;
            }
            departures += u64::from(((end - start - 1) / headway + 1).unsigned_abs());
            let allowed = self.source.options.limits.frequency_departures;
            if departures > allowed {
                return Err(Refusal::Limit { file: FILE.to_owned(), limit: "frequency_departures", allowed });
            }
            let exact = choice(&row, exact, 1, self.report) == 1;
            self.feed.frequencies.push(Frequency { trip, start, end, headway, exact });
        }
        sheet.finish(self.report);
        Ok(())
    }
}
