//! Arguments of `tumen run`.

use clap::{Args, Subcommand};
use tumen_base::Date;

use super::journeys::TimetableArg;
use super::values::parse_date;

/// Add or cancel single runs without importing anew
#[derive(Debug, Args)]
#[command(after_help = RUN_HELP)]
pub struct RunArgs {
    #[command(subcommand)]
    pub what: RunCommand,
}

#[derive(Debug, Subcommand)]
pub enum RunCommand {
    /// Add a run: one like another trip's, or one of a route with calls of its own
    Add(AddArgs),
    /// Cancel the run of a trip on a service day
    Cancel(CancelArgs),
    /// Take a row back
    Remove(RemoveArgs),
    /// List what is added and cancelled, and services known to run on days that nobody has published
    List(ListArgs),
}

/// Options of all rows.
#[derive(Debug, Args)]
pub struct RowArgs {
    /// The service day
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    pub date: Date,
    /// Who says so: an id of sources.txt, or words
    #[arg(long, value_name = "SOURCE")]
    pub source: String,
    /// Anything else that is known
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub note: String,
    #[command(flatten)]
    pub timetable: TimetableArg,
}

#[derive(Debug, Args)]
pub struct AddArgs {
    /// Its trip_id, a new one
    pub id: String,
    /// The trip that it is like
    #[arg(long, value_name = "TRIP_ID", conflicts_with = "route", required_unless_present = "route")]
    pub like: Option<String>,
    /// When it leaves its first stop, if not when the other trip does
    #[arg(long, value_name = "HH:MM", requires = "like")]
    pub departure: Option<String>,
    /// Its route
    #[arg(long, value_name = "ROUTE_ID", requires = "call")]
    pub route: Option<String>,
    /// A call: `STOP_ID HH:MM` or `STOP_ID HH:MM-HH:MM`, times of the feed's zone; repeat it for each
    #[arg(long, value_name = "CALL", requires = "route")]
    pub call: Vec<String>,
    #[command(flatten)]
    pub row: RowArgs,
}

#[derive(Debug, Args)]
pub struct CancelArgs {
    /// The trip_id; FEED:ID where feeds share it
    pub trip: String,
    #[command(flatten)]
    pub row: RowArgs,
}

#[derive(Debug, Args)]
pub struct RemoveArgs {
    /// The id of the row, as `tumen run list` says it
    pub id: String,
    #[command(flatten)]
    pub timetable: TimetableArg,
}

#[derive(Debug, Args)]
pub struct ListArgs {
    #[command(flatten)]
    pub timetable: TimetableArg,
}

const RUN_HELP: &str = "\
Rows stand in X.runs.txt beside X.tumen, or where --runs says. Every command and `tumen serve` read it with the
timetable. The whole file is checked before it replaces the older one.

Examples:
  tumen run add CHARTER1 --route MOSCOW_PYONGYANG_AIR --call \"AIR_SVO 19:00\" --call \"AIR_FNJ 27:30\" \\
    --date 2026-12-20 --source \"airline's notice of 1 Dec\" --runs charters.runs.txt
  tumen run add T646B --like T646 --departure 18:00 --date 2026-12-15 --source KSR -t x.tumen
  tumen run cancel T646 --date 2026-12-14 --source KSR -t x.tumen
  tumen run list -t x.tumen";
