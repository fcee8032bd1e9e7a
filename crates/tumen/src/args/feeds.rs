//! Arguments of the commands that read and write feeds and timetables.

use clap::Args;
use std::path::PathBuf;
use tumen_base::Date;
use tumen_routing::Walk;

use super::values::{parse_date, parse_seconds, parse_walk};

/// Compile GTFS feeds to one timetable file
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  tumen import vbb.zip -o berlin.tumen
  tumen import de=germany.zip pl=poland/ -o two.tumen     # several feeds, each with its prefix
  tumen import old.zip --zone Europe/Paris -o old.tumen   # for a feed that names no time zone
  tumen import us=amtrak.zip ca=via.zip -o both.tumen     # trains that both describe become one (docs/stitching.md)
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
    pub walk: Option<Walk>,
    /// Seconds a change at one stop takes where the feed does not say
    #[arg(long, value_name = "S", value_parser = parse_seconds)]
    pub change_time: Option<i32>,
    /// Leave trains as the feeds have them: do not join halves at borders, trains that stand in two feeds, and through carriages
    /// that are published as trips
    #[arg(long)]
    pub no_stitch: bool,
    /// Work out beforehand which changes between runs are of use, for every day: searches within a day are many times faster,
    /// the file is larger, and the answers stay the same
    #[arg(long)]
    pub precompute: bool,
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

/// Join trains that several feeds describe, and say what was joined
#[derive(Debug, Args)]
#[command(after_help = "\
`tumen import` joins in the same way; this command shows every decision with its reasons, and can write the joined network as
one GTFS feed for others. What the kinds and the scores mean: docs/stitching.md.

Examples:
  tumen stitch us=amtrak.zip ca=via.zip                       # what is one train, in short
  tumen stitch us=amtrak.zip ca=via.zip --report joins.html   # every join, suspect and refusal on a page to read
  tumen stitch us=amtrak.zip ca=via.zip -o joined.zip         # one feed with one Maple Leaf
  tumen stitch amtrak.zip --report joins.json                 # through carriages within one feed, for a program")]
pub struct StitchArgs {
    /// GTFS feeds: zip files or folders, each as PATH or NAME=PATH
    #[arg(required = true, value_name = "FEED")]
    pub feeds: Vec<String>,
    /// Write every decision with its reasons: a page to read, or the same as JSON
    #[arg(long, value_name = "R.html|R.json")]
    pub report: Option<PathBuf>,
    /// Write the joined network as one GTFS feed: a zip file or folder
    #[arg(short, long, value_name = "FEED.zip")]
    pub output: Option<PathBuf>,
    /// Show so many joins of each kind, and so many suspects
    #[arg(long, value_name = "N", default_value_t = 5)]
    pub count: usize,
    #[command(flatten)]
    pub reading: ReadingArgs,
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
