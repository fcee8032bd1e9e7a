//! Border posts and the rules that apply there.

use axum::response::Response;
use serde::Deserialize;
use serde_json::{Value, json};
use tumen_base::StopId;
use tumen_border::{CountryCode, Hours, Paper, Passports, Post, PostId, Rule, Says};
use tumen_journey::facts::{source_ids, source_line};
use tumen_journey::motis::date_span;
use tumen_journey::present::View;
use tumen_journey::world::World;

use super::question::language;
#[cfg(test)]
use super::shapes::{self, Errors};
use super::view::PLAIN;
use crate::asker::Asker;
use crate::extract::Params;
use crate::problem::Problem;

/// A question for border posts.
#[derive(Deserialize)]
#[cfg_attr(test, derive(utoipa::IntoParams), into_params(parameter_in = Query))]
#[serde(deny_unknown_fields)]
pub struct CrossingsParams {
    /// Language of names.
    language: Option<String>,
}

/// Every border post.
#[cfg_attr(test, utoipa::path(get, path = "/crossings", params(CrossingsParams), responses((status = 200, body = shapes::CrossingsAnswer, description = "border posts"), Errors)))]
pub async fn crossings(asker: Asker, Params(asked): Params<CrossingsParams>) -> Result<Response, Problem> {
    let language = language(asked.language.as_deref())?;
    asker
        .answer(move |desk| {
            let view = View::new(&desk.served.world, PLAIN, language.as_deref());
            let posts = view.world.borders().posts();
            let crossings: Vec<Value> = posts.map(|(id, post)| crossing(&view, id, post)).collect();
            Ok(json!({ "crossings": crossings }))
        })
        .await
}

fn crossing(view: &View<'_>, id: PostId, post: &Post) -> Value {
    let world = view.world;
    let rows = world.rows("border_posts.txt");
    let row = rows.iter().find(|row| row.feed == post.feed && row.get("border_post_id") == post.id);
    let column = |name: &str| row.as_ref().map(|row| row.get(name)).filter(|text| !text.is_empty());
    let known = match post.hours {
        Hours::Known(_) => "known",
        Hours::Unreadable(_) => "notUnderstood",
        Hours::NotPublished => "notPublished",
    };
    let rules = world.border_rules().iter().filter(|(_, rule)| rule.place.post == Some(id)).count();
    json!({
        "id": post.id,
        "name": post.name,
        "ends": post.ends.iter().flatten().map(|&stop| station(view, stop)).collect::<Vec<_>>(),
        "countries": post.countries.iter().map(|country| json!({
            "code": country.code().map(|code| code.as_str().to_owned()),
            "name": country.name(view.language()),
        })).collect::<Vec<_>>(),
        "mode": post.mode.map(tumen_border::PostMode::word),
        "hours": post.written_hours,
        "hoursKnown": known,
        "hoursNote": post.hours_note,
        "passengerDays": column("passenger_days"),
        "gaugeChange": post.gauge_change.map(|stop| view.name(stop)),
        "gaugeChangeStopId": post.gauge_change.map(|stop| world.written_stop_id(stop)),
        "gauges": column("gauge_change"),
        "controlBeforeDeparture": post.control[0],
        "controlAfterArrival": post.control[1],
        "observed": post.observed_note,
        "status": column("status"),
        "asOf": column("as_of"),
        "rules": rules,
        "sources": sources(world, &post.sources),
    })
}

/// A station as answers name it.
pub fn station(view: &View<'_>, stop: StopId) -> Value {
    let columns = view.columns();
    let position = columns.position_of_stop(stop);
    let country = view.world.borders().countries.of_stop(stop);
    json!({
        "stopId": view.world.written_stop_id(stop),
        "name": view.name(stop),
        "lat": position.map(|position| position.0),
        "lon": position.map(|position| position.1),
        "country": country.code().map(|code| code.as_str().to_owned()),
    })
}

/// Sources as written, each with what it is.
pub fn sources(world: &World, written: &str) -> Vec<String> {
    source_ids([written]).into_iter().map(|id| source_line(world, id)).collect()
}

