//! What checking found: violations, and what could not be checked, rule by rule.

use std::collections::{BTreeMap, BTreeSet};
use tumen_base::{Certainty, Date, StopId, Time};

/// Violations of one rule beyond these are counted, not kept.
pub const MOST_KEPT: usize = 10_000;

/// Things that lack a fact beyond these are counted, not named.
const MOST_NAMED: usize = 1000;

/// What a timetable must keep to be possible.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rule {
    /// No train is quicker than the track and it can be.
    RunningTime,
    /// The reserve that was asked for is kept.
    Margin,
    /// Nothing covers the straight line faster than its kind can.
    StraightLine,
    /// No train passes a border faster than the post says that trains do.
    PostRunTime,
    /// Trains pass each other only where there are two tracks.
    SingleTrack,
    /// Borders are crossed while their posts are open.
    BorderHours,
    /// Trains stand at the border as long as the control takes.
    BorderControl,
    /// Gauges are changed in the time and on the tracks that there are.
    GaugeChange,
    /// A coach stands long enough to be shunted from train to train.
    Stand,
    /// The trains that carry a coach meet each other.
    Hosts,
    /// Carriages come back from where they go.
    Carriages,
}

impl Rule {
    /// All rules, in the order in which they are told.
    pub const ALL: [Self; 11] = [
        Self::RunningTime,
        Self::Margin,
        Self::StraightLine,
        Self::PostRunTime,
        Self::SingleTrack,
        Self::BorderHours,
        Self::BorderControl,
        Self::GaugeChange,
        Self::Stand,
        Self::Hosts,
        Self::Carriages,
    ];

    /// The word in JSON and on the command line.
    pub const fn word(self) -> &'static str {
        match self {
            Self::RunningTime => "running-time",
            Self::Margin => "margin",
            Self::StraightLine => "straight-line",
            Self::PostRunTime => "post-run-time",
            Self::SingleTrack => "single-track",
            Self::BorderHours => "border-hours",
            Self::BorderControl => "border-control",
            Self::GaugeChange => "gauge-change",
            Self::Stand => "stand",
            Self::Hosts => "hosts",
            Self::Carriages => "carriages",
        }
    }

    /// What is counted: one check.
    pub const fn unit(self) -> &'static str {
        match self {
            Self::RunningTime | Self::Margin | Self::StraightLine => "rides of trips from stop to stop",
            Self::PostRunTime | Self::BorderHours => "crossings of trips",
            Self::BorderControl => "stands at a border",
            Self::SingleTrack => "passages of a section",
            Self::GaugeChange => "vehicles that change gauge",
            Self::Stand => "changes of train",
            Self::Hosts => "days of carriages",
            Self::Carriages => "carriages",
        }
    }
}

/// Why something could not be checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lack {
    /// No feed has sections of track.
    Track,
    /// A stop is the end of no section.
    Section,
    /// No sections join two stops, or too many ways do.
    Way,
    /// A section's length is not stated.
    Length,
    /// A section's line speed is not stated.
    Speed,
    /// It depends on where in a stated range of speeds the limit is.
    SpeedRange,
    /// A stop has no position.
    Position,
    /// No greatest speed is assumed for a kind of route.
    Kind,
    /// The number of tracks is not stated, or not for all of a section.
    Tracks,
    /// Trains must pass each other on a section of which nobody says whether it has loops.
    Loops,
    /// The train may take another way.
    OtherWay,
    /// Where a border is crossed no post is known.
    Post,
    /// The post states no running time.
    RunTime,
    /// The post's hours are not published.
    Hours,
    /// The post's hours cannot be read.
    UnreadableHours,
    /// How long the control takes is not stated.
    Control,
    /// Where the gauge is changed is not stated.
    ChangePlace,
    /// The timetable has no stand where the gauge is changed.
    ChangeStand,
    /// How long changing the gauge takes, or how many vehicles it takes at once, is not stated.
    ChangeWork,
    /// Too many at once to try.
    TooMany,
    /// No run leads back.
    Return,
}

impl Lack {
    /// In words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Track => "no feed has sections.txt",
            Self::Section => "the stop is the end of no section",
            Self::Way => "no sections join the stops, or too many ways do",
            Self::Length => "a section's length is not stated",
            Self::Speed => "a section's line speed is not stated",
            Self::SpeedRange => "it depends on where in the stated range the line speed is",
            Self::Position => "the stop has no position",
            Self::Kind => "no greatest speed is assumed for this kind of route",
            Self::Tracks => "the number of tracks is not stated, or not for all of the section",
            Self::Loops => "trains meet on the section, and whether it has crossing loops is not stated",
            Self::OtherWay => "the train may take another way",
            Self::Post => "no post is known where the border is crossed",
            Self::RunTime => "the post states no running time",
            Self::Hours => "the post's hours are not published",
            Self::UnreadableHours => "the post's hours cannot be read",
            Self::Control => "how long the control takes is not stated",
            Self::ChangePlace => "where the gauge is changed is not stated",
            Self::ChangeStand => "the timetable has no stand where the gauge is changed",
            Self::ChangeWork => "how long a change of gauge takes, or how many vehicles at once, is not stated",
            Self::TooMany => "more vehicles stand there at once than can be tried in every order",
            Self::Return => "no run leads back",
        }
    }
}

