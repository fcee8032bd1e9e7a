//! The command line: what can be asked, with the help that teaches it.

use clap::{Args, Parser, Subcommand, ValueEnum};
use std::ffi::OsString;
use std::path::PathBuf;
use tumen_base::Date;

use crate::when::{When, parse_duration};

/// Journeys that cross borders and take days.
#[derive(Debug, Parser)]
#[command(name = "tumen", version, after_help = EXAMPLES, max_term_width = 100, propagate_version = true)]
pub struct Cli {
    #[command(flatten)]
    pub global: Global,
    #[command(subcommand)]
    pub command: Command,
}

const EXAMPLES: &str = "\
Examples:
  tumen next Moscow Pyongyang                  # when the through carriage leaves next
  tumen plan Perm Пхеньян --depart 2026-12-12  # names in English, Russian, Korean or Chinese
  tumen plan Moscow Pyongyang --per-mode       # by rail and by air, side by side
  tumen board Khasan                           # what leaves the border station
  tumen import feed.zip -o city.tumen          # any GTFS feed, then: --timetable city.tumen

Without --timetable, Tumen answers from its own feed of the Russia–DPRK corridor.
Exit codes: 0 found, 1 no journey, 2 usage or ambiguous name, 3 feed or timetable refused.";

/// Options of every command.
#[derive(Clone, Debug, Args)]
pub struct Global {
    /// Print JSON instead of text
    #[arg(long, global = true, help_heading = "Everywhere")]
    pub json: bool,
    /// Use colours [default: on a terminal, unless NO_COLOR is set]
    #[arg(
        long,
        global = true,
        value_name = "auto|always|never",
        default_value = "auto",
        hide_default_value = true,
        hide_possible_values = true,
        help_heading = "Everywhere"
    )]
    pub color: Color,
    /// The moment that counts as now
    #[arg(long, global = true, hide = true, env = "TUMEN_NOW", value_parser = When::parse)]
    pub now: Option<When>,
}

/// When to use colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On a terminal, unless NO_COLOR is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    Import(ImportArgs),
    Validate(ValidateArgs),
    Export(ExportArgs),
    Info(InfoArgs),
    Plan(PlanArgs),
    Next(NextArgs),
    Board(BoardArgs),
    Trip(TripArgs),
    Claims(ClaimsArgs),
    Batch(BatchArgs),
    Completions(CompletionsArgs),
    Man(ManArgs),
}

/// Compile GTFS feeds to one timetable file
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  tumen import vbb.zip -o berlin.tumen
  tumen import de=germany.zip pl=poland/ -o two.tumen     # several feeds, each with its prefix
  tumen import old.zip --zone Europe/Paris -o old.tumen   # for a feed that names no time zone
  tumen import vbb.zip --from 2026-12-13 --until 2027-03-31 -o winter.tumen")]
pub struct ImportArgs {
    /// GTFS feeds: zip files or folders, each as PATH or NAME=PATH
    #[arg(required = true, value_name = "FEED")]
    pub feeds: Vec<String>,
    /// The file to write
    #[arg(short, long, value_name = "X.tumen")]
    pub output: PathBuf,
    #[command(flatten)]
    pub reading: ReadingArgs,
    /// First service day [default: the feeds' first]
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    pub from: Option<Date>,
    /// Last service day [default: the feeds' last, at most ten years from now]
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    pub until: Option<Date>,
    /// Walks between stops in a straight line: `none`, or at most so many metres [default: 500]
    #[arg(long, value_name = "METRES", value_parser = parse_walk)]
    pub walk: Option<WalkArg>,
    /// Seconds a change at one stop takes where the feed does not say
    #[arg(long, value_name = "S", value_parser = parse_seconds)]
    pub change_time: Option<i32>,
}

/// How feeds are read.
#[derive(Clone, Debug, Args)]
pub struct ReadingArgs {
    /// Time zone of feeds that name none
    #[arg(long, value_name = "ZONE")]
    pub zone: Option<String>,
    /// Show so many complaints, the gravest first
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub complaints: usize,
}

/// Read feeds and say what is wrong with them
#[derive(Debug, Args)]
#[command(after_help = "\
Every complaint reads FILE:LINE:COLUMN CODE MESSAGE. The exit code is 3 where a feed is refused.

Examples:
  tumen validate feed.zip
  tumen validate feed/ --complaints 1000 --json")]
