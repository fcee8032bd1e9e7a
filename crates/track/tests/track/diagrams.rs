//! Time–distance diagrams: where stations lie, which runs are drawn, what is said.

use crate::world::{BORDER_LINE, LINES, Railway, SECTIONS, date, stop};
use tumen_journey::present::View;
use tumen_journey::style::Style;
use tumen_track::diagram::{Axis, Diagram, DiagramOptions, Paper, Scale, Weight};

fn diagram(railway: &Railway, name: &str, from: &str, days: u16) -> Diagram {
    let view = View::new(&railway.world, Style { color: false, width: None }, None);
    let asked = railway.ask(name).expect("a line");
    let options = DiagramOptions { from: date(from), days: Some(days), paper: Paper::A4 };
    Diagram::of(&view, &railway.track, &railway.network(), &asked, options).expect("a diagram")
}

fn kilometres(railway: &Railway, axis: &Axis, id: &str) -> (f64, bool) {
    let mark = axis.mark(stop(railway.world.timetable(), id)).expect("a mark");
    ((mark.metres / 100.0).round() / 10.0, mark.is_exact)
}

/// GAMMA–DELTA and DELTA–EPSILON are unknown: 51.0 and 63.8 km in straight lines, stretched to the 150 km of the check sum.
#[test]
fn unknown_lengths_are_stretched_to_the_check_sum_and_marked() {
    let railway = Railway::border();
    let axis = diagram(&railway, "car", "2026-03-03", 1).graph.axis;
    assert_eq!(kilometres(&railway, &axis, "BETA"), (60.0, true));
    assert_eq!(kilometres(&railway, &axis, "GAMMA"), (75.0, true));
    let (delta, is_exact) = kilometres(&railway, &axis, "DELTA");
    assert!((delta - (75.0 + 150.0 * 0.8 / 1.8)).abs() < 0.2 && !is_exact, "{delta}");
    assert_eq!(
        kilometres(&railway, &axis, "EPSILON"),
        (225.0, true),
        "behind the whole check sum distances are known again"
    );
    let scales: Vec<bool> = axis.spans.iter().map(|(_, _, scale)| *scale == Scale::Known).collect();
    assert_eq!(scales, [true, true, false, false]);
}

#[test]
fn without_a_check_sum_nothing_behind_is_exact() {
    let lines: String = LINES.split_inclusive('\n').filter(|line| !line.contains("check_sum")).collect();
    let sections: String = SECTIONS.split_inclusive('\n').filter(|line| !line.starts_with("ALL")).collect();
    let railway = Railway::of(BORDER_LINE, &[("sections.txt", &sections), ("lines.txt", &lines)]);
    let drawn = diagram(&railway, "car", "2026-03-03", 1);
    assert_eq!(drawn.graph.axis.spans[3].2, Scale::Straight);
    assert!(!kilometres(&railway, &drawn.graph.axis, "EPSILON").1);
    assert!(drawn.caption.iter().any(|text| text.contains("shorter than the track")), "{:?}", drawn.caption);
}

/// HALT lies 25.5 of 63.8 straight kilometres along the 60 km from ALPHA to BETA.
#[test]
fn calls_between_sections_ends_are_placed_by_straight_lines_where_the_timetable_has_no_distances() {
    let railway = Railway::border();
    let axis = diagram(&railway, "car", "2026-03-03", 1).graph.axis;
    let (halt, _) = kilometres(&railway, &axis, "HALT");
    assert!((halt - 24.0).abs() < 0.1, "{halt}");
}

#[test]
fn the_coach_is_one_line_from_end_to_end_and_its_hosts_stand_behind_it() {
    let railway = Railway::border();
    let graph = diagram(&railway, "car", "2026-03-03", 1).graph;
    let bold: Vec<_> = graph.bold().collect();
    let [coach] = bold[..] else { panic!("one coach on the third of March, not {}", bold.len()) };
    let stops: Vec<u32> = coach.points.iter().map(|point| point.stop.0).collect();
    let id = |name: &str| stop(railway.world.timetable(), name).0;
    let [alpha, halt, beta, gamma, epsilon] = ["ALPHA", "HALT", "BETA", "GAMMA", "EPSILON"].map(id);
    assert_eq!(
        stops,
        [alpha, halt, halt, beta, beta, gamma, gamma, epsilon],
        "arrivals and departures, the stand at Gamma among them"
    );
    let stand = coach.points[6].time - coach.points[5].time;
    assert_eq!(stand, 3 * 3600 + 20 * 60, "12:40 to 16:00");
    let trains = graph.traces.iter().filter(|trace| trace.weight == Weight::Train);
    assert_eq!(trains.count(), 3, "fast, slow and east");
    assert_eq!(diagram(&railway, "car", "2026-03-04", 1).graph.bold().count(), 0);
    assert_eq!(diagram(&railway, "MAIN", "2026-03-01", 7).graph.bold().count(), 1, "every coach is bold on a line");
}

#[test]
fn a_picture_is_well_formed_and_names_are_no_markup() {
    let text = BORDER_LINE.replace("\"Delta\"", "\"<script>&'\"");
    let railway = Railway::of(&text, &[("sections.txt", SECTIONS), ("lines.txt", LINES)]);
    let svg = diagram(&railway, "car", "2026-03-03", 2).svg;
    assert!(svg.starts_with("<svg ") && svg.ends_with("</svg>\n"));
    assert!(svg.contains("<title id=\"diagram-title\">Alpha–Epsilon coach: time–distance diagram</title>"));
    assert!(!svg.contains("<script>") && svg.contains("&lt;script&gt;&amp;&#39;"));
    assert_eq!(svg.matches("<g").count(), svg.matches("</g>").count());
    assert!(!svg.contains("NaN") && !svg.contains("inf"), "{svg}");
}

#[test]
fn a_day_on_which_the_coach_does_not_run_says_when_it_does() {
    let railway = Railway::border();
    let drawn = diagram(&railway, "car", "2026-03-02", 1);
    assert!(
        drawn.caption.contains(
            &"The through carriage does not run in these days; its next service day is Tue 3 Mar 2026.".to_owned()
        ),
        "{:?}",
        drawn.caption
    );
}
