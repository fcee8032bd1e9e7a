//! Counts as a picture: a lane of bars for each service, then the reported figures as points and spans, by unit.

use crate::counts::Counts;
use crate::figure::Range;
use crate::month::{Month, Standing};
use crate::observation::Observation;
use crate::offered::Offered;
use crate::period::Span;
use tumen_base::Date;
use tumen_html::markup::name;

const WIDTH: f64 = 1080.0;
const LEFT: f64 = 250.0;
const RIGHT: f64 = 24.0;
const TOP: f64 = 64.0;
const LANE: f64 = 58.0;
const BAR: f64 = 34.0;

/// Light and dark, so that it can stand alone; on paper it is light.
const STYLE: &str = "svg{font:13px system-ui,sans-serif;background:#fff;color:#1b1f23}\
.quiet{fill:#59636e}.axis{stroke:#8c959f;stroke-width:1}.grid{stroke:#d8dee4;stroke-width:1}\
.bar{fill:#0b6e99}.weak{opacity:.55}.stop{fill:#b3541e}.hatch{stroke:#8c959f;stroke-width:1.2}.point{fill:#6f42c1;stroke:#6f42c1;stroke-width:3}\
text{fill:currentColor}\
@media screen and (prefers-color-scheme:dark){svg{background:#0d1117;color:#e6edf3}.quiet{fill:#9198a1}.grid{stroke:#30363d}\
.bar{fill:#4fb3d9}.stop{fill:#e58a4f}.point{fill:#b392f0;stroke:#b392f0}}";

/// Where days are along the picture.
struct Axis {
    first: Date,
    days: f64,
}

impl Axis {
    fn x(&self, date: Date) -> f64 {
        LEFT + f64::from(date.0 - self.first.0) / self.days * (WIDTH - LEFT - RIGHT)
    }
}

/// The picture, a file of its own.
pub fn plot(counts: &Counts) -> String {
    let days = counts.months.days;
    let axis = Axis { first: days.first, days: f64::from(days.last.0 - days.first.0 + 1) };
    let mut groups: Vec<(String, Vec<&Observation>)> = Vec::new();
    for (one, _) in
        counts.reported.iter().filter(|(one, _)| one.points().iter().any(|(_, span)| is_shown(counts, span)))
    {
        let key = one.unit_word().to_owned();
        match groups.iter_mut().find(|(known, _)| *known == key) {
            Some((_, all)) => all.push(one),
            None => groups.push((key, vec![one])),
        }
    }
    // What the timetable never has, and nothing suspends, is a lane of hatching that says nothing more than its absence.
    let lanes: Vec<&Offered> =
        counts.offered.iter().filter(|one| one.coverage.is_some() || !one.suspended.is_empty()).collect();
    let height = TOP + LANE * (lanes.len() + groups.len()) as f64 + 30.0;
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" role=\"img\">\n<title>{title}</title>\n<style>{STYLE}</style>\n\
         <defs><pattern id=\"none\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\">\
         <line class=\"hatch\" x1=\"0\" y1=\"0\" x2=\"0\" y2=\"6\"/></pattern></defs>\n\
         <text x=\"16\" y=\"24\" font-size=\"16\" font-weight=\"600\">{title}</text>\n",
        title = name(&title(counts)),
    );
    legend(&mut out);
    years(&mut out, counts, &axis, height);
    let mut top = TOP;
    for offered in lanes {
        lane(&mut out, offered, &axis, top);
        top += LANE;
    }
    for (label, all) in &groups {
        points(&mut out, counts, label, all, &axis, top);
        top += LANE;
    }
    out.push_str("</svg>\n");
    out
}

/// The first thing that was found, and how many more there are.
fn title(counts: &Counts) -> String {
    let first = counts.of.first().map_or("", String::as_str);
    match counts.of.len() {
        0 | 1 => first.to_owned(),
        more => format!("{first} and {} more", more - 1),
    }
}

fn legend(out: &mut String) {
    let entries = [
        ("bar", "departures a week"),
        ("bar weak", "of them some assumed, or the month known in part"),
        ("stop", "suspended"),
        ("", "no data: not the same as closed"),
        ("point", "reported"),
    ];
    let mut x = 16.0;
    for (class, text) in entries {
        let fill = if class.is_empty() { " fill=\"url(#none)\"" } else { "" };
        line(
            out,
            &format!(
                "<rect class=\"{class}\"{fill} x=\"{x}\" y=\"36\" width=\"14\" height=\"10\"/><text class=\"quiet\" x=\"{}\" y=\"46\">{text}</text>",
                x + 20.0
            ),
        );
        x += 44.0 + 6.4 * text.len() as f64;
    }
}

fn line(out: &mut String, text: &str) {
    out.push_str(text);
    out.push('\n');
}

fn years(out: &mut String, counts: &Counts, axis: &Axis, height: f64) {
    for first in counts.months.firsts().filter(|first| first.civil().month() == 1) {
        let x = axis.x(first);
        line(
            out,
            &format!("<line class=\"grid\" x1=\"{x:.1}\" x2=\"{x:.1}\" y1=\"{TOP}\" y2=\"{:.1}\"/>", height - 24.0),
        );
        line(
            out,
            &format!(
                "<text class=\"quiet\" x=\"{:.1}\" y=\"{:.1}\">{}</text>",
                x + 3.0,
                height - 10.0,
                first.civil().year()
            ),
        );
    }
}

