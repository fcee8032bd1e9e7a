//! Pages of results.

use anyhow::Context;
use std::fmt::Write;
use std::path::Path;

/// A Markdown table.
pub struct Table {
    text: String,
}

impl Table {
    /// A table with these columns; the first holds names, the others numbers.
    pub fn new(columns: &[&str]) -> Self {
        let rules = ["---"].into_iter().chain(std::iter::repeat_n("---:", columns.len() - 1));
        let rule: Vec<&str> = rules.collect();
        Self { text: format!("| {} |\n|{}|\n", columns.join(" | "), rule.join("|")) }
    }

    /// Adds a row; a cell may hold several cells, divided by ` | `.
    pub fn row(&mut self, cells: &[String]) {
        // Writing to a string does not fail.
        let _ = writeln!(self.text, "| {} |", cells.join(" | "));
    }

    /// The table as text.
    pub fn text(&self) -> &str {
        &self.text
    }
}

/// Writes a page below the workspace's folder and prints it.
///
/// # Errors
/// When the file cannot be written.
pub fn publish(path: &str, page: &str) -> anyhow::Result<()> {
    let full: &Path = &crate::feeds::root().join(path);
    std::fs::write(full, page).with_context(|| full.display().to_string())?;
    println!("{page}\nwritten to {path}");
    Ok(())
}

/// Writes one section of a page below the workspace's folder and prints it; the other sections stay as they are.
///
/// # Errors
/// When the file cannot be written.
pub fn publish_section(path: &str, name: &str, text: &str) -> anyhow::Result<()> {
    let full: &Path = &crate::feeds::root().join(path);
    let page = std::fs::read_to_string(full).unwrap_or_default();
    std::fs::write(full, with_section(&page, name, text)).with_context(|| full.display().to_string())?;
    println!("{text}\nwritten to {path}");
    Ok(())
}

/// A page with a section replaced between its marks, or added at the end.
fn with_section(page: &str, name: &str, text: &str) -> String {
    let (begin, end) = (format!("<!-- {name} -->\n"), format!("<!-- end of {name} -->\n"));
    let section = format!("{begin}{}\n{end}", text.trim_end());
    let marked = page.find(&begin).and_then(|from| Some((from, page[from..].find(&end)? + from + end.len())));
    match marked {
        Some((from, until)) => format!("{}{section}{}", &page[..from], &page[until..]),
        None if page.is_empty() => section,
        None => format!("{}\n\n{section}", page.trim_end()),
    }
}

/// The commit that is measured, marked where files differ from it.
pub fn commit() -> String {
    let git = |arguments: &[&str]| {
        let output =
            std::process::Command::new("git").current_dir(crate::feeds::root()).args(arguments).output().ok()?;
        output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
    };
    let Some(commit) = git(&["rev-parse", "--short=10", "HEAD"]) else { return "unknown".to_owned() };
    let changed = git(&["status", "--porcelain", "--", "crates", "Cargo.lock"]).is_none_or(|files| !files.is_empty());
    if changed { format!("{commit} with changes") } else { commit }
}

/// The machine, in a line.
pub fn machine() -> String {
    let read = |path: &str| std::fs::read_to_string(path).unwrap_or_default();
    let processors = read("/proc/cpuinfo");
    let model = field(&processors, "model name").unwrap_or("unknown processor");
    let memory = read("/proc/meminfo");
    let kib: u64 = field(&memory, "MemTotal").and_then(|text| text.trim_end_matches(" kB").parse().ok()).unwrap_or(0);
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    format!("{model}, {cores} cores, {} GiB", kib >> 20)
}

fn field<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let line = text.lines().find(|line| line.starts_with(name))?;
    line.split_once(':').map(|(_, value)| value.trim())
}

/// Today in UTC, for the head of a page.
#[expect(clippy::disallowed_methods, reason = "results are dated")]
pub fn today() -> String {
    jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date().to_string()
}

/// Bytes for people.
pub fn size(bytes: u64) -> String {
    match bytes {
        0..0x10_0000 => format!("{} KiB", bytes >> 10),
        0x10_0000..0x4000_0000 => format!("{:.1} MiB", bytes as f64 / f64::from(1 << 20)),
        _ => format!("{:.1} GiB", bytes as f64 / f64::from(1 << 30)),
    }
}

/// A number with its thousands divided.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_markdown() {
        let mut table = Table::new(&["feed", "stops", "trips"]);
        table.row(&["a".into(), "1 | 2".into()]);
        assert_eq!(table.text(), "| feed | stops | trips |\n|---|---:|---:|\n| a | 1 | 2 |\n");
    }

    #[test]
    fn a_section_replaces_itself_and_nothing_else() {
        let page = with_section("# Page\n", "one", "1\n");
        let page = with_section(&page, "two", "2");
        assert_eq!(
            with_section(&page, "one", "first\n\n"),
            "# Page\n\n<!-- one -->\nfirst\n<!-- end of one -->\n\n<!-- two -->\n2\n<!-- end of two -->\n"
        );
    }

    #[test]
    fn numbers_are_grouped_by_threes() {
        assert_eq!([0, 999, 1000, 8_652_794].map(grouped), ["0", "999", "1,000", "8,652,794"]);
        assert_eq!([99_999, 1_572_864, 5 << 30].map(size), ["97 KiB", "1.5 MiB", "5.0 GiB"]);
    }
}
