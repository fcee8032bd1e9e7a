//! `/api/v6/one-to-all`: how soon every stop is reached.

use axum::response::Response;
use serde_json::{Value, json};
use tumen_base::StopId;
use tumen_journey::clock::{self, DayEnd};
use tumen_journey::motis;

use tumen_journey::search;
use tumen_journey::when::When;
use tumen_routing::{Destinations, Direction, Limit, Place, Query};

use super::parameters::Parameters;
use super::usage::{SpotKind, Usage};
use super::{shape, view};
use crate::app::Desk;
use crate::asker::Asker;
use crate::problem::Problem;

/// How long one is under way at most where nobody says otherwise, in seconds.
const USUAL_REACH: i32 = 90 * 60;

struct ReachRequest {
    one: String,
    time: When,
    usage: Usage,
    language: Option<String>,
    warnings: Vec<String>,
}

/// When every stop is reached.
pub async fn one_to_all(asker: Asker, mut given: Parameters) -> Result<Response, Problem> {
    let one = given.required("one", "a stop id, or latitude,longitude")?;
    let time = given.moment("time")?.unwrap_or_else(|| asker.now());
    departs(&mut given)?;
    let mut warnings = Vec::new();
    let usage = Usage::read(&mut given, USUAL_REACH, &mut warnings)?;
    shape::without_effect(&mut given)?;
    let language = given.language()?;
    warnings.extend(given.finish()?);
    let request = ReachRequest { one, time, usage, language, warnings };
    asker.answer(move |desk| request.answer(desk)).await
}

/// Reads that a search to many places departs at its time.
///
/// # Errors
/// When it is to arrive by then.
pub fn departs(given: &mut Parameters) -> Result<(), Problem> {
    if given.flag("arriveBy", false)? {
        let detail = "arriveBy=true is not honoured: a search to many places departs at its time";
        return Err(Problem::field("arriveBy", detail));
    }
    Ok(())
}

impl ReachRequest {
    fn answer(self, desk: &mut Desk<'_, '_, '_>) -> Result<Value, Problem> {
        let view = view(desk.served, self.language.as_deref());
        let columns = view.columns();
        let spot = self.usage.spot(&view, SpotKind::From, "one", &self.one)?;
        let search = self.usage.search(&view, [spot.clone(), spot.clone()], desk.patience)?;
        let first = spot.first_stop();
        let time = clock::resolve(&columns, self.time, self.time, first, DayEnd::First)
            .map_err(|failure| Problem::from(failure).with("field", json!("time")))?;
        // Entrances and the like are no places to arrive at.
        let stops: Vec<StopId> = columns.stops().filter(|stop| columns.stop_kind[stop.index()] <= 1).collect();
        let places: Vec<Place> = stops.iter().map(|&stop| Place::at(columns.stop_and_descendants(stop))).collect();
        let refused = |error| Problem::from(search::refused(&error));
        let destinations = Destinations::places(desk.router.network(), &places).map_err(refused)?;
        let expired = || search.is_expired();
        let query = Query { cancel: Some(&expired), ..search.query(&columns, time, Direction::DepartAt, 0) };
        let mut reached = desk.router.reach(&query, &destinations).map_err(refused)?;
        // What lies beyond the longest journey was not asked for.
        reached.limits.retain(|limit| *limit != Limit::Horizon);
        let mut all: Vec<Value> = Vec::new();
        for (number, &stop) in stops.iter().enumerate() {
            let arrivals = reached.at(number).iter();
            let Some(best) = arrivals.min_by_key(|arrival| (arrival.arrival, arrival.trips)) else { continue };
            if self.usage.modes.is_none() && best.trips > 0 {
                continue;
            }
            let mut place = motis::place(&view, stop, None);
            place["arrival"] = json!(motis::rfc3339(&view.local(best.arrival, stop)));
            let seconds = best.arrival.saturating_sub(time);
            all.push(json!({ "place": place, "duration": minutes(seconds), "k": best.trips, "tumen": { "seconds": seconds } }));
        }
        let mut one = motis::place(&view, first, Some(&spot.name));
        if let Some((north, east)) = spot.coordinate {
            one = json!({ "name": spot.name, "lat": north, "lon": east, "vertexType": "NORMAL" });
        }
        one["departure"] = json!(motis::rfc3339(&view.local(time, first)));
        Ok(json!({
            "one": one,
            "all": all,
            "tumen": {
                "limits": motis::limits(&view, &reached.limits, search.horizon),
                "maxTravelTime": search.horizon / 60,
                "warnings": self.warnings,
            },
        }))
    }
}

/// Whole minutes of a duration, as the API counts them here, rounded up.
fn minutes(seconds: i32) -> i32 {
    seconds.saturating_add(59) / 60
}
