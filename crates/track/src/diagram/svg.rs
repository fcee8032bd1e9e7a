//! An SVG picture being written: lengths are millimetres of paper.

use std::fmt::Display;
use tumen_html::markup::name as escaped;

/// Fonts that hold Latin, Cyrillic, Hangul and Han letters, where they are installed.
const FONTS: &str = "'Source Sans 3','Noto Sans','DejaVu Sans','Noto Sans CJK SC','Noto Sans CJK KR',sans-serif";
/// Millimetres that a letter is wide on average, of a font one millimetre high.
const LETTER: f64 = 0.58;
/// The same for Hangul, Han and fullwidth letters.
const WIDE_LETTER: f64 = 1.0;

/// A point of the sheet: from the left, from the top.
pub type Place = [f64; 2];
/// Lines, each from place to place.
pub type Lines = Vec<Vec<Place>>;

/// How a line is drawn.
#[derive(Clone, Copy, Debug)]
pub struct Stroke {
    /// Its colour.
    pub colour: &'static str,
    /// Its width.
    pub width: f64,
    /// Lengths of dashes and gaps; empty for a line without.
    pub dashes: &'static str,
}

impl Stroke {
    /// A line without gaps.
    pub const fn new(colour: &'static str, width: f64) -> Self {
        Self { colour, width, dashes: "" }
    }

    /// The line with dashes and gaps.
    #[must_use]
    pub const fn dashed(self, dashes: &'static str) -> Self {
        Self { dashes, ..self }
    }
}

/// Where a text begins, is centred or ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// At its place.
    Start,
    /// Around it.
    Middle,
    /// Before it.
    End,
}

/// How a text is written.
#[derive(Clone, Copy, Debug)]
pub struct Letters {
    /// Height of the font.
    pub size: f64,
    /// Its colour.
    pub colour: &'static str,
    /// Where it stands.
    pub anchor: Anchor,
    /// Heavier than usual.
    pub bold: bool,
    /// With a white rim that parts it from the lines behind it.
    pub rim: bool,
    /// Turned to be read from below.
    pub upright: bool,
}

impl Letters {
    /// Black letters that begin at their place.
    pub const fn new(size: f64) -> Self {
        Self { size, colour: "#111", anchor: Anchor::Start, bold: false, rim: false, upright: false }
    }

    /// Grey letters.
    #[must_use]
    pub const fn quiet(self) -> Self {
        Self { colour: "#555", ..self }
    }

    /// Letters at another anchor.
    #[must_use]
    pub const fn at(self, anchor: Anchor) -> Self {
        Self { anchor, ..self }
    }

    /// Heavier letters.
    #[must_use]
    pub const fn bold(self) -> Self {
        Self { bold: true, ..self }
    }

    /// Letters with a white rim.
    #[must_use]
    pub const fn rimmed(self) -> Self {
        Self { rim: true, ..self }
    }

    /// Letters read from below.
    #[must_use]
    pub const fn upright(self) -> Self {
        Self { upright: true, ..self }
    }

    /// How wide a text will be, roughly.
    pub fn width(&self, text: &str) -> f64 {
        let letter = |letter: char| {
            if letter >= '\u{1100}' && !letter.is_ascii() && !('\u{2000}'..'\u{2E80}').contains(&letter) {
                WIDE_LETTER
            } else {
                LETTER
            }
        };
        let heavier = if self.bold { 1.12 } else { 1.0 };
        text.chars().map(letter).sum::<f64>() * self.size * heavier
    }
}

/// A picture.
pub struct Picture {
    text: String,
}

impl Picture {
    /// A white sheet; `title` and `description` tell those who do not see it what it shows.
    pub fn new([width, height]: [f64; 2], title: &str, description: &str) -> Self {
        let mut text = String::new();
        line!(
            text,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-labelledby=\"diagram-title diagram-about\" \
             width=\"{width}mm\" height=\"{height}mm\" viewBox=\"0 0 {width} {height}\" font-family=\"{FONTS}\" \
             stroke-linejoin=\"round\">"
        );
        line!(text, "<title id=\"diagram-title\">{}</title>", escaped(title));
        line!(text, "<desc id=\"diagram-about\">{}</desc>", escaped(description));
        line!(text, "<rect width=\"{width}\" height=\"{height}\" fill=\"#fff\"/>");
        Self { text }
    }

