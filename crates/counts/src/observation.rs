//! Rows of observations.txt.

use crate::figure::Figure;
use crate::period::Span;
use std::collections::BTreeSet;
use tumen_base::FeedId;
use tumen_journey::world::World;

/// A figure that somebody published.
#[derive(Clone, Debug, PartialEq)]
pub struct Observation {
    /// observation_id.
    pub id: String,
    /// Its feed.
    pub feed: FeedId,
    /// `KIND:ID`.
    pub subject: String,
    /// What was counted.
    pub metric: String,
    /// The value as it was published.
    pub text: String,
    /// The figures in it.
    pub figure: Figure,
    /// Their unit, as it was published.
    pub unit: String,
    /// The period as it was published.
    pub period: String,
    /// The days that it means, one span a figure or one for all.
    pub spans: Vec<Span>,
    /// What it covers, in words.
    pub scope: String,
    /// high, medium or low.
    pub confidence: String,
    /// Sources, as written.
    pub sources: String,
    /// What else there is to say.
    pub note: String,
    /// observation_ids of figures that cannot be true of the same thing beside this one.
    pub against: Vec<String>,
}

impl Observation {
    /// Those of some subjects, in the order of the file.
    pub fn of(world: &World, subjects: &BTreeSet<(FeedId, String)>) -> Vec<Self> {
        let rows = world.rows("observations.txt");
        let own = rows.iter().filter(|row| subjects.contains(&(row.feed, row.get("subject").to_owned())));
        let mut all: Vec<Self> = own
            .map(|row| {
                let text = |column: &str| row.get(column).to_owned();
                Self {
                    id: text("observation_id"),
                    feed: row.feed,
                    subject: text("subject"),
                    metric: text("metric"),
                    text: text("value"),
                    figure: Figure::parse(row.get("value")),
                    unit: text("unit"),
                    period: text("period"),
                    spans: Span::parse(row.get("period")),
                    scope: text("scope"),
                    confidence: text("confidence"),
                    sources: text("source_id"),
                    note: text("note"),
                    against: Vec::new(),
                }
            })
            .collect();
        let against: Vec<Vec<String>> = all
            .iter()
            .map(|one| all.iter().filter(|other| one.contradicts(other)).map(|other| other.id.clone()).collect())
            .collect();
        for (one, against) in all.iter_mut().zip(against) {
            one.against = against;
        }
        all
    }

    /// Its figures, each with the days that it is about; none where one or the other cannot be read.
    pub fn points(&self) -> Vec<(crate::Range, Span)> {
        let ranges = &self.figure.ranges;
        match (ranges.len(), self.spans.len()) {
            (figures, spans) if figures == spans => ranges.iter().copied().zip(self.spans.iter().copied()).collect(),
            (1, _) if self.spans.len() == 1 => vec![(ranges[0], self.spans[0])],
            (_, 1) => ranges.iter().map(|range| (*range, self.spans[0])).collect(),
            _ => Vec::new(),
        }
    }

    /// Whether both tell of the same thing on the same days and cannot both be right. What they cover may differ: that is for
    /// the reader to judge.
    fn contradicts(&self, other: &Self) -> bool {
        let same = (self.feed, &self.subject, &self.metric) == (other.feed, &other.subject, &other.metric)
            && self.unit_word() == other.unit_word()
            && self.id != other.id;
        let apart = |(range, span): &(crate::Range, Span)| {
            other.points().iter().any(|(others, days)| span == days && !range.agrees_with(others))
        };
        same && self.points().iter().any(apart)
    }

    /// The first word of the unit: `persons` of `persons (Russian citizens)`.
    pub fn unit_word(&self) -> &str {
        self.unit.split_whitespace().next().unwrap_or_default()
    }

    /// Whether it counts people who rode.
    pub fn is_of_passengers(&self) -> bool {
        self.metric.contains("passengers") && !self.unit.starts_with('%')
    }
}
