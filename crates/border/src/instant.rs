//! When a run is at the border.

use tumen_base::{Date, TripId};
use tumen_timetable::Columns;

use crate::Borders;
use crate::crossings::Crossing;

impl Borders {
    /// The date on which the run of a service day crosses a border of its pattern, by the clock of the call that tells the
    /// instant: leaving the last call before the border, or reaching the first one beyond it where only that is at the post.
    pub fn date_of_crossing(&self, columns: &Columns<'_>, trip: TripId, day: i32, crossing: &Crossing<'_>) -> Date {
        let ends = crossing.passage.map(|passage| self.post(passage.post).ends);
        let is_at_post = |call| ends.is_some_and(|ends| ends.contains(&Some(columns.stop_at(trip, call))));
        let (time, call) = if !is_at_post(crossing.before) && is_at_post(crossing.after) {
            (columns.arrival_of_run(trip, day, crossing.after), crossing.after)
        } else {
            (columns.departure_of_run(trip, day, crossing.before), crossing.before)
        };
        columns.local_time(time, columns.stop_at(trip, call)).date().into()
    }
}
