//! What was decided, with all that it rests on: made for a page that people read, and for JSON.

use serde::Serialize;

/// Every decision about some feeds.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct StitchReport {
    /// The feeds, in their order.
    pub feeds: Vec<FeedSummary>,
    /// Constant differences between the clocks of two feeds, learnt from trains that are the same beyond doubt.
    pub clock_differences: Vec<ClockDifference>,
    /// Pairs of stations that were weighed, the joined ones first.
    pub stations: Vec<StationDecision>,
    /// Stops that stand for a border and are no place: nobody boards or alights there.
    pub border_stops: Vec<BorderStop>,
    /// What was joined.
    pub joins: Vec<Join>,
    /// Pairs of trips that may be one train, and stay two.
    pub suspects: Vec<Doubt>,
    /// Pairs of trips that look like one train and are not, with the reason.
    pub refusals: Vec<Doubt>,
    /// How many decisions of each kind are not listed, because the lists have a limit.
    pub unlisted: Unlisted,
}

/// A feed in a few words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct FeedSummary {
    /// Its name, its publisher's where it has none.
    pub name: String,
    /// Its time zone.
    pub zone: String,
    /// Trips.
    pub trips: usize,
    /// Trips of the modes that are joined.
    pub trains: usize,
    /// Stops.
    pub stops: usize,
    /// Days on which its trains run.
    pub days: Days,
}

/// How much later one feed says the same train runs than another.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ClockDifference {
    /// The feed that is earlier, or the first.
    pub one: String,
    /// The other feed.
    pub other: String,
    /// Seconds from the first to the other.
    pub seconds: i32,
    /// How many pairs of trains it was learnt from.
    pub pairs: usize,
}

/// A set of dates.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Days {
    /// How many.
    pub count: usize,
    /// The first, as `2026-01-31`.
    pub first: Option<String>,
    /// The last.
    pub last: Option<String>,
    /// All of them, as dates and as `2026-01-31..2026-02-28`.
    pub ranges: Vec<String>,
}

/// One reason for or against a decision.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Evidence {
    /// What was looked at, in a word: `calls`, `number`, `distance`.
    pub kind: &'static str,
    /// What was found, in a sentence.
    pub found: String,
    /// What it counts; the sum is the score.
    pub weight: f64,
}

/// A stop as the report names it.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct StopName {
    /// Its feed.
    pub feed: String,
    /// stop_id.
    pub id: String,
    /// stop_name.
    pub name: String,
    /// Degrees north.
    pub lat: Option<f64>,
    /// Degrees east.
    pub lon: Option<f64>,
}

/// What became of a pair of stations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Verdict {
    /// They are one place.
    Joined,
    /// They may be; they stay two.
    Suspect,
    /// They are two.
    Refused,
}

/// A pair of stations that was weighed.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct StationDecision {
    /// The station of the earlier feed.
    pub one: StopName,
    /// The station of the later feed.
    pub other: StopName,
    /// Straight-line metres between them, where both have a position.
    pub metres: Option<f64>,
    /// What spoke for and against it.
    pub evidence: Vec<Evidence>,
    /// The sum of the weights.
    pub score: f64,
    /// What was decided.
    pub verdict: Verdict,
    /// Why not, where it was refused.
    pub reason: Option<String>,
}

/// An invented stop at a border.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct BorderStop {
    /// The stop.
    pub stop: StopName,
    /// How many trips end or begin there.
    pub trips: usize,
    /// How many joins lead over it.
    pub joins: usize,
}

/// What kind of join it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum JoinKind {
    /// Two halves that meet at a border.
    Halves,
    /// The same train in two feeds.
    SameTrain,
    /// Both: halves, and the whole train in another feed.
    HalvesAndSameTrain,
    /// A trip that repeats its hosts: a through carriage.
    ThroughCarriage,
}

/// Trips that became one.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Join {
    /// What kind.
    pub kind: JoinKind,
    /// The feed that the joined trip, or the carriage, belongs to.
    pub feed: String,
    /// The id of the joined trip, or of the through carriage.
    pub id: String,
    /// Its number or name.
    pub name: String,
    /// The service days on which it runs joined, counted in the zone of its feed.
    pub days: Days,
    /// The trips it is made of, the leading one first; for a carriage the published trip, then its hosts.
    pub parts: Vec<Part>,
    /// Its calls as joined, on the axis of its service day.
    pub calls: Vec<JoinedCall>,
    /// What spoke for and against it.
    pub evidence: Vec<Evidence>,
    /// The sum of the weights; of several pairs the lowest.
    pub score: f64,
    /// The score that is needed.
    pub needed: f64,
    /// The largest difference in seconds between what two feeds say of one call.
    pub largest_difference: i32,
    /// Days of its parts on which they stay as they were, and why.
    pub unjoined: Vec<UnjoinedDays>,
}

