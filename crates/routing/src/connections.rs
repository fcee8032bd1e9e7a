//! The next few connections: profiles of one stretch of departures after the other, until there are enough. Stretches in which
//! nothing leaves are skipped.

use crate::journey::{Answer, Limit};
use crate::network::RoutingError;
use crate::query::Query;
use crate::router::{MAX_SECONDS, Router};
use crate::staircase::Staircase;
use tumen_base::Time;

/// The shortest stretch of departures looked at, in seconds.
const SHORTEST: i32 = 3600;

/// A time to leave at, and what is reached then within the horizon.
struct Leaving {
    time: Time,
    reaches: Staircase,
    /// Walking alone is a journey, and what takes longer was not looked for.
    walks: bool,
    limits: Vec<Limit>,
}

impl Leaving {
    fn is_cancelled(&self) -> bool {
        self.limits.contains(&Limit::Cancelled)
    }
}

/// What was looked at, up to a time.
struct Ahead<'q> {
    query: &'q Query<'q>,
    /// Who leaves here was not looked at yet.
    from: Leaving,
    /// From here on nobody may leave.
    last: Time,
    limits: Vec<Limit>,
}

impl Router<'_, '_> {
    /// The next `count` connections: of the Pareto-optimal (departure, arrival, trips) triples that depart within `longest` seconds of
    /// the query's time the first by departure; none of them is beaten by somebody who leaves later, however much later. The horizon
    /// counts from each departure.
    ///
    /// # Errors
    /// As [`Self::profile`].
    pub fn connections(&mut self, query: &Query<'_>, count: usize, longest: i32) -> Result<Answer, RoutingError> {
        self.check_profile(query, longest)?;
        let from = self.leaving(query, query.time)?;
        let last = query.time.saturating_add(longest);
        let mut ahead = Ahead { query, from, last, limits: Vec::new() };
        let mut answer = Answer { journeys: Vec::new(), limits: Vec::new(), engine: Self::engine(query) };
        let mut step = SHORTEST;
        while answer.journeys.len() < count {
            let Some(end) = self.skip(&mut ahead, step)? else { break };
            let begin = std::mem::replace(&mut ahead.from, end);
            let stretch = Query { time: begin.time, ..query.clone() };
            let seconds = ahead.from.time - begin.time;
            let mut profile = self.profile_before(&stretch, seconds, &ahead.from.reaches)?;
            step = next_step(seconds, profile.journeys.len(), count - answer.journeys.len());
            profile.journeys.sort_by_key(|journey| (journey.departure, journey.arrival));
            answer.journeys.append(&mut profile.journeys);
            answer.limits.append(&mut profile.limits);
            answer.engine = profile.engine;
        }
        answer.journeys.truncate(count);
        answer.limits.append(&mut ahead.limits);
        answer.limits.sort_unstable();
        answer.limits.dedup();
        Ok(answer)
    }

    /// Goes ahead to a stretch of departures in which somebody may leave: of about so many seconds, or after a pause of the
    /// fewest. It goes from `ahead` to what is answered; `None` where there is none, or where the search gave up.
    fn skip(&mut self, ahead: &mut Ahead<'_>, mut step: i32) -> Result<Option<Leaving>, RoutingError> {
        let (mut pause, mut closing) = (None, false);
        let mut end = None;
        while ahead.from.time < ahead.last && !self.leads_nowhere(ahead)? {
            let next = self.leaving(ahead.query, ahead.last.min(ahead.from.time.saturating_add(step)))?;
            if ahead.from.is_cancelled() || next.is_cancelled() {
                ahead.limits.push(Limit::Cancelled);
                return Ok(None);
            }
            if is_quiet(&ahead.from, &next) {
                let begin = std::mem::replace(&mut ahead.from, next);
                ahead.limits.extend(begin.limits.iter().copied());
                pause.get_or_insert(begin);
                step = if closing { step / 2 } else { step.saturating_mul(2) }.max(SHORTEST);
            } else if pause.is_some() && step > SHORTEST {
                closing = true;
                step = SHORTEST.max(step / 2);
            } else {
                end = Some(next);
                break;
            }
        }
        match pause {
            Some(pause) if self.has_fewer_trips(ahead.query, &pause, ahead.from.time)? => {
                Ok(Some(std::mem::replace(&mut ahead.from, pause)))
            }
            _ => Ok(end),
        }
    }