    /// Begins to show only what lies within a frame: left, top, right, bottom.
    pub fn clip(&mut self, [left, top, right, bottom]: [f64; 4]) {
        line!(
            self.text,
            "<clipPath id=\"diagram-plot\"><rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"/></clipPath>\n<g clip-path=\"url(#diagram-plot)\">",
            Short(left),
            Short(top),
            Short(right - left),
            Short(bottom - top)
        );
    }

    /// Begins a group that is told by a title; ends with [`Self::end`].
    pub fn group(&mut self, title: &str) {
        line!(self.text, "<g><title>{}</title>", escaped(title));
    }

    /// Ends what [`Self::clip`] or [`Self::group`] began.
    pub fn end(&mut self) {
        self.text.push_str("</g>\n");
    }

    /// A filled rectangle: left, top, right, bottom.
    pub fn fill(&mut self, [left, top, right, bottom]: [f64; 4], colour: &str) {
        let (width, height) = (Short((right - left).max(0.0)), Short((bottom - top).max(0.0)));
        line!(
            self.text,
            "<rect x=\"{}\" y=\"{}\" width=\"{width}\" height=\"{height}\" fill=\"{colour}\"/>",
            Short(left),
            Short(top)
        );
    }

    /// Lines from point to point; nothing for fewer than two points.
    pub fn lines(&mut self, pieces: &[Vec<Place>], stroke: Stroke) {
        let mut path = String::new();
        for piece in pieces.iter().filter(|piece| piece.len() > 1) {
            for (place, [x, y]) in piece.iter().enumerate() {
                part!(path, "{}{} {}", if place == 0 { 'M' } else { 'L' }, Short(*x), Short(*y));
            }
        }
        if path.is_empty() {
            return;
        }
        let Stroke { colour, width, dashes } = stroke;
        let dashes = if dashes.is_empty() { String::new() } else { format!(" stroke-dasharray=\"{dashes}\"") };
        line!(
            self.text,
            "<path d=\"{path}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"{}\"{dashes}/>",
            Short(width)
        );
    }

    /// One straight line.
    pub fn line(&mut self, from: [f64; 2], to: [f64; 2], stroke: Stroke) {
        self.lines(&[vec![from, to]], stroke);
    }

    /// A text whose base line is at `y`.
    pub fn text(&mut self, [x, y]: [f64; 2], text: impl Display, letters: Letters) {
        let anchor = match letters.anchor {
            Anchor::Start => "",
            Anchor::Middle => " text-anchor=\"middle\"",
            Anchor::End => " text-anchor=\"end\"",
        };
        let weight = if letters.bold { " font-weight=\"600\"" } else { "" };
        let rim = if letters.rim { " stroke=\"#fff\" stroke-width=\"0.7\" paint-order=\"stroke\"" } else { "" };
        let turned = if letters.upright {
            format!(" transform=\"rotate(-90 {} {})\"", Short(x), Short(y))
        } else {
            String::new()
        };
        line!(
            self.text,
            "<text x=\"{}\" y=\"{}\" font-size=\"{}\" fill=\"{}\"{anchor}{weight}{rim}{turned}>{}</text>",
            Short(x),
            Short(y),
            Short(letters.size),
            letters.colour,
            escaped(&text.to_string())
        );
    }

    /// The finished picture.
    pub fn finish(mut self) -> String {
        self.text.push_str("</svg>\n");
        self.text
    }
}

/// A length to the hundredth of a millimetre.
struct Short(f64);

impl Display for Short {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let rounded = (self.0 * 100.0).round() / 100.0;
        // There is no minus zero on paper.
        write!(out, "{}", rounded + 0.0)
    }
}
