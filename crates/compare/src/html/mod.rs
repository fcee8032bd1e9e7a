//! The report of `tumen compare` as a page that people read and print: one file, without scripts, that asks for nothing from
//! outside.

mod land;
mod map;
mod plots;

use tumen_analysis::{Listed, Relation};
use tumen_base::format_duration;

use crate::records::Record;
use crate::report::{MARK, Report, largest, lists, mark, signed, signed_duration, standing};
use tumen_html::markup::{Table, isolated, name};
use tumen_journey::present::page::NOTICE;
use tumen_journey::present::words;

/// So many pairs of a kind are named.
const NAMED: usize = 200;
/// So many lines are named.
const LINES: usize = 300;

/// The page.
pub fn html(report: &Report<'_>) -> String {
    let mut page = tumen_html::head("Before and after", include_str!("style.css"));
    heading(&mut page, report);
    summary(&mut page, report);
    if let Some(map) = map::picture(report) {
        section(&mut page, "map", "On the map");
        page.push_str(&map);
        page.push_str("</section>\n");
    }
    section(&mut page, "changes", "By how much");
    page.push_str("<div class=\"plots\">\n");
    page.push_str(&plots::seconds(&report.tally.seconds));
    page.push_str(&plots::departures(&report.tally.departures));
    page.push_str("</div>\n");
    page.push_str(&plots::before_and_after(&report.tally.departures_before, &report.tally.departures_after));
    page.push_str("</section>\n");
    pairs(&mut page, report);
    silence(&mut page, report);
    records(&mut page, report);
    line!(page, "<p><small>{}</small></p>", name(NOTICE));
    page.push_str(tumen_html::END);
    page
}

fn section(page: &mut String, anchor: &str, heading: &str) {
    line!(page, "<section aria-labelledby=\"{anchor}\">\n<h2 id=\"{anchor}\">{}</h2>", name(heading));
}

fn heading(page: &mut String, report: &Report<'_>) {
    let basis = &report.basis;
    page.push_str("<h1>Before and after</h1>\n");
    let mut rows = vec![
        vec!["Before".to_owned(), basis.window(0), "as the timetable has it, suspensions observed".to_owned()],
        vec!["After".to_owned(), basis.window(1), String::new()],
    ];
    let mut told: Vec<String> = basis.told.iter().map(|told| name(told)).collect();
    if !basis.scenario.name.is_empty() {
        told.insert(0, format!("<strong>{}</strong>", isolated(&basis.scenario.name)));
    }
    rows[1][2] = if told.is_empty() { "likewise".to_owned() } else { format!("as if {}", told.join("<br>")) };
    page.push_str(
        &Table { caption: "Departures that are compared", headings: &["Window", "Days", "What runs"], rows }.html(),
    );
    line!(
        page,
        "<p>{} to {}, {} pairs. For each pair: the different times in a window at which a journey leaves that no other beats, and \
         the fastest of these journeys, which take up to {}. The stops of a city, and the platforms of a station, are one place.</p>",
        words::count(basis.from.len(), "place"),
        words::count(basis.to.len(), "place"),
        report.tally.pairs,
        format_duration(basis.within.into())
    );
    for caution in &report.cautions {
        line!(page, "<p class=\"caution\">{}</p>", name(caution));
    }
}

fn summary(page: &mut String, report: &Report<'_>) {
    section(page, "summary", "In short");
    let rows = report.counts().into_iter().filter(|(_, count)| *count > 0);
    let rows = rows.map(|(what, count)| {
        let indented = what.strip_prefix("  ").map_or_else(|| what.to_owned(), |what| format!("&emsp;{what}"));
        vec![indented, count.to_string()]
    });
    page.push_str(&Table { caption: "Pairs of places", headings: &["Pairs", "Number"], rows: rows.collect() }.html());
    if let Some([seconds, departures]) = report.medians() {
        line!(
            page,
            "<p>Median change of pairs connected in both windows: fastest journey {seconds}; departures {departures}.</p>"
        );
    }
    page.push_str("</section>\n");
}

