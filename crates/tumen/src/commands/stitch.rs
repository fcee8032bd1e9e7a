//! `tumen stitch`: what is one train, with the reasons, and the joined network as one feed.

use anyhow::{Context as _, Result};
use serde_json::{Value, json};
use std::path::Path;
use tumen_base::format_duration;
use tumen_feed::{Unmerged, merge_feeds, write_feed};
use tumen_journey::Failure;
use tumen_journey::present::words;
use tumen_journey::style::{Style, left, right};
use tumen_stitch::{Days, Doubt, Join, JoinKind, Role, StitchOptions, StitchReport, Verdict, stitch};

use super::Context;
use crate::args::StitchArgs;
use crate::exit::Exit;
use crate::reading::{self, Work};
use crate::stitch_page;
use crate::terminal;

/// Every kind of join with its heading, in the order in which they are told.
pub const KINDS: [(JoinKind, &str); 4] = [
    (JoinKind::Halves, "Two halves that meet at a border"),
    (JoinKind::SameTrain, "One train in two feeds"),
    (JoinKind::HalvesAndSameTrain, "Two halves, and the whole train in another feed"),
    (JoinKind::ThroughCarriage, "Through carriages that were published as trains"),
];

/// Joins feeds, prints a summary, writes the report and the joined feed.
///
/// # Errors
/// When a feed is refused, or a file cannot be written.
pub fn run(context: &Context, args: &StitchArgs) -> Result<Exit> {
    let form = args.report.as_deref().map(Form::of).transpose()?;
    let work = Work::begin();
    let (_, feeds, complaints) = reading::read(&args.feeds, &args.reading, &work)?;
    work.say("trains that are one".to_owned());
    let (feeds, report) = stitch(feeds, StitchOptions::default());
    if let Some((form, path)) = form.zip(args.report.as_deref()) {
        let text = match form {
            Form::Page => stitch_page::html(&report),
            Form::Json => format!("{:#}\n", serde_json::to_value(&report)?),
        };
        std::fs::write(path, text).with_context(|| format!("{} cannot be written", path.display()))?;
    }
    let unmerged = match &args.output {
        Some(path) => {
            work.say(format!("writing {}", path.display()));
            let (feed, unmerged) = merge_feeds(feeds);
            write_feed(&feed, path).with_context(|| format!("{} cannot be written", path.display()))?;
            unmerged
        }
        None => Unmerged::default(),
    };
    work.end();

    if context.global.json {
        let mut answer = serde_json::to_value(&report)?;
        if let Some(fields) = answer.as_object_mut() {
            fields.insert("file".to_owned(), json!(args.output.as_ref().map(|path| path.display().to_string())));
            fields.insert("leftOut".to_owned(), left_out_json(&unmerged));
            fields.insert("complaints".to_owned(), reading::json(&complaints, args.reading.complaints));
        }
        terminal::print_json(&answer)?;
        return Ok(Exit::Found);
    }
    let mut text = summary(context.style, &report, args.count);
    for path in [&args.report, &args.output].into_iter().flatten() {
        line!(text, "\n{} {}", context.style.bold("Wrote"), path.display());
    }
    if let Some(words) = left_out(&unmerged) {
        line!(text, "{}", context.style.warn(&words));
    }
    if args.report.is_none() {
        line!(text, "\n{}", context.style.dim("Every decision with its reasons: --report joins.html"));
    }
    line!(text, "\nReading: {}", reading::heading(context.style, &complaints));
    text.push_str(&reading::list(&complaints, args.reading.complaints.min(args.count)));
    terminal::print(&text)?;
    Ok(Exit::Found)
}

/// In which form the report is written.
#[derive(Clone, Copy, Debug)]
enum Form {
    Page,
    Json,
}

impl Form {
    /// As the ending of the path says.
    fn of(path: &Path) -> Result<Self> {
        match path.extension().and_then(|ending| ending.to_str()) {
            Some("html" | "htm") => Ok(Self::Page),
            Some("json") => Ok(Self::Json),
            _ => {
                let message = format!("`{}` ends neither in .html nor in .json: which should it be?", path.display());
                Err(Failure::usage("unknown_report", message).into())
            }
        }
    }
}

