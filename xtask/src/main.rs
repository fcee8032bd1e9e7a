//! Chores of the repository: `cargo xtask CHORE`.

mod corridor;
mod licences;
mod territories;
mod tidy;

use anyhow::{Context, bail};
use std::path::PathBuf;
use std::process::ExitCode;

/// One chore: what it is called, what it does in a line, and the function that does it.
struct Chore {
    name: &'static str,
    about: &'static str,
    run: fn(&[String]) -> anyhow::Result<()>,
}

const CHORES: &[Chore] = &[
    Chore {
        name: "corridor",
        about: "write feeds/corridor from its tables; --check only compares",
        run: corridor::run,
    },
    Chore { name: "licences", about: "check the licences of all dependencies against deny.toml", run: licences::run },
    Chore {
        name: "territories",
        about: "write the names of countries from the folder of CLDR's package cldr-localenames-full",
        run: territories::run,
    },
    Chore { name: "tidy", about: "check the repository's own rules (CONTRIBUTING.md)", run: tidy::run },
];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match chore(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn chore(arguments: &[String]) -> anyhow::Result<()> {
    let Some((name, rest)) = arguments.split_first() else { bail!("which chore?\n{}", list()) };
    let chore = CHORES.iter().find(|chore| chore.name == name);
    let chore = chore.with_context(|| format!("there is no chore `{name}`\n{}", list()))?;
    (chore.run)(rest)
}

fn list() -> String {
    let lines: Vec<String> = CHORES.iter().map(|chore| format!("  {:11} {}", chore.name, chore.about)).collect();
    lines.join("\n")
}

/// The folder of the workspace.
fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).parent().map(PathBuf::from).unwrap_or_default()
}
