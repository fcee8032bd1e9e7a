//! `tumen`: journeys that cross borders and take days, from the command line.

#[macro_use]
mod text;

mod airports;
mod answer;
mod args;
mod boardings;
mod border_check;
mod borders;
mod clock;
mod commands;
mod compare_page;
mod compared;
mod crosser;
mod departures;
mod distance;
mod embedded;
mod exit;
mod facts;
mod gates;
mod geography;
mod hindrances;
mod html;
mod input;
mod itinerary;
mod modes;
mod motis;
mod names;
mod parallel;
mod permitted;
mod present;
mod reached;
mod reading;
mod removed;
mod scenarios;
mod search;
mod sheet;
mod sites;
mod status;
mod stitch_page;
mod stitched;
mod suspended;
mod terminal;
mod trust;
mod when;
mod world;

use clap::Parser;
use std::io::{self, ErrorKind};
use std::process::ExitCode;

use args::Cli;
use exit::{Exit, Failure};

fn main() -> ExitCode {
    let cli = Cli::parse_from(std::env::args_os().map(args::southern));
    match commands::run(&cli) {
        Ok(exit) => exit.into(),
        Err(error) if is_closed_pipe(&error) => Exit::Found.into(),
        Err(error) => {
            let failure = Failure::of(&error);
            if cli.global.json {
                // The pipe that would carry the reason may be closed too.
                let _ = terminal::print_json(&failure.json());
            } else {
                eprintln!("tumen: {failure}");
            }
            failure.exit.into()
        }
    }
}

/// Whether whoever read our output has gone away, as `head` does.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == ErrorKind::BrokenPipe)
}
