//! Completions and the manual page, generated from the command line itself.

use anyhow::Result;
use clap::CommandFactory;

use crate::args::{Cli, CompletionsArgs};
use crate::exit::Exit;
use crate::terminal;

/// Prints a completion script.
///
/// # Errors
/// When it cannot be written.
pub fn completions(args: &CompletionsArgs) -> Result<Exit> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "tumen", &mut script);
    terminal::print(&String::from_utf8_lossy(&script))?;
    Ok(Exit::Found)
}

/// Prints the manual page.
///
/// # Errors
/// When it cannot be written.
pub fn man() -> Result<Exit> {
    let mut page = Vec::new();
    clap_mangen::Man::new(Cli::command()).render(&mut page)?;
    for command in Cli::command().get_subcommands().filter(|command| !command.is_hide_set()) {
        let man = clap_mangen::Man::new(command.clone());
        man.render_synopsis_section(&mut page)?;
        man.render_description_section(&mut page)?;
        man.render_options_section(&mut page)?;
    }
    terminal::print(&String::from_utf8_lossy(&page))?;
    Ok(Exit::Found)
}
