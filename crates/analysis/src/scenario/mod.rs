//! What runs otherwise than the feeds say: suspended, restored, added, removed or retimed services, posts closed or opened.

mod add;
mod cut;
mod dates;
mod editor;
mod read;
mod resolve;

use crate::closure::{Closure, Days, Target};
use editor::Editor;
use std::fmt;
use thiserror::Error;
use tumen_base::{Date, TripId};
use tumen_timetable::compile::{CompileError, CompileOptions, SourceStamp, WalkOptions, compile};
use tumen_timetable::export::{ExportError, to_feeds};
use tumen_timetable::{Columns, Invalid, Timetable};

pub use read::clock;
pub use resolve::{Found, Post, find};

/// What an edit is about, by the id or name that is typed; ids that several feeds share are written `feed:id`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// agency_id or agency_name.
    Agency(String),
    /// route_id, route_short_name or route_long_name.
    Route(String),
    /// trip_id.
    Trip(String),
    /// through_carriage_id.
    Carriage(String),
    /// border_post_id, or a part of the names of posts: all whose names have it.
    Post(String),
}

impl Subject {
    /// Reads `post:khasan`, `route:K27` and so on.
    ///
    /// # Errors
    /// With a sentence that shows the forms.
    pub fn parse(text: &str) -> Result<Self, String> {
        let expected = || {
            format!("expected post:ID, route:ID, agency:ID, trip:ID or carriage:ID, such as post:khasan, not `{text}`")
        };
        let (kind, id) = text.split_once(':').ok_or_else(expected)?;
        Self::of(kind, id.trim()).ok_or_else(expected)
    }

    /// The word that [`Self::of`] reads.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Agency(_) => "agency",
            Self::Route(_) => "route",
            Self::Trip(_) => "trip",
            Self::Carriage(_) => "carriage",
            Self::Post(_) => "post",
        }
    }

    /// Of a word and an id, which is not empty.
    pub fn of(kind: &str, id: &str) -> Option<Self> {
        let id = Some(id.to_owned()).filter(|id| !id.is_empty())?;
        Some(match kind {
            "agency" => Self::Agency(id),
            "route" => Self::Route(id),
            "trip" => Self::Trip(id),
            "carriage" => Self::Carriage(id),
            "post" => Self::Post(id),
            _ => return None,
        })
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (Self::Agency(id) | Self::Route(id) | Self::Trip(id) | Self::Carriage(id) | Self::Post(id)) = self;
        write!(out, "{} {id}", self.kind())
    }
}

/// Days on which something is made to run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RunDays {
    /// Some weekdays (bit 0 is Monday) from a date to a date.
    Weekly {
        /// The weekdays.
        weekdays: u8,
        /// First date.
        first: Date,
        /// Last date.
        last: Date,
    },
    /// Single dates.
    Dates(Vec<Date>),
}

/// Times of trips that are moved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Retiming {
    /// Trips or a route.
    pub subject: Subject,
    /// Seconds later; negative is earlier.
    pub seconds: i32,
    /// The stop_id from whose departure on times are moved; all of them where absent.
    pub from_stop: Option<String>,
}

/// Calls of an added trip.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stretch {
    /// Those of another trip, moved so that the first departure is this second of the service day.
    Like {
        /// The trip_id.
        trip: String,
        /// Seconds of the service day; the other trip's own where absent.
        departure: Option<i32>,
    },
    /// Stops with arrival and departure, seconds of the service day.
    Calls(Vec<Departure>),
}

/// A call of an added trip.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Departure {
    /// stop_id.
    pub stop: String,
    /// Seconds of the service day.
    pub arrival: i32,
    /// Seconds of the service day.
    pub departure: i32,
}

/// A trip that is added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Addition {
    /// Its trip_id, new in its feed.
    pub id: String,
    /// route_id; that of the trip it is like where absent.
    pub route: Option<String>,
    /// Where it calls.
    pub stretch: Stretch,
    /// When it runs.
    pub days: RunDays,
    /// Who says that it runs, as sources are written; without it, that and its times are assumed.
    pub source: Option<String>,
}

/// One thing that is otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edit {
    /// Suspended or removed services, a closed post.
    Close {
        /// What.
        subject: Subject,
        /// On which dates.
        days: Days,
    },
    /// Restored services, an opened post: suspensions of the same subject no longer hold.
    Open {
        /// What.
        subject: Subject,
        /// On which dates.
        days: Days,
        /// Further days on which it is made to run.
        run: Option<RunDays>,
    },
    /// Moved times.
    Retime(Retiming),
    /// An added trip.
    Add(Addition),
}

