//! Pages of journeys.
//!
//! All journeys of a question are a list: those that nobody beats who leaves later, arrives earlier and boards less, in the order of
//! departure. A page is a part of it. Where a length of the search window is given and no number of journeys, a page is what is best among
//! those who leave in a window of that length, and the next page the next such window.
//!
//! A question by arrival begins with those of the list that arrive in time and leave last. Earlier pages have those that leave before
//! them and arrive in time, later ones whatever leaves after the last of them.

use jiff::Timestamp;
use std::ops::Range;
use tumen_base::{SECONDS_PER_DAY, Time};
use tumen_journey::Result;
use tumen_journey::answer::{Answered, Set};
use tumen_journey::crosser::Crosser;
use tumen_journey::itinerary::Itinerary;
use tumen_journey::plan::{self, PlanQuestion, Wanted};
use tumen_journey::present::View;
use tumen_journey::search::{self, Ask, Question, Search};
use tumen_journey::when::When;
use tumen_routing::{Limit, Router};

use super::cursor::{Arrival, Cursor, Position, Reach, Side};
use super::days;

/// Departures that are looked at where nobody says for how long, in seconds.
const USUAL_WINDOW: i32 = 900;
/// Journeys that are looked for where nobody says how many.
const USUAL_COUNT: u16 = 5;
/// The first look back, in seconds; each further one goes so many times as far.
const FIRST_LOOK_BACK: i32 = 3600;
const FARTHER: i32 = 4;
/// The longest look ahead in one search: more than a timetable can have days.
const LONGEST_LOOK: i32 = 20 * 366 * SECONDS_PER_DAY;
/// How far ahead [`Wanted::Connections`] looks.
const YEAR: i32 = 366 * SECONDS_PER_DAY;

/// How much is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    /// Whether the time is the latest arrival.
    pub arrive_by: bool,
    /// Whether later departures are worth something.
    pub timetable: bool,
    /// Seconds of departures, where said.
    pub window: Option<i32>,
    /// The fewest journeys of a page, where said.
    pub least: Option<u16>,
    /// The most.
    pub most: u16,
}

impl Size {
    fn window(&self) -> i32 {
        self.window.unwrap_or(USUAL_WINDOW)
    }

    /// The fewest journeys: none where nothing but a window is asked for.
    fn least(&self) -> usize {
        let usual = if self.window.is_some() { 0 } else { USUAL_COUNT };
        let fewest = u16::from(self.window() == 0);
        self.least.unwrap_or(usual).max(fewest).min(self.most).into()
    }
}

/// A page.
pub struct Page {
    /// Its journeys; see [`Answered::complete`].
    pub answered: Answered,
    /// The departures that were looked at; without `timetableView` the times between which journeys were looked for.
    pub looked_at: Range<Time>,
    /// Where the page before it ends; `None` where the timetable has nothing before it.
    pub earlier: Option<Cursor>,
    /// Where the next page begins; `None` where the timetable has nothing behind it.
    pub later: Option<Cursor>,
}

/// Looks for pages.
pub struct Pager<'p, 'w, 'n, 'a> {
    /// What answers are looked at through.
    pub view: &'p View<'w>,
    /// Who searches.
    pub router: &'p mut Router<'n, 'a>,
    /// The question in words.
    pub question: &'p Question,
    /// The question as a search.
    pub search: &'p Search,
    /// How long journeys may take where the question does not say, for the cursors.
    pub reach: Reach,
}

/// A part of the list, looked for from a position to one side.
struct Part {
    answered: Answered,
    /// Where it ends on that side.
    edge: Position,
    /// Whether the list ends there.
    is_last: bool,
}

impl Pager<'_, '_, '_, '_> {
    /// The page that a cursor names; the first one of the question's time without.
    ///
    /// # Errors
    /// When the router refuses the question.
    pub fn page(&mut self, time: Time, size: &Size, cursor: Option<Cursor>) -> Result<Page> {
        if !size.timetable {
            return self.only_page(time, size);
        }
        let cursor = match cursor {
            Some(cursor) => cursor,
            None if size.arrive_by => {
                let arrival = self.arrival(time)?;
                let at = Position::before(arrival.last_departure.saturating_add(1));
                Cursor { side: Side::Earlier, at, arrival: Some(arrival), reach: self.reach }
            }
            None => Cursor { side: Side::Later, at: Position::before(time), arrival: None, reach: self.reach },
        };
        let Cursor { side, at, arrival, reach } = cursor;
        let by_window = size.least() == 0 && size.window() > 0 && arrival.is_none();
        let mut part = match side {
            _ if by_window => self.window(at, side, size.window())?,
            Side::Later => self.later(at, size)?,
            Side::Earlier => self.earlier(at, arrival, size)?,
        };
        part.cut(at, side, size.most.into());
        let (first, last) = if side == Side::Later { (at, part.edge) } else { (part.edge, at) };
        let page = |side: Side, at: Position| {
            let ends = side == cursor.side && part.is_last;
            (!ends).then_some(Cursor { side, at, arrival, reach })
        };
        Ok(Page {
            looked_at: first.time..last.time.saturating_add(i32::from(last.skip > 0)),
            earlier: page(Side::Earlier, first),
            later: page(Side::Later, last),
            answered: part.answered,
        })
    }

