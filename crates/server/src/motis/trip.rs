//! `/api/v6/trip`: a trip or through carriage on its service day, as a journey.

use axum::response::Response;
use serde_json::{Value, json};
use tumen_journey::trip::{Trip, TripQuestion};

use super::parameters::Parameters;
use super::{shape, view};
use crate::asker::Asker;
use crate::problem::Problem;

/// A trip.
pub async fn trip(asker: Asker, mut given: Parameters) -> Result<Response, Problem> {
    let id = given.required("tripId", "a tripId of another answer, such as 20261212_00:35_corridor_R2")?;
    let form = shape::form(&mut given)?;
    let language = given.language()?;
    let warnings = given.finish()?;
    let question = TripQuestion { id, date: None, now: asker.now() };
    asker
        .answer(move |desk| {
            let view = view(desk.served, language.as_deref());
            let found = Trip::of(&view, &question);
            let trip = found.map_err(|failure| Problem::from(failure).with("field", json!("tripId")))?;
            let mut value: Value = trip.json_in(&view, form);
            value["tumen"]["warnings"] = json!(warnings);
            Ok(value)
        })
        .await
}
