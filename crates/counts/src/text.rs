//! Counts as text for people.

use crate::counts::Counts;
use crate::load::{Load, Unknown};
use crate::month::{Month, Standing};
use crate::observation::Observation;
use crate::offered::{Kind, Offered};
use std::fmt::Write as _;
use tumen_analysis::Days;
use tumen_base::Date;
use tumen_journey::facts::source_line;
use tumen_journey::style::Style;
use tumen_journey::world::World;

/// Everything, as `tumen counts` prints it.
pub fn counts(world: &World, style: Style, counts: &Counts) -> String {
    let mut out = format!("{}\n", style.bold(&counts.of.join("; ")));
    if counts.is_empty() {
        out.push_str("Nothing is offered, and nothing was reported.\n");
        return out;
    }
    if !counts.offered.is_empty() {
        let _ = writeln!(out, "\n{}", style.bold("Offered: departures a week, month by month"));
        out.push_str("  ·  no data, which is not the same as closed    x  suspended    *  only a part of the month is known    ~  assumed in part\n");
    }
    for offered in &counts.offered {
        out.push('\n');
        grid(&mut out, offered);
    }
    if !counts.reported.is_empty() {
        let _ = writeln!(out, "\n{}", style.bold("Reported: as published, nothing averaged"));
    }
    let in_words = |one: &Observation| !one.text.is_empty() && one.figure.ranges.is_empty();
    for (observation, load) in counts.reported.iter().filter(|(one, _)| !in_words(one)) {
        report(&mut out, style, observation, load.as_ref());
    }
    let words: Vec<&Observation> = counts.reported.iter().map(|(one, _)| one).filter(|one| in_words(one)).collect();
    if !words.is_empty() {
        let _ = writeln!(out, "\n{}", style.bold("Reported in words"));
    }
    for one in words {
        let _ = writeln!(out, "  {}  {}, {}: {} ({})", one.period, one.subject, one.metric, one.text, one.sources);
    }
    let sources = counts.sources();
    if !sources.is_empty() {
        let _ = writeln!(out, "\n{}", style.bold("Sources"));
        for source in sources {
            let _ = writeln!(out, "  {}", source_line(world, &source));
        }
    }
    out
}

/// Years as rows, months as columns.
fn grid(out: &mut String, offered: &Offered) {
    let kind = match offered.kind {
        Kind::Post => "trains over the border post",
        Kind::Stop => "trains from the station",
        Kind::Route => "trains of the route",
        Kind::Carriage => "through carriage",
    };
    let _ = writeln!(out, "  {} ({kind})", offered.name);
    let coverage = offered.coverage.map_or_else(
        || "the timetable has no departures of it".to_owned(),
        |days| format!("the timetable has {} to {}", days.first, days.last),
    );
    let _ = write!(out, "    {coverage}");
    for days in &offered.suspended {
        let _ = write!(out, "; suspended {}", between(*days));
    }
    out.push('\n');
    if offered.kind == Kind::Carriage {
        let berths = offered.berths.map_or_else(|| "not known".to_owned(), |berths| berths.to_string());
        let _ = writeln!(out, "    berths of a carriage: {berths}");
    }
    let years: Vec<&[Month]> =
        offered.months.chunk_by(|one, next| one.first.civil().year() == next.first.civil().year()).collect();
    let is_silent = |months: &[Month]| months.iter().all(|month| month.standing() == Standing::NoData);
    if years.iter().any(|months| !is_silent(months)) {
        out.push_str("          Jan   Feb   Mar   Apr   May   Jun   Jul   Aug   Sep   Oct   Nov   Dec\n");
    }
    for alike in years.chunk_by(|one, next| is_silent(one) && is_silent(next)) {
        let [first, last] = [alike[0], alike[alike.len() - 1]].map(|months| months[0].first.civil().year());
        if is_silent(alike[0]) {
            let years = if first == last { first.to_string() } else { format!("{first} to {last}") };
            let _ = writeln!(out, "    {years}  no data");
            continue;
        }
        let before = " ".repeat(6 * (alike[0][0].first.civil().month() as usize - 1));
        let cells: String = alike[0].iter().map(cell).collect();
        let _ = writeln!(out, "{}", format!("    {first} {before}{cells}").trim_end());
    }
}

fn cell(month: &Month) -> String {
    let value = match month.standing() {
        Standing::NoData => "·".to_owned(),
        Standing::Suspended => "x".to_owned(),
        Standing::Offered(a_week) => format!("{}{a_week:.1}", if month.assumed > 0 { "~" } else { "" }),
    };
    format!("{value:>5}{}", if month.is_in_part() { '*' } else { ' ' })
}

fn between(days: Days) -> String {
    let open = |date: Date| (date != Days::ALWAYS.first && date != Days::ALWAYS.last).then(|| date.to_string());
    match (open(days.first), open(days.last)) {
        (Some(first), Some(last)) => format!("{first} to {last}"),
        (Some(first), None) => format!("from {first}, no end given"),
        (None, Some(last)) => format!("until {last}"),
        (None, None) => "without dates".to_owned(),
    }
}

fn report(out: &mut String, style: Style, one: &Observation, load: Option<&Result<Load, Unknown>>) {
    let value = if one.text.is_empty() { "no figure found" } else { &one.text };
    let head = format!("{value} {}", if one.text.is_empty() { "" } else { &one.unit });
    let _ = writeln!(
        out,
        "  {}  {}: {}",
        if one.period.is_empty() { "undated" } else { &one.period },
        one.metric,
        style.bold(head.trim())
    );
    let confidence = if one.confidence.is_empty() { String::new() } else { format!("{} confidence", one.confidence) };
    let more: Vec<&str> = [&one.subject, &one.scope, &confidence, &one.sources]
        .into_iter()
        .map(String::as_str)
        .filter(|part| !part.is_empty())
        .collect();
    let _ = writeln!(out, "      {}", more.join("; "));
    if !one.note.is_empty() {
        let _ = writeln!(out, "      note: {}", one.note);
    }
    if !one.against.is_empty() {
        let _ = writeln!(
            out,
            "      sources differ: {} says otherwise of the same days; both stand",
            one.against.join(", ")
        );
    }
    match load {
        None => {}
        Some(Err(unknown)) => {
            let _ = writeln!(out, "      load: {}", unknown.word());
        }
        Some(Ok(Load { runs, berths, share })) => {
            let _ = write!(out, "      load: {runs} departures offered");
            match (berths, share.and_then(|share| share.least.or(share.most).map(|value| (share, value)))) {
                (Some(berths), Some((share, value))) => {
                    let bound = match (share.least, share.most) {
                        (Some(_), None) => "at least ",
                        (None, Some(_)) => "at most ",
                        _ if share.about => "about ",
                        _ => "",
                    };
                    let upper = share.most.filter(|most| share.least.is_some_and(|least| least < *most));
                    let upper = upper.map_or_else(String::new, |most| format!(" to {:.0}", most * 100.0));
                    let _ = writeln!(out, ", {berths} berths: {bound}{:.0}{upper} % taken", value * 100.0);
                }
                _ => out.push_str("; berths not known\n"),
            }
        }
    }
}
