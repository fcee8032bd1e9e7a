//! Is this timetable possible?
//!
//! Every rule compares the timetable with facts of track, borders and carriages and calls impossible only what is so however the
//! unknown figures turn out. What lacks a fact is counted as not checkable, with the fact that is missing; it never passes.

mod at_borders;
mod coaches;
mod facts;
mod gauge_change;
mod passages;
mod report;
mod rides;

use std::ops::RangeInclusive;
use tumen_base::{Date, StopId, Time, TripId};
use tumen_border::Borders;
use tumen_timetable::{CarriageId, Columns, Timetable};

use crate::lines::Track;
use crate::running::Margin;

pub use facts::{Facts, PostFacts};
pub use report::{Checked, Days, Fleet, Lack, MOST_KEPT, Rule, Tally, Unchecked, Violation};
pub use rides::greatest_speed_kmh;

/// How strictly is checked.
#[derive(Clone, Debug)]
pub struct CheckOptions {
    /// Service days.
    pub days: RangeInclusive<Date>,
    /// The reserve that every ride should keep; `None`: what is just possible passes.
    pub margin: Option<Margin>,
    /// Seconds in which no coach is uncoupled, moved and coupled to another train. An assumption.
    pub shunting: i32,
    /// Seconds in which a carriage is turned round at the end of its run. An assumption.
    pub turn: i32,
}

impl CheckOptions {
    /// What is assumed where nobody says otherwise: five minutes for shunting, four hours for turning round, no reserve.
    pub fn on(days: RangeInclusive<Date>) -> Self {
        Self { days, margin: None, shunting: 5 * 60, turn: 4 * 3600 }
    }
}

/// What is checked: a timetable with what is known beside it.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// The timetable.
    pub timetable: &'a Timetable,
    /// Its sections and lines.
    pub track: &'a Track,
    /// Its posts.
    pub borders: &'a Borders,
    /// What else is stated.
    pub facts: &'a Facts,
}

/// Checks a timetable against every rule.
pub fn check(subject: Subject<'_>, options: &CheckOptions) -> Checked {
    let columns = subject.timetable.columns();
    let mut checker = Checker { subject, columns, options, found: Checked::default() };
    rides::check(&mut checker);
    passages::check(&mut checker);
    at_borders::check(&mut checker);
    gauge_change::check(&mut checker);
    coaches::check(&mut checker);
    let mut found = checker.found;
    found.violations.sort_by_key(|violation| violation.rule);
    found
}

/// What every rule works with.
struct Checker<'a> {
    subject: Subject<'a>,
    columns: Columns<'a>,
    options: &'a CheckOptions,
    found: Checked,
}

impl Checker<'_> {
    /// The service days of a trip that are asked for.
    fn days(&self, trip: TripId) -> impl Iterator<Item = i32> + use<'_> {
        let columns = &self.columns;
        let (first, last) = (self.options.days.start().0, self.options.days.end().0.min(columns.last_date().0));
        let offset = columns.first_date().0;
        let all = columns.days_of_trip(trip).iter();
        all.skip_while(move |day| day.saturating_add(offset) < first)
            .take_while(move |day| day.saturating_add(offset) <= last)
    }

    /// Whether a trip has a day that is asked for, and is a train of its own: a through carriage runs where its hosts do.
    fn is_train(&self, trip: TripId) -> bool {
        self.columns.way_of_trip(trip).is_none() && self.days(trip).next().is_some()
    }

    /// The days of something that happens on some service days; `None` where it happens on none.
    fn span(&self, mut days: impl Iterator<Item = i32>) -> Option<Days> {
        let first = days.next()?;
        let (last, count) = days.fold((first, 1), |(_, count), day| (day, count + 1));
        Some(Days { first: self.columns.date_of(first), last: self.columns.date_of(last), count })
    }

    /// The id of a trip as people write it: with its feed where there are several.
    fn written(&self, trip: TripId) -> String {
        let columns = &self.columns;
        if let Some(way) = columns.way_of_trip(trip) {
            return self.written_carriage(columns.carriage_of_way(way));
        }
        let feed = columns.text(columns.feed_name[columns.feed_of_trip(trip).index()]);
        self.prefixed(feed, columns.text(columns.trip_id[trip.index()]))
    }

    fn written_carriage(&self, carriage: CarriageId) -> String {
        let columns = &self.columns;
        let index = carriage.0 as usize;
        let feed = columns.text(columns.feed_name[columns.carriage_feed[index] as usize]);
        self.prefixed(feed, columns.text(columns.carriage_id[index]))
    }

    fn prefixed(&self, feed: &str, id: &str) -> String {
        if self.columns.feed_name.len() > 1 && !feed.is_empty() { format!("{feed}:{id}") } else { id.to_owned() }
    }

    /// What people call a trip: its number, else its route; the name of a carriage.
    fn name(&self, trip: TripId) -> String {
        let columns = &self.columns;
        if let Some(way) = columns.way_of_trip(trip) {
            return self.name_of_carriage(columns.carriage_of_way(way));
        }
        let route = columns.route_of(trip).index();
        let texts =
            [columns.trip_short_name[trip.index()], columns.route_short_name[route], columns.route_long_name[route]];
        texts.into_iter().map(|text| columns.text(text)).find(|text| !text.is_empty()).unwrap_or_default().to_owned()
    }

    fn name_of_carriage(&self, carriage: CarriageId) -> String {
        self.columns.text(self.columns.carriage_name[carriage.0 as usize]).to_owned()
    }

    fn stop_name(&self, stop: StopId) -> String {
        self.columns.stop_name(stop).to_owned()
    }

    /// The clock at a stop, as `15:30`.
    fn clock(&self, time: Time, stop: StopId) -> String {
        self.columns.local_time(time, stop).strftime("%H:%M").to_string()
    }
}

/// Seconds by which a time between two clock times may be longer than they say: they are rounded where both are whole minutes.
const fn rounding(departure: i32, arrival: i32) -> i32 {
    if departure % 60 == 0 && arrival % 60 == 0 { 60 } else { 0 }
}

/// A duration in words, seconds rounded.
fn words(seconds: f64) -> String {
    tumen_base::format_duration(seconds.round() as i64)
}
