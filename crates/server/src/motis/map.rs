//! `/api/v6/map/stops` and `/api/v1/map/initial`: stops of a part of the map, and which part to show first.

use axum::response::Response;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use tumen_base::StopId;
use tumen_journey::modes::motis_mode;
use tumen_journey::motis;
use tumen_journey::search::LONGEST_HORIZON;
use tumen_timetable::Columns;

use super::area::Area;
use super::listed::{self, Listed};
use super::modes::Modes;
use super::one_to_many::MOST_PLACES;
use super::parameters::Parameters;
use super::view;
use crate::asker::Asker;
use crate::problem::Problem;

/// The most stops of one answer: those with most departures.
const MOST_STOPS: usize = 2000;
/// A day, in seconds: no walk to a stop is longer.
const DAY: i32 = 86_400;

/// What calls at a stop.
#[derive(Default)]
struct Service {
    modes: BTreeSet<&'static str>,
    kinds: BTreeSet<u16>,
    trips: usize,
}

/// The stops of a part of the map.
pub async fn stops(asker: Asker, mut given: Parameters) -> Result<Response, Problem> {
    let area = Area::read(&mut given)?;
    let modes = Modes::read("modes", given.list("modes"))?;
    let grouped = given.flag("grouped", false)?;
    let language = given.language()?;
    let warnings = given.finish()?;
    listed::answer(asker, warnings, move |desk| {
        let view = view(desk.served, language.as_deref());
        let columns = view.columns();
        let inside = |stop: StopId| columns.position_of_stop(stop).is_some_and(|position| area.contains(position));
        let shown = |stop: StopId| if grouped { columns.station(stop) } else { stop };
        let mut found: Vec<(StopId, Service)> = services(&columns, shown, inside)
            .into_iter()
            .filter(|(_, service)| modes == Modes::All || service.kinds.iter().any(|&kind| modes.allows(kind)))
            .collect();
        found.sort_by_key(|(stop, service)| (std::cmp::Reverse(service.trips), *stop));
        let busiest = found.first().map_or(1, |(_, service)| service.trips).max(1);
        let all = found.len();
        found.truncate(MOST_STOPS);
        let place = |(stop, service): (StopId, Service)| {
            let mut value = motis::place(&view, stop, None);
            value["modes"] = json!(service.modes);
            value["importance"] = json!(importance(service.trips, busiest));
            value
        };
        Ok(Listed { entries: found.into_iter().map(place).collect(), all })
    })
    .await
}

/// What calls at the stops that are wanted.
fn services(
    columns: &Columns<'_>,
    shown: impl Fn(StopId) -> StopId,
    wanted: impl Fn(StopId) -> bool,
) -> BTreeMap<StopId, Service> {
    let mut services: BTreeMap<StopId, Service> = BTreeMap::new();
    for pattern in columns.patterns() {
        let trips = columns.trips_of(pattern).len();
        let kind = columns.route_kind[columns.pattern_route[pattern.index()] as usize];
        for call in columns.calls_of(pattern) {
            let stop = shown(StopId(columns.call_stop[call]));
            if wanted(stop) {
                let service = services.entry(stop).or_default();
                service.modes.insert(motis_mode(kind));
                service.kinds.insert(kind);
                service.trips += trips;
            }
        }
    }
    services
}

/// From 0 to 1, by the logarithm of what calls there.
fn importance(trips: usize, most: usize) -> f64 {
    let parts = ((trips + 1) as f64).ln() / ((most + 1) as f64).ln();
    (parts.min(1.0) * 1000.0).round() / 1000.0
}

/// Which part of the map to show first, and what this server can do.
pub async fn initial(asker: Asker, given: Parameters) -> Result<Response, Problem> {
    let warnings = given.finish()?;
    asker
        .answer(move |desk| {
            let columns = desk.served.world.columns();
            let positions: Vec<_> = columns.stops().filter_map(|stop| columns.position_of_stop(stop)).collect();
            let ends = |coordinate: fn(&(f64, f64)) -> f64| {
                let all = positions.iter().map(coordinate);
                let (least, most) =
                    all.fold((f64::MAX, f64::MIN), |(least, most), value| (least.min(value), most.max(value)));
                if least <= most { (least, most) } else { (0.0, 0.0) }
            };
            let ((south, north), (west, east)) = (ends(|position| position.0), ends(|position| position.1));
            let degrees = (east - west).max(2.0 * (north - south)).max(0.1);
            Ok(json!({
                "lat": f64::midpoint(south, north),
                "lon": f64::midpoint(west, east),
                "zoom": (360.0 / degrees).log2().clamp(1.0, 12.0),
                "serverConfig": {
                    "motisVersion": concat!("2.11 (Tumen ", env!("CARGO_PKG_VERSION"), ")"),
                    "hasElevation": false,
                    "hasRoutedTransfers": false,
                    "hasStreetRouting": false,
                    "maxOneToManySize": MOST_PLACES,
                    "maxOneToAllTravelTimeLimit": LONGEST_HORIZON / 60,
                    "maxPrePostTransitTimeLimit": DAY,
                    "maxDirectTimeLimit": DAY,
                    "shapesDebugEnabled": false,
                },
                "tumen": { "warnings": warnings },
            }) as Value)
        })
        .await
}
