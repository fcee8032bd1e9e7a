//! Where text goes: colours only where they are wanted, tables as wide as the terminal, pipes that close.

use comfy_table::Table;
use indicatif::{ProgressBar, ProgressStyle};
use std::io::{self, IsTerminal, Write};
use tumen_journey::style::Style;

use crate::args::Color;

/// Narrower terminals are not fitted.
const NARROWEST: u16 = 60;

/// The style of standard output.
pub fn style_of_stdout(color: Color) -> Style {
    let terminal = io::stdout().is_terminal();
    // https://no-color.org: present and not empty.
    let forbidden = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let color = match color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => terminal && !forbidden,
    };
    // A terminal that does not know its width says 0; below that of a telephone, wrapped cells are harder to read than
    // lines that run on.
    let width = terminal.then(|| Table::new().width()).flatten().filter(|&width| width >= NARROWEST);
    Style { color, width }
}

/// Writes a whole answer to standard output.
///
/// # Errors
/// When it cannot be written; a closed pipe is an error too, which `main` passes over.
pub fn print(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    if !text.ends_with('\n') {
        out.write_all(b"\n")?;
    }
    out.flush()
}

/// Writes JSON to standard output.
///
/// # Errors
/// As [`print`].
pub fn print_json(value: &serde_json::Value) -> io::Result<()> {
    print(&format!("{value:#}"))
}

/// A bar on standard error where that is a terminal.
pub fn progress(items: usize) -> ProgressBar {
    if !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(items as u64);
    match ProgressStyle::with_template("{elapsed} {wide_bar} {pos}/{len} {eta}") {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}
