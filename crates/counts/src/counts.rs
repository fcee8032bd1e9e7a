//! A question for counts, and its answer.

use crate::load::{self, Load, Unknown};
use crate::month::Months;
use crate::observation::Observation;
use crate::offered::{self, Offered};
use std::collections::BTreeSet;
use tumen_base::FeedId;
use tumen_journey::names::Footwork;
use tumen_journey::status::story::{self, Whom};
use tumen_journey::world::World;
use tumen_journey::{Failure, Result, facts};

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Question {
    /// A post, a line, a route, a through carriage or a station, by name or id; or a country's code that figures are about.
    pub subject: String,
    /// The months.
    pub months: Months,
    /// How stops near one another are one place.
    pub footwork: Footwork,
}

/// Reported figures beside what is offered.
pub struct Counts {
    /// What was found, by names.
    pub of: Vec<String>,
    /// The months that were asked for.
    pub months: Months,
    /// What the timetable offers.
    pub offered: Vec<Offered>,
    /// What was reported, with the load where it counts passengers.
    pub reported: Vec<(Observation, Option<std::result::Result<Load, Unknown>>)>,
}

impl Counts {
    /// Answers a question.
    ///
    /// # Errors
    /// When nothing is called so, or several things are.
    pub fn of(world: &World, question: &Question) -> Result<Self> {
        let Whom { of, subjects } = match story::whom(world, &question.subject, question.footwork) {
            Ok(whom) => whom,
            Err(failure) => country(world, &question.subject).ok_or(failure)?,
        };
        let offered = offered::of(world, &subjects, question.months);
        let reported = Observation::of(world, &subjects).into_iter();
        let reported = reported.map(|one| (one.clone(), load::of(&one, &offered))).collect();
        Ok(Self { of, months: question.months, offered, reported })
    }

    /// Every source behind it, each once.
    pub fn sources(&self) -> Vec<String> {
        let written = self.reported.iter().map(|(observation, _)| observation.sources.as_str());
        facts::source_ids(written).into_iter().map(str::to_owned).collect()
    }

    /// Whether there is anything to show.
    pub fn is_empty(&self) -> bool {
        self.offered.is_empty() && self.reported.is_empty()
    }
}

/// The country with a code, where figures are about it.
fn country(world: &World, text: &str) -> Option<Whom> {
    let code = text.trim().to_ascii_uppercase();
    let subject = format!("country:{code}");
    let rows = world.rows("observations.txt");
    let feeds = rows.iter().filter(|row| row.get("subject") == subject).map(|row| row.feed);
    let subjects: BTreeSet<(FeedId, String)> = feeds.map(|feed| (feed, subject.clone())).collect();
    (!subjects.is_empty()).then_some(Whom { of: vec![code], subjects })
}

/// The months from a word to a word, such as `2019-01`.
///
/// # Errors
/// When one is no month, they are the wrong way round, or too many.
pub fn months(from: &str, to: &str) -> Result<Months> {
    let read = |name: &str, text: &str| {
        let wrong = |_| Failure::usage("bad_month", format!("{name}: expected a month such as 2019-01, not `{text}`"));
        tumen_base::DateSpan::parse(text).map_err(wrong)
    };
    Months::between(read("from", from)?, read("to", to)?).map_err(|message| Failure::usage("bad_months", message))
}
