//! Runs that are added or cancelled without importing anew: a small file beside the timetable.
//!
//! An added run is compiled into the timetable in memory. A cancelled one is a suspension of its trip on its service day, which costs
//! nothing. docs/operate.md says how the file is kept.

mod apply;
mod file;
mod json;

pub use apply::{Marks, refused};
pub use file::{beside, read, replace};
pub use json::json;

use std::fmt;
use tumen_analysis::{Departure, clock};
use tumen_base::Date;
use tumen_feed::{Table, TableRow};

/// The columns of the file, in their order.
pub const COLUMNS: [&str; 9] =
    ["run_id", "action", "date", "trip_id", "departure", "route_id", "calls", "source", "note"];
/// More rows are refused: what changes so much is a feed.
pub const MOST_ROWS: usize = 10_000;

/// Rows of added and cancelled runs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Overlay {
    /// The file that they are from; empty where there is none.
    pub name: String,
    /// The rows, in order.
    pub rows: Vec<Row>,
}

/// A run that is added or cancelled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Line of the file; 0 for one that is not written yet.
    pub line: u64,
    /// run_id: unique in the file, and the trip_id of an added run.
    pub id: String,
    /// The service day.
    pub date: Date,
    /// What is done.
    pub action: Action,
    /// Who says so.
    pub source: String,
    /// Anything else that is known.
    pub note: String,
}

/// What is done to a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// It does not run.
    Cancel {
        /// The trip_id; `feed:id` where feeds share it.
        trip: String,
    },
    /// A run like that of another trip.
    Like {
        /// The other trip_id.
        trip: String,
        /// First departure, seconds of the service day; the other trip's own where absent.
        departure: Option<i32>,
    },
    /// A run of a route with calls of its own.
    Calls {
        /// The route_id.
        route: String,
        /// Where it calls, and when.
        calls: Vec<Departure>,
    },
}

/// What is wrong with a row, as complaints about feeds are told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Complaint {
    /// The file.
    pub file: String,
    /// The line; 0 for a row that is not written yet.
    pub line: u64,
    /// The column.
    pub column: &'static str,
    /// What is wrong and what was expected.
    pub message: String,
}

impl fmt::Display for Complaint {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}:{}:{} {}", self.file, self.line, self.column, self.message)
    }
}

