//! `/api/v6/stoptimes`: departures and arrivals, page by page.

use axum::response::Response;
use serde_json::{Value, json};
use std::ops::Range;
use tumen_base::{SECONDS_PER_DAY, Time};
use tumen_journey::clock::{self, DayEnd};
use tumen_journey::departures::{self, Event, Kind, Listing};
use tumen_journey::motis;
use tumen_journey::names::Spot;
use tumen_journey::present::View;
use tumen_journey::when::When;
use tumen_timetable::Columns;

use super::around::Around;
use super::cursor::{Cursor, Position, Reach, Sent, Side};
use super::modes::Modes;
use super::parameters::Parameters;
use super::{days, shape, view};
use crate::app::Desk;
use crate::asker::Asker;
use crate::problem::Problem;

/// Events of a page where nobody says how many.
const USUAL_COUNT: usize = 10;
/// The most events of a page.
const MOST_COUNT: usize = 2000;
/// Days that are looked through until enough is found, in seconds.
const LOOKS: [i32; 4] = [SECONDS_PER_DAY, 7 * SECONDS_PER_DAY, 62 * SECONDS_PER_DAY, 400 * SECONDS_PER_DAY];

/// What is asked.
struct StopTimes {
    around: Around,
    kinds: Vec<Kind>,
    time: When,
    side: Side,
    /// The fewest events, and the seconds from which all are wanted.
    count: usize,
    window: i32,
    modes: Modes,
    with_stops: bool,
    passed: bool,
    cursor: Option<Sent>,
    language: Option<String>,
    warnings: Vec<String>,
}

/// An event with what it is.
type Found = (Event, Kind);

/// A page of events.
struct Page {
    found: Vec<Found>,
    before: Option<Position>,
    behind: Option<Position>,
}

/// Departures and arrivals.
pub async fn stoptimes(asker: Asker, given: Parameters) -> Result<Response, Problem> {
    let request = StopTimes::read(given, asker.now())?;
    asker.answer(move |desk| request.answer(desk)).await
}

impl StopTimes {
    fn read(mut given: Parameters, now: When) -> Result<Self, Problem> {
        let around = Around::read(&mut given)?;
        let arrive_by = given.flag("arriveBy", false)?;
        let kinds = match (given.flag("both", false)?, arrive_by) {
            (true, _) => vec![Kind::Departures, Kind::Arrivals],
            (false, false) => vec![Kind::Departures],
            (false, true) => vec![Kind::Arrivals],
        };
        let usual_side = if arrive_by { Side::Earlier } else { Side::Later };
        let side = given.word("direction", &[("EARLIER", Side::Earlier), ("LATER", Side::Later)])?;
        let window = given.number("window", 0..=366 * SECONDS_PER_DAY)?;
        let count = given.number("n", 0..=MOST_COUNT)?;
        let request = Self {
            around,
            kinds,
            time: given.moment("time")?.unwrap_or(now),
            side: side.unwrap_or(usual_side),
            count: count.unwrap_or(if window.is_some() { 0 } else { USUAL_COUNT }),
            window: window.unwrap_or(0),
            modes: Modes::read("mode", given.list("mode"))?,
            with_stops: given.flag("fetchStops", false)?,
            passed: given.flag("withScheduledSkippedStops", false)?,
            cursor: given.text("pageCursor")?.map(|text| Sent::read(&text)).transpose()?,
            language: given.language()?,
            warnings: Vec::new(),
        };
        shape::without_effect(&mut given)?;
        Ok(Self { warnings: given.finish()?, ..request })
    }

    fn answer(self, desk: &mut Desk<'_, '_, '_>) -> Result<Value, Problem> {
        let view = view(desk.served, self.language.as_deref());
        let columns = view.columns();
        let spot = self.around.spot(&view)?;
        let (side, at) = if let Some(sent) = self.cursor {
            let cursor = sent.resolve(&columns)?;
            (cursor.side, cursor.at)
        } else {
            let time = clock::resolve(&columns, self.time, self.time, spot.first_stop(), DayEnd::First)
                .map_err(|failure| Problem::from(failure).with("field", json!("time")))?;
            // What leaves at the very time is listed on either side.
            (self.side, Position::before(time.saturating_add(i32::from(self.side == Side::Earlier))))
        };
        let page = self.page(&columns, &spot, side, at);
        let written = |side: Side, at: Option<Position>| {
            at.map(|at| Cursor { side, at, arrival: None, reach: Reach::Far }.written(&columns)).unwrap_or_default()
        };
        let stop_times: Vec<Value> = page.found.iter().map(|found| self.stop_time(&view, found)).collect();
        Ok(json!({
            "stopTimes": stop_times,
            "place": motis::place(&view, spot.first_stop(), Some(&spot.name)),
            "previousPageCursor": written(Side::Earlier, page.before),
            "nextPageCursor": written(Side::Later, page.behind),
            "tumen": { "warnings": self.warnings },
        }))
    }

