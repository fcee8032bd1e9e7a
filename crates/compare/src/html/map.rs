//! The places and the pairs that changed, on a map as SVG.

use std::collections::BTreeMap;
use tumen_analysis::{Listed, Site, Top};

use super::land;
use crate::report::{Report, largest};
use tumen_html::markup::name;

/// Width of the drawing; it is scaled to the page.
const WIDTH: f64 = 1000.0;
/// It is neither lower nor higher than this.
const HEIGHTS: (f64, f64) = (320.0, 760.0);
/// So many pairs of a kind are drawn.
const DRAWN: usize = 150;
/// So many places are named.
const NAMED: usize = 14;

/// Kinds of changes, each with the class of its lines; the legend tells them in this order.
const KINDS: [(&str, &str); 5] = [
    ("new", "newly connected"),
    ("broken", "disconnected"),
    ("silent", "no data in one window"),
    ("better", "largest gains: faster or more often"),
    ("worse", "largest losses: slower or less often"),
];

/// The map with its legend; nothing where no place has a position.
pub fn picture(report: &Report<'_>) -> Option<String> {
    let basis = &report.basis;
    let position = |site: &Site| basis.position(site);
    let all: Vec<(f64, f64)> = basis.from.iter().chain(basis.to).filter_map(position).collect();
    let view = Projection::around(&all)?;
    let mut svg = format!(
        "<svg class=\"map\" role=\"img\" viewBox=\"0 0 {WIDTH} {:.0}\"><title>Places, and lines between the pairs that changed; the \
         tables below name them</title>",
        view.height
    );
    for ring in land::rings() {
        view.land(&mut svg, &ring);
    }
    let [faster, slower, more, less] = largest(&report.tally).map(|(_, listed)| listed);
    let tally = &report.tally;
    let first = |top: &Top| top.iter().take(DRAWN).collect::<Vec<Listed>>();
    let lists = [
        first(&tally.newly_connected),
        first(&tally.disconnected),
        first(&tally.no_data_before).into_iter().chain(first(&tally.no_data_after)).collect(),
        faster.into_iter().chain(more).collect(),
        slower.into_iter().chain(less).collect(),
    ];
    // How often a place stands in a changed pair: the busiest are named.
    let mut busy: BTreeMap<(i64, i64), Busy> = BTreeMap::new();
    let mut seen = Vec::new();
    for ((class, words), listed) in KINDS.into_iter().zip(&lists).rev() {
        if !listed.is_empty() {
            seen.push((class, words));
        }
        for listed in listed {
            let named = basis.named(listed.pair);
            let (Some(from), Some(to)) = (position(named.from), position(named.to)) else { continue };
            let [(x1, y1), (x2, y2)] = [from, to].map(|point| view.at(point));
            part!(svg, "<line class=\"{class}\" x1=\"{x1:.1}\" y1=\"{y1:.1}\" x2=\"{x2:.1}\" y2=\"{y2:.1}\"/>");
            for (site, point) in [(named.from, from), (named.to, to)] {
                let key = ((point.0 * 1e4) as i64, (point.1 * 1e4) as i64);
                let new = || Busy { pairs: 0, name: site.name.clone(), at: view.at(point) };
                busy.entry(key).or_insert_with(new).pairs += 1;
            }
        }
    }
    for (x, y) in all.iter().map(|&point| view.at(point)) {
        part!(svg, "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"2\"/>");
    }
    let mut busy: Vec<Busy> = busy.into_values().collect();
    busy.sort_by(|one, other| other.pairs.cmp(&one.pairs).then_with(|| one.name.cmp(&other.name)));
    names(&mut svg, &busy);
    svg.push_str("</svg>");
    let mut html = format!("<figure>{svg}<figcaption>");
    for (class, words) in seen.into_iter().rev() {
        part!(
            html,
            "<span class=\"key\"><svg width=\"34\" height=\"10\" aria-hidden=\"true\" class=\"map\"><line class=\"{class}\" x1=\"1\" x2=\"33\" \
             y1=\"5\" y2=\"5\"/></svg> {words}</span> "
        );
    }
    part!(
        html,
        "<br>Straight lines between places, at most {DRAWN} of a kind; dots are all places with a known position. Land: Natural \
         Earth, public domain.</figcaption></figure>\n"
    );
    Some(html)
}