pub struct ValidateArgs {
    /// GTFS feeds: zip files or folders, each as PATH or NAME=PATH
    #[arg(required = true, value_name = "FEED")]
    pub feeds: Vec<String>,
    #[command(flatten)]
    pub reading: ReadingArgs,
}

/// Write a compiled timetable back as a GTFS feed
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  tumen export city.tumen -o feed.zip
  tumen export two.tumen --feed de -o germany.zip
  tumen export -o corridor.zip                         # the corridor that Tumen brings along")]
pub struct ExportArgs {
    /// The compiled timetable [default: the corridor]
    #[arg(value_name = "X.tumen")]
    pub timetable: Option<PathBuf>,
    /// The zip file or folder to write
    #[arg(short, long, value_name = "FEED.zip")]
    pub output: PathBuf,
    /// Which feed, where the timetable holds several
    #[arg(long, value_name = "NAME")]
    pub feed: Option<String>,
}

/// Say what a timetable holds
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  tumen info                        # the corridor that Tumen brings along
  tumen info city.tumen --verify    # check every byte of the file")]
pub struct InfoArgs {
    /// The compiled timetable [default: the corridor]
    #[arg(value_name = "X.tumen")]
    pub timetable: Option<PathBuf>,
    /// Verify all checksums
    #[arg(long, requires = "timetable")]
    pub verify: bool,
}

/// Which timetable answers.
#[derive(Clone, Debug, Args)]
pub struct TimetableArg {
    /// Compiled timetable [default: the corridor]
    #[arg(short, long, value_name = "X.tumen")]
    pub timetable: Option<PathBuf>,
}

/// What a journey may use.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "What a journey may use")]
pub struct SearchArgs {
    #[command(flatten)]
    pub timetable: TimetableArg,
    /// Longest journey, up to 60d
    #[arg(long, value_name = "DURATION", default_value = "30d", value_parser = parse_horizon)]
    pub horizon: i32,
    /// Stop searching after so long; an answer that was cut short says so
    #[arg(long, value_name = "DURATION", default_value = "60s", value_parser = parse_duration)]
    pub timeout: i32,
    /// Change at most so often
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(0..=31))]
    pub max_transfers: Option<u8>,
    /// Wait at most so long between two rides (standing in a carriage is no wait)
    #[arg(long, value_name = "DURATION", value_parser = parse_duration)]
    pub max_wait: Option<i32>,
    /// Only these modes: rail, air, bus, ferry, tram, subway, cable
    #[arg(long, value_name = "MODES", value_delimiter = ',')]
    pub modes: Vec<crate::modes::Mode>,
    /// Only these agencies, by agency_id or name
    #[arg(long, value_name = "AGENCY", value_delimiter = ',')]
    pub agency: Vec<String>,
    /// Walks between stops in a straight line: `none`, or at most so many metres
    #[arg(long, value_name = "METRES", value_parser = parse_walk)]
    pub walk: Option<WalkArg>,
    /// Seconds a change at one stop takes where the feed does not say
    #[arg(long, value_name = "S", value_parser = parse_seconds)]
    pub change_time: Option<i32>,
    /// Seconds added to every change
    #[arg(long, value_name = "S", default_value_t = 0, value_parser = parse_seconds, hide_default_value = true)]
    pub extra_change_time: i32,
    /// Neither board nor alight there (riding through is fine); may be repeated
    #[arg(long, value_name = "STOP")]
    pub ban_stop: Vec<String>,
    /// Do not ride this trip, nor a through carriage that it hauls; may be repeated
    #[arg(long, value_name = "TRIP_ID")]
    pub ban_trip: Vec<String>,
}

/// How answers are shown.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "What is shown")]
pub struct ShowArgs {
    /// Name the sources of what is said
    #[arg(long)]
    pub sources: bool,
    /// Names in this language where the feed has them: en, ru, ko, zh
    #[arg(long, value_name = "LANG")]
    pub language: Option<String>,
}

const NAMES: &str = "FROM and TO are names of places or stops in any of the feed's languages (the beginning of a name is \
                     enough where it is clear), stop ids (with several feeds FEED:ID), or LAT,LON.";

