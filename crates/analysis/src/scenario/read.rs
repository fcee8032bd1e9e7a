//! Scenario files: TOML, every mistake with its line, its key and what was expected.

use super::{Addition, Departure, Edit, Retiming, RunDays, Scenario, ScenarioError, Stretch, Subject, Written};
use crate::closure::Days;
use toml::Spanned;
use toml::de::{DeTable, DeValue};
use tumen_base::{Date, ServiceTime};

const KINDS: [&str; 5] = ["post", "route", "agency", "trip", "carriage"];
const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const EDITS: &str = "suspend, restore, add, remove, retime, open or close";

impl Scenario {
    /// Reads a scenario file. Edits are made in the order of the file.
    ///
    /// # Errors
    /// At the first thing that is not understood.
    pub fn parse(text: &str) -> Result<Self, ScenarioError> {
        let line_at = |at: usize| text.get(..at).map_or(1, |before| before.matches('\n').count() + 1);
        let table = DeTable::parse(text).map_err(|error| ScenarioError {
            line: error.span().map_or(0, |span| line_at(span.start)),
            key: "TOML".to_owned(),
            message: error.message().to_owned(),
        })?;
        let mut scenario = Self::default();
        for (key, value) in table.get_ref() {
            let name = key.get_ref().as_ref();
            let wrong = |message: &str| ScenarioError {
                line: line_at(key.span().start),
                key: name.to_owned(),
                message: message.to_owned(),
            };
            if name == "name" {
                value.get_ref().as_str().ok_or_else(|| wrong("expected a text"))?.clone_into(&mut scenario.name);
                continue;
            }
            let Some(kind) = Kind::of(name) else { return Err(wrong(&format!("expected name, {EDITS}"))) };
            let rows = value.get_ref().as_array().ok_or_else(|| wrong(&format!("expected [[{name}]] and its keys")))?;
            for row in rows {
                let line = line_at(row.span().start);
                let table =
                    row.get_ref().as_table().ok_or_else(|| wrong(&format!("expected [[{name}]] and its keys")))?;
                let section = Section { name: kind.word(), line, table, line_at: &line_at };
                let edit = kind.edit(&section)?;
                scenario.edits.push(Written { line, key: kind.word(), edit });
            }
        }
        scenario.edits.sort_by_key(|written| written.line);
        Ok(scenario)
    }
}

/// The kinds of edits.
#[derive(Clone, Copy)]
enum Kind {
    Suspend,
    Remove,
    Close,
    Restore,
    Open,
    Retime,
    Add,
}

impl Kind {
    const ALL: [Self; 7] =
        [Self::Suspend, Self::Remove, Self::Close, Self::Restore, Self::Open, Self::Retime, Self::Add];

    fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }

    const fn word(self) -> &'static str {
        match self {
            Self::Suspend => "suspend",
            Self::Remove => "remove",
            Self::Close => "close",
            Self::Restore => "restore",
            Self::Open => "open",
            Self::Retime => "retime",
            Self::Add => "add",
        }
    }

    fn edit(self, section: &Section<'_, '_>) -> Result<Edit, ScenarioError> {
        let services = ["route", "agency", "trip", "carriage"];
        match self {
            Self::Suspend => {
                section.only(&["route", "agency", "trip", "carriage", "post", "from", "until"])?;
                Ok(Edit::Close { subject: section.subject(&KINDS)?, days: section.days()? })
            }
            Self::Remove => {
                section.only(&services)?;
                Ok(Edit::Close { subject: section.subject(&services)?, days: Days::ALWAYS })
            }
            Self::Close => {
                section.only(&["post", "from", "until"])?;
                Ok(Edit::Close { subject: section.subject(&["post"])?, days: section.days()? })
            }
            Self::Open => {
                section.only(&["post", "from", "until"])?;
                Ok(Edit::Open { subject: section.subject(&["post"])?, days: section.days()?, run: None })
            }
            Self::Restore => {
                section.only(&["route", "agency", "trip", "carriage", "from", "until", "days", "dates"])?;
                Ok(Edit::Open { subject: section.subject(&services)?, days: section.days()?, run: section.run_days()? })
            }
            Self::Retime => {
                section.only(&["route", "trip", "later", "earlier", "from_stop"])?;
                let seconds = match (section.duration("later")?, section.duration("earlier")?) {
                    (Some(seconds), None) => seconds,
                    (None, Some(seconds)) => -seconds,
                    _ => {
                        return Err(
                            section.wrong("later", "expected either later or earlier, such as later = \"01:30\"")
                        );
                    }
                };
                let from_stop = section.text("from_stop")?;
                Ok(Edit::Retime(Retiming { subject: section.subject(&["route", "trip"])?, seconds, from_stop }))
            }
            Self::Add => section.addition(),
        }
    }
}