/// An edit and where it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// Line of the file, from 1; 0 where it comes from elsewhere.
    pub line: usize,
    /// The key, such as `suspend`.
    pub key: &'static str,
    /// The edit.
    pub edit: Edit,
}

impl Written {
    fn wrong(&self, message: impl Into<String>) -> ScenarioError {
        ScenarioError { line: self.line, key: self.key.to_owned(), message: message.into() }
    }
}

/// Edits in the order in which they are made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scenario {
    /// What it is called; empty where nobody says.
    pub name: String,
    /// The edits.
    pub edits: Vec<Written>,
}

/// What is wrong with a scenario: the line, the key, what was expected.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{}{key}: {message}", if *line > 0 { format!("{line}: ") } else { String::new() })]
pub struct ScenarioError {
    /// Line of the file, from 1; 0 where it comes from elsewhere.
    pub line: usize,
    /// The key, such as `suspend.route`.
    pub key: String,
    /// What is wrong and what was expected.
    pub message: String,
}

/// A change of the calendar or of times, found in the timetable.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Alteration {
    Lift { kind: &'static str, ids: Vec<String>, days: Days },
    Run(Vec<TripId>, RunDays),
    Retime { trips: Vec<TripId>, seconds: i32, from_stop: Option<String> },
    Add(Addition),
}

/// Added days lie at most ten years from those of the timetable, which spans at most sixty (ARCHITECTURE.md, "Time").
const FARTHEST_DAYS: i32 = 3_653;
const LONGEST_DAYS: i32 = 21_915;

impl Alteration {
    /// Refuses added days that would push those of the timetable out of it.
    fn check_dates(&self, columns: &Columns<'_>) -> Result<(), String> {
        let (Self::Run(_, days) | Self::Add(Addition { days, .. })) = self else { return Ok(()) };
        let (first, last) = (columns.first_date(), columns.last_date());
        let (from, until) = days.bounds();
        let near = from >= first.plus(-FARTHEST_DAYS) && until <= last.plus(FARTHEST_DAYS);
        if near && until.max(last).0 - from.min(first).0 < LONGEST_DAYS {
            return Ok(());
        }
        Err(format!(
            "days: expected dates at most ten years before or after the days of the timetable, {first} to {last}, and all within \
             sixty years"
        ))
    }
}

/// A scenario found in a timetable, with the suspensions that hold in it.
#[derive(Clone, Debug, Default)]
pub struct Applied {
    /// What nobody can ride.
    pub closures: Vec<Closure>,
    /// What the edits are, in words, with the ids that were found.
    pub told: Vec<String>,
    alterations: Vec<(Written, Alteration)>,
}

