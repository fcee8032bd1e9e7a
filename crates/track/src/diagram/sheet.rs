//! The sheet: where everything stands on paper, and all that is drawn behind the runs.

use jiff::{ToSpan, civil};
use tumen_base::Time;
use tumen_journey::present::{View, words};

use super::axis::Scale;
use super::graph::Graph;
use super::ground::{self, Band, Ground};
use super::labels::{Frame, Wish, spread};
use super::runs;
use super::svg::{Anchor, Letters, Picture, Stroke};
use crate::asked::Asked;
use crate::words::kilometres;

/// Sheets of paper, on their side.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Paper {
    /// 297 by 210 mm.
    #[default]
    A4,
    /// 420 by 297 mm.
    A3,
}

impl Paper {
    /// Reads `a4` or `a3`.
    ///
    /// # Errors
    /// With a sentence that names both.
    pub fn parse(text: &str) -> Result<Self, String> {
        match text.to_ascii_lowercase().as_str() {
            "a4" => Ok(Self::A4),
            "a3" => Ok(Self::A3),
            _ => Err("expected a4 or a3".to_owned()),
        }
    }

    /// Width and height in millimetres.
    pub const fn size(self) -> [f64; 2] {
        match self {
            Self::A4 => [297.0, 210.0],
            Self::A3 => [420.0, 297.0],
        }
    }

    /// Height of the smallest letters in millimetres: 6 points and a half, 7 on the larger sheet.
    const fn letters(self) -> f64 {
        match self {
            Self::A4 => 2.3,
            Self::A3 => 2.5,
        }
    }
}

const MARGIN: f64 = 8.0;
/// Right of the plot: zones and borders.
const RIGHT: f64 = 30.0;
/// Between a station's name and the plot: its kilometres and the line that leads to its place.
const LEADER: f64 = 5.0;
const NIGHT: &str = "#8a8a8a";
const HOURS: &str = "#dddddd";
const STATION: &str = "#c9c9c9";
const STRIPE: &str = "#f6f6f3";

/// A sheet being drawn.
pub struct Sheet<'g> {
    pub view: &'g View<'g>,
    pub graph: &'g Graph,
    pub picture: Picture,
    /// The frame of the plot.
    pub plot: Frame,
    /// Height of the smallest letters.
    pub letters: f64,
    size: [f64; 2],
}

/// Draws everything.
pub fn draw(view: &View<'_>, asked: &Asked, graph: &Graph, caption: &[String], paper: Paper) -> String {
    let size = paper.size();
    let letters = paper.letters();
    let title = format!("{}: time–distance diagram", asked.name);
    let picture = Picture::new(size, &title, &caption.join(" "));
    let names = graph.axis.marks.iter().map(|mark| Letters::new(letters).bold().width(&view.name(mark.stop)));
    let widest = names.fold(20.0, f64::max).min(size[0] * 0.2);
    let lines = wrapped(caption, Letters::new(letters), size[0] - 2.0 * MARGIN);
    let line_height = letters * 1.35;
    let bottom = MARGIN + line_height * lines.len() as f64 + letters * 6.2;
    let left = MARGIN + letters * 2.0 + widest + letters * 4.4 + LEADER;
    let plot = [left, MARGIN + letters * 6.6, size[0] - MARGIN - RIGHT, size[1] - bottom];
    let mut sheet = Sheet { view, graph, picture, plot, letters, size };
    sheet.heading(asked);
    let bands = ground::bands(view, graph);
    let grounds = ground::grounds(view, graph);
    sheet.stripes(&bands);
    sheet.stations();
    sheet.clocks(&bands);
    sheet.unscaled();
    sheet.countries(&grounds);
    sheet.frame();
    runs::draw(&mut sheet);
    sheet.right(&bands, &grounds);
    sheet.legend(size[1] - MARGIN - line_height * lines.len() as f64 - letters * 1.2);
    for (place, text) in lines.iter().enumerate() {
        let y = size[1] - MARGIN - line_height * (lines.len() - 1 - place) as f64;
        sheet.picture.text([MARGIN, y], text, Letters::new(letters).quiet());
    }
    sheet.picture.finish()
}

