//! What can be chosen when feeds are compiled.

use tumen_base::Date;

/// Choices of [`super::compile`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CompileOptions {
    /// First service day to keep; by default the first day on which any trip runs.
    pub from: Option<Date>,
    /// Last service day to keep; by default the last day on which any trip runs, but at most ten years after the feed's
    /// last sensible date or today.
    pub until: Option<Date>,
    /// Today, from which open-ended calendars are bounded: this crate reads no clock.
    pub today: Date,
    /// Generated walks.
    pub walk: WalkOptions,
    /// Where each feed came from, parallel to the feeds; may be shorter.
    pub sources: Vec<SourceStamp>,
}

impl CompileOptions {
    /// The default choices on a given day.
    pub fn on(today: Date) -> Self {
        Self { from: None, until: None, today, walk: WalkOptions::default(), sources: Vec::new() }
    }
}

/// Walks that transfers.txt does not mention, and the time a change takes where no rule says it (ordinary mode only).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WalkOptions {
    /// Straight-line radius in metres; 0 generates no walks.
    pub radius_m: u32,
    /// Speed in millimetres a second.
    pub speed_mm_s: u32,
    /// Length of the way on foot for 1,000 straight-line metres.
    pub detour_permille: u32,
    /// Seconds of a change at one stop, or within one station, without a rule.
    pub change_time_s: u32,
}

impl Default for WalkOptions {
    fn default() -> Self {
        Self { radius_m: 500, speed_mm_s: 1_200, detour_permille: 1_300, change_time_s: 120 }
    }
}

impl WalkOptions {
    /// No walks and no change time: the strict mode's network.
    pub const fn none() -> Self {
        Self { radius_m: 0, speed_mm_s: 1_200, detour_permille: 1_000, change_time_s: 0 }
    }
}

/// Where a feed came from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceStamp {
    /// Path or name as it was given.
    pub name: String,
    /// xxh3 (64 bits) of the bytes that were read.
    pub hash: u64,
}