    /// The best journeys from a time on, or up to it: there are no others of their kind.
    fn only_page(&mut self, time: Time, size: &Size) -> Result<Page> {
        let answered = self.ask(time, if size.arrive_by { Wanted::Arrive } else { Wanted::Depart })?;
        let horizon = self.search.horizon;
        let looked_at =
            if size.arrive_by { time.saturating_sub(horizon)..time } else { time..time.saturating_add(horizon) };
        Ok(Page { answered, looked_at, earlier: None, later: None })
    }

    /// When one leaves at the latest to arrive by a time. Where nobody who leaves within the longest journey before does, it is the last
    /// moment before that.
    fn arrival(&mut self, latest: Time) -> Result<Arrival> {
        let mut answered = self.ask(latest, Wanted::Arrive)?;
        let rides = list(&mut answered).iter().filter(|itinerary| itinerary.trips > 0);
        let last = rides.map(|itinerary| itinerary.departure).max();
        let before = latest.saturating_sub(self.search.horizon).saturating_sub(1);
        Ok(Arrival { latest, last_departure: last.unwrap_or(before) })
    }

    /// What is best among those who leave in a window.
    fn window(&mut self, at: Position, side: Side, seconds: i32) -> Result<Part> {
        let days = days(&self.view.columns());
        let (from, edge, is_last) = match side {
            Side::Later => {
                let end = at.time.saturating_add(seconds);
                (at.time, end, end >= days.end)
            }
            Side::Earlier => {
                let start = at.time.saturating_sub(seconds);
                (start, start, start <= days.start)
            }
        };
        let mut answered = self.ask(from, |when| Wanted::Window(when, seconds))?;
        if side == Side::Later {
            drop_first(list(&mut answered), at);
        }
        Ok(Part { answered, edge: Position::before(edge), is_last })
    }

    /// The next part of the list: all that leaves in the window, or as many as are asked for.
    fn later(&mut self, at: Position, size: &Size) -> Result<Part> {
        let until = at.time.saturating_add(size.window());
        let next = self.next(at, size)?;
        if next.is_last || next.edge.time >= until || is_cancelled(&next.answered) {
            return Ok(next);
        }
        // More leaves in the window than is asked for at least.
        let mut answered = self.ask(at.time, |when| Wanted::Span(when, size.window()))?;
        drop_first(list(&mut answered), at);
        Ok(Part { answered, edge: Position::before(until), is_last: until >= days(&self.view.columns()).end })
    }

    /// As many as are asked for.
    fn next(&mut self, at: Position, size: &Size) -> Result<Part> {
        let end = days(&self.view.columns()).end;
        let wanted = size.least() + usize::from(at.skip);
        let count = |found: usize| u16::try_from(wanted - found).unwrap_or(u16::MAX);
        let mut answered = self.ask(at.time, |when| Wanted::Connections(when, count(0)))?;
        let mut from = at.time.saturating_add(YEAR);
        let mut found = list(&mut answered).len();
        while found < wanted && from < end && !is_cancelled(&answered) {
            let more = self.ask(from, |when| Wanted::Connections(when, count(found)))?;
            append(&mut answered, more);
            found = list(&mut answered).len();
            from = from.saturating_add(YEAR);
        }
        let is_last = found < wanted && !is_cancelled(&answered);
        drop_first(list(&mut answered), at);
        let mut part = Part { answered, edge: Position::before(from.max(end)), is_last };
        if !is_last {
            part.edge = part.behind(at);
        }
        Ok(part)
    }

