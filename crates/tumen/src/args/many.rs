//! Arguments of the commands that ask many questions at once.

use clap::Args;
use std::path::PathBuf;
use tumen_journey::when::{When, parse_duration};
use tumen_routing::Walk;

use super::journeys::{TimeoutArg, TimetableArg, UsableArgs};
use super::values::{parse_horizon, parse_seconds, parse_threads, parse_walk, parse_window};

/// Answer a file of queries
#[derive(Debug, Args)]
#[command(after_help = "\
Q.csv has the columns from_stop_id,to_stop_id,departure (local time of the origin's feed, no offset; with --arrive the
latest arrival). A.csv gets query,departure,arrival,trips,duration_s: one row a Pareto-optimal journey, query being the
0-based row of Q.csv, and one row with empty fields for a pair without a journey. Stop ids that several feeds share are
written FEED:ID.

Examples:
  tumen batch --timetable city.tumen --queries q.csv --out a.csv
  tumen batch --timetable city.tumen --queries q.csv --out a.csv --profile 24h --walk none --timing t.csv")]
pub struct BatchArgs {
    #[command(flatten)]
    pub timetable: TimetableArg,
    /// The queries
    #[arg(long, value_name = "Q.csv")]
    pub queries: PathBuf,
    /// The answers
    #[arg(long, value_name = "A.csv")]
    pub out: PathBuf,
    /// All departures within so long from the time of the query
    #[arg(long, value_name = "DURATION", value_parser = parse_window)]
    pub profile: Option<i32>,
    /// The time of a query is the latest arrival
    #[arg(long, conflicts_with = "profile")]
    pub arrive: bool,
    /// Longest journey, up to 60d
    #[arg(long, value_name = "DURATION", default_value = "72h", value_parser = parse_horizon)]
    pub horizon: i32,
    /// Change at most so often
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(0..=31))]
    pub max_transfers: Option<u8>,
    /// Wait at most so long between two rides
    #[arg(long, value_name = "DURATION", value_parser = parse_duration)]
    pub max_wait: Option<i32>,
    /// Walks between stops in a straight line: `none`, or at most so many metres
    #[arg(long, value_name = "METRES", value_parser = parse_walk)]
    pub walk: Option<Walk>,
    /// Seconds a change at one stop takes where the feed does not say
    #[arg(long, value_name = "S", value_parser = parse_seconds)]
    pub change_time: Option<i32>,
    /// Write query,microseconds: the time of each search alone
    #[arg(long, value_name = "T.csv")]
    pub timing: Option<PathBuf>,
    /// Search on so many cores at once [default: all; with --timing one, so that nothing disturbs a search]
    #[arg(long, value_name = "N", value_parser = parse_threads)]
    pub threads: Option<usize>,
}

/// Say when every stop is reached from one place
#[derive(Debug, Args)]
#[command(after_help = after_reach())]
pub struct ReachArgs {
    /// Where from: a name, a stop id or LAT,LON
    pub from: String,
    /// Depart at or after: a date, or date and time, local at the origin [default: now]
    #[arg(long, value_name = "TIME", value_parser = When::parse)]
    pub depart: Option<When>,
    #[command(flatten)]
    pub extent: ExtentArgs,
    /// Write to a file: .csv, .geojson or .parquet [default: a table on the screen]
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Rows of the table on the screen
    #[arg(long, value_name = "N", default_value_t = 40)]
    pub count: usize,
    /// Names in this language where the feed has them: en, ru, ko, zh
    #[arg(long, value_name = "LANG")]
    pub language: Option<String>,
    #[command(flatten)]
    pub timetable: TimetableArg,
    #[command(flatten)]
    pub patience: TimeoutArg,
    #[command(flatten)]
    pub usable: UsableArgs,
}

/// How much of what can be reached is told.
#[derive(Clone, Debug, Args)]
pub struct ExtentArgs {
    /// Longest journey, up to 60d
    #[arg(long, value_name = "DURATION", default_value = "72h", value_parser = parse_horizon)]
    pub within: i32,
    /// All departures within so long, of which the quickest journey is told
    #[arg(long, value_name = "DURATION", value_parser = parse_window)]
    pub window: Option<i32>,
    /// Every best journey: those that arrive later with fewer changes, and in a window those of other departures
    #[arg(long)]
    pub all: bool,
}

fn after_reach() -> String {
    format!(
        "FROM is a name, a stop id or LAT,LON, as for `tumen plan`. A row tells a stop, the departure, the arrival, the seconds \
         between and the trips boarded: of each stop the earliest arrival, or with --window the shortest journey. A station \
         is reached where any of its platforms is.\n\n{REACH_EXAMPLES}"
    )
}

const REACH_EXAMPLES: &str = "\
Examples:
  tumen reach Khabarovsk --depart 2026-12-01
  tumen reach Vladivostok --depart 2026-12-01 --within 10d --all --json
  tumen reach 40.7527,-73.9772 --depart 2026-09-22T08:00 --within 1h --timetable city.tumen -o reach.geojson
  tumen reach A32 --depart 2026-09-22 --window 24h --all --timetable city.tumen -o profile.parquet";

/// Say when many places are reached from many others
#[derive(Debug, Args)]
#[command(after_help = after_matrix())]
pub struct MatrixArgs {
    /// The origins
    #[arg(long, value_name = "A.csv")]
    pub from: PathBuf,
    /// The destinations
    #[arg(long, value_name = "B.csv")]
    pub to: PathBuf,
    /// Write to a file: .csv or .parquet
    #[arg(short, long, value_name = "FILE")]
    pub output: PathBuf,
    /// Depart at or after, on the clock at each origin, where A.csv does not say [default: now]
    #[arg(long, value_name = "TIME", value_parser = When::parse)]
    pub depart: Option<When>,
    #[command(flatten)]
    pub extent: ExtentArgs,
    /// Search on so many cores at once [default: all]
    #[arg(long, value_name = "N", value_parser = parse_threads)]
    pub threads: Option<usize>,
    #[command(flatten)]
    pub timetable: TimetableArg,
    #[command(flatten)]
    pub usable: UsableArgs,
}

fn after_matrix() -> String {
    format!(
        "A.csv and B.csv have a column stop_id. What stands there is read as FROM and TO of `tumen plan`: a stop id (with \
         several feeds FEED:ID), else a name, or LAT,LON. A.csv may have a column departure: local time of the origin's feed, \
         as for `tumen batch`. The answer has from,to,departure,arrival,trips,duration_s: for every pair the earliest arrival, \
         or with --window the shortest journey; a pair without a journey has empty fields. One search answers all \
         destinations of an origin, and rows are written as they come.\n\n{MATRIX_EXAMPLES}"
    )
}

const MATRIX_EXAMPLES: &str = "\
Examples:
  tumen matrix --from a.csv --to b.csv --depart 2026-09-22T08:00 --timetable city.tumen -o m.parquet
  tumen matrix --from a.csv --to a.csv --depart 2026-09-22 --window 24h --all --timetable city.tumen -o m.csv";
