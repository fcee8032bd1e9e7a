//! Complaints collected: the first of each code in full, the rest counted.

use std::collections::BTreeMap;
use std::fmt;

use crate::complaint::{Code, Complaint, Severity};

/// Where in a feed a complaint belongs.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place<'a> {
    pub file: &'a str,
    pub line: u64,
    pub column: &'a str,
}

impl<'a> Place<'a> {
    /// A whole file.
    pub(crate) const fn file(file: &'a str) -> Self {
        Self { file, line: 0, column: "" }
    }

    /// A whole row.
    pub(crate) const fn row(file: &'a str, line: u64) -> Self {
        Self { file, line, column: "" }
    }
}

/// Every complaint about the feeds read together. Of each code and feed the first ones are kept in full
/// ([`Limits::complaints_per_code`](crate::Limits)), all are counted.
#[derive(Clone, Debug, Default)]
pub struct Report {
    complaints: Vec<Complaint>,
    counts: BTreeMap<Code, u64>,
    feed: String,
    feed_counts: BTreeMap<Code, usize>,
    kept_per_code: usize,
}

impl Report {
    pub(crate) fn new(kept_per_code: usize) -> Self {
        Self { kept_per_code, ..Self::default() }
    }

    /// Later complaints are about this feed.
    pub(crate) fn enter(&mut self, feed: &str) {
        if self.feed != feed {
            feed.clone_into(&mut self.feed);
            self.feed_counts.clear();
        }
    }

    pub(crate) fn add(&mut self, code: Code, place: Place<'_>, message: impl FnOnce() -> String) {
        *self.counts.entry(code).or_default() += 1;
        let kept = self.feed_counts.entry(code).or_default();
        if *kept < self.kept_per_code {
            *kept += 1;
            self.complaints.push(Complaint {
                feed: self.feed.clone(),
                file: place.file.to_owned(),
                line: place.line,
                column: place.column.to_owned(),
                code,
                message: message(),
            });
        }
    }

    /// Adds a complaint that was found after reading.
    pub fn push(&mut self, complaint: Complaint) {
        let Complaint { feed, file, line, column, code, message } = complaint;
        self.enter(&feed);
        self.add(code, Place { file: &file, line, column: &column }, || message);
    }

    /// The complaints kept in full, in the order in which they were found.
    pub fn complaints(&self) -> &[Complaint] {
        &self.complaints
    }

    /// How often each code occurred, kept in full or not.
    pub fn counts(&self) -> &BTreeMap<Code, u64> {
        &self.counts
    }

    /// How often a code occurred.
    pub fn count(&self, code: Code) -> u64 {
        self.counts.get(&code).copied().unwrap_or(0)
    }

    /// How many complaints have this severity.
    pub fn count_of(&self, severity: Severity) -> u64 {
        self.counts.iter().filter(|(code, _)| code.severity() == severity).map(|(_, count)| count).sum()
    }

    /// How many complaints of a code were counted but not kept in full.
    pub fn not_shown(&self, code: Code) -> u64 {
        let shown = self.complaints.iter().filter(|complaint| complaint.code == code).count() as u64;
        self.count(code) - shown
    }
}

/// Every kept complaint on a line of its own with its severity, then for each code how many more there are.
impl fmt::Display for Report {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for complaint in &self.complaints {
            writeln!(out, "{}: {complaint}", complaint.severity())?;
        }
        for code in self.counts.keys() {
            let more = self.not_shown(*code);
            if more > 0 {
                writeln!(out, "{}: {} {more} more of these, not shown", code.severity(), code.word())?;
            }
        }
        Ok(())
    }
}