fn pairs(page: &mut String, report: &Report<'_>) {
    let lists = lists(&report.tally);
    if lists.iter().any(|(_, list)| list.total() > 0) {
        section(page, "connections", "Connections made, broken and unknown");
        for (heading, list) in lists {
            let listed: Vec<Listed> = list.iter().take(NAMED).collect();
            table(page, report, heading, &listed);
            more(page, list.total(), listed.len());
        }
        page.push_str("</section>\n");
    }
    section(page, "largest", "The largest changes");
    page.push_str("<p>Of pairs connected in both windows, at most ten each way.</p>\n");
    for (heading, listed) in largest(&report.tally) {
        table(page, report, heading, &listed);
    }
    if report.tally.partly_silent > 0 {
        line!(page, "<p><small>{MARK}</small></p>");
    }
    page.push_str("</section>\n");
}

fn table(page: &mut String, report: &Report<'_>, caption: &str, listed: &[Listed]) {
    if listed.is_empty() {
        return;
    }
    let row = |listed: &Listed| {
        let named = report.basis.named(listed.pair);
        let [before, after] = named.standings.map(standing);
        let [departures, fastest] = match listed.pair.relation() {
            Relation::Connected(change) => [signed(change.departures), signed_duration(change.seconds.into())],
            _ => [String::new(), String::new()],
        };
        let pair = format!("{} → {}{}", isolated(&named.from.name), isolated(&named.to.name), mark(listed.pair));
        let [departures_before, takes_before] = before;
        let [departures_after, takes_after] = after;
        vec![pair, departures_before, departures_after, departures, takes_before, takes_after, fastest]
    };
    let headings =
        ["From and to", "Departures before", "Departures after", "Change", "Fastest before", "Fastest after", "Change"];
    page.push_str(&Table { caption, headings: &headings, rows: listed.iter().map(row).collect() }.html());
}

fn silence(page: &mut String, report: &Report<'_>) {
    let basis = &report.basis;
    section(page, "silence", "Where the data is silent");
    page.push_str(
        "<p>A line is known for a period. Outside it the data says nothing: that is not to say that it did not run.</p>\n",
    );
    for (window, silence, unscheduled) in basis.silences() {
        let lines = &silence.lines;
        let row = |line| {
            let (title, id, known) = basis.line(line);
            vec![format!("{} <small>{}</small>", isolated(&title), isolated(&id)), known, line.days.to_string()]
        };
        let mut rows: Vec<Vec<String>> = lines.iter().take(LINES).map(row).collect();
        for service in unscheduled {
            rows.push(vec![sourced(&service.record), "runs, days not published".to_owned(), String::new()]);
        }
        if rows.is_empty() {
            line!(page, "<p>In {window} every line is known.</p>");
            continue;
        }
        let caption = format!("Lines without data in {window}");
        let headings = ["Line", "Known for", "Days of the window without data"];
        page.push_str(&Table { caption: &caption, headings: &headings, rows }.html());
        more(page, lines.len() as u64, lines.len().min(LINES));
    }
    page.push_str("</section>\n");
}

fn records(page: &mut String, report: &Report<'_>) {
    if report.records.is_empty() {
        return;
    }
    section(page, "records", "What the feed records of the time between");
    page.push_str("<ul>\n");
    for record in &report.records {
        line!(page, "<li>{}</li>", sourced(record));
    }
    page.push_str("</ul>\n</section>\n");
}

/// A record with its sources, in markup.
fn sourced(record: &Record) -> String {
    let text = isolated(&record.text);
    if record.sources.is_empty() { text } else { format!("{text} <small>[{}]</small>", isolated(&record.sources)) }
}

/// Says how many are not listed.
fn more(page: &mut String, total: u64, listed: usize) {
    if let Some(more @ 1..) = total.checked_sub(listed as u64) {
        line!(page, "<p>{more} more are not listed here; --out r.csv has every pair.</p>");
    }
}
