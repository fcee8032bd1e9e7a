//! What changed between two dates, and what a scenario would change.

use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use std::time::{Duration, Instant};
use tumen_analysis::{Pair, Site, Subject, Window};
use tumen_base::SECONDS_PER_DAY;
use tumen_compare::sites::{self, Named};
use tumen_compare::{Basis, CompareQuestion, Listener, compare as ask};
use tumen_journey::Failure;
use tumen_journey::modes::Mode;
use tumen_journey::present::View;
use tumen_journey::scenarios::WhatIf;
use tumen_journey::search::{self, LONGEST_HORIZON};

use super::question::{date, language, modes, name, number};
#[cfg(test)]
use super::shapes::{self, Errors};
use super::view::PLAIN;
use crate::asker::Asker;
use crate::extract::Body;
use crate::problem::Problem;

/// Days of departures from each date where nobody says how many, as on the command line.
const USUAL_DAYS: i32 = 60;
/// Longest window, in days.
const MOST_DAYS: i32 = 366;
/// Longest journey where nobody says how long: 15 days, as on the command line.
const USUAL_WITHIN: i32 = 15 * SECONDS_PER_DAY;
/// Places and subjects that are named at most.
const MOST_NAMED: usize = 200;
/// A scenario puts a timetable together anew: beyond so many trips that is work for the command line.
const MOST_TRIPS: usize = 200_000;

/// What is to be compared.
#[derive(Deserialize)]
#[cfg_attr(test, derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CompareBody {
    /// First day of the first window.
    first: String,
    /// First day of the second window; the same where not given.
    second: Option<String>,
    /// Departures of so many days from each date.
    window: Option<i32>,
    /// As if this did not run: `post:ID`, `route:ID`, `agency:ID`, `trip:ID` or `carriage:ID`.
    #[serde(default)]
    without: Vec<String>,
    /// Origins, by name or stop id; every place where there are none.
    #[serde(default)]
    from: Vec<String>,
    /// Destinations, likewise.
    #[serde(default)]
    to: Vec<String>,
    /// Longest journey, in seconds.
    within: Option<i32>,
    /// Most changes.
    max_transfers: Option<u8>,
    /// Allowed modes.
    #[serde(default)]
    modes: Vec<String>,
    /// Language of names.
    language: Option<String>,
}

/// What has been read of a question.
struct Asked {
    windows: [Window; 2],
    without: Vec<Subject>,
    from: Vec<String>,
    to: Vec<String>,
    within: i32,
    max_transfers: Option<u8>,
    modes: Vec<Mode>,
    language: Option<String>,
}

impl CompareBody {
    fn read(self) -> Result<Asked, Problem> {
        let days = number("window", self.window, 1, MOST_DAYS)?.unwrap_or(USUAL_DAYS);
        let first = date("first", Some(&self.first))?.ok_or_else(|| Problem::field("first", "a date is expected"))?;
        let second = date("second", self.second.as_deref())?;
        if second.is_none() && self.without.is_empty() {
            let detail = "a second date is expected, or something in `without`: else there is nothing to compare";
            return Err(Problem::field("second", detail));
        }
        for (field, list) in [("without", &self.without), ("from", &self.from), ("to", &self.to)] {
            if list.len() > MOST_NAMED {
                return Err(Problem::field(field, format!("at most {MOST_NAMED} entries are expected")));
            }
        }
        let subject = |text: &String| Subject::parse(text).map_err(|expected| Problem::field("without", expected));
        let names = |field, list: Vec<String>| list.iter().map(|text| name(field, text)).collect::<Result<_, _>>();
        Ok(Asked {
            windows: [first, second.unwrap_or(first)].map(|first| Window { first, days }),
            without: self.without.iter().map(subject).collect::<Result<_, _>>()?,
            from: names("from", self.from)?,
            to: names("to", self.to)?,
            within: number("within", self.within, 1, LONGEST_HORIZON)?.unwrap_or(USUAL_WITHIN),
            max_transfers: number("maxTransfers", self.max_transfers, 0, 31)?,
            modes: modes(&self.modes)?,
            language: language(self.language.as_deref())?,
        })
    }
}

/// What changed for every pair of places.
#[cfg_attr(test, utoipa::path(post, path = "/compare", request_body = CompareBody, responses((status = 200, body = shapes::CompareAnswer, description = "as `tumen compare --json`"), Errors)))]
pub async fn compare(asker: Asker, Body(body): Body<CompareBody>) -> Result<Response, Problem> {
    let asked = body.read()?;
    asker
        .answer(move |desk| {
            let world = &desk.served.world;
            let columns = world.columns();
            if columns.trip_id.len() > MOST_TRIPS {
                let detail = format!(
                    "the timetable has more than {MOST_TRIPS} trips, too many to compare here: `tumen compare` can"
                );
                return Err(Problem::new(StatusCode::BAD_REQUEST, "timetable_too_large", detail));
            }
            let view = View::new(world, PLAIN, asked.language.as_deref());
            let question = CompareQuestion {
                windows: asked.windows,
                what_if: WhatIf::read(&asked.without, None)?,
                from: places(&view, &asked.from)?,
                to: places(&view, &asked.to)?,
                within: asked.within,
                max_transfers: asked.max_transfers,
                modes: asked.modes,
                settings: search::settings(&columns, None, None),
                threads: Some(1),
            };
            let patience = Duration::from_secs(u64::from(desk.patience.unsigned_abs()));
            let mut patient = Patient { until: Instant::now() + patience };
            ask(&view, &question, &mut patient, |_, report| Ok(report.json()))
        })
        .await
}

/// The places that are named, each once, or every place.
fn places(view: &View<'_>, names: &[String]) -> Result<Vec<Site>, Failure> {
    if names.is_empty() {
        return Ok(sites::all(view));
    }
    let footwork = search::footwork(&view.columns(), None);
    let mut named = Named::default();
    for name in names {
        named.add(view, name, footwork)?;
    }
    named.sites()
}

/// Gives up when the time is over: half a comparison says nothing.
struct Patient {
    until: Instant,
}

impl Listener for Patient {
    type Error = Problem;

    fn begin(&mut self, _: &Basis<'_>) -> Result<(), Problem> {
        Ok(())
    }

    fn pair(&mut self, _: &Basis<'_>, _: Pair) -> Result<(), Problem> {
        Ok(())
    }

    fn origin_done(&mut self) -> Result<(), Problem> {
        if Instant::now() < self.until { Ok(()) } else { Err(Problem::too_slow()) }
    }
}