/// One `[[kind]]` of the file.
struct Section<'s, 'i> {
    name: &'static str,
    line: usize,
    table: &'s DeTable<'i>,
    line_at: &'s dyn Fn(usize) -> usize,
}

impl Section<'_, '_> {
    fn get(&self, key: &str) -> Option<&Spanned<DeValue<'_>>> {
        self.table.iter().find(|(name, _)| name.get_ref().as_ref() == key).map(|(_, value)| value)
    }

    fn wrong(&self, key: &str, message: impl Into<String>) -> ScenarioError {
        let line = self.get(key).map_or(self.line, |value| (self.line_at)(value.span().start));
        ScenarioError { line, key: format!("{}.{key}", self.name), message: message.into() }
    }

    /// Refuses keys that mean nothing here.
    fn only(&self, keys: &[&str]) -> Result<(), ScenarioError> {
        let stray = self.table.keys().map(|key| key.get_ref().as_ref()).find(|key| !keys.contains(key));
        stray.map_or(Ok(()), |key| Err(self.wrong(key, format!("unknown key; expected {}", keys.join(", ")))))
    }

    fn text(&self, key: &str) -> Result<Option<String>, ScenarioError> {
        let Some(value) = self.get(key) else { return Ok(None) };
        match value.get_ref().as_str() {
            Some(text) if !text.trim().is_empty() => Ok(Some(text.trim().to_owned())),
            _ => Err(self.wrong(key, "expected a text in quotation marks")),
        }
    }

    fn subject(&self, kinds: &[&str]) -> Result<Subject, ScenarioError> {
        let mut found = None;
        for kind in kinds {
            let Some(id) = self.text(kind)? else { continue };
            if found.is_some() {
                return Err(self.wrong(
                    kind,
                    format!("expected one of {} only; write a [[{}]] for each", kinds.join(", "), self.name),
                ));
            }
            found = Subject::of(kind, &id);
        }
        found.ok_or_else(|| self.wrong(kinds[0], format!("expected one of {}", kinds.join(", "))))
    }

    fn date(&self, key: &str) -> Result<Option<Date>, ScenarioError> {
        let Some(value) = self.get(key) else { return Ok(None) };
        date(value.get_ref()).map(Some).ok_or_else(|| self.wrong(key, "expected a date such as 2026-12-31"))
    }

    fn days(&self) -> Result<Days, ScenarioError> {
        let days = Days::between(self.date("from")?, self.date("until")?);
        if days.first > days.last {
            return Err(self.wrong("until", "it is before `from`"));
        }
        Ok(days)
    }

    /// Weekdays with `from` and `until`, or single dates.
    fn run_days(&self) -> Result<Option<RunDays>, ScenarioError> {
        let list = |key: &str| match self.get(key).map(|value| value.get_ref().as_array()) {
            None => Ok(None),
            Some(Some(list)) if !list.is_empty() => Ok(Some(list)),
            Some(_) => Err(self.wrong(key, "expected a list in square brackets")),
        };
        match (list("days")?, list("dates")?) {
            (None, None) => Ok(None),
            (Some(_), Some(_)) => Err(self.wrong("dates", "expected days or dates, not both")),
            (None, Some(dates)) => {
                let dates: Option<Vec<Date>> = dates.iter().map(|value| date(value.get_ref())).collect();
                let dates = dates.ok_or_else(|| self.wrong("dates", "expected dates such as [2026-12-31]"))?;
                Ok(Some(RunDays::Dates(dates)))
            }
            (Some(days), None) => {
                let number = |value: &Spanned<DeValue<'_>>| {
                    let word = value.get_ref().as_str()?;
                    WEEKDAYS.iter().position(|weekday| word.eq_ignore_ascii_case(weekday))
                };
                let mut weekdays = 0;
                for value in days {
                    match (value.get_ref().as_str(), number(value)) {
                        (Some("daily"), _) => weekdays = 0x7f,
                        (_, Some(weekday)) => weekdays |= 1 << weekday,
                        _ => return Err(self.wrong("days", format!("expected {} or daily", WEEKDAYS.join(", ")))),
                    }
                }
                let (Some(first), Some(last)) = (self.date("from")?, self.date("until")?) else {
                    return Err(self.wrong("days", "expected `from` and `until` beside it"));
                };
                Ok(Some(RunDays::Weekly { weekdays, first, last }))
            }
        }
    }

    /// `01:30`, `00:05:30`.
    fn duration(&self, key: &str) -> Result<Option<i32>, ScenarioError> {
        let Some(text) = self.text(key)? else { return Ok(None) };
        clock(&text).map(Some).ok_or_else(|| self.wrong(key, "expected hours and minutes such as \"01:30\""))
    }

    fn addition(&self) -> Result<Edit, ScenarioError> {
        self.only(&["id", "route", "like", "departure", "calls", "from", "until", "days", "dates"])?;
        let id = self.text("id")?.ok_or_else(|| self.wrong("id", "expected a new trip_id"))?;
        self.days()?;
        let days = self.run_days()?;
        let days = days.ok_or_else(|| self.wrong("days", "expected days (with from and until) or dates"))?;
        let stretch = match (self.text("like")?, self.get("calls")) {
            (Some(trip), None) => Stretch::Like { trip, departure: self.duration("departure")? },
            (None, Some(calls)) => Stretch::Calls(self.calls(calls.get_ref())?),
            _ => return Err(self.wrong("calls", "expected either `like` and a trip_id, or `calls`")),
        };
        Ok(Edit::Add(Addition { id, route: self.text("route")?, stretch, days, source: None }))
    }

    /// `"STOP 10:00"`, `"STOP 10:00-10:10"`.
    fn calls(&self, value: &DeValue<'_>) -> Result<Vec<Departure>, ScenarioError> {
        let expected = || {
            self.wrong("calls", "expected a list such as [\"ALPHA 10:00\", \"BETA 11:00-11:10\"]: stop_id and times")
        };
        let call = |value: &Spanned<DeValue<'_>>| Departure::parse(value.get_ref().as_str()?);
        let calls: Option<Vec<Departure>> = value.as_array().ok_or_else(expected)?.iter().map(call).collect();
        calls.ok_or_else(expected)
    }
}

