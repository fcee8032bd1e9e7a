//! Figures as they are published: `over 1,000`, `1.12 to 1.2 million`, `about 4,000 / about 7,000`.

/// What a published figure says of the true one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Range {
    /// It is not less; unknown where absent.
    pub least: Option<f64>,
    /// It is not more; unknown where absent.
    pub most: Option<f64>,
    /// It is rounded: `about`.
    pub about: bool,
}

/// A value of observations.txt.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Figure {
    /// The figures that it holds, in order: several where the row gives several, none where it cannot be read as figures.
    pub ranges: Vec<Range>,
}

impl Range {
    /// Whether both may be true of one quantity. Rounded figures may be a twentieth off.
    pub fn agrees_with(&self, other: &Self) -> bool {
        let low = |range: &Self| range.least.map_or(f64::NEG_INFINITY, |least| range.slack(least, -1.0));
        let high = |range: &Self| range.most.map_or(f64::INFINITY, |most| range.slack(most, 1.0));
        low(self) <= high(other) && low(other) <= high(self)
    }

    fn slack(&self, value: f64, sign: f64) -> f64 {
        if self.about { value + sign * value.abs() / 20.0 } else { value }
    }
}

impl Figure {
    /// Reads a value. Words that are no figure leave it empty: the text stands beside it anyway.
    pub fn parse(text: &str) -> Self {
        let parts = text.split([';', '/']).map(|part| without_remarks(part).trim().to_owned());
        let ranges: Option<Vec<Range>> = parts.map(|part| range(&part)).collect();
        Self { ranges: ranges.unwrap_or_default() }
    }
}

/// What stands outside parentheses.
fn without_remarks(text: &str) -> String {
    let mut depth = 0_u32;
    let outside = |letter: &char| {
        match letter {
            '(' => depth += 1,
            ')' => {
                depth = depth.saturating_sub(1);
                return false;
            }
            _ => {}
        }
        depth == 0
    };
    text.chars().filter(outside).collect()
}

fn range(text: &str) -> Option<Range> {
    let (text, factor) = match text.strip_suffix("million").or_else(|| text.strip_suffix("thousand")) {
        Some(rest) if text.ends_with("million") => (rest.trim_end(), 1e6),
        Some(rest) => (rest.trim_end(), 1e3),
        None => (text, 1.0),
    };
    let words = [
        ("over ", true, false, false),
        ("from ", true, false, false),
        ("at least ", true, false, false),
        ("up to ", false, true, false),
        ("under ", false, true, false),
        ("about ", true, true, true),
        ("~", true, true, true),
    ];
    let found =
        words.into_iter().find_map(|(word, low, high, about)| Some((text.strip_prefix(word)?, low, high, about)));
    let (text, low, high, about) = found.unwrap_or((text, true, true, false));
    let (least, most) = match text.split_once(" to ").or_else(|| dashed(text)) {
        Some((least, most)) => (number(least)?, number(most)?),
        None => (number(text)?, number(text)?),
    };
    let bound = |wanted: bool, value: f64| wanted.then_some(value * factor);
    (least <= most).then_some(Range { least: bound(low, least), most: bound(high, most), about })
}

/// `7-8` and `7–8`, but not `-8`.
fn dashed(text: &str) -> Option<(&str, &str)> {
    text.split_once(['-', '–']).filter(|(least, _)| !least.is_empty())
}

/// `1,200`, `10267`, `1.12`, `+95`; commas only between groups of three.
fn number(text: &str) -> Option<f64> {
    let text = text.trim();
    let digits = text.strip_prefix('+').unwrap_or(text);
    let whole = digits.split('.').next().unwrap_or_default();
    let mut groups = whole.split(',');
    let first = groups.next()?;
    let grouped = whole.contains(',');
    let right = groups.all(|group| group.len() == 3) && (!grouped || (1..=3).contains(&first.len()));
    let plain = digits.starts_with(|letter: char| letter.is_ascii_digit())
        && digits.chars().all(|letter| letter.is_ascii_digit() || letter == ',' || letter == '.');
    if !right || !plain {
        return None;
    }
    digits.replace(',', "").parse().ok().filter(|value: &f64| value.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> String {
        let one = |range: &Range| {
            let bound = |bound: Option<f64>| bound.map_or_else(|| "?".to_owned(), |value| value.to_string());
            format!("{}{}..{}", if range.about { "~" } else { "" }, bound(range.least), bound(range.most))
        };
        Figure::parse(text).ranges.iter().map(one).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn published_figures_are_ranges() {
        for (text, ranges) in [
            ("1200", "1200..1200"),
            ("over 1,000", "1000..?"),
            ("about 4,000 / about 7,000", "~4000..4000 ~7000..7000"),
            ("1.12 to 1.2 million", "1120000..1200000"),
            ("5 (terminal); 7-8 (line)", "5..5 7..8"),
            ("2 / 5 / 3", "2..2 5..5 3..3"),
            ("from 29,953", "29953..?"),
            ("+95", "95..95"),
            ("10.6", "10.6..10.6"),
            ("about 10300", "~10300..10300"),
        ] {
            assert_eq!(told(text), ranges, "{text}");
        }
    }

    #[test]
    fn words_are_no_figures() {
        for text in [
            "",
            "at ticket offices only, from 60 days before",
            "day 7, late evening",
            "1,20",
            "8 to 7",
            "-8",
            "1.2.3",
            "(",
            "/",
        ] {
            assert_eq!(told(text), "", "{text}");
        }
    }

    #[test]
    fn rounded_figures_agree_with_what_they_may_be_rounded_from() {
        let one = |text: &str| Figure::parse(text).ranges[0];
        assert!(one("about 1,500").agrees_with(&one("1480")));
        assert!(!one("about 1,500").agrees_with(&one("about 4,000")));
        assert!(one("over 1,000").agrees_with(&one("1200")));
        assert!(!one("over 1,000").agrees_with(&one("300")));
    }
}
