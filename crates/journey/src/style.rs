//! How text for people is decorated: bold, dim, tables as wide as wanted.

use comfy_table::{Attribute, Cell, CellAlignment, ContentArrangement, Table, presets};

/// How text is decorated.
#[derive(Clone, Copy, Debug)]
pub struct Style {
    /// Whether escape sequences are wanted.
    pub color: bool,
    /// Columns of the terminal; `None` where the output is no terminal and lines may be long.
    pub width: Option<u16>,
}

impl Style {
    fn wrap(self, code: &str, text: &str) -> String {
        if self.color && !text.is_empty() { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_owned() }
    }

    /// Headings.
    pub fn bold(self, text: &str) -> String {
        self.wrap("1", text)
    }

    /// What may be skipped.
    pub fn dim(self, text: &str) -> String {
        self.wrap("2", text)
    }

    /// What must not be overlooked.
    pub fn warn(self, text: &str) -> String {
        self.wrap("33", text)
    }

    /// A table without lines: a heading row, columns as wide as they need, indented.
    pub fn table(self, indent: usize, headings: &[Heading<'_>], rows: Vec<Vec<String>>) -> String {
        let mut table = Table::new();
        table.load_preset(presets::NOTHING).set_content_arrangement(match self.width {
            Some(_) => ContentArrangement::Dynamic,
            None => ContentArrangement::Disabled,
        });
        if let Some(width) = self.width {
            table.set_width(width.saturating_sub(indent as u16).max(20));
        }
        if self.color {
            table.enforce_styling();
        } else {
            table.force_no_tty();
        }
        let heading = |heading: &Heading<'_>| Cell::new(heading.text).add_attribute(Attribute::Bold);
        table.set_header(headings.iter().map(heading));
        table.add_rows(rows);
        for (column, heading) in table.column_iter_mut().zip(headings) {
            column.set_padding((0, 2));
            if heading.right {
                column.set_cell_alignment(CellAlignment::Right);
            }
        }
        let indent = " ".repeat(indent);
        let lines = table.lines().map(|line| format!("{indent}{}", line.trim_end()).trim_end().to_owned() + "\n");
        lines.collect()
    }
}

/// The heading of a column.
#[derive(Clone, Copy, Debug)]
pub struct Heading<'a> {
    text: &'a str,
    right: bool,
}

/// A column of words.
pub const fn left(text: &str) -> Heading<'_> {
    Heading { text, right: false }
}

/// A column of numbers.
pub const fn right(text: &str) -> Heading<'_> {
    Heading { text, right: true }
}
