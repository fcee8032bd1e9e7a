//! Journeys that would be there if nothing were in the way: which, and why not.

use serde_json::{Value, json};
use std::collections::BTreeSet;
use tumen_base::format_duration;
use tumen_border::{Cause, Paper, Rule, RuleId, Says, SuspensionId};
use tumen_routing::Journey;

use crate::crosser::Crosser;
use crate::facts::source_ids;
use crate::itinerary::Itinerary;
use crate::motis;
use crate::present::{View, journey, suspensions, words};
use crate::search::Search;

/// So many journeys are listed under what they have in common; the others are counted.
const LISTED: usize = 8;

/// A journey that is left out.
#[derive(Clone, Debug, PartialEq)]
pub struct Removed {
    /// The journey.
    pub itinerary: Itinerary,
    /// Everything that is in its way.
    pub reasons: Vec<Reason>,
}

/// Why a journey is left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// A stable word: `rule`, `passportTable`, `suspension`, `avoided`, `closed`.
    pub kind: &'static str,
    /// Which: a border_rule_id, a suspension_id, a country's code, a border_post_id.
    pub id: String,
    /// The sentence.
    pub text: String,
    /// Since when, and until when where that is known; empty where it does not depend on a date.
    pub period: String,
    /// Sources, as written.
    pub sources: String,
}

impl Removed {
    /// A journey with its causes.
    pub fn of(view: &View<'_>, search: &Search, journey: &Journey, causes: &BTreeSet<Cause>) -> Self {
        let bars = causes.iter().filter(|cause| !cause.is_doubt());
        let mut reasons: Vec<Reason> = bars.map(|cause| reason(view, *cause)).collect();
        reasons.dedup();
        Self { itinerary: view.itinerary(journey, search), reasons }
    }

    fn json(&self, view: &View<'_>) -> Value {
        let (from, to) = self.itinerary.ends;
        let reasons: Vec<Value> = self.reasons.iter().map(Reason::json).collect();
        json!({
            "departure": motis::rfc3339(&view.local(self.itinerary.departure, from)),
            "arrival": motis::rfc3339(&view.local(self.itinerary.arrival, to)),
            "duration": self.itinerary.duration(),
            "transfers": self.itinerary.transfers(),
            "by": journey::by(view, &self.itinerary),
            "reasons": reasons,
        })
    }
}

impl Reason {
    fn json(&self) -> Value {
        let sources = source_ids([self.sources.as_str()]);
        json!({ "kind": self.kind, "id": self.id, "text": self.text, "period": self.period, "sources": sources })
    }

    /// The sentence with rule, period and sources behind it.
    fn line(&self) -> String {
        let id = (self.kind == "rule" || self.kind == "suspension").then(|| self.id.clone());
        let sources = (!self.sources.is_empty()).then(|| format!("sources {}", self.sources.replace(';', ", ")));
        let period = (!self.period.is_empty()).then(|| self.period.clone());
        let behind: Vec<String> = [id, period, sources].into_iter().flatten().collect();
        if behind.is_empty() { self.text.clone() } else { format!("{} ({})", self.text, behind.join("; ")) }
    }
}

/// The cause in words.
fn reason(view: &View<'_>, cause: Cause) -> Reason {
    let of_country = |kind, country: tumen_border::CountryCode, text: String| Reason {
        kind,
        id: country.to_string(),
        text,
        period: String::new(),
        sources: String::new(),
    };
    match cause {
        Cause::Rule(id) => of_rule(view, id),
        Cause::PassportTable(country) => {
            let name = country.name(view.language());
            of_country("passportTable", country, format!("the passport table does not let you into {name} as you are"))
        }
        Cause::Avoided(country) => {
            of_country("avoided", country, format!("it leads into {}, which you avoid", country.name(view.language())))
        }
        Cause::NotKnown => Reason {
            kind: "notKnown",
            id: String::new(),
            text: "it is not known whether you may cross".to_owned(),
            period: String::new(),
            sources: String::new(),
        },
        Cause::Suspension(id) => of_suspension(view, id),
        Cause::Closed(post) => {
            let post = view.world.borders().post(post);
            Reason {
                kind: "closed",
                id: post.id.clone(),
                text: format!("{} is closed at that time", post.name),
                period: post.written_hours.clone(),
                sources: post.sources.clone(),
            }
        }
    }
}

fn of_rule(view: &View<'_>, id: RuleId) -> Reason {
    let rule: &Rule = view.world.border_rules().get(id);
    let traveller = view.crosser().and_then(|crosser: &Crosser| crosser.traveller.as_ref());
    let missing = rule.requires.iter().filter(|paper| traveller.is_none_or(|traveller| !traveller.holds(paper)));
    let name = |paper: &Paper| {
        let option = paper.option().map_or(String::new(), |option| format!(" ({option})"));
        paper.name(view.language()) + &option
    };
    let missing: Vec<String> = missing.map(name).collect();
    let text = match rule.says {
        Says::No => format!("forbidden: {}", rule.words()),
        _ if missing.is_empty() => rule.words(),
        _ => format!("needed and not stated: {}. {}", words::list(&missing), rule.words()),
    };
    Reason { kind: "rule", id: rule.id.clone(), text, period: rule.period(), sources: rule.sources.clone() }
}

fn of_suspension(view: &View<'_>, id: SuspensionId) -> Reason {
    let suspension = view.world.suspensions().get(id);
    let affected = view.world.affected_name(&suspension.affected);
    Reason {
        kind: "suspension",
        id: suspension.id.clone(),
        text: format!("{affected} is suspended: {}", suspension.reason),
        period: suspensions::period(&suspension.period),
        sources: suspension.sources.clone(),
    }
}

/// What was left out, under the reasons that journeys share; empty where nothing was.
pub fn text(view: &View<'_>, removed: &[Removed]) -> String {
    if removed.is_empty() {
        return String::new();
    }
    let mut groups: Vec<(&[Reason], Vec<&Itinerary>)> = Vec::new();
    for journey in removed {
        match groups.iter_mut().find(|(reasons, _)| *reasons == journey.reasons) {
            Some((_, journeys)) => journeys.push(&journey.itinerary),
            None => groups.push((&journey.reasons, vec![&journey.itinerary])),
        }
    }
    let mut text = format!("\n{}\n", view.style.warn("Left out, and why"));
    for (reasons, journeys) in groups {
        for reason in reasons {
            line!(text, "  - {}", reason.line());
        }
        for itinerary in journeys.iter().take(LISTED) {
            line!(
                text,
                "      {} → {}, {}, by {}",
                words::moment(&view.local(itinerary.departure, itinerary.ends.0)),
                words::moment(&view.local(itinerary.arrival, itinerary.ends.1)),
                format_duration(itinerary.duration()),
                journey::by(view, itinerary),
            );
        }
        if journeys.len() > LISTED {
            line!(text, "      and {} more", journeys.len() - LISTED);
        }
    }
    text
}

/// What was left out, journey by journey.
pub fn json(view: &View<'_>, removed: &[Removed]) -> Vec<Value> {
    removed.iter().map(|removed| removed.json(view)).collect()
}