/// Degrees to the drawing: equirectangular, true to scale in the middle.
struct Projection {
    west: f64,
    north: f64,
    /// Drawing units of a degree east and north.
    scale: (f64, f64),
    height: f64,
}

impl Projection {
    fn around(points: &[(f64, f64)]) -> Option<Self> {
        let bounds = |of: fn(&(f64, f64)) -> f64| {
            let values = points.iter().map(of);
            (values.clone().fold(f64::INFINITY, f64::min), values.fold(f64::NEG_INFINITY, f64::max))
        };
        let ((south, north), (west, east)) = (bounds(|point| point.0), bounds(|point| point.1));
        if points.is_empty() {
            return None;
        }
        let flat = f64::midpoint(south, north).to_radians().cos().max(0.1);
        // A tenth of the width is left at each side; a single place has some land around it.
        let width = ((east - west) * 1.2).max(1.0);
        let across = WIDTH / width;
        let up = across / flat;
        let height = ((north - south) * 1.25 * up).clamp(HEIGHTS.0, HEIGHTS.1);
        // Where the drawing would be too high, all of it is made smaller.
        let shrink = (height / ((north - south).max(0.1) * 1.25 * up)).min(1.0);
        let scale = (across * shrink, up * shrink);
        let middle = (f64::midpoint(south, north), f64::midpoint(west, east));
        Some(Self { west: middle.1 - WIDTH / scale.0 / 2.0, north: middle.0 + height / scale.1 / 2.0, scale, height })
    }

    fn at(&self, (north, east): (f64, f64)) -> (f64, f64) {
        ((east - self.west) * self.scale.0, (self.north - north) * self.scale.1)
    }

    /// Draws a ring that reaches into the drawing.
    fn land(&self, svg: &mut String, ring: &[(f64, f64)]) {
        let points: Vec<(f64, f64)> = ring.iter().map(|&point| self.at(point)).collect();
        let inside = |low: fn(&(f64, f64)) -> f64, most: f64| {
            points.iter().any(|point| low(point) >= 0.0) && points.iter().any(|point| low(point) <= most)
        };
        if !inside(|point| point.0, WIDTH) || !inside(|point| point.1, self.height) {
            return;
        }
        svg.push_str("<path class=\"land\" d=\"M");
        for (number, (x, y)) in points.iter().enumerate() {
            part!(svg, "{}{x:.0} {y:.0}", if number == 0 { "" } else { "L" });
        }
        svg.push_str("Z\"/>");
    }
}

/// A place of changed pairs.
struct Busy {
    /// How many.
    pairs: u64,
    name: String,
    at: (f64, f64),
}

/// Writes the names of places where they do not cover one another.
fn names(svg: &mut String, busy: &[Busy]) {
    let mut taken: Vec<[f64; 4]> = Vec::new();
    for Busy { name: text, at: (x, y), .. } in busy {
        if taken.len() == NAMED {
            break;
        }
        let width = text.chars().count() as f64 * 7.0 + 6.0;
        let left = x + width + 8.0 > WIDTH;
        let from = if left { x - width - 6.0 } else { x + 6.0 };
        let frame = [from, y - 9.0, from + width, y + 6.0];
        let apart =
            |other: &[f64; 4]| frame[2] < other[0] || other[2] < frame[0] || frame[3] < other[1] || other[3] < frame[1];
        if !taken.iter().all(apart) {
            continue;
        }
        taken.push(frame);
        let (at, anchor) = if left { (x - 6.0, "end") } else { (x + 6.0, "start") };
        part!(svg, "<text x=\"{at:.1}\" y=\"{:.1}\" text-anchor=\"{anchor}\">{}</text>", y + 4.0, name(text));
    }
}
