//! Timetables drawn as text, with tables of track and borders, and what checking them finds.

use tumen_base::Date;
use tumen_border::{BorderFiles, Borders};
use tumen_feed::Table;
use tumen_oracle::text;
use tumen_timetable::compile::{CompileOptions, compile};
use tumen_timetable::{Rows, Timetable};
use tumen_track::Track;
use tumen_track::check::{CheckOptions, Checked, Facts, Lack, Rule, Subject, Violation, check};

/// A text timetable of one feed with files of the extension.
pub fn timetable(text: &str, files: &[(&str, &str)]) -> Timetable {
    let mut feeds = text::feeds(text);
    for (name, content) in files {
        feeds[0].extension.insert((*name).to_owned(), Table::parse(content.as_bytes()));
    }
    let today = Date::parse(b"20260101").expect("a date");
    let (data, _) = compile(&feeds, &CompileOptions::on(today), &mut |_| ()).expect("a timetable");
    Timetable::from_data(data).expect("valid columns")
}

/// What checking finds on all days, with options changed; nothing in the tables is misunderstood.
pub fn checked_with(text: &str, files: &[(&str, &str)], change: impl FnOnce(&mut CheckOptions)) -> Checked {
    let (found, said) = checked_as(text, files, change);
    assert_eq!(said, [] as [String; 0]);
    found
}

/// What is said of tables that cannot be understood.
pub fn facts_said(text: &str, files: &[(&str, &str)]) -> Vec<String> {
    checked_as(text, files, |_| ()).1
}

/// What checking finds, and what is said of the tables.
pub fn checked_as(
    text: &str,
    files: &[(&str, &str)],
    change: impl FnOnce(&mut CheckOptions),
) -> (Checked, Vec<String>) {
    let timetable = timetable(text, files);
    let columns = timetable.columns();
    let rows = |file: &str| Rows::read(&columns, file).expect("files that can be inflated");
    let files = BorderFiles {
        posts: &rows("border_posts.txt"),
        sections: &rows("sections.txt"),
        carriages: &rows("through_carriages.txt"),
        carriage_types: &rows("carriage_types.txt"),
    };
    let borders = Borders::of(&timetable, files);
    let track = Track::read(&columns).expect("files that can be inflated");
    let facts = Facts::read(&columns, &track, &borders).expect("files that can be inflated");
    let mut options = CheckOptions::on(columns.first_date()..=columns.last_date());
    change(&mut options);
    let said = track.complaints.iter().chain(&facts.complaints).map(ToString::to_string).collect();
    (check(Subject { timetable: &timetable, track: &track, borders: &borders, facts: &facts }, &options), said)
}

/// What checking finds on all days.
pub fn checked(text: &str, files: &[(&str, &str)]) -> Checked {
    checked_with(text, files, |_| ())
}

/// The violations of a rule.
pub fn of_rule(found: &Checked, rule: Rule) -> Vec<&Violation> {
    found.violations.iter().filter(|violation| violation.rule == rule).collect()
}

/// How many checks of a rule lack a fact.
pub fn lacking(found: &Checked, rule: Rule, lack: Lack) -> u64 {
    found.tallies[&rule].unchecked.get(&lack).map_or(0, |unchecked| unchecked.count)
}
