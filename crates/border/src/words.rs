//! Verdicts and rules in words for a traveller.

use tumen_base::{Date, DateSpan};

use crate::passport_table::Entry;
use crate::rules::{Force, Rule, Rules, Says};
use crate::traveller::{Purpose, Traveller};
use crate::verdict::{Grade, Verdict};

/// Who is told. Passport and purpose are said to the traveller alone: what may be kept or passed on leaves them out.
#[derive(Clone, Copy)]
pub enum Listener<'a> {
    /// The traveller, on the spot.
    Traveller(&'a Traveller),
    /// Whoever reads a file.
    Anyone,
}

impl Verdict {
    /// The verdict in a sentence, without the words of its rules.
    pub fn sentence(&self, rules: &Rules, listener: Listener<'_>, language: &str) -> String {
        let text = match self.grade {
            Grade::Allowed => self.allowed(language),
            Grade::NotKnown => self.not_known(rules, listener),
            Grade::Missing => {
                let missing = self.needs.iter().filter(|need| !need.held).map(|need| need.paper.name(language));
                format!("needed and not stated: {}", joined(&missing.collect::<Vec<_>>()))
            }
            Grade::Forbidden if self.table == Some(Entry::NoAdmission) => {
                "forbidden: the passport table says no admission".to_owned()
            }
            Grade::Forbidden => "forbidden".to_owned(),
        };
        let perhaps = |ground: &&crate::Ground| ground.force == Force::Perhaps;
        match self.grounds.iter().find(perhaps) {
            Some(_) if self.grade.bars() => format!(
                "{text}; on {} the exact day is not known and the rule is taken to hold",
                words_of_day(self.day)
            ),
            _ => text,
        }
    }

    fn allowed(&self, language: &str) -> String {
        let mut text = "allowed".to_owned();
        let held: Vec<String> = self.needs.iter().map(|need| need.paper.name(language)).collect();
        if !held.is_empty() {
            text.push_str(" with ");
            text.push_str(&joined(&held));
        }
        match self.table {
            Some(entry) => format!("{text} (the passport table: {})", entry.words()),
            None => text,
        }
    }

    fn not_known(&self, rules: &Rules, listener: Listener<'_>) -> String {
        let day = self.day;
        let is_about_pay = |ground: &crate::Ground| rules.get(ground.rule).purposes == [Purpose::Work];
        let purpose = match listener {
            Listener::Traveller(traveller) => traveller.purpose,
            Listener::Anyone => None,
        };
        if purpose == Some(Purpose::Work) || self.grounds.iter().any(is_about_pay) {
            return "unknown: a person decides, not a timetable".to_owned();
        }
        if self.grounds.iter().any(|ground| rules.get(ground.rule).says == Says::Yes) {
            return format!("unknown: the days of the rule are not known exactly, {day} may be one of them");
        }
        if !self.grounds.is_empty() {
            return format!("unknown: what is reported does not say who else may cross on {day}");
        }
        let to = self.to.map_or_else(|| "a country that is not known".to_owned(), |to| to.to_string());
        match listener {
            Listener::Traveller(_) => {
                let purpose = purpose.map_or("any purpose", Purpose::word);
                format!("unknown: no rule found for passport {} entering {to} for {purpose} on {day}", self.passport)
            }
            Listener::Anyone => format!("unknown: no rule found for this traveller entering {to} on {day}"),
        }
    }
}

impl Rule {
    /// Whom it is about and what it says.
    pub fn words(&self) -> String {
        if self.applies_to.is_empty() { self.text.clone() } else { format!("{}: {}", self.applies_to, self.text) }
    }

    /// When it holds: `since February 2020, day not known, until 5 June 2024`.
    pub fn period(&self) -> String {
        let bound = |span: Option<DateSpan>, text: &str| match span {
            Some(span) => Some(words_of_span(span)),
            None => (!text.is_empty()).then(|| text.to_owned()),
        };
        match (bound(self.from, &self.from_text), bound(self.to, &self.to_text)) {
            (Some(from), Some(to)) => format!("since {from}, until {to}"),
            (Some(from), None) => format!("since {from}"),
            (None, Some(to)) => format!("until {to}"),
            (None, None) => "since when is not known".to_owned(),
        }
    }
}

/// `5 June 2024`.
pub fn words_of_day(day: Date) -> String {
    day.civil().strftime("%-d %B %Y").to_string()
}

/// `5 June 2024`, `February 2020, day not known`, `2024, day not known`, `a day from 15 September 2025 to 25 September 2025`.
pub fn words_of_span(span: DateSpan) -> String {
    let (first, last) = (span.first.civil(), span.last.civil());
    if span.is_day() {
        words_of_day(span.first)
    } else if first.day() == 1 && last == first.last_of_month() {
        format!("{}, day not known", first.strftime("%B %Y"))
    } else if first == first.first_of_year() && last == first.last_of_year() {
        format!("{}, day not known", first.year())
    } else {
        format!("a day from {} to {}", words_of_day(span.first), words_of_day(span.last))
    }
}

/// `one`, `one and two`, `one, two and three`.
fn joined(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}
