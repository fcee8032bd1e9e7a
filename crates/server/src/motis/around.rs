//! The stops that a question means: one by its id, with what belongs to it, or all around a point.

use serde_json::json;
use tumen_base::{StopId, metres_between};
use tumen_journey::geography::Position;
use tumen_journey::names::{self, Spot};
use tumen_journey::present::View;
use tumen_journey::search;

use super::parameters::Parameters;
use crate::problem::Problem;

/// The largest radius, in metres.
const MOST_METRES: u32 = 100_000;

/// Which stops are meant.
pub struct Around {
    stop: Option<String>,
    center: Option<Position>,
    radius_m: Option<u32>,
    exact: bool,
}

impl Around {
    /// Reads it.
    ///
    /// # Errors
    /// When nothing is named, or a parameter is wrong.
    pub fn read(given: &mut Parameters) -> Result<Self, Problem> {
        let stop = given.text("stopId")?;
        let center = given.position("center")?;
        let radius_m = given.number("radius", 0..=MOST_METRES)?;
        let exact = given.flag("exactRadius", false)?;
        match (&stop, center, radius_m) {
            (None, None, _) => {
                Err(Problem::field("stopId", "stopId is missing: expected a stop id, or center and radius"))
            }
            (None, Some(_), None) => {
                Err(Problem::field("radius", "radius is missing: expected metres around the center"))
            }
            _ => Ok(Self { stop, center, radius_m, exact }),
        }
    }

    /// The stops, the one first that gives the place its name.
    ///
    /// # Errors
    /// When there are none.
    pub fn spot(&self, view: &View<'_>) -> Result<Spot, Problem> {
        let columns = view.columns();
        let unknown = |failure| Problem::from(failure).with("field", json!("stopId")).of_subject();
        let named = match &self.stop {
            Some(id) => match names::resolve(view.world, id, search::footwork(&columns, None)) {
                Ok(spot) => Some(spot),
                // The center stands for a stop whose id has changed.
                Err(failure) if self.center.is_none() || self.radius_m.is_none() => return Err(unknown(failure)),
                Err(_) => None,
            },
            None => None,
        };
        let Some(radius_m) = self.radius_m else {
            return named.ok_or_else(|| Problem::field("stopId", "no stop is named"));
        };
        let center = named.as_ref().and_then(|spot| columns.position_of_stop(spot.first_stop())).or(self.center);
        let near = |stop: &StopId| {
            let metres = center.zip(columns.position_of_stop(*stop)).map(|(here, there)| metres_between(here, there));
            metres.filter(|metres| *metres <= f64::from(radius_m)).map(|metres| (metres, *stop))
        };
        let is_place = |stop: &StopId| columns.stop_kind[stop.index()] <= 1 && !view.world.stitched().is_border(*stop);
        let mut inside: Vec<(f64, StopId)> = columns.stops().filter(is_place).filter_map(|stop| near(&stop)).collect();
        inside.sort_by(|one, other| one.0.total_cmp(&other.0));
        let inside: Vec<StopId> = inside.into_iter().map(|(_, stop)| stop).collect();
        let own = self.stop.as_ref().map_or(Vec::new(), |id| view.world.stops_with_id(id));
        let mut stops: Vec<StopId> = match (&named, self.exact) {
            // Nothing but the stop itself, and what is physically there.
            (Some(_), true) => own.into_iter().chain(inside).collect(),
            (Some(spot), false) => spot.stops.iter().map(|(stop, _)| *stop).chain(inside).collect(),
            (None, _) => inside,
        };
        if !self.exact {
            stops = stops.into_iter().flat_map(|stop| columns.stop_and_descendants(stop)).collect();
        }
        let mut seen = std::collections::BTreeSet::new();
        stops.retain(|stop| seen.insert(*stop));
        let Some(&first) = stops.first() else {
            let detail = format!("no stop is within {radius_m} m of the center");
            return Err(Problem::new(axum::http::StatusCode::NOT_FOUND, "no_stop_near", detail));
        };
        let name = named.map_or_else(|| view.name(first), |spot| spot.name);
        Ok(Spot { name, stops: stops.into_iter().map(|stop| (stop, 0)).collect(), coordinate: None })
    }
}
