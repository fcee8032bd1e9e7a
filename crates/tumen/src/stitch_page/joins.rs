//! The joins of the page: parts side by side, calls, evidence, days.

use tumen_stitch::{Days, Join, JoinKind, JoinedCall, Part, PartCall, Role, StitchReport};

use super::{anchor, axis, full_id, part_name, score};
use crate::commands::stitch::{join_name, span, way};
use tumen_html::markup::{Table, clock, isolated, name, signed};

/// All joins of a kind under their heading.
pub fn section(page: &mut String, report: &StitchReport, (kind, heading): (JoinKind, &str)) {
    let joins: Vec<&Join> = report.joins_of(kind).collect();
    if joins.is_empty() {
        return;
    }
    let anchor = anchor(kind);
    line!(page, "<section aria-labelledby=\"{anchor}\">\n<h2 id=\"{anchor}\">{heading}</h2>");
    let row = |(number, join): (usize, &&Join)| {
        let link = format!("<a href=\"#{anchor}-{number}\">{}</a>", isolated(&join_name(join)));
        vec![link, isolated(&way(join)), span(&join.days), score(join.score, join.needed)]
    };
    let table = Table {
        caption: "All of them, in short",
        headings: &["Train", "From and to", "Joined on", "Score"],
        rows: joins.iter().enumerate().map(row).collect(),
    };
    page.push_str(&table.html());
    for (number, join) in joins.into_iter().enumerate() {
        line!(page, "<article aria-labelledby=\"{anchor}-{number}\">");
        one(page, join, &format!("{anchor}-{number}"));
        page.push_str("</article>\n");
    }
    page.push_str("</section>\n");
}

fn one(page: &mut String, join: &Join, anchor: &str) {
    let id = full_id(&join.feed, &join.id);
    line!(page, "<h3 id=\"{anchor}\">{} {}</h3>", isolated(&join_name(join)), isolated(&way(join)));
    line!(page, "<p>{} <small>{}</small></p>", span(&join.days), isolated(&id));
    let zone = if join.feed.is_empty() { "the feed" } else { &join.feed };
    line!(
        page,
        "<figure>{}<figcaption>Filled dots are calls of the joined train, hollow ones are left out; a line between lanes is one call. \
         Hours of the service day, on the clock of {}.</figcaption></figure>",
        axis::picture(join),
        isolated(zone)
    );
    page.push_str("<div class=\"beside\">\n");
    page.push_str(&calls(join));
    page.push_str("<div>\n");
    let mut rows: Vec<Vec<String>> =
        join.evidence.iter().map(|one| vec![name(one.kind), name(&one.found), signed(one.weight)]).collect();
    let pairs = join.parts.iter().filter(|part| part.role == Role::Other).count();
    let sum = if pairs > 1 { "the lowest score of its pairs" } else { "the score" };
    rows.push(vec!["sum".to_owned(), format!("{sum}; {} is needed", join.needed), join.score.to_string()]);
    let evidence = Table { caption: "Evidence", headings: &["What", "Found", "Weight"], rows };
    page.push_str(&evidence.html());
    page.push_str(&days(join));
    page.push_str("</div>\n</div>\n");
}

/// A row for each call of the joined train, and for those that were left out.
fn calls(join: &Join) -> String {
    let parts: Vec<String> = join.parts.iter().map(part_name).collect();
    let headings: Vec<&str> =
        ["Stop"].into_iter().chain(parts.iter().map(String::as_str)).chain(["Joined, on the clock there"]).collect();
    let mut rows: Vec<(i32, Vec<String>)> =
        join.calls.iter().enumerate().map(|(at, call)| joined(join, at, call)).collect();
    for (column, part) in join.parts.iter().enumerate() {
        for call in part.calls.iter().filter(|call| call.joined.is_none()) {
            let mut row = vec![isolated(&call.stop.name)];
            row.extend((0..join.parts.len()).map(|other| if other == column { times(call) } else { String::new() }));
            row.push(if part.role == Role::Host { String::new() } else { "left out".to_owned() });
            rows.push((call.departure, row));
        }
    }
    rows.sort_by_key(|row| row.0);
    let rows = rows.into_iter().map(|row| row.1).collect();
    Table { caption: "Calls, on the clock of the service day", headings: &headings, rows }.html()
}

fn joined(join: &Join, at: usize, call: &JoinedCall) -> (i32, Vec<String>) {
    let mut row = vec![isolated(&call.stop.name)];
    for (column, part) in join.parts.iter().enumerate() {
        let own = part.calls.iter().find(|own| own.joined == Some(at)).map(times).unwrap_or_default();
        let leads = call.leads == column && join.kind != JoinKind::ThroughCarriage && !own.is_empty();
        row.push(if leads { format!("<strong>{own}</strong>") } else { own });
    }
    let closed = match (call.boarding, call.alighting) {
        (false, false) => ", nobody boards or alights",
        _ => "",
    };
    row.push(format!("{}{closed}", local(call)));
    (call.departure, row)
}

/// Arrival and departure, one where they are equal.
fn times(call: &PartCall) -> String {
    if call.arrival == call.departure {
        clock(call.arrival)
    } else {
        format!("{} – {}", clock(call.arrival), clock(call.departure))
    }
}

/// Local times with their offset, of `2024-10-08T16:52:00-04:00`.
fn local(call: &JoinedCall) -> String {
    let clock = |text: &str| text.get(11..16).map(str::to_owned);
    let offset = call.local_departure.get(19..).unwrap_or_default().replace('-', "−");
    match (clock(&call.local_arrival), clock(&call.local_departure)) {
        (Some(arrival), Some(departure)) if arrival != departure => format!("{arrival} – {departure} {offset}"),
        (_, Some(departure)) => format!("{departure} {offset}"),
        _ => String::new(),
    }
}

/// Which days of each part were joined and which it keeps.
fn days(join: &Join) -> String {
    let row = |part: &Part| {
        let unjoined = join.unjoined.iter().filter(|one| one.feed == part.trip.feed && one.trip == part.trip.trip);
        let reasons: Vec<String> = unjoined.map(|one| format!("{}: {}", set(&one.days), name(&one.reason))).collect();
        let left = if reasons.is_empty() { set(&part.left_days) } else { reasons.join("<br>") };
        let id = isolated(&full_id(&part.trip.feed, &part.trip.trip));
        vec![format!("{}<br><small>{id}</small>", name(&part_name(part))), set(&part.joined_days), left]
    };
    let rows = join.parts.iter().map(row).collect();
    let headings = &["Trip", "Joined", "By itself, and why"];
    Table { caption: "Days", headings, rows }.html()
}

/// A set of days that unfolds.
fn set(days: &Days) -> String {
    if days.ranges.len() < 2 {
        return if days.count == 0 { "none".to_owned() } else { span(days) };
    }
    let ranges: Vec<String> = days.ranges.iter().map(|range| range.replace("..", " to ")).collect();
    format!("<details><summary>{}</summary>{}</details>", span(days), ranges.join(", "))
}