/// Service days on which something happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Days {
    /// The first.
    pub first: Date,
    /// The last.
    pub last: Date,
    /// How many.
    pub count: usize,
}

/// Something that is not possible.
#[derive(Clone, Debug, PartialEq)]
pub struct Violation {
    /// Which rule it breaks.
    pub rule: Rule,
    /// Ids of the trips, or of the carriage, as people write them.
    pub trips: Vec<String>,
    /// Names of the same for people.
    pub names: Vec<String>,
    /// Where: a station, or those at both ends of a ride.
    pub stops: Vec<StopId>,
    /// When it happens first.
    pub at: Time,
    /// The service days of the first trip on which it happens.
    pub days: Days,
    /// Seconds by which it fails.
    pub short_by: i64,
    /// How far the times that it rests on can be trusted.
    pub certainty: Certainty,
    /// What is wrong, in a sentence.
    pub why: String,
}

/// Checks that lack the same fact.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unchecked {
    /// How many.
    pub count: u64,
    /// What lacks the fact: sections, stops or posts. At most a thousand are named.
    pub of: BTreeSet<String>,
}

/// What became of the checks of one rule.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Decided, those with a violation among them.
    pub checked: u64,
    /// Found impossible.
    pub violated: u64,
    /// How many violations say so, of those that are kept.
    pub kept: usize,
    /// Not decided, by what is missing.
    pub unchecked: BTreeMap<Lack, Unchecked>,
}

impl Tally {
    /// How many were not decided.
    pub fn not_checkable(&self) -> u64 {
        self.unchecked.values().map(|unchecked| unchecked.count).sum()
    }
}

/// Carriages that run between the same places, and how many of them it takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fleet {
    /// Ids of the carriages as people write them.
    pub carriages: Vec<String>,
    /// The places between which they run.
    pub ends: Vec<StopId>,
    /// Their runs.
    pub runs: usize,
    /// The fewest carriages that do them all.
    pub vehicles: usize,
}

/// All that was found.
#[derive(Clone, Debug, Default)]
pub struct Checked {
    /// By rule; rules that were not asked for are absent.
    pub tallies: BTreeMap<Rule, Tally>,
    /// Rule by rule, in the order of the timetable; at most [`MOST_KEPT`] of each rule.
    pub violations: Vec<Violation>,
    /// How many carriages it takes.
    pub fleets: Vec<Fleet>,
    /// What was left out because there was too much of it, in sentences.
    pub cuts: Vec<String>,
}

impl Checked {
    /// How many violations there are.
    pub fn violated(&self) -> u64 {
        self.tallies.values().map(|tally| tally.violated).sum()
    }

    /// How many checks could not be made.
    pub fn not_checkable(&self) -> u64 {
        self.tallies.values().map(Tally::not_checkable).sum()
    }

    /// How many checks of a rule could not be made.
    pub fn not_checkable_of(&self, rule: Rule) -> u64 {
        self.tallies.get(&rule).map_or(0, Tally::not_checkable)
    }

    /// Notes that a rule is checked, even where nothing comes of it.
    pub(super) fn begin(&mut self, rule: Rule) {
        self.tallies.entry(rule).or_default();
    }

    /// Notes checks that were passed.
    pub(super) fn passed(&mut self, rule: Rule, count: u64) {
        self.tallies.entry(rule).or_default().checked += count;
    }

    /// Notes checks that could not be made, and what lacked the fact.
    pub(super) fn lacks(&mut self, rule: Rule, lack: Lack, count: u64, of: impl IntoIterator<Item = String>) {
        if count == 0 {
            return;
        }
        let unchecked = self.tallies.entry(rule).or_default().unchecked.entry(lack).or_default();
        unchecked.count += count;
        let room = MOST_NAMED.saturating_sub(unchecked.of.len());
        unchecked.of.extend(of.into_iter().filter(|name| !name.is_empty()).take(room));
    }

    /// Notes checks that one violation fails.
    pub(super) fn violates(&mut self, rule: Rule, count: u64, violation: Violation) {
        let tally = self.tallies.entry(rule).or_default();
        tally.checked += count;
        tally.violated += count;
        if tally.kept < MOST_KEPT {
            tally.kept += 1;
            self.violations.push(violation);
        }
    }
}