    fn page(&self, columns: &Columns<'_>, spot: &Spot, side: Side, at: Position) -> Page {
        let days = days(columns);
        let is_within = |event: &Event, seconds: i32| match side {
            Side::Later => event.time < at.time.saturating_add(seconds),
            Side::Earlier => event.time >= at.time.saturating_sub(seconds),
        };
        let mut looks = LOOKS.iter().copied().filter(|&look| self.count > 0 && look > self.window);
        let mut look = if self.count > 0 { self.window.max(LOOKS[0]) } else { self.window };
        loop {
            let (span, edge, is_last) = match side {
                Side::Later => {
                    let end = at.time.saturating_add(look);
                    (at.time..end, end, end >= days.end)
                }
                Side::Earlier => {
                    let start = at.time.saturating_sub(look);
                    (start..at.time.saturating_add(i32::from(at.skip > 0)), start, start <= days.start)
                }
            };
            let mut found = self.events(columns, spot, span);
            drop_beyond(&mut found, side, at);
            let next = looks.find(|&next| next > look);
            match next {
                Some(next) if found.len() < self.count && !is_last => look = next,
                _ => {
                    let in_window = found.iter().filter(|(event, _)| is_within(event, self.window)).count();
                    let dropped = found.len().saturating_sub(in_window.max(self.count).min(MOST_COUNT));
                    let edge = if dropped == 0 {
                        Some(Position::before(edge)).filter(|_| !is_last)
                    } else {
                        Some(cut(&mut found, side, at, dropped))
                    };
                    let (before, behind) = if side == Side::Later { (Some(at), edge) } else { (edge, Some(at)) };
                    return Page { found, before, behind };
                }
            }
        }
    }

    /// Everything in a span of time, in order.
    fn events(&self, columns: &Columns<'_>, spot: &Spot, span: Range<Time>) -> Vec<Found> {
        let mut found: Vec<Found> = Vec::new();
        for &kind in &self.kinds {
            let listing = Listing::new(spot.stops.iter().map(|(stop, _)| *stop), kind).with_passed(self.passed);
            let events = departures::within(columns, &listing, span.clone());
            found.extend(events.into_iter().map(|event| (event, kind)));
        }
        found.retain(|(event, _)| {
            let route = columns.route_of(event.run.trip);
            self.modes.allows(columns.route_kind[route.index()])
        });
        found.sort_by_key(|(event, kind)| {
            (event.time, event.stop, event.run, event.position, *kind == Kind::Departures)
        });
        found
    }

    fn stop_time(&self, view: &View<'_>, (event, kind): &Found) -> Value {
        let mut value = motis::stop_time(view, event, *kind);
        if self.with_stops {
            let calls = view.columns().call_count(event.run.trip);
            let (key, positions) = match kind {
                Kind::Departures => ("nextStops", event.position + 1..calls),
                Kind::Arrivals => ("previousStops", 0..event.position),
            };
            value[key] = motis::calls(view, event.run, positions).into();
        }
        value
    }
}

/// Drops what lies on the other side of a position.
fn drop_beyond(found: &mut Vec<Found>, side: Side, at: Position) {
    let skip = usize::from(at.skip);
    match side {
        Side::Later => {
            let here = found.iter().take_while(|(event, _)| event.time == at.time).count();
            found.drain(..here.min(skip));
        }
        Side::Earlier => {
            let before = found.iter().take_while(|(event, _)| event.time < at.time).count();
            found.truncate(before + skip);
        }
    }
}

/// Drops the events that are farthest from a position, and answers where the others end.
fn cut(found: &mut Vec<Found>, side: Side, at: Position, dropped: usize) -> Position {
    let same = |events: &[Found], time: Time| events.iter().filter(|(event, _)| event.time == time).count() as u16;
    match side {
        Side::Later => {
            found.truncate(found.len() - dropped);
            let Some(time) = found.last().map(|(event, _)| event.time) else { return at };
            let here = if time == at.time { at.skip } else { 0 };
            Position { time, skip: same(found, time) + here }
        }
        Side::Earlier => {
            let rest = found.split_off(dropped);
            let farthest = std::mem::replace(found, rest);
            let Some(time) = found.first().map(|(event, _)| event.time) else { return at };
            Position { time, skip: same(&farthest, time) }
        }
    }
}