/// Find journeys from one place to another
#[derive(Debug, Args)]
#[command(after_help = with_names(PLAN_EXAMPLES))]
pub struct PlanArgs {
    /// Where from: a name, a stop id or LAT,LON
    pub from: String,
    /// Where to
    pub to: String,
    /// Depart at or after: a date, or date and time, local at the origin [default: now]
    #[arg(long, value_name = "TIME", value_parser = When::parse, conflicts_with = "arrive")]
    pub depart: Option<When>,
    /// Arrive at or before: local at the destination
    #[arg(long, value_name = "TIME", value_parser = When::parse)]
    pub arrive: Option<When>,
    /// All journeys that leave within so long, each the best for its departure
    #[arg(long, value_name = "DURATION", value_parser = parse_window, conflicts_with = "arrive")]
    pub window: Option<i32>,
    /// The best journeys of each mode by itself, so that a flight does not hide a train
    #[arg(long)]
    pub per_mode: bool,
    /// One line a journey
    #[arg(long, conflicts_with = "full")]
    pub brief: bool,
    /// Every stop, however many journeys there are
    #[arg(long)]
    pub full: bool,
    #[command(flatten)]
    pub search: SearchArgs,
    #[command(flatten)]
    pub show: ShowArgs,
}

const PLAN_EXAMPLES: &str = "\
Examples:
  tumen plan Moscow Pyongyang
  tumen plan Perm Пхеньян --depart 2026-12-12T18:00 --window 60d
  tumen plan Владивосток 평양 --arrive 2025-07-20 --modes air
  tumen plan 北京 Pyongyang --depart 2026-12-01 --json
  tumen plan Moscow Pyongyang --depart 2025-07-11 --window 20d --per-mode --brief
  tumen plan 57.70,11.97 Malmö --timetable se.tumen --max-transfers 1";

/// Say when the journeys with the fewest changes leave next
#[derive(Debug, Args)]
#[command(after_help = with_names(NEXT_EXAMPLES))]
pub struct NextArgs {
    /// Where from: a name, a stop id or LAT,LON
    pub from: String,
    /// Where to
    pub to: String,
    /// How many departure dates
    #[arg(long, value_name = "N", default_value_t = 6, value_parser = clap::value_parser!(u16).range(1..=1000))]
    pub count: u16,
    /// All best journeys, whatever the number of changes
    #[arg(long)]
    pub any: bool,
    /// The first date, local at the origin [default: now]
    #[arg(long = "from", id = "start", value_name = "TIME", value_parser = When::parse)]
    pub start: Option<When>,
    #[command(flatten)]
    pub search: SearchArgs,
    #[command(flatten)]
    pub show: ShowArgs,
}

const NEXT_EXAMPLES: &str = "\
Examples:
  tumen next Moscow Pyongyang
  tumen next Moscow Pyongyang --from 2026-12-13 --count 12
  tumen next Beijing Pyongyang --any";

/// List what leaves a stop, or arrives there
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  tumen board Khasan
  tumen board Pyongyang --at 2026-12-20 --arrivals
  tumen board Tumangang --count 50 --json")]
pub struct BoardArgs {
    /// The place or stop: a name, a stop id or LAT,LON
    pub stop: String,
    /// From when on, local at the stop [default: now]
    #[arg(long, value_name = "TIME", value_parser = When::parse)]
    pub at: Option<When>,
    /// Arrivals instead of departures
    #[arg(long)]
    pub arrivals: bool,
    /// How many
    #[arg(long, value_name = "N", default_value_t = 12, value_parser = clap::value_parser!(u16).range(1..=10000))]
    pub count: u16,
    #[command(flatten)]
    pub timetable: TimetableArg,
    #[command(flatten)]
    pub show: ShowArgs,
}

/// Show every stop of a trip, or of a through carriage
#[derive(Debug, Args)]
#[command(after_help = "\
TRIP_ID is the feed's (with several feeds FEED:ID), the id of a through carriage, or a tripId of the JSON output.

Examples:
  tumen trip MOW_PYG --date 2026-12-12
  tumen trip R2 --sources")]
pub struct TripArgs {
    /// The trip or through carriage
    pub trip_id: String,
    /// Its service day [default: the next on which it runs]
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    pub date: Option<Date>,
    #[command(flatten)]
    pub timetable: TimetableArg,
    #[command(flatten)]
    pub show: ShowArgs,
}

/// Compare what the press says of the corridor with other sources
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  tumen claims
  tumen claims --sources")]
