//! What compiling tells: counts, cuts, and remarks on rows that could not be used as they stand.

use std::fmt;
use tumen_base::Date;
use tumen_feed::Severity;

/// The outcome of a compilation in figures and remarks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CompileReport {
    /// How much there is of everything.
    pub counts: Counts,
    /// First and last service day of the timetable.
    pub span: Option<(Date, Date)>,
    /// Service days that the feeds have and the timetable has not.
    pub cuts: Vec<Cut>,
    /// Rows that could not be used as they stand.
    pub remarks: Vec<Remark>,
}

/// How much there is of everything in a compiled timetable.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Stops, stations included.
    pub stops: usize,
    /// Trips, departures of frequencies and ways of carriages included.
    pub trips: usize,
    /// Trips that were left out because they run on no day of the span.
    pub idle_trips: usize,
    /// Calls of all trips.
    pub calls: usize,
    /// Runs: trips times service days.
    pub runs: u64,
    /// Service days of the span.
    pub days: usize,
    /// Patterns.
    pub patterns: usize,
    /// Trips that come from frequencies.txt.
    pub frequency_trips: usize,
    /// In-seat links.
    pub links: usize,
    /// Through carriages.
    pub carriages: usize,
    /// Ways of through carriages.
    pub ways: usize,
    /// Service days on which a carriage lacks a host.
    pub holes: usize,
    /// Alight and board nodes beyond the plain ones.
    pub special_nodes: usize,
    /// Changes that rules of transfers.txt decide.
    pub rule_edges: usize,
    /// Guaranteed changes that matter only where a change time is due.
    pub guarantees: usize,
    /// Generated walks.
    pub walks: usize,
}

/// Service days that were left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cut {
    /// Name of the feed; empty for the unnamed one.
    pub feed: String,
    /// Why.
    pub reason: CutReason,
    /// First day left out.
    pub first: Date,
    /// Last day left out.
    pub last: Date,
}

/// Why service days were left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CutReason {
    /// They lie before the first day that was asked for.
    From,
    /// They lie after the last day that was asked for.
    Until,
    /// They lie more than ten years after today and after the feed's last sensible date.
    OpenEnd,
    /// A timetable spans at most sixty years.
    TooLong,
}

impl fmt::Display for Cut {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { first, last, .. } = self;
        let feed = if self.feed.is_empty() { String::new() } else { format!("{}: ", self.feed) };
        let reason = match self.reason {
            CutReason::From => "before the first day asked for",
            CutReason::Until => "after the last day asked for",
            CutReason::OpenEnd => {
                "more than ten years after today and the feed's last sensible date; --until keeps them"
            }
            CutReason::TooLong => "beyond sixty years, the most a timetable spans; --from and --until choose others",
        };
        write!(out, "{feed}service days {first} to {last} are left out: {reason}")
    }
}

/// A row, or a thing made of rows, that could not be used as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// Name of the feed; empty for the unnamed one.
    pub feed: String,
    /// File of the row.
    pub file: &'static str,
    /// Line of the row, 0 where the remark is about the file.
    pub line: u64,
    /// How much it matters to someone who travels by the feed.
    pub severity: Severity,
    /// Stable code, such as `carriage_host_unknown`.
    pub code: &'static str,
    /// What is wrong and what was done.
    pub message: String,
}

impl fmt::Display for Remark {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.feed.is_empty() {
            write!(out, "{}/", self.feed)?;
        }
        write!(out, "{}", self.file)?;
        if self.line > 0 {
            write!(out, ":{}", self.line)?;
        }
        write!(out, " {} {}", self.code, self.message)
    }
}

/// Work in progress, for whoever waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Stops, routes, calendars, zones.
    Tables,
    /// Through carriages over their hosts.
    Carriages,
    /// Trips into patterns.
    Patterns,
    /// Rules of transfers.txt and in-seat links.
    Transfers,
    /// Generated walks.
    Walks,
    /// Files that are kept as they are.
    Kept,
}

impl fmt::Display for Step {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Tables => "stops, routes and calendars",
            Self::Carriages => "through carriages",
            Self::Patterns => "trips into patterns",
            Self::Transfers => "changes and in-seat links",
            Self::Walks => "walks",
            Self::Kept => "kept files",
        })
    }
}
