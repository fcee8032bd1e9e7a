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

    /// The first run of a pattern that leaves a call at or after a time and that `allowed` admits.
    pub(crate) fn first_leaving(
        self,
        pattern: PatternId,
        view: &PatternView<'a>,
        (call, time): (usize, Time),
        allowed: impl Fn(Run) -> bool,
    ) -> Option<Located<'w>> {
        let mut day = 0;
        if let Some(window) = self.around.window.pattern(pattern) {
            for position in window.first_leaving(call, time, window.runs.len())..window.runs.len() {
                if allowed(window.runs[position]) {
                    return self.in_window(pattern, position);
                }
            }
            if self.around.complete {
                return None;
            }
            day = self.around.window.days.end;
        }
        let run = self.calendar.first_leaving(view, day, (call, time), allowed)?;
        Some(Self::outside(view, run))
    }

    /// The last run of a pattern that reaches a call at or before a time and that `allowed` admits.
    pub(crate) fn last_reaching(
        self,
        pattern: PatternId,
        view: &PatternView<'a>,
        (call, time): (usize, Time),
        allowed: impl Fn(Run) -> bool,
    ) -> Option<Located<'w>> {
        let mut day = i32::MAX;
        if let Some(window) = self.around.window.pattern(pattern) {
            for position in (0..window.reaching(call, time)).rev() {
                if allowed(window.runs[position]) {
                    return self.in_window(pattern, position);
                }
            }
            if self.around.complete {
                return None;
            }
            day = self.around.window.days.start - 1;
        }
        let run = self.calendar.last_reaching(view, day, (call, time), allowed)?;
        Some(Self::outside(view, run))
    }

    /// The first run before a known one that leaves a call at or after a time and that `allowed` admits: a few steps back.
    pub(crate) fn first_leaving_before(
        self,
        pattern: PatternId,
        view: &PatternView<'a>,
        known: &Located<'w>,
        (call, time): (usize, Time),
        allowed: impl Fn(Run) -> bool,
    ) -> Option<Located<'w>> {
        let mut found = None;
        let mut earlier = self.preceding(pattern, view, known);
        while let Some(run) = earlier.filter(|run| run.times.departure(call) >= time) {
            if allowed(run.run) {
                found = Some(run);
            }
            earlier = self.preceding(pattern, view, &run);
        }
        found
    }

    /// The last run after a known one that reaches a call at or before a time and that `allowed` admits.
    pub(crate) fn last_reaching_after(
        self,
        pattern: PatternId,
        view: &PatternView<'a>,
        known: &Located<'w>,
        (call, time): (usize, Time),
        allowed: impl Fn(Run) -> bool,
    ) -> Option<Located<'w>> {
        let mut found = None;
        let mut later = self.following(pattern, view, known);
        while let Some(run) = later.filter(|run| run.times.arrival(call) <= time) {
            if allowed(run.run) {
                found = Some(run);
            }
            later = self.following(pattern, view, &run);
        }
        found
    }

    /// The run of the pattern after one.
    pub(crate) fn following(
        self,
        pattern: PatternId,
        view: &PatternView<'a>,
        located: &Located<'w>,
    ) -> Option<Located<'w>> {
        let next = located.position.and_then(|position| self.in_window(pattern, position + 1));
        next.or_else(|| Some(self.locate(pattern, view, self.calendar.following(view, located.run)?)))
    }

    /// The run of the pattern before one.
    pub(crate) fn preceding(
        self,
        pattern: PatternId,
        view: &PatternView<'a>,
        located: &Located<'w>,
    ) -> Option<Located<'w>> {
        let previous = located.position.and_then(|position| self.in_window(pattern, position.checked_sub(1)?));
        previous.or_else(|| Some(self.locate(pattern, view, self.calendar.preceding(view, located.run)?)))
    }
}
