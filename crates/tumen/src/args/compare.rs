//! Arguments of `tumen compare`, and the scenario that other commands share with it.

use clap::Args;
use std::path::PathBuf;
use tumen_analysis::Subject;
use tumen_base::Date;
use tumen_journey::modes::Mode;
use tumen_routing::Walk;

use super::journeys::TimetableArg;
use super::values::{parse_date, parse_horizon, parse_seconds, parse_threads, parse_walk, parse_window_days};

/// What runs otherwise than the feeds say.
#[derive(Clone, Debug, Default, Args)]
pub struct ScenarioArgs {
    /// As if this did not run: post:ID, route:ID, agency:ID, trip:ID or carriage:ID; may be repeated
    #[arg(long, value_name = "WHAT", value_parser = Subject::parse, help_heading = "What if")]
    pub without: Vec<Subject>,
    /// As if this file of changes held (docs/compare.md says what can stand in it)
    #[arg(long, value_name = "S.toml", help_heading = "What if")]
    pub scenario: Option<PathBuf>,
}

/// Say what changed between two dates, or what a scenario would change
#[derive(Debug, Args)]
#[command(after_help = COMPARE_HELP)]
pub struct CompareArgs {
    /// First day of the first window
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    pub before: Date,
    /// First day of the second window; with a scenario the same day unless stated
    #[arg(long, value_name = "DATE", value_parser = parse_date, required_unless_present_any = ["without", "scenario"])]
    pub after: Option<Date>,
    /// Where from: names or stop ids, or a .csv file with a column stop_id [default: every place]
    #[arg(long, value_name = "STOPS", num_args = 1.., conflicts_with = "all")]
    pub from: Vec<String>,
    /// From every place: what is compared unless places are named
    #[arg(long)]
    pub all: bool,
    /// Where to, as for --from [default: every place]
    #[arg(long, value_name = "STOPS", num_args = 1..)]
    pub to: Vec<String>,
    /// Write to a file: .html to read, .json or .csv with every pair; may be repeated [default: a page on the screen]
    #[arg(short, long, value_name = "FILE")]
    pub out: Vec<PathBuf>,
    /// Departures of so many days from each date
    #[arg(long, value_name = "DAYS", default_value = "60d", value_parser = parse_window_days)]
    pub window: i32,
    /// Longest journey, up to 60d
    #[arg(long, value_name = "DURATION", default_value = "15d", value_parser = parse_horizon)]
    pub within: i32,
    #[command(flatten)]
    pub scenario: ScenarioArgs,
    #[command(flatten)]
    pub timetable: TimetableArg,
    /// Change at most so often
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(0..=31))]
    pub max_transfers: Option<u8>,
    /// Only these modes: rail, air, bus, ferry, tram, subway, cable
    #[arg(long, value_name = "MODES", value_delimiter = ',', value_parser = Mode::parse)]
    pub modes: Vec<Mode>,
    /// Walks between stops in a straight line: `none`, or at most so many metres
    #[arg(long, value_name = "METRES", value_parser = parse_walk)]
    pub walk: Option<Walk>,
    /// Seconds a change at one stop takes where the feed does not say
    #[arg(long, value_name = "S", value_parser = parse_seconds)]
    pub change_time: Option<i32>,
    /// Search on so many cores at once [default: all]
    #[arg(long, value_name = "N", value_parser = parse_threads)]
    pub threads: Option<usize>,
    /// Names in this language where the feed has them: en, ru, ko, zh
    #[arg(long, value_name = "LANG")]
    pub language: Option<String>,
}

const COMPARE_HELP: &str = "\
For every pair of places: the different times at which a journey leaves that no other beats, in the days from each date, and
the fastest of these journeys. The stops of a city, and the platforms of a station, are one place. Where the data is silent on a
line outside its period of coverage, the answer is \"no data\", never \"closed\". What the words mean: docs/compare.md.

Examples:
  tumen compare --before 2024-10-01 --after 2025-07-15                       # what did restoring the railway change?
  tumen compare --before 2026-12-01 --without post:khasan                    # what would closing it again break?
  tumen compare --before 2024-02-01 --without route:26 --timetable amtrak.tumen --out r.html --out r.csv
  tumen compare --before 2026-12-01 --scenario what-if.toml --from Moscow Vladivostok --modes rail";
