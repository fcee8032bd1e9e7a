//! Searching for runs in the window of a query, and in the whole calendar beyond it.

use crate::calendar::{Calendar, PatternView};
use crate::journey::Run;
use crate::window::{Row, Window};
use std::sync::Arc;
use tumen_base::{PatternId, Time};

/// The times of one run.
#[derive(Clone, Copy)]
pub(crate) enum RunTimes<'w> {
    /// From a window.
    Row(Row<'w>),
    /// From the columns of the timetable.
    Columns(PatternView<'w>, Run),
}

impl RunTimes<'_> {
    /// When the run leaves a call.
    pub(crate) fn departure(&self, call: usize) -> Time {
        match self {
            Self::Row(row) => row.departure(call),
            Self::Columns(view, run) => view.departure(*run, call),
        }
    }

    /// When the run reaches a call.
    pub(crate) fn arrival(&self, call: usize) -> Time {
        match self {
            Self::Row(row) => row.arrival(call),
            Self::Columns(view, run) => view.arrival(*run, call),
        }
    }
}

/// A run and where its times are.
#[derive(Clone, Copy)]
pub(crate) struct Located<'w> {
    pub(crate) run: Run,
    pub(crate) times: RunTimes<'w>,
    /// Its position among the window's runs of its pattern, if it lies in the window.
    position: Option<usize>,
}

/// All runs, those of the window close at hand.
#[derive(Clone, Copy)]
pub(crate) struct Timeline<'w, 'a> {
    pub(crate) calendar: &'w Calendar<'a>,
    pub(crate) around: &'w Around,
}

/// The window of a search.
#[derive(Default)]
pub(crate) struct Around {
    pub(crate) window: Arc<Window>,
    /// Whether every run that the search may use lies in the window, so that the calendar need not be asked.
    pub(crate) complete: bool,
}

impl<'w, 'a> Timeline<'w, 'a> {
    fn in_window(self, pattern: PatternId, position: usize) -> Option<Located<'w>> {
        let window = self.around.window.pattern(pattern)?;
        let run = *window.runs.get(position)?;
        Some(Located { run, times: RunTimes::Row(window.row(position)), position: Some(position) })
    }

    fn outside(view: &PatternView<'a>, run: Run) -> Located<'w>
    where
        'a: 'w,
    {
        Located { run, times: RunTimes::Columns(*view, run), position: None }
    }

    /// A run of a pattern.
    pub(crate) fn locate(self, pattern: PatternId, view: &PatternView<'a>, run: Run) -> Located<'w> {
        let found = self.around.window.pattern(pattern).and_then(|window| window.runs.binary_search(&run).ok());
        found.and_then(|position| self.in_window(pattern, position)).unwrap_or_else(|| Self::outside(view, run))
    }

    /// The first run of a pattern that leaves a call at or after a time, or where `BACK` the last one that reaches it at or before;
    /// of those that `allowed` admits.
    pub(crate) fn first<const BACK: bool>(
        self,
        pattern: PatternId,
        view: &PatternView<'a>,
        (call, time): (usize, Time),
        allowed: impl Fn(Run) -> bool,
    ) -> Option<Located<'w>> {
        let mut day = if BACK { i32::MAX } else { 0 };
        if let Some(window) = self.around.window.pattern(pattern) {
            let count = window.runs.len();
            let admitted = |&position: &usize| allowed(window.runs[position]);
            let found = if BACK {
                (0..window.reaching(call, time)).rev().find(admitted)
            } else {
                (window.first_leaving(call, time, count)..count).find(admitted)
            };
            if found.is_some() || self.around.complete {
                return self.in_window(pattern, found?);
            }
            let days = &self.around.window.days;
            day = if BACK { days.start - 1 } else { days.end };
        }
        let run = if BACK {
            self.calendar.last_reaching(view, day, (call, time), allowed)
        } else {
            self.calendar.first_leaving(view, day, (call, time), allowed)
        };
        Some(Self::outside(view, run?))
    }

    /// The last of the runs after a known one (before it, where `EARLIER`) up to which `holds` is true of all, of those that
    /// `allowed` admits: a few steps.
    pub(crate) fn last_while<const EARLIER: bool>(
        self,
        pattern: PatternId,
        view: &PatternView<'a>,
        known: &Located<'w>,
        holds: impl Fn(&RunTimes<'w>) -> bool,
        allowed: impl Fn(Run) -> bool,
    ) -> Option<Located<'w>> {
        let mut found = None;
        let mut next = self.beside::<EARLIER>(pattern, view, known);
        while let Some(run) = next.filter(|run| holds(&run.times)) {
            if allowed(run.run) {
                found = Some(run);
            }
            next = self.beside::<EARLIER>(pattern, view, &run);
        }
        found
    }

    /// The run of the pattern after one, or before it.
    pub(crate) fn beside<const EARLIER: bool>(
        self,
        pattern: PatternId,
        view: &PatternView<'a>,
        located: &Located<'w>,
    ) -> Option<Located<'w>> {
        let step = |position: usize| if EARLIER { position.checked_sub(1) } else { Some(position + 1) };
        let beside = located.position.and_then(step).and_then(|position| self.in_window(pattern, position));
        beside.or_else(|| {
            let run = if EARLIER {
                self.calendar.preceding(view, located.run)
            } else {
                self.calendar.following(view, located.run)
            };
            Some(self.locate(pattern, view, run?))
        })
    }
}
