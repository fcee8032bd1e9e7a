//! The sentences under a diagram: what is to scale, whose clocks, what is not certain, what is not shown.

use tumen_base::{Certainty, Date};
use tumen_journey::present::{View, words};

use super::axis::Scale;
use super::graph::Graph;
use crate::asked::{Asked, Subject};
use crate::lines::Track;
use crate::words::kilometres;

/// All that must be said.
pub fn sentences(view: &View<'_>, track: &Track, asked: &Asked, graph: &Graph) -> Vec<String> {
    let mut sentences = vec![
        "Distance is to scale. Upright lines stand at 0, 6, 12 and 18 h of the local clock and so shift where the clock changes, drawn half \
         way between two stations; dates above are those of the first station, below those of the last."
            .to_owned(),
    ];
    sentences.extend(not_to_scale(view, track, asked, graph));
    sentences.extend(doubts(view, asked, graph));
    let columns = view.columns();
    let feeds: Vec<String> = columns
        .feeds()
        .map(|feed| {
            let text = |column: &[u32]| columns.text(column[feed.index()]);
            [text(columns.feed_name), text(columns.feed_version)].join(" ").trim().to_owned()
        })
        .filter(|name| !name.is_empty())
        .collect();
    let feeds = if feeds.is_empty() { String::new() } else { format!(" Timetable: {}.", feeds.join(", ")) };
    sentences.push(format!("Not an official document: no railway has approved it.{feeds}"));
    sentences
}

/// Stretches that are drawn by anything but lengths, neighbours together.
fn not_to_scale(view: &View<'_>, track: &Track, asked: &Asked, graph: &Graph) -> Vec<String> {
    let spans = &graph.axis.spans;
    let mut sentences = Vec::new();
    let mut step = 0;
    while step < spans.len() {
        let scale = spans[step].2;
        let first = step;
        while step < spans.len() && spans[step].2 == scale {
            step += 1;
        }
        let ends = [first, step].map(|place| view.name(asked.way.stations[place]));
        let ends = format!("Hatched, not to scale: {}–{}", ends[0], ends[1]);
        sentences.extend(match scale {
            Scale::Known => None,
            Scale::CheckSum(section) => {
                let total = &track.sections[section];
                let stated = total.length_metres.map(kilometres).unwrap_or_default();
                Some(format!(
                    "{ends}: no section's length is known; straight lines between the stations, stretched so that the stated total {} of \
                     {stated} km comes out.",
                    total.id
                ))
            }
            Scale::Straight => Some(format!("{ends}: no length is known; straight lines between the stations, shorter than the track.")),
            Scale::Nominal => Some(format!("{ends}: neither a length nor positions are known.")),
        });
    }
    sentences
}

/// Days and times that are less than published, and what is not shown.
fn doubts(view: &View<'_>, asked: &Asked, graph: &Graph) -> Vec<String> {
    let mut sentences = Vec::new();
    let mut doubts = Vec::new();
    let worst = graph.bold().map(|trace| trace.days).max();
    if let Some(days) = worst.filter(|days| *days > Certainty::Published) {
        doubts.push(format!("the days of the through carriage are {days}"));
    }
    let times = |of: &dyn Fn(Certainty) -> bool| {
        graph.traces.iter().flat_map(|trace| &trace.points).any(|point| of(point.certainty))
    };
    if times(&|certainty| certainty >= Certainty::Estimated) {
        doubts.push("hollow and dashed lines have times that are estimated, not published".to_owned());
    }
    if !doubts.is_empty() {
        sentences.push(format!("Certainty: {}.", doubts.join("; ")));
    }
    if graph.bold().next().is_none()
        && let Subject::Carriage(..) = asked.subject
    {
        let next = next_run(view, asked, graph);
        sentences.push(format!("The through carriage does not run in these days{next}."));
    }
    if graph.suspended > 0 {
        sentences.push(format!(
            "{} suspended and not drawn.",
            words::count(graph.suspended, "run") + if graph.suspended == 1 { " is" } else { " are" }
        ));
    }
    if graph.left_out > 0 {
        sentences.push(format!(
            "{} left out: ask for fewer days.",
            words::count(graph.left_out, "more run") + if graph.left_out == 1 { " is" } else { " are" }
        ));
    }
    sentences
}

/// `; its next service day is Sat 12 Dec 2026`.
fn next_run(view: &View<'_>, asked: &Asked, graph: &Graph) -> String {
    let Subject::Carriage(carriage, _) = asked.subject else { return String::new() };
    let columns = view.columns();
    let from = Date::from(columns.local_time(graph.window.from, asked.way.stations[0]).date());
    let day = from.0.saturating_sub(columns.first_date().0).max(0);
    let ways = columns.ways_of(carriage).map(|way| columns.trip_of_way(way));
    let next = ways.filter_map(|trip| columns.days_of_trip(trip).next_from(day)).min();
    next.map_or_else(String::new, |day| {
        format!("; its next service day is {}", words::date(columns.date_of(day).civil()))
    })
}
