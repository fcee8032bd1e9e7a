//! From rows to the timetable that answers.

use super::{Action, Complaint, Overlay, Row};
use crate::world::World;
use crate::{Failure, Result};
use serde_json::json;
use std::collections::BTreeMap;
use tumen_analysis::{Addition, Edit, RebuildError, RunDays, Scenario, Stretch, Written, rebuild};
use tumen_base::{Date, FeedId, TripId};
use tumen_border::{Affected, Suspension};

/// The beginning of suspension_ids that stand for cancelled runs.
const CANCELLED: &str = "cancelled:";

/// Rows, and what they are in a timetable.
#[derive(Clone, Debug, Default)]
pub struct Marks {
    /// The rows.
    pub overlay: Overlay,
    added: BTreeMap<TripId, usize>,
}

impl Marks {
    /// The row that added a trip.
    pub fn of_trip(&self, trip: TripId) -> Option<&Row> {
        self.added.get(&trip).map(|&row| &self.overlay.rows[row])
    }

    /// `added run, source: …`; nothing for a trip of the feeds.
    pub fn words(&self, trip: TripId) -> Option<String> {
        self.of_trip(trip).map(|row| format!("added run, source: {}", row.source))
    }

    /// Whether a suspension stands for a cancelled run.
    pub fn is_cancelled(suspension: &Suspension) -> bool {
        suspension.id.starts_with(CANCELLED) && matches!(suspension.affected, Affected::Trips(_))
    }
}

/// The failure that complaints make.
pub fn refused(complaints: &[Complaint]) -> Failure {
    let all: Vec<String> = complaints.iter().map(Complaint::to_string).collect();
    let list: Vec<_> = complaints
        .iter()
        .map(|one| json!({ "file": one.file, "line": one.line, "column": one.column, "message": one.message }))
        .collect();
    Failure::refused("runs_refused", all.join("\n")).with(json!({ "complaints": list }))
}

impl World {
    /// The same with runs added and cancelled. Added ones are compiled in memory, and changes that were worked out beforehand are
    /// let go with that: answers then come from the engines that need none.
    ///
    /// # Errors
    /// When a row does not fit the timetable: file, line, column and what was expected are named.
    pub fn with_runs(self, overlay: Overlay) -> Result<Self> {
        let edits: Vec<Written> = overlay.rows.iter().filter_map(written).collect();
        if edits.is_empty() {
            return self.marked(overlay);
        }
        let scenario = Scenario { name: String::new(), edits };
        let columns = self.columns();
        let applied = scenario.apply(&columns, &[], &[]);
        let built = applied.map_err(RebuildError::from).and_then(|applied| rebuild(&columns, &applied));
        let timetable = built.map_err(|error| match error {
            RebuildError::Scenario(error) => {
                let columns = [
                    ("like", "trip_id"),
                    ("route", "route_id"),
                    ("calls", "calls"),
                    ("id", "run_id"),
                    ("days", "date"),
                ];
                let said = columns.into_iter().find_map(|(word, column)| {
                    Some((column, error.message.strip_prefix(word)?.strip_prefix(": ")?.to_owned()))
                });
                let (column, message) = said.unwrap_or(("run_id", error.message));
                refused(&[Complaint { file: overlay.name.clone(), line: error.line as u64, column, message }])
            }
            other => Failure::refused("runs_refused", format!("{}: {other}", overlay.name)),
        })?;
        World::new(timetable)?.marked(overlay)
    }

    /// [`Self::marked`] for what a scenario has left: runs that it has taken away need not be cancelled.
    pub(crate) fn marked_as_far_as_it_runs(self, mut overlay: Overlay) -> Result<Self> {
        overlay.rows.retain(|row| match &row.action {
            Action::Cancel { trip } => cancelled_trip(&self, trip, row.date).is_ok(),
            Action::Like { .. } | Action::Calls { .. } => true,
        });
        self.marked(overlay)
    }

    /// A timetable in which the runs of an overlay stand already: cancels what it cancels, and marks what it added.
    ///
    /// # Errors
    /// When a run that is cancelled is not there.
    pub fn marked(mut self, overlay: Overlay) -> Result<Self> {
        let mut complaints = Vec::new();
        let mut marks = Marks::default();
        let mut cancelled: Vec<(FeedId, String, &Row)> = Vec::new();
        for (number, row) in overlay.rows.iter().enumerate() {
            match &row.action {
                Action::Cancel { trip } => match cancelled_trip(&self, trip, row.date) {
                    Ok((feed, id)) => cancelled.push((feed, id, row)),
                    Err((column, message)) => {
                        complaints.push(Complaint { file: overlay.name.clone(), line: row.line, column, message });
                    }
                },
                Action::Like { .. } | Action::Calls { .. } => {
                    marks.added.extend(self.trips_with_id(&row.id).into_iter().map(|trip| (trip, number)));
                }
            }
        }
        if !complaints.is_empty() {
            return Err(refused(&complaints));
        }
        for (feed, trip, row) in cancelled {
            let (id, day) = (format!("{CANCELLED}{}", row.id), row.date.compact());
            let reason = if row.note.is_empty() { "cancelled run" } else { &row.note };
            self.suspend(
                feed,
                &[
                    ("suspension_id", &id),
                    ("affects", "trip"),
                    ("id", &trip),
                    ("valid_from", &day),
                    ("valid_to", &day),
                    ("reason", reason),
                    ("source_id", &row.source),
                ],
            );
        }
        marks.overlay = overlay;
        self.set_marks(marks);
        Ok(self)
    }
}

fn written(row: &Row) -> Option<Written> {
    let (route, stretch) = match &row.action {
        Action::Cancel { .. } => return None,
        Action::Like { trip, departure } => (None, Stretch::Like { trip: trip.clone(), departure: *departure }),
        Action::Calls { route, calls } => (Some(route.clone()), Stretch::Calls(calls.clone())),
    };
    let days = RunDays::Dates(vec![row.date]);
    let edit = Edit::Add(Addition { id: row.id.clone(), route, stretch, days, source: Some(row.source.clone()) });
    Some(Written { line: row.line as usize, key: "add", edit })
}

/// The feed and the trip_id of a run that is there to be cancelled.
fn cancelled_trip(
    world: &World,
    id: &str,
    date: Date,
) -> std::result::Result<(FeedId, String), (&'static str, String)> {
    let columns = world.columns();
    let trips = world.trips_with_id(id);
    let Some(&first) = trips.first() else {
        return Err(("trip_id", format!("there is no trip `{id}`; expected a trip_id (with several feeds feed:id)")));
    };
    let feed = columns.feed_of_trip(first);
    if trips.iter().any(|trip| columns.feed_of_trip(*trip) != feed) {
        return Err(("trip_id", format!("several feeds have a trip `{id}`; expected feed:id")));
    }
    let day = columns.day_of(date);
    if !day.is_some_and(|day| trips.iter().any(|trip| columns.days_of_trip(*trip).contains(day))) {
        return Err(("date", format!("trip {id} does not run on the service day {date}")));
    }
    Ok((feed, columns.text(columns.trip_id[first.index()]).to_owned()))
}
