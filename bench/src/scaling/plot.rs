//! Curves over size, both axes logarithmic, as an SVG file.

use std::fmt::Write;

/// A curve: its name and its points, size and measure relative to the smallest size.
pub struct Curve {
    pub name: String,
    pub points: Vec<(f64, f64)>,
}

const WIDTH: f64 = 720.0;
const HEIGHT: f64 = 440.0;
const LEFT: f64 = 60.0;
const RIGHT: f64 = 250.0;
const TOP: f64 = 20.0;
const BOTTOM: f64 = 50.0;
/// Told apart also by who does not see red and green (Okabe and Ito).
const COLORS: [&str; 8] = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000", "#888888"];

/// Draws the curves and, dashed, growth in proportion.
pub fn svg(title: &str, x_label: &str, curves: &[Curve]) -> String {
    let points = || curves.iter().flat_map(|curve| &curve.points);
    let largest_x = points().map(|point| point.0).fold(2.0, f64::max);
    let largest_y = points().map(|point| point.1).fold(largest_x, f64::max);
    let smallest_y = points().map(|point| point.1).fold(1.0, f64::min);
    let x = |value: f64| LEFT + (WIDTH - LEFT - RIGHT) * value.log2() / largest_x.log2();
    let y = |value: f64| {
        HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * (value / smallest_y).log2() / (largest_y / smallest_y).log2()
    };
    // Writing to a string does not fail, so its results are not looked at.
    let mut svg = String::new();
    let _ = writeln!(
        svg,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" font-family=\"sans-serif\" font-size=\"13\">\n\
         <title>{title}</title>\n<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>"
    );
    let (left, right, bottom) = (x(1.0), x(largest_x), HEIGHT - BOTTOM);
    for power in 0..=largest_x.log2() as i32 {
        let value = 2_f64.powi(power);
        let at = x(value);
        let _ = writeln!(
            svg,
            "<line x1=\"{at:.1}\" y1=\"{TOP}\" x2=\"{at:.1}\" y2=\"{bottom}\" stroke=\"#ddd\"/>\
             <text x=\"{at:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{value}</text>",
            bottom + 18.0
        );
    }
    for power in smallest_y.log2().floor() as i32..=largest_y.log2() as i32 {
        let value = 2_f64.powi(power);
        let at = y(value);
        let _ = writeln!(
            svg,
            "<line x1=\"{left:.1}\" y1=\"{at:.1}\" x2=\"{right:.1}\" y2=\"{at:.1}\" stroke=\"#ddd\"/>\
             <text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\">{value}</text>",
            left - 8.0,
            at + 4.0
        );
    }
    let _ = writeln!(
        svg,
        "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{x_label}</text>\n\
         <line x1=\"{left:.1}\" y1=\"{:.1}\" x2=\"{right:.1}\" y2=\"{:.1}\" stroke=\"#999\" stroke-dasharray=\"5 5\"/>",
        f64::midpoint(left, right),
        HEIGHT - 12.0,
        y(1.0),
        y(largest_x)
    );
    for (number, (curve, color)) in curves.iter().zip(COLORS.iter().cycle()).enumerate() {
        let line: Vec<String> =
            curve.points.iter().map(|&(size, value)| format!("{:.1},{:.1}", x(size), y(value))).collect();
        let legend = TOP + 14.0 + 20.0 * number as f64;
        let _ = writeln!(
            svg,
            "<polyline points=\"{}\" fill=\"none\" stroke=\"{color}\" stroke-width=\"2\"/>\n\
             <line x1=\"{:.1}\" y1=\"{:.1}\" x2=\"{:.1}\" y2=\"{:.1}\" stroke=\"{color}\" stroke-width=\"2\"/>\
             <text x=\"{:.1}\" y=\"{legend:.1}\">{}</text>",
            line.join(" "),
            right + 20.0,
            legend - 4.0,
            right + 40.0,
            legend - 4.0,
            right + 46.0,
            curve.name
        );
    }
    svg.push_str("</svg>\n");
    svg
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn growth_in_proportion_lies_on_the_dashed_line() {
        let curve = |name: &str, points: &[(f64, f64)]| Curve { name: name.into(), points: points.to_vec() };
        let svg = svg(
            "t",
            "copies",
            &[curve("in proportion", &[(1.0, 1.0), (8.0, 8.0)]), curve("flat", &[(1.0, 1.0), (8.0, 1.0)])],
        );
        assert!(svg.contains("<line x1=\"60.0\" y1=\"390.0\" x2=\"470.0\" y2=\"20.0\" stroke=\"#999\""), "{svg}");
        assert!(svg.contains("<polyline points=\"60.0,390.0 470.0,20.0\""), "{svg}");
        assert!(svg.contains("<polyline points=\"60.0,390.0 470.0,390.0\""), "{svg}");
    }
}
