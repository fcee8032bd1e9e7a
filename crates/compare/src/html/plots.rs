//! Bars of how many pairs changed by how much, with the same in a table.

use tumen_analysis::Distribution;

use tumen_html::markup::Table;

/// Height of a row of bars.
const ROW: usize = 24;
/// Width of the drawing, that of its words, and that of its numbers.
const WIDTH: usize = 640;
const WORDS: usize = 170;
const NUMBERS: usize = 70;

/// Bars by name, one or two of them a row.
struct Bars<'b> {
    title: &'b str,
    /// What each bar of a row is; one name means one bar.
    series: &'b [&'b str],
    rows: Vec<(String, Vec<u64>)>,
}

/// By how much the fastest journeys changed; those that did not are told in words.
pub fn seconds(distribution: &Distribution) -> String {
    const MINUTE: i64 = 60;
    const HOUR: i64 = 3600;
    const DAY: i64 = 86_400;
    let classes = [
        ("faster by 1 d or more", i64::MIN, 1 - DAY),
        ("faster by 6 to 24 h", 1 - DAY, 1 - 6 * HOUR),
        ("faster by 1 to 6 h", 1 - 6 * HOUR, 1 - HOUR),
        ("faster by 10 to 60 min", 1 - HOUR, 1 - 10 * MINUTE),
        ("faster by less", 1 - 10 * MINUTE, 0),
        ("slower by less", 1, 10 * MINUTE),
        ("slower by 10 to 60 min", 10 * MINUTE, HOUR),
        ("slower by 1 to 6 h", HOUR, 6 * HOUR),
        ("slower by 6 to 24 h", 6 * HOUR, DAY),
        ("slower by 1 d or more", DAY, i64::MAX),
    ];
    let rows = classes.map(|(name, least, end)| (name.to_owned(), vec![distribution.between(least, end)])).into();
    Bars { title: "Change of the fastest journey, pairs connected in both windows", series: &["Pairs"], rows }.html()
}

/// By how much the number of departures changed.
pub fn departures(distribution: &Distribution) -> String {
    let classes = [
        ("fewer by 100 or more", i64::MIN, -99),
        ("30 to 99 fewer", -99, -29),
        ("10 to 29 fewer", -29, -9),
        ("1 to 9 fewer", -9, 0),
        ("1 to 9 more", 1, 10),
        ("10 to 29 more", 10, 30),
        ("30 to 99 more", 30, 100),
        ("more by 100 or more", 100, i64::MAX),
    ];
    let rows = classes.map(|(name, least, end)| (name.to_owned(), vec![distribution.between(least, end)])).into();
    Bars { title: "Change of the number of departures, the same pairs", series: &["Pairs"], rows }.html()
}

/// How many departures pairs had, before and after.
pub fn before_and_after(before: &Distribution, after: &Distribution) -> String {
    let classes = [
        ("none", 0, 1),
        ("1 to 9", 1, 10),
        ("10 to 29", 10, 30),
        ("30 to 59", 30, 60),
        ("60 to 119", 60, 120),
        ("120 to 239", 120, 240),
        ("240 or more", 240, i64::MAX),
    ];
    let row = |(name, least, end): (&str, i64, i64)| {
        (name.to_owned(), vec![before.between(least, end), after.between(least, end)])
    };
    let rows = classes.map(row).into();
    Bars { title: "Departures of a pair in each window", series: &["Pairs before", "Pairs after"], rows }.html()
}

impl Bars<'_> {
    fn html(&self) -> String {
        let most = self.rows.iter().flat_map(|(_, values)| values).copied().max().unwrap_or(0);
        if most == 0 {
            return format!("<figure><figcaption>{}: none.</figcaption></figure>\n", self.title);
        }
        let (bar, height) = (ROW / self.series.len() - 2, self.rows.len() * (ROW + 4));
        let mut html = format!(
            "<figure><figcaption>{}</figcaption><svg class=\"bars\" role=\"img\" viewBox=\"0 0 {WIDTH} {height}\"><title>{}; the table \
             says the same</title>",
            self.title, self.title
        );
        for (number, (name, values)) in self.rows.iter().enumerate() {
            let top = number * (ROW + 4);
            part!(html, "<text x=\"{}\" y=\"{}\" text-anchor=\"end\">{name}</text>", WORDS - 8, top + 16);
            for (series, &value) in values.iter().enumerate() {
                let length = value as f64 / most as f64 * (WIDTH - WORDS - NUMBERS) as f64;
                let y = top + series * (bar + 2);
                part!(
                    html,
                    "<rect class=\"series{series}\" x=\"{WORDS}\" y=\"{y}\" width=\"{length:.1}\" height=\"{bar}\"/><text class=\"small\" \
                     x=\"{:.1}\" y=\"{}\">{value}</text>",
                    WORDS as f64 + length + 5.0,
                    y + bar / 2 + 4
                );
            }
        }
        html.push_str("</svg>\n");
        if self.series.len() > 1 {
            html.push_str("<p class=\"keys\">");
            for (series, name) in self.series.iter().enumerate() {
                part!(
                    html,
                    "<span class=\"key\"><svg class=\"bars\" width=\"14\" height=\"12\" aria-hidden=\"true\"><rect class=\"series{series}\" \
                     width=\"14\" height=\"12\"/></svg> {name}</span> "
                );
            }
            html.push_str("</p>\n");
        }
        let headings: Vec<&str> = std::iter::once("").chain(self.series.iter().copied()).collect();
        let cells = |(name, values): &(String, Vec<u64>)| {
            std::iter::once(name.clone()).chain(values.iter().map(ToString::to_string)).collect()
        };
        let table = Table { caption: self.title, headings: &headings, rows: self.rows.iter().map(cells).collect() };
        part!(html, "<details><summary>The same as a table</summary>{}</details></figure>\n", table.html());
        html
    }
}
