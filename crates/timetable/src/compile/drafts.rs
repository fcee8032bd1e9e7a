//! Trips on their way into a timetable: those of trips.txt, the departures of frequencies, the ways of carriages.

use super::error::{CompileError, Limit, bound};
use super::intern::{DaySets, Strings};
use super::tables::{Bases, StopNumbers};
use crate::TimetableData;
use std::ops::Range;
use tumen_base::Certainty;
use tumen_feed::{Call, CallDetails, Feed};

const FREQUENCY_CALLS: Limit = Limit {
    what: "calls of trips that frequencies.txt repeats",
    most: 20_000_000,
    advice: "check headway_secs, start_time and end_time in frequencies.txt",
};

/// A trip that has no number yet.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    /// Where its calls are.
    pub source: u32,
    /// Its calls within the source.
    pub calls: Range<u32>,
    /// Seconds by which its calls run later than the source says.
    pub shift: i32,
    /// Route, counted over all feeds.
    pub route: u32,
    /// Zone in which its service days are counted.
    pub zone: u32,
    /// Day set of its runs, never empty.
    pub days: u32,
    /// What it is.
    pub origin: Origin,
}

/// What a draft is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Origin {
    /// A row of trips.txt of a feed.
    Trip { feed: u32, trip: u32 },
    /// A departure of a frequency (counted over all feeds), its template being a row of trips.txt.
    Departure { feed: u32, trip: u32, frequency: u32 },
    /// A way of a through carriage.
    Way(u32),
}

/// The calls of a feed, or of the ways, with the numbers of their texts.
pub(super) struct CallSource<'a> {
    pub calls: &'a [Call],
    pub details: &'a CallDetails,
    /// String of each text of `details`.
    pub texts: Vec<u32>,
    /// What the stops of the calls are numbered by; `None` where they are numbered over all feeds already.
    pub stops: Option<(&'a StopNumbers, usize)>,
}

/// One call of a draft, with its details; the rare ones have their "absent" values.
#[derive(Clone, Copy, Debug)]
pub(super) struct DraftCall {
    pub stop: u32,
    pub arrival: i32,
    pub departure: i32,
    pub pickup: u8,
    pub drop_off: u8,
    pub headsign: u32,
}

impl<'a> CallSource<'a> {
    pub(super) fn new(
        calls: &'a [Call],
        details: &'a CallDetails,
        stops: Option<(&'a StopNumbers, usize)>,
        strings: &mut Strings,
    ) -> Self {
        let texts = details.texts.iter().map(|text| strings.intern(text)).collect();
        Self { calls, details, texts, stops }
    }

    fn text(&self, column: &[u32], at: usize) -> u32 {
        column.get(at).and_then(|&text| self.texts.get(text as usize)).copied().unwrap_or(0)
    }

    /// String of a call's stop_headsign, 0 where absent.
    pub(super) fn headsign(&self, at: usize) -> u32 {
        self.text(&self.details.headsign, at)
    }

    /// String of a call's sources, 0 where absent.
    pub(super) fn source(&self, at: usize) -> u32 {
        self.text(&self.details.source, at)
    }

    /// certainty_times of a call.
    pub(super) fn certainty(&self, at: usize) -> Certainty {
        self.details.certainty.get(at).copied().unwrap_or_default()
    }

    /// shape_dist_traveled of a call, NaN where absent.
    pub(super) fn distance(&self, at: usize) -> f32 {
        self.details.distance.get(at).copied().unwrap_or(f32::NAN)
    }
}

/// All drafts, in the order of the feeds and their files.
pub(super) struct Drafts<'a> {
    pub sources: Vec<CallSource<'a>>,
    pub all: Vec<Draft>,
    /// The drafts of trip `t`, counted over all feeds, are `of_trip[t]..of_trip[t + 1]`.
    pub of_trip: Vec<u32>,
    /// Trips that run on no day of the span.
    pub idle: usize,
}

