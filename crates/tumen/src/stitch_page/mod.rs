//! The report of `tumen stitch` as a page that people read: one file, without scripts, that asks for nothing from outside.

mod axis;
mod joins;

use tumen_stitch::{Doubt, Evidence, JoinKind, Part, Role, StationDecision, StitchReport, StopName, TripName, Verdict};

use crate::commands::stitch::{KINDS, span};
use tumen_html::markup::{Table, isolated, name, signed};
use tumen_journey::present::words;

/// The page.
pub fn html(report: &StitchReport) -> String {
    let feeds = words::list(&report.feeds.iter().map(|feed| feed.name.clone()).collect::<Vec<_>>());
    let mut page = tumen_html::head(&format!("One train, one trip: {feeds}"), "");
    line!(
        page,
        "<h1>One train, one trip</h1>\n\
         <p>What Tumen {} joined of {}, what it left in doubt and what it refused, each with its reasons. A pair is joined \
         where its evidence reaches the score that is needed; what is not proved stays as it was.</p>",
        env!("CARGO_PKG_VERSION"),
        name(&feeds),
    );
    contents(&mut page, report);
    self::feeds(&mut page, report);
    for (kind, heading) in KINDS {
        joins::section(&mut page, report, (kind, heading));
    }
    doubts(&mut page, &SUSPECTS, &report.suspects, report.unlisted.suspects);
    doubts(&mut page, &REFUSALS, &report.refusals, report.unlisted.refusals);
    stations(&mut page, report);
    page.push_str(tumen_html::END);
    page
}

/// The anchor of a kind.
fn anchor(kind: JoinKind) -> &'static str {
    match kind {
        JoinKind::Halves => "halves",
        JoinKind::SameTrain => "same-train",
        JoinKind::HalvesAndSameTrain => "halves-and-same-train",
        JoinKind::ThroughCarriage => "through-carriages",
    }
}

fn contents(page: &mut String, report: &StitchReport) {
    let joins = KINDS.map(|(kind, heading)| (anchor(kind), heading, report.joins_of(kind).count()));
    let others = [
        (SUSPECTS.anchor, SUSPECTS.heading, report.suspects.len() + report.unlisted.suspects),
        (REFUSALS.anchor, REFUSALS.heading, report.refusals.len() + report.unlisted.refusals),
        ("stations", "Stations that are one place", report.joined_stations()),
    ];
    page.push_str("<nav aria-label=\"Contents\"><ul>\n");
    for (anchor, heading, count) in joins.into_iter().chain(others) {
        if count > 0 {
            line!(page, "<li><a href=\"#{anchor}\">{heading}</a>: {count}</li>");
        }
    }
    page.push_str("</ul></nav>\n");
}

fn feeds(page: &mut String, report: &StitchReport) {
    page.push_str("<section aria-labelledby=\"feeds\">\n<h2 id=\"feeds\">Feeds</h2>\n");
    let row = |feed: &tumen_stitch::FeedSummary| {
        vec![
            isolated(&feed.name),
            feed.trains.to_string(),
            feed.trips.to_string(),
            feed.stops.to_string(),
            span(&feed.days),
            isolated(&feed.zone),
        ]
    };
    let table = Table {
        caption: "What was read",
        headings: &["Feed", "Trains", "Trips", "Stops", "Trains run", "Time zone"],
        rows: report.feeds.iter().map(row).collect(),
    };
    page.push_str(&table.html());
    for clock in &report.clock_differences {
        let minutes = f64::from(clock.seconds) / 60.0;
        line!(
            page,
            "<p>{} says {} min {} than {}, learnt from {}.</p>",
            isolated(&clock.other),
            minutes.abs(),
            if minutes < 0.0 { "earlier" } else { "later" },
            isolated(&clock.one),
            words::count(clock.pairs, "pair")
        );
    }
    page.push_str("</section>\n");
}

/// A list of pairs that were not joined.
struct Doubts {
    anchor: &'static str,
    heading: &'static str,
    explained: &'static str,
}

const SUSPECTS: Doubts = Doubts {
    anchor: "suspects",
    heading: "Suspects",
    explained: "Perhaps one train: the evidence falls short, or two trains fit equally well. They stay two.",
};
const REFUSALS: Doubts = Doubts {
    anchor: "refusals",
    heading: "Refusals",
    explained: "They look like one train and are not, for the reason that is given.",
};

