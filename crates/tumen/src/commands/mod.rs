//! One module a command.

mod batch;
mod board;
mod check;
mod claims;
mod compare;
mod counts;
mod diagram;
mod export;
mod import;
mod info;
mod info_borders;
mod line;
mod manual;
mod matrix;
mod next;
mod plan;
mod reach;
mod run;
mod serve;
mod ship;
mod status;
pub mod stitch;
mod trip;
mod validate;

use anyhow::Result;

use crate::args::{Cli, Command, Global};
use crate::exit::Exit;
use crate::{clock, terminal};
use tumen_journey::style::Style;
use tumen_journey::when::When;

/// What every command is given beside its own arguments.
#[derive(Clone, Debug)]
pub struct Context {
    /// Options of every command.
    pub global: Global,
    /// How text is decorated.
    pub style: Style,
}

impl Context {
    /// What `now` means: the moment that `--now` names, else this one.
    pub fn now(&self) -> When {
        self.global.now.filter(|now| *now != When::Now).unwrap_or_else(clock::now)
    }
}

/// Runs the command.
///
/// # Errors
/// What went wrong, for `main` to print.
pub fn run(cli: &Cli) -> Result<Exit> {
    let context = Context { global: cli.global.clone(), style: terminal::style_of_stdout(cli.global.color) };
    match &cli.command {
        Command::Import(args) => import::run(&context, args),
        Command::Stitch(args) => stitch::run(&context, args),
        Command::Validate(args) => validate::run(&context, args),
        Command::Check(args) => check::run(&context, args),
        Command::Export(args) => export::run(&context, args),
        Command::Info(args) => info::run(&context, args),
        Command::Plan(args) => plan::run(&context, args),
        Command::Next(args) => next::run(&context, args),
        Command::Board(args) => board::run(&context, args),
        Command::Trip(args) => trip::run(&context, args),
        Command::Claims(args) => claims::run(&context, args),
        Command::Status(args) => status::run(&context, args),
        Command::Reach(args) => reach::run(&context, args),
        Command::Matrix(args) => matrix::run(&context, args),
        Command::Batch(args) => batch::run(&context, args),
        Command::Compare(args) => compare::run(&context, args),
        Command::Line(args) => line::run(&context, args),
        Command::Diagram(args) => diagram::run(&context, args),
        Command::Counts(args) => counts::run(&context, args),
        Command::Ship(args) => ship::run(&context, args),
        Command::Run(args) => run::run(&context, args),
        Command::Serve(args) => serve::run(&context, args),
        Command::Completions(args) => manual::completions(args),
        Command::Man(_) => manual::man(),
    }
}
