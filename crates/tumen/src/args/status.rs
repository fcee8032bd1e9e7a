//! Arguments of `tumen status`.

use clap::Args;
use tumen_base::Date;

use super::journeys::{ShowArgs, TimetableArg};
use super::values::parse_date;

/// Say what runs on a day, what is suspended, and what nobody has published
#[derive(Debug, Args)]
#[command(after_help = STATUS_HELP)]
pub struct StatusArgs {
    /// The day [default: today]
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    pub date: Option<Date>,
    /// The dated story of a post, a line, a route, a through carriage or a station, with its sources
    #[arg(long, value_name = "NAME", conflicts_with = "date")]
    pub history: Option<String>,
    #[command(flatten)]
    pub timetable: TimetableArg,
    #[command(flatten)]
    pub show: ShowArgs,
}

const STATUS_HELP: &str = "\
Routes, through carriages, border posts and lines are in one of these states:
  runs                the day lies within the days that the timetable covers; which days, and how far that is trusted
  suspended           since when, until when (or no date given), why
  days not published  known to run, not when: never planned
  no data             the day lies outside of all that is known, which is not the same as closed

Examples:
  tumen status
  tumen status --date 2022-03-01
  tumen status --history Khasan
  tumen status --history KHASAN --json
  tumen status --language ru --sources";
