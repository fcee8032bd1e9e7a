//! The next few connections: profiles of one stretch of departures after the other, until there are enough.

use crate::journey::{Answer, Journey};
use crate::network::RoutingError;
use crate::query::{MAX_TRIPS, Query};
use crate::router::Router;
use tumen_base::{SECONDS_PER_DAY, Time};

/// The departures looked at first, in seconds.
const FIRST: i32 = 3600;

impl Router<'_, '_> {
    /// The next `count` connections: of the Pareto-optimal (departure, arrival, trips) triples of a window from the query's time the
    /// first by departure. The window is an hour, and as much longer as it takes to find as many, but at most `longest` seconds;
    /// the horizon counts from each departure.
    ///
    /// # Errors
    /// As [`Self::profile`].
    pub fn connections(&mut self, query: &Query<'_>, count: usize, longest: i32) -> Result<Answer, RoutingError> {
        let mut all = self.profile(query, FIRST.min(longest))?;
        let mut end = FIRST.min(longest);
        while all.journeys.len() < count && end < longest {
            let begin = end;
            end = longest.min(begin.saturating_add(stretch(begin, all.journeys.len(), count)));
            let rest = Query { time: query.time.saturating_add(begin), ..query.clone() };
            let later = self.profile(&rest, end - begin)?;
            add_later(&mut all.journeys, later.journeys);
            all.limits.extend(later.limits);
            all.engine = later.engine;
        }
        all.journeys.sort_by_key(|journey| (journey.departure, journey.arrival));
        all.journeys.truncate(count);
        all.limits.sort_unstable();
        all.limits.dedup();
        Ok(all)
    }
}

/// How many seconds of departures are looked at next, when `found` of `count` leave in the first `seconds`: half as much again as it
/// takes if they go on like that; where none does, three times as many, and a day at least.
fn stretch(seconds: i32, found: usize, count: usize) -> i32 {
    if found == 0 {
        return seconds.saturating_mul(3).max(SECONDS_PER_DAY);
    }
    let (seconds, missing) = (i64::from(seconds), (count - found) as i64);
    let expected = seconds.saturating_mul(missing).saturating_mul(3) / (2 * found as i64);
    i32::try_from(expected).unwrap_or(i32::MAX).max(FIRST)
}

/// Adds the journeys that leave later; who leaves earlier must arrive earlier than all of them that have no more trips.
fn add_later(journeys: &mut Vec<Journey>, later: Vec<Journey>) {
    let mut best = [Time::MAX; MAX_TRIPS as usize + 1];
    for journey in &later {
        for best in &mut best[usize::from(journey.trips)..] {
            *best = journey.arrival.min(*best);
        }
    }
    journeys.retain(|journey| journey.arrival < best[usize::from(journey.trips)]);
    journeys.extend(later);
}

#[cfg(test)]
mod tests {
    use super::stretch;

    #[test]
    fn a_window_grows_by_what_was_found() {
        assert_eq!(stretch(3600, 0, 5), 86_400);
        assert_eq!(stretch(86_400 + 3600, 0, 5), 3 * (86_400 + 3600));
        assert_eq!(stretch(3600, 4, 5), 3600, "1,350 s would do");
        assert_eq!(stretch(7200, 1, 5), 43_200);
        assert_eq!(stretch(i32::MAX, 1, usize::MAX >> 1), i32::MAX);
    }
}
