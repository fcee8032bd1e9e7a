//! Answers as JSON: field names in camelCase, words that do not change.

use jiff::Timestamp;
use serde_json::{Value, json};
use tumen_timetable::Columns;

use crate::consignment::{Consignment, End};
use crate::network::{Network, Regime, Terminal};
use crate::note;
use crate::parties::{Parties, Role};
use crate::route::{Change, Ride, RideTimes, Route, Routes};
use crate::rules::{Rules, Way};
use crate::screening::{Cleared, Decision, Ground, Says, Screened, Verdict};

/// What every answer says of itself.
pub const NOTICE: &str = "Not legal advice. The UN Security Council's measures on the DPRK are the only list that is shipped; \
                          autonomous measures of the EU, the US, the UK, Japan, the Republic of Korea and others are not checked.";

/// `clear`, `review` or `refused`.
pub const fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Clear => "clear",
        Verdict::Review => "review",
        Verdict::Refused => "refused",
    }
}

/// What a rule says, in a word.
pub const fn says(says: Says) -> &'static str {
    match says {
        Says::Refuses => "refuses",
        Says::QuotaUnknown => "quotaUnknown",
        Says::Clears => "clears",
        Says::Lifted => "lifted",
        Says::Review => "review",
        Says::Committee => "committee",
        Says::Lists => "lists",
        Says::Note => "note",
    }
}

/// A ground, in a word.
pub const fn ground(ground: &Ground) -> &'static str {
    match ground {
        Ground::Arms => "arms",
        Ground::Listed => "listed",
        Ground::NothingClears(Way::Into) => "nothingClearsIntoDprk",
        Ground::NothingClears(Way::OutOf) => "nothingClearsOutOfDprk",
        Ground::NoCountry(_) => "countryUnknown",
    }
}

/// A consignment as declared. The log's digest is made of it, so its fields keep their order.
pub fn consignment(consignment: &Consignment) -> Value {
    let end = |end: &End| json!({ "name": end.name, "stopIds": end.stop_ids, "country": end.country.to_string() });
    json!({
        "hs": consignment.goods.to_string(),
        "origin": consignment.origin.as_str(),
        "tonnes": consignment.tonnes,
        "wagons": consignment.wagons,
        "gauge": consignment.gauge,
        "sender": consignment.sender,
        "receiver": consignment.receiver,
        "from": end(&consignment.from),
        "to": end(&consignment.to),
        "onward": consignment.onward.map(|country| country.to_string()),
        "ready": consignment.ready.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string(),
        "listed": consignment.listed,
    })
}

/// A decision with its reasons.
pub fn decision(decision: &Decision) -> Value {
    // Of a refused consignment it is not told what would be exempt.
    let told = |text: &str| (decision.verdict != Verdict::Refused && !text.is_empty()).then(|| text.to_owned());
    let findings = decision.findings.iter().map(|finding| {
        let rule = &finding.rule;
        json!({
            "rule": rule.id,
            "says": says(finding.says),
            "title": rule.title(),
            "paragraphVerified": rule.verified,
            "hs": rule.goods.written(),
            "goods": rule.words,
            "exemption": told(&rule.exemption),
            "note": told(&rule.note),
            "confidence": rule.confidence,
            "sources": rule.sources.split(';').filter(|id| !id.is_empty()).collect::<Vec<_>>(),
        })
    });
    json!({
        "verdict": verdict(decision.verdict),
        "personDecides": decision.verdict == Verdict::Review,
        "grounds": decision.grounds.iter().map(ground).collect::<Vec<_>>(),
        "rules": findings.collect::<Vec<_>>(),
        "conditions": decision.conditions,
    })
}

/// What was found of the parties.
pub fn parties(parties: &Parties) -> Value {
    let role = |role| match role {
        Role::Sender => "sender",
        Role::Receiver => "receiver",
    };
    let hits = parties.hits.iter().map(|hit| {
        json!({ "party": role(hit.role), "possibleMatch": hit.name, "entity": hit.entity, "schema": hit.schema,
            "list": hit.list, "line": hit.line, "score": round(hit.score) })
    });
    let lists = parties.lists.iter();
    let lists = lists.map(|list| json!({ "name": list.name, "entities": list.entities, "sha256": list.digest }));
    json!({
        "compared": !parties.lists.is_empty(),
        "threshold": parties.threshold,
        "lists": lists.collect::<Vec<_>>(),
        "found": parties.found,
        "possibleMatches": hits.collect::<Vec<_>>(),
    })
}

fn round(score: f64) -> f64 {
    (score * 1000.0).round() / 1000.0
}