    /// The part of the list before a position: all that leaves in the window, or as many as are asked for.
    fn earlier(&mut self, at: Position, arrival: Option<Arrival>, size: &Size) -> Result<Part> {
        let start = days(&self.view.columns()).start;
        let end = at.time.saturating_add(i32::from(at.skip > 0));
        let mut back = size.window().max(if size.least() > 0 { FIRST_LOOK_BACK } else { 0 });
        let mut part = loop {
            let from = at.time.saturating_sub(back).max(start).min(end);
            let mut answered = match end - from {
                0 => self.nothing(at.time),
                seconds => self.ask(from, |when| Wanted::Span(when, seconds))?,
            };
            let found = list(&mut answered);
            found.retain(|itinerary| arrival.is_none_or(|arrival| arrival.has(itinerary)));
            let before = found.iter().take_while(|itinerary| itinerary.departure < at.time).count();
            found.truncate(before + usize::from(at.skip));
            let found = found.len();
            let is_last = from <= start || (found == 0 && !self.is_possible(start, end)?);
            if found >= size.least() || is_last || is_cancelled(&answered) {
                break Part { is_last: is_last && !is_cancelled(&answered), answered, edge: Position::before(from) };
            }
            back = back.saturating_mul(FARTHER);
        };
        let least = size.least();
        let in_window = at.time.saturating_sub(size.window());
        let found = list(&mut part.answered);
        let wanted = found.iter().filter(|itinerary| itinerary.departure >= in_window).count().max(least);
        if found.len() > wanted {
            part.keep_last(wanted);
        }
        Ok(part)
    }

    /// Whether anybody gets there at all who leaves between two times.
    fn is_possible(&mut self, start: Time, end: Time) -> Result<bool> {
        let ahead = end.saturating_sub(start).max(0);
        let patient =
            Search { horizon: ahead.saturating_add(self.search.horizon).min(LONGEST_LOOK), ..self.search.clone() };
        let found = search::ask(self.router, &self.view.columns(), &patient, Ask::Depart(start))?;
        Ok(!found.journeys.is_empty() || found.limits.contains(&Limit::Cancelled))
    }

    /// An answer without journeys.
    pub fn nothing(&self, time: Time) -> Answered {
        let Search { from, to, horizon, .. } = self.search.clone();
        Answered { horizon, ..Answered::new(from, to, String::new(), time) }
    }

    fn ask(&mut self, time: Time, wanted: impl FnOnce(When) -> Wanted) -> Result<Answered> {
        let unix = self.view.columns().to_unix(time);
        let when = When::Instant(Timestamp::from_second(unix).unwrap_or(Timestamp::MAX));
        let asked = PlanQuestion { question: self.question.clone(), wanted: wanted(when), per_mode: false, now: when };
        plan::journeys(self.view, self.router, &Crosser::default(), &asked, self.search.clone())
    }
}

impl Part {
    /// Leaves no more journeys than a page has at most.
    fn cut(&mut self, at: Position, side: Side, most: usize) {
        let found = list(&mut self.answered);
        if found.len() <= most {
            return;
        }
        match side {
            Side::Later => {
                found.truncate(most);
                self.edge = self.behind(at);
                self.is_last = false;
            }
            Side::Earlier => self.keep_last(most),
        }
    }

    /// Where it ends that begins at a position.
    fn behind(&mut self, at: Position) -> Position {
        let found = list(&mut self.answered);
        let Some(time) = found.last().map(|itinerary| itinerary.departure) else { return at };
        let here = found.iter().filter(|itinerary| itinerary.departure == time).count() as u16;
        Position { time, skip: here + if time == at.time { at.skip } else { 0 } }
    }

    /// Leaves the last journeys alone.
    fn keep_last(&mut self, count: usize) {
        let found = list(&mut self.answered);
        let dropped: Vec<Itinerary> = found.drain(..found.len().saturating_sub(count)).collect();
        self.is_last &= dropped.is_empty();
        if let Some(first) = found.first() {
            let time = first.departure;
            let skip = dropped.iter().filter(|itinerary| itinerary.departure == time).count() as u16;
            self.edge = Position { time, skip };
        }
    }
}

impl Arrival {
    /// Whether a journey is in the list of the question: it arrives in time, or leaves after all that do.
    fn has(self, itinerary: &Itinerary) -> bool {
        itinerary.arrival <= self.latest || itinerary.departure > self.last_departure
    }
}

/// The journeys of an answer for nobody in particular: all are known to be allowed, or nothing is known of borders.
fn list(answered: &mut Answered) -> &mut Vec<Itinerary> {
    if answered.sets.is_empty() {
        answered.sets.push(Set { label: None, mode: None, doubtful: false, itineraries: Vec::new() });
    }
    &mut answered.sets[0].itineraries
}

/// Drops what lies before a position.
fn drop_first(found: &mut Vec<Itinerary>, at: Position) {
    let here = found.iter().take_while(|itinerary| itinerary.departure == at.time).count();
    found.drain(..here.min(at.skip.into()));
}

fn append(answered: &mut Answered, mut more: Answered) {
    let journeys = std::mem::take(list(&mut more));
    list(answered).extend(journeys);
    answered.removed.extend(more.removed);
    answered.limits.extend(more.limits);
    answered.hiding.extend(more.hiding);
    for limits in [&mut answered.limits, &mut answered.hiding] {
        limits.sort_unstable();
        limits.dedup();
    }
}

fn is_cancelled(answered: &Answered) -> bool {
    answered.limits.contains(&Limit::Cancelled)
}
