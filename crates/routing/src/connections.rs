//! The next few connections: profiles of one stretch of departures after the other, until there are enough.

use crate::journey::{Answer, Journey};
use crate::network::RoutingError;
use crate::query::{MAX_TRIPS, Query};
use crate::router::Router;
use tumen_base::Time;

/// The departures looked at first, in seconds.
const FIRST: i32 = 3600;

impl Router<'_, '_> {
    /// The next `count` connections: of the Pareto-optimal (departure, arrival, trips) triples that depart within `longest` seconds of
    /// the query's time the first by departure. Departures are looked at as far ahead as it takes to have as many, and until nobody
    /// who leaves later can beat them; the horizon counts from each departure.
    ///
    /// # Errors
    /// As [`Self::profile`].
    pub fn connections(&mut self, query: &Query<'_>, count: usize, longest: i32) -> Result<Answer, RoutingError> {
        let mut end = FIRST.min(longest);
        let mut all = self.profile(query, end)?;
        all.journeys.sort_by_key(|journey| (journey.departure, journey.arrival));
        while end < longest && !is_settled(&all.journeys, count, query.time.saturating_add(end)) {
            let begin = end;
            end = longest.min(begin.saturating_add(stretch(begin, all.journeys.len(), count)));
            let rest = Query { time: query.time.saturating_add(begin), ..query.clone() };
            let later = self.profile(&rest, end - begin)?;
            add_later(&mut all.journeys, later.journeys);
            all.journeys.sort_by_key(|journey| (journey.departure, journey.arrival));
            all.limits.extend(later.limits);
            all.engine = later.engine;
        }
        all.journeys.truncate(count);
        all.limits.sort_unstable();
        all.limits.dedup();
        Ok(all)
    }
}

/// Whether the first journeys are enough, and nobody who leaves at a time or after it arrives as early as any of them.
fn is_settled(journeys: &[Journey], count: usize, time: Time) -> bool {
    journeys.get(..count).is_some_and(|first| first.iter().all(|journey| journey.arrival <= time))
}

/// How many seconds of departures are looked at next, when `found` of `count` leave in the first `seconds`: half as much again as it
/// takes if they go on like that, but no more than as many seconds again.
fn stretch(seconds: i32, found: usize, count: usize) -> i32 {
    let missing = count.saturating_sub(found) as u64;
    let expected = (seconds.max(0) as u64).saturating_mul(missing).saturating_mul(3) / (2 * found.max(1) as u64);
    i32::try_from(expected).unwrap_or(i32::MAX).clamp(FIRST, seconds.max(FIRST))
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
        assert_eq!(stretch(3600, 0, 5), 3600);
        assert_eq!(stretch(7200, 4, 5), 3600, "2,700 s would do");
        assert_eq!(stretch(36_000, 4, 5), 13_500);
        assert_eq!(stretch(7200, 1, 5), 7200);
        assert_eq!(stretch(i32::MAX, 1, usize::MAX), i32::MAX);
    }
}