impl Sheet<'_> {
    /// Where a time is, in millimetres from the left.
    pub fn x(&self, time: Time) -> f64 {
        let window = self.graph.window;
        let share = (f64::from(time) - f64::from(window.from)) / (f64::from(window.until) - f64::from(window.from));
        self.plot[0] + share * (self.plot[2] - self.plot[0])
    }

    /// Where a distance is, in millimetres from the top.
    pub fn y(&self, metres: f64) -> f64 {
        let length = self.graph.axis.length().max(1.0);
        self.plot[1] + metres / length * (self.plot[3] - self.plot[1])
    }

    fn text(&mut self, at: [f64; 2], text: &str, letters: Letters) {
        self.picture.text(at, text, letters);
    }

    fn heading(&mut self, asked: &Asked) {
        let size = self.letters * 1.9;
        self.text([MARGIN, MARGIN + size * 0.8], &asked.name, Letters::new(size).bold());
        let columns = self.view.columns();
        let day = |time: Time| words::date(columns.local_time(time, asked.way.stations[0]).date());
        let window = self.graph.window;
        let length = kilometres((self.graph.axis.length() / 1000.0).round() * 1000.0);
        let approximate = self.graph.axis.marks.last().is_some_and(|mark| !mark.is_exact);
        let about = if approximate { "about " } else { "" };
        let text = format!("{} to {} · {about}{length} km", day(window.from), day(window.until - 1));
        let at = [self.size[0] - MARGIN, MARGIN + size * 0.8];
        self.text(at, &text, Letters::new(self.letters * 1.2).at(Anchor::End));
    }

    /// Every other band of clocks is shaded.
    fn stripes(&mut self, bands: &[Band]) {
        for band in bands.iter().skip(1).step_by(2) {
            let frame = [self.plot[0], self.y(band.from), self.plot[2], self.y(band.to)];
            self.picture.fill(frame, STRIPE);
        }
    }

    /// Names and kilometres left of the plot, and a line through it for each station that is named.
    fn stations(&mut self) {
        let axis = &self.graph.axis;
        let ends = axis.marks.iter().filter(|mark| mark.is_end).count();
        let spacing = self.letters * 1.12;
        let room = (self.plot[3] - self.plot[1]) / spacing;
        let first_and_last = [axis.marks.first(), axis.marks.last()].map(|mark| mark.map(|mark| mark.stop));
        let rank = |mark: &super::Mark| match mark.is_end {
            _ if first_and_last.contains(&Some(mark.stop)) => 0,
            true if (ends as f64) < room => 0,
            true => 1,
            false => 2,
        };
        let wishes: Vec<Wish> =
            axis.marks.iter().map(|mark| Wish { at: self.y(mark.metres), rank: rank(mark) }).collect();
        let placed = spread(&wishes, spacing, [self.plot[1], self.plot[3]]);
        let (left, right) = (self.plot[0], self.plot[2]);
        let kilometres_at = left - LEADER;
        let name_at = kilometres_at - self.letters * 3.8;
        for (mark, label) in self.graph.axis.marks.iter().zip(placed) {
            let y = self.y(mark.metres);
            let width = if mark.is_end { 0.12 } else { 0.06 };
            let Some(at) = label else {
                self.picture.line([left - 0.8, y], [left, y], Stroke::new(NIGHT, 0.1));
                continue;
            };
            self.picture.line([left, y], [right, y], Stroke::new(STATION, width));
            let leader = vec![[kilometres_at + 0.6, at], [left - 1.4, y], [left, y]];
            self.picture.lines(&[leader], Stroke::new(NIGHT, 0.12));
            let letters = Letters::new(self.letters).at(Anchor::End);
            let letters = if mark.is_end { letters } else { letters.quiet() };
            let base = at + self.letters * 0.35;
            let about = if mark.is_exact { "" } else { "≈" };
            let distance = format!("{about}{:.0}", mark.metres / 1000.0);
            let name = self.view.name(mark.stop);
            self.text([name_at, base], &name, letters);
            self.text([kilometres_at, base], &distance, Letters::new(self.letters * 0.85).at(Anchor::End).quiet());
        }
        let head = self.plot[1] - self.letters * 1.1;
        self.text([kilometres_at, head], "km", Letters::new(self.letters * 0.85).at(Anchor::End).quiet());
    }

    /// Midnights and hours, in each band by its own clock; dates above by the first clock and below by the last one.
    fn clocks(&mut self, bands: &[Band]) {
        let columns = self.view.columns();
        let window = self.graph.window;
        let days = (f64::from(window.until) - f64::from(window.from)) / 86_400.0;
        let day_width = (self.plot[2] - self.plot[0]) / days;
        for (place, band) in bands.iter().enumerate() {
            let (top, bottom) = (self.y(band.from), self.y(band.to));
            let mut hours = Vec::new();
            let mut midnights = Vec::new();
            let mut dates: Vec<(f64, civil::Date)> = Vec::new();
            let mut clocks: Vec<(f64, i8)> = Vec::new();
            let mut date = columns.in_zone(window.from, band.zone.clone()).date();
            let last = columns.in_zone(window.until, band.zone.clone()).date();
            while date <= last {
                for hour in [0, 6, 12, 18] {
                    let Some(time) = columns.from_local(date.at(hour, 0, 0, 0), &band.zone) else { continue };
                    let x = self.x(time);
                    let piece = vec![[x, top], [x, bottom]];
                    if hour == 0 {
                        midnights.push(piece);
                        dates.push((x, date));
                    } else {
                        hours.push(piece);
                        clocks.push((x, hour));
                    }
                }
                match date.checked_add(1.day()) {
                    Ok(next) => date = next,
                    Err(_) => break,
                }
            }
            self.picture.clip(self.plot);
            if day_width > 5.0 {
                self.picture.lines(&hours, Stroke::new(HOURS, 0.08));
            }
            self.picture.lines(&midnights, Stroke::new(NIGHT, 0.15));
            self.picture.end();
            if place == 0 {
                self.dates(&dates, &clocks, day_width, self.plot[1] - self.letters * 0.5, -1.0);
            }
            if place + 1 == bands.len() {
                self.dates(&dates, &clocks, day_width, self.plot[3] + self.letters * 1.1, 1.0);
            }
        }
    }

    /// Hours next to the plot, dates beyond them.
    fn dates(&mut self, dates: &[(f64, civil::Date)], clocks: &[(f64, i8)], day_width: f64, y: f64, outwards: f64) {
        let within = |x: f64, sheet: &Self| x >= sheet.plot[0] && x <= sheet.plot[2];
        let small = Letters::new(self.letters * 0.8).at(Anchor::Middle).quiet();
        if day_width > 14.0 {
            let midnights = dates.iter().map(|(x, _)| (*x, 0));
            let all: Vec<(f64, i8)> = clocks.iter().copied().chain(midnights).collect();
            for (x, hour) in all {
                if within(x, self) {
                    self.text([x, y], &hour.to_string(), small);
                }
            }
        }
        let away = if day_width > 14.0 { y + outwards * self.letters * 1.25 } else { y };
        for (x, date) in dates {
            let middle = x + day_width / 2.0;
            if !within(middle, self) {
                continue;
            }
            let text = if day_width > self.letters * 6.0 {
                words::short_date(*date)
            } else if day_width > self.letters * 3.6 {
                words::day_and_month(*date)
            } else {
                date.day().to_string()
            };
            self.text([middle, away], &text, Letters::new(self.letters).at(Anchor::Middle));
        }
    }

    /// A hatched bar where the axis is not to scale.
    fn unscaled(&mut self) {
        const WIDTH: f64 = 1.8;
        let left = self.plot[0];
        let mut hatching = Vec::new();
        let spans: Vec<(f64, f64)> = self
            .graph
            .axis
            .spans
            .iter()
            .filter(|span| span.2 != Scale::Known)
            .map(|span| (self.y(span.0), self.y(span.1)))
            .collect();
        for (top, bottom) in spans {
            let mut y = top;
            while y < bottom {
                let rise = WIDTH.min(bottom - y);
                hatching.push(vec![[left, y], [left + rise, y + rise]]);
                y += 0.9;
            }
            hatching.push(vec![[left + WIDTH, top], [left + WIDTH, bottom]]);
        }
        self.picture.lines(&hatching, Stroke::new("#444", 0.14));
    }

    /// The countries' names in a bar at the left, and a line where one ends.
    fn countries(&mut self, grounds: &[Ground]) {
        let x = MARGIN + self.letters * 0.9;
        for ground in grounds {
            let (top, bottom) = (self.y(ground.from), self.y(ground.to));
            if ground.from > 0.0 {
                let border = Stroke::new("#111", 0.3).dashed("2.4 0.8 0.5 0.8");
                self.picture.line([MARGIN, top], [MARGIN + self.letters * 1.4, top], Stroke::new("#111", 0.3));
                self.picture.line([self.plot[0], top], [self.plot[2], top], border);
            }
            let letters = Letters::new(self.letters).at(Anchor::Middle).upright();
            let name = ground.country.map_or("country unknown", |code| code.name(self.view.language()));
            let code = ground.country.map_or("?".to_owned(), |code| code.as_str().to_owned());
            let fits = |name: &&str| letters.width(name) < bottom - top;
            if let Some(name) = [name, &code].into_iter().find(fits) {
                self.text([x, f64::midpoint(top, bottom)], name, letters);
            }
        }
    }

    fn frame(&mut self) {
        let [left, top, right, bottom] = self.plot;
        let frame = vec![[left, top], [right, top], [right, bottom], [left, bottom], [left, top]];
        self.picture.lines(&[frame], Stroke::new("#111", 0.25));
    }

    /// Right of the plot: which clock holds where, and the borders.
    fn right(&mut self, bands: &[Band], grounds: &[Ground]) {
        let borders = grounds.windows(2).map(|pair| {
            let codes = [&pair[0], &pair[1]]
                .map(|ground| ground.country.map_or("?".to_owned(), |code| code.as_str().to_owned()));
            (pair[1].from, format!("border {}–{}", codes[0], codes[1]), true)
        });
        let zones = bands.iter().map(|band| (f64::midpoint(band.from, band.to), band.name.clone(), false));
        let labels: Vec<(f64, String, bool)> = borders.chain(zones).collect();
        let wishes: Vec<Wish> = labels.iter().map(|(metres, ..)| Wish { at: self.y(*metres), rank: 0 }).collect();
        let placed = spread(&wishes, self.letters * 1.2, [self.plot[1], self.plot[3]]);
        let right = self.plot[2];
        for ((metres, text, is_border), at) in labels.iter().zip(placed) {
            let Some(at) = at else { continue };
            let y = self.y(*metres);
            self.picture.lines(&[vec![[right, y], [right + 1.4, y], [right + 3.4, at]]], Stroke::new(NIGHT, 0.12));
            let letters = Letters::new(self.letters);
            let letters = if *is_border { letters.bold() } else { letters };
            self.text([right + 4.0, at + self.letters * 0.35], text, letters);
        }
    }

    /// What the lines mean.
    fn legend(&mut self, y: f64) {
        let mut x = MARGIN;
        for (draw, text) in runs::LEGEND {
            let sample = [[x, y - self.letters * 0.3], [x + 9.0, y - self.letters * 0.3]];
            draw(&mut self.picture, sample);
            let letters = Letters::new(self.letters);
            self.text([x + 10.5, y], text, letters);
            x += 10.5 + letters.width(text) + 6.0;
        }
    }
}

/// Sentences as lines of a width.
fn wrapped(sentences: &[String], letters: Letters, width: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for sentence in sentences {
        let mut line = String::new();
        for word in sentence.split(' ') {
            let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
            if !line.is_empty() && letters.width(&longer) > width {
                lines.push(std::mem::replace(&mut line, word.to_owned()));
            } else {
                line = longer;
            }
        }
        lines.push(line);
    }
    lines
}
