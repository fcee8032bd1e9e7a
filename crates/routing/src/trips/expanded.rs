//! The runs of consecutive service days as numbers, pattern by pattern and in order, with the arrivals at their calls.

use crate::journey::Run;
use crate::network::Network;
use std::ops::Range;
use tumen_base::{PatternId, Time};

/// What a search knows of a run.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RunInfo {
    /// Its first call in the event columns; those of its other calls follow.
    pub(crate) event: u32,
    /// Where the runs of its pattern end.
    pub(crate) end: u32,
    /// Its pattern.
    pub(crate) pattern: u32,
}

/// The runs of consecutive service days.
#[derive(Default)]
pub(crate) struct Expanded {
    /// Days whose runs it holds, all of them.
    pub(crate) days: Range<i32>,
    /// The runs, pattern by pattern, each in order.
    pub(crate) run: Vec<Run>,
    /// What a search knows of each.
    pub(crate) info: Vec<RunInfo>,
    /// Runs of each pattern.
    offset: Vec<u32>,
    /// Arrival at each call of each run: an event.
    pub(crate) arrival: Vec<Time>,
}

impl Expanded {
    /// The runs of some days; `None` where they have too many calls to be numbered.
    pub(crate) fn of(network: &Network<'_>, days: Range<i32>) -> Option<Self> {
        let calendar = &network.calendar;
        let mut expanded = Self { days: days.clone(), offset: vec![0], ..Self::default() };
        for pattern in 0..calendar.patterns() {
            let view = calendar.pattern(PatternId::from_index(pattern));
            let from = expanded.run.len();
            expanded.run.extend(calendar.runs_on(&view, days.clone()));
            let end = expanded.run.len();
            for &run in &expanded.run[from..] {
                let event = u32::try_from(expanded.arrival.len()).ok().filter(|&event| event < u32::MAX / 2)?;
                expanded.info.push(RunInfo { event, end: end as u32, pattern: pattern as u32 });
                expanded.arrival.extend((0..view.calls).map(|call| view.arrival(run, call)));
            }
            expanded.offset.push(end as u32);
        }
        Some(expanded)
    }

    /// The runs of a pattern.
    pub(crate) fn of_pattern(&self, pattern: PatternId) -> Range<u32> {
        self.offset[pattern.index()]..self.offset[pattern.index() + 1]
    }

    /// The number of a run.
    pub(crate) fn find(&self, pattern: PatternId, run: Run) -> Option<u32> {
        let runs = self.of_pattern(pattern);
        let found = self.run[runs.start as usize..runs.end as usize].binary_search(&run).ok()?;
        Some(runs.start + found as u32)
    }

    /// The events of a run: its calls in order.
    pub(crate) fn events(&self, run: u32) -> Range<usize> {
        let from = self.info[run as usize].event as usize;
        let until = self.info.get(run as usize + 1).map_or(self.arrival.len(), |next| next.event as usize);
        from..until
    }

    /// When a run reaches a call.
    pub(crate) fn arrival_at(&self, run: u32, call: usize) -> Time {
        self.arrival[self.info[run as usize].event as usize + call]
    }

    /// When a run reaches its last call.
    pub(crate) fn last_arrival(&self, run: u32) -> Time {
        self.arrival[self.events(run).end - 1]
    }

    /// Its memory in bytes.
    pub(crate) fn bytes(&self) -> usize {
        size_of::<Run>() * self.run.len()
            + size_of::<RunInfo>() * self.info.len()
            + 4 * (self.offset.len() + self.arrival.len())
    }
}