/// What was joined, in doubt and refused, for whoever keeps the timetable.
fn summary(style: Style, report: &StitchReport, most: usize) -> String {
    let mut text = String::new();
    let rows = report.feeds.iter().map(|feed| {
        let days = span(&feed.days);
        vec![feed.name.clone(), feed.trains.to_string(), feed.trips.to_string(), feed.stops.to_string(), days]
    });
    let headings = [left("Feed"), right("Trains"), right("Trips"), right("Stops"), left("Trains run")];
    text.push_str(&style.table(0, &headings, rows.collect()));
    for clock in &report.clock_differences {
        let (trains, later) =
            (words::count(clock.pairs, "train"), format_duration(i64::from(clock.seconds.unsigned_abs())));
        let way = if clock.seconds < 0 { "earlier" } else { "later" };
        line!(text, "\n{} says {trains} {later} {way} than {}.", clock.other, clock.one);
    }
    if report.joins.is_empty() {
        line!(text, "\nNothing was joined.");
    }
    for (kind, heading) in KINDS {
        let joins: Vec<&Join> = report.joins_of(kind).collect();
        if joins.is_empty() {
            continue;
        }
        line!(text, "\n{}: {}", style.bold(heading), joins.len());
        let rows = joins.iter().take(most).map(|join| {
            let score = format!("{} of {}", join.score, join.needed);
            vec![join_name(join), way(join), span(&join.days), score]
        });
        let headings = [left("Train"), left("From and to"), left("Days"), left("Score of needed")];
        text.push_str(&style.table(2, &headings, rows.collect()));
        more(&mut text, joins.len(), most);
    }
    let suspects = report.suspects.len() + report.unlisted.suspects;
    if suspects > 0 {
        line!(text, "\n{}: {suspects}", style.bold("Suspects: perhaps one train, left as two"));
        let rows = report.suspects.iter().take(most).map(|doubt| {
            let score = format!("{} of {}", doubt.score, doubt.needed);
            vec![pair(doubt), span(&doubt.days), score, doubt.reason.clone()]
        });
        let headings = [left("Trains"), left("Days"), left("Score of needed"), left("Why not")];
        text.push_str(&style.table(2, &headings, rows.collect()));
        more(&mut text, suspects, most);
    }
    let refusals = report.refusals.len() + report.unlisted.refusals;
    let stations = |verdict| report.stations.iter().filter(|station| station.verdict == verdict).count();
    let unlisted = if report.unlisted.stations > 0 {
        format!(", {} more not listed", report.unlisted.stations)
    } else {
        String::new()
    };
    let borders: Vec<String> = report.border_stops.iter().map(|border| border.stop.name.clone()).collect();
    let rows = vec![
        vec!["Refused: look like one train and are not".to_owned(), refusals.to_string()],
        vec!["Stations of two feeds that are one place".to_owned(), stations(Verdict::Joined).to_string()],
        vec![
            "Pairs of stations in doubt, and refused".to_owned(),
            format!("{}, {}{unlisted}", stations(Verdict::Suspect), stations(Verdict::Refused)),
        ],
        vec![
            "Invented border stops, where nobody boards now".to_owned(),
            if borders.is_empty() { "none".to_owned() } else { words::list(&borders) },
        ],
    ];
    text.push('\n');
    text.push_str(&style.table(0, &[left("Besides"), left("")], rows));
    text
}

fn more(text: &mut String, all: usize, shown: usize) {
    if all > shown {
        line!(text, "  … and {} more", all - shown);
    }
}

/// The number of a joined train, its own id where it has none.
pub fn join_name(join: &Join) -> String {
    if join.name.is_empty() { join.id.clone() } else { join.name.clone() }
}

/// From where to where a joined train runs.
pub fn way(join: &Join) -> String {
    let ends = join.calls.first().zip(join.calls.last());
    let ends = ends.map(|(first, last)| format!("{} → {}", first.stop.name, last.stop.name)).unwrap_or_default();
    let hosts: Vec<String> = join
        .parts
        .iter()
        .filter(|part| part.role == Role::Host)
        .map(|part| if part.trip.number.is_empty() { part.trip.trip.clone() } else { part.trip.number.clone() })
        .fold(Vec::new(), |mut numbers, number| {
            if !numbers.contains(&number) {
                numbers.push(number);
            }
            numbers
        });
    if hosts.is_empty() { ends } else { format!("{ends}, carried by {}", words::list(&hosts)) }
}

fn pair(doubt: &Doubt) -> String {
    let name = |trip: &tumen_stitch::TripName| {
        let id = if trip.feed.is_empty() { trip.trip.clone() } else { format!("{}:{}", trip.feed, trip.trip) };
        if trip.number.is_empty() { id } else { format!("{} ({id})", trip.number) }
    };
    format!("{} and {}", name(&doubt.one), name(&doubt.other))
}

/// `209 days, 2023-10-09 to 2024-05-05`.
pub fn span(days: &Days) -> String {
    let number = words::count(days.count, "day");
    match (&days.first, &days.last) {
        (Some(first), Some(last)) if first == last => format!("{number}, {first}"),
        (Some(first), Some(last)) => format!("{number}, {first} to {last}"),
        _ => number,
    }
}

/// What several feeds in one cannot hold, in a sentence.
fn left_out(unmerged: &Unmerged) -> Option<String> {
    let files: Vec<String> = unmerged.files.iter().map(|(feed, file)| format!("{file} of {feed}")).collect();
    (!files.is_empty())
        .then(|| format!("Left out of the joined feed, as ids of several feeds meet in it: {}", words::list(&files)))
}

fn left_out_json(unmerged: &Unmerged) -> Value {
    unmerged.files.iter().map(|(feed, file)| json!({ "feed": feed, "file": file })).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ending_says_the_form_of_the_report() {
        let of = |path: &str| Form::of(Path::new(path));
        assert!(matches!(of("a/joins.html"), Ok(Form::Page)));
        assert!(matches!(of("joins.json"), Ok(Form::Json)));
        assert!(of("joins.pdf").is_err_and(|error| error.to_string().contains("neither in .html nor in .json")));
    }
}
