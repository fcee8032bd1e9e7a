//! Arguments of `tumen check`.

use clap::{Args, ValueEnum};
use tumen_base::Date;
use tumen_track::running::Margin;

use super::feeds::ReadingArgs;
use super::values::{parse_date, parse_seconds};

/// Ask whether a timetable is possible: track, borders, carriages
#[derive(Debug, Args)]
#[command(after_help = CHECK_HELP)]
pub struct CheckArgs {
    /// GTFS feeds (zip files or folders, each as PATH or NAME=PATH), or one compiled timetable [default: the corridor]
    #[arg(value_name = "FEED|X.tumen")]
    pub feeds: Vec<String>,
    /// First service day to check [default: the timetable's first]
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    pub from: Option<Date>,
    /// Last service day to check [default: the timetable's last]
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    pub until: Option<Date>,
    /// The reserve every ride should keep above its least running time: `5%`, or `4.5min/100km` [default: none, what is just
    /// possible passes]
    #[arg(long, value_name = "M", value_parser = Margin::parse)]
    pub margin: Option<Margin>,
    /// Seconds, or `10m`, in which no coach is shunted from train to train: an assumption
    #[arg(long, value_name = "DURATION", default_value = "5m", value_parser = parse_seconds)]
    pub shunting: i32,
    /// In how long a carriage is turned round at the end of its run: an assumption
    #[arg(long, value_name = "DURATION", default_value = "4h", value_parser = parse_seconds)]
    pub turn: i32,
    /// What ends with exit code 1
    #[arg(long, value_name = "WHAT", default_value = "violations")]
    pub fail_on: FailOn,
    /// Show so many violations of each rule
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub count: usize,
    #[command(flatten)]
    pub reading: ReadingArgs,
}

/// What makes checking fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    /// Anything that is not possible.
    Violations,
    /// The same, and whatever could not be checked.
    NotCheckable,
    /// Nothing.
    Never,
}

const CHECK_HELP: &str = "\
Every complaint names the trip, the place, the time on the clock there, the rule, by how much it fails and why. What lacks a fact
is counted as not checkable and never passes; the facts can be given in sections.txt, train_types.txt and border_posts.txt
(docs/track.md). Without them, every feed is checked for vehicles that no vehicle of their kind could keep up with.
Exit codes: 0 nothing found, 1 something is not possible (see --fail-on), 2 usage, 3 feed or timetable refused.

Examples:
  tumen check                                # the corridor that Tumen brings along
  tumen check --margin 5%                    # with five percent of the running time in reserve
  tumen check feed.zip                       # any GTFS feed
  tumen check city.tumen --from 2026-12-13 --until 2027-03-31 --json
  tumen check feed/ --fail-on not-checkable  # for whoever wants every fact";
