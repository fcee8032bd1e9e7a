//! Text on its way into HTML.

/// A text of a feed: no character of it is markup, and its direction does not reach beyond it.
pub fn name(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            control if control.is_control() => safe.push(' '),
            other => safe.push(other),
        }
    }
    safe
}

/// A text of a feed within a line of other text.
pub fn isolated(text: &str) -> String {
    format!("<bdi>{}</bdi>", name(text))
}

/// A time of the service day: `16:52`, `04:10 +1` on the next day, `23:50 −1` on the one before.
pub fn clock(seconds: i32) -> String {
    let (day, within) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    let clock = match within % 60 {
        0 => format!("{:02}:{:02}", within / 3600, within / 60 % 60),
        rest => format!("{:02}:{:02}:{rest:02}", within / 3600, within / 60 % 60),
    };
    match day {
        0 => clock,
        1.. => format!("{clock} +{day}"),
        _ => format!("{clock} −{}", -day),
    }
}

/// A number with its sign: `+4`, `−1.5`, `0`.
pub fn signed(weight: f64) -> String {
    if weight > 0.0 { format!("+{weight}") } else { weight.to_string().replace('-', "−") }
}

/// A table with a caption and headings, in a frame that scrolls where the page is too narrow.
pub struct Table<'a> {
    /// What it is about.
    pub caption: &'a str,
    /// Its columns.
    pub headings: &'a [&'a str],
    /// Its rows as markup; the first cell of each is its heading.
    pub rows: Vec<Vec<String>>,
}

impl Table<'_> {
    /// The table as markup.
    pub fn html(&self) -> String {
        let mut html = format!(
            "<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"{0}\"><table><caption>{0}</caption><thead><tr>",
            name(self.caption)
        );
        for heading in self.headings {
            part!(html, "<th scope=\"col\">{}</th>", name(heading));
        }
        html.push_str("</tr></thead><tbody>\n");
        for row in &self.rows {
            html.push_str("<tr>");
            for (column, cell) in row.iter().enumerate() {
                if column == 0 {
                    part!(html, "<th scope=\"row\">{cell}</th>");
                } else {
                    part!(html, "<td>{cell}</td>");
                }
            }
            html.push_str("</tr>\n");
        }
        html.push_str("</tbody></table></div>\n");
        html
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_is_markup() {
        assert_eq!(name("<b>\"A&B\"</b>'\u{7}"), "&lt;b&gt;&quot;A&amp;B&quot;&lt;/b&gt;&#39; ");
    }

    #[test]
    fn clocks_tell_the_days_beyond_their_service_day() {
        let clocks = [0, 60_720, 60_725, 101_400, -600].map(clock);
        assert_eq!(clocks, ["00:00", "16:52", "16:52:05", "04:10 +1", "23:50 −1"]);
    }

    #[test]
    fn weights_carry_their_sign() {
        assert_eq!([4.0, 0.5, 0.0, -1.5].map(signed), ["+4", "+0.5", "0", "−1.5"]);
    }
}
