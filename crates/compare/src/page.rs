//! A comparison as text for people.

use std::path::PathBuf;
use tumen_analysis::{Listed, Silence};
use tumen_base::format_duration;
use tumen_journey::present::page::NOTICE;
use tumen_journey::present::words;

use crate::records::{Record, Unscheduled};
use crate::report::{MARK, Report, largest, lists, mark, signed, signed_duration, standing};
use tumen_journey::style::{left, right};

/// So many pairs and lines of a kind are named on the screen.
const NAMED: usize = 12;

impl Report<'_> {
    /// The page; `files` were written beside it.
    pub fn page(&self, files: &[PathBuf]) -> String {
        let basis = &self.basis;
        let style = basis.view.style;
        let mut text = format!("{}\n", style.bold("Before and after"));
        line!(text, "  before  {}", basis.window(0));
        line!(text, "  after   {}", basis.window(1));
        if !basis.scenario.name.is_empty() {
            line!(text, "          as if: {}", basis.scenario.name);
        }
        for told in basis.told {
            line!(text, "          as if {told}");
        }
        line!(
            text,
            "  {} to {}, {} pairs; journeys of up to {}\n",
            words::count(basis.from.len(), "place"),
            words::count(basis.to.len(), "place"),
            self.tally.pairs,
            format_duration(basis.within.into())
        );
        for caution in &self.cautions {
            line!(text, "{}", style.warn(caution));
        }
        let rows = self.counts().into_iter().filter(|(_, count)| *count > 0);
        let rows = rows.map(|(what, count)| vec![what.to_owned(), count.to_string()]).collect();
        line!(text, "\n{}", style.table(2, &[left("Pairs of places"), right("Number")], rows));
        if let Some([seconds, departures]) = self.medians() {
            line!(
                text,
                "Median change of pairs connected in both: fastest journey {seconds}; departures {departures}.\n"
            );
        }
        for (heading, list) in lists(&self.tally) {
            let listed: Vec<Listed> = list.iter().take(NAMED).collect();
            self.list(&mut text, heading, &listed, list.total());
        }
        for (heading, listed) in largest(&self.tally) {
            let total = listed.len() as u64;
            self.list(&mut text, &format!("Largest changes: {}", heading.to_lowercase()), &listed, total);
        }
        if self.tally.partly_silent > 0 {
            line!(text, "{}\n", style.dim(MARK));
        }
        for (window, silence, unscheduled) in basis.silences() {
            self.silent(&mut text, window, silence, unscheduled);
        }
        if !self.records.is_empty() {
            line!(text, "{}", style.bold("What the feed records of the time between"));
            self.records.iter().for_each(|record| line!(text, "  {}", sourced(record)));
            text.push('\n');
        }
        for file in files {
            line!(text, "{} {}", style.bold("Wrote"), file.display());
        }
        if files.is_empty() {
            line!(text, "{}", style.dim("Every pair: --out r.csv or r.json; a page to read: --out r.html"));
        }
        line!(text, "{}", style.dim(NOTICE));
        text
    }

    fn list(&self, text: &mut String, heading: &str, listed: &[Listed], total: u64) {
        if listed.is_empty() {
            return;
        }
        let style = self.basis.view.style;
        line!(text, "{}", style.bold(heading));
        let row = |listed: &Listed| {
            let named = self.basis.named(listed.pair);
            let [before, after] = named.standings.map(standing);
            let change = match listed.pair.relation() {
                tumen_analysis::Relation::Connected(change) => {
                    [signed(change.departures), signed_duration(change.seconds.into())]
                }
                _ => [String::new(), String::new()],
            };
            let [departures, fastest] = change;
            let pair = format!("{} → {}{}", named.from.name, named.to.name, mark(listed.pair));
            vec![pair, before[0].clone(), after[0].clone(), departures, before[1].clone(), after[1].clone(), fastest]
        };
        let headings = [
            left("From and to"),
            right("Departs before"),
            right("after"),
            right("change"),
            right("Takes before"),
            right("after"),
            right("change"),
        ];
        text.push_str(&style.table(2, &headings, listed.iter().map(row).collect()));
        if let Some(more @ 1..) = total.checked_sub(listed.len() as u64) {
            line!(text, "  {}", style.dim(&format!("{more} more")));
        }
        text.push('\n');
    }

    fn silent(&self, text: &mut String, window: &str, silence: &Silence, unscheduled: &[Unscheduled]) {
        if silence.lines.is_empty() && unscheduled.is_empty() {
            return;
        }
        let style = self.basis.view.style;
        line!(text, "{}", style.bold(&format!("Lines without data in {window}")));
        for line in silence.lines.iter().take(NAMED) {
            let (name, id, known) = self.basis.line(line);
            line!(text, "  {name} ({id}): known for {known}; {} without data", words::count(line.days as usize, "day"));
        }
        if let Some(more @ 1..) = silence.lines.len().checked_sub(NAMED) {
            line!(text, "  {}", style.dim(&format!("{more} more")));
        }
        for service in unscheduled {
            line!(
                text,
                "  {}",
                sourced(&Record {
                    text: format!("runs, days not published: {}", service.record.text),
                    ..service.record.clone()
                })
            );
        }
        text.push('\n');
    }
}

fn sourced(record: &Record) -> String {
    if record.sources.is_empty() { record.text.clone() } else { format!("{} [{}]", record.text, record.sources) }
}
