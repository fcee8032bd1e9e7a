//! `tumen check`: is this timetable possible?

use anyhow::Result;
use std::path::Path;
use tumen_border::{BorderFiles, Borders};
use tumen_journey::Failure;
use tumen_journey::world::{damaged, refused};
use tumen_timetable::compile::{CompileOptions, WalkOptions, compile};
use tumen_timetable::{OpenOptions, Rows, Timetable};
use tumen_track::Track;
use tumen_track::check::{CheckOptions, Checked, Facts, Subject, check};

use super::Context;
use crate::args::{CheckArgs, FailOn};
use crate::exit::Exit;
use crate::reading::{self, Work};
use crate::{checked, clock, terminal};

/// Checks and prints what was found.
///
/// # Errors
/// When a feed or a compiled timetable is refused.
pub fn run(context: &Context, args: &CheckArgs) -> Result<Exit> {
    let work = Work::begin();
    let timetable = opened(args, &work)?;
    work.say("checking".to_owned());
    let columns = timetable.columns();
    let days = args.from.unwrap_or(columns.first_date())..=args.until.unwrap_or(columns.last_date());
    if days.is_empty() {
        let message = format!("there is no day from {} until {}", days.start(), days.end());
        return Err(Failure::usage("no_days", message).into());
    }
    let options =
        CheckOptions { margin: args.margin, shunting: args.shunting, turn: args.turn, ..CheckOptions::on(days) };
    let rows = |file: &str| Rows::read(&columns, file).map_err(|error| damaged(&error));
    let files = BorderFiles {
        posts: &rows("border_posts.txt")?,
        sections: &rows("sections.txt")?,
        carriages: &rows("through_carriages.txt")?,
        carriage_types: &rows("carriage_types.txt")?,
    };
    let borders = Borders::of(&timetable, files);
    let track = Track::read(&columns)?;
    let facts = Facts::read(&columns, &track, &borders)?;
    let subject = Subject { timetable: &timetable, track: &track, borders: &borders, facts: &facts };
    let found = check(subject, &options);
    work.end();
    let shown = checked::Shown { subject, options: &options, found: &found, most: args.count };
    if context.global.json {
        terminal::print_json(&shown.json())?;
    } else {
        terminal::print(&shown.text(context.style))?;
    }
    Ok(exit(&found, args.fail_on))
}

fn exit(found: &Checked, fail_on: FailOn) -> Exit {
    let fails = match fail_on {
        FailOn::Violations => found.violated() > 0,
        FailOn::NotCheckable => found.violated() + found.not_checkable() > 0 || !found.cuts.is_empty(),
        FailOn::Never => false,
    };
    if fails { Exit::Nothing } else { Exit::Found }
}

/// The timetable that is named: the corridor, a compiled file, or feeds as they stand, not stitched.
fn opened(args: &CheckArgs, work: &Work) -> Result<Timetable> {
    if args.feeds.is_empty() {
        return Ok(tumen_journey::world::corridor(clock::today())?);
    }
    let is_compiled = |feed: &String| Path::new(feed).extension().is_some_and(|ending| ending == "tumen");
    if let Some(path) = args.feeds.iter().find(|feed| is_compiled(feed)) {
        if args.feeds.len() > 1 {
            let message = format!("{path} is a compiled timetable: name it alone, or feeds without it");
            return Err(Failure::usage("several_timetables", message).into());
        }
        return Ok(Timetable::open(Path::new(path), OpenOptions::default()).map_err(|error| refused(&error))?);
    }
    let (_, feeds, _) = reading::read(&args.feeds, &args.reading, work)?;
    work.say("compiling".to_owned());
    let options = CompileOptions { walk: WalkOptions::none(), ..CompileOptions::on(clock::today()) };
    let (data, _) = compile(&feeds, &options, &mut |step| work.say(step.to_string())).map_err(|error| {
        work.end();
        Failure::refused("feed_refused", error.to_string())
    })?;
    Ok(Timetable::from_data(data)?)
}