    /// Whether nobody who leaves from here on gets there. Goes ahead to where a journey may start, if that is far.
    fn leads_nowhere(&mut self, ahead: &mut Ahead<'_>) -> Result<bool, RoutingError> {
        let Leaving { time, reaches, walks, .. } = &ahead.from;
        let horizon = (ahead.last - time).saturating_add(ahead.query.horizon);
        if *walks || *reaches != Staircase::NOWHERE || horizon > MAX_SECONDS {
            return Ok(false);
        }
        let patient = Query { horizon, ..ahead.query.clone() };
        let found = self.leaving(&patient, *time)?;
        if found.reaches == Staircase::NOWHERE {
            ahead.limits.extend(found.limits);
            return Ok(true);
        }
        let earliest = found.reaches.first_arrival() - ahead.query.horizon;
        if earliest - time >= SHORTEST {
            ahead.from = self.leaving(ahead.query, earliest)?;
        }
        Ok(false)
    }

    /// Whether somebody who leaves in a pause may get there with fewer trips than who leaves at its beginning, or its end: beyond
    /// the horizon of who leaves at its beginning.
    fn has_fewer_trips(&mut self, query: &Query<'_>, begin: &Leaving, end: Time) -> Result<bool, RoutingError> {
        let trips = begin.reaches.fewest_trips().unwrap_or(1);
        let fewer = Query { max_trips: trips - 1, time: begin.time, ..query.clone() };
        Ok(trips > 1 && !self.profile_before(&fewer, end - begin.time, &begin.reaches)?.journeys.is_empty())
    }

    fn leaving(&mut self, query: &Query<'_>, time: Time) -> Result<Leaving, RoutingError> {
        let answer = self.journeys(&Query { time, ..query.clone() })?;
        let walks = answer.journeys.iter().any(|journey| journey.trips == 0);
        Ok(Leaving { time, reaches: Staircase::of(&answer.journeys), walks, limits: answer.limits })
    }
}

/// Whether who leaves at the first of two times reaches no more than who leaves at the second. What is left to say of those who
/// leave between them is in [`Router::has_fewer_trips`].
fn is_quiet(from: &Leaving, end: &Leaving) -> bool {
    !from.walks && !end.walks && from.reaches != Staircase::NOWHERE && from.reaches == end.reaches
}

/// How many seconds of departures are looked at next when `found` of the `missing` ones left in so many seconds: half as much again
/// as it takes if they go on like that, but no more than twice as many.
fn next_step(seconds: i32, found: usize, missing: usize) -> i32 {
    let still = missing.saturating_sub(found) as u64;
    let expected =
        u64::from(seconds.unsigned_abs()).saturating_mul(still).saturating_mul(3) / (2 * found.max(1) as u64);
    let most = SHORTEST.max(seconds).saturating_mul(2);
    i32::try_from(expected).unwrap_or(i32::MAX).clamp(SHORTEST, most)
}

#[cfg(test)]
mod tests {
    use super::next_step;

    #[test]
    fn a_stretch_grows_by_what_was_found() {
        assert_eq!(next_step(3600, 0, 5), 7200, "no more than twice as long");
        assert_eq!(next_step(7200, 4, 5), 3600, "2,700 s would do");
        assert_eq!(next_step(36_000, 4, 5), 13_500);
        assert_eq!(next_step(i32::MAX, 1, usize::MAX), i32::MAX);
    }
}