pub struct ClaimsArgs {
    #[command(flatten)]
    pub timetable: TimetableArg,
    /// Name the sources in full
    #[arg(long)]
    pub sources: bool,
}

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
    pub walk: Option<WalkArg>,
    /// Seconds a change at one stop takes where the feed does not say
    #[arg(long, value_name = "S", value_parser = parse_seconds)]
    pub change_time: Option<i32>,
    /// Write query,microseconds: the time of each search alone
    #[arg(long, value_name = "T.csv")]
    pub timing: Option<PathBuf>,
}

/// Print a completion script for a shell
#[derive(Debug, Args)]
#[command(hide = true)]
pub struct CompletionsArgs {
    /// The shell
    pub shell: clap_complete::Shell,
}

/// Print the manual page
#[derive(Debug, Args)]
#[command(hide = true)]
pub struct ManArgs {}

/// How far people walk, as typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WalkArg {
    /// `none`: the strict mode.
    None,
    /// Straight-line metres.
    Metres(u32),
}

/// The longest journey that can be asked for.
const LONGEST_HORIZON: i32 = 60 * 86_400;
/// The longest window that can be asked for: a year.
const LONGEST_WINDOW: i32 = 366 * 86_400;
/// Farther than this nobody walks.
const LONGEST_WALK: u32 = 20_000;

/// A latitude south of the equator is no option: a blank before its sign keeps the parser from taking it for one.
pub fn southern(argument: OsString) -> OsString {
    let coordinate = argument.to_str().and_then(|text| {
        let (latitude, longitude) = text.split_once(',')?;
        let numbers = latitude.parse::<f64>().is_ok() && longitude.trim().parse::<f64>().is_ok();
        (numbers && text.starts_with('-')).then(|| OsString::from(format!(" {text}")))
    });
    coordinate.unwrap_or(argument)
}

fn with_names(examples: &str) -> String {
    format!("{NAMES}\n\n{examples}")
}

fn parse_date(text: &str) -> Result<Date, String> {
    Date::parse_typed(text).map_err(|error| format!("{error}, or as 2026-12-12"))
}

fn parse_walk(text: &str) -> Result<WalkArg, String> {
    if text.eq_ignore_ascii_case("none") {
        return Ok(WalkArg::None);
    }
    match text.strip_suffix('m').unwrap_or(text).trim().parse() {
        Ok(metres) if metres <= LONGEST_WALK => Ok(WalkArg::Metres(metres)),
        Ok(_) => Err(format!("at most {LONGEST_WALK} metres")),
        Err(_) => Err("expected `none` or metres, such as 800".to_owned()),
    }
}

fn parse_seconds(text: &str) -> Result<i32, String> {
    match parse_duration(text)? {
        seconds @ 0..=86_400 => Ok(seconds),
        _ => Err("at most a day".to_owned()),
    }
}

fn parse_horizon(text: &str) -> Result<i32, String> {
    match parse_duration(text)? {
        0 => Err("longer than nothing, such as 30d".to_owned()),
        seconds @ 1..=LONGEST_HORIZON => Ok(seconds),
        _ => Err("at most 60d".to_owned()),
    }
}

fn parse_window(text: &str) -> Result<i32, String> {
    match parse_duration(text)? {
        0 => Err("longer than nothing, such as 60d".to_owned()),
        seconds @ 1..=LONGEST_WINDOW => Ok(seconds),
        _ => Err("at most 366d".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn southern_latitudes_are_no_options() {
        let args = ["tumen", "plan", "-33.9,151.2", "Sydney"].map(OsString::from).map(southern);
        let Ok(Cli { command: Command::Plan(plan), .. }) = Cli::try_parse_from(args) else { panic!("refused") };
        assert_eq!(plan.from.trim(), "-33.9,151.2");
    }

    #[test]
    fn limits_are_named() {
        for (args, reason) in [
            (["plan", "A", "B", "--horizon", "61d"], "at most 60d"),
            (["plan", "A", "B", "--window", "0"], "longer than nothing"),
            (["plan", "A", "B", "--walk", "90km"], "expected `none` or metres"),
            (["plan", "A", "B", "--depart", "soon"], "2026-12-12T10:30"),
        ] {
            let error = Cli::try_parse_from(std::iter::once("tumen").chain(args)).expect_err("refused");
            assert!(error.to_string().contains(reason), "{error}");
        }
    }
}
