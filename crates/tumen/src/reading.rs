//! Reading feeds for `import` and `validate`: progress on a terminal, complaints in order of gravity.

use anyhow::Result;
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::{self, IsTerminal, Read};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tumen_feed::{Feed, FeedError, FeedSource, Origin, ReadOptions, Report, Severity, read_feeds};
use tumen_journey::Failure;
use tumen_journey::style::Style;
use tumen_timetable::compile::SourceStamp;
use xxhash_rust::xxh3::Xxh3Default;

use crate::args::ReadingArgs;

/// What is going on, on standard error, where that is a terminal.
#[derive(Clone, Debug)]
pub struct Work {
    bar: ProgressBar,
}

impl Work {
    /// Begins to show.
    pub fn begin() -> Self {
        if !io::stderr().is_terminal() {
            return Self { bar: ProgressBar::hidden() };
        }
        let bar = ProgressBar::new_spinner();
        if let Ok(style) = ProgressStyle::with_template("{spinner} {elapsed} {wide_msg}") {
            bar.set_style(style);
        }
        bar.enable_steady_tick(Duration::from_millis(200));
        Self { bar }
    }

    /// Says what is being done.
    pub fn say(&self, message: String) {
        self.bar.set_message(message);
    }

    /// Clears the line.
    pub fn end(&self) {
        self.bar.finish_and_clear();
    }
}

/// Reads feeds named on the command line.
///
/// # Errors
/// When a feed is refused; its complaints are part of the failure.
pub fn read(feeds: &[String], args: &ReadingArgs, work: &Work) -> Result<(Vec<FeedSource>, Vec<Feed>, Report)> {
    let sources: Vec<FeedSource> = feeds.iter().map(|text| FeedSource::parse(text)).collect();
    let bar = work.clone();
    let options = ReadOptions {
        zone: args.zone.clone(),
        progress: Some(Arc::new(move |progress: tumen_feed::Progress<'_>| {
            let share = (progress.bytes * 100).checked_div(progress.total_bytes).unwrap_or(100);
            bar.say(format!("{}/{}  {} rows  {}%", progress.feed, progress.file, progress.rows, share.min(100)));
        })),
        ..ReadOptions::default()
    };
    match read_feeds(&sources, &options) {
        Ok((feeds, report)) => Ok((sources, feeds, report)),
        Err(error) => {
            work.end();
            Err(refusal(&error, args).into())
        }
    }
}

fn refusal(error: &FeedError, args: &ReadingArgs) -> Failure {
    let complaints = list(&error.report, args.complaints);
    let message = if complaints.is_empty() { error.to_string() } else { format!("{error}\n{}", complaints.trim_end()) };
    Failure::refused("feed_refused", message).with(json!({ "complaints": json(&error.report, args.complaints) }))
}

/// The complaints, gravest first, at most so many, then the counts of all.
pub fn list(report: &Report, most: usize) -> String {
    let mut text = String::new();
    let complaints = by_gravity(report);
    for complaint in complaints.iter().take(most) {
        line!(text, "  {}: {complaint}", complaint.severity());
    }
    let shown = complaints.len().min(most) as u64;
    let total: u64 = report.counts().values().sum();
    if total > shown {
        line!(text, "  {} more; all by kind:", total - shown);
        for (code, count) in report.counts() {
            line!(text, "    {count:>9}  {} {}: {}", code.severity(), code.word(), code.meaning());
        }
    }
    text
}

/// The complaints as JSON: how many of each kind, and the first of them.
pub fn json(report: &Report, most: usize) -> Value {
    let complaints: Vec<Value> = by_gravity(report)
        .into_iter()
        .take(most)
        .map(|complaint| {
            json!({
                "severity": complaint.severity().word(),
                "feed": complaint.feed,
                "file": complaint.file,
                "line": complaint.line,
                "column": complaint.column,
                "code": complaint.code.word(),
                "message": complaint.message,
            })
        })
        .collect();
    let counts: serde_json::Map<String, Value> =
        report.counts().iter().map(|(code, count)| (code.word().to_owned(), json!(count))).collect();
    json!({
        "errors": report.count_of(Severity::Error),
        "warnings": report.count_of(Severity::Warning),
        "infos": report.count_of(Severity::Info),
        "counts": counts,
        "first": complaints,
    })
}

/// `2 errors, 1 warning, 0 remarks`.
pub fn counts(report: &Report) -> String {
    use tumen_journey::present::words::count;
    let number = |severity| report.count_of(severity) as usize;
    format!(
        "{}, {}, {}",
        count(number(Severity::Error), "error"),
        count(number(Severity::Warning), "warning"),
        count(number(Severity::Info), "remark")
    )
}

/// The gravest first; of each gravity the first of every kind, then the second of every kind, and so on.
fn by_gravity(report: &Report) -> Vec<&tumen_feed::Complaint> {
    let mut seen: BTreeMap<_, usize> = BTreeMap::new();
    let ranked = report.complaints().iter().map(|complaint| {
        let occurrence = seen.entry(complaint.code).or_default();
        *occurrence += 1;
        ((complaint.severity(), *occurrence), complaint)
    });
    let mut complaints: Vec<_> = ranked.collect();
    complaints.sort_by_key(|(rank, _)| *rank);
    complaints.into_iter().map(|(_, complaint)| complaint).collect()
}

/// Heading of the complaints, coloured by the gravest.
pub fn heading(style: Style, report: &Report) -> String {
    let text = counts(report);
    if report.count_of(Severity::Error) > 0 { style.warn(&text) } else { text }
}

/// Where feeds came from, with the hash of what was read.
///
/// # Errors
/// When a file vanished since it was read.
pub fn stamps(sources: &[FeedSource]) -> Result<Vec<SourceStamp>> {
    sources.iter().map(stamp).collect()
}

fn stamp(source: &FeedSource) -> Result<SourceStamp> {
    let Origin::Path(path) = &source.origin else { return Ok(SourceStamp::default()) };
    let mut hasher = Xxh3Default::new();
    if path.is_dir() {
        let entries = std::fs::read_dir(path)?.collect::<io::Result<Vec<_>>>()?;
        let mut files: Vec<_> = entries.into_iter().map(|entry| entry.path()).filter(|path| path.is_file()).collect();
        files.sort();
        for file in files {
            hasher.update(
                file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default().as_bytes(),
            );
            hash_file(&mut hasher, &file)?;
        }
    } else {
        hash_file(&mut hasher, path)?;
    }
    Ok(SourceStamp { name: path.display().to_string(), hash: hasher.digest() })
}

fn hash_file(hasher: &mut Xxh3Default, path: &Path) -> io::Result<()> {
    let mut file = std::fs::File::open(path)?;
    let mut buffer = vec![0; 1 << 16];
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok(()),
            read => hasher.update(&buffer[..read]),
        }
    }
}
