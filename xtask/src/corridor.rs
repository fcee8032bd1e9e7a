//! The corridor feed, made from the tables that people edit.
//!
//! `feeds/corridor-tables/*.csv` hold the facts in local time; `feeds/corridor/*.txt` are the same facts as GTFS with
//! Tumen's extension files. docs/corridor.md describes both.

mod border_rules;
mod carriages;
mod clock;
mod coaches;
mod days;
mod facts;
mod gtfs;
mod places;
mod schedule;
mod sheet;
mod table;
mod tables;
mod world;

#[cfg(test)]
mod tests;

use anyhow::{Context, Result, bail};
use sheet::Files;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use tables::Tables;
use world::World;

/// The feed as its tables say it is.
fn generate(tables: &Path) -> Result<Files> {
    let tables = Tables::read(tables)?;
    let world = World::read(&tables)?;
    let schedule = schedule::Schedule::new(&world)?;
    let carriages = carriages::carriages(&world, &schedule)?;
    let mut files = Files::new();
    gtfs::write_heads(&world, &mut files)?;
    gtfs::write_trips(&world, &schedule, &mut files)?;
    gtfs::write_calendars(&world, &schedule, &carriages, &mut files)?;
    places::write_stops(&world, &mut files)?;
    places::write_places(&world, &mut files)?;
    coaches::write_carriages(&carriages, &mut files)?;
    coaches::write_known_services(&world, &mut files)?;
    facts::write_facts(&world, &mut files)?;
    Ok(files)
}

/// Runs the chore: writes the feed, or with `--check` only compares it.
pub fn run(arguments: &[String]) -> Result<()> {
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        [] => write(),
        ["--check"] => check(),
        _ => bail!("expected nothing or --check after `corridor`"),
    }
}

/// Writes the feed, and removes files of it that are no longer made.
fn write() -> Result<()> {
    let files = generate(&tables_folder())?;
    let folder = feed_folder();
    fs::create_dir_all(&folder)?;
    for name in feed_files(&folder)? {
        if !files.contains_key(name.as_str()) {
            fs::remove_file(folder.join(&name))?;
        }
    }
    for (name, text) in &files {
        fs::write(folder.join(name), text).with_context(|| format!("cannot write {name}"))?;
    }
    println!("wrote {} files to feeds/corridor", files.len());
    Ok(())
}

/// Fails where the feed in the repository differs from what its tables say.
fn check() -> Result<()> {
    let differences = differences()?;
    if differences.is_empty() {
        return Ok(());
    }
    bail!("feeds/corridor is out of step with its tables; run `cargo xtask corridor`:\n{}", differences.join("\n"))
}

/// One line for each file that differs, naming the first line that does.
fn differences() -> Result<Vec<String>> {
    let files = generate(&tables_folder())?;
    let folder = feed_folder();
    let mut differences = Vec::new();
    for name in feed_files(&folder)? {
        if !files.contains_key(name.as_str()) {
            differences.push(format!("{name}: the tables make no such file"));
        }
    }
    for (name, text) in &files {
        let found = fs::read_to_string(folder.join(name)).unwrap_or_default();
        if found != *text {
            let same = found.lines().zip(text.lines()).take_while(|(found, made)| found == made).count();
            let made = text.lines().nth(same).unwrap_or("(the end of the file)");
            differences.push(format!("{name}:{}: the tables say: {made}", same + 1));
        }
    }
    Ok(differences)
}

/// Names of the feed's text files.
fn feed_files(folder: &Path) -> Result<BTreeSet<String>> {
    let mut names = BTreeSet::new();
    for entry in fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let path = entry?.path();
        let is_text = path.extension().is_some_and(|extension| extension == "txt");
        names.extend(path.file_name().filter(|_| is_text).map(|name| name.to_string_lossy().into_owned()));
    }
    Ok(names)
}

fn tables_folder() -> PathBuf {
    crate::root().join("feeds/corridor-tables")
}

fn feed_folder() -> PathBuf {
    crate::root().join("feeds/corridor")
}