fn most(offered: &Offered) -> f64 {
    let of = |in_part: bool| {
        let months = offered.months.iter().filter(move |month| month.is_in_part() == in_part);
        let a_week = months.filter_map(|month| match month.standing() {
            Standing::Offered(a_week) => Some(a_week),
            Standing::NoData | Standing::Suspended => None,
        });
        a_week.fold(0.0, f64::max)
    };
    // A few days at the end of the data make no scale.
    let whole = of(false);
    if whole > 0.0 { whole } else { of(true) }
}

/// Months that stand alike are one shape.
fn lane(out: &mut String, offered: &Offered, axis: &Axis, top: f64) {
    let (most, base) = (most(offered), top + LANE - 14.0);
    line(out, &format!("<text x=\"16\" y=\"{:.1}\">{}</text>", base - 16.0, name(&short(&offered.name))));
    let scale = if most > 0.0 {
        format!("{}, up to {most:.1} a week", offered.kind.word())
    } else {
        offered.kind.word().to_owned()
    };
    line(out, &format!("<text class=\"quiet\" x=\"16\" y=\"{base:.1}\">{scale}</text>"));
    for alike in offered.months.chunk_by(is_alike) {
        let (from, until) = (axis.x(alike[0].first), axis.x(crate::month::next(alike[alike.len() - 1].first)));
        let (class, fill, height) = match alike[0].standing() {
            Standing::NoData => ("", " fill=\"url(#none)\"", BAR),
            Standing::Suspended => ("stop", "", 6.0),
            Standing::Offered(a_week) => {
                let class = if alike[0].assumed > 0 || alike[0].is_in_part() { "bar weak" } else { "bar" };
                (class, "", if most > 0.0 { BAR * (a_week / most).min(1.15) } else { 0.0 })
            }
        };
        line(
            out,
            &format!(
                "<rect class=\"{class}\"{fill} x=\"{from:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"{height:.1}\"><title>{}</title></rect>",
                base - height,
                until - from,
                told(alike),
            ),
        );
    }
    line(
        out,
        &format!("<line class=\"axis\" x1=\"{LEFT}\" x2=\"{:.1}\" y1=\"{base:.1}\" y2=\"{base:.1}\"/>", WIDTH - RIGHT),
    );
}

fn is_alike(one: &Month, next: &Month) -> bool {
    let weak = |month: &Month| month.assumed > 0 || month.is_in_part();
    one.standing() == next.standing() && weak(one) == weak(next)
}

fn told(alike: &[Month]) -> String {
    let (first, last) = (alike[0].name(), alike[alike.len() - 1].name());
    let months = if first == last { first } else { format!("{first} to {last}") };
    match alike[0].standing() {
        Standing::NoData => format!("{months}: no data"),
        Standing::Suspended => format!("{months}: suspended"),
        Standing::Offered(a_week) => format!("{months}: {a_week:.1} a week"),
    }
}

fn is_shown(counts: &Counts, span: &Span) -> bool {
    let days = counts.months.days;
    span.overlaps(&Span { first: Some(days.first), last: Some(days.last) })
}

fn points(out: &mut String, counts: &Counts, label: &str, all: &[&Observation], axis: &Axis, top: f64) {
    let base = top + LANE - 14.0;
    let shown: Vec<(&Observation, Range, Span)> = all
        .iter()
        .flat_map(|one| one.points().into_iter().map(|(range, span)| (*one, range, span)))
        .filter(|(_, _, span)| is_shown(counts, span))
        .collect();
    let high = shown.iter().filter_map(|(_, range, _)| range.most.or(range.least)).fold(0.0, f64::max);
    line(out, &format!("<text x=\"16\" y=\"{:.1}\">{}</text>", base - 16.0, name(&short(label))));
    line(out, &format!("<text class=\"quiet\" x=\"16\" y=\"{base:.1}\">reported, up to {high}</text>"));
    line(
        out,
        &format!("<line class=\"axis\" x1=\"{LEFT}\" x2=\"{:.1}\" y1=\"{base:.1}\" y2=\"{base:.1}\"/>", WIDTH - RIGHT),
    );
    for (number, (one, range, span)) in shown.into_iter().enumerate() {
        let days = counts.months.days;
        let first = span.first.unwrap_or(days.first).max(days.first);
        let last = span.last.unwrap_or(days.last).min(days.last);
        let (from, until) = (axis.x(first), axis.x(last.plus(1)));
        let y = |value: f64| if high > 0.0 { base - BAR * value / high } else { base };
        let (low, top) = (range.least.or(range.most).unwrap_or(0.0), range.most.or(range.least).unwrap_or(0.0));
        let title =
            name(&format!("{}: {} {}, {} ({}) {}", one.metric, one.text, one.unit, one.period, one.scope, one.sources));
        let (x, above) = (f64::midpoint(from, until), y(top));
        line(
            out,
            &format!(
                "<g class=\"point\"><title>{title}</title><line x1=\"{from:.1}\" x2=\"{until:.1}\" y1=\"{above:.1}\" y2=\"{above:.1}\"/>\
             <line x1=\"{x:.1}\" x2=\"{x:.1}\" y1=\"{:.1}\" y2=\"{above:.1}\"/><circle cx=\"{x:.1}\" cy=\"{above:.1}\" r=\"2.5\"/></g>\
             <text class=\"quiet\" font-size=\"10\" x=\"{x:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{}</text>",
                y(low),
                if number % 2 == 0 { above - 6.0 } else { above + 12.0 },
                name(&one.id),
            ),
        );
    }
}

/// Names that fit beside the lanes.
fn short(text: &str) -> String {
    const MOST: usize = 32;
    if text.chars().count() <= MOST { text.to_owned() } else { text.chars().take(MOST - 1).chain(['…']).collect() }
}