impl<'a> Drafts<'a> {
    /// The trips of all feeds that run at all, frequencies repeated.
    pub(super) fn of_feeds(
        feeds: &'a [Feed],
        bases: &'a Bases,
        data: &TimetableData,
        strings: &mut Strings,
    ) -> Result<Self, CompileError> {
        let mut drafts = Self { sources: Vec::new(), all: Vec::new(), of_trip: vec![0], idle: 0 };
        let mut repeated = 0_u64;
        for (index, feed) in feeds.iter().enumerate() {
            drafts.sources.push(CallSource::new(&feed.calls, &feed.call_details, Some((&bases.stop, index)), strings));
            let frequencies = frequencies_by_trip(feed);
            let mut next = frequencies.iter().peekable();
            for (at, trip) in feed.trips.iter().enumerate() {
                let days = data.service_days[(bases.service[index] + trip.service) as usize];
                let draft = Draft {
                    source: index as u32,
                    calls: trip.calls.clone(),
                    shift: 0,
                    route: bases.route[index] + trip.route,
                    zone: data.feed_zone[index],
                    days,
                    origin: Origin::Trip { feed: index as u32, trip: at as u32 },
                };
                let runs = !DaySets::is_empty(days);
                drafts.idle += usize::from(!runs);
                let mut is_template = false;
                while let Some(&&row) = next.peek().filter(|&&&row| feed.frequencies[row as usize].trip == at as u32) {
                    next.next();
                    is_template = true;
                    if runs {
                        drafts.repeat(&draft, feed, row, bases.frequency[index] + row, &mut repeated)?;
                    }
                }
                if runs && !is_template {
                    drafts.all.push(draft);
                }
                drafts.of_trip.push(drafts.all.len() as u32);
            }
        }
        Ok(drafts)
    }

    /// Adds a trip for each departure of a frequency.
    fn repeat(
        &mut self,
        template: &Draft,
        feed: &Feed,
        row: u32,
        frequency: u32,
        repeated: &mut u64,
    ) -> Result<(), CompileError> {
        let Origin::Trip { feed: of, trip } = template.origin else { return Ok(()) };
        let terms = feed.frequencies[row as usize];
        let first = feed.calls[template.calls.start as usize].departure;
        if terms.headway <= 0 {
            return Ok(());
        }
        let starts = (terms.start..terms.end).step_by(terms.headway as usize);
        *repeated += starts.len() as u64 * u64::from(template.calls.end - template.calls.start);
        bound(*repeated, &FREQUENCY_CALLS)?;
        for start in starts {
            let origin = Origin::Departure { feed: of, trip, frequency };
            self.all.push(Draft { shift: start - first, origin, ..template.clone() });
        }
        Ok(())
    }

    /// The calls of a draft.
    pub(super) fn calls(&self, draft: u32) -> impl ExactSizeIterator<Item = DraftCall> + Clone + '_ {
        let draft = &self.all[draft as usize];
        let source = &self.sources[draft.source as usize];
        let range = draft.calls.start as usize..draft.calls.end as usize;
        range.map(move |at| {
            let call = &source.calls[at];
            DraftCall {
                stop: source.stops.map_or(call.stop, |(numbers, feed)| numbers.number(feed, call.stop)),
                arrival: call.arrival + draft.shift,
                departure: call.departure + draft.shift,
                pickup: call.pickup,
                drop_off: call.drop_off,
                headsign: source.headsign(at),
            }
        })
    }

    /// Arrival and departure of every call, shift not applied.
    pub(super) fn raw(&self, draft: u32) -> &'a [Call] {
        let draft = &self.all[draft as usize];
        &self.sources[draft.source as usize].calls[draft.calls.start as usize..draft.calls.end as usize]
    }

    /// Departure from the first call.
    pub(super) fn first_departure(&self, draft: u32) -> i32 {
        self.raw(draft)[0].departure + self.all[draft as usize].shift
    }

    /// Arrival at the last call.
    pub(super) fn last_arrival(&self, draft: u32) -> i32 {
        let calls = self.raw(draft);
        calls[calls.len() - 1].arrival + self.all[draft as usize].shift
    }

    /// The drafts of a trip, counted over all feeds: none where it never runs, several where a frequency repeats it.
    pub(super) fn of(&self, trip: u32) -> Range<u32> {
        self.of_trip[trip as usize]..self.of_trip[trip as usize + 1]
    }
}

/// The rows of frequencies.txt in the order of their trips.
fn frequencies_by_trip(feed: &Feed) -> Vec<u32> {
    let mut rows: Vec<u32> = (0..feed.frequencies.len() as u32).collect();
    rows.sort_by_key(|&row| feed.frequencies[row as usize].trip);
    rows
}
