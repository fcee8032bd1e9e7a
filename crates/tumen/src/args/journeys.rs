//! Arguments of the commands that ask one question.

use clap::{Args, value_parser};
use std::path::PathBuf;
use tumen_base::Date;
use tumen_journey::modes::Mode;
use tumen_journey::search::{Extent, Question, Usable};
use tumen_journey::when::{When, parse_duration};
use tumen_routing::Walk;

use super::compare::ScenarioArgs;
use super::traveller::TravellerArgs;
use super::values::{parse_date, parse_horizon, parse_seconds, parse_walk, parse_window};

/// Which timetable answers.
#[derive(Clone, Debug, Args)]
pub struct TimetableArg {
    /// Compiled timetable [default: the corridor]
    #[arg(short, long, value_name = "X.tumen")]
    pub timetable: Option<PathBuf>,
    /// Runs that are added or cancelled (see `tumen run`) [default: X.runs.txt beside the timetable]
    #[arg(long, value_name = "X.runs.txt", env = "TUMEN_RUNS", hide_env_values = true)]
    pub runs: Option<PathBuf>,
}

impl TimetableArg {
    /// The file of added and cancelled runs; `None` for the corridor without one.
    pub fn runs_file(&self) -> Option<PathBuf> {
        self.runs.clone().or_else(|| self.timetable.as_deref().map(tumen_journey::runs::beside))
    }
}

/// How far a search goes.
#[derive(Clone, Debug, Args)]
pub struct SearchArgs {
    #[command(flatten)]
    pub timetable: TimetableArg,
    /// Longest journey, up to 60d
    #[arg(long, value_name = "DURATION", default_value = "30d", value_parser = parse_horizon)]
    pub horizon: i32,
    #[command(flatten)]
    pub patience: TimeoutArg,
    #[command(flatten)]
    pub scenario: ScenarioArgs,
    #[command(flatten)]
    pub usable: UsableArgs,
    #[command(flatten)]
    pub traveller: TravellerArgs,
}

impl SearchArgs {
    /// The question between two places.
    pub fn question(&self, from: &str, to: &str) -> Question {
        let extent = Extent { horizon: self.horizon, timeout: self.patience.timeout };
        Question { from: from.to_owned(), to: to.to_owned(), extent, usable: self.usable.usable() }
    }
}

/// How long a search may take.
#[derive(Clone, Debug, Args)]
pub struct TimeoutArg {
    /// Stop searching after so long; an answer that was cut short says so
    #[arg(long, value_name = "DURATION", default_value = "60s", value_parser = parse_duration)]
    pub timeout: i32,
}

/// What a journey may use.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "What a journey may use")]
pub struct UsableArgs {
    /// Change at most so often
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(0..=31))]
    pub max_transfers: Option<u8>,
    /// Wait at most so long between two rides (standing in a carriage is no wait)
    #[arg(long, value_name = "DURATION", value_parser = parse_duration)]
    pub max_wait: Option<i32>,
    /// Only these modes: rail, air, bus, ferry, tram, subway, cable
    #[arg(long, value_name = "MODES", value_delimiter = ',', value_parser = Mode::parse)]
    pub modes: Vec<Mode>,
    /// Only these agencies, by agency_id or name
    #[arg(long, value_name = "AGENCY", value_delimiter = ',')]
    pub agency: Vec<String>,
    /// Walks between stops in a straight line: `none`, or at most so many metres
    #[arg(long, value_name = "METRES", value_parser = parse_walk)]
    pub walk: Option<Walk>,
    /// Seconds a change at one stop takes where the feed does not say
    #[arg(long, value_name = "S", value_parser = parse_seconds)]
    pub change_time: Option<i32>,
    /// Seconds added to every change
    #[arg(long, value_name = "S", default_value_t = 0, value_parser = parse_seconds, hide_default_value = true)]
    pub extra_change_time: i32,
    /// At the airport so long before a first flight, for check-in and control: an assumption
    #[arg(long, value_name = "DURATION", default_value = "2h", value_parser = parse_duration)]
    pub check_in: i32,
    /// So long after a last flight until one is through control: an assumption
    #[arg(long, value_name = "DURATION", default_value = "1h", value_parser = parse_duration)]
    pub control: i32,
    /// Neither board nor alight there (riding through is fine); may be repeated
    #[arg(long, value_name = "STOP")]
    pub ban_stop: Vec<String>,
    /// Do not ride this trip, nor a through carriage that it hauls; may be repeated
    #[arg(long, value_name = "TRIP_ID")]
    pub ban_trip: Vec<String>,
}

impl UsableArgs {
    /// What they say.
    pub fn usable(&self) -> Usable {
        Usable {
            max_transfers: self.max_transfers,
            max_wait: self.max_wait,
            modes: self.modes.clone(),
            agencies: self.agency.clone(),
            walk: self.walk,
            change_time: self.change_time,
            extra_change_time: self.extra_change_time,
            check_in: self.check_in,
            control: self.control,
            banned_stops: self.ban_stop.clone(),
            banned_trips: self.ban_trip.clone(),
            ..Usable::default()
        }
    }
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

fn with_names(examples: &str) -> String {
    format!("{NAMES}\n\n{examples}")
}

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
    /// The next so many journeys that leave within a year, each the best for its departure
    #[arg(long, value_name = "N", value_parser = value_parser!(u16).range(1..), conflicts_with_all = ["arrive", "window"])]
    pub connections: Option<u16>,
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
  tumen plan Vladivostok Pyongyang --connections 5 --brief
  tumen plan Moscow Pyongyang --depart 2025-07-11 --window 20d --per-mode --brief
  tumen plan Moscow Pyongyang --passport RU --visa KP --holds tour:KP --purpose tourism
  tumen plan Moscow Beijing --depart 2019-06-01 --window 14d --avoid-country MN
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
