//! How a traveller fares at every border of a timetable, over time: verdicts as hindrances.

use std::collections::HashMap;
use tumen_base::{Date, Time, TripId};
use tumen_timetable::Columns;

use crate::Borders;
use crate::country::Country;
use crate::crossings::Crossing;
use crate::hindrance::{Cause, Hindrance};
use crate::posts::PostId;
use crate::verdict::{Crossed, Judge};

/// Days in a row on which the verdicts of a border are no permission, for the same causes; unbounded where empty.
#[derive(Clone, Debug)]
struct Stretch {
    first: Option<Date>,
    last: Option<Date>,
    causes: Vec<Cause>,
}

impl Judge<'_> {
    /// What keeps the traveller from crossing, or is not known to allow it, on every trip and day of a timetable.
    pub fn hindrances(&self, columns: &Columns<'_>, borders: &Borders) -> Vec<Hindrance> {
        let mut known: HashMap<(Option<PostId>, &Country, &Country), Vec<Stretch>> = HashMap::new();
        let mut hindrances = Vec::new();
        for (pattern, crossings) in borders.of_patterns(columns) {
            for crossing in crossings {
                let border = (crossing.passage.map(|passage| passage.post), crossing.from, crossing.to);
                let stretches = known.entry(border).or_insert_with(|| self.stretches(border));
                for trip in columns.trips_of(pattern).map(TripId::from_index) {
                    for stretch in stretches.iter() {
                        let Some((first_day, last_day)) = service_days(columns, &crossing, trip, stretch) else {
                            continue;
                        };
                        let hop = crossing.hop() as u32;
                        let hindrance =
                            |&cause| Hindrance { trip, first_hop: hop, last_hop: hop, first_day, last_day, cause };
                        hindrances.extend(stretch.causes.iter().map(hindrance));
                    }
                }
            }
        }
        hindrances
    }

    fn stretches(&self, (post, from, to): (Option<PostId>, &Country, &Country)) -> Vec<Stretch> {
        let crossed = |day: Date| Crossed { post, from, to, days: day..=day };
        let turns = self.turning_days(&crossed(Date(0)));
        let first_day = turns.first().map_or(Date(0), |turn| turn.plus(-1));
        let starts = std::iter::once(None).chain(turns.iter().copied().map(Some));
        let ends = turns.iter().map(|turn| Some(turn.plus(-1))).chain([None]);
        let mut stretches: Vec<Stretch> = Vec::new();
        for (first, last) in starts.zip(ends) {
            let causes = self.verdict(&crossed(first.unwrap_or(first_day))).map(|verdict| verdict.causes());
            let causes = causes.unwrap_or_default();
            match stretches.last_mut() {
                Some(before) if before.causes == causes => before.last = last,
                _ => stretches.push(Stretch { first, last, causes }),
            }
        }
        stretches.retain(|stretch| !stretch.causes.is_empty());
        stretches
    }
}

/// The local days on which a run leaves the last stop before a border and reaches the first one beyond.
pub fn days_of_crossing(columns: &Columns<'_>, crossing: &Crossing<'_>, trip: TripId, day: i32) -> [Date; 2] {
    let local = |time: Time, call: usize| Date::from(columns.local_time(time, columns.stop_at(trip, call)).date());
    [
        local(columns.departure_of_run(trip, day, crossing.before), crossing.before),
        local(columns.arrival_of_run(trip, day, crossing.after), crossing.after),
    ]
}

/// The service days on which a trip crosses a border in a stretch of days, at least in part; later runs cross later.
fn service_days(columns: &Columns<'_>, crossing: &Crossing<'_>, trip: TripId, stretch: &Stretch) -> Option<(i32, i32)> {
    let all = columns.days();
    let first_after = |is: &dyn Fn([Date; 2]) -> bool| {
        let (mut low, mut high) = (0, all);
        while low < high {
            let middle = low + (high - low) / 2;
            if is(days_of_crossing(columns, crossing, trip, middle)) { high = middle } else { low = middle + 1 }
        }
        low
    };
    let first = stretch.first.map_or(0, |first| first_after(&|[leaving, entering]| leaving.max(entering) >= first));
    let end = stretch.last.map_or(all, |last| first_after(&|[leaving, entering]| leaving.min(entering) > last));
    (first < end).then_some((first, end - 1))
}
