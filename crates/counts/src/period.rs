//! Periods as they are published: `2024-06 to 2024-12-16`, `2025 H1`, `before 2020`, `2024 / 2025`.

use tumen_base::{Date, DateSpan};

/// Days that a figure is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// The first; unknown where absent.
    pub first: Option<Date>,
    /// The last; unknown where absent.
    pub last: Option<Date>,
}

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

impl Span {
    /// Reads a period; several where the text gives several, none where it says it in words.
    pub fn parse(text: &str) -> Vec<Self> {
        if let Some(one) = span(text.trim()) {
            return vec![one];
        }
        let parts: Option<Vec<Self>> = text.split('/').map(|part| span(part.trim())).collect();
        parts.unwrap_or_default()
    }

    /// Whether some day is in both.
    pub fn overlaps(&self, other: &Self) -> bool {
        let before = |one: &Self, next: &Self| one.last.zip(next.first).is_some_and(|(last, first)| last < first);
        !before(self, other) && !before(other, self)
    }
}

fn span(text: &str) -> Option<Span> {
    let whole = |span: DateSpan| Span { first: Some(span.first), last: Some(span.last) };
    if let Some(rest) = text.strip_prefix("before ") {
        return Some(Span { first: None, last: Some(dated(rest)?.first.plus(-1)) });
    }
    if let Some(rest) = text.strip_prefix("from ") {
        return Some(Span { first: Some(dated(rest)?.first), last: None });
    }
    if let Some((from, to)) = text.split_once(" to ").or_else(|| text.split_once("..")) {
        return joined(dated(from)?, dated(to)?).map(whole);
    }
    dated(text).or_else(|| half(text)).or_else(|| days(text)).or_else(|| years(text)).map(whole)
}

/// `2024`, `2024-06`, `2024-06-06`, `Sep 2024`.
fn dated(text: &str) -> Option<DateSpan> {
    let text = text.trim();
    if let Some((name, year)) = text.split_once(' ') {
        let key = name.get(..3)?.to_ascii_lowercase();
        let month = MONTHS.iter().position(|month| *month == key)?;
        return DateSpan::parse(&format!("{year}-{:02}", month + 1)).ok();
    }
    DateSpan::parse(text).ok()
}

/// `2025 H1`.
fn half(text: &str) -> Option<DateSpan> {
    let (year, half) = text.split_once(' ')?;
    let (from, to) = match half {
        "H1" => ("01", "06"),
        "H2" => ("07", "12"),
        _ => return None,
    };
    joined(dated(&format!("{year}-{from}"))?, dated(&format!("{year}-{to}"))?)
}

/// `2025-06-17/25`: days of one month.
fn days(text: &str) -> Option<DateSpan> {
    let (from, day) = text.split_once('/')?;
    let month = from.get(..7)?;
    (day.len() == 2).then(|| joined(dated(from)?, dated(&format!("{month}-{day}"))?))?
}

/// `2008-2013`, `2024-25`.
fn years(text: &str) -> Option<DateSpan> {
    let (from, to) = text.split_once(['-', '–'])?;
    let to = if to.len() == 2 { format!("{}{to}", from.get(..2)?) } else { to.to_owned() };
    (from.len() == 4 && to.len() == 4).then(|| joined(dated(from)?, dated(&to)?))?
}

fn joined(from: DateSpan, to: DateSpan) -> Option<DateSpan> {
    (from.first <= to.last).then_some(DateSpan { first: from.first, last: to.last })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> String {
        let day = |day: Option<Date>| day.map_or_else(|| "?".to_owned(), |day| day.to_string());
        let one = |span: &Span| format!("{}..{}", day(span.first), day(span.last));
        Span::parse(text).iter().map(one).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn published_periods_are_days() {
        for (text, days) in [
            ("2024", "2024-01-01..2024-12-31"),
            ("2014-03", "2014-03-01..2014-03-31"),
            ("2024-12-16", "2024-12-16..2024-12-16"),
            ("2024-06 to 2024-12-16", "2024-06-01..2024-12-16"),
            ("2025 H1", "2025-01-01..2025-06-30"),
            ("2025-06-17/25", "2025-06-17..2025-06-25"),
            ("2008-2013", "2008-01-01..2013-12-31"),
            ("2024-25", "2024-01-01..2025-12-31"),
            ("before 2020", "?..2019-12-31"),
            ("from 2025-06-17", "2025-06-17..?"),
            ("2024 / 2025", "2024-01-01..2024-12-31 2025-01-01..2025-12-31"),
            ("Sep 2024 / Jan 2025 / Jul 2025", "2024-09-01..2024-09-30 2025-01-01..2025-01-31 2025-07-01..2025-07-31"),
        ] {
            assert_eq!(told(text), days, "{text}");
        }
    }

    #[test]
    fn words_are_no_days() {
        for text in
            ["", "after China visa waiver 2025", "soon", "2025 H3", "2025-13", "2025-06-17/45", "2013-2008", "Ж 2024"]
        {
            assert_eq!(told(text), "", "{text}");
        }
    }
}