/// The whole answer; of a refused consignment it has no routes.
pub fn answer(
    rules: &Rules,
    asked: &Consignment,
    screened: &Screened,
    found: &Parties,
    routes: Option<&Value>,
) -> Value {
    let through = match screened {
        Screened::Cleared(cleared) => cleared.through().map(decision),
        Screened::Refused(_) => None,
    };
    json!({
        "decision": decision(screened.decision()),
        "decisionThroughDprk": through,
        "consignment": consignment(asked),
        "parties": parties(found),
        "rulesVersion": rules.version(),
        "notice": NOTICE,
        "routing": routes,
    })
}

/// The ways that were found.
pub fn routes(network: &Network, columns: &Columns<'_>, cleared: &Cleared, routes: &Routes) -> Value {
    let one = |route: &Route| self::route(network, columns, cleared, route);
    let left_out = routes.left_out.iter();
    let left_out = left_out.map(|one| {
        json!({ "service": one.service, "reason": one.reason,
            "sources": one.sources.split(';').filter(|id| !id.is_empty()).collect::<Vec<_>>() })
    });
    json!({
        "routes": routes.routes.iter().map(one).collect::<Vec<_>>(),
        "leftOut": left_out.collect::<Vec<_>>(),
        "daysSearched": routes.days,
    })
}

fn route(network: &Network, columns: &Columns<'_>, cleared: &Cleared, route: &Route) -> Value {
    let end = route.rides.last().map(|ride| &network.terminals[network.services[ride.service].to]);
    let arrival = |at: Option<Timestamp>| end.zip(at).map(|(end, at)| local(columns, end, at));
    let changes = route.regime_changes(network).into_iter().map(|(terminal, before, after)| {
        json!({ "terminal": network.terminals[terminal].name, "from": before.map(Regime::word), "to": after.map(Regime::word) })
    });
    let gauges = route.rides.iter().filter_map(|ride| ride.change.as_ref());
    json!({
        "timesPublished": route.is_timed,
        "verdict": verdict(route.decision(cleared).verdict),
        "touchesDprk": route.touches_dprk,
        "earliestArrival": arrival(route.earliest()),
        "latestArrival": arrival(route.latest()),
        "rides": route.rides.iter().map(|ride| self::ride(network, columns, ride)).collect::<Vec<_>>(),
        "gaugeChanges": gauges.map(|change| self::change(network, change)).collect::<Vec<_>>(),
        "regimeChanges": changes.collect::<Vec<_>>(),
        "papers": note::papers(network, route).iter().map(|paper| json!({
            "name": paper.name,
            "source": paper.source,
            "sheets": paper.sheets.iter().map(|sheet| json!({
                "number": sheet.number, "name": sheet.name, "heldBy": sheet.holder })).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
    })
}

fn change(network: &Network, change: &Change) -> Value {
    json!({
        "terminal": network.terminals[change.terminal].name,
        "from": change.from,
        "to": change.to,
        "how": change.how.word(),
        "seconds": change.seconds,
    })
}

fn ride(network: &Network, columns: &Columns<'_>, ride: &Ride) -> Value {
    let service = &network.services[ride.service];
    let [from, to] = [service.from, service.to].map(|place| &network.terminals[place]);
    let times = |times: RideTimes| {
        json!({
            "cutOff": local(columns, from, times.cut_off),
            "departure": local(columns, from, times.departure),
            "arrival": local(columns, to, times.arrival),
        })
    };
    json!({
        "service": service.id,
        "name": service.name,
        "from": terminal(from),
        "to": terminal(to),
        "gauge": ride.gauge,
        "regime": service.regime.map(Regime::word),
        "evidence": if service.is_stated { "goods" } else { "line" },
        "asOf": service.as_of,
        "mostWagons": service.most_wagons,
        "mostTonnes": service.most_tonnes,
        "gaugeChange": ride.change.as_ref().map(|change| self::change(network, change)),
        "earliest": ride.earliest.map(times),
        "latest": ride.latest.map(times),
        "note": service.note,
        "sources": service.sources.split(';').filter(|id| !id.is_empty()).collect::<Vec<_>>(),
    })
}

fn terminal(terminal: &Terminal) -> Value {
    json!({ "terminal": terminal.id, "name": terminal.name, "stopId": terminal.stop_id, "country": terminal.country.to_string() })
}

/// A moment on the clock of a terminal, RFC 3339 with its own offset.
fn local(columns: &Columns<'_>, terminal: &Terminal, at: Timestamp) -> String {
    at.to_zoned(columns.zone_of_stop(terminal.stop)).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
}
