//! `/api/v6/stop`: a stop and the routes that serve it.

use axum::response::Response;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use tumen_base::{RouteId, StopId};
use tumen_journey::modes::motis_mode;
use tumen_journey::motis;
use tumen_journey::names::Spot;
use tumen_journey::present::View;
use tumen_timetable::Columns;

use super::around::Around;
use super::parameters::Parameters;
use super::{service, view};
use crate::asker::Asker;
use crate::problem::Problem;

/// A stop.
pub async fn stop(asker: Asker, mut given: Parameters) -> Result<Response, Problem> {
    let around = Around::read(&mut given)?;
    let language = given.language()?;
    let warnings = given.finish()?;
    asker
        .answer(move |desk| {
            let view = view(desk.served, language.as_deref());
            let spot = around.spot(&view)?;
            let routes: Vec<Value> =
                routes_at(&view.columns(), &spot).into_iter().map(|route| json_route(&view, route)).collect();
            let place = motis::place(&view, spot.first_stop(), Some(&spot.name));
            Ok(json!({ "place": place, "routes": routes, "tumen": { "warnings": warnings } }))
        })
        .await
}

/// The routes that serve the stops of a spot.
fn routes_at(columns: &Columns<'_>, spot: &Spot) -> BTreeSet<RouteId> {
    let stops: BTreeSet<StopId> = spot.stops.iter().map(|(stop, _)| *stop).collect();
    let patterns = service::patterns_at(columns, &stops);
    patterns.into_iter().map(|pattern| RouteId(columns.pattern_route[pattern.index()])).collect()
}

fn json_route(view: &View<'_>, route: RouteId) -> Value {
    let columns = view.columns();
    let agency = columns.agency_of(route).index();
    let index = route.index();
    let mut value = json!({
        "routeId": columns.text(columns.route_id[index]),
        "routeShortName": columns.text(columns.route_short_name[index]),
        "routeLongName": columns.text(columns.route_long_name[index]),
        "mode": motis_mode(columns.route_kind[index]),
        "agencyId": columns.text(columns.agency_id[agency]),
        "agencyName": columns.text(columns.agency_name[agency]),
        "agencyUrl": columns.text(columns.agency_url[agency]),
        "routeType": columns.route_kind[index],
    });
    for (key, column) in [("routeColor", columns.route_color), ("routeTextColor", columns.route_text_color)] {
        let color = columns.text(column[index]);
        if !color.is_empty() {
            value[key] = json!(color);
        }
    }
    value
}
