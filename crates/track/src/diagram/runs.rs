//! The runs of a diagram, drawn: trains in the background, through carriages above them.

use tumen_base::{Certainty, format_duration};

use super::graph::{Point, Trace, Weight};
use super::ground;
use super::labels::{Frame, Room};
use super::sheet::Sheet;
use super::svg::{Letters, Lines, Picture, Place, Stroke};

const TRAIN: Stroke = Stroke::new("#666666", 0.2);
const ESTIMATED_TRAIN: Stroke = TRAIN.dashed("1.6 0.7");
const THROUGH: Stroke = Stroke::new("#333333", 0.5);
const BOLD: Stroke = Stroke::new("#000000", 1.1);
/// Along the middle of a carriage's line where its times are no better than estimated.
const HOLLOW: &str = "#ffffff";
/// A stand from which on its length is told, in seconds.
const TOLD_STAND: i32 = 30 * 60;

/// What draws a sample between two points.
type Sample = fn(&mut Picture, [Place; 2]);

/// Samples of the lines and what they mean.
pub const LEGEND: [(Sample, &str); 5] = [
    (|picture, [from, to]| picture.line(from, to, BOLD), "through carriage"),
    (|picture, [from, to]| hollow(picture, &[vec![from, to]], BOLD), "the same, times estimated"),
    (|picture, [from, to]| hollow(picture, &[vec![from, to]], THROUGH), "other through carriages"),
    (|picture, [from, to]| picture.line(from, to, TRAIN), "other trains"),
    (|picture, [from, to]| picture.line(from, to, ESTIMATED_TRAIN), "other trains, times estimated"),
];

/// Draws every run and its labels.
pub fn draw(sheet: &mut Sheet<'_>) {
    let graph = sheet.graph;
    sheet.picture.clip(sheet.plot);
    for trace in &graph.traces {
        line(sheet, trace);
    }
    sheet.picture.end();
    let mut room = Room::new(sheet.plot);
    spare(sheet, &mut room);
    for trace in graph.bold() {
        moments(sheet, &mut room, trace);
    }
    for trace in graph.traces.iter().rev().filter(|trace| trace.weight != Weight::Bold) {
        number(sheet, &mut room, trace);
    }
}

/// Labels had better not cover through carriages and borders.
fn spare(sheet: &Sheet<'_>, room: &mut Room) {
    let graph = sheet.graph;
    for trace in graph.traces.iter().filter(|trace| trace.weight > Weight::Train) {
        for pair in trace.points.windows(2) {
            room.spare([&pair[0], &pair[1]].map(|point| [sheet.x(point.time), sheet.y(point.metres)]));
        }
    }
    for ground in ground::grounds(sheet.view, graph).iter().skip(1) {
        let y = sheet.y(ground.from);
        room.spare([[sheet.plot[0], y], [sheet.plot[2], y]]);
    }
}

fn line(sheet: &mut Sheet<'_>, trace: &Trace) {
    let view = sheet.view;
    let columns = view.columns();
    let end = |point: &Point| format!("{} {}", view.name(point.stop), view.short_moment(point.time, point.stop));
    let ends = [trace.points.first(), trace.points.last()].map(|point| point.map_or_else(String::new, end));
    let service_day = columns.date_of(trace.run.day);
    sheet.picture.group(&format!("{}, service day {service_day}: {} – {}", trace.name, ends[0], ends[1]));
    let (firm, vague) = pieces(sheet, &trace.points);
    match trace.weight {
        Weight::Train => {
            sheet.picture.lines(&firm, TRAIN);
            sheet.picture.lines(&vague, ESTIMATED_TRAIN);
        }
        Weight::Through | Weight::Bold => {
            let stroke = if trace.weight == Weight::Bold { BOLD } else { THROUGH };
            sheet.picture.lines(&firm, stroke);
            hollow(&mut sheet.picture, &vague, stroke);
        }
    }
    sheet.picture.end();
}

/// Pieces of a line between points, apart by whether both their times are better than estimated.
fn pieces(sheet: &Sheet<'_>, points: &[Point]) -> (Lines, Lines) {
    let mut pieces = (Lines::new(), Lines::new());
    let mut last: Option<bool> = None;
    for pair in points.windows(2) {
        let [from, to] = [&pair[0], &pair[1]].map(|point| [sheet.x(point.time), sheet.y(point.metres)]);
        let is_vague = pair[0].certainty.max(pair[1].certainty) >= Certainty::Estimated;
        let list: &mut Lines = if is_vague { &mut pieces.1 } else { &mut pieces.0 };
        match list.last_mut().filter(|_| last == Some(is_vague)) {
            Some(piece) => piece.push(to),
            None => list.push(vec![from, to]),
        }
        last = Some(is_vague);
    }
    pieces
}

/// A line with a white core.
fn hollow(picture: &mut Picture, pieces: &[Vec<Place>], stroke: Stroke) {
    picture.lines(pieces, stroke);
    picture.lines(pieces, Stroke::new(HOLLOW, stroke.width * 0.36));
}

/// Name, departure, arrival and stands of a carriage.
fn moments(sheet: &mut Sheet<'_>, room: &mut Room, trace: &Trace) {
    let (Some(first), Some(last)) = (trace.points.first().copied(), trace.points.last().copied()) else { return };
    let view = sheet.view;
    let size = sheet.letters * 1.05;
    let moment = |point: Point| view.short_moment(point.time, point.stop);
    label(sheet, room, first, &format!("{} · dep. {}", trace.name, moment(first)), Letters::new(size).bold().rimmed());
    label(sheet, room, last, &format!("arr. {}", moment(last)), Letters::new(size).bold().rimmed());
    for pair in trace.points.windows(2) {
        let stand = pair[1].time - pair[0].time;
        if pair[0].stop == pair[1].stop && stand >= TOLD_STAND {
            let text = format!("{} {}", view.name(pair[0].stop), format_duration(stand.into()));
            label(sheet, room, pair[1], &text, Letters::new(sheet.letters * 0.9).rimmed());
        }
    }
}

/// The number of a train where its line begins.
fn number(sheet: &mut Sheet<'_>, room: &mut Room, trace: &Trace) {
    let within = |point: &&Point| {
        let x = sheet.x(point.time);
        (sheet.plot[0]..=sheet.plot[2]).contains(&x)
    };
    let Some(point) = trace.points.iter().find(within).copied() else { return };
    label(sheet, room, point, &trace.name, Letters::new(sheet.letters * 0.8).quiet().rimmed());
}

/// Writes next to a point where there is room, nearer places first; not at all where there is none.
fn label(sheet: &mut Sheet<'_>, room: &mut Room, point: Point, text: &str, letters: Letters) {
    const GAP: f64 = 1.0;
    let (x, y) = (sheet.x(point.time), sheet.y(point.metres));
    // Words next to one another stay apart.
    let (width, height) = (letters.width(text) + 0.8, letters.size);
    let beside = |away: f64| -> [Frame; 4] {
        let (right, left) = (x + GAP + away, x - GAP - away - width);
        let (below, above) = (y + 0.4 + away * 0.3, y - 0.4 - away * 0.3 - height);
        [[right, above], [right, below], [left, below], [left, above]]
            .map(|[left, top]| [left, top, left + width, top + height])
    };
    let frames: Vec<Frame> = [0.0, 1.5, 3.5, 6.0, 9.0].into_iter().flat_map(beside).collect();
    if let Some([left, top, ..]) = room.take(&frames) {
        sheet.picture.text([left, top + height * 0.8], text, letters);
    }
}
