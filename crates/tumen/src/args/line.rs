//! Arguments of `tumen line` and `tumen diagram`.

use clap::Args;
use std::path::PathBuf;
use tumen_base::Date;
use tumen_track::diagram::{MOST_DAYS, Paper};

use super::journeys::{ShowArgs, TimetableArg};
use super::values::parse_date;

/// Say what is known of a railway line, by country and region
#[derive(Debug, Args)]
#[command(after_help = LINE_HELP)]
pub struct LineArgs {
    /// A line, a through carriage or a rail route, by id or name, or two places as moscow-khasan [default: list them]
    pub line: Option<String>,
    /// Look at the timetable from this day on [default: today]
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    pub date: Option<Date>,
    /// Tell every section
    #[arg(long)]
    pub sections: bool,
    #[command(flatten)]
    pub timetable: TimetableArg,
    #[command(flatten)]
    pub show: ShowArgs,
}

const LINE_HELP: &str = "\
Kilometres are sums of what is known; sections of unknown length are counted and never guessed. What the words mean: docs/track.md.

Examples:
  tumen line
  tumen line moscow-pyongyang
  tumen line KHASAN --sections --sources
  tumen line ussuriysk-rajin --json";

/// Draw a time–distance diagram of a line
#[derive(Debug, Args)]
#[command(after_help = DIAGRAM_HELP)]
pub struct DiagramArgs {
    /// What `tumen line` takes: a line, a through carriage, a rail route, or two places as moscow-khasan
    #[arg(long, value_name = "LINE")]
    pub line: String,
    /// The first day, local at the first station [default: today]
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    pub from: Option<Date>,
    /// How many days [default: as many as a through carriage needs, or 7]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=i64::from(MOST_DAYS)))]
    pub days: Option<u16>,
    /// Where to write it: .svg, or .png in a build with that feature
    #[arg(short, long, value_name = "FILE")]
    pub out: PathBuf,
    /// The sheet it is drawn for: a4 or a3, on its side
    #[arg(long, value_name = "PAPER", default_value = "a4", value_parser = Paper::parse)]
    pub paper: Paper,
    /// Points an inch of a .png
    #[arg(long, value_name = "N", default_value_t = 200, value_parser = clap::value_parser!(u16).range(50..=600))]
    pub dpi: u16,
    #[command(flatten)]
    pub timetable: TimetableArg,
    /// Names in this language where the feed has them: en, ru, ko, zh
    #[arg(long, value_name = "LANG")]
    pub language: Option<String>,
}

const DIAGRAM_HELP: &str = "\
Time runs to the right, distance down and to scale; where a length is unknown the axis is hatched and the caption says by what it is
drawn. Through carriages are bold, other trains thin, estimated times hollow or dashed: docs/track.md.

Examples:
  tumen diagram --line moscow-pyongyang --from 2026-12-12 -o car.svg
  tumen diagram --line ussuriysk-pyongyang --from 2026-12-18 --days 4 --paper a3 -o border.svg";
