//! Arguments of `tumen counts`.

use clap::Args;
use std::path::PathBuf;

use super::journeys::TimetableArg;

/// Show what was reported of passengers, tonnes and fares beside what the timetable offers
#[derive(Debug, Args)]
#[command(after_help = COUNTS_HELP)]
pub struct CountsArgs {
    /// A post, a line, a route, a through carriage or a station, by name or id; or a country's code that figures are about
    pub subject: String,
    /// The first month
    #[arg(long, value_name = "MONTH", default_value = "2019-01")]
    pub from: String,
    /// The last month
    #[arg(long, value_name = "MONTH", default_value = "2027-12")]
    pub to: String,
    /// Write a plot as well
    #[arg(short, long, value_name = "FILE.svg")]
    pub output: Option<PathBuf>,
    #[command(flatten)]
    pub timetable: TimetableArg,
}

const COUNTS_HELP: &str = "\
Departures are counted from the timetable, month by month, and told as departures a week. A month outside the
period that the timetable covers is \"no data\", which is not the same as closed. Reported figures stand as they
were published, side by side, and are never averaged.

Examples:
  tumen counts khasan
  tumen counts khasan --from 2024-01 --to 2026-12 -o khasan.svg
  tumen counts MOW_PYG --json
  tumen counts KP";