/// A question for rules.
#[derive(Deserialize)]
#[cfg_attr(test, derive(utoipa::IntoParams), into_params(parameter_in = Query))]
#[serde(deny_unknown_fields)]
pub struct RulesParams {
    /// The id of a border post; all rules where not given.
    post: Option<String>,
    /// Language of names.
    language: Option<String>,
}

/// Who may cross, by rule.
#[cfg_attr(test, utoipa::path(get, path = "/rules", params(RulesParams), responses((status = 200, body = shapes::RulesAnswer, description = "rules"), Errors)))]
pub async fn rules(asker: Asker, Params(asked): Params<RulesParams>) -> Result<Response, Problem> {
    let language = language(asked.language.as_deref())?;
    asker
        .answer(move |desk| {
            let view = View::new(&desk.served.world, PLAIN, language.as_deref());
            let borders = view.world.borders();
            let post = asked.post.as_deref().map(|id| {
                let found = borders.posts().find(|(_, post)| post.id == id).map(|(id, _)| id);
                found.ok_or_else(|| {
                    let detail = "no border post has this id; `crossings` lists them";
                    Problem::new(axum::http::StatusCode::NOT_FOUND, "unknown_post", detail)
                })
            });
            let post = post.transpose()?;
            let applies = |rule: &Rule| post.is_none_or(|post| of_post(view.world, rule, post));
            let rules = view.world.border_rules().iter().filter(|(_, rule)| applies(rule));
            Ok(json!({ "rules": rules.map(|(_, one)| rule(&view, one)).collect::<Vec<_>>() }))
        })
        .await
}

/// Whether a rule is about a post: it names it, or it is about entering one of its countries from the other, wherever.
fn of_post(world: &World, rule: &Rule, post: PostId) -> bool {
    if let Some(named) = rule.place.post {
        return named == post;
    }
    let [one, other] = &world.borders().post(post).countries;
    let is = |wanted: Option<CountryCode>, claims: &[CountryCode]| wanted.is_none_or(|code| claims.contains(&code));
    let leads = |from: &[CountryCode], to: &[CountryCode]| is(rule.place.from, from) && is(rule.place.to, to);
    leads(one.claims(), other.claims()) || leads(other.claims(), one.claims())
}

fn rule(view: &View<'_>, rule: &Rule) -> Value {
    let papers = |papers: &[Paper]| -> Vec<Value> {
        papers.iter().map(|paper| json!({ "option": paper.option(), "name": paper.name(view.language()) })).collect()
    };
    let country = |code: Option<CountryCode>| {
        code.map(|code| json!({ "code": code.as_str(), "name": code.name(view.language()) }))
    };
    let post = rule.place.post.map(|post| view.world.borders().post(post));
    let codes = |codes: &[CountryCode]| codes.iter().map(|code| code.as_str().to_owned()).collect::<Vec<_>>();
    let passports = match &rule.passports {
        Passports::Any => json!({ "of": "any" }),
        Passports::Only(only) => json!({ "of": "only", "countries": codes(only) }),
        Passports::AllBut(but) => json!({ "of": "allBut", "countries": codes(but) }),
    };
    let says = match rule.says {
        Says::Yes => "allowed",
        Says::No => "forbidden",
        Says::Unknown => "unknown",
        Says::Nothing => "nothing",
    };
    json!({
        "id": rule.id,
        "post": post.map(|post| json!({ "id": post.id, "name": post.name })),
        "from": country(rule.place.from),
        "to": country(rule.place.to),
        "passports": passports,
        "purposes": rule.purposes.iter().map(|purpose| purpose.word()).collect::<Vec<_>>(),
        "says": says,
        "requires": papers(&rule.requires),
        "waives": papers(&rule.waives),
        "validFrom": rule.from.map(date_span),
        "validTo": rule.to.map(date_span),
        "validFromText": rule.from_text,
        "validToText": rule.to_text,
        "appliesTo": rule.applies_to,
        "text": rule.text,
        "note": rule.note,
        "confidence": rule.confidence,
        "sources": sources(view.world, &rule.sources),
    })
}
