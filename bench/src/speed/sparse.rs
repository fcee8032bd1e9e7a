//! Long and sparse: a carriage that runs twice a month, and searches of a month.

use crate::clock::ThreadClock;
use crate::feeds::Feed;
use crate::pairs::{self, Draw};
use crate::report::{Table, grouped};
use crate::spread::Spread;
use crate::work;
use anyhow::Context;
use tumen_base::{Date, SECONDS_PER_DAY, Time};
use tumen_routing::{Network, Place, Query, Router};
use tumen_timetable::Timetable;

/// The ride that Tumen is named for: stop_ids of its ends in the corridor feed.
const CAR: [&str; 2] = ["RU_MOW_YAR", "KP_PYONGYANG"];
/// A year from its day on.
const YEAR: i32 = 365 * SECONDS_PER_DAY;
/// Times each is asked.
const TIMES: usize = 1000;
/// Days of the long searches and of the short ones they are compared with.
const LONG_AND_SHORT: [i32; 2] = [30, 3];

/// Rows of the car: every departure date of a year one after another, and the year's profile.
///
/// # Errors
/// When the stops are unknown or a query is refused.
pub fn car(table: &mut Table, feed: &Feed, timetable: &Timetable) -> anyhow::Result<()> {
    let columns = timetable.columns();
    let network = Network::new(columns, tumen_routing::Settings::STRICT)?;
    let mut router = Router::new(&network);
    let [from, to] = CAR.map(|id| timetable.stops_with_id(None, id));
    let (from, to) = (*from.first().context(CAR[0])?, *to.first().context(CAR[1])?);
    let midnight = pairs::Pair { from, to, seconds: 0 }.departure(&columns, Date::parse_typed(feed.date)?)?;
    let place = |stop| Place::at(columns.stop_and_descendants(stop));
    let query = Query::depart_at(place(from), place(to), midnight);
    let (mut dates, mut nexts) = (Vec::new(), Vec::new());
    let (mut journeys, mut profiles) = (0, Vec::new());
    for _ in 0..TIMES {
        let clock = ThreadClock::start();
        dates = departures_of_a_year(&mut router, &query)?;
        nexts.push(clock.nanoseconds());
        let clock = ThreadClock::start();
        journeys = router.profile(&query, YEAR)?.journeys.len();
        profiles.push(clock.nanoseconds());
    }
    let names = CAR.join(" → ");
    table.row(&[
        format!("corridor: `Router::next` over 365 days, {names}: {} departures", dates.len()),
        "2 ms".into(),
        Spread::of(nexts).context("never asked")?.to_string(),
    ]);
    table.row(&[
        format!("corridor: profile of 365 days, {names}: {journeys} journeys"),
        "10 ms".into(),
        Spread::of(profiles).context("never asked")?.to_string(),
    ]);
    Ok(())
}

/// Departures, within a year, of the journeys with the fewest boardings that there are in it: each found from just after
/// the one before.
fn departures_of_a_year(router: &mut Router<'_, '_>, query: &Query<'_>) -> anyhow::Result<Vec<Time>> {
    let end = query.time + YEAR;
    let mut departures = Vec::new();
    let mut query = Query { horizon: YEAR + query.horizon, ..query.clone() };
    while let Some(journey) = router.next(&query)?.filter(|journey| journey.departure < end) {
        departures.push(journey.departure);
        query.horizon -= journey.departure + 1 - query.time;
        query.time = journey.departure + 1;
        query.max_trips = journey.trips;
    }
    Ok(departures)
}

/// Rows of earliest arrivals with a long and with a short horizon, pair by pair.
///
/// # Errors
/// When a query is refused.
pub fn horizons(table: &mut Table, feed: &Feed, timetable: &Timetable) -> anyhow::Result<()> {
    let columns = timetable.columns();
    let network = Network::new(columns, tumen_routing::Settings::STRICT)?;
    let mut router = Router::new(&network);
    let date = Date::parse_typed(feed.date)?;
    let drawn = pairs::draw(&columns, Draw { date, days: feed.days, count: TIMES, seed: pairs::SEED })?;
    let mut times = [Vec::new(), Vec::new()];
    for pair in &drawn {
        for (times, days) in times.iter_mut().zip(LONG_AND_SHORT) {
            let query = work::query(&network, pair, date, days * SECONDS_PER_DAY)?;
            let clock = ThreadClock::start();
            router.journeys(&query)?;
            times.push(clock.nanoseconds());
        }
    }
    let [long, short] = times.each_ref().map(|times| times.iter().sum::<u64>());
    let [long_days, short_days] = LONG_AND_SHORT;
    for (times, days) in times.into_iter().zip(LONG_AND_SHORT) {
        table.row(&[
            format!("{}: earliest arrival, horizon {days} days, {} pairs", feed.name, grouped(drawn.len() as u64)),
            String::new(),
            Spread::of(times).context("no pairs")?.to_string(),
        ]);
    }
    table.row(&[
        format!("{}: {long_days}-day searches together, in {short_days}-day searches", feed.name),
        "4".into(),
        format!("{:.2} | | ", long as f64 / short.max(1) as f64),
    ]);
    Ok(())
}
