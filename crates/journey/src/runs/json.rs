//! An overlay as JSON and as text.

use super::{Action, Overlay, Row, told_call, told_clock};
use crate::facts;
use crate::present::View;
use serde_json::{Value, json};

impl Row {
    /// The row as JSON.
    pub fn json(&self) -> Value {
        let (action, trip, departure, route, calls) = match &self.action {
            Action::Cancel { trip } => ("cancel", Some(trip), None, None, Vec::new()),
            Action::Like { trip, departure } => ("add", Some(trip), departure.map(told_clock), None, Vec::new()),
            Action::Calls { route, calls } => ("add", None, None, Some(route), calls.iter().map(told_call).collect()),
        };
        json!({
            "id": self.id, "action": action, "date": self.date.to_string(), "trip": trip, "departure": departure,
            "route": route, "calls": calls, "source": self.source, "note": self.note,
        })
    }

    /// What it does, in words.
    pub fn words(&self) -> String {
        let what = match &self.action {
            Action::Cancel { trip } => format!("trip {trip} cancelled"),
            Action::Like { trip, departure: None } => format!("added, like trip {trip}"),
            Action::Like { trip, departure: Some(departure) } => {
                format!("added, like trip {trip}, leaving at {}", told_clock(*departure))
            }
            Action::Calls { route, calls } => {
                let calls: Vec<String> = calls.iter().map(told_call).collect();
                format!("added on route {route}: {}", calls.join("; "))
            }
        };
        let note = if self.note.is_empty() { String::new() } else { format!(" ({})", self.note) };
        format!("{what}{note}, source: {}", self.source)
    }
}

/// Every row, and the services that are known to run on days that nobody has published.
pub fn json(view: &View<'_>, overlay: &Overlay) -> Value {
    let known = facts::known_services(view.world, None, None);
    let known: Vec<Value> = known
        .iter()
        .map(|one| {
            let ends = one.ends.map(|end| end.map(|stop| view.name(stop)));
            json!({ "id": one.id, "name": one.name, "from": ends[0], "to": ends[1], "known": one.known,
                "daysPublished": false, "sources": facts::source_ids([one.sources.as_str()]) })
        })
        .collect();
    json!({ "runs": overlay.rows.iter().map(Row::json).collect::<Vec<_>>(), "knownServices": known })
}
