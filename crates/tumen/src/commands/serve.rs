//! `tumen serve`: the API and the web page.

use anyhow::{Result, anyhow};
use serde_json::json;
use tumen_journey::Failure;
use tumen_server::{Clock, ServeError, Server, begin_logs, told_to_stop};

use super::Context;
use crate::args::ServeArgs;
use crate::exit::Exit;
use crate::{clock, terminal};

/// Serves until it is told to stop.
///
/// # Errors
/// When the configuration, the timetable or the address cannot be used.
pub fn run(context: &Context, args: &ServeArgs) -> Result<Exit> {
    let config = args.config().map_err(|error| Failure::usage("bad_config", error.to_string()))?;
    begin_logs(config.log, config.log_level);
    let clock = Clock { timestamp: clock::timestamp, fixed: context.global.now };
    let server = Server::open(config, clock).map_err(failure)?;
    let address = server.address()?;
    if context.global.json {
        terminal::print_json(&json!({ "address": format!("http://{address}") }))?;
    } else {
        terminal::print(&format!("Tumen serves http://{address}\n"))?;
    }
    server.run(told_to_stop())?;
    Ok(Exit::Found)
}

fn failure(error: ServeError) -> anyhow::Error {
    match error {
        ServeError::Timetable(failure) => failure.into(),
        ServeError::Config(error) => Failure::usage("bad_config", error.to_string()).into(),
        ServeError::Listen { .. } => Failure::usage("cannot_listen", error.to_string()).into(),
        ServeError::Io(_) => anyhow!(error),
    }
}
