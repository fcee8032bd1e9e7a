//! The parts of a join side by side on one time axis, as SVG that is as wide as there is room.

use tumen_stitch::{Join, PartCall};

use super::part_name;
use tumen_html::markup::{clock, name};

/// Height of a lane, and where its line runs within it.
const LANE: usize = 46;
const LINE: usize = 32;
/// Room for the hours above the lanes.
const HOURS: usize = 22;

/// A picture of the parts of a join: a lane each, a dot for every call, a line between the dots that are one call.
pub fn picture(join: &Join) -> String {
    let times = join.parts.iter().flat_map(|part| &part.calls).flat_map(|call| [call.arrival, call.departure]);
    let (first, last) = times.fold((i32::MAX, i32::MIN), |(first, last), time| (first.min(time), last.max(time)));
    if first >= last {
        return String::new();
    }
    let axis = Axis { first, last };
    let height = HOURS + LANE * join.parts.len() + 6;
    let mut svg = format!(
        "<svg class=\"axis\" role=\"img\" width=\"100%\" height=\"{height}\"><title>{} lanes on one time axis from {} to {}; the table \
         below says the same</title>",
        join.parts.len(),
        clock(first),
        clock(last)
    );
    for hour in axis.hours() {
        let x = axis.x(hour);
        part!(svg, "<line class=\"hour\" x1=\"{x}\" x2=\"{x}\" y1=\"{HOURS}\" y2=\"{height}\"/>");
        part!(svg, "<text class=\"hour\" x=\"{x}\" y=\"14\" text-anchor=\"middle\">{}</text>", clock(hour));
    }
    for call in 0..join.calls.len() {
        common(&mut svg, axis, join, call);
    }
    for (lane, part) in join.parts.iter().enumerate() {
        let top = HOURS + lane * LANE;
        let (Some(begin), Some(end)) = (part.calls.first(), part.calls.last()) else { continue };
        let (x1, x2, y) = (axis.x(begin.departure), axis.x(end.arrival), top + LINE);
        part!(svg, "<line class=\"way lane{}\" x1=\"{x1}\" x2=\"{x2}\" y1=\"{y}\" y2=\"{y}\"/>", lane % 4);
        for call in &part.calls {
            let (x, class) = (axis.x(middle(call)), if call.joined.is_some() { "call" } else { "call out" });
            part!(svg, "<circle class=\"{class} lane{}\" cx=\"{x}\" cy=\"{y}\" r=\"4\">", lane % 4);
            part!(svg, "<title>{} {}</title></circle>", clock(call.arrival), name(&call.stop.name));
        }
        let caption = format!("{} {} – {}", part_name(part), clock(begin.departure), clock(end.arrival));
        part!(svg, "<text class=\"lane\" x=\"0\" y=\"{}\">{}</text>", top + 18, name(&caption));
    }
    svg.push_str("</svg>");
    svg
}

/// Lines between the dots of neighbouring lanes that are one call of the joined train.
fn common(svg: &mut String, axis: Axis, join: &Join, call: usize) {
    let dots: Vec<(usize, i32)> = join
        .parts
        .iter()
        .enumerate()
        .filter_map(|(lane, part)| {
            let dot = part.calls.iter().find(|dot| dot.joined == Some(call))?;
            Some((HOURS + lane * LANE + LINE, middle(dot)))
        })
        .collect();
    for pair in dots.windows(2) {
        let [(y1, from), (y2, to)] = [pair[0], pair[1]];
        part!(svg, "<line class=\"same\" x1=\"{}\" x2=\"{}\" y1=\"{y1}\" y2=\"{y2}\"/>", axis.x(from), axis.x(to));
    }
}

fn middle(call: &PartCall) -> i32 {
    call.arrival + (call.departure - call.arrival) / 2
}

/// Seconds of a service day laid out between two margins.
#[derive(Clone, Copy)]
struct Axis {
    first: i32,
    last: i32,
}

impl Axis {
    /// Where a time stands, in percent of the width.
    fn x(self, time: i32) -> String {
        let share = f64::from(time - self.first) / f64::from(self.last - self.first);
        format!("{:.2}%", 2.0 + 96.0 * share)
    }

    /// At most six full hours, four where they tell days too, evenly apart and away from the edges, where their text would be cut.
    fn hours(self) -> impl Iterator<Item = i32> {
        let length = self.last - self.first;
        let steps = [1, 2, 3, 6, 12, 24, 48, 96, 168].map(|hours| hours * 3600);
        let most = if self.last < 86_400 { 5 } else { 3 };
        let step = steps.into_iter().find(|step| length / step <= most).unwrap_or(length / 5);
        let margin = length / 20;
        let begin = self.first + margin;
        let up = begin.rem_euclid(step);
        let begin = if up == 0 { begin } else { begin + step - up };
        (begin..=self.last - margin).step_by(step.max(1) as usize)
    }
}