fn doubts(page: &mut String, list: &Doubts, doubts: &[Doubt], unlisted: usize) {
    let Doubts { anchor, heading, explained } = list;
    line!(page, "<section aria-labelledby=\"{anchor}\">\n<h2 id=\"{anchor}\">{heading}</h2>");
    if doubts.is_empty() {
        page.push_str("<p>None.</p>\n</section>\n");
        return;
    }
    line!(page, "<p>{explained}</p>");
    let row = |doubt: &Doubt| {
        vec![
            trip(&doubt.one),
            trip(&doubt.other),
            span(&doubt.days),
            score(doubt.score, doubt.needed),
            name(&doubt.reason),
            reasons(&doubt.evidence),
        ]
    };
    let table = Table {
        caption: heading,
        headings: &["One", "The other", "Days", "Score", "Why not", "Evidence"],
        rows: doubts.iter().map(row).collect(),
    };
    page.push_str(&table.html());
    more(page, unlisted);
    page.push_str("</section>\n");
}

fn stations(page: &mut String, report: &StitchReport) {
    page.push_str("<section aria-labelledby=\"stations\">\n<h2 id=\"stations\">Stations</h2>\n");
    if !report.border_stops.is_empty() {
        let row = |border: &tumen_stitch::BorderStop| {
            vec![stop(&border.stop), border.trips.to_string(), border.joins.to_string()]
        };
        let table = Table {
            caption: "Invented stops at borders: nobody boards or alights there any more",
            headings: &["Stop", "Trips that end or begin there", "Joins over it"],
            rows: report.border_stops.iter().map(row).collect(),
        };
        page.push_str(&table.html());
    }
    if report.stations.is_empty() {
        page.push_str("<p>No stations of two feeds were near one another.</p>\n</section>\n");
        return;
    }
    let row = |decision: &StationDecision| {
        let verdict = match decision.verdict {
            Verdict::Joined => "one place",
            Verdict::Suspect => "in doubt, two",
            Verdict::Refused => "two",
        };
        let reason = decision.reason.as_deref().map(|reason| format!(": {}", name(reason))).unwrap_or_default();
        vec![
            stop(&decision.one),
            stop(&decision.other),
            decision.metres.map(|metres| format!("{metres:.0} m")).unwrap_or_default(),
            decision.score.to_string(),
            format!("{verdict}{reason}"),
            reasons(&decision.evidence),
        ]
    };
    let table = Table {
        caption: "Pairs of stations that were weighed, the joined ones first",
        headings: &["One", "The other", "Apart", "Score", "Verdict", "Evidence"],
        rows: report.stations.iter().map(row).collect(),
    };
    page.push_str(&table.html());
    more(page, report.unlisted.stations);
    page.push_str("</section>\n");
}

/// Says how many are not listed.
fn more(page: &mut String, unlisted: usize) {
    if unlisted > 0 {
        line!(page, "<p>{unlisted} more are not listed.</p>");
    }
}

/// `12 of 7`.
fn score(score: f64, needed: f64) -> String {
    format!("{score} of {needed}")
}

/// Evidence as a list within a cell.
fn reasons(evidence: &[Evidence]) -> String {
    let mut list = String::from("<ul>");
    for one in evidence {
        part!(list, "<li>{} {}: {}</li>", signed(one.weight), name(one.kind), name(&one.found));
    }
    list + "</ul>"
}

/// A stop with its feed and id.
fn stop(stop: &StopName) -> String {
    format!("{} <small>{}</small>", isolated(&stop.name), isolated(&full_id(&stop.feed, &stop.id)))
}

/// A trip with what tells it from others.
fn trip(trip: &TripName) -> String {
    let number = if trip.number.is_empty() { &trip.route } else { &trip.number };
    let said = format!("{} → {}", trip.from, trip.to);
    let id = full_id(&trip.feed, &trip.trip);
    format!("{} {}<br><small>{} · {}</small>", isolated(number), isolated(&said), isolated(&trip.agency), isolated(&id))
}

/// `feed:id`, the id alone where the feed has no name.
fn full_id(feed: &str, id: &str) -> String {
    if feed.is_empty() { id.to_owned() } else { format!("{feed}:{id}") }
}

/// A part of a join: its number, its feed and what it is to the join.
fn part_name(part: &Part) -> String {
    let number = if part.trip.number.is_empty() { &part.trip.route } else { &part.trip.number };
    let feed = if part.trip.feed.is_empty() { String::new() } else { format!(" of {}", part.trip.feed) };
    let role = match part.role {
        Role::Leading => "leads",
        Role::Other => "joins",
        Role::Published => "as published",
        Role::Host => "carries it",
    };
    format!("{number}{feed}, {role}")
}
