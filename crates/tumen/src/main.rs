//! `tumen`: journeys that cross borders and take days, from the command line.

#[macro_use(line, part)]
extern crate tumen_base;

mod args;
mod border_check;
mod checked;
mod clock;
mod commands;
mod compared;
mod exit;
mod input;
mod opened;
mod png;
mod reached;
mod reading;
mod scenarios;
mod sheet;
mod stitch_page;
mod terminal;

use clap::Parser;
use std::io::{self, ErrorKind};
use std::process::ExitCode;

use args::Cli;
use exit::Exit;

fn main() -> ExitCode {
    let cli = Cli::parse_from(std::env::args_os().map(args::southern));
    match commands::run(&cli) {
        Ok(exit) => exit.into(),
        Err(error) if is_closed_pipe(&error) => Exit::Found.into(),
        Err(error) => {
            let failure = exit::failure_of(&error);
            if cli.global.json {
                // The pipe that would carry the reason may be closed too.
                let _ = terminal::print_json(&failure.json());
            } else {
                eprintln!("tumen: {failure}");
            }
            Exit::from(failure.kind).into()
        }
    }
}

/// Whether whoever read our output has gone away, as `head` does.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == ErrorKind::BrokenPipe)
}