/// Why a scenario's timetable cannot be made.
#[derive(Debug, Error)]
pub enum RebuildError {
    /// An edit does not fit the timetable.
    #[error(transparent)]
    Scenario(#[from] ScenarioError),
    /// The timetable cannot be turned back into feeds.
    #[error(transparent)]
    Export(#[from] ExportError),
    /// The edited feeds cannot be compiled.
    #[error("what the scenario leaves cannot be compiled: {0}")]
    Compile(#[from] CompileError),
    /// The compiled columns do not fit together.
    #[error(transparent)]
    Invalid(#[from] Invalid),
}

impl Scenario {
    /// A scenario without a file: subjects that are closed for ever.
    pub fn without(subjects: impl IntoIterator<Item = Subject>) -> Self {
        let close = |subject| Written { line: 0, key: "without", edit: Edit::Close { subject, days: Days::ALWAYS } };
        Self { name: String::new(), edits: subjects.into_iter().map(close).collect() }
    }

    /// Finds what the edits name, and puts them on top of the suspensions that hold anyway.
    ///
    /// # Errors
    /// When something is unknown.
    pub fn apply(
        &self,
        columns: &Columns<'_>,
        posts: &[Post],
        suspensions: &[(Target, Days)],
    ) -> Result<Applied, ScenarioError> {
        let mut closed: Vec<(Target, Days)> = suspensions.to_vec();
        let mut applied = Applied::default();
        for written in &self.edits {
            let found = |subject: &Subject| find(columns, posts, subject).map_err(|message| written.wrong(message));
            let trips = |target: &Target| match target {
                Target::Trips(trips) => Ok(trips.clone()),
                _ => Err(written.wrong("times and days are those of trips and routes: name one of them")),
            };
            let alteration = match &written.edit {
                Edit::Close { subject, days } => {
                    let Found { target, told, .. } = found(subject)?;
                    applied.told.push(format!("closed: {told}{}", dates::told(*days)));
                    closed.push((target, *days));
                    None
                }
                Edit::Open { subject, days, run } => {
                    let Found { target, told, ids } = found(subject)?;
                    applied.told.push(format!("open: {told}{}", dates::told(*days)));
                    closed = open(closed, &target, *days);
                    let lift = Alteration::Lift { kind: subject.kind(), ids, days: *days };
                    applied.alterations.push((written.clone(), lift));
                    match run {
                        Some(run) => Some(Alteration::Run(trips(&target)?, run.clone())),
                        None => None,
                    }
                }
                Edit::Retime(Retiming { subject, seconds, from_stop }) => {
                    let Found { target, told, .. } = found(subject)?;
                    applied.told.push(format!("retimed by {seconds} s: {told}"));
                    let (seconds, from_stop) = (*seconds, from_stop.clone());
                    Some(Alteration::Retime { trips: trips(&target)?, seconds, from_stop })
                }
                Edit::Add(addition) => {
                    applied.told.push(format!("added: trip {}", addition.id));
                    Some(Alteration::Add(addition.clone()))
                }
            };
            applied.alterations.extend(alteration.map(|alteration| (written.clone(), alteration)));
        }
        applied.closures = closed.iter().flat_map(|(target, days)| target.closures(columns, *days)).collect();
        Ok(applied)
    }
}

/// Lifts what is closed from some dates.
fn open(closed: Vec<(Target, Days)>, target: &Target, days: Days) -> Vec<(Target, Days)> {
    let lifted = closed.into_iter().flat_map(|(other, dates)| {
        let (common, rest) = other.divide(target);
        let still = dates.without(days).map(move |dates| (common.clone(), dates));
        still.chain(std::iter::once((rest, dates))).collect::<Vec<_>>()
    });
    lifted.filter(|(target, _)| !target.is_empty()).collect()
}

impl Applied {
    /// Whether anything of it touches a day on which something runs; otherwise the timetable serves as it is.
    pub fn matters(&self, columns: &Columns<'_>) -> bool {
        let runs = |closure: &Closure| {
            let next = columns.days_of_trip(closure.trip).next_from(day_number(columns, closure.days.first));
            next.is_some_and(|day| columns.date_of(day) <= closure.days.last)
        };
        !self.alterations.is_empty() || self.closures.iter().any(runs)
    }
}

/// The day number of a date, also outside the span.
fn day_number(columns: &Columns<'_>, date: Date) -> i32 {
    date.0.saturating_sub(columns.first_date().0)
}

/// Compiles, in memory, the timetable that is left of one, or becomes of it. Stops keep their numbers.
///
/// # Errors
/// When an edit does not fit, or nothing is left.
pub fn rebuild(columns: &Columns<'_>, applied: &Applied) -> Result<Timetable, RebuildError> {
    let mut editor = Editor::new(to_feeds(columns)?);
    editor.close(columns, &applied.closures);
    for (written, alteration) in &applied.alterations {
        let wrong = |message: String| written.wrong(message);
        alteration.check_dates(columns).map_err(wrong)?;
        match alteration {
            Alteration::Lift { kind, ids, days } => editor.lift(kind, ids, *days),
            Alteration::Run(trips, days) => editor.run(columns, trips, days),
            Alteration::Retime { trips, seconds, from_stop } => {
                editor.retime(columns, trips, *seconds, from_stop.as_deref()).map_err(wrong)?;
            }
            Alteration::Add(addition) => editor.add(addition).map_err(wrong)?,
        }
    }
    let (feeds, added) = editor.finish();
    let setting = |index: usize| columns.settings.get(index).map_or(0, |&value| value.clamp(0, u32::MAX.into()) as u32);
    let stamp = |(&name, &hash): (&u32, &u64)| SourceStamp { name: columns.text(name).to_owned(), hash };
    let options = CompileOptions {
        from: None,
        until: Some(columns.last_date().max(added.unwrap_or(columns.last_date()))),
        today: columns.last_date(),
        walk: WalkOptions {
            radius_m: setting(0),
            speed_mm_s: setting(1),
            detour_permille: setting(2),
            change_time_s: setting(3),
        },
        sources: columns.feed_source.iter().zip(columns.feed_hash).map(stamp).collect(),
    };
    let (data, _) = compile(&feeds, &options, &mut |_| {})?;
    Ok(Timetable::from_data(data)?)
}