impl Overlay {
    /// Reads a file.
    ///
    /// # Errors
    /// With everything that is wrong: file, line, column, what was expected.
    pub fn parse(name: &str, text: &[u8]) -> Result<Self, Vec<Complaint>> {
        let wrong = |line, column, message: String| Complaint { file: name.to_owned(), line, column, message };
        if std::str::from_utf8(text).is_err() {
            return Err(vec![wrong(1, "run_id", "expected UTF-8".to_owned())]);
        }
        let table = Table::parse(text);
        let mut complaints: Vec<Complaint> = Vec::new();
        if let Some(unknown) = table.columns.iter().find(|column| !COLUMNS.contains(&column.as_str())) {
            complaints.push(wrong(1, "run_id", format!("unknown column `{unknown}`; expected {}", COLUMNS.join(", "))));
        }
        for column in ["run_id", "action", "date", "source"] {
            if table.column(column).is_none() && !table.columns.is_empty() {
                complaints.push(wrong(1, column, "the column is missing".to_owned()));
            }
        }
        if table.rows.len() > MOST_ROWS {
            complaints.push(wrong(MOST_ROWS as u64, "run_id", format!("expected at most {MOST_ROWS} rows")));
        }
        let mut rows: Vec<Row> = Vec::new();
        for values in table.rows.iter().take(MOST_ROWS) {
            let told = |(column, message): (&'static str, String)| wrong(values.line, column, message);
            match row(&table, values) {
                Err(faults) => complaints.extend(faults.into_iter().map(told)),
                Ok(row) if rows.iter().any(|other| other.id == row.id) => {
                    complaints
                        .push(told(("run_id", format!("`{}` stands in an earlier row; expected a new id", row.id))));
                }
                Ok(row) => rows.push(row),
            }
        }
        if complaints.is_empty() { Ok(Self { name: name.to_owned(), rows }) } else { Err(complaints) }
    }

    /// The file's text.
    pub fn text(&self) -> Vec<u8> {
        let rows = self.rows.iter().zip(2..).map(|(row, line)| TableRow { line, values: row.values() }).collect();
        Table { columns: COLUMNS.map(str::to_owned).to_vec(), rows }.to_csv()
    }

    /// The same with one row more; lines are those of the text it makes.
    ///
    /// # Errors
    /// When the row, or what it becomes together with the others, is wrong.
    pub fn with(&self, row: Row) -> Result<Self, Vec<Complaint>> {
        let mut more = self.clone();
        more.rows.push(row);
        Self::parse(&self.name, &more.text())
    }

    /// The same without a row; `None` where there is none with the id.
    pub fn without(&self, id: &str) -> Option<Self> {
        let mut less = self.clone();
        less.rows.retain(|row| row.id != id);
        (less.rows.len() < self.rows.len()).then_some(less)
    }
}

impl Row {
    fn values(&self) -> Vec<String> {
        let (action, trip, departure, route, calls) = match &self.action {
            Action::Cancel { trip } => ("cancel", trip.clone(), String::new(), String::new(), String::new()),
            Action::Like { trip, departure } => {
                ("add", trip.clone(), departure.map(told_clock).unwrap_or_default(), String::new(), String::new())
            }
            Action::Calls { route, calls } => {
                let calls: Vec<String> = calls.iter().map(told_call).collect();
                ("add", String::new(), String::new(), route.clone(), calls.join("; "))
            }
        };
        let [id, source, note] = [&self.id, &self.source, &self.note].map(Clone::clone);
        vec![id, action.to_owned(), self.date.to_string(), trip, departure, route, calls, source, note]
    }
}

/// Seconds of a service day as `10:30:00`.
pub fn told_clock(seconds: i32) -> String {
    format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

/// `ALPHA 10:00:00-10:10:00`.
pub fn told_call(call: &Departure) -> String {
    format!("{} {}-{}", call.stop, told_clock(call.arrival), told_clock(call.departure))
}

/// Longer values are none that a person wrote.
const LONGEST: usize = 2_000;

fn row(table: &Table, values: &TableRow) -> Result<Row, Vec<(&'static str, String)>> {
    let mut faults: Vec<(&'static str, String)> = Vec::new();
    let value = |column: &str| table.value(values, column).to_owned();
    for column in COLUMNS {
        if value(column).len() > LONGEST || value(column).contains(['\n', '\r']) {
            faults.push((column, format!("expected at most {LONGEST} bytes on one line")));
        }
    }
    let mut needed = |column: &'static str, expected: &str| {
        if value(column).is_empty() {
            faults.push((column, format!("it is empty; expected {expected}")));
        }
        value(column)
    };
    let (id, source) = (needed("run_id", "an id of its own"), needed("source", "who says so"));
    let date = Date::parse_typed(&value("date"));
    if let Err(error) = &date {
        faults.push(("date", format!("{error}; expected a service day such as 2026-12-31")));
    }
    let action = action(&value);
    if let Err(fault) = &action {
        faults.push(fault.clone());
    }
    match (date, action) {
        (Ok(date), Ok(action)) if faults.is_empty() => {
            Ok(Row { line: values.line, id, date, action, source, note: value("note") })
        }
        _ => Err(faults),
    }
}

fn action(value: &impl Fn(&str) -> String) -> Result<Action, (&'static str, String)> {
    let [trip, departure, route, calls] = ["trip_id", "departure", "route_id", "calls"].map(value);
    let surplus = |column: &'static str, text: &str, with: &str| {
        if text.is_empty() { Ok(()) } else { Err((column, format!("expected nothing with {with}"))) }
    };
    match value("action").as_str() {
        "cancel" => {
            for (column, text) in [("departure", &departure), ("route_id", &route), ("calls", &calls)] {
                surplus(column, text, "`cancel`")?;
            }
            if trip.is_empty() {
                return Err(("trip_id", "it is empty; expected the trip that is cancelled".to_owned()));
            }
            Ok(Action::Cancel { trip })
        }
        "add" if !trip.is_empty() => {
            for (column, text) in [("route_id", &route), ("calls", &calls)] {
                surplus(column, text, "the trip_id of a trip that the run is like")?;
            }
            let wrong = || ("departure", format!("expected a time such as 10:30, not `{departure}`"));
            let departure = if departure.is_empty() { None } else { Some(clock(&departure).ok_or_else(wrong)?) };
            Ok(Action::Like { trip, departure })
        }
        "add" => {
            surplus("departure", &departure, "calls")?;
            if route.is_empty() {
                return Err((
                    "route_id",
                    "expected a route_id and calls, or the trip_id of a trip that the run is like".to_owned(),
                ));
            }
            let wrong = || ("calls", format!("expected calls such as `ALPHA 10:00; BETA 11:00-11:10`, not `{calls}`"));
            let calls: Option<Vec<Departure>> = calls.split(';').map(Departure::parse).collect();
            Ok(Action::Calls { route, calls: calls.ok_or_else(wrong)? })
        }
        other => Err(("action", format!("expected add or cancel, not `{other}`"))),
    }
}
