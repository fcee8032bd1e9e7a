//! Whether the traveller may cross the borders of a ride: for the page with passport and purpose, for JSON without.

use serde_json::{Value, json};
use std::collections::BTreeSet;
use tumen_base::Date;
use tumen_border::{Grade, Listener, Rule, RuleId, Verdict};

use super::{View, words};
use crate::borders::{self, Border};
use crate::crosser::Crosser;
use crate::facts::source_ids;
use crate::itinerary::Itinerary;

/// Whether a border may be crossed, with the rules behind it; empty where nobody said who travels.
pub fn lines(view: &View<'_>, border: &Border<'_>) -> String {
    let mut text = String::new();
    let Some((crosser, verdict)) = verdict(view, border) else { return text };
    let sentence = verdict.sentence(view.world.border_rules(), crosser.listener(), view.language());
    let sentence = if verdict.grade == Grade::Allowed { sentence } else { view.style.warn(&sentence) };
    line!(text, "     May you cross? {sentence}");
    for rule in rules(&verdict).into_iter().map(|rule| view.world.border_rules().get(rule)) {
        line!(text, "       - {}", rule_line(rule));
    }
    text
}

/// Whether the rules of a border concern a journey: some are known, or somebody said who travels.
pub fn is_ruled(view: &View<'_>, itinerary: &Itinerary) -> bool {
    let is_asked = view.crosser().is_some_and(|crosser| crosser.traveller.is_some());
    let mut borders = itinerary.legs.iter().flat_map(|leg| borders::of_leg(view.world, leg));
    borders.any(|border| is_asked || !view.world.border_rules().in_force(&border.crossed(view.world)).is_empty())
}

/// What is not known of some journeys, border by border; the same on further days only counted.
pub fn doubts(view: &View<'_>, itineraries: &[Itinerary]) -> Vec<String> {
    let mut doubts: Vec<Doubt> = Vec::new();
    for border in
        itineraries.iter().flat_map(|itinerary| &itinerary.legs).flat_map(|leg| borders::of_leg(view.world, leg))
    {
        let Some((crosser, verdict)) = verdict(view, &border) else { continue };
        if verdict.grade != Grade::NotKnown {
            continue;
        }
        let [from, to] = [border.crossing.from, border.crossing.to].map(|country| country.name(view.language()));
        let ends = format!("{from} → {to}");
        let grounds = rules(&verdict);
        if let Some(doubt) = doubts.iter_mut().find(|doubt| doubt.ends == ends && doubt.grounds == grounds) {
            doubt.days.insert(verdict.day);
            continue;
        }
        let sentence = verdict.sentence(view.world.border_rules(), crosser.listener(), view.language());
        doubts.push(Doubt { ends, grounds, sentence, days: BTreeSet::from([verdict.day]) });
    }
    doubts.iter().map(|doubt| doubt.words(view)).collect()
}

/// What is not known of a border, and on which days it is crossed.
struct Doubt {
    ends: String,
    grounds: Vec<RuleId>,
    sentence: String,
    days: BTreeSet<Date>,
}

impl Doubt {
    fn words(&self, view: &View<'_>) -> String {
        let others = self.days.len() - 1;
        let others =
            if others == 0 { String::new() } else { format!(" (and on {})", words::count(others, "other day")) };
        let mut text = format!("{}: {}{others}", self.ends, self.sentence);
        for rule in &self.grounds {
            part!(text, "\n      - {}", rule_line(view.world.border_rules().get(*rule)));
        }
        text
    }
}

/// The sources of the rules behind the verdicts on a journey's borders, as written.
pub fn sources(view: &View<'_>, itinerary: &Itinerary) -> Vec<String> {
    let borders = itinerary.legs.iter().flat_map(|leg| borders::of_leg(view.world, leg));
    let rules = borders.filter_map(|border| verdict(view, &border)).flat_map(|(_, verdict)| rules(&verdict));
    rules.map(|rule| view.world.border_rules().get(rule).sources.clone()).collect()
}

fn verdict<'w>(view: &View<'w>, border: &Border<'_>) -> Option<(&'w Crosser, Verdict)> {
    let crosser = view.crosser()?;
    Some((crosser, crosser.judge(view.world)?.verdict(&border.crossed(view.world))?))
}

/// The verdict on a border, without passport and purpose: it may be kept in a file. Null where nobody said who travels.
pub fn json(view: &View<'_>, border: &Border<'_>) -> Value {
    let Some((_, verdict)) = verdict(view, border) else { return Value::Null };
    let word = match verdict.grade {
        Grade::Allowed => "allowed",
        Grade::NotKnown => "unknown",
        Grade::Missing => "missing",
        Grade::Forbidden => "forbidden",
    };
    let rule = |id: RuleId| {
        let rule = view.world.border_rules().get(id);
        let sources = source_ids([rule.sources.as_str()]);
        json!({ "id": rule.id, "text": rule.words(), "period": rule.period(), "sources": sources })
    };
    let needs: Vec<Value> = verdict
        .needs
        .iter()
        .map(|need| json!({ "paper": need.paper.to_string(), "text": need.paper.name(view.language()) }))
        .collect();
    json!({
        "verdict": word,
        "date": verdict.day.to_string(),
        "text": verdict.sentence(view.world.border_rules(), Listener::Anyone, view.language()),
        "needs": needs,
        "rules": rules(&verdict).into_iter().map(rule).collect::<Vec<_>>(),
    })
}

/// The rules behind a verdict, each once: those that decided, then those that ask for something.
fn rules(verdict: &Verdict) -> Vec<RuleId> {
    let mut rules: Vec<RuleId> = Vec::new();
    let of_needs = verdict.needs.iter().filter_map(|need| need.rule);
    for rule in verdict.grounds.iter().map(|ground| ground.rule).chain(of_needs) {
        if !rules.contains(&rule) {
            rules.push(rule);
        }
    }
    rules
}

/// `BR5: tourists: only … (since 9 February 2024; medium confidence; sources TOUR2025, RIA0606)`.
pub fn rule_line(rule: &Rule) -> String {
    let mut behind = vec![rule.period()];
    if !["", "high"].contains(&rule.confidence.as_str()) {
        behind.push(format!("{} confidence", rule.confidence));
    }
    if !rule.sources.is_empty() {
        behind.push(format!("sources {}", rule.sources.replace(';', ", ")));
    }
    let id = if rule.id.is_empty() { String::new() } else { format!("{}: ", rule.id) };
    format!("{id}{} ({})", rule.words(), behind.join("; "))
}
