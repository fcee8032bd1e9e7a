//! The command line: what can be asked, with the help that teaches it.

mod check;
mod compare;
mod counts;
mod feeds;
mod journeys;
mod line;
mod many;
mod run;
mod serve;
mod ship;
mod status;
mod traveller;
mod values;

use clap::{Args, Parser, Subcommand, ValueEnum};
use std::ffi::OsString;

pub use check::{CheckArgs, FailOn};
pub use compare::{CompareArgs, ScenarioArgs};
pub use counts::CountsArgs;
pub use feeds::{ExportArgs, ImportArgs, InfoArgs, ReadingArgs, StitchArgs, ValidateArgs};
pub use journeys::TimetableArg;
pub use journeys::{BoardArgs, ClaimsArgs, NextArgs, PlanArgs, TripArgs};
pub use line::{DiagramArgs, LineArgs};
pub use many::{BatchArgs, ExtentArgs, MatrixArgs, ReachArgs};
pub use run::{AddArgs, CancelArgs, ListArgs, RowArgs, RunArgs, RunCommand};
pub use serve::ServeArgs;
pub use ship::ShipArgs;
pub use status::StatusArgs;
use tumen_journey::when::When;

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
  tumen status --history Khasan                # what is suspended, and what happened at the border
  tumen reach Khabarovsk --within 10d          # where one can be, and when
  tumen compare --before 2026-12-01 --without post:khasan  # what closing a border would break
  tumen line moscow-pyongyang                  # what is known of the track, by region
  tumen check feed.zip                         # whether a timetable is possible
  tumen ship --hs 2701 --origin RU --from Khasan --to Rajin  # goods: screened first, then their way
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
    Stitch(StitchArgs),
    Validate(ValidateArgs),
    Check(CheckArgs),
    Export(ExportArgs),
    Info(InfoArgs),
    Plan(PlanArgs),
    Next(NextArgs),
    Board(BoardArgs),
    Trip(TripArgs),
    Claims(ClaimsArgs),
    Status(StatusArgs),
    Reach(ReachArgs),
    Matrix(MatrixArgs),
    Batch(BatchArgs),
    Compare(CompareArgs),
    Line(LineArgs),
    Diagram(DiagramArgs),
    Counts(CountsArgs),
    Ship(ShipArgs),
    Run(RunArgs),
    Serve(ServeArgs),
    Completions(CompletionsArgs),
    Man(ManArgs),
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

/// A latitude south of the equator is no option: a blank before its sign keeps the parser from taking it for one.
pub fn southern(argument: OsString) -> OsString {
    let coordinate = argument.to_str().and_then(|text| {
        let (latitude, longitude) = text.split_once(',')?;
        let numbers = latitude.parse::<f64>().is_ok() && longitude.trim().parse::<f64>().is_ok();
        (numbers && text.starts_with('-')).then(|| OsString::from(format!(" {text}")))
    });
    coordinate.unwrap_or(argument)
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