/// Days on which a part stays as it was.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct UnjoinedDays {
    /// The trip that runs by itself.
    pub feed: String,
    /// trip_id.
    pub trip: String,
    /// The days.
    pub days: Days,
    /// Why.
    pub reason: String,
}

/// What a part is to its join.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Role {
    /// The joined trip stands in its feed.
    Leading,
    /// Another trip of the join.
    Other,
    /// The trip that was published for a through carriage.
    Published,
    /// A train that carries it.
    Host,
}

/// A trip that is part of a join.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Part {
    /// What it is to the join.
    pub role: Role,
    /// The trip.
    #[serde(flatten)]
    pub trip: TripName,
    /// Its service day minus that of the joined trip.
    pub service_day_shift: i32,
    /// Its service days that are joined.
    pub joined_days: Days,
    /// Its service days that are left to itself after all joins.
    pub left_days: Days,
    /// Its calls as published, on the axis of the joined trip's service day.
    pub calls: Vec<PartCall>,
}

/// A trip as the report names it.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TripName {
    /// Its feed.
    pub feed: String,
    /// trip_id.
    pub trip: String,
    /// trip_short_name.
    pub number: String,
    /// The route's short and long name.
    pub route: String,
    /// The agency's name.
    pub agency: String,
    /// trip_headsign.
    pub headsign: String,
    /// The names of its first and last stop.
    pub from: String,
    /// The last one.
    pub to: String,
}

/// A call of a part.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PartCall {
    /// Where.
    pub stop: StopName,
    /// Seconds on the axis of the joined trip's service day.
    pub arrival: i32,
    /// Seconds on the axis of the joined trip's service day.
    pub departure: i32,
    /// The joined call that it is, by position; `None` where it was left out.
    pub joined: Option<usize>,
}

/// A call of a joined trip.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct JoinedCall {
    /// Where, as the leading part names it.
    pub stop: StopName,
    /// Seconds of the service day.
    pub arrival: i32,
    /// Seconds of the service day.
    pub departure: i32,
    /// Local arrival on the first joined day, RFC 3339 with the stop's offset.
    pub local_arrival: String,
    /// Local departure on the first joined day.
    pub local_departure: String,
    /// The part that leads here, by position.
    pub leads: usize,
    /// All parts that call here, by position.
    pub parts: Vec<usize>,
    /// Whether passengers may board.
    pub boarding: bool,
    /// Whether passengers may alight.
    pub alighting: bool,
}

/// A pair of trips that was weighed and not joined.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Doubt {
    /// As what they were weighed.
    pub kind: JoinKind,
    /// The one trip.
    pub one: TripName,
    /// The other trip.
    pub other: TripName,
    /// Service days of the one trip on which the pair was looked at.
    pub days: Days,
    /// What spoke for and against it.
    pub evidence: Vec<Evidence>,
    /// The sum of the weights.
    pub score: f64,
    /// The score that is needed.
    pub needed: f64,
    /// Why not.
    pub reason: String,
}

/// Decisions that are counted but not listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Unlisted {
    /// Pairs of stations.
    pub stations: usize,
    /// Suspects.
    pub suspects: usize,
    /// Refusals.
    pub refusals: usize,
}

impl StitchReport {
    /// Pairs of stations that are one place.
    pub fn joined_stations(&self) -> usize {
        self.stations.iter().filter(|station| station.verdict == Verdict::Joined).count()
    }

    /// Joins of a kind.
    pub fn joins_of(&self, kind: JoinKind) -> impl Iterator<Item = &Join> {
        self.joins.iter().filter(move |join| join.kind == kind)
    }
}

impl Evidence {
    /// A reason.
    pub(crate) fn new(kind: &'static str, found: impl Into<String>, weight: f64) -> Self {
        Self { kind, found: found.into(), weight }
    }
}

/// The sum of the weights.
pub(crate) fn score(evidence: &[Evidence]) -> f64 {
    evidence.iter().map(|one| one.weight).sum()
}
