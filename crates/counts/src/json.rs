//! Counts as JSON.

use crate::counts::Counts;
use crate::figure::Range;
use crate::load::{Load, Unknown};
use crate::month::{Month, Standing};
use crate::observation::Observation;
use crate::offered::Offered;
use crate::period::Span;
use serde_json::{Map, Value, json};
use tumen_analysis::Days;
use tumen_base::Date;
use tumen_journey::facts::{source_ids, source_line};
use tumen_journey::world::World;

/// The answer to a question for counts.
pub fn counts(world: &World, counts: &Counts) -> Value {
    let sources: Map<String, Value> =
        counts.sources().into_iter().map(|id| (id.clone(), json!(source_line(world, &id)))).collect();
    json!({
        "of": counts.of,
        "from": month_name(counts.months.days.first),
        "to": month_name(counts.months.days.last),
        "offered": counts.offered.iter().map(offered).collect::<Vec<_>>(),
        "reported": counts.reported.iter().map(|(one, load)| reported(one, load.as_ref())).collect::<Vec<_>>(),
        "sources": sources,
    })
}

fn month_name(date: Date) -> String {
    let date = date.civil();
    format!("{:04}-{:02}", date.year(), date.month())
}

fn offered(offered: &Offered) -> Value {
    let days = |days: &Days| json!({ "from": bounded(days.first), "until": bounded(days.last) });
    json!({
        "subject": offered.subject(),
        "kind": offered.kind.word(),
        "id": offered.id,
        "name": offered.name,
        "coverage": offered.coverage.as_ref().map(days),
        "suspended": offered.suspended.iter().map(days).collect::<Vec<_>>(),
        "berthsPerRun": offered.berths,
        "months": offered.months.iter().map(|one| month(one, offered.berths)).collect::<Vec<_>>(),
    })
}

/// A date, unless it stands for one that nobody knows.
fn bounded(date: Date) -> Option<String> {
    (date != Days::ALWAYS.first && date != Days::ALWAYS.last).then(|| date.to_string())
}

fn month(month: &Month, berths: Option<u32>) -> Value {
    let (state, a_week) = match month.standing() {
        Standing::NoData => ("noData", None),
        Standing::Suspended => ("suspended", None),
        Standing::Offered(a_week) => ("offered", Some(a_week)),
    };
    let rounded = |value: f64| (value * 100.0).round() / 100.0;
    json!({
        "month": month.name(),
        "state": state,
        "inPart": month.is_in_part(),
        "days": month.days,
        "knownDays": month.known,
        "suspendedDays": month.suspended,
        "runs": a_week.map(|_| month.runs),
        "assumedRuns": a_week.map(|_| month.assumed),
        "aWeek": a_week.map(rounded),
        "berthsAWeek": a_week.zip(berths).map(|(a_week, berths)| rounded(a_week * f64::from(berths))),
    })
}

fn reported(one: &Observation, load: Option<&Result<Load, Unknown>>) -> Value {
    let point = |(range, span): &(Range, Span)| {
        json!({
            "least": range.least,
            "most": range.most,
            "about": range.about,
            "from": span.first.map(|date| date.to_string()),
            "until": span.last.map(|date| date.to_string()),
        })
    };
    json!({
        "id": one.id,
        "subject": one.subject,
        "metric": one.metric,
        "value": one.text,
        "unit": one.unit,
        "period": one.period,
        "points": one.points().iter().map(point).collect::<Vec<_>>(),
        "scope": one.scope,
        "confidence": one.confidence,
        "note": one.note,
        "contradicts": one.against,
        "load": load.map(told),
        "sources": source_ids([one.sources.as_str()]),
    })
}

fn told(load: &Result<Load, Unknown>) -> Value {
    match load {
        Err(unknown) => json!({ "unknown": unknown.key() }),
        Ok(load) => json!({
            "runs": load.runs,
            "berths": load.berths,
            "share": load.share.map(|share| json!({ "least": share.least, "most": share.most, "about": share.about })),
        }),
    }
}