/// A TOML date, or one in quotation marks.
fn date(value: &DeValue<'_>) -> Option<Date> {
    match (value.as_datetime(), value.as_str()) {
        (Some(datetime), _) if datetime.time.is_none() => Date::parse_typed(&datetime.date?.to_string()).ok(),
        (None, Some(text)) => Date::parse_typed(text).ok(),
        _ => None,
    }
}

impl Departure {
    /// Reads `ALPHA 10:00`, `ALPHA 10:00-10:10`: stop_id and times of the service day; `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let (stop, times) = text.trim().rsplit_once(' ')?;
        let (arrival, departure) = times.split_once('-').unwrap_or((times, times));
        Some(Self { stop: stop.trim().to_owned(), arrival: clock(arrival)?, departure: clock(departure)? })
    }
}

/// Seconds of a service day: `10:30`, `26:10:05`; `None` for anything else.
pub fn clock(text: &str) -> Option<i32> {
    let seconds = if text.matches(':').count() == 1 { ":00" } else { "" };
    ServiceTime::parse(format!("{text}{seconds}").as_bytes()).ok().map(|time| time.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_are_read_in_the_order_of_the_file() {
        let scenario = Scenario::parse(
            "name = \"What if\"\n[[close]]\npost = \"khasan\"\nfrom = 2026-01-01\n\n[[retime]]\ntrip = \"T1\"\nlater = \"01:30\"\n\n\
             [[close]]\npost = \"B4\"\n\n[[add]]\nid = \"X\"\nroute = \"R\"\ncalls = [\"A 10:00\", \"B C 26:00-26:10\"]\n\
             days = [\"mon\", \"sun\"]\nfrom = 2026-01-01\nuntil = \"2026-01-31\"\n",
        );
        let scenario = scenario.expect("it is right");
        assert_eq!(scenario.name, "What if");
        let days = Days::between(Some(Date::parse_typed("2026-01-01").expect("a date")), None);
        let lines: Vec<(usize, &str)> = scenario.edits.iter().map(|written| (written.line, written.key)).collect();
        assert_eq!(lines, [(2, "close"), (6, "retime"), (10, "close"), (13, "add")]);
        assert_eq!(scenario.edits[0].edit, Edit::Close { subject: Subject::Post("khasan".to_owned()), days });
        let Edit::Add(addition) = &scenario.edits[3].edit else { panic!("an addition") };
        assert_eq!(addition.days.dates().len(), 8);
        let Stretch::Calls(calls) = &addition.stretch else { panic!("calls") };
        assert_eq!((calls[1].stop.as_str(), calls[1].arrival, calls[1].departure), ("B C", 93_600, 94_200));
    }

    #[test]
    fn mistakes_name_line_key_and_what_was_expected() {
        for (text, expected) in [
            ("name = 7", "1: name: expected a text"),
            ("[[stop]]\nroute = \"A\"", "1: stop: expected name, suspend, restore, add, remove, retime, open or close"),
            ("[suspend]\nroute = \"A\"", "1: suspend: expected [[suspend]] and its keys"),
            (
                "\n[[suspend]]\nline = \"A\"",
                "3: suspend.line: unknown key; expected route, agency, trip, carriage, post, from, until",
            ),
            ("[[suspend]]\nfrom = 2026-01-01", "1: suspend.post: expected one of post, route, agency, trip, carriage"),
            (
                "[[suspend]]\nroute = \"A\"\ntrip = \"B\"",
                "3: suspend.trip: expected one of post, route, agency, trip, carriage only; write a [[suspend]] for each",
            ),
            ("[[suspend]]\nroute = \"A\"\nfrom = \"soon\"", "3: suspend.from: expected a date such as 2026-12-31"),
            (
                "[[suspend]]\nroute = \"A\"\nfrom = 2026-02-01\nuntil = 2026-01-01",
                "4: suspend.until: it is before `from`",
            ),
            ("[[close]]\nroute = \"A\"", "2: close.route: unknown key; expected post, from, until"),
            (
                "[[retime]]\ntrip = \"A\"",
                "1: retime.later: expected either later or earlier, such as later = \"01:30\"",
            ),
            (
                "[[retime]]\ntrip = \"A\"\nlater = \"soon\"",
                "3: retime.later: expected hours and minutes such as \"01:30\"",
            ),
            ("[[add]]\nid = \"A\"\nlike = \"B\"", "1: add.days: expected days (with from and until) or dates"),
            ("[[restore]]\nroute = \"A\"\ndays = [\"mon\"]", "3: restore.days: expected `from` and `until` beside it"),
            (
                "[[restore]]\nroute = \"A\"\ndays = [\"someday\"]",
                "3: restore.days: expected mon, tue, wed, thu, fri, sat, sun or daily",
            ),
        ] {
            let error = Scenario::parse(text).expect_err(text);
            assert_eq!(error.to_string(), expected);
        }
        let broken = Scenario::parse("[[suspend]]\nroute = \n").expect_err("no TOML").to_string();
        assert!(broken.starts_with("2: TOML: "), "{broken}");
    }
}
