//! Journeys in the JSON of the MOTIS API, with what it has no words for under `tumen`.

mod itinerary;
mod place;
mod saved;
mod stop_time;

pub use itinerary::{itinerary, itinerary_in};
pub use place::{place, position_of};
pub use saved::{NotSaved, Saved, SavedEnd, SavedLeg};
pub use stop_time::{calls, stop_time};

use jiff::Zoned;
use serde_json::{Map, Value, json};
use tumen_base::{DateSpan, TripId};
use tumen_border::{SuspensionId, words_of_span};
use tumen_routing::{Limit, Run};

use crate::answer::Answered;
use crate::facts::{source_ids, source_line};
use crate::present::{View, page, suspensions};
use crate::removed;
use crate::trust;

use place::point;

/// How journeys are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a question of its own, as the API asks it")]
pub struct Form {
    /// A ride in which one train after the other carries the passenger is one leg, not one for each train.
    pub joined: bool,
    /// Rides have their line on the map.
    pub lines: bool,
    /// Walks have theirs.
    pub walks: bool,
    /// Stops are named at which nobody may board or leave.
    pub passed_stops: bool,
}

impl Default for Form {
    /// Everything.
    fn default() -> Self {
        Self { joined: true, lines: true, walks: true, passed_stops: true }
    }
}

/// The response of `plan`.
pub fn plan(view: &View<'_>, answered: &Answered, parameters: &Map<String, Value>) -> Value {
    plan_in(view, answered, parameters, Form::default())
}

/// The response of `plan` in a form.
pub fn plan_in(view: &View<'_>, answered: &Answered, parameters: &Map<String, Value>, form: Form) -> Value {
    let mut itineraries = Vec::new();
    let mut direct = Vec::new();
    let all = answered.sets.iter().flat_map(|set| set.itineraries.iter().map(move |itinerary| (set, itinerary)));
    for ((set, journey), notes) in all.zip(&answered.notes) {
        let mut value = itinerary_in(view, journey, notes, form);
        if let Some(mode) = set.mode {
            value["tumen"]["modeSet"] = json!(mode.word());
        }
        value["tumen"]["notKnownWhetherAllowed"] = json!(set.doubtful);
        if journey.trips == 0 { direct.push(value) } else { itineraries.push(value) }
    }
    let ends = [&answered.from, &answered.to].map(|spot| match spot.coordinate {
        Some(position) => point(position, &spot.name),
        None => place(view, spot.first_stop(), Some(&spot.name)),
    });
    json!({
        "requestParameters": parameters,
        "debugOutput": {},
        "from": ends[0],
        "to": ends[1],
        "direct": direct,
        "itineraries": itineraries,
        "previousPageCursor": "",
        "nextPageCursor": "",
        "tumen": tumen(view, answered),
    })
}

/// What is said of the whole answer.
fn tumen(view: &View<'_>, answered: &Answered) -> Value {
    let facts = |facts: &[crate::facts::Fact]| -> Vec<Value> {
        facts.iter().map(|fact| json!({ "text": fact.text, "sources": ids(&fact.sources) })).collect()
    };
    let rules: Vec<Value> = answered
        .facts
        .rules
        .iter()
        .flat_map(|(post, rules)| {
            rules.iter().map(move |rule| {
                let rule = view.world.border_rules().get(*rule);
                json!({ "post": post, "id": rule.id, "appliesTo": rule.applies_to, "text": rule.text, "period": rule.period(),
                    "sources": ids(&rule.sources) })
            })
        })
        .collect();
    let known: Vec<Value> = answered
        .known
        .iter()
        .map(
            |known| json!({ "id": known.id, "name": known.name, "known": known.known, "sources": ids(&known.sources) }),
        )
        .collect();
    let sources = answered.sources(view);
    let sources: Map<String, Value> = source_ids(sources.iter().map(String::as_str))
        .into_iter()
        .map(|id| (id.to_owned(), json!(source_line(view.world, id))))
        .collect();
    json!({
        "notes": answered.notes(),
        "limits": limits(view, &answered.limits, answered.horizon),
        "engine": format!("{:?}", answered.engine).to_lowercase(),
        "hiddenCarriage": answered.hidden.as_ref().map(|hidden| itinerary(view, hidden, &trust::notes(view.world, hidden))),
        "fares": facts(&answered.facts.fares),
        "tickets": facts(&answered.facts.tickets),
        "distances": facts(&answered.facts.distances),
        "borderRules": rules,
        "knownServices": known,
        "suspended": answered.suspended.iter().map(|&id| suspension(view, id)).collect::<Vec<_>>(),
        "removed": removed::json(view, &answered.removed),
        "nextPossible": answered.next.as_ref().map(|next| itinerary(view, next, &trust::notes(view.world, next))),
        "sources": sources,
        "notice": page::NOTICE,
    })
}

/// Limits that were reached: a stable word and a sentence.
pub fn limits(view: &View<'_>, limits: &[Limit], horizon: i32) -> Vec<Value> {
    let word = |limit: &Limit| match limit {
        Limit::Horizon => "horizon",
        Limit::TimetableEnd => "timetableEnd",
        Limit::Cancelled => "cancelled",
    };
    limits
        .iter()
        .map(|limit| json!({ "limit": word(limit), "text": page::limit_words(view, *limit, horizon) }))
        .collect()
}

/// A suspension: what, since when, until when, why.
pub fn suspension(view: &View<'_>, id: SuspensionId) -> Value {
    let suspension = view.world.suspensions().get(id);
    json!({
        "id": suspension.id,
        "affects": view.world.affected_name(&suspension.affected),
        "since": suspension.period.since.map(date_span),
        "until": suspension.period.until.map(date_span),
        "reason": suspension.reason,
        "text": suspensions::sentence(view.world, suspension),
        "sources": ids(&suspension.sources),
    })
}

/// A date as precisely as it is known: `2020-02`, with the days that it may be.
pub fn date_span(span: DateSpan) -> Value {
    json!({ "text": words_of_span(span), "first": span.first.to_string(), "last": span.last.to_string() })
}

/// `20261212_00:35_corridor_R2`: service date, first departure, feed, trip.
pub fn trip_id(view: &View<'_>, run: Run) -> String {
    let columns = view.columns();
    let first = columns.departure_of_run(run.trip, run.day, 0);
    let stop = columns.stop_at(run.trip, 0);
    let start = view.local(first, stop);
    let feed = columns.text(columns.feed_name[columns.feed_of_trip(run.trip).index()]);
    let date = columns.date_of(run.day).compact();
    format!("{date}_{:02}:{:02}_{feed}_{}", start.hour(), start.minute(), own_id(view, run.trip))
}

fn own_id(view: &View<'_>, trip: TripId) -> String {
    let columns = view.columns();
    let id = match columns.way_of_trip(trip) {
        Some(way) => columns.carriage_id[columns.carriage_of_way(way).0 as usize],
        None => columns.trip_id[trip.index()],
    };
    columns.text(id).to_owned()
}

/// RFC 3339 with the offset, also where that is zero.
pub fn rfc3339(time: &Zoned) -> String {
    time.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
}

fn ids(written: &str) -> Vec<&str> {
    source_ids([written])
}
